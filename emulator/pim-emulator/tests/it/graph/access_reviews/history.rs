//! Reports: asked for, made, and downloaded by whoever has the link.

use super::{BOB, Running, client, lab};
use crate::graph::lab::{ALICE, GINA, Lab, RITA};
use pim_core::time::Length;
use serde_json::{Value, json};

const HISTORIES: &str = "identityGovernance/accessReviews/historyDefinitions";

fn report(more: &Value) -> Value {
    let mut body = json!({
        "displayName": "The winter",
        "decisions": ["approve", "deny", "notReviewed"],
        "reviewHistoryPeriodStartDateTime": "2026-01-01T00:00:00Z",
        "reviewHistoryPeriodEndDateTime": "2026-03-31T00:00:00Z",
        "scopes": [{
            "@odata.type": "#microsoft.graph.accessReviewQueryScope", "queryType": "MicrosoftGraph",
            "query": "/identityGovernance/accessReviews/definitions?$filter=contains(scope/query, '/roleManagement')",
        }],
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// The lines of what a link leads to, without a token.
async fn download(lab: &Lab, link: &str) -> Vec<String> {
    let (_, rest) = link.split_once("://").unwrap();
    let path = &rest[rest.find('/').unwrap()..];
    let (headers, bytes) = lab.anonymous().bytes(path, &[]).await;
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_report_is_made_and_downloaded() {
    let lab = lab();
    let running = Running::start(&lab, json!({"displayName": "=Groups, \"all\""})).await;
    running.decide(&lab, RITA, BOB, "Deny").await.expect(204);
    let gina = client(&lab, GINA);
    let made = gina.post(HISTORIES, report(&json!({}))).await.expect(201);
    assert_eq!(made.body["decisions"], json!(["approve", "deny", "notReviewed"]));
    assert_eq!(made.body["createdBy"]["displayName"], "gina");
    let path = format!("{HISTORIES}/{}", made.body["id"].as_str().unwrap());
    lab.advance(Length::minutes(1));
    assert_eq!(gina.get(&path).await.expect(200).body["status"], "done");
    assert_eq!(gina.get(HISTORIES).await.expect(200).body["@odata.count"], 1);
    let instances = gina.get(&format!("{path}/instances")).await.expect(200);
    let [instance] = instances.items() else { panic!("{}", instances.body) };
    assert_eq!((&instance["downloadUri"], &instance["status"]), (&Value::Null, &json!("done")));
    let uri = format!("{path}/instances/{}/generateDownloadUri", instance["id"].as_str().unwrap());
    let link = gina.post(&uri, json!({})).await.expect(200).body["downloadUri"].as_str().unwrap().to_owned();
    let lines = download(&lab, &link).await;
    assert!(lines[0].starts_with("AccessReviewId,AccessReviewName,"), "{lines:?}");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[1..].iter().all(|line| line.contains("\"'=Groups, \"\"all\"\"\"")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains(",deny,because,") && line.contains(&BOB.to_string())), "{lines:?}");
    // A link is good for a day, and as it is.
    let (_, rest) = link.split_once("://").unwrap();
    let relative = rest[rest.find('/').unwrap()..].to_owned();
    let forged = relative.replace("se=1", "se=9");
    lab.anonymous().get(&forged).await.expect(403);
    lab.anonymous().get("/_emulator/accessReviewReports/x").await.expect(403);
    lab.advance(Length::days(2));
    lab.anonymous().get(&relative).await.expect(403);
    // The report itself is kept for 30 days.
    lab.advance(Length::days(30));
    gina.get(&path).await.expect(404);
}

#[tokio::test]
async fn a_report_tells_of_what_its_scopes_and_decisions_name() {
    let lab = lab();
    let running = Running::start(&lab, json!({})).await;
    running.decide(&lab, RITA, BOB, "Deny").await.expect(204);
    let gina = client(&lab, GINA);
    let groups = json!({"scopes": [{"query": "/identityGovernance/accessReviews/definitions?$filter=contains(scope/query,+'/groups')"}]});
    for (more, wanted) in [
        (json!({"decisions": ["deny"]}), 1),
        (json!({"decisions": ["approve", "notNotified"]}), 0),
        (groups, 0),
        (json!({"scopes": [{"query": "/identityGovernance/accessReviews/definitions"}]}), 2),
        (json!({"reviewHistoryPeriodStartDateTime": "2026-03-01T00:00:00Z"}), 0),
        (json!({"scheduleSettings": {"reportRange": "P1M"}, "reviewHistoryPeriodStartDateTime": null}), 2),
    ] {
        let made = gina.post(HISTORIES, report(&more)).await.expect(201);
        let id = made.body["id"].as_str().unwrap();
        lab.advance(Length::minutes(1));
        let uri = format!("{HISTORIES}/{id}/instances/{id}/generateDownloadUri");
        let link = gina.post(&uri, json!({})).await.expect(200).body["downloadUri"].as_str().unwrap().to_owned();
        assert_eq!(download(&lab, &link).await.len(), wanted + 1, "{more}");
    }
}

#[tokio::test]
async fn reports_are_for_whoever_reads_reviews() {
    let lab = lab();
    let alice = client(&lab, ALICE);
    alice.get(HISTORIES).await.expect(403);
    alice.post(HISTORIES, report(&json!({}))).await.expect(403);
    client(&lab, RITA).get(HISTORIES).await.expect(200);
    let gina = client(&lab, GINA);
    for (more, part) in [
        (json!({"displayName": null}), "displayName"),
        (json!({"scopes": []}), "scopes"),
        (json!({"decisions": ["perhaps"]}), "'perhaps'"),
        (json!({"reviewHistoryPeriodEndDateTime": null}), "reviewHistoryPeriodEndDateTime"),
        (json!({"reviewHistoryPeriodEndDateTime": "2025-01-01T00:00:00Z"}), "period"),
        (json!({"scheduleSettings": {"reportRange": "long"}}), "'long'"),
    ] {
        let refused = gina.post(HISTORIES, report(&more)).await.expect(400);
        assert!(refused.message().contains(part), "{more}: {}", refused.message());
    }
    gina.get(&format!("{HISTORIES}/{ALICE}")).await.expect(404);
}
