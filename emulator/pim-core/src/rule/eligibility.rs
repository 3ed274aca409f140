//! `EligibilityRule`: an activation needs an eligibility whose window is open now and whose scope covers what is asked
//! (ACT-1, SCO-6). Reads no setting. Seen in answers of the service together with other rules of the same call.

use super::{Eligible, Facts, Verdict};

crate::implements!["ACT-1", "SCO-6", "UNC-17"];

/// Fails when there are eligibilities for the role and none of them will do.
pub(super) fn check(facts: &Facts<'_>) -> Verdict {
    Verdict::fail_if(facts.eligible == Eligible::NotCovered)
}
