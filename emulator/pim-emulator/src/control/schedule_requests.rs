//! `POST /_emulator/tenants/{tid}/schedule-requests/{requestId}/decision`: a manager decides on an extension or renewal that its
//! holder asked for. The service has this in its portal alone (APR-36), so that Graph has no route for it.

use super::body::{Body, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::who;
use crate::app::world::{instant, length};
use axum::extract::Path;
use axum::http::StatusCode;
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{AskedExpiration, AskedSchedule, AssignmentKind, ReviewResult};
use pim_core::time::{Instant, Length};
use pim_core::{Actor, Command, RequestId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is decided.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum Answer {
    /// Yes.
    Approve,
    /// No.
    Deny,
}

/// The two kinds of assignment.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum AssignmentType {
    /// Has to be activated.
    Eligible,
    /// Gives the role.
    Active,
}

impl AssignmentType {
    const fn side(self) -> AssignmentKind {
        match self {
            Self::Eligible => AssignmentKind::Eligibility,
            Self::Active => AssignmentKind::Assignment,
        }
    }
}

/// A manager's decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Decision {
    /// Who decides, by name, user principal name or id: a Privileged Role Administrator or Global Administrator.
    user: String,
    /// Yes or no.
    decision: Answer,
    /// The reason.
    justification: Option<String>,
    /// Whether the manager's session satisfied multifactor authentication; it does when left out.
    mfa: Option<bool>,
    /// Whether the assignment is to be eligible or active; only as it is.
    assignment_type: Option<AssignmentType>,
    /// Another start, as RFC 3339. What runs keeps its start unless this one lies ahead; a renewal begins now when it is left out.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    start: Option<Instant>,
    /// Another end than the one that was asked for, as RFC 3339. A renewal needs an end, a duration or `permanent`.
    #[serde(default, deserialize_with = "instant")]
    #[schema(value_type = Option<String>, format = DateTime)]
    end: Option<Instant>,
    /// How long it lasts, as an ISO 8601 duration, instead of an end.
    #[serde(default, deserialize_with = "length")]
    #[schema(value_type = Option<String>, example = "P90D")]
    duration: Option<Length>,
    /// Whether it never ends.
    #[serde(default)]
    permanent: bool,
}

impl Decision {
    /// The window that the manager gives; `None` for the one that was asked for.
    fn schedule(&self) -> Result<Option<AskedSchedule>, Problem> {
        let expiration = match (self.end, self.duration, self.permanent) {
            (None, None, false) => None,
            (Some(end), None, false) => Some(AskedExpiration::AfterDateTime(end)),
            (None, Some(length), false) => Some(AskedExpiration::AfterDuration(length)),
            (None, None, true) => Some(AskedExpiration::NoExpiration),
            _ => {
                let detail = "only one of 'end', 'duration' and 'permanent' belongs in a decision";
                return Err(Problem::new(Kind::InvalidBody, detail.to_owned()).at("end"));
            }
        };
        match (expiration, self.start) {
            (Some(expiration), start) => Ok(Some(AskedSchedule { start, expiration })),
            (None, None) => Ok(None),
            (None, Some(_)) => {
                let detail = "a 'start' needs one of 'end', 'duration' and 'permanent' beside it";
                Err(Problem::new(Kind::InvalidBody, detail.to_owned()).at("start"))
            }
        }
    }
}

/// Decides on a request of status `PendingAdminDecision`.
#[utoipa::path(
    post, path = "/_emulator/tenants/{tid}/schedule-requests/{requestId}/decision", tag = "inside",
    request_body = Decision,
    params(
        ("tid" = String, Path, description = "The tenant's id or domain."),
        ("requestId" = Uuid, Path, description = "The id of the request."),
    ),
    responses(
        (status = 204, description = "It is decided."),
        (status = 400, body = ProblemDetails),
        (status = 404, body = ProblemDetails),
        (status = 409, body = ProblemDetails, description = "The machine refuses, and says why."),
        (status = 501, body = ProblemDetails, description = "The kind of the assignment would change."),
    ),
)]
async fn decide_request(
    TenantAt(tenant): TenantAt,
    Path((_, request)): Path<(String, String)>,
    Body(decision): Body<Decision>,
) -> Result<StatusCode, Problem> {
    let id = Uuid::try_parse(&request).ok().map(RequestId);
    let found = id.and_then(|id| tenant.read(|view| view.request(id)));
    let found = found.ok_or_else(|| Problem::new(Kind::NotFound, format!("there is no request {request}")))?;
    if decision.assignment_type.is_some_and(|kind| kind.side() != found.side) {
        let detail = "a decision that makes an eligible assignment active, or an active one eligible, is not emulated; \
                      remove the assignment and make the other";
        return Err(Problem::new(Kind::NotEmulated, detail).at("assignmentType"));
    }
    let user = who::user(&tenant, &decision.user)?;
    let command = Command::DecideRequest {
        request: found.id,
        result: match decision.decision {
            Answer::Approve => ReviewResult::Approve,
            Answer::Deny => ReviewResult::Deny,
        },
        schedule: decision.schedule()?,
        justification: decision.justification,
    };
    let mfa = decision.mfa.unwrap_or(true);
    tenant.handle(Actor::User { id: user, mfa, contexts: AuthenticationContexts::NONE }, &command, |_, _| ())?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(decide_request))
}
