//! Conditional Access as far as PIM meets it: its objects, and what an authentication context takes.

use super::{Context, Decision, authority};
use crate::command::{Actor, AuthenticationContextChange, ConditionalAccessChange, Outcome};
use crate::event::Event;
use crate::id::{ConditionalAccessPolicyId, IdKind, PrincipalId, RoleDefinitionId};
use crate::model::conditional_access::{
    AuthenticationContext, AuthenticationContextId, ConditionalAccessApplications, ConditionalAccessPolicy,
    ConditionalAccessState, ConditionalAccessUser, ConditionalAccessUsers, ContextDemand, GrantControls, GrantOperator,
};
use crate::model::{Principal, UserType, roles};
use crate::rejection::Rejection;
use crate::state::{Slot, State};
use crate::time::Instant;
use uuid::Uuid;

crate::implements!["MFA-5", "MFA-6", "MFA-7"];

/// Whoever may change Conditional Access.
const EDITORS: [RoleDefinitionId; 3] =
    [roles::GLOBAL_ADMINISTRATOR, roles::SECURITY_ADMINISTRATOR, roles::CONDITIONAL_ACCESS_ADMINISTRATOR];

/// Whoever may read it.
pub(crate) const READERS: [RoleDefinitionId; 5] = [
    roles::GLOBAL_ADMINISTRATOR,
    roles::SECURITY_ADMINISTRATOR,
    roles::CONDITIONAL_ACCESS_ADMINISTRATOR,
    roles::GLOBAL_READER,
    roles::SECURITY_READER,
];

fn require_editor(context: &Context<'_>) -> Result<(), Rejection> {
    let may = match context.actor {
        Actor::SetUp | Actor::Application { .. } => true,
        Actor::User { id, .. } => {
            !context.state.behaviour.permission_enforcement
                || authority::holds_any(context.state, context.now, id, &EDITORS)
        }
    };
    if may { Ok(()) } else { Err(Rejection::NotPermitted) }
}

/// What making a policy would do.
pub(super) fn create(context: &mut Context<'_>, policy: &ConditionalAccessPolicy) -> Result<Decision, Rejection> {
    require_editor(context)?;
    let mut policy = policy.clone();
    named(&policy.display_name)?;
    users_exist(context.state, &policy.users)?;
    contexts_exist(context.state, &policy.applications)?;
    controlled(&policy)?;
    if context.state.conditional_access.policies.contains_key(&policy.id) {
        return Err(Rejection::NameTaken { property: "id", value: policy.id.to_string(), holder: None });
    }
    if policy.id.0 == Uuid::nil() {
        policy.id = ConditionalAccessPolicyId(context.ids.mint(IdKind::ConditionalAccessPolicy));
    }
    policy.created = context.now;
    let outcome = Outcome { conditional_access_policy: Some(policy.id), ..Outcome::default() };
    Ok(Decision { events: vec![Event::ConditionalAccessPolicySet(Box::new(policy))], outcome })
}

/// What changing a policy would do. Only what the change says is looked at: whoever is gone since does not keep a policy
/// from being switched off.
pub(super) fn update(
    context: &Context<'_>,
    id: ConditionalAccessPolicyId,
    change: &ConditionalAccessChange,
) -> Result<Decision, Rejection> {
    require_editor(context)?;
    let found = context.state.conditional_access.policies.get(&id);
    let mut policy = found.ok_or(Rejection::ConditionalAccessPolicyNotFound(id))?.clone();
    let change = change.clone();
    change.display_name.as_deref().map_or(Ok(()), named)?;
    change.users.as_ref().map_or(Ok(()), |users| users_exist(context.state, users))?;
    change.applications.as_ref().map_or(Ok(()), |applications| contexts_exist(context.state, applications))?;
    policy.display_name = change.display_name.unwrap_or(policy.display_name);
    policy.state = change.state.unwrap_or(policy.state);
    policy.users = change.users.unwrap_or(policy.users);
    policy.applications = change.applications.unwrap_or(policy.applications);
    policy.client_app_types = change.client_app_types.unwrap_or(policy.client_app_types);
    policy.grant_controls = change.grant_controls.unwrap_or(policy.grant_controls);
    for (property, text) in change.kept {
        policy.kept.retain(|(name, _)| *name != property);
        policy.kept.extend(text.map(|text| (property, text)));
    }
    controlled(&policy)?;
    policy.modified = Some(context.now);
    Ok(Decision::event(Event::ConditionalAccessPolicySet(Box::new(policy))))
}

/// What deleting a policy would do.
pub(super) fn delete(context: &Context<'_>, id: ConditionalAccessPolicyId) -> Result<Decision, Rejection> {
    require_editor(context)?;
    match context.state.conditional_access.policies.contains_key(&id) {
        true => Ok(Decision::event(Event::ConditionalAccessPolicyDeleted(id))),
        false => Err(Rejection::ConditionalAccessPolicyNotFound(id)),
    }
}

/// A policy has a name.
fn named(display_name: &str) -> Result<(), Rejection> {
    if display_name.trim().is_empty() { Err(Rejection::InvalidProperty { property: "displayName" }) } else { Ok(()) }
}

/// A policy controls the grant or the session.
fn controlled(policy: &ConditionalAccessPolicy) -> Result<(), Rejection> {
    if policy.grant_controls.is_some() || policy.kept("sessionControls").is_some() {
        Ok(())
    } else {
        Err(Rejection::InvalidProperty { property: "grantControls" })
    }
}

/// Everybody and every role that a policy is for is there.
fn users_exist(state: &State, users: &ConditionalAccessUsers) -> Result<(), Rejection> {
    for user in users.include_users.iter().chain(&users.exclude_users) {
        if let ConditionalAccessUser::User(id) = user {
            present(state, *id)?;
        }
    }
    for group in users.include_groups.iter().chain(&users.exclude_groups) {
        present(state, *group)?;
    }
    for role in users.include_roles.iter().chain(&users.exclude_roles) {
        // A custom role cannot be named, as if it were not there.
        state.role(*role).filter(|it| it.is_built_in).ok_or(Rejection::RoleNotFound(*role))?;
    }
    Ok(())
}

/// Every authentication context that a policy is for was published.
fn contexts_exist(state: &State, applications: &ConditionalAccessApplications) -> Result<(), Rejection> {
    for id in &applications.include_authentication_contexts {
        if !state.conditional_access.contexts.contains_key(id) {
            return Err(Rejection::AuthenticationContextNotFound(*id));
        }
    }
    Ok(())
}

fn present(state: &State, id: PrincipalId) -> Result<Slot, Rejection> {
    state.present(id).ok_or(Rejection::PrincipalNotFound(id))
}

/// What publishing or changing an authentication context would do.
pub(super) fn set_context(
    context: &Context<'_>,
    id: AuthenticationContextId,
    change: &AuthenticationContextChange,
) -> Result<Decision, Rejection> {
    require_editor(context)?;
    let before = context.state.conditional_access.contexts.get(&id).cloned();
    let mut published =
        before.unwrap_or(AuthenticationContext { id, display_name: None, description: None, is_available: false });
    let change = change.clone();
    published.display_name = change.display_name.or(published.display_name);
    published.description = change.description.or(published.description);
    published.is_available = change.is_available.unwrap_or(published.is_available);
    Ok(Decision::event(Event::AuthenticationContextSet(Box::new(published))))
}

/// What deleting an authentication context would do; one that a policy names stays.
pub(super) fn delete_context(context: &Context<'_>, id: AuthenticationContextId) -> Result<Decision, Rejection> {
    require_editor(context)?;
    let state = context.state;
    if !state.conditional_access.contexts.contains_key(&id) {
        return Err(Rejection::AuthenticationContextNotFound(id));
    }
    let names_it =
        |policy: &crate::model::Policy| policy.authentication_context_end_user_assignment.claim_value == Some(id);
    let in_use = state.conditional_access.targeting(id).next().is_some()
        || state.policies.all_changed().any(|it| names_it(&it.policy));
    if in_use {
        return Err(Rejection::AuthenticationContextInUse(id));
    }
    Ok(Decision::event(Event::AuthenticationContextDeleted(id)))
}

/// What PIM asks of a user for an authentication context: what the policies that target it say (MFA-5), multifactor
/// authentication where there is none (MFA-6), and nothing where all of them are off or leave the user out (MFA-7).
pub(crate) fn demand(
    state: &State,
    now: Instant,
    user: PrincipalId,
    context: AuthenticationContextId,
) -> ContextDemand {
    let mut policies = state.conditional_access.targeting(context).peekable();
    if policies.peek().is_none() {
        return ContextDemand::MultiFactorAuthentication;
    }
    if policies.any(|policy| policy.state == ConditionalAccessState::Enabled && applies(state, now, policy, user)) {
        ContextDemand::Context
    } else {
        ContextDemand::Nothing
    }
}

/// Whether a sign-in of a user satisfies an authentication context: the controls of every enabled policy that asks for it of
/// that user are met. Where no policy does, there is nothing that could be satisfied.
pub(crate) fn is_satisfied(
    state: &State,
    now: Instant,
    user: PrincipalId,
    context: AuthenticationContextId,
    has_mfa: bool,
) -> bool {
    demand(state, now, user, context) == ContextDemand::Context
        && (state.conditional_access.targeting(context))
            .filter(|policy| policy.state == ConditionalAccessState::Enabled && applies(state, now, policy, user))
            .all(|policy| policy.grant_controls.as_ref().is_none_or(|controls| is_met(controls, has_mfa)))
}

/// Whether the controls of a policy are met by a session. A session is known to have multifactor authentication or not, and to
/// have nothing else: no device, no terms of use. Nothing meets a control that blocks.
pub(crate) fn is_met(controls: &GrantControls, has_mfa: bool) -> bool {
    if controls.built_in_controls.iter().any(|control| control.eq_ignore_ascii_case("block")) {
        return false;
    }
    let built_in = controls.built_in_controls.iter().map(|control| has_mfa && control.eq_ignore_ascii_case("mfa"));
    // Every authentication strength that there is takes more than one factor.
    let strength = controls.authentication_strength.iter().map(|_| has_mfa);
    let others = (controls.terms_of_use.iter()).chain(&controls.custom_authentication_factors).map(|_| false);
    let mut all = built_in.chain(strength).chain(others).peekable();
    if all.peek().is_none() {
        return true;
    }
    match controls.operator {
        GrantOperator::And => all.all(|met| met),
        GrantOperator::Or => all.any(|met| met),
    }
}

/// Whether a policy counts for a user: included and not excluded.
pub(crate) fn applies(state: &State, now: Instant, policy: &ConditionalAccessPolicy, user: PrincipalId) -> bool {
    let ConditionalAccessUsers {
        include_users,
        exclude_users,
        include_groups,
        exclude_groups,
        include_roles,
        exclude_roles,
    } = &policy.users;
    let Some(place) = state.present(user) else { return false };
    let is_guest = match state.directory.at(place) {
        Some(Principal::User(user)) => user.user_type == UserType::Guest,
        Some(Principal::Group(_) | Principal::ServicePrincipal(_)) | None => false,
    };
    let active = authority::active_roles(state, now, user);
    let named = |users: &[ConditionalAccessUser]| {
        users.iter().any(|it| match it {
            ConditionalAccessUser::All => true,
            ConditionalAccessUser::Nobody => false,
            ConditionalAccessUser::GuestsOrExternalUsers => is_guest,
            ConditionalAccessUser::User(id) => *id == user,
        })
    };
    let inside = |groups: &[PrincipalId]| {
        groups.iter().filter_map(|id| state.directory.slot(*id)).any(|group| is_inside(state, group, place))
    };
    let holds = |roles: &[RoleDefinitionId]| roles.iter().any(|role| active.contains(role));
    let is_included = named(include_users) || inside(include_groups) || holds(include_roles);
    is_included && !(named(exclude_users) || inside(exclude_groups) || holds(exclude_roles))
}

/// Whether a principal is a member of a group, at whatever depth.
fn is_inside(state: &State, group: Slot, member: Slot) -> bool {
    let (mut seen, mut open) = (vec![member], vec![member]);
    while let Some(place) = open.pop() {
        for parent in state.directory.groups_of(place) {
            if parent == group {
                return true;
            }
            if !seen.contains(&parent) {
                seen.push(parent);
                open.push(parent);
            }
        }
    }
    false
}
