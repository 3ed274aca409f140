//! The configuration of an alert as clients write it. What it leaves out stays as it is.

use super::alert_row::type_name;
use crate::graph::error::GraphError;
use crate::graph::policies::Members;
use pim_core::model::{Alert, AlertConfigurationChange};
use pim_core::time::Length;
use serde_json::Value;

/// What a body wants. The base type is abstract, so that it has to say of which type it is.
///
/// # Errors
/// [`GraphError::UnreadableBody`] for what cannot be read as that configuration.
pub(super) fn read(alert: Alert, body: &Value) -> Result<AlertConfigurationChange, GraphError> {
    let members = Members::of("the body", body)?;
    typed(alert, members)?;
    let length = |name: &str| -> Result<Option<Length>, GraphError> {
        let Some(text) = members.text(name)? else { return Ok(None) };
        Length::parse(text).map(Some).map_err(|error| unreadable(format!("{name}: '{text}': {error}")))
    };
    let number = |name: &str| members.number::<u32>(name);
    let (sequential, administrators) =
        (number("sequentialActivationCounterThreshold")?, number("globalAdminCountThreshold")?);
    Ok(AlertConfigurationChange {
        is_enabled: truth(members, "isEnabled")?,
        duration: length("duration")?,
        count: sequential.or(administrators),
        interval: length("timeIntervalBetweenActivations")?,
        percentage: number("percentageOfGlobalAdminsOutOfRolesThreshold")?,
    })
}

fn typed(alert: Alert, members: Members<'_>) -> Result<(), GraphError> {
    let expected = type_name(alert, "Configuration");
    let bare = |name: &str| name.strip_prefix('#').unwrap_or(name).to_ascii_lowercase();
    match members.text("@odata.type")? {
        Some(given) if bare(given) == bare(&expected) => Ok(()),
        Some(given) => Err(unreadable(format!("the configuration is a {expected}, not a {given}"))),
        None => Err(unreadable(format!("@odata.type is missing; the configuration is a {expected}"))),
    }
}

/// The service's own examples write truth as text.
fn truth(members: Members<'_>, name: &str) -> Result<Option<bool>, GraphError> {
    match members.raw(name) {
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) | None => members.boolean(name),
    }
}

const fn unreadable(detail: String) -> GraphError {
    GraphError::UnreadableBody(detail)
}
