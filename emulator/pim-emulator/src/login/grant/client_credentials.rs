//! `grant_type=client_credentials`: an application on its own, with a secret or an assertion.
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow>

use super::{missing_scope, registered};
use crate::app::token::{Subject, TokenRequest, Validity};
use crate::login::aadsts::AadstsError;
use crate::login::answer::TokenAnswer;
use crate::login::asked::{Asked, Version};
use crate::login::authority::Authority;
use crate::login::client::{Client, Credentials};
use crate::login::scope::AskedScope;
use crate::login::sign_in_log::{Attempt, app_id};
use axum::response::Response;
use pim_core::model::{SignInKind, SignInProtocol};

/// Answers with an access token for the client itself.
pub(in crate::login) fn grant(asked: &Asked<'_>, authority: &Authority) -> Result<Response, AadstsError> {
    let credentials = Credentials::of(asked)?;
    let id = credentials.client_id(asked.segment())?;
    // At `common` the service refuses; here the first tenant that knows the client is meant.
    let tenants = authority.of_client(asked.app, id);
    let tenant = tenants.first().ok_or(AadstsError::NoTenant)?;
    let client = Client::find(tenant, id)?;
    let proof = credentials.proof.as_ref().ok_or(AadstsError::NoCredentialForApplication)?;
    let authentication = client.check(asked, tenant, proof)?;
    let scope = AskedScope::of(asked, tenant)?.ok_or_else(|| missing_scope(asked))?;
    if asked.version == Version::V2 {
        scope.for_application()?;
    }
    let validity = Validity::lasting(asked.now, Validity::APPLICATION);
    let request = TokenRequest {
        tenant,
        client: id,
        authentication,
        audience: &scope.audience,
        registered: registered(asked, tenant, scope.resource),
        subject: Subject::Application { roles: None },
        validity,
        takes_claims_challenges: asked.claims()?.takes_claims_challenges,
    };
    let Some(principal) = tenant.read(|view| view.service_principal_of(id).map(|it| it.id)) else {
        let tenant = tenant.id().to_string();
        return Err(AadstsError::NoServicePrincipal { client: id.to_string(), tenant });
    };
    let access_token = asked.app.tokens().issue(&request)?;
    let attempt = Attempt {
        kind: SignInKind::ServicePrincipal,
        protocol: SignInProtocol::ClientCredentials,
        principal,
        client: id,
        resource: Some(app_id(scope.resource)),
        mfa: false,
    };
    attempt.succeeded(asked, tenant);
    let resource = scope.audience.clone();
    let answer = TokenAnswer {
        scope: None,
        resource,
        validity,
        access_token,
        refresh_token: None,
        id_token: None,
        client_info: None,
        is_of_family: false,
    };
    Ok(answer.respond(asked))
}
