//! A tenant with something of everything, and short calls.

use super::super::kit::{Answer, Azure, Caller};
use axum::http::Method;
use serde_json::{Value, json};

pub(super) const SUBSCRIPTION: &str = "5b8e0f1a-3c2d-4e5f-8a9b-0c1d2e3f4a5b";
pub(super) const PROD: &str = "/subscriptions/5b8e0f1a-3c2d-4e5f-8a9b-0c1d2e3f4a5b";
pub(super) const TEST: &str = "/subscriptions/6c9f102b-4d3e-4f60-9bac-1d2e3f4a5b6c";
pub(super) const WEB: &str = "/subscriptions/5b8e0f1a-3c2d-4e5f-8a9b-0c1d2e3f4a5b/resourceGroups/web";
pub(super) const PLATFORM: &str = "/providers/Microsoft.Management/managementGroups/platform";
pub(super) const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
pub(super) const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";
pub(super) const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/// Owen owns everything below the management group, where production is; beside it there is a subscription for tests. Rita
/// reads one resource group, Bob nothing, Greta may elevate. Alice is eligible for Contributor in production. Carol is in a
/// group in a group.
pub(super) async fn azure() -> Azure {
    Azure::made_of(&json!({"world": {
        "tenant": {"domain": "azure.contoso.com", "displayName": "Azure", "license": "p2", "now": "2026-03-02T09:00:00Z"},
        "users": [
            {"name": "owen", "mfa": true}, {"name": "alice", "mfa": true}, {"name": "rita"}, {"name": "bob"},
            {"name": "carol"}, {"name": "greta", "mfa": true},
        ],
        "groups": [{"name": "inner", "members": ["carol"]}, {"name": "outer", "members": ["inner"]}],
        "azure": {
            "managementGroups": [{"name": "platform", "displayName": "Platform", "subscriptions": ["prod"]}],
            "subscriptions": [
                {
                    "name": "prod",
                    "id": SUBSCRIPTION,
                    "displayName": "Production",
                    "resourceGroups": [
                        {"name": "web", "tags": {"team": "web"}, "resources": [
                            {"name": "kv", "type": "Microsoft.KeyVault/vaults"},
                        ]},
                        {"name": "data", "location": "northeurope"},
                    ],
                },
                {"name": "test", "id": TEST.trim_start_matches("/subscriptions/")},
            ],
        },
        "active": [
            {"principal": "owen", "azureRole": "Owner", "scope": "platform", "outsidePim": true},
            {"principal": "rita", "azureRole": "Reader", "scope": "prod/web", "outsidePim": true},
            {"principal": "greta", "role": "Global Administrator"},
        ],
        "eligible": [{"principal": "alice", "azureRole": "Contributor", "scope": "prod", "duration": "P90D"}],
    }, "seed": 7}))
    .await
}

/// The path of a type of Microsoft.Authorization at a scope, in its newest version for roles.
pub(super) fn of(scope: &str, rest: &str) -> String {
    at(scope, rest, "2022-04-01")
}

pub(super) fn at(scope: &str, rest: &str, version: &str) -> String {
    versioned(&format!("{scope}/providers/Microsoft.Authorization/{rest}"), version)
}

pub(super) fn versioned(path: &str, version: &str) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    encoded(&format!("{path}{sign}api-version={version}"))
}

/// A path with its blanks as clients send them.
fn encoded(path: &str) -> String {
    path.replace(' ', "+")
}

/// Whatever the front door serves.
pub(super) fn front(path: &str) -> String {
    versioned(path, "2021-04-01")
}

/// A name of that number.
pub(super) fn name(number: u8) -> String {
    format!("00000000-0000-4000-8000-0000000002{number:02}")
}

pub(super) fn role(id: &str) -> String {
    format!("{PROD}/providers/Microsoft.Authorization/roleDefinitions/{id}")
}

pub(super) fn assignment(role: &str, principal: &str) -> Value {
    json!({"properties": {"roleDefinitionId": role, "principalId": principal}})
}

pub(super) async fn put(caller: &Caller<'_>, path: &str, body: &Value) -> Answer {
    caller.send(Method::PUT, path, &[], &body.to_string()).await
}

pub(super) async fn patch(caller: &Caller<'_>, path: &str, body: &Value) -> Answer {
    caller.send(Method::PATCH, path, &[], &body.to_string()).await
}

pub(super) async fn delete(caller: &Caller<'_>, path: &str) -> Answer {
    caller.send(Method::DELETE, path, &[], "").await
}

/// Gives a role under the name of a number.
pub(super) async fn gives(caller: &Caller<'_>, scope: &str, number: u8, body: &Value) -> Answer {
    put(caller, &of(scope, &format!("roleAssignments/{}", name(number))), body).await
}

/// One member of every row of a list.
pub(super) async fn each(caller: &Caller<'_>, path: &str, pointer: &str) -> Vec<String> {
    let answer = caller.get(&encoded(path)).await.expect(200);
    let rows = answer.body["value"].as_array().unwrap();
    rows.iter().map(|row| row.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
}
