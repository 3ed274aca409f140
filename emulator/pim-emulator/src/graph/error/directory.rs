//! Refusals of the directory about the body of an object, a reference, or a token of delta.

use super::{Answer, refusal};
use axum::http::StatusCode;
use pim_core::Rejection;

fn bad(message: impl Into<std::borrow::Cow<'static, str>>) -> Answer {
    Answer::new(StatusCode::BAD_REQUEST, "Request_BadRequest", message)
}

/// A refusal of the machine, with the type that the directory names.
pub(super) fn refused(resource: &str, rejection: &Rejection) -> Answer {
    if let Rejection::InvalidProperty { property } = rejection {
        invalid_value(property, resource)
    } else {
        refusal::directory(rejection)
    }
}

pub(super) fn invalid_value(property: &str, resource: &str) -> Answer {
    bad(format!("Invalid value specified for property '{property}' of resource '{resource}'."))
}

pub(super) fn required_value(property: &str, resource: &str) -> Answer {
    bad(format!("A value is required for property '{property}' of resource '{resource}'."))
}

pub(super) fn read_only(property: &str) -> Answer {
    bad(format!("Property '{property}' is read-only and cannot be set."))
}

pub(super) fn mail_enabled_group() -> Answer {
    bad("The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement \
         property is unset and the security-enablement property is set.")
}

pub(super) fn missing_reference() -> Answer {
    bad("The request body is missing '@odata.id'.")
}

pub(super) fn invalid_reference(address: &str) -> Answer {
    bad("Invalid value specified for object reference property 'id'.")
        .detailed(format!("'{address}' is no address of a directory object of this tenant"))
}

pub(super) fn too_many_references() -> Answer {
    bad("The number of added object references exceeds the limit of 20 for one request.")
}

pub(super) fn too_many_ids(most: usize) -> Answer {
    bad(format!("The number of ids exceeds the limit of {most} for one request."))
}

pub(super) fn invalid_guid() -> Answer {
    bad("Invalid GUID specified.")
}

pub(super) fn sync_state_not_found() -> Answer {
    Answer::new(
        StatusCode::GONE,
        "syncStateNotFound",
        "The sync state generation is not found; continuing with the current sync state is not possible. A full \
         synchronization is required.",
    )
}
