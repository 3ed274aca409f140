//! Who is reviewed.

use crate::model::{DirectoryScope, User};
use crate::tests::dsl::{Lab, check, user};
use crate::{Command, PrincipalId};
use uuid::Uuid;

/// REV-12. REV-13.
#[test]
fn people_are_those_of_the_start() {
    check(
        r#"
        world alice bob carol users
        alice eligible for "Global Reader" forever
        carol active in "Global Reader" for 2d
        admin review q of "Global Reader" by bob for 7d -> ok
        reviewed q are alice carol
        bob active in "Global Reader" forever
        tick 3d
        reviewed q are alice carol
        bob decides q deny bob -> DecisionNotFound
        "#,
    );
}

/// REV-7.
#[test]
fn eligible_ones_count_whether_activated_or_not() {
    check(
        r#"
        world alice bob carol dan users
        alice eligible for "Global Reader" forever
        bob active in "Global Reader" forever
        carol eligible for "Global Reader" forever
        dan eligible for "Global Reader" from +5d for 10d
        carol selfActivate "Global Reader" 4h "incident" -> Provisioned
        admin review q of "Global Reader" by admin -> ok
        admin review e of "Global Reader" eligible by admin -> ok
        admin review a of "Global Reader" active by admin -> ok
        reviewed q are alice bob carol
        reviewed e are alice carol
        reviewed a are bob
        "#,
    );
}

/// REV-6. Guests are users, and can be reviewed alone.
#[test]
fn only_the_sorts_that_are_asked_for_are_reviewed() {
    check(
        r#"
        world alice user; gus guest; robot service principal; ops role-assignable group of alice
        licence Governance
        alice active in "Global Reader" forever
        gus active in "Global Reader" forever
        robot active in "Global Reader" forever
        ops active in "Global Reader" forever
        admin review q of "Global Reader" users by admin -> ok
        admin review g of "Global Reader" guests by admin -> ok
        admin review s of "Global Reader" services by admin -> ok
        admin review x of "Global Reader" users groups by admin -> ok
        reviewed q are alice gus
        reviewed g are gus
        reviewed s are robot
        reviewed x are alice gus ops
        "#,
    );
}

/// REV-26. MIS-20.
#[test]
fn a_group_with_a_directory_role_is_one_line_and_one_with_a_role_of_azure_its_people() {
    check(
        r#"
        world alice bob carol users; ops role-assignable group of alice bob; inner group of carol; crowd group of alice inner
        world prod subscription; robot service principal
        setup add robot to crowd -> ok
        ops active in "Global Reader" forever
        crowd active in "Reader at prod" forever
        bob active in "Reader at prod" forever
        admin review q of "Global Reader" by admin -> ok
        setup review z of "Reader at prod" by admin -> ok
        setup review n of "Reader at prod" nested by admin -> ok
        reviewed q are ops
        reviewed z are alice bob inner
        reviewed n are alice bob carol inner
        "#,
    );
}

/// REV-10.
#[test]
fn of_a_group_that_pim_manages_eligible_and_active_members_are_reviewed_together() {
    check(
        r#"
        world alice bob carol users; ops group of alice
        licence Governance
        setup onboard ops -> ok
        setup adminAssign eligible bob "member of ops" 30d -> Provisioned
        setup adminAssign eligible carol "owner of ops" 30d -> Provisioned
        admin review q of "member of ops" active by admin -> ok
        reviewed q are alice bob
        "#,
    );
}

/// REV-12. Of a group whoever is in it, its groups or the people in these.
#[test]
fn groups_in_a_group_are_lines_or_their_people() {
    check(
        r#"
        world alice bob carol users; inner group of bob carol; crowd group of alice inner
        setup review q of "member of crowd" by admin -> ok
        setup review n of "member of crowd" users nested by admin -> ok
        reviewed q are alice inner
        reviewed n are alice bob carol
        "#,
    );
}

/// REV-36. An instance for each Microsoft 365 group that has guests.
#[test]
fn all_groups_with_guests_are_reviewed_a_group_at_a_time() {
    check(
        r#"
        world alice user; gus guest; gwen guest; team Microsoft365 group of alice gus; club Microsoft365 group of gwen
        world closed Microsoft365 group of alice; plain group of gus
        setup review q guests by alice auto default Deny for 2d -> ok
        instances q are +0h +0h
        tick 3d
        gus strays team
        gwen strays club
        alice belongs team
        gus belongs plain
        "#,
    );
}

/// REV-8. Whoever was made within that time is left out, and a group signs in nowhere.
#[test]
fn only_the_inactive_are_reviewed_where_that_is_asked_for() {
    let mut lab = Lab::after(
        r#"
        world alice bob carol users; ops role-assignable group of alice; robot service principal
        licence Governance
        tick 40d
        "#,
    );
    let id = PrincipalId(Uuid::from_u64_pair(0x2100, 1));
    lab.set_up(&Command::CreateUser(User { created: lab.pim.now(), ..user("new", id) }));
    let privilege = lab.privilege("Global Reader", DirectoryScope::Tenant).unwrap();
    lab.set_up(&Command::CreateRoleAssignment { principal: id, privilege, id: None, details: None });
    lab.tell(
        r#"
        alice active in "Global Reader" forever
        bob active in "Global Reader" forever
        carol active in "Global Reader" forever
        ops active in "Global Reader" forever
        robot active in "Global Reader" forever
        bob signed in +9d silently
        carol signed in +11d
        admin review q of "Global Reader" users groups services inactive 30d by admin -> ok
        reviewed q are alice bob robot
        admin review p of "Global Reader" by admin -> ok
        reviewed p are alice bob carol new ops
        "#,
    );
    lab.finish();
}

/// REV-24. REV-25. The time that is looked back over ends at the start, whenever anybody looks.
#[test]
fn whoever_has_not_signed_in_lately_is_recommended_to_go() {
    check(
        r#"
        world alice bob carol users; ops role-assignable group of alice
        tick 40d
        alice active in "Global Reader" forever
        bob active in "Global Reader" forever
        carol active in "Global Reader" forever
        ops active in "Global Reader" forever
        alice signed in +10d silently
        bob signed in +9d23h
        admin review q of "Global Reader" by admin recommending for 20d -> ok
        admin review p of "Global Reader" by admin recommending back 60d -> ok
        admin review n of "Global Reader" by admin -> ok
        tick 15d
        recommendation q alice is Approve
        recommendation q bob is Deny
        recommendation q carol is NoInfoAvailable
        recommendation q ops is NoInfoAvailable
        recommendation p bob is Approve
        recommendation n alice is NoInfoAvailable
        "#,
    );
}

/// REV-45. As a guide has it: inactive ones, applied by itself, removed where nobody answers.
#[test]
fn unused_assignments_are_removed_without_anybody() {
    check(
        r#"
        world alice bob users
        licence Governance
        alice active in "Global Reader" forever
        bob eligible for "Global Reader" forever
        tick 100d
        alice signed in
        admin review q of "Global Reader" inactive 90d by admin for 7d every 3 months auto default Deny -> ok
        tick 7d
        alice has "Global Reader"
        bob is not eligible for "Global Reader"
        "#,
    );
}
