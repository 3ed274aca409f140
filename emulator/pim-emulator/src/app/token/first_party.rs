//! The clients of the platform's maker that exist in every tenant without being registered there.

use super::audience::Audience;
use pim_core::ClientId;
use uuid::Uuid;

/// A client that every tenant knows: public, sent back to loopback.
#[derive(Clone, Copy, Debug)]
pub struct FirstPartyClient {
    /// Its client id.
    pub id: ClientId,
    /// The name people see.
    pub display_name: &'static str,
    /// What it gets at Microsoft Graph.
    pub graph: GraphConsent,
    /// Whether it shares its refresh tokens with the others of its family.
    pub is_of_family: bool,
}

/// What a client of the platform's maker gets at Microsoft Graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GraphConsent {
    /// Whatever is asked for and consented to, as any other client.
    Dynamic,
    /// Just this, in every tenant, and nobody can consent to more: its owner has to settle that with the owner of the resource.
    Preauthorized(&'static [&'static str]),
}

/// The client of Graph PowerShell and the Graph command line.
pub const GRAPH_COMMAND_LINE_TOOLS: ClientId = ClientId(Uuid::from_u128(0x14d8_2eec_204b_4c2f_b7e8_296a_70da_b67e));

/// The portal of Azure, as the sign-in log names it. Nobody gets a token through it here.
pub const AZURE_PORTAL: ClientId = ClientId(Uuid::from_u128(0xc44b_4083_3bb0_49c1_b47d_974e_53cb_df3c));

/// What people call a client, a resource or a portal of the platform's maker that a tenant need not have registered.
#[must_use]
pub fn platform_name(id: ClientId) -> Option<&'static str> {
    if id == AZURE_PORTAL {
        return Some("Azure Portal");
    }
    FirstPartyClient::find(id)
        .map(|client| client.display_name)
        .or_else(|| Audience::of(id).map(Audience::display_name))
}

/// All of them.
pub const FIRST_PARTY_CLIENTS: &[FirstPartyClient] = &[
    FirstPartyClient {
        id: GRAPH_COMMAND_LINE_TOOLS,
        display_name: "Microsoft Graph Command Line Tools",
        graph: GraphConsent::Dynamic,
        is_of_family: false,
    },
    FirstPartyClient {
        id: ClientId(Uuid::from_u128(0x04b0_7795_8ddb_461a_bbee_02f9_e1bf_7b46)),
        display_name: "Microsoft Azure CLI",
        // As tokens of it were seen to say in 2026.
        graph: GraphConsent::Preauthorized(&[
            "Application.ReadWrite.All",
            "AppRoleAssignment.ReadWrite.All",
            "AuditLog.Read.All",
            "DelegatedPermissionGrant.ReadWrite.All",
            "Directory.AccessAsUser.All",
            "Group.ReadWrite.All",
            "User.Read.All",
            "User.ReadWrite.All",
        ]),
        is_of_family: true,
    },
    FirstPartyClient {
        id: ClientId(Uuid::from_u128(0x1950_a258_227b_4e31_a9cf_7174_9594_5fc2)),
        display_name: "Microsoft Azure PowerShell",
        graph: GraphConsent::Preauthorized(&["AuditLog.Read.All", "Directory.AccessAsUser.All"]),
        is_of_family: true,
    },
];

impl FirstPartyClient {
    /// The one with that client id.
    #[must_use]
    pub fn find(id: ClientId) -> Option<&'static Self> {
        FIRST_PARTY_CLIENTS.iter().find(|client| client.id == id)
    }

    /// Whether a refresh token of one client is good for the other.
    #[must_use]
    pub fn share_refresh_tokens(one: ClientId, other: ClientId) -> bool {
        let is_of_family = |id| Self::find(id).is_some_and(|client| client.is_of_family);
        one == other || (is_of_family(one) && is_of_family(other))
    }
}
