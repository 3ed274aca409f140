//! Who signed in, and who tried to: the log at `/auditLogs/signIns`, and what is known of accounts.

use super::kit::{Answer, GRAPH_CLI, SignIn};
use serde_json::{Value, json};

const WORLD: &str = "
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users:
    - { name: rita, mfa: true }
    - { name: ada, lastSignIn: P40D }
    - { name: bob, accountEnabled: false }
    - { name: eve, created: P90D }
  applications:
    - { name: ci, secret: s, appRoles: [AuditLog.Read.All, User.Read.All] }
    - { name: poor, secret: s, appRoles: [User.Read.All] }
    - { name: portal, publicClient: true }
  managedIdentities: [{ name: vm, appRoles: [User.Read.All] }]
  signIns:
    - { user: eve, at: PT3H, error: 50126 }
    - { user: eve, at: PT2H, application: portal, silent: true, mfa: true }
  active: [{ principal: rita, role: Reports Reader }]
";

const DEFAULT: &str = "https://graph.microsoft.com/.default";
const LOG: &str = "/v1.0/auditLogs/signIns";
const ALL_KINDS: &str = "/beta/auditLogs/signIns?$filter=signInEventTypes/any(t:t%20ne%20'nothing')";

/// A sign-in by password, whatever comes of it.
async fn by_password(sign_in: &SignIn, name: &str, password: &str) -> Answer {
    let name = format!("{name}@contoso.onmicrosoft.com");
    let form = [
        ("grant_type", "password"),
        ("client_id", GRAPH_CLI),
        ("username", name.as_str()),
        ("password", password),
        ("scope", "https://graph.microsoft.com/.default offline_access"),
    ];
    sign_in.token(&form).await
}

async fn of_application(sign_in: &SignIn, name: &str) -> String {
    let client = sign_in.tenant().names().applications[name].client.to_string();
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client.as_str()),
        ("client_secret", "s"),
        ("scope", DEFAULT),
    ];
    sign_in.token(&form).await.text_of("access_token")
}

/// The items that somebody with the token of `ci` reads.
async fn read(sign_in: &SignIn, path: &str) -> Vec<Value> {
    let token = of_application(sign_in, "ci").await;
    let answer = sign_in.call("GET", path, &token, &Value::Null).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()["value"].as_array().unwrap().clone()
}

/// Of each item some members, for comparison.
fn told(items: &[Value], members: &[&str]) -> Vec<Vec<Value>> {
    items
        .iter()
        .map(|item| members.iter().map(|name| item.pointer(name).cloned().unwrap_or_default()).collect())
        .collect()
}

#[tokio::test]
async fn the_log_shows_interactive_attempts_newest_first_with_what_came_of_them() {
    let sign_in = SignIn::of_world(WORLD);
    assert_eq!(by_password(&sign_in, "ada", "wrong").await.json()["error_codes"][0], 50126);
    assert_eq!(by_password(&sign_in, "ada", "Pim-emulator-1").await.status, 200);
    assert_eq!(by_password(&sign_in, "bob", "Pim-emulator-1").await.json()["error_codes"][0], 50057);
    let items = read(&sign_in, LOG).await;
    let shown = told(&items, &["/userPrincipalName", "/status/errorCode", "/isInteractive", "/appDisplayName"]);
    let row = |name: &str, code: u32, application: &str| {
        vec![json!(format!("{name}@contoso.onmicrosoft.com")), json!(code), json!(true), json!(application)]
    };
    let tools = "Microsoft Graph Command Line Tools";
    // The last sign-in of ada before all this is older than what the log keeps.
    let expected =
        [row("bob", 50057, tools), row("ada", 0, tools), row("ada", 50126, tools), row("eve", 50126, "Azure Portal")];
    assert_eq!(shown, expected);
    assert_eq!(items[1]["resourceDisplayName"], "Microsoft Graph");
    assert_eq!(items[3]["createdDateTime"], "2026-01-05T05:00:00Z");
    let one = format!("{LOG}/{}", items[1]["id"].as_str().unwrap());
    let token = of_application(&sign_in, "ci").await;
    assert_eq!(sign_in.call("GET", &one, &token, &Value::Null).await.json()["userDisplayName"], "Ada");
    let failed =
        read(&sign_in, &format!("{LOG}?$filter=status/errorCode%20ne%200%20and%20userDisplayName%20eq%20'Ada'")).await;
    assert_eq!(failed.len(), 1);
    let oldest = read(&sign_in, &format!("{LOG}?$orderby=createdDateTime&$top=1")).await;
    assert_eq!(oldest[0]["userDisplayName"], "Eve");
    let unknown = format!("{LOG}/00000000-0000-0000-0000-000000000001");
    assert_eq!(sign_in.call("GET", &unknown, &token, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn beta_shows_every_sort_to_whoever_asks_for_sorts() {
    let sign_in = SignIn::of_world(WORLD);
    let refresh = by_password(&sign_in, "ada", "Pim-emulator-1").await.text_of("refresh_token");
    let again = [("grant_type", "refresh_token"), ("client_id", GRAPH_CLI), ("refresh_token", &*refresh)];
    assert_eq!(sign_in.token(&again).await.status, 200);
    let identity = "/_emulator/tenants/contoso.onmicrosoft.com/identities/vm/metadata/identity/oauth2/token";
    let asked = format!("{identity}?api-version=2018-02-01&resource=https://graph.microsoft.com");
    let request = axum::http::Request::get(asked).header("metadata", "true").header("host", sign_in.host);
    let answer = sign_in.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let sorts = told(&read(&sign_in, ALL_KINDS).await, &["/signInEventTypes/0", "/servicePrincipalName"]);
    let expected = [
        ("servicePrincipal", json!("ci")),
        ("managedIdentity", json!("vm")),
        ("nonInteractiveUser", Value::Null),
        ("interactiveUser", Value::Null),
        ("nonInteractiveUser", Value::Null),
        ("interactiveUser", Value::Null),
    ];
    assert_eq!(sorts, expected.map(|(sort, name)| vec![json!(sort), name]));
    let plain = read(&sign_in, "/beta/auditLogs/signIns").await;
    assert!(plain.iter().all(|item| item["isInteractive"] == true), "{plain:?}");
}

#[tokio::test]
async fn a_user_says_when_it_last_signed_in_to_whoever_asks_and_may_know() {
    let sign_in = SignIn::of_world(WORLD);
    by_password(&sign_in, "rita", "wrong").await;
    let items = read(&sign_in, "/v1.0/users?$select=displayName,signInActivity").await;
    let shown = told(
        &items,
        &["/displayName", "/signInActivity/lastSignInDateTime", "/signInActivity/lastNonInteractiveSignInDateTime"],
    );
    let none = Value::Null;
    let expected = [
        ["Rita".into(), "2026-01-05T08:00:00Z".into(), none.clone()],
        ["Ada".into(), "2025-11-26T08:00:00Z".into(), none.clone()],
        ["Bob".into(), none.clone(), none.clone()],
        ["Eve".into(), "2026-01-05T05:00:00Z".into(), "2026-01-05T06:00:00Z".into()],
    ];
    assert_eq!(shown, expected);
    assert!(items[2].get("signInActivity").is_none(), "of who never did, nothing is said: {}", items[2]);
    assert_eq!(items[0]["signInActivity"]["lastSuccessfulSignInDateTime"], Value::Null, "a failure is an attempt");
    assert_eq!(items[3]["signInActivity"]["lastSuccessfulSignInDateTime"], "2026-01-05T06:00:00Z");
    let stale = "/v1.0/users?$filter=signInActivity/lastSignInDateTime%20le%202025-12-01T00:00:00Z&$select=displayName";
    assert_eq!(told(&read(&sign_in, stale).await, &["/displayName"]), [["Ada"]]);
    for version in ["v1.0", "beta"] {
        let whole = &read(&sign_in, &format!("/{version}/users?$top=1")).await[0];
        assert!(whole.get("signInActivity").is_none(), "nobody is told who does not ask");
    }
    let poor = of_application(&sign_in, "poor").await;
    let refused = sign_in.call("GET", "/v1.0/users?$select=signInActivity", &poor, &Value::Null).await;
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["error"]["code"]),
        (403, &json!("Authentication_MSGraphPermissionMissing"))
    );
    assert_eq!(sign_in.call("GET", "/v1.0/users?$select=displayName", &poor, &Value::Null).await.status, 200);
}

#[tokio::test]
async fn accounts_are_as_old_as_their_world_says() {
    let sign_in = SignIn::of_world(WORLD);
    let created = told(&read(&sign_in, "/v1.0/users?$select=createdDateTime").await, &["/createdDateTime"]);
    let expected = ["2026-01-05T07:00:00Z", "2025-11-26T08:00:00Z", "2026-01-05T07:00:00Z", "2025-10-07T08:00:00Z"];
    assert_eq!(created, expected.map(|at| [at]));
}

#[tokio::test]
async fn a_user_reads_the_log_with_a_role_for_it_and_nobody_does_without_a_licence() {
    let sign_in = SignIn::of_world(WORLD);
    let status = async |name: &str| {
        let token = by_password(&sign_in, name, "Pim-emulator-1").await.text_of("access_token");
        let answer = sign_in.call("GET", LOG, &token, &Value::Null).await;
        (answer.status.as_u16(), answer.json()["error"]["code"].clone())
    };
    assert_eq!(status("rita").await, (200, Value::Null));
    assert_eq!(status("ada").await, (403, json!("Authentication_RequestFromUnsupportedUserRole")));
    let poor = WORLD
        .replace("tenant: {", "tenant: { license: none,")
        .replace("Reports Reader", "Reports Reader, outsidePim: true");
    let poor = SignIn::of_world(&poor);
    let token = of_application(&poor, "ci").await;
    let refused = poor.call("GET", LOG, &token, &Value::Null).await;
    assert_eq!(refused.json()["error"]["code"], "Authentication_RequestFromNonPremiumTenantOrB2CTenant");
}

#[tokio::test]
async fn a_minted_token_is_a_sign_in_where_that_is_asked_for() {
    let sign_in = SignIn::of_world(WORLD);
    let tokens = "/_emulator/tenants/contoso.onmicrosoft.com/tokens";
    for (body, count) in [(json!({"user": "ada"}), 1), (json!({"user": "ada", "signIn": true}), 2)] {
        assert_eq!(sign_in.call("POST", tokens, "", &body).await.status, 200);
        assert_eq!(read(&sign_in, LOG).await.len(), count);
    }
    let application = json!({"application": "poor", "signIn": true});
    assert_eq!(sign_in.call("POST", tokens, "", &application).await.status, 200);
    let sorts = read(&sign_in, ALL_KINDS).await;
    assert!(sorts.iter().any(|item| item["servicePrincipalName"] == "poor"), "{sorts:?}");
}
