//! The directory around PIM.

use super::dsl::{BEGINNING, Lab, check, group, service_principal, user};
use crate::model::{AdministrativeUnit, Application, PrincipalKind, UserType};
use crate::{Actor, AdministrativeUnitId, ApplicationId, ClientId, Command, PrincipalId, Rejection};
use uuid::Uuid;

fn id(number: u64) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(7, number))
}

/// GRP-10.
#[test]
fn a_group_for_roles_has_assigned_members() {
    let mut lab = Lab::new();
    let mut dynamic = group("dynamic", id(1));
    dynamic.is_assignable_to_role = true;
    dynamic.membership_rule = Some("user.department -eq \"Ops\"".to_owned());
    let mut synced = group("synced", id(2));
    synced.is_assignable_to_role = true;
    synced.on_premises_synced = true;
    for group in [&dynamic, &synced] {
        let answer = lab.handle(Actor::SetUp, &Command::CreateGroup(group.clone()));
        assert_eq!(answer, Err(Rejection::InvalidProperty { property: "isAssignableToRole" }));
    }
    dynamic.is_assignable_to_role = false;
    lab.set_up(&Command::CreateGroup(dynamic));
    lab.finish();
}

/// ASG-27. An id is that of one object for ever, also after the object is gone.
#[test]
fn ids_and_names_are_taken_once() {
    let mut lab = Lab::after("world alice users; robot service principal");
    let taken = |property| move |rejection: Rejection| matches!(rejection, Rejection::NameTaken { property: it, .. } if it == property);
    let alice = lab.id("alice").unwrap();
    let refused = |lab: &mut Lab, command: &Command, property| {
        let rejection = lab.handle(Actor::SetUp, command).unwrap_err();
        assert!(taken(property)(rejection.clone()), "{rejection:?}");
    };
    refused(&mut lab, &Command::CreateUser(user("other", alice)), "id");
    refused(&mut lab, &Command::CreateGroup(group("other", alice)), "id");
    refused(&mut lab, &Command::CreateUser(user("ALICE", id(1))), "userPrincipalName");
    let robot = lab.id("robot").unwrap();
    let mut twin = service_principal("twin", id(2));
    twin.app_id = service_principal("robot", robot).app_id;
    let taken = Rejection::ServicePrincipalExists { app_id: twin.app_id, holder: lab.id("robot").unwrap() };
    assert_eq!(lab.handle(Actor::SetUp, &Command::CreateServicePrincipal(twin)), Err(taken));
    let application = |object, app_id| {
        Command::CreateApplication(Application::new(ApplicationId(object), ClientId(app_id), "portal", BEGINNING))
    };
    lab.set_up(&application(id(3).0, id(4).0));
    refused(&mut lab, &application(id(5).0, id(4).0), "appId");
    refused(&mut lab, &application(id(3).0, id(6).0), "id");
    lab.tell("setup delete alice -> ok");
    refused(&mut lab, &Command::CreateUser(user("other", alice)), "id");
    lab.set_up(&Command::CreateUser(user("alice", id(7))));
    assert_eq!(lab.pim.view(lab.pim.now()).user_named("Alice@Contoso.OnMicrosoft.com").unwrap().id, id(7));
    lab.finish();
}

/// ASG-27. PRI-8.
#[test]
fn a_deleted_principal_leaves_its_groups_and_units() {
    let mut lab = Lab::after("world alice bob users; ops crowd role-assignable group of alice bob");
    let (alice, bob, ops) = (lab.id("alice").unwrap(), lab.id("bob").unwrap(), lab.id("ops").unwrap());
    let unit = AdministrativeUnitId(Uuid::from_u64_pair(7, 9));
    let unit = AdministrativeUnit { members: vec![alice, bob], ..AdministrativeUnit::new(unit, "berlin", BEGINNING) };
    lab.set_up(&Command::CreateAdministrativeUnit(unit.clone()));
    lab.set_up(&Command::AddOwner { group: ops, owner: alice });
    assert!(lab.handle(Actor::SetUp, &Command::AddOwner { group: ops, owner: alice }).is_err());
    assert!(lab.handle(Actor::SetUp, &Command::AddOwner { group: ops, owner: ops }).is_err(), "PRI-8");
    lab.tell("setup delete alice -> ok");
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(view.administrative_unit(unit.id).unwrap().members, [bob]);
    assert_eq!(view.members(ops).len(), 1);
    assert!(view.owners(ops).is_empty());
    assert!(view.groups_of(alice).is_empty());
    assert!(view.user(alice).is_none());
    assert_eq!(view.count(PrincipalKind::User), 2);
    lab.finish();
}

/// GRP-20. ACT-24.
#[test]
fn members_come_and_go() {
    check(
        r#"
        world alice users; ops role-assignable group; robot service principal
        ops active in "Global Reader" for 30d
        setup add alice to ops -> ok
        alice acts as "Global Reader"
        setup add alice to ops -> ReferenceExists
        setup add robot to ops -> ok
        robot acts as "Global Reader"
        setup drop alice from ops -> ok
        setup drop alice from ops -> ReferenceMissing
        setup add alice to robot -> GroupNotFound
        setup add nobody to ops -> PrincipalNotFound
        setup delete nobody -> PrincipalNotFound
        setup delete ops -> ok
        robot does not act as "Global Reader"
        "#,
    );
}

/// PRI-1. A document of the state keeps its order, whatever was made in which order.
#[test]
fn a_snapshot_of_a_mixed_directory_survives() {
    check(
        r#"
        world robot service principal; inner group; alice users; gina guest
        world ops role-assignable group of robot alice gina
        world crowd group of gina inner alice ops
        setup delete inner -> ok
        world zoe users
        setup add zoe to ops -> ok
        "#,
    );
}

/// PRI-3.
#[test]
fn a_user_needs_a_name_to_sign_in_with() {
    let mut lab = Lab::new();
    let mut nameless = user("gina", id(1));
    nameless.user_type = UserType::Guest;
    nameless.user_principal_name = "gina".to_owned();
    let answer = lab.handle(Actor::SetUp, &Command::CreateUser(nameless));
    assert_eq!(answer, Err(Rejection::InvalidProperty { property: "userPrincipalName" }));
}
