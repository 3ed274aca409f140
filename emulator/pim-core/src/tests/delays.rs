//! Delays: what the service takes its time for, each by its name, on the tenant's own clock and off until it is switched on.

use super::dsl::{Lab, check, instant};
use crate::model::{AssignmentKind, Schedule};
use crate::time::Length;
use crate::{Actor, Behaviour, By, Command, Rejection, Replica};

/// LAT-12.
#[test]
fn nothing_takes_time_until_it_is_switched_on() {
    let switches = Behaviour::default();
    let delays = [
        switches.provisioning_delay,
        switches.group_provisioning_delay,
        switches.list_delay,
        switches.approval_mail_delay,
        switches.replication_delay,
    ];
    assert_eq!(delays, [Length::ZERO; 5]);
}

/// LAT-2. LAT-1.
#[test]
fn groups_can_take_longer_than_roles() {
    check(
        r#"
        world alice user; ops group
        setup adminAssign eligible alice "member of ops" 30d -> Provisioned
        alice eligible for "Global Reader" for 30d
        switch groupProvisioningDelay 11s
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice selfActivate "member of ops" 2h "incident" -> PendingProvisioning
        tick 10s
        alice strays from ops
        tick 1s
        alice belongs to ops
        switch groupProvisioningDelay 0s
        switch provisioningDelay 5s
        alice adminAssign eligible alice "member of ops" 30d -> NotPermitted
        setup adminAssign active admin "member of ops" 30d -> PendingProvisioning
        "#,
    );
}

/// LAT-1. REQ-12. REQ-50.
#[test]
fn an_activation_is_provisioned_a_while_after_it_was_accepted() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        switch provisioningDelay 11s
        alice selfActivate "Global Reader" 2h "incident" -> PendingProvisioning as asking
        alice has nothing
        alice does not act as "Global Reader"
        alice selfActivate "Global Reader" 2h "incident" -> PendingRequest
        alice selfDeactivate "Global Reader" -> DoesNotExist
        alice cancel asking -> NotCancellable PendingProvisioning
        at +11s asking is Provisioned
        happened +11s scheduleStarted, +11s requestStatusChanged Provisioned
        alice has "Global Reader"
        window of alice active "Global Reader" +11s +2h
        "#,
    );
}

/// LAT-1. REQ-12.
#[test]
fn an_assignment_is_provisioned_a_while_after_it_was_accepted() {
    check(
        r#"
        world alice bob users
        switch provisioningDelay 11s
        admin adminAssign eligible alice "Global Reader" 30d -> PendingProvisioning as one
        admin adminAssign active bob "Global Reader" from +1h until +2d "duty" -> Granted as two
        alice is not eligible for "Global Reader"
        at +11s alice is eligible for "Global Reader"
        one is Provisioned
        at +1h two is Provisioned
        bob has "Global Reader"
        "#,
    );
}

/// LAT-1. APR-26.
#[test]
fn an_approved_activation_is_provisioned_a_while_later() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        switch provisioningDelay 11s
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        bob approve asking "fine" -> ok
        asking is PendingProvisioning
        alice selfActivate "Global Reader" 2h "incident" -> PendingRequest
        at +11s asking is Provisioned
        alice has "Global Reader"
        at +2h alice selfActivate "Global Reader" 2h "again" -> PendingApproval
        "#,
    );
}

/// LAT-1. EXT-13.
#[test]
fn a_renewal_that_a_manager_granted_is_provisioned_a_while_later() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        at +10d alice selfRenew eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        switch provisioningDelay 11s
        admin grant asking 30d "ok" -> ok
        asking is PendingProvisioning
        admin adminAssign eligible alice "Global Reader" 30d -> PendingRequest
        at +10d11s asking is Provisioned
        alice is eligible for "Global Reader"
        "#,
    );
}

/// LAT-1. DEA-10.
#[test]
fn what_is_removed_before_it_was_provisioned_never_is() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        switch provisioningDelay 11s
        alice selfActivate "Global Reader" 2h "incident" -> PendingProvisioning as one
        admin adminRemove active alice "Global Reader" -> Revoked
        happened +0h requestCreated, +0h scheduleEnded Removed, +0h requestStatusChanged Canceled
        one is Canceled
        alice selfActivate "Global Reader" 2h "incident" -> PendingProvisioning as two
        admin adminRemove eligible alice "Global Reader" -> Revoked
        two is Failed
        tick 1m
        nothing happened
        alice has nothing
        "#,
    );
}

/// LAT-1. ASG-13. REQ-52. What is changed to run now has begun, and its request waits no longer.
#[test]
fn what_is_extended_before_it_was_provisioned_has_begun() {
    check(
        r#"
        world alice bob users
        switch provisioningDelay 1h
        admin adminAssign eligible alice "Global Reader" 10d -> PendingProvisioning as one
        admin adminUpdate eligible alice "Global Reader" 20d -> PendingRequest
        admin adminExtend eligible alice "Global Reader" 20d -> Provisioned
        alice is eligible for "Global Reader"
        one is Provisioned
        switch provisioningDelay 0s
        admin adminAssign eligible bob "Global Reader" from +2d until +9d -> Granted as two
        admin adminUpdate eligible bob "Global Reader" 3d -> Provisioned
        two is Provisioned
        at +3d bob is not eligible for "Global Reader"
        two is Provisioned
        admin adminRemove eligible alice "Global Reader" -> Revoked
        admin adminAssign eligible alice "Global Reader" 10d -> Provisioned
        "#,
    );
}

/// LAT-1. A window that would be over before the service has come to it begins at once.
#[test]
fn a_delay_longer_than_the_window_does_not_delay_it() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        switch provisioningDelay 3h
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        alice has "Global Reader"
        "#,
    );
}

/// LAT-6. ASG-30.
#[test]
fn lists_lag_behind() {
    let mut lab = Lab::after(
        r#"
        world alice users
        switch listDelay 20s
        at +1h admin adminAssign eligible alice "Global Reader" from +2h 30d -> Granted
        "#,
    );
    let alice = By::Principal(lab.id("alice").unwrap());
    let side = AssignmentKind::Eligibility;
    let mut counts = Vec::new();
    for time in ["+1h20s-1ms", "+1h20s", "+2h20s-1ms", "+2h20s"] {
        lab.advance(instant(time).unwrap());
        let view = lab.pim.view(lab.pim.now());
        counts.push((
            view.requests(side, alice, None).count(),
            view.schedules(side, alice, None).count(),
            view.instances(side, alice, None).count(),
        ));
    }
    assert_eq!(counts, [(0, 0, 0), (1, 1, 0), (1, 1, 0), (1, 1, 1)]);
    lab.finish();
}

/// LAT-6. What lists do not show yet is there all the same.
#[test]
fn what_lists_do_not_show_yet_counts() {
    check(
        r#"
        world alice users
        switch listDelay 20s
        admin adminAssign active alice "User Administrator" 30d "duty" -> Provisioned as made
        made is Provisioned
        admin adminAssign active alice "User Administrator" 30d "duty" -> AlreadyExists
        alice acts as "User Administrator"
        "#,
    );
}

/// LAT-7. NOT-20.
#[test]
fn approvers_are_told_a_while_after_the_request_was_made() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        switch approvalMailDelay 5m
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
        bob approves one
        tick 5m
        happened +5m approversTold
        bob deny one "no" -> ok
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as two
        bob deny two "before anybody was told" -> ok
        tick 10m
        nothing happened
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as three
        alice cancel three -> ok
        tick 10m
        nothing happened
        "#,
    );
}

/// LAT-7. APR-4. Nobody is told of what has timed out.
#[test]
fn nobody_is_told_of_what_is_over() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        switch approvalMailDelay 1d
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval
        tick 2d
        happened +1d requestStatusChanged TimedOut
        "#,
    );
}

/// LAT-10. REQ-42.
#[test]
fn what_was_made_a_moment_ago_is_not_found() {
    let mut lab = Lab::after(
        r#"
        world alice users
        switch replicationDelay 30s
        admin adminAssign eligible alice "Global Reader" 30d -> PrincipalNotFound
        at +30s-1ms admin adminAssign eligible alice "Global Reader" 30d -> PrincipalNotFound
        at +30s admin adminAssign eligible alice "Global Reader" 30d -> Provisioned as made
        made is gone
        "#,
    );
    let schedule = lab.request("made").into();
    assert!(lab.pim.view(lab.pim.now()).schedule(schedule).is_none());
    lab.tell("at +1m made is Provisioned");
    assert!(lab.pim.view(lab.pim.now()).schedule(schedule).is_some());
    lab.finish();
}

/// LAT-10. APR-22.
#[test]
fn an_approval_is_found_a_while_after_its_request_was_made() {
    check(
        r#"
        world alice bob users
        policy "Global Reader" approval by bob
        alice eligible for "Global Reader" for 30d
        switch replicationDelay 15s
        tick 1h
        alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as asking
        approval of asking is gone
        tick 15s
        approval of asking is InProgress
        "#,
    );
}

/// LAT-1. LAT-6. LAT-10. What lags for one reader is there for everybody else, and each of the three lags on its own.
#[test]
fn a_replica_that_lags_behind_does_so_for_whoever_asks_it() {
    let lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned as made
        "#,
    );
    let (request, side) = (lab.request("made"), AssignmentKind::Assignment);
    let whole = lab.pim.view(lab.pim.now());
    let alice = By::Principal(whole.request(request).expect("it was made").principal);
    let look = |replica: &Replica| {
        let view = whole.shown_by(Some(replica));
        let status = view.request(request).map(|it| it.status.name());
        let schedule = view.schedule(request.into()).is_some();
        (status, schedule, view.requests(side, alice, None).count(), view.instances(side, alice, None).count())
    };
    let id = vec![request.0];
    let (unknown, unlisted, pending) = (
        Replica::new(id.clone(), Vec::new(), Vec::new()),
        Replica::new(Vec::new(), id.clone(), Vec::new()),
        Replica::new(Vec::new(), Vec::new(), id),
    );
    assert_eq!(look(&Replica::default()), (Some("Provisioned"), true, 1, 1));
    assert_eq!(look(&unknown), (None, false, 1, 1));
    assert_eq!(look(&unlisted), (Some("Provisioned"), true, 0, 0));
    assert_eq!(look(&pending), (Some("PendingProvisioning"), true, 1, 0));
    let noticed = |it: &Replica| [it.has_hidden(), it.has_left_out(), it.has_delayed()];
    let all = [&unknown, &unlisted, &pending].map(noticed);
    assert_eq!(all, [[true, false, false], [false, true, false], [false, false, true]]);
    lab.finish();
}

/// LAT-10. REQ-42. A part of the service that does not know somebody yet gives nothing to them either.
#[test]
fn a_replica_that_does_not_know_somebody_refuses() {
    let mut lab = Lab::after("world alice users\nalice eligible for \"Global Reader\" for 30d");
    let now = lab.pim.now();
    let held = lab.pim.view(now).schedules(AssignmentKind::Eligibility, By::Anything, None).next();
    let (_, Schedule { principal, privilege, .. }) = held.expect("she is eligible");
    let command = Command::CreateRoleAssignment { principal, privilege, id: None, details: None };
    let replica = Replica::new(vec![principal.0], Vec::new(), Vec::new());
    let refused = lab.pim.handle_at(Some(&replica), now, &mut lab.ids, Actor::SetUp, &command);
    assert_eq!(refused.map(drop), Err(Rejection::PrincipalNotFound(principal)));
    assert!(replica.has_hidden());
    assert!(lab.pim.handle(now, &mut lab.ids, Actor::SetUp, &command).is_ok());
}
