//! Which id each name of a world got: what a test asks for first.

use super::handles::ROOT_GROUP;
use pim_core::model::access_review::{AccessReviewResource, AccessReviewTarget};
use pim_core::model::{Application, AzureScope, AzureScopeKind};
use pim_core::time::Instant;
use pim_core::{
    AccessReviewDefinitionId, AdministrativeUnitId, ApplicationId, AzureRoleDefinitionId, AzureScopeId, ClientId,
    PrincipalId, RoleDefinitionId, TenantId, View,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use uuid::Uuid;

/// The ids of one application.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationNames {
    /// Of the registration.
    pub application: ApplicationId,
    /// The client id.
    pub client: ClientId,
    /// Of its service principal.
    pub service_principal: PrincipalId,
}

/// The ids of one managed identity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedIdentityNames {
    /// The client id.
    pub client: ClientId,
    /// Of its service principal.
    pub service_principal: PrincipalId,
}

/// The names that a tenant's world gave to things, kept with the tenant and with its copies.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Names {
    /// Users by name.
    pub users: BTreeMap<String, PrincipalId>,
    /// Groups by name.
    pub groups: BTreeMap<String, PrincipalId>,
    /// Applications by name.
    pub applications: BTreeMap<String, ApplicationNames>,
    /// Managed identities by name.
    pub managed_identities: BTreeMap<String, ManagedIdentityNames>,
    /// Administrative units by name.
    pub administrative_units: BTreeMap<String, AdministrativeUnitId>,
    /// The roles that the world speaks of, by the name people see.
    pub roles: BTreeMap<String, RoleDefinitionId>,
    /// Management groups by name, without the tenant root group.
    pub management_groups: BTreeMap<String, AzureScopeId>,
    /// Subscriptions by name.
    pub subscriptions: BTreeMap<String, AzureScopeId>,
    /// Resource groups, as `prod/web`.
    pub resource_groups: BTreeMap<String, AzureScopeId>,
    /// Resources, as `prod/web/kv`.
    pub resources: BTreeMap<String, AzureScopeId>,
    /// The roles of Azure that the world speaks of, by the name people see.
    pub azure_roles: BTreeMap<String, AzureRoleDefinitionId>,
    /// Access reviews by name.
    pub access_reviews: BTreeMap<String, AccessReviewDefinitionId>,
}

/// A user, by what a test needs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserAnswer {
    /// The object id.
    pub id: Uuid,
    /// The name to sign in with.
    pub user_principal_name: String,
    /// The password of the emulated sign-in.
    pub password: String,
}

/// An application, by what a test needs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationAnswer {
    /// The object id of the registration.
    pub id: Uuid,
    /// The client id.
    pub client_id: Uuid,
    /// The client secret; null for a public client.
    pub secret: Option<String>,
    /// The object id of the service principal.
    pub service_principal_id: Uuid,
}

/// A managed identity, by what a test needs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ManagedIdentityAnswer {
    /// The object id of its service principal.
    pub id: Uuid,
    /// The client id.
    pub client_id: Uuid,
    /// The resource of Azure that it belongs to, or is.
    pub resource_id: String,
}

/// Anything else that has an id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct IdAnswer {
    /// The id.
    pub id: Uuid,
}

/// A place of Azure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct ScopeAnswer {
    /// What Azure calls its id: the GUID of a subscription, the path of anything else.
    pub id: String,
    /// Its path, which stands before `/providers/Microsoft.Authorization/…` in calls about it.
    pub path: String,
}

/// An access review.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
pub struct AccessReviewAnswer {
    /// The id of its definition.
    pub id: Uuid,
    /// The path of the place whose role of Azure it is about; null for a role of the directory and for a group.
    pub scope: Option<String>,
}

/// A tenant: who it is, what its clock shows, and which id each name of its world got. What has been deleted since is left
/// out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TenantAnswer {
    /// The tenant's id.
    pub tenant_id: Uuid,
    /// Its initial domain.
    pub domain: String,
    /// What its clock shows, as RFC 3339.
    #[schema(format = DateTime)]
    pub now: String,
    /// Users by name.
    pub users: BTreeMap<String, UserAnswer>,
    /// Groups by name.
    pub groups: BTreeMap<String, IdAnswer>,
    /// Applications by name.
    pub applications: BTreeMap<String, ApplicationAnswer>,
    /// Managed identities by name.
    pub managed_identities: BTreeMap<String, ManagedIdentityAnswer>,
    /// Administrative units by name.
    pub administrative_units: BTreeMap<String, IdAnswer>,
    /// The roles that the world speaks of, by the name people see.
    pub roles: BTreeMap<String, IdAnswer>,
    /// Management groups by name; `Tenant Root Group` is the one that every tenant has.
    pub management_groups: BTreeMap<String, ScopeAnswer>,
    /// Subscriptions by name.
    pub subscriptions: BTreeMap<String, ScopeAnswer>,
    /// Resource groups, as `prod/web`.
    pub resource_groups: BTreeMap<String, ScopeAnswer>,
    /// Resources, as `prod/web/kv`.
    pub resources: BTreeMap<String, ScopeAnswer>,
    /// The roles of Azure that the world speaks of, by the name people see.
    pub azure_roles: BTreeMap<String, IdAnswer>,
    /// Access reviews by name.
    pub access_reviews: BTreeMap<String, AccessReviewAnswer>,
}

impl Names {
    /// The user of that name.
    #[must_use]
    pub fn user(&self, name: &str) -> Option<PrincipalId> {
        self.users.get(name).copied()
    }

    /// The user, group or service principal of that name.
    #[must_use]
    pub fn principal(&self, name: &str) -> Option<PrincipalId> {
        let application = || self.applications.get(name).map(|it| it.service_principal);
        let identity = || self.managed_identities.get(name).map(|it| it.service_principal);
        self.users.get(name).or_else(|| self.groups.get(name)).copied().or_else(application).or_else(identity)
    }

    /// Notes roles under the names people see.
    pub(super) fn note_roles(
        &mut self,
        view: View<'_>,
        roles: &BTreeSet<RoleDefinitionId>,
        azure_roles: &BTreeSet<AzureRoleDefinitionId>,
    ) {
        let roles = roles.iter().filter_map(|id| view.role(*id));
        self.roles = roles.map(|role| (role.display_name.clone(), role.id)).collect();
        let azure_roles = azure_roles.iter().filter_map(|id| view.azure_role(*id));
        self.azure_roles = azure_roles.map(|role| (role.role_name.clone(), role.id)).collect();
    }

    /// What each name stands for in the tenant as it is in `view`.
    #[must_use]
    pub fn answer(&self, id: TenantId, now: Instant, view: View<'_>) -> TenantAnswer {
        let applications: BTreeMap<ClientId, &Application> = view.applications().map(|it| (it.app_id, it)).collect();
        let root_group = view.azure_scope(AzureScopeId::ROOT_GROUP).map(|it| (ROOT_GROUP.to_owned(), place(it)));
        let scopes = |names| named(names, |id| view.azure_scope(*id).map(place));
        TenantAnswer {
            tenant_id: id.0,
            domain: view.tenant().map(|tenant| tenant.domain.clone()).unwrap_or_default(),
            now: now.to_string(),
            users: named(&self.users, |id| {
                let user = view.user(*id)?;
                Some(UserAnswer {
                    id: id.0,
                    user_principal_name: user.user_principal_name.clone(),
                    password: user.password.clone(),
                })
            }),
            groups: named(&self.groups, |id| view.group(*id).map(|_| IdAnswer { id: id.0 })),
            applications: named(&self.applications, |names| {
                let application = applications.get(&names.client)?;
                Some(ApplicationAnswer {
                    id: names.application.0,
                    client_id: names.client.0,
                    secret: application.secrets.first().map(|secret| secret.value.clone()),
                    service_principal_id: names.service_principal.0,
                })
            }),
            managed_identities: named(&self.managed_identities, |names| {
                let principal = view.service_principal(names.service_principal)?;
                Some(ManagedIdentityAnswer {
                    id: principal.id.0,
                    client_id: names.client.0,
                    resource_id: principal.managed_identity.as_ref()?.resource_id.clone(),
                })
            }),
            administrative_units: named(&self.administrative_units, |id| {
                view.administrative_unit(*id).map(|_| IdAnswer { id: id.0 })
            }),
            roles: named(&self.roles, |id| view.role(*id).map(|_| IdAnswer { id: id.0 })),
            management_groups: scopes(&self.management_groups).into_iter().chain(root_group).collect(),
            subscriptions: scopes(&self.subscriptions),
            resource_groups: scopes(&self.resource_groups),
            resources: scopes(&self.resources),
            azure_roles: named(&self.azure_roles, |id| view.azure_role(*id).map(|_| IdAnswer { id: id.0 })),
            access_reviews: named(&self.access_reviews, |id| review(view, *id)),
        }
    }
}

fn review(view: View<'_>, id: AccessReviewDefinitionId) -> Option<AccessReviewAnswer> {
    let scope = match view.access_review(id)?.properties.scope.target {
        AccessReviewTarget::One(AccessReviewResource::AzureRole { scope, .. }) => {
            Some(view.azure_scope(scope)?.path.clone())
        }
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_) | AccessReviewResource::Group(_))
        | AccessReviewTarget::GroupsWithGuests => None,
    };
    Some(AccessReviewAnswer { id: id.0, scope })
}

fn place(scope: &AzureScope) -> ScopeAnswer {
    let id = match scope.kind {
        AzureScopeKind::Subscription => scope.name.clone(),
        AzureScopeKind::TenantRoot
        | AzureScopeKind::ManagementGroup
        | AzureScopeKind::ResourceGroup
        | AzureScopeKind::Resource { .. } => scope.path.clone(),
    };
    ScopeAnswer { id, path: scope.path.clone() }
}

fn named<T, R>(names: &BTreeMap<String, T>, read: impl Fn(&T) -> Option<R>) -> BTreeMap<String, R> {
    names.iter().filter_map(|(name, it)| read(it).map(|it| (name.clone(), it))).collect()
}
