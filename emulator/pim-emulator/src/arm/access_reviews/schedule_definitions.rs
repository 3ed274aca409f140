//! `accessReviewScheduleDefinitions`: access reviews of roles of Azure, and their occurrences.

use super::body::{DecisionBody, DefinitionBody, WrappedBody, WrappedDecision, invalid};
use super::decisions;
use super::finding::{here, instance, instances, is_reviewers, may_look, review, subject};
use super::rows::{BelowRow, DefinitionProperties, InstanceProperties, ReviewerProperties};
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::front_door::types;
use crate::arm::json::{Called, List, Row, bytes};
use crate::arm::pim::prefix;
use crate::arm::reply::Reply;
use crate::arm::router::{Handler, Method, Operation, Place, Resource};
use axum::http::StatusCode;
use pim_core::model::access_review::{AccessReviewDefinition, AccessReviewInstance};
use pim_core::{
    AccessReviewCommand, AccessReviewDefinitionId, AccessReviewInstanceChange, AccessReviewLines, PrincipalId, View,
};
use std::collections::BTreeSet;
use uuid::Uuid;

macro_rules! operations {
    ($($method:ident $path:literal => $handler:expr;)*) => {
        &[$(Operation {
            method: Method::$method,
            path: $path,
            versions: None,
            handler: Handler::Signed($handler),
        }),*]
    };
}

/// What can be done with them.
pub(in crate::arm) static RESOURCE: Resource = Resource {
    kind: &types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS,
    place: Place::AnyScope,
    operations: operations! {
        Get "" => list;
        Get "{id}" => get;
        Put "{id}" => put;
        Delete "{id}" => delete;
        Post "{id}/stop" => stop;
        Get "{id}/instances" => list_instances;
        Get "{id}/instances/{instanceId}" => get_instance;
        Post "{id}/instances/{instanceId}/stop" => |call| change(call, AccessReviewInstanceChange::Stop);
        Post "{id}/instances/{instanceId}/resetDecisions" => |call| {
            change(call, AccessReviewInstanceChange::ResetDecisions)
        };
        Post "{id}/instances/{instanceId}/applyDecisions" => |call| {
            change(call, AccessReviewInstanceChange::ApplyDecisions)
        };
        Post "{id}/instances/{instanceId}/sendReminders" => |call| {
            change(call, AccessReviewInstanceChange::SendReminder)
        };
        Post "{id}/instances/{instanceId}/acceptRecommendations" => |call| {
            change(call, AccessReviewInstanceChange::AcceptRecommendations)
        };
        Post "{id}/instances/{instanceId}/recordAllDecisions" => record_all;
        Get "{id}/instances/{instanceId}/contactedReviewers" => contacted_reviewers;
        Get "{id}/instances/{instanceId}/decisions" => decisions::list;
        Get "{id}/instances/{instanceId}/decisions/{decisionId}" => decisions::get;
        Patch "{id}/instances/{instanceId}/decisions/{decisionId}" => decisions::decide;
    },
};

/// What stands in front of ids: the scope of the path.
fn place<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v str, ArmError> {
    here(call, view).map(prefix)
}

fn written(call: &Call<'_>, view: View<'_>, review: &AccessReviewDefinition) -> Result<Vec<u8>, ArmError> {
    let properties = DefinitionProperties::of(view, review, subject(review).ok_or(ArmError::NotFound)?);
    let name = review.id.to_string();
    let called = Called { prefix: place(call, view)?, kind: &types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS, name: &name };
    Ok(bytes(&Row { called, properties }))
}

/// The id of something below an instance of the path.
pub(super) fn below(
    call: &Call<'_>,
    view: View<'_>,
    instance: &AccessReviewInstance,
    rest: &str,
) -> Result<String, ArmError> {
    let kind = &types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS;
    let prefix = place(call, view)?;
    Ok(format!("{prefix}/providers/{kind}/{}/instances/{}{rest}", instance.definition, instance.id))
}

/// Those about the scope and what is below it. Without a scope, those that the caller is asked in.
fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    let only_asked = match call.query.get("$filter") {
        None => is_reviewers(call),
        Some(text) if text.trim().eq_ignore_ascii_case("assignedToMeToReview()") => true,
        Some(text) => return Err(ArmError::InvalidFilter(format!("'{text}' is not assignedToMeToReview()"))),
    };
    call.read(|view| {
        let here = here(call, view)?;
        if !only_asked {
            may_look(call, view, here.id)?;
        }
        let asked: BTreeSet<_> =
            view.access_review_instances_of_reviewer(call.caller_id()).into_iter().map(|it| it.definition).collect();
        let shown = |review: &AccessReviewDefinition| !only_asked || asked.contains(&review.id);
        let all = view.access_reviews().into_iter().filter(|review| shown(review));
        let found = all.filter_map(|review| Some((review, subject(review)?)));
        let at_scope = found.filter(|(_, (_, at))| view.azure_covers(here.id, *at));
        let rows = at_scope.map(|(review, of)| BelowRow {
            id: format!("{}/providers/{}/{}", prefix(here), types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS, review.id),
            name: review.id.to_string(),
            kind: types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS.to_string(),
            properties: DefinitionProperties::of(view, review, of),
        });
        Ok(Reply::Ok(bytes(&List::of(rows.collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| written(call, view, review(call, view)?).map(Reply::Ok))
}

/// Makes a review of that id, or puts another in its place.
fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let id = call.id(0).map(AccessReviewDefinitionId);
    let id = id.ok_or_else(|| invalid(format!("the name of an access review is a GUID, not '{}'", call.key(0))))?;
    let body = definition_body(call)?;
    let command = call.read(|view| {
        let here = here(call, view)?;
        let properties = Box::new(body.read(view, here)?);
        Ok(match view.access_review(id) {
            Some(_) => AccessReviewCommand::Replace { review: review(call, view)?.id, properties },
            None => AccessReviewCommand::Create { id: Some(id), properties },
        })
    })?;
    let done = call.tenant.handle(call.caller(), &command.into(), |view, _| {
        written(call, view, view.access_review(id).ok_or(ArmError::NotFound)?).map(Reply::Ok)
    });
    done.map_err(ArmError::Pim)?
}

fn definition_body(call: &Call<'_>) -> Result<DefinitionBody, ArmError> {
    match call.body::<WrappedBody>()?.properties {
        Some(properties) => Ok(properties),
        None => call.body(),
    }
}

/// What is not there is gone already.
fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let found = call.read(|view| {
        let here = here(call, view)?;
        match review(call, view) {
            Ok(review) => Ok(Some(review.id)),
            Err(ArmError::NotFound) => may_look(call, view, here.id).map(|()| None),
            Err(error) => Err(error),
        }
    })?;
    let Some(review) = found else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    let command = AccessReviewCommand::Delete(review);
    call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::Empty(StatusCode::OK)).map_err(ArmError::Pim)
}

fn stop(call: &Call<'_>) -> Result<Reply, ArmError> {
    let review = call.read(|view| review(call, view).map(|review| review.id))?;
    let command = AccessReviewCommand::Stop(review);
    let done = call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::Empty(StatusCode::NO_CONTENT));
    done.map_err(ArmError::Pim)
}

fn instance_row<'v>(
    call: &Call<'_>,
    view: View<'v>,
    instance: &'v AccessReviewInstance,
) -> Result<BelowRow<InstanceProperties<'v>>, ArmError> {
    Ok(BelowRow {
        id: below(call, view, instance, "")?,
        name: instance.id.to_string(),
        kind: format!("{}/instances", types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS),
        properties: InstanceProperties::of(view, instance),
    })
}

fn list_instances(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let rows = instances(call, view)?.into_iter().map(|instance| instance_row(call, view, instance));
        Ok(Reply::Ok(bytes(&List::of(rows.collect::<Result<_, _>>()?))))
    })
}

fn get_instance(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| Ok(Reply::Ok(bytes(&instance_row(call, view, instance(call, view)?)?))))
}

fn change(call: &Call<'_>, change: AccessReviewInstanceChange) -> Result<Reply, ArmError> {
    let instance = call.read(|view| instance(call, view).map(|instance| instance.id))?;
    let command = AccessReviewCommand::Change { instance, change };
    let done = call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::Empty(StatusCode::NO_CONTENT));
    done.map_err(ArmError::Pim)
}

/// Decides on all lines of the caller, or on those about one principal.
fn record_all(call: &Call<'_>) -> Result<Reply, ArmError> {
    let body = decision_body(call)?;
    let principal = body.principal_id.as_deref().map(|text| {
        Uuid::try_parse(text).map(PrincipalId).map_err(|_| invalid(format!("principalId: '{text}' is no id")))
    });
    let lines = AccessReviewLines::About { principal: principal.transpose()?, resource: None };
    let decision = body.result()?;
    change(call, AccessReviewInstanceChange::RecordDecisions { lines, decision, justification: body.justification })
}

pub(super) fn decision_body(call: &Call<'_>) -> Result<DecisionBody, ArmError> {
    match call.body::<WrappedDecision>()?.properties {
        Some(properties) => Ok(properties),
        None => call.body(),
    }
}

fn contacted_reviewers(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let instance = instance(call, view)?;
        let rows = view.access_review_contacted_reviewers(instance).into_iter().map(|id| {
            Ok(BelowRow {
                id: below(call, view, instance, &format!("/contactedReviewers/{id}"))?,
                name: id.to_string(),
                kind: format!("{}/instances/contactedReviewers", types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS),
                properties: ReviewerProperties::of(view, instance, id),
            })
        });
        Ok(Reply::Ok(bytes(&List::of(rows.collect::<Result<_, ArmError>>()?))))
    })
}
