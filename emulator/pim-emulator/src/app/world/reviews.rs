//! The access reviews of a world: made last, as whoever sets up the tenant.

use super::error::{Fault, Step, steps};
use super::handles::at;
use super::load::Loader;
use super::review_entry::{AccessReviewEntry, AssignmentsWord, FrequencyWord, ReviewedByWord, SilenceWord, WhoseWord};
use pim_core::model::access_review::{
    AccessReviewAssignments, AccessReviewDefault, AccessReviewPattern, AccessReviewPrincipals, AccessReviewProperties,
    AccessReviewRange, AccessReviewRecurrence, AccessReviewResource, AccessReviewReviewers, AccessReviewScope,
    AccessReviewSettings, AccessReviewTarget, ReviewerScope,
};
use pim_core::time::{Instant, Length};
use pim_core::{AccessReviewCommand, AccessReviewDefinitionId};

/// Makes them, in the order of the file. They begin when the tenant does, or on the day that they name.
pub(super) fn make(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let world = loader.world;
    for (place, entry) in world.access_reviews.iter().enumerate() {
        let here = |key: &'static str| steps!["accessReviews", place, key];
        entry.look_at().map_err(|(key, message)| Fault { path: here(key), message })?;
        if loader.names.access_reviews.contains_key(&entry.name) {
            let message = format!("'{}' is the name of an access review already", entry.name);
            return Err(Fault { path: here("name"), message });
        }
        let resource = resource(loader, entry, here)?;
        let properties = properties(loader, entry, resource, here)?;
        let command = AccessReviewCommand::Create { id: None, properties: Box::new(properties) };
        let made = loader.issue(loader.now, &command.into(), || steps!["accessReviews", place])?.made;
        loader.names.access_reviews.extend(made.map(|id| (entry.name.clone(), AccessReviewDefinitionId(id))));
    }
    Ok(())
}

fn resource(
    loader: &mut Loader<'_>,
    entry: &AccessReviewEntry,
    here: impl Fn(&'static str) -> Vec<Step>,
) -> Result<AccessReviewResource, Fault> {
    if let Some(name) = &entry.role {
        let role = at(loader.handles.role(name), || here("role"))?;
        loader.roles_named.insert(role);
        return Ok(AccessReviewResource::DirectoryRole(role));
    }
    if let Some(name) = &entry.group {
        return at(loader.handles.group(name), || here("group")).map(AccessReviewResource::Group);
    }
    let role = at(loader.handles.azure_role(entry.azure_role.as_deref().unwrap_or_default()), || here("azureRole"))?;
    loader.azure_roles_named.insert(role);
    let scope = at(loader.azure_scope(entry.scope.as_deref().unwrap_or_default()), || here("scope"))?;
    Ok(AccessReviewResource::AzureRole { role, scope })
}

fn properties(
    loader: &Loader<'_>,
    entry: &AccessReviewEntry,
    resource: AccessReviewResource,
    here: impl Fn(&'static str) -> Vec<Step>,
) -> Result<AccessReviewProperties, Fault> {
    let by = |who| vec![ReviewerScope { who, kept: None }];
    let reviewers = match (entry.reviewed_by, resource) {
        (Some(ReviewedByWord::Managers), _) => by(AccessReviewReviewers::Managers),
        (Some(ReviewedByWord::Owners), AccessReviewResource::Group(group)) => {
            by(AccessReviewReviewers::GroupOwners(group))
        }
        (Some(ReviewedByWord::Owners | ReviewedByWord::Themselves) | None, _) => {
            people(loader, &entry.reviewers, "reviewers", &here)?
        }
    };
    let description = entry.description.clone().unwrap_or_default();
    Ok(AccessReviewProperties {
        display_name: entry.display_name.clone().unwrap_or_else(|| entry.name.clone()),
        description_for_admins: description.clone(),
        description_for_reviewers: description,
        scope: scope(entry, resource),
        reviewers,
        fallback_reviewers: people(loader, &entry.fallback, "fallback", &here)?,
        settings: settings(entry, loader.now),
        stages: Vec::new(),
        additional_recipients: Vec::new(),
        kept: Vec::new(),
    })
}

/// Users each by themselves, groups by their members.
fn people(
    loader: &Loader<'_>,
    names: &[String],
    key: &'static str,
    here: impl Fn(&'static str) -> Vec<Step>,
) -> Result<Vec<ReviewerScope>, Fault> {
    let one = |(nth, name): (usize, &String)| {
        let path = || here(key).into_iter().chain([Step::Index(nth)]).collect();
        let named = at(loader.handles.principal(name), path)?;
        let who = match named.kind {
            "group" => AccessReviewReviewers::GroupMembers(named.id),
            _ => AccessReviewReviewers::User(named.id),
        };
        Ok(ReviewerScope { who, kept: None })
    };
    names.iter().enumerate().map(one).collect()
}

fn scope(entry: &AccessReviewEntry, resource: AccessReviewResource) -> AccessReviewScope {
    let is_group = entry.group.is_some();
    let principals = match entry.whose {
        WhoseWord::People if is_group || entry.inactive_for.is_some() => vec![AccessReviewPrincipals::Users],
        WhoseWord::People => vec![AccessReviewPrincipals::Users, AccessReviewPrincipals::Groups],
        WhoseWord::Guests => vec![AccessReviewPrincipals::Guests],
        WhoseWord::Applications => vec![AccessReviewPrincipals::ServicePrincipals],
    };
    AccessReviewScope {
        target: AccessReviewTarget::One(resource),
        principals,
        assignments: match entry.assignments {
            None => AccessReviewAssignments::All,
            Some(AssignmentsWord::Eligible) => AccessReviewAssignments::Eligible,
            Some(AssignmentsWord::Active) => AccessReviewAssignments::Active,
        },
        is_transitive: is_group,
        inactive_for: entry.inactive_for,
    }
}

fn settings(entry: &AccessReviewEntry, now: Instant) -> AccessReviewSettings {
    let otherwise = AccessReviewSettings::default();
    let pattern = entry.every.map(|every| match every {
        FrequencyWord::Week => AccessReviewPattern::Weekly { interval: 1 },
        FrequencyWord::Month | FrequencyWord::Quarter | FrequencyWord::HalfYear | FrequencyWord::Year => {
            AccessReviewPattern::AbsoluteMonthly { interval: every.months().unwrap_or(1) }
        }
    });
    let range = match (entry.times, entry.until) {
        (Some(times), _) => AccessReviewRange::Numbered(times),
        (None, Some(until)) => AccessReviewRange::EndDate(midnight(until)),
        (None, None) => AccessReviewRange::NoEnd,
    };
    let recurrence = AccessReviewRecurrence { pattern, start: midnight(entry.start.unwrap_or(now)), range };
    AccessReviewSettings {
        mail_notifications_enabled: entry.mails,
        reminder_notifications_enabled: entry.reminders,
        justification_required_on_approval: entry.justification,
        default_decision_enabled: entry.silence != SilenceWord::Keep,
        default_decision: match entry.silence {
            SilenceWord::Keep => AccessReviewDefault::None,
            SilenceWord::Approve => AccessReviewDefault::Approve,
            SilenceWord::Deny => AccessReviewDefault::Deny,
            SilenceWord::Recommendation => AccessReviewDefault::Recommendation,
        },
        auto_apply_decisions_enabled: entry.auto_apply,
        recommendations_enabled: entry.recommendations.unwrap_or(true),
        recommendation_look_back_duration: entry.look_back.unwrap_or(otherwise.recommendation_look_back_duration),
        instance_duration_in_days: entry.duration_in_days(),
        recurrence: (pattern.is_some() || entry.start.is_some()).then_some(recurrence),
        decision_histories_for_reviewers_enabled: false,
    }
}

fn midnight(at: Instant) -> Instant {
    let day = Length::days(1).milliseconds();
    Instant::from_milliseconds(at.milliseconds().div_euclid(day) * day)
}
