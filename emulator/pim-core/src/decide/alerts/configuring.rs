//! How alerts are set.

use super::super::{Context, Decision};
use crate::event::{AlertEvent, Updated};
use crate::model::{Alert, AlertConfiguration, AlertConfigurationChange, AlertSettings, AzureAlert, DirectoryAlert};
use crate::rejection::Rejection;
use crate::time::Length;
use std::ops::RangeInclusive;

crate::implements!["ALR-3", "ALR-12", "ALR-15", "ALR-16", "ALR-18", "UNC-15"];

/// What the change would do. What an alert does not have cannot be set, and what it has only within its range.
pub(super) fn decide(
    context: &Context<'_>,
    alert: Alert,
    change: AlertConfigurationChange,
) -> Result<Decision, Rejection> {
    let was = context.state.alerts.configuration(alert);
    let now = AlertConfiguration {
        is_enabled: change.is_enabled.unwrap_or(was.is_enabled),
        settings: settings(alert, was.settings, change)?,
    };
    if now == was {
        return Ok(Decision::default());
    }
    Ok(Decision::event(AlertEvent::Configured { alert, configuration: Updated { was, now } }))
}

fn settings(alert: Alert, was: AlertSettings, change: AlertConfigurationChange) -> Result<AlertSettings, Rejection> {
    let AlertConfigurationChange { is_enabled: _, duration, count, interval, percentage } = change;
    let absent = |given: bool, name| if given { Err(invalid(name)) } else { Ok(()) };
    match was {
        AlertSettings::Fixed => {
            absent(duration.is_some(), DURATION)?;
            absent(count.is_some(), COUNT)?;
            absent(interval.is_some(), INTERVAL)?;
            absent(percentage.is_some(), PERCENTAGE)?;
            Ok(was)
        }
        AlertSettings::Duration(before) => {
            absent(count.is_some(), COUNT)?;
            absent(interval.is_some(), INTERVAL)?;
            absent(percentage.is_some(), PERCENTAGE)?;
            let duration = duration.unwrap_or(before);
            within(&days(alert), duration, DURATION)?;
            Ok(AlertSettings::Duration(duration))
        }
        AlertSettings::Sequence { count: count_before, interval: interval_before } => {
            absent(duration.is_some(), DURATION)?;
            absent(percentage.is_some(), PERCENTAGE)?;
            let (count, interval) = (count.unwrap_or(count_before), interval.unwrap_or(interval_before));
            within(&(2..=100), count, COUNT)?;
            within(&(Length::from_milliseconds(1)..=Length::days(365)), interval, INTERVAL)?;
            Ok(AlertSettings::Sequence { count, interval })
        }
        AlertSettings::Share { count: count_before, percentage: percentage_before } => {
            absent(duration.is_some(), DURATION)?;
            absent(interval.is_some(), INTERVAL)?;
            let (count, percentage) = (count.unwrap_or(count_before), percentage.unwrap_or(percentage_before));
            within(&counts(alert), count, COUNT)?;
            within(&(0..=100), percentage, PERCENTAGE)?;
            Ok(AlertSettings::Share { count, percentage })
        }
    }
}

const DURATION: &str = "duration";
const COUNT: &str = "count";
const INTERVAL: &str = "timeIntervalBetweenActivations";
const PERCENTAGE: &str = "percentage";

/// How long somebody may leave something alone: an eligibility up to 100 days (ALR-12), an account a year (ALR-16).
fn days(alert: Alert) -> RangeInclusive<Length> {
    match alert {
        Alert::DirectoryRoles(DirectoryAlert::StaleSignIn) => Length::days(1)..=Length::days(365),
        Alert::DirectoryRoles(_) | Alert::AzureRoles(..) => Length::ZERO..=Length::days(100),
    }
}

/// How many there may be: two Global Administrators at the least (ALR-18). What Azure takes is not published (UNC-15).
const fn counts(alert: Alert) -> RangeInclusive<u32> {
    match alert {
        Alert::AzureRoles(
            _,
            AzureAlert::TooManyOwnersAssignedToResource | AzureAlert::TooManyPermanentOwnersAssignedToResource,
        ) => 1..=100,
        Alert::DirectoryRoles(_)
        | Alert::AzureRoles(_, AzureAlert::AzureRolesAssignedOutsidePim | AzureAlert::DuplicateRoleCreated) => 2..=100,
    }
}

fn within<T: PartialOrd>(range: &RangeInclusive<T>, value: T, name: &'static str) -> Result<(), Rejection> {
    if range.contains(&value) { Ok(()) } else { Err(invalid(name)) }
}

const fn invalid(property: &'static str) -> Rejection {
    Rejection::InvalidAlertSetting { property }
}
