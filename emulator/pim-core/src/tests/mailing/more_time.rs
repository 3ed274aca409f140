//! Extensions and renewals: who is asked, and who is told.

use super::Office;
use crate::model::ReviewResult;
use crate::tests::dsl::BEGINNING;
use crate::time::Length;

/// NOT-4. NOT-21. EXT-4. EXT-12.
#[test]
fn a_holder_asks_the_managers_for_more_time_and_all_are_told_of_the_decision() {
    let asked = || {
        Office::after(
            r#"
            world alice users
            alice eligible for "Global Reader" for 14d
            alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
            "#,
        )
    };
    asked().decide("admin", "asking", ReviewResult::Approve).sent_only(&[
        "+0h extensionPending Approver to admin gail",
        "+0h extended Requestor to alice",
        "+0h extended Admin to gail",
    ]);
    asked().decide("gail", "asking", ReviewResult::Deny).sent_only(&[
        "+0h extensionPending Approver to admin gail",
        "+0h extensionDenied Requestor to alice",
        "+0h extensionDenied Admin to admin",
    ]);
    // Extending it is a decision as well, and told once.
    asked().tell(r#"gail adminExtend eligible alice "Global Reader" 20d -> Provisioned"#).sent_only(&[
        "+0h extensionPending Approver to admin gail",
        "+0h extended Requestor to alice",
        "+0h extended Admin to admin",
    ]);
}

/// NOT-21. The mail says until when, which is what the manager gave.
#[test]
fn an_extension_is_told_with_the_end_that_was_given() {
    let office = Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 14d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        "#,
    )
    .decide("admin", "asking", ReviewResult::Approve);
    let view = office.0.pim.view(office.0.pim.now());
    let request = view.request(office.0.request("asking")).unwrap();
    let schedule = view.schedule(request.target_schedule.unwrap()).unwrap();
    let told: Vec<_> =
        office.sent().filter(|(_, it)| it.notice.name() == "extended").map(|(_, it)| it.window).collect();
    assert_eq!(told, [Some(schedule.window)]);
    assert_eq!(schedule.window.end, Some(BEGINNING.plus(Length::days(30))));
}

/// NOT-21.
#[test]
fn a_renewal_is_told_in_the_same_way() {
    let ended = || {
        Office::after(
            r#"
            world alice users
            alice eligible for "Global Reader" for 12h
            tick 12h
            "#,
        )
    };
    let end = ["+12h expired Requestor to alice", "+12h expired Admin to admin gail"];
    let asking = r#"alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking"#;
    let renewed =
        ["+12h renewalPending Approver to admin gail", "+12h renewed Requestor to alice", "+12h renewed Admin to gail"];
    ended()
        .tell(asking)
        .tell(r#"admin grant asking 20d "looked at it" -> ok"#)
        .sent_only(&[&end[..], &renewed].concat());
    ended()
        .tell(asking)
        .tell(r#"admin adminRenew eligible alice "Global Reader" 20d -> Provisioned"#)
        .sent_only(&[&end[..], &renewed].concat());
    ended().tell(asking).decide("admin", "asking", ReviewResult::Deny).sent_only(
        &[&end[..], &[renewed[0], "+12h renewalDenied Requestor to alice", "+12h renewalDenied Admin to gail"]]
            .concat(),
    );
}

/// NOT-21.
#[test]
fn more_time_that_nobody_asked_for_is_told_to_the_other_managers_alone() {
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" for 3d
        bert eligible for "Global Reader" for 12h
        admin adminExtend eligible alice "Global Reader" 20d -> Provisioned
        at +12h admin adminRenew eligible bert "Global Reader" 20d -> Provisioned
        "#,
    )
    .sent_only(&[
        "+0h extended Admin to gail",
        "+12h expired Requestor to bert",
        "+12h expired Admin to admin gail",
        "+12h renewed Admin to gail",
    ]);
}
