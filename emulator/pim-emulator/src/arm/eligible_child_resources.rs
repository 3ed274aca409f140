//! `eligibleChildResources`: where an eligibility of the caller can be narrowed to (SCO-8).

use super::call::Call;
use super::error::ArmError;
use super::filter::{CHILD_RESOURCES, Condition};
use super::front_door::types;
use super::json::{List, bytes};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use pim_core::model::{AssignmentKind, AzureScope, AzureScopeKind};

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ELIGIBLE_CHILD_RESOURCES,
    place: Place::AnyScope,
    operations: &[Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) }],
};

#[derive(Debug)]
struct Child<'v> {
    name: &'v str,
    id: &'v str,
    kind: &'v str,
}

crate::arm_object! {
    Child<'_> { name / "name", id / "id", kind / "type" }
}

/// The children one level down, or all of them, at which the caller has an eligibility, its own or one from above (SCO-10).
#[expect(clippy::wildcard_enum_match_arm, reason = "only conditions that the list takes come here")]
fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    let filter = call.filter(CHILD_RESOURCES)?;
    let all = call.query.get("$getAllChildren").is_some_and(|it| it.eq_ignore_ascii_case("true"));
    call.tenant.read(|view| {
        let here = scopes::find(view, call.scope)?;
        let eligible = scopes::held(call, view, AssignmentKind::Eligibility);
        let children: Vec<&AzureScope> = match all {
            true => view.azure_downwards(here.id).into_iter().skip(1).collect(),
            false => view.azure_children(here.id).collect(),
        };
        let is_wanted = |child: &AzureScope| {
            filter.holds(&|condition| match condition {
                Condition::ResourceType(kind) => child.kind.name().eq_ignore_ascii_case(kind),
                Condition::AsTarget => true,
                _ => false,
            })
        };
        let rows = (children.into_iter())
            .filter(|child| is_wanted(child) && view.azure_upwards(child.id).any(|it| eligible.contains(&it.id)))
            .map(|child| Child { name: name(child), id: &child.path, kind: child.kind.name() });
        Ok(Reply::Ok(bytes(&List::of(rows.collect()))))
    })
}

/// The name people see; a resource group and a resource have no other than their own.
fn name(scope: &AzureScope) -> &str {
    match scope.kind {
        AzureScopeKind::ResourceGroup | AzureScopeKind::Resource { .. } => &scope.name,
        AzureScopeKind::TenantRoot | AzureScopeKind::ManagementGroup | AzureScopeKind::Subscription => {
            &scope.display_name
        }
    }
}
