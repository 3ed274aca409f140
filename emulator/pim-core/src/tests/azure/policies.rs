//! The policy of a role at a scope.

use super::super::dsl::{Lab, check};
use super::TREE;
use crate::model::{Happening, PolicySubject};
use crate::time::Length;

/// POL-14. SCO-11. POL-12.
#[test]
fn each_role_at_each_scope_has_its_own_policy_and_none_is_inherited() {
    check(&format!(
        r#"{TREE}
        policy "Reader at prod" max 1h
        setup adminAssign eligible alice "Reader at prod" 30d -> Provisioned
        setup adminAssign eligible alice "Reader at web" 30d -> Provisioned
        setup adminAssign eligible alice "Contributor at prod" 30d -> Provisioned
        alice selfActivate "Reader at prod" 2h "desk" -> ExpirationRule
        alice selfActivate "Reader at web" 2h "desk" -> Provisioned
        alice selfActivate "Contributor at prod" 2h "desk" -> Provisioned
        "#
    ));
}

/// POL-57. UNC-10. POL-58. POL-59.
#[test]
fn by_default_assignments_expire_and_an_activation_asks_for_a_reason_alone() {
    check(&format!(
        r#"{TREE}
        setup assignOutside carol "User Access Administrator at platform" -> ok
        carol adminAssign eligible alice "Owner at prod" forever -> ExpirationRule
        carol adminAssign eligible alice "Owner at prod" 366d -> ExpirationRule
        carol adminAssign eligible alice "Owner at prod" 365d -> Provisioned
        carol adminAssign active bob "Owner at prod" forever "duty" -> ExpirationRule
        carol adminAssign active bob "Owner at prod" 181d "duty" -> ExpirationRule
        carol adminAssign active bob "Owner at prod" 180d -> JustificationRule
        carol adminAssign active bob "Owner at prod" 180d "duty" -> Provisioned
        alice selfActivate "Owner at prod" 1h -> JustificationRule
        alice selfActivate "Owner at prod" 9h "desk" -> ExpirationRule
        alice selfActivate "Owner at prod" 8h "desk" -> Provisioned
        "#
    ));
    let lab = Lab::after(TREE);
    let (role, scope) = (lab.azure_role("Owner").unwrap(), lab.azure_scope("kv"));
    let found = lab.pim.view(lab.pim.now()).policy(PolicySubject::AzureRole(role, scope)).unwrap();
    let maximum = |of| found.policy.expiration(of).maximum_duration;
    assert_eq!(maximum(Happening::AdminEligibility), Length::days(365));
    assert_eq!(maximum(Happening::AdminAssignment), Length::days(180));
    assert_eq!(maximum(Happening::EndUserAssignment), Length::hours(8));
    lab.finish();
}

/// POL-14.
#[test]
fn there_is_no_policy_of_what_is_not_there() {
    check(&format!(
        r#"{TREE}
        setup policy "Reader at nowhere" max 1h -> PolicyNotFound
        setup policy "nothing at prod" max 1h -> PolicyNotFound
        "#
    ));
}
