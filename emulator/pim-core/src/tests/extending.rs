//! `selfExtend`, `selfRenew` and `adminRenew`: more time.

use super::dsl::check;

/// EXT-1. EXT-2. EXT-16.
#[test]
fn a_holder_asks_for_more_time_in_the_last_fourteen_days() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 30d
        bob active in "Global Reader" for 30d
        at +16d-1ms alice selfExtend eligible "Global Reader" 30d "still on duty" -> ExpirationRule
        bob selfExtend active "Global Reader" 30d "still on duty" -> ExpirationRule
        alice selfRenew eligible "Global Reader" 30d "still on duty" -> AlreadyExists
        at +16d alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision
        bob selfExtend active "Global Reader" 30d "still on duty" -> PendingAdminDecision
        window of alice eligible "Global Reader" +0h +30d
        at +30d-1ms alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingRequest
        "#,
    );
}

/// EXT-1.
#[test]
fn what_has_ended_is_renewed_and_not_extended() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        at +30d alice selfExtend eligible "Global Reader" 30d "still on duty" -> DoesNotExist
        alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision
        "#,
    );
}

/// EXT-5.
#[test]
fn whoever_asks_for_more_time_gives_a_reason() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 10d
        bob eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d -> JustificationRule
        at +10d bob selfRenew eligible "Global Reader" 30d " " -> JustificationRule
        "#,
    );
}

/// EXT-13. REQ-54.
#[test]
fn a_manager_decides_by_extending() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        asking completed never
        asking asks something
        alice adminExtend eligible "Global Reader" 30d -> NotPermitted
        admin adminExtend eligible alice "Global Reader" 20d -> Provisioned
        happened +0h requestCreated, +0h scheduleChanged, +0h requestStatusChanged AdminApproved, +0h requestStatusChanged Provisioned
        asking is Provisioned
        window of alice eligible "Global Reader" +0h +20d
        at +7d alice selfExtend eligible "Global Reader" 30d "and again" -> PendingAdminDecision
        "#,
    );
}

/// EXT-13. REQ-54.
#[test]
fn a_manager_decides_by_renewing() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        at +10d alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        admin adminRenew eligible alice "Global Reader" 20d -> Provisioned as renewal
        asking is Provisioned
        window of alice eligible "Global Reader" +10d +30d
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        "#,
    );
}

/// EXT-13. REQ-54. REQ-57.
#[test]
fn whoever_asked_withdraws_it() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        alice cancel asking -> ok
        asking is Canceled
        admin adminExtend eligible alice "Global Reader" 20d -> Provisioned
        asking is Canceled
        "#,
    );
}

/// EXT-8. ASG-18.
#[test]
fn what_expired_can_be_renewed_for_thirty_days() {
    check(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" for 10d
        bob active in "Global Reader" for 10d
        carol eligible for "Global Reader" for 10d
        admin adminRenew eligible alice "Global Reader" 30d -> AlreadyExists
        at +40d-1ms admin adminRenew eligible alice "Global Reader" 30d -> Provisioned
        switch waitingRequestsOutliveAssignment true
        bob selfRenew active "Global Reader" 30d "still on duty" -> PendingAdminDecision
        at +40d admin adminRenew eligible carol "Global Reader" 30d -> DoesNotExist
        carol selfRenew eligible "Global Reader" 30d "still on duty" -> DoesNotExist
        admin adminRenew active bob "Global Reader" 30d "too late, although it waits" -> DoesNotExist
        "#,
    );
}

/// ASG-18.
#[test]
fn what_was_removed_or_activated_cannot_be_renewed() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 10d
        bob eligible for "Global Reader" for 10d
        bob selfActivate "Global Reader" 1h "incident" -> Provisioned
        at +1h admin adminRemove eligible alice "Global Reader" -> Revoked
        admin adminRenew eligible alice "Global Reader" 30d -> DoesNotExist
        admin adminRenew active bob "Global Reader" 30d "duty" -> DoesNotExist
        "#,
    );
}

/// EXT-10. EXT-16.
#[test]
fn what_never_ends_has_nothing_to_extend() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" forever
        alice selfExtend eligible "Global Reader" 30d "longer than ever" -> ExpirationRule
        admin adminExtend eligible alice "Global Reader" forever -> InvalidSchedule NotLater
        "#,
    );
}

/// EXT-15. ACT-13.
#[test]
fn a_running_activation_is_not_extended() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        alice selfExtend active "Global Reader" 5h "still on it" -> DoesNotExist
        "#,
    );
}

/// EXT-9.
#[test]
fn members_do_not_ask_for_what_their_group_holds() {
    check(
        r#"
        world alice users; ops role-assignable group of alice
        ops eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> DoesNotExist
        alice selfExtend eligible ops "Global Reader" 30d "still on duty" -> NotForOthers
        admin adminExtend eligible ops "Global Reader" 30d -> Provisioned
        at +30d alice selfRenew eligible "Global Reader" 30d "still on duty" -> DoesNotExist
        "#,
    );
}

/// EXT-8. ASG-6.
#[test]
fn nobody_renews_what_is_there_again() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        at +10d admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        alice selfRenew eligible "Global Reader" 30d "still on duty" -> AlreadyExists
        admin adminRenew eligible alice "Global Reader" 30d -> AlreadyExists
        "#,
    );
}

/// EXT-13. ASG-6.
#[test]
fn a_renewal_that_waits_makes_no_second_assignment() {
    check(
        r#"
        world alice users
        alice active in "Global Reader" for 10d
        at +10d alice selfRenew active "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        setup assignOutside alice "Global Reader" -> ok
        admin adminRenew active alice "Global Reader" 30d "duty" -> AlreadyExists
        asking is PendingAdminDecision
        "#,
    );
}

/// EXT-13. ASG-8.
#[test]
fn a_renewal_that_waits_does_not_overlap_what_is_scheduled() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        admin adminUpdate eligible alice "Global Reader" 9d -> Provisioned
        at +9d admin adminAssign eligible alice "Global Reader" from +20d until +30d -> Granted
        alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision
        admin adminRenew eligible alice "Global Reader" from +10d until +25d -> OverlapsScheduled
        admin adminRenew eligible alice "Global Reader" from +10d until +15d -> Granted
        "#,
    );
}

/// EXT-1. Nobody could grant less time than there is.
#[test]
fn an_extension_that_would_shorten_is_not_asked_for() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 5d "less" -> InvalidSchedule NotLater
        alice selfExtend eligible "Global Reader" 20d "more" -> PendingAdminDecision
        "#,
    );
}

/// EXT-13. ASG-7. The holder of what has ended can ask for it anew.
#[test]
fn what_waits_to_be_extended_fails_when_it_ends() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 10d
        bob active in "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        bob selfExtend active "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        at +10d-1ms one is PendingAdminDecision
        at +10d one is Failed
        happened +10d scheduleEnded Expired, +10d requestStatusChanged Failed, +10d scheduleEnded Expired, +10d requestStatusChanged Failed
        two is Failed
        one completed +10d
        admin grant one "ok" -> NotAwaitingDecision Failed
        alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as three
        admin grant three 30d "ok" -> ok
        admin adminAssign active bob "Global Reader" 30d "anew" -> Provisioned
        "#,
    );
}

/// EXT-13. ACT-16. So does what waits for an assignment that comes to nothing.
#[test]
fn what_waits_to_be_extended_fails_when_it_cannot_start() {
    check(
        r#"
        world alice users
        alice active in "Global Reader" from +2d until +9d
        alice selfExtend active "Global Reader" until +20d "still on duty" -> PendingAdminDecision as asking
        setup assignOutside alice "Global Reader" -> ok
        at +2d asking is Failed
        "#,
    );
}

/// EXT-13. GA-10. What outlives its end can still be extended.
#[test]
fn what_is_held_back_goes_on_waiting_to_be_extended() {
    check(
        r#"
        world alice users
        alice active in "Global Administrator" for 10d
        alice selfExtend active "Global Administrator" 30d "still on duty" with mfa -> PendingAdminDecision as asking
        at +11d alice has "Global Administrator"
        asking is PendingAdminDecision
        admin grant asking "ok" -> ok
        window of alice active "Global Administrator" +0h +41d
        "#,
    );
}

/// EXT-8. EXT-13. ASG-18.
#[test]
fn what_waits_to_be_renewed_fails_when_nothing_can_be_renewed_any_more() {
    check(
        r#"
        world alice bob users
        alice active in "Global Reader" for 10d
        bob eligible for "Global Reader" for 10d
        at +10d alice selfRenew active "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        bob eligible for "Global Reader" until +20d
        at +20d bob selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        at +40d-1ms one is PendingAdminDecision
        at +40d one is Failed
        happened +40d scheduleForgotten, +40d requestStatusChanged Failed, +40d scheduleForgotten
        admin adminAssign active alice "Global Reader" 30d "anew" -> Provisioned
        two is PendingAdminDecision
        at +50d two is Failed
        "#,
    );
}

/// EXT-13. REQ-54.
#[test]
fn with_the_switch_what_waits_goes_on_waiting() {
    check(
        r#"
        world alice bob users
        switch waitingRequestsOutliveAssignment true
        alice eligible for "Global Reader" for 10d
        bob active in "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as one
        at +10d bob selfRenew active "Global Reader" 30d "still on duty" -> PendingAdminDecision as two
        at +40d one is PendingAdminDecision
        two is PendingAdminDecision
        admin adminAssign eligible alice "Global Reader" 30d -> PendingRequest
        admin refuse one "too late" -> ok
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        "#,
    );
}
