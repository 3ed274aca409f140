//! `/users` and `/me`: making, reading, changing and deleting.

use super::lab::{ALICE, GINA, Lab, OPS, RITA, WRITE};
use axum::http::Method;
use pim_core::time::Length;
use serde_json::{Value, json};

fn zoe() -> Value {
    json!({
        "@odata.type": "#microsoft.graph.user",
        "accountEnabled": true,
        "displayName": "Zoe",
        "mailNickname": "zoe",
        "userPrincipalName": "zoe@contoso.onmicrosoft.com",
        "passwordProfile": { "password": "Tr0ub4dor&3", "forceChangePasswordNextSignIn": true },
        "city": "Berlin",
        "businessPhones": ["+49 30 1"],
        "usageLocation": "DE",
    })
}

#[tokio::test]
async fn a_user_is_made_read_changed_and_deleted() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let made = gina.post("users", zoe()).await.expect(201);
    let id = made.body["id"].as_str().unwrap().to_owned();
    assert_eq!(
        made.body.as_object().unwrap().len(),
        12,
        "the eleven default properties and the context: {}",
        made.body
    );
    assert!(made.headers["location"].to_str().unwrap().ends_with(&format!("{id}/Microsoft.DirectoryServices.User")));
    let select = "$select=city,usageLocation,userType,identities,securityIdentifier,passwordProfile,proxyAddresses";
    let read = gina.get(&format!("users/zoe@contoso.onmicrosoft.com?{select}")).await.expect(200);
    assert_eq!((&read.body["city"], &read.body["usageLocation"]), (&json!("Berlin"), &json!("DE")));
    assert_eq!(read.body["identities"][0]["issuerAssignedId"], "zoe@contoso.onmicrosoft.com");
    assert!(read.body["securityIdentifier"].as_str().unwrap().starts_with("S-1-12-1-"));
    assert_eq!((&read.body["passwordProfile"], &read.body["proxyAddresses"]), (&Value::Null, &json!([])));
    let path = format!("users/{id}");
    let change = json!({ "city": null, "jobTitle": "Analyst", "id": id, "createdDateTime": null, "unknown": 1 });
    gina.patch(&path, change).await.expect(204);
    let read = gina.get(&format!("{path}?$select=city,jobTitle,usageLocation")).await.expect(200);
    assert_eq!(
        (&read.body["city"], &read.body["jobTitle"], &read.body["usageLocation"]),
        (&Value::Null, &json!("Analyst"), &json!("DE"))
    );
    gina.delete(&path).await.expect(204);
    let absent = gina.get(&path).await.expect(404);
    assert_eq!(absent.code(), "Request_ResourceNotFound");
    assert_eq!(gina.delete(&path).await.expect(404).code(), "Request_ResourceNotFound");
}

#[tokio::test]
async fn bad_bodies_are_refused_by_the_name_of_the_property() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    for (member, value, message) in [
        ("displayName", Value::Null, "A value is required for property 'displayName' of resource 'User'."),
        ("accountEnabled", Value::Null, "A value is required for property 'accountEnabled' of resource 'User'."),
        ("passwordProfile", Value::Null, "A value is required for property 'passwordProfile' of resource 'User'."),
        ("accountEnabled", json!("yes"), "Invalid value specified for property 'accountEnabled' of resource 'User'."),
        ("usageLocation", json!("Germany"), "Invalid value specified for property 'usageLocation' of resource 'User'."),
        (
            "mailNickname",
            json!("z".repeat(65)),
            "Invalid value specified for property 'mailNickname' of resource 'User'.",
        ),
        ("securityIdentifier", json!("S-1"), "Property 'securityIdentifier' is read-only and cannot be set."),
        (
            "userPrincipalName",
            json!("alice@contoso.onmicrosoft.com"),
            "Another object with the same value for property userPrincipalName already exists.",
        ),
        (
            "userPrincipalName",
            json!("zoe@fabrikam.com"),
            "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain \
             names in your organization.",
        ),
        (
            "passwordProfile",
            json!({ "password": "simple" }),
            "The specified password does not comply with password complexity requirements. Please provide a different \
             password.",
        ),
    ] {
        let mut body = zoe();
        body[member] = value;
        let answer = gina.post("users", body).await.expect(400);
        assert_eq!((answer.code(), answer.message()), ("Request_BadRequest", message));
    }
    assert_eq!(gina.get("users").await.items().len(), 3);
}

/// AUT-20. Permission and role are both needed.
#[tokio::test]
async fn writing_users_takes_a_permission_and_a_role() {
    let lab = Lab::new();
    let path = format!("users/{RITA}");
    let rename = || json!({ "displayName": "Rita R" });
    for answer in [
        lab.with_scopes(GINA, "User.Read.All").patch(&path, rename()).await,
        lab.with_scopes(ALICE, WRITE).patch(&path, rename()).await,
        lab.with_scopes(ALICE, WRITE).post("users", zoe()).await,
        lab.with_scopes(ALICE, WRITE).delete(&path).await,
        lab.with_scopes(ALICE, "User.ReadWrite").patch("me", rename()).await,
        lab.application_with(&["User.Read.All"]).delete(&path).await,
    ] {
        assert_eq!(answer.expect(403).code(), "Authorization_RequestDenied");
    }
    lab.with_scopes(ALICE, "User.ReadWrite").patch("me", json!({ "mobilePhone": "1" })).await.expect(204);
    assert_eq!(lab.user(ALICE).get("me").await.body["mobilePhone"], "1");
    lab.application_with(&["User.ReadWrite.All"]).patch(&path, rename()).await.expect(204);
}

#[tokio::test]
async fn managers_are_referred_to() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let manager = format!("users/{ALICE}/manager");
    let absent = gina.get(&manager).await.expect(404);
    assert_eq!(
        absent.message(),
        "Resource 'manager' does not exist or one of its queried reference-property objects are not present."
    );
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/users/{RITA}") });
    gina.put(&format!("{manager}/$ref"), reference.clone()).await.expect(204);
    assert_eq!(gina.get(&manager).await.expect(200).body["id"], json!(RITA));
    assert_eq!(gina.get(&format!("users/{RITA}/directReports")).await.expect(200).items()[0]["id"], json!(ALICE));
    let expanded = gina.get(&format!("users/{ALICE}?$expand=manager($select=id)")).await.expect(200);
    assert_eq!(expanded.body["manager"]["id"], json!(RITA));
    gina.delete(&format!("{manager}/$ref")).await.expect(204);
    gina.delete(&format!("{manager}/$ref")).await.expect(404);
    // A group is nobody's manager.
    let group = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{OPS}") });
    gina.put(&format!("{manager}/$ref"), group).await.expect(404);
    assert_eq!(gina.put(&manager, reference).await.expect(405).code(), "Request_BadRequest");
}

#[tokio::test]
async fn sessions_are_revoked() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    lab.advance(Length::hours(1));
    let revoked = gina.post(&format!("users/{ALICE}/revokeSignInSessions"), json!({})).await.expect(200);
    assert_eq!(revoked.body["value"], true);
    let from = gina.get(&format!("users/{ALICE}?$select=signInSessionsValidFromDateTime")).await.expect(200);
    assert_eq!(from.body["signInSessionsValidFromDateTime"], "2026-01-05T09:00:00Z");
    // Those of oneself by anybody, those of others by whoever manages users.
    lab.advance(Length::hours(1));
    let alice = lab.with_scopes(ALICE, WRITE);
    alice.post("me/revokeSignInSessions", json!({})).await.expect(200);
    let from = gina.get(&format!("users/{ALICE}?$select=signInSessionsValidFromDateTime")).await.expect(200);
    assert_eq!(from.body["signInSessionsValidFromDateTime"], "2026-01-05T10:00:00Z");
    alice.post(&format!("users/{GINA}/revokeSignInSessions"), json!({})).await.expect(403);
}

#[tokio::test]
async fn an_application_is_nobody() {
    let lab = Lab::new();
    let answer = lab.application_with(&["User.Read.All"]).send(Method::GET, "me", &[], axum::body::Body::empty()).await;
    assert!(answer.status.is_client_error());
}
