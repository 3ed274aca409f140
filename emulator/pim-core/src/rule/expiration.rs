//! `ExpirationRule`: how long a window may be. Reads the three `Expiration_…` settings. The service refuses what is too
//! long; it never shortens it (ASG-5, ACT-5).

use super::{Facts, Verdict};

crate::implements!["ASG-4", "ASG-5", "ACT-5", "ACT-8", "POL-43"];

/// Fails for a permanent window where an end is demanded (ASG-4) and for one longer than the maximum (ASG-5, ACT-5).
/// Where no end is demanded, the stored maximum does not limit (POL-43).
pub(super) fn check(facts: &Facts<'_>) -> Verdict {
    let Some(setting) = facts.demands.expiration else { return Verdict::Pass };
    let too_long = facts.window.length().is_none_or(|length| length > setting.maximum_duration);
    Verdict::fail_if(setting.is_expiration_required && too_long)
}
