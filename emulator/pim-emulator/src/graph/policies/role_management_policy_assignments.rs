//! `/policies/roleManagementPolicyAssignments`: which policy is that of which role.

use super::policy_id::{PolicyAssignmentId, PolicyId};
use super::policy_row::PolicyRow;
use super::reading::{may_read, not_of_group, rows, scope_type};
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::READ_ROLE_MANAGEMENT_POLICY_ASSIGNMENTS;
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::RoleDefinitionId;
use pim_odata::{Literal, Pager};

crate::entity! {
    /// Says whose a policy is: one for each role (POL-12).
    PolicyAssignmentResource(PolicyRow<'r>) = "unifiedRoleManagementPolicyAssignment" {
        "id": string = |it| it.assignment_id();
        "policyId": string = |it| it.id;
        "roleDefinitionId": string = |it| it.role_id();
        "scopeId": string = |_it| Word("/");
        "scopeType": string = |it| it.scope_type();
    }
    navigations ["policy"]
}

const PATH: &str = "policies/roleManagementPolicyAssignments";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicyAssignments",
        versions: BOTH,
        permission: &READ_ROLE_MANAGEMENT_POLICY_ASSIGNMENTS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicyAssignments/{id}",
        versions: BOTH,
        permission: &READ_ROLE_MANAGEMENT_POLICY_ASSIGNMENTS,
        handler: get,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<PolicyAssignmentResource>::of(call, usize::MAX)?;
    let scope_type = scope_type(query.pager())?;
    let role = role(call, query.pager());
    call.tenant.read(|view| {
        may_read(call, view)?;
        Ok(query.answer(call, &Context::at(PATH), |_| rows(call, view, scope_type, role)))
    })
}

/// The role that a filter demands, by its own id or by one that it can be read from.
fn role(call: &Call<'_>, pager: &Pager<PolicyAssignmentResource>) -> Option<RoleDefinitionId> {
    let text = |name: &str| pager.equality(name).and_then(Literal::text);
    let tenant = call.tenant.id();
    let by_role = pager.equality("roleDefinitionId").and_then(Literal::guid).map(RoleDefinitionId);
    let by_policy = || PolicyId::parse(text("policyId")?, tenant).map(|id| id.role);
    let by_id = || PolicyAssignmentId::parse(text("id")?, tenant).map(|id| id.0.role);
    by_role.or_else(by_policy).or_else(by_id)
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    not_of_group(call.key(0))?;
    call.tenant.read(|view| {
        may_read(call, view)?;
        let id = PolicyAssignmentId::parse(call.key(0), call.tenant.id()).ok_or(GraphError::ResourceNotFound)?;
        let row = PolicyRow::find(call, view, id.0).ok_or(GraphError::ResourceNotFound)?;
        single::<PolicyAssignmentResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}
