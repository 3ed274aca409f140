//! Paths as clients write them.

use super::lab::{ALICE, Lab, RITA};
use axum::body::Body;
use axum::http::Method;

#[tokio::test]
async fn case_slashes_and_keys_in_parentheses_do_not_matter() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    for path in [
        format!("/v1.0/users/{ALICE}"),
        format!("/V1.0/Users('{ALICE}')/"),
        format!("/v1.0//users//{}", ALICE.to_string().to_uppercase()),
        "/v1.0/users/alice@contoso.onmicrosoft.com".to_owned(),
        "/v1.0/users('ALICE%40contoso.onmicrosoft.com')".to_owned(),
        format!("/v1.0/7f1d2a10-0c3e-4b57-9a51-2d4b6c8e0f11/users/{ALICE}"),
    ] {
        assert_eq!(rita.get(&path).await.expect(200).body["displayName"], "alice", "{path}");
    }
    rita.get("//v1.0//RoleManagement//directory/ROLEASSIGNMENTS?%24top=1").await.expect(200);
    rita.get(
        "roleManagement/directory/roleEligibilitySchedules/microsoft.graph.filterByCurrentUser(on=%27principal%27)",
    )
    .await
    .expect(200);
}

#[tokio::test]
async fn unknown_paths_methods_and_versions_are_told_apart() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let unknown = rita.get("colours").await.expect(400);
    assert_eq!(unknown.message(), "Resource not found for the segment 'colours'.");
    let method =
        rita.send(Method::POST, "me", &[("content-type", "application/json")], Body::from("{}")).await.expect(405);
    assert_eq!(method.message(), "Specified HTTP method is not allowed for the request target.");
    rita.send(Method::PUT, "users", &[], Body::empty()).await.expect(405);
    rita.get("administrativeUnits").await.expect(400);
    lab.user(RITA).beta().get("administrativeUnits").await.expect(200);
}

/// Nothing answers an empty success.
#[tokio::test]
async fn what_is_not_built_says_so_by_name() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    for (path, name) in [
        ("planner/plans", "/planner"),
        ("me/photo", "/photo"),
        ("users/alice@contoso.onmicrosoft.com/licenseDetails", "/licenseDetails"),
        ("policies/authorizationPolicy", "/policies/authorizationPolicy"),
        ("auditLogs/provisioning", "/auditLogs/provisioning"),
        ("identityGovernance/lifecycleWorkflows/workflows", "/identityGovernance/lifecycleWorkflows"),
    ] {
        let answer = rita.get(path).await.expect(501);
        assert_eq!(answer.code(), "NotEmulated");
        assert!(answer.message().contains(name), "{}", answer.message());
    }
}
