//! Who may hold what.

use super::dsl::check;

/// PRI-1. MOD-19.
#[test]
fn users_role_assignable_groups_and_service_principals_hold_roles() {
    check(
        r#"
        world alice users; ops role-assignable group; robot service principal
        admin adminAssign active alice "Global Reader" 30d "duty" -> Provisioned
        admin adminAssign active ops "Global Reader" 30d "duty" -> Provisioned
        admin adminAssign active robot "Global Reader" 30d "duty" -> Provisioned
        admin adminAssign eligible alice "Security Reader" 30d -> Provisioned
        admin adminAssign eligible ops "Security Reader" 30d -> Provisioned
        robot has "Global Reader"
        ops has "Global Reader"
        "#,
    );
}

/// PRI-1. PRI-2. UNC-12.
#[test]
fn a_service_principal_is_never_eligible() {
    check(
        r#"
        world robot service principal
        admin adminAssign eligible robot "Global Reader" 30d -> PrincipalCannotBeEligible
        setup adminAssign eligible robot "Global Reader" forever -> PrincipalCannotBeEligible
        robot is not eligible for "Global Reader"
        "#,
    );
}

/// PRI-3.
#[test]
fn a_guest_is_assigned_and_activates_like_anybody() {
    check(
        r#"
        world gina guest
        admin adminAssign eligible gina "Global Reader" 30d -> Provisioned
        gina selfActivate "Global Reader" 2h "incident" -> Provisioned
        gina acts as "Global Reader"
        "#,
    );
}

/// PRI-5.
#[test]
fn a_guest_needs_multifactor_authentication_where_a_member_does() {
    check(
        r#"
        world gina guest
        gina eligible for "Global Administrator" for 30d
        gina selfActivate "Global Administrator" 2h "incident" -> MfaRule
        gina selfActivate "Global Administrator" 2h "incident" with mfa -> Provisioned
        "#,
    );
}

/// PRI-6.
#[test]
fn a_group_must_be_made_for_roles_to_hold_one() {
    check(
        r#"
        world alice users; crowd group of alice; ops role-assignable group of alice
        admin adminAssign active crowd "Global Reader" 30d "duty" -> GroupNotRoleAssignable
        admin adminAssign eligible crowd "Global Reader" 30d -> GroupNotRoleAssignable
        setup adminAssign eligible crowd "Global Reader" 30d -> GroupNotRoleAssignable
        admin assignOutside crowd "Global Reader" -> GroupNotRoleAssignable
        switch acceptAndNeverProvision true
        admin assignOutside crowd "Global Reader" -> GroupNotRoleAssignable
        admin adminAssign active ops "Global Reader" 30d "duty" -> Provisioned
        "#,
    );
}

/// PRI-9. GRP-20.
#[test]
fn direct_members_have_what_their_group_is_active_in() {
    check(
        r#"
        world alice bob users; ops role-assignable group of alice; outer group of bob ops
        ops active in "Global Reader" for 30d
        alice acts as "Global Reader"
        bob does not act as "Global Reader"
        alice has nothing
        setup drop alice from ops -> ok
        alice does not act as "Global Reader"
        ops acts as "Global Reader"
        at +30d ops does not act as "Global Reader"
        "#,
    );
}

/// ASG-27.
#[test]
fn what_a_deleted_principal_held_is_gone() {
    check(
        r#"
        world alice users; ops role-assignable group of alice
        alice eligible for "Global Reader" for 30d
        alice eligible for "Security Reader" for 1h
        alice active in "User Administrator" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned as done
        ops eligible for "Helpdesk Administrator" for 30d
        alice selfActivate "Helpdesk Administrator" 2h "incident" -> Provisioned
        admin adminAssign active alice "Exchange Administrator" from +1d until +2d "duty" -> Granted as later
        at +1h alice selfExtend active "User Administrator" 60d "early" -> ExpirationRule
        at +1h setup delete alice -> ok
        done is Provisioned
        later is Failed
        tick 60d
        admin adminAssign eligible ops "Global Reader" 30d -> Provisioned
        "#,
    );
}

/// ASG-27.
#[test]
fn a_request_that_waited_for_a_deleted_principal_has_failed() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 10d
        alice selfExtend eligible "Global Reader" 60d "in time" -> PendingAdminDecision as asking
        setup delete alice -> ok
        happened +0h scheduleEnded PrincipalDeleted, +0h requestStatusChanged Failed, +0h principalDeleted
        asking is Failed
        "#,
    );
}

/// ASG-27. ASG-19.
#[test]
fn what_members_activated_ends_with_a_deleted_group() {
    check(
        r#"
        world alice bob users; ops role-assignable group of alice bob
        ops eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        bob selfActivate "Global Reader" 2h from +1d "incident" -> Granted as later
        setup delete ops -> ok
        alice has nothing
        later is Failed
        bob selfActivate "Global Reader" 2h "incident" -> DoesNotExist
        "#,
    );
}

/// AUT-1. AUT-3.
#[test]
fn only_the_two_administrators_of_roles_change_assignments() {
    check(
        r#"
        world alice bob carol dave users; robot service principal; ops role-assignable group of dave
        alice active in "Global Administrator" forever
        bob active in "Security Administrator" forever
        ops active in "Privileged Role Administrator" forever
        carol eligible for "Global Administrator" forever
        alice adminAssign eligible bob "Global Reader" 30d -> Provisioned
        bob adminAssign eligible carol "Global Reader" 30d -> NotPermitted
        bob adminUpdate eligible bob "Global Reader" 60d -> NotPermitted
        bob adminRemove eligible bob "Global Reader" -> NotPermitted
        carol adminAssign eligible carol "Global Reader" 30d -> NotPermitted
        carol selfActivate "Global Administrator" 2h "duty" with mfa -> Provisioned
        carol adminAssign eligible carol "Global Reader" 30d -> Provisioned
        dave adminAssign eligible dave "Global Reader" 30d -> Provisioned
        at +2h carol adminRemove eligible carol "Global Reader" -> NotPermitted
        robot adminAssign eligible carol "Security Reader" 30d -> Provisioned
        "#,
    );
}

/// AUT-20.
#[test]
fn without_enforcement_everybody_may() {
    check(
        r#"
        world alice users
        alice adminAssign eligible "Global Reader" 30d -> NotPermitted
        alice assignOutside "Global Reader" -> NotPermitted
        switch permissionEnforcement false
        alice adminAssign eligible "Global Reader" 30d -> Provisioned
        alice assignOutside "Global Reader" -> ok
        "#,
    );
}

/// LIC-9. LIC-1. REQ-43.
#[test]
fn without_a_licence_there_is_no_pim() {
    check(
        r#"
        world alice users
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" from +1d 2h "change window" -> Granted as later
        licence P1
        alice selfActivate "Global Reader" 2h "incident" -> LicenseRequired
        admin adminAssign eligible alice "Security Reader" 30d -> LicenseRequired
        admin cancel later -> LicenseRequired
        admin assignOutside alice "Security Reader" -> ok
        licence none
        alice selfActivate "Global Reader" 2h "incident" -> LicenseRequired
        licence Governance
        alice eligible for "Global Reader" for 30d
        alice selfActivate "Global Reader" 2h "incident" -> Provisioned
        "#,
    );
}
