//! A tenant with a management group, a subscription and what is in it, and the calls that PIM takes.

use super::super::kit::{Answer, Azure, Caller};
use axum::http::Method;
use serde_json::{Value, json};

pub(super) const PROD: &str = "/subscriptions/5b8e0f1a-3c2d-4e5f-8a9b-0c1d2e3f4a5b";
pub(super) const WEB: &str = "/subscriptions/5b8e0f1a-3c2d-4e5f-8a9b-0c1d2e3f4a5b/resourceGroups/web";
pub(super) const PLATFORM: &str = "/providers/Microsoft.Management/managementGroups/platform";
pub(super) const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";
pub(super) const READER: &str = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

/// Owen owns the subscription. Alice is eligible for Contributor there, Bob for nothing; Carol is eligible for Reader at the
/// management group by a group in a group, and activates Contributor at `web` only with Owen's approval.
fn world() -> Value {
    json!({"world": {
        "tenant": {"domain": "azure.contoso.com", "displayName": "Azure", "license": "p2", "now": "2026-03-02T09:00:00Z"},
        "users": [
            {"name": "owen", "mfa": true}, {"name": "alice", "mfa": true}, {"name": "bob"}, {"name": "carol"},
        ],
        "groups": [{"name": "inner", "members": ["carol"]}, {"name": "outer", "members": ["inner"]}],
        "azure": {
            "managementGroups": [{"name": "platform", "subscriptions": ["prod"]}],
            "subscriptions": [{
                "name": "prod",
                "id": "5b8e0f1a-3c2d-4e5f-8a9b-0c1d2e3f4a5b",
                "displayName": "Production",
                "resourceGroups": [
                    {"name": "web", "resources": [{"name": "kv", "type": "Microsoft.KeyVault/vaults"}]},
                    {"name": "data", "lock": "readOnly"},
                ],
            }],
        },
        "authenticationContexts": [{"name": "c1"}],
        "conditionalAccess": [{"name": "Strong", "users": {"include": ["all"]}, "contexts": ["c1"], "grant": ["mfa"]}],
        "policies": [
            {"azureRole": "Contributor", "scope": "prod/web", "activation": {"approvers": ["owen"]}},
            {"azureRole": "Contributor", "scope": "prod/web/kv", "activation": {"authenticationContext": "c1"}},
        ],
        "active": [{"principal": "owen", "azureRole": "Owner", "scope": "prod", "outsidePim": true}],
        "eligible": [
            {"principal": "alice", "azureRole": "Contributor", "scope": "prod", "duration": "P90D"},
            {"principal": "outer", "azureRole": "Reader", "scope": "platform", "duration": "P90D"},
            {"principal": "carol", "azureRole": "Contributor", "scope": "prod/web", "duration": "P90D"},
        ],
    }, "seed": 7})
}

pub(super) async fn azure() -> Azure {
    Azure::made_of(&world()).await
}

/// The id of a role, as the subscription names it.
pub(super) fn role(id: &str) -> String {
    format!("{PROD}/providers/Microsoft.Authorization/roleDefinitions/{id}")
}

/// The path of something of PIM at a scope.
pub(super) fn path(scope: &str, rest: &str) -> String {
    let sign = if rest.contains('?') { '&' } else { '?' };
    format!("{scope}/providers/Microsoft.Authorization/{rest}{sign}api-version=2020-10-01")
}

/// A name for the request of that number.
pub(super) fn name(number: u8) -> String {
    format!("00000000-0000-4000-8000-0000000001{number:02}")
}

/// What a request says.
pub(super) fn request(kind: &str, principal: &str, role: &str, duration: &str) -> Value {
    json!({"properties": {
        "requestType": kind,
        "principalId": principal,
        "roleDefinitionId": role,
        "justification": "incident 7",
        "scheduleInfo": {"startDateTime": null, "expiration": {"type": "AfterDuration", "duration": duration}},
    }})
}

/// Asks for something on the side of assignments.
pub(super) async fn asks(caller: &Caller<'_>, scope: &str, number: u8, body: &Value) -> Answer {
    put(caller, scope, "roleAssignmentScheduleRequests", number, body).await
}

/// Asks for something on the side of eligibility.
pub(super) async fn makes_eligible(caller: &Caller<'_>, scope: &str, number: u8, body: &Value) -> Answer {
    put(caller, scope, "roleEligibilityScheduleRequests", number, body).await
}

async fn put(caller: &Caller<'_>, scope: &str, kind: &str, number: u8, body: &Value) -> Answer {
    let path = path(scope, &format!("{kind}/{}", name(number)));
    caller.send(Method::PUT, &path, &[], &body.to_string()).await
}

/// The rows of a list.
pub(super) async fn rows(caller: &Caller<'_>, scope: &str, list: &str) -> Vec<Value> {
    let answer = caller.get(&path(scope, list)).await.expect(200);
    answer.body["value"].as_array().unwrap().clone()
}
