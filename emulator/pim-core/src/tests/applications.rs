//! Applications, their service principals and what they were permitted.

use super::dsl::{BEGINNING, Lab, service_principal};
use crate::model::{
    AppRole, AppRoleAssignment, Application, ClientSecret, FederatedIdentityCredential, KeyCredential, PermissionGrant,
    ServicePrincipal,
};
use crate::time::Length;
use crate::{
    Actor, AppRoleAssignmentId, ApplicationChange, ApplicationId, ApplicationProperties, ClientId, Command,
    GrantChange, Holder, OwnerChange, PermissionGrantId, Pim, PrincipalId, Rejection, SecretChange,
    ServicePrincipalChange, ServicePrincipalProperties, View,
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

fn identity(change: ServicePrincipalChange) -> Command {
    Command::ChangeServicePrincipal { principal: IDENTITY, change: Box::new(change) }
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
    lab.set_up(&Command::CreateRoleAssignment { principal: IDENTITY, privilege: role, id: None, details: None });
    assert_eq!(view(&lab).active_roles(IDENTITY).len(), 1);
    lab.set_up(&Command::DeleteApplication(PORTAL));
    assert!(view(&lab).application(CLIENT).is_none());
    assert!(view(&lab).service_principal(IDENTITY).is_none());
    let twin = Application::new(ApplicationId(Uuid::from_u64_pair(7, 9)), CLIENT, "twin", BEGINNING);
    let taken = Rejection::NameTaken {
        property: "appId",
        value: CLIENT.to_string(),
        holder: Some(Holder::Application(PORTAL)),
    };
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
    lab.set_up(&change(ApplicationChange::Owner(OwnerChange::Add(lab.id("alice").unwrap()))));
    assert!(lab.handle(alice, &rename("door")).is_ok());
    refused(&mut lab, bob, &rename("gate"), Rejection::NotPermitted);
    let scope = crate::model::DirectoryScope::Object(PrincipalId(PORTAL.0));
    let role = lab.privilege("Application Administrator", scope).unwrap();
    lab.set_up(&Command::CreateRoleAssignment {
        principal: lab.id("bob").unwrap(),
        privilege: role,
        id: None,
        details: None,
    });
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
    let crowd = change(ApplicationChange::Owner(OwnerChange::Add(lab.id("crowd").unwrap())));
    refused(&mut lab, Actor::SetUp, &crowd, Rejection::InvalidProperty { property: "owners" });
    lab.tell("setup delete alice -> ok");
    assert!(view(&lab).application(CLIENT).unwrap().owners.is_empty());
    lab.finish();
}

/// AUT-1.
#[test]
fn credentials_come_and_go() {
    let mut lab = lab("world gina users");
    let key = lab
        .handle(Actor::SetUp, &change(ApplicationChange::Secret(SecretChange::Add(ClientSecret::new("s")))))
        .unwrap()
        .made
        .unwrap();
    assert_eq!(view(&lab).application(CLIENT).unwrap().secrets[0].key_id, key);
    lab.set_up(&change(ApplicationChange::Secret(SecretChange::Remove(key))));
    assert!(view(&lab).application(CLIENT).unwrap().is_public());
    refused(
        &mut lab,
        Actor::SetUp,
        &change(ApplicationChange::Secret(SecretChange::Remove(key))),
        Rejection::ObjectNotFound(key),
    );
    let credential = FederatedIdentityCredential {
        id: Uuid::nil(),
        name: "main".to_owned(),
        issuer: "https://issuer.example".to_owned(),
        subject: "main".to_owned(),
        audiences: vec!["here".to_owned()],
        description: None,
        keys: Vec::new(),
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
fn certificates_are_named_and_keep_the_keys_that_are_not_sent_again() {
    let mut lab = lab("");
    let certificate = |key: &str| KeyCredential {
        key_id: Uuid::nil(),
        display_name: None,
        kind: "AsymmetricX509Cert".to_owned(),
        usage: "Verify".to_owned(),
        key: key.to_owned(),
        custom_key_identifier: None,
        starts: None,
        expires: None,
    };
    let of_application = |keys: Vec<KeyCredential>| {
        let key_credentials = Some(keys);
        let properties = ApplicationProperties { key_credentials, ..ApplicationProperties::default() };
        change(ApplicationChange::Properties(properties))
    };
    let of_principal = |keys: Vec<KeyCredential>| {
        let key_credentials = Some(keys);
        let properties = ServicePrincipalProperties { key_credentials, ..ServicePrincipalProperties::default() };
        identity(ServicePrincipalChange::Properties(properties))
    };
    type Written<'a> = &'a dyn Fn(Vec<KeyCredential>) -> Command;
    type Held = fn(View<'_>) -> Vec<KeyCredential>;
    let both: [(Written<'_>, Held); 2] = [
        (&of_application, |view| view.application(CLIENT).unwrap().key_credentials.clone()),
        (&of_principal, |view| view.service_principal(IDENTITY).unwrap().key_credentials.clone()),
    ];
    for (written, held) in both {
        lab.set_up(&written(vec![certificate("first")]));
        let first = held(view(&lab)).remove(0);
        assert!(!first.key_id.is_nil());
        let known = KeyCredential { key: String::new(), display_name: Some("kept".to_owned()), ..first.clone() };
        lab.set_up(&written(vec![known, certificate("second")]));
        let now = held(view(&lab));
        assert_eq!((now[0].key_id, now[0].key.as_str()), (first.key_id, "first"));
        assert_eq!((now[0].display_name.as_deref(), now[1].key.as_str()), (Some("kept"), "second"));
        assert_ne!(now[0].key_id, now[1].key_id);
    }
    lab.finish();
}

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

/// ASG-28. A service principal that was deleted alone comes back with its edges, its secrets and what it was permitted, and
/// without what it held.
#[test]
fn a_service_principal_that_was_deleted_alone_comes_back() {
    let mut lab = lab("world alice users; crowd group; graph service principal");
    let (graph, crowd) = (lab.id("graph").unwrap(), lab.id("crowd").unwrap());
    let secret = SecretChange::Add(ClientSecret::new("s"));
    lab.set_up(&identity(ServicePrincipalChange::Secret(secret)));
    lab.set_up(&identity(ServicePrincipalChange::Owner(OwnerChange::Add(lab.id("alice").unwrap()))));
    lab.set_up(&assign(assignment(graph, Some("read")), false));
    lab.set_up(&Command::AddMember { group: crowd, member: IDENTITY });
    let role = lab.privilege("Global Reader", crate::model::DirectoryScope::Tenant).unwrap();
    lab.set_up(&Command::CreateRoleAssignment { principal: IDENTITY, privilege: role, id: None, details: None });
    lab.set_up(&Command::DeletePrincipal(IDENTITY));
    assert!(view(&lab).application(CLIENT).is_some(), "the registration stays");
    assert_eq!((view(&lab).app_role_assignments().count(), view(&lab).members(crowd).len()), (0, 0));
    lab.pim.advance_to(lab.pim.now().plus(Length::days(29)));
    lab.set_up(&Command::RestorePrincipal(IDENTITY));
    let back = view(&lab).service_principal_of(CLIENT).unwrap();
    assert_eq!((back.id, back.secrets.len(), back.owners.len()), (IDENTITY, 1, 1));
    assert_eq!((view(&lab).app_role_assignments().count(), view(&lab).members(crowd).len()), (1, 1));
    assert!(view(&lab).active_roles(IDENTITY).is_empty());
    lab.set_up(&Command::DeletePrincipal(IDENTITY));
    let twin = ServicePrincipal::new(PrincipalId(Uuid::from_u64_pair(7, 4)), CLIENT, "twin", BEGINNING);
    lab.set_up(&Command::CreateServicePrincipal(twin.clone()));
    let taken = Rejection::ServicePrincipalExists { app_id: CLIENT, holder: twin.id };
    refused(&mut lab, Actor::SetUp, &Command::RestorePrincipal(IDENTITY), taken);
    lab.pim.advance_to(lab.pim.now().plus(Length::days(30)));
    let gone = Rejection::PrincipalNotFound(IDENTITY);
    refused(&mut lab, Actor::SetUp, &Command::RestorePrincipal(IDENTITY), gone);
    lab.finish();
}

/// ASG-28. One that went with its application comes back with it, and not before; one that went before stays away.
#[test]
fn a_service_principal_does_not_come_back_before_its_application() {
    let mut lab = lab("world alice users\nalice active in \"Application Administrator\" for 90d");
    let alice = actor(&lab, "alice");
    lab.set_up(&Command::DeleteApplication(PORTAL));
    let early = Command::RestorePrincipal(IDENTITY);
    refused(&mut lab, alice, &early, Rejection::ApplicationNotFound(CLIENT));
    assert!(lab.handle(alice, &Command::RestoreApplication(PORTAL)).is_ok());
    assert!(view(&lab).service_principal(IDENTITY).is_some());
    lab.set_up(&Command::DeletePrincipal(IDENTITY));
    lab.set_up(&Command::DeleteApplication(PORTAL));
    lab.set_up(&Command::RestoreApplication(PORTAL));
    assert!(view(&lab).service_principal(IDENTITY).is_none());
    assert!(lab.handle(alice, &early).is_ok());
    lab.set_up(&Command::DeleteApplication(PORTAL));
    lab.set_up(&Command::PurgeApplication(PORTAL));
    refused(&mut lab, alice, &early, Rejection::PrincipalNotFound(IDENTITY));
    lab.finish();
}

/// AUT-1. A unique name is given once, and no two have the same, in whichever case.
#[test]
fn a_unique_name_stays_and_is_nobody_elses() {
    let mut lab = lab("world gina users");
    let named = |name: &str| {
        let unique_name = Some(name.to_owned());
        change(ApplicationChange::Properties(ApplicationProperties { unique_name, ..ApplicationProperties::default() }))
    };
    lab.set_up(&named("portal"));
    lab.set_up(&named("portal"));
    refused(&mut lab, Actor::SetUp, &named("door"), Rejection::ReadOnlyProperty { property: "uniqueName" });
    assert_eq!(view(&lab).application_uniquely_named("PORTAL").unwrap().id, PORTAL);
    let twin = Application {
        unique_name: Some("Portal".to_owned()),
        ..Application::new(ApplicationId(Uuid::nil()), ClientId(Uuid::nil()), "twin", BEGINNING)
    };
    let taken = |value: &str, holder| Rejection::NameTaken {
        property: "uniqueName",
        value: value.to_owned(),
        holder: Some(Holder::Application(holder)),
    };
    refused(&mut lab, Actor::SetUp, &Command::CreateApplication(twin.clone()), taken("Portal", PORTAL));
    lab.set_up(&Command::DeleteApplication(PORTAL));
    let made = lab.handle(Actor::SetUp, &Command::CreateApplication(twin)).unwrap().made.unwrap();
    let taken = taken("portal", ApplicationId(made));
    refused(&mut lab, Actor::SetUp, &Command::RestoreApplication(PORTAL), taken);
    lab.finish();
}

/// AUT-1. What somebody owns, and what somebody made, is found from there; what administrators make is nobody's.
#[test]
fn things_are_found_by_owner_and_by_maker() {
    let mut lab = lab("world alice bob users\nbob active in \"Global Reader\" for 30d");
    let own = |name: &str| {
        Command::CreateApplication(Application::new(ApplicationId(Uuid::nil()), ClientId(Uuid::nil()), name, BEGINNING))
    };
    for name in ["alice", "bob"] {
        let somebody = actor(&lab, name);
        assert!(lab.handle(somebody, &own(name)).is_ok());
        let group = super::dsl::group(name, PrincipalId(Uuid::nil()));
        assert!(lab.handle(somebody, &Command::CreateGroup(group)).is_ok());
    }
    lab.set_up(&change(ApplicationChange::Owner(OwnerChange::Add(lab.id("bob").unwrap()))));
    lab.set_up(&identity(ServicePrincipalChange::Owner(OwnerChange::Add(lab.id("bob").unwrap()))));
    let count = |lab: &Lab, name: &str| {
        let (view, id) = (view(lab), lab.id(name).unwrap());
        let sizes = |things: crate::Things<'_>| (things.principals.len(), things.applications.len());
        (sizes(view.things_owned_by(id)), sizes(view.things_made_by(id)))
    };
    assert_eq!(count(&lab, "alice"), ((0, 1), (1, 1)));
    assert_eq!(count(&lab, "bob"), ((1, 2), (0, 0)), "who reads everything is in a role");
    lab.set_up(&identity(ServicePrincipalChange::Owner(OwnerChange::Remove(lab.id("bob").unwrap()))));
    lab.set_up(&Command::DeleteApplication(PORTAL));
    assert_eq!(count(&lab, "bob").0, (0, 1));
    lab.finish();
}
