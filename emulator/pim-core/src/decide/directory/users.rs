//! Users.

use super::id_is_free;
use crate::decide::{Context, Decision};
use crate::event::DirectoryEvent;
use crate::model::User;
use crate::rejection::Rejection;

/// What making a user would do.
pub(in crate::decide) fn create(context: &Context<'_>, user: &User) -> Result<Decision, Rejection> {
    id_is_free(context.state, user.id.0)?;
    if !user.user_principal_name.contains('@') {
        return Err(Rejection::InvalidProperty { property: "userPrincipalName" });
    }
    if context.state.directory.named(&user.user_principal_name).is_some() {
        let value = user.user_principal_name.clone();
        return Err(Rejection::NameTaken { property: "userPrincipalName", value });
    }
    Ok(Decision::event(DirectoryEvent::UserCreated(Box::new(user.clone()))))
}
