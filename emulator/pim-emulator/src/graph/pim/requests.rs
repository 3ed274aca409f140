//! What the two collections of requests of a family have in common.

use super::Held;
use super::ask::ScheduleRequestBody;
use super::demand::Demand;
use super::reading::current_user;
use super::request_row::{Occasion, RequestRow};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Resource;
use crate::graph::permission::Permission;
use crate::graph::reply::Reply;
use pim_core::model::{Action, AssignmentKind, CreatedBy, ScheduleRequest};
use pim_core::{By, Command, PrincipalId, RequestId, View};
use pim_odata::Entity;
use std::marker::PhantomData;

/// One of the two collections.
#[derive(Clone, Copy, Debug)]
pub(in crate::graph) struct Collection<H> {
    pub(in crate::graph) path: &'static str,
    pub(in crate::graph) side: AssignmentKind,
    /// What every action but a removal needs.
    pub(in crate::graph) permission: &'static Permission,
    pub(in crate::graph) held: PhantomData<H>,
}

impl<H: Held> Collection<H> {
    fn rows<'v>(
        self,
        view: View<'v>,
        by: By,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, RequestRow<'v, H>)> + use<'v, H> {
        view.requests(self.side, by, after)
            .filter_map(move |(key, request)| Some((key, RequestRow::new(view, request, Occasion::Reading)?)))
    }

    /// Lists the requests.
    pub(in crate::graph) fn list<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r, H>>,
    {
        let query = Query::<E>::of(call, PAGE_SIZE)?;
        let demand = Demand::of::<H, E>(query.pager());
        call.tenant.read(|view| {
            H::may_list(call, view, demand)?;
            let rows =
                |after| self.rows(view, demand.by(), after).filter(|(_, row)| row.held.is_listed(call, view, demand));
            Ok(query.answer(call, &Context::at(self.path), rows))
        })
    }

    /// Shows one.
    pub(in crate::graph) fn get<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r, H>>,
    {
        call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            let row = self.find(call, view)?;
            let request = &row.request;
            let concerned =
                call.user().is_some_and(|user| creator(request) == Some(user) || view.is_approver(user, request.id));
            if !concerned {
                row.held.may_see(call, view, request.principal)?;
            }
            single::<E>(call, &Context::at(self.path), &row).map(Reply::Ok)
        })
    }

    /// Lists the requests that the caller is the principal of, or made, or may decide (REQ-26, APR-21).
    pub(in crate::graph) fn filter_by_current_user<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r, H>>,
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
            Ok(query.answer(call, &context, |after| self.rows(view, by, after)))
        })
    }

    /// Makes a request, or says what would become of it.
    pub(in crate::graph) fn create<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = RequestRow<'r, H>>,
    {
        let body: ScheduleRequestBody = call.body()?;
        let occasion =
            if body.is_validation_only.unwrap_or_default() { Occasion::Validation } else { Occasion::FirstAnswer };
        let ask = body.ask::<H>(self.side, call.version)?;
        let may_only_remove =
            !self.permission.is_given(call.token) && call.tenant.read(|view| view.behaviour().permission_enforcement);
        if may_only_remove && ask.action != Action::AdminRemove {
            return Err(GraphError::MissingPermission(self.permission));
        }
        let command = Command::Request(ask);
        let write = |view: View<'_>, outcome: pim_core::Outcome| {
            let request = outcome.request.ok_or(GraphError::ResourceNotFound)?;
            let location = call.url(&format!("{}/{}", self.path, request.id));
            let row = RequestRow::new(view, request, occasion).ok_or(GraphError::ResourceNotFound)?;
            Ok(Reply::Created { body: single::<E>(call, &Context::at(self.path), &row)?, location })
        };
        let reply = match occasion {
            Occasion::Validation => call.tenant.dry_run(call.actor(), &command, write),
            Occasion::FirstAnswer | Occasion::Reading => call.tenant.handle(call.caller(), &command, write),
        };
        reply.map_err(GraphError::Pim)?
    }

    /// Withdraws a request.
    pub(in crate::graph) fn cancel(self, call: &Call<'_>) -> Result<Reply, GraphError> {
        let id = call.tenant.read(|view| self.find(call, view).map(|row| row.request.id))?;
        let cancelled = call.tenant.handle(call.caller(), &Command::CancelRequest(id), |_, _| Reply::NoContent);
        cancelled.map_err(GraphError::Pim)
    }

    fn find<'v>(self, call: &Call<'_>, view: View<'v>) -> Result<RequestRow<'v, H>, GraphError> {
        let request = call.id(0).and_then(|id| view.request(RequestId(id))).filter(|it| it.side == self.side);
        let row = request.and_then(|it| RequestRow::new(view, it, Occasion::Reading));
        row.ok_or(GraphError::ResourceNotFound)
    }
}

/// The user who made a request.
const fn creator(request: &ScheduleRequest) -> Option<PrincipalId> {
    match request.created_by {
        CreatedBy::User(id) => Some(id),
        CreatedBy::Application(_) | CreatedBy::SetUp | CreatedBy::Service => None,
    }
}

/// Declares one of the two collections and its operations: path, type, what is held, side, what reading needs, what everything
/// needs, and what making a request needs at the least.
macro_rules! request_collection {
    ($path:literal, $entity:ident of $held:ident, $side:ident, $read:ident, $permission:ident, $make:ident) => {
        const COLLECTION: $crate::graph::pim::requests::Collection<$held> = $crate::graph::pim::requests::Collection {
            path: $path,
            side: pim_core::model::AssignmentKind::$side,
            permission: &$crate::graph::permission::$permission,
            held: std::marker::PhantomData,
        };

        /// What can be done with them.
        pub(crate) const OPERATIONS: &[$crate::graph::router::Operation] = &[
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$read,
                handler: |call| COLLECTION.list::<$entity>(call),
            },
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Post,
                path: concat!("/", $path),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$make,
                handler: |call| COLLECTION.create::<$entity>(call),
            },
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path, "/filterByCurrentUser(on={on})"),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$read,
                handler: |call| COLLECTION.filter_by_current_user::<$entity>(call),
            },
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path, "/{id}"),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$read,
                handler: |call| COLLECTION.get::<$entity>(call),
            },
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Post,
                path: concat!("/", $path, "/{id}/cancel"),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$permission,
                handler: |call| COLLECTION.cancel(call),
            },
        ];
    };
}
pub(in crate::graph) use request_collection;
