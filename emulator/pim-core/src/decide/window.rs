//! From the schedule that was asked for to the window it means, once and with `now`.

use crate::model::{AskedExpiration, AskedSchedule, Window};
use crate::rejection::{Rejection, ScheduleFault};
use crate::time::{Instant, Length};

crate::implements!["REQ-5", "REQ-7", "REQ-10", "ACT-10", "MOD-4", "REQ-59"];

/// What was asked, with the start that is stored, and the window it means. A start that has passed is now (REQ-10); a
/// duration counts from the start that is stored (ACT-10). `unspecified` is how long it lasts when nothing is said.
///
/// # Errors
/// [`Rejection::InvalidSchedule`] when there is none, or its end does not lie after its start.
pub(super) fn resolve(
    now: Instant,
    asked: Option<AskedSchedule>,
    unspecified: Option<Length>,
) -> Result<(AskedSchedule, Window), Rejection> {
    let asked = asked.ok_or(Rejection::InvalidSchedule(ScheduleFault::Missing))?;
    let start = asked.start.map_or(now, |start| start.max(now));
    let end = match asked.expiration {
        AskedExpiration::NoExpiration => None,
        AskedExpiration::NotSpecified => unspecified.map(|length| start.plus(length)),
        AskedExpiration::AfterDateTime(end) if end <= start => {
            return Err(Rejection::InvalidSchedule(ScheduleFault::EndNotAfterStart { start, end }));
        }
        AskedExpiration::AfterDateTime(end) => Some(end),
        AskedExpiration::AfterDuration(length) if length <= Length::ZERO => {
            return Err(Rejection::InvalidSchedule(ScheduleFault::DurationNotPositive));
        }
        AskedExpiration::AfterDuration(length) => Some(start.plus(length)),
    };
    Ok((AskedSchedule { start: Some(start), ..asked }, Window { start, end }))
}
