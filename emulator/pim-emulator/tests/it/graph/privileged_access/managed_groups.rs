//! Which groups PIM manages, and the older routes that are left.

use super::super::lab::{ALICE, GINA, OPS};
use super::{BOB, DESK, GROUP, OLGA, activated, client, entitled, id_of, lab, make_group};
use serde_json::{Value, json};
use uuid::Uuid;

const OLD: &str = "privilegedAccess/aadGroups";

/// GRP-9, AUT-14: an owner lets PIM manage its group, once; who belongs to it shows from then on.
#[tokio::test]
async fn a_group_is_registered_by_whoever_may_manage_it() {
    let lab = lab();
    let olga = client(&lab, OLGA).beta();
    let register = format!("{OLD}/resources/register");
    let body = json!({ "externalId": DESK });
    assert_eq!(
        client(&lab, BOB).beta().post(&register, body.clone()).await.expect(403).code(),
        "UnauthorizedAccessException"
    );
    olga.get(&format!("{GROUP}/resources/{DESK}")).await.expect(404);
    for _ in 0..2 {
        assert_eq!(olga.post(&register, body.clone()).await.expect(200).body, Value::Null);
    }
    let managed = olga.get(&format!("{GROUP}/resources")).await.expect(200);
    assert_eq!(managed.body["value"], json!([{ "id": DESK }]));
    olga.get(&format!("{GROUP}/resources/{DESK}")).await.expect(200);
    let schedules = olga.get(&format!("{GROUP}/assignmentSchedules?$filter=groupId eq '{DESK}'")).await.expect(200);
    assert_eq!(schedules.items().len(), 2, "GRP-30");
    olga.post(&register, json!({ "externalId": OPS })).await.expect(403);
    let unknown = json!({ "externalId": Uuid::from_u128(8) });
    client(&lab, GINA).beta().post(&register, unknown).await.expect(404);
    let synced = Uuid::from_u128(4);
    make_group(&lab, synced, |group| group.on_premises_synced = true);
    let refused = client(&lab, GINA).beta().post(&register, json!({ "externalId": synced })).await.expect(400);
    assert_eq!(refused.code(), "ResourceTypeNotSupported");
    olga.post(&register, json!({})).await.expect(400);
    client(&lab, OLGA).post(&register, body).await.expect(400);
}

/// AUT-4: a list of managed groups has those that the caller may read.
#[tokio::test]
async fn managed_groups_are_listed_for_those_who_may_read_them() {
    let lab = lab();
    let register = format!("{OLD}/resources/register");
    for group in [DESK, OPS] {
        client(&lab, GINA).beta().post(&register, json!({ "externalId": group })).await.expect(200);
    }
    let count = async |id| client(&lab, id).beta().get(&format!("{OLD}/resources")).await.expect(200).items().len();
    assert_eq!((count(GINA).await, count(OLGA).await, count(ALICE).await), (2, 1, 1));
    client(&lab, OLGA).beta().get(&format!("{OLD}/resources/{OPS}")).await.expect(403);
    let one = client(&lab, OLGA).beta().get(&format!("{OLD}/resources/{DESK}")).await.expect(200);
    assert_eq!((&one.body["displayName"], &one.body["status"]), (&json!("Help desk"), &json!("Active")));
}

/// The older routes tell the same of who holds what.
#[tokio::test]
async fn the_older_routes_tell_who_is_eligible_and_who_is_active() {
    let lab = lab();
    let eligibility = entitled(&lab).await;
    activated(&lab).await;
    let olga = client(&lab, OLGA).beta();
    let by_resource = olga.get(&format!("{OLD}/roleDefinitions?$filter=resourceId eq '{DESK}'")).await.expect(200);
    let below = olga.get(&format!("{OLD}/resources/{DESK}/roleDefinitions")).await.expect(200);
    assert_eq!(by_resource.body["value"], below.body["value"]);
    let names: Vec<_> = below.items().iter().map(|it| it["displayName"].as_str().unwrap()).collect();
    assert_eq!(names, ["Member", "Owner"]);
    let member = id_of(&below.items()[0]);
    let assignments = olga.get(&format!("{OLD}/resources/{DESK}/roleAssignments")).await.expect(200);
    let of_alice = format!("{OLD}/roleAssignments?$filter=subjectId eq '{ALICE}' and assignmentState eq 'Active'");
    let active = client(&lab, ALICE).beta().get(&of_alice).await.expect(200);
    let [active] = active.items() else { panic!("one activation") };
    assert_eq!(active["linkedEligibleRoleAssignmentId"], eligibility);
    assert_eq!(active["roleDefinitionId"], member);
    let states: Vec<_> = assignments.items().iter().map(|it| it["assignmentState"].as_str().unwrap()).collect();
    assert_eq!((states.len(), states.iter().filter(|it| **it == "Eligible").count()), (4, 1));
    for path in ["roleDefinitions", "roleAssignments"] {
        let refused = olga.get(&format!("{OLD}/{path}")).await.expect(400);
        assert_eq!(refused.message(), "The required parameters ResourceId is missing.");
        client(&lab, BOB).beta().get(&format!("{OLD}/resources/{DESK}/{path}")).await.expect(200);
        client(&lab, ALICE).beta().get(&format!("{OLD}/resources/{OPS}/{path}")).await.expect(404);
    }
    let export = olga.get(&format!("{OLD}/roleAssignments/export")).await.expect(501);
    assert!(export.message().contains("/privilegedAccess/aadGroups/roleAssignments/export"));
}

/// The older routes take requests in their own words, and the newer ones show them.
#[tokio::test]
async fn the_older_routes_take_requests() {
    let lab = lab();
    let (olga, alice) = (client(&lab, OLGA).beta(), client(&lab, ALICE).beta());
    let path = format!("{OLD}/roleAssignmentRequests");
    olga.post(&format!("{OLD}/resources/register"), json!({ "externalId": DESK })).await.expect(200);
    let roles = olga.get(&format!("{OLD}/resources/{DESK}/roleDefinitions")).await.expect(200);
    let body = |kind: &str, state: &str, schedule: Value| {
        json!({ "resourceId": DESK, "roleDefinitionId": roles.items()[0]["id"], "subjectId": ALICE, "type": kind,
                "assignmentState": state, "reason": "second line", "schedule": schedule })
    };
    let month =
        json!({ "type": "Once", "startDateTime": "2026-01-05T08:00:00Z", "endDateTime": "2026-02-04T08:00:00Z" });
    let made = olga.post(&path, body("AdminAdd", "Eligible", month)).await.expect(201);
    assert!(made.body["@odata.context"].as_str().unwrap().ends_with("#governanceRoleAssignmentRequests/$entity"));
    assert_eq!(
        (&made.body["status"]["status"], &made.body["status"]["subStatus"]),
        (&json!("InProgress"), &json!("Provisioned"))
    );
    assert_eq!(made.body["status"]["statusDetails"][0], json!({ "key": "AdminRequestRule", "value": "Grant" }));
    let read = olga.get(&format!("{path}/{}", id_of(&made.body))).await.expect(200);
    assert_eq!(read.body["status"]["status"], "Closed");
    assert_eq!(made.body["schedule"]["endDateTime"], "2026-02-04T08:00:00Z");
    let later = json!({ "type": "Once", "startDateTime": "2026-01-06T08:00:00Z", "duration": "PT2H" });
    let activation = alice.post(&path, body("UserAdd", "Active", later)).await.expect(201);
    assert_eq!(activation.body["status"]["status"], "InProgress");
    assert_eq!(activation.body["linkedEligibleRoleAssignmentId"], made.body["id"]);
    let id = id_of(&activation.body);
    let newer = alice.get(&format!("{GROUP}/assignmentScheduleRequests/{id}")).await.expect(200);
    assert_eq!(newer.body["action"], "selfActivate");
    let mine = alice.get(&format!("{path}?$filter=subjectId eq '{ALICE}' and type eq 'UserAdd'")).await.expect(200);
    assert_eq!(mine.items().len(), 1);
    let all = olga.get(&format!("{OLD}/resources/{DESK}/roleAssignmentRequests")).await.expect(200);
    assert_eq!(all.items().len(), 2);
    let decision = json!({ "decision": "AdminApproved", "reason": "fine" });
    let refused = olga.post(&format!("{path}/{id}/updateRequest"), decision).await;
    assert_eq!(refused.status.as_u16(), 400, "nothing of a group ever waits for a manager: {refused:?}");
    client(&lab, BOB).beta().post(&format!("{path}/{id}/cancel"), json!({})).await.expect(403);
    alice.post(&format!("{path}/{id}/cancel"), json!({})).await.expect(204);
    assert_eq!(alice.get(&format!("{path}/{id}")).await.expect(200).body["status"]["subStatus"], "Canceled");
    for (member, value, code) in [
        ("type", json!("Elevate"), "InvalidRoleAssignmentRequest"),
        ("assignmentState", json!("Held"), "InvalidRoleAssignmentRequest"),
        ("schedule", json!({ "duration": "P6M" }), "InvalidRoleAssignmentRequest"),
        ("roleDefinitionId", json!(DESK), "RoleNotFound"),
    ] {
        let mut odd = body("UserAdd", "Active", Value::Null);
        odd[member] = value;
        assert_eq!(alice.post(&path, odd).await.code(), code, "{member}");
    }
}
