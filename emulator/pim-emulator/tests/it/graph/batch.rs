//! `$batch`: several requests in one (LIM-8).

use super::lab::{ALICE, Answer, Client, GINA, GROUPS_ADMINISTRATOR, Lab, OPS, REQUESTS, RITA, WRITE, activation};
use axum::body::Body;
use axum::http::Method;
use pim_core::model::built_in_roles;
use pim_core::{BatchTextBody, Behaviour, Command};
use serde_json::{Value, json};

/// Sends a batch; answers its responses by their ids.
async fn batch(client: &Client<'_>, requests: Value) -> Answer {
    client.post("$batch", json!({ "requests": requests })).await
}

/// The response with an id.
fn response<'a>(answer: &'a Answer, id: &str) -> &'a Value {
    let responses = answer.body["responses"].as_array().unwrap_or_else(|| panic!("no batch: {answer:?}"));
    responses.iter().find(|it| it["id"] == id).unwrap_or_else(|| panic!("no response {id}: {}", answer.body))
}

/// LIM-8.
#[tokio::test]
async fn twenty_steps_are_carried_out_and_a_twenty_first_refuses_them_all() {
    let lab = Lab::new();
    let alice = lab.user(ALICE);
    let steps = |count: usize| {
        let step = |number: usize| json!({ "id": number.to_string(), "method": "GET", "url": format!("/users?$top={number}") });
        json!((1..=count).map(step).collect::<Vec<_>>())
    };
    let answer = batch(&alice, steps(20)).await.expect(200);
    assert_eq!(answer.body["responses"].as_array().unwrap().len(), 20);
    assert_eq!(response(&answer, "2")["body"]["value"].as_array().unwrap().len(), 2);
    assert_eq!(response(&answer, "20")["status"], 200);
    let refused = batch(&alice, steps(21)).await.expect(400);
    assert_eq!((refused.code(), refused.message()), ("BadRequest", "Invalid batch payload format."));
    assert!(refused.headers["x-emulator-detail"].to_str().unwrap().contains("21"));
}

#[tokio::test]
async fn a_step_is_answered_as_the_same_request_alone_is() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let path = "roleManagement/directory/roleAssignments?$filter=principalId eq '{}'&$expand=principal";
    let path = path.replace("{}", &GINA.to_string());
    let alone = rita.get(&path).await.expect(200);
    let answer = batch(&rita, json!([{ "id": "a", "method": "GET", "url": path }])).await.expect(200);
    let step = response(&answer, "a");
    assert_eq!(step["body"], alone.body);
    assert_eq!(step["headers"]["Content-Type"], alone.headers["content-type"].to_str().unwrap());
    assert_eq!(step["headers"]["OData-Version"], "4.0");
    assert_eq!(step["headers"]["Cache-Control"], "no-cache");
}

#[tokio::test]
async fn every_step_has_a_trace_of_its_own() {
    let lab = Lab::new();
    let steps = json!([
        { "id": "1", "method": "GET", "url": "/me", "headers": { "client-request-id": "mine" } },
        { "id": "2", "method": "GET", "url": "/colours" },
    ]);
    let answer = batch(&lab.user(ALICE), steps).await.expect(200);
    let (first, second) = (response(&answer, "1"), response(&answer, "2"));
    assert_eq!(first["headers"]["client-request-id"], "mine");
    assert_ne!(first["headers"]["request-id"], second["headers"]["request-id"]);
    assert_ne!(first["headers"]["request-id"], answer.headers["request-id"].to_str().unwrap());
    assert_eq!(second["status"], 400);
    assert_eq!(second["headers"]["Content-Type"], "application/json");
    assert_eq!(second["body"]["error"]["message"], "Resource not found for the segment 'colours'.");
    assert_eq!(second["body"]["error"]["innerError"]["request-id"], second["headers"]["request-id"]);
}

#[tokio::test]
async fn addresses_may_leave_the_version_out_or_in_or_be_whole() {
    let lab = Lab::new();
    let alice = lab.user(ALICE);
    for url in [
        "/me",
        "me",
        "/v1.0/me",
        "v1.0/me",
        "/V1.0/me#fragment",
        "http://localhost:8443/v1.0/me",
        "https://graph.microsoft.com/v1.0/me",
        "/users?$filter=displayName eq 'alice'",
        "/users?$filter=displayName%20eq%20'alice'",
    ] {
        let answer = batch(&alice, json!([{ "id": "1", "method": "GET", "url": url }])).await.expect(200);
        let step = response(&answer, "1");
        assert_eq!(step["status"], 200, "{url}: {step}");
        assert!(step["body"].to_string().contains("alice@contoso.onmicrosoft.com"), "{url}");
    }
    for url in ["https://example.com/v1.0/me", "https://graph.microsoft.com/me", "http://localhost:8443/beta/me", ""] {
        batch(&alice, json!([{ "id": "1", "method": "GET", "url": url }])).await.expect(400);
    }
    let other = batch(&alice, json!([{ "id": "1", "method": "GET", "url": "/beta/me" }])).await.expect(200);
    assert_eq!(response(&other, "1")["status"], 400);
}

#[tokio::test]
async fn each_version_has_its_own() {
    let lab = Lab::new();
    let steps = json!([{ "id": "1", "method": "GET", "url": "/administrativeUnits" }]);
    let in_v1 = batch(&lab.user(RITA), steps.clone()).await.expect(200);
    assert_eq!(response(&in_v1, "1")["status"], 400);
    let in_beta = batch(&lab.user(RITA).beta(), steps).await.expect(200);
    assert_eq!(response(&in_beta, "1")["status"], 200);
    let context = response(&in_beta, "1")["body"]["@odata.context"].as_str().unwrap().to_owned();
    assert!(context.starts_with("http://localhost:8443/beta/$metadata#"), "{context}");
}

#[tokio::test]
async fn steps_see_what_steps_before_them_have_done() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let json_type = json!({ "Content-Type": "application/json" });
    let steps = json!([
        { "id": "activate", "method": "POST", "url": REQUESTS, "headers": json_type, "body": activation("PT1H") },
        {
            "id": "look", "method": "GET", "dependsOn": ["ACTIVATE"],
            "url": "/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')",
        },
    ]);
    let answer = batch(&lab.user(ALICE), steps).await.expect(200);
    let made = response(&answer, "activate");
    assert_eq!(made["status"], 201);
    assert!(made["headers"]["Location"].as_str().unwrap().starts_with("http://localhost:8443/v1.0/"), "{made}");
    assert_eq!(made["body"]["status"], "Provisioned");
    let seen = &response(&answer, "look")["body"]["value"];
    assert_eq!(seen[0]["roleDefinitionId"], json!(GROUPS_ADMINISTRATOR));
}

/// A body that is no JSON comes as base64, in either alphabet; of a text that is JSON the same is true.
#[tokio::test]
async fn a_body_may_come_in_base64() {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let lab = Lab::new();
    let text = json!({ "description": "über ?>" }).to_string();
    for body in [STANDARD.encode(&text), URL_SAFE_NO_PAD.encode(&text)] {
        let steps = json!([
            {
                "id": "1", "method": "PATCH", "url": format!("/groups/{OPS}"), "body": body,
                "headers": { "content-type": "application/json" },
            },
            { "id": "2", "method": "GET", "url": format!("/groups/{OPS}?$select=description"), "dependsOn": ["1"] },
        ]);
        let answer = batch(&lab.with_scopes(GINA, WRITE), steps).await.expect(200);
        let changed = response(&answer, "1");
        assert_eq!((&changed["status"], changed.get("body")), (&json!(204), None));
        assert!(changed["headers"].get("Content-Type").is_none());
        assert_eq!(response(&answer, "2")["body"]["description"], "über ?>");
    }
    let steps = json!([{
        "id": "1", "method": "PATCH", "url": format!("/groups/{OPS}"), "body": "{not base64}",
        "headers": { "content-type": "application/json" },
    }]);
    let answer = batch(&lab.with_scopes(GINA, WRITE), steps).await.expect(200);
    assert_eq!(response(&answer, "1")["status"], 400);
}

#[tokio::test]
async fn what_depends_on_a_failure_is_not_carried_out() {
    let lab = Lab::new();
    let json_type = json!({ "Content-Type": "application/json" });
    let rename = |name: &str| json!({ "displayName": name });
    let steps = json!([
        { "id": "1", "method": "GET", "url": "/groups/00000000-0000-0000-0000-000000000009" },
        {
            "id": "2", "method": "PATCH", "url": format!("/groups/{OPS}"), "headers": json_type, "body": rename("two"),
            "dependsOn": ["1"],
        },
        { "id": "3", "method": "GET", "url": "/me", "depends_on": ["2"] },
        { "id": "4", "method": "GET", "url": format!("/groups/{OPS}"), "depends_on": [], "dependsOn": [] },
    ]);
    let answer = batch(&lab.with_scopes(GINA, WRITE), steps).await.expect(200);
    assert_eq!(response(&answer, "1")["status"], 404);
    for id in ["2", "3"] {
        let step = response(&answer, id);
        assert_eq!((&step["status"], &step["body"]["error"]["code"]), (&json!(424), &json!("FailedDependency")));
    }
    assert_eq!(response(&answer, "4")["body"]["displayName"], "Operations");
}

/// Whether a dependency is unknown, lies ahead or closes a circle: nothing of the batch is carried out.
#[tokio::test]
async fn a_step_depends_on_steps_before_it_alone() {
    let lab = Lab::new();
    let json_type = json!({ "Content-Type": "application/json" });
    let step = |id: &str, on: &[&str]| {
        json!({
            "id": id, "method": "PATCH", "url": format!("/groups/{OPS}"), "headers": json_type,
            "body": { "displayName": id }, "dependsOn": on,
        })
    };
    let gina = lab.with_scopes(GINA, WRITE);
    for (steps, id) in [
        (json!([step("1", &["nobody"])]), "1"),
        (json!([step("1", &["1"])]), "1"),
        (json!([step("1", &["2"]), step("2", &["1"])]), "1"),
        (json!([step("1", &[]), step("2", &["3"]), step("3", &["1"])]), "2"),
    ] {
        let answer = batch(&gina, steps).await.expect(400);
        assert_eq!(answer.message(), format!("Invalid dependency for request Id {id}."));
    }
    assert_eq!(gina.get(&format!("groups/{OPS}")).await.expect(200).body["displayName"], "Operations");
}

#[tokio::test]
async fn a_batch_that_makes_no_sense_is_refused_in_the_words_of_the_service() {
    let lab = Lab::new();
    let alice = lab.user(ALICE);
    let me = |more: Value| {
        let mut step = json!({ "id": "1", "method": "GET", "url": "/me" });
        for (name, value) in more.as_object().unwrap() {
            step[name] = value.clone();
        }
        step
    };
    for (requests, message) in [
        (json!([]), "Invalid batch payload format."),
        (json!({}), "Invalid batch payload format."),
        (json!("me"), "Invalid batch payload format."),
        (json!([me(json!({ "id": null }))]), "Invalid batch payload format."),
        (json!([me(json!({ "id": "" }))]), "Invalid batch payload format."),
        (json!([me(json!({ "method": null }))]), "Invalid batch payload format."),
        (json!([me(json!({ "method": "GET /" }))]), "Invalid batch payload format."),
        (json!([me(json!({ "url": null }))]), "Invalid batch payload format."),
        (json!([me(json!({ "headers": [] }))]), "Invalid batch payload format."),
        (json!([me(json!({ "headers": { "a b": "c" } }))]), "Invalid batch payload format."),
        (json!([me(json!({ "dependsOn": "1" }))]), "Invalid batch payload format."),
        (json!([me(json!({ "atomicityGroup": "g" }))]), "Invalid batch payload format."),
        (json!([me(json!({})), me(json!({}))]), "Request Id 1 has to be unique in a batch."),
        (json!([me(json!({ "id": "a" })), me(json!({ "id": "A" }))]), "Request Id A has to be unique in a batch."),
        (
            json!([me(json!({ "method": "POST", "url": "/users" }))]),
            "Write request id : 1 does not contain Content-Type header or body.",
        ),
        (
            json!([me(json!({ "method": "PATCH", "body": {} }))]),
            "Write request id : 1 does not contain Content-Type header or body.",
        ),
    ] {
        let answer = batch(&alice, requests.clone()).await.expect(400);
        assert_eq!((answer.code(), answer.message()), ("BadRequest", message), "{requests}");
    }
    let post = async |headers: &[(&str, &str)], body: &'static str| {
        alice.send(Method::POST, "$batch", headers, Body::from(body)).await.expect(400)
    };
    assert_eq!(
        post(&[("content-type", "application/json")], "").await.message(),
        "Empty Payload. JSON content expected."
    );
    assert_eq!(
        post(&[("content-type", "application/json")], "{\"requests\":[{").await.message(),
        "Invalid batch payload format."
    );
    assert_eq!(
        post(&[], "{\"requests\":[]}").await.message(),
        "Write requests (excluding DELETE) must contain the Content-Type header declaration."
    );
    alice.get("$batch").await.expect(405);
}

/// Scripts count their steps; the answers are told apart by text all the same.
#[tokio::test]
async fn ids_may_be_numbers_and_unknown_members_do_not_matter() {
    let lab = Lab::new();
    let steps = json!([
        { "id": 1, "method": "get", "url": "/me", "name": "first" },
        { "Id": 2, "Method": "GET", "URL": "/me", "dependsOn": [1] },
    ]);
    let answer = batch(&lab.user(ALICE), steps).await.expect(200);
    assert_eq!(response(&answer, "1")["status"], 200);
    assert_eq!(response(&answer, "2")["status"], 200);
}

/// Who calls is said once, around the whole.
#[tokio::test]
async fn a_step_cannot_call_as_somebody_else() {
    let lab = Lab::new();
    let steps = json!([{ "id": "1", "method": "GET", "url": "/me", "headers": { "Authorization": "Bearer nothing" } }]);
    let answer = batch(&lab.user(ALICE), steps.clone()).await.expect(200);
    assert_eq!(response(&answer, "1")["body"]["displayName"], "alice");
    let refused = batch(&lab.bearer("nothing"), steps).await.expect(401);
    assert_eq!(refused.code(), "InvalidAuthenticationToken");
}

#[tokio::test]
async fn each_step_takes_its_own_permission_and_its_own_headers() {
    let lab = Lab::new();
    let steps = json!([
        { "id": "me", "method": "GET", "url": "/me" },
        { "id": "groups", "method": "GET", "url": "/groups" },
        { "id": "plain", "method": "GET", "url": "/users/$count" },
        { "id": "eventual", "method": "GET", "url": "/users/$count", "headers": { "consistencyLevel": "Eventual" } },
    ]);
    let answer = batch(&lab.with_scopes(ALICE, "User.Read User.ReadBasic.All User.Read.All"), steps).await.expect(200);
    let status = |id| response(&answer, id)["status"].clone();
    assert_eq!((status("me"), status("groups")), (json!(200), json!(403)));
    assert_eq!((status("plain"), status("eventual")), (json!(400), json!(200)));
}

/// LIM-8.
#[tokio::test]
async fn a_count_reads_as_the_switch_has_it() {
    let lab = Lab::new();
    let steps =
        json!([{ "id": "1", "method": "GET", "url": "/users/$count", "headers": { "ConsistencyLevel": "eventual" } }]);
    for (bodies, read) in
        [(BatchTextBody::Number, json!(3)), (BatchTextBody::Text, json!("3")), (BatchTextBody::Base64, json!("Mw=="))]
    {
        lab.set_up(&Command::SetBehaviour(Behaviour { batch_text_bodies: bodies, ..Behaviour::default() }));
        let answer = batch(&lab.user(ALICE), steps.clone()).await.expect(200);
        let step = response(&answer, "1");
        assert_eq!(step["body"], read);
        assert_eq!(step["headers"]["Content-Type"], "text/plain");
    }
}

#[tokio::test]
async fn a_batch_in_a_batch_and_a_method_that_there_is_not_fail_alone() {
    let lab = Lab::new();
    let json_type = json!({ "Content-Type": "application/json" });
    let inner = json!({ "requests": [{ "id": "1", "method": "GET", "url": "/me" }] });
    let steps = json!([
        { "id": "nested", "method": "POST", "url": "/$batch", "headers": json_type, "body": inner },
        { "id": "quoted", "method": "POST", "url": "//%24BATCH/", "headers": json_type, "body": inner },
        { "id": "head", "method": "HEAD", "url": "/me" },
        { "id": "put", "method": "PUT", "url": "/me", "headers": json_type, "body": {} },
        { "id": "me", "method": "GET", "url": "/me" },
    ]);
    let answer = batch(&lab.user(ALICE), steps).await.expect(200);
    let status = |id| response(&answer, id)["status"].clone();
    assert_eq!((status("nested"), status("quoted")), (json!(400), json!(400)));
    assert_eq!((status("head"), status("put"), status("me")), (json!(405), json!(405), json!(200)));
}

/// However deep a body nests, it is a body like any other: too deep for its reader.
#[tokio::test]
async fn a_body_that_nests_deeper_than_anything_is_refused_alone() {
    let lab = Lab::new();
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let text = format!(
        r#"{{"requests":[{{"id":"1","method":"PATCH","url":"/groups/{OPS}","headers":{{"content-type":"application/json"}},"body":{{"displayName":{deep}}}}},{{"id":"2","method":"GET","url":"/me"}}]}}"#
    );
    let client = lab.with_scopes(GINA, WRITE);
    let answer = client.send(Method::POST, "$batch", &[("content-type", "application/json")], Body::from(text)).await;
    let answer = answer.expect(200);
    assert_eq!(response(&answer, "1")["status"], 400);
    assert_eq!(response(&answer, "2")["status"], 200);
}

/// Links to further pages lead back to where the client came from, and not into the batch.
#[tokio::test]
async fn a_page_inside_a_batch_is_followed_outside() {
    let lab = Lab::new();
    for role in &built_in_roles()[..5] {
        lab.eligible(ALICE, role.id.0);
    }
    let rita = lab.user(RITA);
    let url = "/roleManagement/directory/roleEligibilitySchedules?$top=3&$orderby=roleDefinitionId desc";
    let answer = batch(&rita, json!([{ "id": "1", "method": "GET", "url": url }])).await.expect(200);
    let next = response(&answer, "1")["body"]["@odata.nextLink"].as_str().unwrap().to_owned();
    let below = next.strip_prefix("http://localhost:8443").unwrap();
    assert!(!below.contains(' '), "{below}");
    assert_eq!(rita.get(below).await.expect(200).items().len(), 2);
}
