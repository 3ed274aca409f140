//! Scenarios that a running emulator is asked to run.

use crate::support::{Answer, Client};
use axum::body::Body;
use axum::http::{Method, header};
use serde_json::{Value, json};

const RUN: &str = "/_emulator/scenarios/run";

const LESSON: &str = "\
title: A lesson
teaches: What is answered.
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: ada, mfa: true } ]
  eligible: [ { principal: ada, role: Groups Administrator, duration: P90D } ]
steps:
  - shows: It is refused
    as: ada
    activate: { role: Groups Administrator, for: PT1H }
    refused: { code: RoleAssignmentRequestPolicyValidationFailed }
  - advance: PT1H
";

async fn send(client: &Client, content_type: &str, text: &str) -> Answer {
    let mut request = Client::request(Method::POST, RUN, None);
    request.headers_mut().insert(header::CONTENT_TYPE, content_type.parse().unwrap());
    *request.body_mut() = Body::from(text.to_owned());
    client.send(request).await
}

#[tokio::test]
async fn a_scenario_is_run_and_leaves_nothing_behind() {
    let client = Client::of_all_surfaces();
    let report = send(&client, "application/yaml", LESSON).await.json(200);
    assert_eq!((&report["title"], &report["file"]), (&json!("A lesson"), &json!("request body")));
    let outcomes: Vec<_> = report["steps"].as_array().unwrap().iter().map(|step| &step["outcome"]).collect();
    assert_eq!(outcomes, ["passed", "passed"]);
    assert_eq!((&report["steps"][0]["line"], &report["steps"][0]["shows"]), (&json!(8), &json!("It is refused")));
    assert_eq!(client.get("/_emulator/tenants").await.json(200)["value"], json!([]));
}

#[tokio::test]
async fn a_step_that_is_not_as_it_says_is_part_of_the_answer() {
    let client = Client::of_all_surfaces();
    let text = LESSON.replace("code: Role", "code: NotRole");
    let report = send(&client, "application/yaml; charset=utf-8", &text).await.json(200);
    let [first, second] = report["steps"].as_array().unwrap().as_slice() else { panic!("{report}") };
    assert_eq!((&first["outcome"], &second["outcome"]), (&json!("failed"), &json!("skipped")));
    assert!(first["happened"].as_str().unwrap().contains("JustificationRule"), "{report}");
}

#[tokio::test]
async fn a_built_in_scenario_is_run_by_its_name() {
    let client = Client::of_all_surfaces();
    let report = client.post(RUN, &json!({ "scenario": "clock-traps" })).await.json(200);
    assert_eq!(report["file"], "clock-traps.yaml");
    assert!(report["steps"].as_array().unwrap().iter().all(|step| step["outcome"] == "passed"), "{report}");
    let problem = client.post(RUN, &json!({ "scenario": "clock-trap" })).await.json(400);
    assert_eq!((&problem["code"], &problem["field"]), (&json!("InvalidScenario"), &json!("scenario")));
    let detail = problem["detail"].as_str().unwrap();
    assert_eq!(detail, "there is no scenario named 'clock-trap'; did you mean 'clock-traps'?");
}

#[tokio::test]
async fn a_mistake_is_answered_with_its_place() {
    let client = Client::of_all_surfaces();
    let at = |problem: &Value| (problem["line"].as_u64(), problem["column"].as_u64(), problem["field"].clone());
    let problem = send(&client, "application/yaml", &LESSON.replace("as: ada", "as: adam")).await.json(400);
    assert_eq!(problem["code"], "InvalidScenario");
    assert_eq!(at(&problem), (Some(9), Some(9), json!("steps[0].as")));
    assert!(problem["detail"].as_str().unwrap().contains("did you mean 'ada'?"), "{problem}");
    let steps =
        "\n{\"title\": \"t\", \"teaches\": \"t\", \"scenario\": \"contoso\",\n \"steps\": [{\"advnce\": \"PT1H\"}]}";
    let problem = send(&client, "application/json", steps).await.json(400);
    assert_eq!((problem["code"].as_str(), problem["line"].as_u64()), (Some("InvalidScenario"), Some(3)));
    assert!(problem["detail"].as_str().unwrap().contains("did you mean 'advance'?"), "{problem}");
    assert_eq!(send(&client, "text/plain", LESSON).await.json(415)["code"], "UnsupportedMediaType");
    let long = format!("{LESSON}{}", " ".repeat(5 << 20));
    assert_eq!(send(&client, "application/yaml", &long).await.json(413)["code"], "TooLarge");
}

#[tokio::test]
async fn a_scenario_cannot_run_scenarios() {
    let client = Client::of_all_surfaces();
    let step = "    call: { method: POST, path: /_emulator/scenarios/run, body: { scenario: contoso } }\n";
    let text = format!("{LESSON}  - as: ada\n{step}");
    let problem = send(&client, "application/yaml", &text).await.json(400);
    assert_eq!((&problem["field"], &problem["line"]), (&json!("steps[2].call.path"), &json!(14)));
}
