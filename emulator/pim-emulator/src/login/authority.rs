//! Which tenant a path names.

use super::aadsts::AadstsError;
use super::client::known;
use crate::app::token::FirstPartyClient;
use crate::app::{App, Tenant};
use pim_core::ClientId;
use std::sync::Arc;
use uuid::Uuid;

/// What the first segment of a path names.
#[derive(Clone, Debug)]
pub(super) enum Authority {
    /// One tenant.
    Tenant(Arc<Tenant>),
    /// Any (`common`, `organizations`): the user or the client decides.
    Any,
}

impl Authority {
    /// The authority of a segment, in any case.
    pub(super) fn named(app: &App, segment: &str) -> Result<Self, AadstsError> {
        if ["common", "organizations"].iter().any(|any| segment.eq_ignore_ascii_case(any)) {
            return Ok(Self::Any);
        }
        if let Some(tenant) = app.tenant_by_segment(segment) {
            return Ok(Self::Tenant(tenant));
        }
        let segment = segment.to_owned();
        let could_be =
            Uuid::try_parse(&segment).is_ok() || segment.contains('.') || segment.eq_ignore_ascii_case("consumers");
        Err(if could_be { AadstsError::UnknownTenant { segment } } else { AadstsError::NotATenantName { segment } })
    }

    /// The tenants that may be meant, in the order in which they were made.
    pub(super) fn candidates(&self, app: &App) -> Vec<Arc<Tenant>> {
        match self {
            Self::Tenant(tenant) => vec![Arc::clone(tenant)],
            Self::Any => app.tenants(),
        }
    }

    /// The tenant that is meant by whoever signs in with that name.
    pub(super) fn of_user(&self, app: &App, name: &str) -> Result<Arc<Tenant>, AadstsError> {
        let found = match self {
            Self::Tenant(tenant) => Some(Arc::clone(tenant)),
            Self::Any => {
                self.candidates(app).into_iter().find(|tenant| tenant.read(|view| view.user_named(name).is_some()))
            }
        };
        found.ok_or_else(|| AadstsError::UnknownUser { user: name.to_owned(), tenant: "common".to_owned() })
    }

    /// The tenants that are meant and know the client.
    pub(super) fn of_client(&self, app: &App, client: ClientId) -> Vec<Arc<Tenant>> {
        let mut candidates = self.candidates(app);
        if matches!(self, Self::Any) && FirstPartyClient::find(client).is_none() {
            candidates.retain(|tenant| tenant.read(|view| known(view, client).is_some()));
        }
        candidates
    }

    /// Whether a sign-in to that tenant may go on at this address.
    pub(super) fn includes(&self, tenant: pim_core::TenantId) -> bool {
        match self {
            Self::Tenant(own) => own.id() == tenant,
            Self::Any => true,
        }
    }
}
