//! `/roleManagement/directory/roleAssignmentApprovals`: deciding on activations. Beta has it, v1.0 has not.

use super::role::Role;
use crate::graph::Version;
use crate::graph::pim::approvals::approval_collection;

approval_collection!(
    "roleManagement/directory/roleAssignmentApprovals" of Role,
    &[Version::Beta],
    READ_APPROVALS,
    DECIDE_APPROVALS,
    ["steps", "stages"],
    list
);
