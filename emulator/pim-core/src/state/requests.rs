//! Requests as they are held: compact records, their texts beside them, and their indices.

use super::index::{Index, ShortLists};
use super::slab::{Identified, Slab, Slot};
use crate::id::{RequestId, ScheduleId};
use crate::model::{Action, AskedSchedule, AssignmentKind, RequestDetails, RequestStatus, TicketInfo};
use crate::time::Instant;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What people typed, and what few requests have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestText {
    pub(crate) justification: Option<String>,
    pub(crate) ticket: TicketInfo,
    pub(crate) details: Option<Box<RequestDetails>>,
}

/// Which schedule a request made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// None.
    Nothing,
    /// The one with its own id (MOD-12).
    Own,
    /// Another one.
    Other(ScheduleId),
}

/// Who made a request, by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Creator {
    /// A user.
    User(Slot),
    /// An application.
    Application(Slot),
    /// The set-up of the tenant.
    SetUp,
    /// PIM itself.
    Service,
}

impl Creator {
    /// The principal, if it was one.
    pub(crate) const fn principal(self) -> Option<Slot> {
        match self {
            Self::User(slot) | Self::Application(slot) => Some(slot),
            Self::SetUp | Self::Service => None,
        }
    }
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct RequestRecord {
    pub(crate) id: RequestId,
    pub(crate) created: Instant,
    /// [`Instant::FIRST`] for none.
    pub(crate) completed: Instant,
    /// When it times out or is to be purged; [`Instant::LAST`] for never.
    pub(crate) due: Instant,
    pub(crate) asked: Option<AskedSchedule>,
    pub(crate) text: Option<Box<RequestText>>,
    pub(crate) target: Target,
    pub(crate) creator: Creator,
    pub(crate) principal: Slot,
    pub(crate) privilege: Slot,
    pub(crate) side: AssignmentKind,
    pub(crate) action: Action,
    pub(crate) status: RequestStatus,
}

impl Identified for RequestRecord {
    fn uuid(&self) -> Uuid {
        self.id.0
    }
}

/// All requests of a tenant that have not been purged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requests {
    pub(crate) records: Slab<RequestRecord>,
    by_principal: ShortLists,
    by_privilege: Index,
    by_creator: Index,
    pending: Index,
    /// The activations that were done since the beginning of the week that ended last, or will be: the digest of a week is
    /// made of them.
    lately: BTreeSet<Slot>,
}

impl Requests {
    /// Adds a request.
    pub(crate) fn insert(&mut self, record: RequestRecord) -> Slot {
        let (principal, privilege, creator) = (record.principal, record.privilege, record.creator.principal());
        let (pending, completed) = (record.status.is_pending(), record.completed);
        let slot = self.records.insert(record);
        self.by_principal.insert(principal, slot);
        self.by_privilege.insert(privilege, slot);
        if let Some(creator) = creator {
            self.by_creator.insert(creator, slot);
        }
        if pending {
            self.pending.insert(principal, slot);
        }
        if completed != Instant::FIRST {
            self.complete(slot, completed);
        }
        slot
    }

    /// Notes when a request was done, or will be.
    pub(crate) fn complete(&mut self, slot: Slot, at: Instant) {
        if let Some(record) = self.records.get_mut(slot) {
            record.completed = at;
            if record.action == Action::SelfActivate {
                self.lately.insert(slot);
            }
        }
    }

    /// Looks back no further than to an instant from now on.
    pub(crate) fn look_back_to(&mut self, since: Instant) {
        self.lately.retain(|slot| self.records.get(*slot).is_some_and(|record| record.completed >= since));
    }

    /// The activations that were done lately, as far as one looks back, or will be.
    pub(crate) fn lately(&self) -> impl Iterator<Item = &RequestRecord> {
        self.lately.iter().filter_map(|slot| self.records.get(*slot))
    }

    /// Sets the status of a request.
    pub(crate) fn set_status(&mut self, slot: Slot, status: RequestStatus) {
        if let Some(record) = self.records.get_mut(slot) {
            record.status = status;
            if status.is_pending() {
                self.pending.insert(record.principal, slot);
            } else {
                self.pending.remove(record.principal, slot);
            }
        }
    }

    /// Removes a request.
    pub(crate) fn remove(&mut self, slot: Slot) -> Option<RequestRecord> {
        let record = self.records.remove(slot)?;
        self.by_principal.remove(record.principal, slot);
        self.by_privilege.remove(record.privilege, slot);
        if let Some(creator) = record.creator.principal() {
            self.by_creator.remove(creator, slot);
        }
        self.pending.remove(record.principal, slot);
        self.lately.remove(&slot);
        Some(record)
    }

    /// The requests for a principal.
    pub(crate) fn of_principal(&self, principal: Slot) -> &[Slot] {
        self.by_principal.of(principal)
    }

    /// The requests for a privilege, from a place on.
    pub(crate) fn of_privilege(&self, privilege: Slot, first: Slot) -> impl Iterator<Item = Slot> {
        self.by_privilege.of(privilege, first)
    }

    /// The requests that a principal made, from a place on.
    pub(crate) fn of_creator(&self, creator: Slot, first: Slot) -> impl Iterator<Item = Slot> {
        self.by_creator.of(creator, first)
    }

    /// The requests for a principal that are pending (ASG-7).
    pub(crate) fn pending(&self, principal: Slot) -> impl Iterator<Item = (Slot, &RequestRecord)> {
        self.pending.of(principal, 0).filter_map(|slot| self.records.get(slot).map(|record| (slot, record)))
    }

    /// Whether every index names a record under the right thing and every record is in its indices.
    pub(crate) fn indices_agree(&self) -> bool {
        self.records.from(0).all(|(slot, record)| {
            self.by_principal.of(record.principal).contains(&slot)
                && self.by_privilege.contains(record.privilege, slot)
                && record.creator.principal().is_none_or(|creator| self.by_creator.contains(creator, slot))
                && record.status.is_pending() == self.pending.contains(record.principal, slot)
        }) && self.by_privilege.pairs().count() == self.records.len()
            && self.lately().all(|record| record.action == Action::SelfActivate)
            && self.lately().count() == self.lately.len()
    }
}
