//! HTTP/2: agreed on in the handshake, for every surface, with bodies of any size and refusals that come before them.

use super::kit::{Port, start_with};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use pim_emulator::app::App;
use pim_emulator::net::Patience;
use pim_emulator::{control, surfaces};
use rustls_pki_types::ServerName;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::task::JoinSet;

type Sender = http2::SendRequest<Body>;

/// The whole emulator behind a port.
async fn emulator() -> Port {
    let router = surfaces::router(Arc::new(App::default()), control::Options::default());
    start_with(router, "127.0.0.1:0", Patience::default()).await
}

/// A connection on which both sides have agreed on HTTP/2.
async fn connect(port: &Port) -> Sender {
    let name = ServerName::try_from("localhost").unwrap();
    let secure = port.trusting(&["h2", "http/1.1"]).connect(name, port.connect().await).await.unwrap();
    assert_eq!(secure.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
    let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(secure)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn send(sender: &Sender, request: Request<Body>) -> (StatusCode, Value) {
    let response = sender.clone().send_request(request).await.expect("an answer");
    let status = response.status();
    let body = to_bytes(Body::new(response.into_body()), usize::MAX).await.expect("the whole answer");
    (status, serde_json::from_slice(&body).unwrap_or_else(|_| json!(String::from_utf8_lossy(&body))))
}

fn request(method: Method, path: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::builder().method(method).uri(format!("https://localhost{path}"));
    request.header("content-type", "application/json").body(body.into()).unwrap()
}

/// A tenant; answers its id.
async fn tenant(sender: &Sender) -> String {
    let world = json!({ "scenario": "contoso", "seed": 1 }).to_string();
    let (status, made) = send(sender, request(Method::POST, "/_emulator/tenants", world)).await;
    assert_eq!(status, 201, "{made}");
    made["tenantId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn every_surface_answers() {
    let port = emulator().await;
    let sender = connect(&port).await;
    let tenant = tenant(&sender).await;
    let (status, metadata) = send(&sender, request(Method::GET, "/v1.0/$metadata", "")).await;
    assert!(status == 200 && metadata.as_str().unwrap().contains("</edmx:Edmx>"));
    let (status, endpoints) =
        send(&sender, request(Method::GET, "/metadata/endpoints?api-version=2019-05-01", "")).await;
    assert_eq!(status, 200, "{endpoints}");
    let path = format!("/{tenant}/v2.0/.well-known/openid-configuration");
    let (status, configuration) = send(&sender, request(Method::GET, &path, "")).await;
    assert_eq!(status, 200);
    assert_eq!(configuration["issuer"], format!("https://localhost/{tenant}/v2.0"));
}

/// Many at once on one connection, none mixed up with another.
#[tokio::test]
async fn requests_share_a_connection() {
    let port = emulator().await;
    let sender = connect(&port).await;
    let mut asked = JoinSet::new();
    for number in 0..50 {
        let sender = sender.clone();
        asked.spawn(async move {
            let path = format!("/v1.0/colour{number}");
            let (status, answer) = send(&sender, request(Method::GET, &path, "")).await;
            assert_eq!(status, 401);
            answer["error"]["innerError"]["request-id"].to_string()
        });
    }
    let ids: BTreeSet<_> = asked.join_all().await.into_iter().collect();
    assert_eq!(ids.len(), 50);
}

/// A client that is still sending when it is refused must read the refusal, and not a broken connection.
#[tokio::test]
async fn a_large_body_is_refused_with_words() {
    let port = emulator().await;
    let sender = connect(&port).await;
    let large = || "a".repeat(5 * 1024 * 1024);
    let (status, answer) = send(&sender, request(Method::POST, "/v1.0/groups", large())).await;
    assert_eq!((status.as_u16(), &answer["error"]["code"]), (413, &json!("BadRequest")));
    // Within the limit, and refused for another reason.
    let (status, _) = send(&sender, request(Method::POST, "/v1.0/groups", "a".repeat(3 * 1024 * 1024))).await;
    assert_eq!(status, 401);
    let (status, _) = send(&sender, request(Method::DELETE, "/v1.0/groups/1", "a".repeat(200_000))).await;
    assert_eq!(status, 401);
    let batch = request(Method::POST, "/batch?api-version=2020-06-01", large());
    assert_eq!(send(&sender, batch).await.0, 413);
    let (status, _) = send(&sender, request(Method::POST, "/nothing/here", "a".repeat(500_000))).await;
    assert_eq!(status, 404);
    // And the connection is as good as before.
    assert_eq!(send(&sender, request(Method::GET, "/v1.0", "")).await.0, 200);
}
