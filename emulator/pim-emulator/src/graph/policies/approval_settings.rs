//! `setting` of the rule about approval, whose approvers the two versions spell differently.

use crate::graph::Version;
use crate::graph::json::{Json, Property, Word};
use pim_core::View;
use pim_core::model::{ApprovalSetting, ApprovalStage, Approver};
use pim_odata::Value;
use serde::Serialize;
use uuid::Uuid;

/// `microsoft.graph.approvalSettings`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApprovalSettings<'a> {
    is_approval_required: bool,
    is_approval_required_for_extension: bool,
    is_requestor_justification_required: bool,
    approval_mode: Word,
    /// There is one (APR-2).
    approval_stages: Vec<Stage<'a>>,
}

/// `microsoft.graph.unifiedApprovalStage`, in beta `approvalStage`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Stage<'a> {
    approval_stage_time_out_in_days: u32,
    is_approver_justification_required: bool,
    escalation_time_in_minutes: u32,
    is_escalation_enabled: bool,
    primary_approvers: Vec<ApproverSet<'a>>,
    /// Never kept (APR-18).
    escalation_approvers: [Word; 0],
}

/// `microsoft.graph.subjectSet`: `userId` or `groupId`. In beta `microsoft.graph.userSet`: `id` and `isBackup`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ApproverSet<'a> {
    #[serde(rename = "@odata.type")]
    kind: Word,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_backup: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_id: Option<Uuid>,
    description: Option<&'a str>,
}

impl<'a> ApprovalSettings<'a> {
    pub(super) fn of(setting: &'a ApprovalSetting, view: View<'_>, version: Version) -> Self {
        Self {
            is_approval_required: setting.is_approval_required,
            is_approval_required_for_extension: setting.is_approval_required_for_extension,
            is_requestor_justification_required: setting.is_requestor_justification_required,
            approval_mode: Word(setting.mode.name()),
            approval_stages: vec![Stage::of(&setting.stage, view, version)],
        }
    }
}

impl<'a> Stage<'a> {
    fn of(stage: &'a ApprovalStage, view: View<'_>, version: Version) -> Self {
        Self {
            approval_stage_time_out_in_days: u32::from(stage.time_out_in_days),
            is_approver_justification_required: stage.is_approver_justification_required,
            escalation_time_in_minutes: stage.escalation_time_in_minutes,
            is_escalation_enabled: stage.is_escalation_enabled,
            primary_approvers: stage.primary_approvers.iter().map(|it| ApproverSet::of(it, view, version)).collect(),
            escalation_approvers: [],
        }
    }
}

impl<'a> ApproverSet<'a> {
    /// What the object is decides, not what a caller said that it is. One that is gone counts as a user.
    fn of(approver: &'a Approver, view: View<'_>, version: Version) -> Self {
        let (id, is_group) = (approver.id.0, view.group(approver.id).is_some());
        let kind = Word(if is_group { "#microsoft.graph.groupMembers" } else { "#microsoft.graph.singleUser" });
        let set = Self {
            kind,
            is_backup: None,
            id: None,
            user_id: None,
            group_id: None,
            description: approver.description.as_deref(),
        };
        match version {
            Version::Beta | Version::Service => Self { is_backup: Some(false), id: Some(id), ..set },
            Version::V1 if is_group => Self { group_id: Some(id), ..set },
            Version::V1 => Self { user_id: Some(id), ..set },
        }
    }
}

impl<'a> Property<'a> for ApproverSet<'a> {
    fn write(&self, json: &mut Json) {
        json.open();
        json.kind(self.kind.0);
        if let Some(is_backup) = self.is_backup {
            json.key("isBackup");
            is_backup.write(json);
        }
        for (key, id) in [("id", self.id), ("userId", self.user_id), ("groupId", self.group_id)] {
            if let Some(id) = id {
                json.key(key);
                json.uuid(id);
            }
        }
        json.key("description");
        self.description.write(json);
        json.close();
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

impl<'a> Property<'a> for [Word; 0] {
    fn write(&self, json: &mut Json) {
        json.raw("[]");
    }

    fn value(self) -> Value<'a> {
        Value::Collection(Vec::new())
    }
}

crate::complex! {
    ApprovalSettings {
        is_approval_required / "isApprovalRequired",
        is_approval_required_for_extension / "isApprovalRequiredForExtension",
        is_requestor_justification_required / "isRequestorJustificationRequired",
        approval_mode / "approvalMode",
        approval_stages / "approvalStages",
    }
    Stage {
        approval_stage_time_out_in_days / "approvalStageTimeOutInDays",
        is_approver_justification_required / "isApproverJustificationRequired",
        escalation_time_in_minutes / "escalationTimeInMinutes",
        is_escalation_enabled / "isEscalationEnabled",
        primary_approvers / "primaryApprovers",
        escalation_approvers / "escalationApprovers",
    }
}
