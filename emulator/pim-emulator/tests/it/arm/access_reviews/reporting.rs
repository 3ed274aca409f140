//! Reports at a scope.

use super::{NAME, at, prod, put, running};
use crate::arm::kit::Azure;
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn a_report_is_put_read_downloaded_and_deleted() {
    let azure = Azure::new().await;
    let prod = prod(&azure).await;
    running(&azure, &prod, &json!({})).await;
    let carol = azure.user("carol").await;
    let report = format!("accessReviewHistoryDefinitions/{NAME}");
    let body = json!({
        "displayName": "January", "decisions": ["NotReviewed", "NotNotified"],
        "reviewHistoryPeriodStartDateTime": "2026-01-01T00:00:00Z",
        "reviewHistoryPeriodEndDateTime": "2026-02-01T00:00:00Z",
    });
    azure.user("alice").await.get(&at(&prod, &report)).await.refused(403, "AuthorizationFailed");
    put(&carol, &at(&prod, &report), &json!({"properties": body})).await.expect(200);
    azure.advance("PT1M").await;
    let read = put(&carol, &at(&prod, &report), &body).await.expect(200).body;
    assert_eq!(
        (&read["properties"]["status"], &read["properties"]["decisions"]),
        (&json!("done"), &json!(["NotReviewed"]))
    );
    assert_eq!(carol.get(&at(&prod, &report)).await.expect(200).body, read);
    let list = carol.get(&at(&prod, "accessReviewHistoryDefinitions")).await.expect(200);
    assert_eq!(list.body["value"].as_array().unwrap().len(), 1);
    let instances = carol.get(&at(&prod, &format!("{report}/instances"))).await.expect(200);
    assert_eq!(instances.body["value"][0]["name"], NAME);
    let uri = at(&prod, &format!("{report}/instances/{NAME}/generateDownloadUri"));
    let link = carol.post(&uri, "{}").await.expect(200).body["properties"]["downloadUri"].as_str().unwrap().to_owned();
    let (_, rest) = link.split_once("://").unwrap();
    let (headers, bytes) = azure.anonymous().bytes(&rest[rest.find('/').unwrap()..], &[]).await;
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("Alice Archer") && text.contains("AzureRole"), "{text}");
    let mut odd = body.clone();
    odd["reviewHistoryPeriodEndDateTime"] = json!("soon");
    let other = "accessReviewHistoryDefinitions/11111111-2222-4333-8444-555555555555";
    put(&carol, &at(&prod, other), &odd).await.refused(400, "BadRequestFormat");
    odd["reviewHistoryPeriodEndDateTime"] = json!("2025-01-01T00:00:00Z");
    put(&carol, &at(&prod, other), &odd).await.refused(400, "BadRequest");
    carol.send(Method::DELETE, &at(&prod, &report), &[], "").await.expect(200);
    carol.send(Method::DELETE, &at(&prod, &report), &[], "").await.expect(204);
    carol.get(&at(&prod, &report)).await.refused(404, "ResourceNotFound");
}
