//! How the log is asked: in pages, in order, by what records say, and how far back.

use super::kit::{ACTIVE, AUDITS, ELIGIBLE, alice, ask, ask_for, ask_for_good, asks, gina, names, told, unscanned};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, Lab, RITA, ROBOT};
use pim_core::model::Action;
use pim_core::time::{Instant, Length};
use pim_core::{Actor, Command, PrincipalId};
use pim_emulator::app::audit::{Direction, records};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Alice activates at 8:00, deactivates at 9:00 and activates again at 10:00: six records.
fn story() -> Lab {
    let lab = unscanned();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let activate = || ask_for(ACTIVE, Action::SelfActivate, Length::hours(4));
    asks(&lab, alice(), activate());
    lab.advance(Length::hours(1));
    asks(&lab, alice(), ask(ACTIVE, Action::SelfDeactivate));
    lab.advance(Length::hours(1));
    asks(&lab, alice(), activate());
    lab
}

async fn found(lab: &Lab, filter: &str) -> Vec<Value> {
    let path = format!("{AUDITS}?$filter={filter}");
    lab.with_scopes(RITA, "AuditLog.Read.All").get(&path).await.expect(200).items().to_vec()
}

/// AUD-3: 30 days of the tenant's clock, by list and by id.
#[tokio::test]
async fn the_log_goes_back_thirty_days() {
    let lab = story();
    let records = told(&lab).await;
    let reader = lab.with_scopes(RITA, "AuditLog.Read.All");
    let first = format!("{AUDITS}/{}", records[0]["id"].as_str().unwrap());
    let read = reader.get(&first).await.expect(200);
    let context = "http://localhost:8443/v1.0/$metadata#auditLogs/directoryAudits/$entity";
    assert_eq!((&read.body["@odata.context"], &read.body["id"]), (&json!(context), &records[0]["id"]));
    lab.advance(Length::hours(30 * 24 - 1));
    let left = told(&lab).await;
    assert_eq!(left.len(), 5, "the second activation, and its end: {:?}", names(&left));
    reader.get(&first).await.expect(404);
    reader.get(&format!("{AUDITS}/nonsense")).await.expect(404);
    lab.advance(Length::days(30));
    assert!(told(&lab).await.is_empty());
}

/// The newest first; a page holds a thousand at the most, and records that come do not move the pages after it.
#[tokio::test]
async fn pages_stay_while_new_records_come() {
    let lab = story();
    let reader = lab.with_scopes(RITA, "AuditLog.Read.All");
    let all: Vec<_> = told(&lab).await.into_iter().rev().collect();
    let page = reader.get(&format!("{AUDITS}?$top=4")).await.expect(200);
    assert_eq!(page.body["@odata.context"], "http://localhost:8443/v1.0/$metadata#auditLogs/directoryAudits");
    assert_eq!(page.items(), &all[..4]);
    asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminUpdate));
    let next = page.body["@odata.nextLink"].as_str().unwrap();
    assert!(next.contains("$top=4") && next.contains("$skiptoken="), "{next}");
    let rest = reader.get(next.strip_prefix("http://localhost:8443").unwrap()).await.expect(200);
    assert_eq!(rest.items(), &all[4..]);
    assert_eq!(rest.body["@odata.nextLink"], Value::Null);
    reader.get(&format!("{AUDITS}?$top=1000")).await.expect(200);
    reader.get(&format!("{AUDITS}?$top=1001")).await.expect(400);
}

#[tokio::test]
async fn a_thousand_records_make_a_page() {
    let lab = unscanned();
    for _ in 0..501 {
        asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminAssign));
        lab.advance(Length::minutes(6));
        asks(&lab, gina(), ask(ELIGIBLE, Action::AdminRemove));
        lab.advance(Length::minutes(6));
    }
    let reader = lab.with_scopes(RITA, "AuditLog.Read.All");
    let (mut path, mut sizes) = (format!("/v1.0/{AUDITS}"), Vec::new());
    loop {
        let page = reader.get(&path).await.expect(200);
        sizes.push(page.items().len());
        let Some(next) = page.body["@odata.nextLink"].as_str() else { break };
        path = next.strip_prefix("http://localhost:8443").unwrap().to_owned();
    }
    assert_eq!(sizes, [1000, 1000, 4]);
}

#[tokio::test]
async fn the_log_is_read_in_either_order() {
    let lab = story();
    let reader = lab.with_scopes(RITA, "AuditLog.Read.All");
    let at = |answer: &[Value]| answer.iter().map(|it| it["activityDateTime"].clone()).collect::<Vec<_>>();
    let newest = reader.get(&format!("{AUDITS}?$orderby=activityDateTime desc")).await.expect(200);
    let oldest = reader.get(&format!("{AUDITS}?$orderby=activityDateTime")).await.expect(200);
    assert_eq!(at(newest.items())[0], "2026-01-05T10:00:00Z");
    assert_eq!(at(oldest.items())[0], "2026-01-05T08:00:00Z");
    let shown = reader.get(&format!("{AUDITS}?$select=activityDisplayName,result&$top=1")).await.expect(200);
    assert_eq!(
        shown.items()[0],
        json!({ "result": "success", "activityDisplayName": "Add member to role completed (PIM activation)" })
    );
}

/// The oldest first, in pages too; no other order, and no place to begin at, is to be had.
#[tokio::test]
async fn the_log_has_one_order_and_both_its_directions() {
    let lab = story();
    let reader = lab.with_scopes(RITA, "AuditLog.Read.All");
    let all = told(&lab).await;
    let mut path = format!("/v1.0/{AUDITS}?$orderby=ActivityDateTime asc&$top=4&$count=true");
    let mut seen = Vec::new();
    loop {
        let page = reader.get(&path).await.expect(200);
        assert_eq!(page.body["@odata.count"], if seen.is_empty() { json!(6) } else { Value::Null });
        seen.extend_from_slice(page.items());
        asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminUpdate));
        let Some(next) = page.body["@odata.nextLink"].as_str().filter(|_| seen.len() < 6) else { break };
        path = next.strip_prefix("http://localhost:8443").unwrap().to_owned();
    }
    assert_eq!(seen[..6], all, "and then what has come since");
    for order in ["result", "activityDateTime desc,id", "nothing"] {
        reader.get(&format!("{AUDITS}?$orderby={order}")).await.expect(400);
    }
    let refused = reader.get(&format!("{AUDITS}?$orderby=category desc")).await.expect(400);
    assert_eq!(refused.message(), "Sorting not supported for current query.");
    let refused = reader.get(&format!("{AUDITS}?$skip=1")).await.expect(400);
    assert_eq!(refused.message(), "'$skip' is not supported by the service.");
}

/// Whoever looks for something rare through everything that is kept looks at a few events at a time.
#[test]
fn an_auditor_keeps_no_writer_waiting() {
    let lab = unscanned();
    for _ in 0..100 {
        asks(&lab, gina(), ask_for_good(ELIGIBLE, Action::AdminAssign));
        asks(&lab, gina(), ask(ELIGIBLE, Action::AdminRemove));
    }
    let now = lab.tenant().clock().now();
    for direction in [Direction::NewestFirst, Direction::OldestFirst] {
        let mut records = records(lab.tenant(), (Instant::FIRST, now), direction, None);
        let first = records.next().unwrap();
        let (tenant, (told, written)) = (Arc::clone(lab.tenant()), channel());
        std::thread::spawn(move || {
            for command in [ask_for_good(ELIGIBLE, Action::AdminAssign), ask(ELIGIBLE, Action::AdminRemove)] {
                told.send(tenant.handle(gina(), &Command::Request(command), |_, _| ())).unwrap();
            }
        });
        for _ in 0..2 {
            written.recv_timeout(Duration::from_secs(20)).expect("somebody may write").unwrap();
        }
        let keys: Vec<_> = std::iter::once(first).chain(records).map(|record| record.key.place(direction)).collect();
        assert!(keys.is_sorted_by(|one, other| one < other), "{direction:?}");
        assert_eq!(keys.len(), if direction == Direction::NewestFirst { 400 } else { 404 });
    }
}

/// Times include or exclude the instant, from either side.
#[tokio::test]
async fn the_log_is_filtered_by_time() {
    let lab = story();
    for (filter, count) in [
        ("activityDateTime ge 2026-01-05T09:00:00Z", 4),
        ("activityDateTime gt 2026-01-05T09:00:00Z", 2),
        ("activityDateTime le 2026-01-05T09:00:00Z", 4),
        ("activityDateTime lt 2026-01-05T09:00:00Z", 2),
        ("activityDateTime eq 2026-01-05T09:00:00Z", 2),
        ("activityDateTime ge 2026-01-05T08:30:00Z and activityDateTime le 2026-01-05T09:30:00Z", 2),
        ("activityDateTime lt 2026-01-05T08:30:00Z or activityDateTime gt 2026-01-05T09:30:00Z", 4),
        ("activityDateTime gt 2027-01-05T09:00:00Z", 0),
    ] {
        assert_eq!(found(&lab, filter).await.len(), count, "{filter}");
    }
}

/// Every property that the service filters by, and a target that is looked for.
#[tokio::test]
async fn the_log_is_filtered_by_what_records_say() {
    let lab = story();
    asks(&lab, Actor::Application { id: PrincipalId(ROBOT) }, ask_for_good(ELIGIBLE, Action::AdminUpdate));
    let correlation = told(&lab).await[0]["correlationId"].as_str().unwrap().to_owned();
    let (activations, robots) = (6, 2);
    for (filter, count) in [
        ("category eq 'RoleManagement'".to_owned(), activations + robots),
        ("category eq 'UserManagement'".to_owned(), 0),
        ("loggedByService eq 'PIM'".to_owned(), activations + robots),
        ("result eq 'success'".to_owned(), activations + robots),
        ("result eq 'failure'".to_owned(), 0),
        ("operationType eq 'Delete'".to_owned(), 2),
        ("activityDisplayName eq 'Add member to role completed (PIM activation)'".to_owned(), 2),
        ("startswith(activityDisplayName,'Remove')".to_owned(), 2),
        (format!("correlationId eq '{correlation}'"), 2),
        (format!("initiatedBy/user/id eq '{ALICE}'"), activations),
        (format!("initiatedBy/user/id eq '{GINA}'"), 0),
        ("initiatedBy/user/displayName eq 'alice'".to_owned(), activations),
        ("initiatedBy/user/userPrincipalName eq 'ALICE@contoso.onmicrosoft.com'".to_owned(), activations),
        ("initiatedBy/app/appId eq '11112222-3333-4444-8555-666677778888'".to_owned(), robots),
        ("initiatedBy/app/displayName eq 'robot'".to_owned(), robots),
        (format!("targetResources/any(t: t/id eq '{GROUPS_ADMINISTRATOR}')"), activations + robots),
        (format!("targetResources/any(t:t/id eq '{ROBOT}')"), 0),
        ("targetResources/any(t: startswith(t/displayName,'Groups'))".to_owned(), activations + robots),
        ("targetResources/any(t: t/type eq 'Directory' and t/displayName eq 'Fabrikam')".to_owned(), 0),
        (format!("activityDateTime ge 2026-01-05T09:00:00Z and initiatedBy/user/id eq '{ALICE}'"), 4),
    ] {
        assert_eq!(found(&lab, &filter).await.len(), count, "{filter}");
    }
    let reader = lab.with_scopes(RITA, "AuditLog.Read.All");
    reader.get(&format!("{AUDITS}?$filter=initiatedBy/nobody eq 'x'")).await.expect(400);
}

/// AUD-30: the export is the same records, with their numbers, and all of them.
#[tokio::test]
async fn the_export_has_what_graph_has_and_more() {
    let lab = story();
    let by_graph = told(&lab).await;
    lab.advance(Length::days(40));
    let path = format!("/_emulator/tenants/{}/audit.ndjson", lab.tenant().id());
    let text = lab.anonymous().get(&path).await.expect(200);
    assert_eq!(text.headers["content-type"], "application/x-ndjson");
    let lines = |text: &Value| -> Vec<Value> {
        text.as_str().unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let all = lines(&text.body);
    assert_eq!(all.len(), 7, "the end of the second activation too");
    let mut numbers = Vec::new();
    for (line, record) in all.iter().zip(&by_graph) {
        let mut line = line.clone();
        numbers.push(line.as_object_mut().unwrap().remove("sequence").unwrap().as_u64().unwrap());
        assert_eq!(&line, record);
    }
    assert!(numbers.is_sorted() && numbers[0] == numbers[1] && numbers[1] < numbers[2], "{numbers:?}");
    let text = lab.anonymous().get(&format!("{path}?after={}", numbers[3])).await.expect(200);
    assert_eq!(lines(&text.body), all[4..]);
    let text = lab.anonymous().get(&format!("{path}?after=999999")).await.expect(200);
    assert_eq!(text.body, Value::Null);
}
