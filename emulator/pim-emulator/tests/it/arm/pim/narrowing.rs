//! An eligibility at a scope is activated below it.

use super::kit::{CONTRIBUTOR, PLATFORM, PROD, READER, WEB, asks, azure, path, request, role, rows};
use serde_json::{Value, json};

/// SCO-5. SCO-10. ACT-24.
#[tokio::test]
async fn what_a_group_has_at_a_management_group_is_activated_at_a_subscription() {
    let azure = azure().await;
    let (carol, id) = (azure.user("carol").await, azure.id("carol"));
    let mine = rows(&carol, "", "roleEligibilityScheduleInstances?$filter=asTarget()").await;
    let by_group = mine.iter().find(|it| it["properties"]["memberType"] == "Group").unwrap();
    assert_eq!(by_group["properties"]["principalId"], azure.group("outer"));
    assert_eq!(by_group["properties"]["principalType"], "Group");
    assert_eq!(by_group["properties"]["expandedProperties"]["scope"]["type"], "managementgroup");
    let link = &by_group["properties"]["roleEligibilityScheduleId"];
    assert!(link.as_str().unwrap().starts_with(PLATFORM));
    let mut body = request("SelfActivate", &id, &role(READER), "PT1H");
    body["properties"]["linkedRoleEligibilityScheduleId"] = link.clone();
    let answer = asks(&carol, PROD, 1, &body).await.expect(201);
    assert_eq!(answer.body["properties"]["scope"], PROD);
    assert_eq!(answer.body["properties"]["principalId"], json!(id));
    let active = rows(&carol, "", "roleAssignmentScheduleInstances?$filter=asTarget()").await;
    assert_eq!((active.len(), &active[0]["properties"]["linkedRoleEligibilityScheduleId"]), (1, link));
}

/// SCO-6.
#[tokio::test]
async fn an_eligibility_is_never_widened() {
    let azure = azure().await;
    let (carol, id) = (azure.user("carol").await, azure.id("carol"));
    let refused = asks(&carol, PROD, 1, &request("SelfActivate", &id, &role(CONTRIBUTOR), "PT1H")).await;
    assert!(refused.refused(400, "RoleAssignmentRequestPolicyValidationFailed").ends_with("[\"EligibilityRule\"]"));
}

/// SCO-10.
#[tokio::test]
async fn what_is_held_above_shows_below_as_inherited() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let shown = rows(&owen, WEB, "roleEligibilityScheduleInstances").await;
    let kinds: Vec<_> = shown.iter().map(|it| (&it["properties"]["scope"], &it["properties"]["memberType"])).collect();
    assert_eq!(kinds.len(), 3);
    assert!(kinds.contains(&(&json!(PROD), &json!("Inherited"))), "{kinds:?}");
    assert!(kinds.contains(&(&json!(PLATFORM), &json!("Inherited"))), "{kinds:?}");
    assert!(kinds.contains(&(&json!(WEB), &json!("Direct"))), "{kinds:?}");
}

/// SCO-8.
#[tokio::test]
async fn the_children_to_which_an_eligibility_can_be_narrowed_are_listed() {
    let azure = azure().await;
    let (alice, bob) = (azure.user("alice").await, azure.user("bob").await);
    let direct = rows(&alice, PROD, "eligibleChildResources").await;
    let names: Vec<_> = direct.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&"web") && names.contains(&"data"));
    let web = direct.iter().find(|it| it["name"] == "web").unwrap();
    assert_eq!(web, &json!({"name": "web", "id": WEB, "type": "resourcegroup"}));
    let all = rows(&alice, PROD, "eligibleChildResources?$getAllChildren=true").await;
    assert!(all.iter().any(|it| it["type"] == "Microsoft.KeyVault/vaults"), "{all:?}");
    let none = rows(&alice, PROD, "eligibleChildResources?$filter=resourceType+eq+'Subscription'").await;
    assert_eq!(none, Vec::<Value>::new());
    let groups = "eligibleChildResources?$filter=resourceType+eq+'Subscription'+or+resourceType+eq+'resourcegroup'";
    assert_eq!(rows(&alice, PROD, groups).await.len(), 2);
    assert_eq!(rows(&bob, PROD, "eligibleChildResources").await, Vec::<Value>::new());
    let subscriptions = rows(&azure.user("carol").await, PLATFORM, "eligibleChildResources").await;
    assert_eq!(subscriptions, [json!({"name": "Production", "id": PROD, "type": "subscription"})]);
    bob.get(&path(&format!("{PROD}/resourceGroups/shop"), "eligibleChildResources"))
        .await
        .refused(404, "ResourceGroupNotFound");
}
