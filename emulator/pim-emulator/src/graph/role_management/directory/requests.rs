//! What the two collections of requests have in common.

use super::ask::ScheduleRequestBody;
use super::reading::{current_user, index, may_list, may_see};
use super::request_row::RequestRow;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Resource;
use crate::graph::permission::Permission;
use crate::graph::reply::Reply;
use pim_core::model::{Action, AssignmentKind, CreatedBy, ScheduleRequest};
use pim_core::{By, Command, PrincipalId, RequestId, View};
use pim_odata::Entity;

/// One of the two collections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Collection {
    pub(super) path: &'static str,
    pub(super) side: AssignmentKind,
    /// What every action but a removal needs.
    pub(super) permission: &'static Permission,
}

fn rows<'v>(
    view: View<'v>,
    side: AssignmentKind,
    by: By,
    after: Option<u64>,
) -> impl Iterator<Item = (u64, RequestRow<'v>)> {
    view.requests(side, by, after).filter_map(move |(key, request)| Some((key, RequestRow::new(view, request, false)?)))
}

impl Collection {
    /// Lists the requests.
    pub(super) fn list<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r>>,
    {
        let query = Query::<E>::of(call, PAGE_SIZE)?;
        let by = index(query.pager());
        call.tenant.read(|view| {
            may_list(call, view, by)?;
            Ok(query.answer(call, &Context::at(self.path), |after| rows(view, self.side, by, after)))
        })
    }

    /// Shows one.
    pub(super) fn get<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r>>,
    {
        call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            let row = self.find(call, view)?;
            let request = &row.request;
            let concerned =
                call.user().is_some_and(|user| creator(request) == Some(user) || view.is_approver(user, request.id));
            if !concerned {
                may_see(call, view, request.principal)?;
            }
            single::<E>(call, &Context::at(self.path), &row).map(Reply::Ok)
        })
    }

    /// Lists the requests that the caller is the principal of, or made, or may decide (REQ-26, APR-21).
    pub(super) fn filter_by_current_user<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r>>,
    {
        let (user, on) = current_user(call, &["principal", "createdBy", "approver"])?;
        let query = Query::<E>::of(call, PAGE_SIZE)?;
        let short = E::TYPE.strip_prefix("microsoft.graph.").unwrap_or(E::TYPE);
        let context = Context {
            name: &format!("Collection({short})"),
            path: &format!("{}/filterByCurrentUser(on='{on}')", self.path),
            typed: true,
        };
        let by = match on {
            "principal" => By::Principal(user),
            "createdBy" => By::Creator(user),
            _ => By::Approver(user),
        };
        call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            Ok(query.answer(call, &context, |after| rows(view, self.side, by, after)))
        })
    }

    /// Makes a request, or says what would become of it.
    pub(super) fn create<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r>>,
    {
        let body: ScheduleRequestBody = call.body()?;
        let is_validation_only = body.is_validation_only.unwrap_or_default();
        let ask = body.ask(self.side, call.version)?;
        let may_only_remove =
            !self.permission.is_given(call.token) && call.tenant.read(|view| view.behaviour().permission_enforcement);
        if may_only_remove && ask.action != Action::AdminRemove {
            return Err(GraphError::MissingPermission(self.permission));
        }
        let command = Command::Request(ask);
        let write = |view: View<'_>, outcome: pim_core::Outcome| {
            let request = outcome.request.ok_or(GraphError::ResourceNotFound)?;
            let location = call.url(&format!("{}/{}", self.path, request.id));
            let row = RequestRow::new(view, request, is_validation_only).ok_or(GraphError::ResourceNotFound)?;
            Ok(Reply::Created { body: single::<E>(call, &Context::at(self.path), &row)?, location })
        };
        let reply = if is_validation_only {
            call.tenant.dry_run(call.actor(), &command, write)
        } else {
            call.tenant.handle(call.actor(), &command, write)
        };
        reply.map_err(GraphError::Pim)?
    }

    /// Withdraws a request.
    pub(super) fn cancel(self, call: &Call<'_>) -> Result<Reply, GraphError> {
        let id = call.tenant.read(|view| self.find(call, view).map(|row| row.request.id))?;
        let cancelled = call.tenant.handle(call.actor(), &Command::CancelRequest(id), |_, _| Reply::NoContent);
        cancelled.map_err(GraphError::Pim)
    }

    fn find<'v>(self, call: &Call<'_>, view: View<'v>) -> Result<RequestRow<'v>, GraphError> {
        let request = call.id(0).and_then(|id| view.request(RequestId(id))).filter(|it| it.side == self.side);
        request.and_then(|it| RequestRow::new(view, it, false)).ok_or(GraphError::ResourceNotFound)
    }
}

/// The user who made a request.
const fn creator(request: &ScheduleRequest) -> Option<PrincipalId> {
    match request.created_by {
        CreatedBy::User(id) => Some(id),
        CreatedBy::Application(_) | CreatedBy::SetUp | CreatedBy::Service => None,
    }
}

/// Declares one of the two collections and its operations: name in the URL, type, side, what everything needs, and what making
/// a request needs at the least.
macro_rules! request_collection {
    ($name:literal, $entity:ident, $side:ident, $permission:ident, $make:ident) => {
        const COLLECTION: Collection = Collection {
            path: concat!("roleManagement/directory/", $name),
            side: pim_core::model::AssignmentKind::$side,
            permission: &$permission,
        };

        /// What can be done with them.
        pub(crate) const OPERATIONS: &[Operation] = &[
            Operation {
                method: Method::Get,
                path: concat!("/roleManagement/directory/", $name),
                versions: BOTH,
                permission: &$permission,
                handler: |call| COLLECTION.list::<$entity>(call),
            },
            Operation {
                method: Method::Post,
                path: concat!("/roleManagement/directory/", $name),
                versions: BOTH,
                permission: &$make,
                handler: |call| COLLECTION.create::<$entity>(call),
            },
            Operation {
                method: Method::Get,
                path: concat!("/roleManagement/directory/", $name, "/filterByCurrentUser(on={on})"),
                versions: BOTH,
                permission: &$permission,
                handler: |call| COLLECTION.filter_by_current_user::<$entity>(call),
            },
            Operation {
                method: Method::Get,
                path: concat!("/roleManagement/directory/", $name, "/{id}"),
                versions: BOTH,
                permission: &$permission,
                handler: |call| COLLECTION.get::<$entity>(call),
            },
            Operation {
                method: Method::Post,
                path: concat!("/roleManagement/directory/", $name, "/{id}/cancel"),
                versions: BOTH,
                permission: &$permission,
                handler: |call| COLLECTION.cancel(call),
            },
        ];
    };
}
pub(super) use request_collection;
