//! Who may read what of directory roles.

use crate::graph::call::Call;
use crate::graph::error::GraphError;
use pim_core::{By, View};

/// Refuses whoever may not see all that would be listed: without one of the reading roles a user sees only what is its own
/// (AUT-2, AUT-4). Without a licence nobody sees anything (LIC-9).
pub(in crate::graph) fn may_list(call: &Call<'_>, view: View<'_>, by: By) -> Result<(), GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    match call.user() {
        Some(user) if by != By::Principal(user) && !view.may_read_assignments(user) => Err(GraphError::Unauthorized),
        Some(_) | None => Ok(()),
    }
}
