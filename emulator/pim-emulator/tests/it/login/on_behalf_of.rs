//! Applications of the tenant as resources, and as callers on behalf of those who call them.

use super::kit::{Answer, GRAPH_CLI, SignIn, claims};
use axum::body::Body;
use axum::http::{Request, header};
use pim_emulator::app::token::{Audience, Validity};
use pim_emulator::app::{App, real_now};
use serde_json::{Value, json};

const API: &str = "00000000-0000-0000-0000-0000000000a1";
const NEW_API: &str = "00000000-0000-0000-0000-0000000000a2";
const OBO: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

const WORLD: &str = "
world:
  users: [{ name: ada, mfa: true, mail: ada@contoso.com }]
  applications:
    - name: api
      clientId: 00000000-0000-0000-0000-0000000000a1
      secret: s1
      identifierUris: [https://api.contoso.example]
      offers: [read, write]
    - name: new-api
      clientId: 00000000-0000-0000-0000-0000000000a2
      secret: s2
      accessTokenVersion: 2
      offers: [use]
  active: [{ principal: ada, role: Global Administrator }]
";

async fn signed_in(sign_in: &SignIn, scope: &str) -> Answer {
    let form = [
        ("grant_type", "password"),
        ("client_id", GRAPH_CLI),
        ("username", "ada@contoso.onmicrosoft.com"),
        ("password", "Pim-emulator-1"),
        ("scope", scope),
    ];
    sign_in.token(&form).await
}

fn exchange<'a>(client: &'a str, secret: &'a str, assertion: &'a str, scope: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", OBO),
        ("client_id", client),
        ("client_secret", secret),
        ("assertion", assertion),
        ("requested_token_use", "on_behalf_of"),
        ("scope", scope),
    ]
}

fn opens(app: &App, token: &str) -> bool {
    [Audience::Graph, Audience::ResourceManager, Audience::PrivilegedAccess]
        .iter()
        .any(|audience| app.tokens().verify(token, *audience, real_now()).is_ok())
}

#[tokio::test]
async fn an_application_of_the_tenant_takes_tokens_in_the_format_that_it_wants() {
    let sign_in = SignIn::of_world(WORLD);
    for (scope, audience, scp) in [
        ("https://api.contoso.example/.default", "https://api.contoso.example", "read write"),
        ("https://api.contoso.example/read openid", "https://api.contoso.example", "read"),
        (&*format!("api://{API}/write"), &*format!("api://{API}"), "write"),
        (&*format!("{API}/.default"), API, "read write"),
    ] {
        let answer = signed_in(&sign_in, scope).await;
        let said = claims(&answer.text_of("access_token"));
        assert_eq!(
            (&said["aud"], &said["scp"], &said["ver"]),
            (&json!(audience), &json!(scp), &json!("1.0")),
            "{scope}"
        );
        assert_eq!(said["upn"], "ada@contoso.onmicrosoft.com");
        // Even where its name looks like an address, the token opens nothing of ours.
        assert!(!opens(&sign_in.app, &answer.text_of("access_token")), "{scope}");
    }
    let said = claims(&signed_in(&sign_in, &format!("api://{NEW_API}/use")).await.text_of("access_token"));
    assert_eq!((&said["aud"], &said["ver"], &said["azp"]), (&json!(NEW_API), &json!("2.0"), &json!(GRAPH_CLI)));
    assert_eq!(said["iss"], format!("http://localhost:8443/{}/v2.0", sign_in.tenant().id()));
    assert_eq!((&said["preferred_username"], &said["azpacr"]), (&json!("ada@contoso.onmicrosoft.com"), &json!("0")));
    assert!(said.get("appid").is_none() && said.get("upn").is_none());
    let unknown = signed_in(&sign_in, &format!("api://{API}/delete")).await;
    assert_eq!(unknown.json()["error_codes"][0], 650_053, "{}", unknown.text);
    let nobody = signed_in(&sign_in, "api://00000000-0000-0000-0000-00000000dead/.default").await;
    assert_eq!(nobody.json()["error_codes"][0], 500_011);
}

#[tokio::test]
async fn an_application_calls_on_in_the_name_of_the_user_who_called_it() {
    let sign_in = SignIn::of_world(WORLD);
    let sent = signed_in(&sign_in, &format!("api://{API}/read")).await.text_of("access_token");
    let form = exchange(API, "s1", &sent, "https://graph.microsoft.com/User.Read offline_access openid");
    let answer = sign_in.token(&form).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let token = answer.text_of("access_token");
    let said = claims(&token);
    assert_eq!(
        (&said["appid"], &said["appidacr"], &said["scp"]),
        (&json!(API), &json!("1"), &json!("User.Read openid"))
    );
    let me = sign_in.call("GET", "/v1.0/me", &token, &Value::Null).await;
    assert_eq!(me.json()["userPrincipalName"], "ada@contoso.onmicrosoft.com");
    let refresh = answer.text_of("refresh_token");
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", API),
        ("client_secret", "s1"),
        ("refresh_token", &*refresh),
        ("scope", "https://management.azure.com/.default"),
    ];
    assert_eq!(claims(&sign_in.token(&form).await.text_of("access_token"))["scp"], "user_impersonation");
    // And from one application to the next.
    let next = exchange(API, "s1", &sent, "api://00000000-0000-0000-0000-0000000000a2/use");
    let next = sign_in.token(&next).await.text_of("access_token");
    let last = exchange(NEW_API, "s2", &next, "https://graph.microsoft.com/.default");
    assert_eq!(claims(&sign_in.token(&last).await.text_of("access_token"))["appid"], NEW_API);
}

#[tokio::test]
async fn what_is_wrong_with_an_exchange_is_told_by_number() {
    let sign_in = SignIn::of_world(WORLD);
    let sent = signed_in(&sign_in, &format!("api://{API}/read openid")).await;
    let (sent, id_token) = (sent.text_of("access_token"), sent.text_of("id_token"));
    let graph = signed_in(&sign_in, "https://graph.microsoft.com/.default").await.text_of("access_token");
    let application = sign_in
        .token(&[
            ("grant_type", "client_credentials"),
            ("client_id", NEW_API),
            ("client_secret", "s2"),
            ("scope", "api://00000000-0000-0000-0000-0000000000a1/.default"),
        ])
        .await
        .text_of("access_token");
    let changed = format!("{}x", &sent[..sent.len() - 1]);
    let wanted = "https://graph.microsoft.com/User.Read";
    for (form, number, error, status) in [
        (exchange(API, "s1", &graph, wanted), 500_131, "invalid_grant", 400),
        (exchange(NEW_API, "s2", &sent, wanted), 500_131, "invalid_grant", 400),
        (exchange(API, "s1", &id_token, wanted), 240_002, "invalid_request", 400),
        (exchange(API, "s1", &application, wanted), 7_000_114, "invalid_request", 400),
        (exchange(API, "s1", &changed, wanted), 50013, "invalid_grant", 400),
        (exchange(API, "s1", "opaque", wanted), 50013, "invalid_grant", 400),
        (exchange(API, "wrong", &sent, wanted), 7_000_215, "invalid_client", 401),
        (exchange(API, "", &sent, wanted), 7_000_218, "invalid_client", 401),
        (exchange(API, "s1", "", wanted), 900_144, "invalid_request", 400),
        (exchange(API, "s1", &sent, ""), 900_144, "invalid_request", 400),
    ] {
        let refused = sign_in.token(&form).await;
        let said = (refused.json()["error_codes"][0].clone(), refused.text_of("error"), refused.status.as_u16());
        assert_eq!(said, (json!(number), error.to_owned(), status), "{}", refused.text);
        assert!(!refused.headers.contains_key(header::RETRY_AFTER));
    }
    let mut other = exchange(API, "s1", &sent, wanted);
    other[4].1 = "something_else";
    assert_eq!(sign_in.token(&other).await.json()["error_codes"][0], 9_002_313);
    let expired = expired(&sign_in);
    let late = sign_in.token(&exchange(API, "s1", &expired, wanted)).await;
    assert_eq!(late.json()["error_codes"][0], 500_133, "{}", late.text);
    let mut silent = exchange(API, "s1", &sent, wanted);
    silent.push(("claims", r#"{"access_token":{"amr":{"values":["mfa"]}}}"#));
    let silent = sign_in.token(&silent).await;
    assert_eq!(
        (silent.text_of("error"), &silent.json()["error_codes"][0]),
        ("interaction_required".to_owned(), &json!(50076))
    );
    assert_eq!(silent.text_of("claims"), r#"{"access_token":{"amr":{"values":["mfa"]}}}"#);
}

/// A token for the first application whose time is over.
fn expired(sign_in: &SignIn) -> String {
    use pim_core::ClientId;
    use pim_core::time::Length;
    use pim_emulator::app::token::{ClientAuthentication, Registered, Subject, TokenRequest};
    let tenant = sign_in.tenant();
    let id = |text: &str| ClientId(uuid::Uuid::parse_str(text).unwrap());
    let request = TokenRequest {
        tenant: &tenant,
        client: id(GRAPH_CLI),
        authentication: ClientAuthentication::Public,
        audience: API,
        registered: Some(Registered { app_id: id(API), second_format: None }),
        subject: Subject::User {
            id: tenant.names().user("ada").unwrap(),
            scopes: "read",
            mfa: false,
            authentication_contexts: &[],
        },
        validity: Validity::lasting(real_now(), Length::minutes(-1)),
        takes_claims_challenges: false,
    };
    sign_in.app.tokens().issue(&request).unwrap()
}

/// AUT-20: where an administrator must consent, an application acts on behalf of nobody until one has, for everybody.
#[tokio::test]
async fn an_administrator_consents_on_a_page_and_nobody_else_can() {
    let world = WORLD.replace("users: [", "users: [{ name: bob }, ");
    let sign_in = SignIn::of_world(&world);
    let tenant = sign_in.tenant().id();
    let switch = format!("/_emulator/tenants/{tenant}/behaviour");
    let sent = signed_in(&sign_in, &format!("api://{API}/read")).await.text_of("access_token");
    sign_in.call("PATCH", &switch, "", &json!({ "consentTakesAnAdministrator": true })).await;
    let wanted = "https://graph.microsoft.com/Group.Read.All";
    let form = exchange(API, "s1", &sent, wanted);
    let refused = sign_in.token(&form).await;
    assert_eq!(
        (&refused.json()["error_codes"][0], &refused.json()["suberror"]),
        (&json!(65001), &json!("consent_required"))
    );
    let page = |user: &str, version: &str, client: &str, more: &str| {
        format!(
            "/{tenant}{version}/adminconsent?client_id={client}&state=7&prompt=none&redirect_uri=http://localhost:7&\
             login_hint={user}@contoso.onmicrosoft.com{more}"
        )
    };
    // The client has nowhere to be sent back to; those of the platform have loopback.
    let lost = sign_in.get(&page("ada", "/v2.0", API, &format!("&scope={wanted}"))).await;
    assert!(lost.text.contains("AADSTS50011"), "{}", lost.text);
    let scope = format!("&scope={wanted}");
    let bob = sign_in.get(&page("bob", "/v2.0", GRAPH_CLI, &scope)).await.header(header::LOCATION).to_owned();
    assert!(bob.contains("error=access_denied") && bob.contains("AADSTS90094") && bob.contains("state=7"), "{bob}");
    let ada = sign_in.get(&page("ada", "/v2.0", GRAPH_CLI, &scope)).await.header(header::LOCATION).to_owned();
    assert!(ada.starts_with(&format!("http://localhost:7?admin_consent=True&tenant={tenant}&scope=")), "{ada}");
    let granted = signed_in(&sign_in, wanted).await;
    assert_eq!(claims(&granted.text_of("access_token"))["scp"], "Group.Read.All");
    let default = signed_in(&sign_in, "https://graph.microsoft.com/.default").await;
    assert_eq!(claims(&default.text_of("access_token"))["scp"], "Group.Read.All");
    // A second consent adds to the first.
    sign_in.get(&page("ada", "/v2.0", GRAPH_CLI, "&scope=https://graph.microsoft.com/User.Read.All")).await;
    let both = signed_in(&sign_in, "https://graph.microsoft.com/.default").await;
    assert_eq!(claims(&both.text_of("access_token"))["scp"], "Group.Read.All User.Read.All");
}

#[tokio::test]
async fn the_first_version_of_consent_gives_what_the_registration_asks_for() {
    let sign_in = SignIn::of_world(WORLD);
    let tenant = sign_in.tenant().id();
    let admin = signed_in(&sign_in, "https://graph.microsoft.com/.default").await.text_of("access_token");
    let graph = "00000003-0000-0000-c000-000000000000";
    let required = json!({
        "web": { "redirectUris": ["https://tool.example/back"] },
        "requiredResourceAccess": [{ "resourceAppId": graph, "resourceAccess": [
            { "id": "5f8c59db-677d-491f-a6b8-5f174b11ec1d", "type": "Scope" },
            { "id": "df021288-bdef-4463-88db-98f22de89214", "type": "Role" },
        ] }],
    });
    let path = format!("/v1.0/applications(appId='{API}')");
    let changed = sign_in.call("PATCH", &path, &admin, &required).await;
    assert_eq!(changed.status, 204, "{}", changed.text);
    let page = format!(
        "/{tenant}/adminconsent?client_id={API}&redirect_uri=https://tool.example/back&prompt=none&\
         login_hint=ada@contoso.onmicrosoft.com"
    );
    for _ in 0..2 {
        let location = sign_in.get(&page).await.header(header::LOCATION).to_owned();
        assert_eq!(location, format!("https://tool.example/back?admin_consent=True&tenant={tenant}"));
    }
    let own = [
        ("grant_type", "client_credentials"),
        ("client_id", API),
        ("client_secret", "s1"),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    assert_eq!(claims(&sign_in.token(&own).await.text_of("access_token"))["roles"], json!(["User.Read.All"]));
    let sent = signed_in(&sign_in, &format!("api://{API}/read")).await.text_of("access_token");
    let on = sign_in.token(&exchange(API, "s1", &sent, "https://graph.microsoft.com/.default")).await;
    assert_eq!(claims(&on.text_of("access_token"))["scp"], "Group.Read.All");
    // Signing out may lead to where the application has its users sent back to, and nowhere else.
    let out = format!("/{tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=");
    let location = sign_in.get(&format!("{out}https://tool.example/back&state=9")).await;
    assert_eq!(location.header(header::LOCATION), "https://tool.example/back?state=9");
    assert_eq!(sign_in.get(&format!("{out}https://evil.example/back")).await.status, 200);
}

#[tokio::test]
async fn user_info_is_told_by_the_token_and_its_scopes() {
    let sign_in = SignIn::of_world(WORLD);
    let answer = signed_in(&sign_in, "openid profile email User.Read").await;
    let told = sign_in.call("GET", "/oidc/userinfo", &answer.text_of("access_token"), &Value::Null).await;
    assert_eq!(told.status, 200, "{}", told.text);
    assert_eq!(told.json()["sub"], claims(&answer.text_of("id_token"))["sub"]);
    assert_eq!(told.json()["email"], "ada@contoso.com");
    let at_graph = Request::get("/oidc/userinfo")
        .header(header::HOST, "graph.microsoft.com")
        .header(header::AUTHORIZATION, format!("Bearer {}", answer.text_of("access_token")));
    assert_eq!(sign_in.send(at_graph.body(Body::empty()).unwrap()).await.json(), told.json());
    let less = signed_in(&sign_in, "openid User.Read").await.text_of("access_token");
    let less = sign_in.call("POST", "/oidc/userinfo", &less, &json!({})).await;
    assert!(less.json().get("email").is_none());
    let without = signed_in(&sign_in, "User.Read").await.text_of("access_token");
    assert_eq!(sign_in.call("GET", "/oidc/userinfo", &without, &Value::Null).await.status, 403);
    let azure = signed_in(&sign_in, "https://management.azure.com/.default openid").await.text_of("access_token");
    let refused = sign_in.call("GET", "/oidc/userinfo", &azure, &Value::Null).await;
    assert_eq!(
        (refused.status.as_u16(), refused.header(header::WWW_AUTHENTICATE)),
        (401, "Bearer error=\"invalid_token\"")
    );
}
