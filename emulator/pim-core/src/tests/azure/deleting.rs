//! Deleting scopes, with everything below and what is held there.

use super::super::dsl::{Lab, check};
use super::TREE;
use crate::By;
use crate::model::{AssignmentKind, PolicySubject, Privilege, Resource};

/// AZR-1. ASG-27.
#[test]
fn a_resource_group_goes_with_everything_below_it() {
    check(&format!(
        r#"{TREE}
        policy "Reader at kv" approval by bob
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        setup adminAssign eligible bob "Contributor at web" 30d -> Provisioned
        setup adminAssign active carol "Owner at kv" from +1d 30d "duty" -> Granted as later
        alice selfActivate "Reader at web" 8h "desk" -> Provisioned
        alice selfActivate "Reader at kv" 8h "desk" -> PendingApproval as asking
        bob selfActivate "Contributor at kv" 8h "desk" -> Provisioned
        setup demolish web -> ok
        happened +0h scheduleEnded ScopeDeleted, +0h requestStatusChanged Failed, +0h scheduleEnded ScopeDeleted, +0h requestStatusChanged Failed, +0h azureScopeDeleted, +0h scheduleEnded ScopeDeleted, +0h scheduleEnded ScopeDeleted, +0h azureScopeDeleted
        alice has nothing
        bob has nothing
        later is Failed
        asking is Failed
        alice is eligible for "Reader at prod"
        tick 2d
        nothing happened
        "#
    ));
}

/// ASG-18. AZR-1.
#[test]
fn what_has_expired_at_a_scope_is_renewed_no_more_once_that_is_gone() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at web" 1d -> Provisioned
        tick 2d
        alice selfRenew eligible "Reader at web" 9d "again" -> PendingAdminDecision as again
        setup demolish prod -> ok
        again is Failed
        setup adminRenew eligible alice "Reader at web" 9d -> ScopeNotFound
        "#
    ));
}

/// AZR-1. POL-14.
#[test]
fn a_scope_that_is_made_anew_has_nothing_of_the_one_before() {
    let mut lab = Lab::after(TREE);
    lab.tell(r#"policy "Reader at kv" max 1h"#);
    let before = lab.azure_scope("kv");
    let role = lab.azure_role("Reader").unwrap();
    lab.tell("setup demolish kv -> ok\nworld kv resource of web");
    let scope = lab.azure_scope("kv");
    assert_eq!(scope, before, "the story gives the same id again");
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(view.policy(PolicySubject::AzureRole(role, scope)).map(|it| it.revision), Some(0));
    let here = By::Resource(Resource::AzureScope(scope));
    assert_eq!(view.schedules(AssignmentKind::Assignment, here, None).count(), 0);
    assert!(view.azure_role_fits(role, scope));
    assert_eq!(Privilege::AzureRole { role, scope }.policy_subject(), PolicySubject::AzureRole(role, scope));
    lab.finish();
}

/// AZR-1.
#[test]
fn management_groups_go_when_they_are_empty_and_the_tenants_own_stays() {
    check(&format!(
        r#"{TREE}
        setup demolish platform -> ScopeInUse
        setup demolish corp -> ok
        setup demolish root -> ScopeInUse
        setup adminAssign active alice "Owner at web" 30d "duty" -> Provisioned
        alice demolish prod -> NotPermitted
        alice demolish web -> ok
        alice has nothing
        setup demolish prod -> ok
        setup demolish platform -> ok
        "#
    ));
}

/// AZR-3. SCO-14.
#[test]
fn a_custom_role_that_can_be_given_nowhere_any_more_goes_with_the_last_place() {
    check(&format!(
        r#"{TREE}
        world api resource-group of prod
        world Watcher azure role of web kv; Keeper azure role of web api
        setup adminAssign active alice "Watcher at kv" 30d "duty" -> Provisioned
        policy "Watcher at kv" max 1h
        setup demolish web -> ok
        setup undefineRole Keeper -> ok
        setup defineRole Watcher of api -> ok
        setup adminAssign eligible alice "Watcher at api" 30d -> Provisioned
        "#
    ));
}
