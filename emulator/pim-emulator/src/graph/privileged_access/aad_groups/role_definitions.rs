//! `/privilegedAccess/aadGroups/roleDefinitions`: the two relations that one may have to a group that PIM manages.

use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::identity_governance::privileged_access::group::{Relation, resources};
use crate::graph::json::{Json, Word};
use crate::graph::permission::READ_PRIVILEGED_GROUPS;
use crate::graph::pim::Held;
use crate::graph::pim::demand::Demand;
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::{GroupAccess, Resource};
use pim_core::{PrincipalId, View};
use uuid::Uuid;

crate::entity! {
    /// Membership or ownership of a group.
    GovernanceRoleDefinition(Relation) = "governanceRoleDefinition" {
        "id": string = |it| id(*it);
        "resourceId": string = |it| it.group.0;
        "externalId": string = |it| id(*it);
        "templateId": string = |it| Word(it.access.name());
        "displayName": string = |it| Word(display_name(it.access));
    }
    navigations ["resource"]
}

impl Related for Relation {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

const PATH: &str = "privilegedAccess/aadGroups/roleDefinitions";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/roleDefinitions",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/resources/{id}/roleDefinitions",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: of_resource,
    },
];

/// The id of a relation, which follows from the group: nothing of it is stored.
pub(super) fn id(relation: Relation) -> Uuid {
    let which = match relation.access {
        GroupAccess::Member => 0x726f_6c65_6d65_8000_a000_0000_0000_0001,
        GroupAccess::Owner => 0x726f_6c65_6f77_8000_a000_0000_0000_0002,
    };
    let mixed = relation.group.0.as_u128().rotate_left(23) ^ which;
    uuid::Builder::from_u128(mixed).with_version(uuid::Version::Custom).with_variant(uuid::Variant::RFC4122).into_uuid()
}

const fn display_name(access: GroupAccess) -> &'static str {
    match access {
        GroupAccess::Member => "Member",
        GroupAccess::Owner => "Owner",
    }
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleDefinition>::of(call, PAGE_SIZE)?;
    let group = query.pager().equality("resourceId").and_then(pim_odata::Literal::guid).map(PrincipalId);
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let group = group.ok_or(GraphError::MissingParameters("ResourceId"))?;
        let demand = Demand { principal: None, resource: Some(Resource::Group(group)) };
        Relation::may_list(call, view, demand)?;
        Ok(query.answer(call, &Context::at(PATH), |_| relations(view, group)))
    })
}

fn of_resource(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<GovernanceRoleDefinition>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let group = resources::find(call, view)?.id;
        let path = format!("privilegedAccess/aadGroups/resources/{group}/roleDefinitions");
        Ok(query.answer(call, &Context::at(&path), |_| relations(view, group)))
    })
}

/// Both relations, of a group that PIM manages.
fn relations(view: View<'_>, group: PrincipalId) -> impl Iterator<Item = (u64, Relation)> {
    let accesses = GroupAccess::ALL.into_iter().filter(move |_| view.is_onboarded(group));
    (0..).zip(accesses.map(move |access| Relation { group, access }))
}
