//! Checks: whether something is so, as somebody sees it.

use super::act::{field, word_of};
use super::error::Mistake;
use super::file::{AuditCheck, CheckEntry, HeldCheck, MailCheck, MembershipEntry, RequestCheck, StepEntry};
use super::run::{Run, Trouble};
use super::subject::{AZURE_VERSION, Subject};
use super::time::Time;
use super::verb::{Row, Side};
use super::wire::Caller;
use axum::http::Method;
use pim_core::model::GroupAccess;
use pim_core::time::Instant;
use serde_json::Value;

/// What is said where nobody is there to look.
pub(super) const NOBODY_LOOKS: &str = "somebody has to look: say 'as' here, or 'observer' at the top of the file";

impl Run {
    /// Looks at everything that a check speaks of: as whoever the step names, else as whoever it is about, else as the observer.
    pub(super) async fn check(&mut self, actor: Option<&Caller>, entry: &CheckEntry) -> Result<(), Trouble> {
        for (key, place, row) in entry.rows() {
            self.look(actor, &row).await.map_err(|trouble| trouble.below(place).below(key))?;
        }
        Ok(())
    }

    async fn look(&mut self, actor: Option<&Caller>, row: &Row<'_>) -> Result<(), Trouble> {
        match row {
            Row::Held { side, wanted, entry } => self.held(actor, *side, *wanted, entry).await,
            Row::Member { wanted, entry } => self.member(&self.onlooker(actor)?, *wanted, entry).await,
            Row::Request(entry) => self.request_is(actor, entry).await,
            Row::Audit(entry) => self.audit(&self.onlooker(actor)?, entry).await,
            Row::Mail(entry) => self.mails(entry).await,
            Row::Alert(entry) => self.look_at_alert(&self.onlooker(actor)?, entry).await,
            Row::Policy(entry) => self.look_at_policy(&self.onlooker(actor)?, entry).await,
            Row::Review(entry) => self.review_is(&self.onlooker(actor)?, entry).await,
        }
    }

    /// Whoever looks: whom the step names, else the observer.
    fn onlooker(&self, actor: Option<&Caller>) -> Result<Caller, Mistake> {
        let observer = || self.observer.as_deref().map(|name| self.caller(name, &StepEntry::default()));
        let who = actor.cloned().map(Ok).or_else(observer);
        who.unwrap_or_else(|| Err(Mistake::whole(NOBODY_LOOKS)))
    }

    /// Whether somebody holds something. People look at what is theirs themselves.
    async fn held(
        &mut self,
        actor: Option<&Caller>,
        side: Side,
        wanted: bool,
        entry: &HeldCheck,
    ) -> Result<(), Trouble> {
        let subject = Subject::of(entry.about(), &self.names)?;
        let principal = self.names.principal(&entry.principal).map_err(Mistake::name("principal"))?;
        let is_user = self.names.user_principal_name(&entry.principal).is_some();
        let who = match actor {
            None if is_user => Caller::signed_in(&entry.principal),
            Some(_) | None => self.onlooker(actor)?,
        };
        let path = instances(&subject, side, &principal, who.name == entry.principal);
        let answer = self.wire.call(&who, Method::GET, &path, None).await?;
        let Some(rows) = answer.body["value"].as_array().filter(|_| answer.is_success()) else {
            return Err(Trouble::failed("a list of what is held", answer.said()));
        };
        let found = rows.iter().filter(|row| is_about(row, &subject, &principal)).collect::<Vec<_>>();
        let side_word = if side == Side::Active { "active" } else { "eligible" };
        match (found.first(), wanted) {
            (None, false) => Ok(()),
            (None, true) => {
                Err(Trouble::failed(format!("{} is {side_word}", entry.principal), "there is no such instance"))
            }
            (Some(row), false) => {
                Err(Trouble::failed(format!("{} is not {side_word}", entry.principal), row.to_string()))
            }
            (Some(_), true) if found.iter().any(|row| is_as_said(row, entry, self.time)) => Ok(()),
            (Some(row), true) => Err(Trouble::failed(said(entry), row.to_string())),
        }
    }

    /// Whether somebody is in a group.
    async fn member(&mut self, who: &Caller, wanted: bool, entry: &MembershipEntry) -> Result<(), Trouble> {
        let group = self.names.principal(&entry.group).map_err(Mistake::name("group"))?;
        let principal = self.names.principal(&entry.principal).map_err(Mistake::name("principal"))?;
        let relation = match entry.access.unwrap_or(GroupAccess::Member) {
            GroupAccess::Member => "members",
            GroupAccess::Owner => "owners",
        };
        let path = format!("/v1.0/groups/{group}/{relation}?$select=id&$top=999");
        let answer = self.wire.call(who, Method::GET, &path, None).await?;
        let Some(rows) = answer.body["value"].as_array().filter(|_| answer.is_success()) else {
            return Err(Trouble::failed("a list of members", answer.said()));
        };
        let is_there = rows.iter().any(|row| row["id"] == principal.as_str());
        let word = if wanted { "among" } else { "not among" };
        if is_there == wanted {
            return Ok(());
        }
        Err(Trouble::failed(
            format!("{} is {word} the {relation} of {}", entry.principal, entry.group),
            "it is the other way round",
        ))
    }

    /// What has become of a request. Whoever made it looks where nobody else does.
    async fn request_is(&mut self, who: Option<&Caller>, entry: &RequestCheck) -> Result<(), Trouble> {
        let made = self.names.request(&entry.request).map_err(Mistake::name("request"))?;
        let version = if made.subject.is_azure() { format!("?api-version={AZURE_VERSION}") } else { String::new() };
        let path = format!("{}{version}", made.path);
        let who = who.unwrap_or(&made.by).clone();
        let answer = self.wire.call(&who, Method::GET, &path, None).await?;
        let status = match answer.status {
            404 => "gone",
            _ if answer.is_success() => field(&answer.body, "status").unwrap_or_default(),
            _ => return Err(Trouble::failed(format!("a request that is {}", entry.status), answer.said())),
        };
        if status == entry.status {
            return Ok(());
        }
        Err(Trouble::failed(format!("the request '{}' is {}", entry.request, entry.status), format!("it is {status}")))
    }

    /// What the audit log tells.
    async fn audit(&mut self, who: &Caller, entry: &AuditCheck) -> Result<(), Trouble> {
        let by = entry.by.as_ref().map(|name| self.names.principal(name)).transpose().map_err(Mistake::name("by"))?;
        let about = entry.about.as_ref().map(|name| self.names.anything(name)).transpose();
        let about = about.map_err(Mistake::name("about"))?;
        let activity = entry.activity.replace('\'', "''");
        let path = format!("/v1.0/auditLogs/directoryAudits?$filter=activityDisplayName eq '{activity}'");
        let answer = self.wire.call(who, Method::GET, &path, None).await?;
        let Some(rows) = answer.body["value"].as_array().filter(|_| answer.is_success()) else {
            return Err(Trouble::failed("records of the audit log", answer.said()));
        };
        let found = rows.iter().filter(|row| {
            let initiator = &row["initiatedBy"];
            let by_whom = [&initiator["user"]["id"], &initiator["app"]["servicePrincipalId"]];
            let targets = row["targetResources"].as_array().map(Vec::as_slice).unwrap_or_default();
            entry.result.as_ref().is_none_or(|result| row["result"] == result.as_str())
                && by.as_ref().is_none_or(|by| by_whom.iter().any(|id| **id == by.as_str()))
                && about.as_ref().is_none_or(|about| targets.iter().any(|target| target["id"] == about.as_str()))
        });
        counted(found.count(), entry.count, "record", &format!("'{}'", entry.activity))
    }

    /// Who was mailed what.
    async fn mails(&mut self, entry: &MailCheck) -> Result<(), Trouble> {
        let to = self.names.address(&entry.to).map_err(Mistake::name("to"))?;
        let answer = self.wire.control(Method::GET, &format!("/mail?to={to}"), None).await?;
        let mails = answer.body["value"].as_array().map(Vec::as_slice).unwrap_or_default();
        let found = mails.iter().filter(|mail| {
            let subject = mail["subject"].as_str().unwrap_or_default();
            entry.subject.as_ref().is_none_or(|part| subject.contains(part))
        });
        let what = entry.subject.as_ref().map_or_else(String::new, |part| format!(" about '{part}'"));
        counted(found.count(), entry.count, "mail", &format!("to {}{what}", entry.to))
    }
}

fn counted(there: usize, wanted: Option<usize>, what: &str, of: &str) -> Result<(), Trouble> {
    match wanted {
        Some(wanted) if wanted == there => Ok(()),
        Some(wanted) => Err(Trouble::failed(format!("{wanted} times a {what} {of}"), format!("there are {there}"))),
        None if there > 0 => Ok(()),
        None => Err(Trouble::failed(format!("a {what} {of}"), "there is none")),
    }
}

/// The list that may have it.
fn instances(subject: &Subject, side: Side, principal: &str, by_themselves: bool) -> String {
    let collection = subject.instances(side);
    match subject {
        Subject::Role { .. } | Subject::Group { .. } if by_themselves => {
            format!("{collection}/filterByCurrentUser(on='principal')")
        }
        Subject::Role { role, .. } => {
            format!("{collection}?$filter=principalId eq '{principal}' and roleDefinitionId eq '{role}'")
        }
        Subject::Group { group, .. } => {
            format!("{collection}?$filter=groupId eq '{group}' and principalId eq '{principal}'")
        }
        Subject::Azure { .. } if by_themselves => {
            format!("{collection}?api-version={AZURE_VERSION}&$filter=asTarget()")
        }
        Subject::Azure { .. } => {
            format!("{collection}?api-version={AZURE_VERSION}&$filter=principalId eq '{principal}'")
        }
    }
}

fn is_about(row: &Value, subject: &Subject, principal: &str) -> bool {
    let is = |name: &str, wanted: &str| field(row, name).is_some_and(|it| it.eq_ignore_ascii_case(wanted));
    is("principalId", principal)
        && match subject {
            Subject::Role { role, scope } => is("roleDefinitionId", role) && is("directoryScopeId", scope),
            Subject::Group { group, access } => is("groupId", group) && is("accessId", word_of(*access)),
            Subject::Azure { role, scope } => {
                let name = role.rsplit('/').next().unwrap_or(role);
                is("scope", scope)
                    && field(row, "roleDefinitionId").is_some_and(|it| it.rsplit('/').next() == Some(name))
            }
        }
}

fn is_as_said(row: &Value, entry: &HeldCheck, time: Time) -> bool {
    let end = field(row, "endDateTime").and_then(Instant::parse);
    let kind = field(row, "assignmentType").unwrap_or_default();
    entry.end.is_none_or(|wanted| time.is_meant(wanted, end))
        && entry.permanent.is_none_or(|wanted| wanted == end.is_none())
        && entry.kind.as_ref().is_none_or(|wanted| kind.eq_ignore_ascii_case(wanted))
}

fn said(entry: &HeldCheck) -> String {
    let end = entry.end.map(|end| format!("until {end}"));
    let permanent = entry.permanent.map(|it| if it { "for good".to_owned() } else { "for a while".to_owned() });
    let parts: Vec<_> = [end, permanent, entry.kind.clone()].into_iter().flatten().collect();
    format!("{} holds it {}", entry.principal, parts.join(", "))
}
