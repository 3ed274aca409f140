//! What stands around every answer.

use super::kit::Azure;
use axum::http::Method;
use uuid::Uuid;

#[tokio::test]
async fn every_answer_is_told_apart_and_kept_by_nobody() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let answer = alice.get("/tenants?api-version=2020-01-01").await.expect(200);
    for (name, value) in [
        ("content-type", "application/json; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("pragma", "no-cache"),
        ("expires", "-1"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("access-control-allow-origin", "*"),
        ("mspimslice", ""),
        ("x-ms-client-request-id", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let id = answer.header("x-ms-request-id");
    assert!(Uuid::try_parse(id).is_ok(), "{id}");
    assert_eq!(answer.header("x-ms-correlation-request-id"), id);
    let routing: Vec<_> = answer.header("x-ms-routing-request-id").split(':').collect();
    let [region, time, last] = routing.as_slice() else { panic!("{routing:?}") };
    assert_eq!((*region, time.len(), *last), ("WESTEUROPE", 16, id));
}

#[tokio::test]
async fn ids_of_the_caller_are_repeated() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let headers = [("x-ms-client-request-id", "mine"), ("x-ms-correlation-request-id", "ours")];
    for path in ["/tenants?api-version=2020-01-01", "/tenants"] {
        let answer = alice.send(Method::GET, path, &headers, "").await;
        assert_eq!(answer.header("x-ms-client-request-id"), "mine");
        assert_eq!(answer.header("x-ms-correlation-request-id"), "ours");
        assert_ne!(answer.header("x-ms-request-id"), "ours");
    }
}

#[tokio::test]
async fn everybody_is_told_how_many_calls_are_left() {
    let azure = Azure::new().await;
    let (alice, carol) = (azure.user("alice").await, azure.user("carol").await);
    let reads = "x-ms-ratelimit-remaining-tenant-reads";
    let path = "/tenants?api-version=2020-01-01";
    assert_eq!(alice.get(path).await.header(reads), "11999");
    assert_eq!(alice.get("/tenants").await.header(reads), "11998", "a refused call is one, too");
    assert_eq!(carol.get(path).await.header(reads), "11999");
    let written = alice.post("/batch?api-version=2020-06-01", r#"{"requests":[]}"#).await.expect(200);
    assert_eq!(written.header("x-ms-ratelimit-remaining-tenant-writes"), "1199");
    let below = alice.get("/subscriptions/00000000-0000-4000-8000-000000000009?api-version=2020-01-01").await;
    assert_eq!(below.header("x-ms-ratelimit-remaining-subscription-reads"), "11999");
    assert_eq!(azure.anonymous().get(path).await.header(reads), "");
}

#[tokio::test]
async fn what_pim_serves_says_so_and_what_the_gateway_refuses_too() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let pim = "/providers/Microsoft.Authorization/roleManagementAlerts?api-version=2022-08-01-preview";
    assert_eq!(alice.get(pim).await.header("mspimslice"), "PROD");
    let roles = "/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01";
    assert_eq!(alice.get(roles).await.header("mspimslice"), "");
    assert_eq!(alice.get("/tenants").await.header("x-ms-failure-cause"), "gateway");
}

#[tokio::test]
async fn pages_in_a_browser_may_call() {
    let azure = Azure::new().await;
    let answer = azure.anonymous().send(Method::OPTIONS, "/tenants", &[("origin", "https://x.test")], "").await;
    assert_eq!(answer.expect(204).header("access-control-allow-origin"), "*");
}
