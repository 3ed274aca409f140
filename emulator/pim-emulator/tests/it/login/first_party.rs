//! The clients that exist in every tenant: what they get, and what of it opens Graph.

use super::kit::{AZURE_CLI, Answer, GRAPH_CLI, SignIn, claims};
use serde_json::{Value, json};

const AZURE_POWERSHELL: &str = "1950a258-227b-4e31-a9cf-717495945fc2";
const DEFAULT: &str = "https://graph.microsoft.com/.default";
const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";

const WORLD: &str = "
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [{ name: ada }, { name: gina }]
  groups: [{ name: ops }]
  active: [{ principal: gina, role: Global Administrator }]
  eligible: [{ principal: ada, role: Global Reader }]
";

async fn signed_in(sign_in: &SignIn, client: &str, user: &str, scope: &str) -> Answer {
    let name = format!("{user}@contoso.onmicrosoft.com");
    let form = [
        ("grant_type", "password"),
        ("client_id", client),
        ("username", &*name),
        ("password", "Pim-emulator-1"),
        ("scope", scope),
    ];
    sign_in.token(&form).await
}

fn scopes(answer: &Answer) -> Vec<String> {
    let said = claims(&answer.text_of("access_token"))["scp"].as_str().unwrap().to_owned();
    said.split(' ').map(str::to_owned).collect()
}

#[tokio::test]
async fn the_azure_command_line_has_the_permissions_that_were_settled_for_it() {
    let sign_in = SignIn::of_world(WORLD);
    let answer = signed_in(&sign_in, AZURE_CLI, "ada", &format!("{DEFAULT} openid profile offline_access")).await;
    let settled = [
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "AuditLog.Read.All",
        "DelegatedPermissionGrant.ReadWrite.All",
        "Directory.AccessAsUser.All",
        "Group.ReadWrite.All",
        "User.Read.All",
        "User.ReadWrite.All",
        "openid",
        "profile",
    ];
    assert_eq!(scopes(&answer), settled);
    assert_eq!(answer.text_of("foci"), "1");
    let powershell = signed_in(&sign_in, AZURE_POWERSHELL, "ada", DEFAULT).await;
    assert_eq!(scopes(&powershell), ["AuditLog.Read.All", "Directory.AccessAsUser.All"]);
    let azure = signed_in(&sign_in, AZURE_CLI, "ada", "https://management.core.windows.net//.default").await;
    assert_eq!(scopes(&azure), ["user_impersonation"]);
    // Pointed at the emulator, the client asks for the address and gets what opens each surface.
    let own = signed_in(&sign_in, AZURE_CLI, "ada", "https://localhost:8443//.default").await;
    assert!(scopes(&own).contains(&"user_impersonation".to_owned()));
    assert!(!scopes(&own).contains(&"RoleManagement.ReadWrite.Directory".to_owned()));
}

#[tokio::test]
async fn nobody_can_consent_to_more_for_a_client_of_the_platform() {
    let sign_in = SignIn::of_world(WORLD);
    for (client, scope) in [
        (AZURE_CLI, "https://graph.microsoft.com/RoleManagement.ReadWrite.Directory"),
        (AZURE_CLI, "User.Read"),
        (AZURE_POWERSHELL, "Group.ReadWrite.All"),
        (AZURE_CLI, "https://localhost:8443/RoleManagement.ReadWrite.Directory"),
    ] {
        let refused = signed_in(&sign_in, client, "gina", scope).await;
        assert_eq!((refused.status.as_u16(), refused.text_of("error")), (400, "invalid_request".to_owned()), "{scope}");
        let said = refused.text_of("error_description");
        assert!(
            said.starts_with(&format!("AADSTS65002: Consent between first party application '{client}'")),
            "{said}"
        );
    }
    let named = signed_in(&sign_in, AZURE_CLI, "ada", "https://graph.microsoft.com/AuditLog.Read.All").await;
    assert_eq!(scopes(&named), ["AuditLog.Read.All"]);
}

/// AUT-20, AUT-21: the command line of Azure does whatever the user may in the directory, and nothing of PIM.
#[tokio::test]
async fn with_the_azure_command_line_pim_on_graph_is_refused_in_the_services_words() {
    let sign_in = SignIn::of_world(WORLD);
    let token = signed_in(&sign_in, AZURE_CLI, "gina", DEFAULT).await.text_of("access_token");
    for path in ["/v1.0/me", "/v1.0/users", "/v1.0/groups", "/v1.0/organization", "/v1.0/servicePrincipals"] {
        assert_eq!(sign_in.call("GET", path, &token, &Value::Null).await.status, 200, "{path}");
    }
    let roles = "/v1.0/roleManagement/directory/roleAssignments";
    assert_eq!(sign_in.call("GET", roles, &token, &Value::Null).await.status, 200);
    let policies = sign_in.call("GET", "/v1.0/identity/conditionalAccess/policies", &token, &Value::Null).await;
    assert_eq!(policies.status, 403);
    let ada = sign_in.tenant().names().user("ada").unwrap();
    let body = json!({ "action": "selfActivate", "principalId": ada, "directoryScopeId": "/",
                       "roleDefinitionId": "f2ef992c-3afb-46b9-b7cf-a126ee74c451" });
    for (method, body) in [("GET", Value::Null), ("POST", body)] {
        let refused = sign_in.call(method, REQUESTS, &token, &body).await;
        assert_eq!(refused.status, 403, "{}", refused.text);
        let error = refused.json()["error"].clone();
        assert_eq!(error["code"], "UnknownError");
        let said = error["message"].as_str().unwrap();
        assert!(said.starts_with(r#"{"errorCode":"PermissionScopeNotGranted","message":"Authorization failed due to"#));
    }
}

#[tokio::test]
async fn a_tenant_keeps_a_client_of_the_platform_out_by_its_service_principal() {
    let sign_in = SignIn::of_world(WORLD);
    let token = signed_in(&sign_in, AZURE_CLI, "gina", DEFAULT).await.text_of("access_token");
    let body = json!({ "appId": AZURE_CLI, "accountEnabled": false });
    let made = sign_in.call("POST", "/v1.0/servicePrincipals", &token, &body).await;
    assert_eq!(
        (made.status.as_u16(), &made.json()["displayName"]),
        (201, &json!("Microsoft Azure CLI")),
        "{}",
        made.text
    );
    assert_eq!(signed_in(&sign_in, AZURE_CLI, "gina", DEFAULT).await.json()["error_codes"][0], 7_000_112);
    let body = json!({ "accountEnabled": true });
    let path = format!("/v1.0/servicePrincipals(appId='{AZURE_CLI}')");
    assert_eq!(sign_in.call("PATCH", &path, &token, &body).await.status, 204);
    assert_eq!(signed_in(&sign_in, AZURE_CLI, "gina", DEFAULT).await.status, 200);
}

#[tokio::test]
async fn the_family_shares_its_refresh_tokens_and_nobody_else_does() {
    let sign_in = SignIn::of_world(WORLD);
    let refresh =
        signed_in(&sign_in, AZURE_CLI, "ada", &format!("{DEFAULT} offline_access")).await.text_of("refresh_token");
    let form = |client| [("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", &*refresh)];
    let answer = sign_in.token(&form(AZURE_POWERSHELL)).await;
    assert_eq!(claims(&answer.text_of("access_token"))["appid"], AZURE_POWERSHELL);
    assert_eq!(scopes(&answer), ["AuditLog.Read.All", "Directory.AccessAsUser.All"]);
    assert_eq!(sign_in.token(&form(GRAPH_CLI)).await.json()["error_codes"][0], 70000);
    let other = signed_in(&sign_in, GRAPH_CLI, "ada", "User.Read offline_access").await;
    assert!(other.json().get("foci").is_none());
}

/// AUT-20: consent is given to whoever asks, unless the switch asks for an administrator's.
#[tokio::test]
async fn the_graph_command_line_gets_what_it_asks_for_until_an_administrator_must_consent() {
    let sign_in = SignIn::of_world(WORLD);
    let wanted = "https://graph.microsoft.com/RoleManagement.ReadWrite.Directory";
    assert_eq!(scopes(&signed_in(&sign_in, GRAPH_CLI, "ada", wanted).await), ["RoleManagement.ReadWrite.Directory"]);
    let tenant = sign_in.tenant();
    let switch = format!("/_emulator/tenants/{}/behaviour", tenant.id());
    let changed = sign_in.call("PATCH", &switch, "", &json!({ "consentTakesAnAdministrator": true })).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let refused = signed_in(&sign_in, GRAPH_CLI, "ada", wanted).await;
    assert_eq!(
        (&refused.json()["error_codes"][0], &refused.json()["suberror"]),
        (&json!(65001), &json!("consent_required"))
    );
    assert!(refused.text.contains("named 'Microsoft Graph Command Line Tools'"), "{}", refused.text);
    assert_eq!(signed_in(&sign_in, GRAPH_CLI, "ada", DEFAULT).await.json()["error_codes"][0], 65001);
    assert_eq!(scopes(&signed_in(&sign_in, GRAPH_CLI, "ada", "User.Read openid").await), ["User.Read", "openid"]);
    assert_eq!(scopes(&signed_in(&sign_in, AZURE_CLI, "ada", DEFAULT).await).len(), 8);
    let page = format!(
        "/{}/oauth2/v2.0/authorize?client_id={GRAPH_CLI}&response_type=code&redirect_uri=http://localhost&prompt=none&\
         login_hint=ada@contoso.onmicrosoft.com&scope={wanted}",
        tenant.id()
    );
    let location = sign_in.get(&page).await.header(axum::http::header::LOCATION).to_owned();
    assert!(location.contains("error=access_denied") && location.contains("AADSTS90094"), "{location}");
}
