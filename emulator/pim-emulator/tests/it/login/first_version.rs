//! The first version of the endpoints, grant by grant.

use super::kit::{AZURE_CLI, CI_APP, CONTOSO, GRAPH_CLI, PUBLIC_APP, SECRET, SignIn, claims, value};
use serde_json::json;

const TOKEN: &str = "/contoso.onmicrosoft.com/oauth2/token";

#[tokio::test]
async fn every_answer_of_a_user_has_numbers_as_texts_and_an_id_token_of_the_first_format() {
    let sign_in = SignIn::new();
    let form = [
        ("grant_type", "password"),
        ("client_id", AZURE_CLI),
        ("username", "alice@contoso.onmicrosoft.com"),
        ("password", "pässword of alice"),
        ("resource", "https://management.core.windows.net/"),
    ];
    let answer = sign_in.post(TOKEN, &form).await;
    for number in ["expires_in", "ext_expires_in", "expires_on", "not_before"] {
        assert!(answer.text_of(number).parse::<i64>().is_ok(), "{number}");
    }
    assert_eq!(answer.text_of("resource"), "https://management.core.windows.net/");
    let said = claims(&answer.text_of("id_token"));
    assert_eq!((&said["iss"], &said["ver"]), (&json!(format!("https://sts.windows.net/{CONTOSO}/")), &json!("1.0")));
    assert_eq!((&said["upn"], &said["unique_name"]), (&said["unique_name"], &json!("alice@contoso.onmicrosoft.com")));
    assert_eq!((&said["amr"], &said["family_name"]), (&json!(["pwd"]), &json!("Archer")));
    assert!(said.get("preferred_username").is_none());
    let refresh = answer.text_of("refresh_token");
    let again = [
        ("grant_type", "refresh_token"),
        ("client_id", AZURE_CLI),
        ("refresh_token", &*refresh),
        ("resource", "https://graph.microsoft.com/"),
    ];
    let again = sign_in.post(TOKEN, &again).await;
    assert_eq!(claims(&again.text_of("access_token"))["aud"], "https://graph.microsoft.com/");
    assert_eq!(claims(&again.text_of("id_token"))["ver"], "1.0");
}

#[tokio::test]
async fn what_is_missing_is_the_resource() {
    let sign_in = SignIn::new();
    for form in [
        vec![("grant_type", "client_credentials"), ("client_id", CI_APP), ("client_secret", SECRET)],
        vec![
            ("grant_type", "password"),
            ("client_id", PUBLIC_APP),
            ("username", "alice@contoso.onmicrosoft.com"),
            ("password", "pässword of alice"),
        ],
    ] {
        let refused = sign_in.post(TOKEN, &form).await;
        assert!(refused.text_of("error_description").contains("'resource'"), "{}", refused.text);
    }
}

#[tokio::test]
async fn a_device_gets_texts_and_asks_with_its_code() {
    let sign_in = SignIn::new();
    let form = [("client_id", GRAPH_CLI), ("resource", "https://graph.microsoft.com")];
    let started = sign_in.post("/common/oauth2/devicecode", &form).await;
    assert_eq!(started.text_of("expires_in"), "900");
    assert_eq!(started.text_of("verification_url"), "http://localhost:8443/common/oauth2/deviceauth");
    let code = started.text_of("device_code");
    let poll = [("grant_type", "device_code"), ("client_id", GRAPH_CLI), ("code", &*code)];
    let pending = sign_in.post("/common/oauth2/token", &poll).await;
    assert_eq!((pending.status.as_u16(), pending.text_of("error")), (400, "authorization_pending".to_owned()));
    let page = [("user_code", &*started.text_of("user_code")), ("username", "bob@contoso.onmicrosoft.com")];
    assert!(sign_in.post("/common/oauth2/deviceauth", &page).await.text.contains("Signed in"));
    let answer = sign_in.post("/common/oauth2/token", &poll).await;
    assert_eq!(claims(&answer.text_of("access_token"))["aud"], "https://graph.microsoft.com");
    assert_eq!(answer.text_of("resource"), "https://graph.microsoft.com");
}

#[tokio::test]
async fn a_code_of_the_first_version_is_redeemed_there() {
    let sign_in = SignIn::new();
    let page = format!(
        "/contoso.onmicrosoft.com/oauth2/authorize?client_id={AZURE_CLI}&response_type=code&prompt=none&\
         redirect_uri=http://localhost:7&login_hint=alice@contoso.onmicrosoft.com&resource=https://graph.microsoft.com"
    );
    let sent = sign_in.get(&page).await.sent('?');
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", AZURE_CLI),
        ("code", value(&sent, "code")),
        ("redirect_uri", "http://localhost:7"),
    ];
    let answer = sign_in.post(TOKEN, &form).await;
    assert_eq!(claims(&answer.text_of("id_token"))["upn"], "alice@contoso.onmicrosoft.com");
    assert_eq!(answer.text_of("resource"), "https://graph.microsoft.com");
}

#[tokio::test]
async fn multifactor_authentication_is_asked_for_in_the_words_of_the_first_version() {
    let sign_in = SignIn::new();
    let form = [
        ("grant_type", "password"),
        ("client_id", GRAPH_CLI),
        ("username", "alice@contoso.onmicrosoft.com"),
        ("password", "pässword of alice"),
        ("resource", "https://graph.microsoft.com"),
        ("claims", r#"{"access_token":{"amr":{"values":["mfa"]}}}"#),
    ];
    assert_eq!(sign_in.post(TOKEN, &form).await.text_of("error"), "interaction_required");
}
