//! Checks of access reviews: how one stands, and what was said and done of whom.

use super::error::Mistake;
use super::file::{ReviewCheck, ReviewLineCheck};
use super::names::Names;
use super::review::{Review, member, name_of};
use super::run::{Run, Trouble};
use super::wire::Caller;
use serde_json::Value;
use std::collections::BTreeSet;

impl ReviewCheck {
    /// Whether its names stand for something.
    pub(super) fn look_at_names(&self, names: &Names) -> Result<(), Mistake> {
        names.review(&self.review).map_err(Mistake::name("review"))?;
        for (place, line) in self.lines.iter().enumerate() {
            let by = line.by.as_deref().map(|name| names.principal(name)).transpose().map_err(Mistake::name("by"));
            let principal = names.principal(&line.principal).map_err(Mistake::name("principal"));
            principal.and(by).map_err(|mistake| mistake.below(place).below("lines"))?;
        }
        let contacted = self.contacted.iter().flatten().map(|name| (name, "contacted"));
        let without = self.without.iter().map(|name| (name, "without"));
        contacted.chain(without).try_for_each(|(name, key)| names.principal(name).map(drop).map_err(Mistake::name(key)))
    }
}

impl Run {
    /// Whether an access review stands as it says.
    pub(super) async fn review_is(&mut self, who: &Caller, entry: &ReviewCheck) -> Result<(), Trouble> {
        let review = self.review_named("review", &entry.review)?;
        let rows = self.occurrences(who, &review).await?;
        if let Some(wanted) = entry.occurrences {
            same(&format!("occurrences of '{}'", entry.review), wanted, rows.len())?;
        }
        let Some(latest) = rows.last() else {
            return Err(Trouble::failed(format!("an occurrence of '{}'", entry.review), "there is none"));
        };
        if let Some(wanted) = &entry.status {
            let status = member(latest, "status").as_str().unwrap_or_default();
            if status != wanted {
                return Err(Trouble::failed(format!("'{}' is {wanted}", entry.review), format!("it is {status}")));
            }
        }
        let instance = name_of(latest).to_owned();
        if entry.count.is_some() || !entry.lines.is_empty() || !entry.without.is_empty() {
            let lines = self.rows(who, &review.at(&format!("/instances/{instance}/decisions"))).await?;
            self.lines_are(entry, &lines)?;
        }
        self.contacted_are(who, &review, &instance, entry.contacted.as_deref()).await
    }

    fn lines_are(&self, entry: &ReviewCheck, lines: &[Value]) -> Result<(), Trouble> {
        if let Some(wanted) = entry.count {
            same(&format!("lines of '{}'", entry.review), wanted, lines.len())?;
        }
        let about = |id: &str| lines.iter().find(|line| member(line, "principal")["id"] == id);
        for wanted in &entry.lines {
            let id = self.names.principal(&wanted.principal);
            let id = id.map_err(|message| Mistake::at("principal", message).below("lines"))?;
            let Some(line) = about(&id) else {
                return Err(Trouble::failed(format!("a line about {}", wanted.principal), "there is none"));
            };
            self.line_is(wanted, line)?;
        }
        for name in &entry.without {
            let id = self.names.principal(name).map_err(Mistake::name("without"))?;
            if let Some(line) = about(&id) {
                return Err(Trouble::failed(format!("no line about {name}"), line.to_string()));
            }
        }
        Ok(())
    }

    fn line_is(&self, wanted: &ReviewLineCheck, line: &Value) -> Result<(), Trouble> {
        let says = [
            ("decision", wanted.decision.map(|decision| decision.word().to_owned())),
            ("recommendation", wanted.recommendation.clone()),
            ("applyResult", wanted.result.clone()),
        ];
        for (name, wanted_word) in says {
            let Some(word) = wanted_word else { continue };
            let found = member(line, name).as_str().unwrap_or_default();
            if found != word {
                return Err(Trouble::failed(
                    format!("the {name} about {} is {word}", wanted.principal),
                    format!("it is {found}"),
                ));
            }
        }
        let Some(by) = &wanted.by else { return Ok(()) };
        let id = self.names.principal(by).map_err(|message| Mistake::at("by", message).below("lines"))?;
        let reviewer = member(line, "reviewedBy");
        let found = reviewer["id"].as_str().or_else(|| reviewer["principalId"].as_str()).unwrap_or_default();
        if found == id {
            return Ok(());
        }
        Err(Trouble::failed(format!("{by} decided about {}", wanted.principal), format!("{found} did")))
    }

    async fn contacted_are(
        &mut self,
        who: &Caller,
        review: &Review,
        instance: &str,
        wanted: Option<&[String]>,
    ) -> Result<(), Trouble> {
        let Some(wanted) = wanted else { return Ok(()) };
        let ids = wanted.iter().map(|name| self.names.principal(name)).collect::<Result<BTreeSet<_>, _>>();
        let ids = ids.map_err(Mistake::name("contacted"))?;
        let rows = self.rows(who, &review.at(&format!("/instances/{instance}/contactedReviewers"))).await?;
        let found: BTreeSet<_> = rows.iter().map(|row| name_of(row).to_owned()).collect();
        if found == ids {
            return Ok(());
        }
        Err(Trouble::failed(format!("{} were asked", wanted.join(", ")), format!("the ids are {found:?}")))
    }
}

fn same(what: &str, wanted: usize, found: usize) -> Result<(), Trouble> {
    if wanted == found {
        Ok(())
    } else {
        Err(Trouble::failed(format!("{wanted} {what}"), format!("there are {found}")))
    }
}
