//! The control API: a tenant's clock, and what happened in it.

use crate::support::Client;
use axum::http::Method;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use std::time::Duration;

/// A tenant with an eligibility that begins in an hour and lasts one; answers its path.
async fn tenant(client: &Client) -> String {
    let world = json!({"world": {
        "tenant": {"now": "2026-01-05T08:00:00Z"},
        "users": [{"name": "ann"}],
        "eligible": [{"principal": "ann", "role": "Global Reader", "start": "2026-01-05T09:00:00Z", "duration": "PT1H"}],
    }});
    let made = client.post("/_emulator/tenants", &world).await.json(201);
    format!("/_emulator/tenants/{}", made["tenantId"].as_str().expect("an id"))
}

#[tokio::test]
async fn a_clock_is_read_and_moved_and_what_is_due_happens() {
    let client = Client::new();
    let path = tenant(&client).await;
    let clock = format!("{path}/clock");
    let advance = format!("{path}/clock/advance");
    let shown = client.get(&clock).await.json(200);
    assert_eq!(shown, json!({"now": "2026-01-05T08:00:00Z", "mode": "manual", "rate": null}));
    let moved = client.post(&advance, &json!({"by": "PT30M"})).await.json(200);
    assert_eq!(moved, json!({"now": "2026-01-05T08:30:00Z", "eventsFired": 0}));
    let moved = client.post(&advance, &json!({"to": "2026-01-05T12:00:00Z"})).await.json(200);
    assert_eq!(moved["now"], "2026-01-05T12:00:00Z");
    assert!(moved["eventsFired"].as_u64().is_some_and(|count| count >= 2), "{moved}");
    assert_eq!(client.get(&path).await.json(200)["now"], "2026-01-05T12:00:00Z");
}

#[tokio::test]
async fn a_clock_never_goes_back() {
    let client = Client::new();
    let path = tenant(&client).await;
    let advance = format!("{path}/clock/advance");
    client.post(&advance, &json!({"to": "2026-01-05T07:00:00Z"})).await.problem(400, "ClockGoesForward");
    client.post(&advance, &json!({"by": "-PT1H"})).await.problem(400, "ClockGoesForward");
    for nonsense in [
        json!({}),
        json!({"by": "PT1H", "to": "2027-01-01T00:00:00Z"}),
        json!({"by": "P1M"}),
        json!({"to": "soon"}),
        json!({"bye": "PT1H"}),
    ] {
        client.post(&advance, &nonsense).await.problem(400, "InvalidBody");
    }
    assert_eq!(client.get(&path).await.json(200)["now"], "2026-01-05T08:00:00Z");
    client.post(&advance, &json!({"by": "PT0S"})).await.json(200);
    client.post(&advance, &json!({"by": "P4000000D"})).await.json(200);
}

#[tokio::test]
async fn a_clock_moves_as_it_is_told() {
    let client = Client::new();
    let path = tenant(&client).await;
    let clock = format!("{path}/clock");
    let scaled = client.patch(&clock, &json!({"mode": "scaled", "rate": 3600})).await.json(200);
    assert_eq!((&scaled["mode"], &scaled["rate"]), (&json!("scaled"), &json!(3600.0)));
    assert_eq!(client.patch(&clock, &json!({"mode": "system"})).await.json(200)["mode"], "system");
    let manual = client.patch(&clock, &json!({"mode": "manual"})).await.json(200);
    assert_eq!(client.get(&clock).await.json(200), manual);
    for nonsense in [
        json!({}),
        json!({"mode": "scaled"}),
        json!({"mode": "scaled", "rate": -1}),
        json!({"mode": "scaled", "rate": 1e9}),
        json!({"mode": "manual", "rate": 2}),
        json!({"mode": "backwards"}),
    ] {
        client.patch(&clock, &nonsense).await.problem(400, "InvalidBody");
    }
}

#[tokio::test]
async fn events_are_numbered_from_one_and_read_in_pages() {
    let client = Client::new();
    let path = tenant(&client).await;
    client.post(&format!("{path}/clock/advance"), &json!({"by": "PT1H"})).await.json(200);
    let all = client.get(&format!("{path}/events")).await.json(200);
    let events = all["value"].as_array().expect("events");
    assert_eq!(events[0]["type"], "tenantCreated");
    assert_eq!(events[0]["at"], "2026-01-05T07:00:00Z");
    let numbers: Vec<_> = events.iter().map(|event| event["sequence"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, (1..=events.len() as u64).collect::<Vec<_>>());
    assert_eq!(all["first"], 1);
    assert_eq!((&all["next"], &all["last"]), (&json!(events.len()), &json!(events.len())));
    let user = events.iter().find(|event| event["type"] == "userCreated").expect("the user");
    assert_eq!(user["userPrincipalName"], "ann@contoso.onmicrosoft.com");
    assert!(!String::from_utf8_lossy(&client.get(&format!("{path}/events")).await.body).contains("Pim-emulator-1"));
    let started = events.iter().find(|event| event["type"] == "scheduleStarted").expect("the start");
    assert_eq!(started["at"], "2026-01-05T09:00:00Z");
    let page = client.get(&format!("{path}/events?after=2&limit=2")).await.json(200);
    assert_eq!(page["value"], json!([events[2], events[3]]));
    assert_eq!((&page["next"], &page["count"]), (&json!(4), &json!(events.len() - 2)));
    let beyond = client.get(&format!("{path}/events?after=1000")).await.json(200);
    assert_eq!((&beyond["value"], &beyond["next"]), (&json!([]), &all["last"]));
    assert_eq!((&beyond["count"], &all["count"]), (&json!(0), &all["last"]));
    client.get(&format!("{path}/events?after=x")).await.problem(400, "InvalidParameter");
    client.get(&format!("{path}/events?limt=1")).await.problem(400, "InvalidParameter");
}

/// What a listener hears.
struct Heard {
    stream: axum::body::BodyDataStream,
    text: String,
}

impl Heard {
    async fn open(client: &Client, path: &str) -> Self {
        Self::hear(client, Client::request(Method::GET, path, None)).await
    }

    async fn hear(client: &Client, request: axum::http::Request<axum::body::Body>) -> Self {
        let body = client.open(request).await;
        Self { stream: body.into_data_stream(), text: String::new() }
    }

    /// The next message's id and data; none when the stream has ended.
    async fn next(&mut self) -> Option<(u64, Value)> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let line = |name: &str| message.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let message = line("id:")
                    .zip(line("data:"))
                    .map(|(id, data)| (id.parse().expect("a number"), serde_json::from_str(data).expect("JSON")));
                self.text = rest.to_owned();
                match message {
                    Some(message) => return Some(message),
                    None => continue,
                }
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.stream.next()).await.expect("in time")?;
            self.text.push_str(&String::from_utf8_lossy(&chunk.expect("a chunk")));
        }
    }
}

#[tokio::test]
async fn a_listener_hears_what_happened_and_what_happens() {
    let client = Client::new();
    let path = tenant(&client).await;
    let mut all = Heard::open(&client, &format!("{path}/events/stream?after=0")).await;
    let (id, first) = all.next().await.expect("an event");
    assert_eq!((id, &first["type"], &first["sequence"]), (1, &json!("tenantCreated"), &json!(1)));
    let mut new = Heard::open(&client, &format!("{path}/events/stream")).await;
    client.post(&format!("{path}/clock/advance"), &json!({"by": "PT1H"})).await.json(200);
    let (_, event) = new.next().await.expect("an event");
    assert_eq!(event["at"], "2026-01-05T09:00:00Z");
}

#[tokio::test]
async fn a_listener_that_reconnects_goes_on_where_it_was() {
    let client = Client::new();
    let path = tenant(&client).await;
    let page = client.get(&format!("{path}/events?after=3&limit=1")).await.json(200);
    // What was heard last counts, whatever the address says.
    let (mut parts, body) = Client::request(Method::GET, &format!("{path}/events/stream?after=0"), None).into_parts();
    parts.headers.insert("last-event-id", "3".parse().expect("a header"));
    let mut heard = Heard::hear(&client, axum::http::Request::from_parts(parts, body)).await;
    assert_eq!(heard.next().await, Some((4, page["value"][0].clone())));
}

#[tokio::test]
async fn a_listener_to_a_running_clock_hears_what_is_due_although_nobody_reads() {
    let client = Client::new();
    let path = tenant(&client).await;
    let mut new = Heard::open(&client, &format!("{path}/events/stream")).await;
    client.patch(&format!("{path}/clock"), &json!({"mode": "scaled", "rate": 10000})).await.json(200);
    let (_, event) = new.next().await.expect("an event");
    assert_eq!(event["at"], "2026-01-05T09:00:00Z");
}

#[tokio::test]
async fn a_listener_goes_on_over_a_reset_and_is_let_go_with_the_tenant() {
    let client = Client::new();
    let path = tenant(&client).await;
    let mut heard = Heard::open(&client, &format!("{path}/events/stream")).await;
    let last = client.get(&format!("{path}/events")).await.json(200)["last"].as_u64().expect("a number");
    let reset = client.send(Client::request(Method::POST, &format!("{path}/reset"), None)).await;
    reset.json(200);
    let (id, event) = heard.next().await.expect("an event");
    assert_eq!((id, &event["type"]), (last + 1, &json!("tenantCreated")));
    for _ in 1..last {
        heard.next().await.expect("the rest of the beginning");
    }
    client.delete(&path).await;
    assert_eq!(heard.next().await, None);
}
