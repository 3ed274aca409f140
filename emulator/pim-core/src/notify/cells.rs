//! The matrix of who is told of what: three classes of people, three happenings, nine switches.

use super::Moment;
use crate::id::RequestId;
use crate::model::{
    Addressees, AskedExpiration, AssignmentKind, CreatedBy, Happening, Mail, MailClass, Notice, NotificationLevel,
    Privilege, Recipient, Recipients, RuleId, Window,
};
use crate::state::{RequestRecord, ScheduleRecord, Slot};
use std::collections::BTreeSet;

crate::implements!["NOT-3", "NOT-7", "NOT-8", "NOT-9", "NOT-22"];

/// What the mails of one event are about.
#[derive(Clone, Debug)]
pub(super) struct Matter {
    pub(super) principal: Slot,
    pub(super) privilege: Privilege,
    pub(super) window: Window,
    pub(super) request: Option<RequestId>,
    /// Who asked for it or decided on it.
    pub(super) by: CreatedBy,
    pub(super) justification: Option<String>,
}

impl Matter {
    /// A schedule, with the request that made it.
    pub(super) fn schedule(moment: Moment<'_>, record: &ScheduleRecord) -> Self {
        let state = moment.state;
        let request = state.request_record(RequestId(record.id.0)).map(|(_, request)| request);
        Self {
            principal: record.principal,
            privilege: state.privileges.get(record.privilege),
            window: record.window(),
            request: request.map(|it| it.id),
            by: request.map_or(moment.by, |it| state.created_by(it)),
            justification: request.and_then(justification),
        }
    }

    /// A request, with the window that it asks for.
    pub(super) fn request(moment: Moment<'_>, record: &RequestRecord) -> Self {
        let state = moment.state;
        Self {
            principal: record.principal,
            privilege: state.privileges.get(record.privilege),
            window: asked_window(record),
            request: Some(record.id),
            by: state.created_by(record),
            justification: justification(record),
        }
    }

    /// One class of people who are told: those that the service chooses and those that the policy adds, as far as the policy
    /// lets either through.
    pub(super) fn tell(
        &self,
        moment: Moment<'_>,
        (notice, class, of): (Notice, MailClass, Happening),
        chosen: impl FnOnce() -> Recipients,
    ) -> Option<Addressees> {
        let setting = moment.state.policy(self.privilege).notifications.cell(class, of);
        let is_told = match setting.level {
            NotificationLevel::None => false,
            NotificationLevel::Critical => notice.needs_action(),
            NotificationLevel::All => true,
        };
        if !is_told {
            return None;
        }
        let mut people = if setting.is_default_recipients_enabled { chosen() } else { Recipients::default() };
        if !goes_to_approvers_alone(class, of) && !setting.recipients.is_empty() {
            people = people.iter().cloned().chain(additional(&setting.recipients)).collect();
        }
        (!people.is_empty()).then_some(Addressees { class, rule: Some(RuleId::Notification(class, of)), people })
    }

    /// The mail to those who are told; none when that is nobody.
    pub(super) fn mail<const CLASSES: usize>(
        self,
        moment: Moment<'_>,
        notice: Notice,
        classes: [Option<Addressees>; CLASSES],
    ) -> Option<Mail> {
        let mut to = Vec::with_capacity(CLASSES);
        to.extend(classes.into_iter().flatten());
        (!to.is_empty()).then(|| Mail {
            notice,
            to,
            principal: Some(moment.state.directory.id(self.principal)),
            privilege: Some(self.privilege),
            window: Some(self.window),
            request: self.request,
            by: Some(self.by),
            justification: self.justification,
            digest: None,
            review: None,
        })
    }
}

/// Where nobody else can be told: whether to approve an activation is for approvers alone to know (NOT-9).
const fn goes_to_approvers_alone(class: MailClass, of: Happening) -> bool {
    matches!((class, of), (MailClass::Approver, Happening::EndUserAssignment))
}

/// The addresses beside the people that the service chooses, each once; they need not be of the tenant (NOT-22). Several may
/// stand in one text, separated by semicolons (NOT-7).
fn additional(addresses: &[String]) -> Vec<Recipient> {
    let mut known = BTreeSet::new();
    (addresses.iter().flat_map(|text| text.split(';')))
        .map(str::trim)
        .filter(|address| !address.is_empty() && known.insert(address.to_lowercase()))
        .map(|address| Recipient::Address(address.to_owned()))
        .collect()
}

/// What an assignment is among the happenings that policies tell apart.
pub(super) const fn assigning(side: AssignmentKind) -> Happening {
    match side {
        AssignmentKind::Eligibility => Happening::AdminEligibility,
        AssignmentKind::Assignment => Happening::AdminAssignment,
    }
}

fn justification(request: &RequestRecord) -> Option<String> {
    request.text.as_ref().and_then(|text| text.justification.clone())
}

/// The window that a request asks for.
fn asked_window(request: &RequestRecord) -> Window {
    let start = request.asked.and_then(|asked| asked.start).unwrap_or(request.created);
    let end = match request.asked.map(|asked| asked.expiration) {
        Some(AskedExpiration::AfterDateTime(end)) => Some(end),
        Some(AskedExpiration::AfterDuration(length)) => Some(start.plus(length)),
        Some(AskedExpiration::NotSpecified | AskedExpiration::NoExpiration) | None => None,
    };
    Window { start, end }
}
