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

use super::Version;
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
