//! `/privilegedAccess`: the older routes of PIM, by provider. Graph has those of groups in beta, on their way out; PIM's own
//! service, older than its routes in Graph, has those of groups, directory roles and Azure roles below `/api/v2`.
//!
//! One file for each resource, whichever the provider and whoever asks; what differs between providers is said by [`Provider`].

mod azure;
mod provider;
mod related;
pub(crate) mod resources;
pub(crate) mod role_assignment_requests;
pub(crate) mod role_assignments;
pub(crate) mod role_definitions;
pub(crate) mod role_settings;
mod setting_rules;
mod subject;

pub(crate) use related::{Governance, navigation};
pub(crate) use subject::GovernanceSubject;

use super::Version;
use super::permission::{READ_PRIVILEGED_GROUPS, USE_PIM, WRITE_PRIVILEGED_GROUPS};
use super::router::{Handler, Method, Operation};
use pim_core::model::AssignmentKind;

/// Graph's beta and PIM's own service: what groups have.
const BOTH: &[Version] = &[Version::Beta, Version::Service];

/// PIM's own service alone: what directory roles and Azure roles have.
const SERVICE: &[Version] = &[Version::Service];

/// `assignmentState` of what is on a side.
const fn assignment_state(side: AssignmentKind) -> &'static str {
    match side {
        AssignmentKind::Eligibility => "Eligible",
        AssignmentKind::Assignment => "Active",
    }
}

/// The side of such a word, in any case.
fn side(word: &str) -> Option<AssignmentKind> {
    let mut sides = [AssignmentKind::Eligibility, AssignmentKind::Assignment].into_iter();
    sides.find(|side| assignment_state(*side).eq_ignore_ascii_case(word))
}

/// An operation on what is of groups, in some versions.
const fn of_groups(method: Method, path: &'static str, versions: &'static [Version], handler: Handler) -> Operation {
    let permission = match method {
        Method::Get => &READ_PRIVILEGED_GROUPS,
        Method::Post | Method::Put | Method::Patch | Method::Delete => &WRITE_PRIVILEGED_GROUPS,
    };
    Operation { method, path, versions, permission, handler }
}

/// The same on what is of the others, which only PIM's own service has.
const fn of_others(method: Method, path: &'static str, versions: &'static [Version], handler: Handler) -> Operation {
    Operation { method, path, versions, permission: &USE_PIM, handler }
}

/// The two lists that every provider has of something: whatever the caller may read, and what is of one resource.
macro_rules! lists {
    ($name:literal) => {
        &[
            of_groups(Method::Get, concat!("/privilegedAccess/aadGroups/", $name), BOTH, |call| {
                list(call, Provider::AadGroups)
            }),
            of_groups(Method::Get, concat!("/privilegedAccess/aadGroups/resources/{id}/", $name), BOTH, |call| {
                of_resource(call, Provider::AadGroups)
            }),
            of_others(Method::Get, concat!("/privilegedAccess/aadRoles/", $name), SERVICE, |call| {
                list(call, Provider::AadRoles)
            }),
            of_others(Method::Get, concat!("/privilegedAccess/aadRoles/resources/{id}/", $name), SERVICE, |call| {
                of_resource(call, Provider::AadRoles)
            }),
            of_others(Method::Get, concat!("/privilegedAccess/azureResources/", $name), SERVICE, |call| {
                list(call, Provider::AzureResources)
            }),
            of_others(
                Method::Get,
                concat!("/privilegedAccess/azureResources/resources/{id}/", $name),
                SERVICE,
                |call| of_resource(call, Provider::AzureResources),
            ),
        ]
    };
}
use lists;
