//! Locks.

use super::super::dsl::check;
use super::TREE;

/// AZR-10.
#[test]
fn where_nothing_may_be_changed_nothing_is_given_or_taken() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        setup adminAssign active bob "Reader at kv" 30d "duty" -> Provisioned
        setup assignOutside carol "Reader at kv" -> ok
        alice selfActivate "Contributor at kv" 1h "desk" -> EligibilityRule
        alice selfActivate "Reader at web" 8h "desk" -> Provisioned
        tick 10m
        setup lock web ReadOnly -> ok
        alice selfActivate "Reader at kv" 1h "desk" -> ResourceIsLocked
        alice selfDeactivate "Reader at web" -> ResourceIsLocked
        setup adminAssign active alice "Reader at kv" 1d "duty" -> ResourceIsLocked
        setup adminRemove active bob "Reader at kv" -> ResourceIsLocked
        setup adminUpdate active bob "Reader at kv" 9d "duty" -> ResourceIsLocked
        setup assignOutside alice "Reader at kv" -> ResourceIsLocked
        setup removeOutside carol "Reader at kv" -> ResourceIsLocked
        setup describe carol "Reader at kv" if "@x" -> ResourceIsLocked
        setup adminAssign eligible bob "Reader at kv" 1d -> Provisioned
        alice selfActivate "Reader at prod" 1h "desk" -> Provisioned
        setup unlock web -> ok
        alice selfDeactivate "Reader at web" -> Revoked
        setup removeOutside carol "Reader at kv" -> ok
        "#
    ));
}

/// AZR-10.
#[test]
fn where_nothing_may_be_deleted_roles_are_given_and_not_taken() {
    check(&format!(
        r#"{TREE}
        setup lock prod CanNotDelete -> ok
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        setup adminAssign active bob "Reader at kv" 30d "duty" -> Provisioned
        tick 10m
        alice selfDeactivate "Reader at web" -> ResourceIsLocked
        setup adminRemove active bob "Reader at kv" -> ResourceIsLocked
        setup adminUpdate active bob "Reader at kv" from +5d 3d "duty" -> ResourceIsLocked
        setup adminUpdate active bob "Reader at kv" 60d "duty" -> Provisioned
        setup adminRemove eligible alice "Reader at prod" -> Revoked
        "#
    ));
}

/// AZR-10. What was given for a time ends when that is over, whatever is locked.
#[test]
fn no_lock_keeps_what_ends_by_itself() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        setup lock web ReadOnly -> ok
        tick 1h
        happened +1h scheduleEnded Expired
        "#
    ));
}

/// AZR-10. REQ-56.
#[test]
fn what_was_to_begin_at_a_locked_scope_fails_when_its_start_comes() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        setup adminAssign eligible bob "Reader at web" from +1h 30d -> Granted as eligible
        alice selfActivate "Reader at web" from +1h 2h "desk" -> Granted as later
        setup lock prod ReadOnly -> ok
        tick 1h
        later is FailedAsResourceIsLocked
        eligible is Provisioned
        alice has nothing
        bob is eligible for "Reader at web"
        "#
    ));
}

/// AZR-10. APR-31.
#[test]
fn an_approval_of_what_has_been_locked_fails_the_request() {
    check(&format!(
        r#"{TREE}
        policy "Reader at web" approval by bob
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 2h "desk" -> PendingApproval as asking
        setup lock web ReadOnly -> ok
        bob approve asking "fine" -> ok
        asking is FailedAsResourceIsLocked
        approval of asking is Completed
        alice has nothing
        "#
    ));
}

/// AZR-10. EXT-4.
#[test]
fn a_manager_gives_no_more_time_where_nothing_may_be_changed() {
    check(&format!(
        r#"{TREE}
        setup adminAssign active alice "Reader at web" 10d "duty" -> Provisioned
        alice selfExtend active "Reader at web" 20d "more" -> PendingAdminDecision as more
        setup lock web ReadOnly -> ok
        setup grant more 20d "ok" -> ResourceIsLocked
        setup unlock web -> ok
        setup grant more 20d "ok" -> ok
        more is Provisioned
        "#
    ));
}

/// AZR-10.
#[test]
fn subscriptions_and_what_is_below_them_are_locked_by_whoever_has_that_right() {
    check(&format!(
        r#"{TREE}
        setup lock platform ReadOnly -> InvalidProperty
        setup lock root ReadOnly -> InvalidProperty
        setup adminAssign active alice "Contributor at prod" 30d "duty" -> Provisioned
        setup adminAssign active bob "Locks Contributor at web" 30d "duty" -> Provisioned
        alice lock web ReadOnly -> NotPermitted
        bob lock prod ReadOnly -> NotPermitted
        bob lock web ReadOnly -> ok
        alice rename web shop -> ResourceIsLocked
        alice make db resource of web -> ResourceIsLocked
        alice unlock web -> NotPermitted
        bob unlock web -> ok
        alice rename web shop -> ok
        "#
    ));
}

/// AZR-10.
#[test]
fn nothing_is_deleted_that_is_locked_or_has_something_locked_in_it() {
    check(&format!(
        r#"{TREE}
        setup lock kv CanNotDelete -> ok
        setup demolish prod -> ResourceIsLocked
        setup demolish web -> ResourceIsLocked
        setup unlock kv -> ok
        setup demolish web -> ok
        setup demolish kv -> ScopeNotFound
        "#
    ));
}
