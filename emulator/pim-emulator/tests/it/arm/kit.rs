//! The built-in scenario, and clients that call Azure in the name of its people.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use pim_emulator::app::App;
use pim_emulator::{control, surfaces};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;

pub(super) const NOBODYS: &str = "00000000-0000-4000-8000-000000000009";

/// An emulator with one tenant.
pub(super) struct Azure {
    router: Router,
    pub(super) tenant: String,
    /// What making the tenant answered: ids by name.
    names: Value,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// A refusal with that status and code; answers its message.
    pub(super) fn refused(&self, status: u16, code: &str) -> &str {
        let error = &self.body["error"];
        assert_eq!((self.status.as_u16(), error["code"].as_str()), (status, Some(code)), "{}", self.body);
        error["message"].as_str().unwrap()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Azure {
    pub(super) async fn new() -> Self {
        Self::made_of(&json!({"scenario": "contoso", "seed": 1})).await
    }

    /// One whose tenant is made of this.
    pub(super) async fn made_of(world: &Value) -> Self {
        let app = Arc::new(App::default());
        let router = surfaces::router(app, control::Options::default());
        let mut azure = Self { router, tenant: String::new(), names: Value::Null };
        let made = azure.control(Method::POST, "/_emulator/tenants", world).await.expect(201);
        azure.tenant = made.body["tenantId"].as_str().unwrap().to_owned();
        azure.names = made.body;
        azure
    }

    /// The id of a user.
    pub(super) fn id(&self, user: &str) -> String {
        self.names["users"][user]["id"].as_str().unwrap().to_owned()
    }

    /// The id of a group.
    pub(super) fn group(&self, group: &str) -> String {
        self.names["groups"][group]["id"].as_str().unwrap().to_owned()
    }

    /// Lets time pass.
    pub(super) async fn advance(&self, by: &str) {
        let path = format!("/_emulator/tenants/{}/clock/advance", self.tenant);
        self.control(Method::POST, &path, &json!({"by": by})).await.expect(200);
    }

    pub(super) async fn control(&self, method: Method, path: &str, body: &Value) -> Answer {
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.header(header::HOST, "localhost:8443").body(Body::from(body.to_string())).unwrap()).await
    }

    /// A token out of the control API.
    pub(super) async fn token(&self, wanted: Value) -> String {
        let path = format!("/_emulator/tenants/{}/tokens", self.tenant);
        let answer = self.control(Method::POST, &path, &wanted).await.expect(200);
        answer.body["accessToken"].as_str().unwrap().to_owned()
    }

    /// A caller by name.
    pub(super) async fn user(&self, name: &str) -> Caller<'_> {
        self.bearer(&self.token(json!({"user": name, "audience": "arm"})).await)
    }

    pub(super) fn bearer(&self, token: &str) -> Caller<'_> {
        self.with_authorization(&format!("Bearer {token}"))
    }

    pub(super) fn with_authorization(&self, value: &str) -> Caller<'_> {
        Caller { azure: self, authorization: Some(value.to_owned()) }
    }

    pub(super) fn anonymous(&self) -> Caller<'_> {
        Caller { azure: self, authorization: None }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let (status, headers, bytes) = self.exchange(request).await;
        let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap() };
        Answer { status, headers, body }
    }

    async fn exchange(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }
}

/// Somebody who calls.
pub(super) struct Caller<'a> {
    azure: &'a Azure,
    authorization: Option<String>,
}

impl Caller<'_> {
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    pub(super) async fn post(&self, path: &str, body: &str) -> Answer {
        self.send(Method::POST, path, &[], body).await
    }

    pub(super) async fn send_json(&self, path: &str, body: &str) -> Answer {
        self.send(Method::POST, path, &[("content-type", "application/json")], body).await
    }

    pub(super) async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send_bytes(method, path, headers, body.into()).await
    }

    pub(super) async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        self.azure.send(self.request(method, path, headers, body)).await
    }

    /// Reads without looking inside.
    pub(super) async fn bytes(&self, path: &str, headers: &[(&str, &str)]) -> (HeaderMap, Vec<u8>) {
        let (_, headers, bytes) = self.azure.exchange(self.request(Method::GET, path, headers, Vec::new())).await;
        (headers, bytes)
    }

    fn request(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Request<Body> {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, "localhost:8443");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::from(body)).unwrap()
    }
}
