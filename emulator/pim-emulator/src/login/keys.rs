//! `/{tenant}/discovery/v2.0/keys`: the key that verifies tokens. <https://www.rfc-editor.org/rfc/rfc7517>

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::authority::Authority;
use super::respond::{Caching, json};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct KeySet<'a> {
    keys: [Key<'a>; 1],
}

#[derive(Serialize)]
struct Key<'a> {
    kty: &'a str,
    #[serde(rename = "use")]
    purpose: &'a str,
    kid: &'a str,
    x5t: &'a str,
    n: &'a str,
    e: &'a str,
    x5c: [&'a str; 1],
    cloud_instance_name: &'a str,
    issuer: String,
}

/// Answers the key set.
pub(super) fn keys(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let tenant = match asked.authority()? {
        Authority::Tenant(tenant) => tenant.id().to_string(),
        Authority::Any => "{tenantid}".to_owned(),
    };
    let key = asked.app.tokens().key().map_err(|error| AadstsError::Internal(error.to_string()))?;
    let set = KeySet {
        keys: [Key {
            kty: "RSA",
            purpose: "sig",
            kid: key.key_id(),
            x5t: key.key_id(),
            n: key.modulus(),
            e: key.exponent(),
            x5c: [key.certificate()],
            cloud_instance_name: "microsoftonline.com",
            issuer: format!("{}/{tenant}/v2.0", asked.origin),
        }],
    };
    Ok(json(asked, StatusCode::OK, Caching::Day, &set))
}
