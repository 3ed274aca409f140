//! Deciding on activations: approvals of a family, with their one stage, which goes by two names.

use super::Held;
use super::approval_row::{ApprovalRow, review_result};
use super::demand::Demand;
use super::reading::current_user;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::reply::Reply;
use pim_core::model::{AssignmentKind, ScheduleRequest};
use pim_core::{By, Command, PrincipalId, RequestId, View};
use std::marker::PhantomData;

crate::entity! {
    /// The approval of a request.
    ApprovalResource(ApprovalRow<'r>) = "approval" {
        "id": string = |it| it.approval.request.0;
        "stages": opaque [v1] = |it| it.steps();
        "steps": opaque [beta] = |it| it.steps();
    }
    navigations ["stages", "steps", "request"]
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

/// The approvals of a family.
#[derive(Clone, Copy, Debug)]
pub(in crate::graph) struct Approvals<H> {
    pub(in crate::graph) path: &'static str,
    pub(in crate::graph) held: PhantomData<H>,
}

impl<H: Held> Approvals<H> {
    fn rows<'v>(
        self,
        caller: Option<PrincipalId>,
        view: View<'v>,
        by: By,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, ApprovalRow<'v>)> + use<'v, H> {
        view.requests(AssignmentKind::Assignment, by, after).filter_map(move |(key, request)| {
            H::of(request.privilege)?;
            let approval = view.approval(request.id)?;
            Some((key, ApprovalRow { view, approval, caller }))
        })
    }

    /// Lists all of them.
    pub(in crate::graph) fn list(self, call: &Call<'_>) -> Result<Reply, GraphError> {
        let query = Query::<ApprovalResource>::of(call, PAGE_SIZE)?;
        call.tenant.read(|view| {
            H::may_list(call, view, Demand::default())?;
            let rows = |after| self.rows(call.user(), view, By::Anything, after);
            Ok(query.answer(call, &Context::at(self.path), rows))
        })
    }

    /// Lists those that the caller may decide or might have (APR-21).
    pub(in crate::graph) fn filter_by_current_user(self, call: &Call<'_>) -> Result<Reply, GraphError> {
        let (user, on) = current_user(call, &["approver"])?;
        let query = Query::<ApprovalResource>::of(call, PAGE_SIZE)?;
        let path = format!("{}/filterByCurrentUser(on='{on}')", self.path);
        let context = Context { name: "Collection(approval)", path: &path, typed: true };
        call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            let rows = |after| self.rows(call.user(), view, By::Approver(user), after);
            Ok(query.answer(call, &context, rows))
        })
    }

    /// Shows one.
    pub(in crate::graph) fn get(self, call: &Call<'_>) -> Result<Reply, GraphError> {
        call.tenant.read(|view| {
            let row = self.find(call, view)?;
            single::<ApprovalResource>(call, &Context::at(self.path), &row).map(Reply::Ok)
        })
    }

    /// Lists the one step of one.
    pub(in crate::graph) fn list_steps(self, call: &Call<'_>, name: &str) -> Result<Reply, GraphError> {
        let query = Query::<ApprovalStep>::of(call, PAGE_SIZE)?;
        call.tenant.read(|view| {
            let row = self.find(call, view)?;
            Ok(query.answer(call, &Context::at(&self.steps_path(&row, name)), |_| [(0, row.clone())]))
        })
    }

    /// Shows the one step of one.
    pub(in crate::graph) fn get_step(self, call: &Call<'_>, name: &str) -> Result<Reply, GraphError> {
        call.tenant.read(|view| {
            let row = self.find(call, view)?;
            if call.id(1) != Some(row.approval.request.0) {
                return Err(GraphError::ResourceNotFound);
            }
            single::<ApprovalStep>(call, &Context::at(&self.steps_path(&row, name)), &row).map(Reply::Ok)
        })
    }

    fn steps_path(self, row: &ApprovalRow<'_>, name: &str) -> String {
        format!("{}('{}')/{name}", self.path, row.approval.request)
    }

    /// Decides (APR-23): the first decision settles it. Whether the caller may is the machine's to say.
    pub(in crate::graph) fn review(self, call: &Call<'_>) -> Result<Reply, GraphError> {
        let request = call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            let (request, _, _) = self.request(call, view)?;
            if call.id(1) == Some(request.id.0) { Ok(request.id) } else { Err(GraphError::ResourceNotFound) }
        })?;
        let body: ReviewBody = call.body()?;
        let word = body.review_result.unwrap_or_default();
        let result = review_result(&word)
            .ok_or_else(|| GraphError::UnreadableBody(format!("reviewResult: '{word}' is neither Approve nor Deny")))?;
        let command = Command::ReviewApproval { request, result, justification: body.justification };
        call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::Pim)
    }

    /// The approval of the path, for whoever decides on it, asked for it, or may see such requests.
    fn find<'v>(self, call: &Call<'_>, view: View<'v>) -> Result<ApprovalRow<'v>, GraphError> {
        view.licensed().map_err(GraphError::Pim)?;
        let (request, held, approval) = self.request(call, view)?;
        let caller = call.user();
        if !caller.is_some_and(|user| view.is_approver(user, request.id)) {
            held.may_see(call, view, request.principal)?;
        }
        Ok(ApprovalRow { view, approval, caller })
    }

    /// The request of the path that waits, or waited, for an approver.
    fn request(
        self,
        call: &Call<'_>,
        view: View<'_>,
    ) -> Result<(ScheduleRequest, H, pim_core::model::Approval), GraphError> {
        let request = call.id(0).and_then(|id| view.request(RequestId(id)));
        let found = request.and_then(|request| {
            let (held, approval) = (H::of(request.privilege)?, view.approval(request.id)?);
            Some((request, held, approval))
        });
        found.ok_or(GraphError::ResourceNotFound)
    }
}

/// Declares the approvals of a family and what can be done with them: path, what is held, versions, what reading and deciding
/// need, the names of the step, and whether all can be listed.
macro_rules! approval_collection {
    (
        $path:literal of $held:ident, $versions:expr, $read:ident, $decide:ident, [$($name:literal),*]
        $(, $list:ident)?
    ) => {
        const APPROVALS: $crate::graph::pim::approvals::Approvals<$held> =
            $crate::graph::pim::approvals::Approvals { path: $path, held: std::marker::PhantomData };

        /// What can be done with them.
        pub(crate) const OPERATIONS: &[$crate::graph::router::Operation] = &[
            $($crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path),
                versions: $versions,
                permission: &$crate::graph::permission::$read,
                handler: |call| APPROVALS.$list(call),
            },)?
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path, "/filterByCurrentUser(on={on})"),
                versions: $versions,
                permission: &$crate::graph::permission::$read,
                handler: |call| APPROVALS.filter_by_current_user(call),
            },
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path, "/{id}"),
                versions: $versions,
                permission: &$crate::graph::permission::$read,
                handler: |call| APPROVALS.get(call),
            },
            $(
                $crate::graph::router::Operation {
                    method: $crate::graph::router::Method::Get,
                    path: concat!("/", $path, "/{id}/", $name),
                    versions: $versions,
                    permission: &$crate::graph::permission::$read,
                    handler: |call| APPROVALS.list_steps(call, $name),
                },
                $crate::graph::router::Operation {
                    method: $crate::graph::router::Method::Get,
                    path: concat!("/", $path, "/{id}/", $name, "/{stepId}"),
                    versions: $versions,
                    permission: &$crate::graph::permission::$read,
                    handler: |call| APPROVALS.get_step(call, $name),
                },
                $crate::graph::router::Operation {
                    method: $crate::graph::router::Method::Patch,
                    path: concat!("/", $path, "/{id}/", $name, "/{stepId}"),
                    versions: $versions,
                    permission: &$crate::graph::permission::$decide,
                    handler: |call| APPROVALS.review(call),
                },
            )*
        ];
    };
}
pub(in crate::graph) use approval_collection;
