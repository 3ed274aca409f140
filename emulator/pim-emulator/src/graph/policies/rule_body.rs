//! A rule as clients write it. What it leaves out keeps its value, and so does what is fixed for the rule: `target`,
//! `notificationType` and `recipientType` are read past (POL-11).

use super::approval_body;
use super::members::Members;
use super::rule_row::type_name;
use crate::graph::error::GraphError;
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{Happening, MailClass, NotificationLevel, Requirement, RuleChange, RuleId};
use pim_core::time::{Length, LengthError};
use serde_json::Value;

/// What a body wants of a rule.
///
/// # Errors
/// [`GraphError::UnreadableBody`] for what cannot be read as that rule, [`GraphError::InvalidPolicy`] for what can and makes
/// no policy (POL-20).
pub(super) fn read(rule: RuleId, members: Members<'_>) -> Result<RuleChange, GraphError> {
    typed(rule, members)?;
    match rule {
        RuleId::Expiration(of) => expiration(of, members),
        RuleId::Enablement(of) => enablement(of, members),
        RuleId::Approval => approval_body::read(members).map(RuleChange::Approval),
        RuleId::AuthenticationContext => authentication_context(members),
        RuleId::Notification(class, of) => notification(class, of, members),
    }
}

/// The base type is abstract, so that a body has to say of which type the rule is, and say it rightly (POL-19).
fn typed(rule: RuleId, members: Members<'_>) -> Result<(), GraphError> {
    let expected = type_name(rule);
    let bare = |name: &'static str| name.strip_prefix('#').unwrap_or(name);
    match members.text("@odata.type")? {
        Some(given) if given.strip_prefix('#').unwrap_or(given).eq_ignore_ascii_case(bare(expected)) => Ok(()),
        Some(given) => Err(unreadable(format!("{} is a {expected}, not a {given}", rule.name()))),
        None => Err(unreadable(format!("@odata.type is missing; {} is a {expected}", rule.name()))),
    }
}

/// An empty length of time is none, which does where the rule need not have an end.
fn expiration(of: Happening, members: Members<'_>) -> Result<RuleChange, GraphError> {
    let is_expiration_required = members.boolean("isExpirationRequired")?;
    let maximum_duration = match members.text("maximumDuration")? {
        None => None,
        Some("") => Some(None),
        Some(text) => Some(Some(length(text)?)),
    };
    Ok(RuleChange::Expiration { of, is_expiration_required, maximum_duration })
}

fn length(text: &str) -> Result<Length, GraphError> {
    Length::parse(text).map_err(|error| {
        let detail = format!("maximumDuration: '{text}': {error}");
        match error {
            LengthError::CalendarUnit => GraphError::InvalidPolicy(detail),
            LengthError::NotADuration => GraphError::UnreadableBody(detail),
        }
    })
}

fn enablement(of: Happening, members: Members<'_>) -> Result<RuleChange, GraphError> {
    let read = |names: Vec<&str>| -> Result<Vec<Requirement>, GraphError> {
        let mut rules = Vec::with_capacity(names.len());
        for name in names {
            let unknown = || invalid(format!("enabledRules: there is nothing called '{name}' to demand (POL-7)"));
            let requirement = Requirement::parse(name).ok_or_else(unknown)?;
            if !rules.contains(&requirement) {
                rules.push(requirement);
            }
        }
        Ok(rules)
    };
    let enabled_rules = members.texts("enabledRules")?.map(read).transpose()?;
    Ok(RuleChange::Enablement { of, enabled_rules })
}

/// Here `null` is a value: no context.
fn authentication_context(members: Members<'_>) -> Result<RuleChange, GraphError> {
    let claim_value = match members.raw("claimValue") {
        None => None,
        Some(Value::Null) => Some(None),
        Some(_) => match members.text("claimValue")?.unwrap_or_default() {
            "" => Some(None),
            text => {
                let none = || invalid(format!("claimValue: '{text}' is not one of c1 to c99 (POL-9)"));
                Some(Some(AuthenticationContextId::parse(text).ok_or_else(none)?))
            }
        },
    };
    Ok(RuleChange::AuthenticationContext { is_enabled: members.boolean("isEnabled")?, claim_value })
}

fn notification(class: MailClass, of: Happening, members: Members<'_>) -> Result<RuleChange, GraphError> {
    let level = members.text("notificationLevel")?.map(|text| {
        let level = NotificationLevel::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(text));
        level.ok_or_else(|| invalid(format!("notificationLevel: '{text}' is not None, Critical or All")))
    });
    let recipients = members.texts("notificationRecipients")?;
    Ok(RuleChange::Notification {
        class,
        of,
        level: level.transpose()?,
        is_default_recipients_enabled: members.boolean("isDefaultRecipientsEnabled")?,
        recipients: recipients.map(|all| all.into_iter().map(str::to_owned).collect()),
    })
}

fn invalid(detail: impl Into<String>) -> GraphError {
    GraphError::InvalidPolicy(detail.into())
}

const fn unreadable(detail: String) -> GraphError {
    GraphError::UnreadableBody(detail)
}
