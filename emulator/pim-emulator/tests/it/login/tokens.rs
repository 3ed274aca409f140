//! Tokens: how each grant gives them, what they say, and when they are believed.

use super::kit::{
    ALICE, AZURE_CLI, Answer, BOB, CI_APP, CI_PRINCIPAL, CONTOSO, GRAPH_CLI, PUBLIC_APP, ROLE, SECRET, SignIn, claims,
    encode,
};
use axum::body::Body;
use axum::http::{Request, header};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use pim_core::model::conditional_access::{AuthenticationContextId, AuthenticationContexts};
use pim_core::time::{Instant, Length};
use pim_emulator::app::token::{
    Audience, Caller, ClientAuthentication, SigningKey, Subject, TokenFault, TokenRequest, Tokens, Validity,
};
use pim_emulator::app::{App, real_now};
use std::path::PathBuf;

const GRAPH_DEFAULT: &str = "https://graph.microsoft.com/.default";

fn secret_form(scope: &str) -> Vec<(&'static str, &str)> {
    vec![("grant_type", "client_credentials"), ("client_id", CI_APP), ("client_secret", SECRET), ("scope", scope)]
}

fn password_form<'a>(client: &'a str, scope: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("grant_type", "password"),
        ("client_id", client),
        ("username", "Alice@Contoso.onmicrosoft.com"),
        ("password", "pässword of alice"),
        ("scope", scope),
    ]
}

fn verify(app: &App, token: &str, audience: Audience) -> Result<Caller, TokenFault> {
    app.tokens().verify(token, audience, real_now()).map(|token| token.caller.clone())
}

fn scopes(app: &App, answer: &Answer) -> Vec<String> {
    match verify(app, &answer.text_of("access_token"), Audience::Graph).unwrap() {
        Caller::User { scopes, .. } => scopes.iter().map(str::to_owned).collect(),
        Caller::Application { .. } => panic!("an application"),
    }
}

#[tokio::test]
async fn an_application_gets_the_permissions_that_it_was_given() {
    let sign_in = SignIn::new();
    let answer = sign_in.token(&secret_form(GRAPH_DEFAULT)).await;
    assert_eq!(answer.json()["expires_in"], 3599, "{}", answer.text);
    assert!(answer.json().get("scope").is_none() && answer.json().get("refresh_token").is_none());
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store, no-cache");
    let token = answer.text_of("access_token");
    let said = sign_in.app.tokens().verify(&token, Audience::Graph, real_now()).unwrap();
    assert_eq!(said.tenant, CONTOSO);
    assert_eq!(said.app_id.to_string(), CI_APP);
    assert_eq!(said.caller, Caller::Application { id: CI_PRINCIPAL, roles: vec![ROLE.to_owned()] });
    let claims = claims(&token);
    assert_eq!(claims["iss"], format!("https://sts.windows.net/{CONTOSO}/"));
    assert_eq!((&claims["idtyp"], &claims["appidacr"], &claims["ver"]), (&"app".into(), &"1".into(), &"1.0".into()));
    assert_eq!(claims["sub"], claims["oid"]);
    assert_eq!(claims["wids"][0], "0997a1d0-0d1d-4acb-b408-d5ca73121e90");
    assert!(claims.get("scp").is_none() && claims.get("upn").is_none());
}

#[tokio::test]
async fn scopes_of_sign_in_do_an_application_neither_good_nor_harm() {
    let sign_in = SignIn::new();
    let answer = sign_in.token(&secret_form(&format!("{GRAPH_DEFAULT} openid profile offline_access"))).await;
    assert!(matches!(
        verify(&sign_in.app, &answer.text_of("access_token"), Audience::Graph),
        Ok(Caller::Application { id: CI_PRINCIPAL, .. })
    ));
    for absent in ["id_token", "refresh_token", "scope"] {
        assert!(answer.json().get(absent).is_none(), "{absent}");
    }
    let alone = sign_in.token(&secret_form("openid profile offline_access")).await;
    assert_eq!(alone.json()["error_codes"][0], 1_002_012);
}

#[tokio::test]
async fn a_secret_may_come_by_basic_authentication() {
    let sign_in = SignIn::new();
    let escaped: String = form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let credentials = STANDARD.encode(format!("{CI_APP}:{escaped}"));
    let request = Request::post("/contoso.onmicrosoft.com/oauth2/v2.0/token")
        .header(header::AUTHORIZATION, format!("Basic {credentials}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8")
        .body(Body::from(encode(&[("grant_type", "client_credentials"), ("scope", GRAPH_DEFAULT)])));
    let answer = sign_in.send(request.unwrap()).await;
    assert!(verify(&sign_in.app, &answer.text_of("access_token"), Audience::Graph).is_ok());
}

#[tokio::test]
async fn at_common_an_application_gets_the_tenant_that_knows_it() {
    let sign_in = SignIn::new();
    let answer = sign_in.post("/common/oauth2/v2.0/token", &secret_form(GRAPH_DEFAULT)).await;
    assert_eq!(claims(&answer.text_of("access_token"))["tid"], CONTOSO.to_string());
}

#[tokio::test]
async fn a_password_gives_tokens_without_multifactor_authentication() {
    let sign_in = SignIn::new();
    let mut form = password_form(PUBLIC_APP, "User.Read openid profile offline_access");
    form.extend([("client_info", "1"), ("nonce", "n-1"), ("response_type", "id_token token")]);
    let answer = sign_in.token(&form).await;
    assert_eq!(answer.text_of("scope"), "User.Read openid profile");
    let Caller::User { id, scopes, mfa, authentication_contexts } =
        verify(&sign_in.app, &answer.text_of("access_token"), Audience::Graph).unwrap()
    else {
        panic!("an application")
    };
    assert_eq!((id, mfa, authentication_contexts), (ALICE, false, AuthenticationContexts::NONE));
    assert!(scopes.contains("User.Read") && !scopes.contains("user.read") && !scopes.contains("User"));
    let access = claims(&answer.text_of("access_token"));
    assert_eq!((&access["upn"], &access["name"]), (&"alice@contoso.onmicrosoft.com".into(), &"alice <Archer>".into()));
    assert_eq!(access["wids"][0], "b79fbf4d-3ef9-4689-8143-76b194e85509");
    assert_eq!(access["amr"].as_array().unwrap().len(), 1);
    let id = claims(&answer.text_of("id_token"));
    assert_eq!((&id["aud"], &id["nonce"], &id["ver"]), (&PUBLIC_APP.into(), &"n-1".into(), &"2.0".into()));
    assert_eq!(id["sub"], access["sub"]);
    let info = URL_SAFE_NO_PAD.decode(answer.text_of("client_info")).unwrap();
    assert_eq!(String::from_utf8(info).unwrap(), format!(r#"{{"uid":"{ALICE}","utid":"{CONTOSO}"}}"#));
}

#[tokio::test]
async fn only_what_was_asked_for_comes_back() {
    let answer = SignIn::new().token(&password_form(PUBLIC_APP, "User.Read")).await;
    for absent in ["refresh_token", "id_token", "client_info"] {
        assert!(answer.json().get(absent).is_none(), "{absent}");
    }
}

#[tokio::test]
async fn default_gives_a_user_everything_that_the_emulator_knows() {
    let sign_in = SignIn::new();
    let answer = sign_in.token(&password_form(GRAPH_CLI, GRAPH_DEFAULT)).await;
    let scopes = scopes(&sign_in.app, &answer);
    assert!(scopes.len() > 40 && scopes.contains(&"RoleAssignmentSchedule.ReadWrite.Directory".to_owned()));
    let said = answer.text_of("scope");
    assert!(said.ends_with("https://graph.microsoft.com/.default"));
    assert!(said.contains("https://graph.microsoft.com/User.Read "));
}

#[tokio::test]
async fn every_spelling_of_a_resource_is_understood_and_kept() {
    let sign_in = SignIn::new();
    for (scope, audience) in [
        ("https://graph.microsoft.com/.default", "https://graph.microsoft.com"),
        ("https://graph.microsoft.com//.default", "https://graph.microsoft.com/"),
        ("00000003-0000-0000-c000-000000000000/.default", "00000003-0000-0000-c000-000000000000"),
        ("https://localhost:8443/.default", "https://localhost:8443"),
        ("https://localhost:8443//.default", "https://localhost:8443/"),
        ("https://localhost/.default", "https://localhost"),
        ("http://127.0.0.1:9/.default", "http://127.0.0.1:9"),
        (".default", "https://graph.microsoft.com"),
    ] {
        let token = sign_in.token(&secret_form(scope)).await.text_of("access_token");
        assert_eq!(claims(&token)["aud"], audience, "{scope}");
        assert!(verify(&sign_in.app, &token, Audience::Graph).is_ok(), "{scope}");
    }
}

#[tokio::test]
async fn tokens_for_azure_may_act_in_the_name_of_the_user_and_are_spelled_as_asked() {
    let sign_in = SignIn::new();
    for (resource, audience) in [
        ("https://management.azure.com/", Audience::ResourceManager),
        ("https://management.core.windows.net/", Audience::ResourceManager),
        ("https://management.core.windows.net", Audience::ResourceManager),
        ("797f4846-ba00-4fd7-ba43-dac1f8f63013", Audience::ResourceManager),
        ("https://api.azrbac.mspim.azure.com", Audience::PrivilegedAccess),
    ] {
        for name in ["user_impersonation", ".default"] {
            let scope = format!("{resource}/{name}");
            let answer = sign_in.token(&password_form(AZURE_CLI, &scope)).await;
            let token = answer.text_of("access_token");
            let claims = claims(&token);
            assert_eq!((&claims["aud"], &claims["scp"]), (&resource.into(), &"user_impersonation".into()), "{scope}");
            assert_eq!(claims["unique_name"], "alice@contoso.onmicrosoft.com", "{scope}");
            assert!(verify(&sign_in.app, &token, audience).is_ok(), "{scope}");
        }
    }
    let form = [
        ("grant_type", "password"),
        ("client_id", AZURE_CLI),
        ("username", "alice@contoso.onmicrosoft.com"),
        ("password", "pässword of alice"),
        ("resource", "https://management.core.windows.net/"),
    ];
    let answer = sign_in.post("/contoso.onmicrosoft.com/oauth2/token", &form).await;
    assert_eq!(claims(&answer.text_of("access_token"))["aud"], "https://management.core.windows.net/");
}

#[tokio::test]
async fn azure_is_not_told_what_an_application_may_do_in_graph() {
    let sign_in = SignIn::new();
    let answer = sign_in.token(&secret_form("https://management.azure.com/.default")).await;
    let said = verify(&sign_in.app, &answer.text_of("access_token"), Audience::ResourceManager);
    assert_eq!(said, Ok(Caller::Application { id: CI_PRINCIPAL, roles: Vec::new() }));
}

#[test]
fn a_request_carries_its_token_in_one_header_whatever_the_case_of_the_scheme() {
    let app = SignIn::new().app;
    let audience = Audience::ResourceManager;
    let token = minted(&app, audience.as_str(), Validity::lasting(real_now(), Length::hours(1)));
    let said = |value: Option<&str>| {
        let headers = value.map(|value| (header::AUTHORIZATION, value.parse().unwrap())).into_iter().collect();
        app.authenticate_request(&headers, audience).map(|(_, tenant)| tenant.id())
    };
    assert_eq!(said(Some(&format!("Bearer {token}"))).ok(), Some(CONTOSO));
    assert_eq!(said(Some(&format!("bearer  {token}"))).ok(), Some(CONTOSO));
    assert_eq!(said(Some("Bearer True")), Err(TokenFault::Malformed));
    for nothing in [None, Some("Basic eDp5"), Some("Bearer ")] {
        assert_eq!(said(nothing), Err(TokenFault::Empty), "{nothing:?}");
    }
}

#[tokio::test]
async fn a_refresh_token_gives_tokens_for_another_resource_and_stays_good() {
    let sign_in = SignIn::new();
    let answer = sign_in.token(&password_form(PUBLIC_APP, "User.Read offline_access")).await;
    let refresh = answer.text_of("refresh_token");
    let contoso = sign_in.app.tenant(CONTOSO).unwrap();
    contoso.jump_to(contoso.clock().now().plus(Length::days(400))).unwrap();
    let mut form = vec![("grant_type", "refresh_token"), ("client_id", PUBLIC_APP), ("refresh_token", &*refresh)];
    let same = sign_in.token(&form).await;
    assert_eq!(scopes(&sign_in.app, &same), ["User.Read"]);
    assert_ne!(same.text_of("refresh_token"), refresh);
    form.push(("scope", "https://management.azure.com//.default"));
    let arm = sign_in.token(&form).await.text_of("access_token");
    assert!(verify(&sign_in.app, &arm, Audience::ResourceManager).is_ok());
    assert_eq!(verify(&sign_in.app, &arm, Audience::Graph), Err(TokenFault::WrongAudience));
}

#[tokio::test]
async fn the_first_version_takes_a_resource_and_writes_numbers_as_texts() {
    let sign_in = SignIn::new();
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", CI_APP),
        ("client_secret", SECRET),
        ("resource", "https://graph.microsoft.com/"),
    ];
    let answer = sign_in.post("/contoso.onmicrosoft.com/oauth2/token", &form).await;
    assert_eq!(answer.text_of("expires_in"), "3599");
    assert_eq!(answer.text_of("resource"), "https://graph.microsoft.com/");
    assert!(verify(&sign_in.app, &answer.text_of("access_token"), Audience::Graph).is_ok());
}

#[tokio::test]
async fn a_client_that_takes_claims_challenges_says_so() {
    let sign_in = SignIn::new();
    let mut form = secret_form(GRAPH_DEFAULT);
    form.push(("claims", r#"{"access_token":{"xms_cc":{"values":["CP1"]}}}"#));
    let token = sign_in.token(&form).await.text_of("access_token");
    assert!(sign_in.app.tokens().verify(&token, Audience::Graph, real_now()).unwrap().takes_claims_challenges);
}

/// A token of the first tenant's user Bob, valid as told.
fn minted(app: &App, audience: &str, validity: Validity) -> String {
    let tenant = app.tenant(CONTOSO).unwrap();
    let request = TokenRequest {
        tenant: &tenant,
        client: pim_emulator::app::token::GRAPH_COMMAND_LINE_TOOLS,
        authentication: ClientAuthentication::Public,
        audience,
        registered: None,
        subject: Subject::User { id: BOB, scopes: "User.Read", mfa: true, authentication_contexts: &["c1".to_owned()] },
        validity,
        takes_claims_challenges: false,
    };
    app.tokens().issue(&request).unwrap()
}

#[test]
fn a_token_is_believed_only_in_its_time() {
    let app = SignIn::new().app;
    let now = Instant::from_milliseconds(real_now().milliseconds() / 1000 * 1000);
    let graph = Audience::Graph;
    let expired = minted(&app, graph.as_str(), Validity::lasting(now, Length::minutes(-5)));
    let early = Validity::lasting(now, Length::hours(1)).starting(now.plus(Length::minutes(1)));
    let early = minted(&app, graph.as_str(), early);
    for _ in 0..2 {
        assert_eq!(app.tokens().verify(&expired, graph, now), Err(TokenFault::Expired));
        assert!(app.tokens().verify(&expired, graph, now.minus(Length::minutes(6))).is_ok());
        assert_eq!(app.tokens().verify(&early, graph, now), Err(TokenFault::NotYetValid));
        let in_time = app.tokens().verify(&early, graph, now.plus(Length::minutes(1))).unwrap();
        assert_eq!(in_time.not_before, now.plus(Length::minutes(1)));
        let Caller::User { mfa, authentication_contexts, .. } = &in_time.caller else { panic!("an application") };
        assert_eq!(
            (*mfa, *authentication_contexts),
            (true, AuthenticationContextId::parse("c1").into_iter().collect())
        );
        assert_eq!(app.tokens().verify(&early, graph, now.plus(Length::hours(1))), Err(TokenFault::Expired));
    }
}

#[test]
fn a_token_is_believed_only_by_whom_it_is_meant_for() {
    let app = SignIn::new().app;
    let valid = Validity::lasting(real_now(), Length::hours(1));
    for (audience, graph, arm, pim) in [
        ("https://graph.microsoft.com/", true, false, false),
        ("https://management.core.windows.net/", false, true, true),
        ("https://management.azure.com", false, true, true),
        ("https://api.azrbac.mspim.azure.com", false, false, true),
        ("01fc33a7-78ba-4d2f-a4b7-768e336e890e", false, false, true),
        ("https://emu.test:8443", true, true, true),
        ("https://vault.azure.net", false, false, false),
        ("api://something", false, false, false),
    ] {
        let token = minted(&app, audience, valid);
        for (asked, good) in
            [(Audience::Graph, graph), (Audience::ResourceManager, arm), (Audience::PrivilegedAccess, pim)]
        {
            let said = verify(&app, &token, asked).map(|_| ());
            assert_eq!(said, if good { Ok(()) } else { Err(TokenFault::WrongAudience) }, "{audience} {asked:?}");
        }
    }
}

#[tokio::test]
async fn an_id_token_is_not_an_access_token() {
    let sign_in = SignIn::new();
    let id_token = sign_in.token(&password_form(PUBLIC_APP, "openid")).await.text_of("id_token");
    assert_eq!(verify(&sign_in.app, &id_token, Audience::Graph), Err(TokenFault::WrongAudience));
}

#[test]
fn whatever_is_no_token_of_ours_is_told_by_what_is_wrong_with_it() {
    let app = SignIn::new().app;
    let token = minted(&app, Audience::Graph.as_str(), Validity::lasting(real_now(), Length::hours(1)));
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("{token}") };
    let none = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"none"}"#);
    let changed = URL_SAFE_NO_PAD.encode(claims(&token).to_string().replace("User.Read", "User.Read.All"));
    for (text, fault) in [
        (String::new(), TokenFault::Empty),
        ("  ".to_owned(), TokenFault::Empty),
        ("opaque".to_owned(), TokenFault::Malformed),
        ("a.b".to_owned(), TokenFault::Malformed),
        ("a.b.c.d".to_owned(), TokenFault::Malformed),
        ("ü.ü.ü".to_owned(), TokenFault::Malformed),
        (format!("{header}.{payload}"), TokenFault::Malformed),
        (format!("{header}.{payload}."), TokenFault::BadSignature),
        (format!("{none}.{payload}."), TokenFault::BadSignature),
        (format!("{header}.{changed}.{signature}"), TokenFault::BadSignature),
        (format!("{token}="), TokenFault::Malformed),
        ("x".repeat(100_000), TokenFault::Malformed),
    ] {
        assert_eq!(verify(&app, &text, Audience::Graph), Err(fault), "{text}");
    }
}

#[test]
fn the_token_of_a_tenant_that_is_gone_authenticates_nobody() {
    let app = SignIn::new().app;
    let token = minted(&app, Audience::Graph.as_str(), Validity::lasting(real_now(), Length::hours(1)));
    assert_eq!(app.authenticate(&token, Audience::Graph).unwrap().1.id(), CONTOSO);
    app.remove(CONTOSO);
    assert!(matches!(app.authenticate(&token, Audience::Graph), Err(TokenFault::UnknownTenant)));
}

/// A directory that goes away with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_key_of_a_directory_is_made_once_and_kept_private() {
    let scratch = Scratch::new("signing-key");
    let start = || SigningKey::load_or_create(&scratch.0).unwrap().key_id().to_owned();
    let made: Vec<String> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..4).map(|_| scope.spawn(start)).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    let again = start();
    assert!(made.iter().all(|key_id| *key_id == again), "{made:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(scratch.0.join("signing-key.pem")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_key_file_that_cannot_be_used_is_named_and_left_alone() {
    let scratch = Scratch::new("broken-key");
    std::fs::create_dir_all(&scratch.0).unwrap();
    let path = scratch.0.join("signing-key.pem");
    for broken in ["", "garbage", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        std::fs::write(&path, broken).unwrap();
        let tokens = Tokens::kept_in(scratch.0.clone());
        let said = tokens.key().unwrap_err().to_string();
        assert!(said.contains("signing-key.pem"), "{said}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
        assert_eq!(tokens.verify("a.b.c", Audience::Graph, real_now()), Err(TokenFault::BadSignature));
    }
}
