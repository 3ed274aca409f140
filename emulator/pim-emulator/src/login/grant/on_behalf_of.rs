//! `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer`: an application that was sent a user's token asks for another one,
//! to call on in the user's name. What the user did to sign in goes with it.
//!
//! Nobody can be asked anything here. What would take the user is `interaction_required`, for the application to hand back.
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow>

use super::{missing_scope, user_tokens};
use crate::app::Tenant;
use crate::app::sign_ins::{SignIn, Way};
use crate::app::token::{AssertionFault, UserAssertion};
use crate::login::aadsts::AadstsError;
use crate::login::asked::Asked;
use crate::login::authority::Authority;
use crate::login::client::{Client, Credentials};
use crate::login::scope::{AskedScope, registered_as};
use crate::login::sign_in_log::Attempt;
use crate::login::users;
use axum::response::Response;
use pim_core::model::{SignInKind, SignInProtocol};
use std::sync::Arc;

/// Answers with tokens of the user whom the assertion names.
pub(in crate::login) fn grant(asked: &Asked<'_>, authority: &Authority) -> Result<Response, AadstsError> {
    let credentials = Credentials::of(asked)?;
    let id = credentials.client_id(asked.segment())?;
    let text = asked.required("assertion")?;
    if asked.required("requested_token_use")? != "on_behalf_of" {
        return Err(AadstsError::Malformed("requested_token_use"));
    }
    let read = asked.app.tokens().read_assertion(text, asked.now);
    let tenant = tenant_of(asked, authority, &read, &credentials)?;
    let client = Client::find(&tenant, id)?;
    // Whoever can prove nothing could be anybody who was sent the token.
    let proof = credentials.proof.as_ref().ok_or(AadstsError::NoCredential)?;
    let authentication = client.check(asked, &tenant, proof)?;
    let assertion = read.map_err(|fault| refused(asked, &client, fault))?;
    if !tenant.read(|view| registered_as(view, id, &assertion.audience)) {
        return Err(AadstsError::OtherAudience {
            audience: assertion.audience,
            expected: format!("api://{id}"),
            client: id.to_string(),
            name: client.name,
        });
    }
    users::still_enabled(&tenant, assertion.user)?;
    let scope = AskedScope::of(asked, &tenant)?.ok_or_else(|| missing_scope(asked))?;
    let sign_in = SignIn {
        tenant: tenant.id(),
        client: id,
        user: assertion.user,
        way: Way::OnBehalf,
        mfa: assertion.mfa,
        authentication_contexts: assertion.authentication_contexts,
        takes_claims_challenges: false,
    };
    let attempt = Attempt::of(&sign_in, (SignInKind::NonInteractive, SignInProtocol::OnBehalfOf), &scope);
    let response = user_tokens(asked, &tenant, authentication, sign_in, &scope, None)?;
    attempt.succeeded(asked, &tenant);
    Ok(response)
}

/// The tenant of the token, if it may be used at this address; where it cannot be read, that of the client.
fn tenant_of(
    asked: &Asked<'_>,
    authority: &Authority,
    read: &Result<UserAssertion, AssertionFault>,
    credentials: &Credentials,
) -> Result<Arc<Tenant>, AadstsError> {
    match read {
        Ok(assertion) => {
            let tenant = asked.app.tenant(assertion.tenant).filter(|tenant| authority.includes(tenant.id()));
            tenant.ok_or(AadstsError::InvalidAssertion { reason: "The token belongs to another tenant." })
        }
        Err(_) => {
            let tenants = authority.of_client(asked.app, credentials.client_id(asked.segment())?);
            tenants.into_iter().next().ok_or_else(|| AadstsError::UnknownApplication {
                client: credentials.client.clone(),
                tenant: asked.segment().to_owned(),
            })
        }
    }
}

fn refused(asked: &Asked<'_>, client: &Client, fault: AssertionFault) -> AadstsError {
    let written = |at: pim_core::time::Instant| at.to_utc().format("%Y-%m-%dT%H:%M:%S%.3f0000Z").to_string();
    match fault {
        AssertionFault::Invalid => AadstsError::InvalidAssertion { reason: "The key was not found." },
        AssertionFault::OutOfTime(expires) => {
            AadstsError::UserAssertionOutOfTime { now: written(asked.now), expires: written(expires) }
        }
        AssertionFault::IdToken => AadstsError::IdTokenAsAssertion,
        AssertionFault::NoUser => AadstsError::NoUserInAssertion { client: client.id.to_string() },
    }
}
