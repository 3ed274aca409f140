//! A role was given outside PIM.

use super::cells::Matter;
use super::{Moment, recipients};
use crate::model::{Addressees, Family, Mail, MailClass, Notice};
use crate::state::ScheduleRecord;

crate::implements!["NOT-14"];

/// The administrators are told; no policy governs that (NOT-14).
pub(super) fn assigned(moment: Moment<'_>, record: &ScheduleRecord) -> Option<Mail> {
    match moment.state.privileges.get(record.privilege).family() {
        Family::DirectoryRoles => {}
        // Groups and access to resources are changed directly every day.
        Family::Groups | Family::AzureRoles => return None,
    }
    let people = recipients::administrators(moment).recipients.clone();
    let to = (!people.is_empty()).then_some(Addressees { class: MailClass::Admin, rule: None, people });
    Matter::schedule(moment, record).mail(moment, Notice::AssignedOutside, [to])
}
