//! Who the client is, and its proof of it.

use super::aadsts::AadstsError;
use super::asked::Asked;
use crate::app::Tenant;
use crate::app::token::{ClientAuthentication, FirstPartyClient};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use axum::http::header;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use pim_core::model::{Application, ClientSecret, ServicePrincipal};
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
    /// Whether it has no credential at all.
    is_public: bool,
    /// Where a browser may be sent back to.
    pub(super) redirect_uris: Vec<String>,
    /// Whether it exists in every tenant.
    pub(super) first_party: bool,
    /// The time of the tenant, in which its secrets expire.
    tenant_now: Instant,
}

/// What a request says of its client.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Credentials {
    pub(super) client: String,
    pub(super) secret: Option<String>,
}

impl Credentials {
    /// The client id and the secret of a body, or of the header of Basic authentication.
    pub(super) fn of(asked: &Asked<'_>) -> Result<Self, AadstsError> {
        let basic = basic(asked);
        let client = asked.body.get("client_id").map(str::to_owned);
        let client = client.or_else(|| basic.as_ref().map(|basic| basic.client.clone()));
        let secret = asked.body.get("client_secret").map(str::to_owned);
        Ok(Self {
            client: client.ok_or(AadstsError::Missing("client_id"))?,
            secret: secret.or_else(|| basic.and_then(|basic| basic.secret)),
        })
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

/// The header of Basic authentication, whose two halves are form-encoded (RFC 6749, section 2.3.1).
fn basic(asked: &Asked<'_>) -> Option<Credentials> {
    let value = asked.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client, secret) = text.split_once(':')?;
    let decode = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    Some(Credentials { client: decode(client), secret: Some(decode(secret)).filter(|secret| !secret.is_empty()) })
}

impl Client {
    /// The client with that id in a tenant.
    pub(super) fn find(tenant: &Tenant, id: ClientId) -> Result<Self, AadstsError> {
        if let Some(client) = FirstPartyClient::find(id) {
            return Ok(Self {
                id,
                name: client.display_name.to_owned(),
                secrets: Vec::new(),
                is_public: true,
                redirect_uris: Vec::new(),
                first_party: true,
                tenant_now: Instant::FIRST,
            });
        }
        let found = tenant.read(|view| {
            let (application, principal) = known(view, id)?;
            let name = application.map(|it| &it.display_name).or_else(|| principal.map(|it| &it.display_name))?;
            let secrets = application.map_or(&[][..], |it| &it.secrets).iter();
            let own = principal.map_or(&[][..], |it| &it.secrets);
            let client = Self {
                id,
                name: name.clone(),
                secrets: secrets.chain(own).cloned().collect(),
                is_public: own.is_empty() && application.is_some_and(Application::is_public),
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

    /// How the client proves who it is, for a grant in which public clients may take part.
    pub(super) fn authenticate(
        &self,
        asked: &Asked<'_>,
        credentials: &Credentials,
    ) -> Result<ClientAuthentication, AadstsError> {
        if asked.body.get("client_assertion").is_some() {
            return Err(AadstsError::NotEmulated("client assertions; use a client secret"));
        }
        match &credentials.secret {
            None if self.is_public() => Ok(ClientAuthentication::Public),
            None => Err(AadstsError::NoCredential),
            Some(_) if self.is_public() => Err(AadstsError::PublicClientWithSecret),
            Some(secret) => self.check_secret(secret).map(|()| ClientAuthentication::Secret),
        }
    }

    /// Whether a secret is one of the client's, in time that does not depend on how much of it is right.
    pub(super) fn check_secret(&self, given: &str) -> Result<(), AadstsError> {
        let mut found = None;
        let has_begun = |secret: &&ClientSecret| secret.starts.is_none_or(|starts| starts <= self.tenant_now);
        for secret in self.secrets.iter().filter(has_begun) {
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

/// What a tenant knows of a client. One that is registered elsewhere is known where its service principal has a secret.
pub(super) fn known(view: View<'_>, id: ClientId) -> Option<(Option<&Application>, Option<&ServicePrincipal>)> {
    let (application, principal) = (view.application(id), view.service_principal_of(id));
    let has_secret = principal.is_some_and(|principal| !principal.secrets.is_empty());
    (application.is_some() || has_secret).then_some((application, principal))
}

/// Whether two texts are equal, in time that depends on neither: what is compared are hashes.
pub(super) fn same_text(one: &str, other: &str) -> bool {
    let (one, other) = (digest(&SHA256, one.as_bytes()), digest(&SHA256, other.as_bytes()));
    verify_slices_are_equal(one.as_ref(), other.as_ref()).is_ok()
}
