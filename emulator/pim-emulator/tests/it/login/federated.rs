//! Clients that prove who they are by the token of another issuer.

use super::assertions::{ask, seconds};
use super::kit::{Answer, SignIn, claims};
use super::signer::KEYS;
use pim_emulator::app::real_now;
use serde_json::{Value, json};

const ISSUER: &str = "https://token.actions.githubusercontent.com";
const SUBJECT: &str = "repo:contoso/infra:ref:refs/heads/main";
const AUDIENCE: &str = "api://AzureADTokenExchange";
const APP: &str = "00000000-0000-0000-0000-0000000000fc";

fn sign_in() -> SignIn {
    let [modulus, exponent] = KEYS[0].components();
    SignIn::of_world(&format!(
        "
world:
  applications:
    - name: deploy
      clientId: {APP}
      federatedCredentials:
        - name: main
          issuer: {ISSUER}
          subject: {SUBJECT}
        - name: cluster
          issuer: https://cluster.example/
          subject: system:serviceaccount:default:robot
          audiences: [api://other]
          keys: [{{ kty: RSA, use: sig, kid: k1, n: {modulus}, e: {exponent} }}]
    - {{ name: secretive, clientId: 00000000-0000-0000-0000-0000000000fd, secret: s }}
"
    ))
}

fn token(issuer: &str, subject: &str, audience: &str) -> Value {
    let now = seconds(real_now());
    json!({ "iss": issuer, "sub": subject, "aud": audience, "iat": now, "nbf": now, "exp": now + 300 })
}

fn header(kid: &str) -> Value {
    json!({ "alg": "RS256", "typ": "JWT", "kid": kid, "x5t": "AAAA" })
}

fn code(answer: &Answer) -> Value {
    answer.json()["error_codes"][0].clone()
}

#[tokio::test]
async fn a_token_that_fits_a_credential_letter_for_letter_opens_sign_in() {
    let sign_in = sign_in();
    let good = KEYS[1].sign(&header("theirs"), &token(ISSUER, SUBJECT, AUDIENCE));
    let answer = ask(&sign_in, APP, &good).await;
    assert_eq!(claims(&answer.text_of("access_token"))["appidacr"], "2", "{}", answer.text);
    for (claims, number, named) in [
        (token("https://token.actions.githubusercontent.com/", SUBJECT, AUDIENCE), 700_211, "issuer 'https://token"),
        (token(ISSUER, "repo:Contoso/infra:ref:refs/heads/main", AUDIENCE), 700_213, "subject 'repo:Contoso"),
        (token(ISSUER, SUBJECT, "https://github.com/contoso"), 700_212, "audience 'https://github.com/contoso'"),
        (token(ISSUER, "system:serviceaccount:default:robot", AUDIENCE), 70021, "Assertion Issuer: 'https://token"),
    ] {
        let refused = ask(&sign_in, APP, &KEYS[1].sign(&header("theirs"), &claims)).await;
        assert_eq!((code(&refused), refused.status.as_u16()), (json!(number), 401), "{}", refused.text);
        assert!(refused.text_of("error_description").contains(named), "{}", refused.text);
    }
    let mut late = token(ISSUER, SUBJECT, AUDIENCE);
    late["exp"] = json!(seconds(real_now()) - 600);
    assert_eq!(code(&ask(&sign_in, APP, &KEYS[1].sign(&header("theirs"), &late)).await), 700_024);
    let trusting_nobody = ask(&sign_in, "00000000-0000-0000-0000-0000000000fd", &good).await;
    assert_eq!(code(&trusting_nobody), 70025);
    assert!(trusting_nobody.text.contains("(secretive) has no configured federated identity credentials"));
}

#[tokio::test]
async fn a_signature_is_checked_with_the_keys_that_are_known() {
    let sign_in = sign_in();
    let fitting = token("https://cluster.example/", "system:serviceaccount:default:robot", "api://other");
    assert_eq!(ask(&sign_in, APP, &KEYS[0].sign(&header("k1"), &fitting)).await.status, 200);
    for forged in [
        KEYS[1].sign(&header("k1"), &fitting),
        KEYS[0].sign(&header("k2"), &fitting),
        KEYS[1].sign(&json!({ "alg": "RS256" }), &fitting),
    ] {
        assert_eq!(code(&ask(&sign_in, APP, &forged).await), 700_027);
    }
    // Of the other issuer no key is known: its tokens are believed until the switch says otherwise.
    let unknown = KEYS[1].sign(&header("theirs"), &token(ISSUER, SUBJECT, AUDIENCE));
    assert_eq!(ask(&sign_in, APP, &unknown).await.status, 200);
    let switch = format!("/_emulator/tenants/{}/behaviour", sign_in.tenant().id());
    let changed = sign_in.call("PATCH", &switch, "", &json!({ "unknownIssuersAreRefused": true })).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(code(&ask(&sign_in, APP, &unknown).await), 700_027);
    assert_eq!(ask(&sign_in, APP, &KEYS[0].sign(&header("k1"), &fitting)).await.status, 200);
}

#[tokio::test]
async fn the_emulator_mints_tokens_of_other_issuers_for_tests() {
    let sign_in = sign_in();
    let path = format!("/_emulator/tenants/{}/federated-tokens", sign_in.tenant().id());
    let switch = format!("/_emulator/tenants/{}/behaviour", sign_in.tenant().id());
    sign_in.call("PATCH", &switch, "", &json!({ "unknownIssuersAreRefused": true })).await;
    let wanted = json!({ "issuer": ISSUER, "subject": SUBJECT });
    let minted = sign_in.call("POST", &path, "", &wanted).await;
    assert_eq!(minted.status, 200, "{}", minted.text);
    let token = minted.text_of("token");
    let said = claims(&token);
    assert_eq!((&said["iss"], &said["sub"], &said["aud"]), (&json!(ISSUER), &json!(SUBJECT), &json!(AUDIENCE)));
    assert_eq!(ask(&sign_in, APP, &token).await.status, 200);
    let expired = json!({ "issuer": ISSUER, "subject": SUBJECT, "audience": AUDIENCE, "lifetime": "-PT10M" });
    let expired = sign_in.call("POST", &path, "", &expired).await.text_of("token");
    assert_eq!(code(&ask(&sign_in, APP, &expired).await), 700_024);
    let elsewhere = json!({ "issuer": "https://elsewhere.example", "subject": SUBJECT });
    let elsewhere = sign_in.call("POST", &path, "", &elsewhere).await.text_of("token");
    assert_eq!(code(&ask(&sign_in, APP, &elsewhere).await), 700_211);
    // It is nobody's access token.
    assert_eq!(sign_in.call("GET", "/v1.0/users", &token, &Value::Null).await.status, 401);
}
