//! The directory around PIM: the tenant, its principals, its applications and its administrative units.

use super::application::ServicePrincipal;
use super::details::{GroupDetails, UserDetails, Visibility};
use crate::id::{AdministrativeUnitId, PrincipalId, TenantId};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What the tenant has paid for (LIC-1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum License {
    /// No premium licence: PIM refuses every call.
    None,
    /// Entra ID P1: role-assignable groups, but no PIM (LIC-14).
    P1,
    /// Entra ID P2: PIM.
    P2,
    /// Entra ID Governance: PIM and everything beside it.
    Governance,
}

impl License {
    /// Whether the tenant may use PIM at all (LIC-1).
    #[must_use]
    pub const fn includes_pim(self) -> bool {
        matches!(self, Self::P2 | Self::Governance)
    }

    /// Whether it includes what goes beyond P2 (LIC-11).
    #[must_use]
    pub const fn includes_governance(self) -> bool {
        matches!(self, Self::Governance)
    }
}

/// The tenant itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// The tenant's id.
    pub id: TenantId,
    /// Its initial domain, such as `contoso.onmicrosoft.com`.
    pub domain: String,
    /// The name of the organization.
    pub display_name: String,
    /// What it has paid for.
    pub license: License,
    /// When it was made.
    pub created: Instant,
}

/// Whether a user belongs to the organization.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UserType {
    /// One of us.
    Member,
    /// Invited from elsewhere (PRI-3).
    Guest,
}

/// A person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The object id.
    pub id: PrincipalId,
    /// The name to sign in with.
    pub user_principal_name: String,
    /// The name people see.
    pub display_name: String,
    /// First name.
    pub given_name: Option<String>,
    /// Family name.
    pub surname: Option<String>,
    /// Mail address.
    pub mail: Option<String>,
    /// The part of the mail address before the at sign.
    pub mail_nickname: String,
    /// Job title.
    pub job_title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Whether the account may sign in.
    pub account_enabled: bool,
    /// Member or guest.
    pub user_type: UserType,
    /// The user's manager.
    pub manager: Option<PrincipalId>,
    /// When the account was made.
    pub created: Instant,
    /// The password of the emulated sign-in. Never on the wire of Graph.
    pub password: String,
    /// Whether an interactive sign-in of this user satisfies multifactor authentication.
    pub mfa: bool,
    /// What is known of few users.
    #[serde(default)]
    pub details: Option<Box<UserDetails>>,
}

impl User {
    /// When the password was last set.
    #[must_use]
    pub fn password_changed(&self) -> Instant {
        self.details.as_ref().and_then(|details| details.password_changed).unwrap_or(self.created)
    }

    /// From when on sessions are valid.
    #[must_use]
    pub fn sessions_valid_from(&self) -> Instant {
        self.details.as_ref().and_then(|details| details.sessions_valid_from).unwrap_or(self.created)
    }
}

/// What sort of group it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GroupType {
    /// A security group.
    Security,
    /// A Microsoft 365 group.
    Microsoft365,
}

/// A group. Its members and owners are edges of the state, not part of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The object id.
    pub id: PrincipalId,
    /// The name people see.
    pub display_name: String,
    /// What the group is for.
    pub description: Option<String>,
    /// The part of the mail address before the at sign.
    pub mail_nickname: String,
    /// Security or Microsoft 365.
    pub group_type: GroupType,
    /// Whether directory roles may be given to it: fixed when the group is made (GRP-10).
    pub is_assignable_to_role: bool,
    /// The rule of a dynamic group.
    pub membership_rule: Option<String>,
    /// Whether it is synchronised from on-premises.
    pub on_premises_synced: bool,
    /// When the group was made.
    pub created: Instant,
    /// What is known of few groups.
    #[serde(default)]
    pub details: Option<Box<GroupDetails>>,
}

impl Group {
    /// Whether it controls access: every security group, and every group for directory roles (GRP-15).
    #[must_use]
    pub fn is_security_enabled(&self) -> bool {
        let asked = self.details.as_ref().is_some_and(|details| details.security_enabled);
        self.group_type == GroupType::Security || self.is_assignable_to_role || asked
    }

    /// The name that no other group has.
    #[must_use]
    pub fn unique_name(&self) -> Option<&str> {
        self.details.as_ref().and_then(|details| details.unique_name.as_deref())
    }

    /// Who made it, if somebody who held no role then.
    #[must_use]
    pub fn creator(&self) -> Option<PrincipalId> {
        self.details.as_ref().and_then(|details| details.creator)
    }

    /// Who sees it. One for directory roles is private (GRP-15); a security group that was not told has nothing to say.
    #[must_use]
    pub fn visibility(&self) -> Option<Visibility> {
        let asked = self.details.as_ref().and_then(|details| details.visibility);
        match (self.is_assignable_to_role, self.group_type) {
            (true, _) => Some(Visibility::Private),
            (false, GroupType::Microsoft365) => asked.or(Some(Visibility::Public)),
            (false, GroupType::Security) => asked,
        }
    }
}

/// A rule that says who belongs to an administrative unit. It is kept, and nobody is made a member by it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MembershipRule {
    /// The rule.
    pub text: String,
    /// Whether it is to be carried out.
    pub is_on: bool,
}

/// Part of the directory, as a scope for roles.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdministrativeUnit {
    /// The object id.
    pub id: AdministrativeUnitId,
    /// The name people see.
    pub display_name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Whether only its own administrators may change who is in it; fixed when it is made. PIM
    /// manages no group of such a unit (GRP-6).
    #[serde(default)]
    pub is_member_management_restricted: bool,
    /// The users and groups in it.
    pub members: Vec<PrincipalId>,
    /// Whether only its members and few others see who is in it.
    #[serde(default)]
    pub is_membership_hidden: bool,
    /// The rule of one with dynamic membership.
    #[serde(default)]
    pub membership_rule: Option<MembershipRule>,
    /// When it was made.
    pub created: Instant,
}

impl AdministrativeUnit {
    /// One with nobody in it and nothing special about it.
    #[must_use]
    pub fn new(id: AdministrativeUnitId, display_name: impl Into<String>, created: Instant) -> Self {
        Self {
            id,
            display_name: display_name.into(),
            description: None,
            members: Vec::new(),
            is_member_management_restricted: false,
            is_membership_hidden: false,
            membership_rule: None,
            created,
        }
    }
}

/// Which of the three a principal is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum PrincipalKind {
    /// A person.
    User,
    /// A group of principals.
    Group,
    /// An application or managed identity.
    ServicePrincipal,
}

/// Whoever may hold a privilege.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Principal {
    /// A person.
    User(User),
    /// A group.
    Group(Group),
    /// An application or managed identity.
    ServicePrincipal(ServicePrincipal),
}

impl Principal {
    /// The object id.
    #[must_use]
    pub const fn id(&self) -> PrincipalId {
        match self {
            Self::User(user) => user.id,
            Self::Group(group) => group.id,
            Self::ServicePrincipal(principal) => principal.id,
        }
    }

    /// Which of the three it is.
    #[must_use]
    pub const fn kind(&self) -> PrincipalKind {
        match self {
            Self::User(_) => PrincipalKind::User,
            Self::Group(_) => PrincipalKind::Group,
            Self::ServicePrincipal(_) => PrincipalKind::ServicePrincipal,
        }
    }

    /// When it was made.
    #[must_use]
    pub const fn created(&self) -> Instant {
        match self {
            Self::User(user) => user.created,
            Self::Group(group) => group.created,
            Self::ServicePrincipal(principal) => principal.created,
        }
    }

    /// The name people see.
    #[must_use]
    pub fn display_name(&self) -> &str {
        match self {
            Self::User(user) => &user.display_name,
            Self::Group(group) => &group.display_name,
            Self::ServicePrincipal(principal) => &principal.display_name,
        }
    }
}
