//! `/identity/conditionalAccess/policies`, and `/conditionalAccess/policies`, its old address in beta.

use super::policy_row::{Conditions, GrantControlsRow, Kept};
use super::{policy_body, require_reader};
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Word};
use crate::graph::permission::{READ_CONDITIONAL_ACCESS, WRITE_CONDITIONAL_ACCESS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::conditional_access::ConditionalAccessPolicy;
use pim_core::{Command, ConditionalAccessPolicyId, View};

crate::entity! {
    /// A Conditional Access policy.
    ConditionalAccessPolicyResource(&'r ConditionalAccessPolicy) = "conditionalAccessPolicy" {
        "id": string = |it| it.id.0;
        "templateId": string = |_it| None::<Word>;
        "displayName": string = |it| it.display_name.as_str();
        "createdDateTime": instant = |it| it.created;
        "modifiedDateTime": instant = |it| it.modified;
        "state": string = |it| Word(it.state.name());
        "conditions": opaque = |it| Conditions::of(it);
        "grantControls": opaque = |it| GrantControlsRow::of(it);
        "sessionControls": opaque = |it| Kept::of(it, "sessionControls");
    }
    navigations []
}

impl Related for &ConditionalAccessPolicy {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

const PATH: &str = "identity/conditionalAccess/policies";

/// The five operations at an address.
macro_rules! operations {
    ($path:literal, $versions:expr) => {
        &[
            Operation {
                method: Method::Get,
                path: $path,
                versions: $versions,
                permission: &READ_CONDITIONAL_ACCESS,
                handler: list,
            },
            Operation {
                method: Method::Post,
                path: $path,
                versions: $versions,
                permission: &WRITE_CONDITIONAL_ACCESS,
                handler: create,
            },
            Operation {
                method: Method::Get,
                path: concat!($path, "/{id}"),
                versions: $versions,
                permission: &READ_CONDITIONAL_ACCESS,
                handler: get,
            },
            Operation {
                method: Method::Patch,
                path: concat!($path, "/{id}"),
                versions: $versions,
                permission: &WRITE_CONDITIONAL_ACCESS,
                handler: update,
            },
            Operation {
                method: Method::Delete,
                path: concat!($path, "/{id}"),
                versions: $versions,
                permission: &WRITE_CONDITIONAL_ACCESS,
                handler: delete,
            },
        ]
    };
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = operations!("/identity/conditionalAccess/policies", BOTH);

/// The same at the old address.
pub(crate) const OLD_OPERATIONS: &[Operation] = operations!("/conditionalAccess/policies", &[Version::Beta]);

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<ConditionalAccessPolicyResource>::of(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        require_reader(call, view)?;
        Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(view.conditional_access_policies())))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        require_reader(call, view)?;
        single::<ConditionalAccessPolicyResource>(call, &Context::at(PATH), &find(call, view)?).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let policy = policy_body::policy(call.body()?)?;
    let created = call.tenant.handle(
        call.caller(),
        &Command::CreateConditionalAccessPolicy(Box::new(policy)),
        |view, outcome| {
            let made = outcome.conditional_access_policy.and_then(|id| view.conditional_access_policy(id));
            let policy = made.ok_or(GraphError::ResourceNotFound)?;
            let location = call.url(&format!("{PATH}/{}", policy.id));
            let body = single::<ConditionalAccessPolicyResource>(call, &Context::at(PATH), &policy)?;
            Ok(Reply::Created { body, location })
        },
    );
    created.map_err(GraphError::ConditionalAccess)?
}

fn update(call: &Call<'_>) -> Result<Reply, GraphError> {
    let policy = call.tenant.read(|view| find(call, view).map(|policy| policy.id))?;
    let change = policy_body::change(call.body()?)?;
    let command = Command::UpdateConditionalAccessPolicy { policy, change: Box::new(change) };
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::ConditionalAccess)
}

fn delete(call: &Call<'_>) -> Result<Reply, GraphError> {
    let policy = call.tenant.read(|view| find(call, view).map(|policy| policy.id))?;
    let command = Command::DeleteConditionalAccessPolicy(policy);
    call.tenant.handle(call.caller(), &command, |_, _| Reply::NoContent).map_err(GraphError::ConditionalAccess)
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v ConditionalAccessPolicy, GraphError> {
    let policy = call.id(0).and_then(|id| view.conditional_access_policy(ConditionalAccessPolicyId(id)));
    policy.ok_or_else(|| GraphError::ObjectNotFound(call.key(0).to_owned()))
}
