//! `/applications`: registered, changed, given credentials and owners, deleted.

use super::lab::{ALICE, APPLICATIONS, Client, GINA, Lab, OPS, RITA};
use axum::body::Body;
use axum::http::Method;
use pim_core::PrincipalId;
use pim_core::model::roles;
use pim_core::time::Length;
use serde_json::{Value, json};
use uuid::Uuid;

/// A GUID that is nobody's.
const NOBODY: Uuid = Uuid::from_u128(9);

async fn registered(client: &Client<'_>, name: &str) -> (String, String) {
    let made = client.post("applications", json!({ "displayName": name })).await.expect(201);
    let text = |property: &str| made.body[property].as_str().unwrap().to_owned();
    (text("id"), text("appId"))
}

fn reference(id: Uuid) -> Value {
    json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") })
}

#[tokio::test]
async fn an_application_is_registered_read_changed_and_found_by_client_id() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let body = json!({
        "@odata.type": "#microsoft.graph.application",
        "displayName": "Portal",
        "signInAudience": "AzureADMultipleOrgs",
        "tags": ["a"],
        "web": { "redirectUris": ["https://portal.example/cb"], "homePageUrl": "https://portal.example" },
        "spa": { "redirectUris": ["https://portal.example/spa"] },
        "requiredResourceAccess": [{ "resourceAppId": NOBODY, "resourceAccess": [{ "id": NOBODY, "type": "Role" }] }],
        "owners@odata.bind": [format!("https://graph.microsoft.com/v1.0/users/{RITA}")],
        "somethingNew": 1,
    });
    let made = gina.post("applications", body).await.expect(201);
    let (id, app_id) = (made.body["id"].as_str().unwrap(), made.body["appId"].as_str().unwrap());
    assert!(made.headers["location"].to_str().unwrap().ends_with(id));
    assert_eq!(made.body["signInAudience"], "AzureADMultipleOrgs");
    assert_eq!(made.body["publisherDomain"], "contoso.onmicrosoft.com");
    assert_eq!(made.body["web"]["redirectUris"], json!(["https://portal.example/cb"]));
    assert_eq!(made.body["web"]["implicitGrantSettings"]["enableIdTokenIssuance"], false);
    assert_eq!(made.body["requiredResourceAccess"][0]["resourceAccess"][0]["type"], "Role");
    let by_client = format!("applications(appId='{app_id}')");
    let change =
        json!({ "displayName": "Door", "description": "d", "tags": null, "api": { "requestedAccessTokenVersion": 2 } });
    gina.patch(&by_client, change).await.expect(204);
    let read = gina.get(&format!("applications/{id}")).await.expect(200);
    assert_eq!((read.body["displayName"].clone(), read.body["description"].clone()), (json!("Door"), json!("d")));
    assert_eq!(
        (read.body["tags"].clone(), read.body["api"]["requestedAccessTokenVersion"].clone()),
        (json!([]), json!(2))
    );
    assert_eq!(read.body["web"]["homePageUrl"], "https://portal.example", "what is not named stays");
    assert_eq!(gina.get(&by_client).await.expect(200).body["id"], *id);
    let found = gina.get(&format!("applications?$filter=appId eq '{app_id}'&$select=id")).await.expect(200);
    assert_eq!(found.items(), [json!({ "id": id })]);
    let owners = gina.get(&format!("applications/{id}/owners?$select=id")).await.expect(200);
    assert_eq!(owners.items().len(), 2, "whoever is named, and whoever registers it");
    let counted =
        gina.send(Method::GET, "applications/$count", &[("consistencylevel", "eventual")], Body::empty()).await;
    assert_eq!(counted.expect(200).body, 1);
}

#[tokio::test]
async fn a_secret_is_said_once_and_opens_sign_in_until_it_is_removed() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (id, app_id) = registered(&gina, "Portal").await;
    gina.post("servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    let asked = json!({ "passwordCredential": { "displayName": "ci" } });
    let added = gina.post(&format!("applications/{id}/addPassword"), asked).await.expect(200);
    let (secret, key) = (added.body["secretText"].as_str().unwrap(), added.body["keyId"].as_str().unwrap());
    assert_eq!((secret.len(), added.body["hint"].as_str().unwrap()), (40, &secret[..3]));
    let read = gina.get(&format!("applications/{id}")).await.expect(200);
    let stored = &read.body["passwordCredentials"][0];
    assert_eq!(
        (&stored["keyId"], &stored["secretText"], &stored["displayName"]),
        (&json!(key), &Value::Null, &json!("ci"))
    );
    assert!(stored["endDateTime"].as_str().unwrap().starts_with("2028-01-0"), "two years: {stored}");
    lab.sign_in(&app_id, secret).await.expect(200);
    let remove = format!("applications/{id}/removePassword");
    gina.post(&remove, json!({ "keyId": key })).await.expect(204);
    lab.sign_in(&app_id, secret).await.expect(401);
    gina.post(&remove, json!({ "keyId": key })).await.expect(404);
    assert_eq!(gina.post(&remove, json!({ "keyId": "key" })).await.expect(400).code(), "Request_BadRequest");
    let backwards = json!({ "passwordCredential": { "endDateTime": "2020-01-01T00:00:00Z" } });
    gina.post(&format!("applications/{id}/addPassword"), backwards).await.expect(400);
    let soon = json!({ "passwordCredential": { "endDateTime": "2026-01-05T09:00:00Z" } });
    let added = gina.post(&format!("applications(appId='{app_id}')/addPassword"), soon).await.expect(200);
    let secret = added.body["secretText"].as_str().unwrap();
    lab.sign_in(&app_id, secret).await.expect(200);
    lab.advance(Length::hours(1));
    lab.sign_in(&app_id, secret).await.expect(401);
}

#[tokio::test]
async fn who_may_change_applications() {
    let lab = Lab::new();
    let (gina, alice) = (lab.with_scopes(GINA, APPLICATIONS), lab.with_scopes(ALICE, APPLICATIONS));
    let (id, _) = registered(&gina, "Portal").await;
    let path = format!("applications/{id}");
    let rename = json!({ "displayName": "Door" });
    assert_eq!(alice.patch(&path, rename.clone()).await.expect(403).code(), "Authorization_RequestDenied");
    alice.delete(&path).await.expect(403);
    lab.user(ALICE).patch(&path, rename.clone()).await.expect(403);
    let (own, _) = registered(&alice, "Mine").await;
    alice.patch(&format!("applications/{own}"), rename.clone()).await.expect(204);
    gina.post(&format!("{path}/owners/$ref"), reference(ALICE)).await.expect(204);
    alice.patch(&path, rename.clone()).await.expect(204);
    let again = gina.post(&format!("{path}/owners/$ref"), reference(ALICE)).await.expect(400);
    assert_eq!(
        again.message(),
        "One or more added object references already exist for the following modified properties: 'owners'."
    );
    gina.delete(&format!("{path}/owners/{ALICE}/$ref")).await.expect(204);
    gina.delete(&format!("{path}/owners/{ALICE}/$ref")).await.expect(404);
    gina.post(&format!("{path}/owners/$ref"), reference(OPS)).await.expect(400);
    gina.post(&format!("{path}/owners/$ref"), reference(NOBODY)).await.expect(404);
    gina.post(&format!("{path}/owners/$ref"), json!({ "@odata.id": "alice" })).await.expect(400);
    alice.patch(&path, rename.clone()).await.expect(403);
    lab.hold(ALICE, roles::CLOUD_APPLICATION_ADMINISTRATOR, pim_core::model::DirectoryScope::Tenant);
    alice.patch(&path, rename).await.expect(204);
}

/// A role for one application is for that application.
#[tokio::test]
async fn an_administrator_of_one_application_changes_that_one() {
    let lab = Lab::new();
    let (gina, alice) = (lab.with_scopes(GINA, APPLICATIONS), lab.with_scopes(ALICE, APPLICATIONS));
    let (one, _) = registered(&gina, "one").await;
    let (other, _) = registered(&gina, "other").await;
    let scope = pim_core::model::DirectoryScope::Object(PrincipalId(one.parse().unwrap()));
    lab.hold(ALICE, roles::APPLICATION_ADMINISTRATOR, scope);
    alice.patch(&format!("applications/{one}"), json!({ "notes": "n" })).await.expect(204);
    alice.patch(&format!("applications/{other}"), json!({ "notes": "n" })).await.expect(403);
}

#[tokio::test]
async fn a_body_that_makes_no_sense_is_refused_by_property() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let missing = gina.post("applications", json!({ "notes": "n" })).await.expect(400);
    assert_eq!(missing.message(), "A value is required for property 'displayName' of resource 'Application'.");
    for (property, value) in [
        ("signInAudience", json!("Everybody")),
        ("tags", json!("a")),
        ("isFallbackPublicClient", json!("yes")),
        ("identifierUris", json!([1])),
        ("requiredResourceAccess", json!({})),
        ("appRoles", json!([{ "id": "x", "displayName": "d", "description": "d", "allowedMemberTypes": ["User"] }])),
        ("keyCredentials", json!([{ "keyId": "x" }])),
    ] {
        let answer = gina.post("applications", json!({ "displayName": "Portal", property: value })).await.expect(400);
        let expected = format!("Invalid value specified for property '{property}' of resource 'Application'.");
        assert_eq!(answer.message(), expected);
    }
    assert_eq!(gina.post("applications", json!({ "displayName": " " })).await.expect(400).code(), "Request_BadRequest");
    assert_eq!(gina.get("applications/x").await.expect(400).message(), "Invalid object identifier 'x'.");
    gina.get(&format!("applications/{NOBODY}")).await.expect(404);
    let (id, app_id) = registered(&gina, "Portal").await;
    gina.get(&format!("applications/{app_id}")).await.expect(404);
    gina.get(&format!("applications(appId='{id}')")).await.expect(404);
    let uris = json!({ "identifierUris": ["api://portal"] });
    gina.patch(&format!("applications/{id}"), uris.clone()).await.expect(204);
    let (twin, _) = registered(&gina, "Twin").await;
    let taken = gina.patch(&format!("applications/{twin}"), uris).await.expect(400);
    assert_eq!(taken.message(), "Another object with the same value for property identifierUris already exists.");
}

#[tokio::test]
async fn a_permission_that_is_offered_is_disabled_before_it_changes() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (id, app_id) = registered(&gina, "Portal").await;
    let path = format!("applications/{id}");
    let role = |value: &str, is_enabled: bool| {
        json!({ "appRoles": [{ "id": NOBODY, "value": value, "displayName": "Reader", "description": "reads",
                               "allowedMemberTypes": ["Application"], "isEnabled": is_enabled }] })
    };
    gina.patch(&path, role("read", true)).await.expect(204);
    let refused = gina.patch(&path, json!({ "appRoles": [] })).await.expect(400);
    assert_eq!(
        (refused.code(), refused.message()),
        (
            "CannotDeleteOrUpdateEnabledEntitlement",
            "Permission (scope or role) cannot be deleted or updated unless disabled first."
        )
    );
    gina.patch(&path, role("write", true)).await.expect(400);
    gina.patch(&path, role("read", false)).await.expect(204);
    gina.patch(&path, json!({ "appRoles": [] })).await.expect(204);
    let scope = json!({ "api": { "oauth2PermissionScopes": [{ "id": NOBODY, "value": "use", "type": "User",
        "adminConsentDisplayName": "Use", "adminConsentDescription": "uses", "isEnabled": true }] } });
    gina.patch(&path, scope).await.expect(204);
    gina.patch(&path, json!({ "api": { "oauth2PermissionScopes": [] } })).await.expect(400);
    gina.post("servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    let principal = gina.get(&format!("servicePrincipals(appId='{app_id}')")).await.expect(200);
    assert_eq!(principal.body["oauth2PermissionScopes"][0]["value"], "use");
}

#[tokio::test]
async fn certificates_and_foreign_tokens_are_stored() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (id, _) = registered(&gina, "Portal").await;
    let path = format!("applications/{id}");
    let key = json!({ "type": "X509CertAndPassword", "usage": "Sign", "key": "TUlJ", "displayName": "CN=portal" });
    gina.patch(&path, json!({ "keyCredentials": [key] })).await.expect(204);
    let stored = gina.get(&path).await.expect(200).body["keyCredentials"][0].clone();
    assert_eq!((&stored["type"], &stored["key"]), (&json!("X509CertAndPassword"), &Value::Null));
    assert_ne!(stored["keyId"], json!(Uuid::nil()));
    let credentials = format!("{path}/federatedIdentityCredentials");
    let issuer = "https://token.actions.githubusercontent.com";
    let body = json!({ "name": "main", "issuer": issuer, "subject": "repo:a/b:ref:refs/heads/main",
                       "audiences": ["api://AzureADTokenExchange"] });
    let made = gina.post(&credentials, body.clone()).await.expect(201);
    assert_eq!(made.body["name"], "main");
    let twin = gina.post(&credentials, body.clone()).await.expect(400);
    assert!(twin.message().starts_with("A conflicting object with one or more of the specified property values"));
    gina.patch(&format!("{credentials}/main"), json!({ "subject": "other" })).await.expect(204);
    let by_id = format!("{credentials}/{}", made.body["id"].as_str().unwrap());
    assert_eq!(gina.get(&by_id).await.expect(200).body["subject"], "other");
    assert_eq!(gina.get(&format!("{credentials}('main')")).await.expect(200).body["issuer"], issuer);
    assert_eq!(gina.get(&credentials).await.expect(200).items().len(), 1);
    gina.patch(&by_id, json!({ "name": "renamed" })).await.expect(400);
    gina.patch(&by_id, json!({ "audiences": [] })).await.expect(400);
    for missing in ["name", "issuer", "subject", "audiences"] {
        let mut less = body.clone();
        less.as_object_mut().unwrap().remove(missing);
        gina.post(&credentials, less).await.expect(400);
    }
    gina.delete(&by_id).await.expect(204);
    gina.get(&by_id).await.expect(404);
}

/// ASG-27. What the application held is gone with it.
#[tokio::test]
async fn a_deleted_application_takes_its_service_principal_along_and_comes_back_with_it() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let (id, app_id) = registered(&gina, "Portal").await;
    let principal = gina.post("servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    let principal = principal.body["id"].as_str().unwrap().to_owned();
    let asked = json!({ "passwordCredential": {} });
    let secret = gina.post(&format!("applications/{id}/addPassword"), asked).await.expect(200);
    let secret = secret.body["secretText"].as_str().unwrap().to_owned();
    gina.delete(&format!("applications/{id}")).await.expect(204);
    gina.get(&format!("applications/{id}")).await.expect(404);
    gina.get(&format!("servicePrincipals/{principal}")).await.expect(404);
    lab.sign_in(&app_id, &secret).await.expect(400);
    let deleted = gina.get("directory/deletedItems/microsoft.graph.application").await.expect(200);
    assert_eq!((&deleted.items()[0]["id"], deleted.items().len()), (&json!(id), 1));
    assert_eq!(deleted.items()[0]["deletedDateTime"], "2026-01-05T08:00:00Z");
    let item = format!("directory/deletedItems/{id}");
    gina.get(&item).await.expect(200);
    lab.with_scopes(ALICE, APPLICATIONS).post(&format!("{item}/restore"), json!({})).await.expect(403);
    lab.with_scopes(GINA, "User.ReadWrite.All").post(&format!("{item}/restore"), json!({})).await.expect(403);
    let restored = gina.post(&format!("{item}/restore"), json!({})).await.expect(200);
    assert_eq!(restored.body["appId"], *app_id);
    gina.get(&item).await.expect(404);
    assert_eq!(gina.get(&format!("applications/{id}")).await.expect(200).body["appId"], *app_id);
    assert_eq!(gina.get(&format!("servicePrincipals/{principal}")).await.expect(200).body["appId"], *app_id);
    lab.sign_in(&app_id, &secret).await.expect(200);
    gina.delete(&format!("applications/{id}")).await.expect(204);
    gina.delete(&item).await.expect(204);
    gina.post(&format!("{item}/restore"), json!({})).await.expect(404);
    gina.delete(&item).await.expect(404);
}
