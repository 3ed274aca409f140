//! A role was given outside PIM.

use super::cells::Matter;
use super::{Moment, recipients};
use crate::model::{Family, Mail, MailClass, Notice, Recipient};
use crate::state::ScheduleRecord;

crate::implements!["NOT-14"];

/// The administrators are told; no policy governs that (NOT-14).
pub(super) fn assigned(moment: Moment<'_>, record: &ScheduleRecord) -> Vec<Mail> {
    match moment.state.privileges.get(record.privilege).family() {
        Family::DirectoryRoles => {}
        // Groups are changed directly every day.
        Family::Groups => return Vec::new(),
    }
    let people = recipients::ids(moment, recipients::administrators(moment));
    let to = people.into_iter().map(Recipient::User).collect();
    vec![Matter::schedule(moment, record).mail(moment, (Notice::AssignedOutside, MailClass::Admin), None, to)]
}
