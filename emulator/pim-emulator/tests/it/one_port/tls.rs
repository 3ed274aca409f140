//! TLS without a tunnel: which certificate is shown to whom.

use std::sync::Arc;

use axum::Router;
use pim_emulator::net::{Patience, SERVED_HOSTS};
use rustls_pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::kit::{assert_answer, exchange, get, start, start_with};

#[tokio::test]
async fn loopback_names_are_served_over_tls() {
    let port = start().await;
    for (name, host) in [("localhost", "localhost:1"), ("127.0.0.1", "127.0.0.1:1"), ("::1", "[::1]:1")] {
        let secure = port.tls_over(port.connect().await, name).await.unwrap();
        let answer = exchange(secure, &get("/", host)).await;
        assert_answer(&answer, 200, &format!("https://{host} / Some(ByPath)"));
    }
}

#[tokio::test]
async fn every_served_name_has_its_certificate() {
    let port = start().await;
    for (name, surface) in SERVED_HOSTS {
        let secure = port.tls_over(port.connect().await, name).await.unwrap();
        let chain = secure.get_ref().1.peer_certificates().unwrap();
        assert_eq!(chain.len(), 2, "the leaf and the authority");
        let answer = exchange(secure, &get("/", name)).await;
        assert_answer(&answer, 200, &format!("https://{name} / Some({surface:?})"));
    }
}

#[tokio::test]
async fn a_leaf_is_made_once() {
    let port = start().await;
    let mut leaves = Vec::new();
    for _ in 0..2 {
        let secure = port.tls_over(port.connect().await, "localhost").await;
        let (_, session) = secure.unwrap().into_inner();
        leaves.push(session.peer_certificates().unwrap()[0].clone());
    }
    assert_eq!(leaves[0], leaves[1]);
}

#[tokio::test]
async fn an_unknown_name_gets_no_certificate() {
    let port = start().await;
    for name in ["example.com", "microsoft.com", "www.graph.microsoft.com"] {
        let refused = port.tls_over(port.connect().await, name).await;
        let error = refused.expect_err(name).to_string();
        assert!(error.contains("alert"), "{error}");
    }
}

#[tokio::test]
async fn an_unusual_loopback_address_is_in_its_certificate() {
    let port = start_with(Router::new(), "127.0.0.2:0", Patience::default()).await;
    for name in ["127.0.0.2", "127.0.0.1", "localhost"] {
        let secure = port.tls_over(port.connect().await, name).await;
        assert!(secure.is_ok(), "{name}: {secure:?}");
    }
}

#[tokio::test]
async fn a_session_is_resumed() {
    let port = start().await;
    let connector = port.trusting(&[]);
    let mut kinds = Vec::new();
    for _ in 0..2 {
        let name = ServerName::try_from("localhost").unwrap();
        let mut secure = connector.connect(name, port.connect().await).await.unwrap();
        secure.write_all(&get("/", "a")).await.unwrap();
        secure.read_to_end(&mut Vec::new()).await.unwrap();
        kinds.push(secure.get_ref().1.handshake_kind().unwrap());
    }
    assert_eq!(kinds, [rustls::HandshakeKind::Full, rustls::HandshakeKind::Resumed]);
}

#[tokio::test]
async fn http2_is_chosen_by_alpn_and_names_its_origin() {
    let port = start().await;
    let name = ServerName::try_from("graph.microsoft.com").unwrap();
    let connector = port.trusting(&["h2", "http/1.1"]);
    let mut secure = connector.connect(name, port.connect().await).await.unwrap();
    assert_eq!(secure.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));

    // Preface, empty SETTINGS, and HEADERS (END_STREAM, END_HEADERS) on stream 1: GET, https, "/", :authority.
    let authority = b"graph.microsoft.com";
    let mut block = vec![0x82, 0x87, 0x84, 0x41, authority.len() as u8];
    block.extend_from_slice(authority);
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_vec();
    bytes.extend_from_slice(&[0, 0, block.len() as u8, 1, 5, 0, 0, 0, 1]);
    bytes.extend_from_slice(&block);
    secure.write_all(&bytes).await.unwrap();

    let (mut status, mut body) = (0, Vec::new());
    loop {
        let mut head = [0; 9];
        secure.read_exact(&mut head).await.unwrap();
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        secure.read_exact(&mut payload).await.unwrap();
        match head[3] {
            0 => body.extend_from_slice(&payload),
            1 => status = payload[0],
            _ => continue,
        }
        if head[4] & 1 == 1 {
            break;
        }
    }
    assert_eq!(status, 0x88, "`:status: 200` from the static table");
    assert_eq!(String::from_utf8(body).unwrap(), "https://graph.microsoft.com / Some(Graph)");
}

#[tokio::test]
async fn both_versions_of_tls_are_spoken() {
    let port = start().await;
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let trusting = port.trusting(&[]);
        let mut roots = rustls::RootCertStore::empty();
        roots.add(port.authority.certificate_der().clone()).unwrap();
        let config = rustls::ClientConfig::builder_with_provider(Arc::clone(trusting.config().crypto_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        let secure = connector.connect(name, port.connect().await).await.unwrap();
        let answer = exchange(secure, &get("/", "a")).await;
        assert_answer(&answer, 200, "https://a / None");
    }
}
