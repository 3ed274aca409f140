//! `/identityGovernance/privilegedAccess/group`: the six collections of PIM for Groups, approvals, and the groups it manages.

pub(crate) mod assignment_approvals;
pub(crate) mod assignment_schedule_instances;
pub(crate) mod assignment_schedule_requests;
pub(crate) mod assignment_schedules;
pub(crate) mod eligibility_schedule_instances;
pub(crate) mod eligibility_schedule_requests;
pub(crate) mod eligibility_schedules;
mod relation;
pub(crate) mod resources;
mod schedule_id;
#[cfg(test)]
mod tests;

pub(crate) use relation::Relation;

use crate::graph::error::GraphError;
use crate::graph::permission::READ_PRIVILEGED_GROUPS;
use crate::graph::router::{BOTH, Method, Operation};

/// The container itself has nobody who answers for it.
pub(crate) const OPERATIONS: &[Operation] = &[Operation {
    method: Method::Get,
    path: "/identityGovernance/privilegedAccess/group",
    versions: BOTH,
    permission: &READ_PRIVILEGED_GROUPS,
    handler: |_| Err(GraphError::MissingProvider),
}];
