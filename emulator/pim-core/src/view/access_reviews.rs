//! Reading access reviews.

use super::View;
use crate::decide::access_reviews::rights;
use crate::id::{
    AccessReviewDefinitionId, AccessReviewHistoryId, AccessReviewInstanceId, AccessReviewStageId, AzureScopeId,
    PrincipalId,
};
use crate::model::access_review::{
    AccessReviewDecision, AccessReviewDefinition, AccessReviewHistory, AccessReviewInstance, AccessReviewSettings,
    AccessReviewStage, AccessReviewStatus,
};
use crate::state;

impl<'a> View<'a> {
    /// Every access review, in the order in which they were made.
    #[must_use]
    pub fn access_reviews(self) -> Vec<&'a AccessReviewDefinition> {
        let mut all: Vec<_> = self.state.access_reviews.definitions().collect();
        all.sort_by_key(|it| (it.created, it.id));
        all
    }

    /// An access review.
    #[must_use]
    pub fn access_review(self, id: AccessReviewDefinitionId) -> Option<&'a AccessReviewDefinition> {
        self.state.access_reviews.definition(id)
    }

    /// How far a review has come: as far as what runs of it; between two occurrences it has not started, and after the last
    /// one it is as far as that.
    #[must_use]
    pub fn access_review_status(self, review: &AccessReviewDefinition) -> AccessReviewStatus {
        let instances = self.access_review_instances(review.id);
        let mut statuses = instances.iter().rev().map(|it| self.access_review_instance_status(it));
        match (statuses.clone().find(|status| status.is_running()), review.next) {
            (Some(running), _) => running,
            (None, Some(_)) => AccessReviewStatus::NotStarted,
            (None, None) => statuses.next().unwrap_or(AccessReviewStatus::Completed),
        }
    }

    /// The instances of a review, in the order of their starts.
    #[must_use]
    pub fn access_review_instances(self, review: AccessReviewDefinitionId) -> Vec<&'a AccessReviewInstance> {
        in_order(self.state.access_reviews.of_definition(review))
    }

    /// An instance.
    #[must_use]
    pub fn access_review_instance(self, id: AccessReviewInstanceId) -> Option<&'a AccessReviewInstance> {
        self.state.access_reviews.instance(id)
    }

    /// How far an instance has come: once its end has passed nobody decides any more, also while a jump of the clock is
    /// still coming to it.
    #[must_use]
    pub fn access_review_instance_status(self, instance: &AccessReviewInstance) -> AccessReviewStatus {
        match instance.status {
            AccessReviewStatus::InProgress if instance.end <= self.now => AccessReviewStatus::Completing,
            status @ (AccessReviewStatus::NotStarted
            | AccessReviewStatus::Initializing
            | AccessReviewStatus::Starting
            | AccessReviewStatus::InProgress
            | AccessReviewStatus::Completing
            | AccessReviewStatus::Completed
            | AccessReviewStatus::AutoReviewing
            | AccessReviewStatus::AutoReviewed
            | AccessReviewStatus::Applying
            | AccessReviewStatus::Applied) => status,
        }
    }

    /// A stage that has begun.
    #[must_use]
    pub fn access_review_stage(
        self,
        instance: &'a AccessReviewInstance,
        id: AccessReviewStageId,
    ) -> Option<&'a AccessReviewStage> {
        instance.stages.iter().find(|it| it.id == id)
    }

    /// The lines of a stage: those of the instance that somebody is asked about, while it runs.
    #[must_use]
    pub fn access_review_stage_decisions(
        self,
        instance: &'a AccessReviewInstance,
        stage: &'a AccessReviewStage,
    ) -> Vec<&'a AccessReviewDecision> {
        match stage.status {
            AccessReviewStatus::InProgress => instance.lines_asked_about().collect(),
            AccessReviewStatus::NotStarted
            | AccessReviewStatus::Initializing
            | AccessReviewStatus::Starting
            | AccessReviewStatus::Completing
            | AccessReviewStatus::Completed
            | AccessReviewStatus::AutoReviewing
            | AccessReviewStatus::AutoReviewed
            | AccessReviewStatus::Applying
            | AccessReviewStatus::Applied => stage.decisions.iter().collect(),
        }
    }

    /// The instances in which somebody is asked about anybody, in the order of their starts.
    #[must_use]
    pub fn access_review_instances_of_reviewer(self, reviewer: PrincipalId) -> Vec<&'a AccessReviewInstance> {
        in_order(self.state.access_reviews.of_reviewer(reviewer))
    }

    /// The lines of an instance that somebody is asked about, in the order of ids.
    pub fn access_review_decisions_of_reviewer(
        self,
        instance: &'a AccessReviewInstance,
        reviewer: PrincipalId,
    ) -> impl Iterator<Item = &'a AccessReviewDecision> {
        instance.decisions.iter().filter(move |it| instance.reviewers_of(it).contains(&reviewer))
    }

    /// Everybody who is asked in an instance, or was, in the order of ids.
    #[must_use]
    pub fn access_review_contacted_reviewers(self, instance: &AccessReviewInstance) -> Vec<PrincipalId> {
        state::reviewers_of_instance(instance).into_iter().collect()
    }

    /// Whether a user may read a review, its instances and everybody's decisions.
    #[must_use]
    pub fn may_read_access_review(self, user: PrincipalId, review: &AccessReviewDefinition) -> bool {
        rights::may_read(self.state, self.now, user, review)
    }

    /// Whether a user holds a role with which it may read some reviews in the directory.
    #[must_use]
    pub fn may_read_some_access_reviews(self, user: PrincipalId) -> bool {
        rights::may_read_some(self.state, self.now, user)
    }

    /// Whether a user may read what reviews of Azure roles at a scope begin with.
    #[must_use]
    pub fn may_read_access_review_defaults(self, user: PrincipalId, scope: AzureScopeId) -> bool {
        rights::may_read_of_azure(self.state, self.now, user, scope)
    }

    /// What reviews of Azure roles at a scope begin with.
    #[must_use]
    pub fn access_review_defaults(self, scope: AzureScopeId) -> AccessReviewSettings {
        self.state.access_reviews.defaults.get(&scope).cloned().unwrap_or_default()
    }

    /// A report on decisions.
    #[must_use]
    pub fn access_review_history(self, id: AccessReviewHistoryId) -> Option<&'a AccessReviewHistory> {
        self.state.access_reviews.history(id)
    }

    /// Every report, in the order in which they were asked for.
    #[must_use]
    pub fn access_review_histories(self) -> Vec<&'a AccessReviewHistory> {
        let mut all: Vec<_> = self.state.access_reviews.histories().collect();
        all.sort_by_key(|it| (it.created, it.id));
        all
    }

    /// The instances that a report tells of: those that ran in its time, in the order of their starts.
    #[must_use]
    pub fn access_review_history_instances(self, history: &AccessReviewHistory) -> Vec<&'a AccessReviewInstance> {
        let all = self.state.access_reviews.instances();
        in_order(all.filter(|it| it.start <= history.period_end && it.end >= history.period_start))
    }
}

fn in_order<'a>(instances: impl Iterator<Item = &'a AccessReviewInstance>) -> Vec<&'a AccessReviewInstance> {
    let mut all: Vec<_> = instances.collect();
    all.sort_by_key(|it| (it.start, it.id));
    all
}
