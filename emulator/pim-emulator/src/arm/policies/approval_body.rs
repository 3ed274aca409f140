//! `setting` of the rule about approval, as clients write it, whole or in part.

use super::body::invalid;
use crate::arm::body::Truth;
use crate::arm::error::ArmError;
use pim_core::PrincipalId;
use pim_core::model::{ApprovalChange, ApprovalMode, Approver};
use uuid::Uuid;

crate::request_body! {
    /// `setting`.
    SettingBody {
        /// Whether an activation waits for a decision.
        is_approval_required / "isApprovalRequired": Truth,
        /// Stored only.
        is_approval_required_for_extension / "isApprovalRequiredForExtension": Truth,
        /// Stored only.
        is_requestor_justification_required / "isRequestorJustificationRequired": Truth,
        /// The mode.
        approval_mode / "approvalMode": String,
        /// There is one.
        approval_stages / "approvalStages": Vec<StageBody>,
    }
    /// A stage. Whom a request is escalated to is not kept: nobody is (APR-18).
    StageBody {
        /// Days until a request times out.
        time_out_in_days / "approvalStageTimeOutInDays": u16,
        /// Whether a decision needs a reason.
        is_approver_justification_required / "isApproverJustificationRequired": Truth,
        /// Stored only.
        escalation_time_in_minutes / "escalationTimeInMinutes": u32,
        /// Stored only.
        is_escalation_enabled / "isEscalationEnabled": Truth,
        /// All who decide.
        primary_approvers / "primaryApprovers": Vec<ApproverBody>,
    }
    /// Somebody who decides.
    ApproverBody {
        /// A user or a group.
        id / "id": String,
        /// The name that people see.
        description / "description": String,
        /// `User` or `Group`.
        user_type / "userType": String,
    }
}

/// What a body wants of the rule.
pub(super) fn read(setting: SettingBody) -> Result<ApprovalChange, ArmError> {
    let mut stages = setting.approval_stages.unwrap_or_default();
    if stages.len() > 1 {
        return Err(invalid("approvalStages: there is one stage (APR-2)"));
    }
    let stage = stages.pop().unwrap_or_default();
    let approvers = stage.primary_approvers.map(|all| all.into_iter().map(approver).collect());
    let truth = |it: Option<Truth>| it.map(|it| it.0);
    Ok(ApprovalChange {
        is_approval_required: truth(setting.is_approval_required),
        is_approval_required_for_extension: truth(setting.is_approval_required_for_extension),
        is_requestor_justification_required: truth(setting.is_requestor_justification_required),
        mode: setting.approval_mode.map(|it| mode(&it)).transpose()?,
        time_out_in_days: stage.time_out_in_days,
        is_approver_justification_required: truth(stage.is_approver_justification_required),
        escalation_time_in_minutes: stage.escalation_time_in_minutes,
        is_escalation_enabled: truth(stage.is_escalation_enabled),
        primary_approvers: approvers.transpose()?,
    })
}

fn mode(text: &str) -> Result<ApprovalMode, ArmError> {
    let mode = [ApprovalMode::SingleStage, ApprovalMode::NoApproval].into_iter();
    let unknown = || invalid(format!("approvalMode: '{text}' is neither SingleStage nor NoApproval (APR-2)"));
    mode.into_iter().find(|mode| mode.name().eq_ignore_ascii_case(text)).ok_or_else(unknown)
}

/// A user or a group (APR-11). The type is written exactly as the service writes it (POL-21); which of the two the object is, the
/// object says.
fn approver(body: ApproverBody) -> Result<Approver, ArmError> {
    match body.user_type.as_deref() {
        Some("User" | "Group") => {}
        Some(other) => return Err(invalid(format!("userType: '{other}' is neither User nor Group (POL-21)"))),
        None => return Err(invalid("userType is missing (POL-21)")),
    }
    let id = body.id.unwrap_or_default();
    let none = || invalid(format!("the id of an approver is not a GUID: '{id}'"));
    let id = PrincipalId(Uuid::try_parse(&id).map_err(|_| none())?);
    Ok(Approver { id, description: body.description })
}
