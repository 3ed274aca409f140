//! A role is activated, shows, and ends.

use super::kit::{CONTRIBUTOR, PROD, READER, WEB, asks, azure, name, path, request, role, rows};
use axum::http::Method;
use serde_json::{Value, json};

/// AZR-7. ACT-5. REQ-3.
#[tokio::test]
async fn an_activation_is_provisioned_at_once_and_shows_until_its_end() {
    let azure = azure().await;
    let (alice, id) = (azure.user("alice").await, azure.id("alice"));
    let answer = asks(&alice, PROD, 1, &request("SelfActivate", &id, &role(CONTRIBUTOR), "PT8H")).await.expect(201);
    let properties = &answer.body["properties"];
    assert_eq!(properties["status"], "Provisioned");
    assert_eq!(properties["requestType"], "SelfActivate");
    assert_eq!(properties["scheduleInfo"]["startDateTime"], "2026-03-02T09:00:00.0000000+00:00");
    assert_eq!(properties["scheduleInfo"]["expiration"], json!({"type": "AfterDuration", "duration": "PT8H"}));
    assert_eq!(properties["ticketInfo"], json!({}));
    assert_eq!(properties["roleDefinitionId"], role(CONTRIBUTOR));
    let schedule = format!("{PROD}/providers/Microsoft.Authorization/roleAssignmentSchedules/{}", name(1));
    assert_eq!(properties["targetRoleAssignmentScheduleId"], schedule);
    assert_eq!(answer.body["name"], name(1));
    assert_eq!(answer.body["type"], "Microsoft.Authorization/roleAssignmentScheduleRequests");
    assert!(properties.get("condition").is_none(), "what has no value is left out");

    let shown = rows(&alice, PROD, "roleAssignmentScheduleInstances?$filter=asTarget()").await;
    let [instance] = shown.as_slice() else { panic!("{shown:?}") };
    let held = &instance["properties"];
    assert_eq!((&held["assignmentType"], &held["memberType"]), (&json!("Activated"), &json!("Direct")));
    assert_eq!(held["endDateTime"], "2026-03-02T17:00:00Z");
    assert_eq!(held["roleAssignmentScheduleId"], schedule);
    assert_eq!(held["linkedRoleEligibilityScheduleId"], properties["linkedRoleEligibilityScheduleId"]);
    let assignment = held["originRoleAssignmentId"].as_str().unwrap();
    assert!(assignment.ends_with(instance["name"].as_str().unwrap()), "the instance is named like its assignment");
    let one = alice.get(&format!("{}?api-version=2020-10-01", instance["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(one.body["name"], instance["name"]);

    azure.advance("PT8H").await;
    assert_eq!(rows(&alice, PROD, "roleAssignmentScheduleInstances?$filter=asTarget()").await, Vec::<Value>::new());
}

/// SCO-6. ACT-5. ERR-4.
#[tokio::test]
async fn the_rules_that_fail_are_told_together() {
    let azure = azure().await;
    let (alice, bob) = (azure.user("alice").await, azure.user("bob").await);
    let (id, bob_id) = (azure.id("alice"), azure.id("bob"));
    const CODE: &str = "RoleAssignmentRequestPolicyValidationFailed";
    let failed = |rules: &str| format!("The following policy rules failed: [{rules}]");
    let long = asks(&alice, PROD, 1, &request("SelfActivate", &id, &role(CONTRIBUTOR), "PT9H")).await;
    assert_eq!(long.refused(400, CODE), failed("\"ExpirationRule\""));
    let mut silent = request("SelfActivate", &id, &role(CONTRIBUTOR), "PT8H");
    silent["properties"]["justification"] = Value::Null;
    assert_eq!(asks(&alice, PROD, 1, &silent).await.refused(400, CODE), failed("\"JustificationRule\""));
    let not_eligible = asks(&bob, PROD, 1, &request("SelfActivate", &bob_id, &role(CONTRIBUTOR), "PT8H")).await;
    assert_eq!(not_eligible.refused(400, CODE), failed("\"EligibilityRule\""));
    let both = asks(&bob, PROD, 1, &request("SelfActivate", &bob_id, &role(CONTRIBUTOR), "PT9H")).await;
    assert_eq!(both.refused(400, CODE), failed("\"EligibilityRule\",\"ExpirationRule\""));
}

/// DEA-2. DEA-4. DEA-5. ERR-1. ERR-6. ERR-7.
#[tokio::test]
async fn what_is_active_is_not_activated_again_and_ends_after_five_minutes_at_the_earliest() {
    let azure = azure().await;
    let (alice, id) = (azure.user("alice").await, azure.id("alice"));
    let activate = request("SelfActivate", &id, &role(CONTRIBUTOR), "PT8H");
    let mut deactivate = activate.clone();
    deactivate["properties"]["requestType"] = json!("SelfDeactivate");
    asks(&alice, PROD, 9, &deactivate).await.refused(400, "RoleAssignmentDoesNotExist");
    asks(&alice, PROD, 1, &activate).await.expect(201);
    let again = asks(&alice, PROD, 2, &activate).await;
    assert_eq!(again.refused(400, "RoleAssignmentExists"), "The Role assignment already exists.");
    let soon = asks(&alice, PROD, 3, &deactivate).await;
    assert_eq!(
        soon.refused(400, "ActiveDurationTooShort"),
        "The Active duration is too short. Miniumum Required is 5 minutes."
    );
    azure.advance("PT5M").await;
    let ended = asks(&alice, PROD, 3, &deactivate).await.expect(201);
    assert_eq!(ended.body["properties"]["status"], "Revoked");
    assert!(ended.body["properties"].get("scheduleInfo").is_none());
    assert!(ended.body["properties"].get("targetRoleAssignmentScheduleId").is_none());
}

/// REQ-3.
#[tokio::test]
async fn a_name_is_used_once_and_is_a_guid() {
    let azure = azure().await;
    let (alice, id) = (azure.user("alice").await, azure.id("alice"));
    let activate = request("SelfActivate", &id, &role(CONTRIBUTOR), "PT1H");
    asks(&alice, PROD, 1, &activate).await.expect(201);
    azure.advance("PT2H").await;
    let again = asks(&alice, PROD, 1, &activate).await;
    assert_eq!(
        again.refused(400, "RoleAssignmentRequestExists"),
        format!("A role assignment request with Id: {} already exists", name(1))
    );
    let path = path(PROD, "roleAssignmentScheduleRequests/monday");
    alice.send(Method::PUT, &path, &[], &activate.to_string()).await.refused(400, "InvalidRoleAssignmentRequest");
}

/// SCO-14.
#[tokio::test]
async fn a_role_is_named_as_its_scope_names_it() {
    let azure = azure().await;
    let (alice, id) = (azure.user("alice").await, azure.id("alice"));
    let ask = |role: &str| request("SelfActivate", &id, role, "PT1H");
    let bare = asks(&alice, PROD, 1, &ask(CONTRIBUTOR)).await;
    bare.refused(400, "InvalidRoleAssignmentRequest");
    let unscoped = format!("/providers/Microsoft.Authorization/roleDefinitions/{CONTRIBUTOR}");
    asks(&alice, PROD, 1, &ask(&unscoped)).await.refused(400, "ScopeDoesNotMatchRoleDefinition");
    let unknown = role("00000000-0000-4000-8000-00000000dead");
    asks(&alice, PROD, 1, &ask(&unknown)).await.refused(400, "RoleNotFound");
    let slashless = role(CONTRIBUTOR).trim_start_matches('/').to_owned();
    let answer = asks(&alice, PROD, 1, &ask(&slashless)).await.expect(201);
    assert_eq!(answer.body["properties"]["roleDefinitionId"], role(CONTRIBUTOR));
}

/// The body of az-pim-cli: capitals, nulls, and members that nobody reads.
#[tokio::test]
async fn names_of_members_are_read_in_any_case() {
    let azure = azure().await;
    let (alice, id) = (azure.user("alice").await, azure.id("alice"));
    let eligible = rows(&alice, "", "roleEligibilityScheduleInstances?%24filter=asTarget%28%29").await;
    let link = &eligible[0]["properties"]["roleEligibilityScheduleId"];
    let body = json!({"Properties": {
        "PrincipalId": id,
        "RoleDefinitionId": eligible[0]["properties"]["expandedProperties"]["roleDefinition"]["id"],
        "RequestType": "SelfActivate",
        "LinkedRoleEligibilityScheduleId": link,
        "Justification": "from the shell",
        "ScheduleInfo": {
            "startDateTime": null,
            "expiration": {"type": "AfterDuration", "duration": "PT480M"},
            "endDateTime": null,
        },
        "TicketInfo": {"ticketNumber": "", "ticketSystem": ""},
        "IsValidationOnly": false,
        "IsActivativation": true,
    }});
    let scope = eligible[0]["properties"]["expandedProperties"]["scope"]["id"].as_str().unwrap();
    let tried = alice
        .send(
            Method::POST,
            &path(scope, &format!("roleAssignmentScheduleRequests/{}/validate", name(1))),
            &[],
            &body.to_string(),
        )
        .await
        .expect(200);
    assert_eq!(tried.body["properties"]["status"], "Granted");
    assert_eq!(rows(&alice, PROD, "roleAssignmentScheduleInstances?$filter=asTarget()").await, Vec::<Value>::new());
    let answer = asks(&alice, scope, 1, &body).await.expect(201);
    assert_eq!(answer.body["properties"]["status"], "Provisioned");
    assert_eq!(&answer.body["properties"]["linkedRoleEligibilityScheduleId"], link);
}

/// ACT-3. ERR-17.
#[tokio::test]
async fn nobody_activates_for_others_and_only_managers_assign() {
    let azure = azure().await;
    let (alice, bob) = (azure.user("alice").await, azure.id("bob"));
    asks(&alice, PROD, 1, &request("SelfActivate", &bob, &role(CONTRIBUTOR), "PT1H"))
        .await
        .refused(403, "AuthorizationFailed");
    let refused = asks(&alice, PROD, 1, &request("AdminAssign", &bob, &role(READER), "P1D")).await;
    let message = refused.refused(403, "AuthorizationFailed");
    assert!(message.contains("Microsoft.Authorization/roleAssignmentScheduleRequests/write"), "{message}");
    assert!(message.contains(&format!("over scope '{PROD}")), "{message}");
}

/// MFA-8. REQ-46. ERR-5.
#[tokio::test]
async fn a_missing_authentication_context_is_told_as_the_claims_to_come_back_with() {
    let azure = azure().await;
    let (alice, id) = (azure.user("alice").await, azure.id("alice"));
    let vault = format!("{WEB}/providers/Microsoft.KeyVault/vaults/kv");
    let activate = request("SelfActivate", &id, &role(CONTRIBUTOR), "PT1H");
    let refused = asks(&alice, &vault, 1, &activate).await;
    assert_eq!(
        refused.refused(400, "RoleAssignmentRequestAcrsValidationFailed"),
        "&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D"
    );
    let satisfied = azure.token(json!({"user": "alice", "audience": "arm", "mfa": true, "acrs": ["c1"]})).await;
    asks(&azure.bearer(&satisfied), &vault, 1, &activate).await.expect(201);
}
