//! What whoever manages access at a scope does.

use super::{AUTHORIZATION, CONTRIBUTOR, NAME, OWNER, at, prod, properties, put, running};
use crate::arm::kit::Azure;
use axum::http::Method;
use serde_json::{Value, json};

/// REV-1.
#[tokio::test]
async fn a_review_is_put_read_replaced_and_deleted() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    let carol = azure.user("carol").await;
    let path = at(&prod, &format!("accessReviewScheduleDefinitions/{NAME}"));
    let recurrence = json!({
        "pattern": {"type": "absoluteMonthly", "interval": 6},
        "range": {"type": "numbered", "numberOfOccurrences": 2, "startDate": "2026-01-05T00:00:00Z"},
    });
    let settings = json!({"instanceDurationInDays": 7, "recurrence": recurrence});
    let body = properties(&azure, &prod, &json!({"settings": settings}));
    let made = put(&carol, &path, &json!({"properties": body})).await.expect(200).body;
    assert_eq!(made["id"], format!("{prod}/{AUTHORIZATION}/accessReviewScheduleDefinitions/{NAME}"));
    assert_eq!(
        (&made["name"], &made["type"]),
        (&json!(NAME), &json!("Microsoft.Authorization/accessReviewScheduleDefinitions"))
    );
    let read = carol.get(&path).await.expect(200).body;
    let properties = &read["properties"];
    assert_eq!(properties["status"], "InProgress");
    assert_eq!(properties["createdBy"]["principalId"], azure.id("carol"));
    assert_eq!(
        properties["scope"],
        json!({
            "resourceId": format!("{prod}/resourceGroups/web"),
            "roleDefinitionId": format!("{prod}/resourceGroups/web/{AUTHORIZATION}/roleDefinitions/{CONTRIBUTOR}"),
            "principalType": "user,group", "expandNestedMemberships": false,
        })
    );
    assert_eq!(properties["reviewersType"], "Assigned");
    assert_eq!(properties["reviewers"][0]["principalId"], azure.id("bob"));
    assert_eq!(properties["settings"]["recurrence"], recurrence);
    assert_eq!(properties["instances"], json!([]));
    // A bare body does as well; the running occurrence goes on.
    put(&carol, &path, &super::properties(&azure, &prod, &json!({"displayName": "Builders"}))).await.expect(200);
    assert_eq!(carol.get(&path).await.expect(200).body["properties"]["displayName"], "Builders");
    let list = carol.get(&at(&prod, "accessReviewScheduleDefinitions")).await.expect(200);
    assert_eq!(list.body["value"].as_array().unwrap().len(), 1);
    carol.send(Method::DELETE, &path, &[], "").await.expect(200);
    carol.send(Method::DELETE, &path, &[], "").await.expect(204);
    carol.get(&path).await.expect(404);
    carol.get(&at(&prod, "accessReviewScheduleDefinitions/not-a-guid")).await.expect(404);
}

/// REV-30, REV-31, REV-35: what was decided is applied; a person who holds the role by a group keeps it.
#[tokio::test]
async fn an_occurrence_is_stopped_and_applied() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    let carol = azure.user("carol").await;
    let owners = json!({"scope": {
        "roleDefinitionId": format!("{prod}/{AUTHORIZATION}/roleDefinitions/{OWNER}"), "principalType": "user,group",
    }, "reviewers": [{"principalId": azure.id("carol")}]});
    let (instances, name) = running(&azure, &prod, &owners).await;
    let instance = format!("{instances}/{name}");
    let act = async |action: &str| carol.post(&at(&prod, &format!("{instance}/{action}")), "{}").await;
    act("applyDecisions").await.refused(400, "BadRequest");
    for line in carol.get(&at("", &format!("{instance}/decisions"))).await.expect(200).body["value"].as_array().unwrap()
    {
        let path = at("", &format!("{instance}/decisions/{}", line["name"].as_str().unwrap()));
        super::patch(&carol, &path, &json!({"properties": {"decision": "Deny", "justification": "no"}}))
            .await
            .expect(200);
    }
    act("resetDecisions").await.expect(204);
    act("sendReminders").await.expect(204);
    carol.post(&at(&prod, &format!("{instance}/recordAllDecisions")), r#"{"decision":"Deny"}"#).await.expect(204);
    act("stop").await.expect(204);
    act("stop").await.refused(400, "BadRequest");
    act("applyDecisions").await.expect(204);
    let read = carol.get(&at(&prod, &instance)).await.expect(200);
    assert_eq!(read.body["properties"]["status"], "Applied");
    let lines = carol.get(&at(&prod, &format!("{instance}/decisions"))).await.expect(200).body;
    let results: Vec<_> =
        lines["value"].as_array().unwrap().iter().map(|it| &it["properties"]["applyResult"]).collect();
    assert_eq!(results, [&json!("ApplyNotSupported"), &json!("ApplyNotSupported")], "{lines}");
    let definition = instances.trim_end_matches("/instances");
    carol.post(&at(&prod, &format!("{definition}/stop")), "{}").await.refused(400, "BadRequest");
}

#[tokio::test]
async fn only_whoever_manages_access_manages_reviews() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    let (instances, name) = running(&azure, &prod, &json!({})).await;
    let alice = azure.user("alice").await;
    let review = instances.trim_end_matches("/instances");
    for path in ["accessReviewScheduleDefinitions", review, &instances, &format!("{instances}/{name}/decisions")] {
        alice.get(&at(&prod, path)).await.refused(403, "AuthorizationFailed");
    }
    let body = properties(&azure, &prod, &json!({}));
    let other = at(&prod, "accessReviewScheduleDefinitions/11111111-2222-4333-8444-555555555555");
    put(&alice, &other, &body).await.refused(403, "AuthorizationFailed");
    alice.post(&at(&prod, &format!("{instances}/{name}/stop")), "{}").await.refused(403, "AuthorizationFailed");
    alice.get(&at(&prod, "accessReviewScheduleSettings/default")).await.refused(403, "AuthorizationFailed");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    let carol = azure.user("carol").await;
    let path = at(&prod, &format!("accessReviewScheduleDefinitions/{NAME}"));
    let role = format!("{prod}/{AUTHORIZATION}/roleDefinitions/{CONTRIBUTOR}");
    let scope = |name: &str, value: &str| json!({"scope": {"roleDefinitionId": role, name: value}});
    for more in [
        scope("resourceId", "/subscriptions/nothing"),
        scope("principalType", "robot"),
        scope("assignmentState", "perhaps"),
        scope("inactiveDuration", "long"),
        scope("roleDefinitionId", "Contributor"),
        json!({"scope": {}}),
        json!({"reviewersType": "Everybody"}),
        json!({"reviewers": []}),
        json!({"reviewers": [{"principalId": "bob"}]}),
        json!({"settings": {"defaultDecision": "Perhaps"}}),
        json!({"settings": {"instanceDurationInDays": -1}}),
        json!({"settings": {"recommendationLookBackDuration": "long"}}),
        json!({"settings": {"recurrence": {"pattern": {"type": "daily"}}}}),
        json!({"settings": {"recurrence": {"pattern": {"type": "weekly"}, "range": {"type": "someday"}}}}),
        json!({"settings": {"recurrence": {"pattern": {"type": "weekly"}, "range": {"type": "endDate"}}}}),
    ] {
        put(&carol, &path, &properties(&azure, &prod, &more)).await.refused(400, "BadRequestFormat");
    }
    for more in [
        json!({"displayName": ""}),
        json!({"settings": {"instanceDurationInDays": 9, "recurrence": {"pattern": {"type": "weekly"}}}}),
        json!({"settings": {"recurrence": {"pattern": {"type": "absoluteMonthly", "interval": 5}}}}),
        json!({"reviewers": [{"principalId": super::super::kit::NOBODYS}]}),
    ] {
        put(&carol, &path, &properties(&azure, &prod, &more)).await.refused(400, "BadRequest");
    }
    let named = at(&prod, "accessReviewScheduleDefinitions/mine");
    put(&carol, &named, &properties(&azure, &prod, &json!({}))).await.refused(400, "BadRequestFormat");
    carol
        .get(&format!("{}&$filter=x", at(&prod, "accessReviewScheduleDefinitions")))
        .await
        .refused(400, "BadRequestFormat");
    let list = carol.get(&at(&prod, "accessReviewScheduleDefinitions")).await.expect(200);
    assert_eq!(list.body["value"], json!([]), "nothing was made");
}

/// What reviews at a scope begin with.
#[tokio::test]
async fn settings_of_a_scope_are_what_reviews_begin_with() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    let carol = azure.user("carol").await;
    let path = at(&prod, "accessReviewScheduleSettings/default");
    let before = carol.get(&path).await.expect(200).body;
    assert_eq!(before["id"], format!("{prod}/{AUTHORIZATION}/accessReviewScheduleSettings/default"));
    assert_eq!(before["properties"]["autoApplyDecisionsEnabled"], false);
    let settings = json!({"autoApplyDecisionsEnabled": true, "instanceDurationInDays": 5});
    let after = put(&carol, &path, &json!({"properties": settings})).await.expect(200).body;
    assert_eq!(after["properties"]["autoApplyDecisionsEnabled"], true);
    assert_eq!(
        put(&carol, &path, &json!({"mailNotificationsEnabled": true})).await.expect(200).body["properties"]["instanceDurationInDays"],
        5
    );
    let mut body = properties(&azure, &prod, &json!({}));
    body["settings"] = Value::Null;
    let made =
        put(&carol, &at(&prod, &format!("accessReviewScheduleDefinitions/{NAME}")), &body).await.expect(200).body;
    assert_eq!(made["properties"]["settings"]["instanceDurationInDays"], 5);
    assert_eq!(made["properties"]["settings"]["autoApplyDecisionsEnabled"], true);
}
