//! The webhook sink: every new audit record of every tenant is sent to one address, as a SIEM would be.
//!
//! What always holds:
//! - Within a tenant records are sent in order, and the next ones only once the address has taken those before (any 2xx).
//! - What was taken is not sent again; what was not is, with longer and longer pauses, for as long as it takes.
//! - A tenant never waits. A slow receiver costs no memory: what it has not taken is still in the event log and nowhere else.
//!
//! A tenant that is removed or replaced takes what was not sent yet with it, and so does the end of the process.

use super::AuditRecord;
use crate::app::{App, Tenant};
use pim_core::TenantId;
use serde::Serialize;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};

/// How many events are looked at for one message.
const CHUNK: u64 = 64;
/// The pauses before what was not taken is sent again.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it waits for news before it lets happen what is due: time passes only when somebody looks.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Where audit records are sent to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Webhook(Uri);

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
        uri.filter(is_good).map(Self).ok_or_else(|| NoWebhook(text.to_owned()))
    }
}

/// What is sent.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    tenant_id: TenantId,
    records: &'a [AuditRecord],
}

/// Sends until it is dropped.
#[derive(Debug)]
pub struct Sending(JoinHandle<()>);

impl Drop for Sending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Webhook {
    /// Sends what has happened in the tenants of an app and what will. Needs a runtime.
    #[must_use]
    pub fn send_for(self, app: Arc<App>) -> Sending {
        Sending(tokio::spawn(send_for_all(self, app)))
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

    /// Sends one message; answers whether it was taken.
    async fn post(&self, agent: &Agent, message: Vec<u8>) -> bool {
        let (uri, agent) = (self.0.clone(), agent.clone());
        let call = move || agent.post(uri).content_type("application/json").send(&message[..]);
        let answer = tokio::task::spawn_blocking(call).await;
        matches!(answer, Ok(Ok(response)) if response.status().is_success())
    }
}

/// Starts a sender for each tenant there is, and for each that comes.
async fn send_for_all(webhook: Webhook, app: Arc<App>) {
    let agent = Webhook::agent();
    let mut changes = app.coming_and_going();
    let mut known: HashMap<u64, TenantId> = HashMap::new();
    let mut senders = JoinSet::new();
    loop {
        changes.mark_unchanged();
        let tenants = app.tenants();
        known.retain(|number, _| tenants.iter().any(|it| it.number() == *number));
        for tenant in &tenants {
            if known.insert(tenant.number(), tenant.id()).is_none() {
                senders.spawn(send_for_one(webhook.clone(), agent.clone(), Sender::of(tenant)));
            }
        }
        drop(tenants);
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            Some(_) = senders.join_next() => {}
        }
    }
}

/// How far the records of a tenant have been sent. Holds no tenant while it waits, so that one that was removed goes away.
struct Sender {
    tenant: Weak<Tenant>,
    id: TenantId,
    news: watch::Receiver<u64>,
    sent: u64,
}

impl Sender {
    fn of(tenant: &Arc<Tenant>) -> Self {
        Self {
            tenant: Arc::downgrade(tenant),
            id: tenant.id(),
            news: tenant.log().watch(),
            sent: tenant.log().first() - 1,
        }
    }

    /// The next message, if there is anything to say, and the number of the event up to which it goes; none when the tenant
    /// is gone.
    fn next(&mut self) -> Option<(Option<Vec<u8>>, u64)> {
        let tenant = self.tenant.upgrade()?;
        self.news.mark_unchanged();
        let (records, last) = tenant.audit(|audit| audit.after(self.sent, CHUNK));
        if records.is_empty() {
            return Some((None, last));
        }
        let message = Message { tenant_id: self.id, records: &records };
        // Writing plain data into memory cannot fail.
        Some((serde_json::to_vec(&message).ok(), last))
    }
}

async fn send_for_one(webhook: Webhook, agent: Agent, mut sender: Sender) {
    while let Some((message, last)) = sender.next() {
        let mut pause = FIRST_PAUSE;
        if let Some(message) = message {
            while !webhook.post(&agent, message.clone()).await {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        } else if last == sender.sent {
            // An error says that the tenant is gone, which is found out next.
            let _ = tokio::time::timeout(LOOK_EVERY, sender.news.changed()).await;
        }
        sender.sent = last;
    }
}
