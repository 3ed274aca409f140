//! `selfDeactivate`: a principal ends an own activation before its end.

use super::grant::{self, Standing, mint, requested};
use super::{Context, Decision, guard, protection};
use crate::command::Ask;
use crate::event::EndCause;
use crate::family;
use crate::model::ScheduleKind;
use crate::rejection::Rejection;

crate::implements!["DEA-1", "DEA-3", "DEA-4", "DEA-5", "DEA-6", "DEA-7", "DEA-9"];

/// What the deactivation would do. Only what was activated can be deactivated (MOD-3, DEA-9); neither reason nor ticket nor
/// approval is asked for (DEA-6, DEA-7).
pub(super) fn decide(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    let principal = guard::present(context.state, ask.principal)?;
    // What was activated a moment ago may not be seen yet (DEA-3).
    let unseen = family::deactivation_delay(context.state, ask.privilege);
    let (_, record) = guard::on_side(context.state, context.now, principal, ask.privilege, ask.side)
        .find(|(_, record)| record.kind == ScheduleKind::Activated && record.is_open(context.now))
        .filter(|(_, record)| record.start.plus(unseen) <= context.now)
        .ok_or(Rejection::DoesNotExist)?;
    guard::old_enough(record, context.now)?;
    protection::may_be_deactivated(context, record)?;
    let ended = grant::ended(context.state, record, EndCause::Deactivated);
    let id = mint(context, ask);
    let mut decision = requested(context, id, ask, Standing::REVOKED);
    decision.events.extend(ended);
    Ok(decision)
}
