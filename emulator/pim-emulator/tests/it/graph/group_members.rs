//! Who is in a group and whose it is; what is related to whom, by walks and by casts.

use super::lab::{ALICE, BERLIN, GINA, Lab, OPS, RITA, ROBOT, TENANT, WRITE};
use serde_json::{Value, json};

fn reference(url: &str) -> Value {
    json!({ "@odata.id": url })
}

#[tokio::test]
async fn references_are_added_listed_and_removed() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    for (relation, id) in [("members", RITA), ("owners", ALICE)] {
        let path = format!("groups/{OPS}/{relation}");
        let url = format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}");
        gina.post(&format!("{path}/$ref"), reference(&url)).await.expect(204);
        let again = gina.post(&format!("{path}/$ref"), reference(&url)).await.expect(400);
        let message = format!(
            "One or more added object references already exist for the following modified properties: '{relation}'."
        );
        assert_eq!((again.code(), again.message()), ("Request_BadRequest", message.as_str()));
        let listed = gina.get(&format!("{path}/$ref")).await.expect(200);
        assert!(listed.body["@odata.context"].as_str().unwrap().ends_with("$metadata#Collection($ref)"));
        let wanted = format!("/v2/{TENANT}/directoryObjects/{id}/Microsoft.DirectoryServices.User");
        assert!(listed.items().iter().any(|it| it["@odata.id"].as_str().unwrap().ends_with(&wanted)));
        gina.delete(&format!("{path}/{id}/$ref")).await.expect(204);
        let gone = gina.delete(&format!("{path}/{id}/$ref")).await.expect(400);
        let message = format!(
            "One or more removed object references do not exist for the following modified properties: '{relation}'."
        );
        assert_eq!(gone.message(), message);
    }
}

#[tokio::test]
async fn any_address_of_graph_will_do_and_no_other() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let members = format!("groups/{OPS}/members/$ref");
    for url in [
        format!("https://graph.microsoft.com/beta/users/{RITA}"),
        format!("http://localhost:8443/v1.0/directoryObjects('{RITA}')"),
        format!("https://graph.microsoft.us/v1.0/{TENANT}/directoryObjects/{RITA}"),
        format!("https://graph.microsoft.com/v2/{TENANT}/directoryObjects/{RITA}/Microsoft.DirectoryServices.User"),
        format!("/directoryObjects/{}", RITA.to_string().to_uppercase()),
    ] {
        gina.post(&members, reference(&url)).await.expect(204);
        gina.delete(&format!("groups/{OPS}/members/{RITA}/$ref")).await.expect(204);
    }
    let invalid = "Invalid value specified for object reference property 'id'.";
    for url in [
        format!("https://evil.example/v1.0/directoryObjects/{RITA}"),
        format!("https://graph.microsoft.com/v1.0/{ROBOT}/directoryObjects/{RITA}"),
        "https://graph.microsoft.com/v1.0/directoryObjects/rita".to_owned(),
        format!("https://graph.microsoft.com/v1.0/messages/{RITA}"),
        format!("ftp://graph.microsoft.com/v1.0/users/{RITA}"),
        String::new(),
    ] {
        let answer = gina.post(&members, reference(&url)).await.expect(400);
        assert_eq!((answer.code(), answer.message()), ("Request_BadRequest", invalid), "{url}");
    }
    let missing = gina.post(&members, json!({ "id": RITA })).await.expect(400);
    assert_eq!(missing.message(), "The request body is missing '@odata.id'.");
    let absent = format!("https://graph.microsoft.com/v1.0/directoryObjects/{TENANT}");
    assert_eq!(gina.post(&members, reference(&absent)).await.expect(404).code(), "Request_ResourceNotFound");
    let group = format!("https://graph.microsoft.com/v1.0/groups/{RITA}");
    gina.post(&members, reference(&group)).await.expect(404);
    // Whoever forgets `/$ref` deletes nobody.
    assert_eq!(gina.delete(&format!("groups/{OPS}/members/{ALICE}")).await.expect(405).code(), "Request_BadRequest");
    gina.get(&format!("users/{ALICE}")).await.expect(200);
}

#[tokio::test]
async fn lists_are_narrowed_to_types_counted_and_paged() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let add = |id| reference(&format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}"));
    for id in [RITA, ROBOT] {
        gina.post(&format!("groups/{OPS}/members/$ref"), add(id)).await.expect(204);
    }
    let members = format!("groups/{OPS}/members");
    assert_eq!(gina.get(&members).await.items().len(), 3);
    assert!(gina.get(&members).await.items().iter().all(|it| it["@odata.type"].is_string()));
    for cast in ["microsoft.graph.user", "graph.user", "Microsoft.Graph.User"] {
        let users = gina.get(&format!("{members}/{cast}")).await.expect(200);
        assert_eq!(users.items().len(), 2, "{cast}");
        assert!(users.body["@odata.context"].as_str().unwrap().ends_with("$metadata#users"));
    }
    assert_eq!(gina.get(&format!("{members}/graph.servicePrincipal")).await.items()[0]["id"], json!(ROBOT));
    assert!(gina.get(&format!("{members}/graph.device")).await.expect(200).items().is_empty());
    gina.get(&format!("{members}/graph.colour")).await.expect(400);
    assert_eq!(gina.get_eventually(&format!("{members}/$count")).await.expect(200).body, json!(3));
    assert_eq!(gina.get_eventually(&format!("{members}/graph.user/$count")).await.expect(200).body, json!(2));
    assert_eq!(
        gina.get(&format!("{members}/$count")).await.expect(400).message(),
        "$count is not currently supported."
    );
    let searched = format!("{members}/graph.user?$search=\"displayName:ri\"&$count=true");
    assert_eq!(gina.get_eventually(&searched).await.expect(200).body["@odata.count"], 1);
    let first = gina.get(&format!("{members}?$top=2&$select=id")).await.expect(200);
    let next = first.body["@odata.nextLink"].as_str().unwrap().strip_prefix("http://localhost:8443").unwrap();
    assert_eq!((first.items().len(), gina.get(next).await.expect(200).items().len()), (2, 1));
    assert_eq!(
        gina.get(&format!("{members}/{ROBOT}")).await.expect(200).body["@odata.type"],
        "#microsoft.graph.servicePrincipal"
    );
    let expanded = gina.get(&format!("groups/{OPS}?$expand=members($select=id)")).await.expect(200);
    assert_eq!(expanded.body["members"].as_array().unwrap().len(), 3);
}

/// GRP-19. GRP-20. PRI-9.
#[tokio::test]
async fn memberships_are_walked_up_and_roles_and_units_stand_beside_them() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let bind = |id: &str| format!("https://graph.microsoft.com/v1.0/groups/{id}");
    let make = async |name: &str, member: &str| {
        let body = json!({ "displayName": name, "mailEnabled": false, "mailNickname": name, "securityEnabled": true,
                           "members@odata.bind": [bind(member)] });
        gina.post("groups", body).await.expect(201).body["id"].as_str().unwrap().to_owned()
    };
    let outer = make("outer", &OPS.to_string()).await;
    let outermost = make("outermost", &outer).await;
    // In a circle, in which every walk ends.
    let circle = reference(&bind(&outermost));
    gina.post(&format!("groups/{outer}/members/$ref"), circle).await.expect(204);
    let ids = async |path: String| {
        let answer = gina.get(&path).await.expect(200);
        let mut ids: Vec<_> = answer.items().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let sorted = |ids: &[&str]| {
        let mut ids: Vec<_> = ids.iter().map(|id| (*id).to_owned()).collect();
        ids.sort();
        ids
    };
    let (ops, berlin, alice) = (OPS.to_string(), BERLIN.to_string(), ALICE.to_string());
    assert_eq!(ids(format!("users/{ALICE}/memberOf")).await, sorted(&[&ops, &berlin]));
    assert_eq!(
        ids(format!("users/{ALICE}/transitiveMemberOf/microsoft.graph.group")).await,
        sorted(&[&ops, &outer, &outermost])
    );
    assert_eq!(ids(format!("groups/{outermost}/transitiveMembers")).await, sorted(&[&outer, &ops, &alice]));
    assert_eq!(ids(format!("groups/{outer}/memberOf")).await, sorted(&[&outermost]));
    assert_eq!(ids(format!("users/{ALICE}/memberOf/graph.administrativeUnit")).await, [berlin]);
    let roles = lab.user(GINA).get("me/memberOf/microsoft.graph.directoryRole").await.expect(200);
    assert_eq!(roles.items()[0]["displayName"], "Global Administrator");
    assert_eq!(roles.items()[0]["roleTemplateId"], "62e90394-69f5-4237-9190-012177145e10");
    assert_eq!(gina.get(&format!("users/{GINA}/ownedObjects")).await.expect(200).items().len(), 2);
}
