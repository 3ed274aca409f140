//! What the four collections of schedules and instances of a family have in common.

use super::Held;
use super::demand::Demand;
use super::reading::{current_user, holders};
use super::schedule_row::ScheduleRow;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Resource;
use crate::graph::reply::Reply;
use pim_core::model::{AssignmentKind, Schedule};
use pim_core::{By, ScheduleId, View};
use pim_odata::Entity;
use std::marker::PhantomData;

/// Which of the two layers a collection shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layer {
    /// Present and future windows.
    Schedules,
    /// Open windows.
    Instances,
}

/// One of the four collections.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Collection<H> {
    pub(in crate::graph) path: &'static str,
    pub(in crate::graph) side: AssignmentKind,
    pub(in crate::graph) layer: Layer,
    pub(in crate::graph) held: PhantomData<H>,
}

impl<H: Held> Collection<H> {
    /// The rows that an index finds, after a key.
    pub(in crate::graph) fn rows<'v>(
        self,
        view: View<'v>,
        by: By,
        after: Option<u64>,
    ) -> Box<dyn Iterator<Item = (u64, ScheduleRow<'v, H>)> + 'v> {
        let row = move |(key, schedule): (u64, Schedule)| Some((key, ScheduleRow::new(view, schedule)?));
        match self.layer {
            Layer::Schedules => Box::new(view.schedules(self.side, by, after).filter_map(row)),
            Layer::Instances => Box::new(view.instances(self.side, by, after).filter_map(row)),
        }
    }

    /// The row of a schedule.
    pub(in crate::graph) fn with_id(self, view: View<'_>, id: ScheduleId) -> Option<ScheduleRow<'_, H>> {
        let schedule = view.schedule(id).filter(|it| it.kind.side() == self.side)?;
        match self.layer {
            Layer::Schedules => ScheduleRow::new(view, schedule),
            Layer::Instances => {
                let mut rows = self.rows(view, By::Principal(schedule.principal), None).map(|(_, row)| row);
                rows.find(|row| row.schedule.id == id)
            }
        }
    }

    /// Lists the collection.
    pub(in crate::graph) fn list<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r, H>>,
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
        E: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r, H>>,
    {
        call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            let row = H::find(self, view, call.key(0)).ok_or(GraphError::ResourceNotFound)?;
            row.held.may_see(call, view, row.schedule.principal)?;
            single::<E>(call, &Context::at(self.path), &row).map(Reply::Ok)
        })
    }

    /// Lists what is the caller's own.
    pub(in crate::graph) fn filter_by_current_user<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r, H>>,
    {
        let (user, on) = current_user(call, &["principal"])?;
        let query = Query::<E>::of(call, PAGE_SIZE)?;
        let short = E::TYPE.strip_prefix("microsoft.graph.").unwrap_or(E::TYPE);
        let context = Context {
            name: &format!("Collection({short})"),
            path: &format!("{}/filterByCurrentUser(on='{on}')", self.path),
            typed: true,
        };
        call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            let mut rows: Vec<_> = (holders(view, user, self.side).into_iter())
                .flat_map(|holder| self.rows(view, By::Principal(holder), None))
                .collect();
            rows.sort_by_key(|(key, _)| *key);
            Ok(query.answer(call, &context, |_| rows))
        })
    }
}

/// Declares one of the four collections and its operations: path, type, what is held, side, layer, what reading it needs.
macro_rules! schedule_collection {
    ($path:literal, $entity:ident of $held:ident, $side:ident, $layer:ident, $permission:ident) => {
        const COLLECTION: $crate::graph::pim::schedules::Collection<$held> =
            $crate::graph::pim::schedules::Collection {
                path: $path,
                side: pim_core::model::AssignmentKind::$side,
                layer: $crate::graph::pim::schedules::Layer::$layer,
                held: std::marker::PhantomData,
            };

        /// What can be done with them.
        pub(crate) const OPERATIONS: &[$crate::graph::router::Operation] = &[
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$permission,
                handler: |call| COLLECTION.list::<$entity>(call),
            },
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path, "/filterByCurrentUser(on={on})"),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$permission,
                handler: |call| COLLECTION.filter_by_current_user::<$entity>(call),
            },
            $crate::graph::router::Operation {
                method: $crate::graph::router::Method::Get,
                path: concat!("/", $path, "/{id}"),
                versions: $crate::graph::router::BOTH,
                permission: &$crate::graph::permission::$permission,
                handler: |call| COLLECTION.get::<$entity>(call),
            },
        ];
    };
}
pub(in crate::graph) use schedule_collection;
