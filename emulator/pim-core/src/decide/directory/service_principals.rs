//! Service principals.

use super::id_is_free;
use crate::decide::{Context, Decision};
use crate::event::DirectoryEvent;
use crate::model::ServicePrincipal;
use crate::rejection::Rejection;

/// What making a service principal would do.
pub(in crate::decide) fn create(context: &Context<'_>, it: &ServicePrincipal) -> Result<Decision, Rejection> {
    id_is_free(context.state, it.id.0)?;
    if context.state.directory.client(it.app_id).is_some() {
        return Err(Rejection::NameTaken { property: "appId", value: it.app_id.to_string() });
    }
    Ok(Decision::event(DirectoryEvent::ServicePrincipalCreated(Box::new(it.clone()))))
}
