//! An activation waits for an approver, who decides on Azure's own routes.

use super::kit::{CONTRIBUTOR, WEB, asks, azure, name, path, request, role, rows};
use axum::http::Method;
use serde_json::{Value, json};

const APPROVALS: &str = "/providers/Microsoft.Authorization/roleAssignmentApprovals";
const VERSION: &str = "api-version=2021-01-01-preview";

/// APR-1. APR-3. APR-23.
#[tokio::test]
async fn an_approver_finds_the_request_and_grants_it() {
    let azure = azure().await;
    let (carol, owen, id) = (azure.user("carol").await, azure.user("owen").await, azure.id("carol"));
    let activate = request("SelfActivate", &id, &role(CONTRIBUTOR), "PT2H");
    let try_out = path(WEB, &format!("roleAssignmentScheduleRequests/{}/validate", name(1)));
    let tried = carol.post(&try_out, &activate.to_string()).await.expect(200);
    assert_eq!(tried.body["properties"]["status"], "PendingEvaluation");
    let answer = asks(&carol, WEB, 1, &activate).await.expect(201);
    assert_eq!(answer.body["properties"]["status"], "PendingApproval");
    assert_eq!(answer.body["properties"]["approvalId"], format!("{APPROVALS}/{}", name(1)));
    assert!(answer.body["properties"].get("targetRoleAssignmentScheduleId").is_none());
    asks(&carol, WEB, 2, &activate).await.refused(400, "PendingRoleAssignmentRequest");

    let waiting = rows(&owen, "", "roleAssignmentScheduleRequests?$filter=asApprover()").await;
    assert_eq!((waiting.len(), &waiting[0]["name"]), (1, &json!(name(1))));
    let approval = waiting[0]["properties"]["approvalId"].as_str().unwrap();
    let stages = owen.get(&format!("{approval}/stages?{VERSION}")).await.expect(200);
    let stage = &stages.body["value"][0];
    assert_eq!(stage["name"], json!(name(1)), "approval and stage have the same name");
    assert_eq!(stage["properties"]["reviewResult"], "NotReviewed");
    assert_eq!(stage["properties"]["assignedToMe"], true);
    let stage = format!("{}/?{VERSION}", stage["id"].as_str().unwrap());
    let silent = owen.send(Method::PATCH, &stage, &[], r#"{"reviewResult":"Approve"}"#).await;
    silent.refused(400, "BadRequest");
    let nested = json!({"properties": {"reviewResult": "Approve", "justification": "fine"}});
    let decided = owen.send(Method::PUT, &stage, &[], &nested.to_string()).await.expect(200);
    assert_eq!(decided.body["properties"]["reviewedBy"]["principalType"], "user");
    let one = carol.get(&path(WEB, &format!("roleAssignmentScheduleRequests/{}", name(1)))).await.expect(200);
    assert_eq!(one.body["properties"]["status"], "Provisioned");
    owen.send(Method::PUT, &stage, &[], &nested.to_string()).await.refused(409, "Conflict");
}

/// APR-26.
#[tokio::test]
async fn a_batch_decides_and_says_nothing_back() {
    let azure = azure().await;
    let (carol, owen, id) = (azure.user("carol").await, azure.user("owen").await, azure.id("carol"));
    asks(&carol, WEB, 1, &request("SelfActivate", &id, &role(CONTRIBUTOR), "PT2H")).await.expect(201);
    let stage = format!("{APPROVALS}/{0}/stages/{0}?{VERSION}", name(1));
    let batch = json!({"requests": [{
        "httpMethod": "PUT",
        "name": "first",
        "url": stage,
        "content": {"properties": {"reviewResult": "Deny", "justification": "not today"}},
        "requestHeaderDetails": {"commandName": "Microsoft_Azure_PIMCommon."},
    }]});
    let answer = owen.post("/batch?api-version=2020-06-01", &batch.to_string()).await.expect(200);
    let [only] = answer.body["responses"].as_array().unwrap().as_slice() else { panic!("{}", answer.body) };
    assert_eq!((&only["name"], &only["httpStatusCode"]), (&json!("first"), &json!(204)));
    assert_eq!(only["contentLength"], 0);
    let one = carol.get(&path(WEB, &format!("roleAssignmentScheduleRequests/{}", name(1)))).await.expect(200);
    assert_eq!(one.body["properties"]["status"], "Denied");
}

/// APR-8. APR-4. APR-30.
#[tokio::test]
async fn only_approvers_decide_and_whoever_asked_can_withdraw() {
    let azure = azure().await;
    let (carol, bob, id) = (azure.user("carol").await, azure.user("bob").await, azure.id("carol"));
    let activate = request("SelfActivate", &id, &role(CONTRIBUTOR), "PT2H");
    asks(&carol, WEB, 1, &activate).await.expect(201);
    let stage = format!("{APPROVALS}/{0}/stages/{0}?{VERSION}", name(1));
    let approve = r#"{"reviewResult":"Approve","justification":"mine"}"#;
    bob.send(Method::PATCH, &stage, &[], approve).await.refused(404, "ResourceNotFound");
    carol.send(Method::PATCH, &stage, &[], approve).await.refused(403, "AuthorizationFailed");
    let of_carol = carol.get(&format!("{APPROVALS}?{VERSION}&$filter=asCreatedBy()")).await.expect(200);
    assert_eq!(of_carol.body["value"][0]["name"], json!(name(1)));
    let none = bob.get(&format!("{APPROVALS}?{VERSION}")).await.expect(200);
    assert_eq!(none.body["value"], json!([]));
    let cancel = path(WEB, &format!("roleAssignmentScheduleRequests/{}/cancel", name(1)));
    let cancelled = carol.post(&cancel, "").await.expect(200);
    assert_eq!(cancelled.body, Value::Null);
    asks(&carol, WEB, 2, &activate).await.expect(201);
    azure.advance("P1D").await;
    let one = carol.get(&path(WEB, &format!("roleAssignmentScheduleRequests/{}", name(2)))).await.expect(200);
    assert_eq!(one.body["properties"]["status"], "TimedOut");
    let stages = carol.get(&format!("{APPROVALS}/{}/stages?{VERSION}", name(2))).await.expect(200);
    assert_eq!(stages.body["value"][0]["properties"]["status"], "Expired");
}
