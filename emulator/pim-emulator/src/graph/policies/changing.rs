//! Changes of policies: from a body to what the machine is asked.

use super::members::Members;
use super::policy_id::PolicyId;
use super::reading::{policy, policy_id};
use super::rule_body;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::reply::Reply;
use pim_core::model::{PolicyChange, PolicySubject, RuleChange, RuleId};
use pim_core::{Command, RoleDefinitionId, View};
use serde_json::Value;
use uuid::Uuid;

/// The policy that a change is for. Who asks and what for come before what the body says: whoever may not change policies learns
/// nothing of them, and a policy that is not there has no body that would do (REQ-40, POL-22).
pub(super) fn changeable(call: &Call<'_>) -> Result<PolicyId, GraphError> {
    call.tenant.read(|view| {
        let id = policy_id(call);
        let role = id.as_ref().map_or(RoleDefinitionId(Uuid::nil()), |id| id.role);
        let privilege = PolicySubject::DirectoryRole(role).privilege();
        view.may_manage(call.actor(), privilege).and_then(|()| view.licensed()).map_err(GraphError::Pim)?;
        policy(call, view).map(|policy| policy.id)
    })
}

/// Asks the machine for a change, and lets `answer` say what came of it.
pub(super) fn change(
    call: &Call<'_>,
    id: PolicyId,
    rules: Vec<RuleChange>,
    answer: impl FnOnce(View<'_>) -> Result<Reply, GraphError>,
) -> Result<Reply, GraphError> {
    let change = PolicyChange { subject: PolicySubject::DirectoryRole(id.role), rules };
    call.tenant.handle(call.actor(), &Command::UpdatePolicy(change), |view, _| answer(view)).map_err(GraphError::Pim)?
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
