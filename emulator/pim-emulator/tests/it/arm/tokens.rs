//! Who is let in.

use super::kit::Azure;
use axum::http::Method;
use serde_json::json;

const PATH: &str = "/tenants?api-version=2020-01-01";

#[tokio::test]
async fn users_and_applications_come_in_with_tokens_for_azure() {
    let azure = Azure::new().await;
    azure.user("alice").await.get(PATH).await.expect(200);
    let token = azure.token(json!({"application": "ci-app", "audience": "arm"})).await;
    azure.bearer(&token).get(PATH).await.expect(200);
}

#[tokio::test]
async fn everybody_else_is_told_why_not_and_where_to_sign_in() {
    let azure = Azure::new().await;
    let graph = azure.token(json!({"user": "alice"})).await;
    let expired = azure.token(json!({"user": "alice", "audience": "arm", "lifetime": "-PT1H"})).await;
    let early = azure.token(json!({"user": "alice", "audience": "arm", "notBefore": "PT1H", "lifetime": "PT2H"})).await;
    let bearer = |token: &str| format!("Bearer {token}");
    for (authorization, code) in [
        (None, "AuthenticationFailed"),
        (Some("Basic YWRhOmFkYQ==".to_owned()), "AuthenticationFailedInvalidHeader"),
        (Some("Bearer ".to_owned()), "AuthenticationFailedInvalidHeader"),
        (Some(bearer("True")), "InvalidAuthenticationToken"),
        (Some(bearer("a.b.c")), "InvalidAuthenticationToken"),
        (Some(bearer(&early)), "InvalidAuthenticationToken"),
        (Some(bearer(&expired)), "ExpiredAuthenticationToken"),
        (Some(bearer(&graph)), "InvalidAuthenticationTokenAudience"),
    ] {
        let caller = match &authorization {
            Some(value) => azure.with_authorization(value),
            None => azure.anonymous(),
        };
        let answer = caller.get(PATH).await;
        let message = answer.refused(401, code).to_owned();
        assert_eq!(
            answer.header("www-authenticate"),
            format!(
                "Bearer authorization_uri=\"http://localhost:8443/{}\", error=\"invalid_token\", \
                 error_description=\"{message}\"",
                azure.tenant
            )
        );
    }
}

#[tokio::test]
async fn under_its_real_name_azure_sends_to_sign_in_under_its_real_name() {
    let azure = Azure::new().await;
    let answer = azure.anonymous().send(Method::GET, PATH, &[("host", "management.azure.com")], "").await.expect(401);
    let uri = format!("authorization_uri=\"https://login.windows.net/{}\"", azure.tenant);
    assert!(answer.header("www-authenticate").contains(&uri));
    azure.control(Method::POST, "/_emulator/tenants", &json!({"scenario": "contoso", "seed": 2})).await.expect(201);
    let answer = azure.anonymous().get(PATH).await.expect(401);
    assert!(answer.header("www-authenticate").contains("authorization_uri=\"http://localhost:8443/common\""));
}

#[tokio::test]
async fn nobody_comes_in_to_a_tenant_that_is_gone() {
    let azure = Azure::new().await;
    let alice = azure.user("alice").await;
    azure.control(Method::DELETE, &format!("/_emulator/tenants/{}", azure.tenant), &json!(null)).await.expect(204);
    alice.get(PATH).await.refused(401, "InvalidAuthenticationTokenTenant");
}
