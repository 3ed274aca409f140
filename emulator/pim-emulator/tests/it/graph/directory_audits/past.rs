//! What else is told: policies, custom roles, what is gone, and what sets a tenant up.

use super::kit::{does, gina, names, switch, target, told, unscanned, waiting_for_approval, without_scans};
use crate::graph::lab::{ALICE, GROUPS_ADMINISTRATOR};
use pim_core::model::{
    Happening, PolicyChange, PolicySubject, Requirement, RoleDefinition, RuleChange, built_in_roles,
};
use pim_core::time::Length;
use pim_core::{Actor, Behaviour, Command, PrincipalId, RoleDefinitionId};
use serde_json::json;
use uuid::Uuid;

/// AUD-15, POL-45: one record for one change, with the rules that were written.
#[tokio::test]
async fn a_changed_policy_is_told() {
    let lab = unscanned();
    let rules = vec![
        RuleChange::Enablement {
            of: Happening::EndUserAssignment,
            enabled_rules: Some(vec![Requirement::Justification, Requirement::Ticketing]),
        },
        RuleChange::Expiration {
            of: Happening::EndUserAssignment,
            is_expiration_required: None,
            maximum_duration: Some(Some(Length::hours(4))),
        },
    ];
    let subject = PolicySubject::DirectoryRole(RoleDefinitionId(GROUPS_ADMINISTRATOR));
    does(&lab, gina(), &Command::UpdatePolicy(PolicyChange { subject, rules }));
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Update role setting in PIM"]);
    assert_eq!(
        records[0]["resultReason"],
        "Setting changes in this session: Enablement_EndUser_Assignment, Expiration_EndUser_Assignment."
    );
    assert_eq!(target(&records[0], "Role")["displayName"], "Groups Administrator");
}

/// Custom roles are the directory's affair, and keep their name when they are gone.
#[tokio::test]
async fn custom_roles_are_told_by_the_directory() {
    let lab = unscanned();
    let role = RoleDefinition {
        id: RoleDefinitionId(Uuid::nil()),
        template_id: RoleDefinitionId(Uuid::nil()),
        display_name: "Printer Warden".to_owned(),
        is_built_in: false,
        ..built_in_roles()[0].clone()
    };
    let made = does(&lab, gina(), &Command::CreateRoleDefinition(role)).role.unwrap();
    does(&lab, gina(), &Command::DeleteRoleDefinition(made));
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Add role definition", "Delete role definition"]);
    for record in &records {
        assert_eq!(record["loggedByService"], "Core Directory");
        let role = target(record, "Role");
        assert_eq!((&role["displayName"], &role["id"]), (&json!("Printer Warden"), &json!(made.0)));
        assert_eq!(role["modifiedProperties"][1]["newValue"], "\"CustomRole\"");
    }
}

/// The past goes on being told when requests are purged and people are gone.
#[tokio::test]
async fn records_outlive_what_they_are_about() {
    let lab = unscanned();
    let quickly = Behaviour { request_retention_days: 1, ..without_scans() };
    switch(&lab, quickly);
    waiting_for_approval(&lab);
    lab.advance(Length::days(2));
    let before = told(&lab).await;
    assert_eq!(before.len(), 4);
    lab.advance(Length::days(3));
    assert_eq!(told(&lab).await, before, "the request is purged");
    does(&lab, Actor::SetUp, &Command::DeletePrincipal(PrincipalId(ALICE)));
    let after = told(&lab).await;
    assert_eq!(after[..4], before[..], "alice is gone");
    assert_eq!(names(&after)[4..], ["Remove permanent eligible role assignment"]);
}

/// A lab begins with a clean log: neither what made the tenant nor what it does in its own name is told.
#[tokio::test]
async fn what_sets_a_tenant_up_is_not_told() {
    let lab = unscanned();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    assert!(told(&lab).await.is_empty());
}
