//! What Azure does not have or does not let be, in the words of PIM and in those of roles outside it.

use super::{Answer, scope_not_found};
use axum::http::StatusCode;
use pim_core::AzureFault;

/// As PIM says it.
pub(super) fn as_pim(fault: AzureFault) -> Answer {
    match fault {
        AzureFault::ScopeNotFound(id) => {
            Answer::absent("ResourceNotFound", "The resource is not found.").detailed(format!("scope {id}"))
        }
        AzureFault::RoleNotFound(id) => Answer::bad("RoleNotFound", "The role is not found.").detailed(id.to_string()),
        AzureFault::RequestIdTaken(id) => Answer::bad(
            "RoleAssignmentRequestExists",
            format!("A role assignment request with Id: {id} already exists"),
        ),
        AzureFault::AssignmentIdTaken(id) => Answer::bad(
            "RoleAssignmentRequestExists",
            format!("A role assignment request with Id: {id} already exists"),
        )
        .detailed("a role assignment has this name"),
        AzureFault::ScopeDoesNotMatchRole(id) => scope_does_not_match(&id.to_string()),
        // ERR-20.
        AzureFault::ResourceIsLocked(_) => Answer::bad("ResourceIsLocked", "The resource is locked."),
        AzureFault::LastSubscriptionOwner(_) => last_owner(),
        AzureFault::RoleIsBuiltIn(_) | AzureFault::RoleIsAssigned(_) | AzureFault::ScopeInUse(_) => outside_pim(fault),
    }
}

/// As it is said outside PIM.
pub(super) fn outside_pim(fault: AzureFault) -> Answer {
    match fault {
        AzureFault::ScopeNotFound(id) => scope_not_found(&id.to_string()),
        AzureFault::RoleNotFound(id) => Answer::absent(
            "RoleDefinitionDoesNotExist",
            format!("The specified role definition with ID '{id}' does not exist."),
        ),
        AzureFault::RequestIdTaken(_) | AzureFault::AssignmentIdTaken(_) => Answer::bad(
            "RoleAssignmentUpdateNotPermitted",
            "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
        ),
        AzureFault::ScopeDoesNotMatchRole(id) => scope_does_not_match(&id.to_string()),
        AzureFault::ResourceIsLocked(_) => Answer::new(
            StatusCode::CONFLICT,
            "ScopeLocked",
            "The scope cannot perform the operation because it, or a scope above it, is locked. Please remove the lock and \
             try again.",
        ),
        AzureFault::LastSubscriptionOwner(_) => last_owner(),
        AzureFault::RoleIsBuiltIn(id) => Answer::bad("BadRequestFormat", "The request was incorrectly formatted.")
            .detailed(format!("{id} is built in")),
        AzureFault::RoleIsAssigned(id) => Answer::bad(
            "RoleDefinitionHasAssignments",
            format!("There are existing role assignments referencing role {id}."),
        ),
        AzureFault::ScopeInUse(id) => Answer::bad(
            "BadRequest",
            "The management group cannot be deleted: it has children, or every tenant has it.",
        )
        .detailed(id.to_string()),
    }
}

/// A role that cannot be given at a scope, or is named as at another one.
pub(super) fn scope_does_not_match(role: &str) -> Answer {
    Answer::bad("ScopeDoesNotMatchRoleDefinition", "The scope does not match the role definition.").detailed(role)
}

fn last_owner() -> Answer {
    Answer::new(
        StatusCode::PRECONDITION_FAILED,
        "LastRBACAdminAssignment",
        "Cannot delete the last RBAC admin assignment",
    )
    .detailed("the last Owner of a subscription stays, unless somebody with elevated access says so (GA-14)")
}
