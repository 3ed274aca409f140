//! `grant_type=urn:ietf:params:oauth:grant-type:device_code`: a device asks whether somebody has signed in on it.
//!
//! <https://www.rfc-editor.org/rfc/rfc8628#section-3.4>

use super::{tenant_of, user_tokens};
use crate::login::aadsts::AadstsError;
use crate::login::asked::Asked;
use crate::login::authority::Authority;
use crate::login::client::{Client, Credentials};
use crate::login::scope::AskedScope;
use crate::login::sign_in_log::Attempt;
use crate::login::users;
use axum::response::Response;
use pim_core::model::{SignInKind, SignInProtocol};

/// Answers with the user's tokens, once there are some.
pub(in crate::login) fn grant(asked: &Asked<'_>, authority: &Authority) -> Result<Response, AadstsError> {
    let credentials = Credentials::of(asked)?;
    let id = credentials.client_id(asked.segment())?;
    // The first version of the endpoint calls it `code`.
    let code = asked.body.get("device_code").or_else(|| asked.body.get("code"));
    let code = code.ok_or(AadstsError::Missing("device_code"))?;
    let grant = asked.app.sign_ins().poll_device_code(code, id, asked.now)?;
    let tenant = tenant_of(asked, authority, &grant.sign_in)?;
    let authentication = Client::find(&tenant, id)?.authenticate(asked, &tenant, &credentials)?;
    users::still_enabled(&tenant, grant.sign_in.user)?;
    let scope = AskedScope::parse(&grant.scope, &asked.origin, &tenant)?;
    let attempt = Attempt::of(&grant.sign_in, (SignInKind::Interactive, SignInProtocol::DeviceCode), &scope);
    let response = user_tokens(asked, &tenant, authentication, grant.sign_in, &scope, None)?;
    attempt.succeeded(asked, &tenant);
    Ok(response)
}
