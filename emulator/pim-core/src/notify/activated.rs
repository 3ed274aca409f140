//! An activation began.

use super::cells::Matter;
use super::{Moment, recipients};
use crate::id::ScheduleId;
use crate::model::{Happening, Mail, MailClass, Notice, ScheduleKind};
use crate::state::ScheduleRecord;

crate::implements!["NOT-6", "NOT-11", "NOT-19"];

/// The start of a schedule came; of those that administrators made everybody has been told.
pub(super) fn started(moment: Moment<'_>, schedule: ScheduleId) -> Vec<Mail> {
    let state = moment.state;
    let record = state.schedule_slot(schedule).and_then(|slot| state.schedules.records.get(slot));
    record.filter(|it| it.kind == ScheduleKind::Activated).map_or_else(Vec::new, |it| begun(moment, it))
}

/// Whoever activated is told, and the administrators (NOT-11), whether they are approvers or not (NOT-19).
pub(super) fn begun(moment: Moment<'_>, record: &ScheduleRecord) -> Vec<Mail> {
    let (matter, of) = (Matter::schedule(moment, record), Happening::EndUserAssignment);
    let holder = || recipients::people(moment, record.principal).into_iter().collect();
    let administrators = || recipients::but(recipients::administrators(moment), Some(record.principal));
    [
        matter.tell(moment, (Notice::Activated, MailClass::Requestor, of), holder),
        matter.tell(moment, (Notice::Activated, MailClass::Admin, of), administrators),
    ]
    .into_iter()
    .flatten()
    .collect()
}
