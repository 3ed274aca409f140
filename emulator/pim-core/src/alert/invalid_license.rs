//! `InvalidLicenseAlert`: the organization has no licence that includes PIM.

use super::Found;
use crate::model::Incident;
use crate::state::State;

crate::implements!["ALR-10", "LIC-10"];

/// The licence, where it does not do (ALR-10, LIC-10).
pub(super) fn look(state: &State) -> Found {
    let license = state.tenant.as_ref().map(|tenant| tenant.license).filter(|license| !license.includes_pim());
    Found::now(license.map(Incident::License).into_iter().collect())
}
