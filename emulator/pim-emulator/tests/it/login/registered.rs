//! Applications of a world: with which credentials they sign in, and what they get.

use super::assertions::{ask, seconds};
use super::kit::{Answer, SignIn, claims};
use super::signer::KEYS;
use crate::world::load;
use pim_core::time::Instant;
use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::real_now;
use pim_emulator::app::world::{self, Source};
use serde_json::{Value, json};

const CLI: &str = "00000000-0000-0000-0000-000000000365";
const DEFAULT: &str = "https://graph.microsoft.com/.default";

const WORLD: &str = "
world:
  users: [{ name: ada }]
  applications:
    - name: m365
      clientId: 00000000-0000-0000-0000-000000000365
      secret: s
      publicClient: true
      scopes: [RoleManagement.ReadWrite.Directory, User.Read.All]
      appRoles: [Group.Read.All]
";

fn by_password<'a>(more: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
    let form = [
        ("grant_type", "password"),
        ("client_id", CLI),
        ("username", "ada@contoso.onmicrosoft.com"),
        ("password", "Pim-emulator-1"),
    ];
    form.into_iter().chain(more.iter().copied()).collect()
}

fn said(answer: &Answer) -> Value {
    claims(&answer.text_of("access_token"))
}

#[tokio::test]
async fn a_registration_that_allows_public_clients_works_with_and_without_its_secret() {
    let sign_in = SignIn::of_world(WORLD);
    let public = said(&sign_in.token(&by_password(&[("scope", DEFAULT)])).await);
    assert_eq!(
        (&public["scp"], &public["appidacr"]),
        (&json!("RoleManagement.ReadWrite.Directory User.Read.All"), &json!("0"))
    );
    assert_eq!((&public["app_displayname"], &public["upn"]), (&json!("m365"), &json!("ada@contoso.onmicrosoft.com")));
    let proven = sign_in.token(&by_password(&[("scope", DEFAULT), ("client_secret", "s")])).await;
    assert_eq!(said(&proven)["appidacr"], "1");
    let wrong = sign_in.token(&by_password(&[("scope", DEFAULT), ("client_secret", "t")])).await;
    assert_eq!(wrong.json()["error_codes"][0], 7_000_215);
    let own = [("grant_type", "client_credentials"), ("client_id", CLI), ("client_secret", "s"), ("scope", DEFAULT)];
    assert_eq!(said(&sign_in.token(&own).await)["roles"], json!(["Group.Read.All"]));
    let start = [("client_id", CLI), ("scope", DEFAULT)];
    let device = sign_in.post("/contoso.onmicrosoft.com/oauth2/v2.0/devicecode", &start).await;
    let approve = format!("/_emulator/device-codes/{}/approve", device.text_of("user_code"));
    assert_eq!(sign_in.call("POST", &approve, "", &json!({ "user": "ada" })).await.status, 204);
    let code = device.text_of("device_code");
    let poll = [("grant_type", "device_code"), ("client_id", CLI), ("device_code", &*code)];
    let answer = sign_in.token(&poll).await;
    assert_eq!(said(&answer)["scp"], public["scp"]);
    // What it asks for by name it gets, as any client does.
    let named = sign_in.token(&by_password(&[("scope", "User.Read")])).await;
    assert_eq!(said(&named)["scp"], "User.Read");
}

#[tokio::test]
async fn a_certificate_of_a_world_opens_sign_in_and_is_shown_on_graph_without_its_key() {
    let indented = KEYS[0].pem.replace('\n', "\n          ");
    let world = format!(
        "
world:
  tenant: {{ now: 2026-06-01T00:00:00Z }}
  applications:
    - name: ci
      clientId: {CLI}
      appRoles: [Application.ReadWrite.All]
      certificates:
        - |
          {indented}
"
    );
    let sign_in = SignIn::of_world(&world);
    let now = seconds(real_now());
    let token = "http://localhost:8443/contoso.onmicrosoft.com/oauth2/v2.0/token";
    let honest = json!({ "aud": token, "iss": CLI, "sub": CLI, "nbf": now, "exp": now + 300 });
    let answer = ask(&sign_in, CLI, &KEYS[0].sign(&KEYS[0].header(), &honest)).await;
    let bearer = answer.text_of("access_token");
    let path = format!("/v1.0/applications(appId='{CLI}')");
    let shown = sign_in.call("GET", &path, &bearer, &Value::Null).await.json();
    let key = &shown["keyCredentials"][0];
    assert_eq!((&key["key"], &key["usage"]), (&Value::Null, &json!("Verify")));
    assert_eq!(key["customKeyIdentifier"], KEYS[0].certificate().thumbprint());
    assert_eq!(key["endDateTime"], "2027-01-01T00:00:00Z");
    assert!(key["displayName"].as_str().unwrap().contains("CN=ci"));
    // Another one is written through Graph, beside the first, whose key is not sent again.
    let second = json!({ "type": "AsymmetricX509Cert", "usage": "Verify", "key": KEYS[1].certificate().to_base64() });
    let both = json!({ "keyCredentials": [key, second] });
    assert_eq!(sign_in.call("PATCH", &path, &bearer, &both).await.status, 204);
    for key in &*KEYS {
        assert_eq!(ask(&sign_in, CLI, &key.sign(&key.header(), &honest)).await.status, 200);
    }
    let garbage = json!({ "keyCredentials": [{ "type": "AsymmetricX509Cert", "usage": "Verify", "key": "TUlJ" }] });
    assert_eq!(sign_in.call("PATCH", &path, &bearer, &garbage).await.status, 400);
    // A service principal may have its own.
    let none = json!({ "keyCredentials": [] });
    assert_eq!(sign_in.call("PATCH", &path, &bearer, &none).await.status, 204);
    assert_eq!(ask(&sign_in, CLI, &KEYS[1].sign(&KEYS[1].header(), &honest)).await.json()["error_codes"][0], 700_027);
    let principal = format!("/v1.0/servicePrincipals(appId='{CLI}')");
    let own = json!({ "keyCredentials": [second] });
    assert_eq!(sign_in.call("PATCH", &principal, &bearer, &own).await.status, 204);
    let shown = sign_in.call("GET", &principal, &bearer, &Value::Null).await.json();
    assert_eq!(shown["keyCredentials"][0]["customKeyIdentifier"], KEYS[1].certificate().thumbprint());
    assert_eq!(ask(&sign_in, CLI, &KEYS[1].sign(&KEYS[1].header(), &honest)).await.status, 200);
    sign_in.tenant().jump_to(Instant::parse("2027-01-01T00:00:00Z").unwrap()).unwrap();
    assert_eq!(ask(&sign_in, CLI, &KEYS[1].sign(&KEYS[1].header(), &honest)).await.json()["error_codes"][0], 700_027);
}

#[test]
fn what_is_wrong_with_the_credentials_of_a_world_is_named() {
    let fault = |yaml: &str| {
        let source = Source::file("test.yaml", format!("world: {yaml}"));
        world::tenant(source, Some(1), EventLog::default()).map(drop).unwrap_err()
    };
    let credential = "name: a, issuer: i, subject: s";
    for (yaml, field, message) in [
        (
            "{ applications: [{ name: a, certificates: [x] }] }".to_owned(),
            "world.applications[0].certificates[0]",
            "this is no RSA certificate in PEM",
        ),
        (
            format!(
                "{{ applications: [{{ name: a, federatedCredentials: [{{ {credential}, keys: [{{ kty: EC, n: AQ, e: AQ }}] }}] }}] }}"
            ),
            "world.applications[0].federatedCredentials[0].keys[0]",
            "this is no RSA key",
        ),
        (
            format!(
                "{{ applications: [{{ name: a, federatedCredentials: [{{ {credential} }}, {{ {credential} }}] }}] }}"
            ),
            "world.applications[0].federatedCredentials[1].name",
            "'a' is the name of another one already",
        ),
        (
            "{ applications: [{ name: a, accessTokenVersion: 3 }] }".to_owned(),
            "world.applications[0].accessTokenVersion",
            "there are versions 1 and 2",
        ),
        (
            "{ managedIdentities: [{ name: a, scope: nowhere }] }".to_owned(),
            "world.managedIdentities[0].scope",
            "there is no place in Azure named 'nowhere'",
        ),
        (
            "{ managedIdentities: [{ name: a/b }] }".to_owned(),
            "world.managedIdentities[0].name",
            "'a/b' cannot stand in an address",
        ),
        (
            "{ users: [{ name: a }], managedIdentities: [{ name: a }] }".to_owned(),
            "world.managedIdentities[0].name",
            "'a' is the name of a user already",
        ),
    ] {
        let error = fault(&yaml);
        assert_eq!((error.field.as_str(), error.message.as_str()), (field, message), "{yaml}");
    }
    assert_eq!(load("world: { managedIdentities: [{ name: a }] }").names().managed_identities.len(), 1);
}
