//! What the definition of an access review can be.

use super::rights;
use crate::decide::Context;
use crate::family::groups;
use crate::id::PrincipalId;
use crate::model::access_review::{
    AccessReviewDefault, AccessReviewPattern, AccessReviewPrincipals, AccessReviewProperties, AccessReviewRange,
    AccessReviewRecurrence, AccessReviewResource, AccessReviewReviewers, AccessReviewTarget, ReviewerScope,
};
use crate::model::{Principal, PrincipalKind};
use crate::rejection::{AccessReviewFault, AccessReviewFlaw, Rejection};
use crate::state::State;
use crate::time::{Instant, Length};

crate::implements!["REV-4", "REV-8", "REV-10", "REV-11", "REV-14", "LIC-11"];

/// Over how many days inactivity is looked for at most (REV-8).
const LONGEST_INACTIVITY: Length = Length::days(730);

impl From<AccessReviewFlaw> for Rejection {
    fn from(flaw: AccessReviewFlaw) -> Self {
        AccessReviewFault::InvalidAccessReview(flaw).into()
    }
}

/// Refuses what cannot be: of a thing that is not there, without a licence for it, or held in an impossible way.
pub(super) fn require(context: &Context<'_>, properties: &AccessReviewProperties) -> Result<(), Rejection> {
    let state = context.state;
    match properties.scope.target {
        AccessReviewTarget::One(resource) => rights::exists(state, resource)?,
        AccessReviewTarget::GroupsWithGuests => {}
    }
    licensed(state, properties)?;
    scope(properties)?;
    timing(context.now, properties)?;
    settings(properties)?;
    stages(properties)?;
    if properties.stages.is_empty() {
        return reviewers(state, properties.scope.target, (&properties.reviewers, &properties.fallback_reviewers));
    }
    let mut stages = properties.stages.iter();
    stages.try_for_each(|it| reviewers(state, properties.scope.target, (&it.reviewers, &it.fallback_reviewers)))
}

/// Some reviews take more than P2 (LIC-11). The licence for workload identities is not told from the other one.
fn licensed(state: &State, properties: &AccessReviewProperties) -> Result<(), Rejection> {
    let scope = &properties.scope;
    let is_of_managed_group = match scope.target {
        AccessReviewTarget::One(AccessReviewResource::Group(group)) => rights::is_managed(state, group),
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_) | AccessReviewResource::AzureRole { .. })
        | AccessReviewTarget::GroupsWithGuests => false,
    };
    let takes_more = is_of_managed_group
        || scope.inactive_for.is_some()
        || scope.principals.contains(&AccessReviewPrincipals::ServicePrincipals);
    let has_more = state.tenant.as_ref().is_none_or(|tenant| tenant.license.includes_governance());
    if takes_more && !has_more { Err(AccessReviewFault::GovernanceLicenseRequired.into()) } else { Ok(()) }
}

fn scope(properties: &AccessReviewProperties) -> Result<(), AccessReviewFlaw> {
    if properties.display_name.trim().is_empty() {
        return Err(AccessReviewFlaw::Name);
    }
    if properties.scope.principals.is_empty() {
        return Err(AccessReviewFlaw::Principals);
    }
    match properties.scope.inactive_for {
        Some(length) if length < Length::days(1) || length > LONGEST_INACTIVITY => {
            Err(AccessReviewFlaw::InactiveDuration)
        }
        Some(_) | None => Ok(()),
    }
}

/// An occurrence is over before the next one begins (REV-4), and there is at least one.
fn timing(now: Instant, properties: &AccessReviewProperties) -> Result<(), AccessReviewFlaw> {
    let recurrence = properties.settings.recurrence;
    let pattern = recurrence.and_then(|it| it.pattern);
    match pattern {
        Some(AccessReviewPattern::Weekly { interval: 0 }) => return Err(AccessReviewFlaw::Interval),
        Some(AccessReviewPattern::AbsoluteMonthly { interval }) if ![1, 3, 6, 12].contains(&interval) => {
            return Err(AccessReviewFlaw::Interval);
        }
        Some(AccessReviewPattern::Weekly { .. } | AccessReviewPattern::AbsoluteMonthly { .. }) | None => {}
    }
    let (days, most) = (properties.duration_in_days(), pattern.map_or(u32::MAX, AccessReviewPattern::most_days));
    if days == 0 || days > most || properties.stages.iter().any(|stage| stage.duration_in_days == 0) {
        return Err(AccessReviewFlaw::Duration { days, most });
    }
    match recurrence {
        Some(AccessReviewRecurrence { pattern: Some(_), range: AccessReviewRange::Numbered(0), .. }) => {
            Err(AccessReviewFlaw::Occurrences)
        }
        Some(AccessReviewRecurrence { pattern: Some(_), start, range: AccessReviewRange::EndDate(day) })
            if day < start || day.plus(Length::days(1)) <= now =>
        {
            Err(AccessReviewFlaw::EndBeforeStart)
        }
        Some(_) | None => Ok(()),
    }
}

fn settings(properties: &AccessReviewProperties) -> Result<(), AccessReviewFlaw> {
    let settings = &properties.settings;
    if settings.default_decision_enabled && settings.default_decision == AccessReviewDefault::None {
        return Err(AccessReviewFlaw::DefaultDecision);
    }
    let look_backs = properties.stages.iter().filter_map(|it| it.recommendation_look_back_duration);
    let mut look_backs = look_backs.chain([settings.recommendation_look_back_duration]);
    if look_backs.any(|it| it <= Length::ZERO) { Err(AccessReviewFlaw::LookBack) } else { Ok(()) }
}

/// Groups are reviewed in two or three stages, or in none; roles in none (REV-14).
fn stages(properties: &AccessReviewProperties) -> Result<(), AccessReviewFlaw> {
    if properties.stages.is_empty() {
        return Ok(());
    }
    match properties.scope.target {
        AccessReviewTarget::One(AccessReviewResource::DirectoryRole(_) | AccessReviewResource::AzureRole { .. }) => {
            Err(AccessReviewFlaw::StagesNotSupported)
        }
        AccessReviewTarget::One(AccessReviewResource::Group(_)) | AccessReviewTarget::GroupsWithGuests => {
            if matches!(properties.stages.len(), 2..=3) { Ok(()) } else { Err(AccessReviewFlaw::Stages) }
        }
    }
}

/// Those who decide must be there, and such as decide about that.
pub(super) fn reviewers(
    state: &State,
    target: AccessReviewTarget,
    (reviewers, fallback): (&[ReviewerScope], &[ReviewerScope]),
) -> Result<(), Rejection> {
    for scope in reviewers.iter().chain(fallback) {
        reviewer(state, target, scope.who)?;
    }
    let AccessReviewTarget::One(AccessReviewResource::Group(id)) = target else { return Ok(()) };
    if reviewers.is_empty() && groups::find(state, id).is_some_and(|(_, group)| group.is_assignable_to_role) {
        return Err(AccessReviewFlaw::SelfReview.into());
    }
    let asks_owners = reviewers.iter().any(|it| match it.who {
        AccessReviewReviewers::OwnersOfReviewedGroup => true,
        AccessReviewReviewers::GroupOwners(group) => group == id,
        AccessReviewReviewers::User(_)
        | AccessReviewReviewers::GroupMembers(_)
        | AccessReviewReviewers::Managers
        | AccessReviewReviewers::ServicePrincipalOwners(_) => false,
    });
    if asks_owners && fallback.is_empty() && rights::is_managed(state, id) {
        return Err(AccessReviewFlaw::FallbackReviewers.into());
    }
    Ok(())
}

fn reviewer(state: &State, target: AccessReviewTarget, who: AccessReviewReviewers) -> Result<(), AccessReviewFlaw> {
    let must_be = |id: PrincipalId, kind| {
        let found = state.directory.get(id).map(Principal::kind);
        if found == Some(kind) { Ok(()) } else { Err(AccessReviewFlaw::ReviewerNotFound(id)) }
    };
    match who {
        AccessReviewReviewers::User(id) => must_be(id, PrincipalKind::User),
        AccessReviewReviewers::GroupMembers(id) | AccessReviewReviewers::GroupOwners(id) => {
            must_be(id, PrincipalKind::Group)
        }
        AccessReviewReviewers::ServicePrincipalOwners(id) => must_be(id, PrincipalKind::ServicePrincipal),
        AccessReviewReviewers::Managers => Ok(()),
        AccessReviewReviewers::OwnersOfReviewedGroup => match target {
            AccessReviewTarget::One(AccessReviewResource::Group(_)) | AccessReviewTarget::GroupsWithGuests => Ok(()),
            AccessReviewTarget::One(
                AccessReviewResource::DirectoryRole(_) | AccessReviewResource::AzureRole { .. },
            ) => Err(AccessReviewFlaw::OwnersOfReviewedGroup),
        },
    }
}
