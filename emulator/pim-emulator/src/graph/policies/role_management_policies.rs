//! `/policies/roleManagementPolicies`.

use super::changing::{change, changeable, rules_of};
use super::policy_id::PolicyId;
use super::policy_row::PolicyRow;
use super::reading::{listed, may_read, permitted, readable, rows};
use super::scope::Scope;
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::permission::{READ_POLICIES, WRITE_POLICIES};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::RoleDefinitionId;
use pim_odata::{Literal, Pager};

crate::entity! {
    /// The policy of a role, for the whole tenant (POL-12), or of a relation of a group (POL-13).
    PolicyResource(PolicyRow<'r>) = "unifiedRoleManagementPolicy" {
        "id": string = |it| it.id;
        "displayName": string = |it| it.scope_type();
        "description": string = |it| it.scope_type();
        "isOrganizationDefault": boolean = |_it| false;
        "scopeId": string = |it| it.scope_id();
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
        permission: &READ_POLICIES.either,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/policies/roleManagementPolicies/{id}",
        versions: BOTH,
        permission: &READ_POLICIES.either,
        handler: get,
    },
    Operation {
        method: Method::Patch,
        path: "/policies/roleManagementPolicies/{id}",
        versions: BOTH,
        permission: &WRITE_POLICIES.either,
        handler: update,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<PolicyResource>::of(call, usize::MAX)?;
    let scope = listed(call, query.pager(), &READ_POLICIES)?;
    let role = role(call, query.pager());
    call.tenant.read(|view| {
        may_read(call, view, scope)?;
        Ok(query.answer(call, &Context::at(PATH), |_| rows(call, view, scope, role)))
    })
}

/// The role whose policy a filter names.
fn role(call: &Call<'_>, pager: &Pager<PolicyResource>) -> Option<RoleDefinitionId> {
    let id = PolicyId::parse(pager.equality("id").and_then(Literal::text)?, call.tenant.id())?;
    id.subject().privilege().role()
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    permitted(call, Scope::of_id(call.key(0)), &READ_POLICIES)?;
    call.tenant.read(|view| single::<PolicyResource>(call, &Context::at(PATH), &readable(call, view)?).map(Reply::Ok))
}

/// Changes several rules at once: all of them, or none. The answer shows the policy without its rules (POL-19), under the id
/// that it has from now on (POL-17).
fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let id = changeable(call)?;
    let rules = rules_of(&call.body()?)?;
    change(call, id, rules, |view| {
        let row = PolicyRow::current(call, view, id).ok_or(GraphError::ResourceNotFound)?;
        single::<PolicyResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}
