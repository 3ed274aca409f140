//! `MfaRule`: the caller's session must have satisfied multifactor authentication. Reads the `MultiFactorAuthentication`
//! entry of the `Enablement_…` settings. Asked of whoever makes the call, also where an administrator assigns to somebody
//! else (POL-37), and of guests like of members (PRI-5).

use super::{Facts, Verdict};
use crate::model::Requirement;

crate::implements!["POL-32", "POL-37", "MFA-1", "PRI-5"];

/// Fails when it is demanded and the session lacks it; an application never has it.
pub(super) fn check(facts: &Facts<'_>) -> Verdict {
    let demanded = facts.demands.enablement.demands(Requirement::MultiFactorAuthentication);
    Verdict::fail_if(demanded && !facts.actor.has_mfa())
}
