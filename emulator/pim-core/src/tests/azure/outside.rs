//! Assignments made outside PIM, and ids that callers choose.

use super::super::dsl::{Lab, check};
use super::TREE;

/// REQ-3. MOD-12.
#[test]
fn a_request_has_the_id_that_the_caller_chose_and_no_other_may_have_it() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d numbered 1 -> Provisioned as first
        alice selfActivate "Reader at web" 1h "desk" numbered 1 -> RequestIdTaken
        alice selfActivate "Reader at web" 1h "desk" numbered 2 -> Provisioned as second
        first targets first
        second targets second
        setup assignOutside bob "Reader at web" numbered 2 -> RequestIdTaken
        setup assignOutside bob "Reader at web" numbered 3 -> ok
        setup assignOutside carol "Reader at web" numbered 3 -> AssignmentIdTaken
        alice selfActivate "Reader at kv" 1h "desk" numbered 3 -> AssignmentIdTaken
        tick 10m
        alice selfDeactivate "Reader at web" numbered 2 -> RequestIdTaken
        alice selfDeactivate "Reader at web" numbered 4 -> Revoked
        "#
    ));
}

/// MOD-8. MOD-11. ASG-29. AZR-5.
#[test]
fn an_assignment_made_outside_is_held_like_any_other() {
    check(&format!(
        r#"{TREE}
        setup assignOutside bob "User Access Administrator at prod" -> ok
        alice assignOutside alice "Reader at web" -> NotPermitted
        bob assignOutside alice "Reader at web" -> ok
        window of alice active "Reader at web" +0h forever
        bob assignOutside alice "Reader at web" -> AlreadyExists
        bob adminAssign active alice "Reader at web" 3d "duty" -> AlreadyExists
        bob describe alice "Reader at web" if "@x" -> ok
        condition of alice active "Reader at web" is "@x"
        carol describe alice "Reader at web" if "@y" -> NotPermitted
        alice removeOutside alice "Reader at web" -> NotPermitted
        bob removeOutside alice "Reader at web" -> ok
        alice has nothing
        "#
    ));
}

/// MOD-8. ACT-1.
#[test]
fn an_activation_that_is_taken_away_outside_can_be_activated_again() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        setup removeOutside alice "Reader at web" -> ok
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        "#
    ));
}

/// AZR-14. LAT-10.
#[test]
fn a_principal_that_was_just_made_is_not_known_everywhere() {
    let mut lab = Lab::after(TREE);
    lab.tell(
        r#"
        switch replicationDelay 5m
        tick 10m
        world crowd group
        setup assignOutside crowd "Reader at web" -> PrincipalNotFound
        setup adminAssign eligible crowd "Reader at web" 3d -> PrincipalNotFound
        tick 5m
        setup assignOutside crowd "Reader at web" -> ok
        "#,
    );
    lab.finish();
}
