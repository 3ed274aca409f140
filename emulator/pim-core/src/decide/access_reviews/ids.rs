//! Ids that follow from what they are ids of: what begins by the clock has nobody to mint them.

use crate::id::{
    AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewInstanceId, AccessReviewStageId, PrincipalId,
};
use crate::model::access_review::AccessReviewResource;
use uuid::{Builder, Uuid, Variant, Version};

/// The instance of an occurrence about a thing.
pub(crate) fn instance_id(
    review: AccessReviewDefinitionId,
    occurrence: u32,
    resource: AccessReviewResource,
) -> AccessReviewInstanceId {
    let thing = match resource {
        AccessReviewResource::DirectoryRole(role) => role.0.as_u128(),
        AccessReviewResource::Group(group) => group.0.as_u128(),
        AccessReviewResource::AzureRole { role, scope } => role.0.as_u128() ^ scope.0.as_u128().rotate_left(64),
    };
    AccessReviewInstanceId(mixed([review.0.as_u128(), u128::from(occurrence), thing]))
}

/// A stage of an instance, counted from nought.
pub(crate) fn stage_id(instance: AccessReviewInstanceId, number: u32) -> AccessReviewStageId {
    AccessReviewStageId(mixed([instance.0.as_u128(), u128::from(number)]))
}

/// The line about a principal.
pub(crate) fn line_id(instance: AccessReviewInstanceId, principal: PrincipalId) -> AccessReviewDecisionId {
    AccessReviewDecisionId(mixed([instance.0.as_u128(), principal.0.as_u128()]))
}

/// One number of several, so that what differs in a bit differs in half of them.
fn mixed(parts: impl IntoIterator<Item = u128>) -> Uuid {
    /// The multiplier of a well-tried generator of 128 bits.
    const FACTOR: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;
    let number = parts.into_iter().fold(FACTOR, |number, part| {
        let mixed = (number ^ part).wrapping_mul(FACTOR);
        mixed ^ (mixed >> 64)
    });
    Builder::from_u128(number).with_version(Version::Custom).with_variant(Variant::RFC4122).into_uuid()
}
