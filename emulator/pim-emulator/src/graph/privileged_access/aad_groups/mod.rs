//! `/privilegedAccess/aadGroups`: letting PIM manage a group, which no newer route does by itself, who holds what, and requests.
//!
//! Settings have newer routes and are not here.

pub(crate) mod resources;
pub(crate) mod role_assignment_requests;
pub(crate) mod role_assignments;
pub(crate) mod role_definitions;

use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::identity_governance::privileged_access::group::Relation;
use crate::graph::pim::Held;
use crate::graph::pim::demand::Demand;
use pim_core::model::{AssignmentKind, Resource};
use pim_core::{PrincipalId, View};
use pim_odata::{Entity, Literal, Pager};

/// What a filter demands, in the names of these routes.
fn demand<E: Entity>(pager: &Pager<E>) -> Demand {
    let id = |name: &str| pager.equality(name).and_then(Literal::guid).map(PrincipalId);
    Demand { principal: id("subjectId"), resource: id("resourceId").map(Resource::Group) }
}

/// Refuses whoever may not see what a filter demands, and whoever demands nothing.
fn may_list(call: &Call<'_>, view: View<'_>, demand: Demand) -> Result<(), GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    if demand == Demand::default() {
        return Err(GraphError::MissingParameters("ResourceId"));
    }
    Relation::may_list(call, view, demand)
}

/// `assignmentState` of what is on a side.
const fn assignment_state(side: AssignmentKind) -> &'static str {
    match side {
        AssignmentKind::Eligibility => "Eligible",
        AssignmentKind::Assignment => "Active",
    }
}
