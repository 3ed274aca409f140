//! Lengths of time in the spelling of ISO 8601, as far as the service takes it.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A length of time, to the millisecond.
///
/// Written as text where people read it and as a number where they do not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Length(i64);

/// Why a text is not a length of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LengthError {
    /// Months or years were used, whose length depends on the calendar (REQ-9).
    CalendarUnit,
    /// The text is not an ISO 8601 duration at all.
    NotADuration,
}

impl fmt::Display for LengthError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::CalendarUnit => "months and years have no fixed length; write days, for example P180D",
            Self::NotADuration => "a duration is written like PT8H, P90D or P1DT12H",
        })
    }
}

impl Length {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// This many milliseconds.
    #[must_use]
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// This many minutes.
    #[must_use]
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes * 60_000)
    }

    /// This many hours.
    #[must_use]
    pub const fn hours(hours: i64) -> Self {
        Self::minutes(hours * 60)
    }

    /// This many days of 24 hours.
    #[must_use]
    pub const fn days(days: i64) -> Self {
        Self::hours(days * 24)
    }

    /// The length in milliseconds.
    #[must_use]
    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds; a leading minus is allowed.
    ///
    /// # Errors
    /// [`LengthError::CalendarUnit`] for months and years (REQ-9), [`LengthError::NotADuration`] for anything else.
    pub fn parse(text: &str) -> Result<Self, LengthError> {
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let rest = rest.strip_prefix(['P', 'p']).ok_or(LengthError::NotADuration)?;
        let (date, time) = match rest.find(['T', 't']) {
            Some(at) => (&rest[..at], Some(&rest[at + 1..])),
            None => (rest, None),
        };
        let days = sum(date, &[('Y', None), ('M', None), ('W', Some(604_800_000)), ('D', Some(86_400_000))])?;
        let hours = time.map(|time| sum(time, &[('H', Some(3_600_000)), ('M', Some(60_000)), ('S', Some(1000))]));
        match (days, hours.transpose()?) {
            (None, None) | (_, Some(None)) => Err(LengthError::NotADuration),
            (days, hours) => days
                .unwrap_or(0)
                .checked_add(hours.flatten().unwrap_or(0))
                .map(|total| Self(sign * total))
                .ok_or(LengthError::NotADuration),
        }
    }
}

/// Adds up the numbers of one half of a duration, each followed by a unit, in the order of `units`; none gives `None`.
fn sum(mut text: &str, units: &[(char, Option<i64>)]) -> Result<Option<i64>, LengthError> {
    let mut total = None;
    let mut remaining = units;
    while !text.is_empty() {
        let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).ok_or(LengthError::NotADuration)?;
        let unit = text[digits..].chars().next().ok_or(LengthError::NotADuration)?.to_ascii_uppercase();
        let place = remaining.iter().position(|(name, _)| *name == unit).ok_or(LengthError::NotADuration)?;
        let length = remaining[place].1.ok_or(LengthError::CalendarUnit)?;
        let value = amount(&text[..digits], unit, length).ok_or(LengthError::NotADuration)?;
        total = Some(value.checked_add(total.unwrap_or(0)).ok_or(LengthError::NotADuration)?);
        remaining = &remaining[place + 1..];
        text = &text[digits + 1..];
    }
    Ok(total)
}

/// One number times its unit; only seconds may carry a fraction, which is cut to milliseconds.
fn amount(digits: &str, unit: char, length: i64) -> Option<i64> {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let value: i64 = whole.parse().ok()?;
    let thousandths = match fraction {
        None => 0,
        Some(part) if unit == 'S' && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{part:0<3}")[..3].parse().ok()?
        }
        Some(_) => return None,
    };
    value.checked_mul(length)?.checked_add(thousandths)
}

impl fmt::Display for Length {
    /// The shortest spelling in days, hours, minutes and seconds: `PT8H`, `P90D`, `P1DT12H`, `PT0S`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return out.write_str("PT0S");
        }
        let total = self.0.unsigned_abs();
        let (days, rest) = (total / 86_400_000, total % 86_400_000);
        let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
        let (seconds, milliseconds) = (rest / 1000 % 60, rest % 1000);
        out.write_str(if self.0 < 0 { "-P" } else { "P" })?;
        if days > 0 {
            write!(out, "{days}D")?;
        }
        if rest > 0 {
            out.write_str("T")?;
        }
        if hours > 0 {
            write!(out, "{hours}H")?;
        }
        if minutes > 0 {
            write!(out, "{minutes}M")?;
        }
        match (seconds, milliseconds) {
            (0, 0) => Ok(()),
            (seconds, 0) => write!(out, "{seconds}S"),
            (seconds, milliseconds) => write!(out, "{seconds}.{}S", format!("{milliseconds:03}").trim_end_matches('0')),
        }
    }
}

impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_i64(self.0) }
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self);
        }
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|error| D::Error::custom(format_args!("'{text}': {error}")))
    }
}
