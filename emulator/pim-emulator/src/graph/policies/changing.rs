//! Changes of policies: from a body to what the machine is asked.

use super::members::Members;
use super::policy_id::PolicyId;
use super::reading::{permitted, policy};
use super::rule_body;
use super::scope::Scope;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::permission::WRITE_POLICIES;
use crate::graph::reply::Reply;
use pim_core::model::{GroupAccess, PolicyChange, PolicySubject, Privilege, RuleChange, RuleId};
use pim_core::{Command, RoleDefinitionId, View};
use serde_json::Value;
use uuid::Uuid;

/// The policy that a change is for. Who asks and what for come before what the body says: whoever may not change policies learns
/// nothing of them, and a policy that is not there has no body that would do (REQ-40, POL-22).
pub(super) fn changeable(call: &Call<'_>) -> Result<PolicyId, GraphError> {
    let scope = Scope::of_id(call.key(0));
    permitted(call, scope, &WRITE_POLICIES)?;
    call.tenant.read(|view| {
        let allowed = view.may_manage(call.actor(), example(scope)).and_then(|()| view.licensed());
        let there = allowed.and_then(|()| match scope {
            Scope::DirectoryRoles(_) => Ok(()),
            Scope::Group(group) => view.manageable(group),
        });
        there.map_err(GraphError::Pim)?;
        policy(call, view).map(|policy| policy.id)
    })
}

/// One of the privileges of a scope: whoever manages one of them manages all, whether or not it is there.
fn example(scope: Scope) -> Privilege {
    match scope {
        Scope::DirectoryRoles(_) => PolicySubject::DirectoryRole(RoleDefinitionId(Uuid::nil())).privilege(),
        Scope::Group(group) => PolicySubject::Group(group, GroupAccess::Member).privilege(),
    }
}

/// Asks the machine for a change, and lets `answer` say what came of it.
pub(super) fn change(
    call: &Call<'_>,
    id: PolicyId,
    rules: Vec<RuleChange>,
    answer: impl FnOnce(View<'_>) -> Result<Reply, GraphError>,
) -> Result<Reply, GraphError> {
    let change = PolicyChange { subject: id.subject(), rules };
    call.tenant
        .handle(call.caller(), &Command::UpdatePolicy(change), |view, _| answer(view))
        .map_err(GraphError::Pim)?
}

/// The rules in the body of a change of a policy, in the order in which they stand (MFA-12). Other members of a policy cannot
/// be written.
pub(super) fn rules_of(body: &Value) -> Result<Vec<RuleChange>, GraphError> {
    let rules = Members::of("the body", body)?.objects("rules")?.unwrap_or_default();
    if rules.is_empty() {
        return Err(GraphError::InvalidPolicy("there are no rules in the body".to_owned()));
    }
    rules.into_iter().map(|members| rule_body::read(rule(members.text("id")?.unwrap_or_default())?, members)).collect()
}

/// The rule in the body of a change of the rule of that id. The body may leave the id out.
pub(super) fn rule_of(body: &Value, id: &str) -> Result<RuleChange, GraphError> {
    let (members, rule) = (Members::of("the body", body)?, rule(id)?);
    match members.text("id")? {
        Some(other) if RuleId::parse(other) != Some(rule) => {
            Err(GraphError::InvalidPolicy(format!("the body is of rule '{other}', the path of {}", rule.name())))
        }
        Some(_) | None => rule_body::read(rule, members),
    }
}

fn rule(id: &str) -> Result<RuleId, GraphError> {
    RuleId::parse(id).ok_or_else(|| GraphError::InvalidPolicy(format!("there is no rule '{id}' (POL-1)")))
}
