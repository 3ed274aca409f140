//! How an access review is held and how often it comes, as it is written.

use super::spelled::Spelled;
use pim_core::model::access_review::{
    AccessReviewPattern, AccessReviewProperties, AccessReviewRange, AccessReviewRecurrence, AccessReviewStageSettings,
};
use pim_core::time::{Instant, Length};
use serde::Serialize;

/// `accessReviewScheduleSettings`.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own on the wire")]
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SettingsRow<'a> {
    mail_notifications_enabled: bool,
    reminder_notifications_enabled: bool,
    justification_required_on_approval: bool,
    default_decision_enabled: bool,
    default_decision: &'static str,
    instance_duration_in_days: u32,
    auto_apply_decisions_enabled: bool,
    recommendations_enabled: bool,
    recommendation_look_back_duration: Length,
    decision_histories_for_reviewers_enabled: bool,
    recurrence: Option<RecurrenceRow>,
    apply_actions: Spelled<'a>,
    recommendation_insight_settings: Spelled<'a>,
}

/// What is done with those who are denied where nobody says what.
const REMOVE_ACCESS: &str = r##"[{"@odata.type":"#microsoft.graph.removeAccessApplyAction"}]"##;

impl<'a> SettingsRow<'a> {
    pub(super) fn of(properties: &'a AccessReviewProperties) -> Self {
        let settings = &properties.settings;
        Self {
            mail_notifications_enabled: settings.mail_notifications_enabled,
            reminder_notifications_enabled: settings.reminder_notifications_enabled,
            justification_required_on_approval: settings.justification_required_on_approval,
            default_decision_enabled: settings.default_decision_enabled,
            default_decision: settings.default_decision.name(),
            instance_duration_in_days: properties.duration_in_days(),
            auto_apply_decisions_enabled: settings.auto_apply_decisions_enabled,
            recommendations_enabled: settings.recommendations_enabled,
            recommendation_look_back_duration: settings.recommendation_look_back_duration,
            decision_histories_for_reviewers_enabled: settings.decision_histories_for_reviewers_enabled,
            recurrence: settings.recurrence.as_ref().map(RecurrenceRow::of),
            apply_actions: Spelled::kept(properties, "settings.applyActions", REMOVE_ACCESS),
            recommendation_insight_settings: Spelled::kept(properties, "settings.recommendationInsightSettings", "[]"),
        }
    }
}

/// `patternedRecurrence`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RecurrenceRow {
    pattern: Option<PatternRow>,
    range: RangeRow,
}

/// `recurrencePattern`, of which only the first two members say something.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PatternRow {
    #[serde(rename = "type")]
    kind: &'static str,
    interval: u32,
    month: u32,
    day_of_month: u32,
    days_of_week: [&'static str; 0],
    first_day_of_week: &'static str,
    index: &'static str,
}

/// `recurrenceRange`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RangeRow {
    #[serde(rename = "type")]
    kind: &'static str,
    number_of_occurrences: u32,
    recurrence_time_zone: Option<&'static str>,
    start_date: String,
    end_date: String,
}

impl RecurrenceRow {
    fn of(recurrence: &AccessReviewRecurrence) -> Self {
        let pattern = recurrence.pattern.map(|pattern| {
            let (kind, interval) = match pattern {
                AccessReviewPattern::Weekly { interval } => ("weekly", interval),
                AccessReviewPattern::AbsoluteMonthly { interval } => ("absoluteMonthly", interval),
            };
            PatternRow {
                kind,
                interval,
                month: 0,
                day_of_month: 0,
                days_of_week: [],
                first_day_of_week: "sunday",
                index: "first",
            }
        });
        let no_end = || "9999-12-31".to_owned();
        let (kind, number_of_occurrences, end_date) = match recurrence.range {
            AccessReviewRange::NoEnd => ("noEnd", 0, no_end()),
            AccessReviewRange::EndDate(end) => ("endDate", 0, date(end)),
            AccessReviewRange::Numbered(count) => ("numbered", count, no_end()),
        };
        let start_date = date(recurrence.start);
        Self {
            pattern,
            range: RangeRow { kind, number_of_occurrences, recurrence_time_zone: None, start_date, end_date },
        }
    }
}

fn date(at: Instant) -> String {
    at.to_string().chars().take(10).collect()
}

/// `accessReviewStageSettings`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StageSettingsRow<'a> {
    stage_id: &'a str,
    depends_on: &'a [String],
    duration_in_days: u32,
    recommendations_enabled: bool,
    decisions_that_will_move_to_next_stage: Vec<&'static str>,
    reviewers: Spelled<'a>,
    fallback_reviewers: Spelled<'a>,
    recommendation_insight_settings: [&'static str; 0],
}

impl<'a> StageSettingsRow<'a> {
    pub(super) fn of(stage: &'a AccessReviewStageSettings, properties: &AccessReviewProperties) -> Self {
        let recommends = stage.recommendations_enabled.unwrap_or(properties.settings.recommendations_enabled);
        Self {
            stage_id: &stage.stage_id,
            depends_on: &stage.depends_on,
            duration_in_days: stage.duration_in_days,
            recommendations_enabled: recommends,
            decisions_that_will_move_to_next_stage: (stage.decisions_that_will_move_to_next_stage.iter())
                .map(|it| it.name())
                .collect(),
            reviewers: Spelled::reviewers(&stage.reviewers),
            fallback_reviewers: Spelled::reviewers(&stage.fallback_reviewers),
            recommendation_insight_settings: [],
        }
    }
}
