//! Whose a request is: which tenant it concerns, for the journal and for whatever a test has ordered there.

use super::asked::Asked;
use super::authority::Authority;
use super::client::Credentials;
use crate::app::Tenant;
use crate::app::traffic::{Began, Surface, Visit};
use axum::http::request::Parts;
use pim_core::{ClientId, PrincipalId};
use std::sync::Arc;
use uuid::Uuid;

/// A request to sign-in that concerns a tenant.
#[derive(Debug)]
pub(super) struct Belonging {
    pub(super) tenant: Arc<Tenant>,
    pub(super) principal: Option<PrincipalId>,
    pub(super) client: Option<ClientId>,
    is_device_poll: bool,
}

impl Belonging {
    /// The tenant that the path names. Where it names any, that of the sign-in which is gone on with, else of the user who is
    /// named, else the only one that knows the client; a request that says nothing of that sort concerns no tenant.
    pub(super) fn of(asked: &Asked<'_>) -> Option<Self> {
        let text = |name| asked.body.get(name).or_else(|| asked.query.get(name));
        let client = Credentials::of(asked).ok().map(|it| it.client);
        let client = client.as_deref().or_else(|| text("client_id"));
        let client = client.and_then(|text| Uuid::try_parse(text).ok()).map(ClientId);
        let sign_ins = asked.app.sign_ins();
        let begun = ["refresh_token", "code", "device_code"].iter().find_map(|name| sign_ins.whose(text(name)?));
        let user = text("username");
        let tenant = match asked.authority().ok()? {
            Authority::Tenant(tenant) => tenant,
            any @ Authority::Any => {
                let of_sign_in = begun.and_then(|(tenant, _)| asked.app.tenant(tenant));
                of_sign_in.or_else(|| any.of_user(asked.app, user?).ok()).or_else(|| only_one(asked, &any, client?))?
            }
        };
        let grant = text("grant_type").unwrap_or_default();
        let principal = match begun.filter(|(of, _)| *of == tenant.id()) {
            Some((_, user)) => Some(user),
            None if grant == "client_credentials" => {
                tenant.read(|view| view.service_principal_of(client?).map(|it| it.id))
            }
            None => tenant.read(|view| view.user_named(user?).map(|it| it.id)),
        };
        Some(Self { principal, client, is_device_poll: grant.ends_with("device_code"), tenant })
    }

    /// What is known of the request.
    pub(super) fn visit<'a>(&self, parts: &'a Parts) -> Visit<'a> {
        Visit {
            began: Began::in_tenant(&self.tenant),
            surface: Surface::SignIn,
            method: &parts.method,
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
            principal: self.principal,
            application: self.client,
            is_device_poll: self.is_device_poll,
        }
    }
}

/// The only tenant that is meant and knows the client.
fn only_one(asked: &Asked<'_>, authority: &Authority, client: ClientId) -> Option<Arc<Tenant>> {
    match authority.of_client(asked.app, client).as_slice() {
        [only] => Some(Arc::clone(only)),
        _ => None,
    }
}
