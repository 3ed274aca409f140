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
