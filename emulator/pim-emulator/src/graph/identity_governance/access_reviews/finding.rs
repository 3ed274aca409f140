//! What the paths of access reviews name, for whoever may see it.

use crate::app::token::Caller;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::permission::{READ_ALL_ACCESS_REVIEWS, WRITE_ALL_ACCESS_REVIEWS};
use pim_core::model::access_review::{
    AccessReviewDefinition, AccessReviewInstance, AccessReviewResource, AccessReviewStage, AccessReviewTarget,
};
use pim_core::{AccessReviewDefinitionId, AccessReviewInstanceId, AccessReviewStageId, PrincipalId, View};

/// The review of the path.
///
/// # Errors
/// When there is none.
pub(super) fn review<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AccessReviewDefinition, GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    let found = call.id(0).and_then(|id| view.access_review(AccessReviewDefinitionId(id)));
    found.ok_or(GraphError::ResourceNotFound)
}

/// The instance of the path, with its review.
///
/// # Errors
/// When there is none.
pub(super) fn instance<'v>(
    call: &Call<'_>,
    view: View<'v>,
) -> Result<(&'v AccessReviewDefinition, &'v AccessReviewInstance), GraphError> {
    let review = review(call, view)?;
    let found = call.id(1).and_then(|id| view.access_review_instance(AccessReviewInstanceId(id)));
    let found = found.filter(|instance| instance.definition == review.id);
    Ok((review, found.ok_or(GraphError::ResourceNotFound)?))
}

/// The stage of the path.
///
/// # Errors
/// When there is none.
pub(super) fn stage<'v>(
    call: &Call<'_>,
    view: View<'v>,
    instance: &'v AccessReviewInstance,
) -> Result<&'v AccessReviewStage, GraphError> {
    let found = call.id(2).and_then(|id| view.access_review_stage(instance, AccessReviewStageId(id)));
    found.ok_or(GraphError::ResourceNotFound)
}

/// Whether a review is of groups alone, for which a lesser permission will do.
pub(super) const fn is_of_groups(target: AccessReviewTarget) -> bool {
    match target {
        AccessReviewTarget::GroupsWithGuests | AccessReviewTarget::One(AccessReviewResource::Group(_)) => true,
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_) | AccessReviewResource::AzureRole { .. }) => {
            false
        }
    }
}

/// Refuses whoever may not read a review, its instances and everybody's decisions. An application was measured by its permission.
///
/// # Errors
/// When the caller may not.
pub(super) fn may_read(call: &Call<'_>, view: View<'_>, review: &AccessReviewDefinition) -> Result<(), GraphError> {
    if !is_of_groups(review.properties.scope.target) {
        call.require(view, &READ_ALL_ACCESS_REVIEWS)?;
    }
    match call.user() {
        Some(user) if !view.may_read_access_review(user, review) => Err(GraphError::Unauthorized),
        Some(_) | None => Ok(()),
    }
}

/// Refuses a token whose permission is for groups alone, where more is changed. Whether the caller may is the machine's to say.
///
/// # Errors
/// When it does not do.
pub(super) fn may_write(call: &Call<'_>, view: View<'_>, target: AccessReviewTarget) -> Result<(), GraphError> {
    if is_of_groups(target) { Ok(()) } else { call.require(view, &WRITE_ALL_ACCESS_REVIEWS) }
}

/// The user for whom `filterByCurrentUser` is asked; its one parameter stands at a place of the path.
///
/// # Errors
/// When the parameter says something else than `reviewer`, or the caller is nobody.
pub(super) fn current_reviewer(call: &Call<'_>, place: usize) -> Result<PrincipalId, GraphError> {
    let on = call.key(place);
    if !on.eq_ignore_ascii_case("reviewer") {
        return Err(GraphError::InvalidFunctionParameter(on.to_owned()));
    }
    match &call.token.caller {
        Caller::User { id, .. } => Ok(*id),
        Caller::Application { .. } => Err(GraphError::NoCurrentUser),
    }
}
