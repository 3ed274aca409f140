//! Access reviews: making them, deciding in them, and what their outcome takes away.
//!
//! A file per action. What happens by itself stands in [`crate::fire`], and asks here who is reviewed ([`people`]), who is asked
//! ([`panels`]) and what a decision comes to ([`taking_effect`]).

mod applying;
mod deciding;
mod defaults;
mod definitions;
mod histories;
mod ids;
pub(crate) mod panels;
pub(crate) mod people;
mod reminding;
mod resetting;
mod reviewers;
pub(crate) mod rights;
pub(crate) mod series;
mod stopping;
pub(crate) mod taking_effect;
mod valid;

pub(super) use definitions::deleted;
pub(crate) use ids::{instance_id, line_id, stage_id};

use super::{Context, Decision};
use crate::command::{AccessReviewCommand, AccessReviewInstanceChange};
use crate::id::AccessReviewInstanceId;
use crate::model::access_review::{AccessReviewInstance, AccessReviewStatus};
use crate::rejection::{AccessReviewFault, Rejection};

pub(crate) mod implemented {
    //! What the files of this folder say they implement.
    use super::{
        applying, deciding, definitions, panels, people, reminding, resetting, reviewers, rights, series, stopping,
        taking_effect, valid,
    };

    pub(crate) const FILES: &[crate::rules::Implements] = &[
        applying::IMPLEMENTS,
        deciding::IMPLEMENTS,
        definitions::IMPLEMENTS,
        panels::IMPLEMENTS,
        people::IMPLEMENTS,
        reminding::IMPLEMENTS,
        resetting::IMPLEMENTS,
        reviewers::IMPLEMENTS,
        rights::IMPLEMENTS,
        series::IMPLEMENTS,
        stopping::IMPLEMENTS,
        taking_effect::IMPLEMENTS,
        valid::IMPLEMENTS,
    ];
}

/// What a command would do.
pub(super) fn decide(context: &mut Context<'_>, command: &AccessReviewCommand) -> Result<Decision, Rejection> {
    match command {
        AccessReviewCommand::Create { id, properties } => definitions::create(context, *id, properties),
        AccessReviewCommand::Replace { review, properties } => definitions::replace(context, *review, properties),
        AccessReviewCommand::Delete(review) => definitions::delete(context, *review),
        AccessReviewCommand::Stop(review) => stopping::review(context, *review),
        AccessReviewCommand::Change { instance, change } => self::change(context, *instance, change),
        AccessReviewCommand::SetDefaults { scope, settings } => defaults::set(context, *scope, settings),
        AccessReviewCommand::CreateHistory(new) => histories::create(context, new),
        AccessReviewCommand::DeleteHistory(history) => histories::delete(context, *history),
    }
}

fn change(
    context: &Context<'_>,
    id: AccessReviewInstanceId,
    change: &AccessReviewInstanceChange,
) -> Result<Decision, Rejection> {
    let found = context.state.access_reviews.instance(id);
    let instance = found.ok_or(AccessReviewFault::InstanceNotFound(id))?;
    match change {
        AccessReviewInstanceChange::SetReviewers { reviewers, fallback_reviewers } => {
            reviewers::set(context, instance, (reviewers, fallback_reviewers))
        }
        AccessReviewInstanceChange::Stop => stopping::instance(context, instance),
        AccessReviewInstanceChange::StopStage => stopping::stage(context, instance),
        AccessReviewInstanceChange::SendReminder => reminding::decide(context, instance),
        AccessReviewInstanceChange::ResetDecisions => resetting::decide(context, instance),
        AccessReviewInstanceChange::ApplyDecisions => applying::decide(context, instance),
        AccessReviewInstanceChange::AcceptRecommendations => deciding::accept_recommendations(context, instance),
        AccessReviewInstanceChange::RecordDecisions { lines, decision, justification } => {
            deciding::record(context, instance, *lines, (*decision, justification.as_deref()))
        }
    }
}

/// Refuses what is only possible while reviewers decide.
fn in_progress(instance: &AccessReviewInstance) -> Result<(), Rejection> {
    match instance.status {
        AccessReviewStatus::InProgress => Ok(()),
        status @ (AccessReviewStatus::NotStarted
        | AccessReviewStatus::Initializing
        | AccessReviewStatus::Starting
        | AccessReviewStatus::Completing
        | AccessReviewStatus::Completed
        | AccessReviewStatus::AutoReviewing
        | AccessReviewStatus::AutoReviewed
        | AccessReviewStatus::Applying
        | AccessReviewStatus::Applied) => Err(AccessReviewFault::NotInStatus { status }.into()),
    }
}
