//! Time as the machine knows it: instants that somebody else read from a clock, and lengths of time.
//!
//! The machine keeps instants as whole milliseconds because it holds millions of them. Nothing in this crate can
//! ask what time it is.

mod length;

pub use length::{Length, LengthError};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A point in time, in UTC, to the millisecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The first instant there is: 1 January of the year 1.
    pub const FIRST: Self = Self(-62_135_596_800_000);
    /// The last instant there is: the end of the year 9999. A window that never ends is held as one that ends here.
    pub const LAST: Self = Self(253_402_300_799_999);

    /// The instant `milliseconds` after 1 January 1970, UTC; kept between [`Self::FIRST`] and [`Self::LAST`].
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        if milliseconds < Self::FIRST.0 {
            Self::FIRST
        } else if milliseconds > Self::LAST.0 {
            Self::LAST
        } else {
            Self(milliseconds)
        }
    }

    /// Milliseconds since 1 January 1970, UTC.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// The instant `length` later, or [`Self::LAST`] when that lies beyond the calendar.
    #[must_use]
    pub const fn plus(self, length: Length) -> Self {
        Self::from_milliseconds(self.0.saturating_add(length.milliseconds()))
    }

    /// The instant `length` earlier.
    #[must_use]
    pub const fn minus(self, length: Length) -> Self {
        Self::from_milliseconds(self.0.saturating_sub(length.milliseconds()))
    }

    /// How much later this instant is than `earlier`; negative when it is not.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Length {
        Length::from_milliseconds(self.0 - earlier.0)
    }

    /// The number of whole minutes since 1970: overlap of windows is judged on these (ASG-9).
    #[must_use]
    pub const fn whole_minutes(self) -> i64 {
        self.0.div_euclid(60_000)
    }

    /// The same instant for the calendar.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Reads a date and time with an offset, as RFC 3339 writes it; up to nine digits of a second are read, three are kept.
    /// A text without an offset is not an instant (MOD-23).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(Self::from)
    }
}

impl<Z: chrono::TimeZone> From<DateTime<Z>> for Instant {
    fn from(time: DateTime<Z>) -> Self {
        Self::from_milliseconds(time.timestamp_millis())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = if self.0 % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        out.write_str(&self.to_utc().to_rfc3339_opts(style, true))
    }
}
