//! Who is told of what: the mails that an event brings about.

use crate::event::Event;
use crate::model::{CreatedBy, Mail};
use crate::state::State;
use crate::time::Instant;

/// The mails of an event that `by` brought about at `at` and that has been applied.
pub(crate) fn mails(_state: &State, _at: Instant, _by: CreatedBy, _event: &Event) -> Vec<Mail> {
    Vec::new()
}
