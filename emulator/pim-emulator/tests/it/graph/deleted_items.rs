//! What was deleted: listed, restored, gone for good (ASG-28).

use super::lab::{ALICE, APPLICATIONS, GINA, Lab, OPS, RITA, WRITE};
use pim_core::time::Length;
use serde_json::json;

const USERS: &str = "directory/deletedItems/microsoft.graph.user";

/// ASG-28.
#[tokio::test]
async fn deleted_objects_are_listed_and_restored_with_their_edges() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    assert!(gina.get(USERS).await.expect(200).items().is_empty());
    gina.delete(&format!("users/{ALICE}")).await.expect(204);
    gina.delete(&format!("groups/{OPS}")).await.expect(204);
    let listed = gina.get(&format!("{USERS}?$select=id,deletedDateTime,userPrincipalName")).await.expect(200);
    assert_eq!(listed.items()[0]["id"], json!(ALICE));
    assert_eq!(listed.items()[0]["deletedDateTime"], "2026-01-05T08:00:00Z");
    assert_eq!(gina.get_eventually(&format!("{USERS}/$count")).await.expect(200).body, json!(1));
    let groups = gina.get("directory/deletedItems/graph.group").await.expect(200);
    assert_eq!(groups.items()[0]["id"], json!(OPS));
    let one = gina.get(&format!("directory/deletedItems/{ALICE}")).await.expect(200);
    assert_eq!(
        (&one.body["displayName"], &one.body["@odata.type"]),
        (&json!("alice"), &json!("#microsoft.graph.user"))
    );
    assert!(!gina.get("users").await.items().iter().any(|it| it["id"] == json!(ALICE)));
    let restored = gina.post(&format!("directory/deletedItems/{ALICE}/restore"), json!({})).await.expect(200);
    assert_eq!(restored.body["userPrincipalName"], "alice@contoso.onmicrosoft.com");
    gina.post(&format!("directory/deletedItems/{OPS}/microsoft.graph.restore"), json!({})).await.expect(200);
    assert_eq!(gina.get(&format!("groups/{OPS}/members")).await.items()[0]["id"], json!(ALICE));
    gina.post(&format!("directory/deletedItems/{OPS}/restore"), json!({})).await.expect(404);
}

/// ASG-28. ASG-27.
#[tokio::test]
async fn deleting_twice_is_for_good_and_thirty_days_are_as_well() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    gina.delete(&format!("users/{ALICE}")).await.expect(204);
    gina.delete(&format!("users/{RITA}")).await.expect(204);
    gina.delete(&format!("directory/deletedItems/{ALICE}")).await.expect(204);
    gina.delete(&format!("directory/deletedItems/{ALICE}")).await.expect(404);
    lab.advance(Length::from_milliseconds(Length::days(30).milliseconds() - 1));
    gina.get(&format!("directory/deletedItems/{RITA}")).await.expect(200);
    lab.advance(Length::from_milliseconds(1));
    gina.get(&format!("directory/deletedItems/{RITA}")).await.expect(404);
    gina.get("directory/deletedItems/x").await.expect(400);
}

#[tokio::test]
async fn a_taken_name_is_in_the_way_and_permissions_are_those_of_the_type() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    gina.delete(&format!("users/{ALICE}")).await.expect(204);
    gina.delete(&format!("groups/{OPS}")).await.expect(204);
    let twin = json!({ "accountEnabled": true, "displayName": "Alice", "mailNickname": "alice",
                       "userPrincipalName": "Alice@contoso.onmicrosoft.com",
                       "passwordProfile": { "password": "Tr0ub4dor&3" } });
    gina.post("users", twin).await.expect(201);
    let restore = format!("directory/deletedItems/{ALICE}/restore");
    let refused = gina.post(&restore, json!({})).await.expect(400);
    assert_eq!(refused.message(), "Another object with the same value for property userPrincipalName already exists.");
    lab.with_scopes(GINA, "Group.ReadWrite.All").post(&restore, json!({})).await.expect(403);
    let group = format!("directory/deletedItems/{OPS}/restore");
    lab.with_scopes(GINA, "Group.ReadWrite.All").post(&group, json!({})).await.expect(403);
    lab.with_scopes(RITA, WRITE).post(&group, json!({})).await.expect(403);
    lab.application_with(&["Group.ReadWrite.All", "RoleManagement.ReadWrite.Directory"])
        .post(&group, json!({}))
        .await
        .expect(200);
}

/// ASG-28. A service principal that went alone is there for itself; one that went with its application comes back with that.
#[tokio::test]
async fn a_service_principal_comes_back_alone_or_with_its_application() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let application = gina.post("applications", json!({ "displayName": "Portal" })).await.expect(201);
    let app_id = application.body["appId"].as_str().unwrap();
    let principal = gina.post("servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    let id = principal.body["id"].as_str().unwrap();
    let secret = gina.post(&format!("servicePrincipals/{id}/addPassword"), json!({})).await.expect(200);
    let secret = secret.body["secretText"].as_str().unwrap();
    gina.delete(&format!("servicePrincipals/{id}")).await.expect(204);
    lab.sign_in(app_id, secret).await.expect(401);
    let listed = gina.get("directory/deletedItems/microsoft.graph.servicePrincipal").await.expect(200);
    assert_eq!(
        (&listed.items()[0]["id"], &listed.items()[0]["deletedDateTime"]),
        (&json!(id), &json!("2026-01-05T08:00:00Z"))
    );
    let count = "directory/deletedItems/graph.servicePrincipal/$count";
    assert_eq!(gina.get_eventually(count).await.expect(200).body, json!(1));
    let item = format!("directory/deletedItems/{id}");
    assert_eq!(gina.get(&item).await.expect(200).body["appId"], *app_id);
    lab.with_scopes(RITA, APPLICATIONS).post(&format!("{item}/restore"), json!({})).await.expect(403);
    lab.with_scopes(GINA, WRITE).post(&format!("{item}/restore"), json!({})).await.expect(403);
    let restored = gina.post(&format!("{item}/restore"), json!({})).await.expect(200);
    assert_eq!(
        (&restored.body["@odata.type"], &restored.body["appId"]),
        (&json!("#microsoft.graph.servicePrincipal"), &json!(app_id))
    );
    lab.sign_in(app_id, secret).await.expect(200);
    let path = format!("applications/{}", application.body["id"].as_str().unwrap());
    gina.delete(&path).await.expect(204);
    let early = gina.post(&format!("{item}/restore"), json!({})).await.expect(400);
    assert!(early.message().ends_with("does not reference a valid application object."), "{}", early.message());
    let application = format!("directory/deletedItems/{}", application.body["id"].as_str().unwrap());
    gina.post(&format!("{application}/restore"), json!({})).await.expect(200);
    lab.sign_in(app_id, secret).await.expect(200);
    gina.delete(&format!("servicePrincipals/{id}")).await.expect(204);
    gina.delete(&item).await.expect(204);
    gina.get(&item).await.expect(404);
}
