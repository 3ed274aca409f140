//! Identifiers: a type for each kind of thing, and where new ones come from.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }
    )*};
}

ids! {
    /// A tenant; also the id of its organization.
    TenantId,
    /// A user, a group or a service principal: whoever may hold a privilege.
    PrincipalId,
    /// An application as registered: its object id.
    ApplicationId,
    /// An application as its clients name it: the client id.
    ClientId,
    /// An administrative unit.
    AdministrativeUnitId,
    /// A role definition; for a built-in role it equals the template id in every tenant (MOD-21).
    RoleDefinitionId,
    /// A place in the tree of Azure scopes.
    AzureScopeId,
    /// A role that is given at Azure scopes; a built-in one has the same id in every tenant.
    AzureRoleDefinitionId,
    /// A Conditional Access policy.
    ConditionalAccessPolicyId,
    /// An access review.
    AccessReviewDefinitionId,
    /// One occurrence of an access review, about one thing. It follows from the review, the occurrence and the thing.
    AccessReviewInstanceId,
    /// A stage of an instance. It follows from the instance.
    AccessReviewStageId,
    /// What is decided about one principal in an instance. It follows from the two.
    AccessReviewDecisionId,
    /// A report on decisions of access reviews.
    AccessReviewHistoryId,
    /// An app role that somebody was given.
    AppRoleAssignmentId,
    /// What a client may do in the name of users.
    PermissionGrantId,
    /// A schedule request.
    RequestId,
    /// A schedule; it equals the id of the request that made it (MOD-12).
    ScheduleId,
}

impl ClientId {
    /// The client id of Microsoft Graph, the same in every tenant.
    pub const MICROSOFT_GRAPH: Self = Self(Uuid::from_u128(0x0000_0003_0000_0000_c000_0000_0000_0000));
}

impl AzureScopeId {
    /// The tenant root, above everything else.
    pub const ROOT: Self = Self(Uuid::nil());
    /// The tenant root group, above all other management groups: the same in every tenant, so that what is held there is held
    /// there in a copy of the tenant too, whose group has another name.
    pub const ROOT_GROUP: Self = Self(Uuid::from_u128(1));
    /// The first in order.
    pub(crate) const LEAST: Self = Self::ROOT;
    /// The last in order.
    pub(crate) const GREATEST: Self = Self(Uuid::max());
}

impl From<RequestId> for ScheduleId {
    fn from(request: RequestId) -> Self {
        Self(request.0)
    }
}

/// What an id is minted for. Each kind has its own stream, so that one more user does not change the ids of requests.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum IdKind {
    /// A user, group, service principal, application or administrative unit.
    DirectoryObject,
    /// A custom role definition.
    RoleDefinition,
    /// A schedule request, and the schedule it makes.
    Request,
    /// An assignment made outside PIM.
    OutsideAssignment,
    /// A scope of Azure.
    AzureScope,
    /// A custom role of Azure.
    AzureRoleDefinition,
    /// A Conditional Access policy.
    ConditionalAccessPolicy,
    /// A credential of an application.
    Credential,
    /// A permission that was given to an application, or to a client in the name of users.
    Grant,
    /// An access review, or a report on some.
    AccessReview,
    /// A scan for alerts that somebody asked for.
    AlertOperation,
}

/// Where new ids come from. The machine asks only after the last check, so that a refused command uses none up.
pub trait IdSource {
    /// An id that this tenant has not seen.
    fn mint(&mut self, kind: IdKind) -> Uuid;
}
