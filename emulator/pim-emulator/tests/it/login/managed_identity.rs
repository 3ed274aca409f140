//! What runs in Azure asks for tokens of its identity.

use super::kit::{Answer, SignIn, claims};
use axum::body::Body;
use axum::http::{Request, header};
use pim_emulator::app::real_now;
use serde_json::{Value, json};

const WORLD: &str = "
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  azure:
    subscriptions:
      - name: prod
        resourceGroups: [{ name: web, resources: [{ name: vm1, type: Microsoft.Compute/virtualMachines }] }]
  managedIdentities:
    - { name: robot, scope: prod/web, appRoles: [User.Read.All] }
    - { name: vm, type: system, scope: prod/web/vm1 }
  active:
    - { principal: robot, azureRole: Reader, scope: prod }
    - { principal: vm, role: Global Reader }
";

const GRAPH: &str = "api-version=2018-02-01&resource=https://graph.microsoft.com";

async fn asked(sign_in: &SignIn, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::get(path).header(header::HOST, sign_in.host);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    sign_in.send(request.body(Body::empty()).unwrap()).await
}

fn place(sign_in: &SignIn, name: &str) -> String {
    format!("/_emulator/tenants/{}/identities/{name}", sign_in.tenant().id())
}

const METADATA: [(&str, &str); 1] = [("Metadata", "true")];

#[tokio::test]
async fn the_metadata_service_gives_tokens_of_the_identity_in_its_path() {
    let sign_in = SignIn::of_world(WORLD);
    let answer = sign_in.tenant().answer();
    let robot = &answer.managed_identities["robot"];
    let path = format!("{}/metadata/identity/oauth2/token?{GRAPH}", place(&sign_in, "robot"));
    let given = asked(&sign_in, &path, &METADATA).await;
    assert_eq!(given.status, 200, "{}", given.text);
    let body = given.json();
    assert_eq!((&body["token_type"], &body["resource"]), (&json!("Bearer"), &json!("https://graph.microsoft.com")));
    assert_eq!(body["client_id"], json!(robot.client_id));
    let expires: i64 = given.text_of("expires_on").parse().unwrap();
    let lasts = expires - real_now().milliseconds() / 1000;
    assert!((86_390..=86_400).contains(&lasts), "{lasts}");
    assert_eq!(given.text_of("expires_in"), "86399");
    let token = given.text_of("access_token");
    let said = claims(&token);
    assert_eq!((&said["idtyp"], &said["oid"], &said["sub"]), (&json!("app"), &json!(robot.id), &json!(robot.id)));
    assert_eq!((&said["app_displayname"], &said["appidacr"]), (&json!("robot"), &json!("2")));
    assert_eq!(said["roles"], json!(["User.Read.All"]));
    let mirid = said["xms_mirid"].as_str().unwrap();
    assert!(mirid.ends_with("/resourceGroups/web/providers/Microsoft.ManagedIdentity/userAssignedIdentities/robot"));
    assert_eq!(mirid, robot.resource_id);
    assert_eq!(sign_in.call("GET", "/v1.0/users", &token, &Value::Null).await.status, 200);
    assert_eq!(sign_in.call("GET", "/v1.0/groups", &token, &Value::Null).await.status, 403);
    // No page of another site can read it.
    assert!(!given.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
}

#[tokio::test]
async fn an_identity_is_a_service_principal_and_holds_roles() {
    let sign_in = SignIn::of_world(WORLD);
    let graph = |name: &str| format!("{}/metadata/identity/oauth2/token?{GRAPH}", place(&sign_in, name));
    let token = asked(&sign_in, &graph("robot"), &METADATA).await.text_of("access_token");
    let vm = sign_in.tenant().answer().managed_identities["vm"].clone();
    let said = claims(&asked(&sign_in, &graph("vm"), &METADATA).await.text_of("access_token"));
    assert!(said["xms_mirid"].as_str().unwrap().ends_with("/providers/Microsoft.Compute/virtualMachines/vm1"));
    let tenant = sign_in.tenant().id();
    let (mint, wanted) = (
        format!("/_emulator/tenants/{tenant}/tokens"),
        json!({ "application": "vm", "roles": ["Application.Read.All"] }),
    );
    let reader = sign_in.call("POST", &mint, "", &wanted).await.text_of("accessToken");
    let path = format!("/v1.0/servicePrincipals/{}", vm.id);
    let shown = sign_in.call("GET", &path, &reader, &Value::Null).await.json();
    assert_eq!((&shown["servicePrincipalType"], &shown["displayName"]), (&json!("ManagedIdentity"), &json!("vm")));
    assert_eq!(shown["alternativeNames"], json!(["isExplicit=False", vm.resource_id]));
    assert_eq!(shown["appId"], json!(vm.client_id));
    let arm = format!(
        "{}/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/",
        place(&sign_in, "robot")
    );
    let arm = asked(&sign_in, &arm, &METADATA).await.text_of("access_token");
    let listed = sign_in.call("GET", "/subscriptions?api-version=2022-12-01", &arm, &Value::Null).await.json();
    assert_eq!(listed["value"].as_array().unwrap().len(), 1, "{listed}");
    assert_ne!(token, arm);
}

#[tokio::test]
async fn at_the_place_of_the_cloud_the_request_names_the_identity() {
    let sign_in = SignIn::of_world(WORLD);
    let answer = sign_in.tenant().answer();
    let root = |more: &str| format!("/metadata/identity/oauth2/token?{GRAPH}{more}");
    let several = asked(&sign_in, &root(""), &METADATA).await;
    assert_eq!((several.status.as_u16(), several.text_of("error")), (400, "invalid_request".to_owned()));
    assert!(several.text_of("error_description").starts_with("Multiple user assigned identities exist"));
    for (name, identity) in &answer.managed_identities {
        for more in [
            format!("&client_id={}", identity.client_id),
            format!("&object_id={}", identity.id),
            format!("&mi_res_id={}", identity.resource_id),
            format!("&msi_res_id={}", identity.resource_id.to_uppercase()),
        ] {
            let given = asked(&sign_in, &root(&more), &METADATA).await;
            assert_eq!(claims(&given.text_of("access_token"))["app_displayname"], json!(name), "{more}");
        }
    }
    let other = format!("&client_id={}", answer.managed_identities["vm"].client_id);
    let nobody = asked(&sign_in, &root("&client_id=00000000-0000-0000-0000-00000000dead"), &METADATA).await;
    assert_eq!(nobody.text_of("error_description"), "Identity not found");
    let path = format!("{}/metadata/identity/oauth2/token?{GRAPH}{other}", place(&sign_in, "robot"));
    assert_eq!(asked(&sign_in, &path, &METADATA).await.text_of("error_description"), "Identity not found");
    let path = format!("{}/metadata/identity/oauth2/token?{GRAPH}", place(&sign_in, "x"));
    assert_eq!(asked(&sign_in, &path, &METADATA).await.text_of("error_description"), "Identity not found");
    let only = SignIn::of_world("world: { managedIdentities: [{ name: only }] }");
    assert_eq!(asked(&only, &root(""), &METADATA).await.status, 200);
    assert_eq!(asked(&SignIn::of_world("world: {}"), &root(""), &METADATA).await.status, 400);
}

#[tokio::test]
async fn the_metadata_service_refuses_in_its_own_shape_and_invites_nobody_to_try_again() {
    let sign_in = SignIn::of_world(WORLD);
    let path = |query: &str| format!("{}/metadata/identity/oauth2/token?{query}", place(&sign_in, "robot"));
    for (query, headers, error) in [
        (GRAPH, &[][..], "bad_request_102"),
        (GRAPH, &[("Metadata", "false")][..], "bad_request_102"),
        (GRAPH, &[("Metadata", "true"), ("X-Forwarded-For", "10.0.0.1")][..], "bad_request_102"),
        ("api-version=2018-02-01", &METADATA[..], "invalid_request"),
        ("resource=https://graph.microsoft.com", &METADATA[..], "invalid_request"),
        ("api-version=2018-02-01&resource=https://vault.azure.net", &METADATA[..], "invalid_resource"),
    ] {
        let refused = asked(&sign_in, &path(query), headers).await;
        assert_eq!((refused.status.as_u16(), refused.text_of("error")), (400, error.to_owned()), "{query}");
        assert!(!refused.text_of("error_description").is_empty());
        assert!(!refused.headers.contains_key(header::RETRY_AFTER));
    }
    let post = Request::post(path(GRAPH)).header(header::HOST, sign_in.host).header("Metadata", "true");
    assert_eq!(sign_in.send(post.body(Body::empty()).unwrap()).await.status, 405);
}

#[tokio::test]
async fn app_service_takes_the_header_that_the_environment_gave() {
    let sign_in = SignIn::of_world(WORLD);
    let robot = sign_in.tenant().answer().managed_identities["robot"].clone();
    let secret = robot.id.to_string();
    let path =
        format!("{}/msi/token?api-version=2019-08-01&resource=https://graph.microsoft.com", place(&sign_in, "robot"));
    let given = asked(&sign_in, &path, &[("X-IDENTITY-HEADER", &secret)]).await;
    assert_eq!(given.status, 200, "{}", given.text);
    assert!(given.text_of("expires_on").parse::<i64>().is_ok());
    assert_eq!(given.json()["client_id"], json!(robot.client_id));
    assert_eq!(claims(&given.text_of("access_token"))["oid"], json!(robot.id));
    let by_id = format!("{path}&client_id={}", robot.client_id);
    assert_eq!(asked(&sign_in, &by_id, &[("X-IDENTITY-HEADER", &secret)]).await.status, 200);
    for (path, headers, status) in [
        (path.clone(), &[][..], 401),
        (path.clone(), &[("X-IDENTITY-HEADER", "guess")][..], 401),
        (format!("{path}&principal_id={}", robot.client_id), &[("X-IDENTITY-HEADER", &*secret)][..], 400),
        (path.replace("graph.microsoft.com", "vault.azure.net"), &[("X-IDENTITY-HEADER", &*secret)][..], 400),
    ] {
        let refused = asked(&sign_in, &path, headers).await;
        assert_eq!(refused.status, status, "{}", refused.text);
        assert_eq!(refused.json()["statusCode"], status);
        assert!(refused.json()["message"].is_string() && refused.json()["correlationId"].is_string());
    }
}
