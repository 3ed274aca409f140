//! The machine.

use crate::apply::apply;
use crate::command::{Actor, Caller, Command, Outcome};
use crate::decide::{Context, authority, decide, noted};
use crate::event::{Event, Recorded, Session};
use crate::fire::fire;
use crate::follow;
use crate::id::{IdKind, IdSource};
use crate::invariant::{self, Invariant};
use crate::model::CreatedBy;
use crate::notify::{self, Audiences};
use crate::rejection::Rejection;
use crate::replica::Replica;
use crate::state::{Snapshot, State};
use crate::time::Instant;
use crate::view::View;
use std::net::IpAddr;
use uuid::Uuid;

/// One tenant as a state machine.
///
/// Its methods are of four kinds: inputs ([`handle`](Self::handle), [`dry_run`](Self::dry_run)), time
/// ([`advance_to`](Self::advance_to), [`advance_some`](Self::advance_some), [`next_deadline`](Self::next_deadline)), reads
/// ([`view`](Self::view), [`invariants`](Self::invariants), [`snapshot`](Self::snapshot)) and the events that happened
/// ([`take_events`](Self::take_events)).
#[derive(Clone, Debug)]
pub struct Pim {
    state: State,
    now: Instant,
    happened: Vec<Recorded>,
    /// Whom mails go to, remembered; never more than the state says.
    audiences: Audiences,
}

impl Pim {
    /// An empty machine at `now`.
    #[must_use]
    pub fn new(now: Instant) -> Self {
        Self { state: State::default(), now, happened: Vec::new(), audiences: Audiences::default() }
    }

    /// The machine that these events lead to, at the instant of the last of them.
    #[must_use]
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut pim = Self::new(Instant::FIRST);
        for Recorded { at, by, event, .. } in events {
            pim.now = pim.now.max(*at);
            apply(&mut pim.state, *at, *by, event);
        }
        pim
    }

    /// The machine that a snapshot describes.
    #[must_use]
    pub fn restore(snapshot: Snapshot) -> Self {
        let now = snapshot.now;
        Self { state: State::import(snapshot), ..Self::new(now) }
    }

    /// Everything, as one document.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.state.export(self.now)
    }

    /// Lets time pass until `now`, then carries out a command or refuses it, and lets happen what it made due at once. A refused
    /// command has changed nothing and used up no id. What is noted of it (GA-7, UNC-14) is an event that nothing follows from.
    ///
    /// # Errors
    /// The first [`Rejection`] that applies.
    pub fn handle(
        &mut self,
        now: Instant,
        ids: &mut dyn IdSource,
        caller: impl Into<Caller>,
        command: &Command,
    ) -> Result<Outcome, Rejection> {
        self.handle_at(None, now, ids, caller, command)
    }

    /// The same, asked of a part of the service that may lag behind.
    ///
    /// # Errors
    /// The first [`Rejection`] that applies.
    pub fn handle_at(
        &mut self,
        replica: Option<&Replica>,
        now: Instant,
        ids: &mut dyn IdSource,
        caller: impl Into<Caller>,
        command: &Command,
    ) -> Result<Outcome, Rejection> {
        let Caller { actor, address } = caller.into();
        self.advance_to(now);
        let mut context = Context { state: &self.state, now: self.now, actor, ids, replica };
        let decision = match decide(&mut context, command) {
            Ok(decision) => decision,
            Err(rejection) => {
                if let Some(note) = noted(&self.state, self.now, actor, command, &rejection) {
                    let session = self.session(actor, address);
                    self.record(self.now, actor.created_by(), session.as_ref(), note);
                }
                return Err(rejection);
            }
        };
        // What follows may take a role from the caller.
        let session = self.session(actor, address);
        for event in decision.events {
            self.record(self.now, actor.created_by(), session.as_ref(), event);
        }
        self.advance_to(self.now);
        Ok(decision.outcome)
    }

    /// What [`handle`](Self::handle) would answer, with nothing changed (MOD-20). Everything due must have happened.
    ///
    /// # Errors
    /// The same as those of [`handle`](Self::handle).
    pub fn dry_run(&self, now: Instant, actor: Actor, command: &Command) -> Result<Outcome, Rejection> {
        debug_assert!(self.next_deadline().is_none_or(|deadline| deadline > now), "something due has not happened");
        let mut ids = ScratchIds;
        let mut context = Context { state: &self.state, now: now.max(self.now), actor, ids: &mut ids, replica: None };
        decide(&mut context, command).map(|decision| decision.outcome)
    }

    /// Lets everything happen that is due up to and at `now`, in order, each at its own time. Time never goes back: an
    /// earlier `now` does nothing.
    pub fn advance_to(&mut self, now: Instant) {
        while self.advance_some(now, usize::MAX) {}
    }

    /// The same for at most about `limit` events; answers whether more is due. Lets whoever holds the machine pause.
    pub fn advance_some(&mut self, now: Instant, limit: usize) -> bool {
        let before = self.happened.len();
        let mut events = Vec::new();
        // Whoever asks for so many events in the midst of a jump gets them: room is made once, not by and by.
        if limit < usize::MAX && self.next_deadline().is_some_and(|due| due <= now) {
            self.happened.reserve(limit);
        }
        while self.happened.len() - before < limit {
            let Some((due, timer)) = self.state.timers.fire(now) else { break };
            self.now = self.now.max(due);
            fire(&self.state, due, timer, &mut events);
            debug_assert!(!events.is_empty(), "a timer of nothing: {timer:?}");
            self.state.have_at_hand(timer);
            for event in events.drain(..) {
                self.record(due, CreatedBy::Service, None, event);
            }
        }
        if self.next_deadline().is_some_and(|due| due <= now) {
            return true;
        }
        self.now = self.now.max(now);
        false
    }

    /// When something will next happen by itself.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Instant> {
        self.state.timers.first().map(|(due, _)| due)
    }

    /// The instant up to which everything has happened.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// The state, to be read as of `now`.
    #[must_use]
    pub fn view(&self, now: Instant) -> View<'_> {
        View::new(&self.state, now.max(self.now))
    }

    /// Every invariant, checked now.
    #[must_use]
    pub fn invariants(&self) -> Vec<Invariant> {
        invariant::check(&self.state, self.now)
    }

    /// What has happened since it was last taken.
    #[must_use]
    pub fn events(&self) -> &[Recorded] {
        &self.happened
    }

    /// What has happened since the last call.
    pub fn take_events(&mut self) -> Vec<Recorded> {
        std::mem::take(&mut self.happened)
    }

    /// What is known of a call that is carried out now (AUD-23).
    fn session(&self, actor: Actor, address: Option<IpAddr>) -> Option<Session> {
        match actor {
            Actor::User { id, .. } | Actor::Application { id } => {
                Some(Session { roles: authority::active_roles(&self.state, self.now, id), address })
            }
            Actor::SetUp => None,
        }
    }

    /// Lets something happen, and tells whoever is to be told of it.
    fn record(&mut self, at: Instant, by: CreatedBy, session: Option<&Session>, event: Event) {
        let had_pim = authority::licensed(&self.state).is_ok();
        apply(&mut self.state, at, by, &event);
        self.audiences.follow(at, &event);
        let mail = notify::mail((&self.state, &self.audiences), had_pim, at, by, &event);
        let edge = follow::edge(&self.state, &event);
        self.happened.push(Recorded { at, by, session: session.cloned().map(Box::new), event });
        if let Some(edge) = edge {
            let event = Event::Directory(edge);
            apply(&mut self.state, at, by, &event);
            self.audiences.follow(at, &event);
            self.happened.push(Recorded { at, by, session: None, event });
        }
        self.happened.extend(mail.map(|mail| Recorded {
            at,
            by: CreatedBy::Service,
            session: None,
            event: Event::MailSent(Box::new(mail)),
        }));
    }
}

/// Ids for what will not happen.
struct ScratchIds;

impl IdSource for ScratchIds {
    fn mint(&mut self, _: IdKind) -> Uuid {
        Uuid::nil()
    }
}
