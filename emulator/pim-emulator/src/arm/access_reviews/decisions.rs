//! The lines of an occurrence: at a scope all of them, for a reviewer those that one is asked about.

use super::finding::{instance, is_reviewers};
use super::rows::{BelowRow, DecisionProperties};
use super::schedule_definitions::{below, decision_body};
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::front_door::types;
use crate::arm::json::{List, bytes};
use crate::arm::reply::Reply;
use pim_core::model::access_review::{AccessReviewDecision, AccessReviewInstance};
use pim_core::{AccessReviewCommand, AccessReviewDecisionId, AccessReviewInstanceChange, AccessReviewLines, View};

fn row<'v>(
    call: &Call<'_>,
    view: View<'v>,
    instance: &'v AccessReviewInstance,
    decision: &'v AccessReviewDecision,
) -> Result<BelowRow<DecisionProperties<'v>>, ArmError> {
    Ok(BelowRow {
        id: below(call, view, instance, &format!("/decisions/{}", decision.id))?,
        name: decision.id.to_string(),
        kind: format!("{}/instances/decisions", types::ACCESS_REVIEW_SCHEDULE_DEFINITIONS),
        properties: DecisionProperties::of(view, instance, decision),
    })
}

fn shown<'v>(
    call: &Call<'_>,
    view: View<'v>,
) -> Result<(&'v AccessReviewInstance, Vec<&'v AccessReviewDecision>), ArmError> {
    let instance = instance(call, view)?;
    let lines = match is_reviewers(call) {
        true => view.access_review_decisions_of_reviewer(instance, call.caller_id()).collect(),
        false => instance.decisions.iter().collect(),
    };
    Ok((instance, lines))
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<(&'v AccessReviewInstance, &'v AccessReviewDecision), ArmError> {
    let (instance, lines) = shown(call, view)?;
    let id = call.id(2).map(AccessReviewDecisionId);
    let found = lines.into_iter().find(|decision| Some(decision.id) == id);
    Ok((instance, found.ok_or(ArmError::NotFound)?))
}

pub(super) fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (instance, lines) = shown(call, view)?;
        let rows = lines.into_iter().map(|decision| row(call, view, instance, decision));
        Ok(Reply::Ok(bytes(&List::of(rows.collect::<Result<_, _>>()?))))
    })
}

pub(super) fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (instance, decision) = find(call, view)?;
        Ok(Reply::Ok(bytes(&row(call, view, instance, decision)?)))
    })
}

/// Decides on one. Whether the caller is asked about it is the machine's to say.
pub(super) fn decide(call: &Call<'_>) -> Result<Reply, ArmError> {
    let body = decision_body(call)?;
    let (instance, line) = call.read(|view| find(call, view).map(|(instance, line)| (instance.id, line.id)))?;
    let change = AccessReviewInstanceChange::RecordDecisions {
        lines: AccessReviewLines::One(line),
        decision: body.result()?,
        justification: body.justification,
    };
    let command = AccessReviewCommand::Change { instance, change };
    let done = call.tenant.handle(call.caller(), &command.into(), |view, _| {
        let (instance, decision) = find(call, view)?;
        Ok(Reply::Ok(bytes(&row(call, view, instance, decision)?)))
    });
    done.map_err(ArmError::Pim)?
}
