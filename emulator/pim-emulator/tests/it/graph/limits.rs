//! What calls cost, and what is said to whoever calls too often (ERR-21).

use super::lab::{ALICE, Client, GINA, Lab, OPS, RITA, WRITE};
use axum::body::Body;
use axum::http::Method;
use pim_core::{Behaviour, Command};
use serde_json::json;

fn throttled() -> Lab {
    let lab = Lab::new();
    lab.set_up(&Command::SetBehaviour(Behaviour { throttling: true, ..Behaviour::default() }));
    lab
}

#[tokio::test]
async fn the_directory_says_what_a_call_has_cost() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    for (path, cost) in [
        ("users", "2"),
        ("users?$select=id", "1"),
        ("users?$select=id&$top=5", "1"),
        ("users?$top=19", "1"),
        ("users?$top=20", "2"),
        ("users?%24expand=manager", "3"),
        (&format!("users/{ALICE}"), "1"),
        (&format!("users/{ALICE}?$select=id"), "1"),
        (&format!("groups/{OPS}/members"), "3"),
        (&format!("groups/{OPS}/transitiveMembers"), "5"),
        ("me/memberOf", "2"),
        ("subscribedSkus", "3"),
        ("groups", "1"),
    ] {
        assert_eq!(gina.get(path).await.expect(200).headers["x-ms-resource-unit"], cost, "{path}");
    }
    let check = gina.post("me/checkMemberGroups", json!({ "groupIds": [OPS] })).await.expect(200);
    assert_eq!(check.headers["x-ms-resource-unit"], "4");
    let change = gina.patch(&format!("groups/{OPS}"), json!({ "description": "x" })).await.expect(204);
    assert_eq!(change.headers["x-ms-resource-unit"], "1");
    // PIM has no such units, and a step of a batch has its own.
    let pim = lab.user(RITA).get("roleManagement/directory/roleAssignmentSchedules").await.expect(200);
    assert!(pim.headers.get("x-ms-resource-unit").is_none());
    let batch = json!({ "requests": [{ "id": "1", "method": "GET", "url": "/users" }] });
    let answer = gina.post("$batch", batch).await.expect(200);
    assert_eq!(answer.body["responses"][0]["headers"]["x-ms-resource-unit"], "2");
    assert!(answer.headers.get("x-ms-resource-unit").is_none());
}

/// ERR-21.
#[tokio::test]
async fn whoever_calls_too_often_is_told_when_to_come_again() {
    let lab = throttled();
    // Of reports there are five in ten seconds, whoever asks through the same application.
    let (rita, gina) = (lab.with_scopes(RITA, "AuditLog.Read.All"), lab.with_scopes(GINA, "AuditLog.Read.All"));
    let audits = async |client: &Client<'_>| client.get("auditLogs/directoryAudits").await;
    for count in 1..=5 {
        let answer = audits(if count % 2 == 0 { &rita } else { &gina }).await.expect(200);
        let share = answer.headers.get("x-ms-throttle-limit-percentage").map(|it| it.to_str().unwrap().to_owned());
        assert_eq!(
            share.as_deref(),
            [None, Some("0.8"), Some("1.0")][usize::try_from(count).unwrap().saturating_sub(3)]
        );
    }
    let refused = audits(&rita).await.expect(429);
    assert_eq!((refused.code(), refused.message()), ("TooManyRequests", "Please retry again later."));
    let inner = &refused.body["error"]["innerError"];
    assert_eq!(
        (&inner["code"], &inner["status"], &inner["message"]),
        (&json!("429"), &json!("429"), &json!("Please retry after"))
    );
    let seconds: u32 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=10).contains(&seconds), "{seconds}");
    let scope = refused.headers["x-ms-throttle-scope"].to_str().unwrap();
    assert!(scope.starts_with("Tenant_Application/ReadWrite/14d82eec-204b-4c2f-b7e8-296a70dab67e/"), "{scope}");
    assert_eq!(refused.headers["x-ms-throttle-information"], "CPULimitExceeded");
    // Another application has a limit of its own, and so has everything else.
    lab.application_with(&["AuditLog.Read.All"]).get("auditLogs/directoryAudits").await.expect(200);
    lab.user(ALICE).get("me").await.expect(200);
}

/// ERR-21.
#[tokio::test]
async fn a_step_of_a_batch_is_throttled_alone() {
    let lab = throttled();
    let steps: Vec<_> = (0..7)
        .map(|number| json!({ "id": number.to_string(), "method": "GET", "url": "/auditLogs/directoryAudits" }))
        .chain([json!({ "id": "me", "method": "GET", "url": "/me" })])
        .collect();
    let client = lab.with_scopes(RITA, "AuditLog.Read.All User.Read");
    let answer = client.post("$batch", json!({ "requests": steps })).await.expect(200);
    let statuses: Vec<_> = answer.body["responses"].as_array().unwrap().iter().map(|it| it["status"].clone()).collect();
    assert_eq!(json!(statuses), json!([200, 200, 200, 200, 200, 429, 429, 200]));
    assert!(answer.body["responses"][6]["headers"]["Retry-After"].is_string(), "{}", answer.body["responses"][6]);
}

/// ERR-21.
#[tokio::test]
async fn units_and_writes_of_the_directory_run_out() {
    let lab = throttled();
    let gina = lab.with_scopes(GINA, WRITE);
    let path = format!("groups/{OPS}/transitiveMembers");
    let step = |number: usize| json!({ "id": number.to_string(), "method": "GET", "url": path });
    let reads = json!({ "requests": (0..20).map(step).collect::<Vec<_>>() });
    // Five units each: 35 batches of twenty use up 3500.
    let mut refused = 0;
    for _ in 0..36 {
        let answer = gina.post("$batch", reads.clone()).await.expect(200);
        refused += answer.body["responses"].as_array().unwrap().iter().filter(|it| it["status"] == 429).count();
    }
    assert_eq!(refused, 20);
    let answer = gina.get(&path).await.expect(429);
    assert_eq!(answer.headers["x-ms-throttle-information"], "ResourceUnitLimitExceeded");
    gina.patch(&format!("groups/{OPS}"), json!({ "description": "x" })).await.expect(204);
}

#[tokio::test]
async fn nobody_calls_too_often_unless_the_switch_says_so() {
    let lab = Lab::new();
    let rita = lab.with_scopes(RITA, "AuditLog.Read.All");
    for _ in 0..12 {
        let answer = rita.send(Method::GET, "auditLogs/directoryAudits", &[], Body::empty()).await.expect(200);
        assert!(answer.headers.get("x-ms-throttle-limit-percentage").is_none());
    }
}
