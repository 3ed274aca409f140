//! Roles of Azure: whoever gives access at the scope is told of what the administrators are told of roles of the directory.

use super::Office;

/// NOT-17. NOT-4. NOT-5. NOT-6. EXT-4.
#[test]
fn permanent_and_eligible_owners_and_access_administrators_of_the_scope_and_above_are_told() {
    Office::after(
        r#"
        world alice olga ursula eve tina carl users; platform management-group; prod subscription of platform
        world web resource-group of prod
        setup assignOutside olga "Owner at platform" -> ok
        setup assignOutside ursula "User Access Administrator at prod" -> ok
        setup adminAssign eligible eve "Owner at web" 90d -> Provisioned
        setup adminAssign active tina "Owner at web" 90d "duty" -> Provisioned
        setup assignOutside carl "Contributor at web" -> ok
        "#,
    )
    .tell(
        r#"
        tick 1h
        ursula adminAssign eligible alice "Reader at web" 30d -> Provisioned
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        alice selfActivate "Reader at platform" 1h "desk" -> EligibilityRule
        "#,
    )
    .sent_only(&[
        "+1h eligibleAssigned Requestor to alice",
        "+1h eligibleAssigned Admin to eve olga ursula",
        "+1h activated Requestor to alice",
        "+1h activated Admin to eve olga ursula",
    ]);
}
