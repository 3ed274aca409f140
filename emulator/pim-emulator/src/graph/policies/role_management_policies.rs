//! `/policies/roleManagementPolicies`.

use super::changing::{change, changeable, rules_of};
use super::policy_id::PolicyId;
use super::policy_row::PolicyRow;
use super::reading::{may_read, policy, rows, scope_type};
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::{READ_ROLE_MANAGEMENT_POLICIES, WRITE_ROLE_MANAGEMENT_POLICIES};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_odata::{Literal, Pager};

crate::entity! {
    /// The policy of a role, for the whole tenant (POL-12).
    PolicyResource(PolicyRow<'r>) = "unifiedRoleManagementPolicy" {
        "id": string = |it| it.id;
        "displayName": string = |it| it.scope_type();
        "description": string = |it| it.scope_type();
        "isOrganizationDefault": boolean = |_it| false;
        "scopeId": string = |_it| Word("/");
        "scopeType": string = |it| it.scope_type();
        "lastModifiedDateTime": instant = |it| it.last_modified();
        "lastModifiedBy": opaque = |it| it.last_modified_by();
    }
    navigations ["rules", "effectiveRules"]
}

pub(super) const PATH: &str = "policies/roleManagementPolicies";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicies",
        versions: BOTH,
        permission: &READ_ROLE_MANAGEMENT_POLICIES,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicies/{id}",
        versions: BOTH,
        permission: &READ_ROLE_MANAGEMENT_POLICIES,
        handler: get,
    },
    Operation {
        method: Method::Patch,
        path: "/policies/roleManagementPolicies/{id}",
        versions: BOTH,
        permission: &WRITE_ROLE_MANAGEMENT_POLICIES,
        handler: update,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<PolicyResource>::of(call, usize::MAX)?;
    let scope_type = scope_type(query.pager())?;
    let id = named(call, query.pager());
    call.tenant.read(|view| {
        may_read(call, view)?;
        Ok(query.answer(call, &Context::at(PATH), |_| rows(call, view, scope_type, id.map(|id| id.role))))
    })
}

/// The policy that a filter names.
fn named(call: &Call<'_>, pager: &Pager<PolicyResource>) -> Option<PolicyId> {
    PolicyId::parse(pager.equality("id").and_then(Literal::text)?, call.tenant.id())
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        may_read(call, view)?;
        single::<PolicyResource>(call, &Context::at(PATH), &policy(call, view)?).map(Reply::Ok)
    })
}

/// Changes several rules at once: all of them, or none. The answer shows the policy without its rules (POL-19).
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = changeable(call)?;
    let rules = rules_of(&call.body()?)?;
    change(call, id, rules, |view| {
        single::<PolicyResource>(call, &Context::at(PATH), &policy(call, view)?).map(Reply::Ok)
    })
}
