//! What the service principal of Microsoft Graph offers: clients look up ids of permissions by their names in it. Titles and
//! explanations are in our words.

use crate::app::token::permissions::{PERMISSIONS, SIGN_IN_SCOPES};
use crate::graph::applications::{OfferedAppRole, OfferedScope};
use crate::graph::json::Word;
use uuid::Uuid;

/// The application permissions.
pub(super) fn app_roles() -> impl Iterator<Item = OfferedAppRole<'static>> {
    PERMISSIONS.iter().filter_map(|permission| {
        Some(OfferedAppRole {
            allowed_member_types: vec!["Application"],
            description: "Lets the application do so without a signed-in user.",
            display_name: permission.name,
            id: Uuid::try_parse(permission.application?).ok()?,
            is_enabled: true,
            origin: Word("Application"),
            value: Some(permission.name),
        })
    })
}

/// The delegated permissions. Everybody may consent to signing in, and to reading oneself.
pub(super) fn scopes() -> impl Iterator<Item = OfferedScope<'static>> {
    PERMISSIONS.iter().filter_map(|permission| {
        let is_for_users = SIGN_IN_SCOPES.contains(&permission.name) || permission.name == "User.Read";
        Some(OfferedScope {
            admin_consent_description: "Lets the application do so on behalf of the signed-in user.",
            admin_consent_display_name: permission.name,
            id: Uuid::try_parse(permission.delegated?).ok()?,
            is_enabled: true,
            kind: if is_for_users { "User" } else { "Admin" },
            user_consent_description: Some("Lets the application do so on your behalf."),
            user_consent_display_name: Some(permission.name),
            value: Some(permission.name),
        })
    })
}

/// The name of an application permission.
pub(super) fn name(app_role: Uuid) -> Option<&'static str> {
    app_roles().find(|role| role.id == app_role).and_then(|role| role.value)
}
