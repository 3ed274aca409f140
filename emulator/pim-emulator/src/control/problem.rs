//! Errors: problem details of RFC 9457. The only place that builds one.

use crate::app::TenantIdTaken;
use crate::app::world::{
    AgainError, Format, Position, SnapshotError, Step, WorldError, json_message, locate, refusal, written,
};
use crate::scenario::ScenarioError;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use pim_core::Rejection;
use serde::Serialize;
use utoipa::ToSchema;

/// What is wrong, in one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The body is not JSON, or not of the form that it must have.
    InvalidBody,
    /// A part of the address or of the query cannot be what it is.
    InvalidParameter,
    /// A world cannot be loaded.
    InvalidWorld,
    /// A scenario cannot be run.
    InvalidScenario,
    /// A document is not a snapshot.
    InvalidSnapshot,
    /// A clock does not go back.
    ClockGoesForward,
    /// The key is missing or wrong.
    KeyRequired,
    /// The request comes from a web page of another site, or under a name that is not ours.
    CrossSite,
    /// There is no such thing.
    NotFound,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// It contradicts what is there.
    Conflict,
    /// The body is too large.
    TooLarge,
    /// The body is not said to be JSON.
    UnsupportedMediaType,
    /// Known, and not emulated yet.
    NotEmulated,
    /// Something inside failed.
    Internal,
}

impl Kind {
    /// Every one, in the order above.
    const ALL: [Self; 15] = [
        Self::InvalidBody,
        Self::InvalidParameter,
        Self::InvalidWorld,
        Self::InvalidScenario,
        Self::InvalidSnapshot,
        Self::ClockGoesForward,
        Self::KeyRequired,
        Self::CrossSite,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::NotEmulated,
        Self::Internal,
    ];

    /// Status, code and title.
    const fn row(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::InvalidBody => (StatusCode::BAD_REQUEST, "InvalidBody", "The body cannot be understood"),
            Self::InvalidParameter => (StatusCode::BAD_REQUEST, "InvalidParameter", "A parameter cannot be understood"),
            Self::InvalidWorld => (StatusCode::BAD_REQUEST, "InvalidWorld", "The world cannot be loaded"),
            Self::InvalidScenario => (StatusCode::BAD_REQUEST, "InvalidScenario", "The scenario cannot be run"),
            Self::InvalidSnapshot => (StatusCode::BAD_REQUEST, "InvalidSnapshot", "This is not a snapshot"),
            Self::ClockGoesForward => (StatusCode::BAD_REQUEST, "ClockGoesForward", "A clock does not go back"),
            Self::KeyRequired => (StatusCode::UNAUTHORIZED, "KeyRequired", "The admin key is missing or wrong"),
            Self::CrossSite => (StatusCode::FORBIDDEN, "CrossSite", "The request comes from somewhere else"),
            Self::NotFound => (StatusCode::NOT_FOUND, "NotFound", "There is no such thing"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", "Not with this method"),
            Self::Conflict => (StatusCode::CONFLICT, "Conflict", "This contradicts what is there"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "TooLarge", "The body is too large"),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaType", "The body must be application/json")
            }
            Self::NotEmulated => (StatusCode::NOT_IMPLEMENTED, "NotEmulated", "This is not emulated yet"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "Internal", "The emulator failed"),
        }
    }
}

/// One kind of problem, for the table of errors.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorRow {
    /// The HTTP status.
    pub status: u16,
    /// The code.
    pub code: &'static str,
    /// The title.
    pub title: &'static str,
}

/// Every kind of problem that the control API answers.
#[must_use]
pub fn errors() -> Vec<ErrorRow> {
    let rows = Kind::ALL.iter().map(|kind| kind.row());
    rows.map(|(status, code, title)| ErrorRow { status: status.as_u16(), code, title }).collect()
}

/// A problem detail as it is answered.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemDetails {
    /// What sort of problem it is.
    #[serde(rename = "type")]
    #[schema(example = "urn:pim-emulator:problem:InvalidWorld")]
    kind: String,
    /// The last part of the type.
    #[schema(example = "InvalidWorld")]
    code: &'static str,
    /// The sort of problem in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What is wrong here.
    detail: String,
    /// The entry or parameter at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The line of the body at fault, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// The column at fault, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
}

/// Why a request was refused.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    kind: Kind,
    detail: String,
    field: Option<String>,
    position: Option<Position>,
}

impl Problem {
    /// A problem.
    pub(super) fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), field: None, position: None }
    }

    /// The same, at an entry or parameter.
    pub(super) fn at(self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self }
    }

    /// JSON that cannot be read, with the place.
    pub(super) fn json(error: &serde_json::Error) -> Self {
        let position = Position { line: error.line() as u64, column: error.column() as u64 };
        let detail = json_message(error);
        Self { position: (position.line > 0).then_some(position), ..Self::new(Kind::InvalidBody, detail) }
    }

    /// The same, at an entry of a JSON body: with its way and its place.
    pub(super) fn in_json(self, body: &[u8], path: &[Step]) -> Self {
        let position = std::str::from_utf8(body).ok().and_then(|text| locate(text, Format::Json, path));
        Self { position, ..self.at(written(path)) }
    }

    /// A scenario that cannot be run, with the place.
    pub(super) fn scenario(error: ScenarioError) -> Self {
        Self { kind: Kind::InvalidScenario, ..error.into() }
    }

    /// Work on another thread that did not come back.
    pub(super) fn lost(error: &tokio::task::JoinError) -> Self {
        Self::new(Kind::Internal, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, title) = self.kind.row();
        let details = ProblemDetails {
            kind: format!("urn:pim-emulator:problem:{code}"),
            code,
            title,
            status: status.as_u16(),
            detail: self.detail,
            field: self.field,
            line: self.position.map(|at| at.line),
            column: self.position.map(|at| at.column),
        };
        let body = serde_json::to_string(&details).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

impl From<WorldError> for Problem {
    fn from(error: WorldError) -> Self {
        let WorldError { position, field, message, .. } = error;
        Self { position, field: (!field.is_empty()).then_some(field), ..Self::new(Kind::InvalidWorld, message) }
    }
}

impl From<SnapshotError> for Problem {
    fn from(error: SnapshotError) -> Self {
        Self { position: error.position, ..Self::new(Kind::InvalidSnapshot, error.message) }
    }
}

impl From<AgainError> for Problem {
    fn from(error: AgainError) -> Self {
        match error {
            AgainError::World(error) => error.into(),
            AgainError::Snapshot(error) => error.into(),
        }
    }
}

impl From<TenantIdTaken> for Problem {
    fn from(TenantIdTaken(id): TenantIdTaken) -> Self {
        let detail = format!(
            "there is a tenant {id} already; the id follows from the seed, so that one seed makes one tenant at a time"
        );
        Self::new(Kind::Conflict, detail)
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        Self::new(Kind::Conflict, refusal::sentence(&rejection))
    }
}

/// Paths that do not exist.
pub(super) async fn no_such_path(uri: Uri) -> Problem {
    let detail = format!("there is no {}; what there is stands in /_emulator/openapi.json", uri.path());
    Problem::new(Kind::NotFound, detail)
}

/// Methods that do not exist.
pub(super) async fn method_not_allowed(method: Method, uri: Uri) -> Problem {
    Problem::new(Kind::MethodNotAllowed, format!("{} cannot be asked with {method}", uri.path()))
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_kind_of_problem_is_listed_once() {
        let listed: Vec<_> = Kind::ALL.iter().map(|kind| *kind as usize).collect();
        assert_eq!(listed, (0..=Kind::Internal as usize).collect::<Vec<_>>());
        assert!(Kind::ALL.iter().all(|kind| kind.row().1 == format!("{kind:?}")));
    }
}
