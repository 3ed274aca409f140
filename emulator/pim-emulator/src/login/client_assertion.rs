//! `client_assertion`: a client proves who it is with a text that it signed with the key of one of its certificates, or with
//! the token of another issuer that its registration trusts.
//!
//! Certificates end in the tenant's time, as secrets do; the assertion itself lives in real time, as tokens do. When a
//! certificate begins is not looked at: the clock of a tenant may well stand before the day on which it was made.
//!
//! <https://learn.microsoft.com/entra/identity-platform/certificate-credentials>

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::assertion::{Assertion, Thumbprint};
use super::client::Client;
use crate::app::Tenant;
use crate::app::certificate::{Certificate, hexadecimal};
use crate::net::ServedHost;
use pim_core::model::KeyCredential;

/// The only type of assertions there is.
pub(super) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Whether an assertion is a proof of the client's.
pub(super) fn check(asked: &Asked<'_>, tenant: &Tenant, client: &Client, text: &str) -> Result<(), AadstsError> {
    let assertion = Assertion::parse(text)?;
    let id = client.id.to_string();
    let is_own = |claim: &str| claim.eq_ignore_ascii_case(&id);
    match (is_own(&assertion.claims.iss), is_own(&assertion.claims.sub)) {
        (true, true) => by_certificate(asked, tenant, client, &assertion),
        (false, false) if client.federated.is_empty() && names_a_certificate(&assertion) => {
            Err(AadstsError::AssertionOfOtherClient)
        }
        (false, false) => super::federated::check(asked, tenant, client, &assertion),
        (true, false) | (false, true) => Err(AadstsError::AssertionOfOtherClient),
    }
}

/// Issuers elsewhere name their keys; certificates are named by thumbprint.
fn names_a_certificate(assertion: &Assertion<'_>) -> bool {
    assertion.thumbprint().is_some() && !assertion.claims.iss.contains("://")
}

fn by_certificate(
    asked: &Asked<'_>,
    tenant: &Tenant,
    client: &Client,
    assertion: &Assertion<'_>,
) -> Result<(), AadstsError> {
    assertion.algorithm()?;
    let (held, certificate) = named(client, assertion)?;
    let thumbprint = certificate.thumbprint();
    if !assertion.is_signed_by(certificate.key())? {
        return Err(AadstsError::AssertionSignature { thumbprint });
    }
    if held.expires.is_some_and(|expires| expires <= client.tenant_now) {
        let written = |at: pim_core::time::Instant| at.to_utc().format("%m/%d/%Y %H:%M:%S").to_string();
        let (starts, expires) = (held.starts.map(written), held.expires.map(written));
        return Err(AadstsError::ExpiredCertificate {
            thumbprint,
            starts: starts.unwrap_or_default(),
            expires: expires.unwrap_or_default(),
        });
    }
    if !assertion.audiences().iter().any(|audience| is_ours(asked, tenant, audience)) {
        return Err(AadstsError::AssertionAudience);
    }
    assertion.check_time(asked.now)
}

/// The certificate of the client that the header names.
fn named<'c>(client: &'c Client, assertion: &Assertion<'_>) -> Result<(&'c KeyCredential, Certificate), AadstsError> {
    let wanted = assertion.thumbprint();
    let verifying = client.certificates.iter().filter(|it| it.usage.eq_ignore_ascii_case("Verify"));
    let readable = verifying.filter_map(|it| Some((it, Certificate::from_base64(&it.key)?)));
    let is_wanted = |certificate: &Certificate| match &wanted {
        Some(Thumbprint::Sha1(bytes)) => certificate.sha1() == *bytes,
        Some(Thumbprint::Sha256(bytes)) => certificate.sha256() == *bytes,
        None => assertion.header.kid.as_deref().is_some_and(|kid| kid.eq_ignore_ascii_case(&certificate.thumbprint())),
    };
    { readable }.find(|(_, certificate)| is_wanted(certificate)).ok_or_else(|| {
        let thumbprint = match &wanted {
            Some(Thumbprint::Sha1(bytes) | Thumbprint::Sha256(bytes)) => hexadecimal(bytes),
            None => assertion.header.kid.clone().unwrap_or_default(),
        };
        AadstsError::UnknownCertificate { thumbprint, client: client.id.to_string() }
    })
}

/// Whether an audience is the sign-in of this tenant: its token endpoints and its issuer, under the address that the client
/// used or under the names of the cloud.
fn is_ours(asked: &Asked<'_>, tenant: &Tenant, audience: &str) -> bool {
    let Some((_, rest)) = audience.split_once("://") else { return false };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let own = asked.origin.split_once("://").map_or("", |(_, authority)| authority);
    if !authority.eq_ignore_ascii_case(own) && ServedHost::of(authority) != Some(ServedHost::Login) {
        return false;
    }
    let (segment, path) = path.split_once('/').unwrap_or((path, ""));
    let id = tenant.id().to_string();
    let segments = [id.as_str(), tenant.domain(), asked.segment(), "common", "organizations"];
    let paths = ["oauth2/v2.0/token", "oauth2/token", "v2.0", ""];
    segments.iter().any(|known| known.eq_ignore_ascii_case(segment))
        && paths.iter().any(|known| known.eq_ignore_ascii_case(path.trim_end_matches('/')))
}
