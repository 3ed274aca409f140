//! Requests: what is asked, how it stands, and the three layers.

use super::dsl::{Lab, check, instant};
use crate::model::{Action, AskedExpiration, AssignmentKind, RequestStatus, ScheduleKind, SchedulePhase};
use crate::time::{Instant, Length};
use crate::{By, ScheduleId};

/// REQ-1.
#[test]
fn there_are_nine_actions() {
    let names = Action::ALL.map(Action::name);
    assert_eq!(
        names,
        [
            "adminAssign",
            "adminUpdate",
            "adminRemove",
            "selfActivate",
            "selfDeactivate",
            "adminExtend",
            "adminRenew",
            "selfExtend",
            "selfRenew"
        ]
    );
    for action in Action::ALL {
        assert_eq!(Action::parse(&action.name().to_uppercase()), Some(action));
    }
    assert_eq!(Action::parse("AdminApprove"), None);
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned
        admin adminUpdate eligible alice "Global Reader" 10d -> Provisioned
        admin adminExtend eligible alice "Global Reader" 12d -> Provisioned
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        at +1h alice selfDeactivate "Global Reader" -> Revoked
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        alice cancel asking -> ok
        at +12d alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision
        admin adminRenew eligible alice "Global Reader" 30d -> Provisioned
        admin adminRemove eligible alice "Global Reader" -> Revoked
        "#,
    );
}

/// REQ-4.
#[test]
fn activation_and_deactivation_belong_to_the_side_of_assignments() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfActivate eligible "Global Reader" 2h "incident" -> ActionNotForSide
        alice selfDeactivate eligible "Global Reader" -> ActionNotForSide
        alice selfExtend eligible "Global Reader" 20d "in time" -> PendingAdminDecision
        "#,
    );
}

/// REQ-5.
#[test]
fn every_action_but_removal_and_deactivation_needs_a_schedule() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        admin adminAssign eligible alice "Security Reader" -> InvalidSchedule Missing
        admin adminUpdate eligible alice "Global Reader" -> InvalidSchedule Missing
        admin adminExtend eligible alice "Global Reader" -> InvalidSchedule Missing
        admin adminRenew eligible alice "Global Reader" -> InvalidSchedule Missing
        alice selfActivate "Global Reader" "incident" -> InvalidSchedule Missing
        alice selfExtend eligible "Global Reader" "why" -> InvalidSchedule Missing
        alice selfRenew eligible "Global Reader" "why" -> InvalidSchedule Missing
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        at +10m alice selfDeactivate "Global Reader" -> Revoked
        admin adminRemove eligible alice "Global Reader" -> Revoked
        "#,
    );
}

/// REQ-7.
#[test]
fn a_schedule_that_makes_no_sense_is_refused() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" until +0h -> InvalidSchedule EndNotAfterStart
        admin adminAssign eligible alice "Global Reader" from +2h until +2h -> InvalidSchedule EndNotAfterStart
        at +1h admin adminAssign eligible alice "Global Reader" from +0h until +30m -> InvalidSchedule EndNotAfterStart
        admin adminAssign eligible alice "Global Reader" 0h -> InvalidSchedule DurationNotPositive
        admin adminAssign eligible alice "Global Reader" -1h -> InvalidSchedule DurationNotPositive
        "#,
    );
}

/// REQ-10.
#[test]
fn a_start_that_has_passed_is_now() {
    let lab = Lab::after(
        r#"
        world alice users
        at +3h admin adminAssign eligible alice "Global Reader" from +1h 1d -> Provisioned as first
        window of alice eligible "Global Reader" +3h +1d3h
        first completed +3h
        "#,
    );
    let asked = lab.pim.view(lab.pim.now()).request(lab.request("first")).unwrap().asked.unwrap();
    assert_eq!(asked.start, instant("+3h"));
    assert_eq!(asked.expiration, AskedExpiration::AfterDuration(Length::days(1)));
    lab.finish();
}

/// REQ-11. REQ-12. REQ-50. MOD-12.
#[test]
fn what_is_accepted_is_answered_with_the_request_and_the_schedule_has_its_id() {
    let lab = Lab::after(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" 30d -> Provisioned as first
        first targets first
        first completed +0h
        admin adminAssign eligible alice "Global Reader" 30d -> AlreadyExists
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned as second
        second targets second
        alice has "Global Reader"
        "#,
    );
    let view = lab.pim.view(lab.pim.now());
    for (name, kind) in [("first", ScheduleKind::Eligibility), ("second", ScheduleKind::Activated)] {
        let schedule = view.schedule(ScheduleId::from(lab.request(name))).unwrap();
        assert_eq!((schedule.kind, schedule.phase), (kind, SchedulePhase::Open));
    }
    lab.finish();
}

/// REQ-13. REQ-51. MOD-6.
#[test]
fn a_future_request_is_granted_and_counts_as_completed_at_its_start() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "Global Reader" from +2d until +9d -> Granted as first
        first completed +2d
        first targets first
        phase of alice eligible "Global Reader" is Scheduled
        alice is not eligible for "Global Reader"
        at +2d alice is eligible for "Global Reader"
        phase of alice eligible "Global Reader" is Open
        "#,
    );
}

/// MOD-5. MOD-6.
#[test]
fn requests_are_history_schedules_are_present_and_future_instances_are_now() {
    let mut lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 1d
        alice eligible for "Security Reader" from +2d until +3d
        "#,
    );
    let alice = By::Principal(lab.id("alice").unwrap());
    let side = AssignmentKind::Eligibility;
    let mut counts = Vec::new();
    for time in ["+0h", "+1d", "+2d", "+3d"] {
        lab.advance(instant(time).unwrap());
        let view = lab.pim.view(lab.pim.now());
        counts.push((
            view.requests(side, alice, None).count(),
            view.schedules(side, alice, None).count(),
            view.instances(side, alice, None).count(),
        ));
    }
    assert_eq!(counts, [(2, 2, 1), (2, 1, 0), (2, 1, 1), (2, 0, 0)]);
    lab.finish();
}

/// REQ-16.
#[test]
fn every_status_is_one_of_the_service() {
    let vocabulary = [
        "Accepted",
        "PendingEvaluation",
        "Granted",
        "Denied",
        "PendingProvisioning",
        "Provisioned",
        "PendingRevocation",
        "Revoked",
        "Canceled",
        "Failed",
        "PendingApprovalProvisioning",
        "PendingApproval",
        "FailedAsResourceIsLocked",
        "PendingAdminDecision",
        "AdminApproved",
        "AdminDenied",
        "TimedOut",
        "ProvisioningStarted",
    ];
    for status in RequestStatus::ALL {
        assert!(vocabulary.contains(&status.name()), "{}", status.name());
    }
}

/// REQ-57.
#[test]
fn a_finished_request_never_changes_again() {
    check(
        r#"
        world alice users
        admin adminAssign active alice "Global Reader" 1d "duty" -> Provisioned as made
        at +1h admin adminRemove active alice "Global Reader" -> Revoked as removed
        admin adminAssign active alice "Global Reader" from +2d until +3d "duty" -> Granted as later
        admin cancel later -> ok
        admin cancel later -> NotCancellable
        tick 5d
        made is Provisioned
        removed is Revoked
        later is Canceled
        "#,
    );
}

/// MOD-20.
#[test]
fn asking_only_what_would_be_answers_everything_and_changes_nothing() {
    check(
        r#"
        world alice users; berlin administrative unit
        alice eligible for "Global Reader" for 30d
        alice would selfActivate "Global Reader" 9h -> ExpirationRule + JustificationRule
        alice would selfActivate "Security Reader" 2h "incident" -> DoesNotExist
        alice would selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice would selfActivate "Global Reader" from +1h 2h "incident" -> Granted
        alice has nothing
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice would selfActivate "Global Reader" 2h "incident" -> AlreadyExists
        admin would adminRemove eligible alice "Global Reader" -> Revoked
        admin would createRole "Watcher" -> ok
        alice has "Global Reader"
        "#,
    );
}

/// MOD-23.
#[test]
fn an_instant_has_an_offset_and_is_kept_in_utc() {
    assert_eq!(Instant::parse("2026-03-02T09:14:07"), None);
    assert_eq!(Instant::parse("2026-03-02"), None);
    let instant = Instant::parse("2026-03-02T11:14:07.1239+02:00").unwrap();
    assert_eq!(instant.to_string(), "2026-03-02T09:14:07.123Z");
    assert_eq!(Instant::parse("2026-03-02T09:14:07Z").unwrap().to_string(), "2026-03-02T09:14:07Z");
}

/// REQ-42.
#[test]
fn what_there_is_not_is_not_found() {
    check(
        r#"
        world alice users
        admin adminAssign eligible alice "nothing" 30d -> RoleNotFound
        admin adminAssign eligible nobody "Global Reader" 30d -> PrincipalNotFound
        admin adminRemove eligible nobody "Global Reader" -> PrincipalNotFound
        setup delete alice -> ok
        admin adminAssign eligible alice "Global Reader" 30d -> PrincipalNotFound
        "#,
    );
}
