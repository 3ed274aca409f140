//! A service principal as it is written: much of it is its application's.

use super::graph_permissions;
use crate::graph::applications::{OfferedAppRole, OfferedScope, Password};
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Composed, Json, Kept, Word};
use crate::graph::key_credentials::Key;
use crate::graph::relations::write_relation;
use pim_core::model::{Application, ServicePrincipal, ServicePrincipalType};
use pim_core::time::Instant;
use pim_core::{ClientId, View};
use uuid::Uuid;

/// A service principal with the tenant that it is in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServicePrincipalRow<'v> {
    principal: &'v ServicePrincipal,
    view: View<'v>,
    deleted: Option<Instant>,
}

impl<'v> ServicePrincipalRow<'v> {
    /// One that is there.
    pub(crate) const fn new(view: View<'v>, principal: &'v ServicePrincipal) -> Self {
        Self { principal, view, deleted: None }
    }

    /// One that was deleted.
    pub(crate) const fn deleted(view: View<'v>, principal: &'v ServicePrincipal, at: Instant) -> Self {
        Self { principal, view, deleted: Some(at) }
    }

    /// The application, where it is registered in this tenant.
    fn application(&self) -> Option<&'v Application> {
        self.view.application(self.principal.app_id)
    }

    fn owner_organization(&self) -> Option<Uuid> {
        let own = || self.application().and(self.view.tenant()).map(|tenant| tenant.id.0);
        self.principal.foreign_owner.or_else(own)
    }

    fn names(&self) -> Vec<String> {
        let uris = self.application().into_iter().flat_map(|it| it.identifier_uris.iter().cloned());
        std::iter::once(self.principal.app_id.to_string()).chain(uris).collect()
    }

    fn reply_urls(&self) -> Vec<&'v str> {
        self.application().into_iter().flat_map(Application::all_redirect_uris).collect()
    }

    fn kept(&self, property: &str, otherwise: &'static str) -> Kept<'v> {
        Kept::of(&self.principal.kept, property, otherwise)
    }

    /// Of a managed identity: whether it stands alone, and which resource it belongs to.
    fn alternative_names(&self) -> Vec<String> {
        match &self.principal.managed_identity {
            Some(identity) => {
                let is_explicit = if identity.is_user_assigned { "isExplicit=True" } else { "isExplicit=False" };
                vec![is_explicit.to_owned(), identity.resource_id.clone()]
            }
            None => {
                let kept = self.principal.kept.get("alternativeNames");
                kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
            }
        }
    }

    fn audience(&self) -> Kept<'v> {
        const OWN: &str = "\"AzureADMyOrg\"";
        match self.application() {
            Some(application) => Kept::of(&application.kept, "signInAudience", OWN),
            None => self.kept("signInAudience", "\"AzureADMultipleOrgs\""),
        }
    }

    fn app_roles(&self) -> Vec<OfferedAppRole<'v>> {
        match self.application() {
            _ if self.principal.app_id == ClientId::MICROSOFT_GRAPH => graph_permissions::app_roles().collect(),
            Some(application) => application.app_roles.iter().map(OfferedAppRole::of).collect(),
            None => Vec::new(),
        }
    }

    fn scopes(&self) -> Vec<OfferedScope<'v>> {
        match self.application() {
            _ if self.principal.app_id == ClientId::MICROSOFT_GRAPH => graph_permissions::scopes().collect(),
            Some(application) => application.permission_scopes.iter().map(OfferedScope::of).collect(),
            None => Vec::new(),
        }
    }
}

crate::entity! {
    /// A service principal.
    ServicePrincipalResource(ServicePrincipalRow<'r>) = "servicePrincipal" {
        "id": string = |it| it.principal.id.0;
        "deletedDateTime": instant = |it| it.deleted;
        "accountEnabled": boolean = |it| it.principal.account_enabled;
        "alternativeNames": texts = |it| it.alternative_names();
        "appDescription": string = |it| it.application().map(|it| Kept::of(&it.kept, "description", "null"));
        "appDisplayName": string = |it| it.application().map_or(it.principal.display_name.as_str(), |it| &it.display_name);
        "appId": string = |it| it.principal.app_id.0;
        "applicationTemplateId": string = |_it| None::<Word>;
        "appOwnerOrganizationId": string = |it| it.owner_organization();
        "appRoleAssignmentRequired": boolean = |it| it.principal.is_assignment_required;
        "createdDateTime": instant = |it| it.principal.created;
        "description": string = |it| it.kept("description", "null");
        "disabledByMicrosoftStatus": string = |_it| None::<Word>;
        "displayName": string = |it| it.principal.display_name.as_str();
        "homepage": string = |it| it.kept("homepage", "null");
        "loginUrl": string = |it| it.kept("loginUrl", "null");
        "logoutUrl": string = |it| it.kept("logoutUrl", "null");
        "notes": string = |it| it.kept("notes", "null");
        "notificationEmailAddresses": texts = |it| it.kept("notificationEmailAddresses", "[]");
        "preferredSingleSignOnMode": string = |it| it.kept("preferredSingleSignOnMode", "null");
        "preferredTokenSigningKeyThumbprint": string = |it| it.kept("preferredTokenSigningKeyThumbprint", "null");
        "replyUrls": texts = |it| it.reply_urls();
        "servicePrincipalNames": texts = |it| it.names();
        "servicePrincipalType": string = |it| kind(it.principal);
        "signInAudience": string = |it| it.audience();
        "tags": texts = |it| it.kept("tags", "[]");
        "tokenEncryptionKeyId": string = |it| it.kept("tokenEncryptionKeyId", "null");
        "samlSingleSignOnSettings": opaque = |it| it.kept("samlSingleSignOnSettings", "null");
        "addIns": opaque = |_it| Vec::<Word>::new();
        "appRoles": opaque = |it| Composed(it.app_roles());
        "info": opaque = |it| it.kept("info", NO_INFO);
        "keyCredentials": opaque = |it| Composed(it.principal.key_credentials.iter().map(Key::of).collect::<Vec<_>>());
        "oauth2PermissionScopes": opaque = |it| Composed(it.scopes());
        "passwordCredentials": opaque = |it| Composed(it.principal.secrets.iter().map(Password::of).collect::<Vec<_>>());
        "resourceSpecificApplicationPermissions": opaque = |_it| Vec::<Word>::new();
        "verifiedPublisher": opaque = |it| it.kept("verifiedPublisher", NO_PUBLISHER);
    }
    navigations ["owners", "memberOf", "transitiveMemberOf", "ownedObjects", "createdObjects"]
}

const NO_INFO: &str =
    r#"{"logoUrl":null,"marketingUrl":null,"privacyStatementUrl":null,"supportUrl":null,"termsOfServiceUrl":null}"#;
const NO_PUBLISHER: &str = r#"{"displayName":null,"verifiedPublisherId":null,"addedDateTime":null}"#;

const fn kind(principal: &ServicePrincipal) -> Word {
    Word(match principal.kind {
        ServicePrincipalType::Application => "Application",
        ServicePrincipalType::ManagedIdentity => "ManagedIdentity",
    })
}

impl Related for ServicePrincipalRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        write_relation(self.view, self.principal.id, navigation, json);
    }
}
