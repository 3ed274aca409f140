//! `TicketingRule`: a ticket must be named. Reads the `Ticketing` entry of the `Enablement_…` settings. The ticket is
//! never looked up anywhere (POL-31). That a number without a system fails is an assumption.

use super::{Facts, Verdict};
use crate::model::Requirement;

crate::implements!["POL-31"];

/// Fails when a ticket is demanded and its number or its system is blank.
pub(super) fn check(facts: &Facts<'_>) -> Verdict {
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let ticket = &facts.ask.ticket;
    let complete = given(&ticket.number) && given(&ticket.system);
    Verdict::fail_if(facts.demands.enablement.demands(Requirement::Ticketing) && !complete)
}
