//! Tokens: what is issued, with which key, and what is believed.
//!
//! What always holds:
//! - Tokens live in real time. A jump of a tenant's clock signs nobody out; what a token says of a tenant (`wids`) is what
//!   was so in the tenant's time when it was issued.
//! - One key per state directory signs everything, RS256 only. Nothing that another key signed is believed.
//! - No skew: whoever verifies is whoever issued, by the same clock. The service allows five minutes; here a token that was
//!   made to be expired is expired.
//! - The key is made at first use or by [`Tokens::warm_up`], never while the listener is being opened.
//!
//! Deliberately absent: which tenants exist. A verified token names its tenant; whether there is one is asked of
//! [`App`](super::App).

mod access_token;
mod audience;
mod bearer;
mod claims;
mod first_party;
mod foreign;
mod id_token;
mod issue;
mod key_file;
pub mod permissions;
mod rsa_public_key;
mod seen;
mod signing_key;
mod user_assertion;
mod verify;

pub use access_token::{AccessToken, Caller, Scopes};
pub use audience::{Audience, Resource};
pub use bearer::bearer;
pub use first_party::{
    AZURE_PORTAL, FIRST_PARTY_CLIENTS, FirstPartyClient, GRAPH_COMMAND_LINE_TOOLS, GraphConsent, platform_name,
};
pub use foreign::ForeignTokenRequest;
pub use id_token::{IdTokenFormat, IdTokenRequest, client_info};
pub use issue::{ClientAuthentication, IssueError, Registered, Subject, TokenRequest, Validity, pairwise_subject};
pub use rsa_public_key::{RsaPublicKey, SignatureAlgorithm};
pub use signing_key::{SigningKey, SigningKeyError};
pub use user_assertion::{AssertionFault, UserAssertion};
pub use verify::TokenFault;

use seen::SeenTokens;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Issues and verifies tokens.
#[derive(Debug, Default)]
pub struct Tokens {
    home: KeyHome,
    key: OnceLock<Result<Arc<SigningKey>, SigningKeyError>>,
    seen: SeenTokens,
}

/// Where the key is kept.
#[derive(Debug, Default)]
enum KeyHome {
    /// In this process, for as long as it runs: one key for everything that it holds, since making one takes long.
    #[default]
    Process,
    /// In a directory.
    Directory(PathBuf),
}

impl Tokens {
    /// Tokens whose key is kept in that directory.
    #[must_use]
    pub fn kept_in(directory: PathBuf) -> Self {
        Self { home: KeyHome::Directory(directory), ..Self::default() }
    }

    /// The key; made or read now if it was not yet, which takes some hundred milliseconds.
    ///
    /// # Errors
    /// [`SigningKeyError`], the same one every time.
    pub fn key(&self) -> Result<&SigningKey, SigningKeyError> {
        self.key.get_or_init(|| self.home.key()).as_deref().map_err(Clone::clone)
    }

    /// Makes or reads the key on a thread of its own, so that nobody has to wait for it later. Errors stay for
    /// [`Self::key`] to tell.
    pub fn warm_up(self: &Arc<Self>) {
        let tokens = Arc::clone(self);
        std::thread::spawn(move || {
            let _ = tokens.key();
        });
    }
}

impl KeyHome {
    fn key(&self) -> Result<Arc<SigningKey>, SigningKeyError> {
        static OF_THE_PROCESS: OnceLock<Result<Arc<SigningKey>, SigningKeyError>> = OnceLock::new();
        match self {
            Self::Process => OF_THE_PROCESS.get_or_init(|| SigningKey::generate().map(Arc::new)).clone(),
            Self::Directory(directory) => SigningKey::load_or_create(directory).map(Arc::new),
        }
    }
}
