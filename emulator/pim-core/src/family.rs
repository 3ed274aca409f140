//! What differs between the families of privileges, as data: default policies and which protections apply.

use crate::behaviour::Behaviour;
use crate::id::RoleDefinitionId;
use crate::model::{Enablement, ExpirationSetting, Policy, Privilege, Requirement, roles};
use crate::time::Length;

crate::implements!["POL-12", "POL-50", "POL-51", "POL-52", "POL-53", "POL-54", "UNC-9", "GA-1", "GA-2"];

/// The roles of which the last active assignment is protected (GA-1, GA-2).
pub(crate) const PROTECTED_ROLES: [RoleDefinitionId; 2] =
    [roles::GLOBAL_ADMINISTRATOR, roles::PRIVILEGED_ROLE_ADMINISTRATOR];

/// The policy of a privilege as long as nobody has changed it, the same at every scope (POL-12): activation for at most 8 hours with a justification
/// (POL-50, POL-51), permanent assignments allowed with stored maxima (POL-53), a justification for active ones (POL-54).
#[must_use]
pub fn default_policy(privilege: Privilege, behaviour: &Behaviour) -> Policy {
    let at_most = |is_expiration_required, days| ExpirationSetting {
        is_expiration_required,
        maximum_duration: Length::days(days),
    };
    let mut activation = vec![Requirement::Justification];
    if behaviour.roles_with_mfa_by_default.contains(&privilege.role()) {
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
    }
}
