//! Warnings: what may lock people out although nothing is wrong with the machine.

use super::dsl::check;

/// APR-16.
#[test]
fn nobody_can_decide_where_every_administrator_must_first_be_approved() {
    check(
        r#"
        world alice bob users
        no warnings
        policy "Global Administrator" approval
        policy "Privileged Role Administrator" approval
        alice eligible for "Global Administrator" for 30d
        no warnings
        switch lastAdministratorCannotDeactivate false
        setup delete admin -> LastAdministrator
        "#,
    );
    check(
        r#"
        world alice bob users
        policy "Global Administrator" approval
        policy "Privileged Role Administrator" approval by bob
        alice eligible for "Global Administrator" for 30d
        alice selfActivate "Global Administrator" 2h "incident" with mfa -> PendingApproval as asking
        admin approve asking "fine" -> ok
        no warnings
        "#,
    );
}

/// APR-16. With a licence that lapses nobody is left.
#[test]
fn the_trap_is_seen_once_no_administrator_is_active() {
    check(
        r#"
        world alice bob users; ops group of bob; nobodies group
        switch lastAdministratorOutlivesEnd false
        admin adminUpdate active admin "Privileged Role Administrator" 10d "until then" -> Provisioned
        policy "Global Administrator" approval
        policy "Privileged Role Administrator" approval by bob
        at +10d warning "somebody can decide on every activation of a protected role"
        policy "Global Administrator" approval by ops
        no warnings
        policy "Global Administrator" approval by nobodies
        warning "somebody can decide on every activation of a protected role"
        policy "Global Administrator" no approval
        no warnings
        policy "Privileged Role Administrator" approval by bob
        setup delete bob -> ok
        warning "somebody can decide on every activation of a protected role"
        setup assignOutside alice "Global Administrator" -> ok
        no warnings
        "#,
    );
}

/// MFA-5. APR-16.
#[test]
fn a_policy_that_lets_no_active_global_administrator_in_is_seen() {
    check(
        r#"
        world alice bob users; emergency role-assignable group of bob
        access "block" everywhere for everybody takes block
        no warnings
        setup assignOutside alice "Global Administrator" -> ok
        warning "no conditional access policy locks out every active global administrator"
        access "block" everywhere for everybody except alice takes block
        no warnings
        access "block" everywhere for everybody takes compliantDevice
        warning "no conditional access policy locks out every active global administrator"
        access "block" off
        no warnings
        access "block" reporting
        no warnings
        access "block" on
        setup assignOutside emergency "Global Administrator" -> ok
        warning "no conditional access policy locks out every active global administrator"
        access "block" for everybody except emergency takes compliantDevice
        no warnings
        "#,
    );
}

/// MFA-5. A policy that guards activations only locks nobody out who is active.
#[test]
fn a_policy_for_a_context_locks_nobody_out() {
    check(
        r#"
        world alice users; c1 context
        setup assignOutside alice "Global Administrator" -> ok
        access "guard" c1 for everybody takes block
        no warnings
        "#,
    );
}
