//! Id tokens, which tell a client who has signed in, and `client_info`, by which its cache knows the account.

use super::Tokens;
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
    /// Scheme, host and port under which the client reached the emulator.
    pub origin: &'a str,
    /// What the client sent along, to be given back unchanged.
    pub nonce: Option<&'a str>,
    /// When it is valid.
    pub validity: Validity,
}

#[derive(Serialize)]
struct IdClaims<'a> {
    aud: ClientId,
    iss: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    oid: PrincipalId,
    preferred_username: &'a str,
    sub: &'a str,
    tid: TenantId,
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
            Ok::<_, IssueError>(payload(&IdClaims {
                aud: request.client,
                iss: &format!("{}/{tenant}/v2.0", request.origin),
                iat: seconds(request.validity.issued),
                nbf: seconds(request.validity.not_before),
                exp: seconds(request.validity.expires),
                email: user.mail.as_deref(),
                name: &user.display_name,
                nonce: request.nonce,
                oid: user.id,
                preferred_username: &user.user_principal_name,
                sub: &pairwise_subject(tenant, request.client, user.id),
                tid: tenant,
                uti: &unique_id(),
                ver: "2.0",
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
