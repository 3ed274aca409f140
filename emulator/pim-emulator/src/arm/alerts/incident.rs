//! What an alert of Azure roles has found, as Azure writes it.

use crate::arm::front_door::types;
use crate::arm::json::{Member, member};
use crate::arm::pim::{kind_of, prefix, role_definition_id};
use crate::json::Json;
use pim_core::model::{AzureScope, CreatedBy, Incident, Privilege};
use pim_core::time::Instant;
use pim_core::{AlertView, AzureRoleDefinitionId, PrincipalId, View};

/// The incidents of an alert, one after the other.
#[derive(Clone, Debug)]
pub(in crate::arm) struct Incidents<'v> {
    view: View<'v>,
    here: &'v AzureScope,
    name: &'static str,
    rest: std::slice::Iter<'v, Incident>,
}

impl<'v> Incidents<'v> {
    /// Those of an alert.
    pub(super) fn of(view: View<'v>, here: &'v AzureScope, of: AlertView<'v>) -> Self {
        Self { view, here, name: of.alert.definition().name, rest: of.incidents.iter() }
    }
}

impl<'v> Iterator for Incidents<'v> {
    type Item = Row<'v>;

    fn next(&mut self) -> Option<Row<'v>> {
        let Self { view, here, name, .. } = *self;
        self.rest.next().map(|incident| Row { view, here, name, incident })
    }
}

/// One incident of an alert.
#[derive(Clone, Copy, Debug)]
pub(in crate::arm) struct Row<'v> {
    view: View<'v>,
    here: &'v AzureScope,
    name: &'static str,
    incident: &'v Incident,
}

#[derive(Debug)]
struct Properties<'v> {
    kind: String,
    assignee_display_name: Option<&'v str>,
    assignee_user_principal_name: Option<&'v str>,
    assignee_id: Option<PrincipalId>,
    role_display_name: Option<&'v str>,
    role_template_id: Option<String>,
    role_definition_id: Option<String>,
    assigned: Option<Instant>,
    requestor_id: Option<PrincipalId>,
    requestor_display_name: Option<&'v str>,
    requestor_user_principal_name: Option<&'v str>,
    assignee_name: Option<&'v str>,
    assignee_type: Option<&'static str>,
    role_name: Option<&'v str>,
    duplicate_roles: Option<String>,
    reason: Option<String>,
}

crate::arm_object! {
    Properties<'_> {
        kind / "alertIncidentType",
        assignee_display_name / "assigneeDisplayName",
        assignee_user_principal_name / "assigneeUserPrincipalName",
        assignee_id / "assigneeId",
        role_display_name / "roleDisplayName",
        role_template_id / "roleTemplateId",
        role_definition_id / "roleDefinitionId",
        assigned / "assignmentActivatedDate",
        requestor_id / "requestorId",
        requestor_display_name / "requestorDisplayName",
        requestor_user_principal_name / "requestorUserPrincipalName",
        assignee_name / "assigneeName",
        assignee_type / "assigneeType",
        role_name / "roleName",
        duplicate_roles / "duplicateRoles",
        reason / "reason",
    }
}

impl Member for Row<'_> {
    fn write(&self, json: &mut Json) {
        let id = self.incident.id();
        let alerts = &types::ROLE_MANAGEMENT_ALERTS;
        json.open();
        member(json, "properties", &self.properties());
        member(json, "name", &id);
        member(json, "id", &format!("{}/providers/{alerts}/{}/alertIncidents/{id}", prefix(self.here), self.name));
        member(json, "type", &format!("{alerts}/alertIncidents"));
        json.close();
    }
}

impl<'v> Row<'v> {
    fn properties(&self) -> Properties<'v> {
        let nothing = Properties {
            kind: format!("{}AlertIncident", self.name),
            assignee_display_name: None,
            assignee_user_principal_name: None,
            assignee_id: None,
            role_display_name: None,
            role_template_id: None,
            role_definition_id: None,
            assigned: None,
            requestor_id: None,
            requestor_display_name: None,
            requestor_user_principal_name: None,
            assignee_name: None,
            assignee_type: None,
            role_name: None,
            duplicate_roles: None,
            reason: None,
        };
        match self.incident {
            Incident::Outside { principal, privilege, assigned, by, .. } => {
                self.outside(nothing, (*principal, *privilege), *assigned, *by)
            }
            Incident::OneOfMany(principal) => Properties {
                assignee_name: self.view.name_of(*principal),
                assignee_type: kind_of(self.view, *principal),
                ..nothing
            },
            Incident::Duplicate { role, duplicates } => {
                let names: Vec<_> = duplicates.iter().filter_map(|other| self.role_name(*other)).collect();
                let names = names.join(", ");
                Properties {
                    role_name: self.role_name(*role),
                    reason: Some(format!("It allows the same as {names}.")),
                    duplicate_roles: Some(names),
                    ..nothing
                }
            }
            // Only alerts of directory roles find these.
            Incident::License(_)
            | Incident::RoleWithoutMfa(_)
            | Incident::Unused { .. }
            | Incident::Sequence { .. }
            | Incident::Stale { .. } => nothing,
        }
    }

    fn outside(
        &self,
        nothing: Properties<'v>,
        (principal, privilege): (PrincipalId, Privilege),
        assigned: Instant,
        by: Option<CreatedBy>,
    ) -> Properties<'v> {
        let role = match privilege {
            Privilege::AzureRole { role, .. } => Some(role),
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
        };
        let requestor = by.and_then(|by| match by {
            CreatedBy::User(id) | CreatedBy::Application(id) => Some(id),
            CreatedBy::SetUp | CreatedBy::Service => None,
        });
        Properties {
            assignee_display_name: self.view.name_of(principal),
            assignee_user_principal_name: self.view.user_principal_name_of(principal),
            assignee_id: Some(principal),
            role_display_name: role.and_then(|role| self.role_name(role)),
            role_template_id: role.map(|role| role.to_string()),
            role_definition_id: role.map(|role| role_definition_id(self.here, role)),
            assigned: Some(assigned),
            requestor_id: requestor,
            requestor_display_name: requestor.and_then(|id| self.view.name_of(id)),
            requestor_user_principal_name: requestor.and_then(|id| self.view.user_principal_name_of(id)),
            ..nothing
        }
    }

    fn role_name(&self, role: AzureRoleDefinitionId) -> Option<&'v str> {
        self.view.azure_role(role).map(|role| role.role_name.as_str())
    }
}
