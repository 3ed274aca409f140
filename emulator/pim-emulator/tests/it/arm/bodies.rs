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

/// What was packed is unpacked, up to the limit of what comes unpacked; nothing but gzip is known.
#[tokio::test]
async fn bodies_and_answers_may_be_packed() {
    use flate2::Compression;
    use flate2::read::GzDecoder;
    use flate2::write::GzEncoder;
    use std::io::{Read as _, Write as _};
    let zipped = |text: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let batch = r#"{"requests":[{"httpMethod":"GET","url":"/tenants?api-version=2020-01-01"}]}"#;
    let gzip = [("content-encoding", "gzip")];
    let answer = alice.send_bytes(Method::POST, BATCH, &gzip, zipped(batch)).await.expect(200);
    assert_eq!(answer.body["responses"][0]["httpStatusCode"], 200);
    let unknown = alice.send_bytes(Method::POST, BATCH, &[("content-encoding", "br")], zipped(batch)).await;
    unknown.refused(415, "UnsupportedMediaType");
    let bomb = zipped(&" ".repeat(5 * 1024 * 1024));
    alice.send_bytes(Method::POST, BATCH, &gzip, bomb).await.refused(413, "RequestContentTooLarge");
    alice.send_bytes(Method::POST, BATCH, &gzip, batch.into()).await.refused(400, "InvalidRequestContent");
    let roles = "/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01";
    let plain = alice.get(roles).await.expect(200);
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "Accept-Encoding"));
    let (headers, packed) = alice.bytes(roles, &[("accept-encoding", "gzip")]).await;
    assert_eq!(headers["content-encoding"], "gzip");
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), plain.body);
}
