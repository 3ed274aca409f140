//! Applications, their service principals and what they were permitted.

use super::dsl::{BEGINNING, Lab, service_principal};
use crate::model::{
    AppRole, AppRoleAssignment, Application, ClientSecret, FederatedIdentityCredential, PermissionGrant,
    ServicePrincipal,
};
use crate::time::Length;
use crate::{
    Actor, AppRoleAssignmentId, ApplicationChange, ApplicationId, ApplicationProperties, ClientId, Command,
    GrantChange, PermissionGrantId, Pim, PrincipalId, Rejection, ServicePrincipalChange, ServicePrincipalProperties,
    View,
};
use uuid::Uuid;

const PORTAL: ApplicationId = ApplicationId(Uuid::from_u64_pair(7, 1));
const CLIENT: ClientId = ClientId(Uuid::from_u64_pair(7, 2));
const IDENTITY: PrincipalId = PrincipalId(Uuid::from_u64_pair(7, 3));

/// A tenant with an application and its service principal.
fn lab(lines: &str) -> Lab {
    let mut lab = Lab::after(lines);
    lab.set_up(&Command::CreateApplication(Application::new(PORTAL, CLIENT, "portal", BEGINNING)));
    lab.set_up(&Command::CreateServicePrincipal(ServicePrincipal::new(IDENTITY, CLIENT, "portal", BEGINNING)));
    lab
}

fn view(lab: &Lab) -> View<'_> {
    lab.pim.view(lab.pim.now())
}

fn change(change: ApplicationChange) -> Command {
    Command::ChangeApplication { application: PORTAL, change: Box::new(change) }
}

fn rename(name: &str) -> Command {
    let display_name = Some(name.to_owned());
    change(ApplicationChange::Properties(ApplicationProperties { display_name, ..ApplicationProperties::default() }))
}

fn refused(lab: &mut Lab, actor: Actor, command: &Command, expected: Rejection) {
    assert_eq!(lab.handle(actor, command), Err(expected), "{command:?}");
}

/// A user without multifactor authentication.
fn actor(lab: &Lab, name: &str) -> Actor {
    Actor::User { id: lab.id(name).unwrap(), mfa: false, contexts: Default::default() }
}

fn assignment(resource: PrincipalId, value: Option<&str>) -> AppRoleAssignment {
    AppRoleAssignment {
        id: AppRoleAssignmentId(Uuid::nil()),
        principal: IDENTITY,
        resource,
        app_role: Uuid::from_u64_pair(7, 20),
        value: value.map(str::to_owned),
        created: BEGINNING,
    }
}

fn assign(assignment: AppRoleAssignment, is_graph_permission: bool) -> Command {
    Command::ChangeGrants(Box::new(GrantChange::AssignAppRole { assignment, is_graph_permission }))
}

/// ASG-27.
#[test]
fn a_deleted_application_takes_its_service_principal_and_what_that_held_along() {
    let mut lab = lab("world gina users");
    let role = lab.privilege("Global Reader", crate::model::DirectoryScope::Tenant).unwrap();
    lab.set_up(&Command::CreateRoleAssignment { principal: IDENTITY, privilege: role });
    assert_eq!(view(&lab).active_roles(IDENTITY).len(), 1);
    lab.set_up(&Command::DeleteApplication(PORTAL));
    assert!(view(&lab).application(CLIENT).is_none());
    assert!(view(&lab).service_principal(IDENTITY).is_none());
    let twin = Application::new(ApplicationId(Uuid::from_u64_pair(7, 9)), CLIENT, "twin", BEGINNING);
    let taken = Rejection::NameTaken { property: "appId", value: CLIENT.to_string() };
    refused(&mut lab, Actor::SetUp, &Command::CreateApplication(twin), taken);
    lab.set_up(&Command::RestoreApplication(PORTAL));
    assert_eq!(view(&lab).service_principal_of(CLIENT).unwrap().id, IDENTITY);
    assert!(view(&lab).active_roles(IDENTITY).is_empty(), "what it held does not come back");
    lab.finish();
}

/// ASG-27. What it was permitted comes back with it, and goes for good after 30 days.
#[test]
fn a_deleted_application_can_be_brought_back_for_thirty_days() {
    let mut lab = lab("world gina users; graph service principal");
    let graph = lab.id("graph").unwrap();
    lab.set_up(&assign(assignment(graph, Some("read")), false));
    let client = service_principal("graph", graph).app_id;
    let has_it = |lab: &Lab| {
        let view = view(lab);
        view.service_principal(IDENTITY).is_some_and(|it| view.app_roles(it, client) == ["read"])
    };
    assert!(has_it(&lab));
    for restored in [true, false] {
        lab.set_up(&Command::DeleteApplication(PORTAL));
        assert_eq!(view(&lab).app_role_assignments().count(), 0);
        assert_eq!(view(&lab).deleted_applications().count(), 1);
        let wait = if restored { Length::days(29) } else { Length::days(30) };
        lab.pim.advance_to(lab.pim.now().plus(wait));
        if restored {
            lab.set_up(&Command::RestoreApplication(PORTAL));
            assert!(has_it(&lab));
        }
    }
    assert_eq!(view(&lab).deleted_applications().count(), 0);
    refused(&mut lab, Actor::SetUp, &Command::RestoreApplication(PORTAL), Rejection::ObjectNotFound(PORTAL.0));
    assert!(lab.pim.invariants().iter().all(|it| it.violations.is_empty()));
    lab.finish();
}

/// ASG-27. Deleting for good does not wait.
#[test]
fn a_deleted_application_can_be_purged() {
    let mut lab = lab("world gina users");
    refused(&mut lab, Actor::SetUp, &Command::PurgeApplication(PORTAL), Rejection::ObjectNotFound(PORTAL.0));
    lab.set_up(&Command::DeleteApplication(PORTAL));
    let snapshot = Pim::restore(lab.pim.snapshot());
    assert_eq!(snapshot.snapshot(), lab.pim.snapshot());
    lab.set_up(&Command::PurgeApplication(PORTAL));
    refused(&mut lab, Actor::SetUp, &Command::RestoreApplication(PORTAL), Rejection::ObjectNotFound(PORTAL.0));
    lab.finish();
}

/// ASG-27. Of several that were deleted at once each goes by itself, and the rest at its time.
#[test]
fn applications_that_were_deleted_at_once_go_each_by_itself() {
    let mut lab = lab("world gina users");
    let [wiki, shop] = [5, 6].map(|number| ApplicationId(Uuid::from_u64_pair(7, number)));
    for (id, name) in [(wiki, "wiki"), (shop, "shop")] {
        lab.set_up(&Command::CreateApplication(Application::new(id, ClientId(id.0), name, BEGINNING)));
    }
    for id in [PORTAL, wiki, shop] {
        lab.set_up(&Command::DeleteApplication(id));
    }
    lab.set_up(&Command::RestoreApplication(PORTAL));
    lab.set_up(&Command::PurgeApplication(wiki));
    let left = |lab: &Lab| view(lab).deleted_applications().map(|it| it.application.id).collect::<Vec<_>>();
    assert_eq!(left(&lab), [shop]);
    lab.tell("tick 29d");
    assert_eq!(left(&lab), [shop]);
    lab.tell("tick 1d");
    assert!(left(&lab).is_empty());
    lab.finish();
}

/// AUT-1.
#[test]
fn applications_are_changed_by_owners_and_by_those_with_a_role_for_them() {
    let mut lab = lab("world alice bob users; crowd group");
    let (alice, bob) = (actor(&lab, "alice"), actor(&lab, "bob"));
    refused(&mut lab, alice, &rename("door"), Rejection::NotPermitted);
    lab.set_up(&change(ApplicationChange::AddOwner(lab.id("alice").unwrap())));
    assert!(lab.handle(alice, &rename("door")).is_ok());
    refused(&mut lab, bob, &rename("gate"), Rejection::NotPermitted);
    let scope = crate::model::DirectoryScope::Object(PrincipalId(PORTAL.0));
    let role = lab.privilege("Application Administrator", scope).unwrap();
    lab.set_up(&Command::CreateRoleAssignment { principal: lab.id("bob").unwrap(), privilege: role });
    assert!(lab.handle(bob, &rename("gate")).is_ok());
    let other = Command::ChangeServicePrincipal {
        principal: IDENTITY,
        change: Box::new(ServicePrincipalChange::Properties(ServicePrincipalProperties::default())),
    };
    refused(&mut lab, bob, &other, Rejection::NotPermitted);
    refused(&mut lab, bob, &Command::DeletePrincipal(IDENTITY), Rejection::NotPermitted);
    let own = Application::new(ApplicationId(Uuid::nil()), ClientId(Uuid::nil()), "own", BEGINNING);
    let made = lab.handle(bob, &Command::CreateApplication(own)).unwrap().made.unwrap();
    assert_eq!(view(&lab).application_with_id(ApplicationId(made)).unwrap().owners, [lab.id("bob").unwrap()]);
    let crowd = change(ApplicationChange::AddOwner(lab.id("crowd").unwrap()));
    refused(&mut lab, Actor::SetUp, &crowd, Rejection::InvalidProperty { property: "owners" });
    lab.tell("setup delete alice -> ok");
    assert!(view(&lab).application(CLIENT).unwrap().owners.is_empty());
    lab.finish();
}

/// AUT-1.
#[test]
fn credentials_come_and_go() {
    let mut lab = lab("world gina users");
    let key =
        lab.handle(Actor::SetUp, &change(ApplicationChange::AddSecret(ClientSecret::new("s")))).unwrap().made.unwrap();
    assert_eq!(view(&lab).application(CLIENT).unwrap().secrets[0].key_id, key);
    lab.set_up(&change(ApplicationChange::RemoveSecret(key)));
    assert!(view(&lab).application(CLIENT).unwrap().is_public());
    refused(&mut lab, Actor::SetUp, &change(ApplicationChange::RemoveSecret(key)), Rejection::ObjectNotFound(key));
    let credential = FederatedIdentityCredential {
        id: Uuid::nil(),
        name: "main".to_owned(),
        issuer: "https://issuer.example".to_owned(),
        subject: "main".to_owned(),
        audiences: vec!["here".to_owned()],
        description: None,
    };
    lab.set_up(&change(ApplicationChange::AddFederatedIdentityCredential(credential.clone())));
    assert!(!view(&lab).application(CLIENT).unwrap().is_public());
    let twin = change(ApplicationChange::AddFederatedIdentityCredential(credential.clone()));
    refused(&mut lab, Actor::SetUp, &twin, Rejection::ConflictingObject { of: "federatedIdentityCredentials" });
    let nowhere = FederatedIdentityCredential { name: "other".to_owned(), ..credential };
    let nowhere = change(ApplicationChange::SetFederatedIdentityCredential(nowhere));
    refused(&mut lab, Actor::SetUp, &nowhere, Rejection::ObjectNotFound(Uuid::nil()));
    lab.finish();
}

/// AUT-1. What is offered may be in use: it is disabled first.
#[test]
fn what_an_application_offers_is_disabled_before_it_changes() {
    let mut lab = lab("world gina users");
    let role = |value: &str, is_enabled| AppRole {
        id: Uuid::from_u64_pair(7, 20),
        value: Some(value.to_owned()),
        display_name: value.to_owned(),
        description: value.to_owned(),
        allowed_member_types: vec!["User".to_owned()],
        is_enabled,
    };
    let offer = |roles: Vec<AppRole>| {
        let properties = ApplicationProperties { app_roles: Some(roles), ..ApplicationProperties::default() };
        change(ApplicationChange::Properties(properties))
    };
    lab.set_up(&offer(vec![role("read", true)]));
    refused(&mut lab, Actor::SetUp, &offer(Vec::new()), Rejection::PermissionIsEnabled);
    refused(&mut lab, Actor::SetUp, &offer(vec![role("write", false)]), Rejection::PermissionIsEnabled);
    lab.set_up(&offer(vec![role("read", false)]));
    lab.set_up(&offer(vec![role("write", true)]));
    lab.finish();
}

/// AUT-1. Permissions of Microsoft Graph are given by those who manage roles.
#[test]
fn permissions_are_given_once_and_by_those_who_may() {
    let mut lab =
        lab("world alice bob users; graph service principal\nalice active in \"Application Administrator\" for 30d");
    let graph = lab.id("graph").unwrap();
    let (alice, bob) = (actor(&lab, "alice"), actor(&lab, "bob"));
    let wanted = assignment(graph, Some("read"));
    refused(&mut lab, bob, &assign(wanted.clone(), false), Rejection::NotPermitted);
    refused(&mut lab, alice, &assign(wanted.clone(), true), Rejection::NotPermitted);
    let id = lab.handle(alice, &assign(wanted.clone(), false)).unwrap().made.unwrap();
    refused(&mut lab, alice, &assign(wanted.clone(), false), Rejection::PermissionAlreadyAssigned);
    let person = AppRoleAssignment { resource: lab.id("bob").unwrap(), ..wanted };
    let rejection = Rejection::PrincipalNotFound(person.resource);
    refused(&mut lab, alice, &assign(person, false), rejection);
    let take = Command::ChangeGrants(Box::new(GrantChange::RemoveAppRoleAssignment(AppRoleAssignmentId(id))));
    refused(&mut lab, bob, &take, Rejection::NotPermitted);
    assert!(lab.handle(alice, &take).is_ok());
    refused(&mut lab, alice, &take, Rejection::ObjectNotFound(id));
    let grant = PermissionGrant {
        id: PermissionGrantId(Uuid::nil()),
        client: IDENTITY,
        principal: lab.id("bob").ok(),
        resource: graph,
        scope: "User.Read".to_owned(),
    };
    let permit = Command::ChangeGrants(Box::new(GrantChange::Grant(grant)));
    refused(&mut lab, bob, &permit, Rejection::NotPermitted);
    assert!(lab.handle(alice, &permit).is_ok());
    refused(&mut lab, alice, &permit, Rejection::PermissionAlreadyAssigned);
    lab.tell("setup delete bob -> ok");
    assert_eq!(view(&lab).permission_grants().count(), 0);
    lab.finish();
}
