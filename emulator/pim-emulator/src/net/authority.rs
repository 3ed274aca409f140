//! The certificate authority that clients are asked to trust.
//!
//! It is made at the first start and kept, so that trust given once lasts. Its certificate carries critical name
//! constraints for exactly the names in [`SERVED_HOSTS`] and loopback, a path length of zero and no purpose but
//! server authentication: a stolen key can imitate the emulator and nothing else. A pair of files that does not
//! promise this, whose halves do not fit, or that has expired is refused and left untouched.
//!
//! Time is a parameter. Certificates live in real time whatever a tenant's clock says, and begin a day early for
//! clients whose clock lags.
//!
//! Deliberately absent: revocation, intermediate authorities, renewal in place (a new authority needs new trust,
//! and so a person's decision).

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DnType, ExtendedKeyUsagePurpose, GeneralSubtree, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, NameConstraints, PublicKeyData, SerialNumber,
};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;

use super::authority_files::{AuthorityError, AuthorityFiles, Pair};
use super::hosts::SERVED_HOSTS;

/// How long the authority lives: ten years.
const LIFETIME: TimeDelta = TimeDelta::days(3650);

/// How far back the validity of every certificate begins.
const EARLIER: TimeDelta = TimeDelta::days(1);

/// A certificate authority for the served names and for loopback. See the module for what it promises.
#[derive(Debug)]
pub struct CertificateAuthority {
    certificate: CertificateDer<'static>,
    pem: String,
    issuer: Issuer<'static, KeyPair>,
    /// From when and until when leaves may be dated.
    window: (DateTime<Utc>, DateTime<Utc>),
}

impl CertificateAuthority {
    /// The authority kept in `state_dir`, made there if there is none. `now` is the time of the wall clock.
    pub fn load_or_create(state_dir: &Path, now: DateTime<Utc>) -> Result<Self, AuthorityError> {
        let files = AuthorityFiles::of(state_dir);
        let pair = files.read_or_make(|left_behind| {
            let key = match left_behind {
                Some(pem) => read_key(&files, &pem)?,
                None => KeyPair::generate()?,
            };
            Ok(Pair { certificate: parameters(now)?.self_signed(&key)?.pem(), key: key.serialize_pem() })
        })?;
        let key = read_key(&files, &pair.key)?;
        let unusable = |reason: String| AuthorityError::Unusable(files.certificate.clone(), reason);
        let certificate = CertificateDer::from_pem_slice(pair.certificate.as_bytes())
            .map_err(|error| unusable(format!("is not a PEM certificate ({error})")))?;
        let until = inspect(&certificate, &key, now).map_err(unusable)?;
        Ok(Self {
            issuer: Issuer::from_ca_cert_der(&certificate, key)?,
            pem: pair.certificate,
            certificate,
            window: (now - EARLIER, until),
        })
    }

    /// An authority that nobody keeps: for tests and for embedding. `now` is the time of the wall clock.
    ///
    /// # Errors
    /// When the cryptography library fails.
    pub fn ephemeral(now: DateTime<Utc>) -> Result<Self, AuthorityError> {
        let key = KeyPair::generate()?;
        let certificate = parameters(now)?.self_signed(&key)?;
        Ok(Self {
            pem: certificate.pem(),
            issuer: Issuer::from_ca_cert_der(certificate.der(), key)?,
            certificate: certificate.into(),
            window: (now - EARLIER, now + LIFETIME),
        })
    }

    /// The authority's certificate as PEM: what clients must trust.
    pub fn certificate_pem(&self) -> &str {
        &self.pem
    }

    /// The authority's certificate as DER.
    pub fn certificate_der(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    pub(super) fn issuer(&self) -> &Issuer<'static, KeyPair> {
        &self.issuer
    }

    /// Dates `params` for a life of `lifetime`, or shorter if the authority ends sooner.
    pub(super) fn date(&self, params: &mut CertificateParams, lifetime: TimeDelta) {
        let (from, until) = self.window;
        set_validity(params, from, until.min(from + lifetime));
    }
}

fn read_key(files: &AuthorityFiles, pem: &str) -> Result<KeyPair, AuthorityError> {
    KeyPair::from_pem(pem).map_err(|error| {
        let reason = format!("is not a usable private key ({error})");
        AuthorityError::Unusable(files.key.clone(), reason)
    })
}

fn parameters(now: DateTime<Utc>) -> Result<CertificateParams, AuthorityError> {
    let mut params = CertificateParams::default();
    let name = &mut params.distinguished_name;
    name.remove(DnType::CommonName);
    name.push(DnType::OrganizationName, "PIM Emulator");
    name.push(DnType::CommonName, "PIM Emulator local certificate authority");
    params.serial_number = Some(random_serial()?);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.name_constraints =
        Some(NameConstraints { permitted_subtrees: permitted_subtrees(), excluded_subtrees: Vec::new() });
    params.use_authority_key_identifier_extension = true;
    set_validity(&mut params, now - EARLIER, now + LIFETIME);
    Ok(params)
}

/// Random, because a key may outlive its certificate and no two certificates of one issuer may share a number.
fn random_serial() -> Result<SerialNumber, AuthorityError> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| rcgen::Error::RingUnspecified)?;
    // Positive, and without leading zeros.
    bytes[0] = bytes[0] & 0x3f | 0x40;
    Ok(SerialNumber::from_slice(&bytes))
}

fn set_validity(params: &mut CertificateParams, from: DateTime<Utc>, until: DateTime<Utc>) {
    let date = |at: DateTime<Utc>| {
        let since_1970 = Duration::from_secs(u64::try_from(at.timestamp()).unwrap_or(0));
        rcgen::date_time_ymd(1970, 1, 1) + since_1970
    };
    params.not_before = date(from);
    params.not_after = date(until);
}

fn permitted_subtrees() -> Vec<GeneralSubtree> {
    let names = SERVED_HOSTS.iter().map(|(name, _)| *name);
    let mut subtrees: Vec<GeneralSubtree> =
        std::iter::once("localhost").chain(names).map(|name| GeneralSubtree::DnsName(name.to_owned())).collect();
    let v4 = CidrSubnet::from_v4_prefix(Ipv4Addr::new(127, 0, 0, 0).octets(), 8);
    let v6 = CidrSubnet::from_v6_prefix(Ipv6Addr::LOCALHOST.octets(), 128);
    subtrees.extend([v4, v6].map(GeneralSubtree::IpAddress));
    subtrees
}

/// Whether a certificate keeps the promises of this module, and until when it is valid; or what is wrong with it.
fn inspect(certificate: &CertificateDer<'_>, key: &KeyPair, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    let (_, parsed) = x509_parser::parse_x509_certificate(certificate)
        .map_err(|error| format!("is not an X.509 certificate ({error})"))?;
    if !parsed.is_ca() {
        return Err("is not the certificate of an authority".to_owned());
    }
    if parsed.public_key().raw != key.subject_public_key_info() {
        return Err("does not belong to the key in ca-key.pem".to_owned());
    }
    if !is_constrained_to_served_names(&parsed) {
        return Err("is not limited to the names that this version serves".to_owned());
    }
    let until =
        DateTime::from_timestamp(parsed.validity().not_after.timestamp(), 0).ok_or("has a date that makes no sense")?;
    if until <= now {
        return Err(format!("expired on {}", until.format("%Y-%m-%d")));
    }
    Ok(until)
}

fn is_constrained_to_served_names(certificate: &X509Certificate<'_>) -> bool {
    let Ok(Some(extension)) = certificate.name_constraints() else {
        return false;
    };
    let Some(subtrees) = &extension.value.permitted_subtrees else {
        return false;
    };
    let found: Option<Vec<GeneralSubtree>> = subtrees.iter().map(|subtree| permitted(&subtree.base)).collect();
    extension.critical && found.is_some_and(|found| found == permitted_subtrees())
}

/// A name as it stands in our own list; nothing if it is of a kind that is never there.
fn permitted(name: &GeneralName<'_>) -> Option<GeneralSubtree> {
    if let GeneralName::DNSName(name) = name {
        return Some(GeneralSubtree::DnsName((*name).to_owned()));
    }
    let GeneralName::IPAddress(bytes) = name else {
        return None;
    };
    subnet(bytes).map(GeneralSubtree::IpAddress)
}

/// An address followed by a mask of the same length.
fn subnet(bytes: &[u8]) -> Option<CidrSubnet> {
    let (address, mask) = bytes.split_at(bytes.len() / 2);
    match bytes.len() {
        8 => Some(CidrSubnet::V4(address.try_into().ok()?, mask.try_into().ok()?)),
        32 => Some(CidrSubnet::V6(address.try_into().ok()?, mask.try_into().ok()?)),
        _ => None,
    }
}
