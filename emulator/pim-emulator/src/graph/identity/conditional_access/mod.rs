//! `/identity/conditionalAccess`: as far as PIM meets it (MFA-5). What of a policy is not evaluated is kept as it was written.

pub(crate) mod authentication_context_class_references;
pub(crate) mod policies;
mod policy_body;
mod policy_row;

use crate::graph::call::Call;
use crate::graph::error::GraphError;
use pim_core::{Rejection, View};

/// A signed-in user reads only with a role that may.
fn require_reader(call: &Call<'_>, view: View<'_>) -> Result<(), GraphError> {
    match call.user() {
        Some(user) if !view.may_read_conditional_access(user) => {
            Err(GraphError::ConditionalAccess(Rejection::NotPermitted))
        }
        Some(_) | None => Ok(()),
    }
}
