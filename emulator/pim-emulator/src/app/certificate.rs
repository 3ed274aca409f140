//! Certificates with which applications prove who they are: read from PEM or DER, known by their thumbprints.
//!
//! Only RSA certificates are of use, as in the service.

use super::token::RsaPublicKey;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pim_core::model::KeyCredential;
use pim_core::time::Instant;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use std::fmt::Write as _;
use uuid::Uuid;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// What Graph calls the sort of a credential that is a certificate.
pub const CERTIFICATE: &str = "AsymmetricX509Cert";

/// A certificate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certificate {
    der: Vec<u8>,
    key: RsaPublicKey,
    /// Whom it is about, as `CN=…`.
    pub subject: String,
    /// From when it is valid.
    pub starts: Instant,
    /// Until when it is valid.
    pub expires: Instant,
}

impl Certificate {
    /// Reads a certificate in PEM; the first one, where there are several, and private keys are passed over.
    #[must_use]
    pub fn from_pem(pem: &[u8]) -> Option<Self> {
        Self::from_der(CertificateDer::from_pem_slice(pem).ok()?.as_ref())
    }

    /// Reads the key of a credential: Base64 of DER, or of PEM, as some clients send it.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim()).ok()?;
        if bytes.starts_with(b"-----") { Self::from_pem(&bytes) } else { Self::from_der(&bytes) }
    }

    fn from_der(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let at = |time: x509_parser::time::ASN1Time| Instant::from_milliseconds(time.timestamp().saturating_mul(1000));
        Some(Self {
            der: der.to_vec(),
            key: RsaPublicKey::from_der(&certificate.public_key().subject_public_key.data)?,
            subject: certificate.subject().to_string(),
            starts: at(certificate.validity().not_before),
            expires: at(certificate.validity().not_after),
        })
    }

    /// The credential of an application that it is, with an id yet to be given.
    #[must_use]
    pub fn credential(&self) -> KeyCredential {
        KeyCredential {
            key_id: Uuid::nil(),
            display_name: Some(self.subject.clone()),
            kind: CERTIFICATE.to_owned(),
            usage: "Verify".to_owned(),
            key: self.to_base64(),
            custom_key_identifier: Some(self.thumbprint()),
            starts: Some(self.starts),
            expires: Some(self.expires),
        }
    }

    /// DER in Base64.
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// Its public key.
    #[must_use]
    pub const fn key(&self) -> &RsaPublicKey {
        &self.key
    }

    /// The SHA-1 of it.
    #[must_use]
    pub fn sha1(&self) -> Vec<u8> {
        digest(&SHA1_FOR_LEGACY_USE_ONLY, &self.der).as_ref().to_vec()
    }

    /// The SHA-256 of it.
    #[must_use]
    pub fn sha256(&self) -> Vec<u8> {
        digest(&SHA256, &self.der).as_ref().to_vec()
    }

    /// The thumbprint as people see it: the SHA-1 in capital hexadecimal digits.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        hexadecimal(&self.sha1())
    }
}

/// Bytes in capital hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}
