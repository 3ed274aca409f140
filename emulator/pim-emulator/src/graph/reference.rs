//! References to objects, as clients write them.

use super::call::Call;
use super::error::GraphError;
use pim_core::PrincipalId;
use uuid::Uuid;

crate::request_body! {
    /// A reference to an object.
    Reference {
        /// The address of the object.
        id / "@odata.id": String,
    }
}

/// The principal that the body of a call refers to.
///
/// # Errors
/// When it refers to none.
pub(super) fn principal(call: &Call<'_>) -> Result<PrincipalId, GraphError> {
    let reference: Reference = call.body()?;
    let address = reference.id.unwrap_or_default();
    object(&address).ok_or(GraphError::InvalidReference(address))
}

/// The id at the end of an address: `…/directoryObjects/{id}` or `…/directoryObjects('{id}')`.
pub(super) fn object(address: &str) -> Option<PrincipalId> {
    let last = address.trim_end_matches('/').rsplit('/').next()?;
    let key = match last.split_once("('") {
        Some((_, rest)) => rest.strip_suffix("')")?,
        None => last,
    };
    Uuid::try_parse(key).ok().map(PrincipalId)
}
