//! Alerts of Azure roles, a subscription at a time.

use super::super::dsl::{Lab, check};
use super::directory_roles::mails_about_outside;
use crate::AzureScopeId;
use crate::model::AlertScope;

const TREE: &str = r#"
    world olga alice bob carol users; corp management-group; prod subscription of corp; web resource-group of prod
    world idle subscription of corp
    setup assignOutside olga "Owner at prod" -> ok
    setup adminAssign eligible alice "Reader at web" 90d -> Provisioned
"#;

/// ALR-34. AUT-17.
#[test]
fn there_are_alerts_of_the_subscriptions_in_which_pim_is_in_use() {
    let mut lab = Lab::after(TREE);
    let count = |lab: &Lab, name: &str| {
        let scope = AlertScope::Subscription(lab.azure_scope(name));
        lab.pim.view(lab.pim.now()).alerts(scope).count()
    };
    assert_eq!(["prod", "idle", "corp", "web", "root"].map(|name| count(&lab, name)), [4, 0, 0, 0, 0]);
    assert_eq!(lab.pim.view(lab.pim.now()).alerts(AlertScope::Subscription(AzureScopeId::ROOT)).count(), 0);
    lab.tell(
        r#"
        olga refreshAlerts of prod -> ok
        alice refreshAlerts of prod -> NotPermitted
        admin refreshAlerts of prod -> NotPermitted
        admin setAlert DuplicateRoleCreated off of prod -> NotPermitted
        setup refreshAlerts of idle -> NoAlerts
        setup refreshAlerts of web -> NoAlerts
        setup dismissAlert DuplicateRoleCreated of nowhere -> NoAlerts
        olga setAlert DuplicateRoleCreated off of prod -> ok
        policy "Reader at idle" max 4h
        "#,
    );
    assert_eq!(count(&lab, "idle"), 4);
    lab.tell("setup demolish web -> ok");
    assert_eq!(count(&lab, "prod"), 0);
    lab.finish();
}

/// ALR-30.
#[test]
fn many_owners_are_found_when_they_are_many_among_all() {
    check(&format!(
        r#"{TREE}
        setup assignOutside carol "Reader at prod" -> ok
        setup assignOutside alice "Owner at corp" -> ok
        olga refreshAlerts of prod -> ok
        alert TooManyOwnersAssignedToResource is quiet of prod
        setup adminAssign eligible bob "Owner at prod" 90d -> Provisioned
        olga refreshAlerts TooManyOwnersAssignedToResource of prod -> ok
        alert TooManyOwnersAssignedToResource names bob olga of prod
        olga setAlert TooManyOwnersAssignedToResource count 1 percentage 67 of prod -> ok
        olga refreshAlerts of prod -> ok
        alert TooManyOwnersAssignedToResource is quiet of prod
        olga setAlert TooManyOwnersAssignedToResource count 0 of prod -> InvalidAlertSetting
        olga setAlert TooManyOwnersAssignedToResource percentage 66 of prod -> ok
        olga refreshAlerts of prod -> ok
        olga remediateAlert TooManyOwnersAssignedToResource bob of prod -> Revoked
        bob is not eligible for "Owner at prod"
        olga remediateAlert TooManyOwnersAssignedToResource olga of prod -> LastSubscriptionOwner
        "#
    ));
}

/// ALR-31.
#[test]
fn many_owners_for_good_are_found_when_they_are_many_among_the_owners() {
    check(&format!(
        r#"{TREE}
        setup assignOutside carol "Owner at prod" -> ok
        setup adminAssign eligible bob "Owner at prod" 90d -> Provisioned
        setup adminAssign active alice "Owner at prod" 90d "duty" -> Provisioned
        olga setAlert TooManyPermanentOwnersAssignedToResource count 2 percentage 51 of prod -> ok
        olga refreshAlerts of prod -> ok
        alert TooManyPermanentOwnersAssignedToResource is quiet of prod
        olga setAlert TooManyPermanentOwnersAssignedToResource percentage 50 of prod -> ok
        tick 1d
        alert TooManyPermanentOwnersAssignedToResource names carol olga of prod
        setup adminAssign eligible carol "Owner at prod" 90d -> Provisioned
        olga remediateAlert TooManyPermanentOwnersAssignedToResource carol of prod -> ok
        carol has nothing
        carol is eligible for "Owner at prod"
        "#
    ));
}

/// ALR-32.
#[test]
fn custom_roles_that_allow_the_same_are_found() {
    check(&format!(
        r#"{TREE}
        world Watcher Keeper azure role of prod; Stranger azure role of idle; Warden azure role of web
        olga refreshAlerts of prod -> ok
        alert DuplicateRoleCreated names Keeper Warden Watcher of prod
        olga remediateAlert DuplicateRoleCreated Keeper of prod -> AlertNotRemediable
        setup undefineRole Keeper -> ok
        setup undefineRole Warden -> ok
        tick 1d
        alert DuplicateRoleCreated is quiet of prod
        "#
    ));
}

/// ALR-33. NOT-14.
#[test]
fn what_was_given_outside_is_found_and_those_who_manage_the_place_are_told() {
    let mut lab = Lab::after(TREE);
    lab.tell(
        r#"
        olga assignOutside bob "Reader at web" -> ok
        olga assignOutside carol "Reader at web" -> ok
        olga refreshAlerts of prod -> ok
        alert AzureRolesAssignedOutsidePim names bob carol olga of prod
        olga remediateAlert AzureRolesAssignedOutsidePim bob of prod -> ok
        bob has nothing
        alert AzureRolesAssignedOutsidePim names carol olga of prod
        "#,
    );
    assert_eq!(mails_about_outside(&lab), 2);
    lab.tell(
        r#"
        olga setAlert AzureRolesAssignedOutsidePim off of prod -> ok
        olga assignOutside bob "Reader at web" -> ok
        setup assignOutside olga "Owner at idle" -> ok
        olga assignOutside bob "Reader at idle" -> ok
        "#,
    );
    assert_eq!(mails_about_outside(&lab), 2);
    lab.finish();
}
