//! Applications: the registration, the identity that it has in the tenant, its credentials, and what it was permitted.

use crate::id::{AppRoleAssignmentId, ApplicationId, ClientId, PermissionGrantId, PrincipalId};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The sort of a service principal, in Graph's words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ServicePrincipalType {
    /// The local face of an application.
    Application,
    /// A managed identity.
    ManagedIdentity,
}

/// The identity that an application has in this tenant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePrincipal {
    /// The object id.
    pub id: PrincipalId,
    /// The client id of the application.
    pub app_id: ClientId,
    /// The name people see.
    pub display_name: String,
    /// Whether it may sign in.
    pub account_enabled: bool,
    /// Its sort.
    pub kind: ServicePrincipalType,
    /// The names of the application permissions of Microsoft Graph that it was made with. What it is given later is an
    /// [`AppRoleAssignment`].
    pub app_roles: Vec<String>,
    /// Whether only those who were assigned to it may sign in to it.
    #[serde(default)]
    pub is_assignment_required: bool,
    /// The organization that registered the application, where that is another one.
    #[serde(default)]
    pub foreign_owner: Option<Uuid>,
    /// Secrets of its own, beside those of the application.
    #[serde(default)]
    pub secrets: Vec<ClientSecret>,
    /// Certificates of its own, beside those of the application.
    #[serde(default)]
    pub key_credentials: Vec<KeyCredential>,
    /// Whose identity it is, where it is a managed one.
    #[serde(default)]
    pub managed_identity: Option<ManagedIdentity>,
    /// Who owns it.
    #[serde(default)]
    pub owners: Vec<PrincipalId>,
    /// Who made it, if somebody who held no role then.
    #[serde(default)]
    pub creator: Option<PrincipalId>,
    /// What is kept as it was written, as JSON text by property.
    #[serde(default)]
    pub kept: BTreeMap<String, String>,
    /// When it was made.
    pub created: Instant,
}

impl ServicePrincipal {
    /// That of an application, with no permission.
    #[must_use]
    pub fn new(id: PrincipalId, app_id: ClientId, display_name: impl Into<String>, created: Instant) -> Self {
        Self {
            id,
            app_id,
            display_name: display_name.into(),
            account_enabled: true,
            kind: ServicePrincipalType::Application,
            app_roles: Vec::new(),
            is_assignment_required: false,
            foreign_owner: None,
            secrets: Vec::new(),
            key_credentials: Vec::new(),
            managed_identity: None,
            owners: Vec::new(),
            creator: None,
            kept: BTreeMap::new(),
            created,
        }
    }

    /// That of something in Azure, with a client id that no application has.
    #[must_use]
    pub fn of_managed_identity(
        id: PrincipalId,
        app_id: ClientId,
        display_name: impl Into<String>,
        identity: ManagedIdentity,
        created: Instant,
    ) -> Self {
        Self {
            kind: ServicePrincipalType::ManagedIdentity,
            managed_identity: Some(identity),
            ..Self::new(id, app_id, display_name, created)
        }
    }
}

/// An identity that Azure keeps for something of its own, whose secrets nobody sees.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedIdentity {
    /// The resource: the identity itself where it stands alone, else what it belongs to.
    pub resource_id: String,
    /// Whether it stands alone and is assigned to resources by users.
    pub is_user_assigned: bool,
}

/// A secret of an application or of a service principal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientSecret {
    /// What it is called by, since nobody may say the secret itself.
    #[serde(default)]
    pub key_id: Uuid,
    /// What its maker calls it.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The secret itself.
    pub value: String,
    /// From when it works; `None` for always.
    #[serde(default)]
    pub starts: Option<Instant>,
    /// When it stops working; `None` for never.
    pub expires: Option<Instant>,
}

impl ClientSecret {
    /// One that always works. An application that is made with it gives it an id.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self { key_id: Uuid::nil(), display_name: None, value: value.into(), starts: None, expires: None }
    }
}

/// A certificate of an application.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyCredential {
    /// What it is called by.
    pub key_id: Uuid,
    /// What its maker calls it.
    pub display_name: Option<String>,
    /// `type`: `AsymmetricX509Cert`, …
    pub kind: String,
    /// `Verify` or `Sign`.
    pub usage: String,
    /// The key itself, in Base64.
    pub key: String,
    /// What tells it from others: the thumbprint, where nobody chose something else.
    pub custom_key_identifier: Option<String>,
    /// From when it works; `None` for always.
    pub starts: Option<Instant>,
    /// When it stops working; `None` for never.
    pub expires: Option<Instant>,
}

/// Tokens of another issuer that an application may sign in with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FederatedIdentityCredential {
    /// The id.
    pub id: Uuid,
    /// Its name, which no other of the application has.
    pub name: String,
    /// The issuer.
    pub issuer: String,
    /// Whom the tokens are about.
    pub subject: String,
    /// For whom they are meant.
    pub audiences: Vec<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The keys that the issuer is known to sign with; none where they are not known.
    #[serde(default)]
    pub keys: Vec<IssuerKey>,
}

/// A public RSA key of an issuer of tokens.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuerKey {
    /// What the headers of tokens call it by.
    pub key_id: Option<String>,
    /// The modulus.
    pub modulus: Vec<u8>,
    /// The public exponent.
    pub exponent: Vec<u8>,
}

/// A permission that an application offers to applications and people.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRole {
    /// The id.
    pub id: Uuid,
    /// What stands in the `roles` of tokens.
    pub value: Option<String>,
    /// The name people see.
    pub display_name: String,
    /// What it allows.
    pub description: String,
    /// `Application`, `User`, or both.
    pub allowed_member_types: Vec<String>,
    /// Whether it can be given.
    pub is_enabled: bool,
}

/// A permission that an application offers to clients with a signed-in user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionScope {
    /// The id.
    pub id: Uuid,
    /// What stands in the `scp` of tokens.
    pub value: Option<String>,
    /// `User` or `Admin`: who may consent to it.
    pub kind: String,
    /// What administrators are shown: the name.
    pub admin_consent_display_name: String,
    /// What administrators are shown: the explanation.
    pub admin_consent_description: String,
    /// What users are shown: the name.
    pub user_consent_display_name: Option<String>,
    /// What users are shown: the explanation.
    pub user_consent_description: Option<String>,
    /// Whether it can be asked for.
    pub is_enabled: bool,
}

/// An application registration.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// The object id.
    pub id: ApplicationId,
    /// The client id.
    pub app_id: ClientId,
    /// The name people see.
    pub display_name: String,
    /// Its secrets; an application without any credential is a public client.
    pub secrets: Vec<ClientSecret>,
    /// Where a browser may be sent back to by a server.
    pub redirect_uris: Vec<String>,
    /// Where a browser may be sent back to by a page.
    #[serde(default)]
    pub spa_redirect_uris: Vec<String>,
    /// Where a browser may be sent back to by an installed client.
    #[serde(default)]
    pub public_client_redirect_uris: Vec<String>,
    /// Its certificates.
    #[serde(default)]
    pub key_credentials: Vec<KeyCredential>,
    /// Tokens of others that it may sign in with.
    #[serde(default)]
    pub federated_identity_credentials: Vec<FederatedIdentityCredential>,
    /// The names under which it is asked for, which no other application of the tenant has.
    #[serde(default)]
    pub identifier_uris: Vec<String>,
    /// What it offers to applications and people.
    #[serde(default)]
    pub app_roles: Vec<AppRole>,
    /// What it offers to clients with a signed-in user.
    #[serde(default)]
    pub permission_scopes: Vec<PermissionScope>,
    /// The name that no other application of the tenant has, and that stays.
    #[serde(default)]
    pub unique_name: Option<String>,
    /// Who owns it.
    #[serde(default)]
    pub owners: Vec<PrincipalId>,
    /// Who registered it, if somebody who held no role then.
    #[serde(default)]
    pub creator: Option<PrincipalId>,
    /// What is kept as it was written, as JSON text by property.
    #[serde(default)]
    pub kept: BTreeMap<String, String>,
    /// When it was registered.
    pub created: Instant,
}

impl Application {
    /// One with nothing but a name.
    #[must_use]
    pub fn new(id: ApplicationId, app_id: ClientId, display_name: impl Into<String>, created: Instant) -> Self {
        Self {
            id,
            app_id,
            display_name: display_name.into(),
            secrets: Vec::new(),
            redirect_uris: Vec::new(),
            spa_redirect_uris: Vec::new(),
            public_client_redirect_uris: Vec::new(),
            key_credentials: Vec::new(),
            federated_identity_credentials: Vec::new(),
            identifier_uris: Vec::new(),
            app_roles: Vec::new(),
            permission_scopes: Vec::new(),
            unique_name: None,
            owners: Vec::new(),
            creator: None,
            kept: BTreeMap::new(),
            created,
        }
    }
}

impl Application {
    /// Whether it has no credential at all, so that it can prove nothing.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.secrets.is_empty() && self.key_credentials.is_empty() && self.federated_identity_credentials.is_empty()
    }

    /// Whether it wants tokens for itself in the second format.
    #[must_use]
    pub fn takes_second_format(&self) -> bool {
        self.kept.get("api.requestedAccessTokenVersion").is_some_and(|text| text == "2")
    }

    /// Whether it may sign users in without a proof of who it is: because it has none, or because its registration allows
    /// public clients.
    #[must_use]
    pub fn allows_public_clients(&self) -> bool {
        self.is_public() || self.kept.get("isFallbackPublicClient").is_some_and(|text| text == "true")
    }

    /// Where a browser may be sent back to, by whatever sort of client.
    pub fn all_redirect_uris(&self) -> impl Iterator<Item = &str> {
        let all = [&self.redirect_uris, &self.spa_redirect_uris, &self.public_client_redirect_uris];
        all.into_iter().flatten().map(String::as_str)
    }
}

/// An application that was deleted and can be brought back for 30 days.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedApplication {
    /// The registration as it was.
    pub application: Application,
    /// The service principal that went with it, and comes back with it.
    pub service_principal: Option<PrincipalId>,
    /// When it was deleted.
    pub deleted: Instant,
    /// When it goes for good.
    pub purged: Instant,
}

/// An application permission, or a role of an application, that somebody was given.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRoleAssignment {
    /// The id.
    pub id: AppRoleAssignmentId,
    /// Who was given it.
    pub principal: PrincipalId,
    /// The service principal of the application that offers it.
    pub resource: PrincipalId,
    /// The id of the permission; nil for access without any.
    pub app_role: Uuid,
    /// What tokens say of it.
    pub value: Option<String>,
    /// When it was given.
    pub created: Instant,
}

/// What a client may do in the name of users.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionGrant {
    /// The id.
    pub id: PermissionGrantId,
    /// The service principal of the client.
    pub client: PrincipalId,
    /// For one user; `None` for all.
    pub principal: Option<PrincipalId>,
    /// The service principal of the application that offers the permissions.
    pub resource: PrincipalId,
    /// The permissions, separated by spaces.
    pub scope: String,
}
