//! What a handler answers.

use super::call::Call;
use super::sent::{JSON, Sent, TEXT, XML};
use axum::http::{HeaderValue, StatusCode, header};

/// An answer that is not an error.
#[derive(Debug)]
pub(crate) enum Reply {
    /// 200 with a body.
    Ok(Vec<u8>),
    /// 200 with a bare number.
    Count(u64),
    /// 200 with the description of the service.
    Description(&'static [u8]),
    /// 201 with a body and the URL of what was made.
    Created {
        /// The body.
        body: Vec<u8>,
        /// The URL.
        location: String,
    },
    /// 202 and the URL of what tells how far it has come.
    Accepted {
        /// The URL.
        location: String,
    },
    /// 204.
    NoContent,
}

impl Reply {
    /// 200 with true or false as a value.
    pub(super) fn boolean(call: &Call<'_>, value: bool) -> Self {
        let mut json = call.json_of(128, "Edm.Boolean");
        json.key("value");
        json.raw(if value { "true" } else { "false" });
        json.close();
        Self::Ok(json.into_bytes())
    }

    /// The same with its headers.
    pub(super) fn sent(self) -> Sent {
        match self {
            Self::Ok(body) => Sent::new(StatusCode::OK, Some(JSON), body),
            Self::Count(count) => Sent::new(StatusCode::OK, Some(TEXT), count.to_string().into_bytes()),
            Self::Description(text) => Sent::new(StatusCode::OK, Some(XML), text.to_vec()),
            Self::Accepted { location } => Sent::new(StatusCode::ACCEPTED, None, Vec::new())
                .with(header::LOCATION, HeaderValue::try_from(location)),
            Self::NoContent => Sent::new(StatusCode::NO_CONTENT, None, Vec::new()),
            Self::Created { body, location } => {
                Sent::new(StatusCode::CREATED, Some(JSON), body).with(header::LOCATION, HeaderValue::try_from(location))
            }
        }
    }
}
