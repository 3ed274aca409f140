//! Id tokens, which tell a client who has signed in, and `client_info`, by which its cache knows the account.

use super::Tokens;
use super::claims::issuer;
use super::issue::{IssueError, Validity, pairwise_subject, payload, seconds, sign, unique_id};
use crate::app::Tenant;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pim_core::{ClientId, PrincipalId, TenantId};
use serde::Serialize;

/// What an id token is to say.
#[derive(Clone, Copy, Debug)]
pub struct IdTokenRequest<'a> {
    /// The tenant of the user.
    pub tenant: &'a Tenant,
    /// The client that it is for.
    pub client: ClientId,
    /// Who signed in.
    pub user: PrincipalId,
    /// In which format, that is at which version of the endpoint.
    pub format: IdTokenFormat<'a>,
    /// What the client sent along, to be given back unchanged.
    pub nonce: Option<&'a str>,
    /// When it is valid.
    pub validity: Validity,
}

/// The two formats of id tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdTokenFormat<'a> {
    /// That of the first version, which also says how the user signed in.
    First {
        /// Whether multifactor authentication was satisfied.
        mfa: bool,
    },
    /// That of the second version.
    Second {
        /// Scheme, host and port under which the client reached the emulator.
        origin: &'a str,
    },
}

#[derive(Serialize)]
struct IdClaims<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    amr: &'a [&'a str],
    aud: ClientId,
    iss: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    oid: PrincipalId,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_username: Option<&'a str>,
    sub: &'a str,
    tid: TenantId,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    upn: Option<&'a str>,
    uti: &'a str,
    ver: &'a str,
}

impl Tokens {
    /// An id token.
    ///
    /// # Errors
    /// [`IssueError`].
    pub fn issue_id_token(&self, request: &IdTokenRequest<'_>) -> Result<String, IssueError> {
        let key = self.key()?;
        let tenant = request.tenant.id();
        let payload = request.tenant.read(|view| {
            let user = view.user(request.user).ok_or(IssueError::NoSuchUser(request.user))?;
            let name = Some(user.user_principal_name.as_str());
            let (is_first, mfa, iss) = match request.format {
                IdTokenFormat::First { mfa } => (true, mfa, issuer(tenant)),
                IdTokenFormat::Second { origin } => (false, false, format!("{origin}/{tenant}/v2.0")),
            };
            Ok::<_, IssueError>(payload(&IdClaims {
                amr: match (is_first, mfa) {
                    (true, true) => &["pwd", "mfa"],
                    (true, false) => &["pwd"],
                    (false, _) => &[],
                },
                aud: request.client,
                iss: &iss,
                iat: seconds(request.validity.issued),
                nbf: seconds(request.validity.not_before),
                exp: seconds(request.validity.expires),
                email: user.mail.as_deref(),
                family_name: user.surname.as_deref().filter(|_| is_first),
                given_name: user.given_name.as_deref().filter(|_| is_first),
                name: &user.display_name,
                nonce: request.nonce,
                oid: user.id,
                preferred_username: name.filter(|_| !is_first),
                sub: &pairwise_subject(tenant, request.client, user.id),
                tid: tenant,
                unique_name: name.filter(|_| is_first),
                upn: name.filter(|_| is_first),
                uti: &unique_id(),
                ver: if is_first { "1.0" } else { "2.0" },
            }))
        })?;
        Ok(sign(key, &payload)?)
    }
}

/// The account as MSAL's caches know it.
#[must_use]
pub fn client_info(tenant: TenantId, user: PrincipalId) -> String {
    URL_SAFE_NO_PAD.encode(format!(r#"{{"uid":"{user}","utid":"{tenant}"}}"#))
}
