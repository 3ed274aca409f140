//! The way around PIM.

use super::lab::{ALICE, ASSIGNMENTS, GINA, GROUPS_ADMINISTRATOR, INSTANCES, Lab};
use serde_json::json;

/// MOD-8, MOD-11: what is assigned outside PIM is an instance like any other, permanent, with no request behind it.
#[tokio::test]
async fn an_assignment_made_outside_pim_is_a_permanent_instance() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let body = json!({ "principalId": ALICE, "roleDefinitionId": GROUPS_ADMINISTRATOR, "directoryScopeId": "/" });
    let made = gina.post(ASSIGNMENTS, body.clone()).await.expect(201);
    let id = made.body["id"].as_str().unwrap();
    assert!(id.ends_with("-1"), "{id}");
    let instance = gina.get(&format!("{INSTANCES}/{id}")).await.expect(200);
    assert_eq!(instance.body["assignmentType"], "Assigned");
    assert_eq!(instance.body["startDateTime"], json!(null));
    assert_eq!(instance.body["roleAssignmentScheduleId"], json!(id));
    let schedule = gina.get(&format!("roleManagement/directory/roleAssignmentSchedules/{id}")).await.expect(200);
    assert_eq!(schedule.body["createdUsing"], json!(null));
    assert_eq!(schedule.body["scheduleInfo"]["expiration"]["type"], "noExpiration");
    let twice = gina.post(ASSIGNMENTS, body).await.expect(400);
    assert_eq!(twice.code(), "Request_BadRequest");
    assert!(twice.message().starts_with("A conflicting object"));
    gina.delete(&format!("{ASSIGNMENTS}/{id}")).await.expect(204);
    gina.get(&format!("{ASSIGNMENTS}/{id}")).await.expect(404);
}

/// GA-8: nobody takes Global Administrator from oneself.
#[tokio::test]
async fn global_administrator_cannot_be_taken_from_oneself() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let own = gina.get(&format!("{ASSIGNMENTS}?$filter=principalId eq '{GINA}'")).await.expect(200);
    let id = own.items()[0]["id"].as_str().unwrap();
    let answer = gina.delete(&format!("{ASSIGNMENTS}/{id}")).await.expect(400);
    assert_eq!(answer.message(), "Removing self from Global Administrator built-in role is not allowed.");
    let answer = lab.application().delete(&format!("{ASSIGNMENTS}/{id}")).await.expect(400);
    assert_eq!(answer.code(), "CannotDeleteLastAdminAssignment", "GA-1");
}

#[tokio::test]
async fn the_two_versions_differ_by_one_property() {
    let lab = Lab::new();
    let v1 = lab.user(GINA).get(ASSIGNMENTS).await.expect(200);
    let beta = lab.user(GINA).beta().get(ASSIGNMENTS).await.expect(200);
    assert!(v1.items()[0].get("principalOrganizationId").is_some() && v1.items()[0].get("resourceScope").is_none());
    assert!(beta.items()[0].get("principalOrganizationId").is_none() && beta.items()[0].get("resourceScope").is_some());
}
