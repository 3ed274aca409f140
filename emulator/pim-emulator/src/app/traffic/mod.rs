//! What lies between a tenant and those who call it: faults that a test ordered, the hostile profile, and the journal of
//! requests.
//!
//! A surface that knows whose tenant a request is for asks [`Traffic::meet`] what is to become of it, carries it out as the
//! [`Course`] says, and tells [`Traffic::note`] how it ended. Answers are written by the surface, in its own words.
//!
//! What always holds:
//! - A tenant that nobody disturbs is asked one question per request, without a lock.
//! - Whatever is counted is counted under one lock, so that numbers are exact however many requests come at once.
//! - Nothing of a request is known to any other tenant than the one that its token, or the path of sign-in, names.

mod fate;
mod faults;
mod hostility;
mod journal;
mod plain_path;
mod refusal;
mod secrets;

pub use fate::{Fate, Hardship};
pub use faults::{Effect, Fault, FaultCount, Match};
pub use hostility::{Hostility, Profile, ProfileError, Report};
pub use journal::{Ended, JOURNAL_LENGTH, Journal, Noted, Wanted};
pub use plain_path::{PathPattern, PlainPath};
pub use refusal::Refusal;
pub use secrets::masked;

use crate::app::{Stopwatch, Tenant, real_now};
use axum::http::{HeaderMap, Method};
use faults::{Faults, Ordered};
use pim_core::time::Instant;
use pim_core::{ClientId, PrincipalId};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use utoipa::ToSchema;

/// The part of the emulator that a request is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub enum Surface {
    /// Microsoft Graph.
    #[serde(rename = "graph")]
    Graph,
    /// PIM's own service.
    #[serde(rename = "pim")]
    PrivilegedAccess,
    /// Azure Resource Manager.
    #[serde(rename = "arm")]
    ResourceManager,
    /// Sign-in.
    #[serde(rename = "login")]
    SignIn,
}

/// When a request came.
#[derive(Clone, Copy, Debug)]
pub struct Began {
    at: Instant,
    tenant_at: Instant,
    watch: Stopwatch,
}

impl Began {
    /// Now.
    #[must_use]
    pub fn in_tenant(tenant: &Tenant) -> Self {
        Self::at(tenant.clock().now())
    }

    /// Now, where a tenant's clock shows that.
    #[must_use]
    pub fn at(tenant_at: Instant) -> Self {
        Self { at: real_now(), tenant_at, watch: Stopwatch::start() }
    }
}

/// What is known of a request before it is carried out.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// When it came.
    pub began: Began,
    /// The part of the emulator that it is for.
    pub surface: Surface,
    /// The method.
    pub method: &'a Method,
    /// The path as it was written.
    pub path: &'a str,
    /// The query as it was written, without the question mark.
    pub query: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Who calls; at sign-in who wants to sign in, where the request says so.
    pub principal: Option<PrincipalId>,
    /// The client.
    pub application: Option<ClientId>,
    /// Whether a device asks if somebody has signed in on it.
    pub is_device_poll: bool,
}

/// What is to become of a request.
#[derive(Debug, Default)]
pub struct Course {
    /// How long it waits first, in real time.
    pub delay: Duration,
    /// What becomes of it then.
    pub end: End,
    /// The faults that apply to it, by their place in the list.
    pub faults: Vec<u8>,
}

/// What becomes of a request in the end.
#[derive(Debug)]
pub enum End {
    /// It is carried out, under these circumstances.
    CarriedOut(Fate),
    /// It is refused.
    Refused(Refusal, Option<Hardship>),
    /// Its connection is closed without an answer.
    Dropped,
}

impl Default for End {
    fn default() -> Self {
        Self::CarriedOut(Fate::default())
    }
}

/// What every tenant of a process begins with.
#[derive(Clone, PartialEq, Debug)]
pub struct TrafficOptions {
    /// How many requests each journal keeps; none for 0.
    pub journal_length: usize,
    /// How hostile tenants are whose world does not say so itself.
    pub hostile: Option<Profile>,
}

impl Default for TrafficOptions {
    fn default() -> Self {
        Self { journal_length: JOURNAL_LENGTH, hostile: None }
    }
}

/// All of it for one tenant.
#[derive(Debug, Default)]
pub struct Traffic {
    faults: Faults,
    hostility: Hostility,
    journal: Journal,
    /// Whether there are faults or a hostile profile.
    is_disturbed: AtomicBool,
}

impl Traffic {
    /// What is to become of a request.
    pub fn meet(&self, visit: &Visit<'_>) -> Course {
        if self.is_disturbed.load(Ordering::Relaxed) { self.disturb(visit) } else { Course::default() }
    }

    /// Faults come first: whoever ordered one wants to see it.
    #[cold]
    fn disturb(&self, visit: &Visit<'_>) -> Course {
        let Ordered { delay, applied, effect } = self.faults.meet(visit);
        let end = match effect {
            Some(Effect::Respond(refusal)) => End::Refused(refusal, None),
            Some(Effect::Drop) => End::Dropped,
            Some(Effect::Delay(_)) | None => self.hostility.meet(visit),
        };
        Course { delay, end, faults: applied }
    }

    /// The hostile profile and what came of it.
    #[must_use]
    pub const fn hostility(&self) -> &Hostility {
        &self.hostility
    }

    /// The journal of requests.
    #[must_use]
    pub const fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Orders these faults in the place of those before, all counted from nothing.
    pub fn set_faults(&self, faults: Vec<Fault>) {
        self.faults.set(faults);
        self.look_again();
    }

    /// The faults in order, and how often each has been met.
    #[must_use]
    pub fn faults(&self) -> Vec<(Fault, FaultCount)> {
        self.faults.list()
    }

    /// Makes the tenant as hostile as the profile says, from its beginning; not at all without one.
    pub fn set_hostile(&self, profile: Option<Profile>) {
        self.hostility.set(profile);
        self.look_again();
    }

    fn look_again(&self) {
        self.is_disturbed.store(self.faults.are_any() || self.hostility.is_on(), Ordering::Relaxed);
    }

    /// The same with what the process says of every tenant, and requests numbered after `before`.
    #[must_use]
    pub fn under(self, options: &TrafficOptions, before: u64) -> Self {
        if !self.hostility.is_on() && options.hostile.is_some() {
            self.set_hostile(options.hostile.clone());
        }
        Self { journal: Journal::new(options.journal_length, before), ..self }
    }
}
