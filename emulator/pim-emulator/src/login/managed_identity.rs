//! Where what runs in Azure asks for tokens of its managed identity: the shape of the instance metadata service, and that of
//! App Service.
//!
//! Each identity has a place of its own, so that many can be had at once. At the one place that the metadata service has in
//! Azure, the identity is the one that the request names, or the only one there is.
//!
//! These are asked in plain HTTP and without a secret, as in Azure, where nothing from outside gets there. Here they are
//! closed to web pages: a page cannot send the header that both shapes take, and no other site is told that it may.
//!
//! <https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token>
//! <https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference>

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::grant::registered;
use super::respond::{Caching, description, json};
use super::scope::AskedScope;
use super::sign_in_log::{Attempt, app_id};
use crate::app::Tenant;
use crate::app::token::{ClientAuthentication, Subject, TokenRequest, Validity};
use axum::http::{StatusCode, header};
use axum::response::Response;
use pim_core::model::{ManagedIdentity, Principal, PrincipalKind, ServicePrincipal, SignInKind, SignInProtocol};
use pim_core::time::{Instant, Length};
use pim_core::{ClientId, PrincipalId};
use serde::Serialize;
use std::sync::Arc;
use uuid::Uuid;

/// How long a token of a managed identity lasts.
const LIFETIME: Length = Length::hours(24);

/// A managed identity of a tenant.
#[derive(Clone, Debug)]
struct Identity {
    tenant: Arc<Tenant>,
    principal: PrincipalId,
    client: ClientId,
    is_enabled: bool,
    resource: ManagedIdentity,
}

/// Why there is no token.
enum Fault {
    /// The header that keeps web pages away is missing.
    NoHeader,
    /// The header has another value than the one that the environment gave.
    WrongHeader,
    /// Something is missing from the query.
    Missing(&'static str),
    /// There is no such identity.
    NotFound,
    /// There are several, and nothing says which.
    Several,
    /// Sign-in refuses.
    Refused(AadstsError),
}

impl From<AadstsError> for Fault {
    fn from(error: AadstsError) -> Self {
        Self::Refused(error)
    }
}

/// What was given out.
struct Given {
    client: ClientId,
    resource: String,
    validity: Validity,
    access_token: String,
}

/// The answer of the metadata service. Numbers are texts.
#[derive(Serialize)]
struct MetadataAnswer<'a> {
    access_token: &'a str,
    client_id: ClientId,
    expires_in: String,
    expires_on: String,
    ext_expires_in: String,
    not_before: String,
    resource: &'a str,
    token_type: &'a str,
}

/// The answer of App Service.
#[derive(Serialize)]
struct AppServiceAnswer<'a> {
    access_token: &'a str,
    client_id: ClientId,
    expires_on: String,
    resource: &'a str,
    token_type: &'a str,
}

/// Answers as the metadata service does.
pub(super) fn instance_metadata(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let has_header = asked.headers.get("metadata").is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"true"));
    let given = if has_header && !asked.headers.contains_key("x-forwarded-for") {
        ["api-version", "resource"].into_iter().try_for_each(|name| present(asked, name)).and_then(|()| give(asked))
    } else {
        Err(Fault::NoHeader)
    };
    Ok(match given {
        Ok(given) => {
            let expires_in = given.validity.expires.since(asked.now).milliseconds() / 1000 - 1;
            let answer = MetadataAnswer {
                access_token: &given.access_token,
                client_id: given.client,
                expires_in: expires_in.to_string(),
                expires_on: seconds(given.validity.expires),
                ext_expires_in: expires_in.to_string(),
                not_before: seconds(given.validity.not_before),
                resource: &given.resource,
                token_type: "Bearer",
            };
            private_json(asked, StatusCode::OK, &answer)
        }
        Err(fault) => metadata_refusal(asked, &fault),
    })
}

/// Answers as App Service does.
pub(super) fn app_service(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let given = check_identity_header(asked)
        .and_then(|()| ["api-version", "resource"].into_iter().try_for_each(|name| present(asked, name)))
        .and_then(|()| give(asked));
    Ok(match given {
        Ok(given) => {
            let answer = AppServiceAnswer {
                access_token: &given.access_token,
                client_id: given.client,
                expires_on: seconds(given.validity.expires),
                resource: &given.resource,
                token_type: "Bearer",
            };
            private_json(asked, StatusCode::OK, &answer)
        }
        Err(fault) => app_service_refusal(asked, &fault),
    })
}

/// A refusal for which no handler found words of its own.
pub(super) fn refusal(asked: &Asked<'_>, error: &AadstsError) -> Response {
    metadata_refusal(asked, &Fault::Refused(error.clone()))
}

fn present(asked: &Asked<'_>, name: &'static str) -> Result<(), Fault> {
    asked.query.get(name).map(drop).ok_or(Fault::Missing(name))
}

/// The header has the value that is handed to whatever runs: the id of the identity's service principal.
fn check_identity_header(asked: &Asked<'_>) -> Result<(), Fault> {
    let value = asked.headers.get("x-identity-header").ok_or(Fault::NoHeader)?;
    let value = value.to_str().ok().and_then(|text| Uuid::try_parse(text).ok());
    match find(asked)? {
        identity if value == Some(identity.principal.0) => Ok(()),
        _ => Err(Fault::WrongHeader),
    }
}

fn seconds(at: Instant) -> String {
    (at.milliseconds() / 1000).to_string()
}

/// A token for the resource of the query.
fn give(asked: &Asked<'_>) -> Result<Given, Fault> {
    let Identity { tenant, principal, client, is_enabled, .. } = find(asked)?;
    if !is_enabled {
        return Err(AadstsError::DisabledApplication { client: client.to_string() }.into());
    }
    let resource = asked.query.get("resource").unwrap_or_default().to_owned();
    let scope = AskedScope::parse(&format!("{resource}/.default"), &asked.origin, &tenant)?;
    let validity = Validity::lasting(asked.now, LIFETIME);
    let request = TokenRequest {
        tenant: &tenant,
        client,
        authentication: ClientAuthentication::Certificate,
        audience: &scope.audience,
        registered: registered(asked, &tenant, scope.resource),
        subject: Subject::Application { roles: None },
        validity,
        takes_claims_challenges: false,
    };
    let access_token = asked.app.tokens().issue(&request).map_err(AadstsError::from)?;
    let attempt = Attempt {
        kind: SignInKind::ManagedIdentity,
        protocol: SignInProtocol::ClientCredentials,
        principal,
        client,
        resource: Some(app_id(scope.resource)),
        mfa: false,
    };
    attempt.succeeded(asked, &tenant);
    Ok(Given { client, resource, validity, access_token })
}

/// The identity that the path, or the query, or the lack of any other names.
fn find(asked: &Asked<'_>) -> Result<Identity, Fault> {
    let mut candidates = match asked.segments.as_slice() {
        [_, _, tenant, _, name, ..] if asked.segment().eq_ignore_ascii_case("_emulator") => {
            let tenant = asked.app.tenant_by_segment(tenant).ok_or(Fault::NotFound)?;
            let named = tenant.names().managed_identities.get(name).copied().ok_or(Fault::NotFound)?;
            let mut all = identities(&tenant);
            all.retain(|identity| identity.client == named.client);
            all
        }
        _ => asked.app.tenants().iter().flat_map(identities).collect(),
    };
    candidates.retain(|identity| identity.is_asked_for(asked));
    match (candidates.pop(), candidates.is_empty()) {
        (None, _) => Err(Fault::NotFound),
        (Some(identity), true) => Ok(identity),
        (Some(_), false) => Err(Fault::Several),
    }
}

impl Identity {
    /// Whether the query names no other.
    fn is_asked_for(&self, asked: &Asked<'_>) -> bool {
        let either = |names: &[&str]| names.iter().find_map(|name| asked.query.get(name));
        let is = |text: &str, id: Uuid| Uuid::try_parse(text) == Ok(id);
        either(&["client_id", "clientid"]).is_none_or(|text| is(text, self.client.0))
            && either(&["object_id", "principal_id"]).is_none_or(|text| is(text, self.principal.0))
            && either(&["mi_res_id", "msi_res_id"])
                .is_none_or(|text| text.eq_ignore_ascii_case(&self.resource.resource_id))
    }
}

fn identities(tenant: &Arc<Tenant>) -> Vec<Identity> {
    tenant.read(|view| {
        let principals = view.principals(PrincipalKind::ServicePrincipal, None);
        let found = principals.filter_map(|(_, principal)| match principal {
            Principal::ServicePrincipal(it) => Some((it, it.managed_identity.clone()?)),
            Principal::User(_) | Principal::Group(_) => None,
        });
        let identity = |(it, resource): (&ServicePrincipal, ManagedIdentity)| Identity {
            tenant: Arc::clone(tenant),
            principal: it.id,
            client: it.app_id,
            is_enabled: it.account_enabled,
            resource,
        };
        found.map(identity).collect()
    })
}

#[derive(Serialize)]
struct MetadataError<'a> {
    error: &'a str,
    error_description: &'a str,
}

fn metadata_refusal(asked: &Asked<'_>, fault: &Fault) -> Response {
    let (word, text) = match fault {
        Fault::NoHeader => ("bad_request_102", "Required metadata header not specified".to_owned()),
        Fault::WrongHeader | Fault::NotFound => ("invalid_request", "Identity not found".to_owned()),
        Fault::Missing(name) => ("invalid_request", format!("Required query variable '{name}' is missing")),
        Fault::Several => (
            "invalid_request",
            "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the \
             token request"
                .to_owned(),
        ),
        Fault::Refused(error) => (error.row().error, description(asked, error)),
    };
    let status = status(fault, StatusCode::BAD_REQUEST);
    private_json(asked, status, &MetadataError { error: word, error_description: &text })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AppServiceError<'a> {
    status_code: u16,
    message: &'a str,
    correlation_id: Uuid,
}

fn app_service_refusal(asked: &Asked<'_>, fault: &Fault) -> Response {
    let text = match fault {
        Fault::NoHeader => "The X-IDENTITY-HEADER header is missing.".to_owned(),
        Fault::WrongHeader => "The X-IDENTITY-HEADER header is not that of this identity.".to_owned(),
        Fault::NotFound | Fault::Several => "No User Assigned or Delegated Managed Identity found for specified \
             ClientId/ResourceId/PrincipalId."
            .to_owned(),
        Fault::Missing(name) => format!("The parameter {name} is missing."),
        Fault::Refused(error) => description(asked, error),
    };
    let unauthorized = matches!(fault, Fault::NoHeader | Fault::WrongHeader);
    let status = status(fault, if unauthorized { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST });
    let body = AppServiceError { status_code: status.as_u16(), message: &text, correlation_id: asked.correlation };
    private_json(asked, status, &body)
}

/// What is our own fault is not the client's.
fn status(fault: &Fault, otherwise: StatusCode) -> StatusCode {
    match fault {
        Fault::Refused(error) if error.row().status.is_server_error() => error.row().status,
        Fault::Refused(_)
        | Fault::NoHeader
        | Fault::WrongHeader
        | Fault::Missing(_)
        | Fault::NotFound
        | Fault::Several => otherwise,
    }
}

/// JSON that no page of another site may read.
fn private_json(asked: &Asked<'_>, status: StatusCode, body: &impl Serialize) -> Response {
    let mut response = json(asked, status, Caching::Never, body);
    for name in [header::ACCESS_CONTROL_ALLOW_ORIGIN, header::ACCESS_CONTROL_ALLOW_METHODS] {
        response.headers_mut().remove(name);
    }
    response
}
