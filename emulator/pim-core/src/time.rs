//! Time as the machine knows it: instants that somebody else read from a clock, and lengths of time.
//!
//! The machine keeps instants as whole milliseconds because it holds millions of them. Nothing in this crate can
//! ask what time it is.

mod length;

pub use length::{Length, LengthError};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A point in time, in UTC, to the millisecond.
///
/// Written as text where people read it and as a number where they do not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
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
    /// RFC 3339 in UTC, with as many digits of a fraction as it takes.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true);
        let whole = text.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.');
        // Only a fraction may lose its zeros: the seconds before it keep theirs.
        let end = whole.len().max("0000-00-00T00:00:00".len());
        write!(out, "{}Z", &text[..end])
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self::from_milliseconds);
        }
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format_args!("'{text}' is not a date and time with an offset")))
    }
}
