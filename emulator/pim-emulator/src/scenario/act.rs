//! Acts: what somebody does, as a client would send it, and whether the answer is what the step says.

use super::error::Mistake;
use super::file::{CallEntry, DecisionEntry, MembershipEntry, RefusedEntry, RequestEntry, StepEntry};
use super::look::method;
use super::names::Made;
use super::run::{Run, Trouble};
use super::subject::{AZURE_VERSION, Subject};
use super::template::{fill, fill_value};
use super::time::Time;
use super::verb::{Action, Side};
use super::wire::{Answer, Caller};
use crate::app::ids::random_uuid;
use axum::http::Method;
use pim_core::model::GroupAccess;
use serde_json::{Value, json};
use uuid::Uuid;

/// The first half of the names that requests to Azure get: they are the client's to choose.
const AZURE_REQUESTS: u64 = 0x5ce0_a410_0000_4000;

impl Run {
    /// A request to PIM.
    pub(super) async fn request(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        action: Action,
        side: Side,
        entry: &RequestEntry,
    ) -> Result<(), Trouble> {
        let subject = Subject::of(entry.about(), &self.names)?;
        let principal = entry.principal.as_ref().unwrap_or(&who.name);
        let principal = self.names.principal(principal).map_err(Mistake::name("principal"))?;
        let by_oneself = entry.principal.as_ref().is_none_or(|name| *name == who.name);
        let word = action.word(by_oneself);
        let (method, path, body) = self.ask(&subject, side, word, &principal, entry);
        let answer = self.wire.call(who, method, &path, Some(&body)).await?;
        if expect(&answer, step.refused.as_ref())? {
            return Ok(());
        }
        let made = made(&answer, &subject, side, who);
        let status = field(&answer.body, "status").unwrap_or_default().to_owned();
        if let Some(name) = &step.request {
            self.names.add_request(name, made);
        }
        match &step.status {
            Some(wanted) if *wanted != status => Err(Trouble::failed(
                format!("a request with the status {wanted}"),
                format!("one with the status {status}"),
            )),
            Some(_) | None => Ok(()),
        }
    }

    fn ask(
        &mut self,
        subject: &Subject,
        side: Side,
        word: &str,
        principal: &str,
        entry: &RequestEntry,
    ) -> (Method, String, Value) {
        let mut body = json!({ "principalId": principal });
        if let Some(because) = &entry.because {
            body["justification"] = because.as_str().into();
        }
        if entry.ticket.is_some() || entry.ticket_system.is_some() {
            body["ticketInfo"] = json!({ "ticketNumber": entry.ticket, "ticketSystem": entry.ticket_system });
        }
        if let Some(schedule) = schedule(entry, self.time) {
            body["scheduleInfo"] = schedule;
        }
        match subject {
            Subject::Role { role, scope } => {
                body["action"] = word.into();
                body["roleDefinitionId"] = role.as_str().into();
                body["directoryScopeId"] = scope.as_str().into();
                body["isValidationOnly"] = entry.dry_run.into();
                (Method::POST, subject.requests(side), body)
            }
            Subject::Group { group, access } => {
                body["action"] = word.into();
                body["groupId"] = group.as_str().into();
                body["accessId"] = word_of(*access).into();
                body["isValidationOnly"] = entry.dry_run.into();
                (Method::POST, subject.requests(side), body)
            }
            Subject::Azure { role, .. } => {
                let name = self.azure_request_name();
                let mut letters = word.chars();
                let first: String = letters.next().map(|it| it.to_ascii_uppercase()).into_iter().collect();
                body["requestType"] = (first + letters.as_str()).into();
                body["roleDefinitionId"] = role.as_str().into();
                let collection = subject.requests(side);
                let path = if entry.dry_run {
                    format!("{collection}/{name}/validate?api-version={AZURE_VERSION}")
                } else {
                    format!("{collection}/{name}?api-version={AZURE_VERSION}")
                };
                let method = if entry.dry_run { Method::POST } else { Method::PUT };
                (method, path, json!({ "properties": body }))
            }
        }
    }

    /// A name for a request to Azure. At a target it is one that no run before has taken.
    fn azure_request_name(&mut self) -> Uuid {
        match self.time {
            Time::Told => {
                self.azure_requests += 1;
                Uuid::from_u64_pair(AZURE_REQUESTS, 0x8000_0000_0000_0000 | self.azure_requests)
            }
            Time::Real { .. } => random_uuid(),
        }
    }

    /// Taking a request back.
    pub(super) async fn cancel(&mut self, step: &StepEntry, who: &Caller, name: &str) -> Result<(), Trouble> {
        let made = self.names.request(name).map_err(Mistake::whole)?.clone();
        let version = if made.subject.is_azure() { format!("?api-version={AZURE_VERSION}") } else { String::new() };
        let path = format!("{}/cancel{version}", made.path);
        let answer = self.wire.call(who, Method::POST, &path, None).await?;
        expect(&answer, step.refused.as_ref()).map(drop)
    }

    /// A decision on an activation.
    pub(super) async fn decide(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        approve: bool,
        entry: &DecisionEntry,
    ) -> Result<(), Trouble> {
        let made = self.names.request(&entry.request).map_err(Mistake::name("request"))?.clone();
        let Some(approval) = &made.approval else {
            return Err(Mistake::at("request", format!("'{}' waits for nobody's approval", entry.request)).into());
        };
        let mut decision = json!({ "reviewResult": if approve { "Approve" } else { "Deny" } });
        if let Some(because) = &entry.because {
            decision["justification"] = because.as_str().into();
        }
        let (method, body) = if made.subject.is_azure() {
            (Method::PUT, json!({ "properties": decision }))
        } else {
            (Method::PATCH, decision)
        };
        let answer = self.wire.call(who, method, &made.subject.approval(approval), Some(&body)).await?;
        expect(&answer, step.refused.as_ref()).map(drop)
    }

    /// Somebody into a group or out of it, outside PIM.
    pub(super) async fn membership(
        &mut self,
        step: &StepEntry,
        who: &Caller,
        add: bool,
        entry: &MembershipEntry,
    ) -> Result<(), Trouble> {
        let group = self.names.principal(&entry.group).map_err(Mistake::name("group"))?;
        let principal = self.names.principal(&entry.principal).map_err(Mistake::name("principal"))?;
        let relation = match entry.access.unwrap_or(GroupAccess::Member) {
            GroupAccess::Member => "members",
            GroupAccess::Owner => "owners",
        };
        let reference =
            json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{principal}") });
        let answer = if add {
            let path = format!("/v1.0/groups/{group}/{relation}/$ref");
            self.wire.call(who, Method::POST, &path, Some(&reference)).await?
        } else {
            let path = format!("/v1.0/groups/{group}/{relation}/{principal}/$ref");
            self.wire.call(who, Method::DELETE, &path, None).await?
        };
        expect(&answer, step.refused.as_ref()).map(drop)
    }

    /// A call of any route.
    pub(super) async fn any_call(&mut self, step: &StepEntry, who: &Caller, entry: &CallEntry) -> Result<(), Trouble> {
        let path = fill(&entry.path, &self.names).map_err(Mistake::name("path"))?;
        let body = entry.body.as_ref().map(|body| fill_value(body, &self.names)).transpose();
        let body = body.map_err(Mistake::name("body"))?;
        let answer = self.wire.call(who, method(entry.method.as_deref())?, &path, body.as_ref()).await?;
        match entry.http {
            Some(wanted) if wanted == answer.status => {}
            Some(wanted) => return Err(Trouble::failed(format!("{wanted}"), answer.said())),
            None if expect(&answer, step.refused.as_ref())? => return Ok(()),
            None => {}
        }
        if let Some(count) = entry.count {
            let there = answer.body["value"].as_array().map_or(0, Vec::len);
            if there != count {
                return Err(Trouble::failed(format!("a list of {count}"), format!("one of {there}: {}", answer.body)));
            }
        }
        if let Some(wanted) = &entry.answers {
            let wanted = fill_value(wanted, &self.names).map_err(Mistake::name("answers"))?;
            if let Some(at) = difference(&wanted, &answer.body) {
                return Err(Trouble::failed(format!("an answer with {wanted}"), format!("{at}: {}", answer.body)));
            }
        }
        if let (Some(name), Some(id)) = (&entry.remember, answer.body["id"].as_str()) {
            self.names.add_object(name, id.to_owned());
        }
        Ok(())
    }
}

/// How an access is written on the wire.
pub(super) const fn word_of(access: GroupAccess) -> &'static str {
    match access {
        GroupAccess::Member => "member",
        GroupAccess::Owner => "owner",
    }
}

fn schedule(entry: &RequestEntry, time: Time) -> Option<Value> {
    let expiration = match (entry.duration, entry.end, entry.permanent) {
        (Some(duration), _, _) => json!({ "type": "afterDuration", "duration": duration.to_string() }),
        (None, Some(end), _) => json!({ "type": "afterDateTime", "endDateTime": time.meant(end).to_string() }),
        (None, None, true) => json!({ "type": "noExpiration" }),
        (None, None, false) => {
            return entry.start.map(|start| json!({ "startDateTime": time.meant(start).to_string() }));
        }
    };
    let mut schedule = json!({ "expiration": expiration });
    if let Some(start) = entry.start {
        schedule["startDateTime"] = time.meant(start).to_string().into();
    }
    Some(schedule)
}

/// The request that was made.
fn made(answer: &Answer, subject: &Subject, side: Side, who: &Caller) -> Made {
    let name = answer.body["name"].as_str().or_else(|| answer.body["id"].as_str()).unwrap_or_default();
    Made {
        path: format!("{}/{name}", subject.requests(side)),
        id: name.to_owned(),
        approval: field(&answer.body, "approvalId").map(str::to_owned),
        subject: subject.clone(),
        by: who.clone(),
    }
}

/// A member of an object of Graph, or among the properties of one of Azure.
pub(super) fn field<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body[name].as_str().or_else(|| body["properties"][name].as_str())
}

/// Whether the answer is the refusal that was expected. Any other refusal, and none where one was, is trouble.
pub(super) fn expect(answer: &Answer, refused: Option<&RefusedEntry>) -> Result<bool, Trouble> {
    let Some(refused) = refused else {
        return if answer.is_success() { Ok(false) } else { Err(Trouble::failed("that it works", answer.said())) };
    };
    let status = refused.http.map_or(answer.status >= 400, |wanted| wanted == answer.status);
    let message = refused.message.as_ref().is_none_or(|part| answer.message().contains(part));
    if status && answer.code() == refused.code && message {
        return Ok(true);
    }
    let mut wanted = format!("a refusal with {}", refused.code);
    if let Some(http) = refused.http {
        wanted = format!("{wanted} and {http}");
    }
    if let Some(part) = &refused.message {
        wanted = format!("{wanted} that says '{part}'");
    }
    Err(Trouble::failed(wanted, answer.said()))
}

/// Where a value lacks something of what is wanted: every member of an object, and items in their order.
pub(super) fn difference(wanted: &Value, found: &Value) -> Option<String> {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => wanted.iter().find_map(|(key, value)| match found.get(key) {
            Some(there) => difference(value, there).map(|at| format!("{key}.{at}")),
            None => Some(format!("{key} is missing")),
        }),
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => wanted
            .iter()
            .zip(found)
            .enumerate()
            .find_map(|(place, (value, there))| difference(value, there).map(|at| format!("[{place}].{at}"))),
        (wanted, found) if wanted == found => None,
        (_, found) => Some(format!("is {found}")),
    }
}
