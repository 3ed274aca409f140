//! What the paths of access reviews name, for whoever may see it.

use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::front_door::ScopePath;
use crate::arm::scopes;
use pim_core::model::AzureScope;
use pim_core::model::access_review::{
    AccessReviewDefinition, AccessReviewInstance, AccessReviewResource, AccessReviewTarget,
};
use pim_core::{AccessReviewDefinitionId, AccessReviewInstanceId, AzureRoleDefinitionId, AzureScopeId, View};

/// Whether the path has no scope: then it is a reviewer's.
pub(super) fn is_reviewers(call: &Call<'_>) -> bool {
    *call.scope == ScopePath::Tenant
}

/// The role and the place that a review is about, if it is about a role of Azure.
pub(super) const fn subject(review: &AccessReviewDefinition) -> Option<(AzureRoleDefinitionId, AzureScopeId)> {
    match review.properties.scope.target {
        AccessReviewTarget::One(AccessReviewResource::AzureRole { role, scope }) => Some((role, scope)),
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_) | AccessReviewResource::Group(_))
        | AccessReviewTarget::GroupsWithGuests => None,
    }
}

/// The scope of the path.
///
/// # Errors
/// When there is none, or the tenant has no licence (LIC-9).
pub(super) fn here<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AzureScope, ArmError> {
    view.licensed().map_err(ArmError::Pim)?;
    scopes::find(view, call.scope)
}

/// Refuses whoever does not manage access at a scope.
///
/// # Errors
/// [`ArmError::AuthorizationFailed`].
pub(super) fn may_look(call: &Call<'_>, view: View<'_>, at: AzureScopeId) -> Result<(), ArmError> {
    match view.may_read_access_review_defaults(call.caller_id(), at) {
        true => Ok(()),
        false => Err(ArmError::AuthorizationFailed),
    }
}

/// The review of the path: one about the scope of the path or something below it, for whoever manages access there; without a
/// scope any that the caller is asked in.
///
/// # Errors
/// When there is none, or the caller may not see it.
pub(super) fn review<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AccessReviewDefinition, ArmError> {
    let here = here(call, view)?;
    let found = call.id(0).and_then(|id| view.access_review(AccessReviewDefinitionId(id)));
    let found = found.and_then(|review| Some((review, subject(review)?.1)));
    if is_reviewers(call) {
        let asked = view.access_review_instances_of_reviewer(call.caller_id());
        let is_asked = |review: &AccessReviewDefinition| asked.iter().any(|it| it.definition == review.id);
        return found.map(|(review, _)| review).filter(|review| is_asked(review)).ok_or(ArmError::NotFound);
    }
    let (review, at) = found.filter(|(_, at)| view.azure_covers(here.id, *at)).ok_or(ArmError::NotFound)?;
    may_look(call, view, at).map(|()| review)
}

/// The instances of the review of the path: for a reviewer those that one is asked in.
///
/// # Errors
/// Those of [`review`].
pub(super) fn instances<'v>(call: &Call<'_>, view: View<'v>) -> Result<Vec<&'v AccessReviewInstance>, ArmError> {
    let review = review(call, view)?;
    if is_reviewers(call) {
        let asked = view.access_review_instances_of_reviewer(call.caller_id());
        return Ok(asked.into_iter().filter(|it| it.definition == review.id).collect());
    }
    Ok(view.access_review_instances(review.id))
}

/// The instance of the path.
///
/// # Errors
/// When there is none, or the caller may not see it.
pub(super) fn instance<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AccessReviewInstance, ArmError> {
    let id = call.id(1).map(AccessReviewInstanceId);
    instances(call, view)?.into_iter().find(|it| Some(it.id) == id).ok_or(ArmError::NotFound)
}
