//! `/identityGovernance/privilegedAccess/group/resources`: the groups that PIM manages. Beta has it, v1.0 has not.

use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::Json;
use crate::graph::permission::READ_PRIVILEGED_GROUPS;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::Group;
use pim_core::{PrincipalId, View};

/// A group that PIM manages, on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Managed<'v> {
    group: &'v Group,
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
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/privilegedAccess/group/resources/{id}",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: get,
    },
];

/// Lists the groups that PIM manages, as far as the caller may read them.
fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ManagedGroup>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let groups = (0..).zip(view.onboarded_groups()).filter(|(_, group)| may_read(call, view, group.id));
        Ok(query.answer(call, &Context::at(PATH), |_| groups.map(|(key, group)| (key, Managed { group }))))
    })
}

/// Shows one.
fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = Managed { group: find(call, view)? };
        single::<ManagedGroup>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

/// The group of the path, if PIM manages it.
pub(in crate::graph) fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v Group, GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    let id = call.id(0).map(PrincipalId).filter(|id| view.is_onboarded(*id));
    let group = id.and_then(|id| view.group(id)).ok_or(GraphError::ResourceNotFound)?;
    if may_read(call, view, group.id) { Ok(group) } else { Err(GraphError::Unauthorized) }
}

/// Whether the caller may read what PIM knows of a group.
pub(in crate::graph) fn may_read(call: &Call<'_>, view: View<'_>, group: PrincipalId) -> bool {
    call.user().is_none_or(|user| view.may_read_group(user, group))
}
