//! Reading policies: what nobody has changed, whose they are, where they are and who may see them.

use super::kit::{CONTRIBUTOR, PLATFORM, PROD, READER, WEB, asks, azure, makes_eligible, path, request, role, rows};
use crate::arm::kit::{Azure, Caller};
use axum::http::Method;
use serde_json::{Value, json};

const POLICIES: &str = "roleManagementPolicies";
const ASSIGNMENTS: &str = "roleManagementPolicyAssignments";

/// What narrows a list to a role, by its full id.
pub(super) fn of_role(full: &str) -> String {
    format!("?$filter=roleDefinitionId%20eq%20'{full}'")
}

/// The full id of the policy of a role, found as tools find it.
pub(super) async fn policy_of(caller: &Caller<'_>, scope: &str, role_id: &str) -> String {
    let found = rows(caller, scope, &format!("{ASSIGNMENTS}{}", of_role(&role(role_id)))).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found[0]["properties"]["policyId"].as_str().unwrap().to_owned()
}

/// A policy by its full id.
pub(super) async fn read(caller: &Caller<'_>, id: &str) -> Value {
    caller.get(&format!("/{id}/?api-version=2020-10-01")).await.expect(200).body
}

fn ids(rules: &Value) -> Vec<&str> {
    rules.as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect()
}

fn notification(class: &str, of: (&str, &str)) -> Value {
    json!({
        "notificationType": "Email", "recipientType": class, "isDefaultRecipientsEnabled": true,
        "notificationLevel": "All",
        "id": format!("Notification_{class}_{}_{}", of.0, of.1),
        "ruleType": "RoleManagementPolicyNotificationRule",
        "target": {"caller": of.0, "operations": ["All"], "level": of.1},
    })
}

/// What one caller may do on one side, with what its rules say of it.
fn rules_of(of: (&str, &str), maximum: &str, enabled: Value, between: Vec<Value>) -> Vec<Value> {
    let target = json!({"caller": of.0, "operations": ["All"], "level": of.1});
    let (caller, level) = of;
    let mut rules = vec![
        json!({"maximumDuration": maximum, "isExpirationRequired": true, "id": format!("Expiration_{caller}_{level}"),
            "ruleType": "RoleManagementPolicyExpirationRule", "target": target}),
        json!({"enabledRules": enabled, "id": format!("Enablement_{caller}_{level}"),
            "ruleType": "RoleManagementPolicyEnablementRule", "target": target}),
    ];
    rules.extend(between);
    rules.extend(["Admin", "Requestor", "Approver"].map(|class| notification(class, of)));
    rules
}

fn default_rules() -> Value {
    let activation = ("EndUser", "Assignment");
    let target = json!({"caller": "EndUser", "operations": ["All"], "level": "Assignment"});
    let stage = json!({
        "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": true, "escalationTimeInMinutes": 0,
        "isEscalationEnabled": false,
    });
    let setting = json!({
        "isApprovalRequired": false, "isApprovalRequiredForExtension": false,
        "isRequestorJustificationRequired": true, "approvalMode": "SingleStage", "approvalStages": [stage],
    });
    let between = vec![
        json!({"setting": setting, "id": "Approval_EndUser_Assignment",
            "ruleType": "RoleManagementPolicyApprovalRule", "target": target}),
        json!({"isEnabled": false, "id": "AuthenticationContext_EndUser_Assignment",
            "ruleType": "RoleManagementPolicyAuthenticationContextRule", "target": target}),
    ];
    let mut rules = rules_of(("Admin", "Eligibility"), "P365D", json!([]), Vec::new());
    rules.extend(rules_of(("Admin", "Assignment"), "P180D", json!(["Justification"]), Vec::new()));
    rules.extend(rules_of(activation, "PT8H", json!(["Justification"]), between));
    Value::Array(rules)
}

/// POL-57. POL-58. POL-59. POL-11.
#[tokio::test]
async fn a_policy_that_nobody_has_changed_says_so_and_has_seventeen_rules() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let id = policy_of(&owen, PROD, CONTRIBUTOR).await;
    let name = id.rsplit('/').next().unwrap();
    assert_eq!(
        read(&owen, &id).await,
        json!({
            "properties": {
                "scope": PROD,
                "isOrganizationDefault": true,
                "lastModifiedBy": {},
                "rules": default_rules(),
                "effectiveRules": default_rules(),
                "policyProperties": {"scope": {"id": PROD, "displayName": "Production", "type": "subscription"}},
            },
            "name": name,
            "id": format!("{PROD}/providers/Microsoft.Authorization/roleManagementPolicies/{name}"),
            "type": "Microsoft.Authorization/roleManagementPolicies",
        })
    );
}

/// POL-14: the way of the tools, with their slashes: by the role to the assignment, by that to the policy.
#[tokio::test]
async fn a_policy_is_found_by_its_role_and_says_whose_it_is() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let list = format!("/{PROD}//providers/Microsoft.Authorization/{ASSIGNMENTS}{}", of_role(&role(CONTRIBUTOR)));
    let newer = owen.get(&format!("{list}&api-version=2020-10-01")).await.expect(200).body["value"].clone();
    let older = owen.get(&format!("{list}&api-version=2020-10-01-preview")).await.expect(200).body["value"].clone();
    let id = newer[0]["properties"]["policyId"].as_str().unwrap();
    let name = format!("{}_{CONTRIBUTOR}", id.rsplit('/').next().unwrap());
    let mut expected = json!([{
        "properties": {
            "scope": PROD,
            "roleDefinitionId": role(CONTRIBUTOR),
            "policyId": id,
            "policyAssignmentProperties": {
                "scope": {"id": PROD, "displayName": "Production", "type": "subscription"},
                "roleDefinition": {"id": role(CONTRIBUTOR), "displayName": "Contributor", "type": "BuiltInRole"},
                "policy": {"id": id, "lastModifiedBy": {}},
            },
        },
        "name": name,
        "id": format!("{PROD}/providers/Microsoft.Authorization/roleManagementPolicyAssignment/{name}"),
        "type": "Microsoft.Authorization/roleManagementPolicyAssignment",
    }]);
    assert_eq!(older, expected);
    expected[0]["properties"]["effectiveRules"] = default_rules();
    assert_eq!(newer, expected);
    for kind in ["roleManagementPolicyAssignment", ASSIGNMENTS] {
        let one = owen.get(&path(PROD, &format!("{kind}/{}", name.to_uppercase()))).await.expect(200);
        assert_eq!(one.body, expected[0]);
    }
    let another = name.replace(CONTRIBUTOR, READER);
    owen.get(&path(PROD, &format!("{ASSIGNMENTS}/{another}"))).await.refused(404, "ResourceNotFound");
    owen.get(&path(PROD, &format!("{ASSIGNMENTS}/{CONTRIBUTOR}"))).await.refused(404, "InputPolicyNotFound");
}

/// POL-14. SCO-11.
#[tokio::test]
async fn each_role_has_one_policy_at_each_scope_and_none_is_inherited() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let all = rows(&owen, PROD, POLICIES).await;
    let whose = rows(&owen, PROD, ASSIGNMENTS).await;
    assert!(all.len() > 50, "{}", all.len());
    assert_eq!(all.len(), whose.len());
    for (policy, assignment) in all.iter().zip(&whose) {
        assert_eq!(assignment["properties"]["policyId"], policy["id"]);
    }
    let one = rows(&owen, PROD, &format!("{POLICIES}{}", of_role(&role(CONTRIBUTOR).to_uppercase()))).await;
    assert_eq!(one.len(), 1);
    let here = read(&owen, one[0]["id"].as_str().unwrap()).await;
    let below = read(&owen, &policy_of(&owen, WEB, CONTRIBUTOR).await).await;
    assert_ne!(here["name"], below["name"]);
    assert_eq!(below["properties"]["policyProperties"]["scope"]["type"], "resourcegroup");
    let needs_approval = |policy: &Value| {
        let rules = policy["properties"]["rules"].as_array().unwrap().clone();
        let rule = rules.into_iter().find(|rule| rule["id"] == "Approval_EndUser_Assignment").unwrap();
        rule["setting"]["isApprovalRequired"].clone()
    };
    assert_eq!((needs_approval(&here), needs_approval(&below)), (json!(false), json!(true)));
    assert_eq!(below["properties"]["isOrganizationDefault"], false);
    assert_eq!(below["properties"]["lastModifiedBy"], json!({}), "nobody of the tenant did it");
    owen.get(&path(WEB, &format!("{POLICIES}/{}", here["name"].as_str().unwrap())))
        .await
        .refused(404, "InputPolicyNotFound");
}

#[tokio::test]
async fn a_filter_names_a_role_as_the_scope_does_or_finds_nothing() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let bare = format!("/providers/Microsoft.Authorization/roleDefinitions/{CONTRIBUTOR}");
    for other in [CONTRIBUTOR, &bare, &role(&CONTRIBUTOR.replace('b', "a"))] {
        assert_eq!(rows(&owen, PROD, &format!("{POLICIES}{}", of_role(other))).await, Vec::<Value>::new(), "{other}");
    }
    for filter in ["asTarget()", "principalId%20eq%20'x'", "roleDefinitionId%20ne%20'x'"] {
        owen.get(&path(PROD, &format!("{ASSIGNMENTS}?$filter={filter}"))).await.refused(400, "BadRequestFormat");
    }
}

/// AUT-9: reading takes the right to read there; being eligible is none.
#[tokio::test]
async fn policies_are_read_by_whoever_may_read_there() {
    let azure = azure().await;
    let (owen, alice, bob) = (azure.user("owen").await, azure.user("alice").await, azure.user("bob").await);
    let id = policy_of(&owen, PROD, CONTRIBUTOR).await;
    for kind in [POLICIES, ASSIGNMENTS] {
        let refused = alice.get(&path(PROD, kind)).await;
        let message = refused.refused(403, "AuthorizationFailed");
        assert!(message.contains(&format!("'Microsoft.Authorization/{kind}/read' over scope '{PROD}")), "{message}");
    }
    alice.get(&format!("{id}?api-version=2020-10-01")).await.refused(403, "AuthorizationFailed");
    owen.get(&path(PLATFORM, POLICIES)).await.refused(403, "AuthorizationFailed");
    let reader = request("AdminAssign", &azure.id("bob"), &role(READER), "P1D");
    asks(&owen, PROD, 1, &reader).await.expect(201);
    read(&bob, &id).await;
    let body = json!({"properties": {"rules": []}}).to_string();
    let change = bob.send(Method::PATCH, &format!("{id}?api-version=2020-10-01"), &[], &body).await;
    let message = change.refused(403, "AuthorizationFailed");
    assert!(message.contains("'Microsoft.Authorization/roleManagementPolicies/write'"), "{message}");
}

/// POL-18: test vectors that every tool which tries to make or delete policies meets.
#[tokio::test]
async fn policies_are_neither_made_nor_deleted() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    for kind in [POLICIES, ASSIGNMENTS] {
        let one = path(PROD, &format!("{kind}/{CONTRIBUTOR}"));
        for body in ["", "{}", r#"{"properties":{"rules":[]}}"#] {
            let made = owen.send(Method::PUT, &one, &[], body).await.expect(400);
            assert_eq!(made.body, json!("Not implemented exception"));
        }
        let deleted = owen.send(Method::DELETE, &one, &[], "").await.expect(405);
        assert_eq!(deleted.body, json!({"message": "The requested resource does not support http method 'DELETE'."}));
        assert_eq!(deleted.header("allow"), "GET, PUT, POST");
        assert_eq!(deleted.header("mspimslice"), "PROD");
    }
}

async fn forever(owen: &Caller<'_>, azure: &Azure, number: u8) -> crate::arm::kit::Answer {
    let mut body = request("AdminAssign", &azure.id("bob"), &role(READER), "P1D");
    body["properties"]["scheduleInfo"]["expiration"] = json!({"type": "NoExpiration"});
    makes_eligible(owen, PROD, number, &body).await
}

/// POL-44. POL-17: from the look-up to the change and the request that it lets through; the policy has another id then.
#[tokio::test]
async fn a_change_counts_for_the_next_request_and_gives_the_policy_another_id() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let failed = forever(&owen, &azure, 1).await;
    failed.refused(400, "RoleAssignmentRequestPolicyValidationFailed");
    let id = policy_of(&owen, PROD, READER).await;
    let change = json!({"properties": {
        "scope": PROD, "level": "Assignment",
        "rules": [{
            "id": "Expiration_Admin_Eligibility", "ruleType": "RoleManagementPolicyExpirationRule",
            "isExpirationRequired": "false", "maximumDuration": "P365D",
            "target": {"caller": "Admin", "operations": ["All"], "level": "Assignment", "targetObjects": null,
                "inheritableSettings": null, "enforcedSettings": null},
        }],
    }})
    .to_string();
    let path = format!("/{id}/?api-version=2020-10-01");
    let changed = owen.send(Method::PATCH, &path, &[], &change).await.expect(200).body;
    assert_eq!(changed["properties"]["isOrganizationDefault"], false);
    assert_eq!(changed["properties"]["lastModifiedBy"], json!({"displayName": "Owen"}));
    assert_eq!(changed["properties"]["lastModifiedDateTime"], "2026-03-02T09:00:00.0000000+00:00");
    assert_eq!(changed["properties"]["effectiveRules"], changed["properties"]["rules"]);
    assert_eq!(
        ids(&changed["properties"]["rules"])[..3],
        ["Enablement_Admin_Eligibility", "Expiration_Admin_Eligibility", "Notification_Admin_Admin_Eligibility"]
    );
    assert_eq!(
        ids(&changed["properties"]["rules"])[10..14],
        [
            "Approval_EndUser_Assignment",
            "AuthenticationContext_EndUser_Assignment",
            "Enablement_EndUser_Assignment",
            "Expiration_EndUser_Assignment"
        ]
    );
    assert_eq!(
        changed["properties"]["rules"][1],
        json!({
            "maximumDuration": "P365D", "isExpirationRequired": false, "id": "Expiration_Admin_Eligibility",
            "ruleType": "RoleManagementPolicyExpirationRule",
            "target": {"caller": "Admin", "operations": ["All"], "level": "Eligibility"},
        })
    );
    assert_eq!(forever(&owen, &azure, 1).await.expect(201).body["properties"]["status"], "Provisioned");
    let schedules = rows(&azure.user("bob").await, "", "roleEligibilitySchedules?$filter=asTarget()").await;
    assert_eq!(schedules[0]["properties"].get("endDateTime"), None);

    let now = policy_of(&owen, PROD, READER).await;
    assert_eq!((changed["id"].as_str(), now == id), (Some(now.as_str()), false));
    owen.get(&path).await.refused(404, "InputPolicyNotFound");
    owen.send(Method::PATCH, &path, &[], &change).await.refused(404, "InputPolicyNotFound");
    let again = owen.send(Method::PATCH, &format!("{now}?api-version=2020-10-01"), &[], &change).await.expect(200);
    assert_eq!(again.body["id"], now, "one that was changed already keeps its id");
}

/// POL-17.
#[tokio::test]
async fn ids_stay_or_are_found_where_a_switch_says_so() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let switches = format!("/_emulator/tenants/{}/behaviour", azure.tenant);
    let change = json!({"properties": {"rules": [{"id": "Enablement_EndUser_Assignment", "enabledRules": []}]}});
    azure.control(Method::PATCH, &switches, &json!({"azurePolicyIdsChange": false})).await.expect(200);
    let id = policy_of(&owen, PROD, READER).await;
    let one = format!("{id}?api-version=2020-10-01");
    let changed = owen.send(Method::PATCH, &one, &[], &change.to_string()).await.expect(200);
    assert_eq!(changed.body["id"], id);
    azure.control(Method::PATCH, &switches, &json!({"azurePolicyIdsChange": true})).await.expect(200);
    owen.get(&one).await.refused(404, "InputPolicyNotFound");
    azure.control(Method::PATCH, &switches, &json!({"outdatedPolicyIdsAreFound": true})).await.expect(200);
    let found = owen.get(&one).await.expect(200);
    assert_eq!(found.body["id"], policy_of(&owen, PROD, READER).await);
    assert_ne!(found.body["id"], id);
}
