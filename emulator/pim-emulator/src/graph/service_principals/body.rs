//! The body of a service principal.

use crate::graph::body::members::Members;
use crate::graph::error::GraphError;
use crate::graph::key_credentials;
use crate::graph::written::{self, Shape, invalid, read};
use pim_core::{ClientId, ServicePrincipalProperties};
use serde_json::value::RawValue;
use uuid::Uuid;

const RESOURCE: &str = "ServicePrincipal";

/// What is kept as it was written.
const KEPT: &[(&str, Shape)] = &[
    ("alternativeNames", Shape::Texts),
    ("description", Shape::Text),
    ("homepage", Shape::Text),
    ("info", Shape::Object),
    ("loginUrl", Shape::Text),
    ("logoutUrl", Shape::Text),
    ("notes", Shape::Text),
    ("notificationEmailAddresses", Shape::Texts),
    ("preferredSingleSignOnMode", Shape::Text),
    ("preferredTokenSigningKeyThumbprint", Shape::Text),
    ("samlSingleSignOnSettings", Shape::Object),
    ("tags", Shape::Texts),
    ("tokenEncryptionKeyId", Shape::Text),
];

/// A service principal that is to be made.
#[derive(Debug)]
pub(super) struct New {
    pub(super) app_id: ClientId,
    pub(super) properties: ServicePrincipalProperties,
}

/// A new service principal.
///
/// # Errors
/// When it does not say of which application, or something has a value that it cannot have.
pub(super) fn new(body: Members) -> Result<New, GraphError> {
    let (app_ids, rest): (Vec<_>, Vec<_>) = body.into_iter().partition(|(name, _)| name.eq_ignore_ascii_case("appId"));
    let missing = || GraphError::RequiredValue { property: "appId", resource: RESOURCE };
    let (_, app_id) = app_ids.into_iter().next().ok_or_else(missing)?;
    let app_id: String = read(RESOURCE, "appId", &app_id)?.ok_or_else(missing)?;
    let app_id = Uuid::try_parse(&app_id).map_err(|_| invalid(RESOURCE, "appId"))?;
    Ok(New { app_id: ClientId(app_id), properties: changed(rest)? })
}

/// What a body changes of a service principal.
///
/// # Errors
/// When something has a value that it cannot have.
pub(super) fn properties(body: Members) -> Result<ServicePrincipalProperties, GraphError> {
    changed(body)
}

fn changed(body: impl IntoIterator<Item = (String, Box<RawValue>)>) -> Result<ServicePrincipalProperties, GraphError> {
    let mut properties = ServicePrincipalProperties::default();
    for (name, value) in body {
        match name.to_ascii_lowercase().as_str() {
            "displayname" => {
                properties.display_name = Some(read(RESOURCE, "displayName", &value)?.unwrap_or_default());
            }
            "accountenabled" => properties.account_enabled = read(RESOURCE, "accountEnabled", &value)?,
            "approleassignmentrequired" => {
                properties.is_assignment_required = read(RESOURCE, "appRoleAssignmentRequired", &value)?;
            }
            "keycredentials" => properties.key_credentials = Some(key_credentials::read_all(RESOURCE, &value)?),
            _ => written::keep(RESOURCE, KEPT, (&name, &value), &mut properties.kept)?,
        }
    }
    Ok(properties)
}
