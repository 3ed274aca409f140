//! The certificates shown to clients: one per served name and one for loopback, each made when first asked for.
//!
//! The name in the client's greeting decides. Without one, which is how clients greet an IP address, it is the
//! loopback leaf, or inside a tunnel the leaf of the name that the tunnel was opened to. A greeting with a name
//! that is not served ends the handshake: there is no certificate that could be right.
//!
//! Leaves are ECDSA P-256, live less than 825 days (the limit that Apple's verifiers put on private authorities) and
//! are never written to disk. The chain is the leaf and the authority.
//!
//! Deliberately absent: leaves for other names, RSA, client certificates. The cryptography is passed in explicitly,
//! so no process-wide default is needed or changed.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, OnceLock};

use chrono::TimeDelta;
use rcgen::{CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose, SanType};
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::authority::CertificateAuthority;
use super::hosts::{HostSlot, SERVED_HOSTS};

const LIFETIME: TimeDelta = TimeDelta::days(824);

/// The leaves of one port, made on demand and kept for its life.
pub struct Leaves {
    authority: Arc<CertificateAuthority>,
    provider: Arc<CryptoProvider>,
    /// The loopback address listened on, if it is none of the usual two.
    unusual_loopback: Option<IpAddr>,
    by_slot: [OnceLock<Option<Arc<CertifiedKey>>>; HostSlot::COUNT],
}

impl fmt::Debug for Leaves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leaves").field("unusual_loopback", &self.unusual_loopback).finish_non_exhaustive()
    }
}

impl Leaves {
    /// Leaves for a port that listens on `local`.
    pub fn new(authority: Arc<CertificateAuthority>, local: SocketAddr) -> Self {
        let usual = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        let address = local.ip().to_canonical();
        Self {
            authority,
            provider: Arc::new(aws_lc_rs::default_provider()),
            unusual_loopback: (address.is_loopback() && !usual.contains(&address)).then_some(address),
            by_slot: Default::default(),
        }
    }

    fn get(&self, slot: HostSlot) -> Option<Arc<CertifiedKey>> {
        self.by_slot[slot.index()].get_or_init(|| self.issue(slot).ok().map(Arc::new)).clone()
    }

    fn issue(&self, slot: HostSlot) -> Result<CertifiedKey, Box<dyn std::error::Error>> {
        let common_name = match slot {
            HostSlot::Public(index) => SERVED_HOSTS[index].0,
            HostSlot::Loopback => "localhost",
        };
        let mut params = CertificateParams::default();
        params.distinguished_name.remove(DnType::CommonName);
        params.distinguished_name.push(DnType::CommonName, common_name);
        params.subject_alt_names = vec![SanType::DnsName(common_name.try_into()?)];
        if slot == HostSlot::Loopback {
            let usual = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
            let addresses = usual.into_iter().chain(self.unusual_loopback);
            params.subject_alt_names.extend(addresses.map(SanType::IpAddress));
        }
        // Said explicitly, because only then a subject key identifier is written.
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        self.authority.date(&mut params, LIFETIME);

        let key = KeyPair::generate()?;
        let leaf = params.signed_by(&key, self.authority.issuer())?;
        let chain = vec![leaf.der().clone(), self.authority.certificate_der().clone()];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        Ok(CertifiedKey::from_der(chain, key, &self.provider)?)
    }
}

/// Chooses the leaf for a handshake.
#[derive(Debug)]
pub struct LeafResolver {
    leaves: Arc<Leaves>,
    without_name: HostSlot,
}

impl ResolvesServerCert for LeafResolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let slot = match hello.server_name() {
            Some(name) => HostSlot::of(name)?,
            None => self.without_name,
        };
        self.leaves.get(slot)
    }
}

/// The TLS settings of one port: HTTP/2 and HTTP/1.1 offered, TLS 1.2 and 1.3, sessions resumed.
#[derive(Clone, Debug)]
pub struct TlsConfigs {
    by_slot: [Arc<ServerConfig>; HostSlot::COUNT],
}

impl TlsConfigs {
    /// Settings that show these leaves.
    pub fn new(leaves: Leaves) -> Result<Self, rustls::Error> {
        let leaves = Arc::new(leaves);
        let resolver = |without_name| Arc::new(LeafResolver { leaves: Arc::clone(&leaves), without_name });
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&leaves.provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(resolver(HostSlot::Loopback));
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let by_slot = std::array::from_fn(|index| {
            let slot = if index < SERVED_HOSTS.len() { HostSlot::Public(index) } else { HostSlot::Loopback };
            let mut config = config.clone();
            config.cert_resolver = resolver(slot);
            Arc::new(config)
        });
        Ok(Self { by_slot })
    }

    /// Settings for a handshake without a tunnel around it, or inside one to a loopback name.
    pub fn direct(&self) -> Arc<ServerConfig> {
        self.of(HostSlot::Loopback)
    }

    /// Settings for a handshake inside a tunnel to a name.
    pub(super) fn of(&self, slot: HostSlot) -> Arc<ServerConfig> {
        Arc::clone(&self.by_slot[slot.index()])
    }
}
