//! The one place that asks what time it is, and the clock that each tenant makes of it.

use parking_lot::Mutex;
use pim_core::time::Instant;
use serde::{Deserialize, Serialize};
use std::time::{SystemTime, UNIX_EPOCH};

/// Real time. Tokens live in it; whatever concerns PIM lives in a tenant's [`Clock`].
#[must_use]
pub fn real_now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_milliseconds(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// How long something takes, in real time.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// One that starts now.
    #[must_use]
    pub fn start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the place")]
        Self(std::time::Instant::now())
    }

    /// How many microseconds have passed.
    #[must_use]
    pub fn microseconds(self) -> u32 {
        u32::try_from(self.0.elapsed().as_micros()).unwrap_or(u32::MAX)
    }
}

/// How a tenant's time moves.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClockMode {
    /// With real time.
    System,
    /// Only when told.
    Manual,
    /// So many times as fast as real time.
    Scaled(f64),
}

/// A tenant's clock. It never goes back.
#[derive(Debug)]
pub struct Clock {
    reading: Mutex<Reading>,
}

/// What the clock showed when it was last set, and when that was in real time.
#[derive(Clone, Copy, Debug)]
struct Reading {
    shown: Instant,
    at: Instant,
    mode: ClockMode,
}

impl Reading {
    fn now(self, real: Instant) -> Instant {
        let passed = real.since(self.at).milliseconds().max(0);
        match self.mode {
            ClockMode::Manual => self.shown,
            ClockMode::System => Instant::from_milliseconds(self.shown.milliseconds().saturating_add(passed)),
            ClockMode::Scaled(rate) => {
                #[expect(
                    clippy::cast_precision_loss,
                    clippy::cast_possible_truncation,
                    reason = "a millisecond more or less"
                )]
                let scaled = (passed as f64 * rate) as i64;
                Instant::from_milliseconds(self.shown.milliseconds().saturating_add(scaled))
            }
        }
    }
}

impl Clock {
    /// A clock that shows `shown` now.
    #[must_use]
    pub fn new(shown: Instant, mode: ClockMode) -> Self {
        Self { reading: Mutex::new(Reading { shown, at: real_now(), mode }) }
    }

    /// What it shows. A manual clock does not even look at real time.
    #[must_use]
    pub fn now(&self) -> Instant {
        let reading = *self.reading.lock();
        match reading.mode {
            ClockMode::Manual => reading.shown,
            ClockMode::System | ClockMode::Scaled(_) => reading.now(real_now()),
        }
    }

    /// How it moves.
    #[must_use]
    pub fn mode(&self) -> ClockMode {
        self.reading.lock().mode
    }

    /// Lets it move in another way from what it shows now.
    pub fn set_mode(&self, mode: ClockMode) {
        let mut reading = self.reading.lock();
        let real = real_now();
        *reading = Reading { shown: reading.now(real), at: real, mode };
    }

    /// Moves it forward to `to`; an earlier instant is refused, and the instant it shows is answered.
    ///
    /// # Errors
    /// What the clock shows, when that is later than `to`.
    pub fn move_to(&self, to: Instant) -> Result<(), Instant> {
        let mut reading = self.reading.lock();
        let real = real_now();
        let shown = reading.now(real);
        if to < shown {
            return Err(shown);
        }
        *reading = Reading { shown: to, at: real, mode: reading.mode };
        Ok(())
    }
}
