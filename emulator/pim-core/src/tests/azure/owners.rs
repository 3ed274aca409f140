//! The last Owner of a subscription.

use super::super::dsl::check;
use super::TREE;

/// GA-14.
#[test]
fn the_last_owner_of_a_subscription_stays() {
    check(&format!(
        r#"{TREE}
        world gail user
        gail active in "Global Administrator" forever
        setup assignOutside alice "Owner at prod" -> ok
        setup assignOutside bob "User Access Administrator at prod" -> ok
        setup assignOutside carol "Owner at web" -> ok
        bob removeOutside alice "Owner at prod" -> LastSubscriptionOwner
        bob removeOutside carol "Owner at web" -> ok
        bob adminAssign active carol "Owner at prod" 30d "duty" -> Provisioned
        tick 10m
        bob removeOutside alice "Owner at prod" -> ok
        bob adminRemove active carol "Owner at prod" -> LastSubscriptionOwner
        bob adminUpdate active carol "Owner at prod" from +2d 3d "duty" -> LastSubscriptionOwner
        gail adminRemove active carol "Owner at prod" -> NotPermitted
        gail elevate -> ok
        gail adminRemove active carol "Owner at prod" -> Revoked
        "#
    ));
}

/// GA-14.
#[test]
fn whoever_activated_as_the_only_owner_waits_for_the_end() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Owner at prod" 30d -> Provisioned
        alice selfActivate "Owner at prod" 1h "desk" -> Provisioned
        alice selfActivate "Owner at web" 1h "desk" -> Provisioned
        tick 10m
        alice selfDeactivate "Owner at prod" -> LastSubscriptionOwner
        alice selfDeactivate "Owner at web" -> Revoked
        tick 50m
        alice has nothing
        "#
    ));
}
