//! What clients can read, what they send, and what they would like: `Accept`, `Content-Type`, `Content-Encoding`, `Prefer`.

use super::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, INSTANCES, Lab, OPS, RITA, WRITE};
use axum::body::Body;
use axum::http::Method;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use pim_core::model::built_in_roles;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};

fn zipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn an_answer_says_as_much_of_itself_as_the_client_wants_to_know() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let rita = lab.user(RITA);
    let read =
        async |path: &str, accept: &str| rita.send(Method::GET, path, &[("accept", accept)], Body::empty()).await;
    for (path, has_types) in [
        ("users?$top=1", false),
        (&format!("users/{ALICE}"), false),
        (&format!("groups/{OPS}/members?$count=true"), true),
        ("roleManagement/directory/roleEligibilitySchedules?$expand=principal", true),
        ("policies/roleManagementPolicies?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&$expand=rules", true),
    ] {
        let text = |answer: super::lab::Answer| answer.expect(200).body.to_string();
        let minimal = text(read(path, "application/json").await);
        assert!(minimal.contains("@odata.context"), "{path}");
        assert_eq!(minimal.contains("\"@odata.type\":\"#microsoft.graph."), has_types, "{path}");
        let bare = read(path, "application/json;odata.metadata=none").await;
        assert!(bare.headers["content-type"].to_str().unwrap().contains("odata.metadata=none"));
        let bare = text(bare);
        assert!(!bare.contains("@odata.context") && !bare.contains("@odata.type"), "{path}: {bare}");
        assert_eq!(bare, text(read(path, "application/json; odata=nometadata").await));
        let full = read(path, "text/html, application/json;odata.metadata=full;odata.streaming=false").await;
        assert!(full.headers["content-type"].to_str().unwrap().contains("odata.metadata=full"));
        assert!(text(full).contains("\"@odata.type\":\"#microsoft.graph."), "{path}");
    }
    // Who wants to know nothing still finds the next page and the count.
    let page = rita.send(
        Method::GET,
        "users?$top=1&$count=true",
        &[("accept", "application/json;odata.metadata=none"), ("consistencylevel", "eventual")],
        Body::empty(),
    );
    let page = page.await.expect(200).body;
    assert!(page["@odata.nextLink"].is_string() && page["@odata.count"].is_u64(), "{page}");
}

#[tokio::test]
async fn who_reads_nothing_of_what_there_is_is_told_so() {
    let lab = Lab::new();
    let alice = lab.user(ALICE);
    let get = async |accept: &str| alice.send(Method::GET, "me", &[("accept", accept)], Body::empty()).await;
    for accept in [
        "*/*",
        "application/json",
        "APPLICATION/JSON;charset=utf-8",
        "text/html,application/xml;q=0.9,*/*;q=0.8",
        "text/plain;q=0.9",
    ] {
        get(accept).await.expect(200);
    }
    for accept in ["application/xml", "text/html", "image/png, application/atom+xml"] {
        assert_eq!(get(accept).await.expect(406).code(), "NotAcceptable", "{accept}");
    }
    // Clients that read JSON count all the same, and so do those that read text.
    for accept in ["application/json", "text/plain", "*/*"] {
        let headers = [("accept", accept), ("consistencylevel", "eventual")];
        let count = alice.send(Method::GET, "users/$count", &headers, Body::empty()).await.expect(200);
        assert_eq!((count.body.clone(), count.headers["content-type"].to_str().unwrap()), (json!(3), "text/plain"));
    }
}

#[tokio::test]
async fn a_body_is_json_or_refused() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let text = json!({ "description": "new" }).to_string();
    let patch = async |headers: &[(&str, &str)], body: Vec<u8>| {
        gina.send(Method::PATCH, &format!("groups/{OPS}"), headers, Body::from(body)).await
    };
    for kind in ["application/json", "application/json; charset=utf-8", "text/json", "application/vnd.contoso+json"] {
        patch(&[("content-type", kind)], text.clone().into()).await.expect(204);
    }
    for kind in ["text/plain", "application/xml", "application/x-www-form-urlencoded", "json"] {
        let answer = patch(&[("content-type", kind)], text.clone().into()).await.expect(415);
        assert_eq!(answer.code(), "UnsupportedMediaType", "{kind}");
    }
    let unnamed = patch(&[], text.clone().into()).await.expect(400);
    assert_eq!(
        unnamed.message(),
        "Write requests (excluding DELETE) must contain the Content-Type header declaration."
    );
    let empty = patch(&[("content-type", "application/json")], Vec::new()).await.expect(400);
    assert_eq!(empty.message(), "Empty Payload. JSON content expected.");
    let broken = patch(&[("content-type", "application/json")], b"{\"description\":".to_vec()).await.expect(400);
    assert_eq!(
        (broken.code(), broken.message()),
        (
            "BadRequest",
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."
        )
    );
}

#[tokio::test]
async fn a_body_may_come_packed() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let json_type = ("content-type", "application/json");
    let patch = async |encoding: &str, body: Vec<u8>| {
        let headers = [json_type, ("content-encoding", encoding)];
        gina.send(Method::PATCH, &format!("groups/{OPS}"), &headers, Body::from(body)).await
    };
    let text = json!({ "description": "packed" }).to_string();
    patch("gzip", zipped(&text)).await.expect(204);
    patch("identity", text.clone().into()).await.expect(204);
    assert_eq!(gina.get(&format!("groups/{OPS}")).await.expect(200).body["description"], "packed");
    for encoding in ["br", "deflate", "gzip, gzip"] {
        assert_eq!(patch(encoding, zipped(&text)).await.expect(415).code(), "UnsupportedMediaType", "{encoding}");
    }
    patch("gzip", text.into()).await.expect(400);
    // What is small when it comes and large when it is unpacked is as large as that.
    let bomb = zipped(&format!("{{\"description\":\"{}\"}}", "a".repeat(5 * 1024 * 1024)));
    assert!(bomb.len() < 10_000);
    patch("gzip", bomb).await.expect(413);
}

#[tokio::test]
async fn an_answer_goes_packed_to_whoever_can_unpack_it() {
    let lab = Lab::new();
    for role in &built_in_roles()[..20] {
        lab.eligible(ALICE, role.id.0);
    }
    let path = "roleManagement/directory/roleEligibilitySchedules";
    let plain = lab.user(RITA).get(path).await.expect(200);
    assert!(plain.headers.get("content-encoding").is_none());
    let packed = lab.user(RITA).bytes(path, &[("accept-encoding", "br, gzip")]).await;
    assert_eq!((packed.0["content-encoding"].to_str().unwrap(), &packed.0["vary"]), ("gzip", &plain.headers["vary"]));
    let mut text = String::new();
    GzDecoder::new(packed.1.as_slice()).read_to_string(&mut text).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), plain.body);
    assert!(packed.1.len() * 3 < text.len(), "{} of {}", packed.1.len(), text.len());
    // What fits into one packet is sent as it is, and so are answers to those who do not ask.
    for (path, accepted) in [("me", "gzip"), (path, "br"), (path, "gzip;q=0")] {
        let (headers, _) = lab.user(RITA).bytes(path, &[("accept-encoding", accepted)]).await;
        assert!(headers.get("content-encoding").is_none(), "{path} {accepted}");
    }
}

#[tokio::test]
async fn a_change_is_answered_with_the_whole_where_that_is_preferred() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let patch = async |path: &str, prefer: &str, body: Value| {
        let headers = [("content-type", "application/json"), ("prefer", prefer)];
        gina.send(Method::PATCH, path, &headers, Body::from(body.to_string())).await
    };
    let path = format!("groups/{OPS}");
    let whole = patch(&path, "return=representation", json!({ "description": "one" })).await.expect(200);
    assert_eq!((&whole.body["description"], &whole.body["id"]), (&json!("one"), &json!(OPS)));
    assert_eq!(whole.headers["preference-applied"], "return=representation");
    for prefer in ["return=minimal", "respond-async", "handling=strict", "include-unknown-enum-members"] {
        let answer = patch(&path, prefer, json!({ "description": "two" })).await.expect(204);
        assert!(answer.headers.get("preference-applied").is_none(), "{prefer}");
    }
    patch(&format!("users/{ALICE}"), "respond-async, return=\"representation\"", json!({ "jobTitle": "x" }))
        .await
        .expect(200);
    // A refusal is a refusal.
    let refused = patch("groups/00000000-0000-0000-0000-000000000009", "return=representation", json!({})).await;
    assert!(refused.expect(404).headers.get("preference-applied").is_none());
    let delta = gina.get_minimal("users/delta").await.expect(200);
    assert_eq!(delta.headers["preference-applied"], "return=minimal");
}

#[tokio::test]
async fn a_page_may_be_smaller_than_usual_outside_the_directory() {
    let lab = Lab::new();
    for role in &built_in_roles()[..7] {
        lab.eligible(ALICE, role.id.0);
    }
    let rita = lab.user(RITA);
    let prefer = async |path: &str| {
        rita.send(Method::GET, path, &[("prefer", "odata.maxpagesize=3")], Body::empty()).await.expect(200)
    };
    let path = "roleManagement/directory/roleEligibilitySchedules";
    let first = prefer(path).await;
    assert_eq!(
        (first.items().len(), &first.headers["preference-applied"]),
        (3, &"odata.maxpagesize=3".parse().unwrap())
    );
    let next =
        first.body["@odata.nextLink"].as_str().unwrap().strip_prefix("http://localhost:8443").unwrap().to_owned();
    assert_eq!(prefer(&next).await.items().len(), 3);
    assert_eq!(rita.get(&next).await.expect(200).items().len(), 4);
    // `$top` comes first, and the directory has nothing else.
    let top = prefer(&format!("{path}?$top=5")).await;
    assert_eq!((top.items().len(), top.headers.get("preference-applied")), (5, None));
    let users = prefer("users").await;
    assert_eq!((users.items().len(), users.headers.get("preference-applied")), (3, None));
    assert!(users.body.get("@odata.nextLink").is_none());
    assert!(prefer(INSTANCES).await.headers.contains_key("preference-applied"));
}
