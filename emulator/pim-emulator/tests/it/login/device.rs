//! Device codes: from the device's side, a person's, and that of whoever approves without a browser.

use super::kit::{ALICE, BOB, CONTOSO, FABRIKAM, PUBLIC_APP, SignIn, claims, encode};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use pim_core::time::Length;
use pim_emulator::app::real_now;
use pim_emulator::app::sign_ins::{DeviceCodeFault, DeviceRequest};
use pim_emulator::app::token::{Audience, Caller};

const START: &str = "/contoso.onmicrosoft.com/oauth2/v2.0/devicecode";
const URN: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn start(sign_in: &SignIn) -> (String, String) {
    let answer = sign_in.post(START, &[("client_id", PUBLIC_APP), ("scope", "User.Read offline_access")]).await;
    assert_eq!((&answer.json()["expires_in"], &answer.json()["interval"]), (&900.into(), &1.into()));
    assert_eq!(answer.text_of("verification_uri"), "http://localhost:8443/common/oauth2/deviceauth");
    assert!(answer.text_of("message").contains(&answer.text_of("user_code")));
    (answer.text_of("user_code"), answer.text_of("device_code"))
}

fn poll<'a>(grant: &'a str, code: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("grant_type", grant), ("client_id", PUBLIC_APP), ("device_code", code)]
}

#[tokio::test]
async fn a_device_waits_until_somebody_approves_and_gets_the_tokens_once() {
    for grant in [URN, "device_code"] {
        let sign_in = SignIn::new();
        let (user_code, device_code) = start(&sign_in).await;
        let pending = sign_in.token(&poll(grant, &device_code)).await;
        assert_eq!(
            (pending.status, pending.text_of("error")),
            (StatusCode::BAD_REQUEST, "authorization_pending".into())
        );
        assert_eq!(pending.json()["error_codes"][0], 70016);
        let typed = format!("{}-{}", user_code[..4].to_lowercase(), &user_code[4..]);
        sign_in.app.sign_ins().approve_device_code(&typed, CONTOSO, ALICE, true, &[], real_now()).unwrap();
        let answer = sign_in.token(&poll(grant, &device_code)).await;
        let token = sign_in.app.tokens().verify(&answer.text_of("access_token"), Audience::Graph, real_now()).unwrap();
        assert!(matches!(token.caller, Caller::User { id: ALICE, mfa: true, .. }));
        assert!(!answer.text_of("refresh_token").is_empty());
        let again = sign_in.token(&poll(grant, &device_code)).await;
        assert_eq!(again.text_of("error"), "bad_verification_code");
    }
}

#[tokio::test]
async fn a_form_need_not_say_that_it_is_one() {
    let form = encode(&[("client_id", PUBLIC_APP), ("scope", "User.Read")]);
    let answer = SignIn::new().send(Request::post(START).body(Body::from(form)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(!answer.text_of("device_code").is_empty());
}

#[tokio::test]
async fn a_person_types_the_code_and_chooses_a_user() {
    let sign_in = SignIn::new();
    let (user_code, device_code) = start(&sign_in).await;
    let page = "/common/oauth2/deviceauth";
    assert!(sign_in.get(page).await.text.contains("name=\"user_code\""));
    let wrong = sign_in.post(page, &[("user_code", "<WRONG>")]).await;
    assert!(wrong.text.contains("Invalid verification code.") && !wrong.text.contains("<WRONG>"));
    let choose = sign_in.post(page, &[("user_code", &user_code)]).await;
    assert!(choose.text.contains("value=\"bob@contoso.onmicrosoft.com\""), "{}", choose.text);
    let stranger = sign_in.post(page, &[("user_code", &user_code), ("username", "bob@fabrikam.onmicrosoft.com")]).await;
    assert!(stranger.text.contains("does not exist"));
    let done = sign_in.post(page, &[("user_code", &user_code), ("username", "bob@contoso.onmicrosoft.com")]).await;
    assert!(done.text.contains("You have signed in"), "{}", done.text);
    let answer = sign_in.token(&poll(URN, &device_code)).await;
    assert_eq!(claims(&answer.text_of("access_token"))["oid"], BOB.to_string());
}

#[tokio::test]
async fn a_person_may_refuse() {
    let sign_in = SignIn::new();
    let (user_code, device_code) = start(&sign_in).await;
    sign_in.post("/common/oauth2/deviceauth", &[("user_code", &user_code), ("cancel", "1")]).await;
    assert_eq!(sign_in.token(&poll(URN, &device_code)).await.text_of("error"), "authorization_declined");
}

#[tokio::test]
async fn a_code_expires_and_belongs_to_one_client_and_tenant() {
    let sign_in = SignIn::new();
    let sign_ins = sign_in.app.sign_ins();
    let request = DeviceRequest {
        tenant: Some(CONTOSO),
        client: pim_core::ClientId(uuid::Uuid::parse_str(PUBLIC_APP).unwrap()),
        scope: "User.Read".to_owned(),
        takes_claims_challenges: true,
    };
    let old = sign_ins.start_device_code(request.clone(), real_now().minus(Length::minutes(15)));
    assert_eq!(sign_in.token(&poll(URN, &old.device_code)).await.text_of("error"), "expired_token");
    let approve = |code: &str, tenant| sign_ins.approve_device_code(code, tenant, ALICE, true, &[], real_now());
    assert_eq!(approve(&old.user_code, CONTOSO), Err(DeviceCodeFault::Expired));
    let new = sign_ins.start_device_code(request, real_now());
    assert_eq!(approve(&new.user_code, FABRIKAM), Err(DeviceCodeFault::OtherTenant));
    assert_eq!(approve(&new.user_code, CONTOSO), Ok(()));
    assert_eq!(approve(&new.user_code, CONTOSO), Err(DeviceCodeFault::Answered));
    assert_eq!(approve("nonsense", CONTOSO), Err(DeviceCodeFault::Unknown));
    let mut other = poll(URN, &new.device_code);
    other[1].1 = super::kit::GRAPH_CLI;
    assert_eq!(sign_in.token(&other).await.text_of("error"), "bad_verification_code");
    let answer = sign_in.token(&poll(URN, &new.device_code)).await;
    let token = claims(&answer.text_of("access_token"));
    assert!(token.get("acrs").is_none() && token["xms_cc"][0] == "CP1", "{token}");
}

#[tokio::test]
async fn the_first_version_writes_numbers_as_texts() {
    let sign_in = SignIn::new();
    let form = [("client_id", PUBLIC_APP), ("resource", "https://graph.microsoft.com/")];
    let answer = sign_in.post("/contoso.onmicrosoft.com/oauth2/devicecode", &form).await;
    assert_eq!(answer.text_of("expires_in"), "900");
    assert!(!answer.text_of("verification_url").is_empty());
    sign_in
        .app
        .sign_ins()
        .approve_device_code(&answer.text_of("user_code"), CONTOSO, BOB, false, &[], real_now())
        .unwrap();
    let code = answer.text_of("device_code");
    let form = [("grant_type", "device_code"), ("client_id", PUBLIC_APP), ("code", code.as_str())];
    let answer = sign_in.post("/contoso.onmicrosoft.com/oauth2/token", &form).await;
    assert_eq!(answer.text_of("resource"), "https://graph.microsoft.com/");
    assert!(answer.text_of("expires_on").parse::<i64>().is_ok());
}
