//! An activation began.

use super::cells::Matter;
use super::{Moment, recipients};
use crate::id::ScheduleId;
use crate::model::{Happening, Mail, MailClass, Notice, ScheduleKind};
use crate::state::ScheduleRecord;

crate::implements!["NOT-6", "NOT-11", "NOT-19"];

/// The start of a schedule came; of those that administrators made everybody has been told.
pub(super) fn started(moment: Moment<'_>, schedule: ScheduleId) -> Option<Mail> {
    let state = moment.state;
    let record = state.schedules.records.get(state.schedule_slot(schedule)?)?;
    if record.kind == ScheduleKind::Activated { begun(moment, record) } else { None }
}

/// Whoever activated is told, and the administrators (NOT-11), whether they are approvers or not (NOT-19).
pub(super) fn begun(moment: Moment<'_>, record: &ScheduleRecord) -> Option<Mail> {
    let (matter, of) = (Matter::schedule(moment, record), Happening::EndUserAssignment);
    let holder = || recipients::behind(moment, record.principal);
    let administrators = || recipients::administrators_of(moment, matter.privilege, &[record.principal]);
    let holder = matter.tell(moment, (Notice::Activated, MailClass::Requestor, of), holder);
    let administrators = matter.tell(moment, (Notice::Activated, MailClass::Admin, of), administrators);
    matter.mail(moment, Notice::Activated, [holder, administrators])
}
