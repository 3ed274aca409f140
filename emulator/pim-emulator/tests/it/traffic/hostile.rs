//! The hostile profile.

use super::kit::{Town, world};
use crate::support::{Answer, Client};
use axum::http::{Method, header};
use serde_json::{Value, json};

const REQUESTS: &str = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
const INSTANCES: &str =
    "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')";

/// A tenant with nothing hostile about it but what is said.
async fn hostile(profile: &Value) -> Town {
    let town = Town::new().await;
    let kind = json!({"throttled": 0, "unavailable": 0, "pending": 0, "notFound": 0, "staleLists": 0, "expiredSkipTokens": 0,
        "smallPages": 0, "slowDown": 0});
    let mut whole = kind.as_object().unwrap().clone();
    whole.extend(profile.as_object().unwrap().clone());
    town.client.put(&town.at("hostile"), &Value::Object(whole)).await.json(200);
    town
}

async fn felt(town: &Town, name: &str) -> u64 {
    town.client.get(&town.at("hostile")).await.json(200)["felt"][name].as_u64().unwrap()
}

#[tokio::test]
async fn a_request_is_throttled_twice_and_then_answered() {
    let town = hostile(&json!({"throttled": 1, "retryAfter": 4})).await;
    let mut seen = Vec::new();
    for _ in 0..4 {
        let answer = town.get("alice", "/v1.0/me").await;
        seen.push((
            answer.status.as_u16(),
            answer.headers.get(header::RETRY_AFTER).map(|it| it.to_str().unwrap().to_owned()),
        ));
    }
    let four = Some("4".to_owned());
    assert_eq!(seen, [(429, four.clone()), (429, four.clone()), (200, None), (429, four)]);
    assert_eq!(felt(&town, "throttled").await, 3);
    let page = town.requests("status=429").await;
    assert_eq!(page["value"][0]["hardships"], json!(["throttled"]));
    assert_eq!(page["value"][0]["error"], "TooManyRequests");
}

#[tokio::test]
async fn azure_is_unavailable_in_its_own_words_and_sign_in_in_others() {
    let town = hostile(&json!({"unavailable": 1, "longestStreak": 1})).await;
    let list = town.below_prod("roleAssignments?api-version=2022-04-01");
    assert_eq!(town.get("bob", &list).await.json(503)["error"]["code"], "ServiceUnavailable");
    assert_eq!(town.get("bob", &list).await.status, 200);
    assert_eq!(town.sign_ci_in().await.json(503)["error"], "temporarily_unavailable");
    assert_eq!(town.sign_ci_in().await.status, 200);
    assert_eq!(felt(&town, "unavailable").await, 2);
}

#[tokio::test]
async fn an_activation_reads_pending_first_and_its_instance_appears_later() {
    let town = hostile(&json!({"pending": 1, "longestLag": 3})).await;
    let made = town.call("alice", Method::POST, REQUESTS, Some(&town.activation())).await.json(201);
    assert_eq!(made["status"], "PendingProvisioning");
    let id = made["id"].as_str().unwrap();
    let mut seen = Vec::new();
    for _ in 0..4 {
        let status = town.get("alice", &format!("{REQUESTS}/{id}")).await.json(200)["status"].clone();
        let count = town.get("alice", INSTANCES).await.json(200)["value"].as_array().unwrap().len();
        seen.push((status.as_str().unwrap().to_owned(), count));
    }
    assert_eq!(seen.last().unwrap(), &("Provisioned".to_owned(), 1));
    assert!(seen.iter().is_sorted_by_key(|(status, _)| status == "Provisioned"), "what was seen stays seen: {seen:?}");
    assert!(felt(&town, "pending").await >= 1);
}

#[tokio::test]
async fn what_was_made_is_not_found_at_first_and_may_not_be_used_either() {
    let town = hostile(&json!({"notFound": 1, "longestLag": 5, "seed": 3})).await;
    let user = json!({"accountEnabled": true, "displayName": "Dan", "mailNickname": "dan",
        "userPrincipalName": "dan@contoso.onmicrosoft.com", "passwordProfile": {"password": "Hidden-4711!"}});
    let made = town.call("ci", Method::POST, "/v1.0/users", Some(&user)).await.json(201);
    let id = made["id"].as_str().unwrap();
    let assign = json!({"action": "adminAssign", "principalId": id, "directoryScopeId": "/", "justification": "new",
        "roleDefinitionId": town.made["roles"]["Global Reader"]["id"],
        "scheduleInfo": {"expiration": {"type": "afterDuration", "duration": "PT2H"}}});
    assert_eq!(
        town.call("ci", Method::POST, REQUESTS, Some(&assign)).await.json(404)["error"]["code"],
        "SubjectNotFound"
    );
    let mut looks = Vec::new();
    for _ in 0..5 {
        looks.push(town.get("ci", &format!("/v1.0/users/{id}")).await.status.as_u16());
    }
    assert!(looks.is_sorted_by_key(|status| *status == 200), "{looks:?}");
    assert_eq!(looks.last(), Some(&200));
    town.call("ci", Method::POST, REQUESTS, Some(&assign)).await.json(201);
    assert!(felt(&town, "notFound").await >= 1);
    let page = town.requests("status=404").await;
    assert_eq!(page["value"][0]["hardships"], json!(["notFound"]));
}

#[tokio::test]
async fn a_list_that_lags_counts_what_it_shows() {
    let town = hostile(&json!({"staleLists": 1, "longestLag": 4, "seed": 2})).await;
    let made = town.call("alice", Method::POST, REQUESTS, Some(&town.activation())).await.json(201);
    assert_eq!(made["status"], "Provisioned");
    let id = made["id"].as_str().unwrap();
    let list = format!(
        "{REQUESTS}?$count=true&$filter=principalId eq '{}'",
        town.made["users"]["alice"]["id"].as_str().unwrap()
    );
    let mut counts = Vec::new();
    for _ in 0..5 {
        let page = town.get("alice", &list.replace(' ', "%20")).await.json(200);
        let shown = page["value"].as_array().unwrap().len();
        assert_eq!(page["@odata.count"], shown);
        assert_eq!(town.get("alice", &format!("{REQUESTS}/{id}")).await.status, 200, "by its id it is there");
        counts.push(shown);
    }
    assert_eq!((counts.first(), counts.last()), (Some(&0), Some(&1)), "{counts:?}");
    assert!(counts.is_sorted());
}

#[tokio::test]
async fn links_expire_once_and_pages_have_one_item() {
    let town = hostile(&json!({"expiredSkipTokens": 1, "smallPages": 1})).await;
    let first = town.get("ci", "/v1.0/users?$select=id").await.json(200);
    assert_eq!(first["value"].as_array().unwrap().len(), 1);
    let link = |page: &Value| page["@odata.nextLink"].as_str().map(|it| it.split_once("/v1.0").unwrap().1.to_owned());
    let next = format!("/v1.0{}", link(&first).unwrap());
    assert_eq!(town.get("ci", &next).await.json(400)["error"]["code"], "Directory_ExpiredPageToken");
    let (mut page, mut count) = (town.get("ci", "/v1.0/users?$select=id").await.json(200), 0);
    loop {
        count += page["value"].as_array().unwrap().len();
        match link(&page) {
            Some(next) => page = town.get("ci", &format!("/v1.0{next}")).await.json(200),
            None => break,
        }
    }
    assert_eq!(count, 3, "alice, bob and carol");
    assert_eq!(felt(&town, "expiredSkipTokens").await, 1);
}

#[tokio::test]
async fn lists_of_azure_have_pages_too() {
    let town = hostile(&json!({"smallPages": 1})).await;
    let mut next = Some(town.below_prod("roleDefinitions?api-version=2022-04-01&$filter=type%20eq%20'BuiltInRole'"));
    let mut names = std::collections::BTreeSet::new();
    let mut pages = 0;
    while let Some(path) = next {
        let page = town.get("bob", &path).await.json(200);
        let items = page["value"].as_array().unwrap();
        assert_eq!(items.len(), 1);
        names.insert(items[0]["name"].as_str().unwrap().to_owned());
        next = page["nextLink"].as_str().map(|it| it.strip_prefix("http://localhost:8443").unwrap().to_owned());
        pages += 1;
    }
    assert!(pages > 50 && names.len() == pages, "{pages}");
    town.client.delete(&town.at("hostile")).await;
    let path = town.below_prod("roleDefinitions?api-version=2022-04-01&$filter=type%20eq%20'BuiltInRole'");
    let whole = town.get("bob", &path).await.json(200);
    assert_eq!((whole["value"].as_array().unwrap().len(), whole.get("nextLink")), (pages, None));
}

#[tokio::test]
async fn a_tenant_is_hostile_from_its_world_on_and_kind_when_told() {
    let mut world = world();
    world["world"]["tenant"]["hostile"] = json!({"seed": 7});
    let town = Town::in_world(&Client::of_all_surfaces(), &world).await;
    let report = town.client.get(&town.at("hostile")).await.json(200);
    assert_eq!(report["profile"]["seed"], 7);
    assert_eq!(report["profile"]["throttled"], 0.1);
    assert_eq!(town.client.delete(&town.at("hostile")).await.status, 204);
    assert_eq!(town.client.get(&town.at("hostile")).await.json(200)["profile"], Value::Null);
    town.client.post(&town.at("reset"), &json!({})).await.json(200);
    assert_eq!(town.client.get(&town.at("hostile")).await.json(200)["profile"]["seed"], 7);
    assert_eq!(town.client.put(&town.at("hostile"), &json!({})).await.json(200)["profile"]["longestStreak"], 2);
}

#[tokio::test]
async fn a_profile_that_makes_no_sense_is_refused() {
    let town = Town::new().await;
    let path = town.at("hostile");
    let detail = town.client.put(&path, &json!({"throttled": 1.5})).await.problem(400, "InvalidBody");
    assert_eq!(detail, "a share goes from 0 to 1, and 1.5 does not");
    let detail = town.client.put(&path, &json!({"throtled": 1})).await.problem(400, "InvalidBody");
    assert_eq!(detail, "unknown key 'throtled'; did you mean 'throttled'?");
    assert_eq!(town.client.get(&path).await.json(200)["profile"], Value::Null);
    let mut world = world();
    world["world"]["tenant"]["hostile"] = json!({"longestLag": 1000});
    let answer = town.client.post("/_emulator/tenants", &world).await;
    assert!(answer.problem(400, "InvalidWorld").contains("1000 is more than 100"));
    assert_eq!(answer.json(400)["field"], "world.tenant.hostile.longestLag");
}

/// What a careful client does: it comes again when it is told to, reads lists to their end, and asks until it is done.
struct Patient<'a>(&'a Town);

impl Patient<'_> {
    async fn call(&self, who: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
        for _ in 0..3 {
            let answer = self.0.call(who, method.clone(), path, body).await;
            if ![429, 503].contains(&answer.status.as_u16()) {
                return answer;
            }
        }
        panic!("{path} is refused for ever")
    }

    async fn list(&self, who: &str, path: &str) -> Vec<Value> {
        'anew: for _ in 0..2 {
            let (mut next, mut items) = (Some(path.to_owned()), Vec::new());
            while let Some(path) = next {
                let answer = self.call(who, Method::GET, &path, None).await;
                if answer.status == 400 {
                    continue 'anew;
                }
                let page = answer.json(200);
                items.extend(page["value"].as_array().unwrap().clone());
                next = page["@odata.nextLink"].as_str().map(|it| format!("/v1.0{}", it.split_once("/v1.0").unwrap().1));
            }
            return items;
        }
        panic!("{path} expires for ever")
    }

    /// Activates and waits until the role is there.
    async fn activate(&self) -> usize {
        let activation = self.0.activation();
        let made = self.call("alice", Method::POST, REQUESTS, Some(&activation)).await.json(201);
        let request = format!("{REQUESTS}/{}", made["id"].as_str().unwrap());
        for _ in 0..10 {
            let answer = self.call("alice", Method::GET, &request, None).await;
            let is_done = answer.status == 200 && answer.json(200)["status"] == "Provisioned";
            if is_done && self.list("alice", INSTANCES).await.len() == 1 {
                return self.list("ci", "/v1.0/users?$select=id").await.len();
            }
        }
        panic!("it never arrives")
    }
}

#[tokio::test]
async fn a_careful_client_gets_through_whatever_the_seed() {
    let client = Client::of_all_surfaces();
    let mut felt = 0;
    for seed in 0..40 {
        let mut world = world();
        world["world"]["tenant"]["hostile"] = json!({"seed": seed, "retryAfter": 0});
        let town = Town::in_world(&client, &world).await;
        assert_eq!(Patient(&town).activate().await, 3, "seed {seed}");
        let report = town.client.get(&town.at("hostile")).await.json(200);
        felt += report["felt"].as_object().unwrap().values().filter_map(Value::as_u64).sum::<u64>();
    }
    assert!(felt > 100, "nobody was bothered: {felt}");
}

#[tokio::test]
async fn the_same_requests_meet_the_same_again() {
    let client = Client::of_all_surfaces();
    let mut stories = Vec::new();
    for _ in 0..2 {
        let mut world = world();
        world["world"]["tenant"]["hostile"] = json!({"seed": 11, "throttled": 0.3});
        let town = Town::in_world(&client, &world).await;
        Patient(&town).activate().await;
        let page = town.requests("").await;
        let story = page["value"].as_array().unwrap().iter().map(|it| format!("{} {}", it["status"], it["hardships"]));
        stories.push(story.collect::<Vec<_>>());
    }
    assert_eq!(stories[0], stories[1]);
}
