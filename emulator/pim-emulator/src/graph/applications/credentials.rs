//! Secrets of applications: their text is said once, when they are made.

use super::row::Password;
use super::{Key, change, id};
use crate::app::ids::random_uuid;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::reply::Reply;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::ClientSecret;
use pim_core::time::{Instant, Length};
use pim_core::{ApplicationChange, Command};
use serde::Serialize;
use uuid::Uuid;

/// How long a secret lasts when nobody says.
const DEFAULT_LIFETIME: Length = Length::days(730);

crate::request_body! {
    /// What `addPassword` takes.
    AddPassword {
        /// What is wanted of the secret.
        password_credential / "passwordCredential": PasswordCredential,
    }
    /// `passwordCredential`, as far as clients may write it.
    PasswordCredential {
        /// What its maker calls it.
        display_name / "displayName": String,
        /// From when it works.
        starts / "startDateTime": Instant,
        /// When it stops working.
        expires / "endDateTime": Instant,
    }
    /// What `removePassword` takes.
    RemovePassword {
        /// Which secret.
        key_id / "keyId": String,
    }
}

#[derive(Serialize)]
struct Added<'a> {
    #[serde(rename = "@odata.context")]
    context: String,
    #[serde(flatten)]
    password: Password<'a>,
}

pub(super) fn add_password(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let body: AddPassword = call.body()?;
    let wanted = body.password_credential.unwrap_or_default();
    let starts = wanted.starts.unwrap_or_else(|| call.tenant.clock().now());
    let expires = wanted.expires.unwrap_or_else(|| starts.plus(DEFAULT_LIFETIME));
    if expires <= starts {
        return Err(GraphError::InvalidValue { property: "endDateTime", resource: "PasswordCredential" });
    }
    let mut secret = ClientSecret {
        key_id: Uuid::nil(),
        display_name: wanted.display_name,
        value: secret_text(),
        starts: Some(starts),
        expires: Some(expires),
    };
    let change = ApplicationChange::AddSecret(secret.clone());
    let command = Command::ChangeApplication { application: id(call, key)?, change: Box::new(change) };
    let made = call.tenant.handle(call.caller(), &command, |_, outcome| outcome.made);
    secret.key_id = made.map_err(GraphError::Directory)?.unwrap_or_default();
    let mut password = Password::of(&secret);
    password.secret_text = Some(&secret.value);
    let added = Added { context: call.url("$metadata#microsoft.graph.passwordCredential"), password };
    // Structs of texts can always be written to memory.
    Ok(Reply::Ok(serde_json::to_vec(&added).unwrap_or_default()))
}

pub(super) fn remove_password(call: &Call<'_>, key: Key) -> Result<Reply, GraphError> {
    let body: RemovePassword = call.body()?;
    let text = body.key_id.unwrap_or_default();
    let secret = Uuid::try_parse(&text)
        .map_err(|_| GraphError::InvalidValue { property: "keyId", resource: "PasswordCredential" })?;
    change(call, key, ApplicationChange::RemoveSecret(secret))
}

/// Forty characters in the shape of the service's: three, a mark, and the rest.
fn secret_text() -> String {
    let random = [random_uuid(), random_uuid()].map(|id| URL_SAFE_NO_PAD.encode(id.as_bytes())).concat();
    let (head, tail) = random.split_at(3);
    format!("{head}8Q~{}", &tail[..34])
}
