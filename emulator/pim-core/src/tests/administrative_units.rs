//! Administrative units, and the roles that a tenant has in use.

use super::dsl::{BEGINNING, Lab, group, user};
use crate::model::{AdministrativeUnit, AssignmentKind, DirectoryScope, MembershipRule, roles};
use crate::{
    Actor, AdministrativeUnitChange, AdministrativeUnitId, AdministrativeUnitProperties, By, Command, PrincipalId,
    Rejection,
};
use uuid::Uuid;

const BERLIN: AdministrativeUnitId = AdministrativeUnitId(Uuid::from_u64_pair(7, 1));

fn lab(lines: &str) -> Lab {
    let mut lab = Lab::after(lines);
    lab.set_up(&Command::CreateAdministrativeUnit(AdministrativeUnit::new(BERLIN, "berlin", BEGINNING)));
    lab
}

fn change(change: AdministrativeUnitChange) -> Command {
    Command::ChangeAdministrativeUnit { unit: BERLIN, change: Box::new(change) }
}

/// SCO-1. Whatever is held for a unit ends with it, whatever waits for it fails.
#[test]
fn what_is_held_for_a_unit_ends_with_it() {
    let mut lab = lab("world alice bob users");
    let scope = DirectoryScope::AdministrativeUnit(BERLIN);
    let privilege = lab.privilege("User Administrator", scope).unwrap();
    let (alice, bob) = (lab.id("alice").unwrap(), lab.id("bob").unwrap());
    lab.set_up(&Command::CreateRoleAssignment { principal: alice, privilege, id: None, details: None });
    lab.set_up(&Command::Request(crate::Ask {
        side: AssignmentKind::Eligibility,
        action: crate::model::Action::AdminAssign,
        principal: bob,
        privilege,
        schedule: Some(crate::model::AskedSchedule {
            start: None,
            expiration: crate::model::AskedExpiration::NoExpiration,
        }),
        target_schedule: None,
        justification: Some("second line".to_owned()),
        ticket: crate::model::TicketInfo::default(),
        id: None,
        details: None,
    }));
    lab.set_up(&Command::DeleteAdministrativeUnit(BERLIN));
    let view = lab.pim.view(lab.pim.now());
    for side in [AssignmentKind::Assignment, AssignmentKind::Eligibility] {
        for principal in [alice, bob] {
            assert_eq!(view.schedules(side, By::Principal(principal), None).count(), 0, "{side:?}");
        }
    }
    assert!(lab.pim.invariants().iter().all(|it| it.violations.is_empty()));
    lab.finish();
}

/// SCO-1.
#[test]
fn members_of_a_unit_come_and_go() {
    let mut lab = lab("world alice users; robot service principal");
    let (alice, robot) = (lab.id("alice").unwrap(), lab.id("robot").unwrap());
    let refused = |lab: &mut Lab, actor, command: &Command, expected: Rejection| {
        assert_eq!(lab.handle(actor, command), Err(expected));
    };
    let add = |id| change(AdministrativeUnitChange::AddMember(id));
    lab.set_up(&add(alice));
    refused(&mut lab, Actor::SetUp, &add(alice), Rejection::ConflictingObject { of: "members" });
    refused(&mut lab, Actor::SetUp, &add(robot), Rejection::InvalidProperty { property: "members" });
    let actor = Actor::User { id: alice, mfa: true, contexts: Default::default() };
    refused(&mut lab, actor, &add(alice), Rejection::NotPermitted);
    let take = change(AdministrativeUnitChange::RemoveMember(alice));
    lab.set_up(&take);
    refused(&mut lab, Actor::SetUp, &take, Rejection::ObjectNotFound(alice.0));
    let rule = MembershipRule { text: "user.city -eq \"Berlin\"".to_owned(), is_on: true };
    lab.set_up(&change(AdministrativeUnitChange::Properties(AdministrativeUnitProperties {
        membership_rule: Some(Some(rule)),
        ..AdministrativeUnitProperties::default()
    })));
    refused(&mut lab, Actor::SetUp, &add(alice), Rejection::InvalidProperty { property: "members" });
    lab.set_up(&Command::DeleteAdministrativeUnit(BERLIN));
    refused(&mut lab, Actor::SetUp, &add(alice), Rejection::AdministrativeUnitNotFound(BERLIN));
    lab.finish();
}

/// AUT-22. GRP-14. A group is made in a unit by those who write groups there, and not by its members.
#[test]
fn a_group_is_made_in_a_unit_by_those_who_write_groups_there() {
    let mut lab = lab("world alice bob users");
    let (alice, bob) = (lab.id("alice").unwrap(), lab.id("bob").unwrap());
    let actor = |id| Actor::User { id, mfa: true, contexts: Default::default() };
    let privilege = lab.privilege("Groups Administrator", DirectoryScope::AdministrativeUnit(BERLIN)).unwrap();
    lab.set_up(&Command::CreateRoleAssignment { principal: alice, privilege, id: None, details: None });
    let inside = |name: &str, unit, is_assignable_to_role| {
        let group = crate::model::Group { is_assignable_to_role, ..group(name, PrincipalId(Uuid::nil())) };
        Command::CreateGroupWith { group: Box::new(group), members: vec![bob], owners: Vec::new(), unit: Some(unit) }
    };
    assert_eq!(lab.handle(actor(bob), &inside("crew", BERLIN, false)), Err(Rejection::NotPermitted));
    assert_eq!(lab.handle(actor(alice), &inside("crew", BERLIN, true)), Err(Rejection::NotPermitted));
    let nowhere = AdministrativeUnitId(Uuid::from_u64_pair(7, 9));
    let refused = lab.handle(actor(alice), &inside("crew", nowhere, false));
    assert_eq!(refused, Err(Rejection::AdministrativeUnitNotFound(nowhere)));
    let made = lab.handle(actor(alice), &inside("crew", BERLIN, false)).unwrap().principal.unwrap();
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(view.administrative_unit(BERLIN).unwrap().members, [made]);
    assert_eq!(view.units_of(made).map(|unit| unit.id).collect::<Vec<_>>(), [BERLIN]);
    assert_eq!(view.members(made).len(), 1);
    let rule = MembershipRule { text: "true".to_owned(), is_on: true };
    lab.set_up(&change(AdministrativeUnitChange::Properties(AdministrativeUnitProperties {
        membership_rule: Some(Some(rule)),
        ..AdministrativeUnitProperties::default()
    })));
    let ruled = lab.handle(Actor::SetUp, &inside("crowd", BERLIN, false));
    assert_eq!(ruled, Err(Rejection::InvalidProperty { property: "members" }));
    lab.finish();
}

/// AUT-22. A user is made in a unit by those who make users there.
#[test]
fn a_user_is_made_in_a_unit_by_those_who_make_users_there() {
    let mut lab = lab("world alice bob users");
    let (alice, bob) = (lab.id("alice").unwrap(), lab.id("bob").unwrap());
    let actor = |id| Actor::User { id, mfa: true, contexts: Default::default() };
    let privilege = lab.privilege("User Administrator", DirectoryScope::AdministrativeUnit(BERLIN)).unwrap();
    lab.set_up(&Command::CreateRoleAssignment { principal: alice, privilege, id: None, details: None });
    let inside = |name: &str, unit| {
        let user =
            crate::model::User { password: "xWwvJ]6NMw+bWH-d".to_owned(), ..user(name, PrincipalId(Uuid::nil())) };
        Command::CreateUserIn { user: Box::new(user), unit }
    };
    assert_eq!(lab.handle(actor(bob), &inside("carol", BERLIN)), Err(Rejection::NotPermitted));
    let nowhere = AdministrativeUnitId(Uuid::from_u64_pair(7, 9));
    let refused = lab.handle(actor(alice), &inside("carol", nowhere));
    assert_eq!(refused, Err(Rejection::AdministrativeUnitNotFound(nowhere)));
    let Command::CreateUserIn { user: outside, .. } = inside("carol", BERLIN) else { unreachable!() };
    assert_eq!(lab.handle(actor(alice), &Command::CreateUser(*outside)), Err(Rejection::NotPermitted));
    let made = lab.handle(actor(alice), &inside("carol", BERLIN)).unwrap().principal.unwrap();
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(view.administrative_unit(BERLIN).unwrap().members, [made]);
    assert_eq!(view.units_of(made).map(|unit| unit.id).collect::<Vec<_>>(), [BERLIN]);
    let rule = MembershipRule { text: "true".to_owned(), is_on: true };
    lab.set_up(&change(AdministrativeUnitChange::Properties(AdministrativeUnitProperties {
        membership_rule: Some(Some(rule)),
        ..AdministrativeUnitProperties::default()
    })));
    let ruled = lab.handle(Actor::SetUp, &inside("dora", BERLIN));
    assert_eq!(ruled, Err(Rejection::InvalidProperty { property: "members" }));
    lab.finish();
}

/// ASG-28. What somebody is in is found from there, also after a way out and back.
#[test]
fn the_units_of_somebody_come_back_as_well() {
    let mut lab = lab("world alice users");
    let alice = lab.id("alice").unwrap();
    let units = |lab: &Lab| lab.pim.view(lab.pim.now()).units_of(alice).count();
    lab.set_up(&change(AdministrativeUnitChange::AddMember(alice)));
    lab.set_up(&Command::DeletePrincipal(alice));
    assert_eq!(units(&lab), 0);
    lab.set_up(&Command::RestorePrincipal(alice));
    assert_eq!(units(&lab), 1);
    lab.set_up(&Command::DeleteAdministrativeUnit(BERLIN));
    assert_eq!(units(&lab), 0);
    lab.finish();
}

/// MOD-8. Global Administrator is always in use; what somebody was activated in is, while that lasts.
#[test]
fn a_role_is_in_use_when_somebody_holds_it_or_asked_to_see_it() {
    let mut lab = Lab::after("world alice users\nalice active in \"Global Reader\" for 1d");
    let in_use = |lab: &Lab, role| lab.pim.view(lab.pim.now()).roles_in_use().any(|it| it.id == role);
    assert!(in_use(&lab, roles::GLOBAL_ADMINISTRATOR));
    assert!(in_use(&lab, roles::GLOBAL_READER));
    assert!(!in_use(&lab, roles::SECURITY_READER));
    lab.pim.advance_to(lab.pim.now().plus(crate::time::Length::days(2)));
    assert!(!in_use(&lab, roles::GLOBAL_READER));
    lab.set_up(&Command::ActivateDirectoryRole(roles::SECURITY_READER));
    assert!(in_use(&lab, roles::SECURITY_READER));
    let again = lab.handle(Actor::SetUp, &Command::ActivateDirectoryRole(roles::SECURITY_READER));
    assert_eq!(again, Err(Rejection::ConflictingObject { of: "directoryRoles" }));
    lab.finish();
}
