//! `GET /_emulator/openapi.json`: this API, described. Made from the routes themselves, and not before somebody asks: describing
//! a route costs far more than serving it, and few ever ask.

use super::Handle;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use axum::{Extension, Router};
use std::sync::{Arc, OnceLock};
use utoipa::OpenApi;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "PIM Emulator: control API",
        description = "Makes tenants, moves their clocks and looks inside. Errors are problem details of RFC 9457. \
            When the emulator was started with an admin key, every request brings it in X-Emulator-Key.",
    ),
    tags(
        (name = "emulator", description = "The process as a whole."),
        (name = "tenants", description = "Tenants: made, listed, reset, copied and removed."),
        (name = "time", description = "The clock of a tenant."),
        (name = "inside", description = "What happened in a tenant and what it is told to do."),
    ),
)]
struct Head;

/// Says what is served at one path.
type Describe = fn() -> UtoipaMethodRouter<Handle>;

/// One operation of the control API.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ControlOperation {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: String,
    /// What it does, as the document says.
    pub summary: String,
}

/// What is served at one path: the path, the handlers, and what the document says of them.
pub(super) type Endpoint = (String, MethodRouter<Handle>, Describe);

/// The [`Endpoint`] of handlers that `#[utoipa::path]` puts at one path.
macro_rules! endpoint {
    ($($handler:ident),+) => {
        utoipa_axum::paste! {{
            use utoipa::Path;
            use utoipa_axum::PathItemExt as _;
            let handlers = axum::routing::MethodRouter::new();
            $(let handlers = [<__path_ $handler>]::methods()
                .iter()
                .fold(handlers, |it, method| it.on(method.to_method_filter(), $handler));)+
            let [path, ..] = [$([<__path_ $handler>]::path()),+];
            (path, handlers, || utoipa_axum::routes!($($handler),+))
        }}
    };
}
pub(super) use endpoint;

/// Routes, with what describes them.
#[derive(Debug, Default)]
pub(super) struct Routes {
    router: Router<Handle>,
    described: Vec<Describe>,
}

impl Routes {
    /// None.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// These and what is served at one more path.
    pub(super) fn at(mut self, (path, handlers, describe): Endpoint) -> Self {
        self.described.push(describe);
        Self { router: self.router.route(&path, handlers), ..self }
    }

    /// These and others.
    pub(super) fn merge(mut self, others: Self) -> Self {
        self.described.extend(others.described);
        Self { router: self.router.merge(others.router), ..self }
    }

    /// Every operation, in the order of the routes.
    pub(super) fn operations(&self) -> Vec<ControlOperation> {
        let items = self.described.iter().flat_map(|describe| describe().1.paths);
        let operations = items.flat_map(|(path, item)| {
            let methods = [
                ("GET", item.get),
                ("PUT", item.put),
                ("POST", item.post),
                ("PATCH", item.patch),
                ("DELETE", item.delete),
            ];
            methods.into_iter().filter_map(move |(method, operation)| {
                let summary = operation?.summary.unwrap_or_default();
                Some(ControlOperation { method, path: path.clone(), summary })
            })
        });
        operations.collect()
    }

    /// The same, with bodies of at most so many bytes.
    pub(super) fn largest_body(self, bytes: usize) -> Self {
        Self { router: self.router.layer(DefaultBodyLimit::max(bytes)), ..self }
    }

    /// The router, and the document about it.
    pub(super) fn split(self) -> (Router<Handle>, Document) {
        (self.router, Document { described: self.described, text: OnceLock::new() })
    }
}

/// The whole document, as text: made when it is first asked for.
#[derive(Debug)]
pub(super) struct Document {
    described: Vec<Describe>,
    text: OnceLock<Bytes>,
}

impl Document {
    fn text(&self) -> Bytes {
        self.text.get_or_init(|| self.write().into()).clone()
    }

    fn write(&self) -> String {
        let mut head = Head::openapi();
        head.info.version = env!("CARGO_PKG_VERSION").to_owned();
        let head = OpenApiRouter::with_openapi(head);
        let whole = self.described.iter().fold(head, |document, describe| document.routes(describe()));
        whole.into_openapi().to_json().unwrap_or_default()
    }
}

/// This API, described as an `OpenAPI` document.
#[utoipa::path(
    get, path = "/_emulator/openapi.json", tag = "emulator",
    responses((status = 200, description = "The OpenAPI document of the control API.")),
)]
async fn get_openapi(Extension(document): Extension<Arc<Document>>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document.text()).into_response()
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(get_openapi))
}
