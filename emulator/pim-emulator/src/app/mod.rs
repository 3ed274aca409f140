//! The shell around the machine: tenants, their clocks, their ids, their event logs, and the tokens that name them.
//!
//! Every surface knows this module and none knows another. Only `tenant.rs` locks a machine.

mod access;
pub mod audit;
pub mod certificate;
pub mod clock;
pub mod event_log;
mod following;
pub mod ids;
pub mod mail;
pub mod meter;
pub(crate) mod review_reports;
pub mod sign_ins;
pub mod tenant;
pub mod token;
pub mod traffic;
pub mod world;

pub use access::Access;
pub use clock::{Clock, ClockMode, Stopwatch, real_now};
pub use following::Following;
pub use sign_ins::SignIns;
pub use tenant::Tenant;
pub use token::Tokens;

use axum::http::HeaderMap;
use dashmap::DashMap;
use pim_core::TenantId;
use std::path::PathBuf;
use std::sync::Arc;
use token::{AccessToken, Audience, TokenFault};
use tokio::sync::watch;
use traffic::TrafficOptions;
use uuid::Uuid;

/// Everything that one process holds.
#[derive(Debug, Default)]
pub struct App {
    tenants: DashMap<TenantId, Arc<Tenant>>,
    tokens: Arc<Tokens>,
    sign_ins: SignIns,
    traffic: TrafficOptions,
    /// Changes whenever a tenant is added, takes the place of another, or goes.
    coming_and_going: watch::Sender<()>,
}

/// The id is taken by another tenant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TenantIdTaken(pub TenantId);

impl App {
    /// Nothing yet, with a signing key that is kept in that directory. [`App::default`] keeps its key nowhere.
    #[must_use]
    pub fn kept_in(state_directory: PathBuf) -> Self {
        Self { tokens: Arc::new(Tokens::kept_in(state_directory)), ..Self::default() }
    }

    /// The same, whose tenants begin with that.
    #[must_use]
    pub fn with_traffic(self, traffic: TrafficOptions) -> Self {
        Self { traffic, ..self }
    }

    /// What issues and verifies tokens.
    #[must_use]
    pub fn tokens(&self) -> &Arc<Tokens> {
        &self.tokens
    }

    /// The sign-ins under way.
    #[must_use]
    pub const fn sign_ins(&self) -> &SignIns {
        &self.sign_ins
    }

    /// What a token says, and the tenant that it names, if it is to be believed for that audience.
    ///
    /// # Errors
    /// The first [`TokenFault`] that applies.
    pub fn authenticate(
        &self,
        bearer: &str,
        audience: Audience,
    ) -> Result<(Arc<AccessToken>, Arc<Tenant>), TokenFault> {
        let token = self.tokens.verify(bearer, audience, real_now())?;
        let tenant = self.tenant(token.tenant).ok_or(TokenFault::UnknownTenant)?;
        Ok((token, tenant))
    }

    /// The same for the token that a request carries.
    ///
    /// # Errors
    /// The first [`TokenFault`] that applies.
    pub fn authenticate_request(
        &self,
        headers: &HeaderMap,
        audience: Audience,
    ) -> Result<(Arc<AccessToken>, Arc<Tenant>), TokenFault> {
        self.authenticate(token::bearer(headers), audience)
    }

    /// The tenant with an id.
    #[must_use]
    pub fn tenant(&self, id: TenantId) -> Option<Arc<Tenant>> {
        self.tenants.get(&id).map(|tenant| Arc::clone(&tenant))
    }

    /// The tenant that a path segment names: by id or by domain, in any case. Of several tenants with one domain it is the
    /// one that was made first.
    #[must_use]
    pub fn tenant_by_segment(&self, segment: &str) -> Option<Arc<Tenant>> {
        match Uuid::try_parse(segment) {
            Ok(id) => self.tenant(TenantId(id)),
            Err(_) => self.tenants().into_iter().find(|tenant| tenant.domain().eq_ignore_ascii_case(segment)),
        }
    }

    /// Every tenant, in the order in which they were made.
    #[must_use]
    pub fn tenants(&self) -> Vec<Arc<Tenant>> {
        let mut tenants: Vec<_> = self.tenants.iter().map(|entry| Arc::clone(&entry)).collect();
        tenants.sort_by_key(|tenant| tenant.number());
        tenants
    }

    /// Adds a tenant.
    ///
    /// # Errors
    /// [`TenantIdTaken`] when there is one with its id.
    pub fn add(&self, tenant: Tenant) -> Result<Arc<Tenant>, TenantIdTaken> {
        let tenant = Arc::new(tenant.with_traffic(&self.traffic, 0));
        match self.tenants.entry(tenant.id()) {
            dashmap::Entry::Occupied(taken) => return Err(TenantIdTaken(*taken.key())),
            dashmap::Entry::Vacant(free) => drop(free.insert(Arc::clone(&tenant))),
        }
        self.coming_and_going.send_replace(());
        Ok(tenant)
    }

    /// Puts a tenant in the place of the one with its id, or adds it when there is none. Whoever holds the old one goes on
    /// with that until done.
    pub fn replace(&self, tenant: Tenant) -> Arc<Tenant> {
        let before = self.tenant(tenant.id()).map_or(0, |it| it.traffic().journal().last());
        let tenant = Arc::new(tenant.with_traffic(&self.traffic, before));
        self.tenants.insert(tenant.id(), Arc::clone(&tenant));
        self.coming_and_going.send_replace(());
        tenant
    }

    /// Removes a tenant and everything in it; answers whether there was one.
    pub fn remove(&self, id: TenantId) -> bool {
        let was_there = self.tenants.remove(&id).is_some();
        self.coming_and_going.send_replace(());
        was_there
    }

    /// Tells when a tenant comes or goes.
    #[must_use]
    pub fn coming_and_going(&self) -> watch::Receiver<()> {
        self.coming_and_going.subscribe()
    }
}
