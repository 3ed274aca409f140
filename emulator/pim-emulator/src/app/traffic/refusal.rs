//! A refusal that the machine knows nothing of: a fault, or a hardship of the hostile profile.

use axum::http::StatusCode;

/// Status and, where they were said, code, message and when to come again. What is left out, the surface says in the words that
/// it has for the status.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// The code.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// After how many seconds the client may come again.
    pub retry_after: Option<u32>,
}

impl Refusal {
    /// One with the surface's own words.
    #[must_use]
    pub const fn of(status: StatusCode) -> Self {
        Self { status, code: None, message: None, retry_after: None }
    }

    /// What HTTP calls its status, as a sentence.
    pub(crate) fn reason(&self) -> String {
        format!("{}.", self.status.canonical_reason().unwrap_or("Failed"))
    }

    /// What HTTP calls its status, as a code.
    pub(crate) fn reason_code(&self) -> String {
        let reason = self.status.canonical_reason().unwrap_or("Failed");
        reason.chars().filter(char::is_ascii_alphanumeric).collect()
    }

    /// The same, which invites the client to come again after so many seconds.
    #[must_use]
    pub fn after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }
}
