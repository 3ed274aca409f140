//! Roles, and what the caller may do.

use super::kit::{
    OWNER, PLATFORM, PROD, READER, TEST, WEB, assignment, at, azure, delete, each, gives, name, of, put, role,
};
use serde_json::{Value, json};

#[tokio::test]
async fn a_role_is_found_by_name_and_named_as_its_scope_does() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let path = of(WEB, "roleDefinitions?$filter=roleName eq 'Reader'&$select=roleName");
    let found = owen.get(&path).await.expect(200).body["value"].as_array().unwrap().clone();
    let [reader] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(reader["id"], role(READER));
    assert_eq!(reader["type"], "Microsoft.Authorization/roleDefinitions");
    let properties = &reader["properties"];
    assert_eq!((&properties["roleName"], &properties["type"]), (&json!("Reader"), &json!("BuiltInRole")));
    assert_eq!(properties["assignableScopes"], json!(["/"]));
    assert_eq!(
        properties["permissions"],
        json!([{"actions": ["*/read"], "notActions": [], "dataActions": [], "notDataActions": []}])
    );
    assert!(properties["createdBy"].is_null() && properties.get("createdBy").is_some());
    let above = owen.get(&of(PLATFORM, &format!("roleDefinitions/{READER}"))).await.expect(200).body;
    assert_eq!(above["id"], format!("/providers/Microsoft.Authorization/roleDefinitions/{READER}"));
    let newest = owen.get(&at(PROD, &format!("roleDefinitions/{READER}"), "2022-05-01-preview")).await.expect(200);
    assert_eq!(newest.body["properties"]["permissions"][0]["conditionVersion"], Value::Null);
    assert!(newest.body["properties"]["permissions"][0].get("condition").is_some());
    owen.get(&of(PROD, &format!("roleDefinitions/{}", name(1)))).await.refused(404, "RoleDefinitionDoesNotExist");
    azure.user("bob").await.get(&path).await.refused(403, "AuthorizationFailed");
}

fn restarter(scopes: &[&str]) -> Value {
    json!({"properties": {
        "roleName": "Restarter", "description": "Restarts", "type": "CustomRole", "assignableScopes": scopes,
        "permissions": [{"actions": ["Microsoft.Compute/virtualMachines/restart/action", "*/read"], "notActions": []}],
    }})
}

#[tokio::test]
async fn a_role_of_the_tenants_own_is_made_changed_given_and_deleted() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let path = of(PROD, &format!("roleDefinitions/{}", name(1)));
    let made = put(&owen, &path, &restarter(&[WEB])).await.expect(201).body;
    assert_eq!(made["properties"]["assignableScopes"], json!([WEB]));
    assert_eq!(made["properties"]["updatedBy"], azure.id("owen"));
    let custom = |scope, more: &str| of(scope, &format!("roleDefinitions?$filter=type eq 'CustomRole'{more}"));
    assert!(each(&owen, &custom(PROD, ""), "/name").await.is_empty());
    assert_eq!(each(&owen, &custom(PROD, " and atScopeAndBelow()"), "/name").await, [name(1)]);
    assert_eq!(each(&owen, &custom(WEB, ""), "/name").await, [name(1)]);
    put(&owen, &path, &restarter(&[PROD])).await.expect(201);
    assert_eq!(each(&owen, &custom(PROD, ""), "/name").await, [name(1)]);
    let other = of(PROD, &format!("roleDefinitions/{}", name(2)));
    put(&owen, &other, &restarter(&[PROD])).await.refused(409, "RoleDefinitionWithSameNameExists");
    gives(&owen, WEB, 3, &assignment(&role(&name(1)), &azure.id("bob"))).await.expect(201);
    delete(&owen, &path).await.refused(400, "RoleDefinitionHasAssignments");
    delete(&owen, &of(WEB, &format!("roleAssignments/{}", name(3)))).await.expect(200);
    assert_eq!(delete(&owen, &path).await.expect(200).body["name"], name(1));
    delete(&owen, &path).await.expect(204);
}

#[tokio::test]
async fn a_role_that_cannot_be_is_refused() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let path = of(PROD, &format!("roleDefinitions/{}", name(1)));
    for scopes in [&[][..], &["/"], &["nowhere/at/all"]] {
        put(&owen, &path, &restarter(scopes)).await.refused(400, "BadRequestFormat");
    }
    put(&owen, &of(PROD, "roleDefinitions/restarter"), &restarter(&[PROD])).await.refused(400, "BadRequestFormat");
    let elsewhere = put(&owen, &path, &restarter(&[PROD, TEST])).await;
    elsewhere.refused(403, "AuthorizationFailed");
    let built_in = of(PROD, &format!("roleDefinitions/{OWNER}"));
    delete(&owen, &built_in).await.refused(400, "BadRequestFormat");
    put(&azure.user("rita").await, &path, &json!({})).await.refused(403, "AuthorizationFailed");
}

#[tokio::test]
async fn everybody_is_told_what_it_may_do() {
    let azure = azure().await;
    let (rita, bob) = (azure.user("rita").await, azure.user("bob").await);
    let may = rita.get(&of(WEB, "permissions")).await.expect(200).body;
    assert_eq!(
        may,
        json!({"value": [{"actions": ["*/read"], "notActions": [], "dataActions": [], "notDataActions": []}]})
    );
    assert_eq!(rita.get(&of(PROD, "permissions")).await.expect(200).body, json!({"value": []}));
    assert_eq!(bob.get(&of(WEB, "permissions")).await.expect(200).body, json!({"value": []}));
}
