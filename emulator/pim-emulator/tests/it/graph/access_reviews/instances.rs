//! Occurrences: what is done with one, when, and by whom.

use super::{BOB, FORTNIGHT, NOBODY, REVIEWS, Running, client, eligible, lab, licensed, review};
use crate::graph::lab::{ALICE, GINA, OPS, RITA, user};
use pim_core::model::{License, UserType};
use pim_core::time::Length;
use pim_core::{Command, PrincipalId};
use serde_json::{Value, json};

/// REV-12, REV-13: an instance has its people from the beginning.
#[tokio::test]
async fn an_instance_is_read_with_its_people() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    let gina = client(&lab, GINA);
    let instance = gina.get(&running.instance).await.expect(200).body;
    let definition = running.definition.strip_prefix(&format!("{REVIEWS}/")).unwrap();
    let named = format!("$metadata#{REVIEWS}('{definition}')/instances/$entity");
    assert!(instance["@odata.context"].as_str().unwrap().ends_with(&named), "{instance}");
    assert_eq!(instance["startDateTime"], "2026-01-05T08:00:00Z");
    assert_eq!(instance["endDateTime"], "2026-01-19T08:00:00Z");
    assert_eq!(instance["status"], "InProgress");
    assert_eq!(instance["scope"]["@odata.type"], "#microsoft.graph.accessReviewQueryScope");
    assert_eq!(instance["reviewers"][0]["query"], format!("/users/{RITA}"));
    assert_eq!(running.lines(&lab).await.len(), 2);
    let asked = gina.get(&format!("{}/contactedReviewers", running.instance)).await.expect(200);
    assert_eq!(
        asked.items(),
        [json!({
            "id": RITA, "createdDateTime": "2026-01-05T08:00:00Z", "displayName": "rita",
            "userPrincipalName": "rita@contoso.onmicrosoft.com",
        })]
    );
    let path = format!("{}/instances?$expand=contactedReviewers,decisions($select=id)", running.definition);
    let list = gina.get(&path).await.expect(200);
    assert_eq!(list.body["@odata.count"], 1);
    assert_eq!(list.items()[0]["decisions"].as_array().unwrap().len(), 2, "{}", list.body);
    assert_eq!(list.items()[0]["contactedReviewers"][0]["id"], RITA.to_string());
    assert_eq!(gina.get(&format!("{}/stages", running.instance)).await.expect(200).items().len(), 0);
    // An instance of another review is not there.
    let other = Running::start(&lab, json!({})).await;
    let foreign = running.instance.rsplit('/').next().unwrap();
    gina.get(&format!("{}/instances/{foreign}", other.definition)).await.expect(404);
}

/// REV-31, REV-33: without auto-apply somebody has to ask for it, once the instance is completed.
#[tokio::test]
async fn decisions_are_applied_when_somebody_asks() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    running.decide(&lab, RITA, BOB, "Deny").await.expect(204);
    let early = running.act(&lab, GINA, "applyDecisions").await.expect(400);
    assert!(early.message().contains("'InProgress'"), "{}", early.message());
    lab.advance(FORTNIGHT);
    assert_eq!(running.status(&lab).await, "Completed");
    assert_eq!(eligible(&lab).await.len(), 2);
    running.act(&lab, RITA, "applyDecisions").await.expect(403);
    running.act(&lab, GINA, "applyDecisions").await.expect(204);
    assert_eq!(running.status(&lab).await, "Applied");
    assert_eq!(eligible(&lab).await, [ALICE.to_string()]);
    let line = running.line(&lab, BOB).await;
    assert_eq!((&line["applyResult"], &line["appliedBy"]["id"]), (&json!("AppliedSuccessfully"), &json!(GINA)));
    assert_eq!(line["appliedDateTime"], "2026-01-19T08:00:00Z");
    running.act(&lab, GINA, "applyDecisions").await.expect(400);
}

/// REV-31, REV-32: with auto-apply the silent are given the default.
#[tokio::test]
async fn silence_means_what_the_review_says_it_means() {
    let lab = lab();
    let settings =
        json!({"autoApplyDecisionsEnabled": true, "defaultDecisionEnabled": true, "defaultDecision": "Deny"});
    let running = Running::start(&lab, json!({"settings": settings})).await;
    running.decide(&lab, RITA, ALICE, "Approve").await.expect(204);
    lab.advance(FORTNIGHT);
    assert_eq!(running.status(&lab).await, "Applied");
    assert_eq!(eligible(&lab).await, [ALICE.to_string()]);
    let line = running.line(&lab, BOB).await;
    assert_eq!((&line["decision"], &line["applyResult"]), (&json!("Deny"), &json!("AppliedSuccessfully")));
    let nobody = json!("00000000-0000-0000-0000-000000000000");
    assert_eq!((&line["reviewedBy"]["id"], &line["appliedBy"]["id"]), (&nobody, &nobody));
}

/// REV-30, REV-39: what is stopped is over, and what is reset is open again.
#[tokio::test]
async fn an_instance_is_reset_reminded_and_stopped() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    running.decide(&lab, RITA, BOB, "Deny").await.expect(204);
    for action in ["resetDecisions", "sendReminder", "stop"] {
        running.act(&lab, RITA, action).await.expect(403);
    }
    running.act(&lab, GINA, "resetDecisions").await.expect(204);
    let line = running.line(&lab, BOB).await;
    assert_eq!((&line["decision"], &line["justification"]), (&json!("NotReviewed"), &json!("")));
    assert_eq!(line["reviewedDateTime"], Value::Null);
    running.act(&lab, GINA, "sendReminder").await.expect(204);
    running.act(&lab, GINA, "stop").await.expect(204);
    assert_eq!(running.status(&lab).await, "Completed");
    for action in ["resetDecisions", "sendReminder", "stop"] {
        assert_eq!(running.act(&lab, GINA, action).await.expect(400).code(), "BadRequest", "{action}");
    }
    running.act(&lab, GINA, "dance").await.expect(400);
}

/// Others are asked from now on; a list that is not given stays.
#[tokio::test]
async fn reviewers_of_an_instance_are_changed() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    let gina = client(&lab, GINA);
    let alice = json!({"reviewers": [{"query": format!("/users/{ALICE}"), "queryType": "MicrosoftGraph"}]});
    client(&lab, RITA).patch(&running.instance, alice.clone()).await.expect(403);
    gina.patch(&running.instance, alice).await.expect(204);
    let read = gina.get(&running.instance).await.expect(200).body;
    assert_eq!(read["reviewers"][0]["query"], format!("/users/{ALICE}"));
    assert_eq!(read["fallbackReviewers"], json!([]));
    running.decide(&lab, RITA, BOB, "Deny").await.expect(403);
    running.decide(&lab, ALICE, BOB, "Deny").await.expect(204);
    gina.patch(&running.instance, json!({"reviewers": [{"query": "/nobody"}]})).await.expect(400);
    let nobody = json!({"reviewers": [{"query": format!("/users/{NOBODY}")}]});
    gina.patch(&running.instance, nobody).await.expect(400);
}

/// REV-14: of a group, and each stage with its own lines.
#[tokio::test]
async fn a_group_is_reviewed_in_stages() {
    let lab = lab();
    let group = make_group(&lab).await;
    let by = |id| json!([{"query": format!("/users/{id}"), "queryType": "MicrosoftGraph"}]);
    let body = json!({
        "scope": {"query": format!("/groups/{group}/transitiveMembers/microsoft.graph.user")},
        "stageSettings": [
            {"stageId": "1", "durationInDays": 3, "reviewers": by(RITA), "recommendationsEnabled": false,
             "decisionsThatWillMoveToNextStage": ["NotReviewed", "Approve"]},
            {"stageId": "2", "dependsOn": ["1"], "durationInDays": 4, "reviewers": by(GINA)},
        ],
    });
    let running = Running::start(&lab, body).await;
    let gina = client(&lab, GINA);
    let definition = gina.get(&running.definition).await.expect(200).body;
    assert_eq!(definition["settings"]["instanceDurationInDays"], 7);
    assert_eq!(definition["stageSettings"][1]["dependsOn"], json!(["1"]));
    let stages = format!("{}/stages", running.instance);
    let first = gina.get(&stages).await.expect(200);
    assert_eq!((first.items().len(), &first.items()[0]["status"]), (1, &json!("InProgress")));
    let stage = format!("{stages}/{}", first.items()[0]["id"].as_str().unwrap());
    gina.get(&stage).await.expect(200);
    gina.get(&format!("{stages}/{NOBODY}")).await.expect(404);
    let rita = client(&lab, RITA);
    let mine = rita.get(&format!("{stage}/decisions/filterByCurrentUser(on='reviewer')")).await.expect(200);
    assert_eq!(mine.items().len(), 2, "{}", mine.body);
    let line = format!("{stage}/decisions/{}", mine.items()[0]["id"].as_str().unwrap());
    rita.get(&line).await.expect(200);
    rita.patch(&line, json!({"decision": "Deny"})).await.expect(204);
    let lines = gina.get(&format!("{stage}/decisions?$filter=decision eq 'Deny'")).await.expect(200);
    assert_eq!(lines.items().len(), 1);
    rita.post(&format!("{stage}/stop"), json!({})).await.expect(403);
    gina.post(&format!("{stage}/stop"), json!({})).await.expect(204);
    let both = gina.get(&format!("{stages}?$expand=decisions")).await.expect(200);
    assert_eq!(both.items().len(), 2, "{}", both.body);
    assert_eq!(both.items()[1]["decisions"].as_array().unwrap().len(), 1, "the denied is settled");
    gina.post(&format!("{stage}/stop"), json!({})).await.expect(400);
    lab.advance(Length::days(7));
    assert_eq!(running.status(&lab).await, "Completed");
}

async fn make_group(lab: &crate::graph::lab::Lab) -> String {
    let gina = lab.with_scopes(GINA, crate::graph::lab::WRITE);
    let group = json!({
        "displayName": "Desk", "mailNickname": "desk", "mailEnabled": false, "securityEnabled": true,
        "members@odata.bind": [
            format!("https://graph.microsoft.com/v1.0/users/{ALICE}"),
            format!("https://graph.microsoft.com/v1.0/users/{BOB}"),
        ],
    });
    gina.post("groups", group).await.expect(201).body["id"].as_str().unwrap().to_owned()
}

/// One instance for each group with guests, and each with the scope of its own group.
#[tokio::test]
async fn every_group_with_guests_has_an_instance() {
    let lab = lab();
    let guest = uuid::Uuid::from_u128(0x77);
    let made = lab.tenant().clock().now();
    lab.set_up(&Command::CreateUser(pim_core::model::User {
        user_type: UserType::Guest,
        ..user(guest, "guest", made)
    }));
    let gina = lab.with_scopes(GINA, crate::graph::lab::WRITE);
    let mut groups = Vec::new();
    for name in ["one", "two", "none"] {
        let body = json!({
            "displayName": name, "mailNickname": name, "mailEnabled": true, "securityEnabled": false,
            "groupTypes": ["Unified"],
        });
        let id = gina.post("groups", body).await.expect(201).body["id"].as_str().unwrap().to_owned();
        if name != "none" {
            lab.set_up(&Command::AddMember { group: PrincipalId(id.parse().unwrap()), member: PrincipalId(guest) });
            groups.push(id);
        }
    }
    let body = json!({
        "instanceEnumerationScope": {"query": "/groups?$filter=(groupTypes/any(c:c+eq+'Unified'))", "queryType": "MicrosoftGraph"},
        "scope": {
            "query": "./members/microsoft.graph.user/?$count=true&$filter=(userType eq 'Guest')",
            "queryType": "MicrosoftGraph",
        },
    });
    let gina = client(&lab, GINA);
    let made = gina.post(REVIEWS, review(body)).await.expect(201);
    assert_eq!(made.body["instanceEnumerationScope"]["@odata.type"], "#microsoft.graph.accessReviewQueryScope");
    let path = format!("{REVIEWS}/{}/instances", made.body["id"].as_str().unwrap());
    let instances = gina.get(&path).await.expect(200);
    assert_eq!(instances.items().len(), 2, "{}", instances.body);
    for group in groups {
        let query = format!("/v1.0/groups/{group}/members/microsoft.graph.user/?$filter=(userType eq 'Guest')");
        assert!(instances.items().iter().any(|it| it["scope"]["query"] == query.as_str()), "{}", instances.body);
    }
}

/// REV-10, LIC-11: a group that PIM manages takes more than P2, and its owners somebody to fall back to.
#[tokio::test]
async fn owners_of_a_managed_group_need_somebody_to_fall_back_to() {
    let lab = licensed(License::Governance);
    let eligible = json!({
        "action": "adminAssign", "principalId": BOB, "groupId": OPS, "accessId": "member", "justification": "desk",
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "P30D"}},
    });
    lab.with_scopes(GINA, "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup")
        .post("identityGovernance/privilegedAccess/group/eligibilityScheduleRequests", eligible)
        .await
        .expect(201);
    let body = |fallback: Value| {
        review(json!({
            "scope": {"query": format!("/groups/{OPS}/transitiveMembers/microsoft.graph.user")},
            "reviewers": [{"query": format!("/groups/{OPS}/owners"), "queryType": "MicrosoftGraph"}],
            "fallbackReviewers": fallback,
        }))
    };
    let gina = client(&lab, GINA);
    gina.post(REVIEWS, body(json!([]))).await.expect(400);
    let made = gina.post(REVIEWS, body(json!([{"query": format!("/users/{RITA}")}]))).await.expect(201);
    assert_eq!(made.body["backupReviewers"], made.body["fallbackReviewers"]);
    let mine = client(&lab, RITA).get(&format!("{REVIEWS}/filterByCurrentUser(on='reviewer')")).await.expect(200);
    assert_eq!(mine.items().len(), 1, "there is no active owner: {}", mine.body);
}
