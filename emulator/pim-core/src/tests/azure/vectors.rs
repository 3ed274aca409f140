//! What clients of Azure are known to meet, one after the other.

use super::super::dsl::check;
use super::TREE;

/// ACT-1. ACT-5. ACT-11. DEA-2. DEA-9. AZR-7. MOD-3.
#[test]
fn activating_and_deactivating() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Contributor at prod" 30d -> Provisioned
        alice selfActivate "Contributor at prod" 9h "desk" -> ExpirationRule
        alice selfActivate "Contributor at prod" 8h -> JustificationRule
        bob selfActivate "Contributor at prod" 8h "desk" -> EligibilityRule
        bob selfActivate "Contributor at prod" 9h "desk" -> EligibilityRule + ExpirationRule
        alice selfDeactivate "Contributor at prod" -> DoesNotExist
        alice selfActivate "Contributor at prod" 8h "desk" -> Provisioned
        window of alice active "Contributor at prod" +0h +8h
        alice selfActivate "Contributor at prod" 8h "desk" -> AlreadyExists
        alice selfDeactivate "Contributor at prod" -> DurationTooShort
        tick 5m
        alice selfDeactivate "Contributor at prod" -> Revoked
        alice selfDeactivate "Contributor at prod" -> DoesNotExist
        "#
    ));
}

/// APR-1. APR-3. ASG-7. REQ-14. REQ-20.
#[test]
fn asking_for_approval() {
    check(&format!(
        r#"{TREE}
        policy "Contributor at prod" approval by bob
        setup adminAssign eligible alice "Contributor at prod" 30d -> Provisioned
        alice selfActivate "Contributor at prod" 8h "desk" -> PendingApproval as first
        alice selfActivate "Contributor at prod" 8h "desk" -> PendingRequest
        bob approves first
        alice cancel first -> ok
        first is Canceled
        alice selfActivate "Contributor at prod" 8h "desk" -> PendingApproval as second
        bob approve second "fine" -> ok
        second is Provisioned
        alice has "Contributor at prod"
        "#
    ));
}

/// POL-57. MOD-4. REQ-51. REQ-23.
#[test]
fn assigning_for_good_and_from_tomorrow() {
    check(&format!(
        r#"{TREE}
        setup assignOutside carol "User Access Administrator at platform" -> ok
        carol adminAssign eligible alice "Reader at prod" forever -> ExpirationRule
        policy "Reader at prod" eligible forever
        carol adminAssign eligible alice "Reader at prod" forever -> Provisioned
        window of alice eligible "Reader at prod" +0h forever
        carol adminAssign eligible bob "Reader at prod" from +1d 30d -> Granted as later
        phase of bob eligible "Reader at prod" is Scheduled
        bob is not eligible for "Reader at prod"
        setup cancel later -> ok
        later is Canceled
        phase of bob eligible "Reader at prod" is none
        "#
    ));
}

/// SCO-5. MFA-8. ACT-18.
#[test]
fn activating_what_a_management_group_gives_at_a_subscription_with_a_context() {
    check(&format!(
        r#"{TREE}
        world c1 context
        access "guard" c1 for everybody takes mfa
        policy "Reader at prod" context c1
        setup adminAssign eligible alice "Reader at platform" 30d -> Provisioned as given
        alice selfActivate "Reader at prod" 1h "desk" linking given -> AuthenticationContextRequired
        alice selfActivate "Reader at prod" 1h "desk" linking given with mfa c1 -> Provisioned
        link of alice active "Reader at prod" is given
        "#
    ));
}
