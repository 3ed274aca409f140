//! Records of permissions: app roles that somebody was given, and what clients may do in the name of users.

use super::properties::fact;
use super::{Done, Told};
use crate::app::audit::record::{Category, Draft, OperationType, TargetResource};
use pim_core::model::{AppRoleAssignment, PermissionGrant, PrincipalKind};
use pim_core::{AppRoleAssignmentId, DirectoryEvent, Event, PermissionGrantId};

const GRANTED: Done =
    Done::new(Category::ApplicationManagement, "Add delegated permission grant", OperationType::Assign);
const REVOKED: Done =
    Done::new(Category::ApplicationManagement, "Remove delegated permission grant", OperationType::Delete);

/// Somebody was given an app role.
pub(super) fn assigned(told: &Told<'_>, assignment: &AppRoleAssignment) -> Draft {
    let (category, activity) = match told.teller.view.kind_of(assignment.principal) {
        Some(PrincipalKind::User) => (Category::UserManagement, "Add app role assignment grant to user"),
        Some(PrincipalKind::Group) => (Category::GroupManagement, "Add app role assignment to group"),
        Some(PrincipalKind::ServicePrincipal) | None => {
            (Category::ApplicationManagement, "Add app role assignment to service principal")
        }
    };
    told.record(Done::new(category, activity, OperationType::Assign), role_targets(told, assignment, true))
}

/// An app role was taken away.
pub(super) fn taken_away(told: &Told<'_>, id: AppRoleAssignmentId) -> Vec<Draft> {
    let Some(event) = told.teller.log.made(id.0).map(|it| it.event) else { return Vec::new() };
    let Event::Directory(DirectoryEvent::AppRoleAssigned(assignment)) = event else { return Vec::new() };
    let (category, activity) = match told.teller.view.kind_of(assignment.principal) {
        Some(PrincipalKind::User) => (Category::UserManagement, "Remove app role assignment from user"),
        Some(PrincipalKind::Group) => (Category::GroupManagement, "Remove app role assignment from group"),
        Some(PrincipalKind::ServicePrincipal) | None => {
            (Category::ApplicationManagement, "Remove app role assignment from service principal")
        }
    };
    vec![told.record(Done::new(category, activity, OperationType::Delete), role_targets(told, &assignment, false))]
}

/// The application that offers the role, and whoever has it.
fn role_targets(told: &Told<'_>, assignment: &AppRoleAssignment, is_given: bool) -> Vec<TargetResource> {
    let modified_properties = vec![
        fact("AppRole.Id", Some(&assignment.app_role.to_string()), is_given),
        fact("AppRole.Value", assignment.value.as_deref(), is_given),
    ];
    let resource = TargetResource { modified_properties, ..told.teller.principal(assignment.resource) };
    vec![resource, told.teller.principal(assignment.principal)]
}

/// A client may do something in the name of users.
pub(super) fn granted(told: &Told<'_>, grant: &PermissionGrant) -> Draft {
    told.record(GRANTED, grant_targets(told, grant, true))
}

/// A client may do it no longer.
pub(super) fn revoked(told: &Told<'_>, id: PermissionGrantId) -> Vec<Draft> {
    let Some(event) = told.teller.log.made(id.0).map(|it| it.event) else { return Vec::new() };
    let Event::Directory(DirectoryEvent::PermissionGrantSet(grant)) = event else { return Vec::new() };
    vec![told.record(REVOKED, grant_targets(told, &grant, false))]
}

/// The application that offers the permissions, and the client.
fn grant_targets(told: &Told<'_>, grant: &PermissionGrant, is_given: bool) -> Vec<TargetResource> {
    let consent = if grant.principal.is_some() { "Principal" } else { "AllPrincipals" };
    let modified_properties = vec![
        fact("DelegatedPermissionGrant.Scope", Some(&grant.scope), is_given),
        fact("DelegatedPermissionGrant.ConsentType", Some(consent), is_given),
    ];
    let resource = TargetResource { modified_properties, ..told.teller.principal(grant.resource) };
    vec![resource, told.teller.principal(grant.client)]
}
