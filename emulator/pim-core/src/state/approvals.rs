//! Approvals as they are held, by the place of their request, and who may decide on which.

use super::index::Index;
use super::slab::Slot;
use crate::model::{ApprovalStatus, Approver, Review};
use crate::time::Instant;
use std::collections::{BTreeMap, BTreeSet};

/// The approval of one request.
#[derive(Clone, Debug)]
pub(crate) struct ApprovalRecord {
    pub(crate) approvers: Vec<Approver>,
    /// The places of the approvers that were there when it was opened.
    pub(crate) places: Vec<Slot>,
    pub(crate) is_justification_required: bool,
    pub(crate) expires: Instant,
    /// When the approvers are told; [`Instant::LAST`] when they were, or never will be.
    pub(crate) mail_due: Instant,
    pub(crate) status: ApprovalStatus,
    pub(crate) review: Option<Review>,
}

/// All approvals of a tenant whose requests have not been purged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Approvals {
    records: BTreeMap<Slot, ApprovalRecord>,
    by_approver: Index,
    /// Those that name nobody.
    by_default: BTreeSet<Slot>,
}

impl Approvals {
    /// Adds one.
    pub(crate) fn insert(&mut self, request: Slot, record: ApprovalRecord) {
        if record.approvers.is_empty() {
            self.by_default.insert(request);
        }
        for approver in &record.places {
            self.by_approver.insert(*approver, request);
        }
        self.records.insert(request, record);
    }

    /// The approval of a request.
    pub(crate) fn get(&self, request: Slot) -> Option<&ApprovalRecord> {
        self.records.get(&request)
    }

    /// The same, to be changed; not its approvers.
    pub(crate) fn get_mut(&mut self, request: Slot) -> Option<&mut ApprovalRecord> {
        self.records.get_mut(&request)
    }

    /// Removes one.
    pub(crate) fn remove(&mut self, request: Slot) -> Option<ApprovalRecord> {
        let record = self.records.remove(&request)?;
        self.by_default.remove(&request);
        for approver in &record.places {
            self.by_approver.remove(*approver, request);
        }
        Some(record)
    }

    /// The requests that name somebody as approver, from a place on.
    pub(crate) fn of_approver(&self, approver: Slot, first: Slot) -> impl Iterator<Item = Slot> {
        self.by_approver.of(approver, first)
    }

    /// The requests that name nobody, from a place on.
    pub(crate) fn of_default(&self, first: Slot) -> impl Iterator<Item = Slot> {
        self.by_default.range(first..).copied()
    }

    /// Every approval, by the place of its request.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Slot, &ApprovalRecord)> {
        self.records.iter().map(|(slot, record)| (*slot, record))
    }

    /// Whether every index names a record under the right thing and every record is in its indices.
    pub(crate) fn indices_agree(&self) -> bool {
        self.all().all(|(slot, record)| {
            record.approvers.is_empty() == self.by_default.contains(&slot)
                && record.places.iter().all(|approver| self.by_approver.contains(*approver, slot))
        }) && self.by_approver.pairs().all(|(_, request)| self.records.contains_key(&request))
            && self.by_default.iter().all(|request| self.records.contains_key(request))
    }
}
