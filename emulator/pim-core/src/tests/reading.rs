//! Reading the state.

use super::dsl::Lab;
use crate::By;
use crate::model::{AssignmentKind, Resource, ScheduleKind, built_in_roles};

const WORLD: &str = r#"
    world alice bob users; ops role-assignable group of alice; berlin administrative unit
    alice eligible for "Global Reader" for 30d
    ops eligible for "Security Reader" for 30d
    alice eligible for "User Administrator" @berlin for 30d
    bob eligible for "User Administrator" for 30d
    admin adminAssign eligible bob "Security Reader" 30d -> Provisioned as made
    alice selfActivate "Global Reader" 2h "incident" -> Provisioned as activation
    alice selfActivate "Security Reader" 2h "incident" -> Provisioned
"#;

/// MOD-9.
#[test]
fn eligibilities_are_no_role_assignments() {
    let lab = Lab::after(WORLD);
    let view = lab.pim.view(lab.pim.now());
    let bob = By::Principal(lab.id("bob").unwrap());
    assert_eq!(view.instances(AssignmentKind::Eligibility, bob, None).count(), 2);
    assert_eq!(view.instances(AssignmentKind::Assignment, bob, None).count(), 0);
    assert!(view.active_roles(lab.id("bob").unwrap()).is_empty());
    lab.finish();
}

/// MOD-10. MOD-3.
#[test]
fn an_activation_names_the_eligibility_it_was_made_of() {
    let lab = Lab::after(WORLD);
    let view = lab.pim.view(lab.pim.now());
    let alice = By::Principal(lab.id("alice").unwrap());
    let instances: Vec<_> = view.instances(AssignmentKind::Assignment, alice, None).map(|(_, it)| it).collect();
    assert_eq!(instances.len(), 2);
    for instance in &instances {
        let eligibility = view.schedule(instance.activated_using.unwrap()).unwrap();
        assert_eq!(instance.kind, ScheduleKind::Activated);
        assert_eq!(eligibility.kind, ScheduleKind::Eligibility);
        assert_eq!(eligibility.privilege, instance.privilege);
        assert_eq!(instance.window.start, lab.pim.now());
    }
    assert_eq!(view.schedule(instances[1].activated_using.unwrap()).unwrap().principal, lab.id("ops").unwrap());
    lab.finish();
}

/// MOD-21.
#[test]
fn the_id_of_a_built_in_role_is_that_of_its_template() {
    assert!(built_in_roles().len() > 100);
    assert!(built_in_roles().iter().all(|role| role.id == role.template_id && role.is_built_in));
    assert!(built_in_roles().is_sorted_by(|one, other| one.id < other.id), "ids are unique and in order");
    let lab = Lab::new();
    let reader = lab.role("Global Reader").unwrap();
    assert_eq!(lab.pim.view(lab.pim.now()).role(reader).unwrap().display_name, "Global Reader");
    assert_eq!(reader.to_string(), "f2ef992c-3afb-46b9-b7cf-a126ee74c451");
}

/// REQ-26.
#[test]
fn requests_are_found_by_whom_they_concern_and_by_who_made_them() {
    let lab = Lab::after(WORLD);
    let view = lab.pim.view(lab.pim.now());
    let ids = |side, by| view.requests(side, by, None).map(|(_, it)| it.id).collect::<Vec<_>>();
    let (alice, bob, admin) = (lab.id("alice").unwrap(), lab.id("bob").unwrap(), lab.id("admin").unwrap());
    assert_eq!(ids(AssignmentKind::Eligibility, By::Creator(admin)), [lab.request("made")]);
    assert!(ids(AssignmentKind::Eligibility, By::Principal(bob)).contains(&lab.request("made")));
    assert!(ids(AssignmentKind::Eligibility, By::Creator(bob)).is_empty());
    assert_eq!(ids(AssignmentKind::Assignment, By::Creator(alice)).len(), 2);
    assert!(ids(AssignmentKind::Assignment, By::Principal(alice)).contains(&lab.request("activation")));
    lab.finish();
}

/// REQ-27. PRI-9.
#[test]
fn what_is_held_through_a_group_is_found_under_the_group() {
    let lab = Lab::after(WORLD);
    let view = lab.pim.view(lab.pim.now());
    let roles = |principal| {
        (view.instances(AssignmentKind::Eligibility, By::Principal(principal), None))
            .filter_map(|(_, it)| it.privilege.role())
            .collect::<Vec<_>>()
    };
    let reader = lab.role("Security Reader").unwrap();
    assert!(!roles(lab.id("alice").unwrap()).contains(&reader));
    assert_eq!(roles(lab.id("ops").unwrap()), [reader]);
    lab.finish();
}

/// AUT-2. AUT-3.
#[test]
fn readers_of_assignments_are_six_roles() {
    let mut lab = Lab::after("world alice users");
    let alice = lab.id("alice").unwrap();
    assert!(!lab.pim.view(lab.pim.now()).may_read_assignments(alice));
    for role in [
        "Global Administrator",
        "Privileged Role Administrator",
        "Global Reader",
        "Security Administrator",
        "Security Reader",
        "Security Operator",
    ] {
        let mut lab = Lab::after(&format!("world alice users\nalice active in \"{role}\" for 1d"));
        assert!(lab.pim.view(lab.pim.now()).may_read_assignments(alice), "{role}");
        if role != "Global Administrator" {
            lab.tell("tick 1d");
            assert!(!lab.pim.view(lab.pim.now()).may_read_assignments(alice), "{role}");
        }
    }
    lab.tell("alice active in \"User Administrator\" for 1d");
    assert!(!lab.pim.view(lab.pim.now()).may_read_assignments(alice));
    lab.tell("switch permissionEnforcement false");
    assert!(lab.pim.view(lab.pim.now()).may_read_assignments(alice));
}

/// MOD-5. Pages begin after a key and go on where the last one ended, by whichever index.
#[test]
fn pages_of_every_index_put_together_are_the_whole() {
    let lab = Lab::after(WORLD);
    let view = lab.pim.view(lab.pim.now());
    let role = lab.role("User Administrator").unwrap();
    for by in [By::Anything, By::Resource(Resource::DirectoryRole(role)), By::Principal(lab.id("alice").unwrap())] {
        let whole: Vec<_> = view.schedules(AssignmentKind::Eligibility, by, None).collect();
        let mut pages = Vec::new();
        let mut after = None;
        while let Some(first) = view.schedules(AssignmentKind::Eligibility, by, after).next() {
            after = Some(first.0);
            pages.push(first);
        }
        assert_eq!(pages, whole);
        assert!(whole.len() >= 2);
    }
    assert_eq!(view.schedules(AssignmentKind::Eligibility, By::Anything, Some(u64::MAX)).count(), 0);
    lab.finish();
}
