//! Access reviews in the steps of a scenario: made, decided and ended, as a client would.

use super::act::expect;
use super::error::Mistake;
use super::file::{ReviewDecisionEntry, StepEntry};
use super::names::Names;
use super::review_body::{arm_body, graph_body};
use super::run::{Run, Trouble};
use super::time::Time;
use super::wire::{Answer, Caller};
use crate::app::world::AccessReviewEntry;
use axum::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// The version of the routes of access reviews in Azure.
const AZURE_VERSION: &str = "2021-12-01-preview";

/// Where access reviews are on Graph.
const GRAPH: &str = "/v1.0/identityGovernance/accessReviews/definitions";

/// The name of their type in Azure.
const AZURE: &str = "providers/Microsoft.Authorization/accessReviewScheduleDefinitions";

/// What a step does about access reviews.
#[derive(Debug)]
pub(super) enum ReviewAct<'a> {
    Start(&'a AccessReviewEntry),
    Decide(&'a ReviewDecisionEntry),
    Latest(LatestAct, &'a str),
}

/// What is done to the latest occurrence of a review.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LatestAct {
    Accept,
    Stop,
    Reset,
    Apply,
    Remind,
}

/// An access review, by where it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Review {
    /// The path of its definition; of Azure without the version.
    path: String,
    is_azure: bool,
}

impl ReviewAct<'_> {
    /// Whether what it says fits together.
    pub(super) fn look_at(&self) -> Result<(), Mistake> {
        match self {
            Self::Start(entry) => entry.look_at().map_err(|(key, message)| Mistake::at(key, message)),
            Self::Decide(_) | Self::Latest(..) => Ok(()),
        }
    }

    /// Whether its names stand for something.
    pub(super) fn look_at_names(&self, names: &Names) -> Result<(), Mistake> {
        match self {
            Self::Start(entry) if entry.scope.is_some() => arm_body(entry, "", names, Time::Told).map(drop),
            Self::Start(entry) => graph_body(entry, names, Time::Told).map(drop),
            Self::Decide(entry) => {
                names.review(&entry.review).map_err(Mistake::name("review"))?;
                let principal = entry.principal.as_deref().map(|name| names.principal(name)).transpose();
                principal.map(drop).map_err(Mistake::name("principal"))
            }
            Self::Latest(_, review) => names.review(review).map(drop).map_err(Mistake::whole),
        }
    }
}

impl LatestAct {
    /// The name of its action.
    const fn action(self, is_azure: bool) -> &'static str {
        match self {
            Self::Accept => "acceptRecommendations",
            Self::Stop => "stop",
            Self::Reset => "resetDecisions",
            Self::Apply => "applyDecisions",
            Self::Remind if is_azure => "sendReminders",
            Self::Remind => "sendReminder",
        }
    }
}

/// Why something was not found, or not looked at.
pub(super) enum Missed {
    /// The service answered so.
    Refused(Answer),
    /// Nobody answered, or the file is at fault.
    Trouble(Trouble),
}

impl From<Trouble> for Missed {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Missed> for Trouble {
    fn from(missed: Missed) -> Self {
        match missed {
            Missed::Refused(answer) => Self::failed("a list", answer.said()),
            Missed::Trouble(trouble) => trouble,
        }
    }
}

/// Whether what came of an act is what its step says.
fn settled(step: &StepEntry, done: Result<Answer, Missed>) -> Result<(), Trouble> {
    match done {
        Ok(answer) | Err(Missed::Refused(answer)) => expect(&answer, step.refused.as_ref()).map(drop),
        Err(Missed::Trouble(trouble)) => Err(trouble),
    }
}

impl Review {
    /// One by the id of its definition, and the place whose role of Azure it is about.
    pub(super) fn of(id: Uuid, place: Option<&str>) -> Self {
        match place {
            Some(place) => Self::of_azure(place, &id.to_string()),
            None => Self::of_graph(&id.to_string()),
        }
    }

    /// One of Graph.
    pub(super) fn of_graph(id: &str) -> Self {
        Self { path: format!("{GRAPH}/{id}"), is_azure: false }
    }

    /// One of Azure, at a place.
    pub(super) fn of_azure(place: &str, id: &str) -> Self {
        Self { path: format!("{place}/{AZURE}/{id}"), is_azure: true }
    }

    /// The id of its definition.
    pub(super) fn id(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Something below it.
    pub(super) fn at(&self, below: &str) -> String {
        let version = if self.is_azure { format!("?api-version={AZURE_VERSION}") } else { String::new() };
        format!("{}{below}{version}", self.path)
    }

    /// The lines of an occurrence that the caller is asked about.
    fn lines_to_decide(&self, instance: &str) -> String {
        if self.is_azure {
            self.as_reviewer(&format!("/instances/{instance}/decisions"))
        } else {
            self.at(&format!("/instances/{instance}/decisions/filterByCurrentUser(on='reviewer')"))
        }
    }

    /// The same for whoever is asked: of Azure without a place.
    fn as_reviewer(&self, below: &str) -> String {
        match self.path.split_once(AZURE) {
            Some((_, id)) if self.is_azure => format!("/{AZURE}{id}{below}?api-version={AZURE_VERSION}"),
            Some(_) | None => self.at(below),
        }
    }
}

/// A member of an object of Graph, or among the properties of one of Azure.
pub(super) fn member<'a>(row: &'a Value, name: &str) -> &'a Value {
    if row["properties"].is_object() && name != "id" && name != "name" { &row["properties"][name] } else { &row[name] }
}

/// The id of a row, of Azure its name.
pub(super) fn name_of(row: &Value) -> &str {
    row["name"].as_str().or_else(|| row["id"].as_str()).unwrap_or_default()
}

impl Run {
    /// What a step does about access reviews.
    pub(super) async fn review(&mut self, step: &StepEntry, who: &Caller, verb: &ReviewAct<'_>) -> Result<(), Trouble> {
        match verb {
            ReviewAct::Start(entry) => self.start_review(step, who, entry).await,
            ReviewAct::Decide(entry) => self.decide_review(step, who, entry).await,
            ReviewAct::Latest(act, name) => self.act_on_latest(step, who, *act, name).await,
        }
    }

    async fn start_review(&mut self, step: &StepEntry, who: &Caller, entry: &AccessReviewEntry) -> Result<(), Trouble> {
        let (review, method, path, body) = match &entry.scope {
            Some(scope) => {
                let place = self.names.place(scope).map_err(Mistake::name("scope"))?;
                let name = self.azure_request_name();
                let review = Review::of_azure(&place, &name.to_string());
                let path = review.at("");
                (Some(review), Method::PUT, path, arm_body(entry, &place, &self.names, self.time)?)
            }
            None => (None, Method::POST, GRAPH.to_owned(), graph_body(entry, &self.names, self.time)?),
        };
        let answer = self.wire.call(who, method, &path, Some(&body)).await?;
        if expect(&answer, step.refused.as_ref())? {
            return Ok(());
        }
        let review = review.unwrap_or_else(|| Review::of_graph(name_of(&answer.body)));
        self.names.add_review(&entry.name, review);
        Ok(())
    }

    async fn decide_review(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        entry: &ReviewDecisionEntry,
    ) -> Result<(), Trouble> {
        let review = self.review_named("review", &entry.review)?;
        let about = entry.principal.as_deref().map(|name| self.names.principal(name)).transpose();
        let about = about.map_err(Mistake::name("principal"))?;
        let done = self.decided(who, &review, entry, about.as_deref()).await;
        settled(step, done)
    }

    async fn decided(
        &mut self,
        who: &Caller,
        review: &Review,
        entry: &ReviewDecisionEntry,
        about: Option<&str>,
    ) -> Result<Answer, Missed> {
        let instance = self.latest(who, review, true).await?;
        let mut body = json!({ "decision": entry.decision.word() });
        if let Some(because) = &entry.because {
            body["justification"] = because.as_str().into();
        }
        match about {
            None => self.decide_all(who, review, &instance, &body).await,
            Some(principal) => {
                let Some(line) = self.line_about(who, review, &instance, principal).await? else {
                    let name = entry.principal.as_deref().unwrap_or_default();
                    let wanted = format!("a line about {name} that {} sees", who.name);
                    return Err(Trouble::failed(wanted, "there is none").into());
                };
                Ok(self.decide_line(who, review, &instance, &line, &body).await?)
            }
        }
    }

    /// Decides on every line of the caller.
    async fn decide_all(
        &mut self,
        who: &Caller,
        review: &Review,
        instance: &str,
        body: &Value,
    ) -> Result<Answer, Missed> {
        if !review.is_azure {
            let path = review.at(&format!("/instances/{instance}/batchRecordDecisions"));
            return Ok(self.wire.call(who, Method::POST, &path, Some(body)).await?);
        }
        // In Azure a reviewer goes from line to line.
        let mut last = Answer { status: 204, body: Value::Null };
        for line in self.rows(who, &review.lines_to_decide(instance)).await? {
            last = self.decide_line(who, review, instance, name_of(&line), body).await?;
            if !last.is_success() {
                break;
            }
        }
        Ok(last)
    }

    /// The line about somebody: among those that the caller is asked about, else among all that the caller may see.
    async fn line_about(
        &mut self,
        who: &Caller,
        review: &Review,
        instance: &str,
        principal: &str,
    ) -> Result<Option<String>, Missed> {
        let all = review.at(&format!("/instances/{instance}/decisions"));
        for path in [review.lines_to_decide(instance), all] {
            let lines = self.rows(who, &path).await?;
            if let Some(line) = lines.iter().find(|line| member(line, "principal")["id"] == principal) {
                return Ok(Some(name_of(line).to_owned()));
            }
        }
        Ok(None)
    }

    async fn decide_line(
        &mut self,
        who: &Caller,
        review: &Review,
        instance: &str,
        line: &str,
        body: &Value,
    ) -> Result<Answer, Trouble> {
        let path = review.as_reviewer(&format!("/instances/{instance}/decisions/{line}"));
        let body = if review.is_azure { json!({ "properties": body }) } else { body.clone() };
        self.wire.call(who, Method::PATCH, &path, Some(&body)).await
    }

    async fn act_on_latest(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        act: LatestAct,
        name: &str,
    ) -> Result<(), Trouble> {
        let review = self.names.review(name).map_err(Mistake::whole)?.clone();
        let done = self.acted_on(who, &review, act).await;
        settled(step, done)
    }

    async fn acted_on(&mut self, who: &Caller, review: &Review, act: LatestAct) -> Result<Answer, Missed> {
        let as_reviewer = act == LatestAct::Accept;
        let instance = self.latest(who, review, as_reviewer).await?;
        let below = format!("/instances/{instance}/{}", act.action(review.is_azure));
        let path = if as_reviewer { review.as_reviewer(&below) } else { review.at(&below) };
        Ok(self.wire.call(who, Method::POST, &path, None).await?)
    }

    pub(super) fn review_named(&self, key: &'static str, name: &str) -> Result<Review, Mistake> {
        self.names.review(name).cloned().map_err(Mistake::name(key))
    }

    /// The latest occurrence: for a reviewer the latest of those that one is asked in, if there is one.
    async fn latest(&mut self, who: &Caller, review: &Review, as_reviewer: bool) -> Result<String, Missed> {
        if as_reviewer {
            let path = if review.is_azure {
                review.as_reviewer("/instances")
            } else {
                review.at("/instances/filterByCurrentUser(on='reviewer')")
            };
            if let Some(row) = self.in_order(who, &path).await?.last() {
                return Ok(name_of(row).to_owned());
            }
        }
        let rows = self.occurrences(who, review).await?;
        let latest = rows.last().map(|row| name_of(row).to_owned());
        latest.ok_or_else(|| Trouble::failed(format!("an occurrence that {} sees", who.name), "there is none").into())
    }

    /// The occurrences of a review, the latest last.
    pub(super) async fn occurrences(&mut self, who: &Caller, review: &Review) -> Result<Vec<Value>, Missed> {
        self.in_order(who, &review.at("/instances")).await
    }

    async fn in_order(&mut self, who: &Caller, path: &str) -> Result<Vec<Value>, Missed> {
        let mut rows = self.rows(who, path).await?;
        rows.sort_by_key(|row| member(row, "startDateTime").as_str().unwrap_or_default().to_owned());
        Ok(rows)
    }

    /// Every row of a list, page by page.
    pub(super) async fn rows(&mut self, who: &Caller, path: &str) -> Result<Vec<Value>, Missed> {
        let mut rows = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let answer = self.wire.call(who, Method::GET, &path, None).await?;
            let Some(page) = answer.body["value"].as_array().filter(|_| answer.is_success()) else {
                return Err(Missed::Refused(answer));
            };
            rows.extend(page.iter().cloned());
            let link = answer.body["@odata.nextLink"].as_str();
            next = link.and_then(|link| Some(link.split_once("://")?.1.split_once('/')?.1)).map(|it| format!("/{it}"));
        }
        Ok(rows)
    }
}
