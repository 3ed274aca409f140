//! Applications and managed identities, as they stand in a world file.

use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An application and its service principal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ApplicationEntry {
    /// The name that the rest of the file uses.
    pub name: String,
    /// The name people see; the name itself when left out.
    pub display_name: Option<String>,
    /// The object id of the registration.
    pub id: Option<Uuid>,
    /// The client id.
    pub client_id: Option<Uuid>,
    /// The client secret; without any credential it is a public client.
    pub secret: Option<String>,
    /// Certificates that it may sign in with, each as the text of a PEM file. A private key in it is passed over.
    #[serde(default)]
    pub certificates: Vec<String>,
    /// Tokens of other issuers that it may sign in with.
    #[serde(default)]
    pub federated_credentials: Vec<FederatedCredentialEntry>,
    /// Whether users may sign in to it without a credential of the application even though it has one.
    #[serde(default)]
    pub public_client: bool,
    /// The application permissions of Microsoft Graph that it was given, such as `RoleManagement.ReadWrite.Directory`.
    #[serde(default)]
    pub app_roles: Vec<String>,
    /// The delegated permissions of Microsoft Graph that an administrator granted it for all users. Without any it gets what it
    /// asks for.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Where a browser may be sent back to after sign-in.
    #[serde(default)]
    pub redirect_uris: Vec<String>,
    /// The names under which tokens for it are asked for, beside its client id.
    #[serde(default)]
    pub identifier_uris: Vec<String>,
    /// The delegated permissions that it offers itself, such as `access_as_user`.
    #[serde(default)]
    pub offers: Vec<String>,
    /// The format of tokens for it: 1 (when left out) or 2.
    pub access_token_version: Option<u8>,
}

/// Tokens of another issuer that an application may sign in with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FederatedCredentialEntry {
    /// Its name.
    pub name: String,
    /// The issuer, letter for letter.
    pub issuer: String,
    /// Whom the tokens are about, letter for letter.
    pub subject: String,
    /// For whom they are meant; `api://AzureADTokenExchange` when left out.
    pub audiences: Option<Vec<String>>,
    /// The keys of the issuer, as in its set of keys. Without them a signature is not checked.
    #[serde(default)]
    pub keys: Vec<KeyEntry>,
}

/// A public key, as in a set of keys (RFC 7517). What else stands there is passed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyEntry {
    /// Its sort: `RSA`.
    pub kty: String,
    /// What the headers of tokens call it by.
    pub kid: Option<String>,
    /// The modulus, in Base64.
    pub n: String,
    /// The public exponent, in Base64.
    pub e: String,
}

/// A managed identity. It holds roles under its name, as users do.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ManagedIdentityEntry {
    /// The name that the rest of the file uses, and the name people see.
    pub name: String,
    /// `user` (when left out) for one that stands alone and can be assigned to resources, `system` for that of a resource.
    #[serde(rename = "type")]
    #[schema(value_type = Option<String>, example = "user")]
    pub identity_type: Option<IdentityWord>,
    /// Where it is in Azure, such as `prod/web`: the resource group in which it stands, or the resource that has it.
    pub scope: Option<String>,
    /// The object id of its service principal.
    pub id: Option<Uuid>,
    /// The client id.
    pub client_id: Option<Uuid>,
    /// The application permissions of Microsoft Graph that it was given.
    #[serde(default)]
    pub app_roles: Vec<String>,
}

/// Which of the two sorts a managed identity is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum IdentityWord {
    /// That of a resource.
    System,
    /// One that stands alone.
    User,
}
