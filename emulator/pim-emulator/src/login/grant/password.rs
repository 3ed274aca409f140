//! `grant_type=password`: a user's name and password, given to the client. Never satisfies multifactor authentication.
//!
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc>

use super::{missing_scope, user_tokens};
use crate::app::sign_ins::{SignIn, Way};
use crate::login::aadsts::AadstsError;
use crate::login::asked::Asked;
use crate::login::authority::Authority;
use crate::login::client::{Client, Credentials, same_text};
use crate::login::scope::AskedScope;
use crate::login::sign_in_log::Attempt;
use crate::login::users;
use axum::response::Response;
use pim_core::model::{SignInKind, SignInProtocol};

/// Answers with the user's tokens.
pub(in crate::login) fn grant(asked: &Asked<'_>, authority: &Authority) -> Result<Response, AadstsError> {
    let credentials = Credentials::of(asked)?;
    let id = credentials.client_id(asked.segment())?;
    let name = asked.required("username")?;
    let password = asked.required("password")?;
    let tenant = authority.of_user(asked.app, name)?;
    let client = Client::find(&tenant, id)?;
    let authentication = client.authenticate(asked, &tenant, &credentials)?;
    let scope = AskedScope::of(asked, &tenant)?.ok_or_else(|| missing_scope(asked))?;
    let user = users::find(&tenant, name)?;
    if !same_text(&user.password, password) {
        return Err(AadstsError::WrongPassword);
    }
    let sign_in = SignIn {
        tenant: tenant.id(),
        client: id,
        user: user.id,
        way: Way::Password,
        mfa: false,
        authentication_contexts: Vec::new(),
        takes_claims_challenges: false,
    };
    let attempt = Attempt::of(&sign_in, (SignInKind::Interactive, SignInProtocol::Password), &scope);
    let response = user_tokens(asked, &tenant, authentication, sign_in, &scope, asked.body.get("nonce"))?;
    attempt.succeeded(asked, &tenant);
    Ok(response)
}
