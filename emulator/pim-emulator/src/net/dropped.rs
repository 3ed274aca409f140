//! A response that is never sent: the connection is closed instead.

use axum::http::Response;

/// The mark of such a response.
#[derive(Clone, Copy, Debug)]
pub struct Dropped;

impl Dropped {
    /// One.
    #[must_use]
    pub fn response<B: Default>() -> Response<B> {
        let mut response = Response::<B>::default();
        response.extensions_mut().insert(Self);
        response
    }

    /// Whether a response is one.
    #[must_use]
    pub fn is<B>(response: &Response<B>) -> bool {
        response.extensions().get::<Self>().is_some()
    }
}
