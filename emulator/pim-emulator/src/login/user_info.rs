//! `/oidc/userinfo`: who the user of a token is. It lies on the host of Microsoft Graph and takes Graph's tokens.
//!
//! <https://openid.net/specs/openid-connect-core-1_0.html#UserInfo>

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::respond::{Caching, json, set};
use crate::app::token::{Audience, Caller, pairwise_subject};
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct UserInfo<'a> {
    sub: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    picture: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

#[derive(Serialize)]
struct Problem<'a> {
    error: &'a str,
    error_description: &'a str,
}

/// Answers with the claims of the user; the address only where the token was asked for it.
pub(super) fn user_info(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let Ok((token, tenant)) = asked.app.authenticate_request(asked.headers, Audience::Graph) else {
        return Ok(refused(asked, StatusCode::UNAUTHORIZED, "invalid_token", "The access token is not valid."));
    };
    let Caller::User { id, scopes, .. } = &token.caller else {
        return Ok(refused(asked, StatusCode::FORBIDDEN, "insufficient_scope", "There is no user behind the token."));
    };
    if !scopes.contains("openid") {
        return Ok(refused(asked, StatusCode::FORBIDDEN, "insufficient_scope", "The token lacks the scope openid."));
    }
    let answered = tenant.read(|view| {
        let user = view.user(*id)?;
        let info = UserInfo {
            sub: &pairwise_subject(token.tenant, token.app_id, user.id),
            name: &user.display_name,
            family_name: user.surname.as_deref(),
            given_name: user.given_name.as_deref(),
            picture: "https://graph.microsoft.com/v1.0/me/photo/$value",
            email: user.mail.as_deref().filter(|_| scopes.contains("email")),
        };
        Some(json(asked, StatusCode::OK, Caching::Never, &info))
    });
    let gone = || refused(asked, StatusCode::UNAUTHORIZED, "invalid_token", "The user is not there any more.");
    Ok(answered.unwrap_or_else(gone))
}

fn refused(asked: &Asked<'_>, status: StatusCode, error: &str, description: &str) -> Response {
    let mut response = json(asked, status, Caching::Never, &Problem { error, error_description: description });
    set(&mut response, header::WWW_AUTHENTICATE, &format!("Bearer error=\"{error}\""));
    response
}
