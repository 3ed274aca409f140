//! Keys of clients and of other issuers, and what they sign.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use pim_emulator::app::certificate::Certificate;
use rcgen::{CertificateParams, DnType};
use rustls_pki_types::PrivatePkcs8KeyDer;
use serde_json::Value;
use std::sync::LazyLock;

/// A key pair with its certificate, valid from 2026 to 2027.
pub(super) struct Signer {
    pair: RsaKeyPair,
    pub(super) pem: String,
}

/// One key, and another.
pub(super) static KEYS: LazyLock<[Signer; 2]> = LazyLock::new(|| [Signer::new(), Signer::new()]);

impl Signer {
    fn new() -> Self {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let pkcs8 = pair.as_der().map(|der: Pkcs8V1Der<'_>| der.as_ref().to_vec()).unwrap();
        let key = PrivatePkcs8KeyDer::from(pkcs8.as_slice());
        let key = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&key, &rcgen::PKCS_RSA_SHA256).unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "ci");
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2027, 1, 1);
        Self { pair, pem: params.self_signed(&key).unwrap().pem() }
    }

    pub(super) fn certificate(&self) -> Certificate {
        Certificate::from_pem(self.pem.as_bytes()).unwrap()
    }

    /// Modulus and exponent, as in a set of keys.
    pub(super) fn components(&self) -> [String; 2] {
        let key = self.pair.public_key();
        let numbers = [key.modulus(), key.exponent()];
        numbers.map(|number| URL_SAFE_NO_PAD.encode(number.big_endian_without_leading_zero()))
    }

    /// The header by which most libraries name the certificate.
    pub(super) fn header(&self) -> Value {
        serde_json::json!({ "alg": "RS256", "typ": "JWT", "x5t": URL_SAFE_NO_PAD.encode(self.certificate().sha1()) })
    }

    /// The header of Go's library: the other hash, in the other alphabet, with padding.
    pub(super) fn other_header(&self) -> Value {
        serde_json::json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": STANDARD.encode(self.certificate().sha256()) })
    }

    /// The signed text, by the algorithm that the header names.
    pub(super) fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_with(header, claims, |bytes| URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The same with padding.
    pub(super) fn sign_padded(&self, header: &Value, claims: &Value) -> String {
        self.sign_with(header, claims, |bytes| URL_SAFE.encode(bytes))
    }

    fn sign_with(&self, header: &Value, claims: &Value, encode: impl Fn(&[u8]) -> String) -> String {
        let message = format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
        let encoding: &'static dyn RsaEncoding =
            if header["alg"] == "PS256" { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(encoding, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
        format!("{message}.{}", encode(&signature))
    }
}
