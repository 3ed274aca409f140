//! Conditions of assignments.

use super::super::dsl::check;
use super::TREE;

/// AZR-4.
#[test]
fn a_condition_goes_from_the_request_to_the_eligibility_and_to_each_activation() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Storage Blob Data Reader at prod" 30d if "@a" -> Provisioned
        condition of alice eligible "Storage Blob Data Reader at prod" is "@a"
        alice selfActivate "Storage Blob Data Reader at web" 1h "desk" -> Provisioned
        condition of alice active "Storage Blob Data Reader at web" is "@a"
        setup adminAssign active bob "Reader at prod" 30d "duty" if "@b" -> Provisioned
        condition of bob active "Reader at prod" is "@b"
        setup adminUpdate active bob "Reader at prod" 20d "duty" if "@c" -> Provisioned
        condition of bob active "Reader at prod" is "@c"
        setup adminUpdate active bob "Reader at prod" 10d "duty" -> Provisioned
        condition of bob active "Reader at prod" is "@c"
        "#
    ));
}

/// AZR-4.
#[test]
fn nobody_activates_free_of_the_condition_of_the_eligibility() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 30d if "@a" -> Provisioned
        setup adminAssign eligible bob "Reader at prod" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" if "true" -> Provisioned
        condition of alice active "Reader at web" is "@a"
        bob selfActivate "Reader at web" 1h "desk" if "@b" -> Provisioned
        condition of bob active "Reader at web" is "@b"
        "#
    ));
}

/// AZR-4. APR-27.
#[test]
fn a_condition_outlasts_the_wait_for_an_approver() {
    check(&format!(
        r#"{TREE}
        policy "Reader at web" approval by bob
        setup adminAssign eligible alice "Reader at prod" 30d if "@a" -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> PendingApproval as asking
        bob approve asking "fine" -> ok
        condition of alice active "Reader at web" is "@a"
        "#
    ));
}

/// AZR-4. EXT-7.
#[test]
fn what_is_renewed_has_the_condition_that_it_had() {
    check(&format!(
        r#"{TREE}
        setup adminAssign eligible alice "Reader at prod" 1d if "@a" -> Provisioned
        setup adminAssign eligible bob "Reader at prod" 1d if "@b" -> Provisioned
        setup adminAssign eligible carol "Reader at prod" 1d if "@c" -> Provisioned
        tick 1d
        setup adminRenew eligible alice "Reader at prod" 9d -> Provisioned
        condition of alice eligible "Reader at prod" is "@a"
        setup adminRenew eligible bob "Reader at prod" 9d if "@d" -> Provisioned
        condition of bob eligible "Reader at prod" is "@d"
        carol selfRenew eligible "Reader at prod" 9d "again" -> PendingAdminDecision as again
        setup grant again 9d "ok" -> ok
        condition of carol eligible "Reader at prod" is "@c"
        "#
    ));
}
