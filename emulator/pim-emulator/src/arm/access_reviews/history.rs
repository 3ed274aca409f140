//! `accessReviewHistoryDefinitions`: reports on what was decided at a scope, each with one instance that can be downloaded.

use super::body::invalid;
use super::finding::{here, may_look};
use super::rows::{BelowRow, PersonRow};
use crate::app::review_reports::Linked;
use crate::arm::call::Call;
use crate::arm::error::ArmError;
use crate::arm::front_door::types;
use crate::arm::json::{List, bytes};
use crate::arm::pim::prefix;
use crate::arm::reply::Reply;
use crate::arm::router::{Handler, Method, Operation, Place, Resource};
use axum::http::StatusCode;
use pim_core::model::AzureScope;
use pim_core::model::access_review::{AccessReviewHistory, AccessReviewHistoryStatus, AccessReviewResult};
use pim_core::time::{Instant, Length};
use pim_core::{AccessReviewCommand, AccessReviewHistoryId, NewAccessReviewHistory, View};

/// How long a report is kept.
const KEPT_FOR: Length = Length::days(30);

/// What can be done with them.
pub(in crate::arm) static RESOURCE: Resource = Resource {
    kind: &types::ACCESS_REVIEW_HISTORY_DEFINITIONS,
    place: Place::AnyScope,
    operations: &[
        Operation { method: Method::Get, path: "", versions: None, handler: Handler::Signed(list) },
        Operation { method: Method::Get, path: "{id}", versions: None, handler: Handler::Signed(get) },
        Operation { method: Method::Put, path: "{id}", versions: None, handler: Handler::Signed(put) },
        Operation { method: Method::Delete, path: "{id}", versions: None, handler: Handler::Signed(delete) },
        Operation { method: Method::Get, path: "{id}/instances", versions: None, handler: Handler::Signed(instances) },
        Operation {
            method: Method::Post,
            path: "{id}/instances/{instanceId}/generateDownloadUri",
            versions: None,
            handler: Handler::Signed(generate_download_uri),
        },
    ],
};

crate::request_body! {
    /// A report: as a resource, or its properties alone.
    WrappedHistory {
        /// What it is like.
        properties / "properties": HistoryBody,
    }
    /// A report.
    HistoryBody {
        /// The name people see.
        display_name / "displayName": String,
        /// Which decisions it tells of.
        decisions / "decisions": Vec<String>,
        /// From when on.
        period_start / "reviewHistoryPeriodStartDateTime": String,
        /// Until when.
        period_end / "reviewHistoryPeriodEndDateTime": String,
    }
}

#[derive(Debug)]
struct HistoryProperties<'v> {
    display_name: &'v str,
    review_history_period_start_date_time: Instant,
    review_history_period_end_date_time: Instant,
    decisions: Vec<&'static str>,
    status: &'static str,
    created_date_time: Instant,
    created_by: Option<PersonRow<'v>>,
    instances: Vec<BelowRow<InstanceProperties<'v>>>,
}

#[derive(Debug)]
struct InstanceProperties<'v> {
    review_history_period_start_date_time: Instant,
    review_history_period_end_date_time: Instant,
    display_name: &'v str,
    status: &'static str,
    run_date_time: Instant,
    fulfilled_date_time: Option<Instant>,
    download_uri: Option<String>,
    expiration: Instant,
}

crate::arm_object! {
    HistoryProperties<'_> {
        display_name / "displayName",
        review_history_period_start_date_time / "reviewHistoryPeriodStartDateTime",
        review_history_period_end_date_time / "reviewHistoryPeriodEndDateTime",
        decisions / "decisions",
        status / "status",
        created_date_time / "createdDateTime",
        created_by / "createdBy",
        instances / "instances",
    }
    InstanceProperties<'_> {
        review_history_period_start_date_time / "reviewHistoryPeriodStartDateTime",
        review_history_period_end_date_time / "reviewHistoryPeriodEndDateTime",
        display_name / "displayName",
        status / "status",
        run_date_time / "runDateTime",
        fulfilled_date_time / "fulfilledDateTime",
        download_uri / "downloadUri",
        expiration / "expiration",
    }
}

/// The scope of the path, for whoever manages access there.
fn place<'v>(call: &Call<'_>, view: View<'v>) -> Result<&'v AzureScope, ArmError> {
    let here = here(call, view)?;
    may_look(call, view, here.id).map(|()| here)
}

fn at(here: &AzureScope, history: &AccessReviewHistory) -> bool {
    history.azure_scope == Some(here.id)
}

fn find<'v>(call: &Call<'_>, view: View<'v>) -> Result<(&'v AzureScope, &'v AccessReviewHistory), ArmError> {
    let here = place(call, view)?;
    let found = call.id(0).and_then(|id| view.access_review_history(AccessReviewHistoryId(id)));
    Ok((here, found.filter(|history| at(here, history)).ok_or(ArmError::NotFound)?))
}

fn path(here: &AzureScope, history: &AccessReviewHistory) -> String {
    format!("{}/providers/{}/{}", prefix(here), types::ACCESS_REVIEW_HISTORY_DEFINITIONS, history.id)
}

fn instance_row<'v>(
    here: &AzureScope,
    history: &'v AccessReviewHistory,
    download_uri: Option<String>,
) -> BelowRow<InstanceProperties<'v>> {
    BelowRow {
        id: format!("{}/instances/{}", path(here, history), history.id),
        name: history.id.to_string(),
        kind: format!("{}/instances", types::ACCESS_REVIEW_HISTORY_DEFINITIONS),
        properties: InstanceProperties {
            review_history_period_start_date_time: history.period_start,
            review_history_period_end_date_time: history.period_end,
            display_name: &history.display_name,
            status: history.status.name(),
            run_date_time: history.created,
            fulfilled_date_time: history.fulfilled,
            download_uri,
            expiration: history.created.plus(KEPT_FOR),
        },
    }
}

fn row<'v>(view: View<'v>, here: &AzureScope, history: &'v AccessReviewHistory) -> BelowRow<HistoryProperties<'v>> {
    BelowRow {
        id: path(here, history),
        name: history.id.to_string(),
        kind: types::ACCESS_REVIEW_HISTORY_DEFINITIONS.to_string(),
        properties: HistoryProperties {
            display_name: &history.display_name,
            review_history_period_start_date_time: history.period_start,
            review_history_period_end_date_time: history.period_end,
            decisions: history.decisions.iter().map(|decision| decision.name()).collect(),
            status: history.status.name(),
            created_date_time: history.created,
            created_by: PersonRow::actor(view, history.created_by),
            instances: vec![instance_row(here, history, None)],
        },
    }
}

fn list(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let here = place(call, view)?;
        let all = view.access_review_histories().into_iter().filter(|history| at(here, history));
        Ok(Reply::Ok(bytes(&List::of(all.map(|history| row(view, here, history)).collect()))))
    })
}

fn get(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| find(call, view).map(|(here, history)| Reply::Ok(bytes(&row(view, here, history)))))
}

fn instant(name: &str, text: Option<&str>) -> Result<Instant, ArmError> {
    let text = text.ok_or_else(|| invalid(format!("{name} is missing")))?;
    Instant::parse(text).ok_or_else(|| invalid(format!("{name}: '{text}' is not a date-time with an offset")))
}

/// Decisions by name; all where none is named. Nobody is notified of decisions here.
fn decisions(words: Option<&[String]>) -> Result<Vec<AccessReviewResult>, ArmError> {
    let Some(words) = words.filter(|words| !words.is_empty()) else { return Ok(AccessReviewResult::ALL.to_vec()) };
    let known = words.iter().filter(|word| !word.eq_ignore_ascii_case("NotNotified"));
    known
        .map(|word| AccessReviewResult::parse(word).ok_or_else(|| invalid(format!("decisions: '{word}' is not one"))))
        .collect()
}

/// Makes a report of that id. One that is there is the same one.
fn put(call: &Call<'_>) -> Result<Reply, ArmError> {
    let id = call.id(0).map(AccessReviewHistoryId);
    let id = id.ok_or_else(|| invalid(format!("the name of a report is a GUID, not '{}'", call.key(0))))?;
    let body = match call.body::<WrappedHistory>()?.properties {
        Some(properties) => properties,
        None => call.body()?,
    };
    let command = call.read(|view| {
        let here = place(call, view)?;
        if view.access_review_history(id).is_some_and(|history| at(here, history)) {
            return Ok(None);
        }
        Ok(Some(AccessReviewCommand::CreateHistory(Box::new(NewAccessReviewHistory {
            id: Some(id),
            display_name: body.display_name.unwrap_or_default(),
            decisions: decisions(body.decisions.as_deref())?,
            period_start: instant("reviewHistoryPeriodStartDateTime", body.period_start.as_deref())?,
            period_end: instant("reviewHistoryPeriodEndDateTime", body.period_end.as_deref())?,
            azure_scope: Some(here.id),
            kept: Vec::new(),
        }))))
    })?;
    let Some(command) = command else { return get(call) };
    let done = call.tenant.handle(call.caller(), &command.into(), |view, _| {
        find(call, view).map(|(here, history)| Reply::Ok(bytes(&row(view, here, history))))
    });
    done.map_err(ArmError::Pim)?
}

/// What is not there is gone already.
fn delete(call: &Call<'_>) -> Result<Reply, ArmError> {
    let found = call.read(|view| match find(call, view) {
        Ok((_, history)) => Ok(Some(history.id)),
        Err(ArmError::NotFound) => Ok(None),
        Err(error) => Err(error),
    })?;
    let Some(history) = found else { return Ok(Reply::Empty(StatusCode::NO_CONTENT)) };
    let command = AccessReviewCommand::DeleteHistory(history);
    call.tenant.handle(call.caller(), &command.into(), |_, _| Reply::Empty(StatusCode::OK)).map_err(ArmError::Pim)
}

fn instances(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, history) = find(call, view)?;
        Ok(Reply::Ok(bytes(&List::of(vec![instance_row(here, history, None)]))))
    })
}

/// Makes a link to what can be read by now.
fn generate_download_uri(call: &Call<'_>) -> Result<Reply, ArmError> {
    call.read(|view| {
        let (here, history) = find(call, view)?;
        if call.id(1) != Some(history.id.0) {
            return Err(ArmError::NotFound);
        }
        match history.status {
            AccessReviewHistoryStatus::Done => {}
            AccessReviewHistoryStatus::Requested | AccessReviewHistoryStatus::InProgress => {
                return Err(invalid("the report is not done yet"));
            }
        }
        let linked = Linked::new(call.tenant.id(), history.id, view.now());
        Ok(Reply::Ok(bytes(&instance_row(here, history, Some(linked.link(call.origin))))))
    })
}
