//! Faults that a test ordered: which requests they meet, when, and with what.
//!
//! A request meets the faults in the order of the list. One that is due counts; a delay lets the request go on to the next, an
//! answer or a dropped connection ends its way, and the faults behind that do not see it.

use super::{PathPattern, PlainPath, Refusal, Surface, Visit};
use parking_lot::Mutex;
use pim_core::PrincipalId;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Which requests a fault meets; what is left out says nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Match {
    /// The method.
    pub method: Option<String>,
    /// Their paths.
    pub path: Option<PathPattern>,
    /// Who calls, and how that was written.
    pub principal: Option<(PrincipalId, String)>,
    /// The part of the emulator that they are for.
    pub surface: Option<Surface>,
}

/// What a fault does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It answers.
    Respond(Refusal),
    /// It lets the request wait, in real time.
    Delay(Duration),
    /// It closes the connection without an answer.
    Drop,
}

/// A fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Which requests it meets.
    pub matches: Match,
    /// How many of these pass before it begins.
    pub after: u64,
    /// To how many it applies then; to all of them when left out.
    pub times: Option<u64>,
    /// What it does.
    pub effect: Effect,
}

/// How often a fault has been met.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FaultCount {
    /// By how many requests.
    pub seen: u64,
    /// To how many of them it applied.
    pub applied: u64,
}

/// What faults want of one request.
#[derive(Debug, Default)]
pub(super) struct Ordered {
    pub(super) delay: Duration,
    pub(super) applied: Vec<u8>,
    pub(super) effect: Option<Effect>,
}

/// The faults of a tenant.
#[derive(Debug, Default)]
pub(super) struct Faults {
    any: AtomicBool,
    list: Mutex<Vec<(Fault, FaultCount)>>,
}

impl Faults {
    pub(super) fn are_any(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, faults: Vec<Fault>) {
        let mut list = self.list.lock();
        *list = faults.into_iter().map(|fault| (fault, FaultCount::default())).collect();
        self.any.store(!list.is_empty(), Ordering::Relaxed);
    }

    pub(super) fn list(&self) -> Vec<(Fault, FaultCount)> {
        self.list.lock().clone()
    }

    pub(super) fn meet(&self, visit: &Visit<'_>) -> Ordered {
        let mut ordered = Ordered::default();
        if !self.are_any() {
            return ordered;
        }
        let path = PlainPath::of(visit.surface, visit.path);
        for (place, (fault, count)) in self.list.lock().iter_mut().enumerate() {
            if !fault.matches.meets(visit, &path) {
                continue;
            }
            count.seen += 1;
            if count.seen <= fault.after || fault.times.is_some_and(|times| count.applied >= times) {
                continue;
            }
            count.applied += 1;
            ordered.applied.extend(u8::try_from(place));
            match &fault.effect {
                Effect::Delay(length) => ordered.delay = ordered.delay.saturating_add(*length),
                effect @ (Effect::Respond(_) | Effect::Drop) => {
                    ordered.effect = Some(effect.clone());
                    break;
                }
            }
        }
        ordered
    }
}

impl Match {
    fn meets(&self, visit: &Visit<'_>, path: &PlainPath) -> bool {
        self.surface.is_none_or(|surface| surface == visit.surface)
            && self.method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(visit.method.as_str()))
            && self.principal.as_ref().is_none_or(|(id, _)| visit.principal == Some(*id))
            && self.path.as_ref().is_none_or(|pattern| pattern.matches(path))
    }
}
