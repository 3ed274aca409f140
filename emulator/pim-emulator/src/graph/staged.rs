//! Refusals that nobody in here decided: faults that a test ordered, and hardships of a hostile tenant. They look like the
//! service's own, with its words where nobody chose others.

use super::sent::{Around, PLAIN_JSON, Sent, THROTTLE_INFORMATION, THROTTLE_SCOPE};
use crate::app::token::AccessToken;
use crate::app::traffic::Refusal;
use crate::net::Origin;
use axum::http::header::InvalidHeaderValue;
use axum::http::{HeaderValue, StatusCode, header};
use pim_core::time::Instant;
use serde_json::json;

/// The code of a refusal.
pub(super) fn code(refusal: &Refusal) -> String {
    refusal
        .code
        .clone()
        .unwrap_or_else(|| words(refusal.status).map_or_else(|| refusal.reason_code(), |it| it.0.to_owned()))
}

/// The answer.
pub(super) fn sent(refusal: &Refusal, token: &AccessToken, around: &Around, now: Instant, origin: &Origin<'_>) -> Sent {
    let status = refusal.status;
    let is_throttling = status == StatusCode::TOO_MANY_REQUESTS;
    let message = refusal.message.clone();
    let message = message.unwrap_or_else(|| words(status).map_or_else(|| refusal.reason(), |it| it.1.to_owned()));
    let mut inner = json!({
        "date": now.to_utc().format("%Y-%m-%dT%H:%M:%S").to_string(),
        "request-id": around.id,
        "client-request-id": around.client.to_str().unwrap_or_default(),
    });
    if is_throttling {
        inner["code"] = json!("429");
        inner["message"] = json!("Please retry after");
        inner["status"] = json!("429");
    }
    let body = json!({ "error": { "code": code(refusal), "message": message, "innerError": inner } });
    let mut sent = Sent::new(status, Some(PLAIN_JSON), body.to_string().into_bytes());
    if let Some(seconds) = refusal.retry_after {
        sent = sent.with(header::RETRY_AFTER, Ok::<_, InvalidHeaderValue>(HeaderValue::from(seconds)));
    }
    if is_throttling {
        let scope = format!("Tenant_Application/ReadWrite/{}/{}", token.app_id, token.tenant);
        sent = sent
            .with(THROTTLE_SCOPE, HeaderValue::from_str(&scope))
            .with(THROTTLE_INFORMATION, HeaderValue::from_str("ResourceUnitLimitExceeded"));
    }
    if status == StatusCode::UNAUTHORIZED { sent.challenging(origin, None) } else { sent }
}

/// Code and message of a status, where nobody chose others.
const fn words(status: StatusCode) -> Option<(&'static str, &'static str)> {
    Some(match status {
        StatusCode::BAD_REQUEST => ("BadRequest", "The request is not valid."),
        StatusCode::UNAUTHORIZED => ("InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."),
        StatusCode::FORBIDDEN => ("Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
        StatusCode::NOT_FOUND => (
            "Request_ResourceNotFound",
            "Resource does not exist or one of its queried reference-property objects are not present.",
        ),
        StatusCode::TOO_MANY_REQUESTS => ("TooManyRequests", "Please retry again later."),
        StatusCode::INTERNAL_SERVER_ERROR => ("InternalServerError", "An internal server error occurred."),
        StatusCode::SERVICE_UNAVAILABLE => ("ServiceUnavailable", "The service is temporarily unavailable."),
        StatusCode::GATEWAY_TIMEOUT => ("UnknownError", "The gateway did not get an answer in time."),
        _ => return None,
    })
}
