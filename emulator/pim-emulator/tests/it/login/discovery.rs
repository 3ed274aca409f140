//! Where everything is, and under which address.

use super::kit::{CONTOSO, SignIn, claims};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use pim_emulator::login::{ROUTES, serves};
use pim_emulator::net::{Arrival, Scheme};

fn over_tls(host: &str, path: &str) -> Request<Body> {
    let arrival =
        Arrival { scheme: Scheme::Https, local: ([127, 0, 0, 1], 8443).into(), peer: ([127, 0, 0, 1], 50000).into() };
    Request::get(path).header(header::HOST, host).extension(arrival).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn every_address_has_the_scheme_host_and_port_of_the_request() {
    let sign_in = SignIn::new();
    for host in ["localhost:8443", "localhost:9000", "login.microsoftonline.com"] {
        let path = "/CONTOSO.onmicrosoft.com/v2.0/.well-known/OpenID-configuration";
        let answer = sign_in.send(over_tls(host, path)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.text_of("issuer"), format!("https://{host}/{CONTOSO}/v2.0"));
        assert_eq!(answer.text_of("token_endpoint"), format!("https://{host}/{CONTOSO}/oauth2/v2.0/token"));
        for endpoint in ["authorization_endpoint", "device_authorization_endpoint", "jwks_uri", "end_session_endpoint"]
        {
            let address = answer.text_of(endpoint);
            let path = address.strip_prefix(&format!("https://{host}")).unwrap_or_else(|| panic!("{address}"));
            assert!(serves(path), "{path}");
        }
        // One client finds the device endpoint by replacing every `token` in the token endpoint.
        let device = answer.text_of("token_endpoint").replace("token", "devicecode");
        assert_eq!(device, answer.text_of("device_authorization_endpoint"));
    }
}

#[tokio::test]
async fn common_keeps_the_braces_in_its_issuer() {
    let answer = SignIn::new().get("/common/v2.0/.well-known/openid-configuration").await;
    assert_eq!(answer.text_of("issuer"), "http://localhost:8443/{tenantid}/v2.0");
    assert_eq!(answer.text_of("token_endpoint"), "http://localhost:8443/common/oauth2/v2.0/token");
}

#[tokio::test]
async fn the_first_version_has_its_own_issuer_and_endpoints() {
    let answer = SignIn::new().get(&format!("/{CONTOSO}/.well-known/openid-configuration")).await;
    assert_eq!(answer.text_of("issuer"), format!("https://sts.windows.net/{CONTOSO}/"));
    assert_eq!(answer.text_of("token_endpoint"), format!("http://localhost:8443/{CONTOSO}/oauth2/token"));
}

#[tokio::test]
async fn unknown_tenants_are_refused_by_number() {
    let sign_in = SignIn::new();
    let unknown = sign_in.get("/nobody.example/v2.0/.well-known/openid-configuration").await;
    assert_eq!((unknown.status, unknown.json()["error_codes"][0].as_u64()), (StatusCode::BAD_REQUEST, Some(90002)));
    let invalid = sign_in.get("/nobody/v2.0/.well-known/openid-configuration").await;
    assert_eq!(invalid.json()["error_codes"][0], 900_023);
}

#[tokio::test]
async fn the_key_set_holds_the_key_that_tokens_name() {
    let sign_in = SignIn::new();
    let answer = sign_in.get("/common/discovery/v2.0/keys").await;
    let key = answer.json()["keys"][0].clone();
    let app = sign_in.app.tokens().key().unwrap();
    assert_eq!(key["kid"], app.key_id());
    assert_eq!(key["x5t"], key["kid"]);
    assert_eq!((&key["kty"], &key["use"], &key["e"]), (&"RSA".into(), &"sig".into(), &"AQAB".into()));
    assert_eq!(key["n"].as_str().unwrap().len(), 342);
    assert!(key["x5c"][0].as_str().unwrap().starts_with("MII"));
    assert_eq!(key["issuer"], "http://localhost:8443/{tenantid}/v2.0");
}

#[tokio::test]
async fn instance_discovery_gives_back_the_port_that_a_client_left_out() {
    let sign_in = SignIn::new();
    let endpoint = "https%3A%2F%2Flocalhost%2Fcontoso.onmicrosoft.com%2Foauth2%2Fv2.0%2Fauthorize";
    let path = format!("/common/discovery/instance?api-version=1.0&authorization_endpoint={endpoint}");
    let answer = sign_in.send(over_tls("localhost:8443", &path)).await;
    let discovery = "https://localhost:8443/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration";
    assert_eq!(answer.text_of("tenant_discovery_endpoint"), discovery);
    assert_eq!(answer.json()["metadata"][0]["aliases"][1], "localhost:8443");
    let other = path.replace("localhost", "evil.example");
    let refused = sign_in.send(over_tls("localhost:8443", &other)).await;
    assert_eq!((refused.status, refused.json()["error_codes"][0].as_u64()), (StatusCode::BAD_REQUEST, Some(50049)));
}

#[tokio::test]
async fn every_user_is_managed_and_the_path_may_be_spelled_in_any_case() {
    let sign_in = SignIn::new();
    for path in ["/common/userrealm/alice%40contoso.test", "/common/UserRealm/alice@contoso.test?api-version=1.0"] {
        let answer = sign_in.get(path).await;
        assert_eq!(
            (answer.text_of("account_type"), answer.text_of("domain_name")),
            ("Managed".into(), "contoso.test".into())
        );
        assert_eq!(answer.text_of("cloud_audience_urn"), "urn:federation:MicrosoftOnline");
    }
}

#[tokio::test]
async fn the_issuer_of_an_id_token_is_the_one_that_discovery_names() {
    let sign_in = SignIn::new();
    let issuer = sign_in.get(&format!("/{CONTOSO}/v2.0/.well-known/openid-configuration")).await.text_of("issuer");
    let form = [
        ("grant_type", "password"),
        ("client_id", super::kit::GRAPH_CLI),
        ("username", "alice@contoso.onmicrosoft.com"),
        ("password", "pässword of alice"),
        ("scope", "openid"),
    ];
    assert_eq!(claims(&sign_in.token(&form).await.text_of("id_token"))["iss"], *issuer);
}

#[tokio::test]
async fn every_route_is_served_and_nothing_else_is() {
    let sign_in = SignIn::new();
    for route in ROUTES {
        let path = route.path.replace("{tenant}", "contoso.onmicrosoft.com").replace("{user}", "alice");
        assert!(serves(&path.to_uppercase()), "{path}");
        assert_ne!(sign_in.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/", "/v1.0/me", "/contoso/oauth2", "/_emulator/health", "/a/b/oauth2/v2.0/token"] {
        assert!(!serves(path), "{path}");
        assert_eq!(sign_in.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_browser_may_ask_from_another_site() {
    let sign_in = SignIn::new();
    let request = Request::options("/common/oauth2/v2.0/token")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "x-client-sku")
        .body(Body::empty());
    let answer = sign_in.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-headers"), "x-client-sku");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn under_a_name_of_the_cloud_the_other_names_mean_the_same() {
    let mut sign_in = SignIn::new();
    sign_in.host = "login.microsoftonline.com";
    let path = "/common/discovery/instance?api-version=1.1&authorization_endpoint=";
    let answer = sign_in.get(&format!("{path}https://login.windows.net/common/oauth2/v2.0/authorize")).await;
    let aliases = answer.json()["metadata"][0]["aliases"].clone();
    assert_eq!(aliases, serde_json::json!(["login.microsoftonline.com", "login.windows.net", "sts.windows.net"]));
    let elsewhere = sign_in.get(&format!("{path}https://localhost:8443/common/oauth2/v2.0/authorize")).await;
    assert_eq!(elsewhere.json()["error_codes"][0], 50049);
    sign_in.host = "localhost:8443";
    let cloud = sign_in.get(&format!("{path}https://login.windows.net/common/oauth2/v2.0/authorize")).await;
    assert_eq!(cloud.json()["error_codes"][0], 50049);
}
