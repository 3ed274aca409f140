//! What a step is about: a role of the directory, a place in a group, or a role of Azure; and where its routes are.

use super::error::Mistake;
use super::names::Names;
use super::verb::Side;
use pim_core::model::GroupAccess;

/// What an entry says of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'a> {
    pub(super) role: Option<&'a str>,
    pub(super) group: Option<&'a str>,
    pub(super) access: Option<GroupAccess>,
    pub(super) azure_role: Option<&'a str>,
    pub(super) scope: Option<&'a str>,
}

/// The same by ids.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Subject {
    /// A role of the directory, and `/` or the path of an administrative unit.
    Role { role: String, scope: String },
    /// A place in a group.
    Group { group: String, access: GroupAccess },
    /// The full id of a role of Azure, and the path of the place.
    Azure { role: String, scope: String },
}

/// The version of PIM's routes in Azure.
pub(super) const AZURE_VERSION: &str = "2020-10-01";

const DIRECTORY: &str = "/v1.0/roleManagement/directory";
const GROUPS: &str = "/v1.0/identityGovernance/privilegedAccess/group";
const AZURE: &str = "providers/Microsoft.Authorization";

impl Said<'_> {
    /// Whether it names one thing, and all of it.
    pub(super) fn look_at(&self) -> Result<(), Mistake> {
        match (self.role, self.group, self.azure_role) {
            (None, None, None) => {
                Err(Mistake { keys: Vec::new(), message: "a 'role', a 'group' or an 'azureRole' is missing".into() })
            }
            (Some(_), Some(_), _) => Err(Mistake::at("group", "either a 'role' or a 'group', not both")),
            (Some(_), None, Some(_)) | (None, Some(_), Some(_)) => {
                Err(Mistake::at("azureRole", "an 'azureRole' stands alone, without a 'role' or a 'group'"))
            }
            (Some(_), None, None) if self.access.is_some() => {
                Err(Mistake::at("access", "'access' belongs to a 'group'"))
            }
            (None, Some(_), None) if self.access.is_none() => {
                Err(Mistake::at("group", "a 'group' needs 'access: member' or 'access: owner'"))
            }
            (None, None, Some(_)) if self.scope.is_none() => {
                Err(Mistake::at("azureRole", "an 'azureRole' needs a 'scope', such as 'prod/web'"))
            }
            (Some(_), None, None) | (None, Some(_), None) | (None, None, Some(_)) => Ok(()),
        }
    }

    /// It by its ids.
    pub(super) fn resolve(&self, names: &Names) -> Result<Subject, Mistake> {
        match (self.role, self.group, self.azure_role) {
            (Some(role), None, None) => Ok(Subject::Role {
                role: names.role(role).map_err(|message| Mistake::at("role", message))?,
                scope: match self.scope {
                    None => "/".to_owned(),
                    Some(unit) => names.unit(unit).map_err(|message| Mistake::at("scope", message))?,
                },
            }),
            (None, Some(group), None) => Ok(Subject::Group {
                group: names.principal(group).map_err(|message| Mistake::at("group", message))?,
                access: self.access.unwrap_or(GroupAccess::Member),
            }),
            (None, None, Some(role)) => {
                let scope = names.place(self.scope.unwrap_or_default()).map_err(|it| Mistake::at("scope", it))?;
                let id = names.azure_role(role).map_err(|message| Mistake::at("azureRole", message))?;
                Ok(Subject::Azure { role: format!("{scope}/{AZURE}/roleDefinitions/{id}"), scope })
            }
            (None, None, None) | (Some(_), Some(_), _) | (Some(_), None, Some(_)) | (None, Some(_), Some(_)) => {
                Err(Mistake { keys: Vec::new(), message: "a 'role', a 'group' or an 'azureRole' is missing".into() })
            }
        }
    }
}

impl Subject {
    /// The collection of requests of one side; of Azure without the request's name and the version.
    pub(super) fn requests(&self, side: Side) -> String {
        self.collection(side, "ScheduleRequests")
    }

    /// The collection of what is held on one side.
    pub(super) fn instances(&self, side: Side) -> String {
        self.collection(side, "ScheduleInstances")
    }

    fn collection(&self, side: Side, suffix: &str) -> String {
        let role = match side {
            Side::Eligible => "roleEligibility",
            Side::Active => "roleAssignment",
        };
        let group = match side {
            Side::Eligible => "eligibility",
            Side::Active => "assignment",
        };
        match self {
            Self::Role { .. } => format!("{DIRECTORY}/{role}{suffix}"),
            Self::Group { .. } => format!("{GROUPS}/{group}{suffix}"),
            Self::Azure { scope, .. } => format!("{scope}/{AZURE}/{role}{suffix}"),
        }
    }

    /// Where an approval is decided on: the step of its one stage.
    pub(super) fn approval(&self, approval: &str) -> String {
        let bare = approval.rsplit('/').next().unwrap_or(approval);
        match self {
            Self::Role { .. } => {
                format!("/beta/roleManagement/directory/roleAssignmentApprovals/{bare}/steps/{bare}")
            }
            Self::Group { .. } => {
                format!("/beta/identityGovernance/privilegedAccess/group/assignmentApprovals/{bare}/steps/{bare}")
            }
            Self::Azure { .. } => {
                format!("/{AZURE}/roleAssignmentApprovals/{bare}/stages/{bare}?api-version=2021-01-01-preview")
            }
        }
    }

    /// Whether it is Azure's.
    pub(super) const fn is_azure(&self) -> bool {
        matches!(self, Self::Azure { .. })
    }
}
