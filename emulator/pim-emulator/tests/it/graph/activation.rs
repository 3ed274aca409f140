//! The story that everything is about: eligible, active, gone.

use super::lab::{ALICE, ASSIGNMENTS, GROUPS_ADMINISTRATOR, INSTANCES, Lab, OPS, REQUESTS, activation};
use pim_core::time::Length;
use serde_json::{Value, json};

const ELIGIBILITIES: &str =
    "roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')";

/// ACT-20, ACT-21: an activation is seen everywhere at once and is gone when the clock has moved past its end.
#[tokio::test]
async fn an_activation_ends_when_the_clock_moves() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    let eligible = alice.get(ELIGIBILITIES).await.expect(200);
    assert_eq!(eligible.items().len(), 1);
    assert_eq!(eligible.items()[0]["@odata.type"], "#microsoft.graph.unifiedRoleEligibilityScheduleInstance");

    let made = alice.post(REQUESTS, activation("PT2H")).await.expect(201);
    assert_eq!(made.body["status"], "Provisioned");
    assert_eq!(made.body["targetScheduleId"], made.body["id"], "MOD-12");
    assert_eq!(
        made.body["scheduleInfo"],
        json!({
            "startDateTime": "2026-01-05T08:00:00Z",
            "recurrence": null,
            "expiration": { "type": "afterDuration", "endDateTime": null, "duration": "PT2H" },
        })
    );
    assert_eq!(made.body["createdBy"]["user"], json!({ "displayName": null, "id": ALICE }));
    let own = format!("{INSTANCES}/filterByCurrentUser(on='principal')");
    let active = alice.get(&own).await.expect(200);
    let instance = &active.items()[0];
    assert_eq!(instance["assignmentType"], "Activated");
    assert_eq!(instance["memberType"], "Direct");
    assert_eq!(instance["endDateTime"], "2026-01-05T10:00:00Z");
    assert_eq!(instance["roleAssignmentScheduleId"], made.body["id"]);
    let filter = format!("{ASSIGNMENTS}?$filter=principalId eq '{ALICE}'");
    assert_eq!(alice.get(&filter).await.expect(200).items().len(), 1);

    lab.advance(Length::hours(2));
    assert!(alice.get(&own).await.expect(200).items().is_empty());
    assert!(alice.get(&filter).await.expect(200).items().is_empty());
    let request = alice.get(&format!("{REQUESTS}/{}", made.body["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(request.body["status"], "Provisioned", "REQ-58");
    assert_eq!(alice.get(ELIGIBILITIES).await.expect(200).items().len(), 1, "MOD-7");
}

/// MOD-20: validation says what would be, errors included, and changes nothing.
#[tokio::test]
async fn validation_changes_nothing() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    let mut body = activation("PT2H");
    body["isValidationOnly"] = Value::Bool(true);
    let answer = alice.post(REQUESTS, body.clone()).await.expect(201);
    assert_eq!(
        (answer.body["isValidationOnly"].as_bool(), answer.body["status"].as_str()),
        (Some(true), Some("Granted"))
    );
    assert!(alice.get(&format!("{INSTANCES}/filterByCurrentUser(on='principal')")).await.items().is_empty());
    alice.post(REQUESTS, activation("PT2H")).await.expect(201);
    assert_eq!(alice.post(REQUESTS, body).await.expect(400).code(), "RoleAssignmentExists");
}

/// REQ-45: the rules that fail are told together, in the order of their names.
#[tokio::test]
async fn failing_rules_are_told_together() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let mut body = activation("PT9H");
    body["justification"] = json!("  ");
    let answer = lab.user(ALICE).post(REQUESTS, body).await.expect(400);
    assert_eq!(answer.code(), "RoleAssignmentRequestPolicyValidationFailed");
    assert_eq!(answer.message(), r#"The following policy rules failed: ["ExpirationRule","JustificationRule"]"#);
}

/// DEA-1, DEA-2: an activation can be ended after five minutes, and then the answer has no schedule.
#[tokio::test]
async fn a_deactivation_is_revoked_without_a_schedule() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    alice.post(REQUESTS, activation("PT2H")).await.expect(201);
    let mut body = activation("PT2H");
    body["action"] = json!("selfDeactivate");
    body.as_object_mut().unwrap().remove("justification");
    let early = alice.post(REQUESTS, body.clone()).await.expect(400);
    assert_eq!(early.code(), "ActiveDurationTooShort");
    assert_eq!(early.message(), "The Active duration is too short. Miniumum Required is 5 minutes.");
    lab.advance(Length::minutes(5));
    let done = alice.post(REQUESTS, body).await.expect(201);
    for name in ["completedDateTime", "targetScheduleId", "justification", "scheduleInfo"] {
        assert!(done.body[name].is_null(), "{name}");
    }
    assert_eq!(done.body["status"], "Revoked", "REQ-15");
}

/// ACT-24: a member activates what its group is eligible for, alone, and the instance says so.
#[tokio::test]
async fn what_is_activated_through_a_group_says_so() {
    let lab = Lab::new();
    lab.eligible(OPS, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    assert!(alice.get(ELIGIBILITIES).await.items().is_empty(), "REQ-27");
    alice.post(REQUESTS, activation("PT2H")).await.expect(201);
    let active = alice.get(&format!("{INSTANCES}/filterByCurrentUser(on='principal')")).await;
    assert_eq!(active.items()[0]["memberType"], "Group");
    assert_eq!(active.items()[0]["principalId"], json!(ALICE));
}

/// REQ-13, REQ-20, REQ-23: a future activation is granted, can be cancelled once, and takes its schedule with it.
#[tokio::test]
async fn a_future_activation_can_be_cancelled() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    let mut body = activation("PT2H");
    body["scheduleInfo"]["startDateTime"] = json!("2026-01-06T10:00:00+02:00");
    let made = alice.post(REQUESTS, body).await.expect(201);
    assert_eq!(
        (made.body["status"].as_str(), made.body["completedDateTime"].as_str()),
        (Some("Granted"), Some("2026-01-06T08:00:00Z"))
    );
    let id = made.body["id"].as_str().unwrap();
    let schedule = format!("roleManagement/directory/roleAssignmentSchedules/{id}");
    assert_eq!(alice.get(&schedule).await.expect(200).body["status"], "Granted");
    let cancel = format!("{REQUESTS}/{id}/cancel");
    let cancelled = alice.send(axum::http::Method::POST, &cancel, &[], axum::body::Body::empty()).await.expect(204);
    assert!(cancelled.headers.get("content-type").is_none());
    assert_eq!(alice.get(&format!("{REQUESTS}/{id}")).await.expect(200).body["status"], "Canceled");
    alice.get(&schedule).await.expect(404);
    let again = alice.send(axum::http::Method::POST, &cancel, &[], axum::body::Body::empty()).await.expect(400);
    assert_eq!(again.code(), "RequestCannotBeCancelled");
    assert_eq!(again.message(), "Request is not in cancellable state.");
}
