//! What can be seen of a step without a tenant: whether what it says fits together.

use super::error::Mistake;
use super::file::{CheckEntry, HeldCheck, RefusedEntry, RequestEntry, StepEntry};
use super::subject::Said;
use super::verb::{Action, Verb};
use crate::app::world::{PolicyEntry, did_you_mean};
use axum::http::Method;
use pim_core::rules;

/// The keys that are the step's own, and not those of what it does.
const OWN: [&str; 7] = ["shows", "as", "mfa", "contexts", "request", "status", "refused"];

impl StepEntry {
    /// Whether a key is the step's own.
    pub(super) fn is_own(key: &str) -> bool {
        OWN.contains(&key)
    }
}

impl Verb<'_> {
    /// Whether what a step says fits what it does.
    pub(super) fn look_at(&self, step: &StepEntry, observer: Option<&str>) -> Result<(), Mistake> {
        let needs_somebody = match self {
            Self::Request { .. }
            | Self::Cancel(_)
            | Self::Decide { .. }
            | Self::SetPolicy(_)
            | Self::Membership { .. }
            | Self::Review(_)
            | Self::Call(_) => true,
            Self::Advance(_) | Self::Until(_) | Self::Behaviour(_) | Self::Check(_) => false,
        };
        if needs_somebody && step.actor.is_none() {
            return Err(Mistake { keys: Vec::new(), message: "'as' is missing: somebody has to do it".to_owned() });
        }
        if !needs_somebody && step.refused.is_some() {
            return Err(Mistake::at("refused", "only what somebody does can be refused"));
        }
        let makes_request = matches!(self, Self::Request { .. });
        for (key, given) in [("request", step.request.is_some()), ("status", step.status.is_some())] {
            if given && !makes_request {
                return Err(Mistake::at(key, format!("'{key}' belongs to a request to PIM")));
            }
        }
        if let (Some(_), Some(_)) = (&step.status, &step.refused) {
            return Err(Mistake::at("status", "what is refused has no status"));
        }
        step.refused.as_ref().map_or(Ok(()), known_rule)?;
        match self {
            Self::Request { action, entry, .. } => entry.look_at(*action),
            Self::SetPolicy(entry) => said_of_policy(entry).look_at(),
            Self::Review(verb) => verb.look_at(),
            Self::Call(entry) => method(entry.method.as_deref()).map(drop),
            Self::Check(entry) => entry.look_at(step.actor.as_deref().or(observer)),
            Self::Cancel(_)
            | Self::Decide { .. }
            | Self::Membership { .. }
            | Self::Advance(_)
            | Self::Until(_)
            | Self::Behaviour(_) => Ok(()),
        }
    }
}

/// A refusal may only rest on a rule that there is.
fn known_rule(refused: &RefusedEntry) -> Result<(), Mistake> {
    let Some(rule) = &refused.rule else { return Ok(()) };
    let known = rules::catalogue(&[]);
    if known.iter().any(|it| it.id == rule) {
        return Ok(());
    }
    let near = did_you_mean(rule, known.iter().map(|it| it.id));
    Err(Mistake::at("rule", format!("there is no rule '{rule}'{near}")).below("refused"))
}

/// The method that a call names.
pub(super) fn method(name: Option<&str>) -> Result<Method, Mistake> {
    let known = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let name = name.unwrap_or("GET");
    let found = known.contains(&name).then(|| Method::from_bytes(name.as_bytes()).ok()).flatten();
    found.ok_or_else(|| Mistake::at("method", format!("'{name}' is no method; there are {}", known.join(", "))))
}

impl RequestEntry {
    pub(super) fn said(&self) -> Said<'_> {
        Said {
            role: self.role.as_deref(),
            group: self.group.as_deref(),
            access: self.access,
            azure_role: self.azure_role.as_deref(),
            scope: self.scope.as_deref(),
        }
    }

    fn look_at(&self, action: Action) -> Result<(), Mistake> {
        self.said().look_at()?;
        let window = [("for", self.duration.is_some()), ("end", self.end.is_some()), ("permanent", self.permanent)];
        let given: Vec<_> = window.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect();
        match given[..] {
            [_, second, ..] => Err(Mistake::at(second, "one of 'for', 'end' and 'permanent' says when it ends")),
            [key] if !action.has_window() => Err(Mistake::at(key, "what is taken away has no end")),
            [] if action == Action::Assign => Err(Mistake {
                keys: Vec::new(),
                message: "'for', 'end' or 'permanent: true' is missing: it says when it ends".to_owned(),
            }),
            [] | [_] => Ok(()),
        }
    }
}

impl HeldCheck {
    pub(super) fn said(&self) -> Said<'_> {
        Said {
            role: self.role.as_deref(),
            group: self.group.as_deref(),
            access: self.access,
            azure_role: self.azure_role.as_deref(),
            scope: self.scope.as_deref(),
        }
    }
}

pub(super) fn said_of_policy(entry: &PolicyEntry) -> Said<'_> {
    Said {
        role: entry.role.as_deref(),
        group: entry.group.as_deref(),
        access: entry.access,
        azure_role: entry.azure_role.as_deref(),
        scope: entry.scope.as_deref(),
    }
}

impl CheckEntry {
    fn look_at(&self, observer: Option<&str>) -> Result<(), Mistake> {
        let held = [
            ("active", &self.active),
            ("notActive", &self.not_active),
            ("eligible", &self.eligible),
            ("notEligible", &self.not_eligible),
        ];
        for (key, entries) in held {
            for entry in entries {
                entry.said().look_at().map_err(|mistake| mistake.below(key))?;
            }
        }
        for policy in &self.policies {
            said_of_policy(policy).look_at().map_err(|mistake| mistake.below("policies"))?;
        }
        let looked_at = [
            ("member", !self.member.is_empty()),
            ("notMember", !self.not_member.is_empty()),
            ("audit", !self.audit.is_empty()),
            ("policies", !self.policies.is_empty()),
            ("reviews", !self.reviews.is_empty()),
        ];
        let needs = looked_at.into_iter().find(|(_, given)| *given);
        match (needs, observer) {
            (Some((key, _)), None) => {
                Err(Mistake::at(key, "somebody has to look: say 'as' here, or 'observer' at the top of the file"))
            }
            (Some(_) | None, _) => Ok(()),
        }
    }
}
