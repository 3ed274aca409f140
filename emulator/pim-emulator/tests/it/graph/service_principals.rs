//! `/servicePrincipals`, app role assignments and grants.

use super::lab::{ALICE, APPLICATIONS, Client, GINA, Lab, RITA, ROBOT, claims};
use pim_core::model::{DirectoryScope, roles};
use serde_json::json;
use uuid::Uuid;

/// A GUID that is nobody's.
const NOBODY: Uuid = Uuid::from_u128(9);
const MICROSOFT_GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const USER_READ_ALL: &str = "df021288-bdef-4463-88db-98f22de89214";

async fn made(client: &Client<'_>, app_id: &str) -> String {
    let made = client.post("servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    made.body["id"].as_str().unwrap().to_owned()
}

/// An application with a service principal: their ids, and the client id.
async fn registered(client: &Client<'_>, name: &str) -> (String, String, String) {
    let application = client.post("applications", json!({ "displayName": name })).await.expect(201);
    let text = |property: &str| application.body[property].as_str().unwrap().to_owned();
    let principal = made(client, &text("appId")).await;
    (text("id"), principal, text("appId"))
}

#[tokio::test]
async fn a_service_principal_is_made_once_of_an_application_that_is_known() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let unknown = gina.post("servicePrincipals", json!({ "appId": NOBODY })).await.expect(400);
    assert_eq!(
        (unknown.code(), unknown.message().to_owned()),
        (
            "Request_BadRequest",
            format!("The appId '{NOBODY}' of the service principal does not reference a valid application object.")
        )
    );
    let (_, id, app_id) = registered(&gina, "Portal").await;
    let twin = gina.post("servicePrincipals", json!({ "appId": app_id })).await.expect(409);
    assert_eq!(twin.code(), "Request_MultipleObjectsWithSameKeyValue");
    assert_eq!(
        twin.message(),
        format!(
            "The service principal cannot be created, updated, or restored because the service principal name {app_id} is \
             already in use."
        )
    );
    let detail = &twin.body["error"]["details"][0];
    assert_eq!((&detail["code"], &detail["target"]), (&json!("ObjectConflict"), &json!("servicePrincipalNames")));
    gina.post("servicePrincipals", json!({})).await.expect(400);
    gina.post("servicePrincipals", json!({ "appId": "portal" })).await.expect(400);
    let path = format!("servicePrincipals/{id}");
    gina.patch(&path, json!({ "accountEnabled": false, "tags": ["t"], "notes": "n" })).await.expect(204);
    let read = gina.get(&path).await.expect(200);
    assert_eq!((&read.body["accountEnabled"], &read.body["tags"]), (&json!(false), &json!(["t"])));
    assert_eq!((&read.body["displayName"], &read.body["servicePrincipalNames"]), (&json!("Portal"), &json!([app_id])));
    gina.patch(&path, json!({ "tags": 1 })).await.expect(400);
    lab.with_scopes(ALICE, APPLICATIONS).patch(&path, json!({ "notes": "m" })).await.expect(403);
    lab.with_scopes(ALICE, APPLICATIONS).delete(&path).await.expect(403);
    let owner = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects('{ALICE}')") });
    gina.post(&format!("{path}/owners/$ref"), owner).await.expect(204);
    assert_eq!(gina.get(&format!("{path}/owners")).await.expect(200).items().len(), 1);
    lab.with_scopes(ALICE, APPLICATIONS).patch(&path, json!({ "notes": "m" })).await.expect(204);
    gina.delete(&format!("{path}/owners/{ALICE}/$ref")).await.expect(204);
    gina.delete(&path).await.expect(204);
    gina.get(&path).await.expect(404);
}

#[tokio::test]
async fn a_permission_of_microsoft_graph_that_is_given_stands_in_the_next_token() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let graph = made(&gina, MICROSOFT_GRAPH).await;
    let resource = gina.get(&format!("servicePrincipals(appId='{MICROSOFT_GRAPH}')")).await.expect(200);
    let offered = resource.body["appRoles"].as_array().unwrap();
    let role = offered.iter().find(|role| role["value"] == "User.Read.All").unwrap();
    assert_eq!(role["id"], USER_READ_ALL);
    let (application, portal, app_id) = registered(&gina, "Portal").await;
    let asked = json!({ "passwordCredential": {} });
    let secret = gina.post(&format!("applications/{application}/addPassword"), asked).await.expect(200);
    let secret = secret.body["secretText"].as_str().unwrap().to_owned();
    let token = lab.sign_in(&app_id, &secret).await.expect(200);
    assert!(claims(&token).get("roles").is_none());
    let body = json!({ "principalId": portal, "resourceId": graph, "appRoleId": USER_READ_ALL });
    let given = format!("servicePrincipals/{portal}/appRoleAssignments");
    let assignment = gina.post(&given, body.clone()).await.expect(201);
    assert_eq!(assignment.body["principalDisplayName"], "Portal");
    assert_eq!(assignment.body["principalType"], "ServicePrincipal");
    let id = assignment.body["id"].as_str().unwrap();
    assert_eq!(id.len(), 43);
    let token = lab.sign_in(&app_id, &secret).await.expect(200);
    assert_eq!(claims(&token)["roles"], json!(["User.Read.All"]));
    lab.bearer(token.body["access_token"].as_str().unwrap()).get("users").await.expect(200);
    let again = gina.post(&format!("servicePrincipals/{graph}/appRoleAssignedTo"), body).await.expect(400);
    assert_eq!(again.message(), "Permission being assigned already exists on the object");
    assert_eq!(gina.get(&format!("servicePrincipals/{graph}/appRoleAssignedTo")).await.expect(200).items().len(), 1);
    gina.get(&format!("servicePrincipals/{graph}/appRoleAssignments/{id}")).await.expect(404);
    gina.delete(&format!("{given}/{id}")).await.expect(204);
    gina.delete(&format!("{given}/{id}")).await.expect(404);
    assert!(claims(&lab.sign_in(&app_id, &secret).await.expect(200)).get("roles").is_none());
}

#[tokio::test]
async fn a_permission_that_is_not_offered_cannot_be_given() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let graph = made(&gina, MICROSOFT_GRAPH).await;
    let path = format!("servicePrincipals/{ROBOT}/appRoleAssignments");
    let ask = |principal: Uuid, resource: &str, role: &str| json!({ "principalId": principal, "resourceId": resource, "appRoleId": role });
    let unknown = gina.post(&path, ask(ROBOT, &graph, &NOBODY.to_string())).await.expect(400);
    assert_eq!(
        unknown.message(),
        format!("Permission being assigned was not found on application '{MICROSOFT_GRAPH}'")
    );
    gina.post(&path, ask(ROBOT, &NOBODY.to_string(), USER_READ_ALL)).await.expect(404);
    gina.post(&path, ask(ALICE, &graph, USER_READ_ALL)).await.expect(400);
    gina.post(&path, json!({ "principalId": ROBOT })).await.expect(400);
    gina.post(&path, json!({ "principalId": ROBOT, "resourceId": graph, "appRoleId": "x" })).await.expect(400);
    let (_, portal, _) = registered(&gina, "Portal").await;
    let user = json!({ "principalId": ALICE, "resourceId": portal, "appRoleId": Uuid::nil() });
    gina.post(&format!("servicePrincipals/{portal}/appRoleAssignedTo"), user).await.expect(201);
}

/// Whoever manages applications gives their permissions, but not those of Microsoft Graph.
#[tokio::test]
async fn who_may_give_permissions() {
    let lab = Lab::new();
    let (gina, alice) = (lab.with_scopes(GINA, APPLICATIONS), lab.with_scopes(ALICE, APPLICATIONS));
    let graph = made(&gina, MICROSOFT_GRAPH).await;
    let (_, portal, _) = registered(&gina, "Portal").await;
    lab.hold(ALICE, roles::APPLICATION_ADMINISTRATOR, DirectoryScope::Tenant);
    let path = format!("servicePrincipals/{ROBOT}/appRoleAssignments");
    let graphs = json!({ "principalId": ROBOT, "resourceId": graph, "appRoleId": USER_READ_ALL });
    alice.post(&path, graphs.clone()).await.expect(403);
    let portals = json!({ "principalId": ROBOT, "resourceId": portal, "appRoleId": Uuid::nil() });
    alice.post(&path, portals).await.expect(201);
    lab.hold(ALICE, roles::PRIVILEGED_ROLE_ADMINISTRATOR, DirectoryScope::Tenant);
    alice.post(&path, graphs.clone()).await.expect(201);
    lab.with_scopes(RITA, APPLICATIONS).post(&path, graphs.clone()).await.expect(403);
    lab.with_scopes(GINA, "Application.ReadWrite.All").post(&path, graphs).await.expect(403);
}

#[tokio::test]
async fn grants_in_the_name_of_users_are_kept() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let graph = made(&gina, MICROSOFT_GRAPH).await;
    let body = json!({ "clientId": ROBOT, "consentType": "AllPrincipals", "resourceId": graph, "scope": "User.Read" });
    let made = gina.post("oauth2PermissionGrants", body.clone()).await.expect(201);
    let path = format!("oauth2PermissionGrants/{}", made.body["id"].as_str().unwrap());
    gina.post("oauth2PermissionGrants", body).await.expect(400);
    gina.patch(&path, json!({ "scope": "User.Read Group.Read.All" })).await.expect(204);
    assert_eq!(gina.get(&path).await.expect(200).body["scope"], "User.Read Group.Read.All");
    gina.patch(&path, json!({})).await.expect(400);
    let own = gina.get(&format!("servicePrincipals/{ROBOT}/oauth2PermissionGrants")).await.expect(200);
    assert_eq!(own.items().len(), 1);
    let filter = format!("oauth2PermissionGrants?$filter=clientId eq '{ROBOT}' and consentType eq 'AllPrincipals'");
    assert_eq!(gina.get(&filter).await.expect(200).items().len(), 1);
    let ask = |more: serde_json::Value| {
        let mut body = json!({ "clientId": ROBOT, "consentType": "Principal", "resourceId": graph, "scope": "a" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    gina.post("oauth2PermissionGrants", ask(json!({}))).await.expect(400);
    gina.post("oauth2PermissionGrants", ask(json!({ "consentType": "Some" }))).await.expect(400);
    gina.post("oauth2PermissionGrants", ask(json!({ "principalId": NOBODY }))).await.expect(404);
    gina.post("oauth2PermissionGrants", ask(json!({ "principalId": ALICE, "clientId": ALICE }))).await.expect(404);
    gina.post("oauth2PermissionGrants", ask(json!({ "principalId": ALICE }))).await.expect(201);
    lab.with_scopes(ALICE, APPLICATIONS).delete(&path).await.expect(403);
    gina.delete(&path).await.expect(204);
    gina.get(&path).await.expect(404);
}
