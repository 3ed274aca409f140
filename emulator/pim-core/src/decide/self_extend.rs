//! `selfExtend` and `selfRenew`: a principal asks an administrator for more time.

use super::admin_assign::{expired, failures};
use super::admin_update::later;
use super::grant::{Standing, mint, requested};
use super::{Context, Decision, guard, window};
use crate::command::Ask;
use crate::id::ScheduleId;
use crate::model::PolicyRule;
use crate::model::{Action, RequestStatus, ScheduleKind, Window};
use crate::rejection::Rejection;
use crate::state::Slot;
use crate::time::{Instant, Length};

crate::implements![
    "EXT-1", "EXT-2", "EXT-5", "EXT-6", "EXT-8", "EXT-9", "EXT-10", "EXT-13", "EXT-15", "EXT-16", "ACT-13", "REQ-54"
];

/// How long before its end an assignment can be extended by whoever holds it (EXT-2).
const EXTENDABLE_FOR: Length = Length::days(14);

/// What asking would do: the request waits for an administrator (EXT-13).
pub(super) fn decide(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    let (asked, window) = window::resolve(context.now, ask.schedule, None)?;
    let principal = guard::present(context.state, ask.principal)?;
    if ask.action == Action::SelfRenew {
        guard::not_held(context, principal, ask)?;
    }
    guard::none_pending(context.state, principal, ask)?;
    let (subject, in_time) = if ask.action == Action::SelfExtend {
        ending(context, principal, ask, window)?
    } else {
        gone(context, principal, ask)?
    };
    guard::long_enough(window)?;
    let mut failures = failures(context, ask, window);
    if !in_time {
        failures.insert(0, PolicyRule::Expiration);
    }
    if !failures.is_empty() {
        return Err(Rejection::PolicyRules(failures));
    }
    let id = mint(context, ask);
    let standing =
        Standing { status: RequestStatus::PendingAdminDecision, completed: None, asked: Some(asked), target: subject };
    Ok(requested(context, id, ask, standing))
}

/// The assignment to extend, and whether it ends within 14 days. A running activation is not one (EXT-15), a permanent
/// assignment has nothing to extend (EXT-10).
fn ending(
    context: &Context<'_>,
    principal: Slot,
    ask: &Ask,
    window: Window,
) -> Result<(Option<ScheduleId>, bool), Rejection> {
    let (_, record) = guard::subject(context, principal, ask)?;
    if record.kind == ScheduleKind::Activated {
        return Err(Rejection::DoesNotExist);
    }
    let in_time = record.end != Instant::LAST && record.end.since(context.now) <= EXTENDABLE_FOR;
    if in_time {
        // Nobody could grant less time than there is.
        later(record, window)?;
    }
    Ok((Some(record.id), in_time))
}

/// The assignment to renew: one that ended within the last 30 days (EXT-8).
fn gone(context: &Context<'_>, principal: Slot, ask: &Ask) -> Result<(Option<ScheduleId>, bool), Rejection> {
    if expired(context, principal, ask) { Ok((None, true)) } else { Err(Rejection::DoesNotExist) }
}
