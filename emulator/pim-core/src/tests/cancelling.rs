//! Cancelling a request that waits.

use super::dsl::check;

/// REQ-20. REQ-23.
#[test]
fn a_cancelled_request_takes_its_schedule_with_it() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as later
        alice cancel later -> ok
        happened +0h scheduleEnded Canceled, +0h requestStatusChanged Canceled
        later is Canceled
        phase of alice active "Global Reader" is none
        tick 2d
        nothing happened
        alice has nothing
        "#,
    );
}

/// REQ-21. REQ-57.
#[test]
fn only_what_waits_can_be_cancelled() {
    check(
        r#"
        world alice users; crowd group
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as later
        admin adminAssign eligible alice "Security Reader" 10d -> Provisioned as done
        admin adminRemove eligible alice "Security Reader" -> Revoked as removal
        admin cancel done -> NotCancellable Provisioned
        admin cancel removal -> NotCancellable Revoked
        at +1d alice cancel later -> NotCancellable Provisioned
        alice selfExtend eligible "Global Reader" 60d "early" -> ExpirationRule
        at +20d alice selfExtend eligible "Global Reader" 60d "in time" -> PendingAdminDecision as asking
        alice cancel asking -> ok
        alice cancel asking -> NotCancellable Canceled
        switch acceptAndNeverProvision true
        admin adminAssign active crowd "Global Reader" 30d "duty" -> Granted as never
        admin cancel never -> ok
        "#,
    );
}

/// REQ-21.
#[test]
fn what_has_begun_cannot_be_cancelled_whatever_it_is_called() {
    check(
        r#"
        world alice users
        switch grantedBecomesProvisioned false
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as later
        at +1d alice has "Global Reader"
        alice cancel later -> NotCancellable Granted
        "#,
    );
}

/// REQ-22.
#[test]
fn an_unknown_request_cannot_be_cancelled() {
    check("admin cancel unheard -> RequestNotFound");
}

/// REQ-24.
#[test]
fn whoever_made_the_request_and_every_manager_may_cancel_it() {
    check(
        r#"
        world alice bob users; robot service principal
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as one
        bob cancel one -> NotPermitted
        admin cancel one -> ok
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as two
        alice cancel two -> ok
        admin adminAssign active alice "Security Reader" from +1d until +2d "duty" -> Granted as three
        alice cancel three -> NotPermitted
        robot cancel three -> ok
        "#,
    );
}
