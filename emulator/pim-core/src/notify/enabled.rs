//! The tenant came to have PIM.

use super::{Moment, recipients};
use crate::model::{Mail, Notice};

crate::implements!["NOT-12", "LIC-13"];

/// The administrators are told when a licence that includes PIM takes the place of one that does not. A tenant that is made
/// with one has nobody yet who could be told.
pub(super) fn licensed(moment: Moment<'_>, had_pim: bool) -> Option<Mail> {
    let people = &recipients::administrators(moment).recipients;
    let is_told = !had_pim && !people.is_empty();
    is_told.then(|| Mail { by: Some(moment.by), ..Mail::to_administrators(Notice::PimEnabled, people.clone()) })
}
