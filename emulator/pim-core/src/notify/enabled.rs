//! The tenant came to have PIM.

use super::{Moment, recipients};
use crate::model::{Mail, MailClass, Notice, Recipient};

crate::implements!["NOT-12", "LIC-13"];

/// The administrators are told when a licence that includes PIM takes the place of one that does not. A tenant that is made
/// with one has nobody yet who could be told.
pub(super) fn licensed(moment: Moment<'_>, had_pim: bool) -> Vec<Mail> {
    if had_pim {
        return Vec::new();
    }
    let people = recipients::ids(moment, recipients::administrators(moment));
    let to = people.into_iter().map(Recipient::User).collect();
    vec![Mail { by: Some(moment.by), ..Mail::to_all(Notice::PimEnabled, MailClass::Admin, to) }]
}
