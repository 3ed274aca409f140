//! The grants, and what those of users have in common.

pub(super) mod authorization_code;
pub(super) mod client_credentials;
pub(super) mod device_code;
pub(super) mod on_behalf_of;
pub(super) mod password;
pub(super) mod refresh_token;

use super::aadsts::AadstsError;
use super::answer::TokenAnswer;
use super::asked::{Asked, Version};
use super::authority::Authority;
use super::client::Client;
use super::consent;
use super::contexts;
use super::scope::{AskedResource, AskedScope};
use crate::app::Tenant;
use crate::app::sign_ins::{RefreshGrant, SignIn};
use crate::app::token::{
    ClientAuthentication, FirstPartyClient, IdTokenRequest, Registered, Subject, TokenRequest, Validity, client_info,
};
use axum::response::Response;
use pim_core::model::Application;
use std::sync::Arc;

/// The tenant of a sign-in that was begun before, if it may be finished at this address.
fn tenant_of(asked: &Asked<'_>, authority: &Authority, sign_in: &SignIn) -> Result<Arc<Tenant>, AadstsError> {
    let tenant = asked.app.tenant(sign_in.tenant).filter(|tenant| authority.includes(tenant.id()));
    tenant.ok_or(AadstsError::UnknownGrant)
}

/// What is said where nothing is asked for.
const fn missing_scope(asked: &Asked<'_>) -> AadstsError {
    AadstsError::Missing(match asked.version {
        Version::V1 => "resource",
        Version::V2 => "scope",
    })
}

/// The tokens of a user who has signed in.
fn user_tokens(
    asked: &Asked<'_>,
    tenant: &Tenant,
    authentication: ClientAuthentication,
    mut sign_in: SignIn,
    scope: &AskedScope,
    nonce: Option<&str>,
) -> Result<Response, AadstsError> {
    let client = Client::find(tenant, sign_in.client)?;
    let granted = consent::granted(tenant, &client, sign_in.user, scope)?;
    let claims = asked.claims()?;
    sign_in.authentication_contexts = contexts::satisfied(tenant, &sign_in, &claims)?;
    let takes_claims_challenges = claims.takes_claims_challenges || sign_in.takes_claims_challenges;
    let tokens = asked.app.tokens();
    let validity = Validity::lasting(asked.now, Validity::USER);
    let access_token = tokens.issue(&TokenRequest {
        tenant,
        client: sign_in.client,
        authentication,
        audience: &scope.audience,
        registered: registered(asked, tenant, scope.resource),
        subject: Subject::User {
            id: sign_in.user,
            scopes: &scope.claim(&granted),
            mfa: sign_in.mfa,
            // Only a client that can answer challenges is told what was satisfied (MFA-10).
            authentication_contexts: if takes_claims_challenges { &sign_in.authentication_contexts } else { &[] },
        },
        validity,
        takes_claims_challenges,
    })?;
    let id_token = scope.has("openid").then(|| {
        tokens.issue_id_token(&IdTokenRequest {
            tenant,
            client: sign_in.client,
            user: sign_in.user,
            format: asked.id_token_format(sign_in.mfa),
            nonce,
            validity,
        })
    });
    let id_token = id_token.transpose()?;
    let info = asked.wants_client_info() || asked.version == Version::V1;
    let client_info = info.then(|| client_info(tenant.id(), sign_in.user));
    // A client says with every request what it can do.
    sign_in.takes_claims_challenges = false;
    let refresh_token = scope.has("offline_access").then(|| {
        asked.app.sign_ins().issue_refresh_token(RefreshGrant { sign_in, scope: scope.text.clone() }, asked.now)
    });
    Ok(TokenAnswer {
        scope: Some(scope.answer(&granted)),
        resource: scope.audience.clone(),
        validity,
        access_token,
        refresh_token,
        id_token,
        client_info,
        is_of_family: FirstPartyClient::find(client.id).is_some_and(|client| client.is_of_family),
    }
    .respond(asked))
}

/// Where a token is for an application of the tenant: which one, and which format it takes.
pub(super) fn registered<'a>(asked: &'a Asked<'_>, tenant: &Tenant, resource: AskedResource) -> Option<Registered<'a>> {
    let app_id = match resource {
        AskedResource::Application(app_id) => app_id,
        AskedResource::Platform(_) => return None,
    };
    let takes_second = tenant.read(|view| view.application(app_id).is_some_and(Application::takes_second_format));
    Some(Registered { app_id, second_format: takes_second.then_some(asked.origin.as_str()) })
}
