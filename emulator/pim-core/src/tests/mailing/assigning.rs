//! Assignments and activations: who is told when something is given or begins.

use super::Office;

/// NOT-3. NOT-4.
#[test]
fn an_eligibility_is_told_to_its_holder_and_to_the_administrators() {
    Office::after(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        "#,
    )
    .sent_only(&["+0h eligibleAssigned Requestor to alice", "+0h eligibleAssigned Admin to admin gail sam"]);
}

/// NOT-5.
#[test]
fn an_active_assignment_is_told_to_its_holder_and_to_the_administrators() {
    Office::after(
        r#"
        world alice users
        admin adminAssign active alice "Global Reader" forever "on duty" -> Provisioned
        admin adminAssign active alice "Reports Reader" from +2h forever "on duty" -> Granted
        tick 3h
        "#,
    )
    .sent_only(&[
        "+0h activeAssigned Requestor to alice",
        "+0h activeAssigned Admin to admin gail sam",
        "+0h activeAssigned Requestor to alice",
        "+0h activeAssigned Admin to admin gail sam",
    ]);
}

/// NOT-6. NOT-11.
#[test]
fn an_activation_is_told_when_it_begins_and_not_when_it_ends() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" forever
        alice eligible for "Reports Reader" forever
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        alice selfActivate "Reports Reader" from +2h 1h "incident" -> Granted
        tick 8h
        "#,
    )
    .sent_only(&[
        "+0h activated Requestor to alice",
        "+0h activated Admin to admin gail sam",
        "+2h activated Requestor to alice",
        "+2h activated Admin to admin gail sam",
    ]);
}

/// NOT-11. Roles count that are held through a group or an activation; eligibilities, disabled accounts and ends that have
/// passed do not.
#[test]
fn administrators_are_those_who_hold_the_role_at_that_moment() {
    Office::after(
        r#"
        world alice ann ben cleo users; eve disabled user; ops role-assignable group of ann; desk administrative unit
        ops active in "Security Administrator" forever
        ben eligible for "Security Administrator" forever
        cleo active in "Security Administrator" for 2h
        eve active in "Global Administrator" forever
        alice eligible for "Global Reader" forever
        at +1h alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        at +3h ben selfActivate "Security Administrator" 1h "incident" -> Provisioned
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        "#,
    )
    .sent_only(&[
        "+1h activated Requestor to alice",
        "+1h activated Admin to admin ann cleo gail sam",
        "+2h expired Requestor to cleo",
        "+2h expired Admin to admin gail",
        "+3h activated Requestor to ben",
        "+3h activated Admin to admin ann gail sam",
        "+3h activated Requestor to alice",
        "+3h activated Admin to admin ann ben gail sam",
    ]);
}

/// NOT-14.
#[test]
fn a_role_given_outside_pim_is_told_to_the_administrators() {
    Office::after(
        r#"
        world alice users
        admin assignOutside alice "Global Reader" -> ok
        "#,
    )
    .sent_only(&["+0h assignedOutside Admin to admin gail sam"]);
}
