//! What sign-in refuses, in the service's numbers and words: one enum, one table.
//!
//! Rows marked `unverified` are what we believe: no answer of the service with that number, error and status together was
//! at hand.

mod listed;

pub use listed::{ErrorRow, errors};

use super::texts as say;
use crate::app::sign_ins::{DeviceCodeFault, GrantFault};
use crate::app::token::IssueError;
use axum::http::StatusCode;
use std::borrow::Cow;

/// A refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum AadstsError {
    /// No tenant has that id or domain.
    UnknownTenant { segment: String },
    /// The path segment is no id and no domain at all.
    NotATenantName { segment: String },
    /// The address is one for every tenant, and nothing in the request says which.
    NoTenant,
    /// The tenant does not know the client.
    UnknownApplication { client: String, tenant: String },
    /// The client's service principal is disabled.
    DisabledApplication { client: String },
    /// The client is registered but has no service principal.
    NoServicePrincipal { client: String, tenant: String },
    /// The secret is not one of the client's.
    WrongSecret { client: String },
    /// The secret was one of the client's.
    ExpiredSecret { client: String },
    /// A confidential client proved nothing.
    NoCredential,
    /// Nobody can be an application without a credential.
    NoCredentialForApplication,
    /// A public client sent a secret.
    PublicClientWithSecret,
    /// The assertion is no signed text.
    MalformedAssertion,
    /// The header of the assertion names another type of token.
    AssertionType,
    /// The assertion is signed in a way that nobody checks.
    AssertionAlgorithm { algorithm: String },
    /// The assertion names another client.
    AssertionOfOtherClient,
    /// The assertion is meant for somebody else.
    AssertionAudience,
    /// The time of the assertion has not come, or is over.
    AssertionOutOfTime { now: String, starts: String, expires: String },
    /// No certificate of the client has that thumbprint.
    UnknownCertificate { thumbprint: String, client: String },
    /// The certificate was one of the client's.
    ExpiredCertificate { thumbprint: String, starts: String, expires: String },
    /// The key is known and did not make the signature.
    AssertionSignature { thumbprint: String },
    /// The client trusts no other issuer.
    NoFederatedCredential { client: String, name: String },
    /// The client does not trust that issuer.
    FederatedIssuer { issuer: String },
    /// The client does not trust anybody of that name.
    FederatedSubject { subject: String },
    /// The client does not trust what is meant for that audience.
    FederatedAudience { audience: String },
    /// Issuer, subject and audience are known, but not together.
    FederatedNothing { issuer: String, subject: String, audience: String },
    /// Wrong password.
    WrongPassword,
    /// No such user.
    UnknownUser { user: String, tenant: String },
    /// The user may not sign in.
    DisabledUser,
    /// Not a code or refresh token of ours, or of another client or tenant.
    UnknownGrant,
    /// A code or refresh token past its end.
    ExpiredGrant,
    /// A code that was used.
    RedeemedCode,
    /// A refresh token that was taken back.
    RevokedGrant,
    /// The verifier does not fit the challenge.
    WrongVerifier,
    /// A challenge was given, and no verifier.
    NoVerifier,
    /// The redirect URI at redemption is another than that of the sign-in.
    OtherRedirect { given: String, expected: String },
    /// The redirect URI is not one of the client's.
    WrongRedirect { uri: String, client: String },
    /// There is no redirect URI.
    NoRedirect,
    /// Multifactor authentication is needed.
    MfaRequired { claims: String },
    /// Conditional Access does not let the user have it, however often the user signs in.
    Blocked { claims: String },
    /// Nobody is signed in, and nobody may be asked.
    LoginRequired,
    /// The token that an application was sent is none of ours, or was changed.
    InvalidAssertion { reason: &'static str },
    /// The time of the token that an application was sent is over.
    UserAssertionOutOfTime { now: String, expires: String },
    /// The token that an application was sent is meant for another one.
    OtherAudience { audience: String, expected: String, client: String, name: String },
    /// What an application was sent is an id token.
    IdTokenAsAssertion,
    /// The token that an application was sent is about no user.
    NoUserInAssertion { client: String },
    /// The person refused.
    Declined,
    /// Nobody has consented to what the client asks for.
    ConsentRequired { client: String, name: String },
    /// The same, to somebody on a page who cannot consent.
    AdministratorRequired { name: String },
    /// A client of the platform asks for what its owner did not settle.
    NotPreauthorized { client: String, resource: String },
    /// The resource offers no such permission.
    UnknownScope { client: String, scope: String, resource: String },
    /// A device code that nobody has answered yet.
    DevicePending,
    /// A device code that was refused.
    DeviceDeclined,
    /// A device code past its end.
    DeviceExpired,
    /// Not a device code of ours, or one that was used.
    DeviceUnknown,
    /// Something is missing from the body.
    Missing(&'static str),
    /// Something is missing from the query.
    MissingField(&'static str),
    /// GET, where only POST will do.
    OnlyPost { method: String },
    /// A grant type that is not known.
    UnsupportedGrant { grant: String },
    /// A response type that is not known.
    UnsupportedResponse { response: String },
    /// The scope cannot be read.
    BadScope { scope: String },
    /// An application may ask for `.default` only.
    OnlyDefaultScope { scope: String },
    /// Scopes of two resources at once.
    TwoResources { scope: String },
    /// No such resource.
    UnknownResource { resource: String, tenant: String },
    /// A parameter has a value that cannot be read.
    Malformed(&'static str),
    /// The authority that a client wants to trust is not ours.
    UnknownInstance,
    /// The service can do it, this emulator cannot.
    NotEmulated(&'static str),
    /// The emulator itself failed.
    Internal(String),
}

/// One row of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    /// The number behind `AADSTS`; 0 where the service has none.
    pub(super) code: u32,
    /// The word of OAuth.
    pub(super) error: &'static str,
    /// The status of an answer that is not a redirect.
    pub(super) status: StatusCode,
    /// The sentence.
    pub(super) text: String,
    /// Whether an answer of the service with all of this was at hand.
    verified: bool,
}

impl Row {
    /// The same, as what we only believe.
    fn unverified(self) -> Self {
        Self { verified: false, ..self }
    }
}

/// A word of OAuth, and the status that goes with it.
type Word = (&'static str, StatusCode);

const ACCESS_DENIED: Word = ("access_denied", StatusCode::BAD_REQUEST);
const AUTHORIZATION_DECLINED: Word = ("authorization_declined", StatusCode::BAD_REQUEST);
const AUTHORIZATION_PENDING: Word = ("authorization_pending", StatusCode::BAD_REQUEST);
const BAD_VERIFICATION_CODE: Word = ("bad_verification_code", StatusCode::BAD_REQUEST);
const EXPIRED_TOKEN: Word = ("expired_token", StatusCode::BAD_REQUEST);
const GET_REQUEST: Word = ("invalid_request", StatusCode::METHOD_NOT_ALLOWED);
const INVALID_CLIENT: Word = ("invalid_client", StatusCode::UNAUTHORIZED);
const INVALID_CLIENT_REQUEST: Word = ("invalid_client", StatusCode::BAD_REQUEST);
const INVALID_GRANT: Word = ("invalid_grant", StatusCode::BAD_REQUEST);
const INVALID_INSTANCE: Word = ("invalid_instance", StatusCode::BAD_REQUEST);
const INVALID_REQUEST: Word = ("invalid_request", StatusCode::BAD_REQUEST);
const INVALID_RESOURCE: Word = ("invalid_resource", StatusCode::BAD_REQUEST);
const INVALID_SCOPE: Word = ("invalid_scope", StatusCode::BAD_REQUEST);
const LOGIN_REQUIRED: Word = ("login_required", StatusCode::BAD_REQUEST);
const NOT_EMULATED: Word = ("not_emulated", StatusCode::NOT_IMPLEMENTED);
const SERVER_ERROR: Word = ("server_error", StatusCode::INTERNAL_SERVER_ERROR);
const UNAUTHORIZED_CLIENT: Word = ("unauthorized_client", StatusCode::BAD_REQUEST);
const UNSUPPORTED_GRANT_TYPE: Word = ("unsupported_grant_type", StatusCode::BAD_REQUEST);
const UNSUPPORTED_RESPONSE_TYPE: Word = ("unsupported_response_type", StatusCode::BAD_REQUEST);

impl AadstsError {
    /// The table.
    pub(super) fn row(&self) -> Row {
        match self {
            Self::UnknownTenant { segment } => row(90002, INVALID_REQUEST, say::UNKNOWN_TENANT, &[segment]),
            Self::NotATenantName { segment } => row(900_023, INVALID_REQUEST, say::NOT_A_TENANT_NAME, &[segment]),
            Self::NoTenant => row(50059, INVALID_REQUEST, say::NO_TENANT, &[]),
            Self::UnknownApplication { client, tenant } => {
                row(700_016, UNAUTHORIZED_CLIENT, say::UNKNOWN_APPLICATION, &[client, tenant])
            }
            Self::DisabledApplication { client } => {
                row(7_000_112, UNAUTHORIZED_CLIENT, say::DISABLED_APPLICATION, &[client])
            }
            Self::NoServicePrincipal { client, tenant } => {
                row(7_000_229, INVALID_CLIENT, say::NO_SERVICE_PRINCIPAL, &[client, tenant]).unverified()
            }
            Self::WrongSecret { client } => row(7_000_215, INVALID_CLIENT, say::WRONG_SECRET, &[client]),
            Self::ExpiredSecret { client } => row(7_000_222, INVALID_CLIENT, say::EXPIRED_SECRET, &[client]),
            Self::NoCredential => row(7_000_218, INVALID_CLIENT, say::NO_CREDENTIAL, &[]),
            Self::NoCredentialForApplication => row(7_000_216, INVALID_CLIENT, say::NO_CREDENTIAL_FOR_APPLICATION, &[]),
            Self::PublicClientWithSecret => {
                row(700_025, INVALID_CLIENT, say::PUBLIC_CLIENT_WITH_SECRET, &[]).unverified()
            }
            Self::MalformedAssertion => row(50027, INVALID_REQUEST, say::MALFORMED_ASSERTION, &[]).unverified(),
            Self::AssertionType => row(5_002_727, INVALID_REQUEST, say::ASSERTION_TYPE, &[]),
            Self::AssertionAlgorithm { algorithm } => {
                row(5_002_738, INVALID_REQUEST, say::ASSERTION_ALGORITHM, &[algorithm])
            }
            Self::AssertionOfOtherClient => row(700_021, INVALID_CLIENT, say::ASSERTION_OF_OTHER_CLIENT, &[]),
            Self::AssertionAudience => row(700_023, INVALID_CLIENT, say::ASSERTION_AUDIENCE, &[]).unverified(),
            Self::AssertionOutOfTime { now, starts, expires } => {
                row(700_024, INVALID_CLIENT, say::ASSERTION_OUT_OF_TIME, &[now, starts, expires])
            }
            Self::UnknownCertificate { thumbprint, client } => {
                row(700_027, INVALID_CLIENT, say::UNKNOWN_CERTIFICATE, &[thumbprint, client])
            }
            Self::ExpiredCertificate { thumbprint, starts, expires } => {
                row(700_027, INVALID_CLIENT, say::EXPIRED_CERTIFICATE, &[thumbprint, starts, expires])
            }
            Self::AssertionSignature { thumbprint } => {
                row(700_027, INVALID_CLIENT, say::ASSERTION_SIGNATURE, &[thumbprint]).unverified()
            }
            Self::NoFederatedCredential { client, name } => {
                row(70025, INVALID_CLIENT, say::NO_FEDERATED_CREDENTIAL, &[client, name]).unverified()
            }
            Self::FederatedIssuer { issuer } => {
                row(700_211, INVALID_CLIENT, say::FEDERATED_ISSUER, &[issuer]).unverified()
            }
            Self::FederatedSubject { subject } => row(700_213, INVALID_CLIENT, say::FEDERATED_SUBJECT, &[subject]),
            Self::FederatedAudience { audience } => row(700_212, INVALID_CLIENT, say::FEDERATED_AUDIENCE, &[audience]),
            Self::FederatedNothing { issuer, subject, audience } => {
                row(70021, INVALID_CLIENT, say::FEDERATED_NOTHING, &[issuer, subject, audience]).unverified()
            }
            Self::WrongPassword => row(50126, INVALID_GRANT, say::WRONG_PASSWORD, &[]),
            Self::UnknownUser { user, tenant } => row(50034, INVALID_GRANT, say::UNKNOWN_USER, &[user, tenant]),
            Self::DisabledUser => row(50057, INVALID_GRANT, say::DISABLED_USER, &[]),
            Self::UnknownGrant => row(70000, INVALID_GRANT, say::UNKNOWN_GRANT, &[]),
            Self::ExpiredGrant => row(70008, INVALID_GRANT, say::EXPIRED_GRANT, &[]),
            Self::RedeemedCode => row(54005, INVALID_GRANT, say::REDEEMED_CODE, &[]),
            Self::RevokedGrant => row(50173, INVALID_GRANT, say::REVOKED_GRANT, &[]),
            Self::WrongVerifier => row(501_481, INVALID_GRANT, say::WRONG_VERIFIER, &[]),
            Self::NoVerifier => row(50148, INVALID_GRANT, say::NO_VERIFIER, &[]).unverified(),
            Self::OtherRedirect { given, expected } => {
                row(500_112, INVALID_CLIENT, say::OTHER_REDIRECT, &[given, expected]).unverified()
            }
            Self::WrongRedirect { uri, client } => row(50011, INVALID_REQUEST, say::WRONG_REDIRECT, &[uri, client]),
            Self::NoRedirect => row(900_971, INVALID_REQUEST, say::NO_REDIRECT, &[]),
            Self::MfaRequired { .. } => row(50076, INVALID_GRANT, say::MFA_REQUIRED, &[]),
            Self::Blocked { .. } => row(53003, INVALID_GRANT, say::BLOCKED, &[]),
            Self::LoginRequired => row(50058, LOGIN_REQUIRED, say::LOGIN_REQUIRED, &[]),
            Self::Declined => row(65004, ACCESS_DENIED, say::DECLINED, &[]),
            Self::InvalidAssertion { reason } => row(50013, INVALID_GRANT, say::INVALID_ASSERTION, &[reason]),
            Self::UserAssertionOutOfTime { now, expires } => {
                row(500_133, INVALID_GRANT, say::USER_ASSERTION_OUT_OF_TIME, &[now, expires])
            }
            Self::OtherAudience { audience, expected, client, name } => {
                row(500_131, INVALID_GRANT, say::OTHER_AUDIENCE, &[audience, expected, client, name]).unverified()
            }
            Self::IdTokenAsAssertion => row(240_002, INVALID_REQUEST, say::ID_TOKEN_AS_ASSERTION, &[]).unverified(),
            Self::NoUserInAssertion { client } => {
                row(7_000_114, INVALID_REQUEST, say::NO_USER_IN_ASSERTION, &[client]).unverified()
            }
            Self::ConsentRequired { client, name } => row(65001, INVALID_GRANT, say::CONSENT_REQUIRED, &[client, name]),
            Self::AdministratorRequired { name } => {
                row(90094, ACCESS_DENIED, say::ADMINISTRATOR_REQUIRED, &[name]).unverified()
            }
            Self::NotPreauthorized { client, resource } => {
                row(65002, INVALID_REQUEST, say::NOT_PREAUTHORIZED, &[client, resource])
            }
            Self::UnknownScope { client, scope, resource } => {
                row(650_053, INVALID_CLIENT_REQUEST, say::UNKNOWN_SCOPE, &[client, scope, resource]).unverified()
            }
            Self::DevicePending => row(70016, AUTHORIZATION_PENDING, say::DEVICE_PENDING, &[]),
            Self::DeviceDeclined => row(65004, AUTHORIZATION_DECLINED, say::DECLINED, &[]).unverified(),
            Self::DeviceExpired => row(70019, EXPIRED_TOKEN, say::DEVICE_EXPIRED, &[]).unverified(),
            Self::DeviceUnknown => row(70018, BAD_VERIFICATION_CODE, say::DEVICE_UNKNOWN, &[]).unverified(),
            Self::Missing(name) => row(900_144, INVALID_REQUEST, say::MISSING, &[name]),
            Self::MissingField(name) => row(90014, INVALID_REQUEST, say::MISSING_FIELD, &[name]),
            Self::OnlyPost { method } => row(900_561, GET_REQUEST, say::ONLY_POST, &[method]).unverified(),
            Self::UnsupportedGrant { grant } => row(70003, UNSUPPORTED_GRANT_TYPE, say::UNSUPPORTED_GRANT, &[grant]),
            Self::UnsupportedResponse { response } => {
                row(70005, UNSUPPORTED_RESPONSE_TYPE, say::UNSUPPORTED_RESPONSE, &[response]).unverified()
            }
            Self::BadScope { scope } => row(70011, INVALID_SCOPE, say::BAD_SCOPE, &[scope]),
            Self::OnlyDefaultScope { scope } => row(1_002_012, INVALID_SCOPE, say::ONLY_DEFAULT_SCOPE, &[scope]),
            Self::TwoResources { scope } => row(28000, INVALID_SCOPE, say::TWO_RESOURCES, &[scope]),
            Self::UnknownResource { resource, tenant } => {
                row(500_011, INVALID_RESOURCE, say::UNKNOWN_RESOURCE, &[resource, tenant])
            }
            Self::Malformed(name) => row(9_002_313, INVALID_REQUEST, say::MALFORMED, &[name]),
            Self::UnknownInstance => row(50049, INVALID_INSTANCE, say::UNKNOWN_INSTANCE, &[]),
            Self::NotEmulated(what) => row(0, NOT_EMULATED, say::NOT_EMULATED, &[what]).unverified(),
            Self::Internal(why) => row(0, SERVER_ERROR, say::INTERNAL, &[why]).unverified(),
        }
    }

    /// The word that tells MSAL what kind of interaction would help.
    pub(super) const fn suberror(&self) -> Option<&'static str> {
        if let Self::MfaRequired { .. } = self {
            Some("basic_action")
        } else if let Self::Blocked { .. } = self {
            Some("message_only")
        } else if let Self::RevokedGrant = self {
            Some("bad_token")
        } else if let Self::ConsentRequired { .. } = self {
            Some("consent_required")
        } else {
            None
        }
    }

    /// The refusal as it is told to somebody who looks at a page.
    pub(super) fn on_page(self) -> Self {
        if let Self::ConsentRequired { name, .. } = self { Self::AdministratorRequired { name } } else { self }
    }

    /// What the client must ask for the next time.
    pub(super) fn claims(&self) -> Option<&str> {
        if let Self::MfaRequired { claims } | Self::Blocked { claims } = self { Some(claims) } else { None }
    }
}

fn row(code: u32, (error, status): Word, template: &'static str, values: &[&str]) -> Row {
    let mut text = Cow::Borrowed(template);
    for (number, value) in values.iter().enumerate() {
        text = Cow::Owned(text.replace(&format!("{{{number}}}"), value));
    }
    Row { code, error, status, text: text.into_owned(), verified: true }
}

impl From<GrantFault> for AadstsError {
    fn from(fault: GrantFault) -> Self {
        match fault {
            GrantFault::Unknown => Self::UnknownGrant,
            GrantFault::Expired => Self::ExpiredGrant,
            GrantFault::Redeemed => Self::RedeemedCode,
            GrantFault::Revoked => Self::RevokedGrant,
        }
    }
}

impl From<DeviceCodeFault> for AadstsError {
    fn from(fault: DeviceCodeFault) -> Self {
        match fault {
            DeviceCodeFault::Unknown | DeviceCodeFault::Answered | DeviceCodeFault::OtherTenant => Self::DeviceUnknown,
            DeviceCodeFault::Expired => Self::DeviceExpired,
            DeviceCodeFault::Pending => Self::DevicePending,
            DeviceCodeFault::Declined => Self::DeviceDeclined,
        }
    }
}

impl From<IssueError> for AadstsError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::NoSuchUser(_) => Self::UnknownGrant,
            IssueError::NoServicePrincipal(client) => {
                Self::NoServicePrincipal { client: client.to_string(), tenant: String::new() }
            }
            IssueError::Key(error) => Self::Internal(error.to_string()),
        }
    }
}
