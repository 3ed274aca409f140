//! Paying for something else, or for nothing: what becomes of what PIM gave.

use super::{Context, Decision, access_reviews, grant};
use crate::event::{EndCause, Event, StatusCause};
use crate::model::{License, RequestStatus, ScheduleKind, SchedulePhase, Window};
use crate::state::State;
use crate::time::Instant;

crate::implements!["LIC-4", "LIC-5", "LIC-6", "LIC-7", "LIC-8"];

/// What the change would do. Where the licence lapses, permanent active assignments stay (LIC-5), time-bound ones become
/// permanent (LIC-6), eligibilities go, and with them what was activated from them (LIC-7); what waits fails.
pub(super) fn decide(context: &Context<'_>, license: License) -> Decision {
    let state = context.state;
    let had_pim = state.tenant.as_ref().is_some_and(|tenant| tenant.license.includes_pim());
    let mut events = vec![Event::LicenseChanged(license)];
    if had_pim && !license.includes_pim() {
        events.extend(activations(state));
        events.extend(eligibilities(state));
        events.extend(made_permanent(state));
        events.extend(waiting(state));
        events.extend(reviews(state));
    }
    Decision { events, ..Decision::default() }
}

/// Activations end before the eligibilities that they came from.
fn activations(state: &State) -> impl Iterator<Item = Event> {
    (state.schedules.records.from(0))
        .filter(|(_, record)| record.kind == ScheduleKind::Activated)
        .flat_map(|(_, record)| grant::ended(state, record, EndCause::LicenseLapsed))
}

fn eligibilities(state: &State) -> impl Iterator<Item = Event> {
    (state.schedules.records.from(0)).filter(|(_, record)| record.kind == ScheduleKind::Eligibility).flat_map(
        |(_, record)| match record.phase {
            SchedulePhase::Expired => vec![Event::ScheduleForgotten(record.id)],
            SchedulePhase::Scheduled | SchedulePhase::Open | SchedulePhase::Held => {
                grant::ended(state, record, EndCause::LicenseLapsed)
            }
        },
    )
}

/// Time-bound assignments become permanent; those that have not begun go on waiting for their start.
fn made_permanent(state: &State) -> impl Iterator<Item = Event> {
    (state.schedules.records.from(0))
        .filter(|(_, record)| match record.kind {
            ScheduleKind::Assigned | ScheduleKind::AssignedOutside => record.end != Instant::LAST,
            ScheduleKind::Eligibility | ScheduleKind::Activated => false,
        })
        .filter(|(_, record)| record.phase != SchedulePhase::Expired)
        .map(|(_, record)| Event::ScheduleChanged {
            schedule: record.id,
            window: Window { start: record.start, end: None },
        })
}

/// Access reviews end, and what was set up of them goes (LIC-8).
fn reviews(state: &State) -> impl Iterator<Item = Event> {
    state.access_reviews.definitions().map(|review| access_reviews::deleted(review).into())
}

fn waiting(state: &State) -> impl Iterator<Item = Event> {
    (state.requests.records.from(0))
        .filter(|(_, request)| {
            matches!(request.status, RequestStatus::PendingApproval | RequestStatus::PendingAdminDecision)
        })
        .map(|(_, request)| grant::failed(request.id, StatusCause::LicenseLapsed))
}
