//! Bodies as clients send them.

pub(crate) mod members;

use super::error::GraphError;
use serde::de::DeserializeOwned;

/// Reads a body.
///
/// # Errors
/// When there is no content type, no body, or it is not what was wanted.
pub(crate) fn parse<T: DeserializeOwned>(payload: &[u8], has_content_type: bool) -> Result<T, GraphError> {
    if payload.iter().all(u8::is_ascii_whitespace) {
        return Err(GraphError::EmptyPayload);
    }
    if !has_content_type {
        return Err(GraphError::NoContentType);
    }
    serde_json::from_slice(payload).map_err(|error| GraphError::UnreadableBody(error.to_string()))
}

#[cfg(test)]
mod tests;
