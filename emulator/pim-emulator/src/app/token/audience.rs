//! For whom a token is meant.
//!
//! Clients spell one resource in many ways: with and without a slash at the end, by the id of its application, or, when
//! they were pointed at the emulator, by the emulator's own address. That address cannot be told apart from any other by
//! looking at it, and need not be: only this process signs, and sign-in writes no address into a token but the one under
//! which it was reached. Such a token opens every surface, since all of them live at that address.

use pim_core::ClientId;
use uuid::{Uuid, uuid};

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

impl Audience {
    /// The surface whose application has that id.
    #[must_use]
    pub fn of(id: ClientId) -> Option<Self> {
        [Self::Graph, Self::ResourceManager, Self::PrivilegedAccess].into_iter().find(|it| it.app_id() == id)
    }

    /// The id of its application, in every tenant.
    #[must_use]
    pub const fn app_id(self) -> ClientId {
        ClientId(match self {
            Self::Graph => uuid!("00000003-0000-0000-c000-000000000000"),
            Self::ResourceManager => uuid!("797f4846-ba00-4fd7-ba43-dac1f8f63013"),
            Self::PrivilegedAccess => uuid!("01fc33a7-78ba-4d2f-a4b7-768e336e890e"),
        })
    }

    /// The name of its application.
    #[must_use]
    pub const fn display_name(self) -> &'static str {
        match self {
            Self::Graph => "Microsoft Graph",
            Self::ResourceManager => "Windows Azure Service Management API",
            Self::PrivilegedAccess => "MS-PIM",
        }
    }

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
        if let Some(surface) = Uuid::try_parse(bare).ok().and_then(|id| Audience::of(ClientId(id))) {
            return Some(Self::Surface(surface));
        }
        match bare.to_ascii_lowercase().as_str() {
            "https://graph.microsoft.com" => Some(Self::Surface(Audience::Graph)),
            "https://management.azure.com" | "https://management.core.windows.net" => {
                Some(Self::Surface(Audience::ResourceManager))
            }
            "https://api.azrbac.mspim.azure.com" => Some(Self::Surface(Audience::PrivilegedAccess)),
            other => is_origin(other).then_some(Self::Emulator),
        }
    }

    /// The id of the application that it is.
    #[must_use]
    pub const fn app_id(self) -> ClientId {
        match self {
            Self::Surface(surface) => surface.app_id(),
            Self::Emulator => Audience::Graph.app_id(),
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
