//! What access reviews refuse, in Graph's words. None of them was seen in an answer of the service.

use super::{Answer, unauthorized};
use axum::http::StatusCode;
use pim_core::{AccessReviewFault, AccessReviewFlaw};

pub(super) fn refused(fault: AccessReviewFault) -> Answer {
    let bad = |message: String| Answer::new(StatusCode::BAD_REQUEST, "BadRequest", message);
    let absent = |what: String| {
        Answer::new(StatusCode::NOT_FOUND, "ResourceNotFound", "The resource is not found.").detailed(what)
    };
    match fault {
        AccessReviewFault::ReviewNotFound(id) => absent(format!("access review {id}")),
        AccessReviewFault::InstanceNotFound(id) => absent(format!("instance {id}")),
        AccessReviewFault::StageNotFound(id) => absent(format!("stage {id}")),
        AccessReviewFault::DecisionNotFound(id) => absent(format!("decision {id}")),
        AccessReviewFault::HistoryNotFound(id) => absent(format!("history definition {id}")),
        AccessReviewFault::NotAReviewer => {
            unauthorized().detailed("only a reviewer decides, and on the lines that it is asked about (REV-9)")
        }
        AccessReviewFault::GovernanceLicenseRequired => Answer::new(
            StatusCode::BAD_REQUEST,
            "AadPremiumLicenseRequired",
            "The tenant needs to have Microsoft Entra ID Governance license.",
        )
        .detailed("groups that PIM manages, inactive users and service principals (LIC-11)"),
        AccessReviewFault::IdTaken(id) => bad(format!("The access review '{id}' already exists.")),
        AccessReviewFault::NotInStatus { status } => {
            bad(format!("The operation is not allowed while the access review is in the state '{}'.", status.name()))
        }
        AccessReviewFault::JustificationRequired => bad("A justification is required for an approval.".to_owned()),
        AccessReviewFault::NotADecision => bad("The decision is not valid.".to_owned()),
        AccessReviewFault::InvalidAccessReview(flaw) => bad(self::flaw(flaw)),
    }
}

/// What is wrong with a definition.
pub(super) fn flaw(flaw: AccessReviewFlaw) -> String {
    match flaw {
        AccessReviewFlaw::Name => "The displayName is required.".to_owned(),
        AccessReviewFlaw::Principals => "The scope names no principals.".to_owned(),
        AccessReviewFlaw::InactiveDuration => "The inactiveDuration must be from 1 to 730 days.".to_owned(),
        AccessReviewFlaw::Duration { days, most: u32::MAX } => {
            format!("An instance of {days} days cannot be: it lasts a day at least.")
        }
        AccessReviewFlaw::Duration { days, most } => {
            format!("An instance of {days} days cannot be: with this recurrence it lasts from 1 to {most} days.")
        }
        AccessReviewFlaw::Interval => {
            "The recurrence must be weekly, or absoluteMonthly with an interval of 1, 3, 6 or 12.".to_owned()
        }
        AccessReviewFlaw::EndBeforeStart => "The recurrence ends before it begins.".to_owned(),
        AccessReviewFlaw::Occurrences => "The numberOfOccurrences must be positive.".to_owned(),
        AccessReviewFlaw::LookBack => "The recommendationLookBackDuration must be positive.".to_owned(),
        AccessReviewFlaw::DefaultDecision => {
            "The defaultDecision must be Approve, Deny or Recommendation when it is enabled.".to_owned()
        }
        AccessReviewFlaw::StagesNotSupported => "Reviews of roles have no stages.".to_owned(),
        AccessReviewFlaw::Stages => "A review has two or three stages, or none.".to_owned(),
        AccessReviewFlaw::FallbackReviewers => {
            "A review of a group managed by PIM by its owners needs a fallback reviewer.".to_owned()
        }
        AccessReviewFlaw::SelfReview => "Members of a role-assignable group cannot review themselves.".to_owned(),
        AccessReviewFlaw::OwnersOfReviewedGroup => "Only groups are reviewed by their owners.".to_owned(),
        AccessReviewFlaw::ReviewerNotFound(id) => format!("The reviewer '{id}' is not found."),
        AccessReviewFlaw::Period => "The review history period ends before it begins.".to_owned(),
    }
}
