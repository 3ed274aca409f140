//! `/privilegedAccess/aadGroups/resources`: the groups that PIM manages, and taking one in (GRP-9).

use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::identity_governance::privileged_access::group::resources::{Managed, get, list};
use crate::graph::json::Word;
use crate::graph::permission::{READ_PRIVILEGED_GROUPS, WRITE_PRIVILEGED_GROUPS};
use crate::graph::pim::ask::{guid, required};
use crate::graph::reply::Reply;
use crate::graph::router::{Method, Operation};
use pim_core::model::GroupType;
use pim_core::time::Instant;
use pim_core::{Command, PrincipalId};

crate::entity! {
    /// A group that PIM manages.
    GovernanceResource(Managed<'r>) = "governanceResource" {
        "id": string = |it| it.group.id.0;
        "externalId": string = |it| it.group.id.0;
        "type": string = |it| Word(type_name(it.group.group_type));
        "displayName": string = |it| it.group.display_name.as_str();
        "status": string = |_it| Word("Active");
        "registeredDateTime": instant = |_it| None::<Instant>;
        "registeredRoot": string = |_it| None::<Word>;
    }
    navigations []
}

crate::request_body! {
    /// What is to be managed.
    RegisterBody {
        /// The id of the group.
        external_id / "externalId": String,
    }
}

const PATH: &str = "privilegedAccess/aadGroups/resources";

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/resources",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: |call| list::<GovernanceResource>(call, PATH),
    },
    Operation {
        method: Method::Post,
        path: "/privilegedAccess/aadGroups/resources/register",
        versions: &[Version::Beta],
        permission: &WRITE_PRIVILEGED_GROUPS,
        handler: register,
    },
    Operation {
        method: Method::Get,
        path: "/privilegedAccess/aadGroups/resources/{id}",
        versions: &[Version::Beta],
        permission: &READ_PRIVILEGED_GROUPS,
        handler: |call| get::<GovernanceResource>(call, PATH),
    },
];

const fn type_name(group_type: GroupType) -> &'static str {
    match group_type {
        GroupType::Security => "Security",
        GroupType::Microsoft365 => "Microsoft365",
    }
}

fn register(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: RegisterBody = call.body()?;
    let group = PrincipalId(guid("externalId", required("externalId", body.external_id.as_ref())?)?);
    let taken_in = call.tenant.handle(call.caller(), &Command::OnboardGroup(group), |_, _| Reply::Ok(Vec::new()));
    taken_in.map_err(GraphError::Pim)
}
