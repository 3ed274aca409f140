//! Every number that the token endpoint answers, and the shape of its refusals.

use super::kit::{CI_APP, GRAPH_CLI, LONE_APP, OFF_APP, OLD_APP, PUBLIC_APP, SECRET, SignIn, encode};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use pim_core::time::Length;
use pim_emulator::app::real_now;
use pim_emulator::app::sign_ins::{RefreshGrant, SignIn as Session, Way};

const DEFAULT: &str = "https://graph.microsoft.com/.default";

fn application<'a>(client: &'a str, secret: &'a str, scope: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret), ("scope", scope)]
}

fn user<'a>(client: &'a str, name: &'a str, password: &'a str, scope: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("grant_type", "password"),
        ("client_id", client),
        ("username", name),
        ("password", password),
        ("scope", scope),
    ]
}

async fn refused(form: &[(&str, &str)], code: u32, error: &str, status: u16) {
    let answer = SignIn::new().token(form).await;
    let body = answer.json();
    assert_eq!(
        (body["error_codes"][0].as_u64(), body["error"].as_str(), answer.status.as_u16()),
        (Some(u64::from(code)), Some(error), status),
        "{form:?}: {}",
        answer.text
    );
    let description = answer.text_of("error_description");
    assert!(description.starts_with(&format!("AADSTS{code}: ")) && !description.contains('{'), "{description}");
}

#[tokio::test]
async fn clients_are_refused_by_number() {
    let nobody = "00000000-0000-0000-0000-00000000dead";
    refused(&application(nobody, SECRET, DEFAULT), 700_016, "unauthorized_client", 400).await;
    refused(&application("nonsense", SECRET, DEFAULT), 700_016, "unauthorized_client", 400).await;
    refused(&application(CI_APP, "wrong", DEFAULT), 7_000_215, "invalid_client", 401).await;
    refused(&application(OLD_APP, SECRET, DEFAULT), 7_000_222, "invalid_client", 401).await;
    refused(&application(OFF_APP, SECRET, DEFAULT), 7_000_112, "unauthorized_client", 400).await;
    refused(&application(LONE_APP, SECRET, DEFAULT), 7_000_229, "invalid_client", 401).await;
    refused(&application(PUBLIC_APP, SECRET, DEFAULT), 7_000_215, "invalid_client", 401).await;
    refused(&application(CI_APP, "", DEFAULT), 7_000_216, "invalid_client", 401).await;
    refused(&user(CI_APP, "alice@contoso.onmicrosoft.com", "x", "User.Read"), 7_000_218, "invalid_client", 401).await;
    let mut public = user(PUBLIC_APP, "alice@contoso.onmicrosoft.com", "x", "User.Read");
    public.push(("client_secret", "x"));
    refused(&public, 700_025, "invalid_client", 401).await;
}

#[tokio::test]
async fn users_are_refused_by_number() {
    let contoso = "contoso.onmicrosoft.com";
    let (alice, carol) = (format!("alice@{contoso}"), format!("carol@{contoso}"));
    refused(&user(PUBLIC_APP, &alice, "wrong", "User.Read"), 50126, "invalid_grant", 400).await;
    refused(&user(PUBLIC_APP, "nobody@x.example", "x", "User.Read"), 50034, "invalid_grant", 400).await;
    refused(&user(PUBLIC_APP, &carol, "pässword of carol", "User.Read"), 50057, "invalid_grant", 400).await;
}

#[tokio::test]
async fn scopes_are_refused_by_number() {
    refused(&application(CI_APP, SECRET, "User.Read"), 1_002_012, "invalid_scope", 400).await;
    refused(&application(CI_APP, SECRET, "https://vault.azure.net/.default"), 500_011, "invalid_resource", 400).await;
    refused(&application(CI_APP, SECRET, "https://other.example:1/.default"), 500_011, "invalid_resource", 400).await;
    let alice = "alice@contoso.onmicrosoft.com";
    let two = "User.Read https://management.azure.com/.default";
    refused(&user(PUBLIC_APP, alice, "pässword of alice", two), 28000, "invalid_scope", 400).await;
    let mixed = "https://graph.microsoft.com/.default https://graph.microsoft.com/User.Read";
    refused(&user(PUBLIC_APP, alice, "pässword of alice", mixed), 70011, "invalid_scope", 400).await;
    refused(&user(PUBLIC_APP, alice, "pässword of alice", "https://graph.microsoft.com"), 70011, "invalid_scope", 400)
        .await;
}

#[tokio::test]
async fn what_is_missing_is_named() {
    for (form, name) in [
        (vec![], "grant_type"),
        (vec![("grant_type", "client_credentials")], "client_id"),
        (application(CI_APP, SECRET, ""), "scope"),
        (user(PUBLIC_APP, "", "x", "User.Read"), "username"),
        (user(PUBLIC_APP, "x", "", "User.Read"), "password"),
        (vec![("grant_type", "authorization_code"), ("client_id", PUBLIC_APP)], "code"),
        (vec![("grant_type", "refresh_token"), ("client_id", PUBLIC_APP)], "refresh_token"),
        (vec![("grant_type", "device_code"), ("client_id", PUBLIC_APP)], "device_code"),
    ] {
        refused(&form, 900_144, "invalid_request", 400).await;
        assert!(SignIn::new().token(&form).await.text.contains(&format!("'{name}'")), "{form:?}");
    }
}

#[tokio::test]
async fn grants_are_refused_by_number() {
    let with = |grant, name, value| [("grant_type", grant), ("client_id", PUBLIC_APP), (name, value)];
    let exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    refused(&with(exchange, "subject_token", "x"), 70003, "unsupported_grant_type", 400).await;
    refused(&with("authorization_code", "code", "x"), 70000, "invalid_grant", 400).await;
    refused(&with("refresh_token", "refresh_token", "x"), 70000, "invalid_grant", 400).await;
    refused(&with("device_code", "device_code", "x"), 70018, "bad_verification_code", 400).await;
    refused(
        &[
            ("grant_type", "password"),
            ("client_id", GRAPH_CLI),
            ("username", "alice@contoso.onmicrosoft.com"),
            ("password", "pässword of alice"),
            ("scope", "User.Read"),
            ("claims", "{"),
        ],
        9_002_313,
        "invalid_request",
        400,
    )
    .await;
}

#[tokio::test]
async fn refresh_tokens_end_by_time_by_revocation_and_with_the_account() {
    let sign_in = SignIn::new();
    let sign_ins = sign_in.app.sign_ins();
    let grant = |user| RefreshGrant {
        sign_in: Session {
            tenant: super::kit::CONTOSO,
            client: pim_core::ClientId(uuid::Uuid::parse_str(PUBLIC_APP).unwrap()),
            user,
            way: Way::Browser,
            mfa: false,
            authentication_contexts: Vec::new(),
            takes_claims_challenges: false,
        },
        scope: "User.Read offline_access".to_owned(),
    };
    let old = sign_ins.issue_refresh_token(grant(super::kit::ALICE), real_now().minus(Length::days(90)));
    let revoked = sign_ins.issue_refresh_token(grant(super::kit::ALICE), real_now());
    sign_ins.revoke(super::kit::CONTOSO, super::kit::ALICE);
    let gone = pim_core::PrincipalId(uuid::Uuid::from_u128(0xdead));
    let gone = sign_ins.issue_refresh_token(grant(gone), real_now());
    let disabled = pim_core::PrincipalId(uuid::Uuid::from_u128(0xca));
    let disabled = sign_ins.issue_refresh_token(grant(disabled), real_now());
    for (token, code) in [(old, 50173), (revoked, 50173), (gone, 50034), (disabled, 50057)] {
        let form = [("grant_type", "refresh_token"), ("client_id", PUBLIC_APP), ("refresh_token", token.as_str())];
        assert_eq!(sign_in.token(&form).await.json()["error_codes"][0], code);
        let other = [("grant_type", "refresh_token"), ("client_id", GRAPH_CLI), ("refresh_token", token.as_str())];
        assert_ne!(sign_in.token(&other).await.status, StatusCode::OK);
    }
    let late = sign_ins.issue_refresh_token(grant(super::kit::ALICE), real_now().minus(Length::days(90)));
    let form = [("grant_type", "refresh_token"), ("client_id", PUBLIC_APP), ("refresh_token", late.as_str())];
    assert_eq!(sign_in.token(&form).await.json()["error_codes"][0], 70008);
}

#[tokio::test]
async fn a_refusal_has_the_shape_that_clients_read() {
    let sign_in = SignIn::new();
    let id = "7d6f3a43-2a0a-4a0c-9a57-0a7a3d3b8b11";
    let request = Request::post("/contoso.onmicrosoft.com/oauth2/v2.0/token")
        .header(header::HOST, "localhost:8443")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("client-request-id", id)
        .header("return-client-request-id", "true")
        .body(Body::from(encode(&application(CI_APP, "wrong", DEFAULT))));
    let answer = sign_in.send(request.unwrap()).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/json; charset=utf-8");
    assert_eq!(answer.header("client-request-id"), id);
    assert_eq!(answer.text_of("correlation_id"), id);
    assert_eq!(answer.text_of("trace_id"), answer.header("x-ms-request-id"));
    assert_eq!(answer.text_of("error_uri"), "http://localhost:8443/error?code=7000215");
    let timestamp = answer.text_of("timestamp");
    assert_eq!((timestamp.len(), &timestamp[10..11], &timestamp[19..]), (20, " ", "Z"));
    let tail = format!(" Trace ID: {} Correlation ID: {id} Timestamp: {timestamp}", answer.text_of("trace_id"));
    assert!(answer.text_of("error_description").ends_with(&tail));
    assert!(answer.text_of("error_description").starts_with("AADSTS7000215: Invalid client secret provided."));
}

#[tokio::test]
async fn bodies_of_another_type_count_as_empty_and_long_ones_are_not_read() {
    let sign_in = SignIn::new();
    let path = "/contoso.onmicrosoft.com/oauth2/v2.0/token";
    let json =
        Request::post(path).header(header::CONTENT_TYPE, "application/json").body(Body::from("grant_type=password"));
    assert_eq!(sign_in.send(json.unwrap()).await.json()["error_codes"][0], 900_144);
    let long = "x".repeat(64 * 1024 + 1);
    assert_eq!(sign_in.post(path, &[("grant_type", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let get = sign_in.get(path).await;
    assert_eq!((get.status, get.json()["error_codes"][0].as_u64()), (StatusCode::METHOD_NOT_ALLOWED, Some(900_561)));
    assert_eq!(get.header(header::ALLOW), "POST, OPTIONS");
}
