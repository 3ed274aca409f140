//! `/identityGovernance/accessReviews/definitions/{id}/instances`: the occurrences of a review, and what is done with one.

use super::contacted_reviewers::{AccessReviewReviewerResource, reviewers_of};
use super::decision_row::DecisionRow;
use super::decisions::AccessReviewDecisionResource;
use super::definitions::{self, AccessReviewDefinitionResource, DefinitionRow};
use super::finding::{current_reviewer, instance, may_read, may_write, review};
use super::reviewer_body::reviewers;
use super::scope_body::{ScopeBody, fault};
use super::spelled::Spelled;
use super::stages::{AccessReviewStageResource, StageRow};
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, write_all_as, write_as};
use crate::graph::json::{Json, Word};
use crate::graph::permission::{DECIDE_ACCESS_REVIEWS, READ_ACCESS_REVIEWS, WRITE_ACCESS_REVIEWS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::access_review::{AccessReviewInstance, AccessReviewResource, AccessReviewResult};
use pim_core::{
    AccessReviewCommand, AccessReviewDefinitionId, AccessReviewInstanceChange, AccessReviewLines, PrincipalId, View,
};
use uuid::Uuid;

crate::entity! {
    /// One occurrence of an access review, about one thing.
    AccessReviewInstanceResource(InstanceRow<'r>) = "accessReviewInstance" {
        "id": string = |it| it.instance.id.0;
        "startDateTime": instant = |it| it.instance.start;
        "endDateTime": instant = |it| it.instance.end;
        "status": string = |it| Word(it.view.access_review_instance_status(it.instance).name());
        "scope": opaque =
            |it| Spelled::scope_of_instance(&it.instance.properties, it.instance.resource, it.view);
        "reviewers": opaque = |it| Spelled::reviewers(&it.instance.reviewers);
        "fallbackReviewers": opaque = |it| Spelled::reviewers(&it.instance.fallback_reviewers);
    }
    navigations ["contactedReviewers", "decisions", "definition", "stages"]
}

crate::request_body! {
    /// Who is to be asked from now on.
    ReviewersBody {
        /// Who reviews.
        reviewers / "reviewers": Vec<ScopeBody>,
        /// Who reviews where nobody else is found.
        fallback_reviewers / "fallbackReviewers": Vec<ScopeBody>,
    }
    /// A decision on several lines.
    BatchBody {
        /// What.
        decision / "decision": String,
        /// Why.
        justification / "justification": String,
        /// About whom.
        principal_id / "principalId": String,
        /// About what.
        resource_id / "resourceId": String,
    }
}

/// An instance on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InstanceRow<'v> {
    pub(super) view: View<'v>,
    pub(super) instance: &'v AccessReviewInstance,
}

impl Related for InstanceRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        let Self { view, instance } = *self;
        match (navigation.name, navigation.target.of_review()) {
            ("definition", Some(wanted)) => {
                let row = view.access_review(instance.definition).map(|review| DefinitionRow { view, review });
                write_as::<AccessReviewDefinitionResource>(row.as_ref(), wanted, json);
            }
            ("decisions", Some(wanted)) => {
                let rows = instance.decisions.iter().map(|decision| DecisionRow { view, instance, decision });
                write_all_as::<AccessReviewDecisionResource>(rows, wanted, json);
            }
            ("contactedReviewers", Some(wanted)) => {
                write_all_as::<AccessReviewReviewerResource>(reviewers_of(view, instance), wanted, json);
            }
            ("stages", Some(wanted)) => {
                let rows = instance.stages.iter().map(|stage| StageRow { view, instance, stage });
                write_all_as::<AccessReviewStageResource>(rows, wanted, json);
            }
            (_, _) => json.raw("null"),
        }
    }
}

/// The collection of a review, as contexts name it.
pub(super) fn named(review: AccessReviewDefinitionId) -> String {
    format!("{}('{review}')/instances", definitions::PATH)
}

/// An instance in the names of contexts.
pub(super) fn named_one(instance: &AccessReviewInstance) -> String {
    format!("{}('{}')", named(instance.definition), instance.id)
}

/// Where an instance is.
pub(super) fn path_of(instance: &AccessReviewInstance) -> String {
    format!("{}/{}/instances/{}", definitions::PATH, instance.definition, instance.id)
}

macro_rules! actions {
    ($($action:literal: $permission:ident => $handler:expr;)*) => {
        /// What can be done with one beside reading it.
        pub(crate) const ACTIONS: &[Operation] = &[$(Operation {
            method: Method::Post,
            path: concat!("/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}/", $action),
            versions: BOTH,
            permission: &$permission,
            handler: $handler,
        }),*];
    };
}

actions! {
    "stop": WRITE_ACCESS_REVIEWS => |call| manage(call, AccessReviewInstanceChange::Stop);
    "sendReminder": WRITE_ACCESS_REVIEWS => |call| manage(call, AccessReviewInstanceChange::SendReminder);
    "resetDecisions": WRITE_ACCESS_REVIEWS => |call| manage(call, AccessReviewInstanceChange::ResetDecisions);
    "applyDecisions": WRITE_ACCESS_REVIEWS => |call| manage(call, AccessReviewInstanceChange::ApplyDecisions);
    "acceptRecommendations": DECIDE_ACCESS_REVIEWS => accept_recommendations;
    "batchRecordDecisions": WRITE_ACCESS_REVIEWS => record_decisions;
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions/{id}/instances",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions/{id}/instances/filterByCurrentUser(on={on})",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: filter_by_current_user,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: get,
    },
    Operation {
        method: Method::Patch,
        path: "/identityGovernance/accessReviews/definitions/{id}/instances/{instanceId}",
        versions: BOTH,
        permission: &WRITE_ACCESS_REVIEWS,
        handler: set_reviewers,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AccessReviewInstanceResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let review = review(call, view)?;
        may_read(call, view, review)?;
        let path = format!("{}/{}/instances", definitions::PATH, review.id);
        let context = Context { name: &named(review.id), path: &path, typed: false };
        let instances = view.access_review_instances(review.id);
        let rows = instances.into_iter().map(|instance| InstanceRow { view, instance });
        Ok(query.answer(call, &context, |_| (0..).zip(rows)))
    })
}

/// Lists those in which the caller is asked about anybody.
fn filter_by_current_user(call: &Call<'_>) -> Result<Reply, GraphError> {
    let user = current_reviewer(call, 1)?;
    let query = Query::<AccessReviewInstanceResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let review = review(call, view)?;
        let context = Context {
            name: "Collection(accessReviewInstance)",
            path: &format!("{}/{}/instances/filterByCurrentUser(on='reviewer')", definitions::PATH, review.id),
            typed: true,
        };
        let instances = view.access_review_instances_of_reviewer(user).into_iter();
        let rows = instances.filter(|it| it.definition == review.id).map(|instance| InstanceRow { view, instance });
        Ok(query.answer(call, &context, |_| (0..).zip(rows)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let (review, instance) = instance(call, view)?;
        may_read(call, view, review)?;
        let context = named(review.id);
        let row = InstanceRow { view, instance };
        single::<AccessReviewInstanceResource>(call, &Context::at(&context), &row).map(Reply::Ok)
    })
}

/// Lets others be asked from now on; a list that is not given stays as it is.
fn set_reviewers(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: ReviewersBody = call.body()?;
    let asked = |list: Option<Vec<ScopeBody>>| list.map(|list| reviewers(&list)).transpose();
    let (asked, fallback) = (asked(body.reviewers)?, asked(body.fallback_reviewers)?);
    let found = call.tenant.read(|view| {
        let (review, instance) = instance(call, view)?;
        may_write(call, view, review.properties.scope.target)?;
        Ok::<_, GraphError>((instance.id, instance.reviewers.clone(), instance.fallback_reviewers.clone()))
    })?;
    let change = AccessReviewInstanceChange::SetReviewers {
        reviewers: asked.unwrap_or(found.1),
        fallback_reviewers: fallback.unwrap_or(found.2),
    };
    let command = AccessReviewCommand::Change { instance: found.0, change };
    call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::NoContent).map_err(GraphError::Pim)
}

/// Does something with the instance of the path for which one must manage reviews.
fn manage(call: &Call<'_>, change: AccessReviewInstanceChange) -> Result<Reply, GraphError> {
    let found = call.tenant.read(|view| {
        let (review, instance) = instance(call, view)?;
        may_write(call, view, review.properties.scope.target).map(|()| instance.id)
    })?;
    let command = AccessReviewCommand::Change { instance: found, change };
    call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::NoContent).map_err(GraphError::Pim)
}

fn accept_recommendations(call: &Call<'_>) -> Result<Reply, GraphError> {
    manage(call, AccessReviewInstanceChange::AcceptRecommendations)
}

/// Decides on the caller's own lines, or on those of them that the body names.
fn record_decisions(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: BatchBody = call.body()?;
    let decision = decision(body.decision.as_deref())?;
    let id =
        |name: &str, text: &str| Uuid::try_parse(text).map_err(|_| fault(format_args!("{name}: '{text}' is no id")));
    let principal = body.principal_id.map(|text| id("principalId", &text).map(PrincipalId)).transpose()?;
    let wanted = body.resource_id.map(|text| id("resourceId", &text)).transpose()?;
    let resource = call.tenant.read(|view| {
        let (_, instance) = instance(call, view)?;
        // What is not what this is about is about nobody here.
        let other = |id: Uuid| AccessReviewResource::Group(PrincipalId(id));
        let of = |id: Uuid| if id == resource_id(instance.resource) { instance.resource } else { other(id) };
        Ok::<_, GraphError>(wanted.map(of))
    })?;
    let change = AccessReviewInstanceChange::RecordDecisions {
        lines: AccessReviewLines::About { principal, resource },
        decision,
        justification: body.justification,
    };
    manage(call, change)
}

/// The id of what is reviewed.
pub(super) const fn resource_id(resource: AccessReviewResource) -> Uuid {
    match resource {
        AccessReviewResource::DirectoryRole(role) => role.0,
        AccessReviewResource::Group(group) => group.0,
        AccessReviewResource::AzureRole { role, .. } => role.0,
    }
}

/// The decision that a body must name.
pub(super) fn decision(word: Option<&str>) -> Result<AccessReviewResult, GraphError> {
    let word = word.ok_or_else(|| fault("decision is missing"))?;
    AccessReviewResult::parse(word)
        .ok_or_else(|| fault(format_args!("decision: '{word}' is none of Approve, Deny, DontKnow and NotReviewed")))
}
