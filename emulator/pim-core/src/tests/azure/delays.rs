//! What takes Azure a while.

use super::super::dsl::check;
use super::TREE;

/// LAT-3. AZR-7. AZR-8.
#[test]
fn an_activation_is_provisioned_at_once_and_allows_something_later() {
    check(&format!(
        r#"{TREE}
        switch azureAccessDelay 10m
        switch provisioningDelay 5m
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        alice has "Reader at web"
        alice may not "Microsoft.KeyVault/vaults/read" at kv
        tick 10m
        alice may "Microsoft.KeyVault/vaults/read" at kv
        "#
    ));
}

/// DEA-3. DEA-2.
#[test]
fn a_deactivation_may_come_too_early_to_find_what_was_activated() {
    check(&format!(
        r#"{TREE}
        switch azureDeactivationDelay 90s
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        alice selfActivate "Global Reader" 1h "desk" -> Provisioned
        tick 44s
        alice selfDeactivate "Reader at web" -> DoesNotExist
        alice selfDeactivate "Global Reader" -> DurationTooShort
        tick 48s
        alice selfDeactivate "Reader at web" -> DurationTooShort
        tick 5m
        alice selfDeactivate "Reader at web" -> Revoked
        "#
    ));
}

/// DEA-5. DEA-4.
#[test]
fn a_deactivation_names_no_eligibility() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned as given
        alice selfActivate "Reader at web" 1h "desk" linking given -> Provisioned
        tick 5m
        alice selfDeactivate "Reader at web" -> Revoked as ended
        ended targets nothing
        alice has nothing
        "#
    ));
}

/// DEA-8.
#[test]
fn what_was_deactivated_may_be_remembered_for_a_while() {
    check(&format!(
        r#"{TREE}
        switch azureReactivationDelay 117s
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        tick 5m
        alice selfDeactivate "Reader at web" -> Revoked
        alice has nothing
        tick 90s
        alice selfActivate "Reader at web" 1h "desk" -> AlreadyExists
        alice selfActivate "Reader at kv" 1h "desk" -> Provisioned
        tick 27s
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        "#
    ));
}

/// DEA-8.
#[test]
fn without_the_switch_a_role_is_activated_again_at_once() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        tick 5m
        alice selfDeactivate "Reader at web" -> Revoked
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        "#
    ));
}
