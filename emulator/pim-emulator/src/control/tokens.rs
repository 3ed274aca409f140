//! `POST /_emulator/tenants/{tid}/tokens`: an access token without a sign-in.

use super::body::{Body, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::{Handle, who};
use crate::app::ids::random_uuid;
use crate::app::token::{
    Audience, ClientAuthentication, GRAPH_COMMAND_LINE_TOOLS, IssueError, Subject, TokenRequest, Validity, permissions,
};
use crate::app::{Tenant, real_now};
use axum::Json;
use axum::extract::State;
use pim_core::model::{SignInEntry, SignInKind, SignInProtocol};
use pim_core::time::{Instant, Length};
use pim_core::{Actor, ClientId, Command, PrincipalId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// For whom a token is meant.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum AudienceAsked {
    /// Microsoft Graph.
    #[default]
    Graph,
    /// Azure Resource Manager.
    Arm,
    /// The older service of PIM.
    Pim,
}

impl AudienceAsked {
    const fn of(self) -> Audience {
        match self {
            Self::Graph => Audience::Graph,
            Self::Arm => Audience::ResourceManager,
            Self::Pim => Audience::PrivilegedAccess,
        }
    }
}

/// Which token is wanted: that of a user, or that of an application on its own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct TokenWanted {
    /// The user, by name, user principal name or id.
    user: Option<String>,
    /// The application, by name or client id, that calls on its own.
    application: Option<String>,
    /// The application, by name or client id, through which the user calls; Graph's command line tools when left out.
    client: Option<String>,
    /// For whom it is meant.
    #[serde(default)]
    #[schema(inline)]
    audience: AudienceAsked,
    /// The delegated permissions of a user's token; all there are when left out.
    scopes: Option<Vec<String>>,
    /// Whether the user's sign-in satisfied multifactor authentication; as the world says of the user when left out.
    mfa: Option<bool>,
    /// The authentication contexts that the sign-in satisfied, whatever Conditional Access says.
    acrs: Option<Vec<String>>,
    /// Whether the client said that it can answer claims challenges (`cp1`); it did where `acrs` are given.
    takes_claims_challenges: Option<bool>,
    /// The application permissions; those that the world gave when left out.
    roles: Option<Vec<String>>,
    /// Whether it counts as a sign-in now: in the log of sign-ins, and as activity of the account. It does not when left out.
    #[serde(default)]
    sign_in: bool,
    /// How long it is valid from now, in real time; a negative one makes a token that has expired.
    #[schema(example = "PT1H")]
    lifetime: Option<String>,
    /// How long from now until it is valid.
    #[schema(example = "PT0S")]
    not_before: Option<String>,
}

/// A token.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TokenAnswer {
    /// The token.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// In how many seconds it expires; negative when it has.
    expires_in: i64,
}

/// Mints an access token for a user or an application, without any sign-in.
#[utoipa::path(
    post, path = "/_emulator/tenants/{tid}/tokens", tag = "inside", request_body = TokenWanted,
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = TokenAnswer), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    ),
)]
async fn mint_token(
    State(control): State<Handle>,
    TenantAt(tenant): TenantAt,
    Body(wanted): Body<TokenWanted>,
) -> Result<Json<TokenAnswer>, Problem> {
    let app = Arc::clone(&control.app);
    // Signing takes a millisecond, making the first key many.
    let work = move || match (&wanted.user, &wanted.application) {
        (Some(user), None) => for_user(&app, &tenant, user, &wanted),
        (None, Some(application)) => for_application(&app, &tenant, application, &wanted),
        (Some(_), Some(_)) | (None, None) => {
            Err(Problem::new(Kind::InvalidBody, "say either 'user' or 'application', and only one of them"))
        }
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))?.map(Json)
}

fn for_user(app: &crate::app::App, tenant: &Tenant, user: &str, wanted: &TokenWanted) -> Result<TokenAnswer, Problem> {
    if wanted.roles.is_some() {
        return Err(Problem::new(Kind::InvalidBody, "a user's token has 'scopes', not 'roles'").at("roles"));
    }
    let id = who::user(tenant, user)?;
    let (client, authentication) = match &wanted.client {
        None => (GRAPH_COMMAND_LINE_TOOLS, ClientAuthentication::Public),
        Some(text) => {
            let client = who::application(tenant, text, "client")?;
            let has_secret =
                tenant.read(|view| view.application(client).is_some_and(|application| !application.is_public()));
            (client, if has_secret { ClientAuthentication::Secret } else { ClientAuthentication::Public })
        }
    };
    let scopes = match (&wanted.scopes, wanted.audience) {
        (Some(scopes), _) => scopes.join(" "),
        (None, AudienceAsked::Graph) => permissions::delegated().collect::<Vec<_>>().join(" "),
        (None, AudienceAsked::Arm | AudienceAsked::Pim) => "user_impersonation".to_owned(),
    };
    let mfa = wanted.mfa.unwrap_or_else(|| has_mfa(tenant, id));
    let acrs = wanted.acrs.as_deref().unwrap_or_default();
    let subject = Subject::User { id, scopes: &scopes, mfa, authentication_contexts: acrs };
    let answer = issue(app, wanted, Validity::USER, |audience, validity| TokenRequest {
        tenant,
        client,
        authentication,
        audience,
        registered: None,
        subject,
        validity,
        takes_claims_challenges: wanted.takes_claims_challenges.unwrap_or(!acrs.is_empty()),
    })?;
    if wanted.sign_in {
        note(tenant, wanted, (SignInKind::Interactive, SignInProtocol::Browser), id, (client, mfa));
    }
    Ok(answer)
}

/// Notes a sign-in that ended in the token that is wanted.
fn note(
    tenant: &Tenant,
    wanted: &TokenWanted,
    (kind, protocol): (SignInKind, SignInProtocol),
    principal: PrincipalId,
    (client, mfa): (ClientId, bool),
) {
    let (id, at) = (random_uuid(), tenant.clock().now());
    let resource = Some(wanted.audience.of().app_id());
    let entry = SignInEntry {
        id,
        at,
        kind,
        protocol,
        principal,
        client,
        resource,
        correlation: id,
        address: None,
        mfa,
        failure: None,
    };
    // Who has been deleted meanwhile leaves no trace.
    let _ = tenant.handle(Actor::SetUp, &Command::NoteSignIn(Box::new(entry)), |_, _| ());
}

fn has_mfa(tenant: &Tenant, user: PrincipalId) -> bool {
    tenant.read(|view| view.user(user).is_some_and(|user| user.mfa))
}

fn for_application(
    app: &crate::app::App,
    tenant: &Tenant,
    application: &str,
    wanted: &TokenWanted,
) -> Result<TokenAnswer, Problem> {
    let of_a_user = [
        ("client", wanted.client.is_some()),
        ("scopes", wanted.scopes.is_some()),
        ("mfa", wanted.mfa.is_some()),
        ("acrs", wanted.acrs.is_some()),
    ];
    if let Some((field, _)) = of_a_user.into_iter().find(|(_, is_there)| *is_there) {
        return Err(Problem::new(Kind::InvalidBody, format!("only a user's token has '{field}'")).at(field));
    }
    let client = who::application(tenant, application, "application")?;
    let answer = issue(app, wanted, Validity::APPLICATION, |audience, validity| TokenRequest {
        tenant,
        client,
        authentication: ClientAuthentication::Secret,
        audience,
        registered: None,
        subject: Subject::Application { roles: wanted.roles.as_deref() },
        validity,
        takes_claims_challenges: wanted.takes_claims_challenges.unwrap_or_default(),
    })?;
    if let (true, Some(id)) = (wanted.sign_in, tenant.read(|view| view.service_principal_of(client).map(|it| it.id))) {
        let way = (SignInKind::ServicePrincipal, SignInProtocol::ClientCredentials);
        note(tenant, wanted, way, id, (client, false));
    }
    Ok(answer)
}

fn issue<'a>(
    app: &crate::app::App,
    wanted: &TokenWanted,
    usual: Length,
    request: impl FnOnce(&'static str, Validity) -> TokenRequest<'a>,
) -> Result<TokenAnswer, Problem> {
    let now = real_now();
    let lifetime = length(wanted.lifetime.as_deref(), "lifetime")?.unwrap_or(usual);
    let validity = Validity::lasting(now, lifetime);
    let validity = match length(wanted.not_before.as_deref(), "notBefore")? {
        Some(later) if later > Length::ZERO => validity.starting(now.plus(later)),
        Some(_) | None => validity,
    };
    let access_token = app.tokens().issue(&request(wanted.audience.of().as_str(), validity)).map_err(refused)?;
    Ok(TokenAnswer { access_token, token_type: "Bearer", expires_in: seconds(now, validity.expires) })
}

fn seconds(now: Instant, end: Instant) -> i64 {
    end.since(now).milliseconds() / 1000
}

pub(super) fn length(text: Option<&str>, field: &'static str) -> Result<Option<Length>, Problem> {
    let Some(text) = text else { return Ok(None) };
    Length::parse(text)
        .map(Some)
        .map_err(|error| Problem::new(Kind::InvalidBody, format!("'{text}' is not a duration: {error}")).at(field))
}

fn refused(error: IssueError) -> Problem {
    let kind = match error {
        IssueError::NoSuchUser(_) | IssueError::NoServicePrincipal(_) => Kind::NotFound,
        IssueError::Key(_) => Kind::Internal,
    };
    Problem::new(kind, error.to_string())
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(mint_token))
}
