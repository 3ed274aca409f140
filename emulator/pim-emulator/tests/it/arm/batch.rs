//! Several requests in one.

use super::kit::Azure;
use serde_json::{Value, json};

const BATCH: &str = "/batch?api-version=2020-06-01";
const TENANTS: &str = "/tenants?api-version=2020-01-01";

#[tokio::test]
async fn every_request_of_a_batch_is_answered_under_its_name() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let alone = alice.get(TENANTS).await.expect(200).body;
    let body = json!({"requests": [
        {"httpMethod": "GET", "name": "first", "url": TENANTS, "requestHeaderDetails": {"commandName": "x"}},
        {"httpMethod": "get", "url": "https://management.azure.com//tenants/?api-version=2020-01-01"},
        {"name": "third", "relativeUrl": "/tenants?api-version=2020-01-01&$filter=a eq 'b'"},
        {"httpMethod": "DELETE", "name": "fourth", "url": TENANTS},
        {"httpMethod": "GET", "name": "fifth", "url": "/tenants"},
    ]});
    let answer = alice.post(BATCH, &body.to_string()).await.expect(200);
    let responses = answer.body["responses"].as_array().unwrap();
    let seen: Vec<_> = responses.iter().map(|it| (it["name"].as_str(), it["httpStatusCode"].as_u64())).collect();
    assert_eq!(
        seen,
        [
            (Some("first"), Some(200)),
            (None, Some(200)),
            (Some("third"), Some(200)),
            (Some("fourth"), Some(405)),
            (Some("fifth"), Some(400)),
        ]
    );
    for response in &responses[..3] {
        assert_eq!(response["content"], alone);
        assert_eq!(response["headers"], json!({}));
    }
    assert!(responses[1].get("name").is_none(), "a name is only repeated");
    let length = responses[4]["contentLength"].as_u64().unwrap();
    assert_eq!(length, responses[4]["content"].to_string().len() as u64);
    assert_eq!(responses[4]["content"]["error"]["code"], "MissingApiVersionParameter");
}

#[tokio::test]
async fn twenty_requests_are_taken_and_no_more() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let of = |count: usize| {
        let requests: Vec<_> = (0..count).map(|_| json!({"httpMethod": "GET", "url": TENANTS})).collect();
        json!({ "requests": requests }).to_string()
    };
    let answer = alice.post(BATCH, &of(20)).await.expect(200);
    assert_eq!(answer.body["responses"].as_array().map(Vec::len), Some(20));
    alice.post(BATCH, &of(21)).await.refused(400, "InvalidRequestContent");
}

#[tokio::test]
async fn a_batch_that_cannot_be_is_refused_whole() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    for body in [
        json!({}),
        json!({"requests": {}}),
        json!({"requests": [{"httpMethod": "GET", "url": "tenants"}]}),
        json!({"requests": [{"httpMethod": "GET"}]}),
        json!({"requests": [{"httpMethod": "G T", "url": TENANTS}]}),
    ] {
        alice.post(BATCH, &body.to_string()).await.refused(400, "InvalidRequestContent");
    }
    azure.anonymous().post(BATCH, "{}").await.refused(401, "AuthenticationFailed");
}

#[tokio::test]
async fn a_batch_in_a_batch_is_refused_and_the_rest_is_carried_out() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let inner: Value = json!({"requests": [{"httpMethod": "GET", "url": TENANTS}]});
    let body = json!({"requests": [
        {"httpMethod": "POST", "url": BATCH, "content": inner},
        {"httpMethod": "GET", "url": TENANTS},
    ]});
    let answer = alice.post(BATCH, &body.to_string()).await.expect(200);
    assert_eq!(answer.body["responses"][0]["content"]["error"]["code"], "InvalidRequestContent");
    assert_eq!(answer.body["responses"][1]["httpStatusCode"], 200);
}

#[tokio::test]
async fn a_request_counts_and_is_traced_like_one_that_stands_alone() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    let body = json!({"requests": [{"url": TENANTS}, {"url": TENANTS}]}).to_string();
    alice.post(BATCH, &body).await.expect(200);
    assert_eq!(alice.get(TENANTS).await.header("x-ms-ratelimit-remaining-tenant-reads"), "11997");
}
