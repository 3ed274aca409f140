//! `/common/userrealm/{user}`: whether a user signs in here or at a federated service. Here, always.

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::respond::{Caching, json};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct Realm<'a> {
    ver: &'a str,
    account_type: &'a str,
    domain_name: &'a str,
    cloud_instance_name: &'a str,
    cloud_audience_urn: &'a str,
}

/// Answers that the user is managed. It does not say whether there is such a user.
pub(super) fn user_realm(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let user = asked.segments.last().map_or("", String::as_str);
    let domain_name = user.rsplit_once('@').map_or(user, |(_, domain)| domain);
    let realm = Realm {
        ver: "1.0",
        account_type: "Managed",
        domain_name,
        cloud_instance_name: "microsoftonline.com",
        cloud_audience_urn: "urn:federation:MicrosoftOnline",
    };
    Ok(json(asked, StatusCode::OK, Caching::Never, &realm))
}
