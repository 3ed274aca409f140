//! The control API and Azure: the answer that maps names, copies of a tenant, and events.

use crate::support::Client;
use pim_core::model::{Action, AskedExpiration, AskedSchedule, AssignmentKind, Privilege, TicketInfo};
use pim_core::time::Length;
use pim_core::{Actor, Ask, AzureScopeId, Command};
use pim_emulator::app::Tenant;
use serde_json::{Value, json};
use std::sync::Arc;

const ID: &str = "7a1b8c7e-53a3-4a3f-9b0e-5d1c3f1f2b11";
const COPY: &str = "11111111-2222-4333-8444-555555555555";
const PROD: &str = "0d6c3b36-8b1c-4c2e-9b55-0c6f7f7d2f10";

async fn make(client: &Client) -> (Value, String) {
    let world = json!({"seed": 1, "world": {
        "tenant": {"id": ID, "now": "2026-01-05T08:00:00Z"},
        "users": [{"name": "alice"}, {"name": "carol"}],
        "azure": {
            "managementGroups": [{"name": "workloads", "subscriptions": ["prod"]}],
            "subscriptions": [{"name": "prod", "id": PROD, "resourceGroups": [
                {"name": "web", "lock": "canNotDelete", "resources": [{"name": "kv", "type": "Microsoft.KeyVault/vaults"}]},
                {"name": "data"},
            ]}],
            "customRoles": [{"name": "operator"}],
        },
        "policies": [{"azureRole": "Reader", "scope": "Tenant Root Group", "activation": {"max": "PT1H"}}],
        "active": [{"principal": "carol", "azureRole": "Owner", "scope": "Tenant Root Group", "outsidePim": true}],
        "eligible": [{"principal": "alice", "azureRole": "Reader", "scope": "prod/data", "duration": "P30D", "condition": "x"}],
    }});
    (client.post("/_emulator/tenants", &world).await.json(201), format!("/_emulator/tenants/{ID}"))
}

fn tenant(client: &Client, id: &str) -> Arc<Tenant> {
    client.app.tenant_by_segment(id).expect("the tenant")
}

fn group(name: &str) -> String {
    format!("/providers/Microsoft.Management/managementGroups/{name}")
}

#[tokio::test]
async fn the_answer_maps_the_names_of_azure_to_ids_and_paths() {
    let client = Client::new();
    let (made, path) = make(&client).await;
    let prod = format!("/subscriptions/{PROD}");
    let both = |path: String| json!({"id": path, "path": path});
    assert_eq!(made["subscriptions"], json!({"prod": {"id": PROD, "path": prod}}));
    assert_eq!(
        made["managementGroups"],
        json!({"workloads": both(group("workloads")), "Tenant Root Group": both(group(ID))})
    );
    let web = format!("{prod}/resourceGroups/web");
    assert_eq!(
        made["resourceGroups"],
        json!({"prod/web": both(web.clone()), "prod/data": both(format!("{prod}/resourceGroups/data"))})
    );
    assert_eq!(
        made["resources"],
        json!({"prod/web/kv": both(format!("{web}/providers/Microsoft.KeyVault/vaults/kv"))})
    );
    assert_eq!(made["azureRoles"]["Owner"], json!({"id": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}));
    let names: Vec<_> = made["azureRoles"].as_object().expect("an object").keys().collect();
    assert_eq!(names, ["Owner", "Reader", "operator"]);
    assert_eq!(client.get(&path).await.json(200), made);
    // What is gone is left out.
    let data = AzureScopeId(tenant(&client, ID).names().resource_groups["prod/data"].0);
    tenant(&client, ID).handle(Actor::SetUp, &Command::DeleteAzureScope(data), |_, _| ()).expect("it works");
    let now = client.get(&path).await.json(200);
    assert_eq!(now["resourceGroups"].as_object().expect("an object").keys().collect::<Vec<_>>(), ["prod/web"]);
}

/// The tenant root group is named like the tenant, and so is that of a copy: what was held there is held there.
#[tokio::test]
async fn a_copy_has_a_root_group_of_its_own_name_with_everything_that_was_held_there() {
    let client = Client::new();
    let (made, path) = make(&client).await;
    let snapshot = client.get(&format!("{path}/snapshot")).await.json(200);
    let copy = client.put(&format!("/_emulator/tenants/{COPY}/snapshot"), &snapshot).await.json(201);
    assert_eq!(copy["managementGroups"]["Tenant Root Group"]["path"], json!(group(COPY)));
    for names in ["subscriptions", "resourceGroups", "resources", "azureRoles"] {
        assert_eq!(copy[names], made[names], "{names}");
    }
    let tenant = tenant(&client, COPY);
    tenant.read(|view| {
        assert!(view.azure_scope_at(&group(ID)).is_none(), "the other tenant's group is not there");
        let root = view.azure_scope_at(&group(COPY)).expect("the root group");
        assert_eq!((&*root.name, &*root.display_name), (COPY, "Tenant Root Group"));
        let prod = view.azure_scope_at(&format!("/subscriptions/{PROD}")).expect("the subscription");
        assert!(view.azure_covers(root.id, prod.id));
        assert!(view.azure_permits(
            tenant.names().users["carol"],
            "Microsoft.Authorization/roleAssignments/write",
            prod.id
        ));
        let reader = tenant.names().azure_roles["Reader"];
        let policy = view.policy(pim_core::model::PolicySubject::AzureRole(reader, root.id)).expect("a policy");
        assert_eq!(policy.policy.expiration_end_user_assignment.maximum_duration, Length::hours(1));
    });
    // Neither the tenant nor its snapshot is changed by that, and a reset leads back to each.
    assert_eq!(client.get(&format!("{path}/snapshot")).await.json(200), snapshot);
    for (id, names) in [(ID, &made), (COPY, &copy)] {
        let reset = client.post(&format!("/_emulator/tenants/{id}/reset"), &json!({})).await.json(200);
        assert_eq!(&reset, names);
    }
}

#[tokio::test]
async fn a_snapshot_from_before_azure_gets_a_root_group() {
    let client = Client::new();
    let world = json!({"world": {"tenant": {"id": ID, "now": "2026-01-05T08:00:00Z"}, "users": [{"name": "alice"}]}});
    client.post("/_emulator/tenants", &world).await.json(201);
    let mut snapshot = client.get(&format!("/_emulator/tenants/{ID}/snapshot")).await.json(200);
    let state = snapshot["state"].as_object_mut().expect("an object");
    assert!(state.remove("azureScopes").is_some() && state.remove("azureRoles").is_some());
    let names = snapshot["names"].as_object_mut().expect("an object");
    for key in ["managementGroups", "subscriptions", "resourceGroups", "resources", "azureRoles"] {
        assert!(names.remove(key).is_some(), "{key}");
    }
    for id in [ID, COPY] {
        let answer = client.put(&format!("/_emulator/tenants/{id}/snapshot"), &snapshot).await;
        let answer: Value = serde_json::from_slice(&answer.body).expect("JSON");
        assert_eq!(answer["managementGroups"]["Tenant Root Group"]["path"], json!(group(id)));
        let root = tenant(&client, id).read(|view| view.azure_scope(AzureScopeId::ROOT_GROUP).cloned()).expect("it");
        assert_eq!(root.parent, Some(AzureScopeId::ROOT));
        assert_eq!(root.created.to_string(), "2026-01-05T07:00:00Z", "as old as the tenant");
    }
}

/// Events call places by their paths, also those that are gone.
#[tokio::test]
async fn events_call_places_by_their_paths() {
    let client = Client::new();
    let (_, path) = make(&client).await;
    let tenant = tenant(&client, ID);
    let made = tenant.log().last();
    let names = tenant.names();
    let (reader, data) = (names.azure_roles["Reader"], names.resource_groups["prod/data"]);
    let ask = Ask {
        side: AssignmentKind::Eligibility,
        action: Action::AdminAssign,
        principal: names.users["carol"],
        privilege: Privilege::AzureRole { role: reader, scope: data },
        schedule: Some(AskedSchedule { start: None, expiration: AskedExpiration::AfterDuration(Length::days(5)) }),
        target_schedule: None,
        justification: None,
        ticket: TicketInfo::default(),
        id: None,
        details: None,
    };
    tenant.handle(Actor::SetUp, &Command::Request(ask), |_, _| ()).expect("it works");
    tenant.handle(Actor::SetUp, &Command::DeleteAzureScope(data), |_, _| ()).expect("it works");
    let events = client.get(&format!("{path}/events?limit=1000")).await.json(200);
    let events = events["value"].as_array().expect("a list");
    let numbers: Vec<_> = events.iter().map(|it| it["sequence"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, (1..=tenant.log().last()).collect::<Vec<_>>(), "none is lost");
    let gone = json!(format!("/subscriptions/{PROD}/resourceGroups/data"));
    let later: Vec<_> = events.iter().filter(|it| it["sequence"].as_u64().expect("a number") > made).collect();
    let of = |kind: &str| -> Vec<&Value> { later.iter().filter(|it| it["type"] == kind).copied().collect() };
    for kind in ["requestCreated", "scheduleCreated", "scheduleEnded", "azureScopeDeleted"] {
        assert!(!of(kind).is_empty(), "{kind}");
        for event in of(kind) {
            assert_eq!(event["azureScope"], gone, "{kind}");
        }
    }
    assert_eq!(of("requestCreated")[0]["azureRoleDefinitionId"], json!(reader));
    let policy = events.iter().find(|it| it["type"] == "policyChanged").expect("the policy");
    assert_eq!(policy["azureScope"], json!(group(ID)));
    let web = format!("/subscriptions/{PROD}/resourceGroups/web");
    let locked = events.iter().rfind(|it| it["type"] == "azureScopeSet" && it["azureScope"] == *web).expect("the lock");
    assert_eq!(locked["locks"], json!({"lock": "CanNotDelete"}));
}
