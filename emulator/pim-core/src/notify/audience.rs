//! Whom nearly every mail goes to: the administrators and the managers, found once and remembered from one event to the next.
//!
//! What always holds: who is remembered is who would be found. It is forgotten when somebody's assignment begins or ends by
//! the clock, and with every event that is not known to leave it alone.

use super::recipients::{self, ADMINISTRATORS};
use crate::decide::authority::MANAGERS;
use crate::event::Event;
use crate::id::RoleDefinitionId;
use crate::model::{Privilege, Recipients, SchedulePhase};
use crate::state::{ScheduleRecord, Slot, State};
use crate::time::Instant;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The people behind some roles, from an instant until one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Audience {
    people: Vec<Slot>,
    pub(super) recipients: Recipients,
    from: Instant,
    until: Instant,
}

impl Audience {
    fn find((state, at): (&State, Instant), roles: &[RoleDefinitionId]) -> Self {
        let people: BTreeSet<Slot> = recipients::holders((state, at), roles)
            .flat_map(|record| recipients::people(state, record.principal))
            .collect();
        let until = recipients::assigned(state, roles).filter_map(|record| next_change(record, at)).min();
        Self {
            recipients: recipients::recipients(state, people.iter().copied()),
            people: people.into_iter().collect(),
            from: at,
            until: until.unwrap_or(Instant::LAST),
        }
    }

    /// The people but for some.
    pub(super) fn but(&self, some: &[Slot]) -> Recipients {
        if some.iter().all(|it| self.people.binary_search(it).is_err()) {
            return self.recipients.clone();
        }
        let others = self.people.iter().zip(self.recipients.iter()).filter(|(slot, _)| !some.contains(slot));
        others.map(|(_, recipient)| recipient.clone()).collect()
    }
}

/// When it will next change by itself whether an assignment is open.
fn next_change(record: &ScheduleRecord, at: Instant) -> Option<Instant> {
    match record.phase {
        SchedulePhase::Scheduled | SchedulePhase::Open => {
            [record.start, record.end].into_iter().find(|change| *change > at)
        }
        SchedulePhase::Held | SchedulePhase::Expired => None,
    }
}

/// The audiences, as far as they are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Audiences {
    administrators: OnceLock<Audience>,
    managers: OnceLock<Audience>,
}

impl Audiences {
    /// Forgets what is no longer so after an event at an instant.
    pub(crate) fn follow(&mut self, at: Instant, event: &Event) {
        let is_left_alone = leaves_alone(event);
        for audience in [&mut self.administrators, &mut self.managers] {
            if audience.get().is_some_and(|it| !is_left_alone || at < it.from || at >= it.until) {
                audience.take();
            }
        }
    }

    pub(super) fn administrators(&self, now: (&State, Instant)) -> &Audience {
        known(&self.administrators, now, &ADMINISTRATORS)
    }

    pub(super) fn managers(&self, now: (&State, Instant)) -> &Audience {
        known(&self.managers, now, &MANAGERS)
    }
}

fn known<'a>(audience: &'a OnceLock<Audience>, now: (&State, Instant), roles: &[RoleDefinitionId]) -> &'a Audience {
    let known = audience.get_or_init(|| Audience::find(now, roles));
    debug_assert_eq!(known.people, Audience::find(now, roles).people, "an audience changed unnoticed");
    known
}

/// Whether an event changes nothing of who holds which of the roles and can read mails. What is not listed may.
fn leaves_alone(event: &Event) -> bool {
    let is_other = |privilege: Privilege| {
        privilege.role().is_none_or(|role| !ADMINISTRATORS.contains(&role) && !MANAGERS.contains(&role))
    };
    matches!(
        event,
        Event::MailSent(_)
            | Event::Alert(_)
            | Event::SignedIn(_)
            | Event::EndNears { .. }
            | Event::WeekEnded { .. }
            | Event::ScheduleForgotten(_)
            | Event::RequestCreated(_)
            | Event::RequestRefused(_)
            | Event::RequestStatusChanged { .. }
            | Event::RequestGranted { .. }
            | Event::RequestPurged(_)
            | Event::ApprovalOpened(_)
            | Event::ApprovalReviewed { .. }
            | Event::ApproversTold(_)
    ) || matches!(event, Event::ScheduleEnded { privilege, .. } if is_other(*privilege))
        || matches!(event, Event::ScheduleCreated(it) if is_other(it.privilege))
}
