//! Moving subscriptions and management groups below others.

use super::super::dsl::check;
use super::TREE;

/// AZR-1. SCO-10. An activation is never wider than its eligibility: what the eligibility covers no more ends.
#[test]
fn an_activation_ends_when_its_subscription_moves_out_of_the_eligibility() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at platform" 30d -> Provisioned
        setup adminAssign eligible bob "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 8h "desk" -> Provisioned
        alice selfActivate "Reader at platform" 8h "desk" -> Provisioned
        alice selfActivate "Reader at kv" from +2h 4h "desk" -> Granted as later
        bob selfActivate "Reader at kv" 8h "desk" -> Provisioned
        tick 10m
        setup move prod below corp -> ok
        happened +10m scheduleEnded EligibilityEnded, +10m scheduleEnded EligibilityEnded, +10m requestStatusChanged Failed, +10m azureScopeSet
        alice lacks "Reader at web"
        alice has "Reader at platform"
        bob has "Reader at kv"
        later is Failed
        alice selfActivate "Reader at web" 8h "desk" -> EligibilityRule
        setup move prod below platform -> ok
        alice selfActivate "Reader at web" 8h "desk" -> Provisioned
        "#
    ));
}

/// SCO-10. AUT-5.
#[test]
fn what_is_held_above_counts_for_what_moves_below_it() {
    check(&format!(
        r#"{TREE}
        setup adminAssign active alice "Reader at corp" 30d "duty" -> Provisioned
        alice may not "Microsoft.KeyVault/vaults/read" at kv
        setup move platform below corp -> ok
        alice may "Microsoft.KeyVault/vaults/read" at kv
        "#
    ));
}

/// AZR-1.
#[test]
fn only_management_groups_and_subscriptions_move_and_only_below_a_management_group() {
    check(&format!(
        r#"{TREE}
        world test subscription
        setup move web below test -> InvalidProperty
        setup move prod below test -> InvalidProperty
        setup move platform below platform -> InvalidProperty
        setup move corp below platform -> ok
        setup move platform below corp -> InvalidProperty
        setup move prod below nowhere -> ScopeNotFound
        setup move prod below root -> ok
        setup demolish corp -> ok
        setup demolish platform -> ok
        setup move root below root -> InvalidProperty
        "#
    ));
}

/// AUT-5. AZR-1.
#[test]
fn whoever_moves_something_must_have_the_right_to_there_as_well() {
    check(&format!(
        r#"{TREE}
        setup adminAssign active alice "Owner at prod" 30d "duty" -> Provisioned
        alice move prod below corp -> NotPermitted
        setup adminAssign active alice "Contributor at corp" 30d "duty" -> Provisioned
        alice move prod below corp -> ok
        "#
    ));
}

/// SCO-14. AZR-3.
#[test]
fn nothing_moves_out_of_the_places_of_a_custom_role_that_is_held_there() {
    check(&format!(
        r#"{TREE}
        world Watcher azure role of platform
        setup adminAssign eligible alice "Watcher at web" 1d -> Provisioned
        setup move prod below corp -> RoleIsAssigned
        tick 1d
        setup move prod below corp -> ok
        setup adminRenew eligible alice "Watcher at web" 1d -> ScopeDoesNotMatchRole
        setup undefineRole Watcher -> ok
        happened +1d scheduleForgotten, +1d azureRoleDefinitionDeleted
        "#
    ));
}
