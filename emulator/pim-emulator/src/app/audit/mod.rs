//! The audit log: a projection of what happened. Nobody writes a line of it beside a change; records are made of events when
//! somebody reads, exports or is sent them.
//!
//! What always holds:
//! - The same event gives the same records, with the same ids, whenever and however they are read.
//! - Whatever a record says comes from the event, from what was logged earlier, or is a name. So nothing that is purged from
//!   the state is missing from the past.
//! - What set the tenant up leaves no record: neither what the world was made of nor what came due while it was made.
//! - What happens by itself is the service's doing, whoever set it off (AUD-26).
//!
//! - Who activated what, when, why, until when and with whose approval can be told from it, and so can every change of assignments
//!   and settings (MON-1, MON-2).
//!
//! - What is about a role of Azure has the place where it is held among its targets, so that the log can be asked for one resource
//!   and for oneself (AZR-9).
//!
//! A file for each sort of happening. Deliberately absent: what a person does with a right (AUD-32), sign-ins, and the records
//! that other services write of the same happening, but for those of the approval engine (AUD-25).

mod access_reviews;
mod activity;
mod alerts;
mod approvals;
mod directory;
mod elevation;
mod groups;
mod policies;
mod reader;
mod record;
mod refusals;
mod requests;
mod role_definitions;
mod schedules;
mod teller;
mod webhook;

pub use reader::{Audit, Direction, Key, records};
pub use record::{
    AppIdentity, AuditRecord, AuditResult, Category, Detail, Initiator, ModifiedProperty, OperationType, Service,
    TargetResource, UserIdentity,
};

pub use webhook::{NoWebhook, Webhook};

use pim_core::time::Length;
use pim_core::{Event, Recorded};
use record::Draft;
use teller::Teller;

/// How far back the log can be read (AUD-3). Exports know everything.
pub const RETENTION: Length = Length::days(30);

/// The records of an event, in the order in which they were written.
fn drafts(teller: &Teller<'_>, number: u64, recorded: &Recorded) -> Vec<Draft> {
    let by = teller.doer(recorded);
    match &recorded.event {
        Event::RequestCreated(request) => requests::made(teller, number, by, request),
        Event::RequestStatusChanged { request, status, cause } => {
            requests::changed(teller, by, *request, (*status, *cause))
        }
        Event::RequestGranted { request, status, .. } => requests::granted(teller, number, *request, *status),
        Event::ScheduleStarted { schedule, window } => requests::started(teller, *schedule, *window),
        Event::RequestRefused(refused) => refusals::refused(teller, number, by, refused),
        Event::ApprovalOpened(approval) => approvals::opened(teller, by, approval),
        Event::ApprovalReviewed { request, review } => approvals::reviewed(teller, by, *request, review),
        Event::ScheduleCreated(schedule) => schedules::created(teller, by, schedule),
        Event::ScheduleEnded { schedule, cause, principal, privilege, kind, window } => {
            let ended = schedules::Ended {
                schedule: *schedule,
                principal: *principal,
                privilege: *privilege,
                kind: *kind,
                window: *window,
            };
            schedules::ended(teller, recorded.at, by, &ended, *cause)
        }
        Event::EndHeldBack { schedule, principal, privilege, kind, window, .. } => {
            let ended = schedules::Ended {
                schedule: *schedule,
                principal: *principal,
                privilege: *privilege,
                kind: *kind,
                window: *window,
            };
            schedules::held_back(teller, &ended)
        }
        Event::PolicyChanged { subject, rules, .. } => policies::changed(teller, number, by, *subject, rules),
        Event::GroupOnboarded(group) => groups::onboarded(teller, number, by, *group),
        Event::RoleDefinitionCreated(role) => {
            role_definitions::written(teller, number, by, role, role_definitions::ADDED)
        }
        Event::RoleDefinitionUpdated(role) => {
            role_definitions::written(teller, number, by, role, role_definitions::UPDATED)
        }
        Event::RoleDefinitionDeleted(role) => role_definitions::deleted(teller, number, by, *role),
        Event::Alert(event) => alerts::told(teller, number, by, event),
        Event::Directory(event) => directory::told(teller, number, recorded, event),
        Event::AccessReview(event) => access_reviews::told(teller, number, by, event),
        Event::TenantCreated(_)
        | Event::BehaviourChanged(_)
        | Event::LicenseChanged(_)
        | Event::ConditionalAccessPolicySet(_)
        | Event::ConditionalAccessPolicyDeleted(_)
        | Event::AuthenticationContextSet(_)
        | Event::AuthenticationContextDeleted(_)
        | Event::Azure(_)
        | Event::ScheduleDetailsSet { .. }
        | Event::ApproversTold(_)
        | Event::RequestPurged(_)
        | Event::ScheduleChanged { .. }
        | Event::ScheduleIdChanged { .. }
        | Event::EndNears { .. }
        | Event::ScheduleForgotten(_)
        | Event::WeekEnded { .. }
        | Event::SignedIn(_)
        | Event::MailSent(_) => Vec::new(),
    }
}
