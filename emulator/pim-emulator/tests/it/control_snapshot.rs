//! The control API: copies of a tenant, and going back to its beginning.

use crate::support::Client;
use axum::http::Method;
use pim_core::TenantId;
use pim_emulator::app::ids::TenantIds;
use pim_emulator::app::{ClockMode, Tenant};
use serde_json::{Value, json};

const COPY: &str = "/_emulator/tenants/11111111-2222-4333-8444-555555555555";

async fn reset(client: &Client, path: &str) -> crate::support::Answer {
    client.send(Client::request(Method::POST, &format!("{path}/reset"), None)).await
}

#[tokio::test]
async fn a_snapshot_put_under_a_new_id_makes_a_copy_that_goes_its_own_way() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let snapshot = client.get(&format!("{path}/snapshot")).await.json(200);
    assert_eq!(snapshot["format"], 1);
    let copy = client.put(&format!("{COPY}/snapshot"), &snapshot).await.json(201);
    let original = client.get(&path).await.json(200);
    assert_eq!(copy["tenantId"], "11111111-2222-4333-8444-555555555555");
    for names in ["users", "groups", "applications", "administrativeUnits", "roles"] {
        assert_eq!(copy[names], original[names]);
    }
    client.post(&format!("{COPY}/clock/advance"), &json!({"by": "P400D"})).await.json(200);
    assert_eq!(client.get(&path).await.json(200), original);
    let mut again = client.get(&format!("{path}/snapshot")).await.json(200);
    assert_eq!(again, snapshot);
    again["state"]["tenant"]["id"] = json!("11111111-2222-4333-8444-555555555555");
    // The first of Azure is the group above all others, which is named after the tenant.
    let root = &mut again["state"]["azureScopes"][0];
    root["name"] = json!("11111111-2222-4333-8444-555555555555");
    root["path"] = json!("/providers/Microsoft.Management/managementGroups/11111111-2222-4333-8444-555555555555");
    reset(&client, COPY).await.json(200);
    assert_eq!(client.get(&format!("{COPY}/snapshot")).await.json(200), again, "a reset leads back to the snapshot");
}

#[tokio::test]
async fn a_snapshot_put_in_place_of_a_tenant_brings_its_state_back_and_numbers_events_on() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let snapshot = client.get(&format!("{path}/snapshot")).await.json(200);
    client.post(&format!("{path}/clock/advance"), &json!({"by": "P400D"})).await.json(200);
    let last = client.get(&format!("{path}/events?limit=0")).await.json(200)["last"].as_u64().expect("a number");
    assert_eq!(client.put(&format!("{path}/snapshot"), &snapshot).await.json(200)["now"], "2026-01-05T08:00:00Z");
    assert_eq!(client.get(&format!("{path}/snapshot")).await.json(200), snapshot);
    let events = client.get(&format!("{path}/events")).await.json(200);
    assert_eq!(events["first"], last + 1);
}

#[tokio::test]
async fn what_is_not_a_snapshot_is_refused_and_changes_nothing() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let snapshot = client.get(&format!("{path}/snapshot")).await.json(200);
    let spoilt = |spoil: &dyn Fn(&mut Value)| {
        let mut snapshot = snapshot.clone();
        spoil(&mut snapshot);
        snapshot
    };
    let garbage = [
        json!({}),
        json!([]),
        json!("snapshot"),
        spoilt(&|it| it["format"] = json!(99)),
        spoilt(&|it| it["format"] = json!("1")),
        spoilt(&|it| it["state"]["tenant"] = Value::Null),
        spoilt(&|it| it["state"]["users"] = json!([{}])),
        spoilt(&|it| it["state"]["now"] = json!("yesterday")),
        spoilt(&|it| it["state"]["now"] = json!(0)),
        spoilt(&|it| it["clock"] = json!("sundial")),
    ];
    for document in garbage {
        client.put(&format!("{path}/snapshot"), &document).await.problem(400, "InvalidSnapshot");
        client.put(&format!("{COPY}/snapshot"), &document).await.problem(400, "InvalidSnapshot");
    }
    assert_eq!(client.get(&format!("{path}/snapshot")).await.json(200), snapshot);
    client.get(COPY).await.problem(404, "NotFound");
    client.put("/_emulator/tenants/contoso.onmicrosoft.com/snapshot", &snapshot).await.problem(400, "InvalidParameter");
}

#[tokio::test]
async fn a_reset_leads_back_to_the_world_with_the_same_ids_and_numbers_events_on() {
    let client = Client::new();
    let path = client.contoso(1).await;
    let (before, snapshot) =
        (client.get(&path).await.json(200), client.get(&format!("{path}/snapshot")).await.json(200));
    client.post(&format!("{path}/clock/advance"), &json!({"by": "P400D"})).await.json(200);
    client.patch(&format!("{path}/behaviour"), &json!({"permissionEnforcement": false})).await.json(200);
    let last = client.get(&format!("{path}/events?limit=0")).await.json(200)["last"].as_u64().expect("a number");
    assert_eq!(reset(&client, &path).await.json(200), before);
    assert_eq!(client.get(&format!("{path}/snapshot")).await.json(200), snapshot);
    let events = client.get(&format!("{path}/events?after={last}&limit=1")).await.json(200);
    assert_eq!((&events["first"], &events["value"][0]["sequence"]), (&json!(last + 1), &json!(last + 1)));
    assert_eq!(events["value"][0]["type"], "tenantCreated");
    assert_eq!(client.get(&format!("{path}/events?after=0&limit=1")).await.json(200), events);
    reset(&client, "/_emulator/tenants/nobody").await.problem(404, "NotFound");
}

#[tokio::test]
async fn a_world_with_random_ids_is_reset_to_the_same_ids() {
    let client = Client::new();
    let made = client.post("/_emulator/tenants", &json!({"world": {"users": [{"name": "ann"}]}})).await.json(201);
    let path = format!("/_emulator/tenants/{}", made["tenantId"].as_str().expect("an id"));
    assert_eq!(reset(&client, &path).await.json(200)["users"], made["users"]);
}

#[tokio::test]
async fn a_tenant_of_unknown_origin_cannot_be_reset() {
    let client = Client::new();
    let ids = TenantIds::seeded(3);
    let id = ids.tenant_id();
    client
        .app
        .add(Tenant::new(pim_core::Pim::new(pim_emulator::app::real_now()), ids, ClockMode::System))
        .expect("free");
    assert_eq!(client.app.tenant(TenantId(id)).map(|it| it.id().0), Some(id));
    reset(&client, &format!("/_emulator/tenants/{}", id)).await.problem(409, "Conflict");
}
