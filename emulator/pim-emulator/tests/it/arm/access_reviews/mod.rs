//! Access reviews of roles of Azure: carol manages access to production, bob reviews, alice and the cloud owners hold roles.

mod managing;
mod reporting;
mod reviewing;

use super::kit::{Answer, Azure, Caller};
use axum::http::Method;
use serde_json::{Value, json};

const VERSION: &str = "api-version=2021-12-01-preview";
const AUTHORIZATION: &str = "providers/Microsoft.Authorization";
const NAME: &str = "0c1d2e3f-4051-4263-8475-96a7b8c9dae0";
const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/// The path of production.
async fn prod(azure: &Azure) -> String {
    let path = format!("/_emulator/tenants/{}", azure.tenant);
    let answer = azure.control(Method::GET, &path, &Value::Null).await.expect(200);
    answer.body["subscriptions"]["prod"]["path"].as_str().unwrap().to_owned()
}

/// A path below a place, with the version.
fn at(place: &str, rest: &str) -> String {
    format!("{place}/{AUTHORIZATION}/{rest}?{VERSION}")
}

/// A review of who contributes to `web`, by bob, with some properties replaced.
fn properties(azure: &Azure, prod: &str, more: &Value) -> Value {
    let mut properties = json!({
        "displayName": "Contributors",
        "descriptionForReviewers": "Do they still build?",
        "scope": {
            "resourceId": format!("{prod}/resourceGroups/web"),
            "roleDefinitionId": format!("{prod}/{AUTHORIZATION}/roleDefinitions/{CONTRIBUTOR}"),
            "principalType": "user,group",
        },
        "reviewersType": "Assigned",
        "reviewers": [{"principalId": azure.id("bob"), "principalType": "user"}],
        "settings": {"instanceDurationInDays": 7, "recommendationsEnabled": "true"},
    });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    properties
}

async fn put(caller: &Caller<'_>, path: &str, body: &Value) -> Answer {
    caller.send(Method::PUT, path, &[("content-type", "application/json")], &body.to_string()).await
}

async fn patch(caller: &Caller<'_>, path: &str, body: &Value) -> Answer {
    caller.send(Method::PATCH, path, &[("content-type", "application/json")], &body.to_string()).await
}

/// A review that runs; answers what comes before the name of its instance, and that name.
async fn running(azure: &Azure, prod: &str, more: &Value) -> (String, String) {
    let carol = azure.user("carol").await;
    let review = format!("accessReviewScheduleDefinitions/{NAME}");
    put(&carol, &at(prod, &review), &json!({"properties": properties(azure, prod, more)})).await.expect(200);
    let instances = carol.get(&at(prod, &format!("{review}/instances"))).await.expect(200);
    let [instance] = instances.body["value"].as_array().unwrap().as_slice() else { panic!("{}", instances.body) };
    (format!("{review}/instances"), instance["name"].as_str().unwrap().to_owned())
}
