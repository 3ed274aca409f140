//! The end of an assignment is near, or has come.

use super::cells::{Matter, assigning};
use super::{Moment, recipients};
use crate::event::EndCause;
use crate::id::ScheduleId;
use crate::model::{Mail, MailClass, Notice, ScheduleKind};

crate::implements!["NOT-16", "EXT-11"];

/// Two weeks before the end, and the day before.
pub(super) fn nears(moment: Moment<'_>, schedule: ScheduleId, days: u8) -> Vec<Mail> {
    told(moment, schedule, Notice::Expiring { days })
}

/// At the end. What was taken away is not told of, and an activation ends quietly: whoever activated knew how long.
pub(super) fn ended(moment: Moment<'_>, schedule: ScheduleId, cause: EndCause, kind: ScheduleKind) -> Vec<Mail> {
    let is_told = cause == EndCause::Expired
        && match kind {
            ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::AssignedOutside => true,
            ScheduleKind::Activated => false,
        };
    if is_told { told(moment, schedule, Notice::Expired) } else { Vec::new() }
}

/// The holder and the managers are told (EXT-11).
fn told(moment: Moment<'_>, schedule: ScheduleId, notice: Notice) -> Vec<Mail> {
    let state = moment.state;
    let Some(record) = state.schedule_slot(schedule).and_then(|slot| state.schedules.records.get(slot)) else {
        return Vec::new();
    };
    let (matter, of) = (Matter::schedule(moment, record), assigning(record.side()));
    let holder = || recipients::people(moment, record.principal).into_iter().collect();
    let managers = || recipients::but(recipients::managers(moment), Some(record.principal));
    [
        matter.tell(moment, (notice, MailClass::Requestor, of), holder),
        matter.tell(moment, (notice, MailClass::Admin, of), managers),
    ]
    .into_iter()
    .flatten()
    .collect()
}
