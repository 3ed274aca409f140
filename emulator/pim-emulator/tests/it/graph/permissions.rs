//! Tokens' permissions and callers' roles.

use super::lab::{ALICE, ASSIGNMENTS, GINA, GROUPS_ADMINISTRATOR, INSTANCES, Lab, REQUESTS, RITA, activation};
use serde_json::json;

/// AUT-21: the gateway of PIM names what would do, wrapped in an error that says nothing.
#[tokio::test]
async fn a_missing_permission_of_pim_is_named() {
    let lab = Lab::new();
    let answer = lab.with_scopes(RITA, "User.Read").get(REQUESTS).await.expect(403);
    assert_eq!(answer.code(), "UnknownError");
    assert_eq!(
        answer.message(),
        r#"{"errorCode":"PermissionScopeNotGranted","message":"Authorization failed due to missing permission scope RoleAssignmentSchedule.ReadWrite.Directory,RoleManagement.ReadWrite.Directory.","instanceAnnotations":[]}"#
    );
}

#[tokio::test]
async fn a_missing_permission_of_the_directory_is_not_named() {
    let lab = Lab::new();
    let answer = lab.with_scopes(RITA, "User.Read").get(ASSIGNMENTS).await.expect(403);
    assert_eq!(
        (answer.code(), answer.message()),
        ("Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    );
}

/// AUT-2, AUT-4: readers see everything, others what is their own.
#[tokio::test]
async fn without_a_reading_role_one_sees_what_is_ones_own() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    assert_eq!(alice.get(INSTANCES).await.expect(403).code(), "UnauthorizedAccessException");
    alice.get(&format!("{INSTANCES}?$filter=principalId eq '{ALICE}'")).await.expect(200);
    alice.get(&format!("{INSTANCES}?$filter=principalId eq '{GINA}'")).await.expect(403);
    lab.user(RITA).get(INSTANCES).await.expect(200);
    lab.application().get(INSTANCES).await.expect(200);
}

/// A role held by activation counts while it runs.
#[tokio::test]
async fn a_role_counts_while_it_is_active() {
    let lab = Lab::new();
    let reader = pim_core::model::roles::SECURITY_READER.0;
    lab.eligible(ALICE, reader);
    let alice = lab.user(ALICE);
    alice.get(INSTANCES).await.expect(403);
    let mut body = activation("PT1H");
    body["roleDefinitionId"] = json!(reader);
    alice.post(REQUESTS, body).await.expect(201);
    alice.get(INSTANCES).await.expect(200);
    lab.advance(pim_core::time::Length::hours(1));
    alice.get(INSTANCES).await.expect(403);
}

/// A permission that is for removals will not do for anything else.
#[tokio::test]
async fn a_permission_to_remove_only_removes() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let remover = lab.with_scopes(GINA, "RoleEligibilitySchedule.Remove.Directory");
    let path = super::lab::ELIGIBILITY_REQUESTS;
    let mut body = json!({
        "action": "adminAssign", "principalId": ALICE, "roleDefinitionId": GROUPS_ADMINISTRATOR, "directoryScopeId": "/",
        "scheduleInfo": { "expiration": { "type": "noExpiration" } },
    });
    assert_eq!(remover.post(path, body.clone()).await.expect(403).code(), "UnknownError");
    body["action"] = json!("adminRemove");
    assert_eq!(remover.post(path, body).await.expect(201).body["status"], "Revoked");
}

/// ACT-3, ACT-4: nobody activates for somebody else, and no application activates at all.
#[tokio::test]
async fn activation_is_for_oneself_and_for_people() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.user(GINA).post(REQUESTS, activation("PT1H")).await.expect(403);
    lab.application().post(REQUESTS, activation("PT1H")).await.expect(403);
}

/// REQ-26: whoever is an application has no current user.
#[tokio::test]
async fn an_application_has_no_current_user() {
    let lab = Lab::new();
    lab.application().get(&format!("{INSTANCES}/filterByCurrentUser(on='principal')")).await.expect(400);
    let answer = lab.application().get("me").await;
    assert_eq!(answer.status, 403, "an application has no permission for /me");
    let odd = lab.user(ALICE).get(&format!("{INSTANCES}/filterByCurrentUser(on='approver')")).await.expect(400);
    assert_eq!(odd.code(), "BadRequest");
}

/// LIC-9, REQ-43: without a licence there is no PIM, not even to be read; the rest of the directory is there.
#[tokio::test]
async fn without_a_licence_there_is_no_pim() {
    let lab = Lab::licensed(pim_core::model::License::P1);
    let rita = lab.user(RITA);
    for path in [INSTANCES, REQUESTS, super::lab::ELIGIBILITY_REQUESTS] {
        let answer = rita.get(path).await.expect(400);
        assert_eq!(answer.code(), "AadPremiumLicenseRequired");
        assert_eq!(
            answer.message(),
            "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license."
        );
    }
    assert_eq!(
        lab.user(ALICE).post(REQUESTS, activation("PT1H")).await.expect(400).code(),
        "AadPremiumLicenseRequired"
    );
    rita.get(ASSIGNMENTS).await.expect(200);
}

/// A batch, whose steps need something each, and what is for everybody.
const WITHOUT_PERMISSION: [&str; 3] = ["/$batch", "/", "/$metadata"];

#[tokio::test]
async fn every_operation_is_listed_with_its_permissions() {
    let rows = pim_emulator::graph::operations();
    assert!(rows.len() > 40, "{}", rows.len());
    let of_nobody: Vec<_> = rows.iter().filter(|row| row.delegated.is_empty()).map(|row| row.path).collect();
    assert_eq!(of_nobody, WITHOUT_PERMISSION, "every other operation needs something of a user");
    let mut paths: Vec<_> = rows.iter().map(|row| (row.path, row.method)).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), rows.len(), "no operation is listed twice");
}

/// Every operation that is served refuses whoever has no token, and whoever has a token without permissions. PIM's own service
/// takes no token of Graph at all.
#[tokio::test]
async fn every_operation_asks_for_a_token_and_a_permission() {
    let lab = Lab::new();
    let nobody = lab.with_scopes(RITA, "openid");
    for row in pim_emulator::graph::operations() {
        if WITHOUT_PERMISSION[1..].contains(&row.path) {
            continue;
        }
        let path = row
            .path
            .replace("{id}", &ALICE.to_string())
            .replace("{appId}", "'00000003-0000-0000-c000-000000000000'")
            .replace("{on}", "'principal'");
        let method = axum::http::Method::from_bytes(row.method.as_bytes()).unwrap();
        for version in &row.versions {
            let path = format!("/{version}{path}");
            let call = async |client: &super::lab::Client<'_>| {
                client
                    .send(method.clone(), &path, &[("content-type", "application/json")], axum::body::Body::from("{}"))
                    .await
            };
            call(&lab.anonymous()).await.expect(401);
            let refused = match *version {
                "api/v2" => 401,
                // There is no step that could be refused.
                _ if row.path == "/$batch" => 400,
                _ => 403,
            };
            call(&nobody).await.expect(refused);
        }
    }
}
