//! What the four collections of schedules and instances have in common.

use super::assignment_id;
use super::reading::{current_user, holders, index, may_list, may_see};
use super::schedule_row::ScheduleRow;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Resource;
use crate::graph::reply::Reply;
use pim_core::model::{AssignmentKind, Schedule};
use pim_core::{By, ScheduleId, View};
use pim_odata::Entity;
use uuid::Uuid;

/// Which of the two layers a collection shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layer {
    /// Present and future windows.
    Schedules,
    /// Open windows.
    Instances,
}

/// One of the four collections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Collection {
    pub(super) path: &'static str,
    pub(super) side: AssignmentKind,
    pub(super) layer: Layer,
}

impl Collection {
    fn rows<'v>(
        self,
        view: View<'v>,
        by: By,
        after: Option<u64>,
    ) -> Box<dyn Iterator<Item = (u64, ScheduleRow<'v>)> + 'v> {
        let row = move |(key, schedule): (u64, Schedule)| Some((key, ScheduleRow::new(view, schedule)?));
        match self.layer {
            Layer::Schedules => Box::new(view.schedules(self.side, by, after).filter_map(row)),
            Layer::Instances => Box::new(view.instances(self.side, by, after).filter_map(row)),
        }
    }

    /// The row with an id: of a schedule a GUID or, made outside PIM, the id of its assignment; of an instance always that.
    fn row<'v>(self, view: View<'v>, id: &str) -> Option<ScheduleRow<'v>> {
        if self.layer == Layer::Schedules
            && let Ok(id) = Uuid::try_parse(id)
        {
            let schedule = view.schedule(ScheduleId(id)).filter(|it| it.kind.side() == self.side)?;
            return ScheduleRow::new(view, schedule).filter(|row| row.created_using().is_some());
        }
        let (role, principal) = assignment_id::parse(id)?;
        self.rows(view, By::Principal(principal), None)
            .map(|(_, row)| row)
            .find(|row| row.role == role && self.id_of(row) == id)
    }

    fn id_of(self, row: &ScheduleRow<'_>) -> String {
        match self.layer {
            Layer::Schedules => row.schedule_id().into_owned(),
            Layer::Instances => row.instance_id(),
        }
    }

    /// Lists the collection.
    pub(super) fn list<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r>>,
    {
        let query = Query::<E>::of(call, PAGE_SIZE)?;
        let by = index(query.pager());
        call.tenant.read(|view| {
            may_list(call, view, by)?;
            Ok(query.answer(call, &Context::at(self.path), |after| self.rows(view, by, after)))
        })
    }

    /// Shows one.
    pub(super) fn get<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r>>,
    {
        call.tenant.read(|view| {
            view.licensed().map_err(GraphError::Pim)?;
            let row = self.row(view, call.key(0)).ok_or(GraphError::ResourceNotFound)?;
            may_see(call, view, row.schedule.principal)?;
            single::<E>(call, &Context::at(self.path), &row).map(Reply::Ok)
        })
    }

    /// Lists what is the caller's own.
    pub(super) fn filter_by_current_user<E>(self, call: &Call<'_>) -> Result<Reply, GraphError>
    where
        E: Resource + for<'r> Entity<Row<'r> = ScheduleRow<'r>>,
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

/// Declares one of the four collections and its operations: name in the URL, type, side, layer, what reading it needs.
macro_rules! schedule_collection {
    ($name:literal, $entity:ident, $side:ident, $layer:ident, $permission:ident) => {
        const COLLECTION: Collection = Collection {
            path: concat!("roleManagement/directory/", $name),
            side: pim_core::model::AssignmentKind::$side,
            layer: $crate::graph::role_management::directory::schedules::Layer::$layer,
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
        ];
    };
}
pub(super) use schedule_collection;
