//! What Azure Resource Manager says no with: one exhaustive match from facts to status, code and message.
//!
//! The same fact has other words where PIM says it and where roles assigned outside PIM do: there are two tables, in `pim.rs` and
//! `classic.rs`. What the front door refuses stands here.

mod access_reviews;
mod azure;
mod classic;
mod listed;
mod pim;
#[cfg(test)]
mod tests;

use super::front_door::ScopePath;
use crate::app::token::TokenFault;
use axum::http::StatusCode;
use pim_core::{PrincipalId, Rejection, TenantId};
use std::borrow::Cow;
use uuid::Uuid;

pub use listed::{ErrorRow, errors};

/// Why Azure Resource Manager answers with an error.
#[derive(Clone, Debug)]
pub(crate) enum ArmError {
    /// There is no header `Authorization`.
    NoAuthorization,
    /// The header has no token in it.
    InvalidAuthorization,
    /// The token is not good.
    Token(TokenFault),
    /// The path is no text.
    UnreadablePath,
    /// The request names no version.
    MissingApiVersion,
    /// What the front door serves has not that version.
    InvalidApiVersion {
        /// The version.
        version: String,
        /// Those that there are.
        supported: &'static [&'static str],
    },
    /// The provider has not that type, or not in that version.
    InvalidResourceType {
        /// The type.
        name: String,
        /// The namespace of the provider.
        namespace: String,
        /// The version.
        version: String,
        /// Those that there are; none of a type that is not there.
        supported: &'static [&'static str],
    },
    /// There is no such provider.
    InvalidNamespace(String),
    /// That is not the id of a subscription.
    InvalidSubscriptionId(String),
    /// There is no such scope.
    ScopeNotFound(ScopePath),
    /// There is nothing at that path.
    NotFound,
    /// The path is there, the method is not.
    MethodNotAllowed(String),
    /// Azure has it, this build has not.
    NotEmulated(String),
    /// What the service has a route for and never built.
    NotImplementedException,
    /// A body that is too large.
    BodyTooLarge,
    /// A body that is packed by something else than gzip.
    UnsupportedEncoding,
    /// No body where there must be one.
    MissingBody,
    /// A body that is not JSON, or has a value of the wrong type somewhere.
    UnreadableBody(String),
    /// A batch that cannot be.
    InvalidBatch(String),
    /// A request of PIM that makes no sense, and why.
    InvalidRequest(String),
    /// A role that is named as at another scope (SCO-14).
    RoleOfAnotherScope(String),
    /// A change of a policy that makes none, and why.
    InvalidPolicy(String),
    /// A rule that no policy has, or that is not of that type.
    InvalidPolicyRule(String),
    /// A filter that makes no sense, or not here.
    InvalidFilter(String),
    /// The caller lacks the right that the operation takes.
    AuthorizationFailed,
    /// A role assignment whose name is no GUID.
    InvalidRoleAssignmentId(String),
    /// A principal that is said to be of another sort than it is.
    UnmatchedPrincipalType {
        /// Whom.
        principal: PrincipalId,
        /// What the body says.
        said: String,
        /// What it is.
        is: &'static str,
    },
    /// A member that must be there, or has a value that it cannot have: what is wrong with it.
    InvalidProperty(String),
    /// Something that is made in a region, without one.
    LocationRequired,
    /// A resource group that is in another region.
    InvalidResourceGroupLocation {
        /// The region that the body names.
        asked: String,
        /// The one that it is in.
        is: String,
    },
    /// A list of everybody's, without the right to it.
    InsufficientPermissions,
    /// The machine says no, to something of PIM.
    Pim(Rejection),
    /// The machine says no, to a role or an assignment outside PIM.
    Classic(Rejection),
}

impl From<TokenFault> for ArmError {
    fn from(fault: TokenFault) -> Self {
        Self::Token(fault)
    }
}

/// What the words of a refusal are about: who wanted what where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Context {
    /// The caller by name: that of a user, the client id of an application.
    pub(crate) caller: String,
    /// The caller's object id.
    pub(crate) object_id: PrincipalId,
    /// The tenant.
    pub(crate) tenant: TenantId,
    /// The right that it takes.
    pub(crate) action: String,
    /// The scope, or the path of the one thing that was named.
    pub(crate) over: String,
}

impl Default for Context {
    /// That of a request of which nothing is known yet.
    fn default() -> Self {
        Self {
            caller: String::new(),
            object_id: PrincipalId(Uuid::nil()),
            tenant: TenantId(Uuid::nil()),
            action: String::new(),
            over: String::new(),
        }
    }
}

/// In which form an error is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// `{"error":{"code":…,"message":…}}`.
    Envelope,
    /// `{"message":…}`.
    Message,
    /// The message alone, as a string.
    Text,
}

/// Status, code, message, and what the service does not say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: Cow<'static, str>,
    pub(crate) detail: Option<String>,
    pub(crate) form: Form,
    /// Whether the front door says so, and no provider was asked.
    pub(crate) is_gateway: bool,
}

impl Answer {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), detail: None, form: Form::Envelope, is_gateway: false }
    }

    fn bad(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    fn absent(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    fn detailed(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    fn formed(self, form: Form) -> Self {
        Self { form, ..self }
    }

    fn of_gateway(self) -> Self {
        Self { is_gateway: true, ..self }
    }
}

impl ArmError {
    /// What the service answers.
    pub(crate) fn answer(&self, context: &Context) -> Answer {
        match self {
            Self::NoAuthorization => {
                unauthenticated("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.")
            }
            Self::InvalidAuthorization => unauthenticated(
                "AuthenticationFailedInvalidHeader",
                "Authentication failed. The 'Authorization' header is provided in an invalid format.",
            ),
            Self::Token(fault) => token(*fault),
            Self::UnreadablePath => {
                Answer::bad("BadRequest", "The request URI is not valid.").detailed("it is not UTF-8").of_gateway()
            }
            Self::MissingApiVersion => Answer::bad(
                "MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.",
            )
            .of_gateway(),
            Self::InvalidApiVersion { version, supported } => Answer::bad(
                "InvalidApiVersionParameter",
                format!(
                    "The api-version '{version}' is invalid. The supported versions are '{}'.",
                    supported.join(",")
                ),
            )
            .of_gateway(),
            Self::InvalidResourceType { name, namespace, version, supported } => {
                invalid_resource_type(name, namespace, version, supported)
            }
            Self::InvalidNamespace(namespace) => {
                Answer::absent("InvalidResourceNamespace", format!("The resource namespace '{namespace}' is invalid."))
                    .of_gateway()
            }
            Self::InvalidSubscriptionId(text) => Answer::bad(
                "InvalidSubscriptionId",
                format!("The provided subscription identifier '{text}' is malformed or invalid."),
            )
            .of_gateway(),
            Self::ScopeNotFound(scope) => absent_scope(scope, context),
            Self::InvalidRequest(detail) => pim::invalid().detailed(detail),
            Self::InvalidPolicy(detail) => pim::invalid_policy().detailed(detail),
            Self::InvalidPolicyRule(detail) => pim::invalid_policy_rule().detailed(detail),
            Self::RoleOfAnotherScope(role) => azure::scope_does_not_match(role),
            Self::NotFound => Answer::absent("ResourceNotFound", "The resource is not found.").of_gateway(),
            Self::MethodNotAllowed(method) => Answer::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "MethodNotAllowed",
                format!("The requested resource does not support http method '{method}'."),
            )
            .formed(Form::Message),
            Self::NotEmulated(what) => Answer::new(
                StatusCode::NOT_IMPLEMENTED,
                "NotEmulated",
                format!("This emulator does not emulate {what} yet."),
            ),
            Self::NotImplementedException => {
                Answer::bad("NotImplementedException", "Not implemented exception").formed(Form::Text)
            }
            Self::BodyTooLarge => Answer::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "RequestContentTooLarge",
                "The request content size exceeds the maximum size of 4 MB.",
            )
            .of_gateway(),
            Self::UnsupportedEncoding => Answer::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "UnsupportedMediaType",
                "The content encoding is not supported. Only 'gzip' is supported.",
            )
            .of_gateway(),
            Self::MissingBody => Answer::bad("BadRequest", "The request body is missing."),
            Self::UnreadableBody(detail) => {
                Answer::bad("InvalidRequestContent", "The request content was invalid and could not be deserialized.")
                    .detailed(detail)
            }
            Self::InvalidBatch(detail) => {
                Answer::bad("InvalidRequestContent", format!("The batch request is not valid: {detail}.")).of_gateway()
            }
            Self::InvalidFilter(detail) => {
                Answer::bad("BadRequestFormat", "The request was incorrectly formatted.").detailed(detail)
            }
            Self::InvalidRoleAssignmentId(name) => classic::invalid_id(name),
            Self::UnmatchedPrincipalType { principal, said, is } => classic::unmatched_type(*principal, said, is),
            Self::InvalidProperty(detail) => {
                Answer::bad("BadRequestFormat", "The request was incorrectly formatted.").detailed(detail)
            }
            Self::LocationRequired => {
                Answer::bad("LocationRequired", "The location property is required for this definition.").of_gateway()
            }
            Self::InvalidResourceGroupLocation { asked, is } => other_location(asked, is),
            Self::AuthorizationFailed => authorization_failed(context),
            Self::InsufficientPermissions => insufficient_permissions(context),
            Self::Pim(rejection) => pim::refused(rejection, context),
            Self::Classic(rejection) => classic::refused(rejection, context),
        }
    }
}

fn unauthenticated(code: &'static str, message: &'static str) -> Answer {
    Answer::new(StatusCode::UNAUTHORIZED, code, message).of_gateway()
}

fn token(fault: TokenFault) -> Answer {
    match fault {
        TokenFault::Empty => ArmError::InvalidAuthorization.answer(&Context::default()),
        TokenFault::Malformed | TokenFault::BadSignature => {
            unauthenticated("InvalidAuthenticationToken", "The access token is invalid.")
        }
        TokenFault::NotYetValid => unauthenticated("InvalidAuthenticationToken", "The access token is not yet valid."),
        TokenFault::Expired => unauthenticated("ExpiredAuthenticationToken", "The access token has expired."),
        TokenFault::WrongAudience => unauthenticated(
            "InvalidAuthenticationTokenAudience",
            "The access token has been obtained for wrong audience or resource. It should exactly match with one of the \
             allowed audiences 'https://management.core.windows.net/','https://management.core.windows.net',\
             'https://management.azure.com/','https://management.azure.com'.",
        ),
        TokenFault::WrongIssuer | TokenFault::UnknownTenant => {
            unauthenticated("InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer.")
        }
    }
}

fn invalid_resource_type(name: &str, namespace: &str, version: &str, supported: &[&str]) -> Answer {
    let mut message = format!(
        "The resource type '{name}' could not be found in the namespace '{namespace}' for api version '{version}'."
    );
    if !supported.is_empty() {
        message.push_str(&format!(" The supported api-versions are '{}'.", supported.join(",")));
    }
    Answer::absent("InvalidResourceType", message).of_gateway()
}

/// A scope that is not there. Nobody learns which management groups there are.
fn absent_scope(scope: &ScopePath, context: &Context) -> Answer {
    match scope {
        ScopePath::Tenant => scope_not_found("/"),
        ScopePath::ManagementGroup { .. } => {
            authorization_failed(context).detailed(format!("there is no management group {scope}"))
        }
        ScopePath::Subscription { id } => {
            Answer::absent("SubscriptionNotFound", format!("The subscription '{id}' could not be found.")).of_gateway()
        }
        ScopePath::ResourceGroup { name, .. } => {
            Answer::absent("ResourceGroupNotFound", format!("Resource group '{name}' could not be found.")).of_gateway()
        }
        ScopePath::Resource { group, resource, .. } => Answer::absent(
            "ResourceNotFound",
            format!(
                "The Resource '{}/{}' under resource group '{}' was not found. For more details please go to \
                 https://aka.ms/ARMResourceNotFoundFix",
                resource.resource_type(),
                resource.name(),
                group.as_deref().unwrap_or("<null>")
            ),
        )
        .of_gateway(),
    }
}

fn other_location(asked: &str, is: &str) -> Answer {
    Answer::new(
        StatusCode::CONFLICT,
        "InvalidResourceGroupLocation",
        format!("Invalid resource group location '{asked}'. The Resource group already exists in location '{is}'."),
    )
    .of_gateway()
}

fn scope_not_found(scope: &str) -> Answer {
    Answer::absent("ResourceNotFound", "The resource is not found.").detailed(format!("scope {scope}"))
}

fn authorization_failed(context: &Context) -> Answer {
    let Context { caller, object_id, action, over, .. } = context;
    Answer::new(
        StatusCode::FORBIDDEN,
        "AuthorizationFailed",
        format!(
            "The client '{caller}' with object id '{object_id}' does not have authorization to perform action '{action}' over \
             scope '{over}' or the scope is invalid. If access was recently granted, please refresh your credentials."
        ),
    )
}

fn insufficient_permissions(context: &Context) -> Answer {
    Answer::new(
        StatusCode::FORBIDDEN,
        "InsufficientPermissions",
        format!(
            "The requestor {} does not have permissions for this request. Please use $filter=asTarget() to filter on the \
             requestor's assignments.",
            context.object_id
        ),
    )
}
