//! An access review begins, is half over, or has ended. No policy governs that: its own settings do.

use super::{Moment, recipients};
use crate::event::AccessReviewEvent;
use crate::id::{AccessReviewInstanceId, PrincipalId};
use crate::model::access_review::{AccessReviewInstance, AccessReviewStatus};
use crate::model::{Addressees, CreatedBy, Mail, MailClass, MailedReview, Notice, Recipients};
use crate::state::{Slot, State, reviewers_of_instance};
use std::collections::BTreeSet;

crate::implements!["REV-28"];

/// Who is told: reviewers of the start and at half-time, however far they have come; whoever made the review, and whom it
/// names beside, of the end.
pub(super) fn happened(moment: Moment<'_>, event: &AccessReviewEvent) -> Option<Mail> {
    match event {
        AccessReviewEvent::StatusChanged { subject, status: AccessReviewStatus::InProgress, .. } => {
            begun(moment, subject.instance)
        }
        AccessReviewEvent::StageBegan { subject, .. } => begun(moment, subject.instance),
        AccessReviewEvent::Reminded { subject, .. } => {
            let instance = moment.state.access_reviews.instance(subject.instance)?;
            to_reviewers(moment, instance, Notice::AccessReviewReminder)
        }
        AccessReviewEvent::StatusChanged { subject, status: AccessReviewStatus::Completed, .. } => {
            ended(moment, subject.instance)
        }
        AccessReviewEvent::StatusChanged { .. }
        | AccessReviewEvent::Created(_)
        | AccessReviewEvent::Updated(_)
        | AccessReviewEvent::Deleted { .. }
        | AccessReviewEvent::CameRound { .. }
        | AccessReviewEvent::InstanceCreated(_)
        | AccessReviewEvent::PeopleFound { .. }
        | AccessReviewEvent::Stopped { .. }
        | AccessReviewEvent::ReviewersSet { .. }
        | AccessReviewEvent::Decided { .. }
        | AccessReviewEvent::AutoReviewed { .. }
        | AccessReviewEvent::Reset { .. }
        | AccessReviewEvent::ApplyBegan { .. }
        | AccessReviewEvent::LineApplied { .. }
        | AccessReviewEvent::DefaultsSet { .. }
        | AccessReviewEvent::HistoryCreated(_)
        | AccessReviewEvent::HistoryStatusChanged { .. }
        | AccessReviewEvent::HistoryDeleted(_) => None,
    }
}

fn begun(moment: Moment<'_>, id: AccessReviewInstanceId) -> Option<Mail> {
    let instance = moment.state.access_reviews.instance(id)?;
    let is_told = instance.properties.settings.mail_notifications_enabled;
    if is_told { to_reviewers(moment, instance, Notice::AccessReviewStarted) } else { None }
}

fn to_reviewers(moment: Moment<'_>, instance: &AccessReviewInstance, notice: Notice) -> Option<Mail> {
    let people = mailed(moment.state, reviewers_of_instance(instance));
    mail(instance, notice, MailClass::Approver, people)
}

fn ended(moment: Moment<'_>, id: AccessReviewInstanceId) -> Option<Mail> {
    let state = moment.state;
    let instance = state.access_reviews.instance(id)?;
    if !instance.properties.settings.mail_notifications_enabled {
        return None;
    }
    let maker = match state.access_reviews.definition(instance.definition)?.created_by {
        CreatedBy::User(id) => Some(id),
        CreatedBy::Application(_) | CreatedBy::SetUp | CreatedBy::Service => None,
    };
    let people = mailed(state, maker.into_iter().chain(instance.properties.additional_recipients.iter().copied()));
    mail(instance, Notice::AccessReviewCompleted, MailClass::Admin, people)
}

/// The people behind these who can read a mail, each once.
fn mailed(state: &State, people: impl IntoIterator<Item = PrincipalId>) -> Recipients {
    let slots = people.into_iter().filter_map(|id| state.present(id));
    let people: BTreeSet<Slot> = slots.flat_map(|slot| recipients::people(state, slot)).collect();
    recipients::recipients(state, people)
}

fn mail(instance: &AccessReviewInstance, notice: Notice, class: MailClass, people: Recipients) -> Option<Mail> {
    let review = MailedReview {
        subject: instance.subject(),
        end: instance.current_stage().map_or(instance.end, |stage| stage.end),
        description: instance.properties.description_for_reviewers.clone(),
    };
    let to = vec![Addressees { class, rule: None, people: people.clone() }];
    let mail = Mail { to, review: Some(Box::new(review)), ..Mail::to_administrators(notice, Recipients::default()) };
    (!people.is_empty()).then_some(mail)
}
