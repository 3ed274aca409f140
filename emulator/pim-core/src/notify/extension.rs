//! Somebody asked for more time, or got it.

use super::cells::{Matter, assigning};
use super::{Moment, recipients};
use crate::id::RequestId;
use crate::model::{
    Action, Addressees, CreatedBy, Mail, MailClass, Notice, RequestStatus, ReviewResult, SchedulePhase,
};
use crate::state::{RequestRecord, ScheduleRecord, Slot, Target};

crate::implements!["NOT-21", "EXT-12"];

/// A holder asks: the managers are told, who decide (EXT-4). An administrator extends without being asked: the other managers
/// are told (NOT-21).
pub(super) fn asked(moment: Moment<'_>, request: RequestId) -> Option<Mail> {
    let (_, request) = moment.state.request_record(request)?;
    let waits = request.status == RequestStatus::PendingAdminDecision;
    match request.action {
        Action::SelfExtend if waits => pending(moment, request, Notice::ExtensionPending),
        Action::SelfRenew if waits => pending(moment, request, Notice::RenewalPending),
        // Where it answers a holder, that is told when the holder's request is settled.
        Action::AdminExtend if answers(moment, request).is_none() => {
            let (matter, notice) = (Matter::request(moment, request), Notice::ExtensionDecided(ReviewResult::Approve));
            let others = others(moment, &matter, request, notice);
            matter.mail(moment, notice, [others])
        }
        Action::AdminExtend
        | Action::SelfExtend
        | Action::SelfRenew
        | Action::AdminAssign
        | Action::AdminUpdate
        | Action::AdminRemove
        | Action::AdminRenew
        | Action::SelfActivate
        | Action::SelfDeactivate => None,
    }
}

fn pending(moment: Moment<'_>, request: &RequestRecord, notice: Notice) -> Option<Mail> {
    let told = (notice, MailClass::Approver, assigning(request.side));
    let matter = Matter::request(moment, request);
    let managers = || recipients::managers_of(moment, matter.privilege, &[request.principal]);
    let managers = matter.tell(moment, told, managers);
    matter.mail(moment, notice, [managers])
}

/// A manager decided: whoever asked is told, and the other managers (EXT-12). That an assignment was renewed is told when it
/// is there.
pub(super) fn settled(moment: Moment<'_>, request: RequestId, status: RequestStatus) -> Option<Mail> {
    let state = moment.state;
    let (_, request) = state.request_record(request)?;
    let extended = match request.target {
        Target::Other(schedule) => state.schedule_slot(schedule).and_then(|slot| state.schedules.records.get(slot)),
        Target::Nothing | Target::Own => None,
    };
    let extended = extended.filter(|it| it.phase != SchedulePhase::Expired);
    let (window, notice) = match (request.action, status, extended) {
        (Action::SelfExtend, RequestStatus::AdminApproved, Some(record)) => {
            (record.window(), Notice::ExtensionDecided(ReviewResult::Approve))
        }
        (Action::SelfExtend, RequestStatus::AdminDenied, _) => {
            (Matter::request(moment, request).window, Notice::ExtensionDecided(ReviewResult::Deny))
        }
        (Action::SelfRenew, RequestStatus::AdminDenied, _) => {
            (Matter::request(moment, request).window, Notice::RenewalDecided(ReviewResult::Deny))
        }
        _ => return None,
    };
    both(moment, Matter { window, ..by_now(moment, request) }, request, notice)
}

/// What expired was made anew: as a holder had asked, or by an administrator alone (NOT-21).
pub(super) fn renewed(moment: Moment<'_>, request: &RequestRecord, record: &ScheduleRecord) -> Option<Mail> {
    let notice = Notice::RenewalDecided(ReviewResult::Approve);
    let answered = if request.action == Action::SelfRenew { Some(request) } else { answers(moment, request) };
    let matter = by_now(moment, answered.unwrap_or(request));
    let matter = Matter { window: record.window(), ..matter };
    match answered {
        Some(asked) => both(moment, matter, asked, notice),
        None => {
            let others = others(moment, &matter, request, notice);
            matter.mail(moment, notice, [others])
        }
    }
}

/// A request, as decided on by whoever does so now.
fn by_now(moment: Moment<'_>, request: &RequestRecord) -> Matter {
    Matter { by: moment.by, ..Matter::request(moment, request) }
}

/// The holder's request that an administrator's answers: one that waits, or that was settled at this moment.
fn answers<'a>(moment: Moment<'a>, request: &RequestRecord) -> Option<&'a RequestRecord> {
    let state = moment.state;
    (state.requests.of_principal(request.principal).iter())
        .filter_map(|slot| state.requests.records.get(*slot))
        .filter(|it| it.privilege == request.privilege && it.side == request.side)
        .filter(|it| matches!(it.action, Action::SelfExtend | Action::SelfRenew))
        .find(|it| {
            let is_settled = request.action != Action::AdminExtend
                && it.completed == moment.at
                && it.status == RequestStatus::Provisioned;
            it.status == RequestStatus::PendingAdminDecision || is_settled
        })
}

fn both(moment: Moment<'_>, matter: Matter, request: &RequestRecord, notice: Notice) -> Option<Mail> {
    let told = (notice, MailClass::Requestor, assigning(request.side));
    let holder = matter.tell(moment, told, || recipients::behind(moment, request.principal));
    let others = others(moment, &matter, request, notice);
    matter.mail(moment, notice, [holder, others])
}

/// The managers but for the one who did it.
fn others(moment: Moment<'_>, matter: &Matter, request: &RequestRecord, notice: Notice) -> Option<Addressees> {
    let told = (notice, MailClass::Admin, assigning(request.side));
    let doer = doer(moment).unwrap_or(request.principal);
    matter.tell(moment, told, || recipients::managers_of(moment, matter.privilege, &[request.principal, doer]))
}

fn doer(moment: Moment<'_>) -> Option<Slot> {
    match moment.by {
        CreatedBy::User(id) => moment.state.directory.slot(id),
        CreatedBy::Application(_) | CreatedBy::SetUp | CreatedBy::Service => None,
    }
}
