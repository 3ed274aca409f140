//! Custom roles.

use super::super::dsl::check;
use super::TREE;

/// AZR-3. SCO-14.
#[test]
fn a_custom_role_is_given_at_its_scopes_and_below() {
    check(&format!(
        r#"{TREE}
        world api resource-group of prod; Watcher azure role of web
        setup adminAssign eligible alice "Watcher at kv" 3d -> Provisioned
        alice selfActivate "Watcher at kv" 1h "desk" -> Provisioned
        alice may "Microsoft.KeyVault/vaults/read" at kv
        setup adminAssign eligible alice "Watcher at api" 3d -> ScopeDoesNotMatchRole
        setup adminAssign active alice "Watcher at prod" 3d "duty" -> ScopeDoesNotMatchRole
        setup assignOutside alice "Watcher at prod" -> ScopeDoesNotMatchRole
        setup policy "Watcher at prod" max 1h -> ScopeDoesNotMatchRole
        setup adminAssign eligible alice "nothing at prod" 3d -> RoleNotFound
        "#
    ));
}

/// AZR-3.
#[test]
fn a_custom_role_that_somebody_holds_stays_and_keeps_its_scopes() {
    check(&format!(
        r#"{TREE}
        world Watcher azure role of prod
        setup adminAssign eligible alice "Watcher at web" 1d -> Provisioned
        setup undefineRole Watcher -> RoleIsAssigned
        setup defineRole Watcher of kv -> RoleIsAssigned
        setup defineRole Watcher of platform -> ok
        setup adminAssign eligible bob "Watcher at platform" 1d -> Provisioned
        setup defineRole Watcher of prod -> RoleIsAssigned
        tick 1d
        alice selfRenew eligible "Watcher at web" 9d "again" -> PendingAdminDecision as again
        setup defineRole Watcher of kv -> ok
        setup grant again 9d "ok" -> ScopeDoesNotMatchRole
        setup undefineRole Watcher -> ok
        again is Failed
        "#
    ));
}

/// AZR-3.
#[test]
fn roles_are_defined_by_whoever_has_that_right_at_each_of_their_scopes() {
    check(&format!(
        r#"{TREE}
        world api resource-group of prod
        setup adminAssign active alice "Owner at web" 30d "duty" -> Provisioned
        alice defineRole Watcher of web -> ok
        alice defineRole Keeper of web api -> NotPermitted
        alice defineRole Watcher of web api -> NotPermitted
        setup defineRole Watcher of web api -> ok
        alice undefineRole Watcher -> NotPermitted
        alice defineRole Watcher of web -> NotPermitted
        setup defineRole Watcher of -> InvalidProperty
        setup defineRole Keeper of nowhere -> ScopeNotFound
        setup defineRole "Reader" of prod -> RoleIsBuiltIn
        setup defineRole "reader" of prod -> NameTaken
        setup undefineRole "Reader" -> RoleIsBuiltIn
        setup undefineRole nothing -> RoleNotFound
        "#
    ));
}
