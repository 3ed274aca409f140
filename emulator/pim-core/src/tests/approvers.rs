//! Approvers: who decides on an activation that waits, and who does not.

use super::dsl::check;

/// APR-8. APR-24.
#[test]
fn nobody_decides_on_their_own_request() {
    check(
        r#"
        world alice bob users; ops group of alice bob
        policy "Global Reader" approval by alice ops
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        alice approve asking "mine" -> NotAnApprover
        alice deny asking "mine" -> NotAnApprover
        alice has nothing to approve
        bob approves asking
        bob approve asking "fine" -> ok
        "#,
    );
}

/// APR-8. APR-14. Not even as a default approver.
#[test]
fn an_administrator_does_not_decide_on_their_own_request() {
    check(
        r#"
        world alice users
        policy "Global Reader" approval
        admin eligible for "Global Reader" for 30d
        admin selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        admin approve asking "mine" -> NotAnApprover
        admin has nothing to approve
        "#,
    );
}

/// APR-9.
#[test]
fn whoever_is_the_only_approver_waits_for_the_time_out() {
    check(
        r#"
        world alice users
        policy "Global Reader" approval by alice
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        alice approve asking "mine" -> NotAnApprover
        admin approve asking "for her" -> NotAnApprover
        at +1d asking is TimedOut
        "#,
    );
}

/// APR-11. APR-12.
#[test]
fn members_of_an_approver_group_are_those_when_somebody_decides() {
    check(
        r#"
        world alice bob carol users; ops group; inner group of carol
        policy "Global Reader" approval by ops
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        bob approve asking "fine" -> NotAnApprover
        setup add bob to ops -> ok
        setup add inner to ops -> ok
        bob approves asking
        carol has nothing to approve
        carol approve asking "as a member of a member" -> NotAnApprover
        setup drop bob from ops -> ok
        bob approve asking "fine" -> NotAnApprover
        setup add bob to ops -> ok
        bob approve asking "fine" -> ok
        alice has "Global Reader"
        "#,
    );
}

/// APR-14. UNC-7.
#[test]
fn where_nobody_is_named_managers_decide() {
    check(
        r#"
        world alice bob carol users
        policy "Global Reader" approval
        setup assignOutside bob "Global Administrator" -> ok
        alice eligible for "Global Reader" for 30d
        carol eligible for "Global Reader" for 30d
        carol eligible for "Privileged Role Administrator" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        carol selfActivate "Global Reader" 2h "incident" -> PendingApproval as two
        carol approve one "only eligible" -> NotAnApprover
        bob approves one, two
        admin approves one, two
        switch defaultApproversArePrivilegedRoleAdministrators true
        bob has nothing to approve
        bob approve one "fine" -> NotAnApprover
        admin approve one "fine" -> ok
        switch defaultApproversArePrivilegedRoleAdministrators false
        bob approve two "fine" -> ok
        "#,
    );
}

/// APR-21.
#[test]
fn approvers_list_what_waits_for_them() {
    check(
        r#"
        world alice bob carol dave users; ops group of carol
        policy "Global Reader" approval by bob
        policy "Security Reader" approval by ops bob
        policy "User Administrator" approval
        alice eligible for "Global Reader" for 30d
        alice eligible for "Security Reader" for 30d
        alice eligible for "User Administrator" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        alice selfActivate "Security Reader" 2h "incident" -> PendingApproval as two
        alice selfActivate "User Administrator" 2h "incident" -> PendingApproval as three
        bob approves one, two
        carol approves two
        admin approves three
        dave has nothing to approve
        alice has nothing to approve
        carol deny two "no" -> ok
        bob approves one
        at +1d bob has nothing to approve
        "#,
    );
}

/// APR-24.
#[test]
fn only_an_approver_learns_that_it_was_decided() {
    check(
        r#"
        world alice bob carol users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        carol approve asking "fine" -> NotAnApprover
        carol approve asking -> NotAnApprover
        bob approve unheard "fine" -> ApprovalNotFound
        bob approve asking "fine" -> ok
        bob approve asking "fine" -> AlreadyDecided
        carol approve asking "fine" -> NotAnApprover
        at +10d bob approve asking "fine" -> AlreadyDecided
        at +45d bob approve asking "fine" -> ApprovalNotFound
        approval of asking is gone
        "#,
    );
}

/// APR-25. APR-17.
#[test]
fn applications_do_not_decide() {
    check(
        r#"
        world alice users; robot service principal; ops group of robot
        policy "Global Reader" approval by ops
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        robot approve asking "fine" -> NotAnApprover
        setup approve asking "fine" -> NotAnApprover
        "#,
    );
}

/// APR-31.
#[test]
fn managers_who_are_not_approvers_cancel_and_do_not_approve() {
    check(
        r#"
        world alice bob carol users
        setup assignOutside carol "Global Administrator" -> ok
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        admin has nothing to approve
        admin approve asking "fine" -> NotAnApprover
        carol deny asking "no" -> NotAnApprover
        carol cancel asking -> ok
        asking is Canceled
        "#,
    );
}

/// APR-33. UNC-8. POL-44.
#[test]
fn who_decides_is_written_down_with_the_request() {
    check(
        r#"
        world alice bob carol users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        policy "Global Reader" approval by carol
        carol approve one "fine" -> NotAnApprover
        carol has nothing to approve
        bob approves one
        switch policyEditsReachPendingRequests true
        bob has nothing to approve
        bob approve one "fine" -> NotAnApprover
        carol approves one
        policy "Global Reader" no approval
        one is PendingApproval
        carol approve one "fine" -> ok
        one is Provisioned
        "#,
    );
}

/// APR-33. UNC-8. Where the switch lets edits through, naming nobody means the default approvers.
#[test]
fn an_edit_may_leave_a_waiting_request_to_the_default_approvers() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        switch policyEditsReachPendingRequests true
        policy "Global Reader" approval
        bob has nothing to approve
        admin approves asking
        admin approve asking "fine" -> ok
        "#,
    );
}

/// APR-9. APR-11. Whoever could decide is gone; the request waits for its time-out.
#[test]
fn a_request_whose_approvers_are_gone_waits_for_the_time_out() {
    check(
        r#"
        world alice bob carol users; ops group of carol
        policy "Global Reader" approval by bob ops
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        setup delete bob -> ok
        setup delete ops -> ok
        carol approve asking "fine" -> NotAnApprover
        admin approve asking "fine" -> NotAnApprover
        carol has nothing to approve
        policy "Global Reader" no reasons
        at +1d asking is TimedOut
        "#,
    );
}
