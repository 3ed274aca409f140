//! Whose applications and service principals are, what they may do with nothing but their own, and their secrets.

use super::lab::{ALICE, APPLICATIONS, BERLIN, Client, GINA, Lab, OPS, RITA, ROBOT, claims};
use serde_json::{Value, json};
use uuid::Uuid;

const OWNED: &str = "Application.ReadWrite.OwnedBy";

fn reference(id: &str) -> Value {
    json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") })
}

/// An application with its service principal: ids of both, and the client id.
async fn registered(client: &Client<'_>, name: &str) -> (String, String, String) {
    let made = client.post("applications", json!({ "displayName": name })).await.expect(201);
    let principal = client.post("servicePrincipals", json!({ "appId": made.body["appId"] })).await.expect(201);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made.body["id"]), text(&principal.body["id"]), text(&made.body["appId"]))
}

fn types(items: &[Value]) -> Vec<&str> {
    items.iter().map(|it| it["@odata.type"].as_str().unwrap().trim_start_matches("#microsoft.graph.")).collect()
}

#[tokio::test]
async fn what_somebody_owns_and_made_is_listed_and_narrowed() {
    let lab = Lab::new();
    let alice = lab.with_scopes(ALICE, &format!("{APPLICATIONS} Group.ReadWrite.All User.Read.All"));
    let (application, principal, _) = registered(&alice, "Portal").await;
    let body = json!({ "displayName": "Crew", "mailEnabled": false, "mailNickname": "crew", "securityEnabled": true });
    alice.post("groups", body).await.expect(201);
    let gina = lab.with_scopes(GINA, &format!("{APPLICATIONS} User.Read.All"));
    gina.post(&format!("servicePrincipals/{principal}/owners/$ref"), reference(&ALICE.to_string())).await.expect(204);
    for (path, expected) in [
        (format!("users/{ALICE}/ownedObjects"), vec!["servicePrincipal", "group", "application"]),
        (format!("users/{ALICE}/createdObjects"), vec!["servicePrincipal", "group", "application"]),
        (format!("users/{GINA}/createdObjects"), vec![]),
        (format!("users/{RITA}/ownedObjects"), vec![]),
    ] {
        let listed = gina.get(&path).await.expect(200);
        assert_eq!(types(listed.items()), expected, "{path}");
    }
    assert_eq!(alice.get("me/ownedObjects").await.expect(200).items().len(), 3);
    let cast =
        gina.get(&format!("users/{ALICE}/ownedObjects/microsoft.graph.application?$select=id")).await.expect(200);
    assert_eq!(cast.items(), [json!({ "id": application })]);
    let cast = gina.get(&format!("users/{ALICE}/ownedObjects/graph.servicePrincipal")).await.expect(200);
    assert_eq!(cast.items()[0]["id"], *principal);
    let count = format!("users/{ALICE}/ownedObjects/microsoft.graph.application/$count");
    assert_eq!(gina.get_eventually(&count).await.expect(200).body, json!(1));
    let first = gina.get(&format!("users/{ALICE}/ownedObjects?$top=2")).await.expect(200);
    let next = first.body["@odata.nextLink"].as_str().unwrap().strip_prefix("http://localhost:8443").unwrap();
    assert_eq!(types(gina.get(next).await.expect(200).items()), ["application"]);
    let expanded = gina.get(&format!("users/{ALICE}?$expand=ownedObjects($select=id)")).await.expect(200);
    assert_eq!(expanded.body["ownedObjects"].as_array().unwrap().len(), 3);
    let expanded = gina.get(&format!("applications/{application}?$expand=owners($select=id)")).await.expect(200);
    assert_eq!(expanded.body["owners"][0]["id"], json!(ALICE));
    let owners = gina.get(&format!("servicePrincipals/{principal}/owners/microsoft.graph.user")).await.expect(200);
    assert_eq!(owners.items()[0]["id"], json!(ALICE));
    let count = format!("applications/{application}/owners/$count");
    assert_eq!(gina.get_eventually(&count).await.expect(200).body, json!(1));
}

#[tokio::test]
async fn applications_are_directory_objects() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (application, principal, _) = registered(&gina, "Portal").await;
    let ask = async |types: Value| {
        let body = json!({ "ids": [application, principal, ALICE, OPS], "types": types });
        gina.post("directoryObjects/getByIds", body).await.expect(200)
    };
    assert_eq!(types(ask(json!([])).await.items()), ["application", "servicePrincipal", "user", "group"]);
    assert_eq!(types(ask(json!(["application"])).await.items()), ["application"]);
    assert_eq!(types(ask(json!(["servicePrincipal", "group"])).await.items()), ["servicePrincipal", "group"]);
    let one = gina.get(&format!("directoryObjects/{application}?$select=publisherDomain")).await.expect(200);
    assert_eq!(
        (&one.body["publisherDomain"], &one.body["@odata.type"]),
        (&json!("contoso.onmicrosoft.com"), &json!("#microsoft.graph.application"))
    );
    lab.with_scopes(GINA, "User.ReadWrite.All").delete(&format!("directoryObjects/{application}")).await.expect(403);
    lab.with_scopes(GINA, "User.ReadWrite.All").delete(&format!("directoryObjects/{BERLIN}")).await.expect(403);
    gina.delete(&format!("directoryObjects/{application}")).await.expect(204);
    gina.get(&format!("servicePrincipals/{principal}")).await.expect(404);
    let roles = lab.user(GINA).get("directoryRoles").await.expect(200);
    gina.delete(&format!("directoryObjects/{}", roles.items()[0]["id"].as_str().unwrap())).await.expect(405);
}

#[tokio::test]
async fn a_service_principal_has_secrets_of_its_own() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (application, principal, app_id) = registered(&gina, "Portal").await;
    let path = format!("servicePrincipals/{principal}");
    let added =
        gina.post(&format!("{path}/addPassword"), json!({ "passwordCredential": { "displayName": "sso" } })).await;
    let added = added.expect(200);
    let (secret, key) = (added.body["secretText"].as_str().unwrap(), added.body["keyId"].as_str().unwrap());
    let stored = gina.get(&path).await.expect(200).body["passwordCredentials"].clone();
    assert_eq!((&stored[0]["keyId"], &stored[0]["secretText"]), (&json!(key), &Value::Null));
    assert_eq!(
        gina.get(&format!("applications/{application}")).await.expect(200).body["passwordCredentials"],
        json!([])
    );
    let token = lab.sign_in(&app_id, secret).await.expect(200);
    assert_eq!(claims(&token)["oid"], *principal);
    lab.with_scopes(ALICE, APPLICATIONS).post(&format!("{path}/addPassword"), json!({})).await.expect(403);
    gina.post(&format!("{path}/removePassword"), json!({ "keyId": key })).await.expect(204);
    gina.post(&format!("{path}/removePassword"), json!({ "keyId": key })).await.expect(404);
    lab.sign_in(&app_id, secret).await.expect(401);
}

/// Clients write the time of their own clock, which the tenant's may be far behind.
#[tokio::test]
async fn a_secret_is_good_at_once_whenever_it_says_that_it_begins() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (application, _, app_id) = registered(&gina, "Portal").await;
    let window = json!({ "startDateTime": "2030-01-01T00:00:00Z", "endDateTime": "2031-01-01T00:00:00Z" });
    let path = format!("applications/{application}/addPassword");
    let added = gina.post(&path, json!({ "passwordCredential": window })).await;
    let secret = added.expect(200).body["secretText"].as_str().unwrap().to_owned();
    lab.sign_in(&app_id, &secret).await.expect(200);
}

/// What is registered elsewhere is known by its service principal here.
#[tokio::test]
async fn a_secret_of_a_service_principal_is_enough_without_a_registration() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let client = "11112222-3333-4444-8555-666677778888";
    let unknown = lab.sign_in(client, "x").await.expect(400);
    assert_eq!(unknown.body["error_codes"], json!([700_016]));
    let added = gina.post(&format!("servicePrincipals/{ROBOT}/addPassword"), json!({})).await.expect(200);
    let token = lab.sign_in(client, added.body["secretText"].as_str().unwrap()).await.expect(200);
    assert_eq!(claims(&token)["oid"], json!(ROBOT));
    lab.sign_in(client, "x").await.expect(401);
}

#[tokio::test]
async fn with_the_permission_for_its_own_an_application_manages_what_it_made() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (foreign, foreign_principal, foreign_client) = registered(&gina, "Foreign").await;
    let robot = lab.application_with(&[OWNED]);
    let (own, own_principal, _) = registered(&robot, "Own").await;
    let owned = robot.get(&format!("servicePrincipals/{ROBOT}/ownedObjects?$select=id")).await.expect(200);
    assert_eq!(types(owned.items()), ["servicePrincipal", "application"]);
    for (path, status) in [(&own, 204), (&foreign, 403)] {
        robot.patch(&format!("applications/{path}"), json!({ "notes": "n" })).await.expect(status);
    }
    for (path, status) in [(&own_principal, 204), (&foreign_principal, 403)] {
        robot.patch(&format!("servicePrincipals/{path}"), json!({ "notes": "n" })).await.expect(status);
    }
    robot.post(&format!("applications/{own}/addPassword"), json!({})).await.expect(200);
    robot.post(&format!("applications/{foreign}/addPassword"), json!({})).await.expect(403);
    robot.post(&format!("servicePrincipals/{foreign_principal}/addPassword"), json!({})).await.expect(403);
    let credential = json!({ "name": "main", "issuer": "https://i.example", "subject": "s", "audiences": ["a"] });
    let path = |id: &str| format!("applications/{id}/federatedIdentityCredentials");
    robot.post(&path(&foreign), credential.clone()).await.expect(403);
    robot.post(&path(&own), credential).await.expect(201);
    robot.get(&format!("applications/{foreign}")).await.expect(200);
    gina.delete(&format!("servicePrincipals/{foreign_principal}")).await.expect(204);
    robot.post("servicePrincipals", json!({ "appId": foreign_client })).await.expect(403);
    let upserted = format!("servicePrincipals(appId='{foreign_client}')");
    robot.upsert(&upserted, json!({})).await.expect(403);
    robot.upsert("applications(uniqueName='made')", json!({ "displayName": "Made" })).await.expect(201);
    // Another owner is one more object to be read.
    let owners = format!("applications/{own}/owners/$ref");
    robot.post(&owners, reference(&ALICE.to_string())).await.expect(403);
    let reader = lab.application_with(&[OWNED, "Directory.Read.All"]);
    reader.post(&owners, reference(&ALICE.to_string())).await.expect(204);
    reader.post(&format!("applications/{foreign}/owners/$ref"), reference(&ROBOT.to_string())).await.expect(403);
    robot.delete(&format!("applications/{foreign}")).await.expect(403);
    robot.delete(&format!("applications/{own}")).await.expect(204);
    robot.post(&format!("directory/deletedItems/{own}/restore"), json!({})).await.expect(200);
    robot.post(&format!("directory/deletedItems/{foreign_principal}/restore"), json!({})).await.expect(403);
    robot.delete(&format!("directoryObjects/{own_principal}")).await.expect(204);
    // It gives no permissions.
    let body = json!({ "principalId": ROBOT, "resourceId": own_principal, "appRoleId": Uuid::nil() });
    robot.post(&format!("servicePrincipals/{ROBOT}/appRoleAssignments"), body).await.expect(403);
}
