//! The rule that only the newest version has: whether roles may be given outside PIM.
//!
//! It is off and stays off. Whoever writes it back as it was read changes nothing; turning it on is refused, because nothing here
//! would heed it.

use crate::arm::error::ArmError;
use crate::json::Json;

/// Its id.
pub(super) const ID: &str = "PIMOnlyMode_Admin_Assignment";
/// Its type.
pub(super) const TYPE: &str = "RoleManagementPolicyPimOnlyModeRule";
/// The version that has it.
const VERSION: &str = "2024-09-01-preview";
const OFF: &str = "Disabled";

crate::request_body! {
    /// What a client wants of the rule.
    SettingsBody {
        /// `Disabled`, `Enabled` or `ReportOnly`.
        mode / "mode": String,
    }
}

/// Whether a version has the rule.
pub(super) fn has(version: &str) -> bool {
    version == VERSION
}

/// Writes what the rule says.
pub(super) fn write(json: &mut Json) {
    json.key("pimOnlyModeSettings");
    json.open();
    json.key("mode");
    json.plain(OFF);
    json.close();
}

/// Refuses every change but the one that changes nothing.
///
/// # Errors
/// [`ArmError::NotEmulated`].
pub(super) fn stays_off(settings: Option<&SettingsBody>) -> Result<(), ArmError> {
    let mode = settings.and_then(|it| it.mode.as_deref());
    if mode.is_none_or(|mode| mode.eq_ignore_ascii_case(OFF)) {
        return Ok(());
    }
    Err(ArmError::NotEmulated(format!("{ID} with another mode than {OFF}")))
}
