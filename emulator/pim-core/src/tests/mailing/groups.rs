//! Places in groups: their permanent owners are told of what the administrators are told of roles.

use super::Office;
use crate::model::ReviewResult;

/// A group that olga owns for good, tina for a time and eve on demand, and that otto owned before PIM heard of it.
const OWNED: &str = r#"
    world alice bert olga otto tina eve users; ops group
    setup own otto of ops -> ok
    setup adminAssign active olga "owner of ops" forever -> Provisioned
    setup adminAssign active tina "owner of ops" 90d -> Provisioned
    setup adminAssign eligible eve "owner of ops" 90d -> Provisioned
    eve selfActivate "owner of ops" 8h "watch" -> Provisioned
"#;

/// NOT-18. NOT-4. NOT-5. NOT-6.
#[test]
fn permanent_owners_are_told_of_assignments_and_activations_of_their_group() {
    Office::after(OWNED)
        .tell(
            r#"
            tick 1h
            tina adminAssign eligible alice "member of ops" 30d -> Provisioned
            tina adminAssign active bert "member of ops" 30d "on duty" -> Provisioned
            alice selfActivate "member of ops" 1h "incident" -> Provisioned
            "#,
        )
        .sent_only(&[
            "+0h activated Requestor to eve",
            "+0h activated Admin to olga otto",
            "+1h eligibleAssigned Requestor to alice",
            "+1h eligibleAssigned Admin to olga otto",
            "+1h activeAssigned Requestor to bert",
            "+1h activeAssigned Admin to olga otto",
            "+1h activated Requestor to alice",
            "+1h activated Admin to olga otto",
        ]);
}

/// NOT-18. NOT-16. An owner is told of its own things as their holder alone.
#[test]
fn permanent_owners_are_told_of_ends_and_extensions() {
    Office::after(OWNED)
        .tell(
            r#"
            setup adminAssign eligible alice "member of ops" 1d -> Provisioned
            setup adminAssign eligible olga "member of ops" 12h -> Provisioned
            tick 1h
            otto adminExtend eligible alice "member of ops" 2d -> Provisioned
            tick 11h
            "#,
        )
        .sent_only(&[
            "+0h activated Requestor to eve",
            "+0h activated Admin to olga otto",
            "+1h extended Admin to olga",
            "+12h expired Requestor to olga",
            "+12h expired Admin to otto",
        ]);
}

/// NOT-18. NOT-10. NOT-13. APR-15.
#[test]
fn approvers_of_a_group_are_told_and_nobody_in_their_place() {
    Office::after(
        r#"
        world alice bert olga users; ops group
        setup adminAssign active olga "owner of ops" forever -> Provisioned
        setup adminAssign eligible alice "member of ops" 30d -> Provisioned
        policy "member of ops" approval by bert
        alice selfActivate "member of ops" 1h "incident" -> PendingApproval as asking
        "#,
    )
    .review("bert", "asking", ReviewResult::Approve)
    .tell(
        r#"
        tick 1h
        setup delete bert -> ok
        alice selfActivate "member of ops" 1h "incident" -> PendingApproval
        "#,
    )
    .sent_only(&[
        "+0h approvalPending Approver to bert",
        "+0h activationApproved Approver to bert",
        "+0h activationApproved Requestor to alice",
        "+0h activated Requestor to alice",
        "+0h activated Admin to olga",
    ]);
}
