//! How many active assignments there may be.

use super::super::dsl::Lab;
use super::TREE;
use crate::model::{AssignmentKind, Privilege};
use crate::{Command, Rejection};

/// Gives roles outside PIM, as many as there are groups that nothing else is known of.
fn fill(lab: &mut Lab, scopes: &[&str], count: usize) {
    let role = lab.azure_role("Reader").unwrap();
    let scopes: Vec<_> = scopes.iter().map(|scope| lab.azure_scope(scope)).collect();
    for number in 0..count {
        lab.tell(&format!("world g{number} group"));
        let principal = lab.id(&format!("g{number}")).unwrap();
        let privilege = Privilege::AzureRole { role, scope: scopes[number % scopes.len()] };
        let now = lab.pim.now();
        let command = Command::CreateRoleAssignment { principal, privilege, id: None, details: None };
        lab.pim.handle(now, &mut lab.ids, crate::Actor::SetUp, &command).unwrap();
        lab.events.extend(lab.pim.take_events());
    }
}

/// AZR-13.
#[test]
fn a_subscription_takes_four_thousand_active_assignments_with_what_is_below_it() {
    let mut lab = Lab::after(TREE);
    lab.tell(
        r#"
        world test subscription of platform
        setup adminAssign eligible alice "Owner at prod" 30d -> Provisioned
        "#,
    );
    fill(&mut lab, &["prod", "web", "kv"], 3999);
    lab.tell(
        r#"
        setup adminAssign active carol "Owner at kv" from +1d 1d "duty" -> Granted
        setup adminAssign active bob "Owner at prod" 1d "duty" -> TooManyAssignments
        setup assignOutside bob "Owner at kv" -> TooManyAssignments
        setup adminAssign eligible bob "Owner at kv" 30d -> Provisioned
        setup adminAssign active bob "Owner at platform" 1d "duty" -> Provisioned
        setup adminAssign active bob "Owner at test" 1d "duty" -> Provisioned
        tick 2d
        setup assignOutside bob "Owner at kv" -> ok
        setup assignOutside carol "Owner at kv" -> TooManyAssignments
        setup removeOutside g0 "Reader at prod" -> ok
        setup assignOutside carol "Owner at kv" -> ok
        "#,
    );
    lab.finish();
}

/// AZR-13.
#[test]
fn a_management_group_takes_five_hundred_itself() {
    let mut lab = Lab::after(TREE);
    fill(&mut lab, &["platform"], 500);
    let (principal, role) = (lab.id("alice").unwrap(), lab.azure_role("Owner").unwrap());
    let at = |lab: &Lab, scope| Command::CreateRoleAssignment {
        principal,
        privilege: Privilege::AzureRole { role, scope: lab.azure_scope(scope) },
        id: None,
        details: None,
    };
    let (full, below) = (at(&lab, "platform"), at(&lab, "prod"));
    assert_eq!(lab.handle(crate::Actor::SetUp, &full).map(drop), Err(Rejection::TooManyAssignments));
    lab.set_up(&below);
    let view = lab.pim.view(lab.pim.now());
    assert_eq!(view.instances(AssignmentKind::Assignment, crate::By::Target(principal), None).count(), 1);
    lab.finish();
}
