//! Approvals of activations: stages in v1.0, steps in beta, both names in both.

use super::super::lab::{ALICE, Lab, RITA};
use super::{ASSIGN, BOB, DESK, GROUP, OLGA, ask, client, entitled, id_of, lab, members};
use pim_core::model::{ApprovalChange, Approver, GroupAccess, PolicyChange, PolicySubject, RuleChange};
use pim_core::{Command, PrincipalId};
use serde_json::json;

/// A desk whose activations bob decides on, and the request of alice that waits for him.
async fn waiting() -> (Lab, String) {
    let lab = lab();
    entitled(&lab).await;
    let change = ApprovalChange {
        is_approval_required: Some(true),
        primary_approvers: Some(vec![Approver { id: PrincipalId(BOB), description: None }]),
        ..ApprovalChange::default()
    };
    lab.set_up(&Command::UpdatePolicy(PolicyChange {
        subject: PolicySubject::Group(PrincipalId(DESK), GroupAccess::Member),
        rules: vec![RuleChange::Approval(change)],
    }));
    let made = client(&lab, ALICE).post(ASSIGN, ask("selfActivate", &json!({}))).await.expect(201);
    assert_eq!(made.body["status"], "PendingApproval");
    assert_eq!(made.body["approvalId"], made.body["id"]);
    assert_eq!(made.body["targetScheduleId"], json!(null));
    let id = id_of(&made.body);
    (lab, id)
}

/// APR-21, APR-22, REQ-14: an approver finds it under either name, and yes makes a member.
#[tokio::test]
async fn an_approver_finds_the_approval_and_decides() {
    let (lab, id) = waiting().await;
    let bob = client(&lab, BOB);
    let asked_of_me = format!("{ASSIGN}/filterByCurrentUser(on='approver')?$filter=status eq 'PendingApproval'");
    assert_eq!(id_of(&bob.get(&asked_of_me).await.expect(200).items()[0]), id);
    let mine = bob.get(&format!("{GROUP}/assignmentApprovals/filterByCurrentUser(on='approver')")).await.expect(200);
    let [found] = mine.items() else { panic!("one approval: {mine:?}") };
    assert_eq!(found["@odata.type"], "#microsoft.graph.approval");
    assert_eq!(found["stages"][0]["assignedToMe"], true);
    assert!(found.get("steps").is_none(), "v1.0 has stages");
    let path = format!("{GROUP}/assignmentApprovals/{id}");
    let beta = client(&lab, BOB).beta().get(&path).await.expect(200);
    assert_eq!(beta.body["steps"][0]["reviewResult"], "NotReviewed");
    for (client, name) in [(client(&lab, BOB), "steps"), (client(&lab, BOB).beta(), "stages")] {
        let stage = client.get(&format!("{path}/{name}/{id}")).await.expect(200);
        assert_eq!(stage.body["status"], "InProgress");
        assert_eq!(client.get(&format!("{path}/{name}")).await.expect(200).items().len(), 1);
    }
    let yes = json!({ "reviewResult": "Approve", "justification": "on call" });
    client(&lab, OLGA).patch(&format!("{path}/stages/{id}"), yes.clone()).await.expect(403);
    bob.patch(&format!("{path}/stages/{BOB}"), yes.clone()).await.expect(404);
    bob.patch(&format!("{path}/stages/{id}"), yes.clone()).await.expect(204);
    assert!(members(&lab, DESK).await.contains(&ALICE.to_string()));
    assert_eq!(bob.patch(&format!("{path}/steps/{id}"), yes).await.expect(409).code(), "Conflict");
    let read = bob.get(&format!("{ASSIGN}/{id}")).await.expect(200);
    assert_eq!(read.body["status"], "Provisioned");
    assert_eq!(read.body["targetScheduleId"], format!("{DESK}_member_{id}"));
    assert_eq!(bob.get(&path).await.expect(200).body["stages"][0]["reviewedBy"]["displayName"], "bob");
}

/// APR-26: no leaves everything as it is.
#[tokio::test]
async fn a_denied_activation_makes_no_member() {
    let (lab, id) = waiting().await;
    let no = json!({ "reviewResult": "Denied", "justification": "not now" });
    let step = format!("{GROUP}/assignmentApprovals/{id}/steps/{id}");
    client(&lab, BOB).beta().patch(&step, no).await.expect(204);
    assert_eq!(client(&lab, ALICE).get(&format!("{ASSIGN}/{id}")).await.body["status"], "Denied");
    assert_eq!(members(&lab, DESK).await, [BOB.to_string()]);
}

/// AUT-4: an approval is shown to whom it concerns, and only under the family that it is of.
#[tokio::test]
async fn an_approval_is_shown_to_those_who_may_see_its_request() {
    let (lab, id) = waiting().await;
    let path = format!("{GROUP}/assignmentApprovals/{id}");
    for somebody in [ALICE, BOB, OLGA, RITA] {
        client(&lab, somebody).get(&path).await.expect(200);
    }
    let roles = format!("roleManagement/directory/roleAssignmentApprovals/{id}");
    lab.user(RITA).beta().get(&roles).await.expect(404);
    let robot = lab.application_with(&["PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup"]);
    robot.get(&path).await.expect(403);
}
