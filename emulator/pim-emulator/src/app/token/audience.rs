//! For whom a token is meant.
//!
//! Clients spell one resource in many ways: with and without a slash at the end, by the id of its application, or, when
//! they were pointed at the emulator, by the emulator's own address. That address cannot be told apart from any other by
//! looking at it, and need not be: only this process signs, and sign-in writes no address into a token but the one under
//! which it was reached. Such a token opens every surface, since all of them live at that address.

/// A surface that takes access tokens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Audience {
    /// Microsoft Graph.
    Graph,
    /// Azure Resource Manager.
    ResourceManager,
    /// The service of PIM itself, which is older than its routes in Graph. It takes the tokens of Azure Resource Manager, too.
    PrivilegedAccess,
}

/// Graph's own application id, in every tenant.
pub const GRAPH_APP_ID: &str = "00000003-0000-0000-c000-000000000000";

/// The application id of Azure Resource Manager, in every tenant.
pub const RESOURCE_MANAGER_APP_ID: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

/// The application id of PIM, in every tenant.
pub const PRIVILEGED_ACCESS_APP_ID: &str = "01fc33a7-78ba-4d2f-a4b7-768e336e890e";

impl Audience {
    /// The spelling that tokens carry when nobody asked for another.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Graph => "https://graph.microsoft.com",
            Self::ResourceManager => "https://management.azure.com/",
            Self::PrivilegedAccess => "https://api.azrbac.mspim.azure.com",
        }
    }
}

/// What an `aud` claim names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resource {
    /// One surface.
    Surface(Audience),
    /// An address, which can only be the emulator's own: every surface.
    Emulator,
}

impl Resource {
    /// The resource that a spelling names; `None` for one that the emulator does not know.
    #[must_use]
    pub fn named(spelling: &str) -> Option<Self> {
        let bare = spelling.trim_end_matches('/');
        match bare.to_ascii_lowercase().as_str() {
            "https://graph.microsoft.com" | GRAPH_APP_ID => Some(Self::Surface(Audience::Graph)),
            "https://management.azure.com" | "https://management.core.windows.net" | RESOURCE_MANAGER_APP_ID => {
                Some(Self::Surface(Audience::ResourceManager))
            }
            "https://api.azrbac.mspim.azure.com" | PRIVILEGED_ACCESS_APP_ID => {
                Some(Self::Surface(Audience::PrivilegedAccess))
            }
            other => is_origin(other).then_some(Self::Emulator),
        }
    }

    /// Whether that surface takes a token for this resource.
    #[must_use]
    pub fn opens(self, audience: Audience) -> bool {
        match self {
            Self::Surface(surface) => {
                surface == audience
                    || matches!((surface, audience), (Audience::ResourceManager, Audience::PrivilegedAccess))
            }
            Self::Emulator => true,
        }
    }
}

/// Whether a text is a scheme, a host and perhaps a port, and nothing else. Names of the public cloud are never ours.
fn is_origin(text: &str) -> bool {
    let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    authority.is_some_and(|authority| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        let foreign = [".microsoft.com", ".azure.com", ".azure.net", ".windows.net", ".microsoftonline.com"];
        !authority.is_empty()
            && authority.bytes().all(fits)
            && !foreign.iter().any(|domain| authority.ends_with(domain))
    })
}
