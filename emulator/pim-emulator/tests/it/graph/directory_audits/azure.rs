//! What Azure roles leave in the log.

use super::kit::{ACTIVE, ELIGIBLE, alice, ask, ask_for, asks, detail, does, gina, names, target, told, tries, user};
use crate::graph::lab::{ALICE, GINA, Lab, RITA, TENANT};
use pim_core::model::{
    Action, ApprovalChange, Approver, AzureScopeKind, PolicyChange, PolicySubject, Privilege, ReviewResult, RuleChange,
    azure_roles,
};
use pim_core::time::Length;
use pim_core::{
    Actor, Ask, AzureRoleDefinitionId, AzureScopeId, Caller, Command, NewAzureScope, PrincipalId, ScheduleId,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::{Uuid, uuid};

const READER: AzureRoleDefinitionId = AzureRoleDefinitionId(uuid!("acdd72a7-3385-48ef-bd42-f606fba81ae7"));
const PROD: Uuid = uuid!("0d6c3b36-8b1c-4c2e-9b55-0c6f7f7d2f10");
const WEB: Uuid = uuid!("6a9d9d0f-6a0b-4b6c-8f0a-0f2f0f3c7e21");
const ELEVATED: &str = "User has elevated their access to User Access Administrator for their Azure Resources";
const CATEGORY: &str = "AzureRBACRoleManagementElevateAccess";

/// A subscription with a resource group.
fn lab() -> Lab {
    let lab = Lab::new();
    let scope = |id: Uuid, kind, parent, name: &str, display_name: &str| {
        let new = NewAzureScope {
            id: Some(AzureScopeId(id)),
            kind,
            parent,
            name: name.to_owned(),
            display_name: Some(display_name.to_owned()),
            location: None,
            tags: BTreeMap::new(),
        };
        does(&lab, Actor::SetUp, &Command::CreateAzureScope(Box::new(new)));
    };
    scope(PROD, AzureScopeKind::Subscription, AzureScopeId::ROOT_GROUP, &PROD.to_string(), "Production");
    scope(WEB, AzureScopeKind::ResourceGroup, AzureScopeId(PROD), "web", "web");
    lab
}

fn reader() -> Privilege {
    Privilege::AzureRole { role: READER, scope: AzureScopeId(WEB) }
}

/// The same about Reader in the resource group.
fn reading(ask: Ask) -> Ask {
    Ask { privilege: reader(), ..ask }
}

/// Gina takes access to everything.
fn elevated(lab: &Lab) -> ScheduleId {
    does(lab, gina(), &Command::ElevateAccess).schedule.expect("an assignment")
}

fn kinds(record: &Value) -> Vec<&str> {
    record["targetResources"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect()
}

fn keys(record: &Value) -> Vec<&str> {
    record["additionalDetails"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap()).collect()
}

/// AUD-1, AUD-5, AUD-22, AUD-23: the words are those of roles; role, person and place are targets.
#[tokio::test]
async fn an_eligibility_for_an_azure_role_names_role_person_and_place() {
    let lab = lab();
    elevated(&lab);
    let request = asks(&lab, gina(), reading(ask_for(ELIGIBLE, Action::AdminAssign, Length::days(30))));
    let records = told(&lab).await;
    assert_eq!(
        names(&records)[1..],
        [
            "Add eligible member to role in PIM requested (timebound)",
            "Add eligible member to role in PIM completed (timebound)",
        ]
    );
    for record in &records[1..] {
        assert_eq!((&record["category"], &record["loggedByService"]), (&json!("ResourceManagement"), &json!("PIM")));
        assert_eq!(record["initiatedBy"]["user"]["id"], json!(GINA));
        assert_eq!((&record["operationType"], &record["resultReason"]), (&json!("Assign"), &json!("because")));
        assert_eq!(kinds(record), ["Role", "Request", "User", "Resource", "Other"]);
        assert_eq!(
            (&target(record, "Role")["id"], &target(record, "Role")["displayName"]),
            (&json!(READER), &json!("Reader"))
        );
        let properties = target(record, "Role")["modifiedProperties"].as_array().unwrap();
        let properties: Vec<_> = properties.iter().map(|it| (&it["displayName"], &it["newValue"])).collect();
        assert_eq!(
            properties,
            [
                (&json!("RoleDefinitionOriginId"), &json!(format!("\"{READER}\""))),
                (&json!("RoleDefinitionOriginType"), &json!("\"BuiltInRole\""))
            ]
        );
        assert_eq!(target(record, "Request")["id"], json!(request.0));
        assert_eq!(target(record, "User")["id"], json!(ALICE));
        assert_eq!(
            (&target(record, "Resource")["id"], &target(record, "Resource")["displayName"]),
            (&json!(WEB), &json!("web"))
        );
        assert_eq!(
            keys(record),
            [
                "RoleDefinitionOriginId",
                "RoleDefinitionOriginType",
                "StartTime",
                "ExpirationTime",
                "Justification",
                "oid",
                "tid",
                "wids",
                "RequestId",
                "Scope"
            ]
        );
        assert_eq!(detail(record, "Scope"), Some(&*format!("/subscriptions/{PROD}/resourceGroups/web")));
        assert_eq!(detail(record, "tid"), Some(&*TENANT.to_string()));
    }
}

/// AUD-7, AUD-8, AUD-9, AUD-10, AUD-24: from asking to the end.
#[tokio::test]
async fn an_activation_of_an_azure_role_is_told_in_the_words_of_roles() {
    let lab = lab();
    does(&lab, Actor::SetUp, &Command::Request(reading(ask_for(ELIGIBLE, Action::AdminAssign, Length::days(30)))));
    let approval = ApprovalChange {
        is_approval_required: Some(true),
        primary_approvers: Some(vec![Approver { id: PrincipalId(RITA), description: None }]),
        ..ApprovalChange::default()
    };
    let subject = PolicySubject::AzureRole(READER, AzureScopeId(WEB));
    does(
        &lab,
        Actor::SetUp,
        &Command::UpdatePolicy(PolicyChange { subject, rules: vec![RuleChange::Approval(approval)] }),
    );
    let activate = |lab: &Lab| {
        let request = asks(lab, alice(), reading(ask_for(ACTIVE, Action::SelfActivate, Length::hours(2))));
        let justification = Some("ok".to_owned());
        does(lab, user(RITA), &Command::ReviewApproval { request, result: ReviewResult::Approve, justification });
    };
    activate(&lab);
    lab.advance(Length::minutes(10));
    asks(&lab, alice(), reading(ask(ACTIVE, Action::SelfDeactivate)));
    activate(&lab);
    lab.advance(Length::hours(3));
    let records = told(&lab).await;
    let begins = [
        "Add member to role requested (PIM activation)",
        "Add member to role approval requested (PIM activation)",
        "Add member to role request approved (PIM activation)",
        "Request Approved",
        "Add member to role completed (PIM activation)",
    ];
    let ends =
        ["Remove member from role requested (PIM deactivate)", "Remove member from role completed (PIM deactivate)"];
    let expires = ["Remove member from role (PIM activation expired)"];
    assert_eq!(names(&records), [&begins[..], &ends, &begins, &expires].concat());
    for record in records.iter().filter(|it| it["loggedByService"] == "PIM") {
        assert_eq!(record["category"], "ResourceManagement");
        assert_eq!((&target(record, "Role")["id"], &target(record, "Resource")["id"]), (&json!(READER), &json!(WEB)));
    }
    assert_eq!(records[2]["initiatedBy"]["user"]["id"], json!(RITA));
    assert_eq!(records.last().unwrap()["initiatedBy"]["user"]["displayName"], "Azure AD PIM");
}

/// AZR-9: the log can be asked for what happened at one resource, and for what one did oneself.
#[tokio::test]
async fn the_log_can_be_asked_for_one_resource_and_for_oneself() {
    let lab = lab();
    elevated(&lab);
    let at_prod = Privilege::AzureRole { role: READER, scope: AzureScopeId(PROD) };
    let assign = || ask_for(ELIGIBLE, Action::AdminAssign, Length::days(30));
    asks(&lab, gina(), reading(assign()));
    asks(&lab, gina(), Ask { privilege: at_prod, ..assign() });
    asks(&lab, alice(), reading(ask_for(ACTIVE, Action::SelfActivate, Length::hours(1))));
    let rita = lab.with_scopes(RITA, "AuditLog.Read.All");
    let count = async |filter: &str| {
        let filter = filter.replace(' ', "%20");
        rita.get(&format!("auditLogs/directoryAudits?$filter={filter}")).await.expect(200).items().len()
    };
    assert_eq!(count("category eq 'ResourceManagement'").await, 6);
    assert_eq!(count(&format!("targetResources/any(t:t/id eq '{PROD}')")).await, 2);
    assert_eq!(count(&format!("targetResources/any(t:t/id eq '{WEB}')")).await, 4);
    assert_eq!(count(&format!("initiatedBy/user/id eq '{ALICE}'")).await, 2);
}

/// AUT-7: who takes access to everything is told by the service that gives it, and so is the end of that.
#[tokio::test]
async fn access_to_everything_is_told_when_it_is_taken_and_when_it_goes() {
    let lab = lab();
    let from = Caller { actor: gina(), address: Some([10, 0, 0, 2].into()) };
    let schedule = does(&lab, from, &Command::ElevateAccess).schedule.expect("an assignment");
    elevated(&lab);
    does(&lab, gina(), &Command::DeleteRoleAssignment { schedule });
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [ELEVATED, "The role assignment of User Access Administrator has been removed from the user"],
        "who has it already takes nothing"
    );
    for record in &records {
        assert_eq!(record["category"], CATEGORY);
        assert_eq!(record["loggedByService"], "Azure RBAC (Elevated Access)");
        assert_eq!(record["initiatedBy"]["user"]["id"], json!(GINA));
        assert_eq!(target(record, "User")["id"], json!(GINA));
    }
    assert_eq!(records[0]["initiatedBy"]["user"]["ipAddress"], "10.0.0.2");
    assert_ne!(records[0]["id"], records[1]["id"]);
    let rita = lab.with_scopes(RITA, "AuditLog.Read.All");
    let one = rita.get(&format!("auditLogs/directoryAudits/{}", records[0]["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(one.body["activityDisplayName"], ELEVATED);
}

/// AUD-13, AUD-32: what is given and taken directly is in the log of Azure, not in this one.
#[tokio::test]
async fn what_is_given_directly_leaves_nothing() {
    let lab = lab();
    elevated(&lab);
    let give = |privilege, principal| Command::CreateRoleAssignment {
        principal: PrincipalId(principal),
        privilege,
        id: None,
        details: None,
    };
    let made = does(&lab, gina(), &give(reader(), ALICE)).schedule.expect("an assignment");
    does(&lab, gina(), &Command::DeleteRoleAssignment { schedule: made });
    let everything = Privilege::AzureRole { role: azure_roles::USER_ACCESS_ADMINISTRATOR, scope: AzureScopeId::ROOT };
    does(&lab, gina(), &give(everything, ALICE));
    assert_eq!(names(&told(&lab).await), [ELEVATED], "what is given to another is no elevation");
}

/// AUD-15, POL-45: a changed policy names role and place.
#[tokio::test]
async fn a_changed_policy_of_an_azure_role_names_role_and_place() {
    let lab = lab();
    elevated(&lab);
    let subject = PolicySubject::AzureRole(READER, AzureScopeId(WEB));
    let change = RuleChange::Expiration {
        of: pim_core::model::Happening::EndUserAssignment,
        is_expiration_required: None,
        maximum_duration: Some(Some(Length::hours(2))),
    };
    does(&lab, gina(), &Command::UpdatePolicy(PolicyChange { subject, rules: vec![change] }));
    let records = told(&lab).await;
    let record = records.last().unwrap();
    assert_eq!(
        (&record["activityDisplayName"], &record["category"]),
        (&json!("Update role setting in PIM"), &json!("ResourceManagement"))
    );
    assert_eq!(kinds(record), ["Role", "Resource"]);
    assert_eq!(
        (&target(record, "Role")["displayName"], &target(record, "Resource")["id"]),
        (&json!("Reader"), &json!(WEB))
    );
    assert_eq!(detail(record, "Scope"), Some(&*format!("/subscriptions/{PROD}/resourceGroups/web")));
}

/// AUD-1: what was told of a place and a custom role still names both when they are gone.
#[tokio::test]
async fn what_is_gone_keeps_its_name_in_the_log() {
    let lab = lab();
    let role = pim_core::model::AzureRoleDefinition {
        id: AzureRoleDefinitionId(Uuid::nil()),
        role_name: "Operator".to_owned(),
        description: String::new(),
        is_built_in: false,
        permissions: Vec::new(),
        assignable_scopes: vec![AzureScopeId(PROD)],
        created: pim_core::time::Instant::FIRST,
        updated: pim_core::time::Instant::FIRST,
        updated_by: None,
    };
    let role = does(&lab, Actor::SetUp, &Command::SetAzureRoleDefinition(Box::new(role))).made.expect("an id");
    let role = AzureRoleDefinitionId(role);
    elevated(&lab);
    let operator = Privilege::AzureRole { role, scope: AzureScopeId(WEB) };
    asks(&lab, gina(), Ask { privilege: operator, ..ask_for(ELIGIBLE, Action::AdminAssign, Length::days(30)) });
    let before = told(&lab).await;
    does(&lab, Actor::SetUp, &Command::DeleteAzureScope(AzureScopeId(WEB)));
    does(&lab, Actor::SetUp, &Command::DeleteAzureRoleDefinition(role));
    assert!(
        tries(&lab, gina(), &Command::Request(reading(ask_for(ELIGIBLE, Action::AdminAssign, Length::days(1)))))
            .is_err()
    );
    let after = told(&lab).await;
    assert_eq!(after[..before.len()], before);
    let gone = after.last().unwrap();
    assert_eq!(gone["activityDisplayName"], "Remove eligible member from role in PIM completed (timebound)");
    assert_eq!(
        (&target(gone, "Role")["displayName"], &target(gone, "Resource")["displayName"]),
        (&json!("Operator"), &json!("web"))
    );
    assert_eq!(detail(gone, "RoleDefinitionOriginType"), Some("CustomRole"));
}
