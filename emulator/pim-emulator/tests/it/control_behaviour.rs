//! Setting switches while others do.

use super::support::Client;
use serde_json::{Value, json};
use std::sync::{Arc, Barrier};

/// How often two people set their switches at the same moment.
const ROUNDS: u32 = 200;

fn value<'a>(switches: &'a Value, name: &str) -> &'a Value {
    let all = switches["value"].as_array().expect("switches");
    &all.iter().find(|it| it["name"] == name).expect("the switch")["value"]
}

/// Two changes of different switches are both made, however close together they come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_takes_back_what_another_has_set_meanwhile() {
    let client = Client::new();
    let path = format!("{}/behaviour", client.contoso(1).await);
    let barrier = Arc::new(Barrier::new(2));
    let setting = |name: &'static str| {
        let (client, path, barrier) = (client.clone(), path.clone(), Arc::clone(&barrier));
        tokio::spawn(async move {
            let mut lost = Vec::new();
            for round in 1..=ROUNDS {
                barrier.wait();
                client.patch(&path, &json!({ name: round })).await.json(200);
                barrier.wait();
                let shown = client.get(&path).await.json(200);
                // To stop here would leave the other one waiting.
                lost.extend((value(&shown, name) != &json!(round)).then_some(round));
            }
            lost
        })
    };
    let (one, other) = (setting("requestRetentionDays"), setting("cancelledRequestRetentionDays"));
    let lost = (one.await.expect("the one is done"), other.await.expect("the other is done"));
    assert_eq!(lost, (Vec::new(), Vec::new()));
}
