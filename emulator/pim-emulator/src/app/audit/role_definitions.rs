//! Records of custom roles, which the directory writes and not PIM.

use super::record::{AuditResult, Category, Draft, OperationType, Service};
use super::teller::{Doer, Teller};
use pim_core::RoleDefinitionId;
use pim_core::model::RoleDefinition;

/// What was done, in the directory's words.
pub(super) type Done = (&'static str, OperationType);

/// A role was made.
pub(super) const ADDED: Done = ("Add role definition", OperationType::Add);
/// A role was changed.
pub(super) const UPDATED: Done = ("Update role definition", OperationType::Update);
/// A role was deleted.
const DELETED: Done = ("Delete role definition", OperationType::Delete);

/// A custom role was made or changed.
pub(super) fn written(
    teller: &Teller<'_>,
    number: u64,
    by: Option<Doer>,
    role: &RoleDefinition,
    done: Done,
) -> Vec<Draft> {
    let mut draft = draft(teller, number, by, role.id, done);
    // The name that it had then, whatever it is called now.
    for target in draft.iter_mut().flat_map(|draft| &mut draft.targets) {
        target.display_name = Some(role.display_name.clone());
    }
    draft.into_iter().collect()
}

/// A custom role was deleted.
pub(super) fn deleted(teller: &Teller<'_>, number: u64, by: Option<Doer>, role: RoleDefinitionId) -> Vec<Draft> {
    draft(teller, number, by, role, DELETED).into_iter().collect()
}

fn draft(
    teller: &Teller<'_>,
    number: u64,
    by: Option<Doer>,
    role: RoleDefinitionId,
    (activity, operation): Done,
) -> Option<Draft> {
    let by = by?;
    Some(Draft {
        service: Service::CoreDirectory,
        category: Category::RoleManagement,
        activity: activity.to_owned(),
        operation,
        result: AuditResult::Success,
        reason: None,
        by: by.with_address(),
        targets: vec![teller.role_target(role)],
        details: Vec::new(),
        correlation: teller.correlation_of(number),
    })
}
