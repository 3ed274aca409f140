//! Calls over the network.

use super::super::wire::{Answer, Audience};
use super::Target;
use super::addresses::TargetError;
use axum::http::Method;
use serde_json::Value;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often something is sent that the server is too busy for, and how long it may ask to wait.
const TRIES: usize = 5;
const LONGEST_WAIT: u64 = 120;

/// The client. It asks no proxy, which may be an emulator, and follows nobody elsewhere.
pub(super) fn agent(certificates: Option<&[u8]>) -> Result<Agent, TargetError> {
    let roots = match certificates {
        None => RootCerts::PlatformVerifier,
        Some(pem) => trusted(pem)?,
    };
    let tls = TlsConfig::builder()
        .root_certs(roots)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    Ok(Agent::config_builder()
        .proxy(None)
        .tls_config(tls)
        .http_status_as_error(false)
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .build()
        .into())
}

fn trusted(pem: &[u8]) -> Result<RootCerts, TargetError> {
    let wrong = |error: ureq::Error| TargetError(format!("the certificate of the target cannot be read: {error}"));
    let mut certificates = Vec::new();
    for item in parse_pem(pem) {
        if let PemItem::Certificate(certificate) = item.map_err(wrong)? {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() {
        return Err(TargetError("the file with the target's certificate has none in it".to_owned()));
    }
    Ok(RootCerts::from(certificates))
}

/// What is sent, whole, so that it can be sent again. Nobody prints it: it has secrets.
#[derive(Clone)]
struct Sent {
    method: Method,
    url: String,
    token: Option<String>,
    content_type: &'static str,
    body: Option<String>,
}

impl Target {
    /// Calls a path in the name of whoever has a token. A server that is busy is asked again when it says.
    ///
    /// # Errors
    /// In words, when there is no answer.
    pub(in crate::scenario) async fn call(
        &self,
        audience: Audience,
        method: Method,
        path: &str,
        token: &str,
        body: Option<&Value>,
    ) -> Result<Answer, String> {
        let base = match audience {
            Audience::Graph => &self.addresses.graph,
            Audience::Arm => &self.addresses.resource_manager,
        };
        self.send(Sent {
            method,
            url: format!("{base}{path}"),
            token: Some(token.to_owned()),
            content_type: "application/json",
            body: body.map(Value::to_string),
        })
        .await
    }

    /// Posts a form.
    pub(super) async fn post_form(&self, url: String, form: String) -> Result<Answer, String> {
        let content_type = "application/x-www-form-urlencoded";
        self.send(Sent { method: Method::POST, url, token: None, content_type, body: Some(form) }).await
    }

    async fn send(&self, sent: Sent) -> Result<Answer, String> {
        let mut tries = 0;
        loop {
            tries += 1;
            let (agent, again) = (self.agent.clone(), sent.clone());
            let done = tokio::task::spawn_blocking(move || again.over(&agent)).await.map_err(|it| it.to_string())?;
            let (answer, wait) = done?;
            match wait {
                Some(wait) if tries < TRIES => tokio::time::sleep(wait).await,
                Some(_) | None => return Ok(answer),
            }
        }
    }
}

impl Sent {
    /// The answer, and how long to wait before it is sent again, if it should be.
    fn over(self, agent: &Agent) -> Result<(Answer, Option<Duration>), String> {
        let Self { method, url, token, content_type, body } = self;
        // An act without a body says that it has none.
        let body = body.or_else(|| (method == Method::POST).then(String::new));
        let nobody = |error: &dyn Display| format!("the target does not answer at {url}: {error}");
        let mut request = Request::builder().method(method).uri(&url);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header("content-type", content_type);
        }
        let answered = match body {
            Some(text) => request.body(text).map(|request| agent.run(request)),
            None => request.body(()).map(|request| agent.run(request)),
        };
        let mut response = answered.map_err(|error| nobody(&error))?.map_err(|error| nobody(&error))?;
        let status = response.status().as_u16();
        let wait = wait(status, response.headers());
        let bytes = response.body_mut().read_to_vec().map_err(|error| nobody(&error))?;
        Ok((Answer::of(status, &bytes), wait))
    }
}

/// What a busy server asks for.
fn wait(status: u16, headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get("retry-after")?.to_str().ok()?.parse::<u64>().ok()?;
    (matches!(status, 429 | 503) && seconds <= LONGEST_WAIT).then(|| Duration::from_secs(seconds))
}
