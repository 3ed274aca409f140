//! The origin under which a client reached the emulator: scheme, host and port as the *client* sees them.
//!
//! Sign-in documents, `@odata.nextLink` and `Location` name the emulator's own address. Behind a tunnel that is
//! `https://graph.microsoft.com`, over the base URL it is `https://localhost:8443`, and both may arrive on one
//! port in the same second. So the answer is taken from each request and never from the configuration.
//!
//! It is computed when asked for. A plain HTTP request that only reads and names its host carries nothing extra; with
//! others one small [`Arrival`] travels in the request's extensions.
//!
//! Deliberately absent: `Forwarded` and `X-Forwarded-*`. Whoever can send a request could set them.

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, SocketAddr};

use axum::http::{Extensions, Version, header, request, uri};

use super::hosts::{self, ServedHost};

/// How the connection is protected, from the client's point of view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS, with or without a tunnel around it.
    Https,
}

impl Scheme {
    /// The scheme as it stands in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// What is known of a connection before its first request. Found in the request's extensions, but only where the
/// request alone does not tell: over TLS, when it names no host, and where it may change something, so that the
/// audit log can say where that came from. Absent means plain HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Whether the request came over TLS.
    pub scheme: Scheme,
    /// The address of the emulator's socket.
    pub local: SocketAddr,
    /// The address of the client's.
    pub peer: SocketAddr,
}

/// Scheme, host and port under which the client reached the emulator. Displays as `https://host:port`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin<'a> {
    scheme: Scheme,
    authority: Cow<'a, str>,
}

impl Origin<'_> {
    /// The scheme.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Host and, where the client named one, port.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The host alone, without port and brackets.
    pub fn host(&self) -> &str {
        hosts::host_of(&self.authority)
    }

    /// What the host implies; nothing if it is no served name, as when the emulator is reached by the name of a
    /// container.
    pub fn served_host(&self) -> Option<ServedHost> {
        ServedHost::of(self.host())
    }

    /// The same origin, free of the request it was taken from.
    pub fn into_owned(self) -> Origin<'static> {
        Origin { scheme: self.scheme, authority: Cow::Owned(self.authority.into_owned()) }
    }
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme.as_str())?;
        f.write_str("://")?;
        f.write_str(&self.authority)
    }
}

/// The address that a request came from, as far as its connection tells. Only of what may change something is it known.
pub fn client_address(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<Arrival>().map(|arrival| arrival.peer.ip().to_canonical())
}

/// The origin of a request. Allocates only for a request that names no host at all.
///
/// An absolute request target, as sent to a proxy, comes before the `Host` header (RFC 9112, section 3.2.2). A
/// `Host` with characters that no host has is treated as missing, so that it cannot reach a document.
pub fn origin(parts: &request::Parts) -> Origin<'_> {
    let arrival = parts.extensions.get::<Arrival>();
    Origin {
        scheme: scheme(parts, arrival),
        authority: named_authority(parts).map_or_else(
            || match arrival {
                Some(arrival) => Cow::Owned(arrival.local.to_string()),
                None => Cow::Borrowed("localhost"),
            },
            Cow::Borrowed,
        ),
    }
}

fn scheme(parts: &request::Parts, arrival: Option<&Arrival>) -> Scheme {
    if parts.version <= Version::HTTP_11
        && let Some(asked) = parts.uri.scheme()
    {
        return if *asked == uri::Scheme::HTTPS { Scheme::Https } else { Scheme::Http };
    }
    arrival.map_or(Scheme::Http, |arrival| arrival.scheme)
}

fn named_authority(parts: &request::Parts) -> Option<&str> {
    let authority = match parts.uri.authority() {
        Some(authority) => authority.as_str(),
        None => parts.headers.get(header::HOST)?.to_str().ok()?,
    };
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    (!authority.is_empty() && authority.bytes().all(fits)).then_some(authority)
}
