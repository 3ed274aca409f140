//! The emulator inside a Rust test, as the documentation of `server.rs` shows it.

use pim_emulator::Emulator;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A GET over a socket, as plain as it can be.
async fn get(emulator: &Emulator, path: &str) -> (String, Value) {
    send(emulator, &format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")).await
}

/// A POST of JSON.
async fn post(emulator: &Emulator, path: &str, token: &str, body: &Value) -> (String, Value) {
    let (body, authorization) = (body.to_string(), format!("authorization: Bearer {token}"));
    let length = body.len();
    let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{authorization}");
    send(emulator, &format!("{head}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")).await
}

async fn send(emulator: &Emulator, request: &str) -> (String, Value) {
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), serde_json::from_str(body).unwrap_or(Value::Null))
}

#[tokio::test]
async fn an_emulator_runs_on_a_free_port_until_it_is_dropped() {
    let emulator = Emulator::builder().start().await.unwrap();
    let world = r#"{ "world": { "users": [{ "name": "ada" }], "eligible": [{ "principal": "ada", "role": "Global Reader" }] } }"#;
    let tenant = emulator.tenant(world).unwrap();
    assert!(emulator.url().starts_with("https://localhost:"));
    assert!(emulator.certificate_pem().starts_with("-----BEGIN CERTIFICATE-----"));
    let (status, health) = get(&emulator, "/_emulator/health").await;
    assert_eq!((status.as_str(), health["status"].as_str()), ("HTTP/1.1 200 OK", Some("ok")));
    let path = format!("/{}/v2.0/.well-known/openid-configuration", tenant.id());
    let (_, document) = get(&emulator, &path).await;
    assert_eq!(document["issuer"], format!("http://localhost/{}/v2.0", tenant.id()));
    let address = emulator.address();
    emulator.stop().await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

/// AUD-23: what changes something is remembered with the address at the other end of its connection, whatever headers say.
#[tokio::test]
async fn the_audit_log_says_where_a_call_came_from() {
    let emulator = Emulator::builder().start().await.unwrap();
    let world = r#"{ "world": { "users": [{ "name": "ada", "mfa": true }],
        "eligible": [{ "principal": "ada", "role": "Global Reader" }] } }"#;
    let tenant = emulator.tenant(world).unwrap();
    let tokens = format!("/_emulator/tenants/{}/tokens", tenant.id());
    let (_, token) = post(&emulator, &tokens, "", &json!({ "user": "ada" })).await;
    let activation = json!({
        "action": "selfActivate",
        "principalId": tenant.names().user("ada").unwrap(),
        "roleDefinitionId": "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
        "directoryScopeId": "/",
        "justification": "on duty",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "PT1H" } },
    });
    let requests = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    let (status, made) = post(&emulator, requests, token["accessToken"].as_str().unwrap(), &activation).await;
    assert_eq!(status, "HTTP/1.1 201 Created", "{made}");
    let records = tenant.audit(|audit| audit.after(0, u64::MAX)).0;
    assert_eq!(records.len(), 2);
    for record in records {
        let address = record.additional_details.iter().find(|it| it.key == "ipaddr");
        assert_eq!(address.map(|it| it.value.as_str()), Some("127.0.0.1"));
    }
}

#[tokio::test]
async fn two_emulators_know_nothing_of_each_other() {
    let (one, other) = (Emulator::builder().start().await.unwrap(), Emulator::builder().start().await.unwrap());
    let tenant = one.tenant("world: { users: [ { name: ada } ] }").unwrap();
    assert!(other.app().tenant(tenant.id()).is_none());
    let error = one.tenant("world: { usres: [] }").unwrap_err();
    assert!(error.to_string().contains("did you mean 'users'"), "{error}");
}

#[tokio::test]
async fn a_path_of_no_surface_says_where_the_surfaces_are() {
    let emulator = Emulator::builder().start().await.unwrap();
    let (status, body) = get(&emulator, "/me").await;
    assert!(status.contains("404"), "{status}");
    assert!(body["error"]["message"].as_str().unwrap().contains("/v1.0"), "{body}");
}
