//! Chance that is the same every time: all of it follows from the seed and the number of a request.

use crate::app::ids::drawn;
use crate::app::traffic::fate::Hardship;

/// Of so many possibilities that a share can tell apart.
const OUT_OF: f64 = (1u64 << 32) as f64;

/// The draws for one request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chance {
    seed: u64,
    number: u64,
}

impl Chance {
    pub(super) const fn of(seed: u64, number: u64) -> Self {
        Self { seed, number }
    }

    /// Whether a hardship that takes such a share of requests takes this one.
    pub(super) fn takes(&self, hardship: Hardship, share: f64) -> bool {
        let drawn = drawn(self.seed, hardship as u64, self.number) >> 32;
        // 32 bits fit exactly.
        #[expect(clippy::cast_precision_loss, reason = "there are only 32 bits in it")]
        let drawn = drawn as f64;
        drawn < share * OUT_OF
    }

    /// How long a hardship lasts: from 1 to `longest`, and nothing where that is nothing.
    pub(super) fn length(&self, hardship: Hardship, longest: u32) -> u64 {
        match u64::from(longest) {
            0 => 0,
            longest => 1 + drawn(self.seed, 64 + hardship as u64, self.number) % longest,
        }
    }

    /// Heads or tails.
    pub(super) fn is_even(&self) -> bool {
        drawn(self.seed, 128, self.number).is_multiple_of(2)
    }
}
