//! What Graph says no with: one exhaustive match from facts to status, code and message.
//!
//! Clients match codes by case and search messages for the names of rules (ERR-32), so both are the service's own, spelling
//! mistakes included. What the service does not say, the header `x-emulator-detail` does.

mod access_reviews;
mod conditional_access;
mod directory;
mod listed;
mod refusal;
#[cfg(test)]
mod tests;

use super::batch::BatchFault;
use super::limits::Throttled;
use super::permission::Permission;
use crate::app::token::TokenFault;
use axum::http::StatusCode;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{Family, PrincipalKind};
use pim_core::{ClientId, Holder, Rejection};
use pim_odata::{ErrorKind, QueryError};
use std::borrow::Cow;

pub use listed::{ErrorRow, errors};

/// Why Graph answers with an error.
#[derive(Clone, Debug)]
pub(crate) enum GraphError {
    /// The token is not good.
    Token(TokenFault),
    /// Neither `v1.0` nor `beta`.
    UnknownVersion(String),
    /// No such segment at that place.
    UnknownSegment(String),
    /// Real Graph has it, this build has not.
    NotEmulated(String),
    /// The path is there, the method is not.
    MethodNotAllowed,
    /// The token lacks every permission that would do.
    MissingPermission(&'static Permission),
    /// The caller lacks the role that reading needs.
    Unauthorized,
    /// The caller lacks the role that reading reports needs.
    NotInReportingRole,
    /// The tenant has not paid for what the reporting service knows.
    NotPremium,
    /// There is no current user: the caller is an application.
    NoCurrentUser,
    /// The query is not good.
    Query(QueryError),
    /// A query option that the resource does not take.
    UnsupportedOption(&'static str),
    /// Counting without the header that says that the answer may lag.
    CountNeedsConsistencyLevel,
    /// A function's parameter has a value that it cannot have.
    InvalidFunctionParameter(String),
    /// A body without a content type.
    NoContentType,
    /// No body where there must be one.
    EmptyPayload,
    /// A body that is too large.
    PayloadTooLarge,
    /// A client that reads nothing of what there is.
    NotAcceptable(String),
    /// A body that says that it is something else than JSON, or packed by something else than gzip.
    UnsupportedMediaType(String),
    /// Too many calls in too short a time.
    Throttled(Throttled),
    /// A property that only one user at a time is asked for.
    NotOnLists(&'static str),
    /// A body that is not JSON, or has a value of the wrong type somewhere.
    UnreadableBody(String),
    /// A body of PIM that makes no sense: said in one sentence, whatever it is (REQ-41).
    InvalidRequest(String),
    /// A policy that cannot be so: said in one sentence, whatever it is (POL-20).
    InvalidPolicy(String),
    /// An access review that makes no sense, and why.
    InvalidAccessReview(String),
    /// A list of policies without the scope and the type of scope that choose whose policies they are, or PIM for Groups
    /// itself instead of one of its collections.
    MissingProvider,
    /// A list of PIM for Groups without what its filter must demand.
    MissingParameters(&'static str),
    /// An id that is none.
    InvalidObjectIdentifier(String),
    /// A directory object that is not there.
    ObjectNotFound(String),
    /// An app role that the resource does not offer.
    AppRoleNotFound(ClientId),
    /// Something of PIM that is not there.
    ResourceNotFound,
    /// The incidents of an alert by themselves, where they are only expanded from it (ALR-22).
    IncidentsNotListed,
    /// Directory roles on the older routes of Graph, which the tenant has left behind.
    RolesHaveMoved,
    /// A Conditional Access policy that makes no sense: said in one sentence, whatever it is.
    PolicySchema(String),
    /// A Conditional Access policy for two sorts of things at once.
    PolicyTargets,
    /// The machine says no, to something of Conditional Access.
    ConditionalAccess(Rejection),
    /// An authentication context is missing, said as a challenge (MFA-8).
    ClaimsChallenge(AuthenticationContextId, Family),
    /// The machine says no, to something of PIM.
    Pim(Rejection),
    /// The machine says no, to something of the directory.
    Directory(Rejection),
    /// The machine says no, to something of the directory whose type the refusal names.
    Object {
        /// The type: `User`.
        resource: &'static str,
        /// Why not.
        rejection: Rejection,
    },
    /// A property has a value that it cannot have.
    InvalidValue {
        /// The property.
        property: &'static str,
        /// The type that has it.
        resource: &'static str,
    },
    /// A property has no value and must have one.
    RequiredValue {
        /// The property.
        property: &'static str,
        /// The type that has it.
        resource: &'static str,
    },
    /// A property that only the service writes.
    ReadOnlyValue {
        /// The property.
        property: &'static str,
    },
    /// A group for mail that is not one of Microsoft 365, or a group for nothing.
    MailEnabledGroup,
    /// A body that refers to nothing.
    MissingReference,
    /// An address that is none of a directory object of this tenant.
    InvalidReference(String),
    /// More references at once than are taken.
    TooManyReferences,
    /// More ids at once than are taken.
    TooManyIds(usize),
    /// An id in a body that is none.
    InvalidGuid,
    /// A delta token that nothing can be told from any more.
    SyncStateNotFound,
    /// A batch that makes no sense.
    Batch(BatchFault),
    /// A step of a batch that depends on one that failed.
    FailedDependency,
}

/// Status, code, message, and what the service does not say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: Cow<'static, str>,
    pub(crate) detail: Option<String>,
    /// The claims that a token must have, as JSON, where the answer is a challenge for them.
    pub(crate) claims: Option<String>,
    /// When to come again, where the answer is that there were too many calls.
    pub(crate) throttled: Option<Throttled>,
    /// What is in the way, if something is.
    pub(crate) conflicts: Vec<Conflict>,
}

/// What is in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Conflict {
    /// The value of a property.
    Property(&'static str),
    /// An object, as the directory calls it; `None` where it does not say which.
    Object(Option<String>),
}

impl Conflict {
    /// An object that has what another wanted.
    pub(super) fn by(holder: Holder) -> Self {
        Self::Object(Some(match holder {
            Holder::Principal(PrincipalKind::User, id) => format!("User_{id}"),
            Holder::Principal(PrincipalKind::Group, id) => format!("Group_{id}"),
            Holder::Principal(PrincipalKind::ServicePrincipal, id) => format!("ServicePrincipal_{id}"),
            Holder::Application(id) => format!("Application_{id}"),
        }))
    }
}

impl Answer {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            detail: None,
            claims: None,
            throttled: None,
            conflicts: Vec::new(),
        }
    }

    pub(super) fn conflicting(self, conflicts: impl IntoIterator<Item = Conflict>) -> Self {
        Self { conflicts: conflicts.into_iter().collect(), ..self }
    }

    pub(super) fn detailed(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

const INVALID_POLICY: &str = "The policy is invalid.";
const INVALID_REQUEST: &str = "The role assignment request is invalid.";

impl GraphError {
    /// What the service answers.
    pub(crate) fn answer(&self) -> Answer {
        let bad = |message: Cow<'static, str>| Answer::new(StatusCode::BAD_REQUEST, "BadRequest", message);
        match self {
            Self::Token(fault) => Answer::new(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", token_text(*fault)),
            Self::UnknownVersion(version) => bad(format!("Invalid version: {version}.").into()),
            Self::UnknownSegment(segment) => bad(format!("Resource not found for the segment '{segment}'.").into()),
            Self::NotEmulated(what) => Answer::new(
                StatusCode::NOT_IMPLEMENTED,
                "NotEmulated",
                format!("This emulator does not emulate {what} yet."),
            ),
            Self::MethodNotAllowed => Answer::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "Request_BadRequest",
                "Specified HTTP method is not allowed for the request target.",
            ),
            Self::MissingPermission(permission) => permission.refusal(),
            Self::Unauthorized => unauthorized(),
            Self::NotInReportingRole => Answer::new(
                StatusCode::FORBIDDEN,
                "Authentication_RequestFromUnsupportedUserRole",
                "User is not in the allowed roles",
            ),
            Self::NotPremium => Answer::new(
                StatusCode::FORBIDDEN,
                "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                "Neither tenant is B2C or tenant doesn't have premium license",
            ),
            Self::NoCurrentUser => bad("/me request is only valid with delegated authentication flow.".into()),
            Self::Query(error) => query(error),
            Self::UnsupportedOption(option) => Answer::new(
                StatusCode::BAD_REQUEST,
                "Request_BadRequest",
                format!("'{option}' is not supported by the service."),
            ),
            Self::CountNeedsConsistencyLevel => {
                Answer::new(StatusCode::BAD_REQUEST, "Request_BadRequest", "$count is not currently supported.")
                    .detailed("send the header ConsistencyLevel: eventual")
            }
            Self::InvalidFunctionParameter(value) => bad(format!("Requested value '{value}' was not found.").into()),
            Self::NoContentType => {
                bad("Write requests (excluding DELETE) must contain the Content-Type header declaration.".into())
            }
            Self::EmptyPayload => bad("Empty Payload. JSON content expected.".into()),
            Self::PayloadTooLarge => Answer::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "BadRequest",
                "The request body exceeds the size that the service accepts.",
            ),
            Self::NotAcceptable(accepted) => Answer::new(
                StatusCode::NOT_ACCEPTABLE,
                "NotAcceptable",
                "A supported MIME type could not be found that matches the acceptable MIME types for the request.",
            )
            .detailed(format!("what is served is JSON, and the client takes {accepted}")),
            Self::UnsupportedMediaType(kind) => Answer::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UnsupportedMediaType",
                format!("A supported MIME type could not be found that matches the content type of the request: '{kind}'."),
            ),
            Self::Throttled(throttled) => Answer {
                throttled: Some(throttled.clone()),
                ..Answer::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", "Please retry again later.")
            },
            Self::NotOnLists(property) => Answer::new(
                StatusCode::NOT_IMPLEMENTED,
                "NotImplemented",
                format!("The property '{property}' can only be read of one user at a time."),
            ),
            Self::UnreadableBody(detail) => bad(
                "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."
                    .into(),
            )
            .detailed(detail),
            Self::InvalidRequest(detail) => {
                Answer::new(StatusCode::BAD_REQUEST, "InvalidRoleAssignmentRequest", INVALID_REQUEST).detailed(detail)
            }
            Self::InvalidPolicy(detail) => {
                Answer::new(StatusCode::BAD_REQUEST, "InvalidPolicy", INVALID_POLICY).detailed(detail)
            }
            Self::InvalidAccessReview(detail) => bad(format!("The access review is invalid: {detail}.").into()),
            // The gateway of PIM says this, and wraps it.
            Self::MissingProvider => Answer::new(
                StatusCode::BAD_REQUEST,
                "UnknownError",
                r#"{"errorCode":"MissingProvider","message":"The provider is missing.","instanceAnnotations":[]}"#,
            )
            .detailed(
                "policies: $filter needs scopeId eq '/' and scopeType eq 'DirectoryRole', or the id of a group and scopeType \
                 eq 'Group'; groups: name one of the collections",
            ),
            Self::MissingParameters(names) => Answer::new(
                StatusCode::BAD_REQUEST,
                "MissingParameters",
                format!("The required parameters {names} is missing."),
            ),
            Self::InvalidObjectIdentifier(id) => Answer::new(
                StatusCode::BAD_REQUEST,
                "Request_BadRequest",
                format!("Invalid object identifier '{id}'."),
            ),
            Self::ObjectNotFound(id) => object_not_found(id),
            Self::AppRoleNotFound(resource) => Answer::new(
                StatusCode::BAD_REQUEST,
                "Request_BadRequest",
                format!("Permission being assigned was not found on application '{resource}'"),
            ),
            Self::ResourceNotFound => Answer::new(StatusCode::NOT_FOUND, "ResourceNotFound", "The resource is not found."),
            Self::IncidentsNotListed => {
                bad("The incidents of an alert cannot be listed.".into()).detailed("$expand=alertIncidents (ALR-22)")
            }
            Self::RolesHaveMoved => Answer::new(
                StatusCode::FORBIDDEN,
                "TenantEnabledInAadRoleMigration",
                "The tenant has moved its directory roles to other routes.",
            )
            .detailed("use /roleManagement/directory"),
            Self::PolicySchema(detail) => conditional_access::schema(detail),
            Self::PolicyTargets => conditional_access::targets(),
            Self::ConditionalAccess(rejection) => conditional_access::refused(rejection),
            Self::ClaimsChallenge(context, words_of) => conditional_access::challenge(*context, *words_of),
            Self::Pim(rejection) => refusal::pim(rejection),
            Self::Directory(rejection) => refusal::directory(rejection),
            Self::Object { resource, rejection } => directory::refused(resource, rejection),
            Self::InvalidValue { property, resource } => directory::invalid_value(property, resource),
            Self::RequiredValue { property, resource } => directory::required_value(property, resource),
            Self::ReadOnlyValue { property } => directory::read_only(property),
            Self::MailEnabledGroup => directory::mail_enabled_group(),
            Self::MissingReference => directory::missing_reference(),
            Self::InvalidReference(address) => directory::invalid_reference(address),
            Self::TooManyReferences => directory::too_many_references(),
            Self::TooManyIds(most) => directory::too_many_ids(*most),
            Self::InvalidGuid => directory::invalid_guid(),
            Self::SyncStateNotFound => directory::sync_state_not_found(),
            Self::Batch(fault) => batch(fault),
            Self::FailedDependency => Answer::new(
                StatusCode::FAILED_DEPENDENCY,
                "FailedDependency",
                "The request was not carried out, because a request that it depends on has failed.",
            ),
        }
    }
}

fn unauthorized() -> Answer {
    Answer::new(StatusCode::FORBIDDEN, "UnauthorizedAccessException", "Attempted to perform an unauthorized operation.")
}

fn object_not_found(id: &str) -> Answer {
    Answer::new(
        StatusCode::NOT_FOUND,
        "Request_ResourceNotFound",
        format!("Resource '{id}' does not exist or one of its queried reference-property objects are not present."),
    )
}

fn query(error: &QueryError) -> Answer {
    let code = match error.kind() {
        ErrorKind::BadRequest => "BadRequest",
        ErrorKind::UnsupportedQuery => "Request_UnsupportedQuery",
        ErrorKind::ExpiredPageToken => "Directory_ExpiredPageToken",
    };
    Answer::new(StatusCode::BAD_REQUEST, code, error.to_string())
}

fn batch(fault: &BatchFault) -> Answer {
    let bad = |message: Cow<'static, str>| Answer::new(StatusCode::BAD_REQUEST, "BadRequest", message);
    match fault {
        BatchFault::Malformed(detail) => bad("Invalid batch payload format.".into()).detailed(detail),
        BatchFault::DuplicateId(id) => bad(format!("Request Id {id} has to be unique in a batch.").into()),
        BatchFault::NoContent(id) => {
            bad(format!("Write request id : {id} does not contain Content-Type header or body.").into())
        }
        BatchFault::InvalidDependency { id, on } => bad(format!("Invalid dependency for request Id {id}.").into())
            .detailed(format!("no request '{on}' stands before it")),
        BatchFault::Nested => {
            bad("Resource not found for the segment '$batch'.".into()).detailed("a batch cannot stand in a batch")
        }
    }
}

const fn token_text(fault: TokenFault) -> &'static str {
    match fault {
        TokenFault::Empty => "Access token is empty.",
        TokenFault::Malformed => "CompactToken parsing failed with error code: 80049217",
        TokenFault::Expired => "Lifetime validation failed, the token is expired.",
        TokenFault::NotYetValid => "Access token has expired or is not yet valid.",
        TokenFault::WrongAudience => "Access token validation failure. Invalid audience.",
        TokenFault::BadSignature => "Signing key is invalid.",
        TokenFault::WrongIssuer | TokenFault::UnknownTenant => "Access token validation failure. Invalid issuer.",
    }
}

impl From<QueryError> for GraphError {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl From<TokenFault> for GraphError {
    fn from(fault: TokenFault) -> Self {
        Self::Token(fault)
    }
}
