//! The authorization code flow: pages, redirects, PKCE.

use super::kit::{ALICE, BOB, FABRIKAM, GRAPH_CLI, PUBLIC_APP, SignIn, claims, encode, value};
use axum::http::{StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::time::Length;
use pim_emulator::app::real_now;
use pim_emulator::app::sign_ins::{CodeGrant, SignIn as Session, Way};
use pim_emulator::app::token::{Audience, Caller};

const PATH: &str = "/contoso.onmicrosoft.com/oauth2/v2.0/authorize";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-characters-in-all";

fn query<'a>(extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut query = vec![
        ("client_id", PUBLIC_APP),
        ("response_type", "code"),
        ("redirect_uri", "http://localhost:51234/back"),
        ("scope", "User.Read openid offline_access"),
        ("state", "s&<>1"),
    ];
    query.retain(|(name, _)| !extra.iter().any(|(other, _)| other == name));
    query.extend_from_slice(extra);
    query
}

fn address(extra: &[(&str, &str)]) -> String {
    format!("{PATH}?{}", encode(&query(extra)))
}

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, VERIFIER.as_bytes()))
}

fn redemption<'a>(code: &'a str, extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", PUBLIC_APP),
        ("code", code),
        ("redirect_uri", "http://localhost:51234/back"),
    ];
    form.retain(|(name, _)| !extra.iter().any(|(other, _)| other == name));
    form.extend_from_slice(extra);
    form
}

#[tokio::test]
async fn a_person_chooses_a_user_and_the_client_redeems_the_code() {
    let sign_in = SignIn::new();
    let challenge = challenge();
    let pkce = [("code_challenge", challenge.as_str()), ("code_challenge_method", "S256"), ("nonce", "n-2")];
    let page = sign_in.get(&address(&pkce)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("value=\"alice@contoso.onmicrosoft.com\""), "{}", page.text);
    assert!(page.text.contains("alice &lt;Archer&gt;") && !page.text.contains("<Archer>"));
    assert!(page.text.contains("value=\"s&amp;&lt;&gt;1\""));
    assert!(!page.text.contains("carol@"), "a disabled user is offered");
    assert!(page.header(header::CONTENT_SECURITY_POLICY).contains("form-action 'self' http://localhost:51234"));
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store, no-cache");

    let mut form = query(&pkce);
    form.push(("username", "alice@contoso.onmicrosoft.com"));
    let back = sign_in.post(PATH, &form).await;
    assert_eq!(back.status, StatusCode::FOUND);
    assert!(back.header(header::LOCATION).starts_with("http://localhost:51234/back?"));
    let sent = back.sent('?');
    assert_eq!(value(&sent, "state"), "s&<>1");
    let code = value(&sent, "code");

    let wrong = sign_in.token(&redemption(code, &[("code_verifier", "another")])).await;
    assert_eq!(wrong.json()["error_codes"][0], 501_481);
    let answer = sign_in.token(&redemption(code, &[("code_verifier", VERIFIER)])).await;
    assert_eq!(claims(&answer.text_of("id_token"))["nonce"], "n-2");
    let token = sign_in.app.tokens().verify(&answer.text_of("access_token"), Audience::Graph, real_now()).unwrap();
    assert!(matches!(token.caller, Caller::User { id: ALICE, mfa: true, .. }));
    assert!(!answer.text_of("refresh_token").is_empty());
    let again = sign_in.token(&redemption(code, &[("code_verifier", VERIFIER)])).await;
    assert_eq!(again.json()["error_codes"][0], 54005);
}

#[tokio::test]
async fn a_user_without_mfa_signs_in_with_a_password_only() {
    let sign_in = SignIn::new();
    let silent = [("prompt", "none"), ("login_hint", "bob@contoso.onmicrosoft.com"), ("code_challenge", VERIFIER)];
    let sent = sign_in.get(&address(&silent)).await.sent('?');
    let answer = sign_in.token(&redemption(value(&sent, "code"), &[("code_verifier", VERIFIER)])).await;
    let token = sign_in.app.tokens().verify(&answer.text_of("access_token"), Audience::Graph, real_now()).unwrap();
    assert!(matches!(token.caller, Caller::User { id: BOB, mfa: false, .. }));
}

#[tokio::test]
async fn the_answer_comes_in_the_mode_that_was_asked_for() {
    let sign_in = SignIn::new();
    let hint = ("login_hint", "alice@contoso.onmicrosoft.com");
    let silent = ("prompt", "none");
    let fragment = sign_in.get(&address(&[hint, silent, ("response_mode", "fragment")])).await;
    assert!(!value(&fragment.sent('#'), "code").is_empty());
    let post = sign_in.get(&address(&[hint, silent, ("response_mode", "form_post"), ("client_info", "1")])).await;
    assert_eq!(post.status, StatusCode::OK);
    assert!(post.text.contains("<form method=\"post\" action=\"http://localhost:51234/back\">"), "{}", post.text);
    for expected in ["name=\"code\"", "name=\"client_info\"", "value=\"s&amp;&lt;&gt;1\"", "Continue</button>"] {
        assert!(post.text.contains(expected), "{expected}: {}", post.text);
    }
    assert!(post.header(header::CONTENT_SECURITY_POLICY).contains("script-src 'sha256-"));
    let both = sign_in.get(&address(&[hint, silent, ("response_type", "code id_token"), ("nonce", "n")])).await;
    assert_eq!(claims(value(&both.sent('#'), "id_token"))["nonce"], "n");
    let registered = [hint, silent, ("redirect_uri", "https://tool.example/back?a=b")];
    let query = sign_in.get(&address(&registered)).await;
    assert!(query.header(header::LOCATION).starts_with("https://tool.example/back?a=b&code="));
}

#[tokio::test]
async fn silence_without_a_user_is_login_required() {
    let sign_in = SignIn::new();
    for extra in [&[("prompt", "none")][..], &[("prompt", "none"), ("login_hint", "nobody@contoso.onmicrosoft.com")]] {
        let sent = sign_in.get(&address(extra)).await.sent('?');
        assert_eq!(value(&sent, "error"), "login_required");
        assert!(value(&sent, "error_description").starts_with("AADSTS50058: "));
        assert_eq!(value(&sent, "state"), "s&<>1");
    }
}

#[tokio::test]
async fn only_registered_addresses_get_anything() {
    let sign_in = SignIn::new();
    for uri in [
        "http://evil.example/back",
        "http://localhost:51234@evil.example/back",
        "http://localhost.evil.example/back",
        "http://localhost:51234/other",
        "https://localhost/back",
        "https://tool.example/back",
        "javascript:alert(1)//\"><script>",
    ] {
        let answer = sign_in.get(&address(&[("redirect_uri", uri)])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{uri}");
        assert!(answer.text.contains("AADSTS50011: ") && answer.headers.get(header::LOCATION).is_none(), "{uri}");
        assert!(!answer.text.contains("<script>"), "{uri}");
    }
    let client = ("client_id", GRAPH_CLI);
    for uri in ["http://localhost:1", "http://localhost", "http://localhost:8443/common/oauth2/nativeclient"] {
        assert_eq!(sign_in.get(&address(&[client, ("redirect_uri", uri)])).await.status, StatusCode::OK, "{uri}");
    }
}

#[tokio::test]
async fn whoever_cancels_or_asks_for_nonsense_is_sent_back_with_the_reason() {
    let sign_in = SignIn::new();
    let mut form = query(&[]);
    form.push(("cancel", "1"));
    let sent = sign_in.post(PATH, &form).await.sent('?');
    assert_eq!((value(&sent, "error"), value(&sent, "error_subcode")), ("access_denied", "cancel"));
    for (name, given, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("code_challenge_method", "S512", "invalid_request"),
        ("scope", "https://vault.azure.net/.default", "invalid_resource"),
    ] {
        let sent = sign_in.get(&address(&[(name, given), ("code_challenge", "c")])).await.sent('?');
        assert_eq!(value(&sent, "error"), error, "{name}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_is_asked_for_again() {
    let sign_in = SignIn::new();
    for (name, text) in [("<b>nobody</b>", "does not exist"), ("carol@contoso.onmicrosoft.com", "disabled")] {
        let mut form = query(&[]);
        form.push(("username", name));
        let page = sign_in.post(PATH, &form).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("role=\"alert\"") && page.text.contains(text), "{}", page.text);
        assert!(!page.text.contains("<b>"));
    }
}

#[tokio::test]
async fn at_common_tenants_see_nothing_of_one_another() {
    let sign_in = SignIn::new();
    let extra = [("client_id", GRAPH_CLI), ("redirect_uri", "http://localhost:7")];
    let path = address(&extra).replace("contoso.onmicrosoft.com", "common");
    let page = sign_in.get(&path).await;
    assert!(!page.text.contains("contoso") && !page.text.contains("fabrikam"), "{}", page.text);
    let mut form = query(&extra);
    form.push(("username", "alice@fabrikam.onmicrosoft.com"));
    let sent = sign_in.post("/common/oauth2/v2.0/authorize", &form).await.sent('?');
    let mut form = redemption(value(&sent, "code"), &extra);
    let elsewhere = sign_in.token(&form).await;
    assert_eq!(elsewhere.json()["error_codes"][0], 70000, "another tenant redeems the code");
    form.push(("client_info", "1"));
    let answer = sign_in.post("/common/oauth2/v2.0/token", &form).await;
    assert_eq!(claims(&answer.text_of("access_token"))["tid"], FABRIKAM.to_string());
}

#[tokio::test]
async fn a_code_lasts_ten_minutes() {
    let sign_in = SignIn::new();
    let grant = CodeGrant {
        sign_in: Session {
            tenant: super::kit::CONTOSO,
            client: pim_core::ClientId(uuid::Uuid::parse_str(PUBLIC_APP).unwrap()),
            user: ALICE,
            way: Way::Browser,
            mfa: false,
            authentication_contexts: Vec::new(),
            takes_claims_challenges: false,
        },
        scope: "User.Read".to_owned(),
        redirect_uri: "http://localhost:51234/back".to_owned(),
        nonce: None,
        challenge: None,
    };
    let long_ago = real_now().minus(Length::minutes(10));
    let code = sign_in.app.sign_ins().issue_code(grant, long_ago);
    assert_eq!(sign_in.token(&redemption(&code, &[])).await.json()["error_codes"][0], 70008);
}

#[tokio::test]
async fn leaving_sends_a_browser_nowhere_but_home() {
    let sign_in = SignIn::new();
    let path = "/common/oauth2/v2.0/logout";
    for (uri, status) in [
        ("http://localhost:3000/bye", StatusCode::FOUND),
        ("http://localhost:8443", StatusCode::FOUND),
        ("https://evil.example", StatusCode::OK),
        ("http://localhost.evil.example", StatusCode::OK),
        ("http://localhost:1@evil.example", StatusCode::OK),
    ] {
        let query = encode(&[("post_logout_redirect_uri", uri), ("state", "x y")]);
        let answer = sign_in.get(&format!("{path}?{query}")).await;
        assert_eq!(answer.status, status, "{uri}");
    }
    assert_eq!(sign_in.get("/common/oauth2/nativeclient").await.status, StatusCode::OK);
    assert!(sign_in.get("/error?code=%3Cb%3E").await.text.contains("<h1>Error</h1>"));
    assert!(sign_in.get("/error?code=50058").await.text.contains("AADSTS50058"));
}
