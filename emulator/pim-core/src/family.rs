//! What differs between the families of privileges, as data: default policies and which protections apply.

use crate::id::RoleDefinitionId;
use crate::model::{
    ApprovalMode, ApprovalSetting, ApprovalStage, AuthenticationContextSetting, Enablement, ExpirationSetting,
    Notifications, Policy, Requirement, roles,
};
use crate::time::Length;

crate::implements![
    "POL-12", "POL-50", "POL-51", "POL-52", "POL-53", "POL-54", "POL-58", "POL-59", "UNC-9", "GA-1", "GA-2"
];

/// The roles of which the last active assignment is protected (GA-1, GA-2).
pub(crate) const PROTECTED_ROLES: [RoleDefinitionId; 2] =
    [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR];

/// The policy that a directory role has as long as nobody has changed it, the same at every scope (POL-12): activation for at
/// most 8 hours with a justification (POL-50, POL-51) and, for a list of roles, multifactor authentication (POL-52); permanent
/// assignments allowed with stored maxima (POL-53), a justification for active ones (POL-54); everybody is told of
/// everything (POL-58); no approval (POL-59).
#[must_use]
pub fn default_policy(with_mfa: bool) -> Policy {
    let at_most = |is_expiration_required, days| ExpirationSetting {
        is_expiration_required,
        maximum_duration: Length::days(days),
    };
    let mut activation = vec![Requirement::Justification];
    if with_mfa {
        activation.insert(0, Requirement::MultiFactorAuthentication);
    }
    Policy {
        expiration_admin_eligibility: at_most(false, 365),
        expiration_admin_assignment: at_most(false, 180),
        expiration_end_user_assignment: ExpirationSetting {
            is_expiration_required: true,
            maximum_duration: Length::hours(8),
        },
        enablement_admin_eligibility: Enablement::default(),
        enablement_admin_assignment: Enablement(vec![Requirement::Justification]),
        enablement_end_user_assignment: Enablement(activation),
        approval_end_user_assignment: ApprovalSetting {
            is_approval_required: false,
            is_approval_required_for_extension: false,
            is_requestor_justification_required: true,
            mode: ApprovalMode::SingleStage,
            stage: ApprovalStage {
                time_out_in_days: 1,
                is_approver_justification_required: true,
                escalation_time_in_minutes: 0,
                is_escalation_enabled: false,
                primary_approvers: Vec::new(),
            },
        },
        authentication_context_end_user_assignment: AuthenticationContextSetting::default(),
        notifications: Notifications::default(),
    }
}
