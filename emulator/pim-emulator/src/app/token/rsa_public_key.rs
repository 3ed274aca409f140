//! Public keys of others: what signed the assertions of clients and the tokens of other issuers.

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters, UnparsedPublicKey,
};

/// How a text was signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PSS with SHA-256.
    Ps256,
}

impl SignatureAlgorithm {
    /// The algorithm that the header of a token names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            _ => None,
        }
    }

    const fn parameters(self) -> &'static RsaParameters {
        match self {
            Self::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
            Self::Ps256 => &RSA_PSS_2048_8192_SHA256,
        }
    }
}

/// An RSA key of 2048 bits or more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RsaPublicKey {
    /// As DER, as it stands in certificates.
    Der(Vec<u8>),
    /// By its numbers, as it stands in sets of keys.
    Components {
        /// The modulus.
        modulus: Vec<u8>,
        /// The public exponent.
        exponent: Vec<u8>,
    },
}

impl RsaPublicKey {
    /// A key in DER; `None` for one that cannot verify anything.
    #[must_use]
    pub fn from_der(der: &[u8]) -> Option<Self> {
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der).ok().map(|_| Self::Der(der.to_vec()))
    }

    /// Whether this key made that signature of that message.
    #[must_use]
    pub fn verifies(&self, algorithm: SignatureAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let parameters = algorithm.parameters();
        match self {
            Self::Der(der) => UnparsedPublicKey::new(parameters, der).verify(message, signature).is_ok(),
            Self::Components { modulus, exponent } => {
                PublicKeyComponents { n: modulus, e: exponent }.verify(parameters, message, signature).is_ok()
            }
        }
    }
}
