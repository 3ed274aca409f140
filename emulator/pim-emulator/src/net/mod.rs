//! One port: everything the emulator offers is reached through a single listening socket.
//!
//! The first byte of a connection tells what arrives. `0x16` begins a TLS handshake; a `CONNECT` request opens
//! a tunnel, inside which the same question is asked again; anything else is HTTP. So one address serves as base
//! URL, as sign-in authority and as `HTTPS_PROXY`.
//!
//! What always holds:
//!
//! - Nothing in here opens an outgoing connection. A name that is not served is refused at once, so a client under
//!   test cannot reach the real cloud by mistake.
//! - The certificate authority signs for the served names and for loopback, and its own certificate forbids it
//!   to vouch for anything else: trusting it endangers no other site.
//! - A client that says nothing, or says it too slowly, is dropped after ten seconds.
//! - The scheme under which a client reached us is known for every request ([`origin`]), so that documents which
//!   name their own address name one that this client can follow.
//!
//! Deliberately absent: forwarding of any kind, HTTP upgrades, authentication of proxy clients, client
//! certificates. Which path belongs to which surface is not decided here; [`ServedHost`] only says what a host
//! name implies.

mod authority;
mod authority_files;
mod dropped;
mod gate;
mod guard;
mod hosts;
mod leaf;
mod origin;
mod port;
mod refusal;
mod rewound;
mod tunnel;

pub use authority::CertificateAuthority;
pub use authority_files::AuthorityError;
pub use dropped::Dropped;
pub use guard::{BindError, bind, bind_is_allowed};
pub use hosts::{SERVED_HOSTS, ServedHost};
pub use leaf::{LeafResolver, Leaves, TlsConfigs};
pub use origin::{Arrival, Origin, Scheme, client_address, origin};
pub use port::{Patience, serve, serve_with};
