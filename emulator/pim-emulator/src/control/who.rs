//! Finding the user or application that a request speaks of.

use super::problem::{Kind, Problem};
use crate::app::Tenant;
use crate::app::token::FirstPartyClient;
use crate::app::world::did_you_mean;
use pim_core::{ClientId, PrincipalId};
use uuid::Uuid;

/// The user of that name, user principal name or object id.
pub(super) fn user(tenant: &Tenant, text: &str) -> Result<PrincipalId, Problem> {
    let names = tenant.names();
    let by_id = Uuid::try_parse(text).ok().map(PrincipalId);
    let found = tenant.read(|view| {
        let id = names.user(text).or_else(|| view.user_named(text).map(|user| user.id)).or(by_id)?;
        view.user(id).map(|user| user.id)
    });
    found.ok_or_else(|| {
        let near = did_you_mean(text, names.users.keys().map(String::as_str));
        Problem::new(Kind::InvalidBody, format!("the tenant has no user '{text}'{near}")).at("user")
    })
}

/// The application of that name or client id.
pub(super) fn application(tenant: &Tenant, text: &str, field: &'static str) -> Result<ClientId, Problem> {
    let names = tenant.names();
    let by_id = Uuid::try_parse(text).ok().map(ClientId);
    let identity = || names.managed_identities.get(text).map(|names| names.client);
    let client = names.applications.get(text).map(|names| names.client).or_else(identity).or(by_id);
    let is_known = |client: &ClientId| {
        FirstPartyClient::find(*client).is_some() || tenant.read(|view| view.service_principal_of(*client).is_some())
    };
    let found = client.filter(is_known);
    found.ok_or_else(|| {
        let near = did_you_mean(text, names.applications.keys().map(String::as_str));
        Problem::new(Kind::InvalidBody, format!("the tenant has no application '{text}'{near}")).at(field)
    })
}
