//! What each happening leaves in the log.

use super::kit::{
    ACTIVE, ELIGIBLE, alice, approve, ask, ask_for, ask_for_good, asks, detail, does, gina, names, privilege, switch,
    target, told, told_in_words, tries, waiting_for_approval, waiting_for_approval_from, with_window,
};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, Lab, ROBOT, TENANT};
use pim_core::model::{
    Action, AskedExpiration, AskedSchedule, License, PolicyChange, PolicySubject, Requirement, ReviewResult,
    RoleDefinition, RuleChange, TicketInfo, roles,
};
use pim_core::model::{Happening, built_in_roles};
use pim_core::time::Length;
use pim_core::{Actor, Ask, Behaviour, Caller, Command, PrincipalId, RoleDefinitionId};
use serde_json::json;
use uuid::Uuid;

/// AUD-1, AUD-2, AUD-4, AUD-7, AUD-21: asked for, then done; both records belong together.
#[tokio::test]
async fn an_activation_is_requested_and_completed() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    asks(&lab, alice(), ask_for(ACTIVE, Action::SelfActivate, Length::hours(2)));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        ["Add member to role requested (PIM activation)", "Add member to role completed (PIM activation)"]
    );
    for record in &records {
        assert_eq!((&record["category"], &record["loggedByService"]), (&json!("RoleManagement"), &json!("PIM")));
        assert_eq!((&record["result"], &record["resultReason"]), (&json!("success"), &json!("because")));
        assert_eq!(record["operationType"], "Assign");
        assert_eq!(record["activityDateTime"], "2026-01-05T08:00:00Z");
        assert!(record["id"].as_str().unwrap().starts_with("PIM_"), "{record}");
        assert_eq!(record["initiatedBy"]["app"], json!(null));
        assert_eq!(record["initiatedBy"]["user"]["id"], json!(ALICE));
        assert_eq!(record["initiatedBy"]["user"]["userPrincipalName"], "alice@contoso.onmicrosoft.com");
    }
    assert_eq!(records[0]["correlationId"], records[1]["correlationId"]);
    assert_ne!(records[0]["id"], records[1]["id"]);
}

/// AUD-22: the order of the targets, and what is said of the role.
#[tokio::test]
async fn the_targets_stand_in_the_services_order() {
    let lab = Lab::new();
    let request = asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminAssign));
    let record = &told(&lab).await[1];
    let kinds: Vec<_> =
        record["targetResources"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Role", "Request", "User", "Directory", "Other"]);
    assert_eq!(
        record["targetResources"][0],
        json!({
            "id": GROUPS_ADMINISTRATOR,
            "displayName": "Groups Administrator",
            "type": "Role",
            "userPrincipalName": null,
            "groupType": null,
            "modifiedProperties": [
                { "displayName": "RoleDefinitionOriginId", "oldValue": "\"\"",
                  "newValue": format!("\"{GROUPS_ADMINISTRATOR}\"") },
                { "displayName": "RoleDefinitionOriginType", "oldValue": "\"\"", "newValue": "\"BuiltInRole\"" },
                { "displayName": "TemplateId", "oldValue": "\"\"",
                  "newValue": format!("\"{GROUPS_ADMINISTRATOR}\"") },
            ],
        })
    );
    assert_eq!(target(record, "Request")["id"], json!(request.0));
    assert_eq!(target(record, "User")["userPrincipalName"], "alice@contoso.onmicrosoft.com");
    assert_eq!(target(record, "Directory")["id"], json!(TENANT));
    assert_eq!(target(record, "Directory")["displayName"], "Contoso");
}

/// AUD-23: further facts, with a ticket where one was given.
#[tokio::test]
async fn further_facts_name_times_reason_caller_and_ticket() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let ticket = TicketInfo { number: Some("4711".to_owned()), system: Some("Desk".to_owned()) };
    let activation = ask_for(ACTIVE, Action::SelfActivate, Length::hours(2));
    let request = asks(&lab, alice(), Ask { ticket, ..activation });
    let record = &told(&lab).await[1];
    let alice_id = ALICE.to_string();
    let (role, tenant, request) = (GROUPS_ADMINISTRATOR.to_string(), TENANT.to_string(), request.to_string());
    for (key, value) in [
        ("RoleDefinitionOriginId", role.as_str()),
        ("RoleDefinitionOriginType", "BuiltInRole"),
        ("TemplateId", &role),
        ("StartTime", "2026-01-05T08:00:00Z"),
        ("ExpirationTime", "2026-01-05T10:00:00Z"),
        ("Justification", "because"),
        ("TicketNumber", "4711"),
        ("TicketSystem", "Desk"),
        ("oid", &alice_id),
        ("tid", &tenant),
        ("RequestId", &request),
    ] {
        assert_eq!(detail(record, key), Some(value), "{key}");
    }
    asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminUpdate));
    let record = told(&lab).await.pop().unwrap();
    assert_eq!((detail(&record, "TicketNumber"), detail(&record, "ExpirationTime")), (None, None), "{record}");
}

/// AUD-5: eligibilities for good, for a time, for later, withdrawn, made anew.
#[tokio::test]
async fn eligibilities_are_told_with_how_long_they_last() {
    let lab = Lab::new();
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::hours(1)));
    lab.advance(Length::hours(2));
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminRenew, Length::hours(1)));
    lab.advance(Length::hours(2));
    let later = lab.tenant().clock().now().plus(Length::days(1));
    let request =
        asks(&lab, gina(), with_window(ask(ELIGIBLE, Action::AdminAssign), Some(later), AskedExpiration::NoExpiration));
    does(&lab, gina(), &Command::CancelRequest(request));
    let again =
        asks(&lab, gina(), with_window(ask(ELIGIBLE, Action::AdminAssign), Some(later), AskedExpiration::NoExpiration));
    lab.advance(Length::days(2));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add eligible member to role in PIM requested (timebound)",
            "Add eligible member to role in PIM completed (timebound)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (renew)",
            "Add eligible member to role in PIM completed (timebound)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (permanent)",
            "Add eligible member to role in PIM canceled (permanent)",
            "Add eligible member to role in PIM requested (permanent)",
            "Add eligible member to role in PIM completed (permanent)",
        ]
    );
    let last = records.last().unwrap();
    assert_eq!(last["activityDateTime"], later.to_string(), "it is done when its start comes");
    assert_eq!(target(last, "Request")["id"], json!(again.0));
    assert_eq!(last["initiatedBy"]["user"]["id"], json!(GINA), "whoever asked for it");
}

/// AUD-6, AUD-11, AUD-12: active assignments, and what administrators take away.
#[tokio::test]
async fn assignments_made_and_removed_are_told_by_side() {
    let lab = Lab::new();
    asks(&lab, gina(), ask_for(ACTIVE, Action::AdminAssign, Length::days(1)));
    lab.advance(Length::minutes(10));
    asks(&lab, gina(), ask(ACTIVE, Action::AdminRemove));
    asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminAssign));
    asks(&lab, gina(), ask(ELIGIBLE, Action::AdminRemove));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add member to role in PIM requested (timebound)",
            "Add member to role in PIM completed (timebound)",
            "Remove member from role in PIM requested (timebound)",
            "Remove member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (permanent)",
            "Add eligible member to role in PIM completed (permanent)",
            "Remove eligible member from role in PIM requested (permanent)",
            "Remove eligible member from role in PIM completed (permanent)",
        ]
    );
    assert_eq!((&records[3]["operationType"], &records[3]["resultReason"]), (&json!("Delete"), &json!("because")));
}

/// AUD-8, AUD-24, AUD-25: who decided is the initiator, who asked is the target of the type Other; the approval engine
/// writes a line of its own.
#[tokio::test]
async fn an_approval_is_told_by_both_services() {
    let lab = Lab::new();
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
    let lab = Lab::new();
    let request = waiting_for_approval(&lab);
    let justification = Some("no".to_owned());
    does(&lab, gina(), &Command::ReviewApproval { request, result: ReviewResult::Deny, justification });
    assert_eq!(
        told_in_words(&lab).await[2..],
        ["Add member to role request denied (PIM activation)", "Request Denied"]
    );
}

/// AUD-7: withdrawn while it waited.
#[tokio::test]
async fn a_withdrawn_activation_is_canceled() {
    let lab = Lab::new();
    let request = waiting_for_approval(&lab);
    does(&lab, alice(), &Command::CancelRequest(request));
    assert_eq!(told_in_words(&lab).await[2..], ["Add member to role canceled (PIM activation)"]);
}

/// AUD-4: approved when there was nothing left to activate.
#[tokio::test]
async fn an_approval_that_comes_too_late_leaves_a_failure() {
    let lab = Lab::new();
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
    let lab = Lab::new();
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
        let lab = Lab::new();
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
        let lab = Lab::new();
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

/// AUD-6, AUD-14, EXT-7: a manager gives something else than what was asked for.
#[tokio::test]
async fn what_a_manager_gives_is_told_as_given() {
    let lab = Lab::new();
    let permanent = AskedSchedule { start: None, expiration: AskedExpiration::NoExpiration };
    let decide = |request, schedule| Command::DecideRequest {
        request,
        result: ReviewResult::Approve,
        schedule: Some(schedule),
        justification: Some("fine".to_owned()),
    };
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::days(3)));
    let extended = asks(&lab, alice(), ask_for(ELIGIBLE, Action::SelfExtend, Length::days(9)));
    let five_days = AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::days(5)) };
    does(&lab, gina(), &decide(extended, five_days));
    lab.advance(Length::days(6));
    let renewed = asks(&lab, alice(), ask_for(ELIGIBLE, Action::SelfRenew, Length::days(3)));
    does(&lab, gina(), &decide(renewed, permanent));
    let records = told(&lab).await;
    assert_eq!(
        names(&records)[2..],
        [
            "Update eligible member in PIM requested (extend)",
            "Update member in PIM approved by admin (extend/renew)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (renew)",
            "Update member in PIM approved by admin (extend/renew)",
            "Add eligible member to role in PIM completed (permanent)",
        ]
    );
    let end = |record| detail(&records[record], "ExpirationTime");
    assert_eq!(end(2), Some("2026-01-14T08:00:00Z"), "as asked");
    assert_eq!(end(3), Some("2026-01-10T08:00:00Z"), "as given");
    assert_eq!((end(6), end(7)), (None, None));
}

/// AUD-6, AUD-23: an administrator's change is told with the window that it makes.
#[tokio::test]
async fn a_changed_assignment_is_told_with_its_window_now() {
    let lab = Lab::new();
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::days(3)));
    lab.advance(Length::days(1));
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminUpdate, Length::days(5)));
    let done = told(&lab).await.pop().unwrap();
    assert_eq!(done["activityDisplayName"], "Add eligible member to role in PIM completed (timebound)");
    assert_eq!(detail(&done, "StartTime"), Some("2026-01-05T08:00:00Z"), "it keeps its start");
    assert_eq!(detail(&done, "ExpirationTime"), Some("2026-01-11T08:00:00Z"));
}

/// AUD-23: roles and address are those of the initiator when it called, whatever becomes of either, and also in what is
/// done later because of that call.
#[tokio::test]
async fn roles_and_address_are_those_of_the_call() {
    let lab = Lab::new();
    let from = |actor, address: [u8; 4]| Caller { actor, address: Some(address.into()) };
    let request = waiting_for_approval_from(&lab, from(alice(), [10, 0, 0, 1]));
    does(&lab, from(gina(), [10, 0, 0, 2]), &approve(request));
    lab.advance(Length::minutes(10));
    does(&lab, from(alice(), [10, 0, 0, 3]), &Command::Request(ask(ACTIVE, Action::SelfDeactivate)));
    lab.advance(Length::minutes(10));
    does(&lab, Actor::SetUp, &Command::DeletePrincipal(PrincipalId(ALICE)));
    let records = told(&lab).await;
    let administrator = roles::GLOBAL_ADMINISTRATOR.to_string();
    let groups_administrator = GROUPS_ADMINISTRATOR.to_string();
    let known: Vec<_> = (records.iter().filter(|record| record["loggedByService"] == "PIM"))
        .map(|record| {
            let name = record["activityDisplayName"].as_str().unwrap();
            (name, detail(record, "wids"), detail(record, "ipaddr"))
        })
        .collect();
    assert_eq!(
        known,
        [
            ("Add member to role requested (PIM activation)", None, Some("10.0.0.1")),
            ("Add member to role approval requested (PIM activation)", None, Some("10.0.0.1")),
            ("Add member to role request approved (PIM activation)", Some(administrator.as_str()), Some("10.0.0.2")),
            ("Add member to role completed (PIM activation)", None, Some("10.0.0.1")),
            ("Remove member from role requested (PIM deactivate)", Some(&*groups_administrator), Some("10.0.0.3")),
            ("Remove member from role completed (PIM deactivate)", Some(&*groups_administrator), Some("10.0.0.3")),
            ("Remove permanent eligible role assignment", None, None),
        ]
    );
    let keys: Vec<_> =
        records[2]["additionalDetails"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap()).collect();
    assert_eq!(keys[keys.len() - 5..], ["oid", "tid", "wids", "ipaddr", "RequestId"][..], "{keys:?}");
}

/// AUD-16, AUD-25, AUD-26: nobody decided; the service says so, whatever the status is called.
#[tokio::test]
async fn a_time_out_is_told_by_the_service_itself() {
    for status in ["TimedOut", "Failed", "Denied"] {
        let lab = Lab::new();
        let behaviour = serde_json::from_value(json!({ "approvalTimeOutStatus": status })).unwrap();
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

/// AUD-9: ended by whoever activated.
#[tokio::test]
async fn a_deactivation_is_requested_and_completed() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    asks(&lab, alice(), ask_for(ACTIVE, Action::SelfActivate, Length::hours(2)));
    lab.advance(Length::minutes(6));
    asks(&lab, alice(), ask(ACTIVE, Action::SelfDeactivate));
    assert_eq!(
        told_in_words(&lab).await[2..],
        ["Remove member from role requested (PIM deactivate)", "Remove member from role completed (PIM deactivate)"]
    );
}

/// AUD-10, AUD-26: the end of an activation is the service's doing.
#[tokio::test]
async fn an_expired_activation_is_told_by_the_service_itself() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let request = asks(&lab, alice(), ask_for(ACTIVE, Action::SelfActivate, Length::hours(2)));
    lab.advance(Length::days(1));
    let records = told(&lab).await;
    let last = records.last().unwrap();
    assert_eq!(last["activityDisplayName"], "Remove member from role (PIM activation expired)");
    assert_eq!((&last["operationType"], &last["activityDateTime"]), (&json!("Delete"), &json!("2026-01-05T10:00:00Z")));
    assert_eq!(last["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
    assert_eq!(target(last, "Request")["id"], json!(request.0));
    assert_eq!(last["correlationId"], records[0]["correlationId"]);
}

/// AUD-13: given and taken outside PIM.
#[tokio::test]
async fn what_happens_outside_pim_is_told_by_pim() {
    let lab = Lab::new();
    let (principal, privilege) = (PrincipalId(ALICE), privilege(GROUPS_ADMINISTRATOR));
    let made = does(&lab, gina(), &Command::CreateRoleAssignment { principal, privilege, id: None, details: None });
    lab.advance(Length::minutes(6));
    does(&lab, gina(), &Command::DeleteRoleAssignment { schedule: made.schedule.unwrap() });
    assert_eq!(
        told_in_words(&lab).await,
        ["Add member to role outside of PIM (permanent)", "Remove permanent direct role assignment"]
    );
}

/// AUD-14: extensions and renewals that their holder asks for and a manager decides.
#[tokio::test]
async fn extensions_are_requested_decided_and_withdrawn() {
    let lab = Lab::new();
    asks(&lab, gina(), ask_for(ELIGIBLE, Action::AdminAssign, Length::days(3)));
    let extend = || ask_for(ELIGIBLE, Action::SelfExtend, Length::days(9));
    let withdrawn = asks(&lab, alice(), extend());
    does(&lab, alice(), &Command::CancelRequest(withdrawn));
    let decide = |request, result| Command::DecideRequest {
        request,
        result,
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::days(9)) }),
        justification: Some("fine".to_owned()),
    };
    let denied = asks(&lab, alice(), extend());
    does(&lab, gina(), &decide(denied, ReviewResult::Deny));
    let approved = asks(&lab, alice(), extend());
    does(&lab, gina(), &decide(approved, ReviewResult::Approve));
    lab.advance(Length::days(10));
    let renewed = asks(&lab, alice(), ask_for(ELIGIBLE, Action::SelfRenew, Length::days(3)));
    does(&lab, gina(), &decide(renewed, ReviewResult::Approve));
    let records = told(&lab).await;
    assert_eq!(
        names(&records)[2..],
        [
            "Update eligible member in PIM requested (extend)",
            "Update eligible member in PIM canceled (extend)",
            "Update eligible member in PIM requested (extend)",
            "Update member in PIM denied by admin (extend/renew)",
            "Update eligible member in PIM requested (extend)",
            "Update member in PIM approved by admin (extend/renew)",
            "Remove eligible member from role in PIM completed (timebound)",
            "Add eligible member to role in PIM requested (renew)",
            "Update member in PIM approved by admin (extend/renew)",
            "Add eligible member to role in PIM completed (timebound)",
        ]
    );
    assert_eq!(records[5]["initiatedBy"]["user"]["id"], json!(GINA));
}

/// AUD-15, POL-45: one record for one change, with the rules that were written.
#[tokio::test]
async fn a_changed_policy_is_told() {
    let lab = Lab::new();
    let rules = vec![
        RuleChange::Enablement {
            of: Happening::EndUserAssignment,
            enabled_rules: Some(vec![Requirement::Justification, Requirement::Ticketing]),
        },
        RuleChange::Expiration {
            of: Happening::EndUserAssignment,
            is_expiration_required: None,
            maximum_duration: Some(Some(Length::hours(4))),
        },
    ];
    let subject = PolicySubject::DirectoryRole(RoleDefinitionId(GROUPS_ADMINISTRATOR));
    does(&lab, gina(), &Command::UpdatePolicy(PolicyChange { subject, rules }));
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Update role setting in PIM"]);
    assert_eq!(
        records[0]["resultReason"],
        "Setting changes in this session: Enablement_EndUser_Assignment, Expiration_EndUser_Assignment."
    );
    assert_eq!(target(&records[0], "Role")["displayName"], "Groups Administrator");
}

/// GA-7, AUD-27: of what is refused only the removal of the last administrator is told.
#[tokio::test]
async fn the_refused_removal_of_the_last_administrator_is_told() {
    let lab = Lab::new();
    let global_administrator =
        |ask: Ask| Ask { privilege: privilege(roles::GLOBAL_ADMINISTRATOR.0), principal: PrincipalId(GINA), ..ask };
    let removal = Command::Request(global_administrator(ask(ACTIVE, Action::AdminRemove)));
    lab.advance(Length::minutes(10));
    assert!(tries(&lab, gina(), &removal).is_err());
    let without_reason = Ask { justification: None, ..ask_for(ACTIVE, Action::SelfActivate, Length::hours(1)) };
    assert!(tries(&lab, alice(), &Command::Request(without_reason)).is_err());
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Remove member from role in PIM completed (permanent)"]);
    assert_eq!(
        (&records[0]["result"], &records[0]["resultReason"]),
        (&json!("failure"), &json!("CannotDeleteLastAdminAssignment"))
    );
}

/// GA-5, GA-7: an eligibility that cannot end fails to, day after day.
#[tokio::test]
async fn an_eligible_last_administrator_that_cannot_expire_is_told() {
    let lab = Lab::new();
    let eligible = Ask {
        privilege: privilege(roles::GLOBAL_ADMINISTRATOR.0),
        ..ask_for(ELIGIBLE, Action::AdminAssign, Length::days(1))
    };
    asks(&lab, gina(), eligible);
    let gone = tries(&lab, Actor::SetUp, &Command::DeletePrincipal(PrincipalId(GINA)));
    assert!(gone.is_err(), "she is the last one");
    let account = lab.tenant().read(|view| view.user(PrincipalId(GINA)).cloned()).unwrap();
    assert!(account.account_enabled);
    // The only active one is an activation that ends while the eligibility should.
    let activate = Ask {
        privilege: privilege(roles::GLOBAL_ADMINISTRATOR.0),
        ..ask_for(ACTIVE, Action::SelfActivate, Length::hours(1))
    };
    asks(&lab, alice(), activate);
    let assignment = lab.tenant().read(|view| {
        let own = view.instances(ACTIVE, pim_core::By::Principal(PrincipalId(GINA)), None).next();
        own.map(|(_, schedule)| schedule.id)
    });
    does(&lab, alice(), &Command::DeleteRoleAssignment { schedule: assignment.unwrap() });
    lab.advance(Length::days(2));
    let records = told(&lab).await;
    let failures: Vec<_> = records.iter().filter(|record| record["result"] == "failure").collect();
    assert_eq!(failures.len(), 2, "the end, and a day later");
    for failure in failures {
        assert_eq!(failure["activityDisplayName"], "Remove eligible member from role in PIM completed (timebound)");
        assert_eq!(failure["resultReason"], "CannotDeleteLastAdminAssignment");
        assert_eq!(target(failure, "User")["id"], json!(ALICE));
        assert_eq!(failure["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
    }
}

/// UNC-14: with the switch every refused request is told, with the code and the rules.
#[tokio::test]
async fn refused_requests_are_told_where_the_switch_says_so() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    switch(&lab, Behaviour { audit_refused_requests: true, ..Behaviour::default() });
    let without_reason = Ask { justification: None, ..ask_for(ACTIVE, Action::SelfActivate, Length::hours(1)) };
    assert!(tries(&lab, alice(), &Command::Request(without_reason)).is_err());
    asks(&lab, alice(), ask_for(ACTIVE, Action::SelfActivate, Length::hours(1)));
    assert!(tries(&lab, alice(), &Command::Request(ask(ACTIVE, Action::SelfDeactivate))).is_err());
    let records = told(&lab).await;
    let failures: Vec<_> = (records.iter().filter(|record| record["result"] == "failure"))
        .map(|record| (record["activityDisplayName"].as_str().unwrap(), record["resultReason"].as_str().unwrap()))
        .collect();
    assert_eq!(
        failures,
        [
            ("Process request", "RoleAssignmentRequestPolicyValidationFailed: JustificationRule"),
            ("Process role removal request", "ActiveDurationTooShort"),
        ]
    );
}

/// AUD-26, LIC-7: what a licence takes away when it lapses goes by itself.
#[tokio::test]
async fn what_a_lapsed_licence_takes_away_is_told() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    asks(&lab, alice(), ask_for(ACTIVE, Action::SelfActivate, Length::hours(2)));
    does(&lab, Actor::SetUp, &Command::SetLicense(License::P1));
    let records = told(&lab).await;
    assert_eq!(
        names(&records)[2..],
        ["Remove member from role (PIM activation expired)", "Remove permanent eligible role assignment"]
    );
    assert_eq!(records[3]["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
}

/// AUD-26, ACT-16: an activation that could not begin has failed.
#[tokio::test]
async fn an_activation_that_cannot_begin_is_told_as_a_failure() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let later = lab.tenant().clock().now().plus(Length::hours(1));
    let two_hours = AskedExpiration::AfterDuration(Length::hours(2));
    asks(&lab, alice(), with_window(ask(ACTIVE, Action::SelfActivate), Some(later), two_hours));
    asks(&lab, gina(), ask_for_good(ACTIVE, Action::AdminAssign));
    lab.advance(Length::hours(3));
    let records = told(&lab).await;
    let last = records.last().unwrap();
    assert_eq!(last["activityDisplayName"], "Add member to role completed (PIM activation)");
    assert_eq!((&last["result"], &last["resultReason"]), (&json!("failure"), &json!("RoleAssignmentExists")));
    assert_eq!(records.len(), 4, "{records:?}");
}

/// Custom roles are the directory's affair, and keep their name when they are gone.
#[tokio::test]
async fn custom_roles_are_told_by_the_directory() {
    let lab = Lab::new();
    let role = RoleDefinition {
        id: RoleDefinitionId(Uuid::nil()),
        template_id: RoleDefinitionId(Uuid::nil()),
        display_name: "Printer Warden".to_owned(),
        is_built_in: false,
        ..built_in_roles()[0].clone()
    };
    let made = does(&lab, gina(), &Command::CreateRoleDefinition(role)).role.unwrap();
    does(&lab, gina(), &Command::DeleteRoleDefinition(made));
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Add role definition", "Delete role definition"]);
    for record in &records {
        assert_eq!(record["loggedByService"], "Core Directory");
        let role = target(record, "Role");
        assert_eq!((&role["displayName"], &role["id"]), (&json!("Printer Warden"), &json!(made.0)));
        assert_eq!(role["modifiedProperties"][1]["newValue"], "\"CustomRole\"");
    }
}

/// AUD-23: the directory says where a call came from beside the name of the caller, PIM among the further facts.
#[tokio::test]
async fn directory_and_pim_say_where_a_call_came_from_in_their_own_places() {
    let lab = Lab::new();
    let from = Caller { actor: gina(), address: Some([10, 0, 0, 2].into()) };
    let role = RoleDefinition {
        id: RoleDefinitionId(Uuid::nil()),
        template_id: RoleDefinitionId(Uuid::nil()),
        display_name: "Printer Warden".to_owned(),
        is_built_in: false,
        ..built_in_roles()[0].clone()
    };
    does(&lab, from, &Command::CreateRoleDefinition(role));
    let subject = PolicySubject::DirectoryRole(RoleDefinitionId(GROUPS_ADMINISTRATOR));
    let rules = vec![RuleChange::Enablement { of: Happening::EndUserAssignment, enabled_rules: Some(Vec::new()) }];
    does(&lab, from, &Command::UpdatePolicy(PolicyChange { subject, rules }));
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Add role definition", "Update role setting in PIM"]);
    let beside = |record: usize| records[record]["initiatedBy"]["user"]["ipAddress"].clone();
    assert_eq!((beside(0), beside(1)), (json!("10.0.0.2"), json!(null)));
    assert_eq!((detail(&records[0], "ipaddr"), detail(&records[1], "ipaddr")), (None, Some("10.0.0.2")));
    assert_eq!(detail(&records[1], "wids"), Some(&*roles::GLOBAL_ADMINISTRATOR.to_string()));
}

/// An application stands on its own.
#[tokio::test]
async fn an_application_is_named_as_such() {
    let lab = Lab::new();
    asks(&lab, Actor::Application { id: PrincipalId(ROBOT) }, ask_for_good(ELIGIBLE, Action::AdminAssign));
    let initiator = &told(&lab).await[0]["initiatedBy"];
    assert_eq!(initiator["user"], json!(null));
    assert_eq!(
        initiator["app"],
        json!({
            "appId": "11112222-3333-4444-8555-666677778888",
            "displayName": "robot",
            "servicePrincipalId": ROBOT,
            "servicePrincipalName": null,
        })
    );
}

/// The past goes on being told when requests are purged and people are gone.
#[tokio::test]
async fn records_outlive_what_they_are_about() {
    let lab = Lab::new();
    let quickly = Behaviour { request_retention_days: 1, ..Behaviour::default() };
    switch(&lab, quickly);
    waiting_for_approval(&lab);
    lab.advance(Length::days(2));
    let before = told(&lab).await;
    assert_eq!(before.len(), 4);
    lab.advance(Length::days(3));
    assert_eq!(told(&lab).await, before, "the request is purged");
    does(&lab, Actor::SetUp, &Command::DeletePrincipal(PrincipalId(ALICE)));
    let after = told(&lab).await;
    assert_eq!(after[..4], before[..], "alice is gone");
    assert_eq!(names(&after)[4..], ["Remove permanent eligible role assignment"]);
}

/// A lab begins with a clean log: neither what made the tenant nor what it does in its own name is told.
#[tokio::test]
async fn what_sets_a_tenant_up_is_not_told() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    assert!(told(&lab).await.is_empty());
}
