//! An event as this API writes it.

mod access_reviews;
mod alerts;
mod directory;

use crate::app::Tenant;
use pim_core::model::{
    Addressees, AssignmentKind, CreatedBy, PolicySubject, Privilege, Recipient, RefusedRequest, RuleId, Schedule,
    ScheduleKind, ScheduleRequest, Window,
};
use pim_core::{AzureEvent, AzureScopeId, Event, Recorded};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Something that happened. What it is about stands beside these as further properties; which there are depends on the type.
#[derive(Debug, ToSchema)]
pub(super) struct EventAnswer {
    /// Its number.
    sequence: u64,
    /// When it happened, in the tenant's time.
    #[schema(format = DateTime)]
    at: String,
    /// What sort of event it is, such as `scheduleEnded`.
    #[schema(rename = "type")]
    kind: &'static str,
    /// Who brought it about: `kind` is `user`, `application`, `setUp` or `service`.
    #[schema(value_type = Object)]
    by: Value,
    #[schema(ignore)]
    about: Value,
}

impl Serialize for EventAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("sequence", &self.sequence)?;
        map.serialize_entry("at", &self.at)?;
        map.serialize_entry("type", self.kind)?;
        map.serialize_entry("by", &self.by)?;
        for (name, value) in self.about.as_object().into_iter().flatten() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// Where the paths of places of Azure come from, which events know by ids that nobody else has.
#[derive(Clone, Copy, Debug)]
struct Places<'a>(&'a Tenant);

impl Places<'_> {
    /// The path of a place, also of one that is gone.
    fn path(self, id: AzureScopeId) -> Option<String> {
        let now = self.0.read(|view| view.azure_scope(id).map(|it| it.path.clone()));
        now.or_else(|| self.0.log().azure_scope(id).map(|it| it.path))
    }
}

/// The event of a tenant with its number.
pub(super) fn answer(tenant: &Tenant, number: u64, recorded: &Recorded) -> EventAnswer {
    EventAnswer {
        sequence: number,
        at: recorded.at.to_string(),
        kind: recorded.event.name(),
        by: initiator(recorded.by),
        about: about(Places(tenant), &recorded.event),
    }
}

/// What an event is about.
fn about(places: Places<'_>, event: &Event) -> Value {
    match event {
        Event::RequestCreated(it) => request(places, it),
        Event::RequestStatusChanged { request, status, cause } => {
            json!({"requestId": request, "status": status.name(), "cause": cause.name()})
        }
        Event::RequestPurged(request) => json!({"requestId": request}),
        Event::ScheduleCreated(it) => schedule(places, it),
        Event::ScheduleChanged { schedule, window } | Event::ScheduleStarted { schedule, window } => {
            json!({"scheduleId": schedule, "startDateTime": start(*window), "endDateTime": end(*window)})
        }
        Event::ScheduleIdChanged { schedule, id } => json!({"scheduleId": schedule, "newScheduleId": id}),
        Event::ScheduleForgotten(schedule) => json!({"scheduleId": schedule}),
        Event::RequestRefused(it) => refused(places, it),
        Event::EndHeldBack { schedule, again, principal, privilege, kind, .. } => about_privilege(
            places,
            *privilege,
            json!({
                "scheduleId": schedule,
                "again": again.to_string(),
                "side": side(kind.side()),
                "principalId": principal,
            }),
        ),
        Event::ScheduleEnded { schedule, cause, principal, privilege, kind, .. } => about_privilege(
            places,
            *privilege,
            json!({
                "scheduleId": schedule,
                "cause": cause,
                "side": side(kind.side()),
                "principalId": principal,
            }),
        ),
        Event::ScheduleDetailsSet { schedule, details } => json!({
            "scheduleId": schedule,
            "condition": details.condition,
            "description": details.description,
        }),
        Event::EndNears { schedule, days } => json!({"scheduleId": schedule, "days": days}),
        Event::RequestGranted { request, status, start, schedule } => json!({
            "requestId": request,
            "status": status.name(),
            "startDateTime": start.to_string(),
            "scheduleId": schedule,
        }),
        Event::ApprovalOpened(it) => json!({
            "requestId": it.request,
            "approverIds": it.approvers.iter().map(|approver| approver.id).collect::<Vec<_>>(),
            "expires": it.expires.to_string(),
        }),
        Event::ApprovalReviewed { request, review } => json!({
            "requestId": request,
            "reviewResult": review.result.name(),
            "reviewedBy": review.by,
            "justification": review.justification,
        }),
        Event::ApproversTold(request) => json!({"requestId": request}),
        Event::Alert(event) => alerts::about(places, event),
        Event::SignedIn(it) => json!({
            "principalId": it.principal,
            "clientId": it.client,
            "kind": it.kind,
            "signInDateTime": it.at.to_string(),
            "errorCode": it.failure.as_ref().map_or(0, |failure| failure.code),
        }),
        Event::MailSent(it) => json!({
            "notice": it.notice.name(),
            "to": it.to.iter().map(addressees).collect::<Vec<_>>(),
            "principalId": it.principal,
            "requestId": it.request,
        }),
        Event::TenantCreated(_)
        | Event::BehaviourChanged(_)
        | Event::LicenseChanged(_)
        | Event::PolicyChanged { .. }
        | Event::ConditionalAccessPolicySet(_)
        | Event::ConditionalAccessPolicyDeleted(_)
        | Event::AuthenticationContextSet(_)
        | Event::AuthenticationContextDeleted(_)
        | Event::WeekEnded { .. }
        | Event::GroupOnboarded(_)
        | Event::Directory(_)
        | Event::Azure(_)
        | Event::AccessReview(_)
        | Event::RoleDefinitionCreated(_)
        | Event::RoleDefinitionUpdated(_)
        | Event::RoleDefinitionDeleted(_) => of_the_directory(places, event),
    }
}

/// What an event of the directory is about. Passwords and secrets are left out.
fn of_the_directory(places: Places<'_>, event: &Event) -> Value {
    match event {
        Event::TenantCreated(it) => {
            json!({"id": it.id, "domain": it.domain, "displayName": it.display_name, "license": it.license})
        }
        Event::BehaviourChanged(it) => json!({"behaviour": it}),
        Event::LicenseChanged(license) => json!({"license": license}),
        Event::PolicyChanged { subject, rules, .. } => {
            let mut about = json!({"rules": rules.iter().map(|rule| rule.name()).collect::<Vec<_>>()});
            match subject {
                PolicySubject::DirectoryRole(role) => about["roleDefinitionId"] = json!(role),
                PolicySubject::Group(group, access) => {
                    about["groupId"] = json!(group);
                    about["accessId"] = json!(access.name());
                }
                PolicySubject::AzureRole(role, scope) => {
                    about["azureRoleDefinitionId"] = json!(role);
                    about["azureScope"] = json!(places.path(*scope));
                }
            }
            about
        }
        Event::GroupOnboarded(group) => json!({"groupId": group}),
        Event::Azure(event) => of_azure(places, event),
        Event::AccessReview(event) => access_reviews::about(places, event),
        Event::ConditionalAccessPolicySet(it) => {
            json!({"id": it.id, "displayName": it.display_name, "state": it.state})
        }
        Event::ConditionalAccessPolicyDeleted(id) => json!({"id": id}),
        Event::AuthenticationContextSet(it) => {
            json!({"id": it.id.to_string(), "displayName": it.display_name, "isAvailable": it.is_available})
        }
        Event::AuthenticationContextDeleted(id) => json!({"id": id.to_string()}),
        Event::WeekEnded { next } => json!({"next": next.to_string()}),
        Event::Directory(event) => directory::about(event),
        Event::RoleDefinitionCreated(it) | Event::RoleDefinitionUpdated(it) => {
            json!({"id": it.id, "displayName": it.display_name, "isEnabled": it.is_enabled})
        }
        Event::RoleDefinitionDeleted(id) => json!({"id": id}),
        Event::RequestCreated(_)
        | Event::RequestRefused(_)
        | Event::RequestStatusChanged { .. }
        | Event::RequestPurged(_)
        | Event::ScheduleCreated(_)
        | Event::ScheduleChanged { .. }
        | Event::ScheduleIdChanged { .. }
        | Event::ScheduleStarted { .. }
        | Event::EndHeldBack { .. }
        | Event::ScheduleEnded { .. }
        | Event::EndNears { .. }
        | Event::RequestGranted { .. }
        | Event::ApprovalOpened(_)
        | Event::ApprovalReviewed { .. }
        | Event::ApproversTold(_)
        | Event::SignedIn(_)
        | Event::MailSent(_)
        | Event::Alert(_)
        | Event::ScheduleForgotten(_)
        | Event::ScheduleDetailsSet { .. } => Value::Null,
    }
}

fn request(places: Places<'_>, it: &ScheduleRequest) -> Value {
    about_privilege(
        places,
        it.privilege,
        json!({
            "requestId": it.id,
            "side": side(it.side),
            "action": it.action.name(),
            "status": it.status.name(),
            "principalId": it.principal,
            "targetScheduleId": it.target_schedule,
            "justification": it.justification,
            "createdBy": initiator(it.created_by),
        }),
    )
}

fn refused(places: Places<'_>, it: &RefusedRequest) -> Value {
    about_privilege(
        places,
        it.privilege,
        json!({
            "side": side(it.side),
            "action": it.action.name(),
            "principalId": it.principal,
            "justification": it.justification,
            "refusal": it.refusal,
        }),
    )
}

/// One class of people: a mail of its own.
fn addressees(it: &Addressees) -> Value {
    json!({
        "class": it.class,
        "rule": it.rule.map(RuleId::name),
        "people": it.people.iter().map(recipient).collect::<Vec<_>>(),
    })
}

/// A user by id, anybody else by address.
fn recipient(it: &Recipient) -> String {
    match it {
        Recipient::User(id) => id.to_string(),
        Recipient::Address(address) => address.clone(),
    }
}

/// Who brought something about.
fn initiator(by: CreatedBy) -> Value {
    let (kind, id) = match by {
        CreatedBy::User(id) => ("user", Some(id)),
        CreatedBy::Application(id) => ("application", Some(id)),
        CreatedBy::SetUp => ("setUp", None),
        CreatedBy::Service => ("service", None),
    };
    json!({"kind": kind, "id": id})
}

fn schedule(places: Places<'_>, it: &Schedule) -> Value {
    about_privilege(
        places,
        it.privilege,
        json!({
            "scheduleId": it.id,
            "side": side(it.kind.side()),
            "assignmentType": match it.kind {
                ScheduleKind::Eligibility => Value::Null,
                ScheduleKind::Assigned | ScheduleKind::AssignedOutside => "Assigned".into(),
                ScheduleKind::Activated => "Activated".into(),
            },
            "principalId": it.principal,
            "startDateTime": start(it.window),
            "endDateTime": end(it.window),
            "activatedUsing": it.activated_using,
        }),
    )
}

/// What an event of Azure is about.
fn of_azure(places: Places<'_>, event: &AzureEvent) -> Value {
    match event {
        AzureEvent::ScopeSet(it) => {
            json!({"azureScope": it.path, "displayName": it.display_name, "tags": it.tags, "locks": it.locks})
        }
        AzureEvent::ScopeDeleted(id) => json!({"azureScope": places.path(*id)}),
        AzureEvent::RoleDefinitionSet(it) => json!({"id": it.id, "displayName": it.role_name}),
        AzureEvent::RoleDefinitionDeleted(id) => json!({"id": id}),
    }
}

/// The same with what a privilege is: a role at a scope, or a relation to a group.
fn about_privilege(places: Places<'_>, privilege: Privilege, mut about: Value) -> Value {
    match privilege {
        Privilege::DirectoryRole { role, scope } => {
            about["roleDefinitionId"] = json!(role);
            about["directoryScopeId"] = json!(scope.to_string());
        }
        Privilege::Group { group, access } => {
            about["groupId"] = json!(group);
            about["accessId"] = json!(access.name());
        }
        Privilege::AzureRole { role, scope } => {
            about["azureRoleDefinitionId"] = json!(role);
            about["azureScope"] = json!(places.path(scope));
        }
    }
    about
}

const fn side(side: AssignmentKind) -> &'static str {
    match side {
        AssignmentKind::Eligibility => "eligible",
        AssignmentKind::Assignment => "active",
    }
}

fn start(window: Window) -> String {
    window.start.to_string()
}

fn end(window: Window) -> Option<String> {
    window.end.map(|end| end.to_string())
}
