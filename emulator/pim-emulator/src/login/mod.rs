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
mod belonging;
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
mod sign_in_log;
mod staged;
mod texts;
mod token;
mod user_info;
mod user_realm;
mod users;

pub use aadsts::{ErrorRow, errors};
pub use routes::{ROUTES, Route, serves, serves_identities};

use crate::app::App;
use crate::app::traffic::{End, Ended};
use crate::net::Dropped;
use crate::receiving;
use asked::Asked;
use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use belonging::Belonging;
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
    let Ok(body) = receiving::whole(body, LONGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let Some((route, segments)) = routes::find(parts.uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked = Asked::new(&app, route.version, &parts, segments, &body);
    if asked.method == Method::OPTIONS && route.kind == Kind::Document {
        return respond::preflight(&asked);
    }
    let Some(belonging) = Belonging::of(&asked) else { return carry_out(route, &asked).0 };
    let visit = belonging.visit(&parts);
    let traffic = belonging.tenant.traffic();
    let course = traffic.meet(&visit);
    if !course.delay.is_zero() {
        tokio::time::sleep(course.delay).await;
    }
    let (response, error) = match &course.end {
        End::CarriedOut(_) => carry_out(route, &asked),
        End::Refused(refusal, _) => (staged::response(&asked, refusal), Some(staged::code(refusal))),
        End::Dropped => (Dropped::response(), None),
    };
    let status = (!Dropped::is(&response)).then(|| response.status());
    traffic.note(&visit, &course, &Ended { status, error: error.as_deref(), request_id: asked.trace, body: &body });
    response
}

/// The response of a route, and the code of its error.
fn carry_out(route: &Route, asked: &Asked<'_>) -> (Response, Option<String>) {
    let get = asked.method == Method::HEAD;
    if !route.methods.contains(if get { &Method::GET } else { &asked.method }) {
        return (StatusCode::METHOD_NOT_ALLOWED.into_response(), None);
    }
    let error = match (route.handler)(asked) {
        Ok(response) => return (response, None),
        Err(error) => error,
    };
    sign_in_log::refused(asked, &error);
    let row = error.row();
    let code = if row.code == 0 { row.error.to_owned() } else { format!("AADSTS{}", row.code) };
    let response = match route.kind {
        Kind::Document => respond::refusal(asked, &error),
        Kind::Identity => managed_identity::refusal(asked, &error),
        Kind::Page => {
            let text = respond::description(asked, &error);
            page::message(asked, row.status, "Sorry, but we’re having trouble signing you in.", &text)
        }
    };
    (response, Some(code))
}
