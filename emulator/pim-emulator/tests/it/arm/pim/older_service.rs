//! Azure roles in PIM's own service below `/api/v2`, which is older than PIM on the routes of Azure: both tell of the same.

use super::kit::{CONTRIBUTOR, PLATFORM, PROD, READER, asks, azure, request, role, rows};
use super::policies::{policy_of, read};
use crate::arm::kit::{Azure, Caller};
use axum::http::Method;
use serde_json::{Value, json};

const BASE: &str = "/api/v2/privilegedAccess/azureResources";

async fn list(caller: &Caller<'_>, path: &str) -> Vec<Value> {
    let answer = caller.get(&format!("{BASE}/{}", path.replace(' ', "+"))).await.expect(200);
    answer.body["value"].as_array().unwrap().clone()
}

/// The id of a scope there.
async fn resource(caller: &Caller<'_>, path: &str) -> String {
    let all = list(caller, "resources").await;
    let one = all.iter().find(|it| it["externalId"] == path).unwrap_or_else(|| panic!("no {path} in {all:?}"));
    one["id"].as_str().unwrap().to_owned()
}

/// What is eligible for somebody, as tools ask for it.
async fn mine(azure: &Azure, user: &str) -> Value {
    let caller = azure.user(user).await;
    let filter = format!("$filter=(subject/id eq '{}') and (assignmentState eq 'Eligible')", azure.id(user));
    let expand = "$expand=linkedEligibleRoleAssignment,subject,scopedResource,roleDefinition($expand=resource)";
    let found = list(&caller, &format!("roleAssignments?{expand}&{filter}")).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].clone()
}

fn activation(row: &Value) -> Value {
    json!({
        "roleDefinitionId": row["roleDefinitionId"], "resourceId": row["resourceId"], "subjectId": row["subjectId"],
        "assignmentState": "Active", "type": "UserAdd", "reason": "incident", "ticketNumber": "", "ticketSystem": "",
        "schedule": {"type": "Once", "startDateTime": null, "endDateTime": null, "duration": "PT60M"},
        "linkedEligibleRoleAssignmentId": row["id"], "scopedResourceId": "",
    })
}

/// AZR-5: found, evaluated, activated, and seen on the routes of Azure.
#[tokio::test]
async fn a_role_is_found_evaluated_and_activated() {
    let azure = azure().await;
    let alice = azure.user("alice").await;
    let row = mine(&azure, "alice").await;
    assert_eq!(row["roleDefinition"]["displayName"], "Contributor");
    assert_eq!(row["roleDefinition"]["externalId"], role(CONTRIBUTOR));
    let governed = &row["roleDefinition"]["resource"];
    assert_eq!((&governed["externalId"], &governed["type"]), (&json!(PROD), &json!("subscription")));
    assert_eq!(governed["id"], row["resourceId"]);
    let path = format!("{BASE}/roleAssignmentRequests");
    let body = activation(&row).to_string();
    let evaluated = alice.send_json(&format!("{path}?evaluateOnly=true"), &body).await.expect(201);
    assert_eq!(evaluated.body["status"]["subStatus"], "Granted");
    let active = "roleAssignmentScheduleInstances?$filter=asTarget()";
    assert_eq!(rows(&alice, "", active).await.len(), 0, "nothing was done");
    let made = alice.send_json(&path, &body).await.expect(201);
    assert_eq!(made.body["status"]["subStatus"], "Provisioned");
    assert_eq!(made.body["resourceId"], row["resourceId"]);
    let instances = rows(&alice, "", active).await;
    assert_eq!(instances[0]["properties"]["scope"], PROD);
    assert_eq!(instances[0]["properties"]["assignmentType"], "Activated");
    assert_eq!(alice.send_json(&path, &body).await.expect(400).body["error"]["code"], "RoleAssignmentExists");
}

#[tokio::test]
async fn what_is_to_begin_later_is_cancelled() {
    let azure = azure().await;
    let alice = azure.user("alice").await;
    let row = mine(&azure, "alice").await;
    let mut later = activation(&row);
    later["schedule"]["startDateTime"] = json!("2026-03-03T09:00:00Z");
    let path = format!("{BASE}/roleAssignmentRequests");
    let made = alice.send_json(&path, &later.to_string()).await.expect(201);
    let id = made.body["id"].as_str().unwrap();
    alice.send_json(&format!("{path}/{id}/cancel"), "{}").await.expect(204);
    assert_eq!(alice.get(&format!("{path}/{id}")).await.expect(200).body["status"]["subStatus"], "Canceled");
    azure.user("bob").await.get(&format!("{path}/{id}")).await.expect(403);
}

/// AZR-2. AUT-9: a scope shows to whoever may read it or has something there.
#[tokio::test]
async fn scopes_are_resources_of_whoever_may_see_them() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let all = list(&owen, "resources?$expand=parent&$orderby=displayName").await;
    let names: Vec<_> = all.iter().map(|it| it["displayName"].as_str().unwrap()).collect();
    assert_eq!(names, ["data", "kv", "Production", "web"]);
    assert_eq!(all[1]["type"], "Microsoft.KeyVault/vaults");
    assert_eq!(all[1]["parent"]["displayName"], "web");
    assert_eq!(all[2]["parent"]["externalId"], PLATFORM);
    let of = |user: &'static str| {
        let azure = &azure;
        async move {
            let rows = list(&azure.user(user).await, "resources?$filter=type eq 'subscription'").await;
            rows.iter().map(|it| it["externalId"].clone()).collect::<Vec<_>>()
        }
    };
    assert_eq!(of("alice").await, [json!(PROD)]);
    assert_eq!(of("bob").await, Vec::<Value>::new());
    resource(&azure.user("carol").await, PLATFORM).await;
    let id = resource(&owen, PROD).await;
    azure.user("bob").await.get(&format!("{BASE}/resources/{id}")).await.expect(404);
    let register = json!({"externalId": PROD}).to_string();
    owen.send_json(&format!("{BASE}/resources/register"), &register).await.expect(200);
    azure.user("alice").await.send_json(&format!("{BASE}/resources/register"), &register).await.expect(403);
}

#[tokio::test]
async fn the_roles_of_a_scope_say_how_many_hold_them() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    asks(&owen, PROD, 1, &request("AdminAssign", &azure.id("bob"), &role(CONTRIBUTOR), "P1D")).await.expect(201);
    let id = resource(&owen, PROD).await;
    let roles = list(&owen, &format!("resources/{id}/roleDefinitions?$filter=displayName eq 'Contributor'")).await;
    let counts = ["subjectCount", "eligibleAssignmentCount", "activeAssignmentCount"].map(|key| roles[0][key].clone());
    assert_eq!((roles.len(), counts), (1, [json!(2), json!(1), json!(1)]));
    let held = list(&owen, &format!("resources/{id}/roleAssignments?$expand=subject,roleDefinition")).await;
    let who: Vec<_> = held.iter().map(|it| it["subject"]["displayName"].as_str().unwrap()).collect();
    assert_eq!(who.len(), 3, "{who:?}");
    let all = format!("{BASE}/resources/{id}/roleAssignments");
    azure.user("alice").await.get(&all).await.expect(403);
    let others = format!("{BASE}/roleAssignments?$filter=resourceId+eq+'{id}'");
    azure.user("alice").await.get(&others).await.expect(403);
}

/// POL-14. POL-22: one policy, in the words of either.
#[tokio::test]
async fn settings_are_those_of_the_policy() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let id = resource(&owen, PROD).await;
    let filter = format!("$filter=(resource/id eq '{id}') and (roleDefinition/id eq '{READER}')");
    let found =
        list(&owen, &format!("roleSettingsv2?$expand=resource,roleDefinition($expand=resource)&{filter}")).await;
    assert_eq!((found.len(), &found[0]["isDefault"]), (1, &json!(true)));
    assert_eq!(found[0]["resource"]["externalId"], PROD);
    let path = format!("{BASE}/roleSettingsv2/{}", found[0]["id"].as_str().unwrap());
    let setting = json!({"permanentAssignment": false, "maximumGrantPeriodInMinutes": 90}).to_string();
    let rule = json!({"ruleIdentifier": "ExpirationRule", "setting": setting});
    let body = json!({"lifeCycleManagement": [
        {"caller": "EndUser", "level": "Member", "operation": "ALL", "value": [rule]},
    ]})
    .to_string();
    let json = [("content-type", "application/json")];
    azure.user("alice").await.send(Method::PATCH, &path, &json, &body).await.expect(403);
    owen.send(Method::PATCH, &path, &json, &body).await.expect(204);
    assert_eq!(owen.get(&path).await.expect(200).body["isDefault"], false);
    let policy = read(&owen, &policy_of(&owen, PROD, READER).await).await;
    let rules = policy["properties"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "Expiration_EndUser_Assignment").unwrap();
    assert_eq!(rule["maximumDuration"], "PT1H30M");
    azure.user("bob").await.get(&path).await.expect(403);
}
