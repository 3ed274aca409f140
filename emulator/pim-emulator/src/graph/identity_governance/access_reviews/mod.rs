//! `/identityGovernance/accessReviews`.
//!
//! Queries are read here into what the machine knows, and given back as they came. Whoever may read reviews of a sort sees their
//! definitions, instances and lines; reviewers see what they are asked about through `filterByCurrentUser`.

pub(crate) mod contacted_reviewers;
mod decision_row;
pub(crate) mod decisions;
mod definition_body;
pub(crate) mod definitions;
mod finding;
mod history_body;
pub(crate) mod history_definitions;
mod identity_row;
pub(crate) mod instances;
mod query_text;
pub(crate) mod report;
mod reviewer_body;
mod scope_body;
mod settings_body;
mod settings_row;
mod spelled;
pub(crate) mod stages;

pub(crate) use decision_row::SignInInsight;

use crate::graph::Version;
use crate::graph::expand::{Navigation, Target, to};
use pim_odata::{Entity, NestedOptions, QueryError, Span};

/// Reads what is wanted of the object behind a navigation of something that access reviews have.
///
/// # Errors
/// When it is more than `$select` and `$expand`, or names what that type does not have.
pub(in crate::graph) fn bind<E: Entity>(
    name: &'static str,
    options: &NestedOptions,
    version: Version,
) -> Result<Navigation, QueryError> {
    let target = |wanted| Target::Review(Box::new(wanted));
    match name {
        // Ways back up are in beta alone.
        "instance" | "definition" if version != Version::Beta => {
            Err(QueryError::UnknownSelected { name: name.into(), entity: E::TYPE, span: Span { start: 0, end: 0 } })
        }
        "definition" => to::<definitions::AccessReviewDefinitionResource>(name, options, version, target),
        "instance" => to::<instances::AccessReviewInstanceResource>(name, options, version, target),
        "instances" if E::TYPE.ends_with("HistoryDefinition") => {
            to::<history_definitions::AccessReviewHistoryInstanceResource>(name, options, version, target)
        }
        "instances" => to::<instances::AccessReviewInstanceResource>(name, options, version, target),
        "contactedReviewers" => to::<contacted_reviewers::AccessReviewReviewerResource>(name, options, version, target),
        "stages" => to::<stages::AccessReviewStageResource>(name, options, version, target),
        "insights" => to::<SignInInsight>(name, options, version, target),
        _ => to::<decisions::AccessReviewDecisionResource>(name, options, version, target),
    }
}
