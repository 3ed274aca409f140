//! The nine cells of a policy and their switches.

use super::{CRITICAL, Cell, Office};
use crate::model::{Happening, MailClass, NotificationLevel, ReviewResult};

/// NOT-7. NOT-22.
#[test]
fn a_cell_without_its_own_people_goes_to_the_addresses_beside_them() {
    let cell = Cell {
        is_default_recipients_enabled: Some(false),
        recipients: Some(&["soc@fabrikam.example; desk@contoso.example", "SOC@fabrikam.example", " "]),
        ..Cell::default()
    };
    Office::after("world alice users")
        .cell(MailClass::Admin, Happening::AdminEligibility, cell)
        .tell(r#"admin adminAssign eligible alice "Global Reader" forever -> Provisioned"#)
        .sent_only(&[
            "+0h eligibleAssigned Requestor to alice",
            "+0h eligibleAssigned Admin to desk@contoso.example soc@fabrikam.example",
        ]);
}

/// NOT-3. NOT-7.
#[test]
fn each_cell_is_switched_for_itself() {
    let silent = || Cell { level: Some(NotificationLevel::None), ..Cell::default() };
    Office::after(
        r#"
        world alice users
        alice eligible for "Reports Reader" forever
        "#,
    )
    .cell(MailClass::Requestor, Happening::AdminEligibility, silent())
    .cell(MailClass::Admin, Happening::EndUserAssignment, silent())
    .tell(
        r#"
        admin adminAssign eligible alice "Global Reader" forever -> Provisioned
        alice selfActivate "Global Reader" 1h "incident" -> Provisioned
        alice selfActivate "Reports Reader" 1h "incident" -> Provisioned
        "#,
    )
    .sent_only(&[
        "+0h eligibleAssigned Admin to admin gail sam",
        "+0h activated Requestor to alice",
        "+0h activated Requestor to alice",
        "+0h activated Admin to admin gail sam",
    ]);
}

/// NOT-8.
#[test]
fn critical_mails_are_those_that_need_somebody_to_act() {
    let office = Office::after(
        r#"
        world alice bert users
        "#,
    )
    .approval("Global Reader", &["bert"]);
    let office = MailClass::ALL.into_iter().fold(office, |office, class| {
        Happening::ALL.into_iter().fold(office, |office, of| office.cell(class, of, CRITICAL))
    });
    office
        .tell(
            r#"
            admin adminAssign eligible alice "Global Reader" 12h -> Provisioned
            alice selfActivate "Global Reader" 1h "incident" -> PendingApproval as asking
            "#,
        )
        .review("bert", "asking", ReviewResult::Approve)
        .tell(
            r#"
            alice selfExtend eligible "Global Reader" 3d "still on duty" -> PendingAdminDecision as more
            "#,
        )
        .decide("admin", "more", ReviewResult::Approve)
        .tell("tick 3d")
        .sent_only(&[
            "+0h approvalPending Approver to bert",
            "+0h extensionPending Approver to admin gail",
            "+2d expiring Requestor to alice",
            "+2d expiring Admin to admin gail",
        ]);
}

/// NOT-9.
#[test]
fn nobody_but_the_approvers_is_asked_to_approve() {
    let cell = || Cell { recipients: Some(&["soc@fabrikam.example"]), ..Cell::default() };
    Office::after(
        r#"
        world alice bert users
        alice eligible for "Global Reader" for 10d
        "#,
    )
    .approval("Global Reader", &["bert"])
    .cell(MailClass::Approver, Happening::EndUserAssignment, cell())
    .cell(MailClass::Approver, Happening::AdminEligibility, cell())
    .tell(
        r#"
        alice selfActivate "Global Reader" 1h "incident" -> PendingApproval
        alice selfExtend eligible "Global Reader" 30d "still on duty" -> PendingAdminDecision
        "#,
    )
    .sent_only(&[
        "+0h approvalPending Approver to bert",
        "+0h extensionPending Approver to admin gail soc@fabrikam.example",
    ]);
}
