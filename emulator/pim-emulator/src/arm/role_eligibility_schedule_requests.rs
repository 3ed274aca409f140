//! `roleEligibilityScheduleRequests`: requests about eligible assignments.

use super::call::Call;
use super::error::ArmError;
use super::front_door::types;
use super::pim;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};
use pim_core::model::AssignmentKind;

/// The versions in which a request can be tried out.
const VALIDATED: &[&str] = &["2020-10-01", "2022-04-01-preview"];

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::ROLE_ELIGIBILITY_SCHEDULE_REQUESTS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{name}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Put, path: "{name}", versions: None, handler: Handler::Signed(put) },
        Operation { method: Method::Post, path: "{name}/cancel", versions: None, handler: Handler::Signed(cancel) },
        Operation {
            method: Method::Post,
            path: "{name}/validate",
            versions: Some(VALIDATED),
            handler: Handler::Signed(validate),
        },
    ],
};

const SIDE: AssignmentKind = AssignmentKind::Eligibility;

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    pim::list_requests(call, SIDE)
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    pim::get_request(call, SIDE)
}

fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    pim::put(call, SIDE)
}

fn cancel(call: &Call<'_>) -> Result<Reply, ArmError> {
    pim::cancel(call, SIDE)
}

fn validate(call: &Call<'_>) -> Result<Reply, ArmError> {
    pim::validate(call, SIDE)
}
