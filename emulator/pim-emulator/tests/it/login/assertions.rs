//! Clients that prove who they are by a certificate.

use super::kit::{Answer, CI_APP, CONTOSO, SignIn, claims};
use super::signer::{KEYS, Signer};
use pim_core::model::{Application, ServicePrincipal};
use pim_core::time::Instant;
use pim_core::{Actor, ApplicationId, ClientId, Command, PrincipalId};
use pim_emulator::app::real_now;
use serde_json::{Value, json};
use uuid::Uuid;

const CERT_APP: &str = "00000000-0000-0000-0000-00000000ce47";
const TOKEN: &str = "https://localhost:8443/contoso.onmicrosoft.com/oauth2/v2.0/token";
pub(super) const BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
pub(super) const DEFAULT: &str = "https://graph.microsoft.com/.default";

/// Sign-in for a tenant whose clock stands in the first days of 2026 and that has an application with a certificate.
fn sign_in() -> SignIn {
    let sign_in = SignIn::new();
    with_application(&sign_in, CERT_APP, |application| {
        application.key_credentials = vec![KEYS[0].certificate().credential()];
    });
    sign_in
}

pub(super) fn with_application(sign_in: &SignIn, app_id: &str, change: impl FnOnce(&mut Application)) {
    let tenant = sign_in.app.tenant(CONTOSO).unwrap();
    let now = tenant.clock().now();
    let app_id = ClientId(Uuid::parse_str(app_id).unwrap());
    let object = |offset: u128| Uuid::from_u128(app_id.0.as_u128() + offset);
    let mut application = Application::new(ApplicationId(object(0x1000_0000)), app_id, "certified", now);
    change(&mut application);
    let principal = ServicePrincipal::new(PrincipalId(object(0x2000_0000)), app_id, "certified", now);
    for command in [Command::CreateApplication(application), Command::CreateServicePrincipal(principal)] {
        tenant.handle(Actor::SetUp, &command, |_, _| ()).unwrap();
    }
}

pub(super) fn seconds(at: Instant) -> i64 {
    at.milliseconds() / 1000
}

/// The claims that libraries write, with fractions of seconds as some do.
fn honest() -> Value {
    let now = seconds(real_now()) as f64 + 0.25;
    json!({ "aud": TOKEN, "iss": CERT_APP, "sub": CERT_APP, "jti": Uuid::from_u128(7), "nbf": now, "iat": now, "exp": now + 600.0 })
}

pub(super) async fn ask(sign_in: &SignIn, client: &str, assertion: &str) -> Answer {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client),
        ("client_assertion_type", BEARER),
        ("client_assertion", assertion),
        ("scope", DEFAULT),
    ];
    sign_in.token(&form).await
}

async fn refused(signer: &Signer, header: &Value, claims: &Value, code: u64, error: &str, status: u16) -> String {
    let answer = ask(&sign_in(), CERT_APP, &signer.sign(header, claims)).await;
    let said = (answer.json()["error_codes"][0].as_u64(), answer.text_of("error"), answer.status.as_u16());
    assert_eq!(said, (Some(code), error.to_owned(), status), "{claims}: {}", answer.text);
    answer.text_of("error_description")
}

#[tokio::test]
async fn a_certificate_opens_sign_in_however_the_library_writes_its_assertion() {
    let (sign_in, key) = (sign_in(), &KEYS[0]);
    let padded = json!({ "alg": "RS256", "x5t": format!("{}=", key.header()["x5t"].as_str().unwrap()) });
    let by_kid = json!({ "alg": "RS256", "kid": key.certificate().thumbprint() });
    for (assertion, why) in [
        (key.sign(&key.header(), &honest()), "RS256"),
        (key.sign(&key.other_header(), &honest()), "PS256 and SHA-256 in the standard alphabet"),
        (key.sign(&padded, &honest()), "a padded thumbprint and no type"),
        (key.sign(&by_kid, &honest()), "a thumbprint in hexadecimal"),
        (key.sign_padded(&key.header(), &honest()), "padded segments"),
    ] {
        let answer = ask(&sign_in, CERT_APP, &assertion).await;
        assert_eq!(answer.status, 200, "{why}: {}", answer.text);
        let claims = claims(&answer.text_of("access_token"));
        assert_eq!((&claims["appidacr"], &claims["appid"]), (&json!("2"), &json!(CERT_APP)), "{why}");
    }
}

#[tokio::test]
async fn an_assertion_is_meant_for_the_sign_in_of_its_tenant_under_whatever_name() {
    let (sign_in, key) = (sign_in(), &KEYS[0]);
    for audience in [
        format!("https://localhost:8443/{CONTOSO}/oauth2/v2.0/token"),
        format!("https://localhost:8443/{CONTOSO}/oauth2/token"),
        format!("https://localhost:8443/{CONTOSO}/v2.0"),
        format!("https://login.microsoftonline.com/{CONTOSO}/oauth2/v2.0/token"),
        format!("https://login.microsoftonline.com/{CONTOSO}/v2.0"),
        format!("https://sts.windows.net/{CONTOSO}/"),
        "https://LOCALHOST:8443/Contoso.onmicrosoft.com/oauth2/v2.0/token".to_owned(),
    ] {
        let mut claims = honest();
        claims["aud"] = json!([audience]);
        let answer = ask(&sign_in, CERT_APP, &key.sign(&key.header(), &claims)).await;
        assert_eq!(answer.status, 200, "{audience}: {}", answer.text);
    }
    for audience in [
        "https://localhost:8443/fabrikam.onmicrosoft.com/oauth2/v2.0/token",
        "https://localhost:9/contoso.onmicrosoft.com/oauth2/v2.0/token",
        "https://graph.microsoft.com/contoso.onmicrosoft.com/oauth2/v2.0/token",
        "https://localhost:8443/contoso.onmicrosoft.com/oauth2/v2.0/authorize",
        "api://AzureADTokenExchange",
    ] {
        let mut claims = honest();
        claims["aud"] = json!(audience);
        refused(key, &key.header(), &claims, 700_023, "invalid_client", 401).await;
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_assertion_is_told_by_number() {
    let (own, other) = (&KEYS[0], &KEYS[1]);
    let now = seconds(real_now());
    let with = |name: &str, value: Value| {
        let mut claims = honest();
        claims[name] = value;
        claims
    };
    let said = refused(other, &other.header(), &honest(), 700_027, "invalid_client", 401).await;
    assert!(said.contains(&format!("'{}'", other.certificate().thumbprint())), "{said}");
    let said = refused(other, &own.header(), &honest(), 700_027, "invalid_client", 401).await;
    assert!(said.contains("use of the key to verify the signature failed"), "{said}");
    refused(own, &own.header(), &with("exp", json!(now - 301)), 700_024, "invalid_client", 401).await;
    refused(own, &own.header(), &with("nbf", json!(now + 310)), 700_024, "invalid_client", 401).await;
    refused(own, &own.header(), &with("iss", json!(CI_APP)), 700_021, "invalid_client", 401).await;
    refused(own, &own.header(), &with("sub", json!(CI_APP)), 700_021, "invalid_client", 401).await;
    let both = json!({ "aud": TOKEN, "iss": CI_APP, "sub": CI_APP, "exp": now + 60 });
    refused(own, &own.header(), &both, 700_021, "invalid_client", 401).await;
    refused(own, &json!({ "alg": "HS256", "x5t": own.header()["x5t"] }), &honest(), 5_002_738, "invalid_request", 400)
        .await;
    refused(own, &json!({ "alg": "RS256", "typ": "at+jwt" }), &honest(), 5_002_727, "invalid_request", 400).await;
    refused(own, &own.header(), &json!({ "iss": CERT_APP, "sub": CERT_APP }), 50027, "invalid_request", 400).await;
    for clumsy in ["", "a.b.c", "nothing", "....", "ü.ü.ü"] {
        let answer = ask(&sign_in(), CERT_APP, clumsy).await;
        assert!(answer.status.is_client_error(), "{clumsy}: {}", answer.text);
    }
    // A clock that is a little wrong does no harm.
    let late = own.sign(&own.header(), &with("exp", json!(now - 200)));
    assert_eq!(ask(&sign_in(), CERT_APP, &late).await.status, 200);
}

#[tokio::test]
async fn a_certificate_ends_in_the_time_of_the_tenant() {
    let (sign_in, key) = (sign_in(), &KEYS[0]);
    let contoso = sign_in.app.tenant(CONTOSO).unwrap();
    contoso.jump_to(Instant::parse("2027-01-01T00:00:00Z").unwrap()).unwrap();
    let answer = ask(&sign_in, CERT_APP, &key.sign(&key.header(), &honest())).await;
    let said = answer.text_of("error_description");
    assert!(said.contains("The key used is expired") && said.contains("End=01/01/2027 00:00:00"), "{said}");
    let before = self::sign_in();
    before.app.tenant(CONTOSO).unwrap().jump_to(Instant::parse("2026-12-31T23:59:59Z").unwrap()).unwrap();
    assert_eq!(ask(&before, CERT_APP, &key.sign(&key.header(), &honest())).await.status, 200);
}

#[tokio::test]
async fn an_assertion_goes_with_every_grant_and_needs_its_type() {
    let (sign_in, key) = (sign_in(), &KEYS[0]);
    let assertion = key.sign(&key.header(), &honest());
    let mut form = vec![
        ("grant_type", "password"),
        ("client_id", CERT_APP),
        ("username", "alice@contoso.onmicrosoft.com"),
        ("password", "pässword of alice"),
        ("scope", "User.Read offline_access"),
        ("client_assertion", &*assertion),
    ];
    assert_eq!(sign_in.token(&form).await.json()["error_codes"][0], 900_144);
    form.push(("client_assertion_type", BEARER));
    let answer = sign_in.token(&form).await;
    assert_eq!(claims(&answer.text_of("access_token"))["appidacr"], "2");
    let refresh = answer.text_of("refresh_token");
    let mut again =
        vec![("grant_type", "refresh_token"), ("client_id", CERT_APP), ("refresh_token", &*refresh), form[5], form[6]];
    assert_eq!(sign_in.token(&again).await.status, 200);
    again.truncate(3);
    assert_eq!(sign_in.token(&again).await.json()["error_codes"][0], 7_000_218);
    form[6].1 = "urn:ietf:params:oauth:client-assertion-type:saml2-bearer";
    assert_eq!(sign_in.token(&form).await.json()["error_codes"][0], 9_002_313);
    // A public client has nothing that it could prove who it is by, and one with a secret no certificate.
    for (client, code) in [(super::kit::PUBLIC_APP, 700_025), (CI_APP, 700_021)] {
        let mut form = form.clone();
        (form[1].1, form[6].1) = (client, BEARER);
        assert_eq!(sign_in.token(&form).await.json()["error_codes"][0], code);
    }
}
