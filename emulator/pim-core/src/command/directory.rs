//! What may be changed of applications, service principals, administrative units and grants. Members of a change that are
//! `None` leave what was there.

use crate::id::{AppRoleAssignmentId, PermissionGrantId, PrincipalId};
use crate::model::{
    AppRole, AppRoleAssignment, ClientSecret, FederatedIdentityCredential, KeyCredential, MembershipRule,
    PermissionGrant, PermissionScope,
};
use uuid::Uuid;

/// What may be changed of an application registration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ApplicationChange {
    /// Its properties.
    Properties(ApplicationProperties),
    /// Its secrets.
    Secret(SecretChange),
    /// One federated identity credential more.
    AddFederatedIdentityCredential(FederatedIdentityCredential),
    /// Another federated identity credential in the place of the one with its id.
    SetFederatedIdentityCredential(FederatedIdentityCredential),
    /// One federated identity credential less.
    RemoveFederatedIdentityCredential(Uuid),
    /// Its owners.
    Owner(OwnerChange),
}

/// What may be changed of the secrets of an application or a service principal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SecretChange {
    /// One more; its key id is not looked at.
    Add(ClientSecret),
    /// One less, by its key id.
    Remove(Uuid),
}

/// What may be changed of the owners of an application or a service principal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OwnerChange {
    /// One more.
    Add(PrincipalId),
    /// One less.
    Remove(PrincipalId),
}

/// The properties of an application registration that may be changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ApplicationProperties {
    /// A new name.
    pub display_name: Option<String>,
    /// The name that no other application has: it can be given once.
    pub unique_name: Option<String>,
    /// Where a browser may be sent back to by a server.
    pub redirect_uris: Option<Vec<String>>,
    /// Where a browser may be sent back to by a page.
    pub spa_redirect_uris: Option<Vec<String>>,
    /// Where a browser may be sent back to by an installed client.
    pub public_client_redirect_uris: Option<Vec<String>>,
    /// Its certificates; one without an id is given one.
    pub key_credentials: Option<Vec<KeyCredential>>,
    /// The names under which it is asked for.
    pub identifier_uris: Option<Vec<String>>,
    /// What it offers to applications and people.
    pub app_roles: Option<Vec<AppRole>>,
    /// What it offers to clients with a signed-in user.
    pub permission_scopes: Option<Vec<PermissionScope>>,
    /// What is kept as it was written, by property; `None` takes it away.
    pub kept: Vec<(String, Option<String>)>,
}

/// What may be changed of a service principal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ServicePrincipalChange {
    /// Its properties.
    Properties(ServicePrincipalProperties),
    /// Its secrets.
    Secret(SecretChange),
    /// Its owners.
    Owner(OwnerChange),
}

/// The properties of a service principal that may be changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ServicePrincipalProperties {
    /// A new name.
    pub display_name: Option<String>,
    /// Whether it may sign in.
    pub account_enabled: Option<bool>,
    /// Whether only those who were assigned to it may sign in to it.
    pub is_assignment_required: Option<bool>,
    /// Certificates of its own; one without an id is given one.
    pub key_credentials: Option<Vec<KeyCredential>>,
    /// What is kept as it was written, by property; `None` takes it away.
    pub kept: Vec<(String, Option<String>)>,
}

/// What may be changed of an administrative unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AdministrativeUnitChange {
    /// Its properties.
    Properties(AdministrativeUnitProperties),
    /// One member more.
    AddMember(PrincipalId),
    /// One member less.
    RemoveMember(PrincipalId),
}

/// The properties of an administrative unit that may be changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AdministrativeUnitProperties {
    /// A new name.
    pub display_name: Option<String>,
    /// A new description; `Some(None)` takes it away.
    pub description: Option<Option<String>>,
    /// Whether only its members and few others see who is in it.
    pub is_membership_hidden: Option<bool>,
    /// A rule that says who belongs to it; `Some(None)` makes membership assigned.
    pub membership_rule: Option<Option<MembershipRule>>,
}

/// A permission that is given or taken away.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GrantChange {
    /// Give an application permission, or a role of an application.
    AssignAppRole {
        /// What is given, with an id that is not looked at.
        assignment: AppRoleAssignment,
        /// Whether it is an application permission of Microsoft Graph, which few may give.
        is_graph_permission: bool,
    },
    /// Take one away.
    RemoveAppRoleAssignment(AppRoleAssignmentId),
    /// Let a client do something in the name of users; the id is not looked at.
    Grant(PermissionGrant),
    /// Change what a client may do.
    SetGrantedScope {
        /// Which grant.
        grant: PermissionGrantId,
        /// The permissions now.
        scope: String,
    },
    /// Take a grant away.
    RevokeGrant(PermissionGrantId),
}
