//! Records of applications and of service principals. Secrets are never said.

use super::properties::{Property, changed_beside, fact, flag, kept, set_beside, text, texts};
use super::{Done, Told};
use crate::app::audit::record::{Category, Draft, ModifiedProperty, OperationType, TargetResource};
use pim_core::model::{Application, ClientSecret, KeyCredential, ServicePrincipal};
use pim_core::{ApplicationId, DirectoryEvent, Event, PrincipalId, Updated};
use uuid::Uuid;

const fn done(activity: &'static str, operation: OperationType) -> Done {
    Done::new(Category::ApplicationManagement, activity, operation)
}

const ADDED: Done = done("Add application", OperationType::Add);
const UPDATED: Done = done("Update application", OperationType::Update);
const CREDENTIALS: Done =
    done("Update application \u{2013} Certificates and secrets management", OperationType::Update);
const OWNER_ADDED: Done = done("Add owner to application", OperationType::Assign);
const OWNER_REMOVED: Done = done("Remove owner from application", OperationType::Delete);
/// An application was deleted.
pub(super) const DELETED: Done = done("Delete application", OperationType::Delete);
/// An application was restored.
pub(super) const RESTORED: Done = done("Restore application", OperationType::Add);
/// An application is gone for good.
pub(super) const PURGED: Done = done("Hard Delete application", OperationType::Delete);

const PRINCIPAL_ADDED: Done = done("Add service principal", OperationType::Add);
const PRINCIPAL_UPDATED: Done = done("Update service principal", OperationType::Update);
const PRINCIPAL_OWNER_ADDED: Done = done("Add owner to service principal", OperationType::Assign);
const PRINCIPAL_OWNER_REMOVED: Done = done("Remove owner from service principal", OperationType::Delete);
/// A service principal was deleted.
pub(super) const REMOVED: Done = done("Remove service principal", OperationType::Delete);
/// A service principal was restored.
pub(super) const PRINCIPAL_RESTORED: Done = done("Restore service principal", OperationType::Add);
/// A service principal is gone for good.
pub(super) const PRINCIPAL_PURGED: Done = done("Hard delete service principal", OperationType::Delete);

const PROPERTIES: &[Property<Application>] = &[
    Property { name: "DisplayName", value: |it| text(&it.display_name) },
    Property { name: "AppId", value: |it| text(&it.app_id.to_string()) },
    Property { name: "AppAddress", value: |it| texts(it.all_redirect_uris()) },
    Property { name: "AppIdentifierUri", value: |it| texts(it.identifier_uris.iter().map(String::as_str)) },
    Property { name: "AppRoles", value: |it| texts(it.app_roles.iter().map(|role| role.display_name.as_str())) },
    Property {
        name: "Oauth2Permissions",
        value: |it| texts(it.permission_scopes.iter().map(|scope| scope.admin_consent_display_name.as_str())),
    },
    Property {
        name: "FederatedIdentityCredentials",
        value: |it| texts(it.federated_identity_credentials.iter().map(|it| it.name.as_str())),
    },
];

const PRINCIPAL_PROPERTIES: &[Property<ServicePrincipal>] = &[
    Property { name: "AccountEnabled", value: |it| flag(it.account_enabled) },
    Property { name: "DisplayName", value: |it| text(&it.display_name) },
    Property { name: "AppPrincipalId", value: |it| text(&it.app_id.to_string()) },
    Property { name: "AppRoleAssignmentRequired", value: |it| flag(it.is_assignment_required) },
];

/// The credentials of an application: what each is called by, never what it is.
const KEYS: Property<Application> = Property {
    name: "KeyDescription",
    value: |it| {
        let secret =
            |key: &ClientSecret| key_description(key.key_id, ("Password", "Verify"), key.display_name.as_deref());
        let certificate =
            |key: &KeyCredential| key_description(key.key_id, (&key.kind, &key.usage), key.display_name.as_deref());
        let all: Vec<_> = it.secrets.iter().map(secret).chain(it.key_credentials.iter().map(certificate)).collect();
        texts(all.iter().map(String::as_str))
    },
};

fn key_description(id: Uuid, (kind, usage): (&str, &str), name: Option<&str>) -> String {
    format!("[KeyIdentifier={id},KeyType={kind},KeyUsage={usage},DisplayName={}]", name.unwrap_or_default())
}

fn target(application: &Application, modified_properties: Vec<ModifiedProperty>) -> TargetResource {
    TargetResource {
        display_name: Some(application.display_name.clone()),
        modified_properties,
        ..TargetResource::of("Application", Some(application.id.0))
    }
}

fn principal_target(principal: &ServicePrincipal, modified_properties: Vec<ModifiedProperty>) -> TargetResource {
    TargetResource {
        display_name: Some(principal.display_name.clone()),
        modified_properties,
        ..TargetResource::of("ServicePrincipal", Some(principal.id.0))
    }
}

/// An application was registered, and whoever did it owns it.
pub(super) fn made(told: &Told<'_>, application: &Application) -> Vec<Draft> {
    let registered = told
        .record(ADDED, vec![target(application, set_beside(PROPERTIES, kept(None, &application.kept), application))]);
    let credentials = set_beside(&[KEYS], Vec::new(), application);
    let credentials = (credentials.len() > 1).then(|| told.record(CREDENTIALS, vec![target(application, credentials)]));
    let owners = owners(told, &owned(application), (OWNER_ADDED, OWNER_REMOVED), (&[], &application.owners));
    std::iter::once(registered).chain(credentials).chain(owners).collect()
}

/// An application was changed: credentials and owners have records of their own.
pub(super) fn updated(told: &Told<'_>, updated: &Updated<Application>) -> Vec<Draft> {
    let Updated { was, now } = updated;
    let credentials = changed_beside(&[KEYS], Vec::new(), updated);
    let credentials = (credentials.len() > 1).then(|| told.record(CREDENTIALS, vec![target(now, credentials)]));
    let owners = owners(told, &owned(now), (OWNER_ADDED, OWNER_REMOVED), (&was.owners, &now.owners));
    let properties = changed_beside(PROPERTIES, kept(Some(&was.kept), &now.kept), updated);
    let rest = (properties.len() > 1).then(|| told.record(UPDATED, vec![target(now, properties)]));
    rest.into_iter().chain(credentials).chain(owners).collect()
}

/// What is owned.
struct Owned {
    kind: &'static str,
    id: Uuid,
    name: String,
    /// The names of the facts of an owner that say what it owns.
    facts: [&'static str; 2],
}

fn owned(application: &Application) -> Owned {
    Owned {
        kind: "Application",
        id: application.id.0,
        name: application.display_name.clone(),
        facts: ["Application.ObjectID", "Application.DisplayName"],
    }
}

/// Owners came and went: the owner comes first, and says in its properties what it owns.
fn owners(
    told: &Told<'_>,
    what: &Owned,
    (added, removed): (Done, Done),
    (was, now): (&[PrincipalId], &[PrincipalId]),
) -> Vec<Draft> {
    let record = |owner: PrincipalId, is_in: bool| {
        let [id, name] = what.facts;
        let modified_properties =
            vec![fact(id, Some(&what.id.to_string()), is_in), fact(name, Some(&what.name), is_in)];
        let owner = TargetResource { modified_properties, ..told.teller.principal(owner) };
        let owned =
            TargetResource { display_name: Some(what.name.clone()), ..TargetResource::of(what.kind, Some(what.id)) };
        told.record(if is_in { added } else { removed }, vec![owner, owned])
    };
    let come = now.iter().filter(|owner| !was.contains(owner)).map(|owner| record(*owner, true));
    let gone = was.iter().filter(|owner| !now.contains(owner)).map(|owner| record(*owner, false));
    come.chain(gone).collect()
}

/// Something was done to a registration of which the event says the id alone.
pub(super) fn named(told: &Told<'_>, id: ApplicationId, done: Done) -> Draft {
    let view = told.teller.view;
    let there = view.application_with_id(id).map(|it| it.display_name.clone());
    let deleted = || {
        let mut deleted = view.deleted_applications();
        deleted.find(|it| it.application.id == id).map(|it| it.application.display_name.clone())
    };
    let logged = || {
        let event = told.teller.log.made(id.0)?.event;
        if let Event::Directory(DirectoryEvent::ApplicationCreated(it)) = event {
            Some(it.display_name)
        } else if let Event::Directory(DirectoryEvent::ApplicationUpdated(it)) = event {
            Some(it.now.display_name)
        } else {
            None
        }
    };
    let display_name = there.or_else(deleted).or_else(logged);
    told.record(done, vec![TargetResource { display_name, ..TargetResource::of("Application", Some(id.0)) }])
}

/// A service principal was made.
pub(super) fn principal_made(told: &Told<'_>, principal: &ServicePrincipal) -> Draft {
    let properties = set_beside(PRINCIPAL_PROPERTIES, kept(None, &principal.kept), principal);
    told.record(PRINCIPAL_ADDED, vec![principal_target(principal, properties)])
}

/// A service principal was changed: owners have records of their own.
pub(super) fn principal_updated(told: &Told<'_>, updated: &Updated<ServicePrincipal>) -> Vec<Draft> {
    let Updated { was, now } = updated;
    let what = Owned {
        kind: "ServicePrincipal",
        id: now.id.0,
        name: now.display_name.clone(),
        facts: ["ServicePrincipal.ObjectID", "ServicePrincipal.DisplayName"],
    };
    let owners = owners(told, &what, (PRINCIPAL_OWNER_ADDED, PRINCIPAL_OWNER_REMOVED), (&was.owners, &now.owners));
    let properties = changed_beside(PRINCIPAL_PROPERTIES, kept(Some(&was.kept), &now.kept), updated);
    let rest = (properties.len() > 1).then(|| told.record(PRINCIPAL_UPDATED, vec![principal_target(now, properties)]));
    rest.into_iter().chain(owners).collect()
}
