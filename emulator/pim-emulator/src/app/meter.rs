//! How much somebody has used up of what may be used in a while. Counted in real time, whatever the tenant's clock shows: those
//! who are counted live in it.

use parking_lot::Mutex;
use pim_core::ClientId;
use pim_core::time::{Instant, Length};
use std::collections::HashMap;

/// So much in so long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
    /// What tells it apart from others.
    pub name: &'static str,
    /// How much.
    pub most: u32,
    /// In how long.
    pub length: Length,
}

/// What has been used up of a limit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Used {
    /// This share of it, with what has just been taken.
    Share(f64),
    /// More than all of it: there is something again after so long.
    Exhausted {
        /// How long that is.
        left: Length,
    },
}

/// What each application has used, by limits. A while begins with the first use in it.
#[derive(Debug, Default)]
pub struct Meter(Mutex<HashMap<(Option<ClientId>, &'static str), While>>);

#[derive(Clone, Copy, Debug)]
struct While {
    began: Instant,
    used: u32,
}

impl Meter {
    /// Takes so much of a limit, of an application or, without one, of all of them together; nothing where it is used up.
    pub fn take(&self, who: Option<ClientId>, limit: &Limit, cost: u32, now: Instant) -> Used {
        let mut whiles = self.0.lock();
        let current = whiles.entry((who, limit.name)).or_insert(While { began: now, used: 0 });
        if now < current.began || now >= current.began.plus(limit.length) {
            *current = While { began: now, used: 0 };
        }
        let used = current.used.saturating_add(cost);
        if used > limit.most {
            let end = current.began.plus(limit.length).milliseconds();
            return Used::Exhausted { left: Length::from_milliseconds(end - now.milliseconds()) };
        }
        current.used = used;
        Used::Share(f64::from(used) / f64::from(limit.most))
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Meter, Used};
    use pim_core::ClientId;
    use pim_core::time::{Instant, Length};
    use uuid::Uuid;

    const LIMIT: Limit = Limit { name: "units", most: 10, length: Length::from_milliseconds(10_000) };

    #[test]
    fn what_is_used_up_comes_back_when_the_while_is_over() {
        let meter = Meter::default();
        let at = |seconds: i64| Instant::from_milliseconds(1000 * seconds);
        let one = Some(ClientId(Uuid::from_u128(1)));
        assert_eq!(meter.take(one, &LIMIT, 8, at(100)), Used::Share(0.8));
        assert_eq!(meter.take(one, &LIMIT, 3, at(103)), Used::Exhausted { left: Length::from_milliseconds(7_000) });
        // What was refused has used nothing.
        assert_eq!(meter.take(one, &LIMIT, 2, at(109)), Used::Share(1.0));
        assert_eq!(meter.take(one, &LIMIT, 5, at(110)), Used::Share(0.5));
    }

    #[test]
    fn each_application_and_each_limit_counts_for_itself() {
        let meter = Meter::default();
        let now = Instant::from_milliseconds(5);
        let other = Limit { name: "writes", ..LIMIT };
        for who in [None, Some(ClientId(Uuid::from_u128(1))), Some(ClientId(Uuid::from_u128(2)))] {
            assert_eq!(meter.take(who, &LIMIT, 10, now), Used::Share(1.0));
            assert_eq!(meter.take(who, &other, 10, now), Used::Share(1.0));
            assert!(matches!(meter.take(who, &LIMIT, 1, now), Used::Exhausted { .. }));
        }
    }
}
