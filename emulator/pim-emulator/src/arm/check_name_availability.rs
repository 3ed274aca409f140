//! `checkNameAvailability`: whether a management group could have a name.

use super::call::Call;
use super::error::ArmError;
use super::front_door::{ScopePath, types};
use super::json::bytes;
use super::management_groups::is_name;
use super::reply::Reply;
use super::router::{Handler, Method, Operation, Place, Resource};

/// What can be done with it.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::CHECK_NAME_AVAILABILITY,
    place: Place::At("providers/Microsoft.Management/checkNameAvailability"),
    operations: &[Operation { method: Method::Post, path: "", versions: None, handler: Handler::Signed(check) }],
};

crate::request_body! {
    /// A name to be checked.
    NameBody {
        /// The name.
        name / "name": String,
    }
}

#[derive(Debug)]
struct Verdict {
    name_available: bool,
    reason: Option<&'static str>,
    message: Option<&'static str>,
}

crate::arm_object! {
    Verdict { name_available / "nameAvailable", reason / "reason", message / "message" }
}

fn check(call: &Call<'_>) -> Result<Reply, ArmError> {
    let name = call.body::<NameBody>()?.name.unwrap_or_default();
    let path = ScopePath::ManagementGroup { name: name.clone() }.to_string();
    let taken = || call.tenant.read(|view| view.azure_scope_at(&path).is_some());
    let fault = if !is_name(&name) {
        Some(("Invalid", "The name of a management group has at most 90 letters, digits and -_()."))
    } else if taken() {
        Some(("AlreadyExists", "There is a management group with this name."))
    } else {
        None
    };
    let (reason, message) = fault.unzip();
    Ok(Reply::Ok(bytes(&Verdict { name_available: fault.is_none(), reason, message })))
}
