//! What is refused leaves in the log.

use super::kit::{
    ACTIVE, ELIGIBLE, alice, ask, ask_for, asks, does, gina, names, privilege, switch, target, told, tries,
};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, Lab};
use pim_core::model::{Action, roles};
use pim_core::time::Length;
use pim_core::{Actor, Ask, Behaviour, Command, PrincipalId};
use serde_json::json;

/// GA-7, AUD-27: of what is refused only the removal of the last administrator is told.
#[tokio::test]
async fn the_refused_removal_of_the_last_administrator_is_told() {
    let lab = Lab::new();
    let global_administrator =
        |ask: Ask| Ask { privilege: privilege(roles::GLOBAL_ADMINISTRATOR.0), principal: PrincipalId(GINA), ..ask };
    let removal = Command::Request(global_administrator(ask(ACTIVE, Action::AdminRemove)));
    lab.advance(Length::minutes(10));
    assert!(tries(&lab, gina(), &removal).is_err());
    let without_reason = Ask { justification: None, ..ask_for(ACTIVE, Action::SelfActivate, Length::hours(1)) };
    assert!(tries(&lab, alice(), &Command::Request(without_reason)).is_err());
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Remove member from role in PIM completed (permanent)"]);
    assert_eq!(
        (&records[0]["result"], &records[0]["resultReason"]),
        (&json!("failure"), &json!("CannotDeleteLastAdminAssignment"))
    );
}

/// GA-5, GA-7: an eligibility that cannot end fails to, day after day.
#[tokio::test]
async fn an_eligible_last_administrator_that_cannot_expire_is_told() {
    let lab = Lab::new();
    let eligible = Ask {
        privilege: privilege(roles::GLOBAL_ADMINISTRATOR.0),
        ..ask_for(ELIGIBLE, Action::AdminAssign, Length::days(1))
    };
    asks(&lab, gina(), eligible);
    let gone = tries(&lab, Actor::SetUp, &Command::DeletePrincipal(PrincipalId(GINA)));
    assert!(gone.is_err(), "she is the last one");
    let account = lab.tenant().read(|view| view.user(PrincipalId(GINA)).cloned()).unwrap();
    assert!(account.account_enabled);
    // The only active one is an activation that ends while the eligibility should.
    let activate = Ask {
        privilege: privilege(roles::GLOBAL_ADMINISTRATOR.0),
        ..ask_for(ACTIVE, Action::SelfActivate, Length::hours(1))
    };
    asks(&lab, alice(), activate);
    let assignment = lab.tenant().read(|view| {
        let own = view.instances(ACTIVE, pim_core::By::Principal(PrincipalId(GINA)), None).next();
        own.map(|(_, schedule)| schedule.id)
    });
    does(&lab, alice(), &Command::DeleteRoleAssignment { schedule: assignment.unwrap() });
    lab.advance(Length::days(2));
    let records = told(&lab).await;
    let failures: Vec<_> = records.iter().filter(|record| record["result"] == "failure").collect();
    assert_eq!(failures.len(), 2, "the end, and a day later");
    for failure in failures {
        assert_eq!(failure["activityDisplayName"], "Remove eligible member from role in PIM completed (timebound)");
        assert_eq!(failure["resultReason"], "CannotDeleteLastAdminAssignment");
        assert_eq!(target(failure, "User")["id"], json!(ALICE));
        assert_eq!(failure["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
    }
}

/// UNC-14: with the switch every refused request is told, with the code and the rules.
#[tokio::test]
async fn refused_requests_are_told_where_the_switch_says_so() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    switch(&lab, Behaviour { audit_refused_requests: true, ..Behaviour::default() });
    let without_reason = Ask { justification: None, ..ask_for(ACTIVE, Action::SelfActivate, Length::hours(1)) };
    assert!(tries(&lab, alice(), &Command::Request(without_reason)).is_err());
    asks(&lab, alice(), ask_for(ACTIVE, Action::SelfActivate, Length::hours(1)));
    assert!(tries(&lab, alice(), &Command::Request(ask(ACTIVE, Action::SelfDeactivate))).is_err());
    let records = told(&lab).await;
    let failures: Vec<_> = (records.iter().filter(|record| record["result"] == "failure"))
        .map(|record| (record["activityDisplayName"].as_str().unwrap(), record["resultReason"].as_str().unwrap()))
        .collect();
    assert_eq!(
        failures,
        [
            ("Process request", "RoleAssignmentRequestPolicyValidationFailed: JustificationRule"),
            ("Process role removal request", "ActiveDurationTooShort"),
        ]
    );
}
