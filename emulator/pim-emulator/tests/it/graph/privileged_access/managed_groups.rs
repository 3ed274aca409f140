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
    let requests = olga.get(&format!("{OLD}/roleAssignmentRequests")).await.expect(501);
    assert!(requests.message().contains("/privilegedAccess/aadGroups/roleAssignmentRequests"));
    olga.get(&format!("{OLD}/resources/{DESK}/roleSettings")).await.expect(501);
}
