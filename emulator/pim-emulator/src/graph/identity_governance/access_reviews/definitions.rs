//! `/identityGovernance/accessReviews/definitions`: what is reviewed, by whom and how often.

use super::definition_body::DefinitionBody;
use super::finding::{current_reviewer, is_of_groups, may_read, may_write, review};
use super::identity_row::IdentityRow;
use super::instances::{AccessReviewInstanceResource, InstanceRow};
use super::settings_row::{SettingsRow, StageSettingsRow};
use super::spelled::Spelled;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, write_all_as};
use crate::graph::json::{Composed, Json, Word};
use crate::graph::permission::{READ_ACCESS_REVIEWS, READ_ALL_ACCESS_REVIEWS, WRITE_ACCESS_REVIEWS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::access_review::AccessReviewDefinition;
use pim_core::{AccessReviewCommand, AccessReviewDefinitionId, View};
use serde::Deserialize;
use std::collections::BTreeSet;

pub(super) const PATH: &str = "identityGovernance/accessReviews/definitions";

crate::entity! {
    /// An access review.
    AccessReviewDefinitionResource(DefinitionRow<'r>) = "accessReviewScheduleDefinition" {
        "id": string = |it| it.review.id.0;
        "displayName": string = |it| it.review.properties.display_name.as_str();
        "createdDateTime": instant = |it| it.review.created;
        "lastModifiedDateTime": instant = |it| it.review.modified;
        "status": string = |it| Word(it.view.access_review_status(it.review).name());
        "descriptionForAdmins": string = |it| it.review.properties.description_for_admins.as_str();
        "descriptionForReviewers": string = |it| it.review.properties.description_for_reviewers.as_str();
        "createdBy": opaque = |it| IdentityRow::actor(it.view, Some(it.review.created_by));
        "scope": opaque = |it| Spelled::scope(&it.review.properties, it.view);
        "instanceEnumerationScope": opaque = |it| Spelled::kept(&it.review.properties, "instanceEnumerationScope", "null");
        "reviewers": opaque = |it| Spelled::reviewers(&it.review.properties.reviewers);
        "fallbackReviewers": opaque = |it| Spelled::reviewers(&it.review.properties.fallback_reviewers);
        "backupReviewers": opaque = |it| Spelled::reviewers(&it.review.properties.fallback_reviewers);
        "settings": opaque = |it| Composed(SettingsRow::of(&it.review.properties));
        "stageSettings": opaque = |it| Composed(it.stages());
        "additionalNotificationRecipients": opaque =
            |it| Spelled::kept(&it.review.properties, "additionalNotificationRecipients", "[]");
        paths {
            "scope/query": string = |it| it.query();
        }
    }
    navigations ["instances"]
}

/// A review on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DefinitionRow<'v> {
    pub(super) view: View<'v>,
    pub(super) review: &'v AccessReviewDefinition,
}

impl<'v> DefinitionRow<'v> {
    fn stages(&self) -> Vec<StageSettingsRow<'v>> {
        let properties = &self.review.properties;
        properties.stages.iter().map(|stage| StageSettingsRow::of(stage, properties)).collect()
    }

    /// The query of the scope, where the scope is nothing but a query: the service's filter finds no others.
    pub(super) fn query(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct QueryScope {
            #[serde(rename = "@odata.type")]
            kind: String,
            query: Option<String>,
        }
        let scope = Spelled::scope(&self.review.properties, self.view);
        let scope: QueryScope = serde_json::from_str(&scope.0).ok()?;
        scope.query.filter(|_| scope.kind.ends_with(".accessReviewQueryScope"))
    }
}

impl Related for DefinitionRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match (navigation.name, navigation.target.of_review()) {
            ("instances", Some(wanted)) => {
                let instances = self.view.access_review_instances(self.review.id);
                let rows = instances.into_iter().map(|instance| InstanceRow { view: self.view, instance });
                write_all_as::<AccessReviewInstanceResource>(rows, wanted, json);
            }
            (_, _) => json.raw("null"),
        }
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: list,
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/accessReviews/definitions",
        versions: BOTH,
        permission: &WRITE_ACCESS_REVIEWS,
        handler: create,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions/filterByCurrentUser(on={on})",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: filter_by_current_user,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/definitions/{id}",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: get,
    },
    Operation {
        method: Method::Put,
        path: "/identityGovernance/accessReviews/definitions/{id}",
        versions: BOTH,
        permission: &WRITE_ACCESS_REVIEWS,
        handler: replace,
    },
    Operation {
        method: Method::Delete,
        path: "/identityGovernance/accessReviews/definitions/{id}",
        versions: BOTH,
        permission: &WRITE_ACCESS_REVIEWS,
        handler: |call| command(call, AccessReviewCommand::Delete),
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/accessReviews/definitions/{id}/stop",
        versions: BOTH,
        permission: &WRITE_ACCESS_REVIEWS,
        handler: |call| command(call, AccessReviewCommand::Stop),
    },
];

/// Lists those that the caller may read.
fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AccessReviewDefinitionResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        if call.user().is_some_and(|user| !view.may_read_some_access_reviews(user)) {
            return Err(GraphError::Unauthorized);
        }
        let of_groups_alone = call.require(view, &READ_ALL_ACCESS_REVIEWS).is_err();
        let is_shown = |review: &&AccessReviewDefinition| {
            (!of_groups_alone || is_of_groups(review.properties.scope.target)) && may_read(call, view, review).is_ok()
        };
        let rows = view.access_reviews().into_iter().filter(is_shown).map(|review| DefinitionRow { view, review });
        Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(rows)))
    })
}

/// Lists those in which the caller is asked about anybody.
fn filter_by_current_user(call: &Call<'_>) -> Result<Reply, GraphError> {
    let user = current_reviewer(call, 0)?;
    let query = Query::<AccessReviewDefinitionResource>::always_counted(call, PAGE_SIZE)?;
    let context = Context {
        name: "Collection(accessReviewScheduleDefinition)",
        path: &format!("{PATH}/filterByCurrentUser(on='reviewer')"),
        typed: true,
    };
    call.tenant.read(|view| {
        view.licensed().map_err(GraphError::Pim)?;
        let instances = view.access_review_instances_of_reviewer(user);
        let asked: BTreeSet<_> = instances.into_iter().map(|instance| instance.definition).collect();
        let all = view.access_reviews().into_iter().filter(|review| asked.contains(&review.id));
        Ok(query.answer(call, &context, |_| (0..).zip(all.map(|review| DefinitionRow { view, review }))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let review = review(call, view)?;
        may_read(call, view, review)?;
        let row = DefinitionRow { view, review };
        single::<AccessReviewDefinitionResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: DefinitionBody = call.body()?;
    let properties = call.tenant.read(|view| {
        let properties = body.read(view)?;
        may_write(call, view, properties.scope.target).map(|()| properties)
    })?;
    let command = AccessReviewCommand::Create { id: None, properties: Box::new(properties) };
    let created = call.tenant.handle(call.caller(), &command.into(), |view, outcome| {
        let made = outcome.made.and_then(|id| view.access_review(AccessReviewDefinitionId(id)));
        let row = DefinitionRow { view, review: made.ok_or(GraphError::ResourceNotFound)? };
        let location = call.url(&format!("{PATH}/{}", row.review.id));
        let body = single::<AccessReviewDefinitionResource>(call, &Context::at(PATH), &row)?;
        Ok(Reply::Created { body, location })
    });
    created.map_err(GraphError::Pim)?
}

/// Puts another in its place, from the next occurrence on.
fn replace(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: DefinitionBody = call.body()?;
    let (review, properties) = call.tenant.read(|view| {
        let review = review(call, view)?;
        may_write(call, view, review.properties.scope.target)?;
        let properties = body.read(view)?;
        may_write(call, view, properties.scope.target)?;
        Ok::<_, GraphError>((review.id, properties))
    })?;
    let command = AccessReviewCommand::Replace { review, properties: Box::new(properties) };
    call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::NoContent).map_err(GraphError::Pim)
}

/// Does something with the review of the path.
fn command(
    call: &Call<'_>,
    make: impl FnOnce(AccessReviewDefinitionId) -> AccessReviewCommand,
) -> Result<Reply, GraphError> {
    let review = call.tenant.read(|view| {
        let review = review(call, view)?;
        may_write(call, view, review.properties.scope.target).map(|()| review.id)
    })?;
    call.tenant.handle(call.caller(), &make(review).into(), |_, _| Reply::NoContent).map_err(GraphError::Pim)
}
