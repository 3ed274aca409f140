//! Calls over HTTP, in the name of whoever acts.

use super::error::Mistake;
use super::file::StepEntry;
use super::names::Names;
use super::run::Trouble;
use super::target::Target;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
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

/// Whom a call is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Audience {
    Graph,
    Arm,
}

/// A tenant, as clients reach it.
#[derive(Debug)]
pub(super) struct Wire {
    server: Server,
    tokens: HashMap<(Caller, Audience), String>,
    exchanges: Vec<Exchange>,
}

/// Whoever answers.
#[derive(Debug)]
pub(super) enum Server {
    /// An emulator within this process, and the id of the tenant.
    Emulator { router: Router, tenant: String },
    /// Another server.
    Target(Arc<Target>),
}

/// A call that was answered: what was called, and the answer in short.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Exchange {
    pub(super) call: String,
    pub(super) gist: String,
}

/// What a path may not have as it is.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

impl Answer {
    /// The answer with a body in JSON, or else in text.
    pub(super) fn of(status: u16, bytes: &[u8]) -> Self {
        let text = || Value::String(String::from_utf8_lossy(bytes).into_owned());
        let body =
            if bytes.is_empty() { Value::Null } else { serde_json::from_slice(bytes).unwrap_or_else(|_| text()) };
        Self { status, body }
    }

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

    /// What two servers can be compared by: the status, the code of an error, the status of a request to PIM.
    fn gist(&self) -> String {
        let word = if self.is_success() { super::act::field(&self.body, "status") } else { Some(self.code()) };
        format!("{} {}", self.status, word.unwrap_or_default()).trim_end().to_owned()
    }
}

impl Caller {
    /// A user, as the world says of their sign-in.
    pub(super) fn signed_in(user: &str) -> Self {
        Self { name: user.to_owned(), ..Self::default() }
    }

    /// Somebody with the session that a step asks for.
    pub(super) fn of(name: &str, step: &StepEntry, names: &Names) -> Result<Self, Mistake> {
        let is_application = names.is_application(name).map_err(Mistake::name("as"))?;
        let contexts = step.contexts.clone().unwrap_or_default();
        Ok(Self { name: name.to_owned(), is_application, mfa: step.mfa, contexts })
    }
}

impl Audience {
    fn of(path: &str) -> Self {
        if path.starts_with("/v1.0/") || path.starts_with("/beta/") { Self::Graph } else { Self::Arm }
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Arm => "arm",
        }
    }

    /// The scope that asks for whatever the client may have there.
    pub(super) const fn default_scope(self) -> &'static str {
        match self {
            Self::Graph => "https://graph.microsoft.com/.default",
            Self::Arm => "https://management.azure.com/.default",
        }
    }
}

impl Wire {
    pub(super) fn new(server: Server) -> Self {
        Self { server, tokens: HashMap::new(), exchanges: Vec::new() }
    }

    /// Calls Graph or Azure, by the path, as somebody. Trouble is that nobody answers, or nobody signs in; every answer is one.
    pub(super) async fn call(
        &mut self,
        who: &Caller,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, Trouble> {
        let audience = Audience::of(path);
        let token = self.token(who, audience).await?;
        let path = utf8_percent_encode(path, NOT_IN_PATHS).to_string();
        let call = format!("{method} {path}");
        let answer = match &self.server {
            Server::Emulator { router, .. } => send(router, method, &path, Some(&token), body).await,
            Server::Target(target) => target.call(audience, method, &path, &token, body).await,
        };
        let answer = answer.map_err(Trouble::Broken)?;
        self.exchanges.push(Exchange { call, gist: answer.gist() });
        Ok(answer)
    }

    /// The calls since this was asked last.
    pub(super) fn take_exchanges(&mut self) -> Vec<Exchange> {
        std::mem::take(&mut self.exchanges)
    }

    /// Calls the control API, below the tenant.
    pub(super) async fn control(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer, Trouble> {
        match &self.server {
            Server::Emulator { router, tenant } => {
                let path = utf8_percent_encode(path, NOT_IN_PATHS);
                let path = format!("/_emulator/tenants/{tenant}{path}");
                send(router, method, &path, None, body).await.map_err(Trouble::Broken)
            }
            Server::Target(_) => Err(Mistake::whole("only an emulator can be told").into()),
        }
    }

    /// Time passes: whoever acts again after it signs in anew, as a person would.
    pub(super) fn sign_everybody_out(&mut self) {
        if let Server::Emulator { .. } = self.server {
            self.tokens.clear();
        }
    }

    async fn token(&mut self, who: &Caller, audience: Audience) -> Result<String, Trouble> {
        let key = (who.clone(), audience);
        if let Some(token) = self.tokens.get(&key) {
            return Ok(token.clone());
        }
        let token = match &self.server {
            Server::Emulator { .. } => self.minted(who, audience).await?,
            Server::Target(target) => target.token(who, audience).await.map_err(Trouble::Broken)?,
        };
        self.tokens.insert(key, token.clone());
        Ok(token)
    }

    /// A token as the emulator hands it out to whoever runs it.
    async fn minted(&self, who: &Caller, audience: Audience) -> Result<String, Trouble> {
        let kind = if who.is_application { "application" } else { "user" };
        let mut wanted = json!({ kind: who.name, "audience": audience.name(), "lifetime": "PT12H", "signIn": true });
        if let Some(mfa) = who.mfa {
            wanted["mfa"] = mfa.into();
        }
        if !who.contexts.is_empty() {
            wanted["acrs"] = who.contexts.clone().into();
        }
        let answer = self.control(Method::POST, "/tokens", Some(&wanted)).await?;
        let token = answer.body["accessToken"].as_str().map(str::to_owned);
        token.ok_or_else(|| Trouble::failed(format!("that {} signs in", who.name), detail(&answer.body)))
    }
}

/// What a problem of the control API says.
pub(super) fn detail(problem: &Value) -> String {
    problem["detail"].as_str().or_else(|| problem["title"].as_str()).unwrap_or_default().to_owned()
}

/// The answer of an emulator within this process.
async fn send(
    router: &Router,
    method: Method,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> Result<Answer, String> {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let request = request.body(body).map_err(|error| error.to_string())?;
    let response = router.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.map_err(|error| error.to_string())?;
    Ok(Answer::of(parts.status.as_u16(), &bytes))
}
