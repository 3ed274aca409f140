//! `bare PORT STATUS ANSWER_FILE HEADERS_FILE`: the least that a server on axum can do for an answer of the same bytes.
//!
//! What the emulator is measured against (`benches/load/run`). Not part of the product. A body is parsed into a struct and put
//! into one map behind one lock, as the least that an activation could be.

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::serve::ListenerExt;
use parking_lot::RwLock;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "parsed and kept, never read")]
struct Activation {
    principal_id: uuid::Uuid,
    role_definition_id: uuid::Uuid,
    justification: Option<String>,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, port, status, answer, headers] = arguments.as_slice() else {
        return Err("usage: bare PORT STATUS ANSWER_FILE HEADERS_FILE".into());
    };
    let status = StatusCode::from_bytes(status.as_bytes())?;
    let answer = Bytes::from(std::fs::read(answer)?);
    let headers = read_headers(&std::fs::read_to_string(headers)?)?;
    let kept: Arc<RwLock<HashMap<u64, Activation>>> = Arc::default();
    let next = Arc::new(AtomicU64::new(0));
    let handler = move |sent: Bytes| {
        let (answer, headers, kept, next) = (answer.clone(), headers.clone(), Arc::clone(&kept), Arc::clone(&next));
        async move {
            if !sent.is_empty() {
                match serde_json::from_slice::<Activation>(&sent) {
                    Ok(activation) => drop(kept.write().insert(next.fetch_add(1, Ordering::Relaxed), activation)),
                    Err(_) => return (StatusCode::BAD_REQUEST, headers, Bytes::new()),
                }
            }
            (status, headers, answer)
        }
    };
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port.parse()?)).await?;
    // As the emulator does; otherwise the kernel may hold small answers back.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    axum::serve(listener, Router::new().fallback(handler)).await?;
    Ok(())
}

/// One header a line, as `name: value`.
fn read_headers(text: &str) -> Result<HeaderMap, Box<dyn std::error::Error>> {
    let mut headers = HeaderMap::new();
    for line in text.lines() {
        if let Some((name, value)) = line.split_once(": ") {
            headers.insert(HeaderName::from_bytes(name.as_bytes())?, HeaderValue::from_str(value)?);
        }
    }
    Ok(headers)
}
