//! Refusals that nobody in here decided: faults that a test ordered, and hardships of a hostile tenant. They look like the
//! service's own, with its words where nobody chose others.

use super::reply::{Trace, with_headers};
use crate::app::token::AccessToken;
use crate::app::traffic::Refusal;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use pim_core::time::Instant;
use serde_json::json;

const THROTTLE_SCOPE: HeaderName = HeaderName::from_static("x-ms-throttle-scope");
const THROTTLE_INFORMATION: HeaderName = HeaderName::from_static("x-ms-throttle-information");

/// The code of a refusal.
pub(super) fn code(refusal: &Refusal) -> String {
    refusal
        .code
        .clone()
        .unwrap_or_else(|| words(refusal.status).map_or_else(|| refusal.reason_code(), |it| it.0.to_owned()))
}

/// The response.
pub(super) fn response(
    refusal: &Refusal,
    token: &AccessToken,
    trace: &Trace,
    now: Instant,
    origin: &str,
) -> Response<Body> {
    let status = refusal.status;
    let message = refusal.message.clone();
    let message = message.unwrap_or_else(|| words(status).map_or_else(|| refusal.reason(), |it| it.1.to_owned()));
    let mut inner = json!({
        "date": now.to_utc().format("%Y-%m-%dT%H:%M:%S").to_string(),
        "request-id": trace.id,
        "client-request-id": trace.client.to_str().unwrap_or_default(),
    });
    if status == StatusCode::TOO_MANY_REQUESTS {
        inner["code"] = json!("429");
        inner["message"] = json!("Please retry after");
        inner["status"] = json!("429");
    }
    let body = json!({ "error": { "code": code(refusal), "message": message, "innerError": inner } });
    let mut response = with_headers(status, Some(super::reply::PLAIN_JSON), body.to_string().into_bytes(), trace);
    let headers = response.headers_mut();
    if let Some(seconds) = refusal.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        let scope = format!("Tenant_Application/ReadWrite/{}/{}", token.app_id, token.tenant);
        headers.extend(HeaderValue::from_str(&scope).map(|scope| (THROTTLE_SCOPE, scope)));
        headers.insert(THROTTLE_INFORMATION, HeaderValue::from_static("ResourceUnitLimitExceeded"));
    }
    if status == StatusCode::UNAUTHORIZED {
        super::reply::challenge(headers, origin, None);
    }
    response
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
