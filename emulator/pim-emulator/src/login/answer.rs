//! The answer of the token endpoint.

use super::asked::{Asked, Version};
use super::respond::{Caching, json};
use crate::app::token::Validity;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

/// What was granted.
#[derive(Debug)]
pub(super) struct TokenAnswer {
    /// The scope in the client's spelling; applications get none.
    pub(super) scope: Option<String>,
    /// The resource in the client's spelling.
    pub(super) resource: String,
    pub(super) validity: Validity,
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) id_token: Option<String>,
    pub(super) client_info: Option<String>,
    /// Whether the refresh token is good for the other clients of the family, too.
    pub(super) is_of_family: bool,
}

#[derive(Serialize)]
struct Body<'a> {
    token_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    expires_in: i64,
    ext_expires_in: i64,
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_info: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foci: Option<&'a str>,
}

/// The same in the spelling of the first version: numbers are texts.
#[derive(Serialize)]
struct BodyV1<'a> {
    token_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    expires_in: String,
    ext_expires_in: String,
    expires_on: String,
    not_before: String,
    resource: &'a str,
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_info: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    foci: Option<&'a str>,
}

impl TokenAnswer {
    /// The answer in the version that was asked.
    pub(super) fn respond(&self, asked: &Asked<'_>) -> Response {
        let seconds = |milliseconds: i64| milliseconds / 1000;
        // A second less than it is: the answer takes time to arrive.
        let expires_in = seconds(self.validity.expires.since(asked.now).milliseconds()) - 1;
        let foci = self.is_of_family.then_some("1");
        match asked.version {
            Version::V2 => {
                let body = Body {
                    token_type: "Bearer",
                    scope: self.scope.as_deref(),
                    expires_in,
                    ext_expires_in: expires_in,
                    access_token: &self.access_token,
                    refresh_token: self.refresh_token.as_deref(),
                    id_token: self.id_token.as_deref(),
                    client_info: self.client_info.as_deref(),
                    foci,
                };
                json(asked, StatusCode::OK, Caching::Never, &body)
            }
            Version::V1 => {
                let body = BodyV1 {
                    token_type: "Bearer",
                    scope: self.scope.as_deref(),
                    expires_in: expires_in.to_string(),
                    ext_expires_in: expires_in.to_string(),
                    expires_on: seconds(self.validity.expires.milliseconds()).to_string(),
                    not_before: seconds(self.validity.not_before.milliseconds()).to_string(),
                    resource: &self.resource,
                    access_token: &self.access_token,
                    refresh_token: self.refresh_token.as_deref(),
                    id_token: self.id_token.as_deref(),
                    client_info: self.client_info.as_deref(),
                    foci,
                };
                json(asked, StatusCode::OK, Caching::Never, &body)
            }
        }
    }
}
