//! The clients of the platform's maker that exist in every tenant without being registered there.

use pim_core::ClientId;
use uuid::Uuid;

/// A client that every tenant knows: public, allowed to ask for anything, sent back to loopback.
#[derive(Clone, Copy, Debug)]
pub struct FirstPartyClient {
    /// Its client id.
    pub id: ClientId,
    /// The name people see.
    pub display_name: &'static str,
}

/// The client of Graph PowerShell and the Graph command line.
pub const GRAPH_COMMAND_LINE_TOOLS: ClientId = ClientId(Uuid::from_u128(0x14d8_2eec_204b_4c2f_b7e8_296a_70da_b67e));

/// All of them.
pub const FIRST_PARTY_CLIENTS: &[FirstPartyClient] = &[
    FirstPartyClient { id: GRAPH_COMMAND_LINE_TOOLS, display_name: "Microsoft Graph Command Line Tools" },
    FirstPartyClient {
        id: ClientId(Uuid::from_u128(0x04b0_7795_8ddb_461a_bbee_02f9_e1bf_7b46)),
        display_name: "Microsoft Azure CLI",
    },
    FirstPartyClient {
        id: ClientId(Uuid::from_u128(0x1950_a258_227b_4e31_a9cf_7174_9594_5fc2)),
        display_name: "Microsoft Azure PowerShell",
    },
];

impl FirstPartyClient {
    /// The one with that client id.
    #[must_use]
    pub fn find(id: ClientId) -> Option<&'static Self> {
        FIRST_PARTY_CLIENTS.iter().find(|client| client.id == id)
    }
}
