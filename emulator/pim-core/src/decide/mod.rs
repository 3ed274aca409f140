//! Decisions: what a command would do, or why not. Nothing here changes anything.
//!
//! A file per action, and per subject that actions share. In each, guards come first and return at once; then the rules of
//! policy, all of them; then ids are minted and events written down.

pub(crate) mod access_reviews;
mod admin_assign;
mod admin_decision;
mod admin_remove;
mod admin_update;
pub(crate) mod alerts;
pub(crate) mod authority;
mod azure;
mod cancel;
pub(crate) mod conditional_access;
pub(crate) mod directory;
mod grant;
mod guard;
pub(crate) mod last_administrator;
mod last_owner;
mod license;
mod limits;
mod onboarding;
mod outside;
mod policies;
pub(crate) mod protection;
mod refused;
mod request;
pub(crate) mod review;
mod role_definitions;
mod self_activate;
mod self_deactivate;
mod self_extend;
mod sign_ins;
mod switches;
pub(crate) mod window;

pub(crate) use grant::{begun, ended, extended_no_more, renewed_no_more};
pub(crate) use refused::noted;

use self::directory::{
    administrative_units, applications, deletion, edges, grants, groups, restoring, roles_in_use, service_principals,
    users,
};
use crate::command::{Actor, Command, Outcome};
use crate::event::Event;
use crate::id::IdSource;
use crate::model::GroupAccess;
use crate::rejection::Rejection;
use crate::replica::Replica;
use crate::state::State;
use crate::time::Instant;

pub(crate) mod implemented {
    //! What the files of this folder say they implement.
    use super::directory::{deletion, edges, groups, restoring, writers};
    use super::{
        admin_assign, admin_decision, admin_remove, admin_update, authority, azure, cancel, conditional_access, grant,
        guard, last_administrator, last_owner, license, limits, onboarding, outside, policies, protection, refused,
        request, review, self_activate, self_deactivate, self_extend, switches, window,
    };

    pub(crate) const FILES: &[crate::rules::Implements] = &[
        admin_assign::IMPLEMENTS,
        admin_decision::IMPLEMENTS,
        admin_remove::IMPLEMENTS,
        admin_update::IMPLEMENTS,
        authority::IMPLEMENTS,
        azure::elevation::IMPLEMENTS,
        azure::last_owner::IMPLEMENTS,
        cancel::IMPLEMENTS,
        conditional_access::IMPLEMENTS,
        deletion::IMPLEMENTS,
        edges::IMPLEMENTS,
        groups::IMPLEMENTS,
        restoring::IMPLEMENTS,
        writers::IMPLEMENTS,
        grant::IMPLEMENTS,
        guard::IMPLEMENTS,
        last_administrator::IMPLEMENTS,
        last_owner::IMPLEMENTS,
        license::IMPLEMENTS,
        limits::IMPLEMENTS,
        onboarding::IMPLEMENTS,
        outside::IMPLEMENTS,
        protection::IMPLEMENTS,
        policies::IMPLEMENTS,
        refused::IMPLEMENTS,
        request::IMPLEMENTS,
        review::IMPLEMENTS,
        self_activate::IMPLEMENTS,
        self_deactivate::IMPLEMENTS,
        self_extend::IMPLEMENTS,
        switches::IMPLEMENTS,
        window::IMPLEMENTS,
    ];
}

/// What will happen, and what to answer.
#[derive(Debug, Default)]
pub(crate) struct Decision {
    pub(crate) events: Vec<Event>,
    pub(crate) outcome: Outcome,
}

impl Decision {
    /// Just one event.
    fn event(event: impl Into<Event>) -> Self {
        Self { events: vec![event.into()], outcome: Outcome::default() }
    }
}

/// What a decision looks at. Ids are minted after the last check, so that a refused command uses none up.
pub(crate) struct Context<'a> {
    pub(crate) state: &'a State,
    pub(crate) now: Instant,
    pub(crate) actor: Actor,
    pub(crate) ids: &'a mut dyn IdSource,
    /// The part of the service that was asked, where that lags behind.
    pub(crate) replica: Option<&'a Replica>,
}

/// What a command would do.
pub(crate) fn decide(context: &mut Context<'_>, command: &Command) -> Result<Decision, Rejection> {
    match command {
        Command::Request(ask) => request::decide(context, ask),
        Command::CancelRequest(request) => cancel::decide(context, *request),
        Command::ReviewApproval { request, result, justification } => {
            review::decide(context, *request, *result, justification.as_deref())
        }
        Command::DecideRequest { request, result, schedule, justification } => {
            admin_decision::decide(context, *request, (*result, *schedule), justification.as_deref())
        }
        Command::UpdatePolicy(change) => policies::update(context, change),
        Command::AccessReview(command) => access_reviews::decide(context, command),
        Command::Alert(command) => alerts::decide(context, *command),
        Command::SetLicense(license) => Ok(license::decide(context, *license)),
        Command::CreateConditionalAccessPolicy(policy) => conditional_access::create(context, policy),
        Command::UpdateConditionalAccessPolicy { policy, change } => {
            conditional_access::update(context, *policy, change)
        }
        Command::DeleteConditionalAccessPolicy(policy) => conditional_access::delete(context, *policy),
        Command::SetAuthenticationContext { context: id, change } => {
            conditional_access::set_context(context, *id, change)
        }
        Command::DeleteAuthenticationContext(id) => conditional_access::delete_context(context, *id),
        Command::CreateRoleAssignment { principal, privilege, id, details } => {
            let wanted = outside::Wanted { id: *id, details: details.as_deref() };
            outside::create(context, *principal, *privilege, &wanted)
        }
        Command::DescribeRoleAssignment { schedule, details } => outside::describe(context, *schedule, details),
        Command::CreateAzureScope(new) => azure::scopes::create(context, new),
        Command::ChangeAzureScope { scope, change } => azure::scopes::change(context, *scope, change),
        Command::DeleteAzureScope(scope) => azure::scopes::delete(context, *scope),
        Command::SetAzureRoleDefinition(role) => azure::role_definitions::set(context, role),
        Command::DeleteAzureRoleDefinition(role) => azure::role_definitions::delete(context, *role),
        Command::ElevateAccess => azure::elevation::elevate(context),
        Command::DeleteRoleAssignment { schedule } => outside::delete(context, *schedule),
        Command::CreateRoleDefinition(role) => role_definitions::create(context, role),
        Command::UpdateRoleDefinition { role, change } => role_definitions::update(context, *role, change),
        Command::DeleteRoleDefinition(role) => role_definitions::delete(context, *role),
        Command::CreateTenant(tenant) => Ok(Decision::event(Event::TenantCreated(Box::new(tenant.clone())))),
        Command::SetBehaviour(behaviour) => Ok(switches::decide(context, behaviour)),
        Command::CreateUser(user) => users::create(context, user, None),
        Command::CreateUserIn { user, unit } => users::create(context, user, Some(*unit)),
        Command::UpdateUser { user, change } => users::update(context, *user, change),
        Command::CreateGroup(group) => groups::create(context, group, (&[], &[]), None),
        Command::CreateGroupWith { group, members, owners, unit } => {
            groups::create(context, group, (members, owners), *unit)
        }
        Command::UpdateGroup { group, change } => groups::update(context, *group, change),
        Command::CreateServicePrincipal(principal) => service_principals::create(context, principal),
        Command::CreateApplication(application) => applications::create(context, application),
        Command::CreateAdministrativeUnit(unit) => administrative_units::create(context, unit),
        Command::AddMember { group, member } => edges::add(context, (*group, GroupAccess::Member), *member),
        Command::RemoveMember { group, member } => edges::remove(context, (*group, GroupAccess::Member), *member),
        Command::AddOwner { group, owner } => edges::add(context, (*group, GroupAccess::Owner), *owner),
        Command::RemoveOwner { group, owner } => edges::remove(context, (*group, GroupAccess::Owner), *owner),
        Command::OnboardGroup(group) => onboarding::decide(context, *group),
        Command::DeletePrincipal(id) => deletion::delete(context, *id),
        Command::RestorePrincipal(id) => restoring::restore(context, *id),
        Command::PurgePrincipal(id) => restoring::purge(context, *id),
        Command::ChangeApplication { application, change } => applications::change(context, *application, change),
        Command::DeleteApplication(id) => applications::delete(context, *id),
        Command::RestoreApplication(id) => applications::restore(context, *id),
        Command::PurgeApplication(id) => applications::purge(context, *id),
        Command::ChangeServicePrincipal { principal, change } => {
            service_principals::change(context, *principal, change)
        }
        Command::ChangeAdministrativeUnit { unit, change } => administrative_units::change(context, *unit, change),
        Command::DeleteAdministrativeUnit(unit) => administrative_units::delete(context, *unit),
        Command::ChangeGrants(change) => grants::change(context, change),
        Command::ActivateDirectoryRole(role) => roles_in_use::activate(context, *role),
        Command::NoteSignIn(entry) => sign_ins::note(context, entry),
        Command::Configure { behaviour, license } => Ok(switches::configure(context, behaviour, *license)),
    }
}
