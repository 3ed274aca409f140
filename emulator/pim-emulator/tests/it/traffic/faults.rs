//! Faults that a test orders.

use super::kit::{Town, world};
use crate::support::Client;
use axum::http::{Method, header};
use pim_emulator::app::Stopwatch;
use serde_json::json;

const ASSIGNMENTS: &str = "roleAssignments?api-version=2022-04-01";

#[tokio::test]
async fn a_fault_begins_after_so_many_requests_and_applies_so_often() {
    let town = Town::new().await;
    let respond = json!({"status": 429, "retryAfter": 7});
    town.faults(&json!([{"match": {"path": "/me"}, "after": 1, "times": 2, "respond": respond}])).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(town.get("alice", "/v1.0/me").await.status.as_u16());
    }
    assert_eq!(seen, [200, 429, 429, 200, 200]);
    assert_eq!(town.get("alice", "/v1.0/users").await.status, 200, "another path");
    let list = town.client.get(&town.at("faults")).await.json(200);
    assert_eq!((&list["value"][0]["seen"], &list["value"][0]["applied"]), (&json!(5), &json!(2)));
    assert_eq!(list["value"][0]["match"], json!({"path": "/me"}));
    assert_eq!(list["value"][0]["respond"], respond);
    assert_eq!(town.client.delete(&town.at("faults")).await.status, 204);
    assert_eq!(town.client.get(&town.at("faults")).await.json(200), json!({"value": []}));
}

#[tokio::test]
async fn graph_throttles_in_its_own_words() {
    let town = Town::new().await;
    town.faults(&json!([{"match": {"surface": "graph"}, "respond": {"status": 429, "retryAfter": 10}}])).await;
    let answer = town.get("alice", "/v1.0/me").await;
    let body = answer.json(429);
    assert_eq!(body["error"]["code"], "TooManyRequests");
    assert_eq!(body["error"]["message"], "Please retry again later.");
    let inner = &body["error"]["innerError"];
    assert_eq!(
        (&inner["code"], &inner["message"], &inner["status"]),
        (&json!("429"), &json!("Please retry after"), &json!("429"))
    );
    assert_eq!(answer.headers[header::RETRY_AFTER], "10");
    assert_eq!(inner["request-id"].as_str(), answer.headers["request-id"].to_str().ok());
    assert!(answer.headers["x-ms-throttle-scope"].to_str().unwrap().ends_with(town.id()));
    assert_eq!(answer.headers["x-ms-throttle-information"], "ResourceUnitLimitExceeded");
    assert_eq!(town.get("bob", &town.below_prod(ASSIGNMENTS)).await.status, 200, "Azure is another surface");
}

#[tokio::test]
async fn azure_throttles_in_its_own_words() {
    let town = Town::new().await;
    town.faults(&json!([{"match": {"surface": "arm"}, "respond": {"status": 429, "retryAfter": 3}}])).await;
    let answer = town.get("bob", &town.below_prod(ASSIGNMENTS)).await;
    let body = answer.json(429);
    assert_eq!(body["error"]["code"], "TooManyRequests");
    assert!(body["error"].get("innerError").is_none());
    assert_eq!(answer.headers[header::RETRY_AFTER], "3");
    assert_eq!(answer.headers["x-ms-failure-cause"], "gateway");
    assert_eq!(answer.headers["x-ms-ratelimit-remaining-subscription-reads"], "0");
}

#[tokio::test]
async fn sign_in_refuses_in_its_own_words() {
    let town = Town::new().await;
    town.faults(&json!([
        {"match": {"surface": "login"}, "times": 1, "respond": {"status": 503}},
        {"match": {"surface": "login"}, "times": 1, "respond": {"status": 400, "code": "AADSTS50034", "message": "Nobody."}},
        {"match": {"principal": "ci"}, "times": 1, "respond": {"status": 400, "code": "slow_down"}},
    ]))
    .await;
    let busy = town.sign_ci_in().await.json(503);
    assert_eq!(busy["error"], "temporarily_unavailable");
    assert_eq!(busy["error_codes"], json!([90033]));
    assert!(busy["error_description"].as_str().unwrap().starts_with("AADSTS90033: A transient error has occurred."));
    let nobody = town.sign_ci_in().await.json(400);
    assert_eq!((&nobody["error"], &nobody["error_codes"]), (&json!("invalid_request"), &json!([50034])));
    assert!(nobody["error_description"].as_str().unwrap().starts_with("AADSTS50034: Nobody. Trace ID: "));
    let slow = town.sign_ci_in().await.json(400);
    assert_eq!((&slow["error"], &slow["error_codes"]), (&json!("slow_down"), &json!([])));
    assert_eq!(town.sign_ci_in().await.status, 200);
}

#[tokio::test]
async fn a_fault_meets_a_path_however_it_is_written_and_only_whom_it_names() {
    let town = Town::new().await;
    let path = "/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser*";
    town.faults(&json!([{"match": {"method": "get", "path": path, "principal": "alice"}, "respond": {"status": 503}}]))
        .await;
    for path in [
        "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')?%24top=1",
        "/beta//ROLEMANAGEMENT/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on=%27principal%27)",
    ] {
        assert_eq!(town.get("alice", path).await.json(503)["error"]["code"], "ServiceUnavailable", "{path}");
        assert_eq!(town.get("bob", path).await.status, 200, "{path}");
    }
    let service = "/api/v2/privilegedAccess/aadRoles/resources";
    town.faults(&json!([{"match": {"surface": "pim", "path": "privilegedAccess/**"}, "respond": {"status": 500}}]))
        .await;
    assert_eq!(town.get("bob", service).await.json(500)["error"]["code"], "InternalServerError");
}

#[tokio::test]
async fn what_a_fault_answers_was_not_carried_out() {
    let town = Town::new().await;
    town.faults(&json!([{"match": {"method": "POST"}, "times": 1, "respond": {"status": 504}}])).await;
    let requests = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
    let activation = town.activation();
    assert_eq!(town.call("alice", Method::POST, requests, Some(&activation)).await.status, 504);
    assert_eq!(town.call("alice", Method::POST, requests, Some(&activation)).await.json(201)["status"], "Provisioned");
}

#[tokio::test]
async fn a_delay_waits_and_goes_on_to_the_next_fault() {
    let town = Town::new().await;
    town.faults(&json!([
        {"match": {"path": "/me"}, "times": 2, "delay": "PT0.2S"},
        {"match": {"path": "/me"}, "times": 1, "respond": {"status": 503}},
    ]))
    .await;
    for status in [503, 200] {
        let watch = Stopwatch::start();
        assert_eq!(town.get("alice", "/v1.0/me").await.status, status);
        assert!(watch.microseconds() >= 200_000);
    }
    let list = town.client.get(&town.at("faults")).await.json(200);
    assert_eq!(list["value"][0]["delay"], "PT0.2S");
}

#[tokio::test]
async fn many_requests_at_once_are_counted_exactly() {
    let town = Town::new().await;
    town.faults(&json!([{"match": {"path": "/me"}, "after": 10, "times": 17, "respond": {"status": 429}}])).await;
    let calls = (0..60).map(|_| {
        let town = town.clone();
        tokio::spawn(async move { town.get("alice", "/v1.0/me").await.status.as_u16() })
    });
    let mut refused = 0;
    for call in calls.collect::<Vec<_>>() {
        refused += u32::from(call.await.unwrap() == 429);
    }
    assert_eq!(refused, 17);
    let list = town.client.get(&town.at("faults")).await.json(200);
    assert_eq!((&list["value"][0]["seen"], &list["value"][0]["applied"]), (&json!(60), &json!(17)));
}

#[tokio::test]
async fn a_tenant_is_not_met_by_the_faults_of_another() {
    let client = Client::of_all_surfaces();
    let (one, other) = (Town::in_world(&client, &world()).await, Town::in_world(&client, &world()).await);
    one.faults(&json!([{"respond": {"status": 503}}])).await;
    assert_eq!(one.get("alice", "/v1.0/me").await.status, 503);
    assert_eq!(other.get("alice", "/v1.0/me").await.status, 200);
    assert_eq!(other.sign_ci_in().await.status, 200);
}

#[tokio::test]
async fn a_reset_takes_faults_away() {
    let town = Town::new().await;
    town.faults(&json!([{"respond": {"status": 503}}])).await;
    town.client.post(&town.at("reset"), &json!({})).await.json(200);
    assert_eq!(town.get("alice", "/v1.0/me").await.status, 200);
}

#[tokio::test]
async fn steps_of_a_batch_meet_faults_one_by_one() {
    let town = Town::new().await;
    let list = town.below_prod(ASSIGNMENTS);
    town.faults(&json!([{"match": {"path": "/subscriptions/**"}, "after": 1, "times": 1, "respond": {"status": 429}}]))
        .await;
    let step = |name: &str| json!({"httpMethod": "GET", "name": name, "url": list});
    let body = json!({"requests": [step("a"), step("b"), step("c")]});
    let answer = town.call("bob", Method::POST, "/batch?api-version=2020-06-01", Some(&body)).await.json(200);
    let statuses: Vec<_> =
        answer["responses"].as_array().unwrap().iter().map(|it| it["httpStatusCode"].clone()).collect();
    assert_eq!(statuses, [json!(200), json!(429), json!(200)]);
}

#[tokio::test]
async fn faults_that_make_no_sense_are_refused_with_their_place() {
    let town = Town::new().await;
    let path = town.at("faults");
    town.faults(&json!([{"respond": {"status": 503}}])).await;
    for (text, detail, field) in [
        (r#"[{"match": {"pth": "/me"}, "drop": true}]"#, "unknown key 'pth'; did you mean 'path'?", None),
        ("[{},\n {\"drop\": true}]", "a fault has exactly one of 'respond', 'delay' and 'drop'", Some("[0]")),
        (
            r#"[{"drop": true}, {"match": {"principal": "alcie"}, "drop": true}]"#,
            "the tenant has no user or application 'alcie'; did you mean 'alice'?",
            Some("[1].match.principal"),
        ),
        (r#"[{"delay": "2s"}]"#, "'2s' is not a duration: ", Some("[0].delay")),
        (r#"[{"delay": "PT1H"}]"#, "'PT1H' is more than PT10M, the longest that a request waits", Some("[0].delay")),
        (
            r#"[{"respond": {"status": 200}}]"#,
            "a fault answers with a status from 400 to 599, not 200",
            Some("[0].respond.status"),
        ),
        (r#"[{"match": {"path": "/me?x"}, "drop": true}]"#, "the pattern '/me?x' has a query", Some("[0].match.path")),
        (r#"[{"match": {"surface": "grph"}, "drop": true}]"#, "unknown word 'grph'; did you mean 'graph'?", None),
    ] {
        let request = axum::http::Request::put(&path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/json");
        let answer = town.client.send(request.body(text.into()).unwrap()).await;
        let said = answer.problem(400, "InvalidBody");
        assert!(said.starts_with(detail), "{said}");
        let problem = answer.json(400);
        assert!(problem["line"].is_number() && problem["column"].is_number(), "{problem}");
        assert_eq!(problem.get("field").and_then(|it| it.as_str()), field);
    }
    assert_eq!(town.get("alice", "/v1.0/me").await.status, 503, "what was refused has changed nothing");
}

/// Each step of a batch is a request of its own: it is met by faults, and noted.
#[tokio::test]
async fn a_step_of_a_batch_meets_what_a_request_meets() {
    let town = Town::new().await;
    town.faults(&json!([
        {"match": {"path": "/me"}, "times": 1, "respond": {"status": 429, "retryAfter": 7}},
        {"match": {"path": "/users"}, "times": 1, "drop": true},
        {"match": {"path": "/organization"}, "times": 1, "delay": "PT0.2S"},
    ]))
    .await;
    let step = |id: &str, url: &str| json!({"id": id, "method": "GET", "url": url});
    let batch = json!({"requests": [
        step("1", "/me"), step("2", "/users"), step("3", "/organization"), step("4", "/me"),
    ]});
    let began = Stopwatch::start();
    let body = town.call("alice", Method::POST, "/v1.0/$batch", Some(&batch)).await.json(200);
    assert!(began.microseconds() >= 200_000, "what holds back a step holds back the whole");
    let responses = body["responses"].as_array().unwrap();
    let statuses: Vec<_> = responses.iter().map(|it| it["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [429, 504, 200, 200]);
    assert_eq!(responses[0]["headers"]["Retry-After"], "7");
    assert_eq!(responses[0]["body"]["error"]["code"], "TooManyRequests");
    assert_eq!(responses[0]["body"]["error"]["innerError"]["request-id"], responses[0]["headers"]["request-id"]);
    let noted = town.requests("method=GET").await;
    let noted: Vec<_> = noted["value"].as_array().unwrap().iter().map(|it| it["status"].as_u64().unwrap()).collect();
    assert_eq!(noted, statuses);
    assert_eq!(town.requests("path=/$batch").await["count"], 1);
}
