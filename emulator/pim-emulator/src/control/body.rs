//! Reading requests: bodies, queries and the tenant in the path, each with a problem detail when it is not what it must be.

use super::Handle;
use super::problem::{Kind, Problem};
use crate::app::Tenant;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A JSON body as it was sent.
#[derive(Debug)]
pub(super) struct RawJson(pub(super) Bytes);

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
        Bytes::from_request(request, state).await.map(Self).map_err(|rejection| {
            let kind =
                if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Kind::TooLarge } else { Kind::InvalidBody };
            Problem::new(kind, rejection.body_text())
        })
    }
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

/// Whether the headers say that the body is JSON. A web page cannot send that to another site without asking first.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}
