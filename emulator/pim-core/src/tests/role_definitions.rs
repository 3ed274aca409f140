//! Custom roles.

use super::dsl::check;
use std::fmt::Write as _;

/// LIM-2.
#[test]
fn a_tenant_has_a_hundred_custom_roles() {
    let mut story = String::new();
    for number in 0..100 {
        let _ = writeln!(story, "world Watcher{number} custom role");
    }
    story.push_str(
        r#"
        admin createRole "One More" -> TooManyCustomRoles
        admin deleteRole "Watcher7" -> ok
        admin createRole "One More" -> ok
        "#,
    );
    check(&story);
}

/// MOD-21. AUT-1.
#[test]
fn custom_roles_are_made_changed_and_deleted_by_managers() {
    check(
        r#"
        world alice users
        alice createRole "Printer Watcher" -> NotPermitted
        admin createRole "Printer Watcher" -> ok
        admin createRole "printer watcher" -> NameTaken
        admin createRole "Global Reader" -> NameTaken
        admin createRole " " -> InvalidProperty
        alice renameRole "Printer Watcher" "Printers" -> NotPermitted
        admin renameRole "Printer Watcher" "global reader" -> NameTaken
        admin renameRole "Printer Watcher" "Printers" -> ok
        admin renameRole "Global Reader" "Reader" -> RoleIsBuiltIn
        admin renameRole "nothing" "Something" -> RoleNotFound
        alice deleteRole "Printers" -> NotPermitted
        admin deleteRole "Global Reader" -> RoleIsBuiltIn
        admin deleteRole "nothing" -> RoleNotFound
        admin deleteRole "Printers" -> ok
        "#,
    );
}

/// ASG-18. What has expired does not hold a role back.
#[test]
fn a_role_that_somebody_holds_is_not_deleted() {
    check(
        r#"
        world alice users
        admin createRole "Printer Watcher" -> ok
        alice eligible for "Printer Watcher" from +1d until +2d
        admin deleteRole "Printer Watcher" -> RoleIsAssigned
        at +1d admin deleteRole "Printer Watcher" -> RoleIsAssigned
        at +2d admin deleteRole "Printer Watcher" -> ok
        tick 60d
        "#,
    );
}
