//! `/{tenant}/oauth2/v2.0/token`: grants for tokens. A file for each grant is in `grant/`.

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::grant::{authorization_code, client_credentials, device_code, on_behalf_of, password, refresh_token};
use axum::http::Method;
use axum::response::Response;

/// Answers with tokens.
pub(super) fn token(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    if asked.method != Method::POST {
        return Err(AadstsError::OnlyPost { method: asked.method.to_string() });
    }
    let authority = asked.authority()?;
    match asked.required("grant_type")? {
        "client_credentials" => client_credentials::grant(asked, &authority),
        "password" => password::grant(asked, &authority),
        "authorization_code" => authorization_code::grant(asked, &authority),
        "refresh_token" => refresh_token::grant(asked, &authority),
        // The short spelling is that of a widely used client library.
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => device_code::grant(asked, &authority),
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => on_behalf_of::grant(asked, &authority),
        "urn:ietf:params:oauth:grant-type:saml1_1-bearer" | "urn:ietf:params:oauth:grant-type:saml2-bearer" => {
            Err(AadstsError::NotEmulated("SAML assertions"))
        }
        other => Err(AadstsError::UnsupportedGrant { grant: other.to_owned() }),
    }
}
