//! Who is named in a record, with which roles and from where.

use super::kit::{
    ACTIVE, ELIGIBLE, alice, approve, ask, ask_for_good, asks, detail, does, gina, names, told,
    waiting_for_approval_from,
};
use crate::graph::lab::{ALICE, GROUPS_ADMINISTRATOR, Lab, ROBOT};
use pim_core::model::{
    Action, Happening, PolicyChange, PolicySubject, RoleDefinition, RuleChange, built_in_roles, roles,
};
use pim_core::time::Length;
use pim_core::{Actor, Caller, Command, PrincipalId, RoleDefinitionId};
use serde_json::json;
use uuid::Uuid;

/// AUD-23: roles and address are those of the initiator when it called, whatever becomes of either, and also in what is
/// done later because of that call.
#[tokio::test]
async fn roles_and_address_are_those_of_the_call() {
    let lab = Lab::new();
    let from = |actor, address: [u8; 4]| Caller { actor, address: Some(address.into()) };
    let request = waiting_for_approval_from(&lab, from(alice(), [10, 0, 0, 1]));
    does(&lab, from(gina(), [10, 0, 0, 2]), &approve(request));
    lab.advance(Length::minutes(10));
    does(&lab, from(alice(), [10, 0, 0, 3]), &Command::Request(ask(ACTIVE, Action::SelfDeactivate)));
    lab.advance(Length::minutes(10));
    does(&lab, Actor::SetUp, &Command::DeletePrincipal(PrincipalId(ALICE)));
    let records = told(&lab).await;
    let administrator = roles::GLOBAL_ADMINISTRATOR.to_string();
    let groups_administrator = GROUPS_ADMINISTRATOR.to_string();
    let known: Vec<_> = (records.iter().filter(|record| record["loggedByService"] == "PIM"))
        .map(|record| {
            let name = record["activityDisplayName"].as_str().unwrap();
            (name, detail(record, "wids"), detail(record, "ipaddr"))
        })
        .collect();
    assert_eq!(
        known,
        [
            ("Add member to role requested (PIM activation)", None, Some("10.0.0.1")),
            ("Add member to role approval requested (PIM activation)", None, Some("10.0.0.1")),
            ("Add member to role request approved (PIM activation)", Some(administrator.as_str()), Some("10.0.0.2")),
            ("Add member to role completed (PIM activation)", None, Some("10.0.0.1")),
            ("Remove member from role requested (PIM deactivate)", Some(&*groups_administrator), Some("10.0.0.3")),
            ("Remove member from role completed (PIM deactivate)", Some(&*groups_administrator), Some("10.0.0.3")),
            ("Remove permanent eligible role assignment", None, None),
        ]
    );
    let keys: Vec<_> =
        records[2]["additionalDetails"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap()).collect();
    assert_eq!(keys[keys.len() - 5..], ["oid", "tid", "wids", "ipaddr", "RequestId"][..], "{keys:?}");
}

/// AUD-23: the directory says where a call came from beside the name of the caller, PIM among the further facts.
#[tokio::test]
async fn directory_and_pim_say_where_a_call_came_from_in_their_own_places() {
    let lab = Lab::new();
    let from = Caller { actor: gina(), address: Some([10, 0, 0, 2].into()) };
    let role = RoleDefinition {
        id: RoleDefinitionId(Uuid::nil()),
        template_id: RoleDefinitionId(Uuid::nil()),
        display_name: "Printer Warden".to_owned(),
        is_built_in: false,
        ..built_in_roles()[0].clone()
    };
    does(&lab, from, &Command::CreateRoleDefinition(role));
    let subject = PolicySubject::DirectoryRole(RoleDefinitionId(GROUPS_ADMINISTRATOR));
    let rules = vec![RuleChange::Enablement { of: Happening::EndUserAssignment, enabled_rules: Some(Vec::new()) }];
    does(&lab, from, &Command::UpdatePolicy(PolicyChange { subject, rules }));
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Add role definition", "Update role setting in PIM"]);
    let beside = |record: usize| records[record]["initiatedBy"]["user"]["ipAddress"].clone();
    assert_eq!((beside(0), beside(1)), (json!("10.0.0.2"), json!(null)));
    assert_eq!((detail(&records[0], "ipaddr"), detail(&records[1], "ipaddr")), (None, Some("10.0.0.2")));
    assert_eq!(detail(&records[1], "wids"), Some(&*roles::GLOBAL_ADMINISTRATOR.to_string()));
}

/// An application stands on its own.
#[tokio::test]
async fn an_application_is_named_as_such() {
    let lab = Lab::new();
    asks(&lab, Actor::Application { id: PrincipalId(ROBOT) }, ask_for_good(ELIGIBLE, Action::AdminAssign));
    let initiator = &told(&lab).await[0]["initiatedBy"];
    assert_eq!(initiator["user"], json!(null));
    assert_eq!(
        initiator["app"],
        json!({
            "appId": "11112222-3333-4444-8555-666677778888",
            "displayName": "robot",
            "servicePrincipalId": ROBOT,
            "servicePrincipalName": null,
        })
    );
}
