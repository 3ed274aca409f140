//! `POST /_emulator/tenants/{tid}/federated-tokens`: a token as another issuer would give it.

use super::Handle;
use super::body::{Body, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::tokens::length;
use crate::app::real_now;
use crate::app::token::{ForeignTokenRequest, Validity};
use axum::Json;
use axum::extract::State;
use pim_core::time::Length;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// How long a token lasts where nothing else is said, as those of pipelines do.
const LIFETIME: Length = Length::minutes(5);

/// Which token is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FederatedTokenWanted {
    /// Who is to have issued it.
    #[schema(example = "https://token.actions.githubusercontent.com")]
    issuer: String,
    /// Whom it is about.
    #[schema(example = "repo:contoso/infra:ref:refs/heads/main")]
    subject: String,
    /// For whom it is meant; `api://AzureADTokenExchange` when left out.
    audience: Option<String>,
    /// How long it is valid from now, in real time; a negative one makes a token that has expired.
    #[schema(example = "PT5M")]
    lifetime: Option<String>,
}

/// A token of another issuer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FederatedTokenAnswer {
    /// The token.
    token: String,
}

/// Mints a token as another issuer would: the proof of an application that trusts that issuer. The emulator's own key signs it.
#[utoipa::path(
    post, path = "/_emulator/tenants/{tid}/federated-tokens", tag = "inside", request_body = FederatedTokenWanted,
    params(("tid" = String, Path, description = "The tenant's id or domain.")),
    responses(
        (status = 200, body = FederatedTokenAnswer), (status = 400, body = ProblemDetails),
        (status = 404, body = ProblemDetails),
    ),
)]
async fn mint_federated_token(
    State(control): State<Handle>,
    TenantAt(_): TenantAt,
    Body(wanted): Body<FederatedTokenWanted>,
) -> Result<Json<FederatedTokenAnswer>, Problem> {
    let lifetime = length(wanted.lifetime.as_deref(), "lifetime")?.unwrap_or(LIFETIME);
    let app = Arc::clone(&control.app);
    // Signing takes a millisecond, making the first key many.
    let work = move || {
        let request = ForeignTokenRequest {
            issuer: &wanted.issuer,
            subject: &wanted.subject,
            audience: wanted.audience.as_deref().unwrap_or("api://AzureADTokenExchange"),
            validity: Validity::lasting(real_now(), lifetime),
        };
        app.tokens().issue_foreign(&request).map_err(|error| Problem::new(Kind::Internal, error.to_string()))
    };
    let token = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::lost(&error))??;
    Ok(Json(FederatedTokenAnswer { token }))
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(mint_federated_token))
}
