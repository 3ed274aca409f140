//! A running emulator: for the command line, and to be embedded in a Rust test.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use pim_emulator::Emulator;
//!
//! let emulator = Emulator::builder().start().await?;
//! let tenant = emulator.tenant(
//!     r#"{ "world": { "users": [{ "name": "ada" }], "eligible": [{ "principal": "ada", "role": "Global Reader" }] } }"#,
//! )?;
//! let graph = format!("{}/v1.0", emulator.http_url());
//! # let _ = (tenant, graph);
//! # Ok(())
//! # }
//! ```

use crate::app::Following;
use crate::app::audit::Webhook;
use crate::app::event_log::EventLog;
use crate::app::mail::SmtpRelay;
use crate::app::traffic::{Profile, TrafficOptions};
use crate::app::world::{self, Source, WorldError};
use crate::app::{App, Tenant, real_now};
use crate::net::{self, AuthorityError, BindError, CertificateAuthority};
use crate::{control, surfaces};
use pim_core::TenantId;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Why an emulator did not start. The text is meant for the person who started it.
#[derive(Debug)]
pub enum StartError {
    /// It may not or cannot listen there.
    Bind(BindError),
    /// The certificate authority of the state directory cannot be used.
    Authority(AuthorityError),
    /// Two of the tenants have the same id.
    TenantIdTaken(TenantId),
    /// The operating system objects.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind(error) => error.fmt(out),
            Self::Authority(error) => error.fmt(out),
            Self::TenantIdTaken(id) => write!(out, "two of the tenants have the id {id}; leave one out"),
            Self::Io(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for StartError {}

impl From<BindError> for StartError {
    fn from(error: BindError) -> Self {
        Self::Bind(error)
    }
}

impl From<AuthorityError> for StartError {
    fn from(error: AuthorityError) -> Self {
        Self::Authority(error)
    }
}

/// How to start an emulator.
#[derive(Debug)]
pub struct Builder {
    tenants: Vec<Tenant>,
    listen: SocketAddr,
    state_directory: Option<PathBuf>,
    admin_key: Option<String>,
    allow_missing_admin_key: bool,
    audit_webhook: Option<Webhook>,
    smtp: Option<SmtpRelay>,
    traffic: TrafficOptions,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            tenants: Vec::new(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            state_directory: None,
            admin_key: None,
            allow_missing_admin_key: false,
            audit_webhook: None,
            smtp: None,
            traffic: TrafficOptions::default(),
        }
    }
}

impl Builder {
    /// Has these tenants from the first answer on.
    #[must_use]
    pub fn tenants(mut self, tenants: Vec<Tenant>) -> Self {
        self.tenants = tenants;
        self
    }

    /// Listens there; port 0, the default, takes a free one of the loopback address.
    #[must_use]
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Keeps the certificate authority and the signing key in a directory, so that trust given once lasts. Without one both
    /// are made anew and forgotten.
    #[must_use]
    pub fn state_directory(mut self, directory: PathBuf) -> Self {
        self.state_directory = Some(directory);
        self
    }

    /// Asks for this key in every call of the control API.
    #[must_use]
    pub fn admin_key(mut self, key: Option<String>) -> Self {
        self.admin_key = key;
        self
    }

    /// Lets the emulator listen beyond this machine without a key.
    #[must_use]
    pub fn allow_missing_admin_key(mut self, allow: bool) -> Self {
        self.allow_missing_admin_key = allow;
        self
    }

    /// Sends every new audit record there, for as long as the emulator runs.
    #[must_use]
    pub fn audit_webhook(mut self, webhook: Option<Webhook>) -> Self {
        self.audit_webhook = webhook;
        self
    }

    /// Hands every mail of every tenant to a mail server. Without one nothing is sent.
    #[must_use]
    pub fn smtp(mut self, relay: Option<SmtpRelay>) -> Self {
        self.smtp = relay;
        self
    }

    /// Keeps so many requests of each tenant for its journal, 10,000 unless something else is said; none for 0.
    #[must_use]
    pub fn requests_kept(mut self, count: usize) -> Self {
        self.traffic.journal_length = count;
        self
    }

    /// Makes every tenant hostile to its clients whose world does not say itself how hostile it is.
    #[must_use]
    pub fn hostile(mut self, profile: Option<Profile>) -> Self {
        self.traffic.hostile = profile;
        self
    }

    /// Starts the emulator. It answers when this returns.
    ///
    /// # Errors
    /// [`StartError`], with everything as it was.
    pub async fn start(self) -> Result<Emulator, StartError> {
        net::bind_is_allowed(self.listen, self.admin_key.as_deref(), self.allow_missing_admin_key)?;
        let listener = net::bind(self.listen).await?;
        let address = listener.local_addr().map_err(StartError::Io)?;
        let now = real_now().to_utc();
        let authority = match &self.state_directory {
            Some(directory) => CertificateAuthority::load_or_create(directory, now)?,
            None => CertificateAuthority::ephemeral(now)?,
        };
        let app = Arc::new(
            match self.state_directory {
                Some(directory) => App::kept_in(directory),
                None => App::default(),
            }
            .with_traffic(self.traffic),
        );
        for tenant in self.tenants {
            app.add(tenant).map_err(|taken| StartError::TenantIdTaken(taken.0))?;
        }
        let authority_pem = authority.certificate_pem().to_owned();
        let options = control::Options {
            admin_key: self.admin_key,
            authority_pem: Some(authority_pem.clone()),
            hosts: vec![address.ip().to_string()],
        };
        let router = surfaces::router(Arc::clone(&app), options);
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async {
            // Dropping the sender says the same as sending.
            let _ = stopped.await;
        };
        let task = tokio::spawn(net::serve(listener, router, Arc::new(authority), shutdown));
        app.tokens().warm_up();
        let webhook = self.audit_webhook.map(|webhook| webhook.send_for(Arc::clone(&app)));
        let relay = self.smtp.map(|relay| relay.send_for(Arc::clone(&app)));
        let following = webhook.into_iter().chain(relay).collect();
        Ok(Emulator { app, address, authority_pem, stop: Some(stop), task, _following: following })
    }
}

/// A running emulator. It stops when it is dropped.
#[derive(Debug)]
pub struct Emulator {
    app: Arc<App>,
    address: SocketAddr,
    authority_pem: String,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<io::Result<()>>,
    /// Whoever carries audit records and mails out, for as long as the emulator is there.
    _following: Vec<Following>,
}

impl Emulator {
    /// How to start one.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Its tenants.
    #[must_use]
    pub const fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Makes a tenant of a world, given as the JSON or YAML that the control API takes.
    ///
    /// # Errors
    /// What is wrong with the world, with line and column; nothing has been made then.
    pub fn tenant(&self, world: &str) -> Result<Arc<Tenant>, WorldError> {
        let tenant = world::tenant(Source::file("world", world.to_owned()), None, EventLog::default())?;
        Ok(self.app.replace(tenant))
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address over TLS, without a slash at the end. On loopback by name: clients know `localhost` best.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://{}", self.authority())
    }

    /// Its address over plain HTTP.
    #[must_use]
    pub fn http_url(&self) -> String {
        format!("http://{}", self.authority())
    }

    fn authority(&self) -> String {
        if self.address.ip() == Ipv4Addr::LOCALHOST {
            format!("localhost:{}", self.address.port())
        } else {
            self.address.to_string()
        }
    }

    /// The certificate that clients must trust, as PEM.
    #[must_use]
    pub fn certificate_pem(&self) -> &str {
        &self.authority_pem
    }

    /// Stops it and waits until running requests have ended.
    ///
    /// # Errors
    /// What the operating system objected to while it ran.
    pub async fn stop(mut self) -> io::Result<()> {
        drop(self.stop.take());
        (&mut self.task).await.map_err(io::Error::other)?
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.stop.take());
    }
}
