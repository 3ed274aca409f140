//! Lines: who is asked, who decides, and what is written of it.

use super::{BOB, FORTNIGHT, REVIEWS, Running, client, lab};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, RITA};
use serde_json::{Value, json};

/// REV-20, REV-26: one line for each principal, in full.
#[tokio::test]
async fn a_line_is_written_in_full() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    let gina = client(&lab, GINA);
    let path = running.line_path(&lab, BOB).await;
    let mut line = gina.get(&path).await.expect(200).body;
    let instance = running.instance.rsplit('/').next().unwrap();
    let definition = running.definition.rsplit('/').next().unwrap();
    let named = format!("$metadata#{REVIEWS}('{definition}')/instances('{instance}')/decisions/$entity");
    assert!(line["@odata.context"].as_str().unwrap().ends_with(&named), "{line}");
    let nobody = json!({"id": "00000000-0000-0000-0000-000000000000", "displayName": "", "userPrincipalName": ""});
    let members = line.as_object_mut().unwrap();
    members.remove("@odata.context");
    members.remove("id");
    assert_eq!(
        line,
        json!({
            "accessReviewId": instance, "reviewedDateTime": null, "decision": "NotReviewed", "justification": "",
            "appliedDateTime": null, "applyResult": "New", "recommendation": "NoInfoAvailable",
            "principalLink": format!("https://graph.microsoft.com/v1.0/users/{BOB}"),
            "resourceLink": format!(
                "https://graph.microsoft.com/v1.0/roleManagement/directory/roleDefinitions/{GROUPS_ADMINISTRATOR}"
            ),
            "resource": {
                "id": GROUPS_ADMINISTRATOR, "displayName": "Groups Administrator", "type": "DirectoryRole",
            },
            "reviewedBy": nobody, "appliedBy": nobody,
            "principal": {
                "@odata.type": "#microsoft.graph.userIdentity", "id": BOB, "displayName": "bob",
                "userPrincipalName": "bob@contoso.onmicrosoft.com",
            },
        })
    );
    let beta = client(&lab, GINA).beta().get(&format!("{path}?$expand=instance($expand=definition)")).await.expect(200);
    assert_eq!(beta.body["target"]["userId"], BOB.to_string());
    assert_eq!(beta.body["instance"]["definition"]["displayName"], "Groups Administrators", "{}", beta.body);
    gina.get(&format!("{path}?$expand=instance")).await.expect(400);
    assert_eq!(gina.get(&format!("{path}?$expand=insights")).await.expect(200).body["insights"], json!([]));
}

/// REV-21, REV-22, REV-23: only reviewers decide, with a reason where one is demanded, and as often as they like until the end.
#[tokio::test]
async fn only_a_reviewer_decides_and_until_the_end() {
    let lab = lab();
    let running = Running::start(&lab, json!({"settings": {"justificationRequiredOnApproval": true}})).await;
    for by in [GINA, ALICE] {
        let refused = running.decide(&lab, by, BOB, "Deny").await.expect(403);
        assert_eq!(refused.code(), "UnauthorizedAccessException");
    }
    let rita = client(&lab, RITA);
    let path = running.line_path(&lab, BOB).await;
    for body in
        [json!({"decision": "Approve"}), json!({"decision": "Maybe"}), json!({}), json!({"decision": "NotReviewed"})]
    {
        let refused = rita.patch(&path, body.clone()).await.expect(400);
        assert_eq!(refused.code(), "BadRequest", "{body}");
    }
    rita.patch(&path, json!({"decision": "deny"})).await.expect(204);
    rita.patch(&path, json!({"decision": "Approve", "justification": "on the team"})).await.expect(204);
    let line = running.line(&lab, BOB).await;
    assert_eq!((&line["decision"], &line["justification"]), (&json!("Approve"), &json!("on the team")));
    assert_eq!(
        (&line["reviewedBy"]["displayName"], &line["reviewedDateTime"]),
        (&json!("rita"), &json!("2026-01-05T08:00:00Z"))
    );
    let robot = lab.application_with(&["AccessReview.ReadWrite.All"]);
    robot.patch(&path, json!({"decision": "Deny"})).await.expect(403);
    lab.advance(FORTNIGHT);
    let late = rita.patch(&path, json!({"decision": "Deny"})).await.expect(400);
    assert!(late.message().contains("'Completed'"), "{}", late.message());
    rita.patch(&format!("{}/decisions/{GINA}", running.instance), json!({"decision": "Deny"})).await.expect(404);
}

/// REV-27: several at once, and never those of somebody else.
#[tokio::test]
async fn several_lines_are_decided_at_once() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    let rita = client(&lab, RITA);
    let path = format!("{}/batchRecordDecisions", running.instance);
    client(&lab, GINA).post(&path, json!({"decision": "Deny"})).await.expect(403);
    rita.post(&path, json!({"justification": "x"})).await.expect(400);
    rita.post(&path, json!({"decision": "Deny", "principalId": "x"})).await.expect(400);
    rita.post(&path, json!({"decision": "Deny", "principalId": BOB, "resourceId": GROUPS_ADMINISTRATOR}))
        .await
        .expect(204);
    assert_eq!(running.line(&lab, ALICE).await["decision"], "NotReviewed");
    assert_eq!(running.line(&lab, BOB).await["decision"], "Deny");
    rita.post(&path, json!({"decision": "Approve", "resourceId": RITA})).await.expect(204);
    assert_eq!(running.line(&lab, BOB).await["decision"], "Deny", "it is about something else");
    rita.post(&path, json!({"decision": "DontKnow"})).await.expect(204);
    let lines = running.lines(&lab).await;
    assert!(lines.iter().all(|line| line["decision"] == "DontKnow"), "{lines:?}");
    running.act(&lab, GINA, "acceptRecommendations").await.expect(403);
    running.act(&lab, RITA, "acceptRecommendations").await.expect(204);
}

/// REV-9: everybody about oneself, where nobody else is named.
#[tokio::test]
async fn people_review_themselves_where_nobody_else_is_named() {
    let lab = lab();
    let running = Running::start(&lab, json!({"reviewers": []})).await;
    let alice = client(&lab, ALICE);
    let mine = |path: String| {
        let alice = client(&lab, ALICE);
        async move { alice.get(&format!("{path}/filterByCurrentUser(on='reviewer')")).await.expect(200).body }
    };
    let definitions = mine(REVIEWS.to_owned()).await;
    assert_eq!(definitions["value"][0]["@odata.type"], "#microsoft.graph.accessReviewScheduleDefinition");
    let context = definitions["@odata.context"].as_str().unwrap();
    assert!(context.ends_with("$metadata#Collection(accessReviewScheduleDefinition)"), "{context}");
    let instances = mine(format!("{}/instances", running.definition)).await;
    assert_eq!(instances["value"][0]["@odata.type"], "#microsoft.graph.accessReviewInstance");
    let lines = mine(format!("{}/decisions", running.instance)).await;
    let [line] = lines["value"].as_array().unwrap().as_slice() else { panic!("{lines}") };
    assert_eq!((&line["principal"]["id"], &lines["@odata.count"]), (&json!(ALICE), &json!(1)));
    assert_eq!(line["@odata.type"], "#microsoft.graph.accessReviewInstanceDecisionItem");
    let path = format!("{}/decisions/{}", running.instance, line["id"].as_str().unwrap());
    alice.get(&path).await.expect(200);
    alice.patch(&path, json!({"decision": "Deny"})).await.expect(204);
    // What is somebody else's, and everybody's, is not hers to see.
    alice.get(&running.line_path(&lab, BOB).await).await.expect(403);
    alice.get(&format!("{}/decisions", running.instance)).await.expect(403);
    assert_eq!(running.decide(&lab, ALICE, BOB, "Deny").await.status, 403);
    let all = "identityGovernance/accessReviews/decisions/filterByCurrentUser(on='reviewer')";
    let everywhere =
        client(&lab, ALICE).beta().get(&format!("{all}?$expand=instance($expand=definition)")).await.expect(200);
    assert_eq!(everywhere.items()[0]["instance"]["definition"]["id"], definitions["value"][0]["id"]);
    alice.get(all).await.expect(400);
    alice.get(&format!("{REVIEWS}/filterByCurrentUser(on='principal')")).await.expect(400);
}

/// Lines are filtered and sorted by what the service documents.
#[tokio::test]
async fn lines_are_filtered_and_sorted() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    running.decide(&lab, RITA, BOB, "Deny").await.expect(204);
    let gina = client(&lab, GINA);
    let names = async |query: &str| -> Vec<Value> {
        let answer = gina.get(&format!("{}/decisions?{query}", running.instance)).await.expect(200);
        answer.items().iter().map(|line| line["principal"]["displayName"].clone()).collect()
    };
    assert_eq!(names("$filter=decision eq 'Deny'").await, ["bob"]);
    assert_eq!(names("$filter=decision eq 'NotReviewed' and applyResult eq 'New'").await, ["alice"]);
    assert_eq!(names("$filter=recommendation eq 'Approve'").await, Vec::<Value>::new());
    assert_eq!(names("$orderby=decision").await, ["bob", "alice"]);
    assert_eq!(names("$orderby=decision desc&$top=1").await, ["alice"]);
}
