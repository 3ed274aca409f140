//! `setting` of the rule about approval.

use crate::arm::json::Member as _;
use crate::json::Json;
use pim_core::model::{ApprovalSetting, Approver};
use pim_core::{PrincipalId, View};

#[derive(Debug)]
struct Setting<'a> {
    is_approval_required: bool,
    is_approval_required_for_extension: bool,
    is_requestor_justification_required: bool,
    approval_mode: &'static str,
    /// There is one (APR-2).
    approval_stages: Vec<Stage<'a>>,
}

#[derive(Debug)]
struct Stage<'a> {
    approval_stage_time_out_in_days: usize,
    is_approver_justification_required: bool,
    escalation_time_in_minutes: usize,
    primary_approvers: Option<Vec<Somebody<'a>>>,
    is_escalation_enabled: bool,
    /// Never kept (APR-18); it stands where there are approvers.
    escalation_approvers: Option<Vec<Somebody<'a>>>,
}

#[derive(Debug)]
struct Somebody<'a> {
    id: PrincipalId,
    description: Option<&'a str>,
    is_backup: bool,
    user_type: &'static str,
}

crate::arm_object! {
    Setting<'_> {
        is_approval_required / "isApprovalRequired",
        is_approval_required_for_extension / "isApprovalRequiredForExtension",
        is_requestor_justification_required / "isRequestorJustificationRequired",
        approval_mode / "approvalMode",
        approval_stages / "approvalStages",
    }
    Stage<'_> {
        approval_stage_time_out_in_days / "approvalStageTimeOutInDays",
        is_approver_justification_required / "isApproverJustificationRequired",
        escalation_time_in_minutes / "escalationTimeInMinutes",
        primary_approvers / "primaryApprovers",
        is_escalation_enabled / "isEscalationEnabled",
        escalation_approvers / "escalationApprovers",
    }
    Somebody<'_> { id / "id", description / "description", is_backup / "isBackup", user_type / "userType" }
}

/// Writes the setting.
pub(super) fn write(json: &mut Json, setting: &ApprovalSetting, view: View<'_>) {
    let stage = &setting.stage;
    let approvers = Some(&stage.primary_approvers).filter(|it| !it.is_empty());
    let stage = Stage {
        approval_stage_time_out_in_days: usize::from(stage.time_out_in_days),
        is_approver_justification_required: stage.is_approver_justification_required,
        escalation_time_in_minutes: usize::try_from(stage.escalation_time_in_minutes).unwrap_or(usize::MAX),
        primary_approvers: approvers.map(|all| all.iter().map(|it| Somebody::of(it, view)).collect()),
        is_escalation_enabled: stage.is_escalation_enabled,
        escalation_approvers: approvers.map(|_| Vec::new()),
    };
    let setting = Setting {
        is_approval_required: setting.is_approval_required,
        is_approval_required_for_extension: setting.is_approval_required_for_extension,
        is_requestor_justification_required: setting.is_requestor_justification_required,
        approval_mode: setting.mode.name(),
        approval_stages: vec![stage],
    };
    setting.write(json);
}

impl<'a> Somebody<'a> {
    /// What the object is decides. One that is gone counts as a user.
    fn of(approver: &'a Approver, view: View<'_>) -> Self {
        Self {
            id: approver.id,
            description: approver.description.as_deref(),
            is_backup: false,
            user_type: if view.group(approver.id).is_some() { "Group" } else { "User" },
        }
    }
}
