//! Issuing access tokens.
//!
//! What a token costs is its signature. The claims are written from borrowed structs and encoded into one buffer.

use super::Tokens;
use super::audience::{Audience, Resource};
use super::claims::{APPLICATION, IssuedClaims, MEMBER_USER, issuer};
use super::first_party::FirstPartyClient;
use super::signing_key::{SigningKey, SigningKeyError};
use crate::app::Tenant;
use aws_lc_rs::digest::{self, SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::model::{User, UserType};
use pim_core::time::{Instant, Length};
use pim_core::{ClientId, PrincipalId, RoleDefinitionId, TenantId, View};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// What a token is to say.
#[derive(Clone, Copy, Debug)]
pub struct TokenRequest<'a> {
    /// The tenant that it is for.
    pub tenant: &'a Tenant,
    /// The client that gets it.
    pub client: ClientId,
    /// How the client proved who it is.
    pub authentication: ClientAuthentication,
    /// For whom it is meant, in the client's spelling.
    pub audience: &'a str,
    /// The application that is meant, where it is one that is registered in the tenant.
    pub registered: Option<Registered<'a>>,
    /// Who calls with it.
    pub subject: Subject<'a>,
    /// When it is valid.
    pub validity: Validity,
    /// Whether the client says that it can answer claims challenges.
    pub takes_claims_challenges: bool,
}

/// An application that takes tokens itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Registered<'a> {
    /// Its client id.
    pub app_id: ClientId,
    /// Where the emulator was reached, for one that wants tokens of the second format.
    pub second_format: Option<&'a str>,
}

/// Who calls.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A user, through the client.
    User {
        /// The user.
        id: PrincipalId,
        /// The delegated permissions, separated by spaces.
        scopes: &'a str,
        /// Whether the sign-in satisfied multifactor authentication.
        mfa: bool,
        /// The authentication contexts that the sign-in satisfied.
        authentication_contexts: &'a [String],
    },
    /// The client itself.
    Application {
        /// Its application permissions; `None` for those that its service principal was given.
        roles: Option<&'a [String]>,
    },
}

/// How a client proved who it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClientAuthentication {
    /// Not at all: a public client.
    Public,
    /// By a secret.
    Secret,
    /// By a signed assertion.
    Certificate,
}

impl ClientAuthentication {
    const fn as_claim(self) -> &'static str {
        match self {
            Self::Public => "0",
            Self::Secret => "1",
            Self::Certificate => "2",
        }
    }
}

/// When a token is valid, in real time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Validity {
    /// When it was issued, as it says itself.
    pub issued: Instant,
    /// From when it is valid.
    pub not_before: Instant,
    /// From when on it is not valid any more.
    pub expires: Instant,
}

/// By how much tokens are dated back, so that a resource whose clock lags takes them.
const DATED_BACK: Length = Length::minutes(5);

impl Validity {
    /// How long the token of a user lasts. The service picks a length between 60 and 90 minutes; here it is always the mean.
    pub const USER: Length = Length::minutes(75);
    /// How long the token of an application lasts.
    pub const APPLICATION: Length = Length::minutes(60);

    /// From five minutes ago until `lifetime` from now; a negative `lifetime` gives a token that has expired.
    #[must_use]
    pub fn lasting(now: Instant, lifetime: Length) -> Self {
        let expires = now.plus(lifetime);
        let issued = now.min(expires).minus(DATED_BACK);
        Self { issued, not_before: issued, expires }
    }

    /// The same, but not valid before a moment after now.
    #[must_use]
    pub fn starting(self, not_before: Instant) -> Self {
        Self { not_before, ..self }
    }
}

/// Why no token was issued.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IssueError {
    /// The tenant has no such user.
    NoSuchUser(PrincipalId),
    /// The client has no service principal in the tenant.
    NoServicePrincipal(ClientId),
    /// There is no key to sign with.
    Key(SigningKeyError),
}

impl fmt::Display for IssueError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchUser(user) => write!(out, "there is no user {user} in the tenant"),
            Self::NoServicePrincipal(client) => {
                write!(out, "the client {client} has no service principal in the tenant")
            }
            Self::Key(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for IssueError {}

impl From<SigningKeyError> for IssueError {
    fn from(error: SigningKeyError) -> Self {
        Self::Key(error)
    }
}

impl Tokens {
    /// An access token.
    ///
    /// # Errors
    /// [`IssueError`].
    pub fn issue(&self, request: &TokenRequest<'_>) -> Result<String, IssueError> {
        let key = self.key()?;
        let payload = request.tenant.read(|view| match request.subject {
            Subject::User { id, .. } => {
                let user = view.user(id).ok_or(IssueError::NoSuchUser(id))?;
                Ok(user_payload(request, view, user))
            }
            Subject::Application { roles } => application_payload(request, view, roles),
        })?;
        Ok(sign(key, &payload)?)
    }
}

fn user_payload(request: &TokenRequest<'_>, view: View<'_>, user: &User) -> Vec<u8> {
    let (scopes, mfa, acrs) = match request.subject {
        Subject::User { scopes, mfa, authentication_contexts, .. } => (scopes, mfa, authentication_contexts),
        Subject::Application { .. } => ("", false, [].as_slice()),
    };
    let mut wids = view.active_roles(user.id);
    match user.user_type {
        UserType::Member => wids.push(RoleDefinitionId(MEMBER_USER)),
        UserType::Guest => {}
    }
    let tenant = request.tenant.id();
    let name = Some(user.user_principal_name.as_str());
    let is_second = request.is_of_second_format();
    payload(&IssuedClaims {
        acct: Some(0),
        acr: Some("1"),
        acrs,
        amr: if mfa { &["pwd", "mfa"] } else { &["pwd"] },
        family_name: user.surname.as_deref(),
        given_name: user.given_name.as_deref(),
        idp: None,
        idtyp: "user",
        name: Some(&user.display_name),
        oid: user.id,
        preferred_username: name.filter(|_| is_second),
        roles: None,
        scp: Some(scopes),
        sub: &pairwise_subject(tenant, request.client, user.id),
        unique_name: name.filter(|_| !is_second),
        upn: name.filter(|_| !is_second),
        wids: &wids,
        ..common(request, view, &request.issuer(), &unique_id())
    })
}

fn application_payload(
    request: &TokenRequest<'_>,
    view: View<'_>,
    roles: Option<&[String]>,
) -> Result<Vec<u8>, IssueError> {
    let principal = view.service_principal_of(request.client).ok_or(IssueError::NoServicePrincipal(request.client))?;
    // What it was given are permissions of one resource; no other is told of them.
    let is_for_graph = || Resource::named(request.audience).is_some_and(|resource| resource.opens(Audience::Graph));
    let resource = match request.registered {
        Some(registered) => Some(registered.app_id),
        None => is_for_graph().then_some(ClientId::MICROSOFT_GRAPH),
    };
    let given = || resource.map(|resource| view.app_roles(principal, resource)).unwrap_or_default();
    let roles = roles.map_or_else(given, |asked| asked.iter().map(String::as_str).collect());
    let issuer = request.issuer();
    Ok(payload(&IssuedClaims {
        idp: Some(&issuer),
        oid: principal.id,
        // The service leaves the claim out rather than empty.
        roles: (!roles.is_empty()).then_some(&roles),
        sub: &principal.id.to_string(),
        xms_mirid: principal.managed_identity.as_ref().map(|identity| identity.resource_id.as_str()),
        ..common(request, view, &issuer, &unique_id())
    }))
}

impl TokenRequest<'_> {
    fn is_of_second_format(&self) -> bool {
        self.registered.is_some_and(|registered| registered.second_format.is_some())
    }

    fn issuer(&self) -> String {
        let tenant = self.tenant.id();
        match self.registered.and_then(|registered| registered.second_format) {
            Some(origin) => format!("{origin}/{tenant}/v2.0"),
            None => issuer(tenant),
        }
    }
}

/// What the tokens of users and applications have in common; the rest is as an application's.
fn common<'a>(request: &TokenRequest<'a>, view: View<'a>, issuer: &'a str, uti: &'a str) -> IssuedClaims<'a> {
    let is_second = request.is_of_second_format();
    let authentication = request.authentication.as_claim();
    IssuedClaims {
        aud: match request.registered.filter(|_| is_second) {
            Some(registered) => Cow::Owned(registered.app_id.to_string()),
            None => Cow::Borrowed(request.audience),
        },
        iss: issuer,
        iat: seconds(request.validity.issued),
        nbf: seconds(request.validity.not_before),
        exp: seconds(request.validity.expires),
        acct: None,
        acr: None,
        acrs: &[],
        amr: &[],
        app_displayname: request.registered.is_none().then(|| client_name(view, request.client)),
        appid: (!is_second).then_some(request.client),
        appidacr: (!is_second).then_some(authentication),
        azp: is_second.then_some(request.client),
        azpacr: is_second.then_some(authentication),
        family_name: None,
        given_name: None,
        idp: None,
        idtyp: "app",
        name: None,
        oid: PrincipalId(request.client.0),
        preferred_username: None,
        roles: None,
        scp: None,
        sub: "",
        tenant_region_scope: "WW",
        tid: request.tenant.id(),
        unique_name: None,
        upn: None,
        uti,
        ver: if is_second { "2.0" } else { "1.0" },
        wids: &[RoleDefinitionId(APPLICATION)],
        xms_cc: if request.takes_claims_challenges { &["CP1"] } else { &[] },
        xms_mirid: None,
        // Only the platform's own resources are told, which tells their tokens from others.
        xms_tcdt: request.registered.is_none().then(|| view.tenant().map_or(0, |tenant| seconds(tenant.created))),
    }
}

fn client_name(view: View<'_>, client: ClientId) -> &str {
    let registered = view.application(client).map(|application| application.display_name.as_str());
    let of_platform = || FirstPartyClient::find(client).map(|client| client.display_name);
    // A managed identity has no registration.
    let own = || view.service_principal_of(client).map(|principal| principal.display_name.as_str());
    registered.or_else(of_platform).or_else(own).unwrap_or_default()
}

/// The signed token of a payload.
pub(super) fn sign(key: &SigningKey, payload: &[u8]) -> Result<String, SigningKeyError> {
    // A signature of 2048 bits takes 342 characters.
    let mut token = String::with_capacity(key.header().len() + payload.len() / 3 * 4 + 4 + 344);
    token.push_str(key.header());
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let signature = key.sign(token.as_bytes())?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Ok(token)
}

/// The claims as JSON.
pub(super) fn payload(claims: &impl Serialize) -> Vec<u8> {
    let mut payload = Vec::with_capacity(1536);
    // Structs of texts and numbers can always be written to memory.
    let written = serde_json::to_writer(&mut payload, claims);
    debug_assert!(written.is_ok(), "claims that JSON cannot express");
    payload
}

pub(super) const fn seconds(at: Instant) -> i64 {
    at.milliseconds().div_euclid(1000)
}

/// What a client knows a user by: another client of the same tenant knows the same user by another text.
#[must_use]
pub fn pairwise_subject(tenant: TenantId, client: ClientId, user: PrincipalId) -> String {
    let mut hash = digest::Context::new(&SHA256);
    for part in [tenant.0, client.0, user.0] {
        hash.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hash.finish())
}

/// A text that no other token has.
pub(super) fn unique_id() -> String {
    URL_SAFE_NO_PAD.encode(crate::app::ids::random_uuid().as_bytes())
}
