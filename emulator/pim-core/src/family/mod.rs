//! What differs between the families of privileges: a file for each, and one exhaustive `match` for each question.
//!
//! Rules and actions ask here and never look inside a privilege themselves.

pub(crate) mod azure_roles;
pub(crate) mod directory_roles;
pub(crate) mod groups;

pub(crate) use directory_roles::PROTECTED_ROLES;

use crate::behaviour::Behaviour;
use crate::decide::authority::{self, Managers};
use crate::id::RoleDefinitionId;
use crate::model::{
    Action, ApprovalMode, ApprovalSetting, ApprovalStage, AssignmentKind, AuthenticationContextSetting, Enablement,
    ExpirationSetting, Family, Notifications, Policy, PolicySubject, Principal, Privilege, Requirement,
};
use crate::rejection::{AzureFault, Rejection};
use crate::state::{Slot, State};
use crate::time::{Instant, Length};

crate::implements!["MOD-1", "LAT-2", "POL-58", "POL-59", "PRI-1", "PRI-2"];

pub(crate) mod implemented {
    //! What the files of this folder say they implement.
    pub(crate) const FILES: &[crate::rules::Implements] = &[
        super::IMPLEMENTS,
        super::azure_roles::IMPLEMENTS,
        super::directory_roles::IMPLEMENTS,
        super::groups::IMPLEMENTS,
    ];
}

/// Where the default policies of the families differ.
struct Defaults {
    /// Whether assignments by administrators must end; when not, the maxima are stored and do not limit (POL-43).
    must_assignments_expire: bool,
    /// What an activation must bring along.
    activation: Vec<Requirement>,
}

/// A default policy: activation for at most 8 hours, everybody is told of everything (POL-58), no approval (POL-59).
fn standard_policy(defaults: &Defaults) -> Policy {
    let at_most = |days| ExpirationSetting {
        is_expiration_required: defaults.must_assignments_expire,
        maximum_duration: Length::days(days),
    };
    Policy {
        expiration_admin_eligibility: at_most(365),
        expiration_admin_assignment: at_most(180),
        expiration_end_user_assignment: ExpirationSetting {
            is_expiration_required: true,
            maximum_duration: Length::hours(8),
        },
        enablement_admin_eligibility: Enablement::default(),
        enablement_admin_assignment: Enablement(vec![Requirement::Justification]),
        enablement_end_user_assignment: Enablement(defaults.activation.clone()),
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

/// What the privilege is about must exist.
pub(crate) fn exists(state: &State, privilege: Privilege) -> Result<(), Rejection> {
    match privilege {
        Privilege::DirectoryRole { role, .. } => directory_roles::exists(state, role),
        Privilege::Group { group, .. } => groups::exists(state, group),
        Privilege::AzureRole { role, scope } => azure_roles::exists(state, role, scope),
    }
}

/// The privilege must be one that can be held through PIM.
pub(crate) fn can_be_held(state: &State, privilege: Privilege) -> Result<(), Rejection> {
    match privilege {
        Privilege::DirectoryRole { role, scope } => directory_roles::can_be_held(state, role, scope),
        Privilege::Group { group, .. } => groups::can_be_managed(state, group),
        Privilege::AzureRole { role, scope } => azure_roles::can_be_held(state, role, scope),
    }
}

/// Service principals are never eligible (PRI-1, PRI-2); what groups may hold depends on the family.
pub(crate) fn may_hold(
    state: &State,
    principal: Slot,
    privilege: Privilege,
    side: AssignmentKind,
) -> Result<(), Rejection> {
    let Some(principal) = state.directory.at(principal) else { return Ok(()) };
    if let (Principal::ServicePrincipal(it), AssignmentKind::Eligibility) = (principal, side) {
        return Err(Rejection::PrincipalCannotBeEligible(it.id));
    }
    match privilege {
        Privilege::DirectoryRole { .. } => directory_roles::may_hold(state, principal),
        Privilege::Group { group, access } => groups::may_be_in(state, principal, (group, access), side),
        // Any user and any group (AZR-11).
        Privilege::AzureRole { .. } => Ok(()),
    }
}

/// Whether an assignment of that principal, where it is let through, never comes into force (ASG-22).
pub(crate) fn is_never_provisioned(state: &State, principal: Slot, privilege: Privilege) -> bool {
    match privilege {
        Privilege::DirectoryRole { .. } => directory_roles::is_plain_group(state, principal),
        Privilege::Group { .. } | Privilege::AzureRole { .. } => false,
    }
}

/// Whether there may be one more assignment.
pub(crate) fn within_limits(
    state: &State,
    now: Instant,
    principal: Slot,
    privilege: Privilege,
    side: AssignmentKind,
) -> Result<(), Rejection> {
    match (privilege, side) {
        (Privilege::DirectoryRole { role, scope }, _) => {
            directory_roles::within_limits(state, now, principal, (role, scope))
        }
        (Privilege::Group { group, access }, AssignmentKind::Assignment) => groups::within_limits(state, group, access),
        (Privilege::AzureRole { scope, .. }, AssignmentKind::Assignment) => azure_roles::within_limits(state, scope),
        (Privilege::Group { .. } | Privilege::AzureRole { .. }, AssignmentKind::Eligibility) => Ok(()),
    }
}

/// Whether the family knows an action (REQ-2).
pub(crate) const fn knows(privilege: Privilege, action: Action) -> bool {
    match privilege.family() {
        Family::DirectoryRoles | Family::AzureRoles => true,
        Family::Groups => groups::knows(action),
    }
}

/// Whether holding one privilege is also holding the other: the same right at a scope that covers the other's.
pub(crate) fn covers(state: &State, wide: Privilege, narrow: Privilege) -> bool {
    wide.same_right(narrow)
        && match (wide, narrow) {
            (Privilege::DirectoryRole { scope: wide, .. }, Privilege::DirectoryRole { scope: narrow, .. }) => {
                wide.covers(narrow)
            }
            (Privilege::AzureRole { scope: wide, .. }, Privilege::AzureRole { scope: narrow, .. }) => {
                state.azure.covers(wide, narrow)
            }
            (Privilege::DirectoryRole { .. } | Privilege::Group { .. } | Privilege::AzureRole { .. }, _) => {
                wide == narrow
            }
        }
}

/// Whether an activation for which there is nothing eligible fails `EligibilityRule` with the other rules; otherwise there is
/// simply nothing to act on.
pub(crate) const fn eligibility_is_a_rule(state: &State, privilege: Privilege) -> bool {
    match privilege.family() {
        Family::DirectoryRoles | Family::Groups => !state.behaviour.activation_without_eligibility_does_not_exist,
        Family::AzureRoles => true,
    }
}

/// Those whose eligibilities a principal may activate: itself, and the groups that it is a direct member of (ACT-24). Azure
/// takes groups in groups for what they are (REQ-28).
pub(crate) fn eligible_holders(state: &State, now: Instant, principal: Slot, privilege: Privilege) -> Vec<Slot> {
    match privilege.family() {
        Family::DirectoryRoles | Family::Groups => {
            std::iter::once(principal).chain(state.groups_of(now, principal)).collect()
        }
        Family::AzureRoles => azure_roles::holders(state, now, state.directory.id(principal)).collect(),
    }
}

/// Where a privilege is given or taken away, changes must not be forbidden (AZR-10). Eligibility changes nothing there.
pub(crate) fn not_locked(
    state: &State,
    privilege: Privilege,
    side: AssignmentKind,
    gives: bool,
) -> Result<(), Rejection> {
    match (privilege, side) {
        (Privilege::AzureRole { scope, .. }, AssignmentKind::Assignment)
            if azure_roles::is_locked(state, scope, gives) =>
        {
            Err(Rejection::Azure(AzureFault::ResourceIsLocked(scope)))
        }
        (Privilege::DirectoryRole { .. } | Privilege::Group { .. } | Privilege::AzureRole { .. }, _) => Ok(()),
    }
}

/// How long the service takes from accepting to giving (LAT-1, LAT-2).
pub(crate) fn provisioning_delay(state: &State, privilege: Privilege) -> Length {
    let Behaviour { provisioning_delay, group_provisioning_delay, .. } = &state.behaviour;
    match privilege.family() {
        Family::DirectoryRoles => *provisioning_delay,
        Family::Groups => (*group_provisioning_delay).max(*provisioning_delay),
        // Azure answers at once (AZR-7); what takes time there is access (LAT-3).
        Family::AzureRoles => Length::ZERO,
    }
}

/// How long after its start nobody can deactivate an activation, because it is not seen yet (DEA-3).
pub(crate) const fn deactivation_delay(state: &State, privilege: Privilege) -> Length {
    match privilege.family() {
        Family::DirectoryRoles | Family::Groups => Length::ZERO,
        Family::AzureRoles => state.behaviour.azure_deactivation_delay,
    }
}

/// How long after a deactivation nobody can activate again, because what ended is still remembered (DEA-8).
pub(crate) const fn reactivation_delay(state: &State, privilege: Privilege) -> Length {
    match privilege.family() {
        Family::DirectoryRoles | Family::Groups => Length::ZERO,
        Family::AzureRoles => state.behaviour.azure_reactivation_delay,
    }
}

/// Whether an update gives what runs another id (MOD-14).
pub(crate) const fn updates_change_ids(state: &State, privilege: Privilege) -> bool {
    match privilege.family() {
        Family::DirectoryRoles | Family::AzureRoles => false,
        Family::Groups => state.behaviour.group_updates_change_schedule_ids,
    }
}

/// Whoever changes assignments and settings.
pub(crate) fn managers(state: &State, privilege: Privilege) -> Managers {
    match privilege {
        Privilege::DirectoryRole { .. } => Managers::OfDirectory { roles: &authority::MANAGERS, owners_of: None },
        Privilege::Group { group, .. } => groups::managers(state, group),
        Privilege::AzureRole { scope, .. } => azure_roles::managers(scope),
    }
}

/// Whoever changes a policy (POL-22).
pub(crate) fn policy_managers(state: &State, subject: PolicySubject) -> Managers {
    match subject {
        PolicySubject::DirectoryRole(_) | PolicySubject::Group(..) => managers(state, subject.privilege()),
        PolicySubject::AzureRole(_, scope) => azure_roles::policy_managers(scope),
    }
}

/// Whether administrators who assign something as active can be asked for a ticket (POL-6).
pub(crate) const fn administrators_give_tickets(privilege: Privilege) -> bool {
    match privilege.family() {
        Family::DirectoryRoles | Family::AzureRoles => false,
        Family::Groups => true,
    }
}

/// The roles whose holders decide on activations where no approver is named; none where one must be (APR-14, APR-15).
pub(crate) const fn default_approvers(state: &State, privilege: Privilege) -> &'static [RoleDefinitionId] {
    match privilege.family() {
        Family::DirectoryRoles => directory_roles::default_approvers(state),
        Family::Groups | Family::AzureRoles => &[],
    }
}
