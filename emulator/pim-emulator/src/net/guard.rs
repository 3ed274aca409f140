//! Where the emulator may listen, and what it says when it cannot.
//!
//! Whoever reaches the control API owns every tenant in the process. On loopback that is the person at the
//! machine; on any other address it is the network, and so a key is asked for first.
//!
//! Deliberately absent: the check of the key itself, which belongs to the control API.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

/// Why the emulator does not listen. The text is meant for the person who started it.
#[derive(Debug)]
pub enum BindError {
    /// The address can be reached from other machines and no admin key is set.
    NoAdminKey(SocketAddr),
    /// The port is in use.
    Taken(SocketAddr),
    /// Anything else the operating system objects to.
    Refused(SocketAddr, io::Error),
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAdminKey(addr) => write!(
                f,
                "{addr} can be reached from other machines, and whoever reaches the control API owns every tenant: \
                 set a key with --admin-key KEY, listen on 127.0.0.1 instead, or say --insecure-no-admin-key if the \
                 network is yours alone"
            ),
            Self::Taken(addr) => write!(
                f,
                "port {} on {} is taken by another program; choose another with --listen {} (port 0 picks a free one)",
                addr.port(),
                addr.ip(),
                listen_example(*addr),
            ),
            Self::Refused(addr, error) => write!(f, "cannot listen on {addr}: {error}"),
        }
    }
}

impl std::error::Error for BindError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(_, error) => Some(error),
            Self::NoAdminKey(_) | Self::Taken(_) => None,
        }
    }
}

fn listen_example(addr: SocketAddr) -> String {
    match addr {
        SocketAddr::V4(addr) => format!("{}:PORT", addr.ip()),
        SocketAddr::V6(addr) => format!("[{}]:PORT", addr.ip()),
    }
}

/// Whether the emulator may listen on `addr`: on loopback always, elsewhere with an admin key or when `insecure`
/// says that none is wanted. An empty key is no key.
pub fn bind_is_allowed(addr: SocketAddr, admin_key: Option<&str>, insecure: bool) -> Result<(), BindError> {
    let has_key = admin_key.is_some_and(|key| !key.is_empty());
    if addr.ip().to_canonical().is_loopback() || has_key || insecure {
        Ok(())
    } else {
        Err(BindError::NoAdminKey(addr))
    }
}

/// Listens on `addr`.
pub async fn bind(addr: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(addr).await.map_err(|error| {
        if error.kind() == io::ErrorKind::AddrInUse { BindError::Taken(addr) } else { BindError::Refused(addr, error) }
    })
}
