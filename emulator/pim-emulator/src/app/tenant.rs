//! One tenant: a machine, its clock, its ids and its log. The only place that locks a machine.

use super::audit::Audit;
use super::clock::{Clock, ClockMode};
use super::event_log::EventLog;
use super::ids::TenantIds;
use super::meter::Meter;
use super::world::{Names, Origin, TenantAnswer};
use parking_lot::{Mutex, RwLock, RwLockWriteGuard};
use pim_core::time::Instant;
use pim_core::{Actor, Caller, Command, Invariant, Outcome, Pim, Rejection, Snapshot, TenantId, View};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// How many events a jump of the clock carries out before it lets readers in.
const CHUNK: usize = 512;

/// How many steps a jump is ahead of the packing of its events at most.
const AHEAD: usize = 32;

/// How long a listener sleeps at most before it looks at the clock again, whose mode may have been changed.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);

/// And at least, in milliseconds.
const SHORTEST_SLEEP: f64 = 5.0;

/// A tenant and everything in it. Tenants share nothing.
#[derive(Debug)]
pub struct Tenant {
    id: TenantId,
    domain: String,
    number: u64,
    clock: Clock,
    machine: RwLock<Machine>,
    /// When something will next happen, in milliseconds, to be asked without a lock.
    due: AtomicI64,
    /// Whether a jump of the clock is being carried out: readers then need not wait for its end.
    jumping: AtomicBool,
    /// One jump at a time.
    jump: Mutex<()>,
    log: EventLog,
    /// The number of the last event that belongs to the making of the tenant.
    made: u64,
    names: Names,
    origin: Option<Origin>,
    meter: Meter,
}

#[derive(Debug)]
struct Machine {
    pim: Pim,
    ids: TenantIds,
}

/// A tenant as one document.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TenantSnapshot {
    /// The version of this document's layout.
    pub format: u32,
    /// How its clock moves.
    pub clock: ClockMode,
    /// Where its ids stand.
    pub ids: TenantIds,
    /// The names that its world gave to things.
    #[serde(default)]
    pub names: Names,
    /// Everything else.
    pub state: Snapshot,
}

/// The layout of [`TenantSnapshot`] that this build writes and reads.
pub const SNAPSHOT_FORMAT: u32 = 1;

impl Tenant {
    /// A tenant around a machine that has been told who it is.
    #[must_use]
    pub fn new(pim: Pim, ids: TenantIds, mode: ClockMode) -> Self {
        Self::continuing(pim, ids, mode, EventLog::default())
    }

    /// The same, with the log that holds what happened before.
    #[must_use]
    pub fn continuing(mut pim: Pim, ids: TenantIds, mode: ClockMode, log: EventLog) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let now = pim.now();
        let (id, domain) = pim
            .view(now)
            .tenant()
            .map_or_else(|| (TenantId(ids.tenant_id()), String::new()), |tenant| (tenant.id, tenant.domain.clone()));
        log.append(pim.take_events());
        log.pack();
        let due = AtomicI64::new(pim.next_deadline().unwrap_or(Instant::LAST).milliseconds());
        Self {
            id,
            domain,
            number: NUMBER.fetch_add(1, Ordering::Relaxed),
            clock: Clock::new(now, mode),
            machine: RwLock::new(Machine { pim, ids }),
            due,
            jumping: AtomicBool::new(false),
            jump: Mutex::new(()),
            made: log.last(),
            log,
            names: Names::default(),
            origin: None,
            meter: Meter::default(),
        }
    }

    /// The tenant with the names that its world gave to things.
    #[must_use]
    pub fn with_names(self, names: Names) -> Self {
        Self { names, ..self }
    }

    /// The tenant with what it was made from.
    #[must_use]
    pub fn with_origin(self, origin: Origin) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// The tenant that a document describes.
    #[must_use]
    pub fn restore(snapshot: TenantSnapshot) -> Self {
        Self::new(Pim::restore(snapshot.state), snapshot.ids, snapshot.clock).with_names(snapshot.names)
    }

    /// The tenant's id.
    #[must_use]
    pub const fn id(&self) -> TenantId {
        self.id
    }

    /// Its initial domain.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Tenants count up in the order in which they were made.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// How much of their limits applications have used up, in real time.
    #[must_use]
    pub const fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Its clock. To move it, use [`Self::jump_to`].
    #[must_use]
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What happened in it.
    #[must_use]
    pub const fn log(&self) -> &EventLog {
        &self.log
    }

    /// The names that its world gave to things.
    #[must_use]
    pub const fn names(&self) -> &Names {
        &self.names
    }

    /// What it was made from; none for a tenant that was put together by other means.
    #[must_use]
    pub const fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Who it is and which id each name of its world got.
    #[must_use]
    pub fn answer(&self) -> TenantAnswer {
        self.read(|view| self.names.answer(self.id, view.now(), view))
    }

    /// When something will next happen by itself; [`Instant::LAST`] for never.
    #[must_use]
    pub fn next_due(&self) -> Instant {
        Instant::from_milliseconds(self.due.load(Ordering::Acquire))
    }

    /// How long in real time a listener may sleep before it looks again: until something is due, or the mode of the clock may
    /// have been changed.
    #[must_use]
    pub fn until_due(&self) -> Duration {
        let rate = match self.clock.mode() {
            ClockMode::Manual => return LONGEST_SLEEP,
            ClockMode::System => 1.0,
            ClockMode::Scaled(rate) => rate,
        };
        let due = self.next_due();
        if due == Instant::LAST {
            return LONGEST_SLEEP;
        }
        #[expect(clippy::cast_precision_loss, reason = "a millisecond more or less")]
        let left = due.since(self.clock.now()).milliseconds() as f64 / rate;
        Duration::from_secs_f64(left.clamp(SHORTEST_SLEEP, 1000.0) / 1000.0).min(LONGEST_SLEEP)
    }

    /// Reads the state as of now. Copy out what the answer needs and render after.
    pub fn read<R>(&self, read: impl FnOnce(View<'_>) -> R) -> R {
        let now = self.clock.now();
        if now.milliseconds() >= self.due.load(Ordering::Acquire) && !self.jumping.load(Ordering::Acquire) {
            self.settle(&mut self.machine.write(), now);
            self.log.pack();
        }
        read(self.machine.read().pim.view(now))
    }

    /// Reads the audit log as of now.
    pub fn audit<R>(&self, read: impl FnOnce(Audit<'_>) -> R) -> R {
        self.read(|view| read(Audit::new(view, &self.log, self.id, self.made)))
    }

    /// Carries out a command and lets `read` look at what became of it, in one go.
    ///
    /// # Errors
    /// The machine's [`Rejection`]; nothing has changed then.
    pub fn handle<R>(
        &self,
        caller: impl Into<Caller>,
        command: &Command,
        read: impl FnOnce(View<'_>, Outcome) -> R,
    ) -> Result<R, Rejection> {
        let now = self.clock.now();
        self.carry_out(self.machine.write(), now, caller, command, read)
    }

    /// The same for a command that depends on what is so: nothing else happens between the look and the deed.
    ///
    /// # Errors
    /// What `make` refuses, and within that the machine's [`Rejection`]; nothing has changed then.
    pub fn handle_made<R, E>(
        &self,
        caller: impl Into<Caller>,
        make: impl FnOnce(View<'_>) -> Result<Command, E>,
        read: impl FnOnce(View<'_>, Outcome) -> R,
    ) -> Result<Result<R, Rejection>, E> {
        let now = self.clock.now();
        let mut machine = self.machine.write();
        self.settle(&mut machine, now);
        let command = make(machine.pim.view(now))?;
        Ok(self.carry_out(machine, now, caller, &command, read))
    }

    fn carry_out<R>(
        &self,
        mut machine: RwLockWriteGuard<'_, Machine>,
        now: Instant,
        caller: impl Into<Caller>,
        command: &Command,
        read: impl FnOnce(View<'_>, Outcome) -> R,
    ) -> Result<R, Rejection> {
        let Machine { pim, ids } = &mut *machine;
        let result = pim.handle(now, ids, caller, command);
        self.publish(&mut machine);
        let machine = RwLockWriteGuard::downgrade(machine);
        let answer = result.map(|outcome| read(machine.pim.view(now), outcome));
        drop(machine);
        self.log.pack();
        answer
    }

    /// What [`Self::handle`] would answer, with nothing changed.
    ///
    /// # Errors
    /// The machine's [`Rejection`].
    pub fn dry_run<R>(
        &self,
        actor: Actor,
        command: &Command,
        read: impl FnOnce(View<'_>, Outcome) -> R,
    ) -> Result<R, Rejection> {
        let now = self.clock.now();
        let mut machine = self.machine.write();
        self.settle(&mut machine, now);
        let machine = RwLockWriteGuard::downgrade(machine);
        let outcome = machine.pim.dry_run(now, actor, command)?;
        Ok(read(machine.pim.view(now), outcome))
    }

    /// Moves the clock to `to` and carries out everything due by then; answers how many events that were. The clock moves
    /// first, so that nobody reads the old time; the rest is done in small steps between which readers are let in.
    ///
    /// # Errors
    /// What the clock shows, when that is later than `to`; nothing has changed then.
    pub fn jump_to(&self, to: Instant) -> Result<u64, Instant> {
        let _one = self.jump.lock();
        let before = self.log.last();
        self.jumping.store(true, Ordering::Release);
        let moved = self.clock.move_to(to);
        if moved.is_ok() && self.take_step(to) {
            self.take_steps(to);
        }
        self.log.pack();
        self.jumping.store(false, Ordering::Release);
        moved.map(|()| self.log.last() - before)
    }

    /// The steps of a long jump, whose events are packed beside.
    fn take_steps(&self, to: Instant) {
        std::thread::scope(|scope| {
            let (taken, steps) = mpsc::sync_channel(AHEAD);
            let pack = move || steps.into_iter().for_each(|()| self.log.pack());
            // Where there can be no such thread, or no longer, the log is packed in the end.
            let _ = std::thread::Builder::new().name("log".to_owned()).spawn_scoped(scope, pack);
            while self.take_step(to) {
                let _ = taken.send(());
            }
        });
    }

    /// One step of a jump; answers whether there is another to take.
    fn take_step(&self, to: Instant) -> bool {
        let mut machine = self.machine.write();
        let more = machine.pim.advance_some(to, CHUNK);
        self.publish(&mut machine);
        RwLockWriteGuard::unlock_fair(machine);
        more
    }

    /// Every invariant, checked now.
    #[must_use]
    pub fn invariants(&self) -> Vec<Invariant> {
        let now = self.clock.now();
        self.settle(&mut self.machine.write(), now);
        self.machine.read().pim.invariants()
    }

    /// Everything, as one document.
    #[must_use]
    pub fn snapshot(&self) -> TenantSnapshot {
        let now = self.clock.now();
        self.settle(&mut self.machine.write(), now);
        let machine = self.machine.read();
        TenantSnapshot {
            format: SNAPSHOT_FORMAT,
            clock: self.clock.mode(),
            ids: machine.ids.clone(),
            names: self.names.clone(),
            state: machine.pim.snapshot(),
        }
    }

    /// Lets everything happen that is due.
    fn settle(&self, machine: &mut RwLockWriteGuard<'_, Machine>, now: Instant) {
        machine.pim.advance_to(now);
        self.publish(machine);
    }

    /// Logs what has happened, and tells when something will next. The log is packed by whoever has let go of the machine.
    fn publish(&self, machine: &mut RwLockWriteGuard<'_, Machine>) {
        self.log.append(machine.pim.take_events());
        let due = machine.pim.next_deadline().unwrap_or(Instant::LAST);
        self.due.store(due.milliseconds(), Ordering::Release);
    }
}
