//! The body of an application.

use crate::graph::body::members::Members;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::key_credentials;
use crate::graph::references;
use crate::graph::written::{self, Shape, invalid, members, read};
use pim_core::model::{AppRole, Application, PermissionScope};
use pim_core::{ApplicationId, ApplicationProperties, ClientId};
use serde_json::value::RawValue;
use uuid::Uuid;

const RESOURCE: &str = "Application";

const AUDIENCES: &[&str] =
    &["AzureADMyOrg", "AzureADMultipleOrgs", "AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"];

/// What is kept as it was written.
const KEPT: &[(&str, Shape)] = &[
    ("description", Shape::Text),
    ("groupMembershipClaims", Shape::Text),
    ("isDeviceOnlyAuthSupported", Shape::Truth),
    ("isFallbackPublicClient", Shape::Truth),
    ("notes", Shape::Text),
    ("serviceManagementReference", Shape::Text),
    ("signInAudience", Shape::Word(AUDIENCES)),
    ("tags", Shape::Texts),
    ("tokenEncryptionKeyId", Shape::Text),
    ("samlMetadataUrl", Shape::Text),
    ("defaultRedirectUri", Shape::Text),
    ("optionalClaims", Shape::Object),
    ("addIns", Shape::Objects),
    ("info", Shape::Object),
    ("parentalControlSettings", Shape::Object),
    ("requiredResourceAccess", Shape::Objects),
    ("web.homePageUrl", Shape::Text),
    ("web.logoutUrl", Shape::Text),
    ("web.implicitGrantSettings", Shape::Object),
    ("api.acceptMappedClaims", Shape::Truth),
    ("api.knownClientApplications", Shape::Texts),
    ("api.requestedAccessTokenVersion", Shape::Number),
    ("api.preAuthorizedApplications", Shape::Objects),
];

crate::request_body! {
    /// `appRole`.
    AppRoleBody {
        /// The id, which the author chooses.
        id / "id": String,
        /// What stands in tokens.
        value / "value": String,
        /// The name people see.
        display_name / "displayName": String,
        /// What it allows.
        description / "description": String,
        /// To whom it can be given.
        allowed_member_types / "allowedMemberTypes": Vec<String>,
        /// Whether it can be given.
        is_enabled / "isEnabled": bool,
    }
    /// `permissionScope`.
    PermissionScopeBody {
        /// The id, which the author chooses.
        id / "id": String,
        /// What stands in tokens.
        value / "value": String,
        /// Who may consent.
        kind / "type": String,
        /// What administrators are shown: the name.
        admin_consent_display_name / "adminConsentDisplayName": String,
        /// What administrators are shown: the explanation.
        admin_consent_description / "adminConsentDescription": String,
        /// What users are shown: the name.
        user_consent_display_name / "userConsentDisplayName": String,
        /// What users are shown: the explanation.
        user_consent_description / "userConsentDescription": String,
        /// Whether it can be asked for.
        is_enabled / "isEnabled": bool,
    }
}

/// A new application.
///
/// # Errors
/// When the name is missing, or something has a value that it cannot have.
pub(super) fn application(call: &Call<'_>) -> Result<Application, GraphError> {
    let (body, now): (Members, _) = (call.body()?, call.tenant.clock().now());
    let mut owners = Vec::new();
    let mut rest = Vec::new();
    for (name, value) in body {
        if name.eq_ignore_ascii_case("owners@odata.bind") {
            owners = references::bound(call, read(RESOURCE, "owners", &value)?)?;
        } else {
            rest.push((name, value));
        }
    }
    let properties = properties(rest)?;
    let missing = GraphError::RequiredValue { property: "displayName", resource: RESOURCE };
    let name = properties.display_name.ok_or(missing)?;
    Ok(Application {
        redirect_uris: properties.redirect_uris.unwrap_or_default(),
        spa_redirect_uris: properties.spa_redirect_uris.unwrap_or_default(),
        public_client_redirect_uris: properties.public_client_redirect_uris.unwrap_or_default(),
        key_credentials: properties.key_credentials.unwrap_or_default(),
        identifier_uris: properties.identifier_uris.unwrap_or_default(),
        app_roles: properties.app_roles.unwrap_or_default(),
        permission_scopes: properties.permission_scopes.unwrap_or_default(),
        unique_name: properties.unique_name,
        owners,
        kept: properties.kept.into_iter().filter_map(|(name, text)| Some((name, text?))).collect(),
        ..Application::new(ApplicationId(Uuid::nil()), ClientId(Uuid::nil()), name, now)
    })
}

/// What a body changes of an application.
///
/// # Errors
/// When something has a value that it cannot have.
pub(super) fn properties(
    body: impl IntoIterator<Item = (String, Box<RawValue>)>,
) -> Result<ApplicationProperties, GraphError> {
    let mut properties = ApplicationProperties::default();
    for (name, value) in body {
        match name.to_ascii_lowercase().as_str() {
            "displayname" => {
                properties.display_name = Some(read(RESOURCE, "displayName", &value)?.unwrap_or_default());
            }
            "uniquename" => {
                let name: Option<String> = read(RESOURCE, "uniqueName", &value)?;
                properties.unique_name = name.filter(|name| !name.is_empty());
            }
            "identifieruris" => {
                properties.identifier_uris = Some(read(RESOURCE, "identifierUris", &value)?.unwrap_or_default());
            }
            "approles" => properties.app_roles = Some(all("appRoles", &value, app_role)?),
            "keycredentials" => {
                properties.key_credentials = Some(key_credentials::read_all(RESOURCE, &value)?);
            }
            "api" => api(members(RESOURCE, "api", &value)?, &mut properties)?,
            "web" => web(members(RESOURCE, "web", &value)?, &mut properties)?,
            "spa" => properties.spa_redirect_uris = redirect_uris("spa", &value)?.or(properties.spa_redirect_uris),
            "publicclient" => {
                let uris = redirect_uris("publicClient", &value)?;
                properties.public_client_redirect_uris = uris.or(properties.public_client_redirect_uris);
            }
            _ => written::keep(RESOURCE, KEPT, (&name, &value), &mut properties.kept)?,
        }
    }
    Ok(properties)
}

fn web(body: Members, properties: &mut ApplicationProperties) -> Result<(), GraphError> {
    for (name, value) in body {
        if name.eq_ignore_ascii_case("redirectUris") {
            properties.redirect_uris = Some(read(RESOURCE, "redirectUris", &value)?.unwrap_or_default());
        } else {
            written::keep(RESOURCE, KEPT, (&format!("web.{name}"), &value), &mut properties.kept)?;
        }
    }
    Ok(())
}

fn api(body: Members, properties: &mut ApplicationProperties) -> Result<(), GraphError> {
    for (name, value) in body {
        if name.eq_ignore_ascii_case("oauth2PermissionScopes") {
            properties.permission_scopes = Some(all("oauth2PermissionScopes", &value, permission_scope)?);
        } else {
            written::keep(RESOURCE, KEPT, (&format!("api.{name}"), &value), &mut properties.kept)?;
        }
    }
    Ok(())
}

/// The redirect URIs of a platform that has nothing else.
fn redirect_uris(name: &'static str, value: &RawValue) -> Result<Option<Vec<String>>, GraphError> {
    let uris = members(RESOURCE, name, value)?.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("redirectUris"));
    uris.map(|(_, value)| Ok(read(RESOURCE, "redirectUris", &value)?.unwrap_or_default())).transpose()
}

fn all<B: serde::de::DeserializeOwned, T>(
    name: &'static str,
    value: &RawValue,
    one: fn(B) -> Option<T>,
) -> Result<Vec<T>, GraphError> {
    let bodies: Vec<B> = read(RESOURCE, name, value)?.unwrap_or_default();
    bodies.into_iter().map(|body| one(body).ok_or_else(|| invalid(RESOURCE, name))).collect()
}

fn app_role(body: AppRoleBody) -> Option<AppRole> {
    Some(AppRole {
        id: Uuid::try_parse(&body.id?).ok()?,
        value: body.value,
        display_name: body.display_name?,
        description: body.description?,
        allowed_member_types: body.allowed_member_types.filter(|types| !types.is_empty())?,
        is_enabled: body.is_enabled.unwrap_or(true),
    })
}

fn permission_scope(body: PermissionScopeBody) -> Option<PermissionScope> {
    Some(PermissionScope {
        id: Uuid::try_parse(&body.id?).ok()?,
        value: body.value,
        kind: body.kind.unwrap_or_else(|| "User".to_owned()),
        admin_consent_display_name: body.admin_consent_display_name.unwrap_or_default(),
        admin_consent_description: body.admin_consent_description.unwrap_or_default(),
        user_consent_display_name: body.user_consent_display_name,
        user_consent_description: body.user_consent_description,
        is_enabled: body.is_enabled.unwrap_or(true),
    })
}
