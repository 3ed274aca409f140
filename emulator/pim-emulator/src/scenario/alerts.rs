//! Alerts: scanning for them, setting them, putting right what they have found, and looking how they stand.

use super::act::{difference, expect, field};
use super::error::Mistake;
use super::file::{AlertCheck, AlertRemedyEntry, AlertScanEntry, StepEntry};
use super::names::Names;
use super::run::{Run, Trouble};
use super::wire::{Answer, Caller};
use crate::app::world::{AlertEntry, did_you_mean};
use axum::http::Method;
use pim_core::AzureScopeId;
use pim_core::model::AlertScope;
use serde_json::{Map, Value, json};

const DIRECTORY: &str = "/beta/identityGovernance/roleManagementAlerts";
const AZURE: &str = "providers/Microsoft.Authorization/roleManagementAlert";
const AZURE_VERSION: &str = "2022-08-01-preview";

/// What alerts are of, and where their routes are.
#[derive(Clone, Debug)]
enum Place {
    Directory,
    /// The path of the subscription.
    Subscription(String),
}

/// What there is of each alert.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Alerts,
    Configurations,
}

/// Whether every name in an entry stands for something.
fn named(alert: Option<&str>, subscription: Option<&str>, names: &Names) -> Result<(), Mistake> {
    Place::of(subscription, names)?;
    let Some(alert) = alert else { return Ok(()) };
    // Which subscription it is does not matter to the names of its alerts.
    let scope = subscription.map_or(AlertScope::DirectoryRoles, |_| AlertScope::Subscription(AzureScopeId::ROOT));
    if scope.named(alert).is_some() {
        return Ok(());
    }
    let near = did_you_mean(alert, scope.alerts().map(|it| it.definition().name));
    Err(Mistake::at("alert", format!("there is no alert '{alert}'{near}")))
}

impl AlertScanEntry {
    pub(super) fn look_at(&self, names: &Names) -> Result<(), Mistake> {
        named(self.alert.as_deref(), self.subscription.as_deref(), names)
    }
}

/// Whether every name in an entry of a world, which sets an alert, stands for something.
pub(super) fn look_at(entry: &AlertEntry, names: &Names) -> Result<(), Mistake> {
    named(Some(&entry.alert), entry.subscription.as_deref(), names)
}

impl AlertRemedyEntry {
    pub(super) fn look_at(&self, names: &Names) -> Result<(), Mistake> {
        named(Some(&self.alert), self.subscription.as_deref(), names)?;
        self.ids(names).map(drop)
    }

    /// Everything that the incident has to name.
    fn ids(&self, names: &Names) -> Result<Vec<String>, Mistake> {
        let principal = self.principal.as_deref().map(|name| names.principal(name)).transpose();
        let role = self.role.as_deref().map(|name| match self.subscription {
            None => names.role(name),
            Some(_) => names.azure_role(name),
        });
        let (principal, role) =
            (principal.map_err(Mistake::name("principal"))?, role.transpose().map_err(Mistake::name("role"))?);
        Ok(principal.into_iter().chain(role).collect())
    }
}

impl AlertCheck {
    pub(super) fn look_at(&self, names: &Names) -> Result<(), Mistake> {
        named(Some(&self.alert), self.subscription.as_deref(), names)?;
        self.ids(names).map(drop)
    }

    fn ids(&self, names: &Names) -> Result<Vec<String>, Mistake> {
        let ids = self.names.iter().enumerate().map(|(place, name)| {
            names.principal(name).map_err(|message| Mistake::whole(message).below(place).below("names"))
        });
        ids.collect()
    }
}

impl Place {
    fn of(subscription: Option<&str>, names: &Names) -> Result<Self, Mistake> {
        let Some(name) = subscription else { return Ok(Self::Directory) };
        Ok(Self::Subscription(names.place(name).map_err(Mistake::name("subscription"))?))
    }

    /// The list of what there is of each alert, with what each has found.
    fn list(&self, kind: Kind) -> String {
        let name = match kind {
            Kind::Alerts => "alerts",
            Kind::Configurations => "alertConfigurations",
        };
        match (self, kind) {
            (Self::Directory, Kind::Alerts) => {
                format!(
                    "{DIRECTORY}/{name}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&$expand=alertIncidents"
                )
            }
            (Self::Directory, Kind::Configurations) => {
                format!("{DIRECTORY}/{name}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'")
            }
            (Self::Subscription(path), Kind::Alerts) => format!("{path}/{AZURE}s?api-version={AZURE_VERSION}"),
            (Self::Subscription(path), Kind::Configurations) => {
                format!("{path}/{AZURE}Configurations?api-version={AZURE_VERSION}")
            }
        }
    }

    /// The route of one that the list showed.
    fn one(&self, kind: Kind, row: &Value, rest: &str) -> String {
        let id = row["id"].as_str().unwrap_or_default();
        match (self, kind) {
            (Self::Directory, Kind::Alerts) => format!("{DIRECTORY}/alerts/{id}{rest}"),
            (Self::Directory, Kind::Configurations) => format!("{DIRECTORY}/alertConfigurations/{id}{rest}"),
            (Self::Subscription(_), _) => format!("{id}{rest}?api-version={AZURE_VERSION}"),
        }
    }

    /// The scan for all: its route, and its body.
    fn refresh(&self) -> (String, Option<Value>) {
        match self {
            Self::Directory => {
                let body = json!({ "scopeId": "/", "scopeType": "DirectoryRole" });
                (format!("{DIRECTORY}/alerts/refresh"), Some(body))
            }
            Self::Subscription(path) => (format!("{path}/{AZURE}s/refresh?api-version={AZURE_VERSION}"), None),
        }
    }

    /// A body, as it is written there.
    fn body(&self, members: Map<String, Value>) -> Value {
        match self {
            Self::Directory => Value::Object(members),
            Self::Subscription(_) => json!({ "properties": members }),
        }
    }
}

impl Run {
    /// Has the tenant scanned.
    pub(super) async fn scan(&mut self, step: &StepEntry, who: &Caller, entry: &AlertScanEntry) -> Result<(), Trouble> {
        let place = Place::of(entry.subscription.as_deref(), &self.names)?;
        let (path, body) = match &entry.alert {
            None => place.refresh(),
            Some(alert) => match self.alert(who, &place, Kind::Alerts, alert).await? {
                Ok(row) => (place.one(Kind::Alerts, &row, "/refresh"), None),
                Err(answer) => return expect(&answer, step.refused.as_ref()).map(drop),
            },
        };
        let answer = self.wire.call(who, Method::POST, &path, body.as_ref()).await?;
        expect(&answer, step.refused.as_ref()).map(drop)
    }

    /// Changes how an alert is set, and dismisses it if that is wanted.
    pub(super) async fn set_alert(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        entry: &AlertEntry,
    ) -> Result<(), Trouble> {
        let place = Place::of(entry.subscription.as_deref(), &self.names)?;
        let row = match self.alert(who, &place, Kind::Configurations, &entry.alert).await? {
            Ok(row) => row,
            Err(answer) => return expect(&answer, step.refused.as_ref()).map(drop),
        };
        let settings = settings(entry, &row);
        if !settings.is_empty() {
            let path = place.one(Kind::Configurations, &row, "");
            let body = place.body(typed(settings, &row));
            let answer = self.wire.call(who, Method::PATCH, &path, Some(&body)).await?;
            if expect(&answer, step.refused.as_ref())? {
                return Ok(());
            }
        }
        if !entry.dismissed {
            return Ok(());
        }
        let row = match self.alert(who, &place, Kind::Alerts, &entry.alert).await? {
            Ok(row) => row,
            Err(answer) => return expect(&answer, step.refused.as_ref()).map(drop),
        };
        let body = place.body(Map::from_iter([("isActive".to_owned(), false.into())]));
        let answer = self.wire.call(who, Method::PATCH, &place.one(Kind::Alerts, &row, ""), Some(&body)).await?;
        expect(&answer, step.refused.as_ref()).map(drop)
    }

    /// Has the service put right what an alert has found.
    pub(super) async fn remedy(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        entry: &AlertRemedyEntry,
    ) -> Result<(), Trouble> {
        let place = Place::of(entry.subscription.as_deref(), &self.names)?;
        let ids = entry.ids(&self.names)?;
        let row = match self.alert(who, &place, Kind::Alerts, &entry.alert).await? {
            Ok(row) => row,
            Err(answer) => return expect(&answer, step.refused.as_ref()).map(drop),
        };
        let found = incidents(&row).iter().find(|incident| ids.iter().all(|id| does_name(incident, id)));
        let Some(incident) = found else {
            return Err(Trouble::failed(format!("something that {} has found", entry.alert), row.to_string()));
        };
        let name = field(incident, "name").or_else(|| field(incident, "id")).unwrap_or_default();
        let path = place.one(Kind::Alerts, &row, &format!("/alertIncidents/{name}/remediate"));
        let answer = self.wire.call(who, Method::POST, &path, None).await?;
        expect(&answer, step.refused.as_ref()).map(drop)
    }

    /// Looks how an alert stands.
    pub(super) async fn look_at_alert(&mut self, who: &Caller, entry: &AlertCheck) -> Result<(), Trouble> {
        let place = Place::of(entry.subscription.as_deref(), &self.names)?;
        let ids = entry.ids(&self.names)?;
        let row = match self.alert(who, &place, Kind::Alerts, &entry.alert).await? {
            Ok(row) => row,
            Err(answer) => return Err(Trouble::failed(format!("the alert {}", entry.alert), answer.said())),
        };
        let alert = members(&row);
        let found = incidents(&row);
        let wanted = entry.up.map_or_else(|| json!({}), |up| json!({ "isActive": up }));
        if let Some(at) = difference(&wanted, alert) {
            return Err(Trouble::failed(format!("{} with {wanted}", entry.alert), format!("{at}: {row}")));
        }
        if let Some(wanted) = entry.incidents.filter(|wanted| *wanted != found.len()) {
            let expected = format!("{} has found {wanted}", entry.alert);
            return Err(Trouble::failed(expected, format!("it has found {}: {row}", found.len())));
        }
        for (name, id) in entry.names.iter().zip(&ids) {
            if !found.iter().any(|incident| does_name(incident, id)) {
                return Err(Trouble::failed(format!("{} names {name}", entry.alert), row.to_string()));
            }
        }
        Ok(())
    }

    /// The row of an alert, or what the service said instead.
    async fn alert(
        &mut self,
        who: &Caller,
        place: &Place,
        kind: Kind,
        name: &str,
    ) -> Result<Result<Value, Answer>, Trouble> {
        let answer = self.wire.call(who, Method::GET, &place.list(kind), None).await?;
        let Some(rows) = answer.body["value"].as_array().filter(|_| answer.is_success()) else {
            return Ok(Err(answer));
        };
        let is_it = |row: &&Value| {
            let id = row["id"].as_str().unwrap_or_default();
            id.rsplit(['_', '/']).next().is_some_and(|last| last.eq_ignore_ascii_case(name))
        };
        match rows.iter().find(is_it) {
            Some(row) => Ok(Ok(row.clone())),
            None => Err(Trouble::failed(format!("an alert {name}"), format!("there is none: {}", answer.body))),
        }
    }
}

/// Graph writes members as they are, Azure below `properties`.
fn members(row: &Value) -> &Value {
    row.get("properties").unwrap_or(row)
}

fn incidents(row: &Value) -> &[Value] {
    members(row)["alertIncidents"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Whether one of an incident's members is that id.
fn does_name(incident: &Value, id: &str) -> bool {
    members(incident).as_object().is_some_and(|members| members.values().any(|it| *it == id))
}

/// What the entry sets, in the words of that alert.
fn settings(entry: &AlertEntry, configuration: &Value) -> Map<String, Value> {
    let has = |name: &&&str| members(configuration).get(**name).is_some();
    let word = |all: &[&'static str]| all.iter().find(has).or_else(|| all.first()).copied().unwrap_or_default();
    let counts = [
        "globalAdminCountThreshold",
        "sequentialActivationCounterThreshold",
        "thresholdNumberOfOwners",
        "thresholdNumberOfPermanentOwners",
    ];
    let percentages = [
        "percentageOfGlobalAdminsOutOfRolesThreshold",
        "thresholdPercentageOfOwnersOutOfAllRoleMembers",
        "thresholdPercentageOfPermanentOwnersOutOfAllOwners",
    ];
    let all = [
        ("isEnabled", entry.enabled.map(Value::from)),
        ("duration", entry.duration.map(|it| it.to_string().into())),
        (word(&counts), entry.count.map(Value::from)),
        ("timeIntervalBetweenActivations", entry.interval.map(|it| it.to_string().into())),
        (word(&percentages), entry.percentage.map(Value::from)),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The same, with the word that says whose settings they are: without it, neither service takes them.
fn typed(mut settings: Map<String, Value>, configuration: &Value) -> Map<String, Value> {
    for word in ["@odata.type", "alertConfigurationType"] {
        if let Some(value) = members(configuration).get(word) {
            settings.insert(word.to_owned(), value.clone());
        }
    }
    settings
}
