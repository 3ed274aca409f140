//! What a reviewer does, who finds everything without a scope.

use super::{at, patch, prod, running};
use crate::arm::kit::Azure;
use serde_json::json;

/// REV-20, REV-22, REV-27.
#[tokio::test]
async fn a_reviewer_finds_and_decides_what_one_is_asked_about() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    let (instances, name) = running(&azure, &prod, &json!({})).await;
    let bob = azure.user("bob").await;
    let mine = bob
        .get(&format!("{}&$filter=assignedToMeToReview()", at("", "accessReviewScheduleDefinitions")))
        .await
        .expect(200);
    let [review] = mine.body["value"].as_array().unwrap().as_slice() else { panic!("{}", mine.body) };
    assert_eq!(review["properties"]["displayName"], "Contributors");
    assert!(review["id"].as_str().unwrap().starts_with("/providers/Microsoft.Authorization/"), "{review}");
    let definition = instances.trim_end_matches("/instances");
    bob.get(&at("", definition)).await.expect(200);
    let occurrences = bob.get(&at("", &instances)).await.expect(200);
    assert_eq!(occurrences.body["value"][0]["name"], name.as_str());
    let decisions = format!("{instances}/{name}/decisions");
    let lines = bob.get(&at("", &decisions)).await.expect(200);
    let [line] = lines.body["value"].as_array().unwrap().as_slice() else { panic!("{}", lines.body) };
    assert_eq!(line["properties"]["principal"]["displayName"], "Alice Archer");
    assert_eq!(line["properties"]["resource"]["displayName"], "Contributor");
    assert_eq!(line["type"], "Microsoft.Authorization/accessReviewScheduleDefinitions/instances/decisions");
    let path = at("", &format!("{decisions}/{}", line["name"].as_str().unwrap()));
    bob.get(&path).await.expect(200);
    let decided =
        patch(&bob, &path, &json!({"decision": "Deny", "justification": "She builds no more"})).await.expect(200);
    assert_eq!(decided.body["properties"]["decision"], "Deny");
    assert_eq!(decided.body["properties"]["reviewedBy"]["principalId"], azure.id("bob"));
    patch(&bob, &path, &json!({"properties": {"decision": "Perhaps"}})).await.refused(400, "BadRequestFormat");
    patch(&bob, &path, &json!({"properties": {"decision": "Approve"}})).await.expect(200);
    bob.post(&at("", &format!("{instances}/{name}/acceptRecommendations")), "{}").await.expect(204);
    let asked =
        azure.user("carol").await.get(&at(&prod, &format!("{instances}/{name}/contactedReviewers"))).await.expect(200);
    assert_eq!(asked.body["value"][0]["properties"]["userDisplayName"], "Bob Berger");
    azure.advance("P7D").await;
    patch(&bob, &path, &json!({"decision": "Deny"})).await.refused(400, "BadRequest");
}

#[tokio::test]
async fn whoever_is_not_asked_finds_nothing() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    let (instances, name) = running(&azure, &prod, &json!({})).await;
    let dave = azure.user("dave").await;
    let mine = dave.get(&at("", "accessReviewScheduleDefinitions")).await.expect(200);
    assert_eq!(mine.body["value"], json!([]));
    let definition = instances.trim_end_matches("/instances");
    for path in [definition, &instances, &format!("{instances}/{name}"), &format!("{instances}/{name}/decisions")] {
        dave.get(&at("", path)).await.refused(404, "ResourceNotFound");
    }
    // Carol manages the review, and is not asked.
    let carol = azure.user("carol").await;
    let lines = carol.get(&at(&prod, &format!("{instances}/{name}/decisions"))).await.expect(200);
    let line = lines.body["value"][0]["name"].as_str().unwrap();
    let path = at(&prod, &format!("{instances}/{name}/decisions/{line}"));
    patch(&carol, &path, &json!({"decision": "Deny"})).await.refused(403, "AuthorizationFailed");
}
