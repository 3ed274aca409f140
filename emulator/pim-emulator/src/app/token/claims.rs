//! The claims of an access token: in the first format of the platform, which Graph and Azure Resource Manager use whichever
//! endpoint was asked, or in the second, which registered applications may ask for.

use pim_core::{ClientId, PrincipalId, RoleDefinitionId, TenantId};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// Every role that a token names beside those of the directory: this one stands for "is a member of the tenant".
pub(super) const MEMBER_USER: Uuid = Uuid::from_u128(0xb79f_bf4d_3ef9_4689_8143_76b1_94e8_5509);

/// What the tokens of applications carry in `wids` (seen in captures; the platform does not explain it).
pub(super) const APPLICATION: Uuid = Uuid::from_u128(0x0997_a1d0_0d1d_4acb_b408_d5ca_7312_1e90);

/// The claims as they are written.
#[derive(Serialize)]
pub(super) struct IssuedClaims<'a> {
    pub(super) aud: Cow<'a, str>,
    pub(super) iss: &'a str,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) acct: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) acr: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) acrs: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) amr: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) app_displayname: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) appid: Option<ClientId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) appidacr: Option<&'a str>,
    /// What `appid` and `appidacr` are called in the second format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) azp: Option<ClientId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) azpacr: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) family_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) given_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) idp: Option<&'a str>,
    pub(super) idtyp: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    pub(super) oid: PrincipalId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) preferred_username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) roles: Option<&'a [&'a str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scp: Option<&'a str>,
    pub(super) sub: &'a str,
    pub(super) tenant_region_scope: &'a str,
    pub(super) tid: TenantId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unique_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) upn: Option<&'a str>,
    pub(super) uti: &'a str,
    pub(super) ver: &'a str,
    pub(super) wids: &'a [RoleDefinitionId],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) xms_cc: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) xms_mirid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) xms_tcdt: Option<i64>,
}

/// The claims that are read back. What an id token lacks is optional here, so that it is refused for its audience and not
/// for its shape.
#[derive(Deserialize)]
pub(super) struct ReadClaims<'a> {
    #[serde(borrow)]
    pub(super) aud: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) iss: Cow<'a, str>,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) tid: TenantId,
    pub(super) oid: PrincipalId,
    pub(super) appid: Option<ClientId>,
    #[serde(borrow)]
    pub(super) idtyp: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) scp: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) roles: Vec<String>,
    #[serde(borrow, default)]
    pub(super) amr: Vec<Cow<'a, str>>,
    #[serde(default)]
    pub(super) acrs: Vec<String>,
    #[serde(borrow, default)]
    pub(super) xms_cc: Vec<Cow<'a, str>>,
    pub(super) uti: String,
    /// The tokens of the platform's own resources have it; those of applications, whose names may look like addresses, do not.
    pub(super) xms_tcdt: Option<i64>,
}

/// The issuer of the access tokens of a tenant.
pub(super) fn issuer(tenant: TenantId) -> String {
    format!("https://sts.windows.net/{tenant}/")
}
