//! What a step is about: a role of the directory, a place in a group, or a role of Azure; and where its routes are.

use super::error::Mistake;
use super::names::Names;
use super::verb::Side;
use crate::app::world::{About, NotOneThing};
use pim_core::model::GroupAccess;

/// What it is about, by ids.
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

impl Subject {
    /// What an entry is about.
    pub(super) fn of(about: Result<About<'_>, NotOneThing>, names: &Names) -> Result<Self, Mistake> {
        match about? {
            About::Role { role, scope } => Ok(Self::Role {
                role: names.role(role).map_err(Mistake::name("role"))?,
                scope: match scope {
                    None => "/".to_owned(),
                    Some(name) => names.scope(name).map_err(Mistake::name("scope"))?,
                },
            }),
            About::Group { group, access } => {
                Ok(Self::Group { group: names.principal(group).map_err(Mistake::name("group"))?, access })
            }
            About::AzureRole { role, scope } => {
                let scope = names.place(scope).map_err(Mistake::name("scope"))?;
                let id = names.azure_role(role).map_err(Mistake::name("azureRole"))?;
                Ok(Self::Azure { role: format!("{scope}/{AZURE}/roleDefinitions/{id}"), scope })
            }
        }
    }

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
