//! Activating an eligibility at a scope below its own.

use super::super::dsl::{Lab, check};
use super::TREE;

/// SCO-5. SCO-10. SCO-6. ACT-1.
#[test]
fn an_eligibility_is_activated_at_its_scope_or_anywhere_below_and_nowhere_else() {
    check(&format!(
        r#"{TREE}
        world api resource-group of prod; test subscription of platform
        setup adminAssign eligible alice "Contributor at prod" 30d -> Provisioned as given
        alice selfActivate "Contributor at kv" 1h "desk" -> Provisioned
        link of alice active "Contributor at kv" is given
        alice selfActivate "Contributor at api" 1h "desk" -> Provisioned
        alice selfActivate "Contributor at prod" 1h "desk" -> Provisioned
        alice selfActivate "Contributor at platform" 1h "desk" -> EligibilityRule
        alice selfActivate "Contributor at test" 1h "desk" -> EligibilityRule
        alice selfActivate "Reader at web" 1h "desk" -> EligibilityRule
        alice selfActivate "Contributor at nowhere" 1h "desk" -> ScopeNotFound
        "#
    ));
}

/// SCO-5. AUT-5.
#[test]
fn what_is_activated_below_counts_there_and_not_above() {
    check(&format!(
        r#"{TREE}
        world api resource-group of prod
        setup adminAssign eligible alice "Contributor at platform" 30d -> Provisioned
        alice may not "Microsoft.KeyVault/vaults/write" at kv
        alice selfActivate "Contributor at web" 1h "desk" -> Provisioned
        alice may "Microsoft.KeyVault/vaults/write" at kv
        alice may not "Microsoft.KeyVault/vaults/write" at api
        alice may not "Microsoft.KeyVault/vaults/write" at prod
        tick 1h
        alice may not "Microsoft.KeyVault/vaults/write" at kv
        "#
    ));
}

/// ASG-20. ACT-21. UNC-2.
#[test]
fn a_narrowed_activation_ends_no_later_than_the_eligibility_above() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 6h -> Provisioned
        alice selfActivate "Reader at web" 8h "desk" -> Provisioned
        window of alice active "Reader at web" +0h +6h
        setup adminUpdate eligible alice "Reader at prod" 3h -> Provisioned
        window of alice active "Reader at web" +0h +3h
        tick 3h
        alice has nothing
        "#
    ));
}

/// ASG-19. UNC-1.
#[test]
fn a_narrowed_activation_goes_with_the_eligibility_above() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at platform" 30d -> Provisioned
        alice selfActivate "Reader at web" 8h "desk" -> Provisioned
        alice selfActivate "Reader at kv" from +2h 4h "desk" -> Granted as later
        tick 10m
        setup adminRemove eligible alice "Reader at platform" -> Revoked
        happened +10m requestCreated, +10m scheduleEnded EligibilityEnded, +10m scheduleEnded EligibilityEnded, +10m requestStatusChanged Failed, +10m scheduleEnded Removed
        alice has nothing
        later is Failed
        "#
    ));
}

/// ACT-18.
#[test]
fn of_two_eligibilities_the_one_that_is_linked_is_activated_and_else_the_longer() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at platform" 4h -> Provisioned as wide
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned as narrow
        alice selfActivate "Reader at web" 8h "desk" linking wide -> Provisioned
        link of alice active "Reader at web" is wide
        window of alice active "Reader at web" +0h +4h
        alice selfActivate "Reader at kv" 8h "desk" -> Provisioned
        link of alice active "Reader at kv" is narrow
        window of alice active "Reader at kv" +0h +8h
        "#
    ));
}

/// SCO-12. UNC-5. SCO-11.
#[test]
fn the_policy_of_the_scope_asked_for_governs_a_narrowed_activation_unless_the_switch_says_otherwise() {
    check(&format!(
        r#"{TREE}
        policy "Reader at prod" max 1h
        policy "Reader at web" max 4h
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 5h "desk" -> ExpirationRule
        alice selfActivate "Reader at web" 4h "desk" -> Provisioned
        alice selfActivate "Reader at kv" 8h "desk" -> Provisioned
        tick 8h
        switch narrowedActivationFollowsEligibilityPolicy true
        alice selfActivate "Reader at web" 4h "desk" -> ExpirationRule
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        "#
    ));
}

/// SCO-12. APR-32. UNC-4.
#[test]
fn an_approval_at_a_narrower_scope_needs_the_eligibility_to_cover_it_still() {
    check(&format!(
        r#"{TREE}
        policy "Reader at web" approval by bob
        setup adminAssign eligible alice "Reader at platform" 30d -> Provisioned as given
        alice selfActivate "Reader at web" 2h "desk" -> PendingApproval as asking
        bob approve asking "fine" -> ok
        link of alice active "Reader at web" is given
        tick 2h
        alice selfActivate "Reader at web" 2h "desk" -> PendingApproval as again
        setup move prod below corp -> ok
        bob approve again "fine" -> ok
        again is Failed
        alice has nothing
        "#
    ));
}

/// UNC-17. SCO-6.
#[test]
fn a_scope_that_no_eligibility_covers_can_have_words_of_its_own() {
    let mut lab = Lab::after(TREE);
    lab.tell(
        r#"
        setup adminAssign eligible alice "Reader at web" 30d -> Provisioned
        switch scopeMismatchIsInvalidScope true
        alice selfActivate "Reader at prod" 1h "desk" -> ScopeNotCovered
        alice selfActivate "Contributor at web" 1h "desk" -> EligibilityRule
        "#,
    );
    lab.finish();
}
