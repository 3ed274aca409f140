//! Secrets of applications and service principals.

use crate::command::SecretChange;
use crate::decide::Context;
use crate::id::IdKind;
use crate::model::ClientSecret;
use crate::rejection::Rejection;
use uuid::Uuid;

/// One secret more, which is given an id, or less. Answers the id of a new one.
pub(super) fn change(
    context: &mut Context<'_>,
    secrets: &mut Vec<ClientSecret>,
    change: &SecretChange,
) -> Result<Option<Uuid>, Rejection> {
    match change {
        SecretChange::Add(secret) => {
            let key_id = context.ids.mint(IdKind::Credential);
            secrets.push(ClientSecret { key_id, ..secret.clone() });
            Ok(Some(key_id))
        }
        SecretChange::Remove(key) => super::remove(secrets, |it| it.key_id == *key, *key).map(|()| None),
    }
}
