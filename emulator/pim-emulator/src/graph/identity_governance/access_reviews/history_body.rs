//! The body of a report on access reviews.

use super::scope_body::{ScopeBody, fault};
use super::spelled::AsWritten;
use crate::graph::error::GraphError;
use crate::graph::json::Json;
use pim_core::NewAccessReviewHistory;
use pim_core::model::access_review::AccessReviewResult;
use pim_core::time::{Instant, Length};

crate::request_body! {
    /// `accessReviewHistoryDefinition`, as far as clients may write it.
    HistoryBody {
        /// The name people see.
        display_name / "displayName": String,
        /// Which decisions it tells of.
        decisions / "decisions": Vec<String>,
        /// Of which reviews.
        scopes / "scopes": Vec<ScopeBody>,
        /// From when on.
        period_start / "reviewHistoryPeriodStartDateTime": String,
        /// Until when.
        period_end / "reviewHistoryPeriodEndDateTime": String,
        /// How often it comes, instead of a time.
        schedule / "scheduleSettings": AsWritten,
    }
    /// `accessReviewHistoryScheduleSettings`, as far as it is evaluated.
    ScheduleBody {
        /// How far a report looks back.
        report_range / "reportRange": String,
    }
}

/// The decisions of which reports can tell. Nobody is notified of decisions here, so the last one finds nothing.
const NOT_NOTIFIED: &str = "notNotified";

impl HistoryBody {
    /// What the machine is told, now.
    ///
    /// # Errors
    /// What is missing, or is not understood.
    pub(super) fn read(self, now: Instant) -> Result<NewAccessReviewHistory, GraphError> {
        let display_name = self.display_name.filter(|name| !name.is_empty());
        let display_name = display_name.ok_or_else(|| fault("displayName is missing"))?;
        let scopes = self.scopes.filter(|scopes| !scopes.is_empty()).ok_or_else(|| fault("scopes are missing"))?;
        let mut kept = vec![("scopes".to_owned(), spelled(&scopes)?)];
        let (period_start, period_end) = match &self.schedule {
            Some(schedule) if schedule.0 != "null" => (now.minus(range(schedule)?), now),
            Some(_) | None => (
                instant("reviewHistoryPeriodStartDateTime", self.period_start.as_deref())?,
                instant("reviewHistoryPeriodEndDateTime", self.period_end.as_deref())?,
            ),
        };
        kept.extend(self.schedule.map(|schedule| ("scheduleSettings".to_owned(), schedule.0)));
        Ok(NewAccessReviewHistory {
            id: None,
            display_name,
            decisions: decisions(self.decisions.as_deref())?,
            period_start,
            period_end,
            azure_scope: None,
            kept,
        })
    }
}

/// Those that are named; all where none is.
fn decisions(words: Option<&[String]>) -> Result<Vec<AccessReviewResult>, GraphError> {
    let Some(words) = words.filter(|words| !words.is_empty()) else { return Ok(AccessReviewResult::ALL.to_vec()) };
    let known = words.iter().filter(|word| !word.eq_ignore_ascii_case(NOT_NOTIFIED));
    let read = |word: &String| {
        AccessReviewResult::parse(word).ok_or_else(|| fault(format_args!("decisions: '{word}' is no decision")))
    };
    known.map(read).collect()
}

fn spelled(scopes: &[ScopeBody]) -> Result<String, GraphError> {
    let mut json = Json::with_capacity(scopes.len() * 192);
    json.raw("[");
    for scope in scopes {
        json.next();
        json.raw(&scope.spelled()?);
    }
    json.raw("]");
    Ok(String::from_utf8(json.into_bytes()).unwrap_or_default())
}

/// How far a report that comes again and again looks back: it is made once, now.
fn range(schedule: &AsWritten) -> Result<Length, GraphError> {
    let body: ScheduleBody =
        serde_json::from_str(&schedule.0).map_err(|error| fault(format_args!("scheduleSettings: {error}")))?;
    let text = body.report_range.ok_or_else(|| fault("scheduleSettings.reportRange is missing"))?;
    // Months are written here that have no fixed length anywhere else.
    let months = text.strip_prefix('P').and_then(|rest| rest.strip_suffix('M')).and_then(|it| it.parse::<u32>().ok());
    match months {
        Some(months) => Ok(Length::days(30 * i64::from(months))),
        None => {
            Length::parse(&text).map_err(|error| fault(format_args!("scheduleSettings.reportRange: '{text}': {error}")))
        }
    }
}

fn instant(name: &str, text: Option<&str>) -> Result<Instant, GraphError> {
    let text = text.ok_or_else(|| fault(format_args!("{name} is missing")))?;
    Instant::parse(text).ok_or_else(|| fault(format_args!("{name}: '{text}' is not a date and time with an offset")))
}
