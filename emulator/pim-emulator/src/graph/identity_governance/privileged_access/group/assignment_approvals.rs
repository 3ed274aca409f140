//! `/identityGovernance/privilegedAccess/group/assignmentApprovals`: deciding on activations. v1.0 speaks of stages, beta of
//! steps; clients use both names in both.

use super::Relation;
use crate::graph::pim::approvals::approval_collection;
use crate::graph::router::BOTH;

approval_collection!(
    "identityGovernance/privilegedAccess/group/assignmentApprovals" of Relation,
    BOTH,
    READ_GROUP_APPROVALS,
    DECIDE_GROUP_APPROVALS,
    ["stages", "steps"]
);
