//! `/_emulator/tenants/{tid}/faults`: what shall go wrong with which requests.

use super::body::{RawJson, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::who;
use crate::app::Tenant;
use crate::app::traffic::{Effect, Fault, Match, PathPattern, Refusal, Surface};
use crate::app::world::Step;
use axum::Json;
use axum::http::{Method, StatusCode};
use pim_core::time::Length;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// More faults than this there cannot be at once.
const MOST: usize = 200;

/// Nobody waits longer than this.
const LONGEST_DELAY: Length = Length::minutes(10);

/// Which requests a fault meets; what is left out says nothing, and `{}` is every request.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
struct MatchEntry {
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "POST")]
    method: Option<String>,
    /// The path: `*` stands for anything within a segment, `**` for any number of segments. Case, doubled slashes, encoding and,
    /// where it names none, the version do not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/roleManagement/directory/roleAssignmentScheduleRequests")]
    path: Option<String>,
    /// Who calls: a user or an application, by id, user principal name or name in the world.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "alice")]
    principal: Option<String>,
    /// The part of the emulator.
    #[serde(skip_serializing_if = "Option::is_none")]
    surface: Option<Surface>,
}

/// An answer. What is left out, the surface says in its own words for the status.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RespondEntry {
    /// The status, from 400 to 599.
    #[schema(example = 429)]
    status: u16,
    /// The code; at sign-in a word of OAuth, or a number such as `AADSTS90033`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// What `Retry-After` says, in seconds; not there when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after: Option<u32>,
}

/// A fault: exactly one of `respond`, `delay` and `drop`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FaultEntry {
    /// Which requests it meets.
    #[serde(default, rename = "match")]
    matches: MatchEntry,
    /// How many of them pass before it begins.
    #[serde(default)]
    after: u64,
    /// To how many it applies then; to all of them when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    /// It answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    respond: Option<RespondEntry>,
    /// It lets the request wait for so long in real time, and then go on to the faults behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "PT2S")]
    delay: Option<String>,
    /// It closes the connection without an answer. Over HTTP/2 only the stream ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    drop: Option<bool>,
}

/// A fault, and how often it was met.
#[derive(Debug, Serialize, ToSchema)]
struct FaultAnswer {
    #[serde(flatten)]
    fault: FaultEntry,
    /// How many requests have met it.
    seen: u64,
    /// To how many of them it applied.
    applied: u64,
}

/// Every fault, in order.
#[derive(Debug, Serialize, ToSchema)]
struct FaultList {
    /// The faults.
    value: Vec<FaultAnswer>,
}

fn list(tenant: &Tenant) -> Json<FaultList> {
    let answer = |(fault, count): (Fault, _)| {
        let crate::app::traffic::FaultCount { seen, applied } = count;
        FaultAnswer { fault: entry(fault), seen, applied }
    };
    Json(FaultList { value: tenant.traffic().faults().into_iter().map(answer).collect() })
}

fn entry(fault: Fault) -> FaultEntry {
    let Fault { matches, after, times, effect } = fault;
    let (respond, delay, drop) = match effect {
        Effect::Respond(Refusal { status, code, message, retry_after }) => {
            (Some(RespondEntry { status: status.as_u16(), code, message, retry_after }), None, None)
        }
        Effect::Delay(length) => {
            let milliseconds = i64::try_from(length.as_millis()).unwrap_or(i64::MAX);
            (None, Some(Length::from_milliseconds(milliseconds).to_string()), None)
        }
        Effect::Drop => (None, None, Some(true)),
    };
    let matches = MatchEntry {
        method: matches.method,
        path: matches.path.map(|it| it.to_string()),
        principal: matches.principal.map(|(_, written)| written),
        surface: matches.surface,
    };
    FaultEntry { matches, after, times, respond, delay, drop }
}

/// What is wrong with a fault, and where in it.
type Wrong = (Vec<Step>, String);

fn fault(tenant: &Tenant, entry: FaultEntry) -> Result<Fault, Wrong> {
    let FaultEntry { matches, after, times, respond, delay, drop } = entry;
    let effect = match (respond, delay, drop) {
        (Some(respond), None, None) => Effect::Respond(refusal(respond)?),
        (None, Some(delay), None) => Effect::Delay(length(&delay).map_err(|it| (vec![Step::Key("delay")], it))?),
        (None, None, Some(true)) => Effect::Drop,
        (None, None, Some(false)) => return Err((vec![Step::Key("drop")], "'drop' is true or left out".to_owned())),
        _ => return Err((Vec::new(), "a fault has exactly one of 'respond', 'delay' and 'drop'".to_owned())),
    };
    Ok(Fault { matches: matching(tenant, matches)?, after, times, effect })
}

fn matching(tenant: &Tenant, entry: MatchEntry) -> Result<Match, Wrong> {
    let at = |key| move |message| (vec![Step::Key("match"), Step::Key(key)], message);
    let MatchEntry { method, path, principal, surface } = entry;
    let is_method = |text: &str| Method::from_bytes(text.as_bytes()).is_ok();
    if let Some(text) = method.as_ref().filter(|text| !is_method(text)) {
        return Err(at("method")(format!("'{text}' is no method")));
    }
    let path = path.as_deref().map(PathPattern::parse).transpose().map_err(at("path"))?;
    let find = |text: String| who::caller(tenant, &text).map(|id| (id, text));
    let principal = principal.map(find).transpose().map_err(at("principal"))?;
    Ok(Match { method, path, principal, surface })
}

fn refusal(entry: RespondEntry) -> Result<Refusal, Wrong> {
    let RespondEntry { status, code, message, retry_after } = entry;
    match StatusCode::from_u16(status) {
        Ok(status) if status.is_client_error() || status.is_server_error() => {
            Ok(Refusal { status, code, message, retry_after })
        }
        Ok(_) | Err(_) => {
            let message = format!("a fault answers with a status from 400 to 599, not {status}");
            Err((vec![Step::Key("respond"), Step::Key("status")], message))
        }
    }
}

fn length(text: &str) -> Result<Duration, String> {
    let length = Length::parse(text).map_err(|error| format!("'{text}' is not a duration: {error}"))?;
    if length > LONGEST_DELAY {
        return Err(format!("'{text}' is more than {LONGEST_DELAY}, the longest that a request waits"));
    }
    u64::try_from(length.milliseconds()).map(Duration::from_millis).map_err(|_| format!("'{text}' lies in the past"))
}

/// The faults in order, and how often each has been met.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/faults", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 200, body = FaultList), (status = 404, body = ProblemDetails)),
)]
async fn list_faults(TenantAt(tenant): TenantAt) -> Json<FaultList> {
    list(&tenant)
}

/// Orders these faults in the place of those before, all counted from nothing.
///
/// A request meets the faults in the order of the list. A delay lets it go on to the next one; an answer or a closed connection
/// ends its way, and the faults behind that do not see it. Answers have the envelope and the headers of the surface. What a fault
/// answers was not carried out.
#[utoipa::path(
    put, path = "/_emulator/tenants/{tid}/faults", tag = "inside", request_body = Vec<FaultEntry>,
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = FaultList),
        (status = 400, body = ProblemDetails, description = "With the field, line and column at fault; nothing has changed."),
        (status = 404, body = ProblemDetails),
    ),
)]
async fn set_faults(TenantAt(tenant): TenantAt, RawJson(body): RawJson) -> Result<Json<FaultList>, Problem> {
    let entries: Vec<FaultEntry> = serde_json::from_slice(&body).map_err(|error| Problem::json(&error))?;
    if entries.len() > MOST {
        return Err(Problem::new(Kind::InvalidBody, format!("there are {} faults, and {MOST} at most", entries.len())));
    }
    let faults = entries.into_iter().enumerate().map(|(place, entry)| {
        fault(&tenant, entry).map_err(|(steps, message)| {
            let path: Vec<_> = std::iter::once(Step::Index(place)).chain(steps).collect();
            Problem::new(Kind::InvalidBody, message).in_json(&body, &path)
        })
    });
    let faults: Vec<_> = faults.collect::<Result<_, _>>()?;
    tenant.traffic().set_faults(faults);
    Ok(list(&tenant))
}

/// Takes every fault away.
#[utoipa::path(
    delete, path = "/_emulator/tenants/{tid}/faults", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 204), (status = 404, body = ProblemDetails)),
)]
async fn clear_faults(TenantAt(tenant): TenantAt) -> StatusCode {
    tenant.traffic().set_faults(Vec::new());
    StatusCode::NO_CONTENT
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(list_faults, set_faults, clear_faults))
}
