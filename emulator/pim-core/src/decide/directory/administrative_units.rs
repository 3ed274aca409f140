//! Administrative units.

use super::id_is_free;
use crate::decide::{Context, Decision, guard};
use crate::event::DirectoryEvent;
use crate::model::AdministrativeUnit;
use crate::rejection::Rejection;

/// What making an administrative unit would do.
pub(in crate::decide) fn create(context: &Context<'_>, unit: &AdministrativeUnit) -> Result<Decision, Rejection> {
    id_is_free(context.state, unit.id.0)?;
    for member in &unit.members {
        guard::present(context.state, *member)?;
    }
    Ok(Decision::event(DirectoryEvent::AdministrativeUnitCreated(Box::new(unit.clone()))))
}
