//! Paths and versions, and the order in which they are checked.

use super::kit::{Azure, NOBODYS};
use axum::http::Method;

const TYPE: &str = "providers/Microsoft.Authorization/roleAssignmentScheduleRequests";

#[tokio::test]
async fn paths_are_taken_as_clients_write_them_and_under_any_host() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    for path in [
        "/tenants?api-version=2020-01-01",
        "//Tenants/?API-Version=2020-01-01",
        "/tenants/?%24top=1&api-version=2020-01-01",
        "/%74enants?api-version=2020-01-01",
    ] {
        for host in ["localhost:8443", "management.azure.com", "emulator.test", "127.0.0.1:1"] {
            let answer = alice.send(Method::GET, path, &[("host", host)], "").await.expect(200);
            assert_eq!(answer.body["value"][0]["tenantId"], azure.tenant, "{path} at {host}");
        }
    }
    alice.get("///providers//microsoft.AUTHORIZATION/?api-version=2021-04-01").await.expect(200);
}

#[tokio::test]
async fn every_request_names_a_version() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    for path in ["/tenants", "/tenants?api-version=", &format!("/{TYPE}?$filter=asTarget()"), "/colours"] {
        let path = path.replace("/colours", "/providers/Contoso.Lab/colours");
        assert_eq!(
            alice.get(&path).await.refused(400, "MissingApiVersionParameter"),
            "The api-version query parameter (?api-version=) is required for all requests."
        );
    }
}

#[tokio::test]
async fn a_version_that_a_type_has_not_is_answered_with_those_that_it_has() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    assert_eq!(
        alice.get(&format!("/{TYPE}?api-version=2024-02-01-preview")).await.refused(404, "InvalidResourceType"),
        "The resource type 'roleAssignmentScheduleRequests' could not be found in the namespace 'Microsoft.Authorization' \
         for api version '2024-02-01-preview'. The supported api-versions are \
         '2020-10-01-preview,2020-10-01,2022-04-01-preview'."
    );
    let front = alice.post("/batch?api-version=1999-01-01", "{}").await;
    assert_eq!(
        front.refused(400, "InvalidApiVersionParameter"),
        "The api-version '1999-01-01' is invalid. The supported versions are '2015-11-01,2020-06-01,2021-04-01'."
    );
}

#[tokio::test]
async fn unknown_types_namespaces_and_paths_are_told_apart() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let version = "api-version=2020-10-01";
    assert_eq!(
        alice
            .get(&format!("/providers/microsoft.authorization/colours?{version}"))
            .await
            .refused(404, "InvalidResourceType"),
        "The resource type 'colours' could not be found in the namespace 'Microsoft.Authorization' for api version \
         '2020-10-01'."
    );
    assert_eq!(
        alice
            .get(&format!("/providers/Contoso.Lab/colours/red?{version}"))
            .await
            .refused(404, "InvalidResourceNamespace"),
        "The resource namespace 'Contoso.Lab' is invalid."
    );
    alice.get("/tenants/x/y?api-version=2020-01-01").await.refused(404, "ResourceNotFound");
    let unbuilt =
        alice.get("/providers/Microsoft.Authorization/roleManagementAlerts?api-version=2022-08-01-preview").await;
    assert_eq!(
        unbuilt.refused(501, "NotEmulated"),
        "This emulator does not emulate alerts of anything but subscriptions yet."
    );
}

/// Token, version, subscription, type, version of the type, method: the first that applies is told.
#[tokio::test]
async fn what_is_wrong_is_told_in_one_order() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let somewhere = format!("/subscriptions/{NOBODYS}/providers/Microsoft.Authorization/colours");
    azure.anonymous().get(&somewhere).await.refused(401, "AuthenticationFailed");
    alice.get(&somewhere).await.refused(400, "MissingApiVersionParameter");
    assert_eq!(
        alice.get(&format!("{somewhere}?api-version=1999-01-01")).await.refused(404, "SubscriptionNotFound"),
        format!("The subscription '{NOBODYS}' could not be found.")
    );
    let nowhere = format!("/{TYPE}?api-version=1999-01-01");
    alice.send(Method::DELETE, &nowhere, &[], "").await.refused(404, "InvalidResourceType");
    alice
        .send(Method::DELETE, "/tenants?api-version=1999-01-01", &[], "")
        .await
        .refused(400, "InvalidApiVersionParameter");
    alice.get("/subscriptions/lab?api-version=2020-01-01").await.refused(400, "InvalidSubscriptionId");
    let long = format!("/providers/Microsoft.Subscription/subscriptions/{NOBODYS}?api-version=2020-01-01");
    alice.get(&long).await.refused(404, "SubscriptionNotFound");
}

#[tokio::test]
async fn a_method_that_is_not_there_is_answered_without_an_envelope() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let answer = alice.send(Method::DELETE, "/tenants?api-version=2020-01-01", &[], "").await.expect(405);
    assert_eq!(
        answer.body,
        serde_json::json!({"message": "The requested resource does not support http method 'DELETE'."})
    );
    assert_eq!(answer.header("allow"), "GET, PUT, POST");
}
