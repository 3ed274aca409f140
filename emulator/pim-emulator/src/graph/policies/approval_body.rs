//! `setting` of the rule about approval, as clients write it: in the spelling of either version, whole or in part.

use super::members::Members;
use crate::graph::error::GraphError;
use pim_core::PrincipalId;
use pim_core::model::{ApprovalChange, ApprovalMode, Approver};
use uuid::Uuid;

/// What a body wants of the rule.
pub(super) fn read(members: Members<'_>) -> Result<ApprovalChange, GraphError> {
    let Some(setting) = members.object("setting")? else { return Ok(ApprovalChange::default()) };
    let change = ApprovalChange {
        is_approval_required: setting.boolean("isApprovalRequired")?,
        is_approval_required_for_extension: setting.boolean("isApprovalRequiredForExtension")?,
        is_requestor_justification_required: setting.boolean("isRequestorJustificationRequired")?,
        mode: setting.text("approvalMode")?.map(mode).transpose()?,
        ..ApprovalChange::default()
    };
    match setting.objects("approvalStages")?.as_deref() {
        None | Some([]) => Ok(change),
        Some([stage]) => with_stage(change, *stage),
        Some([_, _, ..]) => Err(invalid("approvalStages: there is one stage (APR-2)".to_owned())),
    }
}

fn mode(text: &str) -> Result<ApprovalMode, GraphError> {
    [ApprovalMode::SingleStage, ApprovalMode::NoApproval]
        .into_iter()
        .find(|mode| mode.name().eq_ignore_ascii_case(text))
        .ok_or_else(|| invalid(format!("approvalMode: '{text}' is neither SingleStage nor NoApproval (APR-2)")))
}

/// Whom a request is escalated to is not kept: nobody is (APR-18).
fn with_stage(change: ApprovalChange, stage: Members<'_>) -> Result<ApprovalChange, GraphError> {
    let approvers = stage.objects("primaryApprovers")?;
    Ok(ApprovalChange {
        time_out_in_days: stage.number("approvalStageTimeOutInDays")?,
        is_approver_justification_required: stage.boolean("isApproverJustificationRequired")?,
        escalation_time_in_minutes: stage.number("escalationTimeInMinutes")?,
        is_escalation_enabled: stage.boolean("isEscalationEnabled")?,
        primary_approvers: approvers.map(|all| all.into_iter().map(approver).collect()).transpose()?,
        ..change
    })
}

/// A user or a group (APR-11). Which of the two the object is does not depend on the type that is written: some clients write
/// `singleUser` for both.
fn approver(members: Members<'_>) -> Result<Approver, GraphError> {
    let known = ["microsoft.graph.singleUser", "microsoft.graph.groupMembers"];
    if let Some(kind) = members.text("@odata.type")?
        && !known.iter().any(|it| it.eq_ignore_ascii_case(kind.strip_prefix('#').unwrap_or(kind)))
    {
        return Err(invalid(format!("an approver is a user or a group, not a {kind} (APR-11)")));
    }
    let mut id = None;
    for name in ["userId", "groupId", "id"] {
        id = id.or(members.text(name)?);
    }
    let id = id.unwrap_or_default();
    let none = || GraphError::UnreadableBody(format!("the id of an approver is not a GUID: '{id}'"));
    let id = PrincipalId(Uuid::try_parse(id).map_err(|_| none())?);
    Ok(Approver { id, description: members.text("description")?.map(str::to_owned) })
}

const fn invalid(detail: String) -> GraphError {
    GraphError::InvalidPolicy(detail)
}
