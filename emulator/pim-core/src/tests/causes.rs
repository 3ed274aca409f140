//! What events say of why and of whom: the cause of a change of status, and the call that brought something about.

use super::dsl::{BEGINNING, Lab};
use crate::model::conditional_access::AuthenticationContexts;
use crate::model::{RequestStatus, Window, roles};
use crate::time::Length;
use crate::{Actor, Caller, Command, Event, Pim, Session, StatusCause};

/// The changes of status among all that happened.
fn changes(lab: &Lab) -> Vec<(RequestStatus, StatusCause)> {
    (lab.events.iter())
        .filter_map(|it| {
            let Event::RequestStatusChanged { status, cause, .. } = it.event else { return None };
            Some((status, cause))
        })
        .collect()
}

/// An activation that waits for bob.
const WAITING: &str = r#"
    world alice bob users
    policy "Global Reader" approval by bob
    alice eligible for "Global Reader" for 30d
    alice selfActivate "Global Reader" 2h "incident" -> PendingApproval as one
"#;

/// APR-32. LIC-7. ASG-27. APR-4. APR-26. REQ-20. ACT-16. Whatever stands beside it, the change says itself why.
#[test]
fn a_request_that_waited_says_why_it_waits_no_more() {
    for (end, status, cause) in [
        ("bob deny one \"no\" -> ok", RequestStatus::Denied, StatusCause::Denied),
        ("alice cancel one -> ok", RequestStatus::Canceled, StatusCause::Canceled),
        ("tick 2d", RequestStatus::TimedOut, StatusCause::TimedOut),
        ("licence none", RequestStatus::Failed, StatusCause::LicenseLapsed),
        ("setup delete alice -> ok", RequestStatus::Failed, StatusCause::PrincipalDeleted),
        (
            "setup assignOutside alice \"Global Reader\" -> ok\nbob approve one \"fine\" -> ok",
            RequestStatus::Failed,
            StatusCause::AlreadyHeld,
        ),
        (
            "admin adminRemove eligible alice \"Global Reader\" -> Revoked\nbob approve one \"fine\" -> ok",
            RequestStatus::Failed,
            StatusCause::EligibilityEnded,
        ),
        (
            "admin adminUpdate eligible alice \"Global Reader\" 6m -> Provisioned\nat +2m bob approve one \"fine\" -> ok",
            RequestStatus::Failed,
            StatusCause::TooShort,
        ),
    ] {
        let mut lab = Lab::after(WAITING);
        lab.tell(end);
        assert_eq!(changes(&lab), [(status, cause)], "{end}");
        lab.finish();
    }
}

/// REQ-56. REQ-52. ASG-19. What was granted for later says why it began or did not.
#[test]
fn a_request_for_later_says_how_it_came_out() {
    for (then, status, cause) in [
        ("tick 2h", RequestStatus::Provisioned, StatusCause::InEffect),
        (
            "admin adminRemove eligible alice \"Global Reader\" -> Revoked",
            RequestStatus::Failed,
            StatusCause::EligibilityEnded,
        ),
        (
            "admin adminAssign active alice \"Global Reader\" 5d \"duty\" -> Provisioned\ntick 2h",
            RequestStatus::Failed,
            StatusCause::AlreadyHeld,
        ),
        ("alice cancel later -> ok", RequestStatus::Canceled, StatusCause::Canceled),
    ] {
        let mut lab = Lab::after(
            r#"
            world alice users
            alice eligible for "Global Reader" for 30d
            alice selfActivate "Global Reader" from +1h until +3h "later" -> Granted as later
            "#,
        );
        lab.tell(then);
        assert_eq!(changes(&lab), [(status, cause)], "{then}");
        lab.finish();
    }
}

/// EXT-7. REQ-54. REQ-51. What is given, and what begins, is told with its window.
#[test]
fn what_a_manager_gives_and_what_begins_has_its_window() {
    let lab = Lab::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision as asking
        admin adminExtend eligible alice "Global Reader" 20d -> Provisioned
        alice selfActivate "Global Reader" from +1h until +3h "later" -> Granted
        tick 2h
        "#,
    );
    let window = |from: i64, until: Length| Window {
        start: BEGINNING.plus(Length::hours(from)),
        end: Some(BEGINNING.plus(until)),
    };
    let given = StatusCause::Approved(window(0, Length::days(20)));
    assert_eq!(changes(&lab)[0], (RequestStatus::AdminApproved, given));
    let started: Vec<_> = (lab.events.iter())
        .filter_map(|it| if let Event::ScheduleStarted { window, .. } = it.event { Some(window) } else { None })
        .collect();
    assert_eq!(started, [window(1, Length::hours(3))]);
    lab.finish();
}

/// AUD-23. AUD-26. The roles are those before anything came of the call; what sets a tenant up and what comes due has none.
#[test]
fn an_event_knows_the_call_that_brought_it_about() {
    let mut lab = Lab::after(
        r#"
        world alice users
        alice active in "Global Administrator" forever
        alice active in "Global Reader" for 1h
        setup assignOutside alice "Security Reader" -> ok
        "#,
    );
    assert!(lab.events.iter().all(|it| it.session.is_none()));
    let alice = lab.id("alice").unwrap();
    let actor = Actor::User { id: alice, mfa: true, contexts: AuthenticationContexts::NONE };
    let now = BEGINNING.plus(Length::minutes(30));
    let address = Some([192, 0, 2, 7].into());
    let delete = Command::DeleteRoleAssignment {
        schedule: lab
            .pim
            .view(now)
            .schedules(crate::model::AssignmentKind::Assignment, crate::By::Principal(alice), None)
            .find(|(_, it)| it.privilege.role() == Some(roles::SECURITY_READER))
            .unwrap()
            .1
            .id,
    };
    lab.pim.handle(now, &mut lab.ids, Caller { actor, address }, &delete).unwrap();
    lab.pim.advance_to(BEGINNING.plus(Length::hours(2)));
    let happened = lab.pim.take_events();
    let called: Vec<_> = happened.iter().filter_map(|it| it.session.as_deref().cloned()).collect();
    let mut held = vec![roles::GLOBAL_ADMINISTRATOR, roles::GLOBAL_READER, roles::SECURITY_READER];
    held.sort_unstable();
    assert_eq!(called, [Session { roles: held, address }], "{happened:?}");
    assert!(happened.len() > 1, "the end of the time-bound assignment as well");
    lab.events.extend(happened);
    assert_eq!(Pim::replay(&lab.events).snapshot().now, lab.events.last().unwrap().at);
    lab.finish();
}
