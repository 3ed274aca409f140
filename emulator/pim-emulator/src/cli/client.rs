//! Speaking to a running emulator.

use super::failure::Failure;
use super::running::{Running, note_in};
use super::state_dir::StateDir;
use clap::Args;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;
use ureq::http::{Method, Request, Response, StatusCode};
use ureq::{Agent, Body, BodyReader, SendBody};

/// The options that say which emulator is meant.
#[derive(Args, Debug)]
pub(super) struct Target {
    /// The address of the emulator [default: of the one that runs with the state directory]
    #[arg(long, value_name = "URL")]
    pub(super) url: Option<String>,
    /// The key of the control API, where serve was given one
    #[arg(long, value_name = "KEY", env = "PIM_EMULATOR_ADMIN_KEY", hide_env_values = true)]
    admin_key: Option<String>,
    #[command(flatten)]
    pub(super) state_dir: StateDir,
}

/// A running emulator.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    base: String,
    admin_key: Option<String>,
    /// What is told when nobody answers.
    absent: String,
}

/// A tenant in the list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TenantLine {
    pub(super) tenant_id: String,
    pub(super) domain: String,
    #[serde(default)]
    pub(super) display_name: String,
    #[serde(default)]
    pub(super) now: String,
    #[serde(default)]
    pub(super) clock: String,
}

/// An answer that says no.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Problem {
    title: String,
    detail: String,
    field: Option<String>,
    line: Option<u64>,
    column: Option<u64>,
}

impl Target {
    /// The emulator that is meant. Whether it answers is seen at the first call.
    pub(super) fn client(&self) -> Result<Client, Failure> {
        let (base, absent) = match &self.url {
            Some(url) => (plain(url)?, format!("nothing answers at {url}; is the emulator running?")),
            None => {
                let directory = self.state_dir.path()?;
                let running = Running::read(&directory)?.ok_or_else(|| not_running(&directory))?;
                let absent = format!(
                    "the emulator at {} (process {}) does not answer any more, although {} says that it runs; start it \
                     again with 'pim-emulator serve'",
                    running.url,
                    running.pid,
                    note_in(&directory).display()
                );
                (running.http_url, absent)
            }
        };
        // A proxy that the environment names is not asked: it may be the emulator itself.
        let agent = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(10)))
            .max_redirects(0)
            .build();
        let admin_key = self.admin_key.clone().filter(|key| !key.is_empty());
        Ok(Client { agent: agent.into(), base, admin_key, absent })
    }
}

fn not_running(directory: &Path) -> Failure {
    Failure::new(format!(
        "no emulator is running with the state directory {}; start one with 'pim-emulator serve', or say where it is with \
         --url URL",
        directory.display()
    ))
}

/// The address over plain HTTP, which the same port speaks. Only on this machine: the key would travel unprotected.
fn plain(url: &str) -> Result<String, Failure> {
    let wrong = || Failure::new(format!("'{url}' is not an address like http://localhost:8443"));
    let uri: ureq::http::Uri = url.parse().map_err(|_| wrong())?;
    let (Some(scheme), Some(authority), "" | "/") = (uri.scheme_str(), uri.authority(), uri.path()) else {
        return Err(wrong());
    };
    match scheme {
        "http" => Ok(format!("http://{authority}")),
        "https" if is_loopback(uri.host().unwrap_or_default()) => Ok(format!("http://{authority}")),
        "https" => Err(Failure::new(format!(
            "these commands speak plain HTTP; over a network that you trust, say --url http://{authority}"
        ))),
        _ => Err(wrong()),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl Client {
    /// Its address over plain HTTP.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Asks for something.
    pub(super) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        read(self.call(Method::GET, path, SendBody::none())?)
    }

    /// Asks for a text.
    pub(super) fn text(&self, path: &str) -> Result<String, Failure> {
        let mut response = self.call(Method::GET, path, SendBody::none())?;
        response.body_mut().read_to_string().map_err(Failure::new)
    }

    /// Asks for something too large to be held.
    pub(super) fn stream(&self, path: &str) -> Result<BodyReader<'static>, Failure> {
        Ok(self.call(Method::GET, path, SendBody::none())?.into_body().into_reader())
    }

    /// Sends a document.
    pub(super) fn send<T: DeserializeOwned>(&self, method: Method, path: &str, body: &Value) -> Result<T, Failure> {
        let text = body.to_string();
        read(self.call(method, path, SendBody::from_reader(&mut text.as_bytes()))?)
    }

    /// Sends a document that is read meanwhile.
    pub(super) fn send_stream<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &mut dyn std::io::Read,
    ) -> Result<T, Failure> {
        read(self.call(method, path, SendBody::from_reader(body))?)
    }

    /// Asks for something to happen, where the answer is only that it did.
    pub(super) fn tell(&self, method: Method, path: &str) -> Result<(), Failure> {
        self.call(method, path, SendBody::none()).map(drop)
    }

    /// The id of the tenant that is meant: of the one with that id or domain, else of the only one there is.
    pub(super) fn tenant(&self, named: Option<&str>) -> Result<String, Failure> {
        let tenants = self.tenants()?;
        let list = || tenants.iter().map(|it| format!("\n  {}  {}", it.tenant_id, it.domain)).collect::<String>();
        match (named, tenants.as_slice()) {
            (_, []) => Err(Failure::new("there is no tenant; make one with 'pim-emulator tenant create'")),
            (None, [only]) => Ok(only.tenant_id.clone()),
            (None, _) => Err(Failure::new(format!("there are several tenants; say which one:{}", list()))),
            (Some(name), all) => {
                let found = all
                    .iter()
                    .find(|it| it.tenant_id.eq_ignore_ascii_case(name) || it.domain.eq_ignore_ascii_case(name));
                let unknown = || Failure::new(format!("there is no tenant '{name}'; there are:{}", list()));
                found.map(|it| it.tenant_id.clone()).ok_or_else(unknown)
            }
        }
    }

    /// Every tenant.
    pub(super) fn tenants(&self) -> Result<Vec<TenantLine>, Failure> {
        #[derive(Deserialize)]
        struct List {
            value: Vec<TenantLine>,
        }
        self.get::<List>("/tenants").map(|list| list.value)
    }

    fn call(&self, method: Method, path: &str, body: SendBody<'_>) -> Result<Response<Body>, Failure> {
        let mut request = Request::builder().method(method).uri(format!("{}/_emulator{path}", self.base));
        request = request.header("content-type", "application/json");
        if let Some(key) = &self.admin_key {
            request = request.header("x-emulator-key", key);
        }
        let request = request.body(body).map_err(Failure::new)?;
        let response = self.agent.run(request).map_err(|error| self.failure(&error))?;
        if response.status().is_success() { Ok(response) } else { Err(refusal(response)) }
    }

    fn failure(&self, error: &ureq::Error) -> Failure {
        let is_absent = matches!(
            error,
            ureq::Error::Io(_) | ureq::Error::ConnectionFailed | ureq::Error::HostNotFound | ureq::Error::Timeout(_)
        );
        let text = if is_absent { format!("{} ({error})", self.absent) } else { format!("{}: {error}", self.base) };
        Failure::new(text)
    }
}

fn read<T: DeserializeOwned>(response: Response<Body>) -> Result<T, Failure> {
    let reader = response.into_body().into_reader();
    serde_json::from_reader(std::io::BufReader::new(reader))
        .map_err(|error| Failure::new(format!("the answer is not what an emulator says: {error}")))
}

fn refusal(mut response: Response<Body>) -> Failure {
    let status = response.status();
    let text = response.body_mut().read_to_string().unwrap_or_default();
    let Ok(problem) = serde_json::from_str::<Problem>(&text) else {
        return Failure::new(format!("the answer was {status}, and not from an emulator's control API"));
    };
    if status == StatusCode::UNAUTHORIZED {
        return Failure::new(
            "the admin key is missing or wrong; say the key that serve was given with --admin-key KEY, or in \
             PIM_EMULATOR_ADMIN_KEY",
        );
    }
    let mut message = if problem.detail.is_empty() { problem.title } else { problem.detail };
    // The name of a single option says nothing that the sentence does not.
    if let Some(field) = problem.field.filter(|field| field.contains(['.', '['])) {
        message.push_str(&format!(" (at {field})"));
    }
    if let (Some(line), Some(column)) = (problem.line, problem.column) {
        message.push_str(&format!(", line {line}, column {column}"));
    }
    Failure::new(message)
}
