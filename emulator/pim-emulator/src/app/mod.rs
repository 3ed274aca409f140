//! The shell around the machine: tenants, their clocks, their ids, their event logs, and the tokens that name them.
//!
//! Every surface knows this module and none knows another. Only `tenant.rs` locks a machine.

pub mod clock;
pub mod event_log;
pub mod ids;
pub mod tenant;
pub mod world;

pub use clock::{Clock, ClockMode, real_now};
pub use tenant::Tenant;

use dashmap::DashMap;
use pim_core::TenantId;
use std::sync::Arc;
use uuid::Uuid;

/// Everything that one process holds.
#[derive(Debug, Default)]
pub struct App {
    tenants: DashMap<TenantId, Arc<Tenant>>,
}

/// The id is taken by another tenant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TenantIdTaken(pub TenantId);

impl App {
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
        let tenant = Arc::new(tenant);
        match self.tenants.entry(tenant.id()) {
            dashmap::Entry::Occupied(taken) => Err(TenantIdTaken(*taken.key())),
            dashmap::Entry::Vacant(free) => {
                free.insert(Arc::clone(&tenant));
                Ok(tenant)
            }
        }
    }

    /// Puts a tenant in the place of the one with its id, or adds it when there is none. Whoever holds the old one goes on
    /// with that until done.
    pub fn replace(&self, tenant: Tenant) -> Arc<Tenant> {
        let tenant = Arc::new(tenant);
        self.tenants.insert(tenant.id(), Arc::clone(&tenant));
        tenant
    }

    /// Removes a tenant and everything in it; answers whether there was one.
    pub fn remove(&self, id: TenantId) -> bool {
        self.tenants.remove(&id).is_some()
    }
}
