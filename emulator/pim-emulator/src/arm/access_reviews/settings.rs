//! How access reviews are held and how often they come: read, and written.

use crate::arm::body::Truth;
use crate::arm::error::ArmError;
use pim_core::model::access_review::{
    AccessReviewDefault, AccessReviewPattern, AccessReviewRange, AccessReviewRecurrence, AccessReviewSettings,
};
use pim_core::time::{Instant, Length};

crate::request_body! {
    /// How a review is held.
    SettingsBody {
        /// Whether mails are sent.
        mail_notifications_enabled / "mailNotificationsEnabled": Truth,
        /// Whether reviewers are reminded.
        reminder_notifications_enabled / "reminderNotificationsEnabled": Truth,
        /// Whether the default decision counts.
        default_decision_enabled / "defaultDecisionEnabled": Truth,
        /// Whether a yes needs a reason.
        justification_required_on_approval / "justificationRequiredOnApproval": Truth,
        /// The default decision.
        default_decision / "defaultDecision": String,
        /// Whether the outcome takes effect by itself.
        auto_apply_decisions_enabled / "autoApplyDecisionsEnabled": Truth,
        /// Whether something is recommended.
        recommendations_enabled / "recommendationsEnabled": Truth,
        /// How far recommendations look back.
        recommendation_look_back_duration / "recommendationLookBackDuration": String,
        /// How long an occurrence lasts.
        instance_duration_in_days / "instanceDurationInDays": i64,
        /// How often it comes.
        recurrence / "recurrence": RecurrenceBody,
    }
    /// How often a review comes.
    RecurrenceBody {
        /// Weeks or months.
        pattern / "pattern": PatternBody,
        /// From when to when.
        range / "range": RangeBody,
    }
    /// A period.
    PatternBody {
        /// Weeks or months.
        kind / "type": String,
        /// How many.
        interval / "interval": i64,
    }
    /// When a series begins and ends.
    RangeBody {
        /// How it ends.
        kind / "type": String,
        /// How many there are.
        number_of_occurrences / "numberOfOccurrences": i64,
        /// The first day.
        start_date / "startDate": String,
        /// The last day.
        end_date / "endDate": String,
    }
}

fn invalid(what: impl Into<String>) -> ArmError {
    ArmError::InvalidProperty(what.into())
}

fn truth(value: Option<Truth>, otherwise: bool) -> bool {
    value.map_or(otherwise, |it| it.0)
}

impl SettingsBody {
    /// The settings; what is left out is as it is where nobody says so.
    ///
    /// # Errors
    /// What makes no sense of them.
    pub(super) fn read(&self, before: &AccessReviewSettings, now: Instant) -> Result<AccessReviewSettings, ArmError> {
        let default_decision = match self.default_decision.as_deref() {
            None => before.default_decision,
            Some(word) => AccessReviewDefault::parse(word)
                .ok_or_else(|| invalid(format!("defaultDecision: '{word}' is not a decision")))?,
        };
        let look_back = match self.recommendation_look_back_duration.as_deref() {
            None => before.recommendation_look_back_duration,
            Some(text) => Length::parse(text)
                .map_err(|error| invalid(format!("recommendationLookBackDuration: '{text}': {error}")))?,
        };
        let days = self.instance_duration_in_days.map(|days| number("instanceDurationInDays", days)).transpose()?;
        Ok(AccessReviewSettings {
            mail_notifications_enabled: truth(self.mail_notifications_enabled, before.mail_notifications_enabled),
            reminder_notifications_enabled: truth(
                self.reminder_notifications_enabled,
                before.reminder_notifications_enabled,
            ),
            justification_required_on_approval: truth(
                self.justification_required_on_approval,
                before.justification_required_on_approval,
            ),
            default_decision_enabled: truth(self.default_decision_enabled, before.default_decision_enabled),
            default_decision,
            auto_apply_decisions_enabled: truth(self.auto_apply_decisions_enabled, before.auto_apply_decisions_enabled),
            recommendations_enabled: truth(self.recommendations_enabled, before.recommendations_enabled),
            recommendation_look_back_duration: look_back,
            instance_duration_in_days: days.unwrap_or(before.instance_duration_in_days),
            recurrence: match &self.recurrence {
                None => before.recurrence,
                Some(recurrence) => Some(recurrence.read(now)?),
            },
            decision_histories_for_reviewers_enabled: before.decision_histories_for_reviewers_enabled,
        })
    }
}

impl RecurrenceBody {
    fn read(&self, now: Instant) -> Result<AccessReviewRecurrence, ArmError> {
        let pattern = match self.pattern.as_ref().and_then(|it| Some((it, it.kind.as_deref()?))) {
            None => None,
            Some((pattern, kind)) => {
                let interval = number("recurrence.pattern.interval", pattern.interval.unwrap_or(1))?;
                Some(match kind {
                    _ if kind.eq_ignore_ascii_case("weekly") => AccessReviewPattern::Weekly { interval },
                    _ if kind.eq_ignore_ascii_case("absoluteMonthly") => {
                        AccessReviewPattern::AbsoluteMonthly { interval }
                    }
                    _ => return Err(invalid(format!("recurrence.pattern.type: '{kind}' is neither of the two"))),
                })
            }
        };
        let range = self.range.clone().unwrap_or_default();
        let start = range.start_date.as_deref().map_or(Ok(now), |text| day("recurrence.range.startDate", text))?;
        let end = if pattern.is_some() { range.end()? } else { AccessReviewRange::NoEnd };
        Ok(AccessReviewRecurrence { pattern, start: midnight(start), range: end })
    }
}

impl RangeBody {
    fn end(&self) -> Result<AccessReviewRange, ArmError> {
        let kind = self.kind.as_deref().unwrap_or("noEnd");
        match kind {
            _ if kind.eq_ignore_ascii_case("noEnd") => Ok(AccessReviewRange::NoEnd),
            _ if kind.eq_ignore_ascii_case("endDate") => {
                let text = self.end_date.as_deref().ok_or_else(|| invalid("recurrence.range.endDate is missing"))?;
                Ok(AccessReviewRange::EndDate(midnight(day("recurrence.range.endDate", text)?)))
            }
            _ if kind.eq_ignore_ascii_case("numbered") => {
                let count = self.number_of_occurrences.unwrap_or_default();
                Ok(AccessReviewRange::Numbered(number("recurrence.range.numberOfOccurrences", count)?))
            }
            _ => Err(invalid(format!("recurrence.range.type: '{kind}' is none of noEnd, endDate and numbered"))),
        }
    }
}

fn number(name: &str, value: i64) -> Result<u32, ArmError> {
    u32::try_from(value).map_err(|_| invalid(format!("{name}: {value} is too few or too many")))
}

fn day(name: &str, text: &str) -> Result<Instant, ArmError> {
    let at = Instant::parse(text).or_else(|| Instant::parse(&format!("{text}T00:00:00Z")));
    at.ok_or_else(|| invalid(format!("{name}: '{text}' is no date-time")))
}

fn midnight(at: Instant) -> Instant {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    Instant::from_milliseconds(at.milliseconds().div_euclid(DAY) * DAY)
}

/// Settings as they are written.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own on the wire")]
#[derive(Debug)]
pub(super) struct SettingsRow {
    mail_notifications_enabled: bool,
    reminder_notifications_enabled: bool,
    default_decision_enabled: bool,
    justification_required_on_approval: bool,
    default_decision: &'static str,
    auto_apply_decisions_enabled: bool,
    recommendations_enabled: bool,
    recommendation_look_back_duration: Length,
    instance_duration_in_days: usize,
    recurrence: Option<RecurrenceRow>,
}

#[derive(Debug)]
struct RecurrenceRow {
    pattern: Option<PatternRow>,
    range: RangeRow,
}

#[derive(Debug)]
struct PatternRow {
    kind: &'static str,
    interval: usize,
}

#[derive(Debug)]
struct RangeRow {
    kind: &'static str,
    number_of_occurrences: Option<usize>,
    start_date: Instant,
    end_date: Option<Instant>,
}

crate::arm_object! {
    SettingsRow {
        mail_notifications_enabled / "mailNotificationsEnabled",
        reminder_notifications_enabled / "reminderNotificationsEnabled",
        default_decision_enabled / "defaultDecisionEnabled",
        justification_required_on_approval / "justificationRequiredOnApproval",
        default_decision / "defaultDecision",
        auto_apply_decisions_enabled / "autoApplyDecisionsEnabled",
        recommendations_enabled / "recommendationsEnabled",
        recommendation_look_back_duration / "recommendationLookBackDuration",
        instance_duration_in_days / "instanceDurationInDays",
        recurrence / "recurrence",
    }
    RecurrenceRow { pattern / "pattern", range / "range" }
    PatternRow { kind / "type", interval / "interval" }
    RangeRow {
        kind / "type",
        number_of_occurrences / "numberOfOccurrences",
        start_date / "startDate",
        end_date / "endDate",
    }
}

impl SettingsRow {
    pub(super) fn of(settings: &AccessReviewSettings) -> Self {
        Self {
            mail_notifications_enabled: settings.mail_notifications_enabled,
            reminder_notifications_enabled: settings.reminder_notifications_enabled,
            default_decision_enabled: settings.default_decision_enabled,
            justification_required_on_approval: settings.justification_required_on_approval,
            default_decision: settings.default_decision.name(),
            auto_apply_decisions_enabled: settings.auto_apply_decisions_enabled,
            recommendations_enabled: settings.recommendations_enabled,
            recommendation_look_back_duration: settings.recommendation_look_back_duration,
            instance_duration_in_days: settings.instance_duration_in_days as usize,
            recurrence: settings.recurrence.map(RecurrenceRow::of),
        }
    }
}

impl RecurrenceRow {
    fn of(recurrence: AccessReviewRecurrence) -> Self {
        let (kind, number_of_occurrences, end_date) = match recurrence.range {
            AccessReviewRange::NoEnd => ("noEnd", None, None),
            AccessReviewRange::EndDate(end) => ("endDate", None, Some(end)),
            AccessReviewRange::Numbered(count) => ("numbered", Some(count as usize), None),
        };
        let pattern = recurrence.pattern.map(|pattern| match pattern {
            AccessReviewPattern::Weekly { interval } => PatternRow { kind: "weekly", interval: interval as usize },
            AccessReviewPattern::AbsoluteMonthly { interval } => {
                PatternRow { kind: "absoluteMonthly", interval: interval as usize }
            }
        });
        Self { pattern, range: RangeRow { kind, number_of_occurrences, start_date: recurrence.start, end_date } }
    }
}
