//! `tenants URL [COUNT [AT_ONCE]]`: makes so many tenants of a running emulator, uses and removes them, several at a time.
//!
//! In each an application and a user sign in, the user activates a role, the clock moves and the role is gone; and what the
//! tenant shows is compared with what was done in it, so that anything of another would be noticed. Prints how long it took to
//! make a tenant with 20 users: 100 times alone, and beside the others. Not part of the product; `benches/tenants/run` starts it.

use serde_json::{Value, json};
use std::collections::HashSet;
use std::error::Error;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use ureq::Agent;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const GRAPH_TOOLS: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const PIM: &str = "roleManagement/directory";
const ALONE: usize = 100;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |place: usize, usual| arguments.get(place).map_or(Ok(usual), |text| text.parse::<usize>());
    let url = arguments.get(1).ok_or("usage: tenants URL [COUNT [AT_ONCE]]")?;
    let (count, at_once) = (number(2, 400)?, number(3, 16)?);
    let emulator = Emulator { agent: agent(), url: url.trim_end_matches('/').to_owned() };
    let mut alone = Vec::new();
    for number in 0..ALONE {
        let (tenant, took) = emulator.create(&format!("alone-{number}"))?;
        emulator.delete(&tenant)?;
        alone.push(took);
    }
    report("made alone", alone);
    let before = emulator.control("GET", "/tenants", None)?["value"].as_array().map_or(0, Vec::len);
    let (next, seen, took, failures) =
        <(AtomicUsize, Mutex<HashSet<String>>, Mutex<Vec<Duration>>, Mutex<Vec<String>>)>::default();
    let begun = stopwatch();
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    match emulator.live_through(number, &seen) {
                        Ok(length) => lock(&took).push(length),
                        Err(error) => lock(&failures).push(format!("tenant {number}: {error}")),
                    }
                }
            });
        }
    });
    let whole = begun.elapsed();
    report(&format!("made with {at_once} at once"), lock(&took).clone());
    println!("{count} tenants lived in {:.1} s", whole.as_secs_f64());
    let after = emulator.control("GET", "/tenants", None)?["value"].as_array().map_or(0, Vec::len);
    if before != after {
        return Err(format!("{before} tenants before, {after} after").into());
    }
    match lock(&failures).as_slice() {
        [] => Ok(()),
        some => Err(format!("{} went wrong:\n{}", some.len(), some.join("\n")).into()),
    }
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
fn stopwatch() -> Instant {
    Instant::now()
}

fn report(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |percent: usize| {
        took.get(took.len().saturating_sub(1) * percent / 100).map_or(0.0, Duration::as_secs_f64) * 1000.0
    };
    println!("{what}: p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms ({} tenants)", at(50), at(99), at(100), took.len());
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60))).build().into()
}

/// A running emulator.
struct Emulator {
    agent: Agent,
    url: String,
}

fn world(name: &str) -> Value {
    let users: Vec<_> = (0..20).map(|number| json!({"name": format!("user{number}"), "mfa": true})).collect();
    json!({"world": {
        "tenant": {"domain": format!("{name}.onmicrosoft.com"), "displayName": name, "now": "2026-01-05T08:00:00Z"},
        "users": users,
        "applications": [{"name": "ci", "secret": "local-only", "appRoles": ["Directory.Read.All"]}],
        "eligible": [{"principal": "user0", "role": "Global Reader", "duration": "P90D"}],
    }})
}

/// Says no where two things are not the same.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, is: T, should_be: T) -> Outcome<()> {
    if is == should_be { Ok(()) } else { Err(format!("{what}: {is:?} instead of {should_be:?}").into()) }
}

fn text<'a>(value: &'a Value, path: &str) -> Outcome<&'a str> {
    value.pointer(path).and_then(Value::as_str).ok_or_else(|| format!("no {path} in {value}").into())
}

impl Emulator {
    /// The life of one tenant; answers how long it took to make it.
    fn live_through(&self, number: usize, seen: &Mutex<HashSet<String>>) -> Outcome<Duration> {
        let name = format!("tenant-{number}");
        let (tenant, took) = self.create(&name)?;
        let id = text(&tenant, "/tenantId")?;
        let application = self.sign_in(
            id,
            &[
                ("grant_type", "client_credentials"),
                ("client_id", text(&tenant, "/applications/ci/clientId")?),
                ("client_secret", "local-only"),
                ("scope", "https://graph.microsoft.com/.default"),
            ],
        )?;
        let user = self.sign_in(
            id,
            &[
                ("grant_type", "password"),
                ("client_id", GRAPH_TOOLS),
                ("username", text(&tenant, "/users/user0/userPrincipalName")?),
                ("password", text(&tenant, "/users/user0/password")?),
                ("scope", "https://graph.microsoft.com/RoleAssignmentSchedule.ReadWrite.Directory"),
            ],
        )?;
        // Nothing of anybody else: no user, and no id that was met before.
        let users = self.graph(&application, "GET", "users?$select=id,userPrincipalName", None, 200)?;
        let names: Vec<_> =
            users["value"].as_array().into_iter().flatten().filter_map(|it| it["userPrincipalName"].as_str()).collect();
        same("users", names.len(), 20)?;
        same("users of another", names.iter().find(|it| !it.ends_with(&format!("@{name}.onmicrosoft.com"))), None)?;
        let met = users["value"].as_array().into_iter().flatten().filter_map(|it| it["id"].as_str());
        for it in met.chain([id]) {
            same("an id of another", lock(seen).insert(it.to_owned()), true)?;
        }
        let activation = json!({
            "action": "selfActivate", "principalId": text(&tenant, "/users/user0/id")?, "directoryScopeId": "/",
            "roleDefinitionId": text(&tenant, "/roles/Global Reader/id")?, "justification": name,
            "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT2H"}},
        });
        self.graph(&user, "POST", &format!("{PIM}/roleAssignmentScheduleRequests"), Some(&activation), 201)?;
        let own = format!("{PIM}/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')");
        let active = |when: &str, count| {
            let list = self.graph(&user, "GET", &own, None, 200)?;
            same(when, list["value"].as_array().map(Vec::len), Some(count))
        };
        active("active after the activation", 1)?;
        self.control("POST", &format!("/tenants/{id}/clock/advance"), Some(&json!({"by": "PT1H59M"})))?;
        active("active before the end", 1)?;
        self.control("POST", &format!("/tenants/{id}/clock/advance"), Some(&json!({"by": "PT1M"})))?;
        active("active after the end", 0)?;
        let journal = self.control("GET", &format!("/tenants/{id}/requests?limit=0"), None)?;
        same("requests", &journal["count"], &json!(7))?;
        self.delete(&tenant)?;
        let gone = self.graph(&user, "GET", "me", None, 401)?;
        same("the token of a tenant that is gone", text(&gone, "/error/code")?, "InvalidAuthenticationToken")?;
        Ok(took)
    }

    fn create(&self, name: &str) -> Outcome<(Value, Duration)> {
        let world = world(name);
        let watch = stopwatch();
        let tenant = self.control("POST", "/tenants", Some(&world))?;
        Ok((tenant, watch.elapsed()))
    }

    fn delete(&self, tenant: &Value) -> Outcome<()> {
        self.control("DELETE", &format!("/tenants/{}", text(tenant, "/tenantId")?), None).map(drop)
    }

    fn sign_in(&self, tenant: &str, form: &[(&str, &str)]) -> Outcome<String> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = ureq::http::Request::post(format!("{}/{tenant}/oauth2/v2.0/token", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)?;
        let (_, answer) = read(self.agent.run(request)?)?;
        Ok(text(&answer, "/access_token")?.to_owned())
    }

    fn graph(&self, token: &str, method: &str, path: &str, body: Option<&Value>, status: u16) -> Outcome<Value> {
        let authorization = format!("Bearer {token}");
        let (was, answer) = self.send(method, &format!("/v1.0/{path}"), body, Some(&authorization))?;
        same(path, (was, (was != status).then_some(&answer)), (status, None))?;
        Ok(answer)
    }

    fn control(&self, method: &str, path: &str, body: Option<&Value>) -> Outcome<Value> {
        let (status, answer) = self.send(method, &format!("/_emulator{path}"), body, None)?;
        if status < 300 { Ok(answer) } else { Err(format!("{method} {path}: {status} {answer}").into()) }
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        authorization: Option<&str>,
    ) -> Outcome<(u16, Value)> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        request = request.header("content-type", "application/json");
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        read(self.agent.run(request.body(body)?)?)
    }
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Outcome<(u16, Value)> {
    let text = response.body_mut().read_to_string()?;
    let value = if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? };
    Ok((response.status().as_u16(), value))
}
