//! `/common/discovery/instance`: which addresses belong together as one cloud. Clients ask it before they trust an authority.

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::respond::{Caching, json};
use crate::net::{SERVED_HOSTS, ServedHost};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct Instances {
    tenant_discovery_endpoint: String,
    #[serde(rename = "api-version")]
    api_version: &'static str,
    metadata: [Instance; 1],
}

#[derive(Serialize)]
struct Instance {
    preferred_network: String,
    preferred_cache: String,
    aliases: Vec<String>,
}

/// Answers for the emulator's own address, and refuses every other.
pub(super) fn instance(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let asked_for =
        asked.query.get("authorization_endpoint").ok_or(AadstsError::MissingField("authorization_endpoint"))?;
    let (host, segment) = parse(asked_for).ok_or(AadstsError::UnknownInstance)?;
    let (_, own) = asked.origin.split_once("://").ok_or(AadstsError::UnknownInstance)?;
    // Some clients leave the port out here. The answer has the port under which they came.
    let own_host = own.rsplit_once(':').map_or(own, |(host, _)| host);
    let is_cloud = |host: &str| ServedHost::of(host) == Some(ServedHost::Login);
    let is_own = host.rsplit_once(':').map_or(host, |(host, _)| host) == own_host;
    let is_known = is_own || (is_cloud(host) && is_cloud(own));
    if !is_known {
        return Err(AadstsError::UnknownInstance);
    }
    let mut aliases = vec![own_host.to_owned()];
    // Under one of the names of the cloud the others mean the same.
    let names =
        SERVED_HOSTS.iter().filter(|(name, surface)| is_cloud(own) && *surface == ServedHost::Login && *name != own);
    aliases.extend(names.map(|(name, _)| (*name).to_owned()));
    if own != own_host {
        aliases.push(own.to_owned());
    }
    let document = Instances {
        tenant_discovery_endpoint: format!("{}/{segment}/v2.0/.well-known/openid-configuration", asked.origin),
        api_version: "1.1",
        metadata: [Instance { preferred_network: own.to_owned(), preferred_cache: own.to_owned(), aliases }],
    };
    Ok(json(asked, StatusCode::OK, Caching::Day, &document))
}

/// The host and the tenant's segment of an address.
fn parse(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let segment = path.split('/').next().filter(|segment| !segment.is_empty())?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    segment.bytes().all(fits).then_some((host, segment))
}
