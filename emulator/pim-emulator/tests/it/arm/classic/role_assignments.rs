//! Role assignments: given, read, described and taken away.

use super::kit::{
    CONTRIBUTOR, OWNER, PLATFORM, PROD, READER, WEB, assignment, at, azure, delete, each, gives, name, of, put, role,
};
use crate::arm::kit::Azure;
use axum::http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn an_assignment_is_written_with_its_nulls_and_its_name_last() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let body = json!({"Properties": {
        "RoleDefinitionId": role(READER).trim_start_matches('/'), "PrincipalId": azure.id("bob"), "PrincipalType": "user",
    }});
    let made = gives(&owen, PROD, 1, &body).await.expect(201).body;
    let id = format!("{PROD}/providers/Microsoft.Authorization/roleAssignments/{}", name(1));
    assert_eq!(
        made,
        json!({
            "properties": {
                "roleDefinitionId": role(READER), "principalId": azure.id("bob"), "principalType": "User",
                "scope": PROD, "condition": null, "conditionVersion": null,
                "createdOn": "2026-03-02T09:00:00.0000000Z", "updatedOn": "2026-03-02T09:00:00.0000000Z",
                "createdBy": azure.id("owen"), "updatedBy": azure.id("owen"),
                "delegatedManagedIdentityResourceId": null, "description": null,
            },
            "id": id,
            "type": "Microsoft.Authorization/roleAssignments",
            "name": name(1),
        })
    );
    let by_id = owen.get(&format!("{id}?api-version=2015-07-01")).await.expect(200);
    assert_eq!(by_id.body, made);
    owen.get(&of(WEB, &format!("roleAssignments/{}", name(1)))).await.refused(404, "RoleAssignmentNotFound");
}

/// Vector 20: the same once more under another name. Under its own it is there already, and may be described anew.
#[tokio::test]
async fn the_same_assignment_is_there_once() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let mut body = assignment(&role(READER), &azure.id("bob"));
    gives(&owen, PROD, 1, &body).await.expect(201);
    assert_eq!(
        gives(&owen, PROD, 2, &body).await.refused(409, "RoleAssignmentExists"),
        "The role assignment already exists."
    );
    gives(&owen, PROD, 1, &body).await.expect(200);
    body["properties"]["description"] = json!("reads");
    let described = gives(&owen, PROD, 1, &body).await.expect(200).body;
    assert_eq!(described["properties"]["description"], "reads");
    assert_eq!(described["properties"]["createdBy"], azure.id("owen"));
    body["properties"]["condition"] = json!("@Resource[x] StringEquals 'y'");
    gives(&owen, PROD, 1, &body).await.refused(400, "BadRequestFormat");
    body["properties"]["conditionVersion"] = json!("2.0");
    let conditioned = gives(&owen, PROD, 1, &body).await.expect(200).body;
    assert_eq!(conditioned["properties"]["conditionVersion"], "2.0");
}

#[tokio::test]
async fn an_assignment_never_becomes_another() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    gives(&owen, PROD, 1, &assignment(&role(READER), &azure.id("bob"))).await.expect(201);
    for (scope, id, principal) in [(PROD, READER, "rita"), (PROD, OWNER, "bob"), (WEB, READER, "bob")] {
        let answer = gives(&owen, scope, 1, &assignment(&role(id), &azure.id(principal))).await;
        assert_eq!(
            answer.refused(400, "RoleAssignmentUpdateNotPermitted"),
            "Tenant ID, application ID, principal ID, and scope are not allowed to be updated."
        );
    }
}

#[tokio::test]
async fn a_body_that_makes_no_sense_is_refused_in_the_services_words() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let bob = azure.id("bob");
    let unnamed = put(&owen, &of(PROD, "roleAssignments/mine"), &assignment(&role(READER), &bob)).await;
    assert_eq!(
        unnamed.refused(400, "InvalidRoleAssignmentId"),
        "The role assignment ID 'mine' is not valid. The role assignment ID must be a GUID."
    );
    let nobody = "0b8c1d2e-3f40-4516-8273-94a5b6c7d8e9";
    let unknown = gives(&owen, PROD, 1, &assignment(&role(READER), nobody)).await;
    assert!(
        unknown.refused(400, "PrincipalNotFound").starts_with("Principal 0b8c1d2e3f404516827394a5b6c7d8e9 does not")
    );
    let mut other = assignment(&role(READER), &bob);
    other["properties"]["principalType"] = json!("Group");
    gives(&owen, PROD, 1, &other).await.refused(400, "UnmatchedPrincipalType");
    assert_eq!(
        gives(&owen, PROD, 1, &assignment(&role(nobody), &bob)).await.refused(404, "RoleDefinitionDoesNotExist"),
        format!("The specified role definition with ID '{nobody}' does not exist.")
    );
    for body in [json!({}), assignment(READER, &bob), assignment(&role(READER), "bob"), json!({"properties": {}})] {
        gives(&owen, PROD, 1, &body).await.refused(400, "BadRequestFormat");
    }
    let bare = format!("/providers/Microsoft.Authorization/roleDefinitions/{READER}");
    gives(&owen, PROD, 1, &assignment(&bare, &bob)).await.expect(201);
    gives(&azure.user("bob").await, PROD, 2, &json!({})).await.refused(403, "AuthorizationFailed");
}

/// AZR-14. What is given to somebody known is answered although nobody finds it by its id yet.
#[tokio::test]
async fn somebody_made_a_moment_ago_is_not_known_yet() {
    let azure = azure().await;
    let switches = format!("/_emulator/tenants/{}/behaviour", azure.tenant);
    azure.control(Method::PATCH, &switches, &json!({"replicationDelay": "PT10M"})).await.expect(200);
    let token = azure.token(json!({"user": "greta"})).await;
    let graph = azure.bearer(&token);
    let body = json!({
        "displayName": "Nina", "mailNickname": "nina", "userPrincipalName": "nina@azure.contoso.com",
        "accountEnabled": true, "passwordProfile": {"password": "Tr0ub4dor&3"},
    });
    let made = graph.send_json("/v1.0/users", &body.to_string()).await.expect(201).body;
    let nina = made["id"].as_str().unwrap();
    let owen = azure.user("owen").await;
    gives(&owen, PROD, 1, &assignment(&role(READER), nina)).await.refused(400, "PrincipalNotFound");
    let made = gives(&owen, PROD, 1, &assignment(&role(READER), &azure.id("bob"))).await.expect(201).body;
    assert_eq!(made["properties"]["createdBy"], azure.id("owen"));
    let path = of(PROD, &format!("roleAssignments/{}", name(1)));
    owen.get(&path).await.refused(404, "RoleAssignmentNotFound");
    azure.advance("PT10M").await;
    assert_eq!(owen.get(&path).await.expect(200).body, made);
    gives(&owen, PROD, 2, &assignment(&role(READER), nina)).await.expect(201);
}

#[tokio::test]
async fn lists_are_about_a_scope_and_what_is_around_it() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    gives(&owen, PROD, 1, &assignment(&role(READER), &azure.group("outer"))).await.expect(201);
    let names = |scope: &str, filter: &str| of(scope, &format!("roleAssignments{filter}"));
    let who = "/properties/principalId";
    let (owner, rita, outer) = (azure.id("owen"), azure.id("rita"), azure.group("outer"));
    let mut everybody = each(&owen, &names(PROD, ""), who).await;
    everybody.sort();
    let mut expected = vec![owner.clone(), rita.clone(), outer.clone()];
    expected.sort();
    assert_eq!(everybody, expected);
    assert_eq!(each(&owen, &names(PROD, "?$filter=atScope()"), who).await, [owner.clone(), outer.clone()]);
    assert_eq!(each(&owen, &names(PLATFORM, "?$filter=atScope()"), who).await, std::slice::from_ref(&owner));
    assert_eq!(each(&owen, &names(WEB, ""), who).await.len(), 3);
    let assigned = format!("?$filter=assignedTo('{}')", azure.id("carol"));
    assert_eq!(each(&owen, &names(PROD, &assigned), who).await, [outer]);
    let direct = format!("?$filter=(principalId eq {})", azure.id("carol"));
    assert!(each(&owen, &names(PROD, &direct), who).await.is_empty());
    let scope = format!("?$filter=atScope() and principalId eq '{rita}'");
    assert!(each(&owen, &names(PROD, &scope), who).await.is_empty());
    let vault = format!("{WEB}/providers/Microsoft.KeyVault/vaults/kv");
    assert_eq!(each(&owen, &names(&vault, &format!("?$filter=principalId eq '{rita}'")), who).await, [rita]);
    owen.get(&names(PROD, "?$filter=asTarget()")).await.refused(400, "BadRequestFormat");
    owen.get(&names("", "")).await.refused(403, "AuthorizationFailed");
    azure.user("rita").await.get(&names(PROD, "")).await.refused(403, "AuthorizationFailed");
    assert_eq!(each(&azure.user("rita").await, &names(WEB, ""), who).await.len(), 3);
}

/// What somebody activates is a role assignment as long as it runs.
#[tokio::test]
async fn an_activation_is_among_them_until_it_ends() {
    let azure = azure().await;
    let (owen, alice) = (azure.user("owen").await, azure.user("alice").await);
    let path = at(PROD, &format!("roleAssignmentScheduleRequests/{}", name(7)), "2020-10-01");
    let body = json!({"properties": {
        "requestType": "SelfActivate", "principalId": azure.id("alice"), "roleDefinitionId": role(CONTRIBUTOR),
        "justification": "incident 7", "scheduleInfo": {"expiration": {"type": "AfterDuration", "duration": "PT2H"}},
    }});
    put(&alice, &path, &body).await.expect(201);
    let hers = of(PROD, &format!("roleAssignments?$filter=principalId eq '{}'", azure.id("alice")));
    let listed = owen.get(&hers).await.expect(200).body["value"][0].clone();
    assert_eq!(listed["properties"]["roleDefinitionId"], role(CONTRIBUTOR));
    assert_eq!(listed["properties"]["createdBy"], azure.id("alice"));
    assert_ne!(listed["name"], name(7));
    let instances = at(PROD, "roleAssignmentScheduleInstances?$filter=asTarget()", "2020-10-01");
    assert_eq!(each(&alice, &instances, "/properties/originRoleAssignmentId").await, [listed["id"].as_str().unwrap()]);
    let again = assignment(&role(CONTRIBUTOR), &azure.id("alice"));
    gives(&owen, PROD, 1, &again).await.refused(409, "RoleAssignmentExists");
    azure.advance("PT2H").await;
    assert!(each(&owen, &hers, "/id").await.is_empty());
    gives(&owen, PROD, 1, &again).await.expect(201);
}

#[tokio::test]
async fn an_assignment_can_be_tried_out() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let path = |version| at(PROD, &format!("roleAssignments/{}/validate", name(1)), version);
    let body = assignment(&role(READER), &azure.id("bob"));
    let tries = async |body: &Value| owen.post(&path("2020-10-01-preview"), &body.to_string()).await.expect(200).body;
    assert_eq!(tries(&body).await, json!({"isValid": true}));
    owen.get(&of(PROD, &format!("roleAssignments/{}", name(1)))).await.refused(404, "RoleAssignmentNotFound");
    gives(&owen, PROD, 2, &body).await.expect(201);
    assert_eq!(
        tries(&body).await,
        json!({"isValid": false, "errorInfo": {
            "code": "RoleAssignmentExists", "message": "The role assignment already exists.",
        }})
    );
    assert_eq!(tries(&json!({})).await["errorInfo"]["code"], "BadRequestFormat");
    owen.post(&path("2022-04-01"), "{}").await.refused(404, "InvalidResourceType");
    azure.user("bob").await.post(&path("2020-10-01-preview"), "{}").await.refused(403, "AuthorizationFailed");
}

#[tokio::test]
async fn only_whoever_may_takes_an_assignment_away() {
    let azure = azure().await;
    let (owen, rita) = (azure.user("owen").await, azure.user("rita").await);
    gives(&owen, WEB, 1, &assignment(&role(READER), &azure.id("bob"))).await.expect(201);
    let path = of(WEB, &format!("roleAssignments/{}", name(1)));
    delete(&rita, &path).await.refused(403, "AuthorizationFailed");
    delete(&owen, &of(PROD, &format!("roleAssignments/{}", name(1)))).await.expect(204);
    delete(&owen, &path).await.expect(200);
}

/// A subscription with everything below it takes 4,000 assignments. What is taken away makes room.
#[tokio::test]
async fn a_subscription_is_full_at_some_time() {
    let people: Vec<String> = (0..1000).map(|n| format!("u{n}")).collect();
    let places = [("Reader", "prod"), ("Reader", "prod/web"), ("Contributor", "prod"), ("Contributor", "prod/web")];
    let held = people.iter().flat_map(|user| places.map(|(role, scope)| (user.as_str(), role, scope))).take(3999);
    let held = held.chain([("owen", "Owner", "prod")]);
    let azure = Azure::made_of(&json!({"world": {
        "tenant": {"domain": "full.contoso.com", "now": "2026-03-02T09:00:00Z"},
        "users": people.iter().map(String::as_str).chain(["owen"]).map(|name| json!({"name": name})).collect::<Vec<_>>(),
        "azure": {"subscriptions": [{
            "name": "prod", "id": PROD.trim_start_matches("/subscriptions/"), "resourceGroups": [{"name": "web"}],
        }]},
        "active": held.map(|(principal, role, scope)| json!({
            "principal": principal, "azureRole": role, "scope": scope, "outsidePim": true,
        })).collect::<Vec<_>>(),
    }, "seed": 7}))
    .await;
    let owen = azure.user("owen").await;
    let more = assignment(&role(READER), &azure.id("owen"));
    assert_eq!(
        gives(&owen, WEB, 1, &more).await.refused(400, "RoleAssignmentLimitExceeded"),
        "No more role assignments can be created."
    );
    let of_u0 = format!("roleAssignments?$filter=principalId eq '{}'", azure.id("u0"));
    let one = owen.get(&of(WEB, &of_u0)).await;
    let id = one.expect(200).body["value"][0]["id"].as_str().unwrap().to_owned();
    delete(&owen, &format!("{id}?api-version=2022-04-01")).await.expect(200);
    gives(&owen, WEB, 1, &more).await.expect(201);
}
