//! Who the client is, and its proof of it.

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::client_assertion;
use crate::app::Tenant;
use crate::app::token::{ClientAuthentication, FirstPartyClient};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use pim_core::model::{Application, ClientSecret, FederatedIdentityCredential, KeyCredential, ServicePrincipal};
use pim_core::time::Instant;
use pim_core::{ClientId, View};
use uuid::Uuid;

/// A client as a tenant knows it.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) id: ClientId,
    /// The name people see.
    pub(super) name: String,
    /// Its secrets, and those of its service principal.
    secrets: Vec<ClientSecret>,
    /// Its certificates, and those of its service principal.
    pub(super) certificates: Vec<KeyCredential>,
    /// The tokens of other issuers that it trusts.
    pub(super) federated: Vec<FederatedIdentityCredential>,
    /// Whether users may sign in to it without a proof of which client it is.
    is_public: bool,
    /// Where a browser may be sent back to.
    pub(super) redirect_uris: Vec<String>,
    /// Whether it exists in every tenant.
    pub(super) first_party: bool,
    /// The time of the tenant, in which secrets and certificates expire.
    pub(super) tenant_now: Instant,
}

/// How a client wants to prove who it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Proof {
    /// By a secret.
    Secret(String),
    /// By a text that it signed, or that another issuer did.
    Assertion(String),
}

/// What a request says of its client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Credentials {
    pub(super) client: String,
    pub(super) proof: Option<Proof>,
}

impl Credentials {
    /// The client id and the proof of a body, or of the header of Basic authentication.
    pub(super) fn of(asked: &Asked<'_>) -> Result<Self, AadstsError> {
        let basic = basic(asked);
        let client = asked.body.get("client_id").or_else(|| asked.query.get("client_id")).map(str::to_owned);
        let (named, secret) = basic.unzip();
        let client = client.or(named).ok_or(AadstsError::Missing("client_id"))?;
        let secret = asked.body.get("client_secret").map(str::to_owned).or_else(|| secret.flatten());
        Ok(Self { client, proof: assertion(asked)?.or_else(|| secret.map(Proof::Secret)) })
    }

    /// The client id.
    pub(super) fn client_id(&self, tenant: &str) -> Result<ClientId, AadstsError> {
        client_id(&self.client, tenant)
    }
}

/// Reads a client id; one that is not an id belongs to no application.
pub(super) fn client_id(text: &str, tenant: &str) -> Result<ClientId, AadstsError> {
    Uuid::try_parse(text)
        .map(ClientId)
        .map_err(|_| AadstsError::UnknownApplication { client: text.to_owned(), tenant: tenant.to_owned() })
}

/// The assertion of a body, whose type must be said.
fn assertion(asked: &Asked<'_>) -> Result<Option<Proof>, AadstsError> {
    let Some(text) = asked.body.get("client_assertion") else { return Ok(None) };
    match asked.required("client_assertion_type")? {
        client_assertion::JWT_BEARER => Ok(Some(Proof::Assertion(text.to_owned()))),
        _ => Err(AadstsError::Malformed("client_assertion_type")),
    }
}

/// The client id and the secret in the header of Basic authentication, whose two halves are form-encoded (RFC 6749, section
/// 2.3.1).
fn basic(asked: &Asked<'_>) -> Option<(String, Option<String>)> {
    let value = asked.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client, secret) = text.split_once(':')?;
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    Some((decode(client), Some(decode(secret)).filter(|secret| !secret.is_empty())))
}

impl Client {
    /// The client with that id in a tenant.
    pub(super) fn find(tenant: &Tenant, id: ClientId) -> Result<Self, AadstsError> {
        if let Some(client) = FirstPartyClient::find(id) {
            // A tenant that has given it a service principal may keep it out.
            if tenant.read(|view| view.service_principal_of(id).is_some_and(|it| !it.account_enabled)) {
                return Err(AadstsError::DisabledApplication { client: id.to_string() });
            }
            return Ok(Self {
                id,
                name: client.display_name.to_owned(),
                secrets: Vec::new(),
                certificates: Vec::new(),
                federated: Vec::new(),
                is_public: true,
                redirect_uris: Vec::new(),
                first_party: true,
                tenant_now: Instant::FIRST,
            });
        }
        let found = tenant.read(|view| {
            let (application, principal) = known(view, id)?;
            let name = application.map(|it| &it.display_name).or_else(|| principal.map(|it| &it.display_name))?;
            let secrets = application.into_iter().flat_map(|it| &it.secrets);
            let own_secrets = principal.into_iter().flat_map(|it| &it.secrets);
            let certificates = application.into_iter().flat_map(|it| &it.key_credentials);
            let own_certificates = principal.into_iter().flat_map(|it| &it.key_credentials);
            let client = Self {
                id,
                name: name.clone(),
                secrets: secrets.chain(own_secrets).cloned().collect(),
                certificates: certificates.chain(own_certificates).cloned().collect(),
                federated: (application.into_iter())
                    .flat_map(|it| it.federated_identity_credentials.iter().cloned())
                    .collect(),
                is_public: application.is_some_and(|it| {
                    it.allows_public_clients() && !(it.is_public() && principal.is_some_and(has_credentials))
                }),
                redirect_uris: (application.into_iter().flat_map(Application::all_redirect_uris))
                    .map(str::to_owned)
                    .collect(),
                first_party: false,
                tenant_now: view.now(),
            };
            Some((client, principal.is_none_or(|it| it.account_enabled)))
        });
        match found {
            Some((client, true)) => Ok(client),
            Some((_, false)) => Err(AadstsError::DisabledApplication { client: id.to_string() }),
            None => Err(AadstsError::UnknownApplication { client: id.to_string(), tenant: tenant.domain().to_owned() }),
        }
    }

    /// Whether it can keep no secret.
    pub(super) const fn is_public(&self) -> bool {
        self.is_public
    }

    /// Whether there is nothing that it could prove who it is by.
    const fn has_no_credential(&self) -> bool {
        self.secrets.is_empty() && self.certificates.is_empty() && self.federated.is_empty()
    }

    /// How the client proves who it is, for a grant in which public clients may take part.
    pub(super) fn authenticate(
        &self,
        asked: &Asked<'_>,
        tenant: &Tenant,
        credentials: &Credentials,
    ) -> Result<ClientAuthentication, AadstsError> {
        match &credentials.proof {
            None if self.is_public() => Ok(ClientAuthentication::Public),
            None => Err(AadstsError::NoCredential),
            Some(_) if self.is_public() && self.has_no_credential() => Err(AadstsError::PublicClientWithSecret),
            Some(proof) => self.check(asked, tenant, proof),
        }
    }

    /// Whether that proves who the client is.
    pub(super) fn check(
        &self,
        asked: &Asked<'_>,
        tenant: &Tenant,
        proof: &Proof,
    ) -> Result<ClientAuthentication, AadstsError> {
        match proof {
            Proof::Secret(secret) => self.check_secret(secret).map(|()| ClientAuthentication::Secret),
            Proof::Assertion(text) => {
                client_assertion::check(asked, tenant, self, text).map(|()| ClientAuthentication::Certificate)
            }
        }
    }

    /// Whether a secret is one of the client's, in time that does not depend on how much of it is right. When it begins is not
    /// looked at: clients write the time of their own clock there, which a tenant's may be far behind.
    fn check_secret(&self, given: &str) -> Result<(), AadstsError> {
        let mut found = None;
        for secret in &self.secrets {
            if same_text(&secret.value, given) {
                found = Some(secret);
            }
        }
        let client = self.id.to_string();
        match found {
            None => Err(AadstsError::WrongSecret { client }),
            Some(secret) if secret.expires.is_some_and(|expires| expires <= self.tenant_now) => {
                Err(AadstsError::ExpiredSecret { client })
            }
            Some(_) => Ok(()),
        }
    }
}

/// What a tenant knows of a client. One that is registered elsewhere is known where its service principal has credentials.
pub(super) fn known(view: View<'_>, id: ClientId) -> Option<(Option<&Application>, Option<&ServicePrincipal>)> {
    let (application, principal) = (view.application(id), view.service_principal_of(id));
    let is_known = application.is_some() || principal.is_some_and(has_credentials);
    is_known.then_some((application, principal))
}

fn has_credentials(principal: &ServicePrincipal) -> bool {
    !principal.secrets.is_empty() || !principal.key_credentials.is_empty()
}

/// Whether two texts are equal, in time that depends on neither: what is compared are hashes.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    let (one, other) = (digest(&SHA256, one.as_bytes()), digest(&SHA256, other.as_bytes()));
    verify_slices_are_equal(one.as_ref(), other.as_ref()).is_ok()
}
