//! What access reviews refuse, in Azure's words. None of them was seen in an answer of the service.

use super::{Answer, Context, authorization_failed};
use pim_core::{AccessReviewFault, AccessReviewFlaw};

pub(super) fn refused(fault: AccessReviewFault, context: &Context) -> Answer {
    let absent = |what: String| Answer::absent("ResourceNotFound", "The resource is not found.").detailed(what);
    let bad = |message: String| Answer::bad("BadRequest", message);
    match fault {
        AccessReviewFault::ReviewNotFound(id) => absent(format!("access review {id}")),
        AccessReviewFault::InstanceNotFound(id) => absent(format!("instance {id}")),
        AccessReviewFault::StageNotFound(id) => absent(format!("stage {id}")),
        AccessReviewFault::DecisionNotFound(id) => absent(format!("decision {id}")),
        AccessReviewFault::HistoryNotFound(id) => absent(format!("history definition {id}")),
        AccessReviewFault::NotAReviewer => authorization_failed(context)
            .detailed("only a reviewer decides, and on the lines that it is asked about (REV-9)"),
        AccessReviewFault::GovernanceLicenseRequired => {
            Answer::bad("AadPremiumLicenseRequired", "The tenant needs to have Microsoft Entra ID Governance license.")
                .detailed("inactive users and service principals (LIC-11)")
        }
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
fn flaw(flaw: AccessReviewFlaw) -> String {
    match flaw {
        AccessReviewFlaw::Name => "The displayName is required.".to_owned(),
        AccessReviewFlaw::Principals => "The scope names no principalType.".to_owned(),
        AccessReviewFlaw::InactiveDuration => "The inactiveDuration must be from 1 to 730 days.".to_owned(),
        AccessReviewFlaw::Duration { days, .. } => {
            format!("An instance of {days} days does not fit the recurrence.")
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
        AccessReviewFlaw::ReviewerNotFound(id) => format!("The reviewer '{id}' is not found."),
        AccessReviewFlaw::Period => "The review history period ends before it begins.".to_owned(),
        // Azure reviews no groups.
        AccessReviewFlaw::StagesNotSupported
        | AccessReviewFlaw::Stages
        | AccessReviewFlaw::FallbackReviewers
        | AccessReviewFlaw::SelfReview
        | AccessReviewFlaw::OwnersOfReviewedGroup => "The access review is not valid.".to_owned(),
    }
}
