//! The webhook sink: every new audit record of every tenant is sent to one address, as a SIEM would be.
//!
//! What always holds:
//! - Within a tenant records are sent in order, and the next ones only once the address has taken those before (any 2xx).
//! - What was taken is not sent again; what was not is, with longer and longer pauses, for as long as it takes.
//! - A tenant never waits. A slow receiver costs no memory: what it has not taken is still in the event log and nowhere else.
//!
//! A tenant that is removed or replaced takes what was not sent yet with it, and so does the end of the process.

use super::AuditRecord;
use crate::app::App;
use crate::app::following::{Follower, Following, Pauses};
use pim_core::TenantId;
use serde::Serialize;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};

/// How many events are looked at for one message.
const CHUNK: u64 = 64;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where audit records are sent to, and whom to tell when they are not taken.
#[derive(Clone)]
pub struct Webhook {
    uri: Uri,
    tell: Tell,
}

type Tell = Arc<dyn Fn(&str) + Send + Sync>;

impl fmt::Debug for Webhook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Webhook").field("uri", &self.uri).finish_non_exhaustive()
    }
}

/// The text is no address that records can be sent to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoWebhook(String);

impl fmt::Display for NoWebhook {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "'{}' is no address like https://siem.example/audit", self.0)
    }
}

impl std::error::Error for NoWebhook {}

impl FromStr for Webhook {
    type Err = NoWebhook;

    fn from_str(text: &str) -> Result<Self, NoWebhook> {
        let uri = text.parse::<Uri>().ok();
        let is_good = |uri: &Uri| {
            matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
        };
        let uri = uri.filter(is_good).ok_or_else(|| NoWebhook(text.to_owned()))?;
        Ok(Self { uri, tell: Arc::new(|_| {}) })
    }
}

/// What is sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    tenant_id: TenantId,
    records: &'a [AuditRecord],
}

impl Webhook {
    /// The same, with somebody who is told in words when records are not taken.
    #[must_use]
    pub fn telling(self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell), ..self }
    }

    /// Sends what has happened in the tenants of an app and what will. Needs a runtime.
    #[must_use]
    pub fn send_for(self, app: Arc<App>) -> Following {
        let agent = Self::agent();
        Following::all(app, move |follower| send_for_one(self.clone(), agent.clone(), follower))
    }

    /// The client. It asks no proxy, which may be the emulator itself, and follows nobody elsewhere.
    fn agent() -> Agent {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        Agent::config_builder()
            .proxy(None)
            .tls_config(tls)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .build()
            .into()
    }

    /// Sends one message.
    ///
    /// # Errors
    /// In words, when it was not taken.
    async fn post(&self, agent: &Agent, message: Vec<u8>) -> Result<(), String> {
        let (uri, agent) = (self.uri.clone(), agent.clone());
        let call = move || agent.post(uri).content_type("application/json").send(&message[..]);
        match tokio::task::spawn_blocking(call).await {
            Ok(Ok(response)) if response.status().is_success() => Ok(()),
            Ok(Ok(response)) => Err(format!("it answers {}", response.status())),
            Ok(Err(error)) => Err(error.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }
}

async fn send_for_one(webhook: Webhook, agent: Agent, mut follower: Follower) {
    while let Some((message, last, until_due)) = next(&mut follower) {
        if let Some(message) = message {
            let mut pauses = Pauses::new();
            while let Err(error) = webhook.post(&agent, message.clone()).await {
                // Once for each message that has to wait.
                if pauses.is_first() {
                    (webhook.tell)(&format!("the audit webhook does not take records, trying on: {error}"));
                }
                pauses.pause().await;
                if !follower.is_wanted() {
                    return;
                }
            }
        } else if last == follower.after {
            follower.wait(until_due).await;
        }
        follower.after = last;
    }
}

/// The next message, if there is anything to say, the number of the event up to which it goes, and how long it is until
/// something happens by itself; none when the tenant is gone.
fn next(follower: &mut Follower) -> Option<(Option<Vec<u8>>, u64, Duration)> {
    let tenant = follower.look()?;
    let (records, last) = tenant.audit(|audit| audit.after(follower.after, CHUNK));
    let message = Message { tenant_id: tenant.id(), records: &records };
    // Writing plain data into memory cannot fail.
    let message = if records.is_empty() { None } else { serde_json::to_vec(&message).ok() };
    Some((message, last, tenant.until_due()))
}
