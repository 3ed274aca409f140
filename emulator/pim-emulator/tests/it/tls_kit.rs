//! Servers behind TLS, for what goes out of the emulator.

#![expect(
    clippy::unwrap_used,
    reason = "a failing helper is a failing test, which clippy sees only in the test itself"
)]

use super::cli_kit::Scratch;
use rcgen::CertifiedKey;
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// A server's certificate for 127.0.0.1, signed by itself: whoever is told so trusts it, and nobody else.
pub(crate) struct Tls {
    scratch: Scratch,
    config: Arc<ServerConfig>,
}

impl Tls {
    pub(crate) fn new() -> Self {
        let CertifiedKey { cert, signing_key } = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let scratch = Scratch::new();
        scratch.file("certificate.pem", &cert.pem());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key.into())
            .unwrap();
        Self { scratch, config: Arc::new(config) }
    }

    /// Where the certificate stands.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.scratch.path("certificate.pem")
    }

    /// The server's end of handshakes.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        Arc::clone(&self.config).into()
    }
}
