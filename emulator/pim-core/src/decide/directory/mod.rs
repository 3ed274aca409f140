//! The directory: principals, applications, administrative units and the edges between them.

pub(super) mod administrative_units;
pub(super) mod applications;
pub(super) mod deletion;
pub(super) mod edges;
pub(super) mod groups;
pub(super) mod restoring;
pub(super) mod service_principals;
pub(super) mod users;
pub(super) mod writers;

use crate::id::PrincipalId;
use crate::rejection::Rejection;
use crate::state::State;
use uuid::Uuid;

/// No other object may have that id.
fn id_is_free(state: &State, id: Uuid) -> Result<(), Rejection> {
    let taken = state.directory.slot(PrincipalId(id)).is_some()
        || state.directory.applications.keys().any(|it| it.0 == id)
        || state.directory.administrative_units.keys().any(|it| it.0 == id);
    if taken { Err(Rejection::NameTaken { property: "id", value: id.to_string() }) } else { Ok(()) }
}

/// The longest name that people see.
const LONGEST_NAME: usize = 256;
/// The longest nickname.
const LONGEST_NICKNAME: usize = 64;

/// A text that must be there and cannot be longer than that.
fn text(property: &'static str, text: &str, longest: usize) -> Result<(), Rejection> {
    let is_good = !text.trim().is_empty() && text.chars().count() <= longest;
    if is_good { Ok(()) } else { Err(Rejection::InvalidProperty { property }) }
}
