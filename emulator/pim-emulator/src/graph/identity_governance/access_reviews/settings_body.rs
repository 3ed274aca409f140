//! How an access review is held and how often it comes, as clients write it.

use super::reviewer_body::reviewers;
use super::scope_body::{ScopeBody, fault};
use super::spelled::AsWritten;
use crate::graph::error::GraphError;
use pim_core::model::access_review::{
    AccessReviewDefault, AccessReviewPattern, AccessReviewRange, AccessReviewRecurrence, AccessReviewResult,
    AccessReviewSettings, AccessReviewStageSettings,
};
use pim_core::time::{Instant, Length};

crate::request_body! {
    /// `accessReviewScheduleSettings`.
    SettingsBody {
        /// Whether mails are sent.
        mail_notifications_enabled / "mailNotificationsEnabled": bool,
        /// Whether reviewers are reminded.
        reminder_notifications_enabled / "reminderNotificationsEnabled": bool,
        /// Whether a yes needs a reason.
        justification_required_on_approval / "justificationRequiredOnApproval": bool,
        /// Whether the default decision counts.
        default_decision_enabled / "defaultDecisionEnabled": bool,
        /// The default decision.
        default_decision / "defaultDecision": String,
        /// How long an occurrence lasts.
        instance_duration_in_days / "instanceDurationInDays": i64,
        /// Whether the outcome takes effect by itself.
        auto_apply_decisions_enabled / "autoApplyDecisionsEnabled": bool,
        /// Whether something is recommended.
        recommendations_enabled / "recommendationsEnabled": bool,
        /// How far recommendations look back.
        recommendation_look_back_duration / "recommendationLookBackDuration": String,
        /// Whether later reviewers see what earlier ones decided.
        decision_histories_for_reviewers_enabled / "decisionHistoriesForReviewersEnabled": bool,
        /// How often it comes.
        recurrence / "recurrence": RecurrenceBody,
        /// What is done with those who are denied.
        apply_actions / "applyActions": AsWritten,
        /// What recommendations rest on.
        recommendation_insight_settings / "recommendationInsightSettings": AsWritten,
    }
    /// `patternedRecurrence`.
    RecurrenceBody {
        /// How often.
        pattern / "pattern": PatternBody,
        /// From when to when.
        range / "range": RangeBody,
    }
    /// `recurrencePattern`, as far as it matters.
    PatternBody {
        /// Weeks or months.
        kind / "type": String,
        /// How many.
        interval / "interval": i64,
    }
    /// `recurrenceRange`.
    RangeBody {
        /// How it ends.
        kind / "type": String,
        /// The first day.
        start_date / "startDate": String,
        /// The last day.
        end_date / "endDate": String,
        /// How many there are.
        number_of_occurrences / "numberOfOccurrences": i64,
    }
    /// `accessReviewStageSettings`.
    StageBody {
        /// What the stage is called.
        stage_id / "stageId": String,
        /// After which it comes.
        depends_on / "dependsOn": Vec<String>,
        /// How long it lasts.
        duration_in_days / "durationInDays": i64,
        /// Who reviews.
        reviewers / "reviewers": Vec<ScopeBody>,
        /// Who reviews where nobody else is found.
        fallback_reviewers / "fallbackReviewers": Vec<ScopeBody>,
        /// Whether something is recommended.
        recommendations_enabled / "recommendationsEnabled": bool,
        /// How far recommendations look back.
        recommendation_look_back_duration / "recommendationLookBackDuration": String,
        /// With which decisions one moves on.
        moving_on / "decisionsThatWillMoveToNextStage": Vec<String>,
    }
}

/// The last day that there is, which stands for no end.
const LAST_DAY: &str = "9999-12-31";

impl SettingsBody {
    /// The settings, from now on.
    ///
    /// # Errors
    /// What makes no sense of them.
    pub(super) fn read(&self, now: Instant) -> Result<AccessReviewSettings, GraphError> {
        let otherwise = AccessReviewSettings::default();
        let default_decision = match self.default_decision.as_deref().unwrap_or_default() {
            "" => AccessReviewDefault::None,
            word => AccessReviewDefault::parse(word)
                .ok_or_else(|| fault(format_args!("defaultDecision: '{word}' is not a decision")))?,
        };
        let look_back = self.recommendation_look_back_duration.as_deref();
        let look_back = look_back.map(|text| length("recommendationLookBackDuration", text)).transpose()?;
        Ok(AccessReviewSettings {
            mail_notifications_enabled: self.mail_notifications_enabled.unwrap_or_default(),
            reminder_notifications_enabled: self.reminder_notifications_enabled.unwrap_or_default(),
            justification_required_on_approval: self.justification_required_on_approval.unwrap_or_default(),
            default_decision_enabled: self.default_decision_enabled.unwrap_or_default(),
            default_decision,
            auto_apply_decisions_enabled: self.auto_apply_decisions_enabled.unwrap_or_default(),
            recommendations_enabled: self.recommendations_enabled.unwrap_or_default(),
            recommendation_look_back_duration: look_back.unwrap_or(otherwise.recommendation_look_back_duration),
            instance_duration_in_days: match self.instance_duration_in_days {
                None => otherwise.instance_duration_in_days,
                Some(days) => number("instanceDurationInDays", days)?,
            },
            recurrence: self.recurrence.as_ref().map(|it| it.read(now)).transpose()?,
            decision_histories_for_reviewers_enabled: self.decision_histories_for_reviewers_enabled.unwrap_or_default(),
        })
    }

    /// What is kept of them as it was written.
    pub(super) fn kept(&self) -> impl Iterator<Item = (String, String)> {
        let kept = [
            ("settings.applyActions", &self.apply_actions),
            ("settings.recommendationInsightSettings", &self.recommendation_insight_settings),
        ];
        kept.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.as_ref()?.0.clone())))
    }
}

impl RecurrenceBody {
    fn read(&self, now: Instant) -> Result<AccessReviewRecurrence, GraphError> {
        let pattern = self.pattern.as_ref().map(PatternBody::read).transpose()?;
        let range = self.range.clone().unwrap_or_default();
        let start = match range.start_date.as_deref().filter(|text| !text.starts_with("0001-01-01")) {
            Some(text) => day("recurrence.range.startDate", text)?,
            None => midnight(now),
        };
        // What is held once has no end to speak of.
        let end = if pattern.is_some() { range.end()? } else { AccessReviewRange::NoEnd };
        Ok(AccessReviewRecurrence { pattern, start, range: end })
    }
}

impl PatternBody {
    fn read(&self) -> Result<AccessReviewPattern, GraphError> {
        let interval = number("recurrence.pattern.interval", self.interval.unwrap_or(1))?;
        let kind = self.kind.as_deref().unwrap_or_default();
        if kind.eq_ignore_ascii_case("weekly") {
            Ok(AccessReviewPattern::Weekly { interval })
        } else if kind.eq_ignore_ascii_case("absoluteMonthly") {
            Ok(AccessReviewPattern::AbsoluteMonthly { interval })
        } else {
            Err(fault(format_args!("recurrence.pattern.type: '{kind}' is neither weekly nor absoluteMonthly")))
        }
    }
}

impl RangeBody {
    fn end(&self) -> Result<AccessReviewRange, GraphError> {
        const END: &str = "recurrence.range.endDate";
        let kind = self.kind.as_deref().unwrap_or("noEnd");
        let is = |word: &str| kind.eq_ignore_ascii_case(word);
        let has_no_end = self.end_date.as_deref().is_some_and(|text| text.starts_with(LAST_DAY));
        if is("noEnd") {
            Ok(AccessReviewRange::NoEnd)
        } else if is("endDate") {
            let text = self.end_date.as_deref().ok_or_else(|| fault(format_args!("{END} is missing")))?;
            Ok(if has_no_end { AccessReviewRange::NoEnd } else { AccessReviewRange::EndDate(day(END, text)?) })
        } else if is("numbered") {
            match self.number_of_occurrences.unwrap_or_default() {
                // So series that never end are written in places.
                0 if has_no_end => Ok(AccessReviewRange::NoEnd),
                count => Ok(AccessReviewRange::Numbered(number("recurrence.range.numberOfOccurrences", count)?)),
            }
        } else {
            Err(fault(format_args!("recurrence.range.type: '{kind}' is none of noEnd, endDate and numbered")))
        }
    }
}

impl StageBody {
    /// A stage.
    ///
    /// # Errors
    /// What makes no sense of it.
    pub(super) fn read(&self) -> Result<AccessReviewStageSettings, GraphError> {
        let decisions = self.moving_on.iter().flatten().map(|word| {
            AccessReviewResult::parse(word)
                .ok_or_else(|| fault(format_args!("decisionsThatWillMoveToNextStage: '{word}' is no decision")))
        });
        let look_back = self.recommendation_look_back_duration.as_deref();
        Ok(AccessReviewStageSettings {
            stage_id: self.stage_id.clone().unwrap_or_default(),
            depends_on: self.depends_on.clone().unwrap_or_default(),
            duration_in_days: number("durationInDays", self.duration_in_days.unwrap_or_default())?,
            reviewers: reviewers(self.reviewers.as_deref().unwrap_or_default())?,
            fallback_reviewers: reviewers(self.fallback_reviewers.as_deref().unwrap_or_default())?,
            recommendations_enabled: self.recommendations_enabled,
            recommendation_look_back_duration: look_back
                .map(|text| length("recommendationLookBackDuration", text))
                .transpose()?,
            decisions_that_will_move_to_next_stage: decisions.collect::<Result<_, _>>()?,
            kept: Vec::new(),
        })
    }
}

fn number(name: &str, value: i64) -> Result<u32, GraphError> {
    u32::try_from(value).map_err(|_| fault(format_args!("{name}: {value} is too few or too many")))
}

fn length(name: &str, text: &str) -> Result<Length, GraphError> {
    Length::parse(text).map_err(|error| fault(format_args!("{name}: '{text}': {error}")))
}

/// A day, written as one or as an instant of it: its midnight.
pub(super) fn day(name: &str, text: &str) -> Result<Instant, GraphError> {
    let at = Instant::parse(text).or_else(|| Instant::parse(&format!("{text}T00:00:00Z")));
    at.map(midnight).ok_or_else(|| fault(format_args!("{name}: '{text}' is no day")))
}

fn midnight(at: Instant) -> Instant {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    Instant::from_milliseconds(at.milliseconds().div_euclid(DAY) * DAY)
}
