//! Mails that are handed to a mail server: a small one that speaks enough SMTP, and refuses when it is told to.

use super::cli_kit::{Serving, program, run};
use super::control_mail::activate;
use super::tls_kit::Tls;
use mail_parser::{MessageParser, MimeHeaders as _};
use pim_emulator::{Emulator, SmtpRelay};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader, split};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// A message as a mail server sees it.
#[derive(Debug)]
struct Arrived {
    from: String,
    to: Vec<String>,
    data: String,
}

/// What a server answers instead of taking a message.
#[derive(Clone, Copy, Debug)]
enum Refusal {
    /// To the connection.
    Greeting(&'static str),
    /// To every recipient with this in the address.
    Recipient(&'static str, &'static str),
}

/// A mail server on a free port.
struct Server {
    url: String,
    arrived: mpsc::UnboundedReceiver<Arrived>,
}

impl Server {
    /// One that first refuses in these ways, a connection each.
    async fn start(refusals: Vec<Refusal>) -> Self {
        Self::at(TcpListener::bind("127.0.0.1:0").await.unwrap(), refusals)
    }

    /// One behind TLS.
    async fn secure(tls: &Tls) -> Self {
        let (listener, acceptor) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), tls.acceptor());
        let url = format!("smtps://{}", listener.local_addr().unwrap());
        let (send, arrived) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(stream) = acceptor.accept(stream).await {
                    let _ = talk(stream, None, &send).await;
                }
            }
        });
        Self { url, arrived }
    }

    fn at(listener: TcpListener, refusals: Vec<Refusal>) -> Self {
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let (send, arrived) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut refusals = refusals.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                // Whoever speaks to it may leave at any time.
                let _ = talk(stream, refusals.next(), &send).await;
            }
        });
        Self { url, arrived }
    }

    async fn next(&mut self) -> Arrived {
        tokio::time::timeout(Duration::from_secs(20), self.arrived.recv()).await.expect("in time").expect("a message")
    }
}

/// One connection: EHLO, MAIL, RCPT, DATA, QUIT.
async fn talk(
    stream: impl AsyncRead + AsyncWrite,
    refusal: Option<Refusal>,
    send: &mpsc::UnboundedSender<Arrived>,
) -> std::io::Result<()> {
    let (read, mut write) = split(stream);
    let mut read = BufReader::new(read);
    if let Some(Refusal::Greeting(answer)) = refusal {
        return say(&mut write, answer).await;
    }
    say(&mut write, "220 mail.example ESMTP").await?;
    let mut message = Arrived { from: String::new(), to: Vec::new(), data: String::new() };
    while let Some(line) = line(&mut read).await? {
        let verb = line.get(..4).unwrap_or(&line).to_uppercase();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        let answer = match verb.as_str() {
            "EHLO" => "250 mail.example",
            "MAIL" => {
                message.from = address();
                "250 OK"
            }
            "RCPT" => match refusal {
                Some(Refusal::Recipient(part, answer)) if address().contains(part) => answer,
                _ => {
                    message.to.push(address());
                    "250 OK"
                }
            },
            "DATA" => {
                say(&mut write, "354 go on").await?;
                message.data = data(&mut read).await?;
                let empty = Arrived { from: String::new(), to: Vec::new(), data: String::new() };
                let _ = send.send(std::mem::replace(&mut message, empty));
                "250 OK"
            }
            "QUIT" => return say(&mut write, "221 bye").await,
            "RSET" | "NOOP" => "250 OK",
            _ => "500 what?",
        };
        say(&mut write, answer).await?;
    }
    Ok(())
}

async fn say(write: &mut (impl AsyncWrite + Unpin), answer: &str) -> std::io::Result<()> {
    write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    write.flush().await
}

async fn line(read: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let length = read.read_line(&mut line).await?;
    Ok((length > 0).then(|| line.trim_end().to_owned()))
}

/// Everything up to the dot alone on its line.
async fn data(read: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<String> {
    let mut data = String::new();
    while let Some(line) = line(read).await?.filter(|line| line != ".") {
        data.push_str(line.strip_prefix('.').unwrap_or(&line));
        data.push_str("\r\n");
    }
    Ok(data)
}

/// A tenant with an administrator, and alice, who may become Global Reader.
const WORLD: &str = r#"
world:
  tenant: { displayName: Contoso, domain: contoso.onmicrosoft.com, now: 2026-01-05T08:00:00Z }
  users:
    - { name: alice, displayName: "Alice Årcher", mail: alice@contoso.example }
    - { name: carol, displayName: Carol Chen, mail: carol@contoso.example }
    - { name: dan, displayName: Dan Dahl, mail: dan@contoso.example }
  active:
    - { principal: carol, role: Global Administrator }
    - { principal: dan, role: Security Administrator }
  eligible: [ { principal: alice, role: Global Reader } ]
"#;

/// An emulator that hands its mails to that server, and what it has to complain about.
async fn emulator(url: &str) -> (Emulator, Arc<Mutex<Vec<String>>>) {
    let said = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&said);
    let relay = SmtpRelay::to(url).unwrap().telling(move |text| told.lock().unwrap().push(text.to_owned()));
    (Emulator::builder().smtp(Some(relay)).start().await.unwrap(), said)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_arrives_with_everything_that_a_mail_has() {
    let mut server = Server::start(Vec::new()).await;
    let (emulator, said) = emulator(&server.url).await;
    let tenant = emulator.tenant(WORLD).unwrap();
    activate(&tenant);
    let (own, alert) = (server.next().await, server.next().await);
    assert_eq!(own.from, "MSSecurity-noreply@microsoft.com");
    assert_eq!(own.to, ["alice@contoso.example"]);
    assert_eq!(alert.to, ["carol@contoso.example", "dan@contoso.example"]);
    let parsed = MessageParser::default().parse(&alert.data).unwrap();
    let from = parsed.from().unwrap().first().unwrap();
    assert_eq!(from.name(), Some("Microsoft Security"));
    assert_eq!(from.address(), Some("MSSecurity-noreply@microsoft.com"));
    let subject = "PIM: Role activation alert: Alice Årcher activated the Global Reader role";
    assert_eq!(parsed.subject(), Some(subject));
    assert_eq!(parsed.date().unwrap().to_rfc3339(), "2026-01-05T08:00:00Z");
    assert_eq!(parsed.content_type().unwrap().subtype(), Some("alternative"));
    let text = parsed.body_text(0).unwrap();
    assert!(text.contains("Ends:         2026-01-05 10:00:00 UTC"), "{text}");
    let html = parsed.body_html(0).unwrap();
    assert!(html.contains("<h1") && html.contains("Alice Årcher activated"), "{html}");
    assert!(said.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_busy_is_tried_again_and_nothing_is_lost_or_out_of_order() {
    let busy = Refusal::Greeting("421 too busy");
    let mut server = Server::start(vec![busy, Refusal::Recipient("alice", "451 try later"), busy]).await;
    let (emulator, said) = emulator(&server.url).await;
    let tenant = emulator.tenant(WORLD).unwrap();
    activate(&tenant);
    assert_eq!(server.next().await.to, ["alice@contoso.example"]);
    assert_eq!(server.next().await.to, ["carol@contoso.example", "dan@contoso.example"]);
    let said = said.lock().unwrap();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("421") || said[0].contains("too busy"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_holds_nobody_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let (emulator, said) = emulator(&format!("smtp://{address}")).await;
    let tenant = emulator.tenant(WORLD).unwrap();
    activate(&tenant);
    while said.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(tenant.jump_to(tenant.clock().now().plus(pim_core::time::Length::hours(3))), Ok(1));
    let mut server = Server::at(TcpListener::bind(address).await.unwrap(), Vec::new());
    assert_eq!(server.next().await.to, ["alice@contoso.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_refused_for_good_is_told_and_the_others_get_their_mail() {
    let unknown = Refusal::Recipient("carol", "550 no such mailbox");
    let mut server = Server::start(vec![unknown; 20]).await;
    let (emulator, said) = emulator(&server.url).await;
    activate(&emulator.tenant(WORLD).unwrap());
    assert_eq!(server.next().await.to, ["alice@contoso.example"]);
    assert_eq!(server.next().await.to, ["dan@contoso.example"]);
    let said = said.lock().unwrap();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("the mail 'PIM: Role activation alert") && said[0].contains("550"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_full_for_now_keeps_nobody_else_waiting_and_is_tried_again() {
    // Alice's mail; the alert to both; carol alone; dan alone; carol again, until there is room.
    let full = Refusal::Recipient("carol", "452 mailbox full");
    let mut server = Server::start(vec![full; 9]).await;
    let (emulator, said) = emulator(&server.url).await;
    activate(&emulator.tenant(WORLD).unwrap());
    assert_eq!(server.next().await.to, ["alice@contoso.example"]);
    let told_dan = tokio::time::timeout(Duration::from_secs(2), server.arrived.recv()).await;
    assert_eq!(told_dan.expect("at once").unwrap().to, ["dan@contoso.example"]);
    let late = server.next().await;
    assert_eq!(late.to, ["carol@contoso.example"]);
    assert!(late.data.contains("Role activation alert"), "{}", late.data);
    let said = said.lock().unwrap();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("trying on") && said[0].contains("452"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_behind_tls_gets_its_mails_if_its_certificate_is_trusted() {
    let (tls, stranger) = (Tls::new(), Tls::new());
    let (mut server, mut strange) = (Server::secure(&tls).await, Server::secure(&stranger).await);
    let serve = |url: String| {
        let mut program = program();
        program.env("SSL_CERT_FILE", tls.certificate());
        tokio::task::spawn_blocking(move || {
            let serving = Serving::start_as(program, &["--smtp", &url]);
            serving.run(&["clock", "advance", "P8D"]).ok();
            serving
        })
    };
    let serving = serve(server.url.clone()).await.unwrap();
    assert!(server.next().await.data.contains("Subject: PIM: Your weekly digest for Contoso"));
    assert_eq!(serving.said("err").matches("the mail server").count(), 0, "{}", serving.said("err"));
    let serving = serve(strange.url.clone()).await.unwrap();
    serving.until_said("err", "the mail server does not take mails, trying on: ");
    assert!(strange.arrived.try_recv().is_err(), "nobody knows who that is");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_tenant_is_served_and_so_is_one_that_takes_the_place_of_another() {
    let mut server = Server::start(Vec::new()).await;
    let (emulator, _) = emulator(&server.url).await;
    for _ in 0..2 {
        activate(&emulator.tenant(WORLD).unwrap());
        assert_eq!(server.next().await.to, ["alice@contoso.example"]);
        server.next().await;
    }
    let tenant = Arc::clone(&emulator.app().tenants()[0]);
    let log = pim_emulator::app::event_log::EventLog::starting_after(tenant.log().last());
    let again = emulator.app().replace(tenant.origin().unwrap().again(log).unwrap());
    drop(tenant);
    activate(&again);
    assert_eq!(server.next().await.to, ["alice@contoso.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_runs_brings_its_mails_although_nobody_looks() {
    let mut server = Server::start(Vec::new()).await;
    let (emulator, _) = emulator(&server.url).await;
    let tenant = emulator.tenant(WORLD).unwrap();
    tenant.clock().set_mode(pim_emulator::app::ClockMode::Scaled(1_000_000.0));
    let digest = server.next().await;
    assert!(digest.data.contains("Subject: PIM: Your weekly digest for Contoso"), "{}", digest.data);
}

#[test]
fn a_url_that_names_no_mail_server_is_told() {
    for url in ["localhost:1025", "http://localhost:1025", "smtp://", "mail", "smtp://localhost:port"] {
        let run = run(&["serve", "--listen", "127.0.0.1:0", "--smtp", url]);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains("--smtp <URL>") && run.err.contains("write smtp://host:port"), "{run:?}");
    }
    for url in ["smtp://localhost", "smtps://user:pass@mail.example:465", "smtp://mail.example?tls=required"] {
        assert!(SmtpRelay::to(url).is_ok(), "{url}");
        assert!(!format!("{:?}", SmtpRelay::to(url)).contains("pass"), "{url}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_hands_its_mails_to_the_server_of_the_command_line() {
    let mut server = Server::start(vec![Refusal::Greeting("421 too busy")]).await;
    let url = server.url.clone();
    let serving = tokio::task::spawn_blocking(move || Serving::start(&["--smtp", &url])).await.unwrap();
    let advance = move || {
        serving.run(&["clock", "advance", "P8D"]).ok();
        serving
    };
    let serving = tokio::task::spawn_blocking(advance).await.unwrap();
    let digest = server.next().await;
    assert!(digest.data.contains("Subject: PIM: Your weekly digest for Contoso"), "{}", digest.data);
    assert!(serving.said("err").contains("the mail server does not take mails, trying on"), "{}", serving.said("err"));
}
