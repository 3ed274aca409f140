//! What has changed since a token was given.

use super::lab::{ALICE, Answer, GINA, Lab, OPS, RITA, WRITE};
use pim_core::time::Length;
use serde_json::{Value, json};
use uuid::Uuid;

/// The path of a link.
fn link(answer: &Answer, name: &str) -> String {
    let link = answer.body[name].as_str().unwrap_or_else(|| panic!("no {name}: {}", answer.body));
    link.strip_prefix("http://localhost:8443").expect("the link follows the Host header").to_owned()
}

fn item<'a>(answer: &'a Answer, id: &str) -> &'a Value {
    answer.items().iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("no {id}: {}", answer.body))
}

#[tokio::test]
async fn users_are_followed_from_a_first_round_on() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let first = gina.get("users/delta?$select=displayName").await.expect(200);
    assert_eq!(first.items().len(), 3);
    let delta = link(&first, "@odata.deltaLink");
    assert!(gina.get(&delta).await.expect(200).items().is_empty());
    gina.patch(&format!("users/{ALICE}"), json!({ "displayName": "Ada" })).await.expect(204);
    gina.delete(&format!("users/{RITA}")).await.expect(204);
    gina.patch(&format!("groups/{OPS}"), json!({ "description": "x" })).await.expect(204);
    let second = gina.get(&delta).await.expect(200);
    assert_eq!(second.items().len(), 2);
    assert_eq!(*item(&second, &ALICE.to_string()), json!({ "displayName": "Ada", "id": ALICE }));
    assert_eq!(*item(&second, &RITA.to_string()), json!({ "id": RITA, "@removed": { "reason": "changed" } }));
    let delta = link(&second, "@odata.deltaLink");
    gina.delete(&format!("directory/deletedItems/{RITA}")).await.expect(204);
    let third = gina.get(&delta).await.expect(200);
    assert_eq!(*item(&third, &RITA.to_string()), json!({ "id": RITA, "@removed": { "reason": "deleted" } }));
}

#[tokio::test]
async fn a_group_tells_who_came_and_who_went() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let first = gina.get("groups/delta()").await.expect(200);
    let alice = json!({ "@odata.type": "#microsoft.graph.user", "id": ALICE });
    assert_eq!(item(&first, &OPS.to_string())["members@delta"], json!([alice]));
    let delta = link(&first, "@odata.deltaLink");
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/users/{RITA}") });
    gina.post(&format!("groups/{OPS}/members/$ref"), reference).await.expect(204);
    gina.delete(&format!("users/{ALICE}")).await.expect(204);
    let second = gina.get(&delta).await.expect(200);
    let members = item(&second, &OPS.to_string())["members@delta"].as_array().unwrap().clone();
    assert!(members.contains(&json!({ "@odata.type": "#microsoft.graph.user", "id": RITA })), "{members:?}");
    assert!(members.contains(&json!({ "id": ALICE, "@removed": { "reason": "deleted" } })), "{members:?}");
    let without = gina.get("groups/delta?$select=displayName").await.expect(200);
    assert!(item(&without, &OPS.to_string()).get("members@delta").is_none());
}

#[tokio::test]
async fn rounds_have_pages_and_miss_nothing_between_them() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    for number in 0..150_u128 {
        lab.make_user(Uuid::from_u128(9000 + number), &format!("user{number}"));
    }
    let first = gina.get("users/delta?$select=id").await.expect(200);
    assert_eq!(first.items().len(), 100);
    // A change between two pages, of somebody who was shown already.
    gina.patch(&format!("users/{ALICE}"), json!({ "jobTitle": "Queen" })).await.expect(204);
    let second = gina.get(&link(&first, "@odata.nextLink")).await.expect(200);
    assert_eq!(second.items().len(), 53);
    let next = gina.get(&link(&second, "@odata.deltaLink")).await.expect(200);
    assert_eq!(next.items(), [json!({ "id": ALICE })]);
    let delta = link(&next, "@odata.deltaLink");
    for number in 0..120_u128 {
        let path = format!("users/{}", Uuid::from_u128(9000 + number));
        gina.patch(&path, json!({ "jobTitle": "Page" })).await.expect(204);
    }
    let page = gina.get(&delta).await.expect(200);
    let rest = gina.get(&link(&page, "@odata.nextLink")).await.expect(200);
    assert_eq!((page.items().len(), rest.items().len()), (100, 20));
    link(&rest, "@odata.deltaLink");
}

#[tokio::test]
async fn a_token_may_begin_now_be_about_few_and_grow_old() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let latest = gina.get("users/delta?$deltatoken=latest").await.expect(200);
    assert!(latest.items().is_empty());
    let delta = link(&latest, "@odata.deltaLink");
    let few = gina.get(&format!("users/delta?$filter=id eq '{ALICE}' or id eq '{RITA}'")).await.expect(200);
    assert_eq!(few.items().len(), 2);
    for (query, code) in [
        ("$top=5", "Request_BadRequest"),
        ("$orderby=displayName", "Request_UnsupportedQuery"),
        ("$deltatoken=garbage", "Directory_ExpiredPageToken"),
        ("$skiptoken=", "Directory_ExpiredPageToken"),
    ] {
        assert_eq!(gina.get(&format!("users/delta?{query}")).await.expect(400).code(), code, "{query}");
    }
    lab.advance(Length::days(6));
    gina.get(&delta).await.expect(200);
    lab.advance(Length::days(1));
    assert_eq!(gina.get(&delta).await.expect(410).code(), "syncStateNotFound");
    assert_eq!(
        lab.with_scopes(GINA, "Group.Read.All").get("users/delta").await.expect(403).code(),
        "Authorization_RequestDenied"
    );
}

/// Only what is another than it was when the token was given; what the client has never seen comes whole.
#[tokio::test]
async fn of_what_changed_only_the_changes_where_that_is_asked_for() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let delta = link(&gina.get("users/delta").await.expect(200), "@odata.deltaLink");
    gina.patch(&format!("users/{ALICE}"), json!({ "displayName": "Ada", "jobTitle": "Queen" })).await.expect(204);
    gina.patch(&format!("users/{ALICE}"), json!({ "displayName": "alice", "city": "Bonn" })).await.expect(204);
    gina.patch(&format!("users/{RITA}"), json!({ "jobTitle": "Page" })).await.expect(204);
    gina.delete(&format!("users/{RITA}")).await.expect(204);
    let zoe = Uuid::from_u128(9000);
    lab.make_user(zoe, "zoe");
    let minimal = gina.get_minimal(&delta).await.expect(200);
    assert_eq!(*item(&minimal, &ALICE.to_string()), json!({ "jobTitle": "Queen", "id": ALICE }));
    assert_eq!(*item(&minimal, &RITA.to_string()), json!({ "id": RITA, "@removed": { "reason": "changed" } }));
    assert_eq!(item(&minimal, &zoe.to_string())["userPrincipalName"], "zoe@contoso.onmicrosoft.com");
    let whole = gina.get(&delta).await.expect(200);
    assert_eq!(item(&whole, &ALICE.to_string())["displayName"], "alice");
    // From here on others have changed.
    let delta = link(&minimal, "@odata.deltaLink");
    gina.post(&format!("directory/deletedItems/{RITA}/restore"), json!({})).await.expect(200);
    gina.patch(&format!("users/{ALICE}"), json!({ "jobTitle": null })).await.expect(204);
    let minimal = gina.get_minimal(&delta).await.expect(200);
    assert_eq!(*item(&minimal, &ALICE.to_string()), json!({ "jobTitle": null, "id": ALICE }));
    assert_eq!(item(&minimal, &RITA.to_string())["displayName"], "rita");
}

#[tokio::test]
async fn of_a_group_only_the_changes_and_who_came_and_went() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let delta = link(&gina.get("groups/delta").await.expect(200), "@odata.deltaLink");
    gina.patch(&format!("groups/{OPS}"), json!({ "description": "on call" })).await.expect(204);
    gina.delete(&format!("groups/{OPS}/members/{ALICE}/$ref")).await.expect(204);
    let minimal = gina.get_minimal(&delta).await.expect(200);
    let gone = json!({ "@odata.type": "#microsoft.graph.user", "id": ALICE, "@removed": { "reason": "deleted" } });
    assert_eq!(
        *item(&minimal, &OPS.to_string()),
        json!({ "description": "on call", "id": OPS, "members@delta": [gone] })
    );
}
