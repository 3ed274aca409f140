//! Records of custom roles, which the directory writes and not PIM.

use super::directory::{Done, Told};
use super::record::{Category, Draft, OperationType};
use super::teller::{Doer, Teller};
use pim_core::RoleDefinitionId;
use pim_core::model::RoleDefinition;

const fn done(activity: &'static str, operation: OperationType) -> Done {
    Done::new(Category::RoleManagement, activity, operation)
}

/// A role was made.
pub(super) const ADDED: Done = done("Add role definition", OperationType::Add);
/// A role was changed.
pub(super) const UPDATED: Done = done("Update role definition", OperationType::Update);
/// A role was deleted.
const DELETED: Done = done("Delete role definition", OperationType::Delete);

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

fn draft(teller: &Teller<'_>, number: u64, by: Option<Doer>, role: RoleDefinitionId, done: Done) -> Option<Draft> {
    Some(Told::new(teller, number, by?).record(done, vec![teller.role_target(role)]))
}
