//! Which refusal is said first: for each action a walk down, one fault mended a line.

use super::dsl::check;

/// REQ-40. REQ-41. REQ-42. REQ-43. REQ-44. REQ-45.
#[test]
fn an_assignment_is_refused_in_this_order() {
    check(
        r#"
        world alice users; berlin administrative unit; crowd group; robot service principal
        licence none
        alice adminAssign eligible nobody "nothing" @nowhere 0h -> NotPermitted
        admin adminAssign eligible nobody "nothing" @nowhere 0h -> LicenseRequired
        licence P2
        admin adminAssign eligible nobody "nothing" @nowhere 0h -> InvalidSchedule
        admin adminAssign eligible nobody "nothing" @nowhere 1m -> RoleNotFound
        admin adminAssign eligible nobody "Global Reader" @nowhere 1m -> PrincipalNotFound
        admin adminAssign eligible robot "Global Reader" @nowhere 1m -> AdministrativeUnitNotFound
        admin adminAssign eligible robot "Global Reader" @berlin 1m -> ScopeNotSupported
        admin adminAssign eligible robot "User Administrator" @berlin 1m -> PrincipalCannotBeEligible
        admin adminAssign active crowd "User Administrator" @berlin 1m -> GroupNotRoleAssignable
        alice active in "User Administrator" @berlin for 10d
        admin adminAssign active alice "User Administrator" @berlin 1m -> AlreadyExists
        at +10d alice selfRenew active "User Administrator" @berlin 20d "in time" -> PendingAdminDecision as asking
        admin adminAssign active alice "User Administrator" @berlin 1m -> PendingRequest
        alice cancel asking -> ok
        alice active in "User Administrator" @berlin from +20d until +30d
        admin adminAssign active alice "User Administrator" @berlin from +20d until +20d1m -> OverlapsScheduled
        admin adminAssign active alice "User Administrator" @berlin from +31d until +31d1m -> DurationTooShort
        admin adminAssign active alice "User Administrator" @berlin from +31d 30d -> JustificationRule
        admin adminAssign active alice "User Administrator" @berlin from +31d 30d "duty" -> Granted
        "#,
    );
}

/// REQ-40. REQ-41. REQ-42. REQ-44.
#[test]
fn an_update_is_refused_in_this_order() {
    check(
        r#"
        world alice users; berlin administrative unit
        licence none
        alice adminUpdate active nobody "nothing" @nowhere 0h -> NotPermitted
        admin adminUpdate active nobody "nothing" @nowhere 0h -> LicenseRequired
        licence P2
        admin adminUpdate active nobody "nothing" @nowhere 0h -> InvalidSchedule
        admin adminUpdate active nobody "nothing" @nowhere 1m -> RoleNotFound
        admin adminUpdate active nobody "Global Reader" @nowhere 1m -> PrincipalNotFound
        admin adminUpdate active alice "Global Reader" @nowhere 1m -> AdministrativeUnitNotFound
        admin adminUpdate active alice "Global Reader" @berlin 1m -> ScopeNotSupported
        alice active in "Global Administrator" for 1d
        setup adminAssign active alice "Global Administrator" from +2d until +3d -> AlreadyExists
        admin adminUpdate active alice "Global Reader" 1m -> DoesNotExist
        alice selfExtend active "Global Administrator" 20d "in time" with mfa -> PendingAdminDecision as asking
        admin adminUpdate active alice "Global Administrator" from +1h until +1h1m -> PendingRequest
        alice cancel asking -> ok
        admin adminUpdate active alice "Global Administrator" from +1h until +1h1m -> DurationTooShort
        admin adminUpdate active alice "Global Administrator" from +1h until +9h -> LastAdministrator
        admin adminUpdate active alice "Global Administrator" until +9h -> JustificationRule
        admin adminUpdate active alice "Global Administrator" until +9h "duty" -> Provisioned
        "#,
    );
}

/// REQ-40. REQ-41. REQ-42. REQ-44.
#[test]
fn an_extension_by_an_administrator_is_refused_in_this_order() {
    check(
        r#"
        world alice users
        alice adminExtend active nobody "nothing" 0h -> NotPermitted
        admin adminExtend active nobody "nothing" 0h -> InvalidSchedule
        admin adminExtend active nobody "nothing" 1m -> RoleNotFound
        admin adminExtend active nobody "Global Reader" 1m -> PrincipalNotFound
        admin adminExtend active alice "Global Reader" 1m -> DoesNotExist
        alice active in "Global Reader" from +20d until +30d
        alice active in "Global Reader" for 10d
        admin adminExtend active alice "Global Reader" 10d -> InvalidSchedule NotLater
        admin adminExtend active alice "Global Reader" 25d -> OverlapsScheduled
        admin adminExtend active alice "Global Reader" 15d -> JustificationRule
        admin adminExtend active alice "Global Reader" 15d "duty" -> Provisioned
        "#,
    );
}

/// REQ-40. REQ-41. REQ-42. REQ-44.
#[test]
fn a_renewal_by_an_administrator_is_refused_in_this_order() {
    check(
        r#"
        world alice users
        alice active in "Global Reader" for 10d
        alice adminRenew active nobody "nothing" 0h -> NotPermitted
        admin adminRenew active nobody "nothing" 0h -> InvalidSchedule
        admin adminRenew active nobody "nothing" 1m -> RoleNotFound
        admin adminRenew active nobody "Global Reader" 1m -> PrincipalNotFound
        admin adminRenew active alice "Global Reader" 1m -> AlreadyExists
        at +10d admin adminRenew active alice "Security Reader" 1m -> DoesNotExist
        alice active in "Global Reader" from +20d until +30d
        admin adminRenew active alice "Global Reader" from +20d until +20d1m -> OverlapsScheduled
        admin adminRenew active alice "Global Reader" 1m -> DurationTooShort
        admin adminRenew active alice "Global Reader" 5d -> JustificationRule
        admin adminRenew active alice "Global Reader" 5d "duty" -> Provisioned
        "#,
    );
}

/// REQ-40. REQ-42.
#[test]
fn a_removal_is_refused_in_this_order() {
    check(
        r#"
        world alice bob users; berlin administrative unit
        licence none
        alice adminRemove active nobody "nothing" @nowhere -> NotPermitted
        admin adminRemove active nobody "nothing" @nowhere -> LicenseRequired
        licence P2
        admin adminRemove active nobody "nothing" @nowhere -> RoleNotFound
        admin adminRemove active nobody "Global Administrator" @nowhere -> PrincipalNotFound
        admin adminRemove active alice "Global Administrator" @nowhere -> AdministrativeUnitNotFound
        admin adminRemove active alice "Global Administrator" @berlin -> ScopeNotSupported
        admin adminRemove active alice "Global Administrator" -> DoesNotExist
        alice active in "Global Administrator" for 10d
        admin adminRemove active alice "Global Administrator" -> DurationTooShort
        at +5m admin adminRemove active alice "Global Administrator" -> LastAdministrator
        bob active in "Global Administrator" for 10d
        admin adminRemove active alice "Global Administrator" -> Revoked
        "#,
    );
}

/// REQ-40. REQ-41. REQ-42. REQ-43. REQ-44. REQ-45.
#[test]
fn an_activation_is_refused_in_this_order() {
    check(
        r#"
        world alice bob users; berlin paris administrative unit
        licence none
        bob selfActivate eligible alice "nothing" @nowhere 0h -> NotForOthers
        alice selfActivate eligible "nothing" @nowhere 0h -> LicenseRequired
        licence P2
        alice selfActivate eligible "nothing" @nowhere 0h -> ActionNotForSide
        alice selfActivate "nothing" @nowhere 0h -> InvalidSchedule
        alice selfActivate "nothing" @nowhere 1m -> RoleNotFound
        alice selfActivate "Global Reader" @nowhere 1m -> AdministrativeUnitNotFound
        alice selfActivate "Global Reader" @paris 1m -> ScopeNotSupported
        alice active in "User Administrator" @paris for 10d
        alice selfActivate "User Administrator" @paris 1m -> AlreadyExists
        at +10d alice selfRenew active "User Administrator" @paris 20d "in time" -> PendingAdminDecision as asking
        alice selfActivate "User Administrator" @paris 1m -> PendingRequest
        alice cancel asking -> ok
        alice active in "User Administrator" @paris from +20d until +30d
        alice selfActivate "User Administrator" @paris from +20d 1m -> OverlapsScheduled
        alice selfActivate "User Administrator" @paris 1m -> DoesNotExist
        alice eligible for "User Administrator" @berlin for 90d
        alice selfActivate "User Administrator" @paris 1m -> DurationTooShort
        switch scopeMismatchIsInvalidScope true
        alice selfActivate "User Administrator" @paris 9h -> ScopeNotCovered
        switch scopeMismatchIsInvalidScope false
        alice selfActivate "User Administrator" @paris 9h -> EligibilityRule + ExpirationRule + JustificationRule
        alice selfActivate "User Administrator" @berlin 9h -> ExpirationRule + JustificationRule
        alice selfActivate "User Administrator" @berlin 8h -> JustificationRule
        alice selfActivate "User Administrator" @berlin 8h "incident" -> Provisioned
        "#,
    );
}

/// REQ-40. REQ-42.
#[test]
fn a_deactivation_is_refused_in_this_order() {
    check(
        r#"
        world alice bob users; berlin administrative unit
        licence none
        bob selfDeactivate eligible alice "nothing" @nowhere -> NotForOthers
        alice selfDeactivate eligible "nothing" @nowhere -> LicenseRequired
        licence P2
        alice selfDeactivate eligible "nothing" @nowhere -> ActionNotForSide
        alice selfDeactivate "nothing" @nowhere -> RoleNotFound
        alice selfDeactivate "Global Administrator" @nowhere -> AdministrativeUnitNotFound
        alice selfDeactivate "Global Administrator" @berlin -> ScopeNotSupported
        alice selfDeactivate "Global Administrator" -> DoesNotExist
        alice eligible for "Global Administrator" for 10d
        alice selfActivate "Global Administrator" 2h "incident" with mfa -> Provisioned
        alice selfDeactivate "Global Administrator" -> DurationTooShort
        at +5m alice selfDeactivate "Global Administrator" -> LastAdministrator
        bob active in "Global Administrator" for 10d
        alice selfDeactivate "Global Administrator" -> Revoked
        "#,
    );
}

/// REQ-40. REQ-41. REQ-42. REQ-44.
#[test]
fn asking_for_an_extension_is_refused_in_this_order() {
    check(
        r#"
        world alice bob users
        licence none
        bob selfExtend eligible alice "nothing" 0h -> NotForOthers
        alice selfExtend eligible "nothing" 0h -> LicenseRequired
        licence P2
        alice selfExtend eligible "nothing" 0h -> InvalidSchedule
        alice selfExtend eligible "nothing" 1m -> RoleNotFound
        alice selfExtend eligible "Global Reader" 1m -> DoesNotExist
        alice eligible for "Global Reader" for 20d
        alice selfExtend eligible "Global Reader" 1m -> DurationTooShort
        alice selfExtend eligible "Global Reader" 30d -> ExpirationRule + JustificationRule
        at +6d alice selfExtend eligible "Global Reader" 30d -> JustificationRule
        alice selfExtend eligible "Global Reader" 30d "in time" -> PendingAdminDecision
        alice selfExtend eligible "Global Reader" 1m -> PendingRequest
        "#,
    );
}

/// REQ-40. REQ-41. REQ-42. REQ-44.
#[test]
fn asking_for_a_renewal_is_refused_in_this_order() {
    check(
        r#"
        world alice bob users
        alice eligible for "Global Reader" for 20d
        bob selfRenew eligible alice "nothing" 0h -> NotForOthers
        alice selfRenew eligible "nothing" 0h -> InvalidSchedule
        alice selfRenew eligible "nothing" 1m -> RoleNotFound
        alice selfRenew eligible "Global Reader" 1m -> AlreadyExists
        at +20d alice selfRenew eligible "Security Reader" 1m -> DoesNotExist
        at +20d alice selfRenew eligible "Global Reader" 1m -> DurationTooShort
        alice selfRenew eligible "Global Reader" 30d -> JustificationRule
        alice selfRenew eligible "Global Reader" 30d "again" -> PendingAdminDecision
        alice selfRenew eligible "Global Reader" 1m -> PendingRequest
        "#,
    );
}
