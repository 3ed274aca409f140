//! `roleManagementPolicyAssignments`: which policy is that of which role. Tools come to a policy by them.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::json::{Called, List, Row, bytes};
use super::pim::{Named, prefix, role_definition_id};
use super::policies::{self, PolicyId, PolicyRow, RuleRow, Summary};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use super::scopes;
use pim_core::View;
use uuid::Uuid;

/// What can be done with them. Like policies they are not made, and not deleted.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_MANAGEMENT_POLICY_ASSIGNMENTS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
        Operation {
            method: Method::Put,
            path: "{name}",
            versions: None,
            handler: Handler::Signed(|_| Err(ArmError::NotImplementedException)),
        },
    ],
};

/// The one version that shows the rules here, too.
const WITH_RULES: &str = "2020-10-01";

#[derive(Debug)]
struct Properties<'v> {
    scope: &'v str,
    role_definition_id: String,
    policy_id: String,
    effective_rules: Option<Vec<RuleRow<'v>>>,
    policy_assignment_properties: Around<'v>,
}

#[derive(Debug)]
struct Around<'v> {
    scope: Named<'v>,
    role_definition: Named<'v>,
    policy: Summary<'v>,
}

crate::arm_object! {
    Properties<'_> {
        scope / "scope",
        role_definition_id / "roleDefinitionId",
        policy_id / "policyId",
        effective_rules / "effectiveRules",
        policy_assignment_properties / "policyAssignmentProperties",
    }
    Around<'_> { scope / "scope", role_definition / "roleDefinition", policy / "policy" }
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant.read(|view| {
        let (here, ids) = policies::listed(call, view, RESOURCE.kind)?;
        let names: Vec<_> = ids.iter().copied().map(name).collect();
        let rows = ids.iter().zip(&names).filter_map(|(id, name)| {
            PolicyRow::of(view, call.version, here, *id).map(|policy| row(call, view, &policy, name))
        });
        Ok(Reply::Ok(bytes(&List::of(rows.collect()))))
    })
}

/// The name is that of the policy and that of its role.
fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.tenant.read(|view| {
        let here = scopes::find(view, call.scope)?;
        scopes::may(call, view, here, RESOURCE.kind)?;
        let (policy, role) = call.key(0).split_once('_').unwrap_or_default();
        let id = policies::of_id(view, here, policy)?;
        if Uuid::try_parse(role) != Ok(id.role().0) {
            return Err(ArmError::NotFound);
        }
        let policy = PolicyRow::of(view, call.version, here, id).ok_or(ArmError::NotFound)?;
        Ok(Reply::Ok(bytes(&row(call, view, &policy, &name(id)))))
    })
}

fn name(id: PolicyId) -> String {
    format!("{}_{}", id.guid(), id.role())
}

fn row<'a>(call: &Call<'_>, view: View<'a>, policy: &PolicyRow<'a>, name: &'a str) -> Row<'a, Properties<'a>> {
    let (here, role) = (policy.scope(), policy.id().role());
    let properties = Properties {
        scope: &here.path,
        role_definition_id: role_definition_id(here, role),
        policy_id: policy.full_id(),
        effective_rules: (call.version == WITH_RULES).then(|| policy.rules()),
        policy_assignment_properties: Around {
            scope: Named::scope(here),
            role_definition: Named::role(view, role, here),
            policy: policy.summary(),
        },
    };
    Row { called: Called { prefix: prefix(here), kind: RESOURCE.kind, name }, properties }
}
