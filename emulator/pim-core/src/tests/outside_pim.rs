//! Assignments made and taken away outside PIM.

use super::dsl::{Lab, check};
use crate::model::{AssignmentKind, ScheduleKind};
use crate::{By, View};

/// MOD-11. ASG-29.
#[test]
fn an_assignment_made_outside_is_permanent_with_no_request_behind_it() {
    let lab = Lab::after(
        r#"
        world alice users
        admin assignOutside alice "Global Reader" -> ok
        happened +0h scheduleCreated
        alice has "Global Reader"
        window of alice active "Global Reader" +0h forever
        tick 400d
        nothing happened
        alice has "Global Reader"
        "#,
    );
    let view = lab.pim.view(lab.pim.now());
    let alice = By::Principal(lab.id("alice").unwrap());
    let (_, schedule) = view.schedules(AssignmentKind::Assignment, alice, None).next().unwrap();
    assert_eq!(schedule.kind, ScheduleKind::AssignedOutside);
    assert_eq!(view.requests(AssignmentKind::Assignment, alice, None).count(), 0);
    lab.finish();
}

/// MOD-8.
#[test]
fn every_role_assignment_is_an_instance_and_every_instance_a_role_assignment() {
    let lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        admin assignOutside alice "Security Reader" -> ok
        admin adminAssign active alice "User Administrator" from +1d until +2d "duty" -> Granted
        "#,
    );
    let alice = By::Principal(lab.id("alice").unwrap());
    let count = |view: View<'_>| view.instances(AssignmentKind::Assignment, alice, None).count();
    assert_eq!(count(lab.pim.view(lab.pim.now())), 2);
    lab.finish();
}

/// MOD-8. ASG-29.
#[test]
fn what_is_removed_outside_is_gone_inside() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        admin removeOutside alice "Global Reader" -> ok
        happened +0h scheduleEnded RemovedOutside
        alice has nothing
        alice is eligible for "Global Reader"
        admin removeOutside alice "Global Reader" -> ScheduleNotFound
        "#,
    );
}

/// ASG-29. ASG-6.
#[test]
fn what_is_held_is_not_given_again_outside() {
    check(
        r#"
        world alice users
        admin assignOutside alice "Global Reader" -> ok
        admin assignOutside alice "Global Reader" -> AlreadyExists
        admin adminAssign active alice "Global Reader" 30d "duty" -> AlreadyExists
        admin assignOutside nobody "Global Reader" -> PrincipalNotFound
        admin assignOutside alice "nothing" -> RoleNotFound
        "#,
    );
}

/// ACT-16. ASG-29.
#[test]
fn what_was_given_outside_stands_in_the_way_of_a_scheduled_start() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as later
        admin assignOutside alice "Global Reader" -> ok
        at +1d later is Failed
        alice has "Global Reader"
        "#,
    );
}
