//! The webhook sink against a receiver that answers as it likes.

use pim_core::model::{Action, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, Privilege, TicketInfo};
use pim_core::{Actor, Ask, Command, RoleDefinitionId};
use pim_emulator::Emulator;
use pim_emulator::app::Tenant;
use pim_emulator::app::audit::Webhook;
use serde_json::Value;
use std::collections::HashMap;
use std::time::Duration;
use uuid::{Uuid, uuid};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const GLOBAL_READER: Uuid = uuid!("f2ef992c-3afb-46b9-b7cf-a126ee74c451");

async fn emulator(receiver: &str) -> Emulator {
    let webhook: Webhook = format!("{receiver}/audit").parse().unwrap();
    Emulator::builder().audit_webhook(Some(webhook)).start().await.unwrap()
}

/// A tenant with somebody who administrates it.
fn tenant(emulator: &Emulator, seed: u64) -> std::sync::Arc<Tenant> {
    let world = format!(
        r#"{{ "seed": {seed}, "world": {{ "users": [{{ "name": "ada" }}, {{ "name": "gina" }}],
            "active": [{{ "principal": "gina", "role": "Global Administrator" }}] }} }}"#
    );
    emulator.tenant(&world).unwrap()
}

/// Makes ada eligible or takes that away again: two records.
fn happens(tenant: &Tenant, action: Action) {
    let id = |name: &str| tenant.names().user(name).unwrap();
    let asked = AskedSchedule { start: None, expiration: AskedExpiration::NoExpiration };
    let ask = Ask {
        side: AssignmentKind::Eligibility,
        action,
        principal: id("ada"),
        privilege: Privilege::DirectoryRole { role: RoleDefinitionId(GLOBAL_READER), scope: DirectoryScope::Tenant },
        schedule: (action == Action::AdminAssign).then_some(asked),
        target_schedule: None,
        justification: None,
        ticket: TicketInfo::default(),
    };
    let gina = Actor::User { id: id("gina"), mfa: true, contexts: Default::default() };
    tenant.handle(gina, &Command::Request(Ask { justification: Some("test".to_owned()), ..ask }), |_, _| ()).unwrap();
}

fn happens_times(tenant: &Tenant, times: usize) {
    for number in 0..times {
        happens(tenant, if number % 2 == 0 { Action::AdminAssign } else { Action::AdminRemove });
    }
}

/// The ids of the records that a receiver has taken, by tenant, and of those that it got at all.
async fn taken(receiver: &MockServer, statuses: &[u16]) -> HashMap<String, Vec<String>> {
    let mut taken: HashMap<String, Vec<String>> = HashMap::new();
    let requests = receiver.received_requests().await.unwrap();
    for (request, _) in requests.iter().zip(statuses.iter().chain(std::iter::repeat(&200))).filter(|(_, it)| **it < 300)
    {
        let message: Value = serde_json::from_slice(&request.body).unwrap();
        let ids = message["records"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned());
        taken.entry(message["tenantId"].as_str().unwrap().to_owned()).or_default().extend(ids);
    }
    taken
}

/// Every record of a tenant, as the export has them.
fn all(tenant: &Tenant) -> Vec<String> {
    tenant.audit(|audit| audit.after(0, u64::MAX)).0.into_iter().map(|record| record.id).collect()
}

/// Waits until a receiver has taken so many records.
async fn until_taken(receiver: &MockServer, statuses: &[u16], count: usize) -> HashMap<String, Vec<String>> {
    for _ in 0..400 {
        let taken = taken(receiver, statuses).await;
        if taken.values().map(Vec::len).sum::<usize>() >= count {
            return taken;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("only these were taken: {:?}", taken(receiver, statuses).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_of_every_tenant_is_sent_once_and_in_order() {
    let receiver = MockServer::start().await;
    let good = Mock::given(method("POST")).and(path("/audit")).and(header("content-type", "application/json"));
    good.respond_with(ResponseTemplate::new(202)).mount(&receiver).await;
    let emulator = emulator(&receiver.uri()).await;
    let (one, other) = (tenant(&emulator, 1), tenant(&emulator, 2));
    happens_times(&one, 100);
    happens_times(&other, 3);
    let sent = until_taken(&receiver, &[], 206).await;
    happens(&one, Action::AdminAssign);
    let sent_then = until_taken(&receiver, &[], 208).await;
    assert_eq!(sent[&other.id().to_string()], all(&other));
    assert_eq!(sent_then[&one.id().to_string()], all(&one));
    assert_eq!(sent_then.len(), 2);
    assert_eq!(all(&one).len(), 202, "and nothing of what made the tenants");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_taken_is_sent_again_and_nothing_is_lost() {
    let receiver = MockServer::start().await;
    let statuses = [500, 429, 302];
    for status in statuses {
        let once = Mock::given(method("POST")).respond_with(ResponseTemplate::new(status)).up_to_n_times(1);
        once.mount(&receiver).await;
    }
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&receiver).await;
    let emulator = emulator(&receiver.uri()).await;
    let tenant = tenant(&emulator, 1);
    happens_times(&tenant, 5);
    let sent = until_taken(&receiver, &statuses, 10).await;
    assert_eq!(sent[&tenant.id().to_string()], all(&tenant));
    let requests = receiver.received_requests().await.unwrap();
    assert!(requests[1..4].iter().all(|request| request.body == requests[0].body), "the same again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_not_there_yet_gets_everything_when_it_is() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let emulator = emulator(&format!("http://{address}")).await;
    let tenant = tenant(&emulator, 1);
    happens_times(&tenant, 7);
    tokio::time::sleep(Duration::from_millis(400)).await;
    let receiver = MockServer::builder().listener(std::net::TcpListener::bind(address).unwrap()).start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&receiver).await;
    let sent = until_taken(&receiver, &[], 14).await;
    assert_eq!(sent[&tenant.id().to_string()], all(&tenant));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_never_answers_keeps_no_tenant_waiting() {
    let receiver = MockServer::start().await;
    let late = ResponseTemplate::new(200).set_delay(Duration::from_secs(3));
    Mock::given(method("POST")).respond_with(late).mount(&receiver).await;
    let emulator = emulator(&receiver.uri()).await;
    let tenant = tenant(&emulator, 1);
    let work = tokio::task::spawn_blocking(move || happens_times(&tenant, 200));
    tokio::time::timeout(Duration::from_secs(2), work).await.expect("before the receiver answers").unwrap();
}

#[test]
fn an_address_must_be_one_that_can_be_sent_to() {
    for bad in ["", "siem", "ftp://siem.example/", "http://", "/audit", "siem.example:8080"] {
        let error = bad.parse::<Webhook>().unwrap_err().to_string();
        assert_eq!(error, format!("'{bad}' is no address like https://siem.example/audit"));
    }
    "https://siem.example/audit?key=1".parse::<Webhook>().unwrap();
}
