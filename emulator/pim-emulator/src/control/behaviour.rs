//! `/_emulator/tenants/{tid}/behaviour`: the switches for what the public record leaves open.

use super::body::{Body, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use crate::app::Tenant;
use crate::app::world::did_you_mean;
use axum::Json;
use pim_core::behaviour::Switch;
use pim_core::model::License;
use pim_core::{Actor, Behaviour, Command};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A switch and where it stands.
#[derive(Debug, Serialize, ToSchema)]
struct SwitchAnswer {
    /// Its name.
    name: &'static str,
    /// Where it stands: true or false, a number, a word, a duration such as `PT10S`, or a list of role ids.
    value: Value,
    /// Where it stands when nobody has set it.
    default: Value,
    /// What it does.
    meaning: &'static str,
    /// The rule that leaves the point open.
    rule: &'static str,
}

/// Every switch.
#[derive(Debug, Serialize, ToSchema)]
struct SwitchList {
    /// The switches.
    value: Vec<SwitchAnswer>,
}

/// What will be a switch one day.
const NOT_YET: [&str; 1] = ["strictness"];

/// What the tenant pays for: set beside the switches, and not one of them.
const LICENSE: &str = "license";

fn object(behaviour: &Behaviour) -> Map<String, Value> {
    match serde_json::to_value(behaviour) {
        Ok(Value::Object(object)) => object,
        Ok(_) | Err(_) => Map::new(),
    }
}

fn answer(tenant: &Tenant) -> Json<SwitchList> {
    let mut values = tenant.read(|view| object(view.behaviour()));
    let mut defaults = object(&Behaviour::default());
    let mut take = |switch: &Switch| SwitchAnswer {
        name: switch.name,
        value: values.remove(switch.name).unwrap_or_default(),
        default: defaults.remove(switch.name).unwrap_or_default(),
        meaning: switch.meaning.trim(),
        rule: switch.rule,
    };
    let mut value: Vec<_> = Behaviour::SWITCHES.iter().map(&mut take).collect();
    value.extend(tenant.read(|view| view.tenant().map(|it| license(it.license))));
    Json(SwitchList { value })
}

/// The licence, shown among the switches.
fn license(license: License) -> SwitchAnswer {
    SwitchAnswer {
        name: LICENSE,
        value: json!(license),
        default: json!(License::P2),
        meaning: "What the tenant has paid for: none, p1, p2 or governance. Where PIM is not included any more, \
                  eligibilities go, time-bound active assignments become permanent, and PIM refuses every call.",
        rule: "LIC-5",
    }
}

/// Every switch, with its default, its meaning and the rule that leaves it open.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/behaviour", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses((status = 200, body = SwitchList), (status = 404, body = ProblemDetails)),
)]
async fn get_behaviour(TenantAt(tenant): TenantAt) -> Json<SwitchList> {
    answer(&tenant)
}

/// Sets the switches that are named, and the licence if it is: all of it or nothing. The others stay as they are.
#[utoipa::path(
    patch, path = "/_emulator/tenants/{tid}/behaviour", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    request_body(content = serde_json::Value, description = "Values by the names of switches.", example = json!({"permissionEnforcement": false})),
    responses(
        (status = 200, body = SwitchList),
        (status = 400, body = ProblemDetails, description = "An unknown switch, or a value that it cannot have."),
        (status = 404, body = ProblemDetails),
        (status = 501, body = ProblemDetails),
    ),
)]
async fn change_behaviour(
    TenantAt(tenant): TenantAt,
    Body(change): Body<Map<String, Value>>,
) -> Result<Json<SwitchList>, Problem> {
    // What is not named must stay as it is by then, and not as it was when somebody looked.
    tenant.handle_made(Actor::SetUp, |view| changed(view.behaviour(), change), |_, _| ())??;
    Ok(answer(&tenant))
}

/// The command that sets what is named.
fn changed(before: &Behaviour, change: Map<String, Value>) -> Result<Command, Problem> {
    let mut behaviour = before.clone();
    let mut license = None;
    for (name, value) in change {
        if name == LICENSE {
            license = Some(bought(value)?);
        } else {
            behaviour = with(&behaviour, name, value)?;
        }
    }
    Ok(match license {
        None => Command::SetBehaviour(behaviour),
        Some(license) => Command::Configure { behaviour: Box::new(behaviour), license },
    })
}

/// What the tenant is to pay for.
fn bought(value: Value) -> Result<License, Problem> {
    serde_json::from_value(value).map_err(|error| {
        Problem::new(Kind::InvalidBody, format!("the licence is none, p1, p2 or governance: {error}")).at(LICENSE)
    })
}

/// The same with one switch set.
fn with(behaviour: &Behaviour, name: String, value: Value) -> Result<Behaviour, Problem> {
    let names = || Behaviour::SWITCHES.iter().map(|switch| switch.name).chain([LICENSE]);
    if NOT_YET.contains(&name.as_str()) {
        return Err(Problem::new(Kind::NotEmulated, format!("the switch '{name}' is not emulated yet")).at(name));
    }
    if !names().any(|known| known == name) {
        let detail = format!("there is no switch named '{name}'{}", did_you_mean(&name, names()));
        return Err(Problem::new(Kind::InvalidBody, detail).at(name));
    }
    let mut all = object(behaviour);
    all.insert(name.clone(), value);
    serde_json::from_value(Value::Object(all)).map_err(|error| {
        Problem::new(Kind::InvalidBody, format!("the switch '{name}' cannot have that value: {error}")).at(name)
    })
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(get_behaviour, change_behaviour))
}
