//! Alerts: what PIM warns of, what they are set to, and what they have found.

use super::directory::License;
use super::privilege::Privilege;
use super::request::CreatedBy;
use crate::id::{AzureRoleDefinitionId, AzureScopeId, PrincipalId, RequestId, RoleDefinitionId, ScheduleId};
use crate::time::{Instant, Length};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use uuid::Uuid;

/// An alert about directory roles, in the service's order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum DirectoryAlert {
    /// The tenant has no licence that includes PIM (ALR-10).
    InvalidLicense,
    /// A role can be activated without multifactor authentication (ALR-11).
    NoMfaOnRoleActivation,
    /// Somebody eligible does not activate (ALR-12).
    RedundantAssignment,
    /// A role was given outside PIM (ALR-13).
    RolesAssignedOutsidePim,
    /// Somebody activates the same role again and again (ALR-14).
    SequentialActivationRenewals,
    /// An account that holds a role does not sign in (ALR-16).
    StaleSignIn,
    /// There are too many Global Administrators (ALR-18).
    TooManyGlobalAdminsAssignedToTenant,
}

/// An alert about roles of Azure, in the order of names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AzureAlert {
    /// A role was given outside PIM (ALR-33).
    AzureRolesAssignedOutsidePim,
    /// Two custom roles allow the same (ALR-32).
    DuplicateRoleCreated,
    /// There are too many Owners (ALR-30).
    TooManyOwnersAssignedToResource,
    /// Too many of them are Owners for good (ALR-31).
    TooManyPermanentOwnersAssignedToResource,
}

/// One alert of a tenant: of the tenant as a whole, or of a subscription (ALR-34).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Alert {
    /// About directory roles.
    DirectoryRoles(DirectoryAlert),
    /// About the roles of Azure in a subscription.
    AzureRoles(AzureScopeId, AzureAlert),
}

/// What alerts are of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum AlertScope {
    /// Directory roles.
    DirectoryRoles,
    /// The roles of Azure in a subscription.
    Subscription(AzureScopeId),
}

impl DirectoryAlert {
    /// All seven, in the service's order.
    pub const ALL: [Self; 7] = [
        Self::InvalidLicense,
        Self::NoMfaOnRoleActivation,
        Self::RedundantAssignment,
        Self::RolesAssignedOutsidePim,
        Self::SequentialActivationRenewals,
        Self::StaleSignIn,
        Self::TooManyGlobalAdminsAssignedToTenant,
    ];
}

impl AzureAlert {
    /// All four, in the order of names.
    pub const ALL: [Self; 4] = [
        Self::AzureRolesAssignedOutsidePim,
        Self::DuplicateRoleCreated,
        Self::TooManyOwnersAssignedToResource,
        Self::TooManyPermanentOwnersAssignedToResource,
    ];
}

impl AlertScope {
    /// The alerts that there are of it.
    pub fn alerts(self) -> impl Iterator<Item = Alert> {
        let (directory, azure): (&[_], &[_]) = match self {
            Self::DirectoryRoles => (&DirectoryAlert::ALL, &[]),
            Self::Subscription(_) => (&[], &AzureAlert::ALL),
        };
        let of_azure = azure.iter().filter_map(move |it| match self {
            Self::DirectoryRoles => None,
            Self::Subscription(scope) => Some(Alert::AzureRoles(scope, *it)),
        });
        directory.iter().copied().map(Alert::DirectoryRoles).chain(of_azure)
    }

    /// The alert of that name, in any case.
    #[must_use]
    pub fn named(self, name: &str) -> Option<Alert> {
        self.alerts().find(|alert| alert.definition().name.eq_ignore_ascii_case(name))
    }
}

impl Alert {
    /// What it is of.
    #[must_use]
    pub const fn scope(self) -> AlertScope {
        match self {
            Self::DirectoryRoles(_) => AlertScope::DirectoryRoles,
            Self::AzureRoles(scope, _) => AlertScope::Subscription(scope),
        }
    }

    /// What it is about, in words (ALR-2).
    #[must_use]
    pub fn definition(self) -> &'static AlertDefinition {
        let place = match self {
            Self::DirectoryRoles(alert) => alert as usize,
            Self::AzureRoles(_, alert) => DirectoryAlert::ALL.len() + alert as usize,
        };
        &definitions()[place]
    }
}

/// How bad it is (ALR-6).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AlertSeverity {
    /// Something else would be better.
    Low,
    /// A risk that does no harm at once.
    Medium,
    /// To be dealt with at once.
    High,
}

impl AlertSeverity {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word for it, in small letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What an alert is about (ALR-2). The same in every tenant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AlertDefinition {
    /// What the service calls it by.
    pub name: &'static str,
    /// How bad it is.
    pub severity: AlertSeverity,
    /// Whether there is more to set than whether it is enabled.
    pub is_configurable: bool,
    /// Whether the service can put an incident right itself.
    pub is_remediatable: bool,
    /// The name people see.
    pub display_name: &'static str,
    /// What has happened.
    pub description: &'static str,
    /// What may come of it.
    pub security_impact: &'static str,
    /// What to do now.
    pub mitigation_steps: &'static str,
    /// What to do from now on.
    pub how_to_prevent: &'static str,
}

/// Every definition: those of directory roles, then those of Azure roles, each in its order.
fn definitions() -> &'static [AlertDefinition] {
    static DEFINITIONS: LazyLock<Vec<AlertDefinition>> = LazyLock::new(|| {
        include_str!("../../data/alerts.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(parse).collect()
    });
    &DEFINITIONS
}

/// One line of the data file.
fn parse(line: &'static str) -> Option<AlertDefinition> {
    let mut columns = line.split('\t');
    let name = columns.next()?;
    let severity = columns.next()?;
    let severity = AlertSeverity::ALL.into_iter().find(|it| it.name() == severity)?;
    let mut yes = || columns.next().map(|word| word == "yes");
    let (is_configurable, is_remediatable) = (yes()?, yes()?);
    Some(AlertDefinition {
        name,
        severity,
        is_configurable,
        is_remediatable,
        display_name: columns.next()?,
        description: columns.next()?,
        security_impact: columns.next()?,
        mitigation_steps: columns.next()?,
        how_to_prevent: columns.next()?,
    })
}

/// What an alert is set to beside being enabled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AlertSettings {
    /// Nothing can be set.
    Fixed,
    /// Something must have gone on for so long (ALR-12, ALR-16).
    Duration(Length),
    /// Something was done so often, each time at most so long after the last (ALR-15).
    Sequence {
        /// How often.
        count: u32,
        /// How long after.
        interval: Length,
    },
    /// There are so many of some, and they are such a share of all (ALR-18, ALR-30, ALR-31).
    Share {
        /// How many.
        count: u32,
        /// Of each hundred.
        percentage: u32,
    },
}

/// How an alert is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertConfiguration {
    /// Whether the tenant is scanned for it (ALR-3).
    pub is_enabled: bool,
    /// What else it is set to.
    pub settings: AlertSettings,
}

impl AlertConfiguration {
    /// How an alert is set as long as nobody has set it otherwise. The service's own defaults are not published; these are
    /// values that its interface was seen with, and those of its examples (UNC-15).
    #[must_use]
    pub const fn default_of(alert: Alert) -> Self {
        let month = AlertSettings::Duration(Length::days(30));
        let settings = match alert {
            Alert::DirectoryRoles(alert) => match alert {
                DirectoryAlert::InvalidLicense
                | DirectoryAlert::NoMfaOnRoleActivation
                | DirectoryAlert::RolesAssignedOutsidePim => AlertSettings::Fixed,
                DirectoryAlert::RedundantAssignment | DirectoryAlert::StaleSignIn => month,
                DirectoryAlert::SequentialActivationRenewals => {
                    AlertSettings::Sequence { count: 3, interval: Length::hours(5) }
                }
                DirectoryAlert::TooManyGlobalAdminsAssignedToTenant => {
                    AlertSettings::Share { count: 3, percentage: 10 }
                }
            },
            Alert::AzureRoles(_, alert) => match alert {
                AzureAlert::AzureRolesAssignedOutsidePim | AzureAlert::DuplicateRoleCreated => AlertSettings::Fixed,
                AzureAlert::TooManyOwnersAssignedToResource => AlertSettings::Share { count: 2, percentage: 3 },
                AzureAlert::TooManyPermanentOwnersAssignedToResource => {
                    AlertSettings::Share { count: 10, percentage: 10 }
                }
            },
        };
        Self { is_enabled: true, settings }
    }
}

/// What a caller may change of how an alert is set. What is not given stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AlertConfigurationChange {
    /// Whether the tenant is scanned for it.
    pub is_enabled: Option<bool>,
    /// How long something must have gone on.
    pub duration: Option<Length>,
    /// How often, or how many.
    pub count: Option<u32>,
    /// How long after the last time at the most.
    pub interval: Option<Length>,
    /// Of each hundred.
    pub percentage: Option<u32>,
}

/// One thing that an alert has found (ALR-21).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Incident {
    /// The licence that the tenant has.
    License(License),
    /// A role that can be activated without multifactor authentication.
    RoleWithoutMfa(RoleDefinitionId),
    /// An eligibility that is not used.
    Unused {
        /// The eligibility.
        schedule: ScheduleId,
        /// Whose.
        principal: PrincipalId,
        /// For what.
        privilege: Privilege,
        /// When it was last activated.
        last_activation: Option<Instant>,
    },
    /// An assignment that was made outside PIM.
    Outside {
        /// The assignment.
        schedule: ScheduleId,
        /// Whose.
        principal: PrincipalId,
        /// Of what.
        privilege: Privilege,
        /// When it was made.
        assigned: Instant,
        /// Who made it, where that is known.
        by: Option<CreatedBy>,
    },
    /// A row of activations of one role by one person.
    Sequence {
        /// The request of the first of them.
        first: RequestId,
        /// Whose.
        principal: PrincipalId,
        /// Of what.
        privilege: Privilege,
        /// How many.
        count: u32,
        /// The start of the first.
        start: Instant,
        /// The start of the last.
        end: Instant,
    },
    /// An assignment of an account that does not sign in.
    Stale {
        /// The assignment.
        schedule: ScheduleId,
        /// Whose.
        principal: PrincipalId,
        /// Of what.
        privilege: Privilege,
        /// When it was made.
        assigned: Instant,
        /// When the account last signed in, as far as that is known.
        last_sign_in: Option<Instant>,
    },
    /// One of those of whom there are too many.
    OneOfMany(PrincipalId),
    /// A custom role that has a twin.
    Duplicate {
        /// The role.
        role: AzureRoleDefinitionId,
        /// The others that allow the same.
        duplicates: Vec<AzureRoleDefinitionId>,
    },
}

impl Incident {
    /// What it is known by: the id of what it is about, so that it is the same in every scan.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        match self {
            Self::License(_) => Uuid::nil(),
            Self::RoleWithoutMfa(role) => role.0,
            Self::Unused { schedule, .. } | Self::Outside { schedule, .. } | Self::Stale { schedule, .. } => schedule.0,
            Self::Sequence { first, .. } => first.0,
            Self::OneOfMany(principal) => principal.0,
            Self::Duplicate { role, .. } => role.0,
        }
    }

    /// Whom it is about, and of which privilege, where it is about an assignment.
    #[must_use]
    pub const fn assignment(&self) -> Option<(PrincipalId, Privilege)> {
        match self {
            Self::Unused { principal, privilege, .. }
            | Self::Outside { principal, privilege, .. }
            | Self::Sequence { principal, privilege, .. }
            | Self::Stale { principal, privilege, .. } => Some((*principal, *privilege)),
            Self::License(_) | Self::RoleWithoutMfa(_) | Self::OneOfMany(_) | Self::Duplicate { .. } => None,
        }
    }
}

/// A scan that somebody asked for (ALR-4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertOperation {
    /// Its id.
    pub id: Uuid,
    /// Of which alerts.
    pub scope: AlertScope,
    /// Of which of them; `None` for all.
    pub alert: Option<Alert>,
    /// When.
    pub at: Instant,
}
