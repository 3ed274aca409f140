//! The control API: a manager's decision on an extension, and a licence that lapses.

use crate::support::Client;
use pim_core::model::conditional_access::AuthenticationContexts;
use pim_core::model::{Action, AskedExpiration, AskedSchedule, AssignmentKind, RequestStatus, TicketInfo};
use pim_core::time::Length;
use pim_core::{Actor, Ask, By, Command, PrincipalId, View};
use pim_emulator::app::Tenant;
use serde_json::{Value, json};
use std::sync::Arc;

/// A tenant in which ann, eligible for ten more days, has asked for thirty; answers it with the id of her request.
async fn asking(client: &Client) -> (Arc<Tenant>, String) {
    let world = json!({"world": {
        "tenant": {"now": "2026-01-05T08:00:00Z"},
        "users": [{"name": "ann"}, {"name": "boss"}],
        "active": [{"principal": "boss", "role": "Privileged Role Administrator"}],
        "eligible": [{"principal": "ann", "role": "Global Reader", "duration": "P10D"}],
    }});
    let made = client.post("/_emulator/tenants", &world).await.json(201);
    let tenant = client.app.tenant_by_segment(made["tenantId"].as_str().unwrap()).unwrap();
    let ann = tenant.names().user("ann").unwrap();
    let (_, eligibility) =
        tenant.read(|view| view.schedules(AssignmentKind::Eligibility, By::Principal(ann), None).next()).unwrap();
    let ask = Ask {
        side: AssignmentKind::Eligibility,
        action: Action::SelfExtend,
        principal: ann,
        privilege: eligibility.privilege,
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::days(30)) }),
        target_schedule: None,
        justification: Some("still on duty".to_owned()),
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    };
    let request = tenant.handle(user(ann), &Command::Request(ask), |_, outcome| outcome.request).unwrap().unwrap();
    (tenant, request.id.to_string())
}

const fn user(id: PrincipalId) -> Actor {
    Actor::User { id, mfa: false, contexts: AuthenticationContexts::NONE }
}

fn path(tenant: &Tenant, rest: &str) -> String {
    format!("/_emulator/tenants/{}/{rest}", tenant.id())
}

fn ends(tenant: &Tenant) -> Vec<String> {
    tenant.read(|view| {
        let ann = tenant.names().user("ann").unwrap();
        let schedules = view.schedules(AssignmentKind::Eligibility, By::Principal(ann), None);
        schedules.filter_map(|(_, it)| it.window.end.map(|end| end.to_string())).collect()
    })
}

/// EXT-4, EXT-7, APR-36: a manager grants an extension with another end than the one that was asked for.
#[tokio::test]
async fn a_manager_grants_an_extension() {
    let client = Client::new();
    let (tenant, request) = asking(&client).await;
    let decision = path(&tenant, &format!("schedule-requests/{request}/decision"));
    let of_ann = json!({"user": "ann", "decision": "approve"});
    client.post(&decision, &of_ann).await.problem(409, "Conflict");
    assert_eq!(ends(&tenant), ["2026-01-15T08:00:00Z"]);
    let body = json!({"user": "boss", "decision": "approve", "duration": "P20D", "justification": "until the audit"});
    assert_eq!(client.post(&decision, &body).await.status, 204);
    assert_eq!(ends(&tenant), ["2026-01-25T08:00:00Z"]);
    client.post(&decision, &body).await.problem(409, "Conflict");
}

/// EXT-7: a manager gives an extension another start. Whether an assignment is eligible or active stays as it is, and a decision
/// that would change that says so.
#[tokio::test]
async fn a_manager_gives_other_times_and_not_another_kind() {
    let client = Client::new();
    let (tenant, request) = asking(&client).await;
    let decision = path(&tenant, &format!("schedule-requests/{request}/decision"));
    let mut body = json!({"user": "boss", "decision": "approve", "assignmentType": "active",
        "start": "2026-01-10T08:00:00Z", "end": "2026-02-10T08:00:00Z"});
    let said = client.post(&decision, &body).await.problem(501, "NotEmulated");
    assert!(said.contains("an eligible assignment active"), "{said}");
    assert_eq!(ends(&tenant), ["2026-01-15T08:00:00Z"]);
    body["assignmentType"] = json!("eligible");
    assert_eq!(client.post(&decision, &body).await.status, 204);
    assert_eq!(ends(&tenant), ["2026-02-10T08:00:00Z"]);
    let ann = tenant.names().user("ann").unwrap();
    let starts = tenant.read(|view| {
        let schedules = view.schedules(AssignmentKind::Eligibility, By::Principal(ann), None);
        schedules.map(|(_, it)| it.window.start.to_string()).collect::<Vec<_>>()
    });
    assert_eq!(starts, ["2026-01-10T08:00:00Z"]);
}

/// EXT-7: a renewal is for the times that the manager says.
#[tokio::test]
async fn a_renewal_is_granted_with_times() {
    let client = Client::new();
    let (tenant, _) = asking(&client).await;
    client.post(&path(&tenant, "clock/advance"), &json!({"by": "P10D"})).await.json(200);
    let ann = tenant.names().user("ann").unwrap();
    let asked = |view: View<'_>, status| {
        let mut requests = view.requests(AssignmentKind::Eligibility, By::Creator(ann), None).map(|(_, it)| it);
        requests.find(|it| it.status == status)
    };
    let failed =
        tenant.read(|view| asked(view, RequestStatus::Failed)).expect("the extension fails with the end (EXT-1)");
    let ask = Ask {
        side: failed.side,
        action: Action::SelfRenew,
        principal: ann,
        privilege: failed.privilege,
        schedule: failed.asked,
        target_schedule: None,
        justification: failed.justification,
        ticket: failed.ticket,
        id: None,
        details: None,
    };
    let request = tenant.handle(user(ann), &Command::Request(ask), |_, outcome| outcome.request).unwrap().unwrap();
    let decision = path(&tenant, &format!("schedule-requests/{}/decision", request.id));
    let mut body = json!({"user": "boss", "decision": "approve"});
    let said = client.post(&decision, &body).await.problem(409, "Conflict");
    assert!(said.contains("schedule"), "{said}");
    body["duration"] = json!("P20D");
    assert_eq!(client.post(&decision, &body).await.status, 204);
    assert_eq!(ends(&tenant), ["2026-02-04T08:00:00Z"]);
}

/// EXT-13: a manager says no, and nothing but the request is different.
#[tokio::test]
async fn a_manager_refuses_an_extension() {
    let client = Client::new();
    let (tenant, request) = asking(&client).await;
    let decision = path(&tenant, &format!("schedule-requests/{request}/decision"));
    for (body, code) in [
        (json!({"user": "bos", "decision": "deny"}), "InvalidBody"),
        (json!({"user": "boss", "decision": "perhaps"}), "InvalidBody"),
        (json!({"user": "boss", "decision": "approve", "duration": "P20D", "permanent": true}), "InvalidBody"),
        (json!({"user": "boss", "decision": "approve", "start": "2026-01-06T08:00:00Z"}), "InvalidBody"),
        (json!({"user": "boss", "decision": "approve", "duration": "P1M"}), "InvalidBody"),
        (json!({"user": "boss", "decision": "approve", "assignmentType": "permanent"}), "InvalidBody"),
    ] {
        client.post(&decision, &body).await.problem(400, code);
    }
    let nowhere = path(&tenant, "schedule-requests/00000000-0000-0000-0000-000000000009/decision");
    client.post(&nowhere, &json!({"user": "boss", "decision": "deny"})).await.problem(404, "NotFound");
    assert_eq!(client.post(&decision, &json!({"user": "boss", "decision": "deny"})).await.status, 204);
    let status = tenant.read(|view| {
        let ann = tenant.names().user("ann").unwrap();
        let request = view.requests(AssignmentKind::Eligibility, By::Creator(ann), None).next();
        request.map(|(_, it)| it.status.name())
    });
    assert_eq!(status, Some("AdminDenied"));
    assert_eq!(ends(&tenant), ["2026-01-15T08:00:00Z"]);
}

/// LIC-5, LIC-7: a licence lapses by a change of the control API.
#[tokio::test]
async fn a_licence_lapses() {
    let client = Client::new();
    let (tenant, _) = asking(&client).await;
    let behaviour = path(&tenant, "behaviour");
    let shown = |list: &Value| {
        let found = list["value"].as_array().unwrap().iter().find(|it| it["name"] == "license").cloned();
        found.unwrap()["value"].clone()
    };
    assert_eq!(shown(&client.get(&behaviour).await.json(200)), "p2");
    client.patch(&behaviour, &json!({"license": "gold"})).await.problem(400, "InvalidBody");
    client.patch(&behaviour, &json!({"licence": "none"})).await.problem(400, "InvalidBody");
    let before = tenant.log().last();
    for half in [json!({"license": "gold", "listDelay": "PT10S"}), json!({"license": "none", "listDelay": "soon"})] {
        client.patch(&behaviour, &half).await.problem(400, "InvalidBody");
    }
    assert_eq!(tenant.log().last(), before, "all of it or nothing");
    let after = client.patch(&behaviour, &json!({"license": "none", "listDelay": "PT10S"})).await.json(200);
    assert_eq!(shown(&after), "none");
    let events = client.get(&path(&tenant, &format!("events?after={before}"))).await.json(200);
    let names: Vec<_> = events["value"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect();
    assert_eq!(names[..2], ["behaviourChanged", "licenseChanged"]);
    assert!(ends(&tenant).is_empty());
    let events = client.get(&path(&tenant, "events")).await.json(200);
    let failed = events["value"].as_array().unwrap().iter().rfind(|event| event["type"] == "requestStatusChanged");
    assert_eq!(failed.expect("what ann asked for")["cause"], "licenseLapsed");
    let boss = tenant.names().user("boss").unwrap();
    let kept = tenant.read(|view| view.instances(AssignmentKind::Assignment, By::Principal(boss), None).count());
    assert_eq!(kept, 0, "lists lag by the delay that was set (LAT-6)");
    client.patch(&behaviour, &json!({"listDelay": "PT0S"})).await.json(200);
    let kept = tenant.read(|view| view.instances(AssignmentKind::Assignment, By::Principal(boss), None).count());
    assert_eq!(kept, 1, "permanent assignments stay");
}
