//! Certificates of applications and service principals.

use crate::decide::Context;
use crate::id::IdKind;
use crate::model::KeyCredential;

/// Those that are written in the place of those that are held. Nobody reads a key back: a certificate that is written again
/// without it keeps the one that it had.
pub(super) fn written(held: &[KeyCredential], mut written: Vec<KeyCredential>) -> Vec<KeyCredential> {
    for credential in written.iter_mut().filter(|it| it.key.is_empty()) {
        if let Some(known) = held.iter().find(|it| it.key_id == credential.key_id) {
            credential.key.clone_from(&known.key);
        }
    }
    written
}

/// Gives an id to every certificate that has none.
pub(super) fn name(context: &mut Context<'_>, certificates: &mut [KeyCredential]) {
    for certificate in certificates.iter_mut().filter(|it| it.key_id.is_nil()) {
        certificate.key_id = context.ids.mint(IdKind::Credential);
    }
}
