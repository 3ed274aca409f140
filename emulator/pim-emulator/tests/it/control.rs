//! The control API: tenants, switches, invariants, and what it says of itself.

use crate::support::Client;
use axum::http::{Method, header};
use serde_json::{Value, json};

#[tokio::test]
async fn health_says_that_the_emulator_is_up() {
    let answer = Client::new().get("/_emulator/health").await.json(200);
    assert_eq!(answer["status"], "ok");
    assert_eq!(answer["version"], env!("CARGO_PKG_VERSION"));
}

#[tokio::test]
async fn a_tenant_is_made_from_a_scenario_listed_read_and_removed() {
    let client = Client::new();
    let made = client.post("/_emulator/tenants", &json!({"scenario": "contoso", "seed": 1})).await;
    let body = made.json(201);
    let path = format!("/_emulator/tenants/{}", body["tenantId"].as_str().expect("an id"));
    assert_eq!(made.headers[header::LOCATION], path.as_str());
    assert_eq!(body["domain"], "contoso.onmicrosoft.com");
    assert_eq!(body["users"]["alice"]["password"], "Pim-emulator-1");
    let list = client.get("/_emulator/tenants").await.json(200);
    assert_eq!(list["value"][0]["tenantId"], body["tenantId"]);
    assert_eq!(list["value"][0]["displayName"], "Contoso");
    assert_eq!(list["value"][0]["license"], "p2");
    assert_eq!(list["value"][0]["clock"], "manual");
    assert_eq!(client.get(&path).await.json(200), body);
    assert_eq!(client.get("/_emulator/tenants/contoso.onmicrosoft.com").await.json(200), body);
    assert_eq!(client.delete(&path).await.status, 204);
    client.get(&path).await.problem(404, "NotFound");
    client.delete(&path).await.problem(404, "NotFound");
    assert_eq!(client.get("/_emulator/tenants").await.json(200), json!({"value": []}));
}

#[tokio::test]
async fn a_tenant_is_made_from_a_world() {
    let client = Client::new();
    let world = json!({"world": {
        "tenant": {"domain": "fabrikam.onmicrosoft.com", "now": "2026-01-05T08:00:00Z"},
        "users": [{"name": "ann"}],
        "eligible": [{"principal": "ann", "role": "Global Reader", "duration": "P90D"}],
    }});
    let body = client.post("/_emulator/tenants", &world).await.json(201);
    assert_eq!(body["users"]["ann"]["userPrincipalName"], "ann@fabrikam.onmicrosoft.com");
    assert_eq!(body["now"], "2026-01-05T08:00:00Z");
    let other = client.post("/_emulator/tenants", &world).await.json(201);
    assert_ne!(body["tenantId"], other["tenantId"], "without a seed ids are random");
}

#[tokio::test]
async fn a_seed_that_is_in_use_is_a_conflict() {
    let client = Client::new();
    let first = client.post("/_emulator/tenants", &json!({"scenario": "contoso", "seed": 5})).await.json(201);
    let again = client.post("/_emulator/tenants", &json!({"scenario": "contoso", "seed": 5})).await;
    assert!(again.problem(409, "Conflict").contains(first["tenantId"].as_str().expect("an id")));
    let other = Client::new().post("/_emulator/tenants", &json!({"scenario": "contoso", "seed": 5})).await.json(201);
    assert_eq!(first, other, "the same seed gives the same ids");
}

#[tokio::test]
async fn a_world_with_a_mistake_is_refused_with_its_place() {
    let client = Client::new();
    let request = Client::request(Method::POST, "/_emulator/tenants", None);
    let (mut head, _) = request.into_parts();
    head.headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    let text = "{\"world\": {\n  \"users\": [{\"name\": \"alice\"}],\n  \"active\": [{\"principal\": \"alcie\", \"role\": \"Global Reader\"}]\n}}";
    let answer = client.send(axum::http::Request::from_parts(head, text.into())).await;
    assert!(answer.problem(400, "InvalidWorld").ends_with("did you mean 'alice'?"));
    let problem = answer.json(400);
    assert_eq!(problem["field"], "world.active[0].principal");
    assert_eq!((problem["line"].as_u64(), problem["column"].as_u64()), (Some(3), Some(28)));
    for (body, detail) in [
        (json!({"scenario": "contosso"}), "there is no scenario named 'contosso'; did you mean 'contoso'?"),
        (json!({}), "there is neither a 'world' nor a 'scenario'"),
        (json!({"wrld": {}}), "unknown key 'wrld'; did you mean 'world'?"),
        (
            json!({"world": {"users": [{"name": "ann", "lastSignIn": "soon"}]}}),
            "'soon' is neither an instant, such as 2026-01-05T08:00:00Z, nor a duration before now, such as P40D",
        ),
    ] {
        assert_eq!(client.post("/_emulator/tenants", &body).await.problem(400, "InvalidWorld"), detail);
    }
    assert_eq!(client.get("/_emulator/tenants").await.json(200), json!({"value": []}), "nothing was made");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_problem_with_its_place_and_never_a_failure() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let advance = format!("{path}/clock/advance");
    let send = async |content_type: Option<&str>, body: &'static [u8]| {
        let mut request = axum::http::Request::post(&advance);
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        client.send(request.body(body.into()).expect("a request")).await
    };
    let broken = send(Some("application/json"), b"{\n \"by\" }").await;
    broken.problem(400, "InvalidBody");
    assert_eq!(broken.json(400)["line"], 2);
    send(Some("application/json"), b"{\"by\": 3}").await.problem(400, "InvalidBody");
    send(Some("application/json"), b"\xff\xfe").await.problem(400, "InvalidBody");
    send(Some("application/json"), b"").await.problem(400, "InvalidBody");
    send(Some("text/plain"), b"{}").await.problem(415, "UnsupportedMediaType");
    send(None, b"{\"by\": \"PT1H\"}").await.problem(415, "UnsupportedMediaType");
    let large = client.post(&advance, &json!({"by": "x".repeat(2_000_000)})).await;
    large.problem(413, "TooLarge");
    let deep: Value = serde_json::from_str(&format!("{}{}", "[".repeat(100), "]".repeat(100))).expect("JSON");
    client.post(&advance, &deep).await.problem(400, "InvalidBody");
}

#[tokio::test]
async fn switches_are_listed_and_set() {
    let client = Client::new();
    let path = format!("{}/behaviour", client.contoso(1).await);
    let value = |list: &Value, name: &str| -> Value {
        let all = list["value"].as_array().expect("a list");
        all.iter().find(|switch| switch["name"] == name).expect("the switch").clone()
    };
    let before = client.get(&path).await.json(200);
    let switch = value(&before, "permissionEnforcement");
    assert_eq!(switch["value"], true);
    assert_eq!(switch["default"], true);
    assert_eq!(switch["rule"], "AUT-20");
    assert!(switch["meaning"].as_str().is_some_and(|it| it.starts_with("Token permissions")));
    let change = json!({"permissionEnforcement": false, "requestRetentionDays": 10});
    let after = client.patch(&path, &change).await.json(200);
    assert_eq!(value(&after, "permissionEnforcement")["value"], false);
    assert_eq!(value(&after, "requestRetentionDays")["value"], 10);
    assert_eq!(value(&after, "blankJustificationCounts"), value(&before, "blankJustificationCounts"));
    assert_eq!(client.get(&path).await.json(200), after);

    let unknown = client.patch(&path, &json!({"permisionEnforcement": true})).await;
    assert!(unknown.problem(400, "InvalidBody").ends_with("did you mean 'permissionEnforcement'?"));
    let wrong = client.patch(&path, &json!({"requestRetentionDays": 5, "permissionEnforcement": "yes"})).await;
    wrong.problem(400, "InvalidBody");
    assert_eq!(wrong.json(400)["field"], "permissionEnforcement");
    client.patch(&path, &json!({"strictness": "low"})).await.problem(501, "NotEmulated");
    client.patch(&path, &json!([])).await.problem(400, "InvalidBody");
    assert_eq!(client.get(&path).await.json(200), after, "a refused change changes nothing");
}

#[tokio::test]
async fn every_invariant_holds() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let list = client.get(&format!("{path}/invariants")).await.json(200);
    let all = list["value"].as_array().expect("a list");
    assert!(all.len() >= 5);
    assert!(all.iter().all(|it| it["holds"] == true && it["violations"] == json!([])), "{list}");
}

#[tokio::test]
async fn what_does_not_exist_is_not_found_and_a_wrong_method_is_told() {
    let client = Client::new();
    let path = client.contoso(1).await;
    for unknown in ["/_emulator", "/_emulator/nothing", &format!("{path}/nothing"), &format!("{path}/clock/x/y")] {
        client.get(unknown).await.problem(404, "NotFound");
    }
    client.delete(&format!("{path}/clock")).await.problem(405, "MethodNotAllowed");
    for resource in ["", "/snapshot", "/clock", "/events", "/events/stream", "/mail", "/behaviour", "/invariants"] {
        client.get(&format!("/_emulator/tenants/nobody{resource}")).await.problem(404, "NotFound");
    }
}

#[tokio::test]
async fn the_document_describes_every_route() {
    let document = Client::new().get("/_emulator/openapi.json").await.json(200);
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    let paths = document["paths"].as_object().expect("paths");
    for (path, methods) in [
        ("/_emulator/health", vec!["get"]),
        ("/_emulator/ca.pem", vec!["get"]),
        ("/_emulator/openapi.json", vec!["get"]),
        ("/_emulator/tenants", vec!["get", "post"]),
        ("/_emulator/tenants/{tid}", vec!["delete", "get"]),
        ("/_emulator/tenants/{tid}/reset", vec!["post"]),
        ("/_emulator/tenants/{tid}/snapshot", vec!["get", "put"]),
        ("/_emulator/tenants/{tid}/clock", vec!["get", "patch"]),
        ("/_emulator/tenants/{tid}/clock/advance", vec!["post"]),
        ("/_emulator/tenants/{tid}/events", vec!["get"]),
        ("/_emulator/tenants/{tid}/events/stream", vec!["get"]),
        ("/_emulator/tenants/{tid}/mail", vec!["get"]),
        ("/_emulator/tenants/{tid}/behaviour", vec!["get", "patch"]),
        ("/_emulator/tenants/{tid}/invariants", vec!["get"]),
        ("/_emulator/tenants/{tid}/tokens", vec!["post"]),
        ("/_emulator/device-codes/{userCode}/approve", vec!["post"]),
    ] {
        let known: Vec<_> =
            paths.get(path).unwrap_or_else(|| panic!("{path}")).as_object().expect("methods").keys().collect();
        for method in methods {
            assert!(known.iter().any(|it| *it == method), "{method} {path}");
        }
    }
    let world = &document["components"]["schemas"]["World"]["properties"];
    assert!(world["eligible"].is_object() && world["azure"].is_object());
    let user = &document["components"]["schemas"]["UserEntry"]["properties"];
    assert!(user["mail"].is_object() && user["lastSignIn"].is_object());
}
