//! `/groups`: making, changing and deleting.

use super::lab::{ALICE, GINA, Lab, OPS, RITA, WRITE};
use serde_json::{Value, json};

fn group(more: &Value) -> Value {
    let mut body =
        json!({ "displayName": "Crowd", "mailEnabled": false, "mailNickname": "crowd", "securityEnabled": true });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[tokio::test]
async fn a_group_is_made_with_people_changed_and_deleted() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let bind = |id| format!("https://graph.microsoft.com/v1.0/users/{id}");
    let people = json!({ "members@odata.bind": [bind(ALICE), bind(RITA)], "owners@odata.bind": [bind(RITA)] });
    let made = gina.post("groups", group(&people)).await.expect(201);
    let path = format!("groups/{}", made.body["id"].as_str().unwrap());
    assert_eq!(made.body.as_object().unwrap().len(), 35, "34 default properties and the context: {}", made.body);
    assert_eq!((&made.body["visibility"], &made.body["mail"]), (&Value::Null, &Value::Null));
    assert_eq!(gina.get(&format!("{path}/members")).await.items().len(), 2);
    assert_eq!(gina.get(&format!("{path}/owners")).await.items()[0]["id"], json!(RITA));
    gina.patch(&path, json!({ "description": "all of us", "members@odata.bind": [bind(GINA)] })).await.expect(204);
    assert_eq!(gina.get(&format!("{path}/members")).await.items().len(), 3);
    let again = gina.patch(&path, json!({ "description": "no", "members@odata.bind": [bind(GINA)] })).await.expect(400);
    assert_eq!(
        again.message(),
        "One or more added object references already exist for the following modified properties: 'members'."
    );
    assert_eq!(gina.get(&path).await.body["description"], "all of us", "nothing is half done");
    gina.delete(&path).await.expect(204);
    gina.get(&path).await.expect(404);
}

/// GRP-15. GRP-10.
#[tokio::test]
async fn the_sort_of_a_group_is_written_in_several_properties() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let unified = json!({ "groupTypes": ["Unified"], "mailEnabled": true, "securityEnabled": false, "theme": "Blue" });
    let made = gina.post("groups", group(&unified)).await.expect(201);
    assert_eq!(
        (&made.body["mail"], &made.body["visibility"], &made.body["theme"]),
        (&json!("crowd@contoso.onmicrosoft.com"), &json!("Public"), &json!("Blue"))
    );
    let private =
        json!({ "groupTypes": ["Unified"], "mailEnabled": true, "isAssignableToRole": true, "mailNickname": "p" });
    assert_eq!(gina.post("groups", group(&private)).await.expect(201).body["visibility"], "Private");
    let rule = json!({ "groupTypes": ["DynamicMembership"], "membershipRule": "user.accountEnabled -eq true",
                       "membershipRuleProcessingState": "Paused" });
    let dynamic = gina.post("groups", group(&rule)).await.expect(201);
    assert_eq!(dynamic.body["membershipRuleProcessingState"], "Paused");
    let mail = "The service does not currently support writes of mail-enabled groups. Please ensure that the \
                mail-enablement property is unset and the security-enablement property is set.";
    let invalid = |property: &str| format!("Invalid value specified for property '{property}' of resource 'Group'.");
    for (more, message) in [
        (json!({ "mailEnabled": true }), mail.to_owned()),
        (json!({ "securityEnabled": false }), mail.to_owned()),
        (json!({ "groupTypes": ["Unified"] }), invalid("mailEnabled")),
        (json!({ "groupTypes": ["Secret"] }), invalid("groupTypes")),
        (json!({ "groupTypes": ["DynamicMembership"] }), invalid("membershipRule")),
        (json!({ "mailNickname": "a b" }), invalid("mailNickname")),
        (json!({ "mailNickname": "x".repeat(65) }), invalid("mailNickname")),
        (json!({ "visibility": "Public", "isAssignableToRole": true }), invalid("visibility")),
        (
            json!({ "groupTypes": ["Unified"], "mailEnabled": true, "securityEnabled": false, "isAssignableToRole": true }),
            invalid("securityEnabled"),
        ),
        (
            json!({ "groupTypes": ["DynamicMembership"], "membershipRule": "x", "isAssignableToRole": true }),
            invalid("isAssignableToRole"),
        ),
        (
            json!({ "displayName": null }),
            "A value is required for property 'displayName' of resource 'Group'.".to_owned(),
        ),
        (unified.clone(), "Another object with the same value for property mailNickname already exists.".to_owned()),
    ] {
        let answer = gina.post("groups", group(&more)).await.expect(400);
        assert_eq!((answer.code(), answer.message()), ("Request_BadRequest", message.as_str()), "{more}");
    }
}

/// AUT-22. `Group.ReadWrite.All` alone will not do, neither to make a role-assignable group nor to change who is in one.
#[tokio::test]
async fn role_assignable_groups_take_a_permission_and_a_role_of_their_own() {
    let lab = Lab::new();
    let flag = json!({ "isAssignableToRole": true });
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{RITA}") });
    let members = format!("groups/{OPS}/members/$ref");
    let group_only = lab.with_scopes(GINA, "Group.ReadWrite.All");
    let plain_user = lab.with_scopes(ALICE, WRITE);
    for answer in [
        group_only.post("groups", group(&flag)).await,
        group_only.post(&members, reference.clone()).await,
        group_only.patch(&format!("groups/{OPS}"), json!({ "description": "x" })).await,
        group_only.delete(&format!("groups/{OPS}")).await,
        lab.application_with(&["Group.ReadWrite.All"]).post(&members, reference.clone()).await,
        plain_user.post("groups", group(&flag)).await,
        plain_user.post(&members, reference.clone()).await,
        plain_user.patch(&format!("groups/{OPS}"), json!({ "description": "x" })).await,
    ] {
        assert_eq!(answer.expect(403).code(), "Authorization_RequestDenied");
    }
    let owned = plain_user.post("groups", group(&json!({}))).await.expect(201);
    let path = format!("groups/{}", owned.body["id"].as_str().unwrap());
    assert_eq!(plain_user.get(&format!("{path}/owners")).await.items()[0]["id"], json!(ALICE));
    plain_user.post(&format!("{path}/members/$ref"), reference.clone()).await.expect(204);
    lab.with_scopes(GINA, WRITE).post(&members, reference).await.expect(204);
    // Who is in a group may be changed for less than what the group is.
    let members_only = lab.with_scopes(GINA, "GroupMember.ReadWrite.All Group.Read.All");
    let bind = json!({ "members@odata.bind": [format!("https://graph.microsoft.com/v1.0/users/{GINA}")] });
    members_only.patch(&path, bind).await.expect(204);
    members_only.patch(&path, json!({ "description": "x" })).await.expect(403);
}

#[tokio::test]
async fn no_more_than_twenty_are_bound_at_once() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let users: Vec<_> = (0..21_u128).map(|number| uuid::Uuid::from_u128(7000 + number)).collect();
    for (number, id) in users.iter().enumerate() {
        lab.make_user(*id, &format!("user{number}"));
    }
    let bind = |count: usize| {
        let urls: Vec<_> =
            users[..count].iter().map(|id| format!("https://localhost:8443/v1.0/users('{id}')")).collect();
        json!({ "members@odata.bind": urls })
    };
    assert_eq!(gina.post("groups", group(&bind(21))).await.expect(400).code(), "Request_BadRequest");
    let made = gina.post("groups", group(&bind(20))).await.expect(201);
    assert_eq!(gina.get(&format!("groups/{}/members", made.body["id"].as_str().unwrap())).await.items().len(), 20);
}
