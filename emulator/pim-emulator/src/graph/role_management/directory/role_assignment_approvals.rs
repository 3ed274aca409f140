//! `/roleManagement/directory/roleAssignmentApprovals`: deciding on activations. Beta has it, v1.0 has not.

use super::approval_row::{ApprovalRow, review_result};
use super::reading::{current_user, may_list};
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::{DECIDE_APPROVALS, READ_APPROVALS};
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::AssignmentKind;
use pim_core::{By, Command, RequestId, View};

crate::entity! {
    /// The approval of a request.
    ApprovalResource(ApprovalRow<'r>) = "approval" {
        "id": string = |it| it.approval.request.0;
        "steps": opaque = |it| it.steps();
    }
    navigations ["steps", "request"]
}

crate::entity! {
    /// The one step of an approval, also called its stage.
    ApprovalStep(ApprovalRow<'r>) = "approvalStep" {
        "id": string = |it| it.approval.request.0;
        "displayName": string = |_it| None::<Word>;
        "reviewedDateTime": instant = |it| it.reviewed();
        "reviewResult": string = |it| it.review_result();
        "status": string = |it| Word(it.approval.status.name());
        "assignedToMe": boolean = |it| it.assigned_to_me();
        "justification": string = |it| it.justification();
        "reviewedBy": opaque = |it| it.reviewed_by();
    }
    navigations []
}

crate::request_body! {
    /// A decision.
    ReviewBody {
        /// Approve or deny.
        review_result / "reviewResult": String,
        /// The reason.
        justification / "justification": String,
    }
}

const PATH: &str = "roleManagement/directory/roleAssignmentApprovals";

const BETA: &[Version] = &[Version::Beta];

/// Declares what can be done with the step of an approval, which goes by two names.
macro_rules! step_operations {
    ($($name:literal),*) => {
        /// What can be done with them.
        pub(crate) const OPERATIONS: &[Operation] = &[
            Operation {
                method: Method::Get,
                path: "/roleManagement/directory/roleAssignmentApprovals",
                versions: BETA,
                permission: &READ_APPROVALS,
                handler: list,
            },
            Operation {
                method: Method::Get,
                path: "/roleManagement/directory/roleAssignmentApprovals/filterByCurrentUser(on={on})",
                versions: BETA,
                permission: &READ_APPROVALS,
                handler: filter_by_current_user,
            },
            Operation {
                method: Method::Get,
                path: "/roleManagement/directory/roleAssignmentApprovals/{id}",
                versions: BETA,
                permission: &READ_APPROVALS,
                handler: get,
            },
            $(
                Operation {
                    method: Method::Get,
                    path: concat!("/roleManagement/directory/roleAssignmentApprovals/{id}/", $name),
                    versions: BETA,
                    permission: &READ_APPROVALS,
                    handler: |call| list_steps(call, $name),
                },
                Operation {
                    method: Method::Get,
                    path: concat!("/roleManagement/directory/roleAssignmentApprovals/{id}/", $name, "/{stepId}"),
                    versions: BETA,
                    permission: &READ_APPROVALS,
                    handler: |call| get_step(call, $name),
                },
                Operation {
                    method: Method::Patch,
                    path: concat!("/roleManagement/directory/roleAssignmentApprovals/{id}/", $name, "/{stepId}"),
                    versions: BETA,
                    permission: &DECIDE_APPROVALS,
                    handler: review,
                },
            )*
        ];
    };
}

step_operations!("steps", "stages");

fn rows<'v>(
    call: &Call<'_>,
    view: View<'v>,
    by: By,
    after: Option<u64>,
) -> impl Iterator<Item = (u64, ApprovalRow<'v>)> {
    let caller = call.user();
    view.requests(AssignmentKind::Assignment, by, after).filter_map(move |(key, request)| {
        let approval = view.approval(request.id)?;
        Some((key, ApprovalRow { view, approval, caller }))
    })
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ApprovalResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        may_list(call, view, By::Anything)?;
        Ok(query.answer(call, &Context::at(PATH), |after| rows(call, view, By::Anything, after)))
    })
}

/// The approvals that the caller may decide or might have (APR-21).
fn filter_by_current_user(call: &Call<'_>) -> Result<Reply, GraphError> {
    let (user, on) = current_user(call, &["approver"])?;
    let query = Query::<ApprovalResource>::of(call, PAGE_SIZE)?;
    let path = format!("{PATH}/filterByCurrentUser(on='{on}')");
    let context = Context { name: "Collection(approval)", path: &path, typed: true };
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        Ok(query.answer(call, &context, |after| rows(call, view, By::Approver(user), after)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = find(call, view)?;
        single::<ApprovalResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

fn list_steps(call: &Call<'_>, name: &str) -> Result<Reply, GraphError> {
    let query = Query::<ApprovalStep>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let row = find(call, view)?;
        Ok(query.answer(call, &Context::at(&steps_path(&row, name)), |_| [(0, row.clone())]))
    })
}

fn get_step(call: &Call<'_>, name: &str) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = step(call, view)?;
        single::<ApprovalStep>(call, &Context::at(&steps_path(&row, name)), &row).map(Reply::Ok)
    })
}

fn steps_path(row: &ApprovalRow<'_>, name: &str) -> String {
    format!("{PATH}('{}')/{name}", row.approval.request)
}

/// Decides (APR-23): the first decision settles it.
fn review(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: ReviewBody = call.body()?;
    let word = body.review_result.unwrap_or_default();
    let result = review_result(&word)
        .ok_or_else(|| GraphError::UnreadableBody(format!("reviewResult: '{word}' is neither Approve nor Deny")))?;
    let id = call.tenant.read(|view| step_id(call, view))?;
    let command = Command::ReviewApproval { request: id, result, justification: body.justification };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Pim)
}

/// The approval of the path, for whoever decides on it, asked for it, or may read everything.
fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<ApprovalRow<'v>, GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    let id = call.id(0).map(RequestId).ok_or(GraphError::ResourceNotFound)?;
    let approval = view.approval(id).ok_or(GraphError::ResourceNotFound)?;
    let caller = call.user();
    let concerned = caller.is_some_and(|user| {
        view.is_approver(user, id) || view.request(id).is_some_and(|request| request.principal == user)
    });
    if !concerned {
        may_list(call, view, By::Anything)?;
    }
    Ok(ApprovalRow { view, approval, caller })
}

/// The same, where the path also names its step.
fn step<'v>(call: &Call<'_>, view: View<'v>) -> Result<ApprovalRow<'v>, GraphError> {
    let row = find(call, view)?;
    if call.id(1) == Some(row.approval.request.0) { Ok(row) } else { Err(GraphError::ResourceNotFound) }
}

/// The step to decide on; whether the caller may is the machine's to say.
fn step_id(call: &Call<'_>, view: View<'_>) -> Result<RequestId, GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    let id = call.id(0).map(RequestId).filter(|id| call.id(1) == Some(id.0)).ok_or(GraphError::ResourceNotFound)?;
    view.approval(id).map(|approval| approval.request).ok_or(GraphError::ResourceNotFound)
}
