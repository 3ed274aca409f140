//! Reading policies, as people and well-known clients do it.

use super::lab::{ALICE, Answer, Client, GINA, GROUPS_ADMINISTRATOR, Lab, RITA, TENANT};
use axum::http::Method;
use pim_core::model::{License, built_in_roles, roles};
use serde_json::{Value, json};
use uuid::Uuid;

pub(super) const POLICIES: &str = "policies/roleManagementPolicies";
pub(super) const ASSIGNMENTS: &str = "policies/roleManagementPolicyAssignments";

/// The rules of a role whose activation needs multifactor authentication, and nothing that anybody changed.
fn default_rules() -> Value {
    serde_json::from_str(include_str!("default_rules.json")).unwrap()
}

/// What says whose a policy is, found as clients find it.
async fn assignment_of(client: &Client<'_>, role: Uuid, expand: &str) -> Value {
    let filter = format!("scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{role}'");
    let found = client.get(&format!("{ASSIGNMENTS}?$filter={filter}{expand}")).await.expect(200);
    let [assignment] = found.items() else { panic!("not one: {found:?}") };
    assignment.clone()
}

/// The id of a role's policy.
pub(super) async fn policy_of(client: &Client<'_>, role: Uuid) -> String {
    assignment_of(client, role, "").await["policyId"].as_str().unwrap().to_owned()
}

/// How a context ends after `$metadata#policies/`.
fn context(answer: &Answer) -> &str {
    let whole = answer.body["@odata.context"].as_str().unwrap();
    whole.strip_prefix("http://localhost:8443/v1.0/$metadata#policies/").unwrap()
}

/// POL-11: the 17 rules in their order, each with its type and its target.
#[tokio::test]
async fn the_17_rules_read_as_the_service_writes_them() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let policy = policy_of(&rita, roles::GLOBAL_ADMINISTRATOR.0).await;
    for which in ["rules", "effectiveRules"] {
        let rules = rita.get(&format!("{POLICIES}/{policy}/{which}")).await.expect(200);
        assert_eq!(context(&rules), format!("roleManagementPolicies('{policy}')/{which}"));
        assert_eq!(rules.body["value"], default_rules());
        for rule in default_rules().as_array().unwrap() {
            let id = rule["id"].as_str().unwrap();
            let mut one = rita.get(&format!("{POLICIES}/{policy}/{which}/{}", id.to_lowercase())).await.expect(200);
            assert_eq!(context(&one), format!("roleManagementPolicies('{policy}')/{which}/$entity"));
            one.body.as_object_mut().unwrap().remove("@odata.context");
            assert_eq!(&one.body, rule);
        }
    }
    let plain = policy_of(&rita, GROUPS_ADMINISTRATOR).await;
    let rule = rita.get(&format!("{POLICIES}/{plain}/rules/Enablement_EndUser_Assignment")).await.expect(200);
    assert_eq!(rule.body["enabledRules"], json!(["Justification"]));
}

/// POL-12, POL-15: one policy for each role, built in or the tenant's own, and ids that say where they belong.
#[tokio::test]
async fn each_role_has_one_policy_under_either_name_of_its_scope() {
    let lab = Lab::new();
    let role = json!({ "displayName": "Door Keeper", "isEnabled": true, "rolePermissions": [] });
    let role = lab.user(GINA).post("roleManagement/directory/roleDefinitions", role).await.expect(201);
    let rita = lab.user(RITA);
    for scope_type in ["DirectoryRole", "Directory"] {
        let list = async |collection: &str| {
            let path = format!("{collection}?$filter=scopeType eq '{scope_type}' and scopeId eq '/'");
            rita.get(&path).await.expect(200)
        };
        let (policies, assignments) = (list(POLICIES).await, list(ASSIGNMENTS).await);
        assert_eq!(policies.items().len(), built_in_roles().len() + 1);
        assert_eq!(assignments.items().len(), policies.items().len());
        for (policy, assignment) in policies.items().iter().zip(assignments.items()) {
            let id = policy["id"].as_str().unwrap();
            assert!(id.starts_with(&format!("{scope_type}_{TENANT}_")), "{id}");
            assert_eq!(policy["scopeType"], scope_type);
            assert_eq!(assignment["policyId"], id);
            assert_eq!(assignment["id"], format!("{id}_{}", assignment["roleDefinitionId"].as_str().unwrap()));
        }
        assert_eq!(assignments.items().last().unwrap()["roleDefinitionId"], role.body["id"]);
        let mut last = policies.items().last().unwrap().clone();
        last["id"] = Value::Null;
        let expected = json!({
            "id": null, "displayName": scope_type, "description": scope_type, "isOrganizationDefault": false,
            "scopeId": "/", "scopeType": scope_type, "lastModifiedDateTime": null,
            "lastModifiedBy": { "displayName": null, "id": null },
        });
        assert_eq!(last, expected);
    }
}

/// POL-15: an id is found in any case and under both names of the scope, and is answered as it was asked for.
#[tokio::test]
async fn an_id_is_found_however_it_is_spelled() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let policy = policy_of(&rita, GROUPS_ADMINISTRATOR).await;
    let directory = policy.replace("DirectoryRole_", "Directory_");
    for (asked, answered) in
        [(policy.to_uppercase(), &policy), (directory.to_lowercase(), &directory), (directory.clone(), &directory)]
    {
        assert_eq!(rita.get(&format!("{POLICIES}/{asked}")).await.expect(200).body["id"], **answered);
        assert_eq!(rita.get(&format!("{POLICIES}('{asked}')")).await.expect(200).body["id"], **answered);
        let assignment = rita.get(&format!("{ASSIGNMENTS}/{asked}_{GROUPS_ADMINISTRATOR}")).await.expect(200);
        assert_eq!(assignment.body["policyId"], **answered);
    }
    let by_id = format!("{POLICIES}?$filter=id eq '{policy}' and scopeId eq '/' and scopeType eq 'DirectoryRole'");
    assert_eq!(rita.get(&by_id).await.expect(200).items().len(), 1);
    let by_policy =
        format!("{ASSIGNMENTS}?$filter=policyId eq '{policy}' and scopeId eq '/' and scopeType eq 'DirectoryRole'");
    assert_eq!(rita.get(&by_policy).await.expect(200).items()[0]["roleDefinitionId"], json!(GROUPS_ADMINISTRATOR));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let policy = policy_of(&rita, GROUPS_ADMINISTRATOR).await;
    let unknown = format!("DirectoryRole_{TENANT}_{ALICE}");
    for path in [
        format!("{POLICIES}/{unknown}"),
        format!("{POLICIES}/{unknown}/rules"),
        format!("{POLICIES}/{}", policy.replace(&TENANT.to_string(), &ALICE.to_string())),
        format!("{POLICIES}/nonsense"),
        format!("{POLICIES}/{policy}/rules/Approval_Admin_Assignment"),
        format!("{POLICIES}/{policy}/effectiveRules/nonsense"),
        format!("{ASSIGNMENTS}/{policy}_{ALICE}"),
        format!("{ASSIGNMENTS}/{policy}"),
    ] {
        assert_eq!(rita.get(&path).await.expect(404).code(), "ResourceNotFound", "{path}");
    }
    let none = format!(
        "{ASSIGNMENTS}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '{ALICE}'"
    );
    assert_eq!(rita.get(&none).await.expect(200).items().len(), 0);
}

#[tokio::test]
async fn a_list_without_scope_and_type_has_no_provider() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let filters = [
        String::new(),
        "?$filter=scopeId eq '/'".to_owned(),
        "?$filter=scopeType eq 'DirectoryRole'".to_owned(),
        "?$filter=scopeId eq '/' or scopeType eq 'DirectoryRole'".to_owned(),
        "?$filter=scopeId eq '/' and scopeType eq 'Subscription'".to_owned(),
        "?$filter=scopeId eq '/' and scopeType ne 'Group'".to_owned(),
    ];
    for (collection, filter) in [POLICIES, ASSIGNMENTS].iter().flat_map(|it| filters.iter().map(move |f| (it, f))) {
        let answer = rita.get(&format!("{collection}{filter}")).await.expect(400);
        assert_eq!(answer.code(), "UnknownError", "{filter}");
        let message =
            r#"{"errorCode":"MissingProvider","message":"The provider is missing.","instanceAnnotations":[]}"#;
        assert_eq!(answer.message(), message);
    }
    let elsewhere = format!("{POLICIES}?$filter=scopeId eq '/elsewhere' and scopeType eq 'DirectoryRole'");
    assert_eq!(rita.get(&elsewhere).await.expect(200).items().len(), 0);
}

#[tokio::test]
async fn the_rest_of_policies_is_said_not_to_be_emulated() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let answer = rita.get("policies/authorizationPolicy").await.expect(501);
    assert!(answer.message().contains("/policies/authorizationPolicy"), "{}", answer.message());
    rita.get("policies/nonsense").await.expect(400);
}

/// POL-18.
#[tokio::test]
async fn policies_are_neither_made_nor_deleted() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let policy = policy_of(&gina, GROUPS_ADMINISTRATOR).await;
    gina.post(POLICIES, json!({})).await.expect(405);
    gina.post(ASSIGNMENTS, json!({})).await.expect(405);
    gina.delete(&format!("{POLICIES}/{policy}")).await.expect(405);
    gina.post(&format!("{POLICIES}/{policy}/rules"), json!({})).await.expect(405);
    gina.delete(&format!("{POLICIES}/{policy}/rules/Approval_EndUser_Assignment")).await.expect(405);
    gina.patch(&format!("{POLICIES}/{policy}/effectiveRules/Approval_EndUser_Assignment"), json!({})).await.expect(405);
}

#[tokio::test]
async fn rules_come_inside_policies_and_policies_inside_what_says_whose_they_are() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let role = roles::GLOBAL_ADMINISTRATOR.0;
    let found = assignment_of(&rita, role, "&$expand=policy($expand=rules,effectiveRules)").await;
    assert_eq!(found["policy"]["id"], found["policyId"]);
    assert_eq!(found["policy"]["rules"], default_rules());
    assert_eq!(found["policy"]["effectiveRules"], default_rules());
    assert!(assignment_of(&rita, role, "&$expand=policy").await["policy"].get("rules").is_none());

    let policy = format!("{POLICIES}/{}", found["policyId"].as_str().unwrap());
    for (query, named, members) in [
        ("", "", 9),
        ("?$expand=rules", "(rules())", 10),
        ("?$expand=effectiveRules,rules", "(effectiveRules(),rules())", 11),
        ("?$expand=*", "(rules(),effectiveRules())", 11),
        ("?$expand=Rules($select=id)&$select=id", "(id,rules(id))", 3),
    ] {
        let answer = rita.get(&format!("{policy}{query}")).await.expect(200);
        assert_eq!(context(&answer), format!("roleManagementPolicies{named}/$entity"));
        assert_eq!(answer.body.as_object().unwrap().len(), members, "{query}");
    }
    let narrow = rita.get(&format!("{policy}?$expand=rules($select=id,maximumDuration)")).await.expect(200);
    assert_eq!(
        narrow.body["rules"][0],
        json!({
            "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
            "id": "Expiration_Admin_Eligibility", "maximumDuration": "P365D",
        })
    );
    let listed = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";
    let all = rita.get(&format!("{ASSIGNMENTS}?{listed}&$expand=policy($expand=rules($select=id))")).await.expect(200);
    assert_eq!(context(&all), "roleManagementPolicyAssignments(policy(rules(id)))");
    assert!(all.items().iter().all(|it| it["policy"]["rules"].as_array().unwrap().len() == 17));
    for bad in ["policy($expand=colour)", "policy($expand=rules($expand=colour))", "policy($filter=id eq 'x')", "rules"]
    {
        rita.get(&format!("{ASSIGNMENTS}?{listed}&$expand={bad}")).await.expect(400);
    }
}

#[tokio::test]
async fn rules_can_be_filtered() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let policy = policy_of(&rita, roles::GLOBAL_ADMINISTRATOR.0).await;
    let ids = async |filter: &str| {
        let answer = rita.get(&format!("{POLICIES}/{policy}/rules?$filter={filter}&$select=id")).await.expect(200);
        answer.items().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("id eq 'approval_enduser_assignment'").await, ["Approval_EndUser_Assignment"]);
    assert_eq!(ids("recipientType eq 'Approver'").await.len(), 3);
    assert_eq!(ids("isExpirationRequired eq false").await.len(), 2);
    assert_eq!(ids("enabledRules/any(r:r eq 'MultiFactorAuthentication')").await, ["Enablement_EndUser_Assignment"]);
}

/// Whoever may read assignments may read policies; a permission is needed as well (AUT-2, AUT-21).
#[tokio::test]
async fn reading_needs_a_permission_a_role_and_a_licence() {
    let lab = Lab::new();
    let policy = policy_of(&lab.user(RITA), GROUPS_ADMINISTRATOR).await;
    let list = format!("{POLICIES}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'");
    let assignments = list.replace(POLICIES, ASSIGNMENTS);
    let paths = [&list, &assignments, &format!("{POLICIES}/{policy}"), &format!("{POLICIES}/{policy}/rules")];
    let narrow = lab.with_scopes(RITA, "RoleManagementPolicy.Read.Directory");
    for path in paths {
        let refused = lab.user(ALICE).get(path).await.expect(403);
        assert_eq!(refused.code(), "UnauthorizedAccessException");
        let refused = lab.with_scopes(GINA, "RoleAssignmentSchedule.ReadWrite.Directory").get(path).await.expect(403);
        assert_eq!(refused.code(), "UnknownError");
        assert_eq!(
            refused.message(),
            r#"{"errorCode":"PermissionScopeNotGranted","message":"Authorization failed due to missing permission scope RoleManagementPolicy.Read.Directory,RoleManagement.Read.Directory,RoleManagement.Read.All,RoleManagement.ReadWrite.Directory,RoleManagementPolicy.ReadWrite.Directory.","instanceAnnotations":[]}"#
        );
        narrow.get(path).await.expect(200);
        lab.application().get(path).await.expect(200);
        let poor = Lab::licensed(License::P1);
        assert_eq!(poor.user(RITA).get(path).await.expect(400).code(), "AadPremiumLicenseRequired");
    }
}

/// `EasyPIM` doubles a slash, changes the order of the terms and leaves a blank at the end.
#[tokio::test]
async fn a_request_in_the_manner_of_easypim_finds_policy_and_rules() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let filter = format!(
        "$filter=scopeType eq 'DirectoryRole'  and roleDefinitionId eq '{GROUPS_ADMINISTRATOR}' and scopeId eq '/' "
    );
    let path = format!("/v1.0//policies/roleManagementPolicyAssignments?$expand=policy($expand=rules)&{filter}");
    let found = rita.send(Method::GET, &path, &[], axum::body::Body::empty()).await.expect(200);
    assert_eq!(found.items()[0]["policy"]["rules"].as_array().unwrap().len(), 17);
}

/// `Microsoft365DSC` asks beta for `Directory`, spells properties with capitals, and reads the rules by themselves.
#[tokio::test]
async fn a_request_in_the_manner_of_microsoft365dsc_finds_policy_and_rules() {
    let lab = Lab::new();
    let rita = lab.user(RITA).beta();
    let filter =
        format!("scopeId eq '/' and scopeType eq 'Directory' and RoleDefinitionId eq '{GROUPS_ADMINISTRATOR}'");
    let found = rita.get(&format!("{ASSIGNMENTS}?%24filter={filter}")).await.expect(200);
    let policy = found.items()[0]["policyId"].as_str().unwrap();
    assert!(policy.starts_with("Directory_"), "{policy}");
    assert_eq!(rita.get(&format!("{POLICIES}/{policy}/rules")).await.expect(200).items().len(), 17);
}
