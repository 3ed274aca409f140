//! `/identityGovernance/accessReviews/definitions/{id}/instances/{id}/stages`: the stages that have begun of a review that is held
//! in stages; of any other there are none.

use super::decision_row::DecisionRow;
use super::decisions::AccessReviewDecisionResource;
use super::finding::{instance, may_read, may_write, stage};
use super::instances::{named_one, path_of};
use super::spelled::Spelled;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, write_all_as};
use crate::graph::json::{Json, Word};
use crate::graph::permission::{READ_ACCESS_REVIEWS, WRITE_ACCESS_REVIEWS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::access_review::{AccessReviewInstance, AccessReviewStage};
use pim_core::{AccessReviewCommand, AccessReviewInstanceChange, View};

crate::entity! {
    /// A stage of an occurrence.
    AccessReviewStageResource(StageRow<'r>) = "accessReviewStage" {
        "id": string = |it| it.stage.id.0;
        "startDateTime": instant = |it| it.stage.start;
        "endDateTime": instant = |it| it.stage.end;
        "status": string = |it| Word(it.stage.status.name());
        "reviewers": opaque = |it| Spelled::reviewers(&it.stage.reviewers);
        "fallbackReviewers": opaque = |it| Spelled::reviewers(&it.stage.fallback_reviewers);
    }
    navigations ["decisions"]
}

/// A stage on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StageRow<'v> {
    pub(super) view: View<'v>,
    pub(super) instance: &'v AccessReviewInstance,
    pub(super) stage: &'v AccessReviewStage,
}

impl Related for StageRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let Self { view, instance, stage } = *self;
        match (navigation.name, navigation.target.of_review()) {
            ("decisions", Some(wanted)) => {
                let decisions = view.access_review_stage_decisions(instance, stage);
                let rows = decisions.into_iter().map(|decision| DecisionRow { view, instance, decision });
                write_all_as::<AccessReviewDecisionResource>(rows, wanted, json);
            }
            (_, _) => json.raw("null"),
        }
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}/stages",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}/stages/{stageId}",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: get,
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}/stages/{stageId}/stop",
        versions: BOTH,
        permission: &WRITE_ACCESS_REVIEWS,
        handler: stop,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AccessReviewStageResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let (review, instance) = instance(call, view)?;
        may_read(call, view, review)?;
        let (name, path) = (format!("{}/stages", named_one(instance)), format!("{}/stages", path_of(instance)));
        let rows = instance.stages.iter().map(|stage| StageRow { view, instance, stage });
        Ok(query.answer(call, &Context { name: &name, path: &path, typed: false }, |_| (0..).zip(rows)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let (review, instance) = instance(call, view)?;
        may_read(call, view, review)?;
        let row = StageRow { view, instance, stage: stage(call, view, instance)? };
        let context = format!("{}/stages", named_one(instance));
        single::<AccessReviewStageResource>(call, &Context::at(&context), &row).map(Reply::Ok)
    })
}

/// Ends the stage that runs before its time. One that is over has no end to come.
fn stop(call: &Call<'_>) -> Result<Reply, GraphError> {
    let found = call.tenant.read(|view| {
        let (review, instance) = instance(call, view)?;
        let stage = stage(call, view, instance)?;
        may_write(call, view, review.properties.scope.target)?;
        let is_current = instance.current_stage().is_some_and(|it| it.id == stage.id);
        if is_current { Ok(instance.id) } else { Err(GraphError::InvalidAccessReview("the stage is over".to_owned())) }
    })?;
    let command = AccessReviewCommand::Change { instance: found, change: AccessReviewInstanceChange::StopStage };
    call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::NoContent).map_err(GraphError::Pim)
}
