//! `roleAssignmentSchedules`: the active assignments, present and future.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::pim::{self, Face};
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use pim_core::model::AssignmentKind;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: FACE.kind,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
    ],
};

static FACE: Face =
    Face { kind: &types::ROLE_ASSIGNMENT_SCHEDULES, side: AssignmentKind::Assignment, is_instance: false };

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    pim::list(call, &FACE)
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    pim::get(call, &FACE)
}
