//! `roleAssignmentApprovals`: activations that wait for an approver, each with one stage of the same name.
//!
//! They are named by the tenant, whatever scope a client puts in front.

use super::call::Call;
use super::error::ArmError;
use super::filter::{APPROVALS, Condition};
use super::front_door::types;
use super::json::{List, bytes, member};
use super::pim::People;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use crate::arm::json::Member;
use crate::json::Json;
use axum::http::StatusCode;
use pim_core::model::{Approval, AssignmentKind, CreatedBy, Privilege, RequestStatus, ReviewResult, ScheduleRequest};
use pim_core::time::Instant;
use pim_core::{By, Command, PrincipalId, Rejection, RequestId, View};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_ASSIGNMENT_APPROVALS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Get, path: "{name}/stages", versions: None, handler: Handler::Signed(stages) },
        Operation {
            method: Method::Get,
            path: "{name}/stages/{stage}",
            versions: None,
            handler: Handler::Signed(stage),
        },
        Operation {
            method: Method::Put,
            path: "{name}/stages/{stage}",
            versions: None,
            handler: Handler::Signed(review),
        },
        Operation {
            method: Method::Patch,
            path: "{name}/stages/{stage}",
            versions: None,
            handler: Handler::Signed(review),
        },
    ],
};

crate::request_body! {
    /// A decision: as a resource, or its properties alone.
    StageBody {
        /// What it is like.
        properties / "properties": DecisionBody,
        /// Yes or no.
        review_result / "reviewResult": String,
        /// The reason.
        justification / "justification": String,
    }
    /// A decision.
    DecisionBody {
        /// Yes or no.
        review_result / "reviewResult": String,
        /// The reason.
        justification / "justification": String,
    }
}

/// An approval of an Azure role, with the request that it is of.
struct Waiting {
    approval: Approval,
    request: ScheduleRequest,
}

impl Waiting {
    fn of(view: View<'_>, request: ScheduleRequest) -> Option<Self> {
        match request.privilege {
            Privilege::AzureRole { .. } => Some(Self { approval: view.approval(request.id)?, request }),
            Privilege::DirectoryRole { .. } | Privilege::Group { .. } => None,
        }
    }

    fn is_party(&self, view: View<'_>, caller: PrincipalId) -> bool {
        self.is_by(caller) || self.request.principal == caller || self.is_for(view, caller)
    }

    fn is_by(&self, id: PrincipalId) -> bool {
        matches!(self.request.created_by, CreatedBy::User(by) | CreatedBy::Application(by) if by == id)
    }

    /// Whether somebody decides on it, or did.
    fn is_for(&self, view: View<'_>, caller: PrincipalId) -> bool {
        view.is_approver(caller, self.request.id) || self.approval.review.as_ref().is_some_and(|it| it.by == caller)
    }
}

/// The approval of the path, for whoever has to do with it.
fn find(call: &Call<'_>, view: View<'_>) -> Result<Waiting, ArmError> {
    let id = call.id(0).map(RequestId).ok_or(ArmError::NotFound)?;
    let waiting = view.request(id).and_then(|request| Waiting::of(view, request));
    waiting.filter(|it| it.is_party(view, call.caller_id())).ok_or(ArmError::Pim(Rejection::ApprovalNotFound(id)))
}

/// The same where the path names its stage, too.
fn find_stage(call: &Call<'_>, view: View<'_>) -> Result<Waiting, ArmError> {
    let waiting = find(call, view)?;
    let id = waiting.request.id;
    if call.id(1) == Some(id.0) { Ok(waiting) } else { Err(ArmError::Pim(Rejection::ApprovalNotFound(id))) }
}

/// Without a filter, those that the caller has to do with.
#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    let filter = call.filter(APPROVALS)?;
    let caller = call.caller_id();
    call.tenant.read(|view| {
        let target = People::of(view, caller);
        let sources = [By::Target(caller), By::Creator(caller), By::Approver(caller)];
        let mut rows: Vec<_> =
            sources.into_iter().flat_map(|by| view.requests(AssignmentKind::Assignment, by, None)).collect();
        rows.sort_by_key(|(key, _)| *key);
        rows.dedup_by_key(|(key, _)| *key);
        let waiting = rows.into_iter().filter_map(|(_, request)| Waiting::of(view, request)).filter(|it| {
            filter.holds(&|condition| match condition {
                Condition::AsApprover => {
                    it.request.status == RequestStatus::PendingApproval && view.is_approver(caller, it.request.id)
                }
                Condition::AsCreatedBy => it.is_by(caller),
                Condition::AsTarget => target.contains(it.request.principal),
                _ => false,
            })
        });
        let rows: Vec<_> = waiting.map(|it| Row::of(view, caller, &it)).collect();
        Ok(Reply::Ok(bytes(&List::of(rows))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant.read(|view| Ok(Reply::Ok(bytes(&Row::of(view, call.caller_id(), &find(call, view)?)))))
}

fn stages(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant
        .read(|view| Ok(Reply::Ok(bytes(&List::of(vec![Stage::of(view, call.caller_id(), &find(call, view)?)])))))
}

fn stage(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant.read(|view| Ok(Reply::Ok(bytes(&Stage::of(view, call.caller_id(), &find_stage(call, view)?)))))
}

/// A decision (APR-23). Both verbs and both bodies do the same; in a batch nothing is said back.
fn review(call: &Call<'_>) -> Result<Reply, ArmError> {
    let body: StageBody = call.body()?;
    let inner = body.properties.unwrap_or_default();
    let result = inner.review_result.or(body.review_result).unwrap_or_default();
    let result = [ReviewResult::Approve, ReviewResult::Deny]
        .into_iter()
        .find(|it| it.name().eq_ignore_ascii_case(&result))
        .ok_or_else(|| ArmError::InvalidRequest(format!("'{result}' is not a reviewResult that decides")))?;
    let justification = inner.justification.or(body.justification);
    let request = call.tenant.read(|view| find_stage(call, view).map(|it| it.request.id))?;
    let command = Command::ReviewApproval { request, result, justification };
    let done = call.tenant.handle(call.caller(), &command, |view, _| {
        if call.is_in_batch {
            return Ok(Reply::Empty(StatusCode::NO_CONTENT));
        }
        Ok(Reply::Ok(bytes(&Stage::of(view, call.caller_id(), &find_stage(call, view)?))))
    });
    done.map_err(ArmError::Pim)?
}

/// An approval as it is written.
struct Row<'v> {
    id: RequestId,
    stages: Vec<Stage<'v>>,
}

impl<'v> Row<'v> {
    fn of(view: View<'v>, caller: PrincipalId, waiting: &Waiting) -> Self {
        Self { id: waiting.request.id, stages: vec![Stage::of(view, caller, waiting)] }
    }
}

impl Member for Row<'_> {
    fn write(&self, json: &mut Json) {
        json.open();
        json.key("properties");
        json.open();
        member(json, "stages", &self.stages);
        json.close();
        member(json, "id", &path(self.id));
        member(json, "name", &self.id.0);
        member(json, "type", &types::ROLE_ASSIGNMENT_APPROVALS.to_string());
        json.close();
    }
}

fn path(id: RequestId) -> String {
    format!("/providers/{}/{id}", types::ROLE_ASSIGNMENT_APPROVALS)
}

/// The one stage of an approval.
struct Stage<'v> {
    id: RequestId,
    properties: StageProperties<'v>,
}

struct StageProperties<'v> {
    status: &'static str,
    assigned_to_me: bool,
    reviewed_by: Option<Reviewer<'v>>,
    reviewed_date_time: Option<Instant>,
    review_result: &'static str,
    justification: Option<String>,
}

struct Reviewer<'v> {
    principal_id: PrincipalId,
    principal_type: &'static str,
    principal_name: Option<&'v str>,
    user_principal_name: Option<&'v str>,
}

crate::arm_object! {
    StageProperties<'_> {
        status / "status",
        assigned_to_me / "assignedToMe",
        reviewed_by / "reviewedBy",
        reviewed_date_time / "reviewedDateTime",
        review_result / "reviewResult",
        justification / "justification",
    }
    Reviewer<'_> {
        principal_id / "principalId",
        principal_type / "principalType",
        principal_name / "principalName",
        user_principal_name / "userPrincipalName",
    }
}

impl<'v> Stage<'v> {
    fn of(view: View<'v>, caller: PrincipalId, waiting: &Waiting) -> Self {
        let review = waiting.approval.review.as_ref();
        Self {
            id: waiting.request.id,
            properties: StageProperties {
                status: waiting.approval.status.name(),
                assigned_to_me: view.is_approver(caller, waiting.request.id),
                reviewed_by: review.map(|it| Reviewer {
                    principal_id: it.by,
                    principal_type: "user",
                    principal_name: view.name_of(it.by),
                    user_principal_name: view.user_principal_name_of(it.by),
                }),
                reviewed_date_time: review.map(|it| it.at),
                review_result: review.map_or("NotReviewed", |it| it.result.name()),
                justification: review.and_then(|it| it.justification.clone()),
            },
        }
    }
}

impl Member for Stage<'_> {
    fn write(&self, json: &mut Json) {
        json.open();
        member(json, "properties", &self.properties);
        member(json, "id", &format!("{}/stages/{}", path(self.id), self.id));
        member(json, "name", &self.id.0);
        member(json, "type", &format!("{}/stages", types::ROLE_ASSIGNMENT_APPROVALS));
        json.close();
    }
}
