//! The hostile profile: hardships that the service has for its clients, by chance and never for ever.
//!
//! Time is counted in requests of the tenant. The n-th request that a hostile tenant meets is disturbed by what the seed says
//! of n, and what it makes is seen some requests later; so the same requests in the same order meet the same again, whatever
//! the clocks show. Requests that come at once are ordered by who gets here first.
//!
//! What always holds, so that a client with the documented retries gets through (a property test):
//! - The same request is refused at most [`Profile::longest_streak`] times in a row.
//! - What was made is seen everywhere at most [`Profile::longest_lag`] requests later, and what was once seen stays seen. It
//!   is found by its id no later than it is listed.
//! - The links of one list expire once for each caller, so that whoever begins anew gets to the end.

mod chance;
mod lag;
mod profile;

pub use profile::{Profile, ProfileError};

use super::fate::{Fate, Hardship};
use super::{End, Refusal, Surface, Visit};
use axum::http::{Method, StatusCode};
use chance::Chance;
use hashbrown::HashMap;
use lag::Lags;
use parking_lot::Mutex;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// More requests than this are not remembered, and then nobody else is refused.
const MANY: usize = 4096;

/// What was not asked again within so many requests was given up.
const GIVEN_UP: u64 = 10_000;

/// How hostile a tenant is.
#[derive(Debug, Default)]
pub struct Hostility {
    on: AtomicBool,
    state: Mutex<Option<State>>,
}

/// What came of a profile.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// The profile.
    pub profile: Profile,
    /// How many requests were met.
    pub met: u64,
    /// How often each hardship was felt.
    pub felt: Vec<(Hardship, u64)>,
}

#[derive(Debug)]
struct State {
    profile: Profile,
    /// How many requests were met.
    met: u64,
    /// How often each hardship was felt.
    felt: [u64; Hardship::ALL.len()],
    /// Requests that were refused and have not got through since: how often, and when last.
    refused: HashMap<u64, (u32, u64)>,
    /// Lists whose links have expired for somebody, and when.
    expired: HashMap<u64, u64>,
    lags: Lags,
}

impl Hostility {
    pub(super) fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, profile: Option<Profile>) {
        let mut state = self.state.lock();
        self.on.store(profile.is_some(), Ordering::Relaxed);
        *state = profile.map(State::new);
    }

    /// What came of it; nothing where the tenant is not hostile.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        let state = self.state.lock();
        let State { profile, met, felt, .. } = state.as_ref()?;
        let felt = Hardship::ALL.into_iter().map(|it| (it, felt[it as usize])).collect();
        Some(Report { profile: profile.clone(), met: *met, felt })
    }

    pub(super) fn meet(&self, visit: &Visit<'_>) -> End {
        if !self.is_on() {
            return End::default();
        }
        self.state.lock().as_mut().map_or_else(End::default, |state| state.meet(visit))
    }

    /// Lets what a request made be seen later, as its fate has it; answers whether what it asked for is not provisioned yet.
    pub(crate) fn hold_back(&self, fate: &Fate, made: &[Uuid]) -> bool {
        let Some(number) = fate.number else { return false };
        let mut state = self.state.lock();
        // The profile may have been changed meanwhile.
        let Some(state) = state.as_mut().filter(|state| number <= state.met) else { return false };
        state.lags.hold_back(&state.profile, number, made)
    }

    /// Counts what a request has felt.
    pub(super) fn count(&self, felt: u16) {
        if let Some(state) = self.state.lock().as_mut() {
            Hardship::of(felt).for_each(|it| state.felt[it as usize] += 1);
        }
    }
}

impl State {
    fn new(profile: Profile) -> Self {
        let felt = [0; Hardship::ALL.len()];
        Self { profile, met: 0, felt, refused: HashMap::new(), expired: HashMap::new(), lags: Lags::default() }
    }

    fn meet(&mut self, visit: &Visit<'_>) -> End {
        self.met += 1;
        let number = self.met;
        let chance = Chance::of(self.profile.seed, number);
        if let Some((hardship, refusal)) = self.refuse(visit, &chance) {
            return End::Refused(refusal, Some(hardship));
        }
        if visit.surface == Surface::SignIn {
            return End::default();
        }
        let is_list = *visit.method == Method::GET;
        let has_expired_link = is_list && follows_link(visit.query) && self.expire(visit, &chance);
        End::CarriedOut(Fate {
            number: Some(number),
            replica: self.lags.replica(number),
            has_small_pages: is_list && chance.takes(Hardship::SmallPage, self.profile.small_pages),
            has_expired_link,
            ..Fate::default()
        })
    }

    /// What refuses a request, unless it has been refused often enough.
    fn refuse(&mut self, visit: &Visit<'_>, chance: &Chance) -> Option<(Hardship, Refusal)> {
        let key = key(visit, visit.query);
        let (times, _) = self.refused.get(&key).copied().unwrap_or_default();
        let refusal = self.drawn(visit, chance).filter(|_| times < self.profile.longest_streak);
        if refusal.is_none() || !make_room(&mut self.refused, key, self.met, |(_, last)| last) {
            self.refused.remove(&key);
            return None;
        }
        self.refused.insert(key, (times + 1, self.met));
        refusal
    }

    fn drawn(&self, visit: &Visit<'_>, chance: &Chance) -> Option<(Hardship, Refusal)> {
        let Profile { throttled, unavailable, slow_down, retry_after, .. } = self.profile;
        let is_sign_in = visit.surface == Surface::SignIn;
        if is_sign_in && *visit.method != Method::POST {
            return None;
        }
        if is_sign_in && visit.is_device_poll && chance.takes(Hardship::SlowDown, slow_down) {
            let refusal = Refusal { code: Some("slow_down".to_owned()), ..Refusal::of(StatusCode::BAD_REQUEST) };
            return Some((Hardship::SlowDown, refusal));
        }
        if !is_sign_in && chance.takes(Hardship::Throttled, throttled) {
            let refusal = Refusal::of(StatusCode::TOO_MANY_REQUESTS).after(retry_after);
            return Some((Hardship::Throttled, refusal));
        }
        if chance.takes(Hardship::Unavailable, unavailable) {
            let refusal = Refusal::of(StatusCode::SERVICE_UNAVAILABLE);
            // The service does not always say when to come again.
            let refusal = if chance.is_even() { refusal.after(retry_after) } else { refusal };
            return Some((Hardship::Unavailable, refusal));
        }
        None
    }

    /// Whether the link of a list has expired.
    fn expire(&mut self, visit: &Visit<'_>, chance: &Chance) -> bool {
        let key = key(visit, "");
        let drawn = chance.takes(Hardship::ExpiredSkipToken, self.profile.expired_skip_tokens);
        if !drawn || self.expired.contains_key(&key) || !make_room(&mut self.expired, key, self.met, |last| last) {
            return false;
        }
        self.expired.insert(key, self.met);
        true
    }
}

/// Whether there is room for a key in a table of bounded size, after what was given up has been taken out of it.
fn make_room<V>(table: &mut HashMap<u64, V>, key: u64, met: u64, last: impl Fn(&V) -> &u64) -> bool {
    if table.len() >= MANY && !table.contains_key(&key) {
        table.retain(|_, value| met - *last(value) < GIVEN_UP);
    }
    table.len() < MANY || table.contains_key(&key)
}

/// What makes a request the same as another: who asks for what.
fn key(visit: &Visit<'_>, query: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (visit.method.as_str(), visit.path, query, visit.principal, visit.application).hash(&mut hasher);
    hasher.finish()
}

/// Whether a query is that of a link to a next page.
fn follows_link(query: &str) -> bool {
    let name = b"skiptoken=";
    query.as_bytes().windows(name.len()).any(|it| it.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
