//! `grant_type=refresh_token`: new tokens of a user who signed in before, perhaps for another resource.
//!
//! The token sent stays good; the answer brings another one.

use super::{tenant_of, user_tokens};
use crate::app::sign_ins::SignIn;
use crate::app::token::FirstPartyClient;
use crate::login::aadsts::AadstsError;
use crate::login::asked::Asked;
use crate::login::authority::Authority;
use crate::login::client::{Client, Credentials};
use crate::login::scope::AskedScope;
use crate::login::sign_in_log::Attempt;
use crate::login::users;
use axum::response::Response;
use pim_core::model::{SignInKind, SignInProtocol};

/// Answers with the user's tokens.
pub(in crate::login) fn grant(asked: &Asked<'_>, authority: &Authority) -> Result<Response, AadstsError> {
    let credentials = Credentials::of(asked)?;
    let id = credentials.client_id(asked.segment())?;
    let grant = asked.app.sign_ins().refresh(asked.required("refresh_token")?, asked.now)?;
    if !FirstPartyClient::share_refresh_tokens(grant.sign_in.client, id) {
        return Err(AadstsError::UnknownGrant);
    }
    let tenant = tenant_of(asked, authority, &grant.sign_in)?;
    let authentication = Client::find(&tenant, id)?.authenticate(asked, &tenant, &credentials)?;
    users::still_enabled(&tenant, grant.sign_in.user)?;
    let mut scope = match AskedScope::of(asked, &tenant)? {
        Some(scope) => scope,
        None => AskedScope::parse(&grant.scope, &asked.origin, &tenant)?,
    };
    // Whoever had a refresh token gets one again, asked for or not.
    scope.keep_refreshing();
    let sign_in = SignIn { client: id, ..grant.sign_in };
    let attempt = Attempt::of(&sign_in, (SignInKind::NonInteractive, SignInProtocol::RefreshToken), &scope);
    let response = user_tokens(asked, &tenant, authentication, sign_in, &scope, None)?;
    attempt.succeeded(asked, &tenant);
    Ok(response)
}
