//! How many custom roles there may be.

use crate::rejection::Rejection;
use crate::state::State;

crate::implements!["LIM-2"];

/// Custom roles of a tenant (LIM-2).
const CUSTOM_ROLES: usize = 100;

/// Whether the tenant may have one more custom role.
pub(super) fn custom_roles(state: &State) -> Result<(), Rejection> {
    if state.directory.custom_roles.len() < CUSTOM_ROLES { Ok(()) } else { Err(Rejection::TooManyCustomRoles) }
}
