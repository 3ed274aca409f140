//! Which permissions of a token will do for an operation (AUT-19), and what is said when none is there.

use super::error::Answer;
use crate::app::token::{AccessToken, Caller};
use axum::http::StatusCode;

/// The permissions of which a caller needs one, the least first.
#[derive(Debug)]
pub(crate) struct Permission {
    /// For a signed-in user.
    pub(crate) delegated: &'static [&'static str],
    /// For an application on its own.
    pub(crate) application: &'static [&'static str],
    /// Who refuses.
    pub(crate) gate: Gate,
}

/// Who looks at the permissions: the two word their refusals differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gate {
    /// The gateway of PIM, which names everything that would do.
    Pim,
    /// The same where it has to find out first whose policies are meant: the operation asks for the permission itself.
    PimByScope,
    /// The directory, which names nothing. Whoever may do there whatever the user may needs no other permission.
    Directory,
    /// The policies of the directory, which say the same and know no permission for whatever the user may.
    Policies,
    /// The reporting service, which names what would do.
    Reports,
    /// Access reviews, which say the same as the directory and know no permission for whatever the user may.
    Reviews,
    /// Nobody: each step of a batch takes its own.
    Steps,
}

/// The delegated permission for whatever the user may do in the directory.
const ACCESS_AS_USER: &str = "Directory.AccessAsUser.All";

impl Permission {
    /// The same permissions for users and applications.
    pub(crate) const fn same(gate: Gate, names: &'static [&'static str]) -> Self {
        Self { delegated: names, application: names, gate }
    }

    /// Whether a token carries one of them.
    pub(crate) fn is_given(&self, token: &AccessToken) -> bool {
        match &token.caller {
            Caller::User { scopes, .. } => {
                let is_as_user = match self.gate {
                    Gate::Directory => scopes.contains(ACCESS_AS_USER),
                    Gate::Pim | Gate::PimByScope | Gate::Policies | Gate::Reviews | Gate::Reports | Gate::Steps => {
                        false
                    }
                };
                is_as_user || self.delegated.iter().any(|name| scopes.contains(name))
            }
            Caller::Application { roles, .. } => {
                self.application.iter().any(|name| roles.iter().any(|role| role == name))
            }
        }
    }

    /// What is said when none is there (AUT-21).
    pub(super) fn refusal(&self) -> Answer {
        match self.gate {
            Gate::Pim | Gate::PimByScope => Answer::new(
                StatusCode::FORBIDDEN,
                "UnknownError",
                format!(
                    "{{\"errorCode\":\"PermissionScopeNotGranted\",\"message\":\"Authorization failed due to missing \
                     permission scope {}.\",\"instanceAnnotations\":[]}}",
                    self.delegated.join(",")
                ),
            ),
            Gate::Reports => Answer::new(
                StatusCode::FORBIDDEN,
                "Authentication_MSGraphPermissionMissing",
                format!(
                    "The principal does not have required Microsoft Graph permission(s): {} to call this API. For more \
                     information about Microsoft Graph permissions, please visit \
                     https://learn.microsoft.com/graph/permissions-overview.",
                    self.delegated.join(", ")
                ),
            ),
            Gate::Directory | Gate::Steps | Gate::Policies | Gate::Reviews => Answer::new(
                StatusCode::FORBIDDEN,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.",
            )
            .detailed(format!("one of {} would do", self.delegated.join(", "))),
        }
    }
}

/// A batch, whose steps take permissions of their own.
pub(crate) static IN_BATCH: Permission = Permission::same(Gate::Steps, &[]);

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident: $gate:ident [$($permission:literal),+ $(,)?];)*) => {$(
        $(#[$doc])*
        pub(crate) static $name: Permission = Permission::same(Gate::$gate, &[$($permission),+]);
    )*};
}

permissions! {
    /// Reading role definitions.
    READ_ROLE_DEFINITIONS: Directory [
        "RoleManagement.Read.Directory", "RoleManagement.Read.All", "RoleManagement.ReadWrite.Directory",
        "Directory.Read.All", "Directory.ReadWrite.All",
    ];
    /// Changing role definitions and role assignments.
    WRITE_ROLES: Directory ["RoleManagement.ReadWrite.Directory"];
    /// Reading schedules and instances of active assignments.
    READ_ASSIGNMENT_SCHEDULES: Pim [
        "RoleAssignmentSchedule.Read.Directory", "RoleAssignmentSchedule.ReadWrite.Directory",
        "RoleManagement.Read.Directory", "RoleManagement.Read.All", "RoleManagement.ReadWrite.Directory",
    ];
    /// Everything about requests for active assignments: even reading needs a write permission.
    ASSIGNMENT_REQUESTS: Pim ["RoleAssignmentSchedule.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"];
    /// Reading schedules and instances of eligibilities.
    READ_ELIGIBILITY_SCHEDULES: Pim [
        "RoleEligibilitySchedule.Read.Directory", "RoleEligibilitySchedule.ReadWrite.Directory",
        "RoleManagement.Read.Directory", "RoleManagement.Read.All", "RoleManagement.ReadWrite.Directory",
    ];
    /// Everything about requests for eligibilities.
    ELIGIBILITY_REQUESTS: Pim ["RoleEligibilitySchedule.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"];
    /// Making requests for active assignments; the last one is for removals only.
    MAKE_ASSIGNMENT_REQUESTS: Pim [
        "RoleAssignmentSchedule.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory",
        "RoleAssignmentSchedule.Remove.Directory",
    ];
    /// Making requests for eligibilities; the last one is for removals only.
    MAKE_ELIGIBILITY_REQUESTS: Pim [
        "RoleEligibilitySchedule.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory",
        "RoleEligibilitySchedule.Remove.Directory",
    ];
    /// Changing policies of directory roles.
    WRITE_ROLE_POLICIES: Pim ["RoleManagementPolicy.ReadWrite.Directory", "RoleManagement.ReadWrite.Directory"];
    /// Reading policies of groups.
    READ_GROUP_POLICIES: Pim ["RoleManagementPolicy.Read.AzureADGroup", "RoleManagementPolicy.ReadWrite.AzureADGroup"];
    /// Changing policies of groups.
    WRITE_GROUP_POLICIES: Pim ["RoleManagementPolicy.ReadWrite.AzureADGroup"];
    /// Reading active assignments of groups and requests for them.
    READ_GROUP_ASSIGNMENTS: Pim [
        "PrivilegedAssignmentSchedule.Read.AzureADGroup", "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        "PrivilegedAccess.Read.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup",
    ];
    /// Everything about requests for active assignments of groups.
    GROUP_ASSIGNMENT_REQUESTS: Pim [
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup",
    ];
    /// Making requests for active assignments of groups; the last one is for removals only.
    MAKE_GROUP_ASSIGNMENT_REQUESTS: Pim [
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup",
        "PrivilegedAssignmentSchedule.Remove.AzureADGroup",
    ];
    /// Reading eligibilities for groups and requests for them.
    READ_GROUP_ELIGIBILITIES: Pim [
        "PrivilegedEligibilitySchedule.Read.AzureADGroup", "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
        "PrivilegedAccess.Read.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup",
    ];
    /// Everything about requests for eligibilities for groups.
    GROUP_ELIGIBILITY_REQUESTS: Pim [
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup",
    ];
    /// Making requests for eligibilities for groups; the last one is for removals only.
    MAKE_GROUP_ELIGIBILITY_REQUESTS: Pim [
        "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup",
        "PrivilegedEligibilitySchedule.Remove.AzureADGroup",
    ];
    /// Reading alerts of directory roles.
    READ_ALERTS: Pim ["RoleManagementAlert.Read.Directory", "RoleManagementAlert.ReadWrite.Directory"];
    /// Setting, dismissing and refreshing them, and putting right what they have found.
    WRITE_ALERTS: Pim ["RoleManagementAlert.ReadWrite.Directory"];
    /// Reading which groups PIM manages, and the older routes of groups.
    READ_PRIVILEGED_GROUPS: Pim ["PrivilegedAccess.Read.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup"];
    /// Whatever PIM's own service does: it looks at who calls and not at what the token permits.
    USE_PIM: Pim ["user_impersonation"];
    /// Letting PIM manage a group.
    WRITE_PRIVILEGED_GROUPS: Pim ["PrivilegedAccess.ReadWrite.AzureADGroup"];
    /// Reading users.
    READ_USERS: Directory [
        "User.ReadBasic.All", "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
    ];
    /// Reading groups.
    READ_GROUPS: Directory [
        "GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
    ];
    /// Making members of administrative units; a group and a user each take the one for its own sort.
    CREATE_MEMBERS: Directory ["Group.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Making and changing users.
    WRITE_USERS: Directory ["User.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Deleting users.
    DELETE_USERS: Directory ["User.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Ending sessions.
    REVOKE_SESSIONS: Directory ["User.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Reading what a user belongs to.
    READ_USER_MEMBERSHIPS: Directory [
        "User.Read.All", "User.ReadWrite.All", "GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All",
        "Directory.Read.All", "Directory.ReadWrite.All",
    ];
    /// Making, changing and deleting groups.
    WRITE_GROUPS: Directory ["Group.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Changing who is in a group.
    WRITE_MEMBERS: Directory ["GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Whatever is done to groups for directory roles, beside what it takes for any group (AUT-22).
    ROLE_ASSIGNABLE_GROUPS: Directory ["RoleManagement.ReadWrite.Directory"];
    /// Making groups in an administrative unit: beside what it takes to make a group.
    USE_ADMINISTRATIVE_UNITS: Directory [
        "AdministrativeUnit.Read.All", "AdministrativeUnit.ReadWrite.All", "Directory.ReadWrite.All",
    ];
    /// Changing applications and service principals, whosoever they are.
    WRITE_APPLICATIONS: Directory ["Application.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Giving app roles and taking them away.
    WRITE_APP_ROLE_ASSIGNMENTS: Directory ["AppRoleAssignment.ReadWrite.All"];
    /// Reading what clients may do in the name of users.
    READ_PERMISSION_GRANTS: Directory [
        "DelegatedPermissionGrant.Read.All", "DelegatedPermissionGrant.ReadWrite.All", "Directory.Read.All",
        "Directory.ReadWrite.All",
    ];
    /// Changing what clients may do in the name of users.
    WRITE_PERMISSION_GRANTS: Directory ["DelegatedPermissionGrant.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Changing administrative units.
    WRITE_ADMINISTRATIVE_UNITS: Directory ["AdministrativeUnit.ReadWrite.All", "Directory.ReadWrite.All"];
    /// Reading whatever is in the directory.
    READ_DIRECTORY: Directory ["Directory.Read.All", "Directory.ReadWrite.All"];
    /// Reading domains.
    READ_DOMAINS: Directory ["Domain.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"];
    /// Reading what the tenant pays for.
    READ_SUBSCRIBED_SKUS: Directory ["Organization.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"];
    /// Reading Conditional Access policies.
    READ_CONDITIONAL_ACCESS: Policies [
        "Policy.Read.ConditionalAccess", "Policy.Read.All", "Policy.ReadWrite.ConditionalAccess",
    ];
    /// Changing Conditional Access policies.
    WRITE_CONDITIONAL_ACCESS: Policies ["Policy.ReadWrite.ConditionalAccess"];
    /// Reading authentication contexts.
    READ_AUTHENTICATION_CONTEXTS: Policies [
        "AuthenticationContext.Read.All", "AuthenticationContext.ReadWrite.All", "Policy.Read.ConditionalAccess",
        "Policy.ReadWrite.ConditionalAccess",
    ];
    /// Changing authentication contexts.
    WRITE_AUTHENTICATION_CONTEXTS: Policies ["AuthenticationContext.ReadWrite.All", "Policy.ReadWrite.ConditionalAccess"];
    /// Reading the audit log.
    READ_AUDIT_LOGS: Reports ["AuditLog.Read.All"];
    /// Reading access reviews. The last one is for groups alone.
    READ_ACCESS_REVIEWS: Reviews [
        "AccessReview.Read.All", "AccessReview.ReadWrite.All", "AccessReview.ReadWrite.Membership",
    ];
    /// Reading access reviews of whatever they are.
    READ_ALL_ACCESS_REVIEWS: Reviews ["AccessReview.Read.All", "AccessReview.ReadWrite.All"];
    /// Changing access reviews of whatever they are.
    WRITE_ALL_ACCESS_REVIEWS: Reviews ["AccessReview.ReadWrite.All"];
    /// Making, changing and ending access reviews. The last one is for groups alone.
    WRITE_ACCESS_REVIEWS: Reviews ["AccessReview.ReadWrite.All", "AccessReview.ReadWrite.Membership"];
    /// Reading administrative units.
    READ_ADMINISTRATIVE_UNITS: Directory [
        "AdministrativeUnit.Read.All", "AdministrativeUnit.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All",
    ];
}

/// Reading role assignments: one of the permissions is for users only.
pub(crate) static READ_ROLE_ASSIGNMENTS: Permission = Permission {
    delegated: &[
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "RoleManagement.Read.All",
    ],
    application: &[
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
    gate: Gate::Directory,
};

/// Reading approvals: for approvers, who are people (APR-25).
pub(crate) static READ_APPROVALS: Permission = Permission {
    delegated: &["RoleAssignmentSchedule.Read.Directory", "RoleAssignmentSchedule.ReadWrite.Directory"],
    application: &[],
    gate: Gate::Pim,
};

/// Deciding on activations (APR-25).
pub(crate) static DECIDE_APPROVALS: Permission =
    Permission { delegated: &["RoleAssignmentSchedule.ReadWrite.Directory"], application: &[], gate: Gate::Pim };

/// Reading approvals of groups (APR-25).
pub(crate) static READ_GROUP_APPROVALS: Permission = Permission {
    delegated: &[
        "PrivilegedAssignmentSchedule.Read.AzureADGroup",
        "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
        "PrivilegedAccess.Read.AzureADGroup",
        "PrivilegedAccess.ReadWrite.AzureADGroup",
    ],
    application: &[],
    gate: Gate::Pim,
};

/// Deciding on activations of groups (APR-25).
pub(crate) static DECIDE_GROUP_APPROVALS: Permission = Permission {
    delegated: &["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup", "PrivilegedAccess.ReadWrite.AzureADGroup"],
    application: &[],
    gate: Gate::Pim,
};

/// Deciding in access reviews: for reviewers, who are people.
pub(crate) static DECIDE_ACCESS_REVIEWS: Permission = Permission {
    delegated: &["AccessReview.ReadWrite.All", "AccessReview.ReadWrite.Membership"],
    application: &[],
    gate: Gate::Reviews,
};

/// Reading objects of whichever type.
pub(crate) static READ_DIRECTORY_OBJECTS: Permission = Permission {
    delegated: &[
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "User.Read.All",
        "User.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadWrite.All",
        "Application.Read.All",
        "Application.ReadWrite.All",
    ],
    application: &[
        "Directory.Read.All",
        "Directory.ReadWrite.All",
        "User.Read.All",
        "User.ReadWrite.All",
        "Group.Read.All",
        "Group.ReadWrite.All",
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Application.ReadWrite.OwnedBy",
    ],
    gate: Gate::Directory,
};

/// Deleting objects of whichever type; that of the type is looked at then.
pub(crate) static WRITE_DIRECTORY_OBJECTS: Permission = Permission {
    delegated: &[
        "Directory.ReadWrite.All",
        "User.ReadWrite.All",
        "Group.ReadWrite.All",
        "Application.ReadWrite.All",
        "AdministrativeUnit.ReadWrite.All",
    ],
    application: &[
        "Directory.ReadWrite.All",
        "User.ReadWrite.All",
        "Group.ReadWrite.All",
        "Application.ReadWrite.All",
        "Application.ReadWrite.OwnedBy",
        "AdministrativeUnit.ReadWrite.All",
    ],
    gate: Gate::Directory,
};

/// Reading applications and service principals.
pub(crate) static READ_SERVICE_PRINCIPALS: Permission = Permission {
    delegated: &["Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    application: &[
        "Application.Read.All",
        "Application.ReadWrite.OwnedBy",
        "Application.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
    gate: Gate::Directory,
};

/// Changing applications and service principals, if only those that oneself owns: of which is looked at then.
pub(crate) static WRITE_OWNED_APPLICATIONS: Permission = Permission {
    delegated: &["Application.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &["Application.ReadWrite.OwnedBy", "Application.ReadWrite.All", "Directory.ReadWrite.All"],
    gate: Gate::Directory,
};

/// Reading oneself.
pub(crate) static READ_ME: Permission = Permission {
    delegated: &[
        "User.Read",
        "User.ReadBasic.All",
        "User.Read.All",
        "User.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
    application: &[],
    gate: Gate::Directory,
};

/// Reading what oneself belongs to.
pub(crate) static READ_MY_MEMBERSHIPS: Permission = Permission {
    delegated: &[
        "User.Read",
        "User.Read.All",
        "User.ReadWrite.All",
        "GroupMember.Read.All",
        "Group.Read.All",
        "Group.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ],
    application: &[],
    gate: Gate::Directory,
};

/// Changing oneself.
pub(crate) static WRITE_ME: Permission = Permission {
    delegated: &["User.ReadWrite", "User.ReadWrite.All", "Directory.ReadWrite.All"],
    application: &[],
    gate: Gate::Directory,
};

/// Reading the organization.
pub(crate) static READ_ORGANIZATION: Permission = Permission {
    delegated: &["User.Read", "Organization.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    application: &["Organization.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
    gate: Gate::Directory,
};

/// The permissions of an operation on policies, which are not the same for directory roles and for groups.
#[derive(Debug)]
pub(crate) struct ByScope {
    /// For policies of directory roles.
    pub(crate) roles: &'static Permission,
    /// For policies of groups.
    pub(crate) groups: &'static Permission,
    /// Any of both, for those who list what there is.
    pub(crate) either: Permission,
}

/// What will do for a user who reads policies of directory roles. Applications may use the same, in another order of least
/// privilege.
const READ_ROLE_POLICIES: [&str; 5] = [
    "RoleManagementPolicy.Read.Directory",
    "RoleManagement.Read.Directory",
    "RoleManagement.Read.All",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagementPolicy.ReadWrite.Directory",
];

/// Reading policies and their rules.
pub(crate) static READ_POLICIES: ByScope = ByScope {
    roles: &Permission {
        delegated: &READ_ROLE_POLICIES,
        application: &[
            "RoleManagement.Read.Directory",
            "RoleManagement.Read.All",
            "RoleManagement.ReadWrite.Directory",
            "RoleManagementPolicy.Read.Directory",
            "RoleManagementPolicy.ReadWrite.Directory",
        ],
        gate: Gate::Pim,
    },
    groups: &READ_GROUP_POLICIES,
    either: READ_EITHER,
};

/// Reading which policy is that of which role or relation.
pub(crate) static READ_POLICY_ASSIGNMENTS: ByScope = ByScope {
    roles: &Permission {
        delegated: &READ_ROLE_POLICIES,
        application: &[
            "RoleManagement.Read.All",
            "RoleManagement.Read.Directory",
            "RoleManagement.ReadWrite.Directory",
            "RoleManagementPolicy.Read.Directory",
            "RoleManagementPolicy.ReadWrite.Directory",
        ],
        gate: Gate::Pim,
    },
    groups: &READ_GROUP_POLICIES,
    either: READ_EITHER,
};

/// Changing policies and their rules.
pub(crate) static WRITE_POLICIES: ByScope = ByScope {
    roles: &WRITE_ROLE_POLICIES,
    groups: &WRITE_GROUP_POLICIES,
    either: Permission::same(
        Gate::PimByScope,
        &[
            "RoleManagementPolicy.ReadWrite.Directory",
            "RoleManagement.ReadWrite.Directory",
            "RoleManagementPolicy.ReadWrite.AzureADGroup",
        ],
    ),
};

const READ_EITHER: Permission = Permission::same(
    Gate::PimByScope,
    &[
        "RoleManagementPolicy.Read.Directory",
        "RoleManagement.Read.Directory",
        "RoleManagement.Read.All",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagementPolicy.ReadWrite.Directory",
        "RoleManagementPolicy.Read.AzureADGroup",
        "RoleManagementPolicy.ReadWrite.AzureADGroup",
    ],
);
