//! The emulator inside a Rust test, as the documentation of `server.rs` shows it.

use pim_emulator::Emulator;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A GET over a socket, as plain as it can be.
async fn get(emulator: &Emulator, path: &str) -> (String, Value) {
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
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
