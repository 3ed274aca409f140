//! Permissions of applications and of clients in the name of users.

use super::{APPLICATION_MANAGERS, holds_any_for};
use crate::command::{GrantChange, Outcome};
use crate::decide::{Context, Decision, authority, guard};
use crate::event::DirectoryEvent;
use crate::id::{AppRoleAssignmentId, IdKind, PermissionGrantId, PrincipalId};
use crate::model::{AppRoleAssignment, DirectoryScope, PermissionGrant, Principal, roles};
use crate::rejection::Rejection;
use crate::state::State;

/// What giving or taking away a permission would do.
pub(in crate::decide) fn change(context: &mut Context<'_>, change: &GrantChange) -> Result<Decision, Rejection> {
    match change {
        GrantChange::AssignAppRole { assignment, is_graph_permission } => {
            assign(context, assignment, *is_graph_permission)
        }
        GrantChange::RemoveAppRoleAssignment(id) => {
            let held = context.state.directory.app_role_assignments.get(id).ok_or(Rejection::ObjectNotFound(id.0))?;
            require_granter(context, &[held.resource])?;
            Ok(Decision::event(DirectoryEvent::AppRoleAssignmentRemoved(*id)))
        }
        GrantChange::Grant(grant) => permit(context, grant),
        GrantChange::SetGrantedScope { grant, scope } => {
            let held = granted(context.state, *grant)?;
            require_granter(context, &[])?;
            let grant = PermissionGrant { scope: scope.clone(), ..held.clone() };
            Ok(Decision::event(DirectoryEvent::PermissionGrantSet(Box::new(grant))))
        }
        GrantChange::RevokeGrant(grant) => {
            granted(context.state, *grant)?;
            require_granter(context, &[])?;
            Ok(Decision::event(DirectoryEvent::PermissionGrantRevoked(*grant)))
        }
    }
}

fn granted(state: &State, id: PermissionGrantId) -> Result<&PermissionGrant, Rejection> {
    state.directory.permission_grants.get(&id).ok_or(Rejection::ObjectNotFound(id.0))
}

/// Whoever manages applications or roles may give permissions, but for those of Microsoft Graph.
fn require_granter(context: &Context<'_>, resources: &[PrincipalId]) -> Result<(), Rejection> {
    let [one, two, three] = APPLICATION_MANAGERS;
    let granters = [one, two, three, roles::PRIVILEGED_ROLE_ADMINISTRATOR];
    let scopes = resources.iter().map(|it| DirectoryScope::Object(*it));
    if holds_any_for(context, &granters, scopes) { Ok(()) } else { Err(Rejection::NotPermitted) }
}

fn assign(
    context: &mut Context<'_>,
    wanted: &AppRoleAssignment,
    is_graph_permission: bool,
) -> Result<Decision, Rejection> {
    let state = context.state;
    guard::present(state, wanted.principal)?;
    service_principal(state, wanted.resource)?;
    if is_graph_permission {
        authority::require_role_manager(context)?;
    } else {
        require_granter(context, &[wanted.resource])?;
    }
    let same = |it: &AppRoleAssignment| {
        it.principal == wanted.principal && it.resource == wanted.resource && it.app_role == wanted.app_role
    };
    if state.directory.app_role_assignments.values().any(same) {
        return Err(Rejection::PermissionAlreadyAssigned);
    }
    let id = AppRoleAssignmentId(context.ids.mint(IdKind::Grant));
    let assignment = AppRoleAssignment { id, created: context.now, ..wanted.clone() };
    Ok(Decision {
        events: vec![DirectoryEvent::AppRoleAssigned(Box::new(assignment)).into()],
        outcome: Outcome { made: Some(id.0), ..Outcome::default() },
    })
}

/// A client has one grant for all users of a resource, and one for each user.
fn permit(context: &mut Context<'_>, wanted: &PermissionGrant) -> Result<Decision, Rejection> {
    let state = context.state;
    service_principal(state, wanted.client)?;
    service_principal(state, wanted.resource)?;
    if let Some(principal) = wanted.principal {
        guard::present(state, principal)?;
    }
    require_granter(context, &[])?;
    let same = |it: &PermissionGrant| {
        it.client == wanted.client && it.resource == wanted.resource && it.principal == wanted.principal
    };
    if state.directory.permission_grants.values().any(same) {
        return Err(Rejection::PermissionAlreadyAssigned);
    }
    let id = PermissionGrantId(context.ids.mint(IdKind::Grant));
    let grant = PermissionGrant { id, ..wanted.clone() };
    Ok(Decision {
        events: vec![DirectoryEvent::PermissionGrantSet(Box::new(grant)).into()],
        outcome: Outcome { made: Some(id.0), ..Outcome::default() },
    })
}

fn service_principal(state: &State, id: PrincipalId) -> Result<(), Rejection> {
    match state.directory.get(id) {
        Some(Principal::ServicePrincipal(_)) => Ok(()),
        Some(Principal::User(_) | Principal::Group(_)) | None => Err(Rejection::PrincipalNotFound(id)),
    }
}
