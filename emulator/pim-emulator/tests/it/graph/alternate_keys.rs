//! Objects by another key than their id, and making what is not there.

use super::lab::{ALICE, APPLICATIONS, GINA, Lab, RITA, WRITE};
use serde_json::{Value, json};
use uuid::Uuid;

fn crew(more: &Value) -> Value {
    let mut body =
        json!({ "displayName": "Crew", "mailEnabled": false, "mailNickname": "crew", "securityEnabled": true });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[tokio::test]
async fn a_group_is_made_changed_and_deleted_by_its_unique_name() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let path = "groups(uniqueName='crew')";
    gina.get(path).await.expect(404);
    gina.patch(path, crew(&json!({}))).await.expect(404);
    let bound = [ALICE, RITA].map(|id| format!("https://graph.microsoft.com/v1.0/users/{id}"));
    let members = json!({ "members@odata.bind": bound });
    let made = gina.upsert(path, crew(&members)).await.expect(201);
    assert_eq!((&made.body["uniqueName"], &made.body["displayName"]), (&json!("crew"), &json!("Crew")));
    gina.upsert(path, json!({ "description": "all hands" })).await.expect(204);
    let read = gina.get("/v1.0/Groups(UniqueName='CREW')?$select=id,description").await.expect(200);
    assert_eq!((&read.body["id"], &read.body["description"]), (&made.body["id"], &json!("all hands")));
    let page = gina.get(&format!("{path}/members?$top=1&$select=id")).await.expect(200);
    let next = page.body["@odata.nextLink"].as_str().unwrap().strip_prefix("http://localhost:8443").unwrap();
    let rest = gina.get(next).await.expect(200);
    assert_eq!([&page.items()[0]["id"], &rest.items()[0]["id"]], [&json!(ALICE), &json!(RITA)]);
    let checked = gina.post(&format!("{path}/checkMemberGroups"), json!({ "groupIds": [] })).await.expect(200);
    assert!(checked.items().is_empty());
    let renamed = gina.patch(path, json!({ "uniqueName": "staff" })).await.expect(400);
    assert_eq!(renamed.message(), "Property 'uniqueName' is read-only and cannot be set.");
    let twin = gina.post("groups", crew(&json!({ "uniqueName": "Crew" }))).await.expect(400);
    let message = "Another object with the same value for property uniqueName already exists.";
    let group = format!("Group_{}", made.body["id"].as_str().unwrap());
    assert_eq!(
        twin.body["error"]["details"],
        json!([
            { "code": "ObjectConflict", "message": message, "target": "uniqueName" },
            { "code": "ConflictingObjects", "message": message, "target": group },
        ])
    );
    // Making takes more than changing who is in a group.
    let few = lab.with_scopes(GINA, "GroupMember.ReadWrite.All");
    few.upsert("groups(uniqueName='staff')", crew(&json!({}))).await.expect(403);
    gina.delete(path).await.expect(204);
    gina.get(path).await.expect(404);
    gina.get("groups(displayName='Crew')").await.expect(400);
}

#[tokio::test]
async fn an_application_is_made_and_changed_by_its_unique_name() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let path = "applications(uniqueName='portal')";
    gina.patch(path, json!({ "displayName": "Portal" })).await.expect(404);
    gina.upsert(path, json!({ "notes": "no name" })).await.expect(400);
    let made = gina.upsert(path, json!({ "displayName": "Portal" })).await.expect(201);
    assert_eq!(made.body["uniqueName"], "portal");
    gina.upsert(path, json!({ "displayName": "Door" })).await.expect(204);
    let read = gina.get(path).await.expect(200);
    assert_eq!((&read.body["id"], &read.body["displayName"]), (&made.body["id"], &json!("Door")));
    gina.patch(path, json!({ "uniqueName": "door" })).await.expect(400);
    let credential = format!("{path}/federatedIdentityCredentials(name='main')");
    let body = json!({ "issuer": "https://issuer.example", "subject": "main", "audiences": ["api://here"] });
    gina.patch(&credential, body.clone()).await.expect(404);
    assert_eq!(gina.upsert(&credential, body).await.expect(201).body["name"], "main");
    gina.upsert(&credential, json!({ "subject": "other" })).await.expect(204);
    assert_eq!(gina.get(&credential).await.expect(200).body["subject"], "other");
    gina.delete(&credential).await.expect(204);
    gina.post(&format!("{path}/addPassword"), json!({})).await.expect(200);
    // Nobody can choose a client id.
    let unknown = format!("applications(appId='{}')", Uuid::from_u128(9));
    gina.upsert(&unknown, json!({ "displayName": "Gate" })).await.expect(404);
    gina.delete(path).await.expect(204);
    gina.get(path).await.expect(404);
}

#[tokio::test]
async fn a_service_principal_is_made_and_changed_by_client_id() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let application = gina.post("applications", json!({ "displayName": "Portal" })).await.expect(201);
    let path = format!("servicePrincipals(appId='{}')", application.body["appId"].as_str().unwrap());
    gina.patch(&path, json!({ "notes": "n" })).await.expect(404);
    let made = gina.upsert(&path, json!({ "displayName": "My portal" })).await.expect(201);
    assert_eq!((&made.body["displayName"], &made.body["appDisplayName"]), (&json!("My portal"), &json!("Portal")));
    gina.upsert(&path, json!({ "notes": "n" })).await.expect(204);
    assert_eq!(gina.get(&path).await.expect(200).body["notes"], "n");
    assert!(gina.get(&format!("{path}/memberOf")).await.expect(200).items().is_empty());
    let unknown = format!("servicePrincipals(appId='{}')", Uuid::from_u128(9));
    gina.upsert(&unknown, json!({})).await.expect(400);
    gina.get("servicePrincipals(appId='x')").await.expect(400);
    let twin = gina.post("servicePrincipals", json!({ "appId": application.body["appId"] })).await.expect(409);
    let object = format!("ServicePrincipal_{}", made.body["id"].as_str().unwrap());
    assert_eq!(twin.body["error"]["details"][1]["target"], object);
}

#[tokio::test]
async fn a_user_is_found_by_the_name_to_sign_in_with() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let path = "users(userPrincipalName='Alice@contoso.onmicrosoft.com')";
    assert_eq!(gina.get(path).await.expect(200).body["id"], json!(ALICE));
    gina.patch(path, json!({ "city": "Bonn" })).await.expect(204);
    assert_eq!(gina.get(&format!("{path}/memberOf/microsoft.graph.group")).await.expect(200).items().len(), 1);
    gina.get(&format!("users(userPrincipalName='{ALICE}')")).await.expect(404);
    let twin = json!({ "accountEnabled": true, "displayName": "Alice", "mailNickname": "alice",
                       "userPrincipalName": "alice@contoso.onmicrosoft.com",
                       "passwordProfile": { "password": "Tr0ub4dor&3" } });
    let details = gina.post("users", twin).await.expect(400).body["error"]["details"].clone();
    assert_eq!(
        (&details[0]["target"], &details[1]["target"]),
        (&json!("userPrincipalName"), &json!(format!("User_{ALICE}")))
    );
}
