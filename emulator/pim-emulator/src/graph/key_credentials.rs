//! `keyCredentials` of applications and service principals: certificates, as they are written and read.

use super::error::GraphError;
use super::json::Word;
use super::written::{invalid, read};
use crate::app::certificate::{CERTIFICATE, Certificate};
use pim_core::model::KeyCredential;
use pim_core::time::Instant;
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

crate::request_body! {
    /// `keyCredential`.
    KeyCredentialBody {
        /// What it is called by.
        key_id / "keyId": String,
        /// What its maker calls it.
        display_name / "displayName": String,
        /// `AsymmetricX509Cert`, …
        kind / "type": String,
        /// `Verify` or `Sign`.
        usage / "usage": String,
        /// The key itself, in Base64.
        key / "key": String,
        /// What tells it from others.
        custom_key_identifier / "customKeyIdentifier": String,
        /// From when it works.
        starts / "startDateTime": Instant,
        /// When it stops working.
        expires / "endDateTime": Instant,
    }
}

/// The credentials that a body has in the place of those that were there.
///
/// # Errors
/// When one of them is no credential.
pub(super) fn read_all(resource: &'static str, value: &RawValue) -> Result<Vec<KeyCredential>, GraphError> {
    let bodies: Vec<KeyCredentialBody> = read(resource, "keyCredentials", value)?.unwrap_or_default();
    let all = bodies.into_iter().map(credential).collect::<Option<Vec<_>>>();
    all.ok_or_else(|| invalid(resource, "keyCredentials"))
}

/// One that was given an id before is known by it; its key is not read back and so not sent again. What a new one does not say
/// is in the certificate.
fn credential(body: KeyCredentialBody) -> Option<KeyCredential> {
    let mut credential = KeyCredential {
        key_id: body.key_id.map_or(Some(Uuid::nil()), |id| Uuid::try_parse(&id).ok())?,
        display_name: body.display_name,
        kind: body.kind?,
        usage: body.usage?,
        key: body.key.unwrap_or_default(),
        custom_key_identifier: body.custom_key_identifier,
        starts: body.starts,
        expires: body.expires,
    };
    if credential.kind == CERTIFICATE && !credential.key.is_empty() {
        let said = Certificate::from_base64(&credential.key)?.credential();
        credential = KeyCredential {
            display_name: credential.display_name.or(said.display_name),
            key: said.key,
            custom_key_identifier: credential.custom_key_identifier.or(said.custom_key_identifier),
            starts: credential.starts.or(said.starts),
            expires: credential.expires.or(said.expires),
            ..credential
        };
    }
    Some(credential)
}

/// `keyCredential`: the key itself is not given back.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Key<'a> {
    custom_key_identifier: Option<&'a str>,
    display_name: Option<&'a str>,
    end_date_time: Option<Instant>,
    key: Option<Word>,
    key_id: Uuid,
    start_date_time: Option<Instant>,
    #[serde(rename = "type")]
    kind: &'a str,
    usage: &'a str,
}

impl<'a> Key<'a> {
    pub(super) fn of(key: &'a KeyCredential) -> Self {
        Self {
            custom_key_identifier: key.custom_key_identifier.as_deref(),
            display_name: key.display_name.as_deref(),
            end_date_time: key.expires,
            key: None,
            key_id: key.key_id,
            start_date_time: key.starts,
            kind: &key.kind,
            usage: &key.usage,
        }
    }
}
