//! The end of an assignment is near, or has come.

use super::cells::{Matter, assigning};
use super::{Moment, recipients};
use crate::event::EndCause;
use crate::id::ScheduleId;
use crate::model::{Mail, MailClass, Notice, ScheduleKind};

crate::implements!["NOT-16", "EXT-11"];

/// Two weeks before the end, and the day before.
pub(super) fn nears(moment: Moment<'_>, schedule: ScheduleId, days: u8) -> Option<Mail> {
    told(moment, schedule, Notice::Expiring { days })
}

/// At the end. What was taken away is not told of, and an activation ends quietly: whoever activated knew how long.
pub(super) fn ended(moment: Moment<'_>, schedule: ScheduleId, cause: EndCause, kind: ScheduleKind) -> Option<Mail> {
    let is_told = cause == EndCause::Expired
        && match kind {
            ScheduleKind::Eligibility | ScheduleKind::Assigned | ScheduleKind::AssignedOutside => true,
            ScheduleKind::Activated => false,
        };
    if is_told { told(moment, schedule, Notice::Expired) } else { None }
}

/// The holder and the managers are told (EXT-11).
fn told(moment: Moment<'_>, schedule: ScheduleId, notice: Notice) -> Option<Mail> {
    let state = moment.state;
    let record = state.schedules.records.get(state.schedule_slot(schedule)?)?;
    let (matter, of) = (Matter::schedule(moment, record), assigning(record.side()));
    let holder = || recipients::behind(moment, record.principal);
    let managers = || recipients::managers_of(moment, matter.privilege, &[record.principal]);
    let holder = matter.tell(moment, (notice, MailClass::Requestor, of), holder);
    let managers = matter.tell(moment, (notice, MailClass::Admin, of), managers);
    matter.mail(moment, notice, [holder, managers])
}
