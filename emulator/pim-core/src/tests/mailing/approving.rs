//! Activations that wait: who is asked, and who is told of the decision.

use super::Office;
use crate::model::ReviewResult;
use crate::time::Length;

/// APR-31. NOT-10. NOT-13. NOT-19. APR-28.
#[test]
fn approvers_are_told_of_the_request_and_of_the_decision_whoever_took_it() {
    Office::after(
        r#"
        world alice bert cora users; desk group of cora
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &["bert", "desk"])
    .tell(r#"alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking"#)
    .review("bert", "asking", ReviewResult::Approve)
    .sent_only(&[
        "+0h approvalPending Approver to bert cora",
        "+0h activationApproved Approver to bert cora",
        "+0h activationApproved Requestor to alice",
        "+0h activated Requestor to alice",
        "+0h activated Admin to admin gail sam",
    ]);
}

/// NOT-13.
#[test]
fn whoever_is_denied_is_told_and_administrators_are_not() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &["bert", "alice"])
    .tell(r#"alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking"#)
    .review("bert", "asking", ReviewResult::Deny)
    .sent_only(&[
        "+0h approvalPending Approver to bert",
        "+0h activationDenied Approver to bert",
        "+0h activationDenied Requestor to alice",
    ]);
}

/// APR-32. APR-28. A yes to what can be given no more is no yes to anybody.
#[test]
fn a_yes_that_comes_to_nothing_is_told_as_a_no() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &["bert"])
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
        admin adminRemove eligible alice "Global Reader" -> Revoked
        "#,
    )
    .review("bert", "asking", ReviewResult::Approve)
    .sent_only(&[
        "+0h approvalPending Approver to bert",
        "+0h activationDenied Approver to bert",
        "+0h activationDenied Requestor to alice",
    ]);
}

/// NOT-10. Global Administrators may decide as well, and are not told.
#[test]
fn where_no_approver_is_named_privileged_role_administrators_are_told() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &[])
    .tell(r#"alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking"#)
    .review("gail", "asking", ReviewResult::Deny)
    .sent_only(&[
        "+0h approvalPending Approver to admin",
        "+0h activationDenied Approver to admin",
        "+0h activationDenied Requestor to alice",
    ]);
}

/// Nobody is told that time ran out: what the service does then is not known.
#[test]
fn a_time_out_is_told_to_nobody() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .approval("Global Reader", &["bert"])
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
        tick 2d
        asking is TimedOut
        "#,
    )
    .sent_only(&["+0h approvalPending Approver to bert"]);
}

/// APR-29. LAT-7.
#[test]
fn the_mail_to_approvers_may_come_later() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .late(Length::minutes(10))
    .approval("Global Reader", &["bert"])
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
        tick 1h
        "#,
    )
    .sent_only(&["+10m approvalPending Approver to bert"]);
}

/// NOT-20. APR-29.
#[test]
fn a_decision_before_the_mail_to_approvers_leaves_takes_that_mail_back() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" forever
        "#,
    )
    .late(Length::minutes(10))
    .approval("Global Reader", &["bert"])
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
        tick 5m
        "#,
    )
    .review("bert", "asking", ReviewResult::Deny)
    .tell("tick 1h")
    .sent_only(&["+5m activationDenied Approver to bert", "+5m activationDenied Requestor to alice"]);
}
