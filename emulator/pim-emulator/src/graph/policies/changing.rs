//! Changes of policies: from a body to what the machine is asked.

use super::members::Members;
use super::policy_id::PolicyId;
use super::rule_body;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::reply::Reply;
use pim_core::model::{PolicyChange, PolicySubject, RuleChange, RuleId};
use pim_core::{Command, View};
use serde_json::Value;

/// Asks the machine for a change, and lets `answer` say what came of it.
pub(super) fn change(
    call: &Call<'_>,
    id: PolicyId,
    rules: Vec<RuleChange>,
    answer: impl FnOnce(View<'_>) -> Result<Reply, GraphError>,
) -> Result<Reply, GraphError> {
    let change = PolicyChange { subject: PolicySubject::DirectoryRole(id.role), rules };
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
