//! Bodies as tools in use send them.

use super::kit::Azure;
use axum::http::Method;
use serde_json::json;

const BATCH: &str = "/batch?api-version=2020-06-01";
const SHORT: &str = r#"{"Requests":[{"HttpMethod":"GET","URL":"/tenants?api-version=2020-01-01"}]"#;

#[tokio::test]
async fn a_missing_brace_is_put_in_unless_the_tenant_is_strict() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let answer = alice.post(BATCH, SHORT).await.expect(200);
    assert_eq!(answer.body["responses"][0]["httpStatusCode"], 200);
    let switches = format!("/_emulator/tenants/{}/behaviour", azure.tenant);
    azure.control(Method::PATCH, &switches, &json!({"armClosesUnbalancedBraces": false})).await.expect(200);
    let refused = alice.post(BATCH, SHORT).await;
    refused.refused(400, "InvalidRequestContent");
    assert!(refused.header("x-emulator-detail").contains("EOF"), "{}", refused.header("x-emulator-detail"));
    alice.post(BATCH, &format!("{SHORT}}}")).await.expect(200);
}

#[tokio::test]
async fn no_body_and_too_much_of_one_are_refused() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    alice.post(BATCH, "").await.refused(400, "BadRequest");
    let large = format!(r#"{{"requests":[],"other":"{}"}}"#, "x".repeat(4 * 1024 * 1024));
    alice.post(BATCH, &large).await.refused(413, "RequestContentTooLarge");
    let deep = format!(r#"{{"requests":[],"other":{}{}}}"#, "[".repeat(100), "]".repeat(100));
    alice.post(BATCH, &deep).await.refused(400, "InvalidRequestContent");
}
