//! `/identityGovernance/privilegedAccess/group/resources`: the groups that PIM manages. Beta has it, v1.0 has not.

use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Resource};
use crate::graph::permission::READ_PRIVILEGED_GROUPS;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::Group;
use pim_core::{PrincipalId, View};
use pim_odata::Entity;

/// A group that PIM manages, on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Managed<'v> {
    pub(in crate::graph) group: &'v Group,
}

impl Related for Managed<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

crate::entity! {
    /// A group that PIM manages.
    ManagedGroup(Managed<'r>) = "group" {
        "id": string = |it| it.group.id.0;
    }
    navigations []
}

const PATH: &str = "identityGovernance/privilegedAccess/group/resources";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/privilegedAccess/group/resources",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: |call| list::<ManagedGroup>(call, PATH),
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/privilegedAccess/group/resources/{id}",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: |call| get::<ManagedGroup>(call, PATH),
    },
];

/// Lists the groups that PIM manages, as far as the caller may read them.
pub(in crate::graph) fn list<E>(call: &Call<'_>, path: &str) -> Result<Reply, GraphError>
where
    E: Resource + for<'r> Entity<Row<'r> = Managed<'r>>,
{
    let query = Query::<E>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let groups = (0..).zip(view.onboarded_groups()).filter(|(_, group)| may_read(call, view, group.id));
        Ok(query.answer(call, &Context::at(path), |_| groups.map(|(key, group)| (key, Managed { group }))))
    })
}

/// Shows one.
pub(in crate::graph) fn get<E>(call: &Call<'_>, path: &str) -> Result<Reply, GraphError>
where
    E: Resource + for<'r> Entity<Row<'r> = Managed<'r>>,
{
    call.tenant.read(|view| {
        let row = Managed { group: find(call, view)? };
        single::<E>(call, &Context::at(path), &row).map(Reply::Ok)
    })
}

/// The group of the path, if PIM manages it.
pub(in crate::graph) fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Group, GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    let id = call.id(0).map(PrincipalId).filter(|id| view.is_onboarded(*id));
    let group = id.and_then(|id| view.group(id)).ok_or(GraphError::ResourceNotFound)?;
    if may_read(call, view, group.id) { Ok(group) } else { Err(GraphError::Unauthorized) }
}

fn may_read(call: &Call<'_>, view: View<'_>, group: PrincipalId) -> bool {
    call.user().is_none_or(|user| view.may_read_group(user, group))
}
