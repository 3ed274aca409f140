//! Records of access to everything of Azure, taken and given up (AUT-7). They are written by the service that gives it, not by
//! PIM.

use super::activity::{ELEVATED, ELEVATION_REMOVED};
use super::record::{AuditResult, Category, Draft, OperationType, Service};
use super::teller::{Doer, Teller};
use pim_core::model::{Privilege, azure_roles};
use pim_core::{AzureScopeId, PrincipalId};
use uuid::Uuid;

/// What elevation gives.
const EVERYTHING: Privilege =
    Privilege::AzureRole { role: azure_roles::USER_ACCESS_ADMINISTRATOR, scope: AzureScopeId::ROOT };

/// An assignment outside PIM was made: told where somebody took access to everything.
pub(super) fn taken(
    teller: &Teller<'_>,
    by: Doer,
    (principal, privilege): (PrincipalId, Privilege),
    correlation: Uuid,
) -> Option<Draft> {
    let is_own = by.who.user.as_ref().is_some_and(|user| user.id == principal.0);
    (privilege == EVERYTHING && is_own)
        .then(|| draft(teller, by, principal, (ELEVATED, OperationType::Assign), correlation))
}

/// One was taken away: told where it was access to everything, whoever did that.
pub(super) fn removed(
    teller: &Teller<'_>,
    by: Doer,
    (principal, privilege): (PrincipalId, Privilege),
    correlation: Uuid,
) -> Option<Draft> {
    (privilege == EVERYTHING)
        .then(|| draft(teller, by, principal, (ELEVATION_REMOVED, OperationType::Delete), correlation))
}

fn draft(
    teller: &Teller<'_>,
    by: Doer,
    principal: PrincipalId,
    (activity, operation): (&str, OperationType),
    correlation: Uuid,
) -> Draft {
    Draft {
        service: Service::ElevatedAccess,
        category: Category::ElevatedAccess,
        activity: activity.to_owned(),
        operation,
        result: AuditResult::Success,
        reason: None,
        by: by.with_address(),
        targets: vec![teller.principal(principal)],
        details: Vec::new(),
        correlation,
    }
}
