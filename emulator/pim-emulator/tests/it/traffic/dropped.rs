//! Connections that a fault closes.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use pim_emulator::Emulator;
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An emulator whose second of three requests for an OpenID configuration is dropped, and the path of the document.
async fn emulator() -> (Emulator, String) {
    let emulator = Emulator::builder().start().await.unwrap();
    let tenant = emulator.tenant("world: { users: [{ name: ada }] }").unwrap();
    let faults = json!([{"match": {"path": "/*/v2.0/**"}, "after": 1, "times": 1, "drop": true}]).to_string();
    let request = format!(
        "PUT /_emulator/tenants/{}/faults HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{faults}",
        tenant.id(),
        faults.len()
    );
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let path = format!("/{}/v2.0/.well-known/openid-configuration", tenant.id());
    (emulator, path)
}

async fn noted(emulator: &Emulator) -> Vec<Option<u16>> {
    let tenant = emulator.app().tenants().remove(0);
    let (.., noted) = tenant.traffic().journal().after(0, 10, &pim_emulator::app::traffic::Wanted::default());
    noted.into_iter().map(|it| it.status).collect()
}

#[tokio::test]
async fn a_dropped_request_closes_its_connection_without_an_answer() {
    let (emulator, path) = emulator().await;
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 64 * 1024];
    let length = stream.read(&mut answer).await.unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
    tokio::time::sleep(Duration::from_millis(50)).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    // The end may come as a reset.
    let _ = tokio::time::timeout(Duration::from_secs(9), stream.read_to_end(&mut rest)).await.expect("it is closed");
    assert!(!String::from_utf8_lossy(&rest).contains("HTTP/1.1"), "{}", String::from_utf8_lossy(&rest));
    assert_eq!(noted(&emulator).await, [Some(200), None]);
}

#[tokio::test]
async fn over_http_2_a_dropped_request_ends_its_stream_and_no_other() {
    let (emulator, path) = emulator().await;
    let stream = TcpStream::connect(emulator.address()).await.unwrap();
    let io = TokioIo::new(stream);
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io).await.unwrap();
    tokio::spawn(connection);
    let uri = format!("http://localhost{path}");
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let request = Request::get(&uri).body(Body::empty()).unwrap();
        statuses.push(sender.send_request(request).await.ok().map(|it| it.status()));
    }
    assert_eq!(statuses, [Some(StatusCode::OK), None, Some(StatusCode::OK)]);
    assert_eq!(noted(&emulator).await, [Some(200), None, Some(200)]);
}
