//! A report on access reviews as a table: a line for each decision of its time.

use super::decision_row::DecisionRow;
use super::definitions::{AccessReviewDefinitionResource, DefinitionRow};
use super::history_definitions::word;
use crate::app::App;
use crate::app::review_reports::Linked;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use percent_encoding::percent_decode_str;
use pim_core::model::CreatedBy;
use pim_core::model::access_review::{AccessReviewHistory, AccessReviewHistoryStatus, AccessReviewResource};
use pim_core::{AzureScopeId, View};
use pim_odata::Filter;
use serde::Deserialize;

/// The columns.
const COLUMNS: [&str; 19] = [
    "AccessReviewId",
    "AccessReviewName",
    "AccessReviewInstanceId",
    "StartDateTime",
    "EndDateTime",
    "Status",
    "ResourceId",
    "ResourceName",
    "ResourceType",
    "PrincipalId",
    "PrincipalName",
    "PrincipalUserPrincipalName",
    "Decision",
    "Justification",
    "Recommendation",
    "ReviewedBy",
    "ReviewedDateTime",
    "ApplyResult",
    "AppliedDateTime",
];

/// Answers whoever follows a link to a report.
pub(crate) fn serve(app: &App, path_and_query: &str) -> Response<Body> {
    let table = Linked::read(path_and_query).and_then(|linked| {
        app.tenant(linked.tenant)?.read(|view| {
            let history = view.access_review_history(linked.report).filter(|_| view.now() <= linked.until)?;
            (history.status == AccessReviewHistoryStatus::Done).then(|| table(view, history))
        })
    });
    let mut response = Response::new(Body::empty());
    match table {
        Some(table) => {
            *response.body_mut() = Body::from(table);
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        None => *response.status_mut() = StatusCode::FORBIDDEN,
    }
    response
}

fn table(view: View<'_>, history: &AccessReviewHistory) -> String {
    let mut text = String::new();
    write_line(COLUMNS.iter().map(|column| (*column).to_owned()), &mut text);
    let wanted = Wanted::of(history);
    for instance in view.access_review_history_instances(history) {
        let Some(review) = view.access_review(instance.definition) else { continue };
        if !wanted.has(DefinitionRow { view, review }, instance.resource) {
            continue;
        }
        for decision in &instance.decisions {
            if history.decisions.contains(&decision.decision) {
                let row = DecisionRow { view, instance, decision };
                write_line(cells(&row, &review.properties.display_name), &mut text);
            }
        }
    }
    text
}

fn cells(row: &DecisionRow<'_>, name: &str) -> [String; 19] {
    let DecisionRow { view, instance, decision } = *row;
    let (resource, principal) = (row.resource(), decision.principal);
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let by = decision.reviewed.as_ref().and_then(|it| match it.by {
        CreatedBy::User(id) | CreatedBy::Application(id) => Some(id),
        CreatedBy::SetUp | CreatedBy::Service => None,
    });
    [
        instance.definition.to_string(),
        name.to_owned(),
        instance.id.to_string(),
        instance.start.to_string(),
        instance.end.to_string(),
        view.access_review_instance_status(instance).name().to_owned(),
        resource.id().to_string(),
        text(resource.name()),
        resource.kind().to_owned(),
        principal.to_string(),
        text(view.name_of(principal)),
        text(view.user_principal_name_of(principal)),
        word(decision.decision).to_owned(),
        row.justification().to_owned(),
        decision.recommendation.name().to_owned(),
        text(by.and_then(|id| view.name_of(id))),
        row.reviewed().map(|at| at.to_string()).unwrap_or_default(),
        decision.apply_result.name().to_owned(),
        row.applied().map(|at| at.to_string()).unwrap_or_default(),
    ]
}

fn write_line(cells: impl IntoIterator<Item = String>, text: &mut String) {
    let quoted = |cell: String| {
        // A spreadsheet takes what begins like a formula for one.
        let cell = if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell };
        if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    let line: Vec<_> = cells.into_iter().map(quoted).collect();
    text.push_str(&line.join(","));
    text.push_str("\r\n");
}

/// Which reviews a report tells of.
struct Wanted {
    filters: Vec<Filter<AccessReviewDefinitionResource>>,
    is_of_all: bool,
    /// Where the report was asked for in Azure: it tells of the roles there.
    place: Option<AzureScopeId>,
}

impl Wanted {
    /// Those that any of its scopes finds. A scope that finds by more than a filter finds all.
    fn of(history: &AccessReviewHistory) -> Self {
        #[derive(Deserialize)]
        struct Scope {
            query: Option<String>,
        }
        let kept = |name: &str| history.kept.iter().find(|(key, _)| key == name).map(|(_, text)| text.as_str());
        let scopes: Vec<Scope> = kept("scopes").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let read = |scope: &Scope| filter(scope.query.as_deref()?);
        let filters: Vec<_> = scopes.iter().filter_map(read).collect();
        let place = history.azure_scope;
        Self { is_of_all: filters.len() < scopes.len() || scopes.is_empty(), filters, place }
    }

    fn has(&self, row: DefinitionRow<'_>, resource: AccessReviewResource) -> bool {
        match (self.place, resource) {
            (Some(place), AccessReviewResource::AzureRole { scope, .. }) => row.view.azure_covers(place, scope),
            (Some(_), AccessReviewResource::DirectoryRole(_) | AccessReviewResource::Group(_)) => false,
            (None, _) => self.is_of_all || self.filters.iter().any(|filter| filter.matches(&row)),
        }
    }
}

fn filter(query: &str) -> Option<Filter<AccessReviewDefinitionResource>> {
    let (_, options) = query.split_once('?')?;
    let text = options.split('&').find_map(|option| option.strip_prefix("$filter="))?.replace('+', " ");
    Filter::parse(&percent_decode_str(&text).decode_utf8_lossy()).ok()
}
