//! When a review comes round.

use crate::model::access_review::{AccessReviewProperties, AccessReviewRange};
use crate::time::{Instant, Length};

crate::implements!["REV-3", "REV-5", "REV-43"];

/// When a review that is made now first comes round: at once, or at the beginning of the later day that it names.
pub(crate) fn first(properties: &AccessReviewProperties, now: Instant) -> Instant {
    properties.settings.recurrence.map_or(now, |recurrence| recurrence.start.max(now))
}

/// When a series that began at `first`, and of which so many occurrences have begun, comes round after an instant. Whoever
/// has not begun comes round at the beginning itself.
pub(crate) fn next(properties: &AccessReviewProperties, first: Instant, begun: u32, after: Instant) -> Option<Instant> {
    let recurrence = properties.settings.recurrence;
    let Some((recurrence, pattern)) = recurrence.and_then(|it| Some((it, it.pattern?))) else {
        return (begun == 0).then_some(first);
    };
    let next = if begun == 0 {
        first
    } else {
        (0..).map_while(|number| pattern.occurrence(first, number)).find(|at| *at > after)?
    };
    let is_in_range = match recurrence.range {
        AccessReviewRange::NoEnd => true,
        AccessReviewRange::EndDate(day) => next < day.plus(Length::days(1)),
        AccessReviewRange::Numbered(count) => begun < count,
    };
    is_in_range.then_some(next)
}
