//! What a manager decides on requests for more time: extensions and renewals granted, altered and refused.

use super::dsl::check;

/// EXT-4. EXT-13. REQ-54.
#[test]
fn a_manager_grants_what_a_holder_asked_for() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        asking completed never
        alice grant asking "mine" -> NotPermitted
        bob grant asking "as an approver of activations" -> NotPermitted
        at +1d admin grant asking "ok" -> ok
        happened +1d scheduleChanged, +1d requestStatusChanged AdminApproved, +1d requestStatusChanged Provisioned
        asking is Provisioned
        asking completed +1d
        window of alice eligible "Global Reader" +0h +31d
        admin grant asking "ok" -> NotAwaitingDecision Provisioned
        "#,
    );
}

/// EXT-13. REQ-54. REQ-57.
#[test]
fn a_manager_refuses_what_a_holder_asked_for() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        at +1d admin refuse one "no" -> ok
        happened +1d requestStatusChanged AdminDenied
        one is AdminDenied
        one completed +1d
        window of alice eligible "Global Reader" +0h +10d
        admin grant one "after all" -> NotAwaitingDecision AdminDenied
        admin refuse unheard "no" -> RequestNotFound
        at +10d alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        admin refuse two "no" -> ok
        two is AdminDenied
        alice is not eligible for "Global Reader"
        "#,
    );
}

/// EXT-4. APR-20. APR-36.
#[test]
fn approvers_do_not_decide_on_extensions() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        bob has nothing to approve
        bob approve asking "fine" -> ApprovalNotFound
        admin approve asking "fine" -> ApprovalNotFound
        approval of asking is gone
        "#,
    );
}

/// EXT-7. EXT-13. REQ-54.
#[test]
fn a_manager_grants_another_window_than_was_asked_for() {
    check(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" for 10d
        bob eligible for "Global Reader" for 10d
        carol active in "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        admin grant one 20d "less" -> ok
        window of alice eligible "Global Reader" +0h +20d
        carol selfExtend active "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        admin grant two forever "for good" -> ok
        window of carol active "Global Reader" +0h forever
        at +10d bob selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as three
        admin grant three "as asked" -> InvalidSchedule Missing
        admin grant three from +12d until +15d "later" -> ok
        three is Granted
        three targets three
        bob is not eligible for "Global Reader"
        at +12d three is Provisioned
        window of bob eligible "Global Reader" +12d +15d
        "#,
    );
}

/// EXT-14. EXT-7.
#[test]
fn what_a_manager_grants_is_bound_by_the_policy() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" eligible max 30d active max 30d justification
        alice eligible for "Global Reader" for 10d
        bob active in "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 60d "still on duty" -> PendingAdminDecision as one
        bob selfExtend active "Global Reader" 20d "still on duty" -> PendingAdminDecision as two
        admin grant one -> ExpirationRule
        admin grant one forever -> ExpirationRule
        admin grant one 5d -> InvalidSchedule NotLater
        admin grant one until +0h -> InvalidSchedule EndNotAfterStart
        one is PendingAdminDecision
        admin grant one 30d -> ok
        admin grant two -> JustificationRule
        admin grant two "ok" -> ok
        window of bob active "Global Reader" +0h +20d
        "#,
    );
}

/// EXT-13. ASG-8.
#[test]
fn a_granted_extension_overlaps_nothing_that_is_scheduled() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +20d until +40d -> Granted
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        admin grant asking "ok" -> OverlapsScheduled
        admin grant asking until +15d "ok" -> ok
        window of alice eligible "Global Reader" +0h +15d
        "#,
    );
}

/// EXT-14. The maximum binds the time that an extension gives, not what has passed already.
#[test]
fn an_assignment_that_used_up_its_maximum_is_extended_by_as_much_again() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" eligible max 30d
        alice eligible for "Global Reader" for 30d
        bob eligible for "Global Reader" for 30d
        at +20d alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        admin grant asking "ok" -> ok
        window of alice eligible "Global Reader" +0h +50d
        admin adminExtend eligible bob "Global Reader" 31d -> ExpirationRule
        admin adminExtend eligible bob "Global Reader" 30d -> Provisioned
        window of bob eligible "Global Reader" +0h +50d
        "#,
    );
}

/// EXT-13. ASG-14. What was to be extended is gone by the time somebody decides.
#[test]
fn what_is_gone_is_not_extended() {
    check(
        r#"
        world alice bob users
        switch waitingRequestsOutliveAssignment true
        alice eligible for "Global Reader" for 10d
        bob active in "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        bob selfExtend active "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        admin removeOutside bob "Global Reader" -> ok
        two is Failed
        setup assignOutside bob "Global Reader" -> ok
        at +10d admin grant one "ok" -> DoesNotExist
        one is PendingAdminDecision
        admin refuse one "too late" -> ok
        bob has "Global Reader"
        "#,
    );
}

/// EXT-8. EXT-13. What expired too long ago, or has been given again, is not renewed by a late decision.
#[test]
fn a_late_decision_renews_nothing_that_is_forgotten_or_there_again() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" for 1d
        bob active in "Global Reader" for 1d
        at +2d alice selfRenew active "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        bob selfRenew active "Global Reader" 60d "still on duty" -> PendingAdminDecision as two
        setup assignOutside alice "Global Reader" -> ok
        admin grant one 30d "ok" -> AlreadyExists
        switch waitingRequestsOutliveAssignment true
        at +31d admin grant two 30d "ok" -> DoesNotExist
        "#,
    );
}

/// EXT-13. REQ-42. A role that is gone is not given again.
#[test]
fn what_was_held_of_a_role_that_is_gone_is_not_renewed() {
    check(
        r#"
        world alice users; Watcher custom role
        alice eligible for "Watcher" for 1d
        at +2d alice selfRenew eligible "Watcher" 30d "still on duty" -> PendingAdminDecision as asking
        admin deleteRole "Watcher" -> ok
        admin grant asking 30d "ok" -> RoleNotFound
        admin refuse asking "it is gone" -> ok
        "#,
    );
}

/// EXT-13. ASG-21. REQ-52.
#[test]
fn a_granted_extension_is_for_what_was_asked() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfActivate "Global Reader" 8h "incident" -> Provisioned
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        asking asks something
        admin grant asking "ok" -> ok
        window of alice active "Global Reader" +0h +8h
        window of alice eligible "Global Reader" +0h +30d
        "#,
    );
}

/// EXT-7. A manager may put off what is extended; a start that has passed changes nothing.
#[test]
fn a_manager_gives_an_extension_another_start() {
    check(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" for 10d
        bob active in "Global Reader" for 10d
        carol eligible for "Global Reader" from +2d until +9d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        bob selfExtend active "Global Reader" from +1d 30d "still on duty" -> PendingAdminDecision as two
        carol selfExtend eligible "Global Reader" until +20d "still on duty" -> PendingAdminDecision as three
        admin grant one from +5d until +40d "after the leave" -> ok
        happened +0h scheduleChanged, +0h requestStatusChanged AdminApproved, +0h requestStatusChanged Provisioned
        window of alice eligible "Global Reader" +5d +40d
        alice is not eligible for "Global Reader"
        admin grant two "ok" -> ok
        window of bob active "Global Reader" +0h +31d
        admin grant three from +1d until +20d "sooner" -> ok
        window of carol eligible "Global Reader" +1d +20d
        at +5d alice is eligible for "Global Reader"
        alice selfExtend eligible "Global Reader" until +60d "too early" -> ExpirationRule
        at +30d alice selfExtend eligible "Global Reader" until +60d "still on duty" -> PendingAdminDecision as four
        admin grant four from +29d until +50d "ok" -> ok
        window of alice eligible "Global Reader" +5d +50d
        "#,
    );
}

/// EXT-7. REQ-52. What is granted to begin now has begun.
#[test]
fn a_manager_lets_an_extended_assignment_begin_at_once() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +2d until +9d -> Granted as made
        alice selfExtend eligible "Global Reader" until +20d "still on duty" -> PendingAdminDecision as asking
        at +1d admin grant asking from +1d until +20d "sooner" -> ok
        window of alice eligible "Global Reader" +1d +20d
        alice is eligible for "Global Reader"
        made is Provisioned
        "#,
    );
}

/// EXT-7. GA-1. EXT-14.
#[test]
fn another_start_is_bound_by_what_binds_an_update() {
    check(
        r#"
        world alice bob users
        policy "Global Administrator" active max 30d
        alice active in "Global Administrator" for 10d
        alice selfExtend active "Global Administrator" 20d "still on duty" with mfa -> PendingAdminDecision as asking
        admin grant asking from +5d until +20d "a break" -> LastAdministrator
        bob active in "Global Administrator" forever
        admin grant asking from +5d until +36d "a break" -> ExpirationRule
        admin grant asking from +5d until +20d "a break" -> ok
        alice lacks "Global Administrator"
        "#,
    );
}
