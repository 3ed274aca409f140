//! How often an access review comes round.

use crate::time::{Instant, Length};
use chrono::Months;
use serde::{Deserialize, Serialize};

/// The period from one occurrence to the next (REV-43).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewPattern {
    /// So many weeks.
    Weekly {
        /// How many.
        interval: u32,
    },
    /// So many months: quarterly, half-yearly and yearly are 3, 6 and 12.
    AbsoluteMonthly {
        /// How many.
        interval: u32,
    },
}

impl AccessReviewPattern {
    /// The start of an occurrence, counted from nought, of a series that began at `first`; `None` beyond the calendar.
    #[must_use]
    pub fn occurrence(self, first: Instant, number: u32) -> Option<Instant> {
        match self {
            Self::Weekly { interval } => {
                let days = i64::from(interval).checked_mul(7)?.checked_mul(i64::from(number))?;
                Some(first.plus(Length::days(days))).filter(|it| *it < Instant::LAST)
            }
            Self::AbsoluteMonthly { interval } => {
                let months = Months::new(interval.checked_mul(number)?);
                first.to_utc().checked_add_months(months).map(Instant::from).filter(|it| *it < Instant::LAST)
            }
        }
    }

    /// How many days an occurrence may last (REV-4): no more than the shortest period, and of a monthly one 27.
    #[must_use]
    pub const fn most_days(self) -> u32 {
        match self {
            Self::Weekly { interval } => interval.saturating_mul(7),
            Self::AbsoluteMonthly { interval: 1 } => 27,
            Self::AbsoluteMonthly { interval: 3 } => 89,
            Self::AbsoluteMonthly { interval: 6 } => 181,
            Self::AbsoluteMonthly { interval: 12 } => 365,
            Self::AbsoluteMonthly { interval } => interval.saturating_mul(28),
        }
    }
}

/// When a series ends (REV-5).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccessReviewRange {
    /// Never.
    NoEnd,
    /// No occurrence begins after this day: its midnight, in UTC.
    EndDate(Instant),
    /// After so many occurrences.
    Numbered(u32),
}

/// When a review begins and how it comes round.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReviewRecurrence {
    /// The period; `None` for a review that is held once (REV-3).
    pub pattern: Option<AccessReviewPattern>,
    /// The first day: its midnight, in UTC.
    pub start: Instant,
    /// When the series ends.
    pub range: AccessReviewRange,
}
