//! `/identityGovernance/accessReviews/definitions/{id}/instances/{id}/contactedReviewers`: the people who are asked, be they named
//! or found.

use super::finding::{instance, may_read};
use super::instances::{named_one, path_of};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::Json;
use crate::graph::permission::READ_ACCESS_REVIEWS;
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::access_review::AccessReviewInstance;
use pim_core::time::Instant;
use pim_core::{PrincipalId, View};

crate::entity! {
    /// Somebody who is asked.
    AccessReviewReviewerResource(ReviewerRow<'r>) = "accessReviewReviewer" {
        "id": string = |it| it.id.0;
        "createdDateTime": instant = |it| it.asked;
        "displayName": string = |it| it.view.name_of(it.id);
        "userPrincipalName": string = |it| it.view.user_principal_name_of(it.id);
    }
    navigations []
}

/// A reviewer on the way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReviewerRow<'v> {
    view: View<'v>,
    id: PrincipalId,
    asked: Instant,
}

impl Related for ReviewerRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// Everybody who is asked in an instance.
pub(super) fn reviewers_of<'v>(
    view: View<'v>,
    instance: &'v AccessReviewInstance,
) -> impl Iterator<Item = ReviewerRow<'v>> {
    let ids = view.access_review_contacted_reviewers(instance);
    ids.into_iter().map(move |id| ReviewerRow { view, id, asked: instance.start })
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[Operation {
    method: Method::Get,
    path: "/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}/contactedReviewers",
    versions: BOTH,
    permission: &READ_ACCESS_REVIEWS,
    handler: list,
}];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AccessReviewReviewerResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let (review, instance) = instance(call, view)?;
        may_read(call, view, review)?;
        let context = Context {
            name: &format!("{}/contactedReviewers", named_one(instance)),
            path: &format!("{}/contactedReviewers", path_of(instance)),
            typed: false,
        };
        Ok(query.answer(call, &context, |_| (0..).zip(reviewers_of(view, instance))))
    })
}
