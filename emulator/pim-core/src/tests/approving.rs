//! Approval: an activation that waits for somebody else's yes.

use super::dsl::{Lab, check};
use crate::model::ReviewResult;

/// APR-1. APR-22. APR-23. APR-26. REQ-14. REQ-53.
#[test]
fn an_activation_that_needs_approval_waits_for_it() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        happened +0h requestCreated, +0h approvalOpened
        asking completed never
        asking targets nothing
        approval of asking is InProgress
        alice has nothing
        at +1h bob approve asking "fine" -> ok
        happened +1h approvalReviewed, +1h requestGranted, +1h scheduleCreated
        asking is Provisioned
        asking completed +1h
        asking targets asking
        approval of asking is Completed
        alice has "Global Reader"
        "#,
    );
}

/// APR-1. ASG-26.
#[test]
fn approval_is_for_activations_only() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        admin adminAssign eligible alice "Global Reader" 10d -> Provisioned
        admin adminAssign active bob "Global Reader" 10d "duty" -> Provisioned
        admin adminExtend eligible alice "Global Reader" 20d -> Provisioned
        policy "Global Reader" no approval
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        "#,
    );
}

/// APR-22. What was decided, by whom, when and why stays with the approval.
#[test]
fn an_approval_keeps_the_decision() {
    let mut lab = Lab::after(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        "#,
    );
    let bob = lab.id("bob").unwrap();
    let approval = |lab: &Lab| lab.pim.view(lab.pim.now()).approval(lab.request("asking")).unwrap();
    let open = approval(&lab);
    assert_eq!((open.request, open.review, open.approvers[0].id), (lab.request("asking"), None, bob));
    assert_eq!(open.approvers[0].description.as_deref(), Some("bob"));
    lab.tell(r#"at +1h bob deny asking "not today" -> ok"#);
    let review = approval(&lab).review.unwrap();
    assert_eq!((review.result, review.by, review.at), (ReviewResult::Deny, bob, lab.pim.now()));
    assert_eq!(review.justification.as_deref(), Some("not today"));
    lab.finish();
}

/// APR-26. REQ-53. REQ-57.
#[test]
fn a_denied_activation_gives_nothing() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        at +1h bob deny asking "no" -> ok
        happened +1h approvalReviewed, +1h requestStatusChanged Denied
        asking is Denied
        asking completed +1h
        approval of asking is Completed
        tick 3d
        asking is Denied
        alice has nothing
        "#,
    );
}

/// APR-26. REQ-53.
#[test]
fn an_approved_activation_with_a_start_ahead_is_granted_until_then() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +10h 2h "change window" -> PendingApproval as asking
        at +1h bob approve asking "fine" -> ok
        asking is Granted
        asking completed +10h
        alice has nothing
        at +10h asking is Provisioned
        alice has "Global Reader"
        window of alice active "Global Reader" +10h +12h
        "#,
    );
}

/// APR-27.
#[test]
fn an_activation_approved_after_its_start_begins_then_and_lasts_as_long_as_was_asked() {
    check(
        r#"
        world alice bob carol users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        carol eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1h 2h "change window" -> PendingApproval as one
        carol selfActivate "Global Reader" from +1h until +3h "change window" -> PendingApproval as two
        at +20h bob approve one "fine" -> ok
        bob approve two "fine" -> ok
        one is Provisioned
        one completed +20h
        window of alice active "Global Reader" +20h +22h
        window of carol active "Global Reader" +20h +22h
        "#,
    );
}

/// APR-27. APR-33. POL-44. A length that was not said is that of the policy when it was asked.
#[test]
fn an_activation_of_no_said_length_lasts_as_long_as_the_policy_allowed_when_it_was_asked() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob max 4h
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" unspecified "incident" -> PendingApproval as asking
        policy "Global Reader" max 1h
        at +1h bob approve asking "fine" -> ok
        window of alice active "Global Reader" +1h +5h
        "#,
    );
}

/// APR-2. APR-3. APR-24.
#[test]
fn the_first_decision_settles_it() {
    check(
        r#"
        world alice bob carol users
        policy "Global Reader" approval by bob carol
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        bob approve one "fine" -> ok
        carol deny one "no" -> AlreadyDecided
        bob approve one "fine" -> AlreadyDecided
        alice has "Global Reader"
        at +2h alice selfActivate "Global Reader" 2h "again" -> PendingApproval as two
        carol deny two "no" -> ok
        bob approve two "fine" -> AlreadyDecided
        two is Denied
        "#,
    );
}

/// APR-4. APR-5. APR-7. REQ-53.
#[test]
fn nobody_deciding_within_a_day_is_no() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        at +1d-1ms one is PendingApproval
        at +1d one is TimedOut
        happened +1d requestStatusChanged TimedOut
        one completed +1d
        approval of one is Expired
        bob approve one "fine" -> AlreadyDecided
        bob has nothing to approve
        alice has nothing
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as two
        at +2d-1ms bob approve two "just in time" -> ok
        alice has "Global Reader"
        "#,
    );
}

/// APR-4. A decision at the very instant is late, also when one jump leads there.
#[test]
fn a_decision_at_the_instant_of_the_time_out_is_late() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        at +1d bob approve asking "fine" -> AlreadyDecided
        asking is TimedOut
        "#,
    );
}

/// UNC-6. APR-7.
#[test]
fn what_becomes_of_a_request_that_nobody_decided_is_a_switch() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        switch approvalTimeOutStatus Failed
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        at +1d one is Failed
        approval of one is Expired
        switch approvalTimeOutStatus Denied
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as two
        at +2d two is Denied
        approval of two is Expired
        "#,
    );
}

/// APR-10.
#[test]
fn a_decision_needs_a_reason_unless_the_policy_says_otherwise() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        bob approve one -> ApproverJustificationRequired
        bob deny one "  " -> ApproverJustificationRequired
        one is PendingApproval
        policy "Global Reader" no reasons
        bob approve one -> ApproverJustificationRequired
        bob deny one "as it was when it was asked" -> ok
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as two
        bob approve two -> ok
        "#,
    );
}

/// APR-30. REQ-53.
#[test]
fn whoever_asked_withdraws_it_while_it_waits() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        bob cancel asking -> NotPermitted
        alice cancel asking -> ok
        asking is Canceled
        approval of asking is Completed
        bob has nothing to approve
        bob approve asking "fine" -> AlreadyDecided
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval
        tick 1d
        asking is Canceled
        "#,
    );
}

/// APR-32. UNC-4.
#[test]
fn an_approval_after_the_eligibility_vanished_fails_the_request() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        admin adminRemove eligible alice "Global Reader" -> Revoked
        one is PendingApproval
        bob approve one "fine" -> ok
        happened +0h approvalReviewed, +0h requestStatusChanged Failed
        one is Failed
        approval of one is Completed
        alice has nothing
        switch approvalAfterEligibilityVanishedDenies true
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as two
        admin adminRemove eligible alice "Global Reader" -> Revoked
        bob approve two "fine" -> ok
        two is Denied
        "#,
    );
}

/// APR-32. ACT-24.
#[test]
fn an_approval_after_the_membership_ended_fails_the_request() {
    check(
        r#"
        world alice bob carol users; ops role-assignable group of alice carol
        policy "Global Reader" approval by bob
        ops eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        carol selfActivate ops "Global Reader" 2h "incident" -> PendingApproval as two
        setup drop alice from ops -> ok
        bob approve one "fine" -> ok
        bob approve two "fine" -> ok
        one is Failed
        carol has "Global Reader"
        "#,
    );
}

/// APR-32. ASG-20. ASG-1. What is left of the eligibility would be too short to be had.
#[test]
fn an_approval_in_the_last_minutes_of_the_eligibility_fails_the_request() {
    check(
        r#"
        world alice bob carol users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 3h
        carol eligible for "Global Reader" for 3h
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        carol selfActivate "Global Reader" 2h "incident" -> PendingApproval as two
        at +2h55m bob approve one "fine" -> ok
        window of alice active "Global Reader" +2h55m +3h
        at +2h56m bob approve two "fine" -> ok
        two is Failed
        "#,
    );
}

/// APR-32. ASG-6.
#[test]
fn an_approval_of_what_the_principal_holds_by_now_fails_the_request() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        setup assignOutside alice "Global Reader" -> ok
        bob approve asking "fine" -> ok
        asking is Failed
        "#,
    );
}

/// REQ-47. MFA-17.
#[test]
fn nobody_is_asked_before_all_rules_have_passed() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob mfa justification ticket
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 9h -> ExpirationRule + JustificationRule + MfaRule + TicketingRule
        alice selfActivate "Global Reader" 2h "incident" ticket "INC-1" "desk" -> MfaRule
        alice selfActivate "Global Reader" 4m "incident" -> DurationTooShort
        alice would selfActivate "Global Reader" 2h "incident" ticket "INC-1" "desk" with mfa -> PendingApproval
        bob has nothing to approve
        alice selfActivate "Global Reader" 2h "incident" ticket "INC-1" "desk" with mfa -> PendingApproval as asking
        bob approves asking
        "#,
    );
}

/// ACT-17. ASG-7.
#[test]
fn what_waits_for_approval_blocks_a_second_request() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        alice selfActivate "Global Reader" 2h "incident" -> PendingRequest
        alice selfActivate "Global Reader" from +2d 2h "later" -> PendingRequest
        admin adminAssign active alice "Global Reader" 1d "duty" -> PendingRequest
        bob deny asking "no" -> ok
        admin adminAssign active alice "Global Reader" 1d "duty" -> Provisioned
        "#,
    );
}

/// ASG-27. APR-5.
#[test]
fn what_waits_fails_with_its_principal() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        setup delete alice -> ok
        asking is Failed
        approval of asking is Completed
        bob has nothing to approve
        bob approve asking "fine" -> AlreadyDecided
        tick 2d
        asking is Failed
        "#,
    );
}

/// APR-32. With its role gone there is nothing to give.
#[test]
fn an_approval_for_a_role_that_is_gone_fails_the_request() {
    check(
        r#"
        world alice bob users; Watcher custom role
        policy "Watcher" approval by bob
        alice eligible for "Watcher" for 10h
        alice selfActivate "Watcher" 2h "incident" -> PendingApproval as asking
        at +10h setup deleteRole "Watcher" -> ok
        bob approves asking
        bob approve asking "fine" -> ok
        asking is Failed
        "#,
    );
}
