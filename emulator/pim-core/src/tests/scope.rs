//! Where a role counts.

use super::dsl::check;
use crate::model::DirectoryScope;
use crate::{AdministrativeUnitId, PrincipalId};
use uuid::Uuid;

/// SCO-1.
#[test]
fn a_scope_is_the_tenant_an_administrative_unit_or_an_object() {
    check(
        r#"
        world alice users; berlin administrative unit; portal application; robot service principal
        alice eligible for "User Administrator" for 30d
        alice eligible for "User Administrator" @berlin for 30d
        alice eligible for "Application Administrator" @portal for 30d
        alice eligible for "Application Administrator" @robot for 30d
        admin adminAssign eligible alice "User Administrator" @nowhere 30d -> AdministrativeUnitNotFound
        admin adminAssign eligible alice "Application Administrator" @nobody 30d -> ScopeObjectNotFound
        "#,
    );
    let id = Uuid::from_u64_pair(1, 2);
    let scopes = [
        ("/".to_owned(), DirectoryScope::Tenant),
        (format!("/administrativeUnits/{id}"), DirectoryScope::AdministrativeUnit(AdministrativeUnitId(id))),
        (format!("/{id}"), DirectoryScope::Object(PrincipalId(id))),
    ];
    for (text, scope) in scopes {
        assert_eq!(DirectoryScope::parse(&text), Some(scope));
        assert_eq!(scope.to_string(), text);
    }
    for text in ["", "berlin", "/berlin", "/groups/00000000-0000-0001-0000-000000000002", "/administrativeUnits/", "//"]
    {
        assert_eq!(DirectoryScope::parse(text), None, "{text}");
    }
}

/// SCO-2.
#[test]
fn only_some_roles_are_held_for_an_administrative_unit() {
    check(
        r#"
        world alice users; berlin administrative unit; Watcher custom role
        admin adminAssign eligible alice "User Administrator" @berlin 30d -> Provisioned
        admin adminAssign eligible alice "Helpdesk Administrator" @berlin 30d -> Provisioned
        admin adminAssign eligible alice "Watcher" @berlin 30d -> Provisioned
        admin adminAssign eligible alice "Global Reader" @berlin 30d -> ScopeNotSupported
        admin assignOutside alice "Global Administrator" @berlin -> ScopeNotSupported
        "#,
    );
}

/// SCO-3.
#[test]
fn only_some_roles_are_held_for_one_object() {
    check(
        r#"
        world alice users; portal application
        admin adminAssign eligible alice "Application Administrator" @portal 30d -> Provisioned
        admin adminAssign eligible alice "User Administrator" @portal 30d -> ScopeNotSupported
        "#,
    );
}

/// SCO-4. SCO-7.
#[test]
fn an_eligibility_is_activated_at_its_own_scope_or_at_a_narrower_one() {
    check(
        r#"
        world alice bob users; berlin administrative unit
        alice eligible for "User Administrator" for 30d
        bob eligible for "User Administrator" @berlin for 30d
        alice selfActivate "User Administrator" @berlin 2h "narrowed" -> Provisioned
        alice has "User Administrator" @berlin
        alice lacks "User Administrator"
        alice selfActivate "User Administrator" 2h "another scope is another right" -> Provisioned
        bob selfActivate "User Administrator" @berlin 2h "its own" -> Provisioned
        "#,
    );
}

/// SCO-6. UNC-17.
#[test]
fn an_eligibility_is_never_widened() {
    check(
        r#"
        world alice users; berlin paris administrative unit
        alice eligible for "User Administrator" @berlin for 30d
        alice selfActivate "User Administrator" 2h "wider" -> EligibilityRule
        alice selfActivate "User Administrator" @paris 2h "elsewhere" -> EligibilityRule
        switch scopeMismatchIsInvalidScope true
        alice selfActivate "User Administrator" 2h "wider" -> ScopeNotCovered
        alice selfActivate "User Administrator" @paris 2h "elsewhere" -> ScopeNotCovered
        alice selfActivate "Helpdesk Administrator" @paris 2h "another role" -> DoesNotExist
        "#,
    );
}

/// AUT-1. SCO-4.
#[test]
fn a_role_for_one_unit_is_none_for_the_tenant() {
    check(
        r#"
        world alice users; berlin administrative unit
        alice active in "User Administrator" @berlin for 30d
        alice does not act as "User Administrator"
        "#,
    );
}
