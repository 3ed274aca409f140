//! Users.

use super::{administrative_units, id_is_free, text, writers};
use crate::command::{Actor, Outcome, UserChange};
use crate::decide::{Context, Decision, guard};
use crate::event::{DirectoryEvent, Event, Updated};
use crate::id::{AdministrativeUnitId, IdKind, PrincipalId};
use crate::model::{Principal, User, UserDetailsChange};
use crate::rejection::{Holder, Rejection};
use crate::state::State;

/// The longest part of a name to sign in with before the at sign.
const LONGEST_LOCAL_PART: usize = 64;

/// What making a user would do. One without an id is given one, and is made now. One that is made in an administrative unit is
/// a member of it from the first.
pub(in crate::decide) fn create(
    context: &mut Context<'_>,
    user: &User,
    unit: Option<AdministrativeUnitId>,
) -> Result<Decision, Rejection> {
    if let Some(unit) = unit {
        administrative_units::may_have_more(context.state, unit)?;
    }
    writers::require_user_maker(context, unit)?;
    id_is_free(context.state, user.id.0)?;
    name_is_free(context.state, user.id, &user.user_principal_name)?;
    text("displayName", &user.display_name, super::LONGEST_NAME)?;
    text("mailNickname", &user.mail_nickname, super::LONGEST_NICKNAME)?;
    password(context.actor, &user.password)?;
    if let Some(manager) = user.manager.filter(|_| user.id.0.is_nil()) {
        guard::present(context.state, manager)?;
    }
    let mut user = user.clone();
    if user.id.0.is_nil() {
        user.id = PrincipalId(context.ids.mint(IdKind::DirectoryObject));
        user.created = context.now;
    }
    let id = user.id;
    let mut events = vec![DirectoryEvent::UserCreated(Box::new(user)).into()];
    events.extend(unit.map(|unit| Event::from(DirectoryEvent::UnitMemberAdded { unit, member: id })));
    Ok(Decision { events, outcome: Outcome { principal: Some(id), ..Outcome::default() } })
}

/// What changing a user would do.
pub(in crate::decide) fn update(
    context: &Context<'_>,
    id: PrincipalId,
    change: &UserChange,
) -> Result<Decision, Rejection> {
    let state = context.state;
    let slot = guard::present(state, id)?;
    let Some(Principal::User(before)) = state.directory.at(slot) else { return Err(Rejection::PrincipalNotFound(id)) };
    if !is_about_oneself(context.actor, id, change) {
        writers::require(context, &writers::USER_WRITERS)?;
    }
    if let Some(name) = &change.user_principal_name {
        name_is_free(state, id, name)?;
    }
    change.display_name.as_deref().map_or(Ok(()), |name| text("displayName", name, super::LONGEST_NAME))?;
    change.mail_nickname.as_deref().map_or(Ok(()), |name| text("mailNickname", name, super::LONGEST_NICKNAME))?;
    change.password.as_deref().map_or(Ok(()), |new| password(context.actor, new))?;
    if let Some(Some(manager)) = change.manager {
        let Some(Principal::User(_)) = state.directory.get(manager) else {
            return Err(Rejection::PrincipalNotFound(manager));
        };
    }
    let user = changed(before, change, context);
    if user == *before {
        return Ok(Decision::default());
    }
    let updated = Updated { was: before.clone(), now: user };
    Ok(Decision::event(DirectoryEvent::UserUpdated(Box::new(updated))))
}

fn changed(before: &User, change: &UserChange, context: &Context<'_>) -> User {
    let (before, mut change) = (before.clone(), change.clone());
    if change.password.is_some() {
        change.details.password_changed = Some(Some(context.now));
    }
    User {
        id: before.id,
        user_principal_name: change.user_principal_name.unwrap_or(before.user_principal_name),
        display_name: change.display_name.unwrap_or(before.display_name),
        given_name: change.given_name.unwrap_or(before.given_name),
        surname: change.surname.unwrap_or(before.surname),
        mail: change.mail.unwrap_or(before.mail),
        mail_nickname: change.mail_nickname.unwrap_or(before.mail_nickname),
        job_title: change.job_title.unwrap_or(before.job_title),
        department: change.department.unwrap_or(before.department),
        account_enabled: change.account_enabled.unwrap_or(before.account_enabled),
        user_type: change.user_type.unwrap_or(before.user_type),
        manager: change.manager.unwrap_or(before.manager),
        created: before.created,
        password: change.password.unwrap_or(before.password),
        mfa: before.mfa,
        details: change.details.of(before.details),
    }
}

/// Everybody may say where oneself can be reached, and that sessions from before shall not go on.
fn is_about_oneself(actor: Actor, id: PrincipalId, change: &UserChange) -> bool {
    let reachable = UserChange {
        details: UserDetailsChange {
            business_phones: change.details.business_phones.clone(),
            mobile_phone: change.details.mobile_phone.clone(),
            fax_number: change.details.fax_number.clone(),
            preferred_language: change.details.preferred_language.clone(),
            street_address: change.details.street_address.clone(),
            city: change.details.city.clone(),
            state: change.details.state.clone(),
            postal_code: change.details.postal_code.clone(),
            country: change.details.country.clone(),
            other_mails: change.details.other_mails.clone(),
            sessions_valid_from: change.details.sessions_valid_from,
            ..UserDetailsChange::default()
        },
        ..UserChange::default()
    };
    match actor {
        Actor::User { id: actor, .. } => actor == id && *change == reachable,
        Actor::Application { .. } | Actor::SetUp => false,
    }
}

/// The name to sign in with must be one, below a domain of the tenant, and nobody else's.
pub(super) fn name_is_free(state: &State, id: PrincipalId, name: &str) -> Result<(), Rejection> {
    let fault = Rejection::InvalidProperty { property: "userPrincipalName" };
    let Some((local, domain)) = name.split_once('@') else { return Err(fault) };
    let is_sign = |c: char| c.is_whitespace() || c.is_control() || "\"()/:;<>?[\\]|,".contains(c);
    if local.is_empty()
        || local.chars().count() > LONGEST_LOCAL_PART && !local.contains("#EXT#")
        || name.contains(is_sign)
    {
        return Err(fault);
    }
    if state.tenant.as_ref().is_some_and(|tenant| !tenant.domain.eq_ignore_ascii_case(domain)) {
        return Err(Rejection::DomainNotVerified);
    }
    match state.directory.named(name) {
        Some(slot) if state.directory.id(slot) != id => Err(Rejection::NameTaken {
            property: "userPrincipalName",
            value: name.to_owned(),
            holder: state.directory.at(slot).map(Holder::from),
        }),
        Some(_) | None => Ok(()),
    }
}

/// A password has eight characters or more, of three sorts. Whoever sets up the tenant is not bound by that.
fn password(actor: Actor, password: &str) -> Result<(), Rejection> {
    let sorts: [fn(char) -> bool; 4] =
        [|c| c.is_lowercase(), |c| c.is_uppercase(), |c| c.is_numeric(), |c| !c.is_alphanumeric()];
    let length = password.chars().count();
    let is_good = (8..=256).contains(&length) && sorts.iter().filter(|sort| password.contains(**sort)).count() >= 3;
    match actor {
        Actor::User { .. } | Actor::Application { .. } if !is_good => Err(Rejection::PasswordTooSimple),
        Actor::User { .. } | Actor::Application { .. } | Actor::SetUp => Ok(()),
    }
}
