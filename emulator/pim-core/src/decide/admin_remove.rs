//! `adminRemove`: an administrator ends an eligible or active assignment, or somebody's activation (DEA-10).

use super::grant::{self, Standing, mint, requested};
use super::{Context, Decision, guard, protection};
use crate::command::Ask;
use crate::event::EndCause;
use crate::model::ScheduleKind;
use crate::rejection::Rejection;

crate::implements!["ASG-14", "ASG-19", "UNC-1", "DEA-10", "REQ-6"];

/// What the removal would do.
pub(super) fn decide(context: &mut Context<'_>, ask: &Ask) -> Result<Decision, Rejection> {
    let principal = guard::present(context.state, ask.principal)?;
    let (slot, record) = guard::subject(context, principal, ask)?;
    guard::old_enough(record, context.now)?;
    protection::may_go(context, record)?;
    let ended = match record.kind {
        ScheduleKind::Eligibility => grant::eligibility_ended(context.state, slot, record, EndCause::Removed),
        ScheduleKind::Assigned | ScheduleKind::AssignedOutside | ScheduleKind::Activated => {
            grant::ended(context.state, record, EndCause::Removed)
        }
    };
    let id = mint(context, ask);
    let mut decision = requested(context, id, ask, Standing::REVOKED);
    decision.events.extend(ended);
    decision.events.extend(grant::pointless_requests(context.state, record));
    Ok(decision)
}
