//! Setting the switches.

use super::admin_update::shortened_activations;
use super::{Context, Decision, license};
use crate::behaviour::Behaviour;
use crate::event::Event;
use crate::model::{License, ScheduleKind, SchedulePhase};

crate::implements!["UNC-2", "LAT-12"];

/// What setting the switches and the licence in one go would do. What ends with the licence is not shortened first.
pub(super) fn configure(context: &Context<'_>, behaviour: &Behaviour, license: License) -> Decision {
    let mut decision = if license.includes_pim() {
        decide(context, behaviour)
    } else {
        Decision::event(Event::BehaviourChanged(Box::new(behaviour.clone())))
    };
    decision.events.extend(license::decide(context, license).events);
    decision
}

/// What setting the switches would do: where the cap comes on, what outlives its eligibility is shortened (UNC-2). The
/// others count for what happens from now on.
pub(super) fn decide(context: &Context<'_>, behaviour: &Behaviour) -> Decision {
    let state = context.state;
    let mut decision = Decision::event(Event::BehaviourChanged(Box::new(behaviour.clone())));
    if behaviour.activation_capped_by_eligibility && !state.behaviour.activation_capped_by_eligibility {
        let eligibilities = state.schedules.records.from(0).filter(|(_, record)| {
            record.kind == ScheduleKind::Eligibility
                && matches!(record.phase, SchedulePhase::Open | SchedulePhase::Scheduled)
        });
        decision.events.extend(
            eligibilities.flat_map(|(slot, record)| shortened_activations(context, slot, record.window(), true)),
        );
    }
    decision
}
