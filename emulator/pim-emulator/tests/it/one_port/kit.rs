//! A port to talk to, and a client that can say exactly what it wants to.

#![expect(
    clippy::unwrap_used,
    reason = "a failing helper is a failing test, which clippy sees only in the test itself"
)]

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use chrono::{DateTime, Utc};
use pim_emulator::net::{self, CertificateAuthority, Patience};
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::{CertificateDer, ServerName, pem::PemObject};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// A directory that goes away with the test.
pub(super) struct Scratch(pub(super) PathBuf);

impl Scratch {
    pub(super) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("one-port-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Self(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The wall clock, by which the verifiers judge.
#[expect(clippy::disallowed_methods, reason = "certificates live in real time, and so do those who verify them")]
pub(super) fn now() -> DateTime<Utc> {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    DateTime::UNIX_EPOCH + since_1970.unwrap()
}

/// A running port whose router answers every request with its origin.
pub(super) struct Port {
    pub(super) address: std::net::SocketAddr,
    pub(super) authority: Arc<CertificateAuthority>,
    pub(super) stop: oneshot::Sender<()>,
    pub(super) served: JoinHandle<std::io::Result<()>>,
    _scratch: Scratch,
}

pub(super) async fn start() -> Port {
    start_with(echo(), "127.0.0.1:0", Patience::default()).await
}

/// Answers with the origin, the path and the surface that the host implies.
pub(super) fn echo() -> Router {
    let echo = |request: Request| async move {
        let (parts, _) = request.into_parts();
        format!("{} {} {:?}", net::origin(&parts), parts.uri.path(), net::origin(&parts).served_host())
    };
    let slow = || async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        "slow"
    };
    Router::new().route("/slow", axum::routing::get(slow)).fallback(echo)
}

pub(super) async fn start_with(router: Router, address: &str, patience: Patience) -> Port {
    let scratch = Scratch::new();
    let authority = Arc::new(CertificateAuthority::load_or_create(&scratch.0, now()).unwrap());
    let listener = TcpListener::bind(address).await.unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    Port {
        address: listener.local_addr().unwrap(),
        authority: Arc::clone(&authority),
        stop,
        served: tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            net::serve_with(listener, router, authority, patience, stopped).await
        }),
        _scratch: scratch,
    }
}

impl Port {
    pub(super) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// A client that trusts this port's authority and nobody else.
    pub(super) fn trusting(&self, alpn: &[&str]) -> TlsConnector {
        let pem = self.authority.certificate_pem();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        TlsConnector::from(Arc::new(config))
    }

    pub(super) async fn tls_over<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
        name: &str,
    ) -> std::io::Result<TlsStream<S>> {
        let name = ServerName::try_from(name.to_owned()).unwrap();
        self.trusting(&[]).connect(name, stream).await
    }

    /// What the port answers to these bytes on a connection of their own.
    pub(super) async fn say(&self, bytes: &[u8]) -> String {
        exchange(self.connect().await, bytes).await
    }
}

/// Sends `bytes` and reads until the other side closes, at most nine seconds: less than the port's own patience, so
/// that an answer which only came because the port lost it does not count.
pub(super) async fn exchange<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, bytes: &[u8]) -> String {
    let talk = async {
        stream.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    };
    tokio::time::timeout(Duration::from_secs(9), talk).await.expect("an answer in time")
}

/// A request after whose answer the connection ends.
pub(super) fn get(target: &str, host: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes()
}

/// Reads up to the end of a head, byte by byte so that nothing behind it is taken.
pub(super) async fn read_head<S: AsyncRead + Unpin>(stream: &mut S) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

#[track_caller]
pub(super) fn assert_answer(answer: &str, status: u16, body: &str) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    assert!(answer.ends_with(body), "{answer}");
}
