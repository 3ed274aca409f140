//! What happens by itself.

use super::dsl::{BEGINNING, Lab, check, instant};
use crate::Pim;
use crate::model::RequestStatus;
use crate::time::Length;

/// ASG-17.
#[test]
fn a_time_bound_assignment_ends_by_itself() {
    check(
        r#"
        world alice users
        alice active in "Global Reader" for 30d
        alice eligible for "Security Reader" for 30d
        at +30d-1ms alice has "Global Reader"
        at +30d alice has nothing
        happened +30d scheduleEnded Expired, +30d scheduleEnded Expired
        alice is not eligible for "Security Reader"
        "#,
    );
}

/// REQ-59.
#[test]
fn the_start_belongs_to_the_window_and_the_end_does_not() {
    check(
        r#"
        world alice users
        alice active in "Global Reader" from +1h until +2h
        at +1h-1ms alice has nothing
        at +1h alice has "Global Reader"
        at +2h-1ms alice has "Global Reader"
        at +2h alice has nothing
        "#,
    );
}

/// REQ-60.
#[test]
fn at_one_instant_what_ends_makes_room_for_what_starts() {
    check(
        r#"
        world alice users
        admin adminAssign active alice "Global Reader" from +2h until +4h "second" -> Granted
        admin adminAssign active alice "Global Reader" 2h "first" -> Provisioned
        tick 2h
        happened +2h scheduleEnded Expired, +2h scheduleStarted, +2h requestStatusChanged Provisioned
        alice has "Global Reader"
        "#,
    );
}

/// REQ-52.
#[test]
fn the_stored_status_turns_at_the_start_unless_the_switch_says_otherwise() {
    check(
        r#"
        world alice bob users
        admin adminAssign eligible alice "Global Reader" from +1d until +9d -> Granted as one
        at +1d-1ms one is Granted
        at +1d one is Provisioned
        happened +1d scheduleStarted, +1d requestStatusChanged Provisioned
        switch grantedBecomesProvisioned false
        admin adminAssign eligible bob "Global Reader" from +2d until +9d -> Granted as two
        at +2d two is Granted
        bob is eligible for "Global Reader"
        "#,
    );
}

/// REQ-58.
#[test]
fn expiry_does_not_touch_the_request() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 1d -> Provisioned as first
        at +1d first is Provisioned
        happened +1d scheduleEnded Expired
        first completed +0h
        first targets first
        "#,
    );
}

/// MOD-15. UNC-16.
#[test]
fn a_finished_request_is_purged_after_forty_five_days_and_its_schedule_lives_on() {
    check(
        r#"
        world alice bob users
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned as one
        admin adminAssign eligible bob "Global Reader" from +10d forever -> Granted as two
        at +45d-1ms one is Provisioned
        at +45d one is gone
        alice is eligible for "Global Reader"
        at +55d-1ms two is Provisioned
        at +55d two is gone
        switch requestRetentionDays 1
        admin adminRemove eligible alice "Global Reader" -> Revoked as three
        at +56d three is gone
        "#,
    );
}

/// MOD-16. UNC-16.
#[test]
fn a_cancelled_request_is_purged_after_thirty_days() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +90d forever -> Granted as one
        at +1d admin cancel one -> ok
        at +31d-1ms one is Canceled
        at +31d one is gone
        "#,
    );
}

/// MOD-15.
#[test]
fn a_request_that_waits_is_not_purged() {
    check(
        r#"
        world alice bob users
        switch waitingRequestsOutliveAssignment true
        admin adminAssign eligible alice "Global Reader" from +90d forever -> Granted as one
        bob eligible for "Global Reader" for 10d
        bob selfExtend eligible "Global Reader" 60d "in time" -> PendingAdminDecision as two
        at +80d one is Granted
        two is PendingAdminDecision
        "#,
    );
}

/// MOD-15. REQ-52. However it is called, what has begun is history.
#[test]
fn a_request_that_stays_granted_is_purged_after_it_has_begun() {
    check(
        r#"
        world alice bob carol users
        switch grantedBecomesProvisioned false
        admin adminAssign eligible alice "Global Reader" from +1d until +90d -> Granted as one
        admin adminAssign eligible bob "Global Reader" from +60d until +90d -> Granted as two
        admin adminAssign eligible carol "Global Reader" from +1d until +90d -> Granted as three
        admin adminUpdate eligible carol "Global Reader" from +0h until +90d -> Provisioned
        at +45d-1ms three is Granted
        at +45d three is gone
        at +46d-1ms one is Granted
        at +46d one is gone
        happened +46d requestPurged
        switch grantedBecomesProvisioned true
        two is Granted
        at +60d two is Provisioned
        at +105d two is gone
        "#,
    );
}

/// MOD-15. REQ-52. LAT-1. What begins at once or late has a time to be purged at, too, whatever the switch says by then.
#[test]
fn the_switch_may_turn_while_a_request_waits_for_its_start() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +1d until +90d -> Granted as one
        switch grantedBecomesProvisioned false
        at +1d one is Granted
        switch grantedBecomesProvisioned true
        one is Provisioned
        at +46d one is gone
        "#,
    );
}

/// ASG-18.
#[test]
fn an_expired_assignment_is_forgotten_after_thirty_days() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        switch requestRetentionDays 60
        at +10d alice is not eligible for "Global Reader"
        happened +10d scheduleEnded Expired
        at +40d-1ms nothing happened
        tick 1ms
        happened +40d scheduleForgotten
        "#,
    );
}

/// REQ-59. REQ-60.
#[test]
fn a_jump_of_a_year_is_event_for_event_many_steps() {
    let story = r#"
        world alice bob users
        alice eligible for "Global Reader" for 100d
        bob active in "Global Administrator" for 20d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted
        alice selfExtend eligible "Global Reader" 30d "early" -> ExpirationRule
        admin adminAssign eligible bob "Security Reader" from +200d until +300d -> Granted
    "#;
    let (mut jump, mut steps) = (Lab::after(story), Lab::after(story));
    jump.advance(instant("+365d").unwrap());
    for hour in 1..=365 * 24 {
        steps.advance(BEGINNING.plus(Length::hours(hour)));
    }
    assert_eq!(jump.events, steps.events);
    assert!(jump.events.iter().map(|it| it.at).is_sorted());
    assert_eq!(jump.pim.snapshot(), steps.pim.snapshot());
    jump.finish();
}

/// REQ-59.
#[test]
fn a_reader_sees_the_clock_and_not_how_far_a_jump_has_come() {
    let lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        admin adminAssign active alice "Security Reader" from +3h until +5h "duty" -> Granted as later
        "#,
    );
    let alice = lab.id("alice").unwrap();
    let view = lab.pim.view(instant("+4h").unwrap());
    assert_eq!(view.active_roles(alice), [lab.role("Security Reader").unwrap()]);
    assert_eq!(view.request(lab.request("later")).unwrap().status, RequestStatus::Provisioned);
    assert_eq!(lab.pim.view(instant("+2h").unwrap()).active_roles(alice), []);
    lab.finish();
}

/// REQ-60. What happens at one instant happens in the order of places, and a restored machine has the same places.
#[test]
fn a_restored_machine_goes_on_in_the_same_order() {
    let mut original = Lab::after(
        r#"
        world alice bob carol users
        carol eligible for "Security Reader" for 30d
        bob active in "Global Administrator" for 30d
        admin adminRemove eligible carol "Security Reader" -> Revoked
        "#,
    );
    let mut restored = Lab::after("world alice bob carol users");
    restored.pim = Pim::restore(original.pim.snapshot());
    restored.ids = original.ids.clone();
    restored.events = original.events.clone();
    for lab in [&mut original, &mut restored] {
        lab.tell("alice active in \"Global Administrator\" for 30d\n tick 30d");
    }
    assert_eq!(restored.events, original.events);
    assert_eq!(restored.pim.snapshot(), original.pim.snapshot());
    original.finish();
}

/// REQ-60. A jump may be taken in portions, and time never goes back.
#[test]
fn a_jump_pauses_between_events() {
    let mut lab = Lab::after(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 12h
        bob eligible for "Global Reader" for 23h
        "#,
    );
    let end = instant("+23h").unwrap();
    assert!(lab.pim.advance_some(end, 1));
    assert_eq!(lab.pim.now(), instant("+12h").unwrap());
    assert_eq!(lab.pim.next_deadline(), instant("+23h"));
    assert!(!lab.pim.advance_some(end, 1));
    lab.pim.advance_to(BEGINNING);
    assert_eq!(lab.pim.now(), end);
    lab.finish();
}
