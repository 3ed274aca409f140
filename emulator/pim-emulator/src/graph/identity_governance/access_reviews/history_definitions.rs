//! `/identityGovernance/accessReviews/historyDefinitions`: reports on what was decided, each with one instance that can be
//! downloaded.

use super::history_body::HistoryBody;
use super::identity_row::IdentityRow;
use super::spelled::Spelled;
use crate::app::review_reports::Linked;
use crate::graph::call::Call;
use crate::graph::collection::{Context, PAGE_SIZE, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related, write_all_as};
use crate::graph::json::{Json, Word};
use crate::graph::permission::{READ_ACCESS_REVIEWS, WRITE_ACCESS_REVIEWS};
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::model::access_review::{AccessReviewHistory, AccessReviewHistoryStatus, AccessReviewResult};
use pim_core::time::Length;
use pim_core::{AccessReviewCommand, AccessReviewHistoryId, View};
use std::borrow::Cow;

const PATH: &str = "identityGovernance/accessReviews/historyDefinitions";

/// How long a report is kept.
const KEPT_FOR: Length = Length::days(30);

crate::entity! {
    /// A report on access reviews.
    AccessReviewHistoryDefinitionResource(HistoryRow<'r>) = "accessReviewHistoryDefinition" {
        "id": string = |it| it.history.id.0;
        "displayName": string = |it| it.history.display_name.as_str();
        "reviewHistoryPeriodStartDateTime": instant = |it| it.history.period_start;
        "reviewHistoryPeriodEndDateTime": instant = |it| it.history.period_end;
        "decisions": texts = |it| it.decisions();
        "status": string = |it| Word(it.history.status.name());
        "createdDateTime": instant = |it| it.history.created;
        "createdBy": opaque = |it| IdentityRow::actor(it.view, Some(it.history.created_by));
        "scheduleSettings": opaque = |it| it.kept("scheduleSettings", "null");
        "scopes": opaque = |it| it.kept("scopes", "[]");
    }
    navigations ["instances"]
}

crate::entity! {
    /// The one instance of a report.
    AccessReviewHistoryInstanceResource(HistoryInstanceRow<'r>) = "accessReviewHistoryInstance" {
        "id": string = |it| it.history.id.0;
        "reviewHistoryPeriodStartDateTime": instant = |it| it.history.period_start;
        "reviewHistoryPeriodEndDateTime": instant = |it| it.history.period_end;
        "status": string = |it| Word(it.history.status.name());
        "runDateTime": instant = |it| it.history.created;
        "fulfilledDateTime": instant = |it| it.history.fulfilled;
        "expirationDateTime": instant = |it| it.history.created.plus(KEPT_FOR);
        "downloadUri": string = |it| it.download_uri.as_deref();
    }
    navigations []
}

/// A report on its way to the wire.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HistoryRow<'v> {
    view: View<'v>,
    history: &'v AccessReviewHistory,
}

/// Its instance, with a link where one was asked for.
#[derive(Clone, Debug)]
pub(crate) struct HistoryInstanceRow<'v> {
    history: &'v AccessReviewHistory,
    download_uri: Option<String>,
}

impl<'v> HistoryRow<'v> {
    fn decisions(&self) -> Vec<Word> {
        self.history.decisions.iter().map(|decision| Word(word(*decision))).collect()
    }

    fn kept(&self, property: &str, otherwise: &'static str) -> Spelled<'v> {
        let kept = self.history.kept.iter().find(|(name, _)| name == property);
        Spelled(Cow::Borrowed(kept.map_or(otherwise, |(_, text)| text.as_str())))
    }
}

/// Reports spell decisions in small letters.
pub(super) const fn word(decision: AccessReviewResult) -> &'static str {
    match decision {
        AccessReviewResult::NotReviewed => "notReviewed",
        AccessReviewResult::Approve => "approve",
        AccessReviewResult::Deny => "deny",
        AccessReviewResult::DontKnow => "dontKnow",
    }
}

impl Related for HistoryRow<'_> {
    fn write_related(&self, navigation: &Navigation, json: &mut Json) {
        match (navigation.name, navigation.target.of_review()) {
            ("instances", Some(wanted)) => {
                let row = HistoryInstanceRow { history: self.history, download_uri: None };
                write_all_as::<AccessReviewHistoryInstanceResource>([row], wanted, json);
            }
            (_, _) => json.raw("null"),
        }
    }
}

impl Related for HistoryInstanceRow<'_> {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/historyDefinitions",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: list,
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/accessReviews/historyDefinitions",
        versions: BOTH,
        permission: &WRITE_ACCESS_REVIEWS,
        handler: create,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/historyDefinitions/{id}",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: get,
    },
    Operation {
        method: Method::Get,
        path: "/identityGovernance/accessReviews/historyDefinitions/{id}/instances",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: instances,
    },
    Operation {
        method: Method::Post,
        path: "/identityGovernance/accessReviews/historyDefinitions/{id}/instances/{instanceId}/generateDownloadUri",
        versions: BOTH,
        permission: &READ_ACCESS_REVIEWS,
        handler: generate_download_uri,
    },
];

/// Reports are for whoever may read some reviews; what they tell is up to the report.
fn may_report(call: &Call<'_>, view: View<'_>) -> Result<(), GraphError> {
    view.licensed().map_err(GraphError::Pim)?;
    match call.user() {
        Some(user) if !view.may_read_some_access_reviews(user) => Err(GraphError::Unauthorized),
        Some(_) | None => Ok(()),
    }
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AccessReviewHistory, GraphError> {
    may_report(call, view)?;
    let found = call.id(0).and_then(|id| view.access_review_history(AccessReviewHistoryId(id)));
    found.filter(|history| history.azure_scope.is_none()).ok_or(GraphError::ResourceNotFound)
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AccessReviewHistoryDefinitionResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        may_report(call, view)?;
        let of_directory = view.access_review_histories().into_iter().filter(|history| history.azure_scope.is_none());
        let rows = of_directory.map(|history| HistoryRow { view, history });
        Ok(query.answer(call, &Context::at(PATH), |_| (0..).zip(rows)))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let row = HistoryRow { view, history: find(call, view)? };
        single::<AccessReviewHistoryDefinitionResource>(call, &Context::at(PATH), &row).map(Reply::Ok)
    })
}

fn create(call: &Call<'_>) -> Result<Reply, GraphError> {
    let body: HistoryBody = call.body()?;
    let history = call.tenant.read(|view| body.read(view.now()))?;
    let command = AccessReviewCommand::CreateHistory(Box::new(history));
    let created = call.tenant.handle(call.caller(), &command.into(), |view, outcome| {
        let made = outcome.made.and_then(|id| view.access_review_history(AccessReviewHistoryId(id)));
        let row = HistoryRow { view, history: made.ok_or(GraphError::ResourceNotFound)? };
        let location = call.url(&format!("{PATH}/{}", row.history.id));
        let body = single::<AccessReviewHistoryDefinitionResource>(call, &Context::at(PATH), &row)?;
        Ok(Reply::Created { body, location })
    });
    created.map_err(GraphError::Pim)?
}

fn instances(call: &Call<'_>) -> Result<Reply, GraphError> {
    let query = Query::<AccessReviewHistoryInstanceResource>::always_counted(call, PAGE_SIZE)?;
    call.tenant.read(|view| {
        let history = find(call, view)?;
        let (name, path) = (named(history), format!("{PATH}/{}/instances", history.id));
        let row = HistoryInstanceRow { history, download_uri: None };
        Ok(query.answer(call, &Context { name: &name, path: &path, typed: false }, |_| [(0, row)]))
    })
}

fn named(history: &AccessReviewHistory) -> String {
    format!("{PATH}('{}')/instances", history.id)
}

/// Makes a link to what can be read by now.
fn generate_download_uri(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| {
        let history = find(call, view)?;
        if call.id(1) != Some(history.id.0) {
            return Err(GraphError::ResourceNotFound);
        }
        match history.status {
            AccessReviewHistoryStatus::Done => {}
            AccessReviewHistoryStatus::Requested | AccessReviewHistoryStatus::InProgress => {
                return Err(GraphError::InvalidAccessReview("the report is not done yet".to_owned()));
            }
        }
        let linked = Linked::new(call.tenant.id(), history.id, view.now());
        let row = HistoryInstanceRow { history, download_uri: Some(linked.link(&call.origin)) };
        let context = named(history);
        single::<AccessReviewHistoryInstanceResource>(call, &Context::at(&context), &row).map(Reply::Ok)
    })
}
