//! Which surface a request is meant for: by the name of the host where that says it, else by the path.

use crate::app::{App, review_reports};
use crate::net::ServedHost;
use crate::{arm, control, graph, login, receiving};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use std::convert::Infallible;
use std::sync::Arc;
use tower::ServiceExt;

/// Every surface behind one service.
///
/// Microsoft Graph comes first and by a comparison of a few bytes: it gets nearly all requests.
pub fn router(app: Arc<App>, options: control::Options) -> Router {
    let control = control::router(Arc::clone(&app), options);
    let login = login::router(Arc::clone(&app));
    let resource_manager = Arc::new(arm::ResourceManager::new(Arc::clone(&app)));
    let surfaces = tower::service_fn(move |request: Request<Body>| {
        let (app, control, login) = (Arc::clone(&app), control.clone(), login.clone());
        let resource_manager = Arc::clone(&resource_manager);
        async move {
            let response = match surface(&request) {
                Surface::Graph => graph::serve(&app, request).await,
                Surface::Control => control.oneshot(request).await.unwrap_or_else(|never| match never {}),
                Surface::Login => login.oneshot(request).await.unwrap_or_else(|never| match never {}),
                Surface::ResourceManager => resource_manager.serve(request).await,
                Surface::PrivilegedAccess => graph::serve_privileged_access(&app, request).await,
                Surface::Report => {
                    let asked = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
                    early(request, |_| graph::serve_access_review_report(&app, &asked)).await
                }
                Surface::Front => early(request, |_| front()).await,
                Surface::Nothing => early(request, nothing).await,
            };
            Ok::<_, Infallible>(response)
        }
    });
    Router::new().fallback_service(surfaces)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Surface {
    Graph,
    Control,
    Login,
    ResourceManager,
    PrivilegedAccess,
    /// A report on access reviews, for whoever has a link to it.
    Report,
    Front,
    Nothing,
}

fn surface(request: &Request<Body>) -> Surface {
    let path = request.uri().path().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    if first == "v1.0" || first == "beta" {
        return Surface::Graph;
    }
    if matches!(first, "_emulator" | "metadata") && login::serves_identities(request.uri().path()) {
        return Surface::Login;
    }
    if first == "_emulator" && request.uri().path().starts_with(review_reports::PLACE) {
        return Surface::Report;
    }
    if first == "_emulator" {
        return Surface::Control;
    }
    match host(request) {
        Some(ServedHost::Graph) if first == "oidc" => Surface::Login,
        Some(ServedHost::Graph) => Surface::Graph,
        Some(ServedHost::Login) => Surface::Login,
        Some(ServedHost::ResourceManager) => Surface::ResourceManager,
        Some(ServedHost::PrivilegedAccess) => Surface::PrivilegedAccess,
        Some(ServedHost::ByPath) | None if path.is_empty() || first == "portal" => Surface::Front,
        Some(ServedHost::ByPath) | None => by_path(first, request.uri().path()),
    }
}

fn by_path(first: &str, path: &str) -> Surface {
    if first.eq_ignore_ascii_case("v1.0") || first.eq_ignore_ascii_case("beta") {
        Surface::Graph
    } else if first.eq_ignore_ascii_case("api") {
        Surface::PrivilegedAccess
    } else if arm::serves(path) {
        Surface::ResourceManager
    } else if login::serves(path) {
        Surface::Login
    } else {
        Surface::Nothing
    }
}

fn host(request: &Request<Body>) -> Option<ServedHost> {
    let named = request.uri().host().or_else(|| request.headers().get(header::HOST)?.to_str().ok())?;
    let bare =
        named.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(named, |it| it.0);
    ServedHost::of(bare)
}

/// Answers a request by its path alone. What was sent is taken in all the same: a client that is still sending takes an early
/// answer over HTTP/2 for a broken connection.
async fn early(request: Request<Body>, answer: impl FnOnce(&str) -> Response<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    receiving::nothing(body, 1 << 20).await;
    answer(parts.uri.path())
}

/// What a path that belongs to no surface answers: most likely a base URL that lacks its version.
fn nothing(path: &str) -> Response<Body> {
    let message = format!(
        "Nothing is served at '{path}'. Microsoft Graph is under /v1.0 and /beta, Azure Resource Manager under \
         /subscriptions and /providers, sign-in under /{{tenant}}/oauth2/v2.0, the control API under /_emulator."
    );
    refusal(StatusCode::NOT_FOUND, "NotFound", &message)
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Response<Body> {
    let body = serde_json::json!({ "error": { "code": code, "message": message } });
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, axum::http::HeaderValue::from_static("application/json"));
    response
}

/// What somebody sees who opens the address in a browser.
fn front() -> Response<Body> {
    const PAGE: &str = include_str!("front.html");
    let mut response = Response::new(Body::from(PAGE));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, axum::http::HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        axum::http::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    );
    response
}
