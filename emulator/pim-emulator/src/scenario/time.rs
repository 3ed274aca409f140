//! How time passes in a run, and what the instants of a file mean there.

use super::target::TargetClock;
use pim_core::time::{Instant, Length};

/// How time passes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Time {
    /// The steps move an emulator's clock: every instant is meant as it is written.
    Told,
    /// By itself. The run began so much later than its world does, and so every instant is that much later.
    Real { clock: TargetClock, later: Length },
}

/// How much a clock that nobody stops may have moved on between two steps.
const LEEWAY: Length = Length::minutes(5);

impl Time {
    /// An instant of the file, as it is meant.
    pub(super) fn meant(self, instant: Instant) -> Instant {
        match self {
            Self::Told => instant,
            Self::Real { later, .. } => instant.plus(later),
        }
    }

    /// Whether something ends when the file says.
    pub(super) fn is_meant(self, written: Instant, found: Option<Instant>) -> bool {
        let meant = self.meant(written);
        match self {
            Self::Told => found == Some(meant),
            Self::Real { .. } => found.is_some_and(|it| it >= meant.minus(LEEWAY) && it <= meant.plus(LEEWAY)),
        }
    }
}
