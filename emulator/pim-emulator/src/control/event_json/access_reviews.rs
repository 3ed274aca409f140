//! What an event of access reviews is about.

use super::{Places, initiator};
use pim_core::model::access_review::{
    AccessReviewDefinition, AccessReviewResource, AccessReviewSubject, AccessReviewTarget,
};
use pim_core::{AccessReviewEvent, DecidedLine};
use serde_json::{Value, json};

pub(super) fn about(places: Places<'_>, event: &AccessReviewEvent) -> Value {
    match event {
        AccessReviewEvent::Created(it) | AccessReviewEvent::Updated(it) => definition(places, it),
        AccessReviewEvent::Deleted { review, display_name } => {
            json!({"accessReviewId": review, "displayName": display_name})
        }
        AccessReviewEvent::CameRound { review, occurrences, next } => {
            json!({"accessReviewId": review, "occurrences": occurrences, "next": next})
        }
        AccessReviewEvent::HistoryCreated(it) => {
            json!({"historyId": it.id, "displayName": it.display_name, "createdBy": initiator(it.created_by)})
        }
        AccessReviewEvent::HistoryStatusChanged { history, status, .. } => {
            json!({"historyId": history, "status": status.name()})
        }
        AccessReviewEvent::HistoryDeleted(id) => json!({"historyId": id}),
        AccessReviewEvent::DefaultsSet { scope, settings } => {
            json!({"azureScope": places.path(*scope), "settings": settings})
        }
        AccessReviewEvent::LineApplied { instance, display_name, resource, line, result } => {
            let mut about = json!({"instanceId": instance, "displayName": display_name});
            resource_of(places, *resource, &mut about);
            about["line"] = decided(line);
            about["applyResult"] = json!(result.name());
            about
        }
        AccessReviewEvent::InstanceCreated(_)
        | AccessReviewEvent::PeopleFound { .. }
        | AccessReviewEvent::StatusChanged { .. }
        | AccessReviewEvent::Stopped { .. }
        | AccessReviewEvent::ReviewersSet { .. }
        | AccessReviewEvent::Reminded { .. }
        | AccessReviewEvent::StageBegan { .. }
        | AccessReviewEvent::Decided { .. }
        | AccessReviewEvent::AutoReviewed { .. }
        | AccessReviewEvent::Reset { .. }
        | AccessReviewEvent::ApplyBegan { .. } => of_instance(places, event),
    }
}

fn of_instance(places: Places<'_>, event: &AccessReviewEvent) -> Value {
    let with = |subject: &AccessReviewSubject, more: Value| {
        let mut about = self::subject(places, subject);
        for (name, value) in more.as_object().into_iter().flatten() {
            about[name] = value.clone();
        }
        about
    };
    match event {
        AccessReviewEvent::InstanceCreated(it) => {
            with(&it.subject(), json!({"startDateTime": it.start.to_string(), "endDateTime": it.end.to_string()}))
        }
        AccessReviewEvent::PeopleFound { subject, decisions, .. } => {
            with(subject, json!({"decisions": decisions.len()}))
        }
        AccessReviewEvent::StatusChanged { subject, status, .. } => with(subject, json!({"status": status.name()})),
        AccessReviewEvent::Stopped { subject, is_auto_applied, .. } => {
            with(subject, json!({"isAutoApplied": is_auto_applied}))
        }
        AccessReviewEvent::ReviewersSet { subject, .. } | AccessReviewEvent::Reminded { subject, .. } => {
            with(subject, json!({}))
        }
        AccessReviewEvent::StageBegan { subject, stage, .. } => {
            with(subject, json!({"stageId": stage.id, "endDateTime": stage.end.to_string()}))
        }
        AccessReviewEvent::Decided { subject, lines, justification } => {
            with(subject, json!({"lines": all(lines), "justification": justification}))
        }
        AccessReviewEvent::AutoReviewed { subject, lines } | AccessReviewEvent::Reset { subject, lines } => {
            with(subject, json!({"lines": all(lines)}))
        }
        AccessReviewEvent::ApplyBegan { subject, is_automatic, .. } => {
            with(subject, json!({"isAutomatic": is_automatic}))
        }
        AccessReviewEvent::Created(_)
        | AccessReviewEvent::Updated(_)
        | AccessReviewEvent::Deleted { .. }
        | AccessReviewEvent::CameRound { .. }
        | AccessReviewEvent::LineApplied { .. }
        | AccessReviewEvent::DefaultsSet { .. }
        | AccessReviewEvent::HistoryCreated(_)
        | AccessReviewEvent::HistoryStatusChanged { .. }
        | AccessReviewEvent::HistoryDeleted(_) => Value::Null,
    }
}

fn definition(places: Places<'_>, it: &AccessReviewDefinition) -> Value {
    let mut about = json!({
        "accessReviewId": it.id,
        "displayName": it.properties.display_name,
        "createdBy": initiator(it.created_by),
        "next": it.next,
    });
    match it.properties.scope.target {
        AccessReviewTarget::One(resource) => resource_of(places, resource, &mut about),
        AccessReviewTarget::GroupsWithGuests => about["reviews"] = json!("groupsWithGuests"),
    }
    about
}

fn subject(places: Places<'_>, it: &AccessReviewSubject) -> Value {
    let mut about = json!({"accessReviewId": it.definition, "instanceId": it.instance, "displayName": it.display_name});
    resource_of(places, it.resource, &mut about);
    about
}

/// Adds what is reviewed.
fn resource_of(places: Places<'_>, resource: AccessReviewResource, about: &mut Value) {
    match resource {
        AccessReviewResource::DirectoryRole(role) => about["roleDefinitionId"] = json!(role),
        AccessReviewResource::Group(group) => about["groupId"] = json!(group),
        AccessReviewResource::AzureRole { role, scope } => {
            about["azureRoleDefinitionId"] = json!(role);
            about["azureScope"] = json!(places.path(scope));
        }
    }
}

fn all(lines: &[DecidedLine]) -> Vec<Value> {
    lines.iter().map(decided).collect()
}

fn decided(line: &DecidedLine) -> Value {
    json!({"decisionId": line.id, "principalId": line.principal, "decision": line.decision.name()})
}
