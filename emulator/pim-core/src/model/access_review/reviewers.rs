//! Who decides in an access review.

use crate::id::PrincipalId;
use serde::{Deserialize, Serialize};

/// Some of those who decide (REV-9). They are looked up when an occurrence starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewReviewers {
    /// One user.
    User(PrincipalId),
    /// The users in a group, directly or by groups in it.
    GroupMembers(PrincipalId),
    /// The active owners of a group.
    GroupOwners(PrincipalId),
    /// The active owners of the group that is reviewed (REV-10).
    OwnersOfReviewedGroup,
    /// The manager of each person that is reviewed.
    Managers,
    /// The owners of a service principal.
    ServicePrincipalOwners(PrincipalId),
}

/// The same, with the words in which it was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewerScope {
    /// Whom it comes to.
    pub who: AccessReviewReviewers,
    /// How it was written, as JSON text; `None` where a surface writes it in its own way.
    pub kept: Option<String>,
}
