//! `/{tenant}/v2.0/.well-known/openid-configuration`, and the same without `v2.0`: where everything is.
//!
//! Every address has the scheme, host and port that the client used: clients compare them with the authority that they were
//! given and refuse others. <https://openid.net/specs/openid-connect-discovery-1_0.html>

use super::aadsts::AadstsError;
use super::asked::{Asked, Version};
use super::authority::Authority;
use super::respond::{Caching, json};
use crate::net::ServedHost;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct Configuration<'a> {
    token_endpoint: String,
    token_endpoint_auth_methods_supported: &'a [&'a str],
    jwks_uri: String,
    response_modes_supported: &'a [&'a str],
    subject_types_supported: &'a [&'a str],
    id_token_signing_alg_values_supported: &'a [&'a str],
    response_types_supported: &'a [&'a str],
    scopes_supported: &'a [&'a str],
    issuer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    microsoft_multi_refresh_token: Option<bool>,
    request_uri_parameter_supported: bool,
    userinfo_endpoint: String,
    authorization_endpoint: String,
    device_authorization_endpoint: String,
    http_logout_supported: bool,
    frontchannel_logout_supported: bool,
    end_session_endpoint: String,
    claims_supported: &'a [&'a str],
    tenant_region_scope: Option<&'a str>,
    cloud_instance_name: &'a str,
    cloud_graph_host_name: &'a str,
    msgraph_host: &'a str,
    rbac_url: &'a str,
}

const CLAIMS: &[&str] = &[
    "sub",
    "iss",
    "cloud_instance_name",
    "cloud_instance_host_name",
    "cloud_graph_host_name",
    "msgraph_host",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "acr",
    "nonce",
    "preferred_username",
    "name",
    "tid",
    "ver",
    "at_hash",
    "c_hash",
    "email",
];

/// What the path segment of an address is, and the tenant's id as it stands in an issuer.
fn names(asked: &Asked<'_>) -> Result<(String, String), AadstsError> {
    Ok(match asked.authority()? {
        // Whoever asks by domain is sent on by id.
        Authority::Tenant(tenant) => (tenant.id().to_string(), tenant.id().to_string()),
        // The literal braces are the service's: the client puts in the id that it finds in the token.
        Authority::Any => (asked.segment().to_ascii_lowercase(), "{tenantid}".to_owned()),
    })
}

/// The issuer of id tokens, or of access tokens at the first version.
pub(super) fn issuer(asked: &Asked<'_>, tenant: &str) -> String {
    match asked.version {
        Version::V1 => format!("https://sts.windows.net/{tenant}/"),
        Version::V2 => format!("{}/{tenant}/v2.0", asked.origin),
    }
}

/// Where a token is exchanged for the claims of its user: on Graph's host, which is this one but for its name.
fn user_info(asked: &Asked<'_>) -> String {
    let host = asked.origin.split_once("://").map_or("", |(_, host)| host);
    match ServedHost::of(host) {
        Some(ServedHost::Login) => "https://graph.microsoft.com/oidc/userinfo".to_owned(),
        Some(_) | None => format!("{}/oidc/userinfo", asked.origin),
    }
}

/// Answers the document.
pub(super) fn configuration(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let (segment, tenant) = names(asked)?;
    let base = format!("{}/{segment}", asked.origin);
    let (oauth2, jwks_uri) = match asked.version {
        Version::V1 => (format!("{base}/oauth2"), format!("{}/common/discovery/keys", asked.origin)),
        Version::V2 => (format!("{base}/oauth2/v2.0"), format!("{base}/discovery/v2.0/keys")),
    };
    let query = asked.query.get("appid").filter(|id| uuid::Uuid::try_parse(id).is_ok());
    let document = Configuration {
        token_endpoint: format!("{oauth2}/token"),
        token_endpoint_auth_methods_supported: &["client_secret_post", "private_key_jwt", "client_secret_basic"],
        jwks_uri: query.map_or_else(|| jwks_uri.clone(), |id| format!("{jwks_uri}?appid={id}")),
        response_modes_supported: &["query", "fragment", "form_post"],
        subject_types_supported: &["pairwise"],
        id_token_signing_alg_values_supported: &["RS256"],
        response_types_supported: &["code", "id_token", "code id_token"],
        scopes_supported: &["openid", "profile", "email", "offline_access"],
        issuer: issuer(asked, &tenant),
        microsoft_multi_refresh_token: (asked.version == Version::V1).then_some(true),
        request_uri_parameter_supported: false,
        userinfo_endpoint: user_info(asked),
        authorization_endpoint: format!("{oauth2}/authorize"),
        device_authorization_endpoint: format!("{oauth2}/devicecode"),
        http_logout_supported: true,
        frontchannel_logout_supported: true,
        end_session_endpoint: format!("{oauth2}/logout"),
        claims_supported: CLAIMS,
        tenant_region_scope: Some("WW"),
        cloud_instance_name: "microsoftonline.com",
        cloud_graph_host_name: "graph.windows.net",
        msgraph_host: "graph.microsoft.com",
        rbac_url: "https://pas.windows.net",
    };
    Ok(json(asked, StatusCode::OK, Caching::Day, &document))
}
