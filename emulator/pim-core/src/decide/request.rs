//! What the nine actions have in common: who may ask, on which side, for whom and for what.

use super::{
    Context, Decision, admin_assign, admin_remove, admin_update, authority, guard, onboarding, self_activate,
    self_deactivate, self_extend, window,
};
use crate::command::{Actor, Ask};
use crate::family;
use crate::model::{Action, AssignmentKind, GroupAccess};
use crate::rejection::Rejection;

crate::implements!["REQ-1", "REQ-4", "REQ-40", "REQ-41", "REQ-42", "REQ-43", "REQ-44", "ACT-2", "ACT-3", "ACT-4"];

/// What a request would do.
pub(super) fn decide(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    permitted(context, ask)?;
    authority::licensed(context.state)?;
    known_to_family(ask)?;
    known_to_side(ask)?;
    well_formed(context, ask)?;
    if let Some(id) = ask.id {
        guard::id_is_free(context.state, id.into())?;
    }
    family::exists(context.state, ask.privilege)?;
    guard::resource_replicated(context, ask.privilege.resource())?;
    guard::present(context.state, ask.principal)?;
    guard::replicated(context, ask.principal)?;
    family::can_be_held(context.state, ask.privilege)?;
    not_locked(context, ask)?;
    let decision = act(context, ask)?;
    Ok(onboarding::first(context.state, context.now, ask.privilege.resource(), decision))
}

/// What gives or takes an assignment is stopped by a lock (AZR-10); asking for more time changes nothing yet.
fn not_locked(context: &Context<'_>, ask: &Ask) -> Result<(), Rejection> {
    let gives = match ask.action {
        Action::SelfExtend | Action::SelfRenew => return Ok(()),
        Action::AdminRemove | Action::SelfDeactivate => false,
        Action::AdminAssign | Action::AdminUpdate | Action::AdminExtend | Action::AdminRenew | Action::SelfActivate => {
            true
        }
    };
    family::not_locked(context.state, ask.privilege, ask.side, gives)
}

/// What the action would do.
fn act(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    match ask.action {
        Action::AdminAssign => admin_assign::decide(context, ask),
        Action::AdminUpdate | Action::AdminExtend => admin_update::decide(context, ask),
        Action::AdminRenew => admin_assign::renew(context, ask),
        Action::AdminRemove => admin_remove::decide(context, ask),
        Action::SelfActivate => self_activate::decide(context, ask),
        Action::SelfDeactivate => self_deactivate::decide(context, ask),
        Action::SelfExtend | Action::SelfRenew => self_extend::decide(context, ask),
    }
}

/// Administrators' actions need a role, self-service needs none (ACT-2) but is for oneself only (ACT-3) and not for
/// applications (ACT-4).
fn permitted(context: &Context<'_>, ask: &Ask) -> Result<(), Rejection> {
    if !ask.action.is_self_service() {
        return authority::require_manager(context, ask.privilege);
    }
    match context.actor {
        Actor::User { id, .. } if id == ask.principal => Ok(()),
        Actor::User { id, .. } if ask.action == Action::SelfActivate => {
            // A member may name the group that holds the eligibility; the activation is for the member alone.
            let (group, member) = (context.state.present(ask.principal), context.state.present(id));
            match (group, member) {
                (Some(group), Some(member))
                    if context.state.belongs(context.now, group, member, GroupAccess::Member) =>
                {
                    Ok(())
                }
                _ => Err(Rejection::NotForOthers),
            }
        }
        Actor::User { .. } | Actor::Application { .. } | Actor::SetUp => Err(Rejection::NotForOthers),
    }
}

/// A schedule that makes no sense is refused before anything is looked up (REQ-41).
fn well_formed(context: &Context<'_>, ask: &Ask) -> Result<(), Rejection> {
    match ask.action {
        Action::AdminRemove | Action::SelfDeactivate => Ok(()),
        Action::AdminAssign
        | Action::AdminUpdate
        | Action::AdminExtend
        | Action::AdminRenew
        | Action::SelfActivate
        | Action::SelfExtend
        | Action::SelfRenew => window::resolve(context.now, ask.schedule, None).map(drop),
    }
}

/// Not every family knows every action (REQ-2).
const fn known_to_family(ask: &Ask) -> Result<(), Rejection> {
    let (action, family) = (ask.action, ask.privilege.family());
    if family::knows(ask.privilege, action) { Ok(()) } else { Err(Rejection::ActionNotForFamily { action, family }) }
}

/// Activation and deactivation belong to the side of active assignments (REQ-4).
fn known_to_side(ask: &Ask) -> Result<(), Rejection> {
    match (ask.action, ask.side) {
        (Action::SelfActivate | Action::SelfDeactivate, AssignmentKind::Eligibility) => {
            Err(Rejection::ActionNotForSide { action: ask.action, side: ask.side })
        }
        _ => Ok(()),
    }
}
