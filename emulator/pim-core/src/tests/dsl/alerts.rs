//! Alerts as stories write them.

use super::text::{Word, length, offset};
use super::{Lab, Named, Told};
use crate::model::{Alert, AlertConfigurationChange, AlertScope, Incident};
use crate::{AlertCommand, AlertView, Command};
use uuid::Uuid;

impl Lab {
    /// What a verb of alerts asks for, if it is one.
    pub(super) fn alert_command(&self, verb: &str, rest: &[Word]) -> Option<Told<Command>> {
        let mut words: Vec<&str> = rest.iter().map(|word| word.text.as_str()).collect();
        let scope = self.scope_of(&mut words);
        let alert = words.first().and_then(|name| scope.named(name));
        let which = alert.ok_or_else(|| "which alert?".to_owned());
        let command = match verb {
            "refreshAlerts" => Ok(AlertCommand::Refresh { scope, alert }),
            "setAlert" => which.and_then(|alert| Ok(AlertCommand::Configure { alert, change: change(&words[1..])? })),
            "dismissAlert" => which.map(AlertCommand::Dismiss),
            "showAlert" => which.map(AlertCommand::Reactivate),
            "remediateAlert" => which.map(|alert| {
                let found = self.alert(alert).and_then(|view| {
                    view.incidents.iter().find(|it| self.named_in(it) == words[1..].join(" ")).map(Incident::id)
                });
                AlertCommand::Remediate { alert, incident: found.unwrap_or(Uuid::from_u64_pair(9, 9)) }
            }),
            _ => return None,
        };
        Some(command.map(Command::Alert))
    }

    /// `of prod` at the end: the alerts of a subscription.
    fn scope_of(&self, words: &mut Vec<&str>) -> AlertScope {
        match words.as_slice() {
            [.., "of", scope] => {
                let scope = self.azure_scope(scope);
                words.truncate(words.len() - 2);
                AlertScope::Subscription(scope)
            }
            _ => AlertScope::DirectoryRoles,
        }
    }

    fn alert(&self, alert: Alert) -> Option<AlertView<'_>> {
        self.pim.view(self.pim.now()).alert(alert)
    }

    /// `alert StaleSignInAlert names alice bob`.
    pub(super) fn claim_of_alert(&self, name: &str, rest: &[&str]) -> Told<()> {
        let mut words = rest.to_vec();
        let scope = self.scope_of(&mut words);
        let view = scope.named(name).and_then(|alert| self.alert(alert)).ok_or("there is no such alert")?;
        let mut named: Vec<_> = view.incidents.iter().map(|it| self.named_in(it)).collect();
        named.sort_unstable();
        let (found, expected) = match words.as_slice() {
            ["names", expected @ ..] => (named.join(" + "), expected.join(" + ")),
            ["is", expected] => {
                let found = match (view.is_active, view.incidents.is_empty()) {
                    (true, false) => "up",
                    (false, true) => "quiet",
                    (false, false) => "dismissed",
                    (true, true) => "up about nothing",
                };
                (found.to_owned(), (*expected).to_owned())
            }
            ["scanned", expected] => (offset(view.scanned), (*expected).to_owned()),
            ["changed", expected] => (view.modified.map_or("never".to_owned(), offset), (*expected).to_owned()),
            _ => return Err("no such claim of an alert".to_owned()),
        };
        if found == expected { Ok(()) } else { Err(format!("expected: {expected}\nfound: {found} ({view:?})")) }
    }

    /// What people call what an incident is about.
    fn named_in(&self, incident: &Incident) -> String {
        let view = self.pim.view(self.pim.now());
        let person = |wanted: Uuid| {
            let is_it = |named: &Named| match named {
                Named::Person(id) | Named::Group(id) | Named::Service(id) => id.0 == wanted,
                Named::Unit(_) | Named::Application(_) | Named::Request(_) => false,
            };
            self.names.iter().find(|(_, named)| is_it(named)).map_or("somebody".to_owned(), |(name, _)| name.clone())
        };
        match incident {
            Incident::License(license) => format!("{license:?}"),
            Incident::RoleWithoutMfa(role) => view.role(*role).map_or_else(String::new, |it| it.display_name.clone()),
            Incident::Duplicate { role, .. } => {
                view.azure_role(*role).map_or_else(String::new, |it| it.role_name.clone())
            }
            Incident::OneOfMany(principal)
            | Incident::Unused { principal, .. }
            | Incident::Outside { principal, .. }
            | Incident::Sequence { principal, .. }
            | Incident::Stale { principal, .. } => person(principal.0),
        }
    }
}

/// `duration 60d count 5 off`.
fn change(words: &[&str]) -> Told<AlertConfigurationChange> {
    let mut change = AlertConfigurationChange::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().copied().unwrap_or_default();
        match *word {
            "on" => change.is_enabled = Some(true),
            "off" => change.is_enabled = Some(false),
            "duration" => change.duration = length(value()),
            "interval" => change.interval = length(value()),
            "count" => change.count = value().parse().ok(),
            "percentage" => change.percentage = value().parse().ok(),
            _ => return Err(format!("what is {word} of an alert?")),
        }
    }
    Ok(change)
}
