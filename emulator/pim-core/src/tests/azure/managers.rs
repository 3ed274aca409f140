//! Who gives and takes roles.

use super::super::dsl::check;
use super::TREE;

/// AUT-5. AZR-5. POL-22.
#[test]
fn whoever_may_write_assignments_at_a_scope_manages_it_and_what_is_below() {
    check(&format!(
        r#"{TREE}
        setup adminAssign active bob "User Access Administrator at prod" 30d "duty" -> Provisioned
        setup adminAssign eligible carol "Owner at prod" 30d -> Provisioned
        bob adminAssign eligible alice "Reader at web" 3d -> Provisioned
        bob adminAssign active alice "Reader at kv" 3d "duty" -> Provisioned
        bob adminAssign eligible alice "Reader at platform" 3d -> NotPermitted
        bob policy "Reader at kv" max 1h -> ok
        bob policy "Reader at platform" max 1h -> NotPermitted
        carol adminRemove eligible alice "Reader at web" -> NotPermitted
        carol selfActivate "Owner at web" 1h "desk" -> Provisioned
        carol adminRemove eligible alice "Reader at web" -> Revoked
        tick 1h
        carol adminAssign eligible alice "Reader at web" 3d -> NotPermitted
        alice adminAssign eligible alice "Reader at kv" 3d -> NotPermitted
        "#
    ));
}

/// AUT-6. AUT-5. AUT-9.
#[test]
fn roles_of_the_directory_count_for_nothing_in_azure() {
    check(&format!(
        r#"{TREE}
        world gail sam users
        gail active in "Global Administrator" forever
        sam active in "Security Administrator" forever
        gail adminAssign eligible alice "Reader at prod" 3d -> NotPermitted
        admin adminAssign eligible alice "Reader at prod" 3d -> NotPermitted
        admin policy "Reader at prod" max 1h -> NotPermitted
        gail may not "Microsoft.Authorization/roleAssignments/read" at prod
        admin may not "Microsoft.Authorization/roleAssignments/read" at prod
        sam may not "Microsoft.Authorization/roleAssignments/read" at prod
        switch permissionEnforcement false
        sam may "Microsoft.Authorization/roleAssignments/read" at prod
        gail adminAssign eligible alice "Reader at prod" 3d -> Provisioned
        "#
    ));
}

/// AUT-9.
#[test]
fn whoever_may_read_assignments_reads_them_there_and_below() {
    check(&format!(
        r#"{TREE}
        setup adminAssign active alice "Reader at web" 30d "duty" -> Provisioned
        setup adminAssign active bob "Storage Blob Data Reader at web" 30d "duty" -> Provisioned
        alice may "Microsoft.Authorization/roleAssignments/read" at kv
        alice may not "Microsoft.Authorization/roleAssignments/read" at prod
        bob may not "Microsoft.Authorization/roleAssignments/read" at web
        "#
    ));
}

/// AUT-7.
#[test]
fn a_global_administrator_takes_access_to_everything_for_good() {
    check(&format!(
        r#"{TREE}
        world gail eve users
        gail active in "Global Administrator" forever
        eve eligible for "Global Administrator" for 30d
        alice elevate -> NotPermitted
        setup elevate -> NotPermitted
        eve elevate -> NotPermitted
        gail elevate -> ok
        happened +0h scheduleCreated
        gail elevate -> ok
        nothing happened
        gail has "User Access Administrator at root"
        gail adminAssign eligible alice "Owner at prod" 30d -> Provisioned
        eve selfActivate "Global Administrator" 1h "desk" with mfa -> Provisioned
        eve elevate -> ok
        tick 2h
        eve adminAssign eligible bob "Reader at prod" 30d -> Provisioned
        gail removeOutside eve "User Access Administrator at root" -> ok
        eve adminAssign eligible carol "Reader at prod" 30d -> NotPermitted
        gail removeOutside gail "User Access Administrator at root" -> ok
        gail adminAssign eligible carol "Reader at prod" 30d -> NotPermitted
        "#
    ));
}

/// APR-15. APR-13. APR-8.
#[test]
fn there_are_no_default_approvers() {
    check(&format!(
        r#"{TREE}
        setup adminAssign active bob "Owner at prod" 30d "duty" -> Provisioned
        setup policy "Reader at prod" approval -> InvalidPolicy ApproverMissing
        setup policy "Reader at prod" approval by alice carol -> ok
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at prod" 1h "desk" -> PendingApproval as asking
        bob has nothing to approve
        admin has nothing to approve
        alice has nothing to approve
        carol approves asking
        alice approve asking "mine" -> NotAnApprover
        carol approve asking "fine" -> ok
        alice has "Reader at prod"
        "#
    ));
}

/// REQ-24. EXT-4. AUT-5.
#[test]
fn a_manager_of_the_scope_withdraws_requests_and_decides_on_more_time() {
    check(&format!(
        r#"{TREE}
        setup adminAssign active bob "Owner at prod" 90d "duty" -> Provisioned
        setup adminAssign eligible alice "Reader at web" 5d -> Provisioned
        alice selfActivate "Reader at web" from +1h 1h "desk" -> Granted as later
        carol cancel later -> NotPermitted
        bob cancel later -> ok
        later is Canceled
        alice selfExtend eligible "Reader at web" 30d "more" -> PendingAdminDecision as more
        admin grant more 30d "ok" -> NotPermitted
        bob grant more 30d "ok" -> ok
        window of alice eligible "Reader at web" +0h +30d
        "#
    ));
}
