//! Authentication contexts, from the refusal of PIM to the token that satisfies it.

use super::kit::{claims, encode, value};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{PolicyChange, PolicySubject, RuleChange};
use pim_core::{Actor, Command, RoleDefinitionId};
use pim_emulator::app::{App, Tenant};
use pim_emulator::control::Options;
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt as _;
use uuid::{Uuid, uuid};

const TENANT: &str = "contoso.onmicrosoft.com";
const CLI: &str = "c11c11c1-0000-4000-8000-000000000001";
const BACK: &str = "http://localhost/back";
const SCOPE: &str = "RoleManagement.ReadWrite.Directory RoleAssignmentSchedule.ReadWrite.Directory offline_access";
const GROUPS_ADMINISTRATOR: RoleDefinitionId = RoleDefinitionId(uuid!("fdd7a751-b60b-444a-984c-02652fe8fa1c"));
const CAPABLE: &str = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
const NEEDS_MFA: &str = r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]},"xms_cc":{"values":["cp1"]}}}"#;

/// What a client that can answer challenges asks for after one.
fn wanted(context: &str) -> String {
    json!({"access_token": {"acrs": {"essential": true, "value": context}, "xms_cc": {"values": ["cp1"]}}}).to_string()
}

/// A tenant in which alice, with multifactor authentication, and bob, without, may activate a role that asks for `c1`.
struct Story {
    tenant: Arc<Tenant>,
    router: Router,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    fn text(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", self.body)).to_owned()
    }
}

impl Story {
    async fn new(policies: Value) -> Self {
        let app = Arc::new(App::default());
        let router = pim_emulator::surfaces::router(Arc::clone(&app), Options::default());
        let world = json!({"seed": 1, "world": {
            "tenant": {"now": "2026-01-05T08:00:00Z"},
            "users": [{"name": "alice", "mfa": true}, {"name": "bob"}],
            "applications": [{"name": "cli", "clientId": CLI, "redirectUris": [BACK]}],
            "authenticationContexts": [{"name": "c1", "displayName": "Privileged work"}],
            "conditionalAccess": policies,
            "eligible": [
                {"principal": "alice", "role": "Groups Administrator"},
                {"principal": "bob", "role": "Groups Administrator"},
            ],
        }});
        let story = Self { tenant: Arc::clone(&made(&router, &app, &world).await), router };
        story.demand(RuleChange::AuthenticationContext {
            is_enabled: Some(true),
            claim_value: Some(AuthenticationContextId::parse("c1")),
        });
        story
    }

    /// A story in which `c1` takes one of these controls of everybody.
    async fn taking(grant: &[&str]) -> Self {
        let policy = json!({"name": "c1", "users": {"include": ["all"]}, "contexts": ["c1"], "grant": grant});
        Self::new(json!([policy])).await
    }

    fn demand(&self, rule: RuleChange) {
        let subject = PolicySubject::DirectoryRole(GROUPS_ADMINISTRATOR);
        let change = PolicyChange { subject, rules: vec![rule] };
        self.tenant.handle(Actor::SetUp, &Command::UpdatePolicy(change), |_, _| ()).unwrap();
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        send(&self.router, request).await
    }

    async fn form(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(format!("/{TENANT}/oauth2/v2.0/{path}"))
            .header(header::HOST, "localhost:8443")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(form))).unwrap()).await
    }

    async fn control(&self, method: &str, path: &str, body: Value) -> Answer {
        self.send(json_request(method, &format!("/_emulator/{path}"), &body)).await
    }

    /// Signs a user in without a page; answers what the client is sent.
    async fn authorize(&self, user: &str, claims: &str) -> Vec<(String, String)> {
        let hint = format!("{user}@{TENANT}");
        let query = encode(&[
            ("client_id", CLI),
            ("response_type", "code"),
            ("redirect_uri", BACK),
            ("scope", SCOPE),
            ("prompt", "none"),
            ("login_hint", &hint),
            ("claims", claims),
        ]);
        let request = Request::get(format!("/{TENANT}/oauth2/v2.0/authorize?{query}"));
        let answer = self.send(request.header(header::HOST, "localhost:8443").body(Body::empty()).unwrap()).await;
        let location = answer.headers[header::LOCATION].to_str().unwrap();
        form_urlencoded::parse(location.split_once('?').unwrap().1.as_bytes()).into_owned().collect()
    }

    /// Signs a user in and redeems the code.
    async fn sign_in(&self, user: &str, claims: &str) -> Answer {
        let sent = self.authorize(user, claims).await;
        let code = value(&sent, "code");
        assert!(!code.is_empty(), "{sent:?}");
        let form = [("grant_type", "authorization_code"), ("client_id", CLI), ("code", code), ("redirect_uri", BACK)];
        self.form("token", &form).await
    }

    async fn refresh(&self, token: &str, claims: &str) -> Answer {
        let form = [("grant_type", "refresh_token"), ("client_id", CLI), ("refresh_token", token), ("claims", claims)];
        self.form("token", &form).await
    }

    fn user(&self, name: &str) -> Uuid {
        self.tenant.names().user(name).unwrap().0
    }

    async fn activate(&self, user: &str, token: &str) -> Answer {
        let body = json!({
            "action": "selfActivate",
            "principalId": self.user(user),
            "roleDefinitionId": GROUPS_ADMINISTRATOR,
            "directoryScopeId": "/",
            "justification": "Rename a group",
            "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT1H"}},
        });
        let mut request = json_request("POST", "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests", &body);
        request.headers_mut().insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        self.send(request).await
    }

    /// Signs a user in and activates.
    async fn activate_after(&self, user: &str, claims: &str) -> Answer {
        let token = self.sign_in(user, claims).await.text("access_token");
        self.activate(user, &token).await
    }
}

fn json_request(method: &str, path: &str, body: &Value) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8443");
    request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap()
}

async fn send(router: &Router, request: Request<Body>) -> Answer {
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
}

async fn made(router: &Router, app: &App, world: &Value) -> Arc<Tenant> {
    let answer = send(router, json_request("POST", "/_emulator/tenants", world)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    app.tenants().pop().unwrap()
}

/// The claims in the message of a refusal, as a client finds them.
fn challenged(answer: &Answer) -> Value {
    assert_eq!((answer.status.as_u16(), answer.code()), (400, "RoleAssignmentRequestAcrsValidationFailed"));
    assert!(!answer.headers.contains_key(header::WWW_AUTHENTICATE));
    let encoded = answer.message().strip_prefix("&claims=").unwrap();
    let text = percent_encoding::percent_decode_str(encoded).decode_utf8().unwrap();
    serde_json::from_str(&text).unwrap()
}

/// MFA-5, MFA-8, MFA-10, REQ-46: the refusal says what to ask of sign-in, and a token that was got with it is enough.
#[tokio::test]
async fn a_refusal_tells_the_claims_that_satisfy_it() {
    let story = Story::taking(&["mfa"]).await;
    let first = story.sign_in("alice", CAPABLE).await.text("access_token");
    let mut claims_wanted = challenged(&story.activate("alice", &first).await);
    assert_eq!(claims_wanted["access_token"]["acrs"]["value"], "c1");
    claims_wanted["access_token"]["xms_cc"] = json!({"values": ["CP1"]});
    let second = story.sign_in("alice", &claims_wanted.to_string()).await.text("access_token");
    assert_eq!((&claims(&second)["acrs"], &claims(&second)["xms_cc"]), (&json!(["c1"]), &json!(["CP1"])));
    let made = story.activate("alice", &second).await;
    assert_eq!((made.status, &made.body["status"]), (StatusCode::CREATED, &json!("Provisioned")), "{}", made.body);
}

/// MFA-10: a client that does not say that it can answer challenges gets no `acrs`, and is refused again.
#[tokio::test]
async fn a_client_without_the_capability_is_refused_again() {
    let story = Story::taking(&["mfa"]).await;
    let claims_wanted = json!({"access_token": {"acrs": {"essential": true, "value": "c1"}}}).to_string();
    let token = story.sign_in("alice", &claims_wanted).await.text("access_token");
    assert!(claims(&token).get("acrs").is_none() && claims(&token).get("xms_cc").is_none());
    challenged(&story.activate("alice", &token).await);
}

/// MFA-5: who cannot do what the policy takes is told so; where signing in again does not help, that too.
#[tokio::test]
async fn what_the_policy_takes_and_a_user_cannot_do_is_refused_by_sign_in() {
    for (grant, user, error, number) in [
        (&["mfa"][..], "bob", "interaction_required", "AADSTS50076: "),
        (&["block"], "alice", "access_denied", "AADSTS53003: "),
        (&["mfa", "block"], "alice", "access_denied", "AADSTS53003: "),
        (&["compliantDevice"], "alice", "access_denied", "AADSTS53003: "),
    ] {
        let story = Story::taking(grant).await;
        let sent = story.authorize(user, &wanted("c1")).await;
        assert_eq!((value(&sent, "error"), value(&sent, "claims")), (error, &*wanted("c1")), "{grant:?}");
        assert!(value(&sent, "error_description").starts_with(number), "{sent:?}");
    }
    let story = Story::taking(&["compliantDevice", "mfa"]).await;
    assert_eq!(story.activate_after("alice", &wanted("c1")).await.status, 201, "one of them will do");
}

/// MFA-6: where no policy gives the context a meaning, PIM asks for multifactor authentication and not for the context.
#[tokio::test]
async fn a_context_without_a_policy_takes_multifactor_authentication() {
    let story = Story::new(json!([])).await;
    let refused = story.activate_after("bob", &wanted("c1")).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (400, "RoleAssignmentRequestPolicyValidationFailed"));
    assert!(refused.message().contains("MfaRule"), "{}", refused.message());
    let sent = story.authorize("bob", NEEDS_MFA).await;
    assert_eq!((value(&sent, "error"), value(&sent, "claims")), ("interaction_required", NEEDS_MFA), "MFA-3");
    assert_eq!(story.activate_after("alice", NEEDS_MFA).await.status, 201);
}

/// MFA-7: nothing is enforced where every policy for the context is off, is only reported on, or leaves the user out.
#[tokio::test]
async fn policies_that_do_not_count_for_the_user_enforce_nothing() {
    let policy = |state: &str, exclude: &[&str]| {
        json!({
            "name": "c1", "state": state, "contexts": ["c1"], "grant": ["block"],
            "users": {"include": ["all"], "exclude": exclude},
        })
    };
    for policies in [
        json!([policy("off", &[])]),
        json!([policy("reportOnly", &[])]),
        json!([policy("on", &["bob"]), policy("off", &[])]),
    ] {
        let story = Story::new(policies.clone()).await;
        assert_eq!(story.activate_after("bob", CAPABLE).await.status, 201, "{policies}");
        let token = story.sign_in("bob", &wanted("c1")).await.text("access_token");
        assert_eq!(claims(&token)["acrs"], json!(["c1"]), "granted as it is: {policies}");
    }
}

/// MFA-4, MFA-14: a session that has done what is needed is not asked again, and keeps what it satisfied.
#[tokio::test]
async fn a_session_satisfies_a_context_without_the_user_when_it_has_what_that_takes() {
    let story = Story::taking(&["mfa"]).await;
    let session = story.sign_in("alice", CAPABLE).await.text("refresh_token");
    let stepped_up = story.refresh(&session, &wanted("c1")).await;
    assert_eq!(claims(&stepped_up.text("access_token"))["acrs"], json!(["c1"]));
    let later = story.refresh(&stepped_up.text("refresh_token"), CAPABLE).await.text("access_token");
    assert_eq!(story.activate("alice", &later).await.status, 201);
    let silent = story.refresh(&session, r#"{"access_token":{}}"#).await.text("access_token");
    assert!(claims(&silent).get("xms_cc").is_none(), "the client did not say it this time");
}

/// MFA-5: a session that lacks it is told to ask the user, with the claims to begin again with; nothing is issued.
#[tokio::test]
async fn a_session_that_lacks_what_it_takes_must_ask_the_user() {
    let story = Story::taking(&["mfa"]).await;
    let form = |claims| {
        [
            ("grant_type", "password"),
            ("client_id", CLI),
            ("username", "alice@contoso.onmicrosoft.com"),
            ("password", "Pim-emulator-1"),
            ("scope", SCOPE),
            ("claims", claims),
        ]
    };
    let session = story.form("token", &form(CAPABLE)).await.text("refresh_token");
    let direct = wanted("c1");
    for refused in [
        story.form("token", &form(&direct)).await,
        story.refresh(&session, &wanted("c1")).await,
        story.refresh(&session, &wanted("p1")).await,
        story.refresh(&session, NEEDS_MFA).await,
    ] {
        assert_eq!((refused.status.as_u16(), &*refused.text("error")), (400, "invalid_grant"));
        assert_eq!((&*refused.text("suberror"), &refused.body["error_codes"][0]), ("basic_action", &json!(50076)));
        assert!(
            refused.text("claims").starts_with(r#"{"access_token":{"#) && refused.body.get("access_token").is_none()
        );
    }
    let blocked = Story::taking(&["block"]).await;
    let session = blocked.sign_in("alice", CAPABLE).await.text("refresh_token");
    let refused = blocked.refresh(&session, &wanted("c1")).await;
    assert_eq!((&*refused.text("suberror"), &refused.body["error_codes"][0]), ("message_only", &json!(53003)));
}

/// MFA-10: signing in with a device code satisfies no context, unless a test says that it did.
#[tokio::test]
async fn a_device_code_satisfies_no_context() {
    let story = Story::taking(&["mfa"]).await;
    for (approval, expected) in [
        (json!({"user": "alice", "tenant": TENANT}), Value::Null),
        (json!({"user": "alice", "tenant": TENANT, "acrs": ["c1"]}), json!(["c1"])),
    ] {
        let claims_wanted = wanted("c1");
        let start = [("client_id", CLI), ("scope", SCOPE), ("claims", &*claims_wanted)];
        let started = story.form("devicecode", &start).await;
        let path = format!("device-codes/{}/approve", started.text("user_code"));
        assert_eq!(story.control("POST", &path, approval).await.status, 204);
        let device_code = started.text("device_code");
        let poll = [("grant_type", "device_code"), ("client_id", CLI), ("device_code", &*device_code)];
        let answer = story.form("token", &poll).await;
        let token = answer.text("access_token");
        assert_eq!((&claims(&token)["acrs"], &claims(&token)["amr"]), (&expected, &json!(["pwd", "mfa"])));
        let again = story.refresh(&answer.text("refresh_token"), &claims_wanted).await;
        if expected.is_null() {
            challenged(&story.activate("alice", &token).await);
            assert_eq!((&*again.text("suberror"), &*again.text("claims")), ("basic_action", &*claims_wanted));
        } else {
            assert_eq!(story.activate("alice", &again.text("access_token")).await.status, 201);
        }
    }
}

/// MFA-8: behind its switch the refusal is a challenge, for clients that can take one (MFA-10).
#[tokio::test]
async fn a_challenge_is_sent_where_the_switch_says_so_to_clients_that_take_it() {
    let story = Story::taking(&["mfa"]).await;
    let behaviour = format!("tenants/{TENANT}/behaviour");
    assert_eq!(story.control("PATCH", &behaviour, json!({"contextFailureIsChallenge": true})).await.status, 200);
    challenged(&story.activate_after("alice", r#"{"access_token":{}}"#).await);
    let answer = story.activate_after("alice", CAPABLE).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (401, "RoleAssignmentRequestAcrsValidationFailed"));
    let challenge = answer.headers[header::WWW_AUTHENTICATE].to_str().unwrap();
    assert!(challenge.starts_with("Bearer realm=\"\", authorization_uri="), "{challenge}");
    assert!(challenge.contains("error=\"insufficient_claims\""), "{challenge}");
    let (_, rest) = challenge.split_once("claims=\"").unwrap();
    let decoded = STANDARD.decode(rest.trim_end_matches('"')).unwrap();
    let mut claims_wanted: Value = serde_json::from_slice(&decoded).unwrap();
    assert_eq!(claims_wanted, json!({"access_token": {"acrs": {"essential": true, "value": "c1"}}}));
    claims_wanted["access_token"]["xms_cc"] = json!({"values": ["cp1"]});
    assert_eq!(story.activate_after("alice", &claims_wanted.to_string()).await.status, 201);
}

/// A token of the control API says what it was told to, whatever Conditional Access says.
#[tokio::test]
async fn a_token_without_a_sign_in_has_the_contexts_that_were_asked_for() {
    let story = Story::taking(&["block"]).await;
    let path = format!("tenants/{TENANT}/tokens");
    let token = story.control("POST", &path, json!({"user": "bob", "acrs": ["c1"]})).await.text("accessToken");
    assert_eq!((&claims(&token)["acrs"], &claims(&token)["xms_cc"]), (&json!(["c1"]), &json!(["CP1"])));
    assert_eq!(story.activate("bob", &token).await.status, 201);
    let plain = story.control("POST", &path, json!({"user": "bob"})).await.text("accessToken");
    assert!(claims(&plain).get("xms_cc").is_none());
}
