//! Bodies of requests, good and bad, and what administrators do.

use super::lab::{ALICE, BERLIN, ELIGIBILITY_REQUESTS, GINA, GROUPS_ADMINISTRATOR, Lab, REQUESTS, ROBOT, activation};
use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

fn assign(expiration: Value) -> Value {
    json!({
        "action": "adminAssign",
        "principalId": ALICE,
        "roleDefinitionId": GROUPS_ADMINISTRATOR,
        "directoryScopeId": "/",
        "scheduleInfo": { "startDateTime": "2026-01-05T07:59:00Z", "expiration": expiration },
    })
}

/// REQ-11, MOD-12, ASG-15: the request keeps what was asked, the schedule shows an end.
#[tokio::test]
async fn an_eligibility_is_stored_with_an_end() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let body = assign(json!({ "type": "AfterDuration", "duration": "P30D" }));
    let made = gina.post(ELIGIBILITY_REQUESTS, body).await.expect(201);
    assert_eq!(
        made.body["scheduleInfo"]["expiration"],
        json!({ "type": "afterDuration", "endDateTime": null, "duration": "P30D" })
    );
    assert_eq!(made.body["scheduleInfo"]["startDateTime"], "2026-01-05T08:00:00Z", "REQ-10");
    assert!(
        made.body["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#roleManagement/directory/roleEligibilityScheduleRequests/$entity")
    );
    let location = made.headers["location"].to_str().unwrap();
    assert_eq!(
        location,
        format!("http://localhost:8443/v1.0/{ELIGIBILITY_REQUESTS}/{}", made.body["id"].as_str().unwrap())
    );
    let schedule = gina
        .get(&format!("roleManagement/directory/roleEligibilitySchedules/{}", made.body["id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(
        schedule.body["scheduleInfo"]["expiration"],
        json!({ "type": "afterDateTime", "endDateTime": "2026-02-04T08:00:00Z", "duration": null })
    );
    assert_eq!(schedule.body["modifiedDateTime"], "0001-01-01T08:00:00Z");
    assert_eq!(schedule.body["createdUsing"], made.body["id"]);
}

/// An application is recorded as such.
#[tokio::test]
async fn an_application_may_assign_and_is_named_as_the_creator() {
    let lab = Lab::new();
    let made =
        lab.application().post(ELIGIBILITY_REQUESTS, assign(json!({ "type": "noExpiration" }))).await.expect(201);
    assert_eq!(
        made.body["createdBy"],
        json!({ "application": { "displayName": null, "id": ROBOT }, "device": null, "user": null })
    );
}

/// AUT-1, AUT-20: a permission alone does not make an administrator.
#[tokio::test]
async fn a_user_without_a_role_may_not_assign() {
    let lab = Lab::new();
    let answer =
        lab.user(ALICE).post(ELIGIBILITY_REQUESTS, assign(json!({ "type": "noExpiration" }))).await.expect(403);
    assert_eq!(answer.code(), "UnauthorizedAccessException");
    assert_eq!(answer.message(), "Attempted to perform an unauthorized operation.");
}

async fn refused(body: Value) -> (String, String) {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let answer = lab.user(ALICE).post(REQUESTS, body).await.expect(400);
    let detail = answer.headers.get("x-emulator-detail").map(|it| it.to_str().unwrap().to_owned());
    (answer.code().to_owned(), detail.unwrap_or_default())
}

/// REQ-5, REQ-7, REQ-8, REQ-9, MOD-17, MOD-18, MOD-23, REQ-41: what makes no sense is refused in one sentence, and the header
/// says which member it was.
#[tokio::test]
async fn what_makes_no_sense_is_refused_and_named() {
    let mut cases: Vec<(&str, Value)> = Vec::new();
    let with = |path: &[&str], value: Value| {
        let mut body = activation("PT2H");
        let mut place = &mut body;
        for name in path {
            place = &mut place[*name];
        }
        *place = value;
        body
    };
    cases.push(("duration", with(&["scheduleInfo", "expiration", "duration"], json!("P6M"))));
    cases.push(("duration", with(&["scheduleInfo", "expiration", "duration"], json!("2:00:00"))));
    cases.push(("startDateTime", with(&["scheduleInfo", "startDateTime"], json!("2026-03-02T09:14:07"))));
    cases.push(("principalId", with(&["principalId"], json!("alice"))));
    cases.push(("principalId", with(&["principalId"], Value::Null)));
    cases.push(("directoryScopeId", with(&["directoryScopeId"], json!("tenant"))));
    cases.push(("appScopeId", with(&["appScopeId"], json!("/"))));
    cases.push(("recurrence", with(&["scheduleInfo", "recurrence"], json!({ "pattern": {} }))));
    cases.push(("scheduleInfo", with(&["scheduleInfo"], Value::Null)));
    cases.push(("only one", with(&["scheduleInfo", "expiration", "endDateTime"], json!("2026-03-02T09:14:07Z"))));
    for (named, body) in cases {
        let (code, detail) = refused(body.clone()).await;
        assert_eq!(code, "InvalidRoleAssignmentRequest", "{body}");
        assert!(detail.contains(named), "{detail} should name {named}");
    }
}

/// Words that are no words and values of the wrong type are refused before PIM sees them.
#[tokio::test]
async fn unknown_words_and_wrong_types_are_unreadable() {
    for (member, value) in
        [("action", json!("selfactivates")), ("isValidationOnly", json!("yes")), ("scheduleInfo", json!(5))]
    {
        let mut body = activation("PT2H");
        body[member] = value;
        let (code, detail) = refused(body).await;
        assert_eq!(code, "BadRequest", "{member}");
        assert!(detail.contains(member) || detail.contains("selfactivates"), "{detail}");
    }
    let (code, _) =
        refused(json!({ "action": "selfActivate", "scheduleInfo": { "expiration": { "type": "never" } } })).await;
    assert_eq!(code, "InvalidRoleAssignmentRequest", "the missing principal comes first");
}

/// In beta the action is a text, and a word that is none is refused by PIM.
#[tokio::test]
async fn in_beta_an_unknown_action_is_an_invalid_request() {
    let lab = Lab::new();
    let mut body = activation("PT2H");
    body["action"] = json!("elevate");
    let answer = lab.user(ALICE).beta().post(REQUESTS, body).await.expect(400);
    assert_eq!(answer.code(), "InvalidRoleAssignmentRequest");
}

/// REQ-42: what is not there is 404 with a code of its own.
#[tokio::test]
async fn unknown_roles_principals_and_units_are_not_found() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let unknown = "00000000-0000-4000-8000-000000000001";
    for (member, value, code, message) in [
        ("roleDefinitionId", unknown.to_owned(), "RoleNotFound", "The role is not found."),
        ("principalId", unknown.to_owned(), "SubjectNotFound", "The subject is not found."),
        (
            "directoryScopeId",
            format!("/administrativeUnits/{unknown}"),
            "ResourceNotFound",
            "The resource is not found.",
        ),
    ] {
        let mut body = assign(json!({ "type": "noExpiration" }));
        body[member] = json!(value);
        let answer = gina.post(ELIGIBILITY_REQUESTS, body).await.expect(404);
        assert_eq!((answer.code(), answer.message()), (code, message));
    }
}

/// SCO-1, SCO-2, SCO-3: a unit is a scope for the roles that may be held there, and no other.
#[tokio::test]
async fn a_unit_is_a_scope_for_some_roles_only() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let scope = format!("/administrativeUnits/{BERLIN}");
    let mut body = assign(json!({ "type": "noExpiration" }));
    body["directoryScopeId"] = json!(scope);
    let made = gina.post(ELIGIBILITY_REQUESTS, body.clone()).await.expect(201);
    assert_eq!(made.body["directoryScopeId"], json!(scope));
    body["roleDefinitionId"] = json!("62e90394-69f5-4237-9190-012177145e10");
    let answer = gina.post(ELIGIBILITY_REQUESTS, body).await.expect(400);
    assert_eq!(answer.code(), "Request_BadRequest");
    assert_eq!(answer.message(), "The given built-in role is not supported to be assigned to a single resource scope.");
}

/// REQ-4: activation has no place among eligibilities.
#[tokio::test]
async fn an_activation_sent_to_the_wrong_collection_is_invalid() {
    let lab = Lab::new();
    let answer = lab.user(ALICE).post(ELIGIBILITY_REQUESTS, activation("PT2H")).await.expect(400);
    assert_eq!(answer.code(), "InvalidRoleAssignmentRequest");
}

#[tokio::test]
async fn a_body_must_be_there_and_be_json() {
    let lab = Lab::new();
    let alice = lab.user(ALICE);
    let json = [("content-type", "application/json")];
    for (headers, body, message) in [
        (&json[..], "", "Empty Payload. JSON content expected."),
        (&json[..], "{\"action\":", "Unable to read JSON request payload."),
        (&[][..], "{}", "Write requests (excluding DELETE) must contain the Content-Type header declaration."),
    ] {
        let answer = alice.send(Method::POST, REQUESTS, headers, Body::from(body)).await.expect(400);
        assert_eq!(answer.code(), "BadRequest");
        assert!(answer.message().starts_with(message), "{}", answer.message());
    }
    let large = format!("{{\"justification\":\"{}\"}}", "x".repeat(5 * 1024 * 1024));
    alice.send(Method::POST, REQUESTS, &json, Body::from(large)).await.expect(413);
}

/// Clients of PowerShell write members as they like; members that nobody knows are passed over.
#[tokio::test]
async fn members_may_be_spelled_in_any_case() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let body = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleAssignmentScheduleRequest",
        "Action": "SelfActivate", "PrincipalId": ALICE, "RoleDefinitionId": GROUPS_ADMINISTRATOR, "DirectoryScopeId": "/",
        "Justification": "x", "id": "ignored", "customData": "ignored",
        "ScheduleInfo": { "Expiration": { "Type": "AfterDuration", "Duration": "PT1H" } },
        "ticketInfo": { "ticketNumber": "1", "ticketSubmitterIdentityId": "x" },
    });
    let made = lab.user(ALICE).post(REQUESTS, body).await.expect(201);
    assert_eq!(made.body["action"], "selfActivate");
    assert_eq!(made.body["ticketInfo"], json!({ "ticketNumber": "1", "ticketSystem": null }));
}
