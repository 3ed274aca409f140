//! Licences: what a tenant may do without one, and what becomes of what PIM gave when it lapses.

use super::dsl::check;

/// LIC-4. LIC-1.
#[test]
fn any_licence_that_includes_pim_serves_everybody() {
    check(
        r#"
        world alice bob users
        licence Governance
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        licence P2
        happened +0h licenseChanged
        admin adminAssign eligible bob "Global Reader" 30d -> Provisioned
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        bob selfActivate "Global Reader" 2h "incident" -> Provisioned
        "#,
    );
}

/// LIC-8. LIC-9.
#[test]
fn without_a_licence_pim_does_nothing() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 10d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        licence P1
        admin adminAssign eligible alice "Global Reader" 30d -> LicenseRequired
        alice selfActivate "Global Reader" 2h "incident" -> LicenseRequired
        bob approve one "fine" -> LicenseRequired
        admin grant two "ok" -> LicenseRequired
        alice cancel one -> LicenseRequired
        admin policy "Global Reader" max 4h -> LicenseRequired
        admin assignOutside bob "Global Reader" -> ok
        bob has "Global Reader"
        "#,
    );
}

/// LIC-5. LIC-6. LIC-7.
#[test]
fn when_the_licence_lapses_eligibilities_go_and_active_assignments_stay() {
    check(
        r#"
        world alice bob carol dave users
        alice active in "Global Reader" forever
        bob active in "Global Reader" for 10d
        carol eligible for "Global Reader" for 30d
        dave eligible for "Security Reader" forever
        carol selfActivate "Global Reader" 2h "incident" -> Provisioned
        licence none
        happened +0h licenseChanged, +0h scheduleEnded LicenseLapsed, +0h scheduleEnded LicenseLapsed, +0h scheduleEnded LicenseLapsed, +0h scheduleChanged
        alice has "Global Reader"
        window of alice active "Global Reader" +0h forever
        window of bob active "Global Reader" +0h forever
        carol has nothing
        carol is not eligible for "Global Reader"
        dave is not eligible for "Security Reader"
        at +30d bob has "Global Reader"
        licence P2
        carol selfActivate "Global Reader" 2h "incident" -> DoesNotExist
        admin adminAssign eligible carol "Global Reader" 30d -> Provisioned
        "#,
    );
}

/// LIC-6. What was given outside PIM and got an end through it is time-bound too.
#[test]
fn whatever_is_time_bound_becomes_permanent() {
    check(
        r#"
        world alice bob users
        setup assignOutside alice "Global Reader" -> ok
        admin adminUpdate active alice "Global Reader" 10d "until then" -> Provisioned
        admin adminAssign active bob "Global Reader" from +2d until +9d "later" -> Granted as later
        licence none
        window of alice active "Global Reader" +0h forever
        window of bob active "Global Reader" +2d forever
        bob lacks "Global Reader"
        later is Granted
        at +2d bob has "Global Reader"
        later is Provisioned
        at +20d alice has "Global Reader"
        bob has "Global Reader"
        "#,
    );
}

/// LIC-7. LIC-8. APR-5.
#[test]
fn what_waits_fails_when_the_licence_lapses() {
    check(
        r#"
        world alice bob carol users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 10d
        carol eligible for "Security Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        carol selfActivate "Security Reader" from +1d 2h "later" -> Granted as three
        licence none
        one is Failed
        two is Failed
        three is Failed
        approval of one is Completed
        licence P2
        bob approve one "fine" -> AlreadyDecided
        tick 2d
        one is Failed
        carol has nothing
        "#,
    );
}

/// LIC-7. ASG-18. What had expired is not renewed either.
#[test]
fn an_expired_eligibility_is_forgotten_when_the_licence_lapses() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 1d
        tick 2d
        licence none
        happened +2d licenseChanged, +2d scheduleForgotten
        licence P2
        alice selfRenew eligible "Global Reader" 30d "still on duty" -> DoesNotExist
        "#,
    );
}

/// LIC-6. GA-10. The last administrator whose end was held back is permanent from then on.
#[test]
fn an_end_that_is_held_back_is_none_when_the_licence_lapses() {
    check(
        r#"
        world alice users
        alice active in "Global Administrator" for 1d
        at +1d alice has "Global Administrator"
        phase of alice active "Global Administrator" is Held
        licence none
        phase of alice active "Global Administrator" is Open
        window of alice active "Global Administrator" +0h forever
        tick 3d
        nothing happened
        "#,
    );
}

/// LIC-4. A change between licences that both include PIM, or from one without it to another, ends nothing.
#[test]
fn only_a_lapse_ends_anything() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        licence Governance
        happened +0h licenseChanged
        alice is eligible for "Global Reader"
        licence P1
        licence none
        happened +0h licenseChanged
        "#,
    );
}
