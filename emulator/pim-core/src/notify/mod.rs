//! Who is told of what: the mails that an event brings about, decided at the moment of the event.
//!
//! A file per happening, which says what there is to tell. [`cells`] asks the policy of the privilege whether it is told, and
//! [`recipients`] finds the people.
//!
//! What always holds:
//! - Without a licence nobody is told anything (LIC-8).
//! - What is done to set up a tenant is told to nobody: a test begins with an empty outbox. What time makes of it later is told.
//! - Whoever is told of something as its holder is not told of it again as an administrator.
//!
//! Deliberately absent: texts and addresses, which are made by whoever shows or sends a mail.

mod access_reviews;
mod activated;
mod approval;
mod assigned;
mod audience;
mod cells;
mod digest;
mod enabled;
mod ending;
mod extension;
mod outside;
mod recipients;

pub(crate) use audience::Audiences;

use crate::decide::authority;
use crate::event::Event;
use crate::model::{CreatedBy, Mail};
use crate::state::State;
use crate::time::Instant;

crate::implements!["NOT-2", "LIC-8"];

pub(crate) mod implemented {
    //! What the files of this folder say they implement.
    use super::{
        access_reviews, activated, approval, assigned, cells, digest, enabled, ending, extension, outside, recipients,
    };

    pub(crate) const FILES: &[crate::rules::Implements] = &[
        super::IMPLEMENTS,
        access_reviews::IMPLEMENTS,
        activated::IMPLEMENTS,
        approval::IMPLEMENTS,
        assigned::IMPLEMENTS,
        cells::IMPLEMENTS,
        digest::IMPLEMENTS,
        enabled::IMPLEMENTS,
        ending::IMPLEMENTS,
        extension::IMPLEMENTS,
        outside::IMPLEMENTS,
        recipients::IMPLEMENTS,
    ];
}

/// How many people are told of one event at most (NOT-2).
pub(crate) const MOST: usize = 1000;

/// What a mail is decided by: the state after the event, when it happened, and who brought it about.
#[derive(Clone, Copy)]
struct Moment<'a> {
    state: &'a State,
    audiences: &'a Audiences,
    at: Instant,
    by: CreatedBy,
}

/// Who is told of an event that `by` brought about at `at` and that has been applied. `had_pim` says whether the tenant was
/// licensed before, `audiences` are those of now.
pub(crate) fn mail(
    (state, audiences): (&State, &Audiences),
    had_pim: bool,
    at: Instant,
    by: CreatedBy,
    event: &Event,
) -> Option<Mail> {
    let is_told = by != CreatedBy::SetUp || matches!(event, Event::LicenseChanged(_));
    if !is_told || authority::licensed(state).is_err() {
        return None;
    }
    let moment = Moment { state, audiences, at, by };
    let mail = match event {
        Event::ScheduleCreated(it) => assigned::made(moment, it),
        Event::ScheduleStarted { schedule, .. } => activated::started(moment, *schedule),
        Event::ScheduleEnded { schedule, cause, kind, .. } => ending::ended(moment, *schedule, *cause, *kind),
        Event::EndNears { schedule, days } => ending::nears(moment, *schedule, *days),
        Event::RequestCreated(it) => extension::asked(moment, it.id),
        Event::RequestStatusChanged { request, status, .. } => {
            approval::settled(moment, *request, *status).or_else(|| extension::settled(moment, *request, *status))
        }
        Event::RequestGranted { request, .. } => approval::granted(moment, *request),
        Event::ApprovalOpened(it) => approval::opened(moment, it),
        Event::ApproversTold(request) => approval::pending(moment, *request),
        Event::LicenseChanged(_) => enabled::licensed(moment, had_pim),
        Event::WeekEnded { .. } => digest::week(moment),
        Event::AccessReview(it) => access_reviews::happened(moment, it),
        Event::TenantCreated(_)
        | Event::BehaviourChanged(_)
        | Event::PolicyChanged { .. }
        | Event::ConditionalAccessPolicySet(_)
        | Event::ConditionalAccessPolicyDeleted(_)
        | Event::AuthenticationContextSet(_)
        | Event::AuthenticationContextDeleted(_)
        | Event::GroupOnboarded(_)
        | Event::Directory(_)
        | Event::Azure(_)
        | Event::Alert(_)
        | Event::ScheduleDetailsSet { .. }
        | Event::RoleDefinitionCreated(_)
        | Event::RoleDefinitionUpdated(_)
        | Event::RoleDefinitionDeleted(_)
        | Event::RequestPurged(_)
        | Event::RequestRefused(_)
        | Event::ApprovalReviewed { .. }
        | Event::ScheduleChanged { .. }
        | Event::ScheduleIdChanged { .. }
        | Event::EndHeldBack { .. }
        | Event::ScheduleForgotten(_)
        | Event::SignedIn(_)
        | Event::MailSent(_) => None,
    };
    mail.map(at_most)
}

/// The first thousand people; nobody beyond them (NOT-2).
fn at_most(mut mail: Mail) -> Mail {
    let mut left = MOST;
    for it in &mut mail.to {
        if it.people.len() > left {
            it.people = it.people.iter().take(left).cloned().collect();
        }
        left -= it.people.len();
    }
    mail.to.retain(|it| !it.people.is_empty());
    mail
}
