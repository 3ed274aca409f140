//! The control API: tokens without a sign-in, and sign-ins without a browser.

use crate::support::Client;
use pim_emulator::app::real_now;
use pim_emulator::app::sign_ins::DeviceRequest;
use pim_emulator::app::token::{Audience, Caller, GRAPH_COMMAND_LINE_TOOLS, TokenFault};
use serde_json::{Value, json};

async fn mint(client: &Client, path: &str, wanted: &Value) -> String {
    let answer = client.post(&format!("{path}/tokens"), wanted).await.json(200);
    assert_eq!(answer["tokenType"], "Bearer");
    answer["accessToken"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn a_users_token_is_believed_and_has_every_delegated_permission() {
    let client = Client::new();
    let path = client.contoso(1).await;
    for user in ["alice", "alice@contoso.onmicrosoft.com"] {
        let token = mint(&client, &path, &json!({"user": user})).await;
        let (token, tenant) = client.app.authenticate(&token, Audience::Graph).expect("it is ours");
        match &token.caller {
            Caller::User { id, scopes, mfa, .. } => {
                assert_eq!(Some(*id), tenant.names().user("alice"));
                assert!(scopes.contains("RoleManagement.ReadWrite.Directory"));
                assert!(*mfa, "as the world says");
            }
            Caller::Application { .. } => panic!("a user was asked for"),
        }
    }
    let wanted = json!({"user": "dave", "scopes": ["User.Read"], "mfa": true, "acrs": ["c1"], "audience": "arm", "client": "cli"});
    let token = mint(&client, &path, &wanted).await;
    assert!(client.app.authenticate(&token, Audience::Graph).is_err());
    client.app.authenticate(&token, Audience::ResourceManager).expect("it is for that");
    let token = mint(&client, &path, &json!({"user": "dave", "audience": "pim"})).await;
    assert!(client.app.authenticate(&token, Audience::ResourceManager).is_err());
    client.app.authenticate(&token, Audience::PrivilegedAccess).expect("it is for that");
}

#[tokio::test]
async fn an_applications_token_has_the_roles_that_the_world_gave() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let token = mint(&client, &path, &json!({"application": "ci-app"})).await;
    let (token, _) = client.app.authenticate(&token, Audience::Graph).expect("it is ours");
    match &token.caller {
        Caller::Application { roles, .. } => assert!(roles.iter().any(|it| it == "RoleManagement.ReadWrite.Directory")),
        Caller::User { .. } => panic!("an application was asked for"),
    }
    let token = mint(&client, &path, &json!({"application": "ci-app", "roles": ["User.Read.All"]})).await;
    let (token, _) = client.app.authenticate(&token, Audience::Graph).expect("it is ours");
    match &token.caller {
        Caller::Application { roles, .. } => {
            assert!(!roles.iter().any(|it| it == "RoleManagement.ReadWrite.Directory"));
        }
        Caller::User { .. } => panic!("an application was asked for"),
    }
}

#[tokio::test]
async fn tokens_that_have_expired_or_are_not_yet_valid_can_be_had() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let expired =
        client.post(&format!("{path}/tokens"), &json!({"user": "alice", "lifetime": "-PT5M"})).await.json(200);
    assert!(expired["expiresIn"].as_i64().is_some_and(|seconds| seconds < 0));
    let token = expired["accessToken"].as_str().expect("a token");
    assert!(matches!(client.app.authenticate(token, Audience::Graph), Err(TokenFault::Expired)));
    let early = mint(&client, &path, &json!({"user": "alice", "notBefore": "PT10M"})).await;
    assert!(client.app.authenticate(&early, Audience::Graph).is_err());
}

#[tokio::test]
async fn nonsense_about_tokens_is_refused() {
    let client = Client::new();
    let path = format!("{}/tokens", client.contoso(1).await);
    let unknown = client.post(&path, &json!({"user": "alcie"})).await;
    assert_eq!(unknown.problem(400, "InvalidBody"), "the tenant has no user 'alcie'; did you mean 'alice'?");
    for nonsense in [
        json!({}),
        json!({"user": "alice", "application": "ci-app"}),
        json!({"user": "alice", "roles": []}),
        json!({"application": "ci-app", "scopes": []}),
        json!({"application": "ci-ap"}),
        json!({"user": "alice", "client": "clii"}),
        json!({"user": "alice", "lifetime": "soon"}),
        json!({"user": "alice", "audience": "moon"}),
        json!({"usr": "alice"}),
    ] {
        client.post(&path, &nonsense).await.problem(400, "InvalidBody");
    }
    client.post("/_emulator/tenants/nobody/tokens", &json!({"user": "alice"})).await.problem(404, "NotFound");
}

fn device(client: &Client, tenant: Option<pim_core::TenantId>) -> String {
    let request = DeviceRequest {
        tenant,
        client: GRAPH_COMMAND_LINE_TOOLS,
        scope: "User.Read".to_owned(),
        takes_claims_challenges: false,
    };
    client.app.sign_ins().start_device_code(request, real_now()).user_code
}

#[tokio::test]
async fn a_device_is_signed_in_without_a_browser() {
    let client = Client::new();
    client.contoso(1).await;
    let tenant = client.app.tenants()[0].id();
    let request = DeviceRequest {
        tenant: Some(tenant),
        client: GRAPH_COMMAND_LINE_TOOLS,
        scope: "User.Read".to_owned(),
        takes_claims_challenges: false,
    };
    let code = client.app.sign_ins().start_device_code(request, real_now());
    let approve = format!("/_emulator/device-codes/{}/approve", code.user_code);
    client.post(&approve, &json!({"user": "nobody"})).await.problem(400, "InvalidBody");
    assert_eq!(client.post(&approve, &json!({"user": "alice", "mfa": true})).await.status, 204);
    client.post(&approve, &json!({"user": "alice"})).await.problem(409, "Conflict");
    let sign_in = client.app.sign_ins().poll_device_code(&code.device_code, GRAPH_COMMAND_LINE_TOOLS, real_now());
    let sign_in = sign_in.expect("signed in").sign_in;
    assert_eq!(Some(sign_in.user), client.app.tenants()[0].names().user("alice"));
    assert!(sign_in.mfa);
    client.post("/_emulator/device-codes/NOSUCH123/approve", &json!({"user": "alice"})).await.problem(404, "NotFound");
}

#[tokio::test]
async fn a_device_that_names_no_tenant_gets_the_one_of_the_user() {
    let client = Client::new();
    client.contoso(1).await;
    let approve = |code: String| format!("/_emulator/device-codes/{code}/approve");
    let only = approve(device(&client, None));
    assert_eq!(client.post(&only, &json!({"user": "alice"})).await.status, 204);
    let world = json!({"world": {"tenant": {"domain": "fabrikam.onmicrosoft.com"}, "users": [{"name": "fay"}]}});
    let fabrikam = client.post("/_emulator/tenants", &world).await.json(201);
    let code = approve(device(&client, None));
    client.post(&code, &json!({"user": "fay"})).await.problem(400, "InvalidBody");
    client.post(&code, &json!({"user": "fay", "tenant": "nowhere"})).await.problem(400, "InvalidBody");
    assert_eq!(client.post(&code, &json!({"user": "fay@fabrikam.onmicrosoft.com"})).await.status, 204);
    let code = approve(device(&client, None));
    let named = json!({"user": "fay", "tenant": fabrikam["tenantId"]});
    assert_eq!(client.post(&code, &named).await.status, 204);
    let contoso = client.app.tenants()[0].id();
    let code = approve(device(&client, Some(contoso)));
    let foreign = json!({"user": "fay", "tenant": fabrikam["tenantId"]});
    client.post(&code, &foreign).await.problem(409, "Conflict");
}
