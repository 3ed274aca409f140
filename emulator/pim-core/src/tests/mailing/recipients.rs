//! Who gets mail at all.

use super::Office;
use crate::model::{License, User, UserType};
use crate::{Command, PrincipalId};
use uuid::Uuid;

/// NOT-2.
#[test]
fn a_thousand_people_are_told_of_one_event_and_nobody_beyond() {
    let mut office = Office::after(r#"world crowd role-assignable group; alice users"#);
    let crowd = office.0.id("crowd").unwrap();
    for number in 0..1100_u64 {
        let id = PrincipalId(Uuid::from_u64_pair(0x3000, number));
        office.0.set_up(&Command::CreateUser(crate::tests::dsl::user(&format!("u{number}"), id)));
        office.0.set_up(&Command::AddMember { group: crowd, member: id });
    }
    let office = office.tell(
        r#"
        crowd active in "Security Administrator" forever
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        "#,
    );
    let told: Vec<_> = office.sent().flat_map(|(_, mail)| mail.to.iter().map(|it| it.people.len())).collect();
    assert_eq!(told, [1, 999]);
}

/// NOT-23.
#[test]
fn nobody_is_told_who_has_no_mailbox() {
    let mut office = Office::after(r#"world robot service principal; gone disabled user; ops role-assignable group"#);
    let ops = office.0.id("ops").unwrap();
    for (number, name, mail) in [(1, "grace", Some("grace@fabrikam.example")), (2, "gus", None)] {
        let id = PrincipalId(Uuid::from_u64_pair(0x3000, number));
        let mail = mail.map(str::to_owned);
        let guest = User { user_type: UserType::Guest, mail, ..crate::tests::dsl::user(name, id) };
        office.0.set_up(&Command::CreateUser(guest));
        office.0.set_up(&Command::AddMember { group: ops, member: id });
    }
    office
        .tell(
            r#"
            admin adminAssign active robot "Global Reader" forever "on duty" -> Provisioned
            admin adminAssign active gone "Global Reader" forever "on duty" -> Provisioned
            admin adminAssign active ops "Global Reader" forever "on duty" -> Provisioned
            "#,
        )
        .sent_only(&[
            "+0h activeAssigned Admin to admin gail sam",
            "+0h activeAssigned Admin to admin gail sam",
            "+0h activeAssigned Requestor to grace",
            "+0h activeAssigned Admin to admin gail sam",
        ]);
}

/// LIC-8.
#[test]
fn without_a_licence_nobody_is_told_anything() {
    Office::after(
        r#"
        world alice users
        alice active in "Global Reader" for 3d
        licence P1
        admin assignOutside alice "Reports Reader" -> ok
        tick 30d
        "#,
    )
    .sent_only(&[]);
}

/// NOT-12. LIC-13.
#[test]
fn the_administrators_are_told_when_the_tenant_comes_to_have_pim() {
    let mut office = Office::after("licence P1");
    for license in [License::None, License::P2, License::Governance] {
        office.0.set_up(&Command::SetLicense(license));
    }
    office.sent_only(&["+0h pimEnabled Admin to admin gail sam"]);
}

/// What sets the tenant up is told to nobody; what time makes of it is.
#[test]
fn a_world_begins_with_an_empty_outbox() {
    Office::after(
        r#"
        world alice users
        alice eligible for "Global Reader" for 12h
        setup assignOutside alice "Reports Reader" -> ok
        tick 12h
        "#,
    )
    .sent_only(&["+12h expired Requestor to alice", "+12h expired Admin to admin gail"]);
}
