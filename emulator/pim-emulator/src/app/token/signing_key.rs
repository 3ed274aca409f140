//! The key that every token of this process is signed with.
//!
//! An RSA key of 2048 bits, because that is what the service signs with and what clients expect to find behind `keys`.
//! Its certificate is a pure function of the key (fixed dates, a serial number made from the key, PKCS #1 v1.5 signatures),
//! so only the key is kept and `kid` stays what it was as long as the key does.

use super::key_file::KeyFile;
use super::rsa_public_key::RsaPublicKey;
use aws_lc_rs::digest::{self, SHA1_FOR_LEGACY_USE_ONLY};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rcgen::{CertificateParams, DnType};
use rustls_pki_types::PrivatePkcs8KeyDer;
use std::fmt;
use std::path::{Path, PathBuf};

/// Why there is no signing key. The text is meant for whoever started the emulator.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SigningKeyError {
    /// A file or its directory could not be read, made or written.
    File(PathBuf, String),
    /// The file is there but holds no usable key, for the reason given.
    Unusable(PathBuf, String),
    /// The cryptographic library refused to work.
    Crypto(String),
}

impl fmt::Display for SigningKeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Unusable(path, reason) => write!(
                out,
                "{}: {reason}. Remove the file to start over with a new key; tokens signed with the old one then fail",
                path.display()
            ),
            Self::Crypto(error) => write!(out, "cannot make a signing key: {error}"),
        }
    }
}

impl std::error::Error for SigningKeyError {}

/// A key pair, its certificate, and what is written of both into tokens and key sets.
pub struct SigningKey {
    pair: RsaKeyPair,
    public: ParsedPublicKey,
    random: SystemRandom,
    key_id: String,
    header: String,
    certificate: String,
    modulus: String,
    exponent: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SigningKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

impl SigningKey {
    /// A key that is kept nowhere.
    ///
    /// # Errors
    /// [`SigningKeyError::Crypto`].
    pub fn generate() -> Result<Self, SigningKeyError> {
        Self::from_pkcs8(&new_pkcs8()?).map_err(SigningKeyError::Crypto)
    }

    /// The key kept in a directory as `signing-key.pem`; made there if there is none.
    ///
    /// # Errors
    /// Any [`SigningKeyError`]; a file that cannot be used is named and left as it is.
    pub fn load_or_create(directory: &Path) -> Result<Self, SigningKeyError> {
        let file = KeyFile::of(directory);
        let pkcs8 = file.read_or_make(|| new_pkcs8().map(PrivatePkcs8KeyDer::from))?;
        Self::from_pkcs8(pkcs8.secret_pkcs8_der())
            .map_err(|reason| SigningKeyError::Unusable(file.path().to_owned(), reason))
    }

    fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, String> {
        let pair = RsaKeyPair::from_pkcs8(pkcs8).map_err(|error| format!("is not a usable RSA key ({error})"))?;
        let public = pair.public_key();
        let certificate = certificate(pkcs8).map_err(|error| format!("cannot be certified ({error})"))?;
        let key_id = URL_SAFE_NO_PAD.encode(digest::digest(&SHA1_FOR_LEGACY_USE_ONLY, &certificate));
        let header = format!(r#"{{"typ":"JWT","alg":"RS256","x5t":"{key_id}","kid":"{key_id}"}}"#);
        let parsed = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public.as_ref())
            .map_err(|error| format!("has an unusable public half ({error})"))?;
        Ok(Self {
            modulus: URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
            exponent: URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
            public: parsed,
            random: SystemRandom::new(),
            header: URL_SAFE_NO_PAD.encode(header),
            certificate: STANDARD.encode(certificate),
            key_id,
            pair,
        })
    }

    /// `kid` and `x5t`: the SHA-1 thumbprint of the certificate in base64url.
    #[must_use]
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The first part of every token: the encoded header.
    #[must_use]
    pub fn header(&self) -> &str {
        &self.header
    }

    /// The certificate, for `x5c`: DER in base64.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// The modulus, for `n`.
    #[must_use]
    pub fn modulus(&self) -> &str {
        &self.modulus
    }

    /// The public exponent, for `e`.
    #[must_use]
    pub fn exponent(&self) -> &str {
        &self.exponent
    }

    /// The public half.
    #[must_use]
    pub fn public_key(&self) -> RsaPublicKey {
        RsaPublicKey::Der(self.pair.public_key().as_ref().to_vec())
    }

    /// The RS256 signature of a message.
    ///
    /// # Errors
    /// [`SigningKeyError::Crypto`], when the system gives no random numbers for blinding.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningKeyError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &self.random, message, &mut signature)
            .map_err(|error| SigningKeyError::Crypto(error.to_string()))?;
        Ok(signature)
    }

    /// Whether this key made that RS256 signature of that message.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.public.verify_sig(message, signature).is_ok()
    }
}

fn new_pkcs8() -> Result<Vec<u8>, SigningKeyError> {
    let crypto = |error: aws_lc_rs::error::Unspecified| SigningKeyError::Crypto(error.to_string());
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(crypto)?;
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(crypto)?;
    Ok(der.as_ref().to_vec())
}

/// The self-signed certificate of a key. Nobody judges its dates: it only carries the key under a thumbprint.
fn certificate(pkcs8: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
    let key = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&PrivatePkcs8KeyDer::from(pkcs8), &rcgen::PKCS_RSA_SHA256)?;
    let mut params = CertificateParams::default();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, "PIM Emulator token signing");
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(2099, 12, 31);
    Ok(params.self_signed(&key)?.der().to_vec())
}
