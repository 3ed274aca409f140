//! Application registrations.

use super::id_is_free;
use crate::decide::{Context, Decision};
use crate::event::DirectoryEvent;
use crate::id::ApplicationId;
use crate::model::Application;
use crate::rejection::Rejection;

/// What registering an application would do.
pub(in crate::decide) fn create(context: &Context<'_>, application: &Application) -> Result<Decision, Rejection> {
    id_is_free(context.state, application.id.0)?;
    if context.state.directory.applications.values().any(|it| it.app_id == application.app_id) {
        return Err(Rejection::NameTaken { property: "appId", value: application.app_id.to_string() });
    }
    Ok(Decision::event(DirectoryEvent::ApplicationCreated(Box::new(application.clone()))))
}

/// What removing a registration would do.
pub(in crate::decide) fn delete(id: ApplicationId) -> Decision {
    Decision::event(DirectoryEvent::ApplicationDeleted(id))
}
