//! Alerts and their configurations as clients write them.

use crate::arm::body::Truth;
use crate::arm::error::ArmError;
use pim_core::model::{Alert, AlertConfigurationChange};

crate::request_body! {
    /// An alert.
    AlertBody {
        /// What it is to be like.
        properties / "properties": AlertProperties,
    }
    /// The part of it that can be changed.
    AlertProperties {
        /// Whether it is shown.
        is_active / "isActive": Truth,
    }
    /// The configuration of an alert.
    ConfigurationBody {
        /// What it is to be like.
        properties / "properties": ConfigurationProperties,
    }
    /// The part of it that can be changed.
    ConfigurationProperties {
        /// Of which alert, in other words.
        configuration_type / "alertConfigurationType": String,
        /// Whether the subscription is scanned for it.
        is_enabled / "isEnabled": Truth,
        /// How many Owners.
        owners / "thresholdNumberOfOwners": u32,
        /// How many of each hundred who hold a role.
        owners_percentage / "thresholdPercentageOfOwnersOutOfAllRoleMembers": u32,
        /// How many Owners for good.
        permanent_owners / "thresholdNumberOfPermanentOwners": u32,
        /// How many of each hundred Owners.
        permanent_owners_percentage / "thresholdPercentageOfPermanentOwnersOutOfAllOwners": u32,
    }
}

/// What a body changes of how an alert is set.
///
/// # Errors
/// [`ArmError::InvalidProperty`] where it is that of another alert.
pub(in crate::arm) fn change(alert: Alert, body: ConfigurationBody) -> Result<AlertConfigurationChange, ArmError> {
    let properties = body.properties.unwrap_or_default();
    let expected = format!("{}AlertConfiguration", alert.definition().name);
    match &properties.configuration_type {
        Some(given) if given.eq_ignore_ascii_case(&expected) => {}
        Some(given) => {
            return Err(ArmError::InvalidProperty(format!("alertConfigurationType is {expected}, not {given}")));
        }
        None => return Err(ArmError::InvalidProperty(format!("alertConfigurationType is missing: {expected}"))),
    }
    Ok(AlertConfigurationChange {
        is_enabled: properties.is_enabled.map(|it| it.0),
        duration: None,
        count: properties.owners.or(properties.permanent_owners),
        interval: None,
        percentage: properties.owners_percentage.or(properties.permanent_owners_percentage),
    })
}
