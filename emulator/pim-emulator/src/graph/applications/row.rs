//! An application as it is written.

use crate::graph::collection::Indexed;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Composed, Json, Kept, Word};
use crate::graph::key_credentials::Key;
use crate::graph::relations::write_relation;
use pim_core::model::{AppRole, Application, ClientSecret, DeletedApplication, PermissionScope};
use pim_core::time::Instant;
use pim_core::{PrincipalId, View};
use serde::Serialize;
use uuid::Uuid;

/// An application with the tenant that it is registered in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ApplicationRow<'v> {
    application: &'v Application,
    view: View<'v>,
    deleted: Option<Instant>,
}

impl<'v> ApplicationRow<'v> {
    /// One that was deleted.
    pub(crate) const fn deleted(view: View<'v>, deleted: &'v DeletedApplication) -> Self {
        Self { application: &deleted.application, view, deleted: Some(deleted.deleted) }
    }

    /// One that is there.
    pub(crate) const fn new(view: View<'v>, application: &'v Application) -> Self {
        Self { application, view, deleted: None }
    }
}

crate::entity! {
    /// An application registration.
    ApplicationResource(ApplicationRow<'r>) = "application" {
        "id": string = |it| it.application.id.0;
        "deletedDateTime": instant = |it| it.deleted;
        "appId": string = |it| it.application.app_id.0;
        "applicationTemplateId": string = |_it| None::<Word>;
        "disabledByMicrosoftStatus": string = |_it| None::<Word>;
        "createdDateTime": instant = |it| it.application.created;
        "displayName": string = |it| it.application.display_name.as_str();
        "description": string = |it| kept(it, "description", "null");
        "groupMembershipClaims": string = |it| kept(it, "groupMembershipClaims", "null");
        "identifierUris": texts = |it| it.application.identifier_uris.iter().map(String::as_str).collect::<Vec<_>>();
        "isDeviceOnlyAuthSupported": boolean = |it| kept(it, "isDeviceOnlyAuthSupported", "null");
        "isFallbackPublicClient": boolean = |it| kept(it, "isFallbackPublicClient", "null");
        "notes": string = |it| kept(it, "notes", "null");
        "publisherDomain": string = |it| it.view.tenant().map(|tenant| tenant.domain.as_str());
        "serviceManagementReference": string = |it| kept(it, "serviceManagementReference", "null");
        "signInAudience": string = |it| kept(it, "signInAudience", "\"AzureADMyOrg\"");
        "tags": texts = |it| kept(it, "tags", "[]");
        "tokenEncryptionKeyId": string = |it| kept(it, "tokenEncryptionKeyId", "null");
        "uniqueName": string = |it| it.application.unique_name.as_deref();
        "samlMetadataUrl": string = |it| kept(it, "samlMetadataUrl", "null");
        "defaultRedirectUri": string = |it| kept(it, "defaultRedirectUri", "null");
        "certification": opaque = |_it| None::<Word>;
        "optionalClaims": opaque = |it| kept(it, "optionalClaims", "null");
        "addIns": opaque = |it| kept(it, "addIns", "[]");
        "api": opaque = |it| Composed(Api::of(it));
        "appRoles": opaque = |it| Composed(it.application.app_roles.iter().map(OfferedAppRole::of).collect::<Vec<_>>());
        "info": opaque = |it| kept(it, "info", NO_INFO);
        "keyCredentials": opaque = |it| Composed(it.application.key_credentials.iter().map(Key::of).collect::<Vec<_>>());
        "parentalControlSettings": opaque = |it| kept(it, "parentalControlSettings", NO_PARENTAL_CONTROL);
        "passwordCredentials": opaque = |it| Composed(it.application.secrets.iter().map(Password::of).collect::<Vec<_>>());
        "publicClient": opaque = |it| Composed(RedirectUris { redirect_uris: &it.application.public_client_redirect_uris });
        "requiredResourceAccess": opaque = |it| kept(it, "requiredResourceAccess", "[]");
        "verifiedPublisher": opaque = |_it| Composed(VerifiedPublisher::default());
        "web": opaque = |it| Composed(Web::of(it));
        "spa": opaque = |it| Composed(RedirectUris { redirect_uris: &it.application.spa_redirect_uris });
    }
    navigations ["owners"]
}

/// What can be asked of applications.
pub(crate) const INDEXED: Indexed = Indexed {
    filterable: &[
        "id",
        "appId",
        "displayName",
        "identifierUris",
        "createdDateTime",
        "signInAudience",
        "tags",
        "uniqueName",
    ],
    orderable: &["displayName"],
    searchable: &["displayName"],
};

const NO_INFO: &str =
    r#"{"logoUrl":null,"marketingUrl":null,"privacyStatementUrl":null,"supportUrl":null,"termsOfServiceUrl":null}"#;
const NO_PARENTAL_CONTROL: &str = r#"{"countriesBlockedForMinors":[],"legalAgeGroupRule":"Allow"}"#;

fn kept<'a>(row: &'a ApplicationRow<'_>, property: &str, otherwise: &'static str) -> Kept<'a> {
    Kept::of(&row.application.kept, property, otherwise)
}

/// Where a browser may be sent back to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RedirectUris<'a> {
    redirect_uris: &'a [String],
}

/// `webApplication`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Web<'a> {
    home_page_url: Kept<'a>,
    logout_url: Kept<'a>,
    redirect_uris: &'a [String],
    implicit_grant_settings: Kept<'a>,
}

impl<'a> Web<'a> {
    fn of(row: &'a ApplicationRow<'_>) -> Self {
        const NO_TOKENS: &str = r#"{"enableAccessTokenIssuance":false,"enableIdTokenIssuance":false}"#;
        Self {
            home_page_url: kept(row, "web.homePageUrl", "null"),
            logout_url: kept(row, "web.logoutUrl", "null"),
            redirect_uris: &row.application.redirect_uris,
            implicit_grant_settings: kept(row, "web.implicitGrantSettings", NO_TOKENS),
        }
    }
}

/// `apiApplication`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Api<'a> {
    accept_mapped_claims: Kept<'a>,
    known_client_applications: Kept<'a>,
    requested_access_token_version: Kept<'a>,
    oauth2_permission_scopes: Vec<OfferedScope<'a>>,
    pre_authorized_applications: Kept<'a>,
}

impl<'a> Api<'a> {
    fn of(row: &'a ApplicationRow<'_>) -> Self {
        Self {
            accept_mapped_claims: kept(row, "api.acceptMappedClaims", "null"),
            known_client_applications: kept(row, "api.knownClientApplications", "[]"),
            requested_access_token_version: kept(row, "api.requestedAccessTokenVersion", "null"),
            oauth2_permission_scopes: row.application.permission_scopes.iter().map(OfferedScope::of).collect(),
            pre_authorized_applications: kept(row, "api.preAuthorizedApplications", "[]"),
        }
    }
}

/// `appRole`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfferedAppRole<'a> {
    pub(crate) allowed_member_types: Vec<&'a str>,
    pub(crate) description: &'a str,
    pub(crate) display_name: &'a str,
    pub(crate) id: Uuid,
    pub(crate) is_enabled: bool,
    pub(crate) origin: Word,
    pub(crate) value: Option<&'a str>,
}

impl<'a> OfferedAppRole<'a> {
    pub(crate) fn of(role: &'a AppRole) -> Self {
        Self {
            allowed_member_types: role.allowed_member_types.iter().map(String::as_str).collect(),
            description: &role.description,
            display_name: &role.display_name,
            id: role.id,
            is_enabled: role.is_enabled,
            origin: Word("Application"),
            value: role.value.as_deref(),
        }
    }
}

/// `permissionScope`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OfferedScope<'a> {
    pub(crate) admin_consent_description: &'a str,
    pub(crate) admin_consent_display_name: &'a str,
    pub(crate) id: Uuid,
    pub(crate) is_enabled: bool,
    #[serde(rename = "type")]
    pub(crate) kind: &'a str,
    pub(crate) user_consent_description: Option<&'a str>,
    pub(crate) user_consent_display_name: Option<&'a str>,
    pub(crate) value: Option<&'a str>,
}

impl<'a> OfferedScope<'a> {
    pub(crate) fn of(scope: &'a PermissionScope) -> Self {
        Self {
            admin_consent_description: &scope.admin_consent_description,
            admin_consent_display_name: &scope.admin_consent_display_name,
            id: scope.id,
            is_enabled: scope.is_enabled,
            kind: &scope.kind,
            user_consent_description: scope.user_consent_description.as_deref(),
            user_consent_display_name: scope.user_consent_display_name.as_deref(),
            value: scope.value.as_deref(),
        }
    }
}

/// `passwordCredential`: the secret itself is given once, by the action that made it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Password<'a> {
    custom_key_identifier: Option<Word>,
    display_name: Option<&'a str>,
    end_date_time: Option<Instant>,
    hint: &'a str,
    key_id: Uuid,
    pub(crate) secret_text: Option<&'a str>,
    start_date_time: Option<Instant>,
}

impl<'a> Password<'a> {
    pub(crate) fn of(secret: &'a ClientSecret) -> Self {
        // The service shows the first three characters.
        let hint = secret.value.char_indices().nth(3).map_or(secret.value.as_str(), |(end, _)| &secret.value[..end]);
        Self {
            custom_key_identifier: None,
            display_name: secret.display_name.as_deref(),
            end_date_time: secret.expires,
            hint,
            key_id: secret.key_id,
            secret_text: None,
            start_date_time: secret.starts,
        }
    }
}

/// `verifiedPublisher`: nobody is.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct VerifiedPublisher {
    display_name: Option<Word>,
    verified_publisher_id: Option<Word>,
    added_date_time: Option<Instant>,
}

impl Related for ApplicationRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        write_relation(self.view, PrincipalId(self.application.id.0), navigation, json);
    }
}
