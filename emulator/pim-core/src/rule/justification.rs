//! `JustificationRule`: a reason must be given. Reads the `Justification` entry of the `Enablement_…` settings (POL-30).

use super::{Facts, Verdict};
use crate::model::Requirement;

crate::implements!["POL-30", "ACT-35", "ASG-25", "REQ-6"];

/// Fails when a reason is demanded and there is none. Blanks alone count for nothing unless the switch says so (ACT-35).
pub(super) fn check(facts: &Facts<'_>) -> Verdict {
    let given =
        facts.ask.justification.as_deref().is_some_and(|text| {
            if facts.blank_justification_counts { !text.is_empty() } else { !text.trim().is_empty() }
        });
    Verdict::fail_if(facts.demands.enablement.demands(Requirement::Justification) && !given)
}
