//! What waits for a decision leaves in the log.

use super::kit::{
    ELIGIBLE, approve, ask, asks, detail, does, gina, names, privilege, switch, target, told, told_in_words, unscanned,
    waiting_for_approval,
};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR};
use pim_core::model::{Action, License, ReviewResult};
use pim_core::time::Length;
use pim_core::{Actor, Command, PrincipalId};
use serde_json::json;

/// AUD-8, AUD-24, AUD-25: who decided is the initiator, who asked is the target of the type Other; the approval engine
/// writes a line of its own.
#[tokio::test]
async fn an_approval_is_told_by_both_services() {
    let lab = unscanned();
    let request = waiting_for_approval(&lab);
    lab.advance(Length::minutes(3));
    let justification = Some("go ahead".to_owned());
    does(&lab, gina(), &Command::ReviewApproval { request, result: ReviewResult::Approve, justification });
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add member to role requested (PIM activation)",
            "Add member to role approval requested (PIM activation)",
            "Add member to role request approved (PIM activation)",
            "Request Approved",
            "Add member to role completed (PIM activation)",
        ]
    );
    let approved = &records[2];
    assert_eq!(approved["initiatedBy"]["user"]["id"], json!(GINA));
    assert_eq!(approved["resultReason"], "go ahead");
    assert_eq!(target(approved, "Other")["id"], json!(ALICE));
    assert_eq!(target(approved, "Other")["userPrincipalName"], "alice@contoso.onmicrosoft.com");
    let twin = &records[3];
    assert_eq!(
        (&twin["loggedByService"], &twin["category"], &twin["targetResources"][0]["id"]),
        (&json!("Access Reviews"), &json!("UserManagement"), &json!(request.0))
    );
    assert_eq!(records[4]["initiatedBy"]["user"]["id"], json!(ALICE));
    assert_eq!(detail(&records[4], "StartTime"), Some("2026-01-05T08:03:00Z"), "APR-27");
    assert!(records.iter().all(|record| record["correlationId"] == records[0]["correlationId"]));
}

/// AUD-8, AUD-25: a denial.
#[tokio::test]
async fn a_denial_is_told_once_by_each_service() {
    let lab = unscanned();
    let request = waiting_for_approval(&lab);
    let justification = Some("no".to_owned());
    does(&lab, gina(), &Command::ReviewApproval { request, result: ReviewResult::Deny, justification });
    assert_eq!(
        told_in_words(&lab).await[2..],
        ["Add member to role request denied (PIM activation)", "Request Denied"]
    );
}

/// AUD-4: approved when there was nothing left to activate.
#[tokio::test]
async fn an_approval_that_comes_too_late_leaves_a_failure() {
    let lab = unscanned();
    let request = waiting_for_approval(&lab);
    asks(&lab, gina(), ask(ELIGIBLE, Action::AdminRemove));
    does(
        &lab,
        gina(),
        &Command::ReviewApproval { request, result: ReviewResult::Approve, justification: Some("ok".to_owned()) },
    );
    let records = told(&lab).await;
    let last = records.last().unwrap();
    assert_eq!(last["activityDisplayName"], "Add member to role completed (PIM activation)");
    assert_eq!((&last["result"], &last["resultReason"]), (&json!("failure"), &json!("RoleAssignmentDoesNotExist")));
}

/// AUD-21: the reason is that of the request, whatever else happened beside it.
#[tokio::test]
async fn an_approval_of_what_the_principal_has_come_to_hold_says_so() {
    let lab = unscanned();
    let request = waiting_for_approval(&lab);
    let outside = Command::CreateRoleAssignment {
        principal: PrincipalId(ALICE),
        privilege: privilege(GROUPS_ADMINISTRATOR),
        id: None,
        details: None,
    };
    does(&lab, gina(), &outside);
    does(&lab, gina(), &approve(request));
    let records = told(&lab).await;
    let last = records.last().unwrap();
    assert_eq!(last["activityDisplayName"], "Add member to role completed (PIM activation)");
    assert_eq!((&last["result"], &last["resultReason"]), (&json!("failure"), &json!("RoleAssignmentExists")));
}

/// AUD-21, LIC-7: what waits when the licence lapses fails for want of it; a deleted principal is not found.
#[tokio::test]
async fn what_waits_fails_for_the_reason_that_ended_the_waiting() {
    for (end, code) in [
        (Command::SetLicense(License::P1), "AadPremiumLicenseRequired"),
        (Command::DeletePrincipal(PrincipalId(ALICE)), "SubjectNotFound"),
    ] {
        let lab = unscanned();
        let request = waiting_for_approval(&lab);
        does(&lab, Actor::SetUp, &end);
        let records = told(&lab).await;
        let failed = records.iter().find(|record| record["result"] == "failure").expect(code);
        assert_eq!(failed["activityDisplayName"], "Add member to role completed (PIM activation)");
        assert_eq!((&failed["resultReason"], &target(failed, "Request")["id"]), (&json!(code), &json!(request.0)));
        assert_eq!(failed["initiatedBy"]["user"]["id"], json!(ALICE), "whoever asked for it");
    }
}

/// AUD-4, AUD-7, APR-27: what is done says the time that was given, not the one that was asked for.
#[tokio::test]
async fn a_late_approval_is_told_with_the_time_that_it_gives() {
    for delay in ["PT0S", "PT10S"] {
        let lab = unscanned();
        let request = waiting_for_approval(&lab);
        switch(&lab, serde_json::from_value(json!({ "provisioningDelay": delay })).unwrap());
        lab.advance(Length::hours(1));
        does(&lab, gina(), &approve(request));
        lab.advance(Length::minutes(1));
        let records = told(&lab).await;
        let done = records.last().unwrap();
        assert_eq!(done["activityDisplayName"], "Add member to role completed (PIM activation)");
        let start = if delay == "PT0S" { "2026-01-05T09:00:00Z" } else { "2026-01-05T09:00:10Z" };
        assert_eq!(detail(done, "StartTime"), Some(start));
        assert_eq!(detail(done, "ExpirationTime"), Some("2026-01-05T11:00:00Z"));
        assert_eq!(detail(&records[0], "ExpirationTime"), Some("2026-01-05T10:00:00Z"), "as asked");
    }
}

/// AUD-16, AUD-25, AUD-26: nobody decided; the service says so, whatever the status is called.
#[tokio::test]
async fn a_time_out_is_told_by_the_service_itself() {
    for status in ["TimedOut", "Failed", "Denied"] {
        let lab = unscanned();
        let behaviour =
            serde_json::from_value(json!({ "approvalTimeOutStatus": status, "alertScanInterval": "PT0S" })).unwrap();
        switch(&lab, behaviour);
        waiting_for_approval(&lab);
        lab.advance(Length::days(2));
        let records = told(&lab).await;
        assert_eq!(names(&records)[2..], ["PIM activation request expired", "Request expired"], "{status}");
        assert_eq!(records[2]["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
        assert_eq!(records[2]["initiatedBy"]["user"]["userPrincipalName"], json!(null));
        assert_eq!((&records[3]["category"], &records[2]["category"]), (&json!("Policy"), &json!("RoleManagement")));
        assert_eq!(records[2]["activityDateTime"], "2026-01-06T08:00:00Z", "APR-4");
    }
}
