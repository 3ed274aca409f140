//! `selfDeactivate`: a principal ends an own activation.

use super::dsl::check;

/// DEA-1. REQ-15. REQ-55.
#[test]
fn a_deactivation_ends_the_activation_and_keeps_the_eligibility() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned as first
        at +1h alice selfDeactivate "Global Reader" -> Revoked as second
        happened +1h requestCreated, +1h scheduleEnded Deactivated
        alice has nothing
        alice is eligible for "Global Reader"
        first is Provisioned
        second completed never
        second targets nothing
        second asks nothing
        tick 2h
        nothing happened
        "#,
    );
}

/// DEA-2.
#[test]
fn an_activation_runs_for_five_minutes_at_least() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h from +1h "incident" -> Granted
        at +1h5m-1ms alice selfDeactivate "Global Reader" -> DurationTooShort
        at +1h5m alice selfDeactivate "Global Reader" -> Revoked
        "#,
    );
}

/// DEA-4.
#[test]
fn what_is_not_active_cannot_be_deactivated() {
    check(
        r#"
        world alice users
        alice selfDeactivate "Global Reader" -> DoesNotExist
        alice eligible for "Global Reader" for 30d
        alice selfDeactivate "Global Reader" -> DoesNotExist
        alice selfActivate "Global Reader" 2h from +1h "incident" -> Granted
        alice selfDeactivate "Global Reader" -> DoesNotExist
        at +3h alice selfDeactivate "Global Reader" -> DoesNotExist
        "#,
    );
}

/// DEA-6. DEA-7.
#[test]
fn a_deactivation_needs_neither_a_reason_nor_mfa() {
    check(
        r#"
        world alice bob users
        bob active in "Global Administrator" forever
        alice eligible for "Global Administrator" for 30d
        alice selfActivate "Global Administrator" 2h "incident" with mfa -> Provisioned
        at +1h alice selfDeactivate "Global Administrator" -> Revoked
        alice has nothing
        "#,
    );
}

/// DEA-9. MOD-3.
#[test]
fn what_an_administrator_assigned_is_not_deactivated_by_its_holder() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" for 30d
        setup assignOutside bob "Global Reader" -> ok
        at +1h alice selfDeactivate "Global Reader" -> DoesNotExist
        bob selfDeactivate "Global Reader" -> DoesNotExist
        alice has "Global Reader"
        "#,
    );
}

/// ACT-13.
#[test]
fn the_way_to_a_longer_activation_is_to_deactivate_and_to_activate() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        at +30m alice selfActivate "Global Reader" 8h "longer" -> AlreadyExists
        alice selfExtend active "Global Reader" 8h "longer" -> DoesNotExist
        alice selfDeactivate "Global Reader" -> Revoked
        alice selfActivate "Global Reader" 8h "longer" -> Provisioned
        "#,
    );
}
