//! Workload identity federation: the token of another issuer as the proof of a client whose registration trusts it.
//!
//! Issuer, subject and audience must be those of one credential, letter for letter. Nobody looks up the keys of an issuer,
//! since nothing here opens a connection: a signature is checked with the keys that the credential was given, or with the
//! emulator's own, which signs such tokens for tests. A token whose keys are not known is believed, unless a switch says
//! otherwise.
//!
//! <https://learn.microsoft.com/entra/workload-id/workload-identity-federation>

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::assertion::Assertion;
use super::client::Client;
use crate::app::Tenant;
use crate::app::token::RsaPublicKey;
use pim_core::model::{FederatedIdentityCredential, IssuerKey};

/// Whether the token of another issuer is a proof of the client's.
pub(super) fn check(
    asked: &Asked<'_>,
    tenant: &Tenant,
    client: &Client,
    assertion: &Assertion<'_>,
) -> Result<(), AadstsError> {
    let credential = matching(client, assertion)?;
    check_signature(asked, tenant, credential, assertion)?;
    assertion.check_time(asked.now)
}

/// The credential that a token fits, or what of the token fits none.
fn matching<'c>(client: &'c Client, assertion: &Assertion<'_>) -> Result<&'c FederatedIdentityCredential, AadstsError> {
    if client.federated.is_empty() {
        return Err(AadstsError::NoFederatedCredential { client: client.id.to_string(), name: client.name.clone() });
    }
    let (issuer, subject) = (&assertion.claims.iss, &assertion.claims.sub);
    let has_issuer = |it: &&FederatedIdentityCredential| it.issuer == *issuer;
    let has_subject = |it: &&FederatedIdentityCredential| it.subject == *subject;
    let has_audience =
        |it: &&FederatedIdentityCredential| it.audiences.iter().any(|known| assertion.audiences().contains(known));
    let all = || client.federated.iter();
    let fitting = all().find(|it| has_issuer(it) && has_subject(it) && has_audience(it));
    fitting.ok_or_else(|| {
        let audience = || assertion.audiences().join(" ");
        if !all().any(|it| has_issuer(&it)) {
            AadstsError::FederatedIssuer { issuer: issuer.clone() }
        } else if !all().any(|it| has_subject(&it)) {
            AadstsError::FederatedSubject { subject: subject.clone() }
        } else if !all().any(|it| has_audience(&it)) {
            AadstsError::FederatedAudience { audience: audience() }
        } else {
            AadstsError::FederatedNothing { issuer: issuer.clone(), subject: subject.clone(), audience: audience() }
        }
    })
}

fn check_signature(
    asked: &Asked<'_>,
    tenant: &Tenant,
    credential: &FederatedIdentityCredential,
    assertion: &Assertion<'_>,
) -> Result<(), AadstsError> {
    let wrong = || AadstsError::AssertionSignature { thumbprint: assertion.header.kid.clone().unwrap_or_default() };
    let own = asked.app.tokens().key().map_err(|error| AadstsError::Internal(error.to_string()))?;
    if assertion.header.kid.as_deref() == Some(own.key_id()) {
        return if assertion.is_signed_by(&own.public_key())? { Ok(()) } else { Err(wrong()) };
    }
    if credential.keys.is_empty() {
        let is_refused = tenant.read(|view| view.behaviour().unknown_issuers_are_refused);
        return if is_refused { Err(wrong()) } else { assertion.algorithm().map(drop) };
    }
    for key in credential.keys.iter().filter(|key| is_named(key, assertion)) {
        let IssuerKey { modulus, exponent, .. } = key.clone();
        if assertion.is_signed_by(&RsaPublicKey::Components { modulus, exponent })? {
            return Ok(());
        }
    }
    Err(wrong())
}

/// Whether the header of a token may mean that key.
fn is_named(key: &IssuerKey, assertion: &Assertion<'_>) -> bool {
    match (&key.key_id, &assertion.header.kid) {
        (Some(own), Some(named)) => own == named,
        (None, _) | (_, None) => true,
    }
}
