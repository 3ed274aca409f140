//! What was deleted comes back, or goes for good.

use super::dsl::{BEGINNING, Lab, check, group, user};
use crate::model::{GroupType, PrincipalKind};
use crate::time::Length;
use crate::{Actor, Command, Pim, PrincipalId, Rejection};
use uuid::Uuid;

fn names(found: &[&crate::model::Principal]) -> Vec<String> {
    found.iter().map(|it| it.display_name().to_owned()).collect()
}

/// ASG-28. ASG-27. With the id come the memberships and ownerships, in both directions, and not what PIM gave.
#[test]
fn a_restored_principal_has_its_edges_and_not_its_assignments() {
    let mut lab = Lab::after(
        r#"
        world alice bob users; ops role-assignable group of alice bob; crowd group of ops
        setup own alice of ops -> ok
        ops active in "Global Reader" for 30d
        alice eligible for "User Administrator" for 30d
        setup delete ops -> ok
        setup delete alice -> ok
        alice does not act as "Global Reader"
        tick 29d
        setup restore alice -> ok
        setup restore ops -> ok
        setup restore ops -> PrincipalNotFound
        alice has nothing
        ops has nothing
        "#,
    );
    let (alice, ops, crowd) = (lab.id("alice").unwrap(), lab.id("ops").unwrap(), lab.id("crowd").unwrap());
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(names(&view.members(ops)), ["alice", "bob"]);
    assert_eq!(names(&view.owners(ops)), ["alice"]);
    assert_eq!(names(&view.groups_owned_by(alice)), ["ops"]);
    assert_eq!(names(&view.members(crowd)), ["ops"]);
    assert_eq!(names(&view.transitive_groups_of(alice)), ["ops", "crowd"]);
    // Nothing is left that could go for good.
    lab.tell("tick 30d");
    assert!(lab.pim.view(lab.pim.now()).user(alice).is_some());
    lab.finish();
}

/// ASG-28. An edge is back when both its ends are, in whichever order they were deleted and come back.
#[test]
fn edges_between_deleted_objects_come_back_with_the_second() {
    for (first, second) in [("alice", "ops"), ("ops", "alice")] {
        for (early, late) in [("alice", "ops"), ("ops", "alice")] {
            let mut lab = Lab::after("world alice users; ops group of alice");
            lab.tell(&format!("setup delete {first} -> ok\nsetup delete {second} -> ok"));
            lab.tell(&format!("setup restore {early} -> ok"));
            let (alice, ops) = (lab.id("alice").unwrap(), lab.id("ops").unwrap());
            assert!(lab.pim.view(lab.pim.now()).groups_of(alice).is_empty());
            lab.tell(&format!("setup restore {late} -> ok"));
            assert_eq!(names(&lab.pim.view(lab.pim.now()).members(ops)), ["alice"], "{first} {second} {early} {late}");
            lab.finish();
        }
    }
}

/// ASG-28. Thirty days, to the millisecond, and each at its own time.
#[test]
fn after_thirty_days_it_is_gone_for_good() {
    let mut lab = Lab::after(
        r"
        world alice bob users
        setup delete alice -> ok
        tick 1h
        setup delete bob -> ok
        tick 29d22h59m59s
        nothing happened
        tick 1s
        happened +30d principalPurged
        setup restore alice -> PrincipalNotFound
        setup restore bob -> ok
        setup purge bob -> PrincipalNotFound
        setup delete bob -> ok
        setup purge bob -> ok
        setup restore bob -> PrincipalNotFound
        ",
    );
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(view.all_deleted(PrincipalKind::User).count(), 0);
    assert_eq!(view.kind_of(lab.id("alice").unwrap()), Some(PrincipalKind::User));
    assert_eq!(lab.pim.next_deadline().map(|due| due > BEGINNING.plus(Length::days(30))), Some(true), "the week");
    // An id is that of one object for ever.
    let again = Command::CreateUser(user("other", lab.id("alice").unwrap()));
    assert!(matches!(lab.handle(Actor::SetUp, &again), Err(Rejection::NameTaken { property: "id", .. })));
    lab.finish();
}

/// ASG-28. A deleted user's name is free; who comes back needs it.
#[test]
fn a_name_that_was_taken_meanwhile_is_in_the_way() {
    let mut lab = Lab::after("world alice users; team group\nsetup delete alice -> ok");
    let (alice, twin) = (lab.id("alice").unwrap(), PrincipalId(Uuid::from_u64_pair(7, 1)));
    lab.set_up(&Command::CreateUser(user("ALICE", twin)));
    let taken = lab.handle(Actor::SetUp, &Command::RestorePrincipal(alice));
    assert!(matches!(taken, Err(Rejection::NameTaken { property: "userPrincipalName", .. })), "{taken:?}");
    lab.set_up(&Command::DeletePrincipal(twin));
    lab.set_up(&Command::RestorePrincipal(alice));
    // The nickname of a Microsoft 365 group is its mail address.
    let unified = |number| {
        let mut unified = group("mail", PrincipalId(Uuid::from_u64_pair(8, number)));
        unified.group_type = GroupType::Microsoft365;
        unified
    };
    lab.set_up(&Command::CreateGroup(unified(1)));
    let twin = lab.handle(Actor::SetUp, &Command::CreateGroup(unified(2)));
    assert!(matches!(twin, Err(Rejection::NameTaken { property: "mailNickname", .. })));
    lab.set_up(&Command::DeletePrincipal(unified(1).id));
    lab.set_up(&Command::CreateGroup(unified(2)));
    assert!(lab.handle(Actor::SetUp, &Command::RestorePrincipal(unified(1).id)).is_err());
    lab.finish();
}

/// ASG-28. AUT-22. Whoever may delete may restore.
#[test]
fn restoring_takes_what_deleting_takes() {
    check(
        r#"
        world alice bob carol dora users; ops role-assignable group; crowd group
        bob active in "User Administrator" for 30d
        carol active in "Groups Administrator" for 30d
        setup own dora of crowd -> ok
        alice delete dora -> NotPermitted
        carol delete dora -> NotPermitted
        carol delete ops -> NotPermitted
        dora delete crowd -> ok
        alice restore crowd -> NotPermitted
        carol restore crowd -> ok
        bob delete dora -> ok
        alice restore dora -> NotPermitted
        alice purge dora -> NotPermitted
        bob purge dora -> ok
        admin delete ops -> ok
        carol restore ops -> NotPermitted
        admin restore ops -> ok
        "#,
    );
}

/// ASG-28. The order of lists is that of places, also in the copy of a tenant that somebody was deleted from before.
#[test]
fn what_comes_back_in_a_copy_has_its_old_place() {
    let mut lab = Lab::after("world ops crowd outer groups");
    lab.tell("setup delete crowd -> ok");
    let mut copy = Pim::restore(lab.pim.snapshot());
    let (crowd, now) = (lab.id("crowd").unwrap(), lab.pim.now());
    lab.tell("setup restore crowd -> ok");
    copy.handle(now, &mut lab.ids.clone(), Actor::SetUp, &Command::RestorePrincipal(crowd)).unwrap();
    let listed: Vec<_> = copy.view(now).principals(PrincipalKind::Group, None).map(|(_, it)| it).collect();
    assert_eq!(names(&listed), ["ops", "crowd", "outer"]);
    assert_eq!(copy.snapshot(), lab.pim.snapshot());
    lab.finish();
}

/// ASG-28. Whoever holds the machine can pause in between, and each is purged at the same instant.
#[test]
fn hundreds_that_were_deleted_at_once_are_purged_in_steps() {
    let mut lab = Lab::after("world alice users");
    let crowd: Vec<_> = (1..=250).map(|number| PrincipalId(Uuid::from_u64_pair(9, number))).collect();
    for id in &crowd {
        lab.set_up(&Command::CreateUser(user(&format!("u{}", id.0), *id)));
        lab.set_up(&Command::DeletePrincipal(*id));
    }
    let due = lab.pim.now().plus(Length::days(30));
    lab.pim.advance_to(due.minus(Length::minutes(1)));
    let mut steps = 1;
    while lab.pim.advance_some(due, 1) {
        steps += 1;
    }
    assert!(steps >= 3, "{steps}");
    assert_eq!(lab.pim.now(), due);
    assert!(crowd.iter().all(|id| lab.pim.view(due).deleted(*id).is_none()));
    lab.tell("tick 1d");
    lab.finish();
}
