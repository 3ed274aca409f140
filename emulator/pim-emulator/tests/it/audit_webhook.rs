//! The webhook sink against a receiver that answers as it likes.

use super::cli_kit::{Serving, program};
use super::tls_kit::Tls;
use pim_core::model::{Action, AskedExpiration, AskedSchedule, AssignmentKind, DirectoryScope, Privilege, TicketInfo};
use pim_core::{Actor, Ask, Command, RoleDefinitionId};
use pim_emulator::Emulator;
use pim_emulator::app::Tenant;
use pim_emulator::app::audit::Webhook;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use uuid::{Uuid, uuid};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const GLOBAL_READER: Uuid = uuid!("f2ef992c-3afb-46b9-b7cf-a126ee74c451");

async fn emulator(receiver: &str) -> Emulator {
    let webhook: Webhook = format!("{receiver}/audit").parse().unwrap();
    Emulator::builder().audit_webhook(Some(webhook)).start().await.unwrap()
}

/// A tenant with somebody who administrates it.
fn tenant(emulator: &Emulator, seed: u64) -> Arc<Tenant> {
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
        id: None,
        details: None,
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

/// What a webhook complains about.
fn told(webhook: Webhook) -> (Webhook, Arc<Mutex<Vec<String>>>) {
    let said = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&said);
    (webhook.telling(move |text| hears.lock().unwrap().push(text.to_owned())), said)
}

async fn until_said(said: &Mutex<Vec<String>>) -> Vec<String> {
    for _ in 0..400 {
        if !said.lock().unwrap().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    said.lock().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_takes_nothing_is_complained_about_once_and_in_its_words() {
    let receiver = MockServer::start().await;
    let unwilling = Mock::given(method("POST")).respond_with(ResponseTemplate::new(503)).up_to_n_times(3);
    unwilling.mount(&receiver).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&receiver).await;
    let (webhook, said) = told(receiver.uri().parse().unwrap());
    let emulator = Emulator::builder().audit_webhook(Some(webhook)).start().await.unwrap();
    happens(&tenant(&emulator, 1), Action::AdminAssign);
    until_taken(&receiver, &[503, 503, 503], 2).await;
    let complaint = "the audit webhook does not take records, trying on: it answers 503 Service Unavailable";
    assert_eq!(*said.lock().unwrap(), [complaint]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_not_there_is_complained_about() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let (webhook, said) = told(format!("http://{}", listener.local_addr().unwrap()).parse().unwrap());
    drop(listener);
    let emulator = Emulator::builder().audit_webhook(Some(webhook)).start().await.unwrap();
    happens(&tenant(&emulator, 1), Action::AdminAssign);
    let said = until_said(&said).await;
    assert!(said[0].contains("trying on: ") && said[0].contains("refused"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_that_is_gone_is_let_go_although_its_records_were_never_taken() {
    let receiver = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(500)).mount(&receiver).await;
    let (webhook, said) = told(receiver.uri().parse().unwrap());
    let emulator = Emulator::builder().audit_webhook(Some(webhook)).start().await.unwrap();
    let tenant = tenant(&emulator, 1);
    happens(&tenant, Action::AdminAssign);
    until_said(&said).await;
    assert!(emulator.app().remove(tenant.id()));
    let gone = Arc::downgrade(&tenant);
    drop(tenant);
    assert!(gone.upgrade().is_none(), "nobody holds it");
    // The pause that runs may be followed by no further attempt.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let sent = receiver.received_requests().await.unwrap().len();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(receiver.received_requests().await.unwrap().len(), sent);
}

/// Takes one message behind TLS and answers with its body.
async fn receive(listener: TcpListener, acceptor: TlsAcceptor) -> Option<Value> {
    loop {
        let (stream, _) = listener.accept().await.ok()?;
        let Ok(stream) = acceptor.accept(stream).await else { continue };
        let (mut stream, mut length, mut line) = (BufReader::new(stream), 0, String::new());
        while stream.read_line(&mut line).await.ok()? > 2 {
            let (name, value) = line.split_once(':').unwrap_or_default();
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok()?;
            }
            line.clear();
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.ok()?;
        stream.flush().await.ok()?;
        return serde_json::from_slice(&body).ok();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_behind_tls_gets_its_records_if_its_certificate_is_trusted() {
    let (tls, stranger) = (Tls::new(), Tls::new());
    for (behind, is_trusted) in [(&tls, true), (&stranger, false)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}/audit", listener.local_addr().unwrap());
        let received = tokio::spawn(receive(listener, behind.acceptor()));
        let mut program = program();
        program.env("SSL_CERT_FILE", tls.certificate());
        let serving = tokio::task::spawn_blocking(move || {
            let serving = Serving::start_as(program, &["--audit-webhook", &url]);
            serving.run(&["clock", "advance", "P400D"]).ok();
            serving
        });
        let serving = serving.await.unwrap();
        if is_trusted {
            let message = tokio::time::timeout(Duration::from_secs(20), received).await.expect("in time").unwrap();
            assert_eq!(message.unwrap()["records"][0]["loggedByService"], "PIM");
            // What comes after it may find the receiver gone.
        } else {
            serving.until_said("err", "the audit webhook does not take records, trying on: ");
            assert!(!received.is_finished(), "nobody knows who that is");
        }
    }
}

#[test]
fn an_address_must_be_one_that_can_be_sent_to() {
    for bad in ["", "siem", "ftp://siem.example/", "http://", "/audit", "siem.example:8080"] {
        let error = bad.parse::<Webhook>().unwrap_err().to_string();
        assert_eq!(error, format!("'{bad}' is no address like https://siem.example/audit"));
    }
    "https://siem.example/audit?key=1".parse::<Webhook>().unwrap();
}
