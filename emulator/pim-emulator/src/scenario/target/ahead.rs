//! What is seen before anything is sent: whether a target has whom the steps speak of, and whether the steps can be done there.

use super::super::error::{Mistake, ScenarioError};
use super::super::file::StepEntry;
use super::super::names::Names;
use super::super::text::Text;
use super::super::verb::{Row, Verb};
use super::super::wire::Caller;
use super::{Target, lacking};

impl Target {
    /// Looks at every step. `names` are those of the target.
    pub(in crate::scenario) fn look_at(&self, text: &Text, names: &Names) -> Result<(), ScenarioError> {
        text.each_step(|step| self.can_be_done(step))?;
        text.look_at_names(names.clone()).map_err(lacking)?;
        text.each_step(|step| {
            for who in callers(step, text.observer.as_deref(), names) {
                if let Some(why) = self.no_session(&who) {
                    return Err(Mistake::whole(why));
                }
            }
            Ok(())
        })
    }

    /// What only an emulator does is not done elsewhere.
    fn can_be_done(&self, step: &StepEntry) -> Result<(), Mistake> {
        let (key, verb) = step.verb()?;
        match verb {
            Verb::Act(_) => Ok(()),
            Verb::Advance(_) | Verb::Until(_) if self.real_time => Ok(()),
            Verb::Advance(_) | Verb::Until(_) => Err(Mistake::at(
                key,
                "the clock of a target cannot be moved: leave the step out, or wait with --real-time",
            )),
            Verb::Behaviour(_) => Err(Mistake::at(key, "only an emulator has switches: a target is as it is")),
            Verb::Check(entry) => entry.rows().into_iter().try_for_each(|(section, place, row)| match row {
                Row::Mail(_) => {
                    let mistake = Mistake::whole("only an emulator shows the mails of everybody: leave the check out");
                    Err(mistake.below(place).below(section).below(key))
                }
                Row::Held { .. }
                | Row::Member { .. }
                | Row::Request(_)
                | Row::Audit(_)
                | Row::Policy(_)
                | Row::Review(_) => Ok(()),
                Row::Alert(_) => Ok(()),
            }),
        }
    }
}

/// Whoever has to sign in for a step.
fn callers(step: &StepEntry, observer: Option<&str>, names: &Names) -> Vec<Caller> {
    let caller = |name: &str, step: &StepEntry| Caller::of(name, step, names).ok();
    let Ok((_, verb)) = step.verb() else { return Vec::new() };
    match (&step.actor, verb) {
        (Some(actor), Verb::Act(_) | Verb::Check(_)) => caller(actor, step).into_iter().collect(),
        (None, Verb::Check(entry)) => {
            let rows = entry.rows();
            let looks = rows.iter().filter_map(|(_, _, row)| match row {
                Row::Held { entry, .. } if names.user_principal_name(&entry.principal).is_some() => {
                    Some(entry.principal.as_str())
                }
                Row::Held { .. }
                | Row::Member { .. }
                | Row::Audit(_)
                | Row::Policy(_)
                | Row::Review(_)
                | Row::Alert(_) => observer,
                Row::Request(_) | Row::Mail(_) => None,
            });
            // A step's own session is only that of whoever it names.
            looks.filter_map(|name| caller(name, &StepEntry::default())).collect()
        }
        (_, Verb::Advance(_) | Verb::Until(_) | Verb::Behaviour(_)) | (None, Verb::Act(_)) => Vec::new(),
    }
}
