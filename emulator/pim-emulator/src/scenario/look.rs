//! What can be seen of a step alone: whether what it says fits together.

use super::check::NOBODY_LOOKS;
use super::error::Mistake;
use super::file::{CheckEntry, RefusedEntry, RequestEntry, StepEntry};
use super::verb::{Act, Action, Row, Verb};
use crate::app::world::did_you_mean;
use axum::http::Method;
use pim_core::rules;
use std::collections::BTreeSet;
use std::sync::LazyLock;

impl StepEntry {
    /// Whether what the step says fits what it does. `observer` looks where nobody else does.
    pub(super) fn look_at(&self, observer: Option<&str>) -> Result<(), Mistake> {
        let (key, verb) = self.verb()?;
        let looked_at = match &verb {
            Verb::Act(_) if self.actor.is_none() => {
                return Err(Mistake::whole("'as' is missing: somebody has to do it"));
            }
            Verb::Act(act) => act.look_at(),
            Verb::Check(entry) => entry.look_at(self.actor.as_deref().or(observer)),
            Verb::Advance(_) | Verb::Until(_) | Verb::Behaviour(_) => Ok(()),
        };
        looked_at.map_err(|mistake| mistake.below(key))?;
        if !matches!(verb, Verb::Act(_)) && self.refused.is_some() {
            return Err(Mistake::at("refused", "only what somebody does can be refused"));
        }
        let makes_request = matches!(verb, Verb::Act(Act::Request { .. }));
        for (key, given) in [("request", self.request.is_some()), ("status", self.status.is_some())] {
            if given && !makes_request {
                return Err(Mistake::at(key, format!("'{key}' belongs to a request to PIM")));
            }
        }
        if let (Some(_), Some(_)) = (&self.status, &self.refused) {
            return Err(Mistake::at("status", "what is refused has no status"));
        }
        self.refused.as_ref().map_or(Ok(()), known_rule)
    }
}

impl Act<'_> {
    fn look_at(&self) -> Result<(), Mistake> {
        match self {
            Self::Request { action, entry, .. } => entry.look_at(*action),
            Self::SetPolicy(entry) => Ok(entry.of().map(drop)?),
            Self::Review(act) => act.look_at(),
            // What stands for a place of Azure begins with a slash itself.
            Self::Call(entry) if !entry.path.starts_with('/') && !entry.path.starts_with("{scope:") => {
                Err(Mistake::at("path", "a path begins with a slash, such as /v1.0/users"))
            }
            Self::Call(entry) if entry.path.starts_with("/_emulator") => Err(Mistake::at(
                "path",
                "a step calls what the service has: the emulator is told things by steps of their own",
            )),
            Self::Call(entry) => method(entry.method.as_deref()).map(drop),
            Self::Cancel(_)
            | Self::Decide { .. }
            | Self::Membership { .. }
            | Self::Scan(_)
            | Self::SetAlert(_)
            | Self::Remedy(_) => Ok(()),
        }
    }
}

impl CheckEntry {
    fn look_at(&self, looks: Option<&str>) -> Result<(), Mistake> {
        for (key, place, row) in self.rows() {
            row.look_at().map_err(|mistake| mistake.below(place).below(key))?;
            if row.needs_somebody() && looks.is_none() {
                return Err(Mistake::at(key, NOBODY_LOOKS));
            }
        }
        Ok(())
    }
}

impl Row<'_> {
    fn look_at(&self) -> Result<(), Mistake> {
        match self {
            Self::Held { entry, .. } => Ok(entry.about().map(drop)?),
            Self::Policy(entry) => Ok(entry.of().map(drop)?),
            Self::Member { .. }
            | Self::Request(_)
            | Self::Audit(_)
            | Self::Mail(_)
            | Self::Review(_)
            | Self::Alert(_) => Ok(()),
        }
    }

    /// Whether the step or the file has to say who looks: it is nobody's own.
    const fn needs_somebody(&self) -> bool {
        match self {
            Self::Member { .. } | Self::Audit(_) | Self::Policy(_) | Self::Review(_) | Self::Alert(_) => true,
            Self::Held { .. } | Self::Request(_) | Self::Mail(_) => false,
        }
    }
}

/// The ids of all rules: many steps ask for them.
static KNOWN_RULES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| rules::catalogue(&[]).iter().map(|rule| rule.id).collect());

/// A refusal may only rest on a rule that there is.
fn known_rule(refused: &RefusedEntry) -> Result<(), Mistake> {
    let Some(rule) = &refused.rule else { return Ok(()) };
    if KNOWN_RULES.contains(rule.as_str()) {
        return Ok(());
    }
    let near = did_you_mean(rule, KNOWN_RULES.iter().copied());
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
    fn look_at(&self, action: Action) -> Result<(), Mistake> {
        self.about()?;
        let window = [("for", self.duration.is_some()), ("end", self.end.is_some()), ("permanent", self.permanent)];
        let given: Vec<_> = window.into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect();
        match given[..] {
            [_, second, ..] => Err(Mistake::at(second, "one of 'for', 'end' and 'permanent' says when it ends")),
            [key] if !action.has_window() => Err(Mistake::at(key, "what is taken away has no end")),
            [] if action == Action::Assign => {
                Err(Mistake::whole("'for', 'end' or 'permanent: true' is missing: it says when it ends"))
            }
            [] | [_] => Ok(()),
        }
    }
}
