//! A change of a policy as clients write it.
//!
//! Rules are taken by their id. What one leaves out keeps its value, and so it does where `null` stands; `target` and what else is
//! fixed is read past (POL-11), since clients in use write it wrongly.

use super::approval_body::{self, SettingBody};
use super::pim_only_mode;
use super::rule_row::type_name;
use crate::arm::body::Truth;
use crate::arm::error::ArmError;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{Happening, NotificationLevel, Requirement, RuleChange, RuleId};
use pim_core::time::Length;

crate::request_body! {
    /// A change of a policy.
    PolicyBody {
        /// What it is to be like.
        properties / "properties": PropertiesBody,
    }
    /// The part of it that can be changed.
    PropertiesBody {
        /// Any of its rules.
        rules / "rules": Vec<RuleBody>,
    }
    /// A rule of whichever type.
    RuleBody {
        /// Which.
        id / "id": String,
        /// Its type, which must be that of the id.
        rule_type / "ruleType": String,
        /// Of an expiration rule.
        is_expiration_required / "isExpirationRequired": Truth,
        /// Of an expiration rule.
        maximum_duration / "maximumDuration": String,
        /// Of an enablement rule.
        enabled_rules / "enabledRules": Vec<String>,
        /// Of an approval rule.
        setting / "setting": SettingBody,
        /// Of an authentication context rule.
        is_enabled / "isEnabled": Truth,
        /// Of an authentication context rule.
        claim_value / "claimValue": String,
        /// Of a notification rule.
        notification_level / "notificationLevel": String,
        /// Of a notification rule.
        is_default_recipients_enabled / "isDefaultRecipientsEnabled": Truth,
        /// Of a notification rule.
        notification_recipients / "notificationRecipients": Vec<String>,
        /// Of the rule that only the newest version has.
        pim_only_mode / "pimOnlyModeSettings": pim_only_mode::SettingsBody,
    }
}

/// What a body changes, in the order in which it stands there (MFA-12).
///
/// # Errors
/// [`ArmError::InvalidPolicy`] when it names no rule or says something of one that cannot be (POL-20),
/// [`ArmError::InvalidPolicyRule`] for a rule that there is not.
pub(in crate::arm) fn rules(body: PolicyBody, version: &str) -> Result<Vec<RuleChange>, ArmError> {
    let rules = body.properties.and_then(|it| it.rules).unwrap_or_default();
    if rules.is_empty() {
        return Err(invalid("properties.rules has no rule"));
    }
    rules.into_iter().filter_map(|rule| change(rule, version).transpose()).collect()
}

/// The change of one rule; none of the rule that says nothing here.
fn change(body: RuleBody, version: &str) -> Result<Option<RuleChange>, ArmError> {
    let name = body.id.as_deref().unwrap_or_default();
    if pim_only_mode::has(version) && name.eq_ignore_ascii_case(pim_only_mode::ID) {
        typed(&body, pim_only_mode::TYPE)?;
        return pim_only_mode::stays_off(body.pim_only_mode.as_ref()).map(|()| None);
    }
    let id = RuleId::parse(name).ok_or_else(|| ArmError::InvalidPolicyRule(format!("there is no rule '{name}'")))?;
    typed(&body, type_name(id))?;
    let change = match id {
        RuleId::Expiration(of) => expiration(of, &body)?,
        RuleId::Enablement(of) => {
            RuleChange::Enablement { of, enabled_rules: body.enabled_rules.map(|it| requirements(&it)).transpose()? }
        }
        RuleId::Approval => RuleChange::Approval(approval_body::read(body.setting.unwrap_or_default())?),
        RuleId::AuthenticationContext => RuleChange::AuthenticationContext {
            is_enabled: body.is_enabled.map(|it| it.0),
            claim_value: body.claim_value.map(|it| context(&it)).transpose()?,
        },
        RuleId::Notification(class, of) => RuleChange::Notification {
            class,
            of,
            level: body.notification_level.map(|it| level(&it)).transpose()?,
            is_default_recipients_enabled: body.is_default_recipients_enabled.map(|it| it.0),
            recipients: body.notification_recipients,
        },
    };
    Ok(Some(change))
}

/// A type that is given must be that of the rule.
fn typed(body: &RuleBody, expected: &str) -> Result<(), ArmError> {
    match body.rule_type.as_deref() {
        Some(given) if !given.eq_ignore_ascii_case(expected) => Err(ArmError::InvalidPolicyRule(format!(
            "{} is a {expected}, not a {given}",
            body.id.as_deref().unwrap_or_default()
        ))),
        Some(_) | None => Ok(()),
    }
}

/// An empty length of time is none, which does where the rule need not have an end.
fn expiration(of: Happening, body: &RuleBody) -> Result<RuleChange, ArmError> {
    let length = |text: &str| match text {
        "" => Ok(None),
        text => Length::parse(text).map(Some).map_err(|error| invalid(format!("maximumDuration: '{text}': {error}"))),
    };
    Ok(RuleChange::Expiration {
        of,
        is_expiration_required: body.is_expiration_required.map(|it| it.0),
        maximum_duration: body.maximum_duration.as_deref().map(length).transpose()?,
    })
}

/// What is demanded, each once.
fn requirements(names: &[String]) -> Result<Vec<Requirement>, ArmError> {
    let mut rules = Vec::with_capacity(names.len());
    for name in names {
        let unknown = || invalid(format!("enabledRules: there is nothing called '{name}' to demand (POL-7)"));
        let requirement = Requirement::parse(name).ok_or_else(unknown)?;
        if !rules.contains(&requirement) {
            rules.push(requirement);
        }
    }
    Ok(rules)
}

/// An empty text is no context.
fn context(text: &str) -> Result<Option<AuthenticationContextId>, ArmError> {
    if text.is_empty() {
        return Ok(None);
    }
    let none = || invalid(format!("claimValue: '{text}' is not one of c1 to c99 (POL-9)"));
    AuthenticationContextId::parse(text).map(Some).ok_or_else(none)
}

fn level(text: &str) -> Result<NotificationLevel, ArmError> {
    let level = NotificationLevel::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(text));
    level.ok_or_else(|| invalid(format!("notificationLevel: '{text}' is not None, Critical or All")))
}

/// What makes no policy, and why.
pub(super) fn invalid(detail: impl Into<String>) -> ArmError {
    ArmError::InvalidPolicy(detail.into())
}
