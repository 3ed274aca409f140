//! PIM for Groups: membership and ownership on demand, and what follows from it.

use super::dsl::{BEGINNING, Lab, check};
use crate::model::conditional_access::AuthenticationContextId;
use crate::model::{
    Action, AdministrativeUnit, AskedExpiration, AskedSchedule, AssignmentKind, Family, GroupAccess, PolicySubject,
    Privilege, TicketInfo,
};
use crate::{Actor, AdministrativeUnitId, Ask, Command, Rejection};
use uuid::Uuid;

/// MOD-1. ACT-22. ACT-23. ACT-29. DEA-13. GRP-21. GRP-29. SCO-13. POL-13. POL-23. POL-55. POL-56. AUT-11.
#[test]
fn an_eligible_member_is_in_the_group_while_its_activation_runs() {
    check(
        r#"
        world alice bob carol users; ops group
        setup own carol of ops -> ok
        carol adminAssign eligible alice "member of ops" forever -> ExpirationRule
        carol adminAssign eligible alice "member of ops" 366d -> ExpirationRule
        carol adminAssign eligible alice "member of ops" 365d -> Provisioned
        alice strays from ops
        alice selfActivate "member of ops" 9h "incident" -> ExpirationRule
        alice selfActivate "member of ops" 2h -> JustificationRule
        alice selfActivate "owner of ops" 2h "incident" -> DoesNotExist
        bob selfActivate "member of ops" 2h "incident" -> DoesNotExist
        alice selfActivate "member of ops" 2h "incident" -> Provisioned
        alice belongs to ops
        alice disowned ops
        alice selfActivate "member of ops" 2h "incident" -> AlreadyExists
        tick 2h
        alice strays from ops
        alice selfActivate "member of ops" 2h "incident" -> Provisioned
        tick 10m
        alice selfDeactivate "member of ops" -> Revoked
        alice strays from ops
        "#,
    );
}

/// ACT-22. REQ-51. ASG-21.
#[test]
fn membership_begins_when_its_window_does_and_ends_with_it() {
    check(
        r#"
        world alice users; ops group
        admin adminAssign active alice "member of ops" from +1d 3d "project" -> NotPermitted
        setup adminAssign active alice "member of ops" from +1d 3d "project" -> Granted
        alice strays from ops
        tick 1d
        alice belongs to ops
        setup adminUpdate active alice "member of ops" from +2d 3d "later" -> Provisioned
        alice strays from ops
        tick 1d
        alice belongs to ops
        tick 3d
        alice strays from ops
        "#,
    );
}

/// MOD-14. MOD-12. ACT-22. ASG-13. ASG-21.
#[test]
fn an_update_of_what_runs_gives_it_the_id_of_the_update() {
    check(
        r#"
        world alice users; ops group
        setup adminAssign eligible alice "member of ops" 30d -> Provisioned as first
        first targets first
        alice selfActivate "member of ops" 8h "incident" -> Provisioned
        setup adminUpdate eligible alice "member of ops" until +4h -> Provisioned as second
        second targets second
        first targets first
        happened +0h requestCreated, +0h scheduleChanged, +0h scheduleChanged, +0h scheduleIdChanged
        window of alice eligible "member of ops" +0h +4h
        alice belongs to ops
        setup adminUpdate eligible alice "member of ops" until +5h -> Provisioned as third
        third targets third
        tick 4h
        alice strays from ops
        alice is eligible for "member of ops"
        tick 1h
        alice is not eligible for "member of ops"
        "#,
    );
    check(
        r#"
        world alice users; ops group
        setup adminAssign active alice "owner of ops" 30d "on call" -> Provisioned
        setup adminUpdate active alice "owner of ops" until +1d "shorter" -> Provisioned as second
        second targets second
        happened +0h requestCreated, +0h scheduleChanged, +0h scheduleIdChanged
        alice owns ops
        "#,
    );
}

/// MOD-14. EXT-3. REQ-52.
#[test]
fn what_waits_for_its_start_is_extended_or_is_of_a_role_keeps_its_id() {
    check(
        r#"
        world alice bob users; ops group
        setup adminAssign eligible alice "member of ops" from +2d 3d -> Granted as first
        setup adminUpdate eligible alice "member of ops" from +1d 3d -> Provisioned as second
        second targets first
        at +1d first is Provisioned
        setup adminExtend eligible alice "member of ops" until +9d -> Provisioned as third
        third targets first
        setup adminAssign eligible bob "Global Reader" 3d -> Provisioned as role
        setup adminUpdate eligible bob "Global Reader" 4d -> Provisioned as longer
        longer targets role
        switch groupUpdatesChangeScheduleIds false
        setup adminUpdate eligible alice "member of ops" until +12d -> Provisioned as last
        last targets first
        "#,
    );
}

/// GRP-9. GRP-30. GRP-8. AUT-14. MOD-11. DEA-10.
#[test]
fn whoever_is_in_a_group_when_pim_hears_of_it_shows_as_assigned_for_good() {
    check(
        r#"
        world alice bob carol users; ops group of alice
        setup own carol of ops -> ok
        alice lacks "member of ops"
        carol adminAssign active alice "member of ops" 3d "again" -> AlreadyExists
        alice lacks "member of ops"
        carol adminAssign eligible bob "member of ops" 3d -> Provisioned
        happened +0h groupOnboarded, +0h scheduleCreated, +0h scheduleCreated, +0h requestCreated, +0h scheduleCreated
        alice has "member of ops"
        carol has "owner of ops"
        alice belongs to ops
        tick 6m
        carol adminRemove active alice "member of ops" -> Revoked
        alice strays from ops
        "#,
    );
}

/// GRP-9. AUT-14. GRP-4. GRP-30.
#[test]
fn a_group_is_taken_in_by_whoever_may_manage_it() {
    check(
        r#"
        world alice bob carol users; ops group of alice; roles role-assignable group; rule dynamic group
        setup own carol of ops -> ok
        alice onboard ops -> NotPermitted
        alice lacks "member of ops"
        carol onboard ops -> ok
        happened +0h groupOnboarded, +0h scheduleCreated, +0h scheduleCreated
        alice has "member of ops"
        carol has "owner of ops"
        carol onboard ops -> ok
        nothing happened
        carol onboard roles -> NotPermitted
        admin onboard roles -> ok
        setup onboard rule -> GroupNotManageable
        "#,
    );
}

/// GRP-30. GRP-31. ASG-29. GRP-35. AUT-13.
#[test]
fn what_is_changed_in_the_directory_shows_in_pim() {
    check(
        r#"
        world alice bob carol users; ops group
        setup own carol of ops -> ok
        carol adminAssign eligible bob "member of ops" 3d -> Provisioned
        carol add alice to ops -> ok
        alice has "member of ops"
        carol add alice to ops -> ReferenceExists
        carol drop alice from ops -> ok
        alice lacks "member of ops"
        bob selfActivate "member of ops" 2h "incident" -> Provisioned
        carol drop bob from ops -> ok
        bob lacks "member of ops"
        bob strays from ops
        carol drop bob from ops -> ReferenceMissing
        bob selfActivate "member of ops" 2h "incident" -> Provisioned
        alice add alice to ops -> NotPermitted
        "#,
    );
}

/// GRP-4. GRP-5. GRP-6. GRP-7. GRP-1. GRP-2. GRP-3. GRP-12.
#[test]
fn pim_manages_no_group_of_which_somebody_else_decides_who_is_in_it() {
    let mut lab = Lab::after(
        r#"
        world alice user; rule dynamic group; synced synchronised group; kept plain groups; roles role-assignable group
        world crowd Microsoft365 group
        "#,
    );
    lab.set_up(&Command::CreateAdministrativeUnit(AdministrativeUnit {
        is_member_management_restricted: true,
        members: vec![lab.id("kept").unwrap()],
        ..AdministrativeUnit::new(AdministrativeUnitId(Uuid::from_u64_pair(7, 7)), "vault", BEGINNING)
    }));
    lab.tell(
        r#"
        setup adminAssign eligible alice "member of rule" 3d -> GroupNotManageable
        setup adminAssign eligible alice "member of synced" 3d -> GroupNotManageable
        setup adminAssign eligible alice "member of kept" 3d -> GroupNotManageable
        setup adminAssign eligible alice "member of nobody" 3d -> GroupNotFound
        setup adminAssign eligible alice "member of plain" 3d -> Provisioned
        setup adminAssign eligible alice "member of roles" 3d -> Provisioned
        setup adminAssign eligible alice "member of crowd" 3d -> Provisioned
        "#,
    );
    lab.finish();
}

/// GRP-16. GRP-17. GRP-18. GRP-19. PRI-1. PRI-7. PRI-8. UNC-12.
#[test]
fn groups_in_groups() {
    check(
        r#"
        world alice user; roles role-assignable group; plain other groups; robot service principal
        setup add plain to roles -> GroupInRoleAssignableGroup
        setup adminAssign active plain "member of roles" 3d -> GroupInRoleAssignableGroup
        setup adminAssign eligible plain "member of roles" 3d -> Provisioned
        setup add roles to plain -> ok
        setup add plain to other -> ok
        setup add other to plain -> ok
        setup add plain to plain -> GroupInItself
        setup adminAssign eligible plain "member of plain" 3d -> GroupInItself
        setup own plain of other -> GroupCannotOwn
        setup adminAssign eligible plain "owner of other" 3d -> GroupCannotOwn
        setup adminAssign eligible robot "member of plain" 3d -> PrincipalCannotBeEligible
        setup adminAssign active robot "member of plain" 3d -> Provisioned
        robot belongs to plain
        "#,
    );
}

/// REQ-2.
#[test]
fn nobody_asks_for_more_time_in_a_group() {
    check(
        r#"
        world alice user; ops group
        setup adminAssign eligible alice "member of ops" 3d -> Provisioned
        alice selfExtend eligible "member of ops" 9d "more" -> ActionNotForFamily
        alice selfRenew eligible "member of ops" 9d "more" -> ActionNotForFamily
        setup adminExtend eligible alice "member of ops" 9d -> Provisioned
        "#,
    );
}

/// ACT-25. ACT-24. GRP-17. GRP-24. GRP-20. GRP-28.
#[test]
fn whoever_is_in_an_eligible_group_activates_for_oneself_alone() {
    check(
        r#"
        world alice bob users; people group of alice bob; enabled role-assignable group
        enabled active in "Global Reader" forever
        setup adminAssign eligible people "member of enabled" 90d -> Provisioned
        alice does not act as "Global Reader"
        alice selfActivate "member of enabled" 8h "desk" -> Provisioned
        alice belongs to enabled
        bob strays from enabled
        people strays from enabled
        alice acts as "Global Reader"
        bob does not act as "Global Reader"
        setup drop bob from people -> ok
        bob selfActivate "member of enabled" 8h "desk" -> DoesNotExist
        tick 8h
        alice does not act as "Global Reader"
        "#,
    );
}

/// ACT-26. GRP-25. GRP-27.
#[test]
fn one_activation_of_membership_gives_every_role_of_the_group_and_follows_the_groups_policy() {
    check(
        r#"
        world alice user; admins role-assignable group
        admins active in "Global Reader" forever
        admins active in "User Administrator" forever
        policy "Global Reader" max 1h
        setup adminAssign eligible alice "member of admins" 90d -> Provisioned
        alice selfActivate "member of admins" 8h "desk" -> Provisioned
        alice acts as "Global Reader"
        alice acts as "User Administrator"
        "#,
    );
}

/// ACT-27. GRP-26. GRP-24.
#[test]
fn membership_of_a_group_that_is_eligible_takes_two_activations() {
    check(
        r#"
        world alice user; admins role-assignable group
        admins eligible for "Global Reader" forever
        setup adminAssign eligible alice "member of admins" 90d -> Provisioned
        alice selfActivate "Global Reader" 2h "desk" -> DoesNotExist
        alice selfActivate "member of admins" 4h "desk" -> Provisioned
        alice does not act as "Global Reader"
        alice selfActivate "Global Reader" 9h "desk" -> ExpirationRule
        alice selfActivate "Global Reader" 2h "desk" -> Provisioned
        alice acts as "Global Reader"
        tick 4h
        alice strays from admins
        alice selfActivate "Global Reader" 2h "desk" -> DoesNotExist
        "#,
    );
}

/// AUT-10. AUT-11. AUT-12. GRP-22. AUT-22.
#[test]
fn who_manages_a_group_depends_on_whether_it_is_role_assignable() {
    check(
        r#"
        world alice bob carol dave users; plain group; roles role-assignable group; berlin administrative unit
        bob active in "Groups Administrator" for 30d
        dave active in "Groups Administrator" @berlin for 30d
        bob adminAssign eligible alice "member of plain" 3d -> Provisioned
        dave adminAssign eligible carol "member of plain" 3d -> NotPermitted
        bob adminAssign eligible alice "member of roles" 3d -> NotPermitted
        bob add alice to roles -> NotPermitted
        admin adminAssign eligible carol "member of plain" 3d -> NotPermitted
        admin adminAssign eligible alice "owner of roles" 3d -> Provisioned
        setup own dave of roles -> ok
        alice adminAssign eligible carol "member of roles" 3d -> NotPermitted
        alice selfActivate "owner of roles" 8h "duty" -> Provisioned
        alice adminAssign eligible carol "member of roles" 3d -> Provisioned
        alice adminAssign eligible alice "member of roles" 3d -> Provisioned
        tick 8h
        alice adminAssign eligible bob "member of roles" 3d -> NotPermitted
        "#,
    );
}

/// MFA-9. UNC-11. MFA-8.
#[test]
fn a_missing_authentication_context_can_have_a_code_of_its_own() {
    let mut lab = Lab::after(
        r#"
        world alice user; ops group; c1 context
        setup adminAssign eligible alice "member of ops" 30d -> Provisioned
        policy "member of ops" context c1
        access "guard" c1 for everybody takes mfa
        "#,
    );
    let (ops, alice) = (lab.id("ops").unwrap(), lab.id("alice").unwrap());
    let activation = Command::Request(Ask {
        side: AssignmentKind::Assignment,
        action: Action::SelfActivate,
        principal: alice,
        privilege: Privilege::Group { group: ops, access: GroupAccess::Member },
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::NotSpecified }),
        target_schedule: None,
        justification: Some("desk".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    });
    let actor = Actor::User { id: alice, mfa: true, contexts: Default::default() };
    let context = AuthenticationContextId::parse("c1").unwrap();
    let refused = |words_of| Err(Rejection::AuthenticationContextRequired { context, words_of });
    assert_eq!(lab.handle(actor, &activation), refused(Family::DirectoryRoles));
    lab.tell("switch groupContextFailureHasItsOwnCode true");
    assert_eq!(lab.handle(actor, &activation), refused(Family::Groups));
    lab.finish();
}

/// APR-13. APR-15. APR-11.
#[test]
fn a_group_has_no_default_approvers() {
    check(
        r#"
        world alice bob users; ops group; deciders group of bob
        setup adminAssign eligible alice "member of ops" 30d -> Provisioned
        setup policy "member of ops" approval -> InvalidPolicy
        policy "member of ops" approval by deciders
        alice selfActivate "member of ops" 2h "incident" -> PendingApproval as wish
        alice strays from ops
        bob approves wish
        admin has nothing to approve
        bob approve wish "fine" -> ok
        alice belongs to ops
        "#,
    );
}

/// POL-17.
#[test]
fn a_policy_counts_its_changes() {
    let mut lab = Lab::after("world alice user; ops group");
    let ops = lab.id("ops").unwrap();
    let revision =
        |lab: &Lab, access| lab.pim.view(lab.pim.now()).policy(PolicySubject::Group(ops, access)).map(|it| it.revision);
    assert_eq!(revision(&lab, GroupAccess::Member), Some(0));
    lab.tell(r#"policy "member of ops" max 1h"#);
    assert!(lab.pim.view(lab.pim.now()).is_onboarded(ops), "GRP-9");
    lab.tell(r#"policy "member of ops" max 2h"#);
    assert_eq!(revision(&lab, GroupAccess::Member), Some(2));
    assert_eq!(revision(&lab, GroupAccess::Owner), Some(0));
    lab.finish();
}

/// POL-6. POL-31.
#[test]
fn whoever_makes_an_active_assignment_of_a_group_can_be_asked_for_a_ticket() {
    check(
        r#"
        world alice carol users; ops group
        setup own carol of ops -> ok
        setup policy "member of ops" eligible ticket -> InvalidPolicy RequirementNotAllowed
        carol policy "member of ops" active ticket -> ok
        carol adminAssign active alice "member of ops" 3d "project" -> TicketingRule
        carol adminAssign active alice "member of ops" 3d "project" ticket "INC-1" "desk" -> Provisioned
        "#,
    );
}

/// AUT-10. AUT-11. AUT-12.
#[test]
fn what_pim_knows_of_a_group_is_read_by_its_managers_global_readers_and_whoever_is_in_it() {
    let mut lab = Lab::after(
        r#"
        world alice bob carol dave erin users; plain group of alice; roles role-assignable group
        bob active in "Groups Administrator" for 30d
        dave active in "Global Reader" for 30d
        erin active in "Security Reader" for 30d
        setup own carol of roles -> ok
        "#,
    );
    let may_read = |lab: &Lab, group| {
        let id = |name| lab.id(name).unwrap();
        let all = ["admin", "alice", "bob", "carol", "dave", "erin"];
        all.into_iter().filter(|who| lab.pim.view(lab.pim.now()).may_read_group(id(who), id(group))).collect::<Vec<_>>()
    };
    assert_eq!(may_read(&lab, "plain"), ["alice", "bob", "dave"]);
    assert_eq!(may_read(&lab, "roles"), ["admin", "carol", "dave"]);
    lab.tell("switch permissionEnforcement false");
    assert_eq!(may_read(&lab, "plain").len(), 6);
    lab.finish();
}

/// AUT-10. AUT-11.
#[test]
fn whoever_manages_groups_of_either_sort_learns_that_one_is_gone() {
    check(
        r#"
        world alice bob users; roles role-assignable group
        bob active in "Groups Administrator" for 30d
        setup delete roles -> ok
        admin adminAssign eligible alice "member of roles" 3d -> GroupNotFound
        bob adminAssign eligible alice "member of roles" 3d -> GroupNotFound
        alice adminAssign eligible alice "member of roles" 3d -> NotPermitted
        "#,
    );
}

/// ASG-27. GRP-36.
#[test]
fn with_a_group_goes_what_was_to_be_had_of_it() {
    check(
        r#"
        world alice bob users; ops group; deciders group of bob
        setup adminAssign eligible alice "member of ops" 30d -> Provisioned
        setup adminAssign active bob "member of ops" 30d -> Provisioned
        policy "member of ops" approval by deciders
        alice selfActivate "member of ops" 2h "incident" -> PendingApproval as wish
        setup delete ops -> ok
        wish is Failed
        alice is not eligible for "member of ops"
        bob lacks "member of ops"
        "#,
    );
}

/// GRP-34. LAT-10.
#[test]
fn a_group_that_was_just_made_is_not_known_everywhere() {
    check(
        r#"
        world alice user
        switch replicationDelay 5m
        tick 10m
        world ops group
        tick 4m
        setup adminAssign eligible alice "member of ops" 30d -> GroupNotFound
        tick 1m
        setup adminAssign eligible alice "member of ops" 30d -> Provisioned
        "#,
    );
}

/// GRP-23. LIM-4.
#[test]
fn a_group_has_at_most_a_hundred_owners() {
    let mut lab = Lab::after("world ops group; alice user");
    for number in 0..100 {
        lab.tell(&format!("world u{number} user\nsetup own u{number} of ops -> ok"));
    }
    lab.tell(
        r#"
        setup own alice of ops -> TooManyOwners
        setup adminAssign active alice "owner of ops" 3d -> TooManyOwners
        setup adminAssign eligible alice "owner of ops" 3d -> Provisioned
        "#,
    );
    lab.finish();
}
