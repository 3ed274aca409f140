//! Roles of Azure by way of groups.

use super::super::dsl::{Lab, check};
use super::TREE;
use crate::By;
use crate::model::AssignmentKind;

/// PRI-7. AZR-11. ACT-24. ACT-25.
#[test]
fn any_group_may_be_eligible_and_each_member_activates_for_itself_alone() {
    check(&format!(
        r#"{TREE}
        world people group of alice bob; robots group
        setup adminAssign eligible people "Reader at prod" 30d -> Provisioned as given
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        alice has "Reader at web"
        link of alice active "Reader at web" is given
        bob lacks "Reader at web"
        people lacks "Reader at web"
        carol selfActivate "Reader at web" 1h "desk" -> EligibilityRule
        "#
    ));
}

/// AZR-11. AUT-5. GRP-19.
#[test]
fn what_a_group_holds_actively_counts_for_members_of_its_members_too() {
    check(&format!(
        r#"{TREE}
        world inner group of alice; outer group of inner
        setup adminAssign active outer "Reader at prod" 30d "team" -> Provisioned
        alice may "Microsoft.KeyVault/vaults/read" at kv
        bob may not "Microsoft.KeyVault/vaults/read" at kv
        setup drop alice from inner -> ok
        alice may not "Microsoft.KeyVault/vaults/read" at kv
        "#
    ));
}

/// REQ-28. ACT-24. GRP-19.
#[test]
fn whoever_is_in_a_group_by_way_of_another_activates_what_that_is_eligible_for() {
    check(&format!(
        r#"{TREE}
        world inner group of alice; outer group of inner
        setup adminAssign eligible outer "Reader at prod" 30d -> Provisioned as given
        alice selfActivate "Reader at web" 1h "desk" -> Provisioned
        link of alice active "Reader at web" is given
        tick 1h
        setup drop inner from outer -> ok
        alice selfActivate "Reader at web" 1h "desk" -> EligibilityRule
        "#
    ));
}

/// REQ-28.
#[test]
fn a_target_sees_what_it_holds_itself_and_by_groups_in_the_order_of_places() {
    let mut lab = Lab::after(TREE);
    lab.tell(
        r#"
        world inner group of alice; outer group of inner; other group of bob; admins role-assignable group of alice
        setup adminAssign eligible outer "Reader at prod" 30d -> Provisioned as first
        setup adminAssign eligible bob "Reader at prod" 30d -> Provisioned
        setup adminAssign eligible other "Reader at web" 30d -> Provisioned
        setup adminAssign eligible alice "Contributor at web" 30d -> Provisioned as second
        setup adminAssign eligible inner "Reader at kv" from +1d 30d -> Granted as third
        setup adminAssign eligible admins "Global Reader" 30d -> Provisioned
        "#,
    );
    let view = lab.pim.view(lab.pim.now());
    let target = By::Target(lab.id("alice").unwrap());
    let eligible = AssignmentKind::Eligibility;
    let open: Vec<_> = view.instances(eligible, target, None).map(|(_, it)| it.id.0).collect();
    assert_eq!(open, ["first", "second"].map(|name| lab.request(name).0));
    let all: Vec<_> = view.schedules(eligible, target, None).map(|(key, it)| (key, it.id.0)).collect();
    assert_eq!(
        all.iter().map(|(_, id)| *id).collect::<Vec<_>>(),
        ["first", "second", "third"].map(|it| lab.request(it).0)
    );
    let rest: Vec<_> = view.schedules(eligible, target, Some(all[0].0)).map(|(_, it)| it.id.0).collect();
    assert_eq!(rest, ["second", "third"].map(|name| lab.request(name).0));
    let requests: Vec<_> = view.requests(eligible, target, None).map(|(_, it)| it.id).collect();
    assert_eq!(requests, ["first", "second", "third"].map(|name| lab.request(name)));
    lab.finish();
}

/// PRI-1. AZR-11.
#[test]
fn a_service_principal_holds_roles_and_is_never_eligible() {
    check(&format!(
        r#"{TREE}
        world robot service principal
        setup adminAssign eligible robot "Reader at prod" 30d -> PrincipalCannotBeEligible
        setup adminAssign active robot "User Access Administrator at prod" 30d "pipeline" -> Provisioned
        robot adminAssign eligible alice "Reader at web" 30d -> Provisioned
        robot adminAssign eligible alice "Reader at platform" 30d -> NotPermitted
        "#
    ));
}
