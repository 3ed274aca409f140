//! Sign-in: the part of the platform that gives out tokens, as clients expect to find it.
//!
//! A request goes `routes` → `asked` → a handler, which answers or refuses. A refusal is an [`aadsts`] row, and is put into
//! JSON, a page or a redirect in one place each.
//!
//! What always holds:
//! - Every address in an answer has the scheme, host and port under which the client reached us.
//! - A browser is sent to registered addresses only. No text of a request reaches a page unescaped.
//! - Handlers do not wait: what they need of a request is there before they are called.
//!
//! Deliberately absent: sessions and cookies, SAML, looking up the keys of other issuers, guests of other tenants. Nobody is
//! shown a page of consent: it is given to whoever asks, or an administrator has given it ([`consent`]).

mod aadsts;
mod admin_consent;
mod answer;
mod asked;
mod assertion;
mod authority;
mod authorize;
mod claims;
mod client;
mod client_assertion;
mod consent;
mod contexts;
mod deliver;
mod device;
mod discovery;
mod federated;
mod form;
mod grant;
mod instance;
mod keys;
mod leaving;
mod managed_identity;
mod page;
mod redirect_uri;
mod respond;
mod routes;
mod scope;
mod texts;
mod token;
mod user_info;
mod user_realm;
mod users;

pub use aadsts::{ErrorRow, errors};
pub use routes::{ROUTES, Route, serves, serves_identities};

use crate::app::App;
use asked::Asked;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use routes::Kind;
use std::sync::Arc;

/// The longest body that is read, in bytes.
const LONGEST_BODY: usize = 64 * 1024;

/// Sign-in for the tenants of `app`. Paths that [`serves`] denies are answered with 404.
pub fn router(app: Arc<App>) -> Router {
    Router::new().fallback(move |request| answer(Arc::clone(&app), request))
}

async fn answer(app: Arc<App>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // Before anything is answered: a client that is still sending takes an early answer over HTTP/2 for a broken connection.
    let Ok(body) = to_bytes(body, LONGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let Some((route, segments)) = routes::find(parts.uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked = Asked::new(&app, route.version, &parts, segments, &body);
    if asked.method == Method::OPTIONS && route.kind == Kind::Document {
        return respond::preflight(&asked);
    }
    let get = asked.method == Method::HEAD;
    if !route.methods.contains(if get { &Method::GET } else { &asked.method }) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    (route.handler)(&asked).unwrap_or_else(|error| match route.kind {
        Kind::Document => respond::refusal(&asked, &error),
        Kind::Identity => managed_identity::refusal(&asked, &error),
        Kind::Page => {
            let text = respond::description(&asked, &error);
            page::message(&asked, error.row().status, "Sorry, but we’re having trouble signing you in.", &text)
        }
    })
}
