//! Making and changing users and groups.

use super::dsl::{BEGINNING, Lab, group, user};
use crate::model::{Group, GroupDetailsChange, GroupType, License, PrincipalKind, User, UserDetailsChange, Visibility};
use crate::time::Length;
use crate::{Actor, Command, GroupChange, Holder, PrincipalId, Rejection, UserChange};
use uuid::Uuid;

fn id(number: u64) -> PrincipalId {
    PrincipalId(Uuid::from_u64_pair(7, number))
}

const ROBOT: Actor = Actor::Application { id: PrincipalId(Uuid::from_u64_pair(7, 77)) };

fn actor(lab: &Lab, name: &str) -> Actor {
    Actor::User { id: lab.id(name).unwrap(), mfa: true, contexts: Default::default() }
}

fn update(lab: &Lab, name: &str, change: UserChange) -> Command {
    Command::UpdateUser { user: lab.id(name).unwrap(), change: Box::new(change) }
}

/// LIC-1. One without an id is given one and made now; a refused one uses no id up.
#[test]
fn a_user_is_made_now_and_below_a_domain_of_the_tenant() {
    let mut lab = Lab::after("world alice users\ntick 1h");
    let nil = PrincipalId(Uuid::nil());
    let good = User { password: "Tr0ub4dor&3".to_owned(), ..user("zoe", nil) };
    let named = |name: &str| User { user_principal_name: name.to_owned(), ..good.clone() };
    for (bad, refusal) in [
        (named("zoe@fabrikam.com"), Rejection::DomainNotVerified),
        (named("zo e@contoso.onmicrosoft.com"), Rejection::InvalidProperty { property: "userPrincipalName" }),
        (named("@contoso.onmicrosoft.com"), Rejection::InvalidProperty { property: "userPrincipalName" }),
        (
            named(&format!("{}@contoso.onmicrosoft.com", "z".repeat(65))),
            Rejection::InvalidProperty { property: "userPrincipalName" },
        ),
        (
            User { display_name: "z".repeat(257), ..good.clone() },
            Rejection::InvalidProperty { property: "displayName" },
        ),
        (
            User { mail_nickname: String::new(), ..good.clone() },
            Rejection::InvalidProperty { property: "mailNickname" },
        ),
        (User { password: "password".to_owned(), ..good.clone() }, Rejection::PasswordTooSimple),
        (User { manager: Some(id(9)), ..good.clone() }, Rejection::PrincipalNotFound(id(9))),
    ] {
        assert_eq!(lab.handle(ROBOT, &Command::CreateUser(bad)), Err(refusal));
    }
    let made = lab.handle(ROBOT, &Command::CreateUser(good)).unwrap().principal.unwrap();
    assert_eq!(made.0, Uuid::from_u64_pair(0x1000, 1), "the first id of its kind");
    assert_eq!(lab.pim.view(lab.pim.now()).user(made).unwrap().created, BEGINNING.plus(Length::hours(1)));
    lab.finish();
}

/// AUT-22. Only what is given changes, and null takes away.
#[test]
fn a_change_of_a_user_leaves_the_rest() {
    let mut lab = Lab::after("world alice bob users");
    let details = UserDetailsChange {
        city: Some(Some("Berlin".to_owned())),
        business_phones: Some(vec!["+49 30 1".to_owned()]),
        ..UserDetailsChange::default()
    };
    let manager = Some(lab.id("bob").ok());
    let change = UserChange { job_title: Some(Some("Analyst".to_owned())), manager, details, ..UserChange::default() };
    lab.set_up(&update(&lab, "alice", change));
    let bob = lab.id("bob").unwrap();
    let read = |lab: &Lab| lab.pim.view(lab.pim.now()).user(lab.id("alice").unwrap()).unwrap().clone();
    assert_eq!(lab.pim.view(lab.pim.now()).reports_of(bob).len(), 1);
    assert_eq!(read(&lab).details.unwrap().city.as_deref(), Some("Berlin"));
    let details = UserDetailsChange { city: Some(None), business_phones: Some(Vec::new()), ..Default::default() };
    lab.set_up(&update(&lab, "alice", UserChange { manager: Some(None), details, ..UserChange::default() }));
    assert_eq!(
        (read(&lab).details, read(&lab).manager, read(&lab).job_title.as_deref()),
        (None, None, Some("Analyst"))
    );
    assert!(lab.pim.view(lab.pim.now()).reports_of(bob).is_empty());
    lab.tell("tick 1h");
    let renamed = |name: &str| UserChange { user_principal_name: Some(name.to_owned()), ..UserChange::default() };
    lab.set_up(&update(&lab, "alice", renamed("ada@contoso.onmicrosoft.com")));
    let view = lab.pim.view(lab.pim.now());
    assert!(
        view.user_named("alice@contoso.onmicrosoft.com").is_none()
            && view.user_named("ADA@contoso.onmicrosoft.com").is_some()
    );
    let taken = lab.handle(Actor::SetUp, &update(&lab, "bob", renamed("Ada@contoso.onmicrosoft.com")));
    assert!(matches!(taken, Err(Rejection::NameTaken { property: "userPrincipalName", .. })));
    lab.set_up(&update(&lab, "alice", renamed("ADA@contoso.onmicrosoft.com")));
    lab.set_up(&update(
        &lab,
        "alice",
        UserChange { password: Some("Tr0ub4dor&3".to_owned()), ..UserChange::default() },
    ));
    assert_eq!(read(&lab).password_changed(), BEGINNING.plus(Length::hours(1)));
    lab.finish();
}

/// AUT-22. A role is needed to change users, but not to say where oneself can be reached.
#[test]
fn users_are_changed_by_their_administrators() {
    let mut lab = Lab::after("world alice bob users\nbob active in \"User Administrator\" for 30d");
    let city = UserDetailsChange { city: Some(Some("Berlin".to_owned())), ..UserDetailsChange::default() };
    let moved = UserChange { details: city, ..UserChange::default() };
    let promoted = UserChange { job_title: Some(Some("Queen".to_owned())), ..moved.clone() };
    let (alice, bob) = (actor(&lab, "alice"), actor(&lab, "bob"));
    assert!(lab.handle(alice, &update(&lab, "alice", moved.clone())).is_ok());
    assert_eq!(lab.handle(alice, &update(&lab, "alice", promoted.clone())), Err(Rejection::NotPermitted));
    assert_eq!(lab.handle(alice, &update(&lab, "bob", moved)), Err(Rejection::NotPermitted));
    assert!(lab.handle(bob, &update(&lab, "alice", promoted)).is_ok());
    lab.finish();
}

fn role_assignable(number: u64) -> Group {
    Group { is_assignable_to_role: true, ..group(&format!("g{number}"), id(number)) }
}

/// GRP-11. GRP-13. LIM-1. The 501st is refused; one without the flag is not, and one that is deleted makes room.
#[test]
fn there_are_five_hundred_role_assignable_groups_at_most() {
    let mut lab = Lab::new();
    for number in 1000..1500 {
        lab.set_up(&Command::CreateGroup(role_assignable(number)));
    }
    let one_more = Command::CreateGroup(role_assignable(1500));
    assert_eq!(lab.handle(Actor::SetUp, &one_more), Err(Rejection::TooManyRoleAssignableGroups));
    lab.set_up(&Command::CreateGroup(group("plain", id(1501))));
    lab.set_up(&Command::DeletePrincipal(id(1000)));
    lab.set_up(&one_more);
    assert_eq!(
        lab.handle(Actor::SetUp, &Command::RestorePrincipal(id(1000))),
        Err(Rejection::TooManyRoleAssignableGroups)
    );
}

/// GRP-14. LIC-14. It takes a licence and who manages roles; any other group takes a member of the organization.
#[test]
fn making_a_group_takes_a_role_only_where_it_is_for_roles() {
    let mut lab = Lab::after("world alice users; gina guest");
    let (alice, gina, admin) = (actor(&lab, "alice"), actor(&lab, "gina"), actor(&lab, "admin"));
    assert_eq!(lab.handle(alice, &Command::CreateGroup(role_assignable(1))), Err(Rejection::NotPermitted));
    assert_eq!(lab.handle(gina, &Command::CreateGroup(group("plain", id(2)))), Err(Rejection::NotPermitted));
    assert!(lab.handle(alice, &Command::CreateGroup(group("plain", id(2)))).is_ok());
    assert!(lab.handle(admin, &Command::CreateGroup(role_assignable(1))).is_ok());
    let owners = lab.pim.view(lab.pim.now()).owners(id(2));
    assert_eq!(owners.first().map(|it| it.id()), lab.id("alice").ok(), "whoever makes it owns it");
    lab.set_up(&Command::SetLicense(License::P1));
    assert!(lab.handle(ROBOT, &Command::CreateGroup(role_assignable(3))).is_ok());
    lab.tell(r#"setup adminAssign eligible alice "Global Reader" 30d -> LicenseRequired"#);
    lab.set_up(&Command::SetLicense(License::None));
    assert_eq!(lab.handle(ROBOT, &Command::CreateGroup(role_assignable(4))), Err(Rejection::LicenseRequired));
    lab.finish();
}

/// GRP-15. GRP-10. For directory roles it controls access and is private, and neither changes.
#[test]
fn a_group_for_roles_is_private_for_good() {
    let mut lab = Lab::new();
    let unified = Group { group_type: GroupType::Microsoft365, ..role_assignable(1) };
    assert_eq!((unified.is_security_enabled(), unified.visibility()), (true, Some(Visibility::Private)));
    let open = Group { is_assignable_to_role: false, ..unified.clone() };
    assert_eq!((open.is_security_enabled(), open.visibility()), (false, Some(Visibility::Public)));
    lab.set_up(&Command::CreateGroup(unified));
    let change = |change| Command::UpdateGroup { group: id(1), change: Box::new(change) };
    let details = GroupDetailsChange { visibility: Some(Some(Visibility::Public)), ..Default::default() };
    assert_eq!(
        lab.handle(Actor::SetUp, &change(GroupChange { details, ..GroupChange::default() })),
        Err(Rejection::InvalidProperty { property: "visibility" })
    );
    let assignable = |wanted| change(GroupChange { is_assignable_to_role: Some(wanted), ..GroupChange::default() });
    assert_eq!(
        lab.handle(Actor::SetUp, &assignable(false)),
        Err(Rejection::ReadOnlyProperty { property: "isAssignableToRole" })
    );
    lab.set_up(&assignable(true));
    lab.finish();
}

/// GRP-16. PRI-8. All or nobody: where one of several may not be in it, nothing has changed and no id is used up.
#[test]
fn a_group_is_made_and_filled_in_one_go() {
    let mut lab = Lab::after("world alice bob users; crowd group");
    let (alice, bob, crowd) = (lab.id("alice").unwrap(), lab.id("bob").unwrap(), lab.id("crowd").unwrap());
    let with = |group: Group, members: &[PrincipalId], owners: &[PrincipalId]| Command::CreateGroupWith {
        group: Box::new(group),
        members: members.to_vec(),
        owners: owners.to_vec(),
        unit: None,
    };
    let plain = || group("plain", id(1));
    for (command, refusal) in [
        (with(role_assignable(1), &[alice, crowd], &[]), Rejection::GroupInRoleAssignableGroup(id(1))),
        (with(plain(), &[alice], &[bob, crowd]), Rejection::GroupCannotOwn(crowd)),
        (with(plain(), &[alice, id(9)], &[]), Rejection::PrincipalNotFound(id(9))),
        (
            with(Group { group_type: GroupType::Microsoft365, ..plain() }, &[crowd], &[]),
            Rejection::GroupInMicrosoft365Group(id(1)),
        ),
        (
            with(Group { membership_rule: Some("all".to_owned()), ..plain() }, &[alice], &[]),
            Rejection::MembershipNotWritable(id(1)),
        ),
        (
            with(plain(), &[alice, alice], &[]),
            Rejection::NameTaken { property: "members", value: alice.to_string(), holder: None },
        ),
    ] {
        assert_eq!(lab.handle(Actor::SetUp, &command), Err(refusal));
    }
    lab.set_up(&with(plain(), &[alice, crowd], &[alice, bob]));
    let change = GroupChange { members: vec![bob, id(1)], ..GroupChange::default() };
    let command = Command::UpdateGroup { group: id(1), change: Box::new(change) };
    assert_eq!(lab.handle(Actor::SetUp, &command), Err(Rejection::GroupInItself(id(1))));
    let view = lab.pim.view(lab.pim.now());
    assert_eq!((view.members(id(1)).len(), view.owners(id(1)).len()), (2, 2));
    lab.finish();
}

/// GRP-10. A unique name can be given once; nobody else has it, in whichever case.
#[test]
fn the_unique_name_of_a_group_stays() {
    let mut lab = Lab::new();
    for number in [1, 2] {
        lab.set_up(&Command::CreateGroup(group(&format!("g{number}"), id(number))));
    }
    let name = |number, name: Option<&str>| {
        let details =
            GroupDetailsChange { unique_name: Some(name.map(str::to_owned)), ..GroupDetailsChange::default() };
        Command::UpdateGroup { group: id(number), change: Box::new(GroupChange { details, ..GroupChange::default() }) }
    };
    lab.set_up(&name(1, Some("crew")));
    lab.set_up(&name(1, Some("crew")));
    for other in [Some("staff"), None] {
        let read_only = Rejection::ReadOnlyProperty { property: "uniqueName" };
        assert_eq!(lab.handle(Actor::SetUp, &name(1, other)), Err(read_only));
    }
    let taken = lab.handle(Actor::SetUp, &name(2, Some("CREW")));
    let holder = Some(Holder::Principal(PrincipalKind::Group, id(1)));
    assert_eq!(taken, Err(Rejection::NameTaken { property: "uniqueName", value: "CREW".to_owned(), holder }));
    assert_eq!(lab.pim.view(lab.pim.now()).group_uniquely_named("Crew").unwrap().id, id(1));
    lab.set_up(&Command::DeletePrincipal(id(1)));
    lab.set_up(&name(2, Some("CREW")));
    assert!(matches!(
        lab.handle(Actor::SetUp, &Command::RestorePrincipal(id(1))),
        Err(Rejection::NameTaken { property: "uniqueName", .. })
    ));
    lab.finish();
}

/// GRP-19. Groups may be in each other; a walk ends all the same.
#[test]
fn walks_end_where_groups_are_in_each_other() {
    let lab = Lab::after(
        r"
        world alice users; one two three group; robot service principal
        setup add two to one -> ok
        setup add three to two -> ok
        setup add one to three -> ok
        setup add alice to three -> ok
        setup add robot to one -> ok
        setup add one to one -> GroupInItself
        ",
    );
    let view = lab.pim.view(lab.pim.now());
    let count = |name: &str| view.transitive_members(lab.id(name).unwrap()).len();
    assert_eq!((count("one"), count("two"), count("three")), (4, 4, 4), "two groups, alice and robot");
    assert_eq!(view.transitive_groups_of(lab.id("alice").unwrap()).len(), 3);
    assert_eq!(view.transitive_groups_of(lab.id("one").unwrap()).len(), 2);
    lab.finish();
}
