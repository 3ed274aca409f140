//! Subscriptions, resource groups and resources.

use super::kit::{
    PROD, READER, SUBSCRIPTION, TEST, WEB, assignment, azure, delete, each, front, gives, of, patch, put, role,
    versioned,
};
use axum::http::Method;
use serde_json::json;

/// Whatever somebody holds below a subscription shows it; what it is only eligible for does not.
#[tokio::test]
async fn a_subscription_is_seen_by_whoever_holds_something_around_it() {
    let azure = azure().await;
    let list = versioned("/subscriptions", "2022-12-01");
    for (name, seen) in [("owen", vec![PROD]), ("rita", vec![PROD]), ("alice", vec![]), ("bob", vec![])] {
        assert_eq!(each(&azure.user(name).await, &list, "/id").await, seen, "{name}");
    }
    let rita = azure.user("rita").await;
    let answer = rita.get(&list).await.expect(200).body;
    assert_eq!(answer["count"], json!({"type": "Total", "value": 1}));
    assert_eq!(
        answer["value"][0],
        json!({
            "id": PROD, "authorizationSource": "RoleBased", "managedByTenants": [], "subscriptionId": SUBSCRIPTION,
            "tenantId": azure.tenant, "displayName": "Production", "state": "Enabled",
            "subscriptionPolicies": {
                "locationPlacementId": "Internal_2014-09-01", "quotaId": "Internal_2014-09-01", "spendingLimit": "Off",
            },
        })
    );
    assert_eq!(rita.get(&versioned(PROD, "2022-12-01")).await.expect(200).body, answer["value"][0]);
    let regions = each(&rita, &versioned(&format!("{PROD}/locations"), "2022-12-01"), "/name").await;
    assert!(regions.iter().any(|it| it == "westeurope"));
    let refused = azure.user("alice").await.get(&versioned(PROD, "2022-12-01")).await;
    let message = refused.refused(403, "AuthorizationFailed");
    assert!(message.contains(&format!("'Microsoft.Resources/subscriptions/read' over scope '{PROD}'")), "{message}");
    rita.get(&versioned(TEST, "2022-12-01")).await.refused(403, "AuthorizationFailed");
    let switches = format!("/_emulator/tenants/{}/behaviour", azure.tenant);
    azure.control(Method::PATCH, &switches, &json!({"permissionEnforcement": false})).await.expect(200);
    assert_eq!(each(&azure.user("bob").await, &list, "/id").await.len(), 2);
}

#[tokio::test]
async fn a_resource_group_is_made_tagged_and_deleted_with_what_is_in_it() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let path = front(&format!("{PROD}/resourcegroups/rg-lab"));
    assert_eq!(owen.send(Method::HEAD, &path, &[], "").await.status, 404);
    owen.get(&path).await.refused(404, "ResourceGroupNotFound");
    put(&owen, &path, &json!({})).await.refused(400, "LocationRequired");
    let made = put(&owen, &path, &json!({"location": "West Europe", "tags": {"a": "b"}})).await.expect(201).body;
    assert_eq!(
        made,
        json!({
            "id": format!("{PROD}/resourceGroups/rg-lab"), "name": "rg-lab", "type": "Microsoft.Resources/resourceGroups",
            "location": "westeurope", "tags": {"a": "b"}, "properties": {"provisioningState": "Succeeded"},
        })
    );
    assert_eq!(owen.send(Method::HEAD, &path, &[], "").await.status, 204);
    let elsewhere = put(&owen, &path, &json!({"location": "northeurope"})).await;
    elsewhere.refused(409, "InvalidResourceGroupLocation");
    let changed = put(&owen, &path, &json!({"location": "westeurope", "tags": {"c": "d"}})).await.expect(200).body;
    assert_eq!(changed["tags"], json!({"c": "d"}));
    assert_eq!(patch(&owen, &path, &json!({"tags": {}})).await.expect(200).body["tags"], json!({}));
    let lab = format!("{PROD}/resourceGroups/rg-lab");
    gives(&owen, &lab, 1, &assignment(&role(READER), &azure.id("bob"))).await.expect(201);
    let deleted = delete(&owen, &path).await.expect(202);
    let location = deleted.header("location").to_owned();
    assert!(location.starts_with(&format!("http://localhost:8443{PROD}/operationresults/")), "{location}");
    owen.get(location.trim_start_matches("http://localhost:8443")).await.expect(200);
    owen.get(&front(&format!("{PROD}/operationresults/other"))).await.refused(404, "ResourceNotFound");
    owen.get(&path).await.refused(404, "ResourceGroupNotFound");
    delete(&owen, &path).await.refused(404, "ResourceGroupNotFound");
    let his = of(PROD, &format!("roleAssignments?$filter=principalId eq '{}'", azure.id("bob")));
    assert!(each(&owen, &his, "/id").await.is_empty());
    put(&azure.user("rita").await, &path, &json!({"location": "westeurope"})).await.refused(403, "AuthorizationFailed");
}

#[tokio::test]
async fn lists_have_what_the_caller_may_read() {
    let azure = azure().await;
    let (owen, rita, bob) = (azure.user("owen").await, azure.user("rita").await, azure.user("bob").await);
    let groups = front(&format!("{PROD}/resourceGroups"));
    assert_eq!(each(&owen, &groups, "/name").await, ["data", "web"]);
    assert_eq!(each(&rita, &groups, "/name").await, ["web"]);
    assert!(each(&bob, &groups, "/name").await.is_empty());
    assert_eq!(each(&owen, &format!("{groups}&$top=1"), "/name").await, ["data"]);
    owen.get(&format!("{groups}&$top=none")).await.refused(400, "BadRequestFormat");
    let tagged = format!("{groups}&$filter=tagName eq 'Team' and tagValue eq 'web'");
    assert_eq!(each(&owen, &tagged, "/name").await, ["web"]);
    for base in [PROD, WEB] {
        let resources = front(&format!("{base}/resources"));
        assert_eq!(each(&rita, &resources, "/type").await, ["Microsoft.KeyVault/vaults"]);
        assert!(each(&bob, &resources, "/name").await.is_empty());
        let of_type = |kind: &str| format!("{resources}&$filter=resourceType eq '{kind}'");
        assert_eq!(each(&owen, &of_type("microsoft.keyvault/VAULTS"), "/name").await, ["kv"]);
        assert!(each(&owen, &of_type("Microsoft.Compute/virtualMachines"), "/name").await.is_empty());
        owen.get(&format!("{resources}&$filter=atScope()")).await.refused(400, "BadRequestFormat");
    }
}

#[tokio::test]
async fn a_resource_of_any_provider_is_a_scope_with_a_region_and_tags() {
    let azure = azure().await;
    let (owen, rita) = (azure.user("owen").await, azure.user("rita").await);
    let server = format!("{WEB}/providers/Microsoft.Sql/servers/sql");
    let path = |id: &str| versioned(id, "2023-08-01");
    owen.get(&path(&server)).await.refused(404, "ResourceNotFound");
    let body = json!({"location": "westeurope", "tags": {"a": "b"}, "properties": {"version": "12.0"}});
    let made = put(&owen, &path(&server), &body).await.expect(201).body;
    assert_eq!(
        made,
        json!({
            "id": server, "name": "sql", "type": "Microsoft.Sql/servers", "location": "westeurope",
            "tags": {"a": "b"}, "properties": {"provisioningState": "Succeeded"},
        })
    );
    assert_eq!(rita.get(&path(&server)).await.expect(200).body, made);
    let message = put(&rita, &path(&server), &body).await;
    assert!(message.refused(403, "AuthorizationFailed").contains("action 'Microsoft.Sql/servers/write'"));
    let base = format!("{server}/databases/db");
    assert_eq!(put(&owen, &path(&base), &json!({})).await.expect(201).body["type"], "Microsoft.Sql/servers/databases");
    assert_eq!(put(&owen, &path(&base), &json!({"tags": {"c": "d"}})).await.expect(200).body["tags"]["c"], "d");
    gives(&owen, &base, 1, &assignment(&role(READER), &azure.id("bob"))).await.expect(201);
    azure.user("bob").await.get(&path(&base)).await.expect(200);
    delete(&owen, &path(&server)).await.expect(200);
    delete(&owen, &path(&server)).await.expect(204);
    let elsewhere = format!("{PROD}/resourceGroups/none/providers/Microsoft.Sql/servers/sql");
    owen.get(&path(&elsewhere)).await.refused(404, "ResourceGroupNotFound");
    put(&owen, &path(&elsewhere), &body).await.refused(404, "ResourceGroupNotFound");
}

#[tokio::test]
async fn a_subscription_has_the_providers_of_what_is_in_it() {
    let azure = azure().await;
    let rita = azure.user("rita").await;
    let list = front(&format!("{PROD}/providers"));
    let names = each(&rita, &list, "/namespace").await;
    assert_eq!(names, ["Microsoft.Authorization", "Microsoft.Management", "Microsoft.Resources", "Microsoft.KeyVault"]);
    let vaults = rita.get(&front(&format!("{PROD}/providers/microsoft.keyvault"))).await.expect(200).body;
    assert_eq!(vaults["id"], format!("{PROD}/providers/Microsoft.KeyVault"));
    assert_eq!(vaults["registrationState"], "Registered");
    assert_eq!(vaults["resourceTypes"][0]["resourceType"], "vaults");
    for verb in ["register", "unregister"] {
        let path = front(&format!("{PROD}/providers/Microsoft.Authorization/{verb}"));
        assert_eq!(rita.post(&path, "").await.expect(200).body["registrationPolicy"], "RegistrationFree");
    }
    let unknown = rita.get(&front(&format!("{PROD}/providers/Contoso.Lab"))).await;
    unknown.refused(404, "InvalidResourceNamespace");
    azure.user("bob").await.get(&list).await.refused(403, "AuthorizationFailed");
}
