//! Reading requests: bodies, queries and the tenant in the path, each with a problem detail when it is not what it must be.

use super::Handle;
use super::problem::{Kind, Problem};
use crate::app::Tenant;
use crate::app::world::{Format, Source};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A JSON body as it was sent.
#[derive(Debug)]
pub(super) struct RawJson(pub(super) Bytes);

/// A scenario, as JSON or as YAML.
#[derive(Debug)]
pub(super) struct ScenarioText(pub(super) Source);

/// A JSON body, read.
#[derive(Debug)]
pub(super) struct Body<T>(pub(super) T);

/// A query, read.
#[derive(Debug)]
pub(super) struct QueryOf<T>(pub(super) T);

/// The tenant that the path names, by id or by domain.
#[derive(Debug)]
pub(super) struct TenantAt(pub(super) Arc<Tenant>);

impl<S: Send + Sync> FromRequest<S> for RawJson {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(Kind::UnsupportedMediaType, "send the body as content-type: application/json"));
        }
        whole(request, state).await.map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for ScenarioText {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Some(format) = format(request.headers()) else {
            let detail = "send a scenario as content-type: application/json or application/yaml";
            return Err(Problem::new(Kind::UnsupportedMediaType, detail));
        };
        let text = String::from_utf8(whole(request, state).await?.into()).map_err(|error| {
            Problem::new(Kind::InvalidBody, format!("the body is not UTF-8: {}", error.utf8_error()))
        })?;
        Ok(Self(Source { name: "request body".to_owned(), text: text.into(), format }))
    }
}

/// A body as it was sent.
async fn whole<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        let kind = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Kind::TooLarge } else { Kind::InvalidBody };
        Problem::new(kind, rejection.body_text())
    })
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let RawJson(bytes) = RawJson::from_request(request, state).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| Problem::json(&error))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::from_request_parts(parts, state).await;
        query.map(|Query(query)| Self(query)).map_err(|rejection| {
            let text = rejection.body_text();
            Problem::new(Kind::InvalidParameter, text.trim_start_matches("Failed to deserialize query string: "))
        })
    }
}

impl FromRequestParts<Handle> for TenantAt {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, control: &Handle) -> Result<Self, Problem> {
        let path = RawPathParams::from_request_parts(parts, control)
            .await
            .map_err(|rejection| Problem::new(Kind::InvalidParameter, rejection.body_text()))?;
        let segment = path.iter().find(|(name, _)| *name == "tid").map_or("", |(_, segment)| segment);
        let tenant = control.app.tenant_by_segment(segment);
        tenant.map(Self).ok_or_else(|| Problem::new(Kind::NotFound, format!("there is no tenant {segment}")).at("tid"))
    }
}

/// Whether the headers say that the body is JSON.
fn is_json(headers: &HeaderMap) -> bool {
    format(headers) == Some(Format::Json)
}

/// What the headers say that the body is. A web page can send neither to another site without asking first.
pub(super) fn format(headers: &HeaderMap) -> Option<Format> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => Some(Format::Json),
        "application/yaml" => Some(Format::Yaml),
        _ => None,
    }
}
