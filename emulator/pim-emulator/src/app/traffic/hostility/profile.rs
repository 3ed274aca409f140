//! What a tenant's hostility is made of.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// How hostile a tenant is. Shares go from 0 to 1; `{}` is everything with its default.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Profile {
    /// What all chance follows from.
    pub seed: u64,
    /// The share of requests that answer 429 with `Retry-After`.
    pub throttled: f64,
    /// The share of requests that answer 503; at sign-in `temporarily_unavailable`.
    pub unavailable: f64,
    /// The share of requests for assignments that read `PendingProvisioning` first, and whose instances appear later.
    pub pending: f64,
    /// The share of what is made that is not found by its id at first.
    pub not_found: f64,
    /// The share of what is made that is in no list at first.
    pub stale_lists: f64,
    /// The share of links to a next page that have expired, as far as their list has none that did.
    pub expired_skip_tokens: f64,
    /// The share of pages that have one item.
    pub small_pages: f64,
    /// The share of a device's questions whether somebody has signed in that answer `slow_down`.
    pub slow_down: f64,
    /// What `Retry-After` says, in seconds.
    pub retry_after: u32,
    /// How often the same request is refused in a row at most.
    pub longest_streak: u32,
    /// After how many requests of the tenant what was made is seen everywhere at the latest.
    pub longest_lag: u32,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            seed: 1,
            throttled: 0.1,
            unavailable: 0.05,
            pending: 0.5,
            not_found: 0.3,
            stale_lists: 0.5,
            expired_skip_tokens: 0.2,
            small_pages: 0.5,
            slow_down: 0.3,
            retry_after: 1,
            longest_streak: 2,
            longest_lag: 3,
        }
    }
}

/// A value that a profile cannot have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProfileError {
    /// The key.
    pub field: &'static str,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.field, self.message)
    }
}

impl std::error::Error for ProfileError {}

/// Nobody waits longer than this for a hostile tenant.
const LONGEST_WAIT: u32 = 300;

/// More refusals in a row, or requests until something is seen, than this no client sits out.
const LONGEST: u32 = 100;

impl Profile {
    /// The profile, if every value of it makes sense.
    ///
    /// # Errors
    /// The first that does not.
    pub fn checked(self) -> Result<Self, ProfileError> {
        let shares = [
            ("throttled", self.throttled),
            ("unavailable", self.unavailable),
            ("pending", self.pending),
            ("notFound", self.not_found),
            ("staleLists", self.stale_lists),
            ("expiredSkipTokens", self.expired_skip_tokens),
            ("smallPages", self.small_pages),
            ("slowDown", self.slow_down),
        ];
        if let Some((field, share)) = shares.into_iter().find(|(_, share)| !(0.0..=1.0).contains(share)) {
            return Err(ProfileError { field, message: format!("a share goes from 0 to 1, and {share} does not") });
        }
        let numbers = [
            ("retryAfter", self.retry_after, LONGEST_WAIT),
            ("longestStreak", self.longest_streak, LONGEST),
            ("longestLag", self.longest_lag, LONGEST),
        ];
        match numbers.into_iter().find(|(_, number, most)| number > most) {
            Some((field, number, most)) => Err(ProfileError {
                field,
                message: format!("{number} is more than {most}, the most that there may be"),
            }),
            None => Ok(self),
        }
    }
}
