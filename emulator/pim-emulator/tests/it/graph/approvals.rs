//! Deciding on activations: by an approver through Graph beta, and what the requestor sees meanwhile.

use super::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, INSTANCES, Lab, OPS, REQUESTS, RITA, activation};
use pim_core::time::Length;
use serde_json::{Value, json};
use uuid::Uuid;

const APPROVALS: &str = "roleManagement/directory/roleAssignmentApprovals";

/// A tenant in which activations of Groups Administrator wait for these approvers, and alice is eligible.
fn lab(approvers: &[Uuid]) -> Lab {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.approval_by(GROUPS_ADMINISTRATOR, approvers);
    lab
}

/// Asks for an activation; answers the id of the request.
async fn asked(lab: &Lab) -> String {
    let made = lab.user(ALICE).post(REQUESTS, activation("PT2H")).await.expect(201);
    made.body["id"].as_str().unwrap().to_owned()
}

fn step(id: &str) -> String {
    format!("{APPROVALS}/{id}/steps/{id}")
}

fn approve(reason: &str) -> Value {
    json!({ "reviewResult": "Approve", "justification": reason })
}

/// REQ-14, APR-21, APR-22, APR-23, APR-26: the way of a request from asking to having.
#[tokio::test]
async fn an_approver_finds_the_request_and_approves_it() {
    let lab = lab(&[RITA]);
    let made = lab.user(ALICE).post(REQUESTS, activation("PT2H")).await.expect(201);
    assert_eq!(made.body["status"], "PendingApproval");
    assert_eq!(made.body["approvalId"], made.body["id"]);
    assert_eq!(made.body["scheduleInfo"]["startDateTime"], Value::Null, "REQ-14");
    assert_eq!(made.body["completedDateTime"], Value::Null);
    let id = made.body["id"].as_str().unwrap();
    assert!(lab.user(ALICE).get(&format!("{INSTANCES}/filterByCurrentUser(on='principal')")).await.items().is_empty());

    let rita = lab.user(RITA).beta();
    let queue = format!("{REQUESTS}/filterByCurrentUser(on='approver')?$filter=status eq 'PendingApproval'");
    let found = lab.user(RITA).get(&queue).await.expect(200);
    assert_eq!(found.items()[0]["id"], *id);
    let mine = rita.get(&format!("{APPROVALS}/filterByCurrentUser(on='approver')")).await.expect(200);
    assert_eq!(mine.items()[0]["steps"][0]["assignedToMe"], true);
    assert_eq!(mine.items()[0]["@odata.type"], "#microsoft.graph.approval");
    let approval = rita.get(&format!("{APPROVALS}/{id}?$expand=steps")).await.expect(200);
    assert_eq!(
        approval.body,
        json!({
            "@odata.context": format!("http://localhost:8443/beta/$metadata#{APPROVALS}/$entity"),
            "id": id,
            "steps": [{
                "id": id, "displayName": null, "reviewedDateTime": null, "reviewResult": "NotReviewed",
                "status": "InProgress", "assignedToMe": true, "justification": "", "reviewedBy": null,
            }],
        })
    );

    lab.advance(Length::hours(1));
    rita.patch(&step(id), approve("on call")).await.expect(204);
    let after = lab.user(ALICE).get(&format!("{REQUESTS}/{id}")).await.expect(200);
    assert_eq!(after.body["status"], "Provisioned");
    assert_eq!(after.body["scheduleInfo"]["startDateTime"], "2026-01-05T09:00:00Z", "APR-27");
    let instances = lab.user(ALICE).get(&format!("{INSTANCES}/filterByCurrentUser(on='principal')")).await;
    assert_eq!(instances.items()[0]["endDateTime"], "2026-01-05T11:00:00Z", "the duration is kept");
    let step = rita.get(&step(id)).await.expect(200);
    assert_eq!(step.body["status"], "Completed");
    assert_eq!(step.body["reviewResult"], "Approve");
    assert_eq!(step.body["justification"], "on call");
    assert_eq!(step.body["reviewedBy"], json!({ "id": RITA, "displayName": "rita" }));
    assert_eq!(step.body["reviewedDateTime"], "2026-01-05T09:00:00Z");
    assert_eq!(step.body["assignedToMe"], true);
    assert!(lab.user(RITA).get(&queue).await.items().is_empty());
}

/// APR-26: a denied request is over.
#[tokio::test]
async fn an_approver_denies() {
    let lab = lab(&[RITA]);
    let id = asked(&lab).await;
    let body = json!({ "reviewResult": "Denied", "justification": "not today" });
    lab.user(RITA).beta().patch(&step(&id).replace("steps", "stages"), body).await.expect(204);
    let after = lab.user(ALICE).get(&format!("{REQUESTS}/{id}")).await.expect(200);
    assert_eq!((after.body["status"].as_str(), after.body["targetScheduleId"].as_str()), (Some("Denied"), None));
    assert_eq!(after.body["completedDateTime"], "2026-01-05T08:00:00Z");
    lab.user(ALICE).post(REQUESTS, activation("PT2H")).await.expect(201);
}

/// ASG-7: while one waits there is no second.
#[tokio::test]
async fn a_request_that_waits_blocks_a_second_one() {
    let lab = lab(&[RITA]);
    let id = asked(&lab).await;
    let second = lab.user(ALICE).post(REQUESTS, activation("PT2H")).await.expect(400);
    assert_eq!(second.code(), "PendingRoleAssignmentRequest");
    lab.user(ALICE).post(&format!("{REQUESTS}/{id}/cancel"), json!({})).await.expect(204);
    let late = lab.user(RITA).beta().patch(&step(&id), approve("fine")).await.expect(409);
    assert_eq!(late.code(), "Conflict");
    asked(&lab).await;
}

/// APR-8, APR-24, APR-25, APR-31: who may not decide, and what is not there.
#[tokio::test]
async fn only_an_approver_other_than_the_requestor_decides() {
    let lab = lab(&[ALICE, OPS, RITA]);
    let id = asked(&lab).await;
    for somebody in [ALICE, GINA] {
        let refused = lab.user(somebody).beta().patch(&step(&id), approve("fine")).await.expect(403);
        assert_eq!(refused.code(), "UnauthorizedAccessException");
    }
    let robot = lab.application().beta().patch(&step(&id), approve("fine")).await.expect(403);
    assert!(robot.message().contains("PermissionScopeNotGranted"), "{}", robot.message());
    assert!(robot.message().contains("permission scope RoleAssignmentSchedule.ReadWrite.Directory."));
    let rita = lab.user(RITA).beta();
    let nowhere = Uuid::from_u128(9);
    rita.patch(&format!("{APPROVALS}/{nowhere}/steps/{nowhere}"), approve("fine")).await.expect(404);
    let nonsense = serde_json::json!({"reviewResult": "Perhaps"});
    rita.patch(&format!("{APPROVALS}/{nowhere}/steps/{nowhere}"), nonsense).await.expect(404);
    rita.patch(&format!("{APPROVALS}/{id}/steps/{nowhere}"), approve("fine")).await.expect(404);
    rita.patch(&step(&id), approve("fine")).await.expect(204);
    rita.patch(&step(&id), approve("again")).await.expect(409);
}

/// APR-10: a decision needs a reason, and a word that is one.
#[tokio::test]
async fn a_decision_without_a_reason_or_of_no_sense_changes_nothing() {
    let lab = lab(&[RITA]);
    let id = asked(&lab).await;
    let rita = lab.user(RITA).beta();
    for (body, code) in [
        (json!({ "reviewResult": "Approve" }), "BadRequest"),
        (json!({ "reviewResult": "Approve", "justification": "  " }), "BadRequest"),
        (json!({ "reviewResult": "Perhaps", "justification": "hm" }), "BadRequest"),
        (json!({ "justification": "hm" }), "BadRequest"),
    ] {
        assert_eq!(rita.patch(&step(&id), body).await.expect(400).code(), code);
    }
    let status = lab.user(ALICE).get(&format!("{REQUESTS}/{id}")).await;
    assert_eq!(status.body["status"], "PendingApproval");
    lab.user(RITA).patch(&step(&id), approve("v1.0 has no approvals of roles")).await.expect(400);
}

/// APR-4, APR-7: silence grants nothing.
#[tokio::test]
async fn a_request_that_nobody_decides_times_out() {
    let lab = lab(&[RITA]);
    let id = asked(&lab).await;
    lab.advance(Length::hours(24));
    let after = lab.user(ALICE).get(&format!("{REQUESTS}/{id}")).await.expect(200);
    assert_eq!(after.body["status"], "TimedOut");
    let rita = lab.user(RITA).beta();
    assert_eq!(rita.get(&step(&id)).await.expect(200).body["status"], "Expired");
    rita.patch(&step(&id), approve("late")).await.expect(409);
}

/// APR-14: where nobody is named, Global Administrators and Privileged Role Administrators decide.
#[tokio::test]
async fn administrators_decide_where_nobody_is_named() {
    let lab = lab(&[]);
    let id = asked(&lab).await;
    let path = format!("{REQUESTS}/filterByCurrentUser(on='approver')");
    assert_eq!(lab.user(GINA).get(&path).await.items().len(), 1);
    assert!(lab.user(RITA).get(&path).await.items().is_empty());
    assert!(lab.user(ALICE).get(&path).await.items().is_empty(), "APR-8");
    lab.user(GINA).beta().patch(&step(&id), approve("fine")).await.expect(204);
}

/// AUT-4: an approval is shown to whom it concerns.
#[tokio::test]
async fn an_approval_is_shown_to_its_approvers_its_requestor_and_readers() {
    let lab = lab(&[OPS]);
    let id = asked(&lab).await;
    for somebody in [ALICE, GINA, RITA] {
        let seen = lab.user(somebody).beta().get(&format!("{APPROVALS}/{id}")).await.expect(200);
        assert_eq!(seen.body["steps"][0]["assignedToMe"], false, "{somebody}");
    }
    lab.user(RITA).beta().get(APPROVALS).await.expect(200);
    lab.user(ALICE).beta().get(APPROVALS).await.expect(403);
}
