//! A small client of a router, without a socket.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use pim_emulator::app::App;
use pim_emulator::control::{self, Options};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;

/// Speaks to a control API of its own.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) app: Arc<App>,
    router: Router,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let app = Arc::new(App::default());
        Self { router: control::router(Arc::clone(&app), options), app }
    }

    /// Speaks to an emulator that is there.
    pub(crate) fn over(app: Arc<App>) -> Self {
        Self { router: pim_emulator::surfaces::router(Arc::clone(&app), Options::default()), app }
    }

    /// Speaks to every surface of an emulator of its own.
    pub(crate) fn of_all_surfaces() -> Self {
        let app = Arc::new(App::default());
        Self { router: pim_emulator::surfaces::router(Arc::clone(&app), Options::default()), app }
    }

    /// A request that a program on this machine would make.
    pub(crate) fn request(method: Method, path: &str, body: Option<&Value>) -> Request<Body> {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8443");
        match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        }
        .expect("a request")
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (head, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }

    /// The body as it comes, for streams.
    pub(crate) async fn open(&self, request: Request<Body>) -> Body {
        self.router.clone().oneshot(request).await.expect("infallible").into_body()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Self::request(Method::GET, path, None)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Self::request(Method::DELETE, path, None)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Self::request(Method::POST, path, Some(body))).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Self::request(Method::PATCH, path, Some(body))).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Self::request(Method::PUT, path, Some(body))).await
    }

    /// Makes the tenant of the built-in scenario; answers its path.
    pub(crate) async fn contoso(&self, seed: u64) -> String {
        let made = self.post("/_emulator/tenants", &json!({"scenario": "contoso", "seed": seed})).await;
        format!("/_emulator/tenants/{}", made.json(201)["tenantId"].as_str().expect("an id"))
    }
}

impl Answer {
    /// The body, of an answer that must have that status.
    pub(crate) fn json(&self, status: u16) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{text}");
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// The detail of a problem, which must have that status and code.
    pub(crate) fn problem(&self, status: u16, code: &str) -> String {
        let problem = self.json(status);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(problem["type"], format!("urn:pim-emulator:problem:{code}"));
        assert_eq!(problem["code"], code);
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string());
        problem["detail"].as_str().expect("a detail").to_owned()
    }
}
