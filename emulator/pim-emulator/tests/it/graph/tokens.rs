//! What Graph says to tokens that are not good.

use super::lab::{ALICE, Lab};
use pim_core::time::Length;
use pim_emulator::app::real_now;
use pim_emulator::app::token::Validity;

#[tokio::test]
async fn without_a_token_graph_says_how_to_get_one() {
    let lab = Lab::new();
    let answer = lab.anonymous().get("me").await.expect(401);
    assert_eq!((answer.code(), answer.message()), ("InvalidAuthenticationToken", "Access token is empty."));
    let challenge = answer.headers["www-authenticate"].to_str().unwrap();
    assert!(challenge.starts_with("Bearer "), "{challenge}");
    assert!(challenge.contains("authorization_uri=\"http://localhost:8443/common/oauth2/authorize\""), "{challenge}");
    assert_eq!(answer.headers["content-type"], "application/json");
}

#[tokio::test]
async fn a_token_that_is_garbage_expired_or_early_is_refused() {
    let lab = Lab::new();
    let now = real_now();
    let garbage = lab.bearer("not-a-token").get("me").await.expect(401);
    assert_eq!(garbage.message(), "CompactToken parsing failed with error code: 80049217");
    let expired = lab.token_valid(Validity::lasting(now, Length::minutes(-5)));
    assert_eq!(
        lab.bearer(&expired).get("me").await.expect(401).message(),
        "Lifetime validation failed, the token is expired."
    );
    let early = lab.token_valid(Validity::lasting(now, Length::hours(2)).starting(now.plus(Length::hours(1))));
    assert_eq!(lab.bearer(&early).get("me").await.expect(401).code(), "InvalidAuthenticationToken");
    let mut changed = lab.token_valid(Validity::lasting(now, Length::hours(1)));
    let last = changed.pop().unwrap();
    changed.push(if last == 'A' { 'B' } else { 'A' });
    changed.insert(changed.len() - 4, 'x');
    lab.bearer(&changed).get("me").await.expect(401);
}

/// A token outlives its tenant and opens nothing then.
#[tokio::test]
async fn a_token_of_a_tenant_that_is_gone_is_refused() {
    let lab = Lab::new();
    let alice = lab.user(ALICE);
    alice.get("me").await.expect(200);
    lab.remove_tenant();
    assert_eq!(alice.get("me").await.expect(401).code(), "InvalidAuthenticationToken");
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_graph() {
    let lab = Lab::new();
    let answer = lab
        .user(ALICE)
        .send(axum::http::Method::GET, "me", &[("client-request-id", "my-id")], axum::body::Body::empty())
        .await
        .expect(200);
    for name in ["request-id", "x-ms-ags-diagnostic", "odata-version", "strict-transport-security", "cache-control"] {
        assert!(answer.headers.contains_key(name), "{name}");
    }
    assert_eq!(answer.headers["client-request-id"], "my-id");
    assert_eq!(
        answer.headers["content-type"],
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
    );
    let error = lab.user(ALICE).get("users/nobody").await.expect(404);
    let inner = &error.body["error"]["innerError"];
    assert_eq!(inner.as_object().unwrap().len(), 3);
    assert_eq!(inner["date"].as_str().unwrap().len(), "2026-03-02T09:14:07".len());
    assert_eq!(inner["request-id"], error.headers["request-id"].to_str().unwrap());
}
