//! The control API: making tenants, moving their clocks, looking inside. Everything under `/_emulator`.
//!
//! A file per resource, with its wire structs, its handlers and its `routes()`. The same definition of a route feeds the
//! router and the OpenAPI document, so that neither can have what the other lacks.
//!
//! What always holds:
//! - Every error is a problem detail of RFC 9457, made in one place ([`problem`]).
//! - Whoever reaches this API owns every tenant of the process. So it is closed to web pages of other sites and, when a key is
//!   set, to whoever does not have it ([`guard`]).
//! - A request that is refused has changed nothing.
//!
//! Deliberately absent: anything that a tenant's own users could do through Graph. (A scenario that is run from here has a tenant of its
//! own, and its people do it.)

mod audit;
mod authority;
mod behaviour;
mod body;
mod clock;
mod device_codes;
mod event_json;
mod event_stream;
mod events;
mod faults;
mod federated_tokens;
mod guard;
mod health;
mod hostile;
mod invariants;
mod mail;
mod openapi;
mod problem;
mod requests;
mod reset;
mod scenarios;
mod schedule_requests;
mod snapshot;
mod tenants;
mod tokens;
mod who;

pub use openapi::ControlOperation;
pub use problem::{ErrorRow, errors};

use crate::app::App;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use axum::{Extension, Router};
use openapi::Routes;
use std::sync::Arc;

/// The largest body of a request, in bytes, where nothing else is said.
const BODY_LIMIT: usize = 1 << 20;

/// The largest world or snapshot, in bytes: some millions of assignments.
const LARGE_BODY_LIMIT: usize = 1 << 30;

/// What the control API is told when it is set up.
#[derive(Clone, Default)]
pub struct Options {
    /// The key that every request must bring in `X-Emulator-Key`; none for no key.
    pub admin_key: Option<String>,
    /// The certificate of the certificate authority, as PEM; never its key.
    pub authority_pem: Option<String>,
    /// Host names under which the emulator may be addressed, beside loopback and the names of the cloud: that of the address
    /// it listens on, if it has one. A request that brings the key may come under any name.
    pub hosts: Vec<String>,
}

impl std::fmt::Debug for Options {
    /// Without the key.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Options")
            .field("has_admin_key", &self.admin_key.is_some())
            .field("hosts", &self.hosts)
            .finish_non_exhaustive()
    }
}

/// What every handler works with.
#[derive(Debug)]
struct Control {
    app: Arc<App>,
    options: Options,
    /// Held while a tenant takes the place of another, so that their events are numbered one after the other.
    replacing: tokio::sync::Mutex<()>,
    /// Held while a scenario runs.
    running: Arc<tokio::sync::Mutex<()>>,
}

type Handle = Arc<Control>;

/// The control API of an emulator. Its paths all begin with `/_emulator`; it has no fallback, so that it can be merged with
/// other routers.
pub fn router(app: Arc<App>, options: Options) -> Router {
    let control = Arc::new(Control { app, options, replacing: tokio::sync::Mutex::new(()), running: Arc::default() });
    let (router, document) = routes().split();
    router
        .route("/_emulator", any(problem::no_such_path))
        .route("/_emulator/{*path}", any(problem::no_such_path))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(Extension(Arc::new(document)))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&control), guard::check))
        .with_state(control)
}

/// Everything that is served and described.
fn routes() -> Routes {
    Routes::new()
        .merge(health::routes())
        .merge(authority::routes())
        .merge(scenarios::routes())
        .merge(tenants::routes())
        .merge(reset::routes())
        .merge(snapshot::routes())
        .merge(clock::routes())
        .merge(events::routes())
        .merge(audit::routes())
        .merge(event_stream::routes())
        .merge(mail::routes())
        .merge(requests::routes())
        .merge(faults::routes())
        .merge(hostile::routes())
        .merge(behaviour::routes())
        .merge(invariants::routes())
        .merge(schedule_requests::routes())
        .merge(tokens::routes())
        .merge(federated_tokens::routes())
        .merge(device_codes::routes())
        .merge(openapi::routes())
}

/// Every operation of this API.
#[must_use]
pub fn operations() -> Vec<ControlOperation> {
    routes().operations()
}
