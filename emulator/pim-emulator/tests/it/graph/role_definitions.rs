//! Roles, built in and a tenant's own.

use super::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, Lab};
use serde_json::json;

const ROLES: &str = "roleManagement/directory/roleDefinitions";

/// MOD-21: all of them, in one page, with the ids they have everywhere.
#[tokio::test]
async fn the_whole_catalogue_is_one_page() {
    let lab = Lab::new();
    let all = lab.user(ALICE).get(ROLES).await.expect(200);
    assert!(all.items().len() > 130, "{}", all.items().len());
    assert!(all.body.get("@odata.nextLink").is_none());
    let role = lab.user(ALICE).get(&format!("{ROLES}/{GROUPS_ADMINISTRATOR}")).await.expect(200);
    assert_eq!(role.body["id"], role.body["templateId"]);
    assert_eq!((role.body["isBuiltIn"].as_bool(), role.body["version"].as_str()), (Some(true), Some("1")));
    assert!(role.body.get("isPrivileged").is_none());
    let beta = lab.user(ALICE).beta().get(&format!("{ROLES}?$filter=isPrivileged eq true")).await.expect(200);
    assert!(beta.items().iter().any(|it| it["displayName"] == "Global Administrator"));
}

/// MOD-22: names compare by case here, unlike elsewhere.
#[tokio::test]
async fn a_filter_by_name_is_case_sensitive() {
    let lab = Lab::new();
    let alice = lab.user(ALICE);
    let count = async |name: &str| alice.get(&format!("{ROLES}?$filter=displayName eq '{name}'")).await.items().len();
    assert_eq!((count("Global Reader").await, count("global reader").await), (1, 0));
}

#[tokio::test]
async fn a_custom_role_is_made_changed_held_and_deleted() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let body = json!({
        "displayName": "Key rotator", "description": "Rotates keys.", "isEnabled": true,
        "rolePermissions": [{ "allowedResourceActions": ["microsoft.directory/applications/credentials/update"] }],
    });
    let made = gina.post(ROLES, body.clone()).await.expect(201);
    let path = format!("{ROLES}/{}", made.body["id"].as_str().unwrap());
    assert_eq!(made.body["rolePermissions"], body["rolePermissions"]);
    assert_eq!(gina.post(ROLES, body).await.expect(400).code(), "Request_BadRequest");
    gina.patch(&path, json!({ "description": "Rotates keys daily." })).await.expect(204);
    assert_eq!(gina.get(&path).await.expect(200).body["description"], "Rotates keys daily.");
    let held = json!({ "principalId": ALICE, "roleDefinitionId": made.body["id"], "directoryScopeId": "/" });
    let held = gina.post("roleManagement/directory/roleAssignments", held).await.expect(201);
    gina.delete(&path).await.expect(400);
    gina.delete(&format!("roleManagement/directory/roleAssignments/{}", held.body["id"].as_str().unwrap()))
        .await
        .expect(204);
    gina.delete(&path).await.expect(204);
    gina.get(&path).await.expect(404);
}

#[tokio::test]
async fn a_built_in_role_stays_as_it_is() {
    let lab = Lab::new();
    let path = format!("{ROLES}/{GROUPS_ADMINISTRATOR}");
    lab.user(GINA).patch(&path, json!({ "displayName": "x" })).await.expect(400);
    lab.user(GINA).delete(&path).await.expect(400);
    let denied = lab.user(ALICE).post(ROLES, json!({ "displayName": "x" })).await.expect(403);
    assert_eq!(denied.code(), "Authorization_RequestDenied");
}
