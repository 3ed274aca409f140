//! The lines of access reviews: about whom a reviewer is asked, what was said and what became of it. They are found in an
//! occurrence, in a stage of it, and in beta in all occurrences together.

use super::decision_row::DecisionRow;
use super::finding::{current_reviewer, instance, may_read, stage};
use super::instances::{decision, named_one, path_of};
use crate::graph::Version;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::json::Word;
use crate::graph::permission::{DECIDE_ACCESS_REVIEWS, READ_ACCESS_REVIEWS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::access_review::{AccessReviewDecision, AccessReviewInstance, AccessReviewStage};
use pim_core::{
    AccessReviewCommand, AccessReviewDecisionId, AccessReviewInstanceChange, AccessReviewLines, PrincipalId, View,
};

crate::entity! {
    /// What is decided about one principal.
    AccessReviewDecisionResource(DecisionRow<'r>) = "accessReviewInstanceDecisionItem" {
        "id": string = |it| it.decision.id.0;
        "accessReviewId": string = |it| it.instance.id.0;
        "reviewedDateTime": instant = |it| it.reviewed();
        "decision": string = |it| Word(it.decision.decision.name());
        "justification": string = |it| it.justification();
        "appliedDateTime": instant = |it| it.applied();
        "applyResult": string = |it| Word(it.decision.apply_result.name());
        "recommendation": string = |it| Word(it.decision.recommendation.name());
        "principalLink": string = |it| it.principal_link();
        "resourceLink": string = |it| it.resource_link();
        "resource": opaque = |it| it.resource();
        "reviewedBy": opaque = |it| it.reviewed_by();
        "appliedBy": opaque = |it| it.applied_by();
        "principal": opaque = |it| it.principal();
        "target": opaque [beta] = |it| it.target();
        paths {
            "principal/id": string = |it| it.decision.principal.0;
            "principal/displayName": string = |it| it.view.name_of(it.decision.principal);
        }
    }
    navigations ["insights", "instance"]
}

crate::request_body! {
    /// A decision on one line.
    DecisionBody {
        /// What.
        decision / "decision": String,
        /// Why.
        justification / "justification": String,
    }
}

/// The operations on the lines of an instance, or of a stage of one.
macro_rules! operations {
    ($path:literal, $in_stage:literal) => {
        &[
            Operation {
                method: Method::Get,
                path: $path,
                versions: BOTH,
                permission: &READ_ACCESS_REVIEWS,
                handler: list::<$in_stage>,
            },
            Operation {
                method: Method::Get,
                path: concat!($path, "/filterByCurrentUser(on={on})"),
                versions: BOTH,
                permission: &READ_ACCESS_REVIEWS,
                handler: filter_by_current_user::<$in_stage>,
            },
            Operation {
                method: Method::Get,
                path: concat!($path, "/{decisionId}"),
                versions: BOTH,
                permission: &READ_ACCESS_REVIEWS,
                handler: get::<$in_stage>,
            },
            Operation {
                method: Method::Patch,
                path: concat!($path, "/{decisionId}"),
                versions: BOTH,
                permission: &DECIDE_ACCESS_REVIEWS,
                handler: decide::<$in_stage>,
            },
        ]
    };
}

/// What can be done with the lines of an instance.
pub(crate) const OPERATIONS: &[Operation] =
    operations!("/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}/decisions", false);

/// The same in a stage.
pub(crate) const STAGE_OPERATIONS: &[Operation] = operations!(
    "/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}/stages/{stageId}/decisions",
    true
);

/// What can be done with the lines of all instances together.
pub(crate) const BETA_OPERATIONS: &[Operation] = &[Operation {
    method: Method::Get,
    path: "/identityGovernance/accessReviews/decisions/filterByCurrentUser(on={on})",
    versions: &[Version::Beta],
    permission: &READ_ACCESS_REVIEWS,
    handler: filter_all_by_current_user,
}];

/// The name of a list that a function gives.
const OF_FUNCTION: &str = "Collection(accessReviewInstanceDecisionItem)";

/// Where the lines of a path are.
struct Lines<'v> {
    instance: &'v AccessReviewInstance,
    stage: Option<&'v AccessReviewStage>,
}

impl<'v> Lines<'v> {
    /// Those of the path, which has so many keys before its own last one.
    fn of(call: &Call<'_>, view: View<'v>, in_stage: bool) -> Result<Self, GraphError> {
        let (_, instance) = instance(call, view)?;
        let stage = if in_stage { Some(stage(call, view, instance)?) } else { None };
        Ok(Self { instance, stage })
    }

    fn all(&self, view: View<'v>) -> Vec<&'v AccessReviewDecision> {
        match self.stage {
            None => self.instance.decisions.iter().collect(),
            Some(stage) => view.access_review_stage_decisions(self.instance, stage),
        }
    }

    fn find(&self, call: &Call<'_>, view: View<'v>) -> Result<&'v AccessReviewDecision, GraphError> {
        let id = call.id(last_key(self.stage.is_some())).map(AccessReviewDecisionId);
        let found = self.all(view).into_iter().find(|decision| Some(decision.id) == id);
        found.ok_or(GraphError::ResourceNotFound)
    }

    fn named(&self) -> String {
        match self.stage {
            None => format!("{}/decisions", named_one(self.instance)),
            Some(stage) => format!("{}/stages('{}')/decisions", named_one(self.instance), stage.id),
        }
    }

    fn path(&self) -> String {
        match self.stage {
            None => format!("{}/decisions", path_of(self.instance)),
            Some(stage) => format!("{}/stages/{}/decisions", path_of(self.instance), stage.id),
        }
    }
}

/// The place of the last key of a path.
const fn last_key(in_stage: bool) -> usize {
    if in_stage { 3 } else { 2 }
}

/// Whether somebody is asked about a line now.
fn is_asked(instance: &AccessReviewInstance, decision: &AccessReviewDecision, user: PrincipalId) -> bool {
    instance.reviewers_of(decision).contains(&user)
}

fn list<const IN_STAGE: bool>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AccessReviewDecisionResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let lines = Lines::of(call, view, IN_STAGE)?;
        let review = view.access_review(lines.instance.definition).ok_or(GraphError::ResourceNotFound)?;
        may_read(call, view, review)?;
        let context = Context { name: &lines.named(), path: &lines.path(), typed: false };
        let instance = lines.instance;
        let rows = lines.all(view).into_iter().map(|decision| DecisionRow { view, instance, decision });
        Ok(query.answer(call, &context, |_| (0..).zip(rows)))
    })
}

/// Lists those that the caller is asked about.
fn filter_by_current_user<const IN_STAGE: bool>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let user = current_reviewer(call, last_key(IN_STAGE))?;
    let query = Query::<AccessReviewDecisionResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let lines = Lines::of(call, view, IN_STAGE)?;
        let path = format!("{}/filterByCurrentUser(on='reviewer')", lines.path());
        let instance = lines.instance;
        let mine = lines.all(view).into_iter().filter(|decision| is_asked(instance, decision, user));
        let rows = mine.map(|decision| DecisionRow { view, instance, decision });
        Ok(query.answer(call, &Context { name: OF_FUNCTION, path: &path, typed: true }, |_| (0..).zip(rows)))
    })
}

/// Lists those that the caller is asked about, wherever that is.
fn filter_all_by_current_user(call: &Call<'_>) -> Result<Reply, GraphError> {
    let user = current_reviewer(call, 0)?;
    let query = Query::<AccessReviewDecisionResource>::always_counted(call, PAGE_SIZE)?;
    let path = "identityGovernance/accessReviews/decisions/filterByCurrentUser(on='reviewer')";
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let instances = view.access_review_instances_of_reviewer(user).into_iter();
        let rows = instances.flat_map(|instance| {
            let mine = view.access_review_decisions_of_reviewer(instance, user);
            mine.map(move |decision| DecisionRow { view, instance, decision })
        });
        Ok(query.answer(call, &Context { name: OF_FUNCTION, path, typed: true }, |_| (0..).zip(rows)))
    })
}

/// Shows one, to whoever is asked about it as well.
fn get<const IN_STAGE: bool>(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let lines = Lines::of(call, view, IN_STAGE)?;
        let decision = lines.find(call, view)?;
        let review = view.access_review(lines.instance.definition).ok_or(GraphError::ResourceNotFound)?;
        if !call.user().is_some_and(|user| is_asked(lines.instance, decision, user)) {
            may_read(call, view, review)?;
        }
        let row = DecisionRow { view, instance: lines.instance, decision };
        single::<AccessReviewDecisionResource>(call, &Context::at(&lines.named()), &row).map(Reply::Ok)
    })
}

/// Decides on one. Whether the caller is asked about it is the machine's to say.
fn decide<const IN_STAGE: bool>(call: &Call<'_>) -> Result<Reply, GraphError> {
    let (instance, line) = call.tenant.read(|view| {
        let lines = Lines::of(call, view, IN_STAGE)?;
        lines.find(call, view).map(|decision| (lines.instance.id, decision.id))
    })?;
    let body: DecisionBody = call.body()?;
    let change = AccessReviewInstanceChange::RecordDecisions {
        lines: AccessReviewLines::One(line),
        decision: decision(body.decision.as_deref())?,
        justification: body.justification,
    };
    let command = AccessReviewCommand::Change { instance, change };
    call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::NoContent).map_err(GraphError::Pim)
}
