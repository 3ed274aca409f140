//! `/policies/roleManagementPolicyAssignments`: which policy is that of which role or relation of a group.

use super::policy_id::{PolicyAssignmentId, PolicyId};
use super::policy_row::PolicyRow;
use super::reading::{listed, may_read, permitted, rows};
use super::scope::Scope;
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::permission::READ_POLICY_ASSIGNMENTS;
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::RoleDefinitionId;
use pim_odata::{Literal, Pager};

crate::entity! {
    /// Says whose a policy is: one for each role (POL-12), two for each group (POL-13).
    PolicyAssignmentResource(PolicyRow<'r>) = "unifiedRoleManagementPolicyAssignment" {
        "id": string = |it| it.assignment_id();
        "policyId": string = |it| it.id;
        "roleDefinitionId": string = |it| it.role_id();
        "scopeId": string = |it| it.scope_id();
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
        permission: &READ_POLICY_ASSIGNMENTS.either,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicyAssignments/{id}",
        versions: BOTH,
        permission: &READ_POLICY_ASSIGNMENTS.either,
        handler: get,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<PolicyAssignmentResource>::of(call, usize::MAX)?;
    let scope = listed(call, query.pager(), &READ_POLICY_ASSIGNMENTS)?;
    let role = role(call, query.pager());
    call.tenant.read(|view| {
        may_read(call, view, scope)?;
        Ok(query.answer(call, &Context::at(PATH), |_| rows(call, view, scope, role)))
    })
}

/// The role that a filter demands, by its own id or by one that it can be read from.
fn role(call: &Call<'_>, pager: &Pager<PolicyAssignmentResource>) -> Option<RoleDefinitionId> {
    let text = |name: &str| pager.equality(name).and_then(Literal::text);
    let tenant = call.tenant.id();
    let by_role = pager.equality("roleDefinitionId").and_then(Literal::guid).map(RoleDefinitionId);
    let role_of = |id: PolicyId| id.subject().privilege().role();
    let by_policy = || PolicyId::parse(text("policyId")?, tenant).and_then(role_of);
    let by_id = || PolicyAssignmentId::parse(text("id")?, tenant).and_then(|id| role_of(id.0));
    by_role.or_else(by_policy).or_else(by_id)
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    let scope = Scope::of_id(call.key(0));
    permitted(call, scope, &READ_POLICY_ASSIGNMENTS)?;
    call.tenant.read(|view| {
        may_read(call, view, scope)?;
        let id = PolicyAssignmentId::parse(call.key(0), call.tenant.id()).ok_or(GraphError::ResourceNotFound)?;
        let row = PolicyRow::find(call, view, id.0).ok_or(GraphError::ResourceNotFound)?;
        single::<PolicyAssignmentResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}
