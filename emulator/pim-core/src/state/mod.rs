//! The state: plain records in numbered places, changed by [`crate::apply`] alone.

mod access_reviews;
mod alerts;
mod approvals;
mod azure;
mod conditional_access;
mod deleted;
mod directory;
mod export;
mod index;
mod policies;
mod privileges;
mod requests;
mod schedules;
mod sign_ins;
mod slab;
mod things;
mod timers;
mod units;

pub(crate) use access_reviews::{AccessReviews, ReviewDue, reviewers as reviewers_of_instance};
pub(crate) use alerts::Alerts;
pub(crate) use approvals::{ApprovalRecord, Approvals};
pub(crate) use azure::Azure;
pub(crate) use conditional_access::ConditionalAccess;
pub(crate) use deleted::DeletedPrincipal;
pub(crate) use directory::{Directory, GoneName};
pub use export::{Edge, Snapshot};
pub(crate) use policies::{ChangedPolicy, Policies};
pub(crate) use privileges::Privileges;
pub(crate) use requests::{Creator, RequestRecord, RequestText, Requests, Target};
pub(crate) use schedules::{NOWHERE, ScheduleRecord, Schedules};
pub(crate) use sign_ins::SignIns;
pub(crate) use slab::Slot;
pub(crate) use things::Thing;
pub(crate) use timers::{Timer, Timers};

use crate::behaviour::Behaviour;
use crate::id::{PrincipalId, RoleDefinitionId, ScheduleId};
use crate::model::{
    Approval, AssignmentKind, CreatedBy, GroupAccess, Policy, Principal, Privilege, RequestStatus, RoleDefinition,
    Schedule, ScheduleRequest, Tenant, built_in_roles,
};
use crate::time::Instant;

/// Everything that one tenant is.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) tenant: Option<Tenant>,
    pub(crate) behaviour: Behaviour,
    pub(crate) directory: Directory,
    pub(crate) azure: Azure,
    pub(crate) privileges: Privileges,
    pub(crate) schedules: Schedules,
    pub(crate) requests: Requests,
    pub(crate) approvals: Approvals,
    pub(crate) policies: Policies,
    pub(crate) conditional_access: ConditionalAccess,
    pub(crate) access_reviews: AccessReviews,
    pub(crate) alerts: Alerts,
    pub(crate) sign_ins: SignIns,
    pub(crate) timers: Timers,
    /// When the week ends; [`Instant::FIRST`] before the tenant was made.
    pub(crate) week_ends: Instant,
}

impl Default for State {
    fn default() -> Self {
        Self {
            tenant: None,
            behaviour: Behaviour::default(),
            directory: Directory::default(),
            azure: Azure::default(),
            privileges: Privileges::default(),
            schedules: Schedules::default(),
            requests: Requests::default(),
            approvals: Approvals::default(),
            policies: Policies::default(),
            conditional_access: ConditionalAccess::default(),
            access_reviews: AccessReviews::default(),
            alerts: Alerts::default(),
            sign_ins: SignIns::default(),
            timers: Timers::default(),
            week_ends: Instant::FIRST,
        }
    }
}

impl State {
    /// A role definition, built in or the tenant's own.
    pub(crate) fn role(&self, id: RoleDefinitionId) -> Option<&RoleDefinition> {
        let built_in = built_in_roles();
        match built_in.binary_search_by_key(&id, |role| role.id) {
            Ok(place) => built_in.get(place),
            Err(_) => self.directory.custom_roles.get(&id),
        }
    }

    /// The policy of a privilege: every privilege has one (POL-12).
    pub(crate) fn policy(&self, privilege: Privilege) -> &Policy {
        self.policies.of(privilege.policy_subject(), &self.behaviour)
    }

    /// The schedules of a principal for a privilege.
    pub(crate) fn schedules_for(
        &self,
        principal: Slot,
        privilege: Privilege,
    ) -> impl Iterator<Item = (Slot, &ScheduleRecord)> {
        let privilege = self.privileges.find(privilege);
        self.schedules
            .at(self.schedules.of_principal(principal))
            .filter(move |(_, record)| privilege == Some(record.privilege))
    }

    /// The groups that a principal is a direct member of at `now`. What was activated may have ended while a jump of the clock
    /// is still coming to it.
    pub(crate) fn groups_of(&self, now: Instant, member: Slot) -> impl Iterator<Item = Slot> {
        let groups = self.directory.groups_of(member).into_iter();
        groups.filter(move |group| self.belongs(now, *group, member, GroupAccess::Member))
    }

    /// Whether a principal belongs to a group at `now`.
    pub(crate) fn belongs(&self, now: Instant, group: Slot, principal: Slot, access: GroupAccess) -> bool {
        if !self.directory.has(group, principal, access) {
            return false;
        }
        if !self.directory.onboarded.contains_key(&group) {
            return true;
        }
        let privilege = Privilege::Group { group: self.directory.id(group), access };
        self.schedules_for(principal, privilege)
            .any(|(_, record)| record.side() == AssignmentKind::Assignment && record.is_open(now))
    }

    /// Whether a group may hold directory roles.
    pub(crate) fn is_role_assignable(&self, group: Slot) -> bool {
        match self.directory.at(group) {
            Some(Principal::Group(group)) => group.is_assignable_to_role,
            Some(Principal::User(_) | Principal::ServicePrincipal(_)) | None => false,
        }
    }

    /// A record in plain words.
    pub(crate) fn schedule(&self, record: &ScheduleRecord) -> Schedule {
        Schedule {
            id: record.id,
            principal: self.directory.id(record.principal),
            privilege: self.privileges.get(record.privilege),
            kind: record.kind,
            phase: record.phase,
            window: record.window(),
            created: record.created,
            modified: (record.modified != Instant::FIRST).then_some(record.modified),
            activated_using: self.schedules.records.get(record.eligibility).map(|eligibility| eligibility.id),
            details: self.schedules.details.get(&record.id).cloned(),
        }
    }

    /// A record in plain words.
    pub(crate) fn request(&self, record: &RequestRecord) -> ScheduleRequest {
        let text = record.text.as_deref().cloned().unwrap_or_default();
        ScheduleRequest {
            id: record.id,
            side: record.side,
            action: record.action,
            principal: self.directory.id(record.principal),
            privilege: self.privileges.get(record.privilege),
            status: record.status,
            created: record.created,
            completed: (record.completed != Instant::FIRST).then_some(record.completed),
            created_by: self.created_by(record),
            asked: record.asked,
            target_schedule: match record.target {
                Target::Nothing => None,
                Target::Own => Some(ScheduleId::from(record.id)),
                Target::Other(schedule) => Some(schedule),
            },
            justification: text.justification,
            ticket: text.ticket,
            details: text.details,
        }
    }

    /// Who made a request.
    pub(crate) fn created_by(&self, record: &RequestRecord) -> CreatedBy {
        match record.creator {
            Creator::User(slot) => CreatedBy::User(self.directory.id(slot)),
            Creator::Application(slot) => CreatedBy::Application(self.directory.id(slot)),
            Creator::SetUp => CreatedBy::SetUp,
            Creator::Service => CreatedBy::Service,
        }
    }

    /// A record in plain words.
    pub(crate) fn approval(&self, request: Slot, record: &ApprovalRecord) -> Option<Approval> {
        Some(Approval {
            request: self.requests.records.get(request)?.id,
            approvers: record.approvers.clone(),
            is_justification_required: record.is_justification_required,
            expires: record.expires,
            mail_due: (record.mail_due != Instant::LAST).then_some(record.mail_due),
            status: record.status,
            review: record.review.clone(),
        })
    }

    /// The request of an id.
    pub(crate) fn request_record(&self, id: crate::id::RequestId) -> Option<(Slot, &RequestRecord)> {
        let slot = self.requests.records.find(id.0)?;
        self.requests.records.get(slot).map(|record| (slot, record))
    }

    /// The place of a schedule.
    pub(crate) fn schedule_slot(&self, id: ScheduleId) -> Option<Slot> {
        self.schedules.records.find(id.0)
    }

    /// Whether a request of that status reads `Provisioned` once its start has come (REQ-52).
    pub(crate) const fn becomes_provisioned(&self, status: RequestStatus) -> bool {
        matches!(status, RequestStatus::PendingProvisioning)
            || (matches!(status, RequestStatus::Granted) && self.behaviour.granted_becomes_provisioned)
    }

    /// Whether something that was made at `created` is known everywhere at `now` (LAT-10).
    pub(crate) fn has_replicated(&self, now: Instant, created: Instant) -> bool {
        created.plus(self.behaviour.replication_delay) <= now
    }

    /// Whether lists show something that came about at `since` (LAT-6).
    pub(crate) fn is_listed(&self, now: Instant, since: Instant) -> bool {
        since.plus(self.behaviour.list_delay) <= now
    }

    /// Has at hand what a timer is about: what happens names it by id.
    pub(crate) const fn have_at_hand(&mut self, timer: Timer) {
        match timer {
            Timer::End(slot) | Timer::Start(slot) | Timer::Remind(slot) | Timer::Forget(slot) => {
                self.schedules.records.have_at_hand(slot);
            }
            Timer::TimeOut(slot) | Timer::TellApprovers(slot) | Timer::Purge(slot) => {
                self.requests.records.have_at_hand(slot);
            }
            Timer::PurgeApplications | Timer::PurgeDeleted | Timer::Week | Timer::AccessReviews | Timer::Scan => {}
        }
    }

    /// The place of a principal that is there.
    pub(crate) fn present(&self, id: PrincipalId) -> Option<Slot> {
        self.directory.slot(id).filter(|slot| self.directory.at(*slot).is_some())
    }
}
