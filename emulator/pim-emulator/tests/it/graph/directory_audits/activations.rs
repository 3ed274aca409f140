//! What is activated and deactivated leaves in the log, and what every record of PIM is made of.

use super::kit::{
    ACTIVE, ELIGIBLE, alice, ask, ask_for, ask_for_good, asks, detail, does, gina, names, target, told, told_in_words,
    unscanned, waiting_for_approval, with_window,
};
use crate::graph::lab::{ALICE, GROUPS_ADMINISTRATOR, TENANT};
use pim_core::model::{Action, AskedExpiration, TicketInfo};
use pim_core::time::Length;
use pim_core::{Ask, Command};
use serde_json::json;

/// AUD-1, AUD-2, AUD-4, AUD-7, AUD-21: asked for, then done; both records belong together.
#[tokio::test]
async fn an_activation_is_requested_and_completed() {
    let lab = unscanned();
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
    let lab = unscanned();
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
    let lab = unscanned();
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

/// AUD-7: withdrawn while it waited.
#[tokio::test]
async fn a_withdrawn_activation_is_canceled() {
    let lab = unscanned();
    let request = waiting_for_approval(&lab);
    does(&lab, alice(), &Command::CancelRequest(request));
    assert_eq!(told_in_words(&lab).await[2..], ["Add member to role canceled (PIM activation)"]);
}

/// AUD-9: ended by whoever activated.
#[tokio::test]
async fn a_deactivation_is_requested_and_completed() {
    let lab = unscanned();
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
    let lab = unscanned();
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

/// AUD-26, ACT-16: an activation that could not begin has failed.
#[tokio::test]
async fn an_activation_that_cannot_begin_is_told_as_a_failure() {
    let lab = unscanned();
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
