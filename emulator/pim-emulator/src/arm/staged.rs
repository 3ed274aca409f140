//! Refusals that nobody in here decided: faults that a test ordered, and hardships of a hostile tenant. They look like those of
//! Azure's front door, with its words where nobody chose others.

use super::reply::{Around, value};
use crate::app::traffic::Refusal;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::json;

const FAILURE_CAUSE: HeaderName = HeaderName::from_static("x-ms-failure-cause");

/// The code of a refusal.
pub(super) fn code(refusal: &Refusal) -> String {
    refusal
        .code
        .clone()
        .unwrap_or_else(|| words(refusal.status).map_or_else(|| refusal.reason_code(), |it| it.0.to_owned()))
}

/// The response. Whoever is throttled has no calls left.
pub(super) fn response(refusal: &Refusal, around: &mut Around) -> Response<Vec<u8>> {
    let status = refusal.status;
    let message = refusal.message.clone();
    let message = message.unwrap_or_else(|| words(status).map_or_else(|| refusal.reason(), |it| it.1.to_owned()));
    if status == StatusCode::TOO_MANY_REQUESTS {
        around.left = around.left.map(|(quota, _)| (quota, 0));
    }
    let body = json!({ "error": { "code": code(refusal), "message": message } });
    let mut response = around.response(status, body.to_string().into_bytes());
    let headers = response.headers_mut();
    headers.insert(FAILURE_CAUSE, HeaderValue::from_static("gateway"));
    if let Some(seconds) = refusal.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, value(&around.challenge(&message)));
    }
    response
}

/// Code and message of a status, where nobody chose others.
const fn words(status: StatusCode) -> Option<(&'static str, &'static str)> {
    Some(match status {
        StatusCode::BAD_REQUEST => ("BadRequest", "The request is not valid."),
        StatusCode::UNAUTHORIZED => ("ExpiredAuthenticationToken", "The access token has expired."),
        StatusCode::FORBIDDEN => {
            ("AuthorizationFailed", "The client does not have authorization to perform this action.")
        }
        StatusCode::NOT_FOUND => ("ResourceNotFound", "The resource is not found."),
        StatusCode::TOO_MANY_REQUESTS => (
            "TooManyRequests",
            "The request is being throttled as the limit of requests has been reached. Please try again later.",
        ),
        StatusCode::INTERNAL_SERVER_ERROR => ("InternalServerError", "An error has occurred."),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("ServiceUnavailable", "The service is temporarily unavailable. Please try again later.")
        }
        StatusCode::GATEWAY_TIMEOUT => ("GatewayTimeout", "The gateway did not receive a response in time."),
        _ => return None,
    })
}
