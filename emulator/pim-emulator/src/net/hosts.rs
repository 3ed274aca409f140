//! The host names under which the emulator answers, and what each name implies.
//!
//! The list here is the only one: the certificate authority's name constraints, the leaves, the tunnels and the
//! refusals are all derived from it. Names are compared without regard to case; a trailing dot is ignored.
//!
//! Deliberately absent: wildcards and configurable names. A name outside this list would have to be inside the
//! authority's name constraints too, and those are fixed when the authority is made.

use std::net::IpAddr;

/// What a host name says about the surface a request is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServedHost {
    /// Microsoft Graph.
    Graph,
    /// The token service.
    Login,
    /// Azure Resource Manager.
    ResourceManager,
    /// PIM's own service, which is older than its routes in Graph.
    PrivilegedAccess,
    /// A loopback name: the path tells the surfaces apart.
    ByPath,
}

/// The public host names that are served, each with its surface. Loopback names come on top.
pub const SERVED_HOSTS: [(&str, ServedHost); 6] = [
    ("graph.microsoft.com", ServedHost::Graph),
    ("login.microsoftonline.com", ServedHost::Login),
    ("login.windows.net", ServedHost::Login),
    ("sts.windows.net", ServedHost::Login),
    ("management.azure.com", ServedHost::ResourceManager),
    ("api.azrbac.mspim.azure.com", ServedHost::PrivilegedAccess),
];

impl ServedHost {
    /// What `host` implies, or nothing if it is not served. `host` carries no port; an IPv6 address may stand in
    /// brackets.
    pub fn of(host: &str) -> Option<Self> {
        match HostSlot::of(host)? {
            HostSlot::Public(index) => Some(SERVED_HOSTS[index].1),
            HostSlot::Loopback => Some(Self::ByPath),
        }
    }
}

/// A served name as a position: an index into [`SERVED_HOSTS`], or the one place for all loopback names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HostSlot {
    Public(usize),
    Loopback,
}

impl HostSlot {
    /// How many positions there are.
    pub(super) const COUNT: usize = SERVED_HOSTS.len() + 1;

    /// The position of `host`, or nothing if it is not served.
    pub(super) fn of(host: &str) -> Option<Self> {
        let host = host.strip_suffix('.').unwrap_or(host);
        if host.eq_ignore_ascii_case("localhost") {
            return Some(Self::Loopback);
        }
        if let Some(index) = SERVED_HOSTS.iter().position(|(name, _)| host.eq_ignore_ascii_case(name)) {
            return Some(Self::Public(index));
        }
        let address: IpAddr = without_brackets(host).parse().ok()?;
        address.to_canonical().is_loopback().then_some(Self::Loopback)
    }

    /// The position as a number below [`Self::COUNT`].
    pub(super) fn index(self) -> usize {
        match self {
            Self::Public(index) => index,
            Self::Loopback => SERVED_HOSTS.len(),
        }
    }
}

/// The host of `host[:port]`, without the brackets of an IPv6 address.
pub(super) fn host_of(authority: &str) -> &str {
    if authority.starts_with('[') {
        let end = authority.find(']').map_or(authority.len(), |at| at + 1);
        return without_brackets(&authority[..end]);
    }
    match authority.split_once(':') {
        // More than one colon without brackets is a bare IPv6 address.
        Some((host, port)) if !port.contains(':') => host,
        Some(_) | None => authority,
    }
}

fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(host)
}
