//! The policies of a world: changed as whoever sets up the tenant, before anything is assigned.

use super::about::About;
use super::error::{Fault, fault, steps};
use super::handles::at;
use super::load::Loader;
use super::policy_entry::{ActivationEntry, GivingEntry, NotificationEntry, PolicyEntry, RequirementWord};
use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{ApprovalChange, Approver, Happening, MailClass, PolicyChange, Requirement, RuleChange};
use pim_core::{AuthenticationContextChange, Command};

/// Changes them, in the order of the file.
pub(super) fn make(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let world = loader.world;
    let mut seen = Vec::with_capacity(world.policies.len());
    for (place, entry) in world.policies.iter().enumerate() {
        let about = entry.of().map_err(|it| it.at(steps!["policies", place]))?;
        let subject = about.subject(loader, || steps!["policies", place])?;
        if seen.contains(&subject) {
            let (key, name, whose) = match about {
                About::Role { role, .. } => ("role", role, String::new()),
                About::Group { group, access } => ("group", group, format!(" for each {}", access.name())),
                About::AzureRole { role, scope } => ("azureRole", role, format!(" at '{scope}'")),
            };
            return Err(fault!(["policies", place, key], "'{name}' has a policy{whose} in this file already"));
        }
        seen.push(subject);
        loader.note_role(subject.privilege());
        let rules = rules(loader, place, entry)?;
        if rules.is_empty() {
            continue;
        }
        let change = PolicyChange { subject, rules };
        loader.issue(loader.begin, &Command::UpdatePolicy(change), || steps!["policies", place])?;
    }
    Ok(())
}

fn rules(loader: &mut Loader<'_>, place: usize, entry: &PolicyEntry) -> Result<Vec<RuleChange>, Fault> {
    let mut rules = Vec::new();
    giving(Happening::AdminEligibility, &entry.eligible, &mut rules);
    giving(Happening::AdminAssignment, &entry.active, &mut rules);
    activation(loader, place, &entry.activation, &mut rules)?;
    let cells = [
        (Happening::AdminEligibility, &entry.notifications.eligible),
        (Happening::AdminAssignment, &entry.notifications.active),
        (Happening::EndUserAssignment, &entry.notifications.activation),
    ];
    for (of, recipients) in cells {
        let classes = [
            (MailClass::Admin, &recipients.admin),
            (MailClass::Requestor, &recipients.requestor),
            (MailClass::Approver, &recipients.approver),
        ];
        rules.extend(classes.into_iter().filter_map(|(class, cell)| Some(notification(class, of, cell.as_ref()?))));
    }
    Ok(rules)
}

fn giving(of: Happening, entry: &GivingEntry, rules: &mut Vec<RuleChange>) {
    if entry.permanent.is_some() || entry.max.is_some() {
        let is_expiration_required = entry.permanent.map(|permanent| !permanent);
        rules.push(RuleChange::Expiration { of, is_expiration_required, maximum_duration: entry.max.map(Some) });
    }
    rules.extend(enablement(of, entry.require.as_deref()));
}

fn enablement(of: Happening, words: Option<&[RequirementWord]>) -> Option<RuleChange> {
    let enabled_rules = Some(words?.iter().map(|word| Requirement::from(*word)).collect());
    Some(RuleChange::Enablement { of, enabled_rules })
}

fn activation(
    loader: &mut Loader<'_>,
    place: usize,
    entry: &ActivationEntry,
    rules: &mut Vec<RuleChange>,
) -> Result<(), Fault> {
    let of = Happening::EndUserAssignment;
    if entry.max.is_some() {
        rules.push(RuleChange::Expiration { of, is_expiration_required: None, maximum_duration: entry.max.map(Some) });
    }
    rules.extend(enablement(of, entry.require.as_deref()));
    rules.extend(approval(loader, place, entry)?);
    if let Some(context) = context(loader, place, entry)? {
        rules.push(RuleChange::AuthenticationContext { is_enabled: Some(true), claim_value: Some(Some(context)) });
    }
    Ok(())
}

/// Naming approvers is requiring approval, unless the entry says otherwise.
fn approval(loader: &Loader<'_>, place: usize, entry: &ActivationEntry) -> Result<Option<RuleChange>, Fault> {
    let names = entry.approvers.as_deref();
    let mut approvers = Vec::new();
    for (nth, name) in names.unwrap_or_default().iter().enumerate() {
        let here = || steps!["policies", place, "activation", "approvers", nth];
        let named = at(loader.handles.principal(name), here)?;
        if named.kind == "application" {
            return Err(Fault { path: here(), message: format!("'{name}' is an application, which cannot approve") });
        }
        approvers.push(Approver { id: named.id, description: None });
    }
    let is_approval_required = entry.approval.or((!approvers.is_empty()).then_some(true));
    if names.is_none() && is_approval_required.is_none() && entry.approver_justification.is_none() {
        return Ok(None);
    }
    Ok(Some(RuleChange::Approval(ApprovalChange {
        is_approval_required,
        is_approver_justification_required: entry.approver_justification,
        primary_approvers: names.map(|_| approvers),
        ..ApprovalChange::default()
    })))
}

/// The context that an activation needs; it is published here where nothing else did.
fn context(
    loader: &mut Loader<'_>,
    place: usize,
    entry: &ActivationEntry,
) -> Result<Option<AuthenticationContextId>, Fault> {
    let Some(text) = &entry.authentication_context else { return Ok(None) };
    let here = || steps!["policies", place, "activation", "authenticationContext"];
    let Some(context) = AuthenticationContextId::parse(text) else {
        return Err(Fault { path: here(), message: format!("'{text}' is not an authentication context: c1 to c99") });
    };
    if entry.require.as_ref().is_some_and(|words| words.contains(&RequirementWord::Mfa)) {
        let message = "multifactor authentication cannot be demanded beside an authentication context".to_owned();
        return Err(Fault { path: here(), message });
    }
    if !loader.publishes(context) {
        let change = AuthenticationContextChange {
            display_name: Some(context.to_string()),
            is_available: Some(true),
            ..AuthenticationContextChange::default()
        };
        loader.issue(loader.begin, &Command::SetAuthenticationContext { context, change }, here)?;
    }
    Ok(Some(context))
}

fn notification(class: MailClass, of: Happening, entry: &NotificationEntry) -> RuleChange {
    RuleChange::Notification {
        class,
        of,
        level: entry.level.map(Into::into),
        is_default_recipients_enabled: entry.default,
        recipients: entry.additional.clone(),
    }
}
