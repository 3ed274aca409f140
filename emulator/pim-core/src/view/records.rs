//! Reading schedules, instances and requests: each question is answered from an index.

use super::View;
use crate::decide::review;
use crate::family::azure_roles;
use crate::id::{PrincipalId, RequestId, ScheduleId};
use crate::model::{AssignmentKind, Family, RequestStatus, Resource, Schedule, ScheduleRequest};
use crate::state::{RequestRecord, ScheduleRecord, Slot, State};
use crate::time::Instant;
use uuid::Uuid;

crate::implements![
    "MOD-6", "MOD-8", "MOD-9", "MOD-10", "REQ-26", "REQ-27", "REQ-28", "PRI-9", "ASG-30", "LAT-1", "LAT-6", "LAT-10",
    "APR-21"
];

/// What a reader looks for: answered from an index, not by looking at everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// Everything.
    Anything,
    /// What concerns a principal.
    Principal(PrincipalId),
    /// What concerns a principal or one of the groups that it is in, also by way of others, of the privileges of Azure
    /// (REQ-28).
    Target(PrincipalId),
    /// What concerns a directory role at any scope, a group in either relation, or any role at one scope of Azure.
    Resource(Resource),
    /// The requests that a principal made. For schedules: nothing.
    Creator(PrincipalId),
    /// The requests that a user may decide, or might have (APR-21). For schedules: nothing.
    Approver(PrincipalId),
}

impl<'a> View<'a> {
    /// A schedule that lies in the present or future.
    #[must_use]
    pub fn schedule(self, id: ScheduleId) -> Option<Schedule> {
        let record = self.state.schedules.records.get(self.state.schedule_slot(id)?)?;
        let is_there = record.is_live(self.now) && self.has_replicated(record.id.0, record.created);
        is_there.then(|| self.state.schedule(record))
    }

    /// Whether something that was made at `created` can be found by its id by now (LAT-10).
    #[must_use]
    pub fn has_replicated(self, id: Uuid, created: Instant) -> bool {
        self.state.has_replicated(self.now, created) && self.replica.is_none_or(|it| it.finds(id))
    }

    /// The schedules of one side that lie in the present or future, after a key, in the order of keys.
    pub fn schedules(self, side: AssignmentKind, by: By, after: Option<u64>) -> impl Iterator<Item = (u64, Schedule)> {
        self.schedule_records(by, after)
            .filter(move |(_, record)| {
                record.side() == side && record.is_live(self.now) && self.is_listed(record.id.0, record.created)
            })
            .map(move |(slot, record)| (u64::from(slot), self.state.schedule(record)))
    }

    /// Those whose window is open: the instances (MOD-5, MOD-6). On the side of assignments each is a role assignment
    /// (MOD-8); eligibilities never are (MOD-9).
    pub fn instances(self, side: AssignmentKind, by: By, after: Option<u64>) -> impl Iterator<Item = (u64, Schedule)> {
        self.schedule_records(by, after)
            .filter(move |(_, record)| record.side() == side && record.is_open(self.now))
            .filter(move |(_, record)| self.is_listed(record.id.0, record.created.max(record.start)))
            .filter(move |(_, record)| self.has_provisioned(record.id.0))
            .map(move |(slot, record)| (u64::from(slot), self.state.schedule(record)))
    }

    /// A request that has not been purged.
    #[must_use]
    pub fn request(self, id: RequestId) -> Option<ScheduleRequest> {
        let (_, record) = self.state.request_record(id)?;
        self.has_replicated(record.id.0, record.created).then(|| self.read_request(record))
    }

    /// The requests of one side after a key, in the order of keys.
    pub fn requests(
        self,
        side: AssignmentKind,
        by: By,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, ScheduleRequest)> {
        self.request_records(by, after)
            .filter(move |(_, record)| record.side == side && self.is_listed(record.id.0, record.created))
            .map(move |(slot, record)| (u64::from(slot), self.read_request(record)))
    }

    /// Whether lists show something that came about at `since` by now (LAT-6).
    fn is_listed(self, id: Uuid, since: Instant) -> bool {
        self.state.is_listed(self.now, since) && self.replica.is_none_or(|it| it.lists(id))
    }

    /// Whether what was asked for is in effect for whoever looks (LAT-1).
    fn has_provisioned(self, id: Uuid) -> bool {
        self.replica.is_none_or(|it| it.has_provisioned(id))
    }

    /// How many schedules and requests are held, for those who measure.
    #[must_use]
    pub fn sizes(self) -> (usize, usize) {
        (self.state.schedules.records.len(), self.state.requests.records.len())
    }

    /// A request as it stands at this instant: one whose start has come reads so even before a jump has come to it.
    fn read_request(self, record: &RequestRecord) -> ScheduleRequest {
        let mut request = self.state.request(record);
        let schedule = || self.state.schedules.records.get(self.state.schedule_slot(request.id.into())?);
        if self.state.becomes_provisioned(request.status) && schedule().is_some_and(|it| it.start <= self.now) {
            request.status = RequestStatus::Provisioned;
        }
        if request.status == RequestStatus::Provisioned && !self.has_provisioned(request.id.0) {
            request.status = RequestStatus::PendingProvisioning;
        }
        request
    }

    fn schedule_records(self, by: By, after: Option<u64>) -> Box<dyn Iterator<Item = (Slot, &'a ScheduleRecord)> + 'a> {
        let Self { state, .. } = self;
        let first = first(after);
        match by {
            By::Anything => Box::new(state.schedules.records.from(first)),
            By::Principal(id) => {
                let slots = state.directory.slot(id).map_or(&[][..], |slot| state.schedules.of_principal(slot));
                Box::new(state.schedules.at(slots).filter(move |(slot, _)| *slot >= first))
            }
            By::Target(id) => {
                let held = azure_roles::holders(state, self.now, id).flat_map(|it| state.schedules.of_principal(it));
                let mut slots: Vec<_> = held.copied().filter(|slot| *slot >= first).collect();
                slots.sort_unstable();
                let records =
                    slots.into_iter().filter_map(|it| state.schedules.records.get(it).map(|record| (it, record)));
                Box::new(records.filter(|(_, record)| is_of_azure(state, record.privilege)))
            }
            By::Resource(resource) => {
                let slots = merged(state, resource, |privilege| state.schedules.of_privilege(privilege, first));
                Box::new(slots.filter_map(|slot| state.schedules.records.get(slot).map(|record| (slot, record))))
            }
            By::Creator(_) | By::Approver(_) => Box::new(std::iter::empty()),
        }
    }

    fn request_records(self, by: By, after: Option<u64>) -> Box<dyn Iterator<Item = (Slot, &'a RequestRecord)> + 'a> {
        let Self { state, .. } = self;
        let first = first(after);
        let at = move |slot: Slot| state.requests.records.get(slot).map(|record| (slot, record));
        match by {
            By::Anything => Box::new(state.requests.records.from(first)),
            By::Principal(id) => {
                let slots = state.directory.slot(id).map_or(&[][..], |slot| state.requests.of_principal(slot));
                Box::new(slots.iter().copied().filter(move |slot| *slot >= first).filter_map(at))
            }
            By::Target(id) => {
                let about = azure_roles::holders(state, self.now, id).flat_map(|it| state.requests.of_principal(it));
                let mut slots: Vec<_> = about.copied().filter(|slot| *slot >= first).collect();
                slots.sort_unstable();
                Box::new(slots.into_iter().filter_map(at).filter(|(_, record)| is_of_azure(state, record.privilege)))
            }
            By::Resource(resource) => Box::new(
                merged(state, resource, |privilege| state.requests.of_privilege(privilege, first)).filter_map(at),
            ),
            By::Creator(id) => match state.directory.slot(id) {
                Some(slot) => Box::new(state.requests.of_creator(slot, first).filter_map(at)),
                None => Box::new(std::iter::empty()),
            },
            By::Approver(id) => Box::new(review::of_approver(state, self.now, id, first).into_iter().filter_map(at)),
        }
    }
}

fn is_of_azure(state: &State, privilege: Slot) -> bool {
    state.privileges.get(privilege).family() == Family::AzureRoles
}

/// The first place after a key.
pub(super) fn first(after: Option<u64>) -> Slot {
    after.map_or(0, |key| Slot::try_from(key.saturating_add(1)).unwrap_or(Slot::MAX))
}

/// What concerns a resource, at whichever scope, in the order of places. Most roles are held at one scope only, and then
/// nothing has to be sorted.
fn merged<'a, I: Iterator<Item = Slot> + 'a>(
    state: &'a State,
    resource: Resource,
    of: impl Fn(Slot) -> I,
) -> Box<dyn Iterator<Item = Slot> + 'a> {
    match state.privileges.of(resource) {
        [] => Box::new(std::iter::empty()),
        [privilege] => Box::new(of(*privilege)),
        privileges => {
            let mut slots: Vec<_> = privileges.iter().flat_map(|privilege| of(*privilege)).collect();
            slots.sort_unstable();
            Box::new(slots.into_iter())
        }
    }
}
