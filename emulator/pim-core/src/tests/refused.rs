//! What is noted of requests that were refused.

use super::dsl::Lab;
use crate::model::{Refusal, RefusedRequest, ScheduleKind};
use crate::{Event, PolicyRule};

/// The notes among all that happened.
fn notes(lab: &Lab) -> Vec<RefusedRequest> {
    (lab.events.iter())
        .filter_map(|it| if let Event::RequestRefused(note) = &it.event { Some((**note).clone()) } else { None })
        .collect()
}

/// GA-7. AUD-27. UNC-14.
#[test]
fn only_the_removal_of_the_last_administrator_is_noted() {
    let lab = Lab::after(
        r#"
        world alice bob users
        alice eligible for "Global Administrator" for 90d
        alice selfActivate "Global Reader" 1h "incident" -> DoesNotExist
        setup adminRemove eligible alice "Global Administrator" -> LastAdministrator
        admin adminRemove eligible alice "Global Administrator" -> LastAdministrator
        bob adminRemove eligible alice "Global Administrator" -> NotPermitted
        "#,
    );
    let notes = notes(&lab);
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert_eq!(notes[0].refusal, Refusal::LastAdministrator);
    assert!(notes[0].held.is_some_and(|window| window.end.is_some()), "{notes:?}");
    lab.finish();
}

/// UNC-14.
#[test]
fn every_refused_request_is_noted_where_the_switch_says_so() {
    let lab = Lab::after(
        r#"
        world alice users
        switch auditRefusedRequests true
        alice eligible for "Global Reader" for 90d
        alice selfActivate "Global Reader" 1h -> JustificationRule
        alice would selfActivate "Global Reader" 1h -> JustificationRule
        alice selfDeactivate "Global Reader" -> DoesNotExist
        "#,
    );
    let refusals: Vec<_> = notes(&lab).into_iter().map(|note| note.refusal).collect();
    assert_eq!(refusals, [Refusal::PolicyRules(vec![PolicyRule::Justification]), Refusal::DoesNotExist]);
    lab.finish();
}

/// GA-5. GA-7.
#[test]
fn an_end_that_is_held_back_says_whose_it_is() {
    let lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Administrator" for 2h
        tick 3h
        "#,
    );
    let alice = lab.id("alice").unwrap();
    let held = lab.events.iter().find_map(|it| {
        let Event::EndHeldBack { principal, kind, window, .. } = &it.event else { return None };
        Some((*principal, *kind, window.end == Some(it.at)))
    });
    assert_eq!(held, Some((alice, ScheduleKind::Eligibility, true)));
    lab.finish();
}
