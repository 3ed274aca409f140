//! An administrator made an eligible or active assignment.

use super::cells::{Matter, assigning};
use super::{Moment, activated, extension, outside, recipients};
use crate::id::RequestId;
use crate::model::{Action, Mail, MailClass, Notice, Schedule, ScheduleKind, SchedulePhase};
use crate::state::ScheduleRecord;

crate::implements!["NOT-4", "NOT-5"];

/// A schedule was made, by whichever way.
pub(super) fn made(moment: Moment<'_>, schedule: &Schedule) -> Option<Mail> {
    let state = moment.state;
    let record = state.schedules.records.get(state.schedule_slot(schedule.id)?)?;
    match schedule.kind {
        ScheduleKind::AssignedOutside => outside::assigned(moment, record),
        // What begins later is told of when it begins.
        ScheduleKind::Activated if schedule.phase == SchedulePhase::Scheduled => None,
        ScheduleKind::Activated => activated::begun(moment, record),
        ScheduleKind::Eligibility => by_administrator(moment, record, Notice::EligibleAssigned),
        ScheduleKind::Assigned => by_administrator(moment, record, Notice::ActiveAssigned),
    }
}

/// The holder and the administrators are told (NOT-4, NOT-5); one that was made anew is a renewal.
fn by_administrator(moment: Moment<'_>, record: &ScheduleRecord, notice: Notice) -> Option<Mail> {
    let request = moment.state.request_record(RequestId(record.id.0)).map(|(_, request)| request);
    if let Some(request) = request.filter(|it| matches!(it.action, Action::AdminRenew | Action::SelfRenew)) {
        return extension::renewed(moment, request, record);
    }
    let (matter, of) = (Matter::schedule(moment, record), assigning(record.side()));
    let holder = || recipients::behind(moment, record.principal);
    let administrators = || recipients::administrators_of(moment, matter.privilege, &[record.principal]);
    let holder = matter.tell(moment, (notice, MailClass::Requestor, of), holder);
    let administrators = matter.tell(moment, (notice, MailClass::Admin, of), administrators);
    matter.mail(moment, notice, [holder, administrators])
}
