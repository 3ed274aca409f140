//! The journal of a tenant's requests.

use super::kit::{Town, world};
use crate::support::Client;
use axum::http::{Method, header};
use serde_json::{Value, json};

fn column<'a>(page: &'a Value, name: &str) -> Vec<&'a Value> {
    page["value"].as_array().unwrap().iter().map(|it| &it[name]).collect()
}

#[tokio::test]
async fn a_request_is_noted_with_everything_that_a_test_would_ask() {
    let town = Town::new().await;
    let path = "/v1.0//roleManagement/directory/roleAssignmentScheduleRequests?$select=id";
    let made = town.call("alice", Method::POST, path, Some(&town.activation())).await;
    let page = town.requests("").await;
    assert_eq!(
        (&page["count"], &page["next"], &page["first"], &page["last"]),
        (&json!(1), &json!(1), &json!(1), &json!(1))
    );
    let entry = &page["value"][0];
    for (name, value) in [
        ("sequence", json!(1)),
        ("tenantTime", json!("2026-01-05T08:00:00Z")),
        ("surface", json!("graph")),
        ("method", json!("POST")),
        ("path", json!("/v1.0//roleManagement/directory/roleAssignmentScheduleRequests")),
        ("readAs", json!("/v1.0/roleManagement/directory/roleAssignmentScheduleRequests")),
        ("query", json!("$select=id")),
        ("status", json!(201)),
        ("error", Value::Null),
        ("principal", json!({"id": town.made["users"]["alice"]["id"], "name": "alice"})),
        ("application", json!("14d82eec-204b-4c2f-b7e8-296a70dab67e")),
        ("userAgent", json!("kit/1")),
        ("clientRequestId", json!("Kit-7")),
        ("requestId", json!(made.headers["request-id"].to_str().unwrap())),
        ("body", json!({"text": town.activation().to_string(), "isCut": false})),
        ("faults", json!([])),
        ("hardships", json!([])),
    ] {
        assert_eq!(entry[name], value, "{name}");
    }
    assert!(entry["duration"].as_f64().unwrap() > 0.0);
}

#[tokio::test]
async fn refusals_are_noted_with_their_code_on_every_surface() {
    let town = Town::new().await;
    town.get("alice", "/v1.0/users/nobody").await;
    town.get("bob", &town.below_prod("roleAssignments")).await;
    town.sign_in(town.id(), &[("grant_type", "client_credentials"), ("client_id", "nobody"), ("client_secret", "x")])
        .await;
    town.get("bob", "/api/v2/privilegedAccess/nothing").await;
    let page = town.requests("").await;
    assert_eq!(column(&page, "surface"), ["graph", "arm", "login", "pim"]);
    assert_eq!(column(&page, "status"), [404, 400, 400, 400]);
    let codes = ["Request_ResourceNotFound", "MissingApiVersionParameter", "AADSTS700016", "BadRequest"];
    assert_eq!(column(&page, "error"), codes);
}

#[tokio::test]
async fn secrets_are_not_shown() {
    let town = Town::new().await;
    town.sign_ci_in().await;
    let user = json!({"accountEnabled": true, "displayName": "Dan", "mailNickname": "dan",
        "userPrincipalName": "dan@contoso.onmicrosoft.com", "passwordProfile": {"password": "Hidden-4711!"}});
    town.call("ci", Method::POST, "/v1.0/users", Some(&user)).await.json(201);
    let page = town.requests("").await;
    let text = page.to_string();
    assert!(!text.contains("local-only") && !text.contains("Hidden-4711!"), "{text}");
    assert_eq!(page["value"][0]["principal"]["name"], "ci");
    assert!(page["value"][0]["body"]["text"].as_str().unwrap().contains("client_secret=***"));
    assert!(page["value"][1]["body"]["text"].as_str().unwrap().contains(r#""password":"***""#));
}

#[tokio::test]
async fn requests_are_found_by_what_is_known_of_them() {
    let town = Town::new().await;
    for (who, path) in
        [("alice", "/v1.0/me"), ("bob", "/beta/me"), ("alice", "/v1.0/users/nobody"), ("ci", "/v1.0/users")]
    {
        town.get(who, path).await;
    }
    let (mut parts, body) = Client::request(Method::GET, "/v1.0/me", None).into_parts();
    parts.headers.insert("client-request-id", "my-test-7".parse().unwrap());
    parts.headers.insert(header::AUTHORIZATION, "Bearer nonsense".parse().unwrap());
    town.client.send(axum::http::Request::from_parts(parts, body)).await;
    let alice = town.made["users"]["alice"]["id"].as_str().unwrap();
    for (query, count) in [
        ("", 4),
        ("path=/me", 2),
        ("path=/v1.0/ME", 1),
        ("path=/users/**", 2),
        ("method=get&principal=alice", 2),
        (&format!("principal={alice}"), 2),
        ("principal=alice%40contoso.onmicrosoft.com", 2),
        ("principal=ci", 1),
        ("status=404", 1),
        ("surface=arm", 0),
        ("clientRequestId=my-test-7", 0),
        ("clientRequestId=kit-7", 4),
        ("after=3", 1),
        ("limit=0", 4),
    ] {
        assert_eq!(town.requests(query).await["count"], count, "{query}");
    }
    for (query, detail) in [
        ("principal=nobody", "the tenant has no user or application 'nobody'"),
        ("path=/a%3Fb", "the pattern '/a?b' has a query"),
    ] {
        let answer = town.client.get(&town.at(&format!("requests?{query}"))).await;
        assert!(answer.problem(400, "InvalidParameter").starts_with(detail));
    }
    town.client.get(&town.at("requests?pth=x")).await.problem(400, "InvalidParameter");
}

#[tokio::test]
async fn pages_go_on_where_the_last_one_ended() {
    let town = Town::new().await;
    for number in 0..7 {
        town.get("alice", if number % 2 == 0 { "/v1.0/me" } else { "/v1.0/users" }).await;
    }
    let one = town.requests("limit=3").await;
    assert_eq!(column(&one, "sequence"), [1, 2, 3]);
    assert_eq!((&one["count"], &one["next"]), (&json!(7), &json!(3)));
    let two = town.requests("after=3&limit=3&path=/me").await;
    assert_eq!(column(&two, "sequence"), [5, 7]);
    assert_eq!((&two["count"], &two["next"]), (&json!(2), &json!(7)));
    let three = town.requests("after=7").await;
    assert_eq!((&three["value"], &three["count"], &three["next"]), (&json!([]), &json!(0), &json!(7)));
    assert_eq!(town.client.delete(&town.at("requests")).await.status, 204);
    town.get("alice", "/v1.0/me").await;
    let four = town.requests("after=7").await;
    assert_eq!(column(&four, "sequence"), [8]);
    assert_eq!(four["first"], 8);
}

#[tokio::test]
async fn nothing_of_another_tenant_is_noted() {
    let client = Client::of_all_surfaces();
    let (one, other) = (Town::in_world(&client, &world()).await, Town::in_world(&client, &world()).await);
    one.get("alice", "/v1.0/me").await;
    one.sign_ci_in().await;
    assert_eq!(one.requests("").await["count"], 2);
    assert_eq!(other.requests("").await["count"], 0);
}

#[tokio::test]
async fn sign_in_for_any_tenant_belongs_to_the_one_that_the_request_is_about() {
    let town = Town::new().await;
    let client = town.made["applications"]["ci"]["clientId"].as_str().unwrap();
    let form = [
        ("grant_type", "password"),
        ("client_id", client),
        ("username", "alice@contoso.onmicrosoft.com"),
        ("password", "wrong"),
        ("client_secret", "local-only"),
        ("scope", "openid"),
    ];
    town.sign_in("organizations", &form).await.json(400);
    town.sign_in("common", &[("grant_type", "password")]).await.json(400);
    let page = town.requests("").await;
    assert_eq!(column(&page, "error"), ["AADSTS50126"]);
    assert_eq!(page["value"][0]["principal"]["name"], "alice");
}

#[tokio::test]
async fn numbers_go_on_after_a_reset() {
    let town = Town::new().await;
    town.get("alice", "/v1.0/me").await;
    town.client.post(&town.at("reset"), &json!({})).await.json(200);
    assert_eq!(town.requests("").await["count"], 0);
    town.get("alice", "/v1.0/me").await;
    assert_eq!(column(&town.requests("").await, "sequence"), [2]);
}

#[tokio::test]
async fn a_fault_stands_in_the_journal_and_so_does_each_step_of_a_batch() {
    let town = Town::new().await;
    town.faults(
        &json!([{"match": {"path": "/me"}, "respond": {"status": 418, "code": "Teapot", "message": "Short."}}]),
    )
    .await;
    assert_eq!(town.get("alice", "/v1.0/me").await.json(418)["error"]["code"], "Teapot");
    let list = town.below_prod("roleAssignments?api-version=2022-04-01");
    let body = json!({"requests": [{"httpMethod": "GET", "name": "a", "url": list}]});
    town.call("bob", Method::POST, "/batch?api-version=2020-06-01", Some(&body)).await.json(200);
    let page = town.requests("").await;
    assert_eq!(column(&page, "status"), [418, 200, 200]);
    assert_eq!(column(&page, "error"), [&json!("Teapot"), &Value::Null, &Value::Null]);
    assert_eq!(column(&page, "faults"), [&json!([0]), &json!([]), &json!([])]);
    assert_eq!(page["value"][1]["method"], "GET");
    assert_eq!(page["value"][2]["path"], "/batch");
}
