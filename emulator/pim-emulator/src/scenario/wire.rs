//! Calls over HTTP, in the name of whoever acts.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::HashMap;
use tower::ServiceExt as _;

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

/// Whoever calls, and how they signed in.
#[derive(Clone, Default, PartialEq, Eq, Hash, Debug)]
pub(super) struct Caller {
    pub(super) name: String,
    pub(super) is_application: bool,
    pub(super) mfa: Option<bool>,
    pub(super) contexts: Vec<String>,
}

/// A tenant, as clients reach it.
#[derive(Debug)]
pub(super) struct Wire {
    router: Router,
    tenant: String,
    tokens: HashMap<(Caller, &'static str), String>,
}

/// What a path may not have as it is.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

impl Answer {
    /// The code of an error.
    pub(super) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    /// The message of an error.
    pub(super) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    pub(super) const fn is_success(&self) -> bool {
        self.status < 300
    }

    /// As one reads it in a report.
    pub(super) fn said(&self) -> String {
        if self.is_success() {
            format!("{}", self.status)
        } else if self.message().is_empty() {
            format!("{} {}", self.status, self.code())
        } else {
            format!("{} {}: {}", self.status, self.code(), self.message())
        }
    }
}

impl Caller {
    /// A user, as the world says of their sign-in.
    pub(super) fn signed_in(user: &str) -> Self {
        Self { name: user.to_owned(), is_application: false, mfa: None, contexts: Vec::new() }
    }
}

impl Wire {
    pub(super) fn new(router: Router, tenant: String) -> Self {
        Self { router, tenant, tokens: HashMap::new() }
    }

    /// Calls Graph or Azure, by the path, as somebody.
    pub(super) async fn call(&mut self, who: &Caller, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let audience = if path.starts_with("/v1.0/") || path.starts_with("/beta/") { "graph" } else { "arm" };
        let token = match self.token(who, audience).await {
            Ok(token) => token,
            Err(answer) => return answer,
        };
        self.send(method, path, Some(&token), body).await
    }

    /// Calls the control API, below the tenant.
    pub(super) async fn control(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        self.send(method, &format!("/_emulator/tenants/{}{path}", self.tenant), None, body).await
    }

    async fn token(&mut self, who: &Caller, audience: &'static str) -> Result<String, Answer> {
        let key = (who.clone(), audience);
        if let Some(token) = self.tokens.get(&key) {
            return Ok(token.clone());
        }
        let kind = if who.is_application { "application" } else { "user" };
        let mut wanted = json!({ kind: who.name, "audience": audience, "lifetime": "PT12H" });
        if let Some(mfa) = who.mfa {
            wanted["mfa"] = mfa.into();
        }
        if !who.contexts.is_empty() {
            wanted["acrs"] = who.contexts.clone().into();
        }
        let answer = self.control(Method::POST, "/tokens", Some(&wanted)).await;
        let Some(token) = answer.body["accessToken"].as_str().map(str::to_owned) else { return Err(answer) };
        self.tokens.insert(key, token.clone());
        Ok(token)
    }

    async fn send(&self, method: Method, path: &str, token: Option<&str>, body: Option<&Value>) -> Answer {
        let path = utf8_percent_encode(path, NOT_IN_PATHS).to_string();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = match request.body(body.map_or_else(Body::empty, |body| Body::from(body.to_string()))) {
            Ok(request) => request,
            Err(error) => return refused(&error.to_string()),
        };
        let response = self.router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        match to_bytes(body, usize::MAX).await {
            Ok(bytes) => {
                let text = || Value::String(String::from_utf8_lossy(&bytes).into_owned());
                let body = if bytes.is_empty() {
                    Value::Null
                } else {
                    serde_json::from_slice(&bytes).unwrap_or_else(|_| text())
                };
                Answer { status: parts.status.as_u16(), body }
            }
            Err(error) => refused(&error.to_string()),
        }
    }
}

/// What could not even be sent.
fn refused(message: &str) -> Answer {
    Answer { status: 0, body: json!({ "error": { "code": "", "message": message } }) }
}
