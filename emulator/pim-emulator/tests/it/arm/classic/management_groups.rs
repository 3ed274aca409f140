//! Management groups, and the subscriptions below them.

use super::kit::{
    OWNER, PLATFORM, PROD, SUBSCRIPTION, assignment, at, azure, delete, each, gives, patch, put, versioned,
};
use crate::arm::kit::{Azure, Caller};
use serde_json::json;

fn groups(rest: &str) -> String {
    versioned(&format!("/providers/Microsoft.Management/managementGroups{rest}"), "2020-05-01")
}

/// Greta, who has made herself Owner of everything.
async fn greta(azure: &Azure) -> Caller<'_> {
    let greta = azure.user("greta").await;
    greta.post(&at("", "elevateAccess", "2016-07-01"), "").await.expect(200);
    let role = format!("/providers/Microsoft.Authorization/roleDefinitions/{OWNER}");
    gives(&greta, "", 90, &assignment(&role, &azure.id("greta"))).await.expect(201);
    greta
}

#[tokio::test]
async fn a_group_is_written_with_what_is_asked_for() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    assert_eq!(each(&owen, &groups(""), "/name").await, ["platform"]);
    let plain = owen.get(&groups("/Platform")).await.expect(200).body;
    let root = format!("/providers/Microsoft.Management/managementGroups/{}", azure.tenant);
    assert_eq!(
        plain,
        json!({
            "id": PLATFORM, "type": "Microsoft.Management/managementGroups", "name": "platform",
            "properties": {
                "tenantId": azure.tenant, "displayName": "Platform",
                "details": {"parent": {"id": root, "name": azure.tenant, "displayName": "Tenant Root Group"}},
            },
        })
    );
    let expanded = owen.get(&groups("/platform?$expand=children&$recurse=true")).await.expect(200).body;
    assert_eq!(
        expanded["properties"]["children"],
        json!([{"id": PROD, "type": "/subscriptions", "name": SUBSCRIPTION, "displayName": "Production"}])
    );
    let path = owen.get(&groups("/platform?$expand=path")).await.expect(200).body;
    assert_eq!(path["properties"]["details"]["path"][1], json!({"name": "platform", "displayName": "Platform"}));
    let above = owen.get(&groups("/platform?$expand=ancestors")).await.expect(200).body;
    assert_eq!(above["properties"]["details"]["managementGroupAncestors"], json!([azure.tenant]));
    let hidden = owen.get(&groups("/nowhere")).await;
    let message = hidden.refused(403, "AuthorizationFailed");
    assert!(message.contains("over scope '/providers/Microsoft.Management/managementGroups/nowhere'"), "{message}");
    azure.user("bob").await.get(&groups("/platform")).await.refused(403, "AuthorizationFailed");
}

#[tokio::test]
async fn a_group_is_made_renamed_moved_and_deleted() {
    let azure = azure().await;
    let greta = greta(&azure).await;
    let owen = azure.user("owen").await;
    let body = json!({"properties": {"displayName": "Lab"}});
    put(&owen, &groups("/lab"), &body).await.refused(403, "AuthorizationFailed");
    put(&greta, &groups("/l%20b"), &body).await.refused(400, "BadRequestFormat");
    let made = put(&greta, &groups("/lab"), &body).await.expect(200).body;
    assert_eq!(made["properties"]["displayName"], "Lab");
    assert_eq!(made["properties"]["details"]["parent"]["name"], azure.tenant);
    let below = json!({"properties": {"details": {"parent": {"id": PLATFORM}}}});
    let inner = put(&greta, &groups("/inner"), &below).await.expect(200).body;
    assert_eq!(inner["properties"]["details"]["parent"]["id"], PLATFORM);
    let moved =
        json!({"displayName": "Inner", "parentGroupId": format!("{}/lab", PLATFORM.trim_end_matches("/platform"))});
    let moved = patch(&greta, &groups("/inner"), &moved).await.expect(200).body;
    assert_eq!(
        (&moved["properties"]["displayName"], &moved["properties"]["details"]["parent"]["name"]),
        (&json!("Inner"), &json!("lab"))
    );
    let nowhere = json!({"parentGroupId": PROD});
    patch(&greta, &groups("/inner"), &nowhere).await.refused(400, "BadRequestFormat");
    delete(&greta, &groups("/lab")).await.refused(400, "BadRequest");
    let deleted = delete(&greta, &groups("/inner")).await.expect(202);
    greta.get(deleted.header("location").trim_start_matches("http://localhost:8443")).await.expect(204);
    delete(&greta, &groups("/inner")).await.expect(204);
    delete(&owen, &groups("/inner")).await.refused(403, "AuthorizationFailed");
}

#[tokio::test]
async fn subscriptions_are_put_into_groups_and_taken_out() {
    let azure = azure().await;
    let greta = greta(&azure).await;
    put(&greta, &groups("/lab"), &json!({})).await.expect(200);
    let of = |group: &str| groups(&format!("/{group}/subscriptions/{SUBSCRIPTION}"));
    greta.get(&of("lab")).await.refused(404, "ResourceNotFound");
    let there = put(&greta, &of("lab"), &json!({})).await.expect(200).body;
    let lab = "/providers/Microsoft.Management/managementGroups/lab";
    assert_eq!(there["id"], format!("{lab}{PROD}"));
    assert_eq!(there["properties"]["parent"]["id"], lab);
    put(&greta, &of("lab"), &json!({})).await.expect(200);
    assert_eq!(greta.get(&of("lab")).await.expect(200).body, there);
    assert_eq!(each(&greta, &groups("/lab/subscriptions"), "/name").await, [SUBSCRIPTION]);
    assert_eq!(each(&greta, &groups("/lab/descendants"), "/type").await, ["/subscriptions"]);
    azure.user("owen").await.get(&versioned(PROD, "2022-12-01")).await.refused(403, "AuthorizationFailed");
    delete(&greta, &of("platform")).await.expect(204);
    delete(&greta, &of("lab")).await.expect(200);
    assert_eq!(greta.get(&of(&azure.tenant)).await.expect(200).body["name"], SUBSCRIPTION);
    delete(&greta, &of(&azure.tenant)).await.expect(204);
}

#[tokio::test]
async fn the_hierarchy_has_no_settings() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    assert_eq!(owen.get(&groups("/platform/settings")).await.expect(200).body, json!({"value": []}));
    owen.get(&groups("/platform/settings/default")).await.refused(404, "ResourceNotFound");
    put(&owen, &groups("/platform/settings/default"), &json!({})).await.refused(501, "NotEmulated");
}

/// Whoever reads a resource group sees what is above it, and may nothing there.
#[tokio::test]
async fn entities_are_told_with_what_the_caller_may_do() {
    let azure = azure().await;
    let path = versioned("/providers/Microsoft.Management/getEntities", "2020-05-01");
    let owen = azure.user("owen").await.post(&path, "").await.expect(200).body;
    let words: Vec<_> = owen["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (it["properties"]["displayName"].as_str().unwrap(), it["properties"]["permissions"].as_str().unwrap())
        })
        .collect();
    assert_eq!(words, [("Tenant Root Group", "noaccess"), ("Platform", "delete"), ("Production", "delete")]);
    assert_eq!(owen["count"], 3);
    let platform = &owen["value"][1]["properties"];
    assert_eq!((&platform["numberOfDescendants"], &platform["numberOfChildGroups"]), (&json!(1), &json!(0)));
    assert_eq!(platform["parentDisplayNameChain"], json!(["Tenant Root Group"]));
    let rita = azure.user("rita").await.post(&path, "").await.expect(200).body;
    assert!(rita["value"].as_array().unwrap().iter().all(|it| it["properties"]["permissions"] == "noaccess"));
    assert_eq!(azure.user("bob").await.post(&path, "").await.expect(200).body["count"], 0);
}

#[tokio::test]
async fn names_of_groups_are_checked() {
    let azure = azure().await;
    let bob = azure.user("bob").await;
    let path = versioned("/providers/Microsoft.Management/checkNameAvailability", "2020-05-01");
    for (name, available, reason) in
        [("lab", true, None), ("PLATFORM", false, Some("AlreadyExists")), ("a b", false, Some("Invalid"))]
    {
        let body = json!({"name": name, "type": "Microsoft.Management/managementGroups"}).to_string();
        let verdict = bob.post(&path, &body).await.expect(200).body;
        assert_eq!((verdict["nameAvailable"].as_bool(), verdict["reason"].as_str()), (Some(available), reason));
    }
    for name in ["tenantBackfillStatus", "startTenantBackfill"] {
        let path = versioned(&format!("/providers/Microsoft.Management/{name}"), "2020-05-01");
        let status = bob.post(&path, "").await.expect(200).body;
        assert_eq!(status, json!({"tenantId": azure.tenant, "status": "Completed"}));
    }
}
