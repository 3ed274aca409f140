//! Access reviews as they are held, with their indices and what is due of them.

use super::{State, Timer};
use crate::id::{
    AccessReviewDecisionId, AccessReviewDefinitionId, AccessReviewHistoryId, AccessReviewInstanceId, AzureScopeId,
    PrincipalId,
};
use crate::model::access_review::{
    AccessReviewDecision, AccessReviewDefinition, AccessReviewHistory, AccessReviewInstance, AccessReviewSettings,
    Asked,
};
use crate::time::Instant;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Of what something is due. At one instant an occurrence that ends goes before one that begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum ReviewDue {
    /// An instance goes on.
    Instance(AccessReviewInstanceId),
    /// A review comes round.
    Definition(AccessReviewDefinitionId),
    /// A report goes on, or goes.
    History(AccessReviewHistoryId),
}

/// All of a tenant's. Ids are their places: there are few reviews, and what there are many of, lines, stand in their instances
/// in the order of ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct AccessReviews {
    definitions: BTreeMap<AccessReviewDefinitionId, AccessReviewDefinition>,
    instances: BTreeMap<AccessReviewInstanceId, AccessReviewInstance>,
    histories: BTreeMap<AccessReviewHistoryId, AccessReviewHistory>,
    /// What reviews of Azure roles at a scope begin with, where somebody has set that.
    pub(crate) defaults: BTreeMap<AzureScopeId, AccessReviewSettings>,
    of_definition: BTreeSet<(AccessReviewDefinitionId, AccessReviewInstanceId)>,
    of_reviewer: BTreeSet<(PrincipalId, AccessReviewInstanceId)>,
    due: BTreeSet<(Instant, ReviewDue)>,
    /// When the timer of them all is set; `None` before the first.
    timer: Option<Instant>,
}

impl AccessReviews {
    /// A review.
    pub(crate) fn definition(&self, id: AccessReviewDefinitionId) -> Option<&AccessReviewDefinition> {
        self.definitions.get(&id)
    }

    /// Every review, in the order of ids.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = &AccessReviewDefinition> {
        self.definitions.values()
    }

    /// An instance.
    pub(crate) fn instance(&self, id: AccessReviewInstanceId) -> Option<&AccessReviewInstance> {
        self.instances.get(&id)
    }

    /// Every instance, in the order of ids.
    pub(crate) fn instances(&self) -> impl Iterator<Item = &AccessReviewInstance> {
        self.instances.values()
    }

    /// The instances of a review, in the order of ids.
    pub(crate) fn of_definition(&self, id: AccessReviewDefinitionId) -> impl Iterator<Item = &AccessReviewInstance> {
        let all = (id, AccessReviewInstanceId(Uuid::nil()))..=(id, AccessReviewInstanceId(Uuid::max()));
        self.of_definition.range(all).filter_map(|(_, instance)| self.instance(*instance))
    }

    /// The instances in which somebody is asked about anybody, in the order of ids.
    pub(crate) fn of_reviewer(&self, id: PrincipalId) -> impl Iterator<Item = &AccessReviewInstance> {
        let all = (id, AccessReviewInstanceId(Uuid::nil()))..=(id, AccessReviewInstanceId(Uuid::max()));
        self.of_reviewer.range(all).filter_map(|(_, instance)| self.instance(*instance))
    }

    /// A report.
    pub(crate) fn history(&self, id: AccessReviewHistoryId) -> Option<&AccessReviewHistory> {
        self.histories.get(&id)
    }

    /// Every report, in the order of ids.
    pub(crate) fn histories(&self) -> impl Iterator<Item = &AccessReviewHistory> {
        self.histories.values()
    }

    /// Of what something is due next, and when.
    pub(crate) fn first_due(&self) -> Option<(Instant, ReviewDue)> {
        self.due.first().copied()
    }

    /// Takes in a review as it is now.
    pub(crate) fn set_definition(&mut self, definition: AccessReviewDefinition) {
        let id = definition.id;
        let due = definition.next;
        let before = self.definitions.insert(id, definition).and_then(|it| it.next);
        self.move_due(ReviewDue::Definition(id), before, due);
    }

    /// Changes a review.
    pub(crate) fn change_definition(
        &mut self,
        id: AccessReviewDefinitionId,
        change: impl FnOnce(&mut AccessReviewDefinition),
    ) {
        let Some(definition) = self.definitions.get_mut(&id) else { return };
        let before = definition.next;
        change(definition);
        let after = definition.next;
        self.move_due(ReviewDue::Definition(id), before, after);
    }

    /// Takes a review out, with its instances.
    pub(crate) fn remove_definition(&mut self, id: AccessReviewDefinitionId) {
        let Some(definition) = self.definitions.remove(&id) else { return };
        self.move_due(ReviewDue::Definition(id), definition.next, None);
        let instances: Vec<_> = self.of_definition(id).map(|it| it.id).collect();
        for instance in instances {
            self.ask(instance, false);
            if let Some(gone) = self.instances.remove(&instance) {
                self.move_due(ReviewDue::Instance(instance), later(gone.due), None);
            }
            self.of_definition.remove(&(id, instance));
        }
    }

    /// Takes in an instance as it is now.
    pub(crate) fn insert_instance(&mut self, instance: AccessReviewInstance) {
        let (id, due) = (instance.id, instance.due);
        self.of_definition.insert((instance.definition, id));
        self.instances.insert(id, instance);
        self.move_due(ReviewDue::Instance(id), None, later(due));
        self.ask(id, true);
    }

    /// Changes an instance; who is asked stays.
    pub(crate) fn change_instance(
        &mut self,
        id: AccessReviewInstanceId,
        change: impl FnOnce(&mut AccessReviewInstance),
    ) {
        let Some(instance) = self.instances.get_mut(&id) else { return };
        let before = instance.due;
        change(instance);
        let after = instance.due;
        self.move_due(ReviewDue::Instance(id), later(before), later(after));
    }

    /// Changes whom an instance asks, and what else comes with it.
    pub(crate) fn change_people(&mut self, id: AccessReviewInstanceId, change: impl FnOnce(&mut AccessReviewInstance)) {
        self.ask(id, false);
        self.change_instance(id, change);
        self.ask(id, true);
    }

    /// Changes one line.
    pub(crate) fn change_line(
        &mut self,
        (instance, line): (AccessReviewInstanceId, AccessReviewDecisionId),
        change: impl FnOnce(&mut AccessReviewDecision),
    ) {
        let Some(instance) = self.instances.get_mut(&instance) else { return };
        if let Some(line) = instance.place(line).and_then(|place| instance.decisions.get_mut(place)) {
            change(line);
        }
    }

    /// Takes in a report as it is now.
    pub(crate) fn set_history(&mut self, history: AccessReviewHistory) {
        let (id, due) = (history.id, history.due);
        let before = self.histories.insert(id, history).map(|it| it.due);
        self.move_due(ReviewDue::History(id), before, Some(due));
    }

    /// Takes a report out.
    pub(crate) fn remove_history(&mut self, id: AccessReviewHistoryId) {
        if let Some(history) = self.histories.remove(&id) {
            self.move_due(ReviewDue::History(id), Some(history.due), None);
        }
    }

    fn move_due(&mut self, what: ReviewDue, before: Option<Instant>, after: Option<Instant>) {
        if before == after {
            return;
        }
        if let Some(before) = before {
            self.due.remove(&(before, what));
        }
        self.due.extend(after.map(|at| (at, what)));
    }

    /// Notes who is asked in an instance, or forgets it.
    fn ask(&mut self, id: AccessReviewInstanceId, is_asked: bool) {
        let Some(instance) = self.instances.get(&id) else { return };
        for reviewer in reviewers(instance) {
            if is_asked {
                self.of_reviewer.insert((reviewer, id));
            } else {
                self.of_reviewer.remove(&(reviewer, id));
            }
        }
    }

    /// Whether the indices say what the records do.
    pub(crate) fn indices_agree(&self) -> bool {
        let of_definition: BTreeSet<_> = self.instances.values().map(|it| (it.definition, it.id)).collect();
        let of_reviewer: BTreeSet<_> = self
            .instances
            .values()
            .flat_map(|it| reviewers(it).into_iter().map(|reviewer| (reviewer, it.id)))
            .collect();
        let instances = self.instances.values().filter_map(|it| Some((later(it.due)?, ReviewDue::Instance(it.id))));
        let definitions = self.definitions.values().filter_map(|it| Some((it.next?, ReviewDue::Definition(it.id))));
        let histories = self.histories.values().map(|it| (it.due, ReviewDue::History(it.id)));
        let due: BTreeSet<_> = instances.chain(definitions).chain(histories).collect();
        (&of_definition, &of_reviewer, &due) == (&self.of_definition, &self.of_reviewer, &self.due)
    }
}

/// Everybody who is asked about somebody in an instance, or was.
pub(crate) fn reviewers(instance: &AccessReviewInstance) -> BTreeSet<PrincipalId> {
    let themselves = instance.decisions.iter().filter(|it| it.asked == Asked::Itself).map(|it| it.principal);
    instance.panels.iter().flatten().copied().chain(themselves).collect()
}

/// When something is due, unless that is never.
fn later(due: Instant) -> Option<Instant> {
    (due != Instant::LAST).then_some(due)
}

impl State {
    /// Sets the timer of access reviews to what is due of them first.
    pub(crate) fn time_access_reviews(&mut self) {
        let due = self.access_reviews.first_due().map(|(at, _)| at);
        if due == self.access_reviews.timer {
            return;
        }
        if let Some(before) = self.access_reviews.timer {
            self.timers.clear(before, Timer::AccessReviews);
        }
        if let Some(at) = due {
            self.timers.set(at, Timer::AccessReviews);
        }
        self.access_reviews.timer = due;
    }
}
