//! What reviewers say: on one line, on several, or as is recommended.

use super::in_progress;
use crate::command::{AccessReviewLines, Actor};
use crate::decide::{Context, Decision};
use crate::event::{AccessReviewEvent, DecidedLine};
use crate::id::PrincipalId;
use crate::model::access_review::{AccessReviewDecision, AccessReviewInstance, AccessReviewResult};
use crate::rejection::{AccessReviewFault, Rejection};

crate::implements!["REV-20", "REV-21", "REV-22", "REV-23", "REV-27"];

/// What deciding would do. Only reviewers decide, each on the lines that they are asked about, and whoever made the review or
/// administers the tenant is none for that. A later word counts instead of an earlier one, whoever said it (REV-22, REV-23).
pub(super) fn record(
    context: &Context<'_>,
    instance: &AccessReviewInstance,
    lines: AccessReviewLines,
    (decision, justification): (AccessReviewResult, Option<&str>),
) -> Result<Decision, Rejection> {
    let reviewer = reviewer(context)?;
    let own = own_lines(instance, reviewer);
    let chosen: Vec<_> = match lines {
        AccessReviewLines::One(id) => {
            let line = instance.decision(id).ok_or(AccessReviewFault::DecisionNotFound(id))?;
            own.filter(|it| it.id == line.id).collect()
        }
        AccessReviewLines::About { principal, resource } => own
            .filter(|it| principal.is_none_or(|principal| it.principal == principal))
            .filter(|_| resource.is_none_or(|resource| instance.resource == resource))
            .collect(),
    };
    let is_asked = match lines {
        AccessReviewLines::One(_) => !chosen.is_empty(),
        AccessReviewLines::About { .. } => own_lines(instance, reviewer).next().is_some(),
    };
    if !is_asked {
        return Err(AccessReviewFault::NotAReviewer.into());
    }
    in_progress(instance)?;
    if decision == AccessReviewResult::NotReviewed {
        return Err(AccessReviewFault::NotADecision.into());
    }
    let needs_reason =
        decision == AccessReviewResult::Approve && instance.properties.settings.justification_required_on_approval;
    if needs_reason && justification.is_none_or(|text| text.trim().is_empty()) {
        return Err(AccessReviewFault::JustificationRequired.into());
    }
    let lines = chosen.into_iter().map(|it| DecidedLine { id: it.id, principal: it.principal, decision });
    Ok(decided(instance, lines.collect(), justification))
}

/// What accepting recommendations would do: the caller's lines that wait are decided as is recommended, and those about which
/// nothing is go on waiting (REV-27).
pub(super) fn accept_recommendations(
    context: &Context<'_>,
    instance: &AccessReviewInstance,
) -> Result<Decision, Rejection> {
    let reviewer = reviewer(context)?;
    if own_lines(instance, reviewer).next().is_none() {
        return Err(AccessReviewFault::NotAReviewer.into());
    }
    in_progress(instance)?;
    let lines = own_lines(instance, reviewer)
        .filter(|it| it.decision == AccessReviewResult::NotReviewed)
        .filter_map(|it| {
            let decision = it.recommendation.result()?;
            Some(DecidedLine { id: it.id, principal: it.principal, decision })
        })
        .collect();
    Ok(decided(instance, lines, None))
}

/// Whoever asks, if it is a person: applications decide nothing.
fn reviewer(context: &Context<'_>) -> Result<PrincipalId, Rejection> {
    match context.actor {
        Actor::User { id, .. } => Ok(id),
        Actor::Application { .. } | Actor::SetUp => Err(AccessReviewFault::NotAReviewer.into()),
    }
}

fn own_lines(instance: &AccessReviewInstance, reviewer: PrincipalId) -> impl Iterator<Item = &AccessReviewDecision> {
    instance.decisions.iter().filter(move |it| instance.reviewers_of(it).binary_search(&reviewer).is_ok())
}

/// The decisions as one event; none where there is nothing to decide.
fn decided(instance: &AccessReviewInstance, lines: Vec<DecidedLine>, justification: Option<&str>) -> Decision {
    if lines.is_empty() {
        return Decision::default();
    }
    Decision::event(AccessReviewEvent::Decided {
        subject: Box::new(instance.subject()),
        lines,
        justification: justification.map(str::to_owned),
    })
}
