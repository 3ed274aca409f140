//! What Graph says to requests that are none, row by row: paths, methods, query options, literals, keys.

use super::lab::{ALICE, ASSIGNMENTS, GINA, GROUPS_ADMINISTRATOR, Lab, OPS, RITA, WRITE};
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

const SCHEDULES: &str = "roleManagement/directory/roleEligibilitySchedules";

#[tokio::test]
async fn paths_and_versions_that_there_are_not() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    for (path, status, code, message) in [
        ("/v1.0/colours", 400, "BadRequest", "Resource not found for the segment 'colours'."),
        ("/v1.0/users/colours/red", 400, "BadRequest", "Resource not found for the segment 'red'."),
        ("/beta/colours", 400, "BadRequest", "Resource not found for the segment 'colours'."),
        ("/v1.0/$batch/1", 400, "BadRequest", "Resource not found for the segment '1'."),
        ("/v1.0/users(colour='red')", 400, "BadRequest", "Resource not found for the segment 'users'."),
        (
            "/v1.0/users/colours",
            404,
            "Request_ResourceNotFound",
            "Resource 'colours' does not exist or one of its queried reference-property objects are not present.",
        ),
        ("/v1.0/groups/colours", 400, "Request_BadRequest", "Invalid object identifier 'colours'."),
        ("/v1.0/directoryObjects/colours", 400, "Request_BadRequest", "Invalid object identifier 'colours'."),
        ("/v1.0/users('a", 400, "BadRequest", ""),
    ] {
        let answer = rita.get(path).await.expect(status);
        assert_eq!(answer.code(), code, "{path}");
        assert!(answer.message().starts_with(message), "{path}: {}", answer.message());
    }
}

#[tokio::test]
async fn methods_that_a_path_has_not() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let json_type = ("content-type", "application/json");
    for (method, path) in [
        (Method::HEAD, "me"),
        (Method::PUT, "users"),
        (Method::DELETE, "users"),
        (Method::POST, "roleManagement/directory/roleAssignmentSchedules"),
        (Method::PATCH, "directoryRoles"),
        (Method::from_bytes(b"MERGE").unwrap(), "me"),
        (Method::TRACE, "me"),
        (Method::GET, "me/revokeSignInSessions"),
    ] {
        let answer = gina.send(method.clone(), path, &[json_type], Body::empty()).await.expect(405);
        if method != Method::HEAD {
            assert_eq!(
                (answer.code(), answer.message()),
                ("Request_BadRequest", "Specified HTTP method is not allowed for the request target."),
                "{method} {path}"
            );
        }
    }
    // Whoever asks first what is allowed gets an answer without a token.
    let asked = lab.anonymous().send(Method::OPTIONS, "me", &[("origin", "https://a.example")], Body::empty()).await;
    assert!(asked.expect(204).headers["access-control-allow-methods"].to_str().unwrap().contains("PATCH"));
}

#[tokio::test]
async fn pages_that_there_cannot_be() {
    let lab = Lab::new();
    let rita = lab.with_scopes(RITA, "Directory.Read.All RoleManagement.Read.All AdministrativeUnit.Read.All");
    let size = |of: &str| format!("Invalid page size specified: '{of}'. Must be between 1 and 999 inclusive.");
    let number = |option: &str, of: &str| {
        format!(
            "Invalid value '{of}' for {option} query option found. The {option} query option requires a non-negative integer value."
        )
    };
    let one_page = "The query specified in the URI is not valid. The limit of '0' for Top query has been exceeded. \
                    The value from the incoming request is '10'.";
    let expired = "The specified page token value has expired and can no longer be included in your request.";
    for (path, code, message) in [
        ("users?$top=1000", "Request_UnsupportedQuery", size("1000")),
        ("users?$top=0", "Request_UnsupportedQuery", size("0")),
        ("users?$top=99999999999999999999", "Request_UnsupportedQuery", size("99999999999999999999")),
        ("users?$top=-1", "BadRequest", number("$top", "-1")),
        ("users?$top=ten", "BadRequest", number("$top", "ten")),
        ("users?$top=", "BadRequest", number("$top", "")),
        ("users?$skip=5", "Request_BadRequest", "'$skip' is not supported by the service.".to_owned()),
        ("groups?$skip=5", "Request_BadRequest", "'$skip' is not supported by the service.".to_owned()),
        ("roleManagement/directory/roleAssignments?$skip=x", "BadRequest", number("$skip", "x")),
        ("users?$skiptoken=garbage", "Directory_ExpiredPageToken", expired.to_owned()),
        ("directoryRoles?$top=10", "BadRequest", one_page.to_owned()),
        ("directoryRoleTemplates?$top=10", "BadRequest", one_page.to_owned()),
        (
            "users?$count=perhaps",
            "BadRequest",
            "Invalid value 'perhaps' for $count query option found. Valid values are 'true' or 'false'.".to_owned(),
        ),
        (
            "users?$top=1&$top=2",
            "BadRequest",
            "Query option '$top' was specified more than once, but it must be specified at most once.".to_owned(),
        ),
    ] {
        let answer = rita.get(path).await.expect(400);
        assert_eq!((answer.code(), answer.message()), (code, message.as_str()), "{path}");
    }
    // What governs goes on from a number.
    assert_eq!(rita.get(&format!("{ASSIGNMENTS}?$skip=1")).await.expect(200).items().len(), 1);
    // An option that there is not, or without its sign, harms nobody.
    rita.get("users?$colour=red&colour=blue&$format=json").await.expect(200);
    assert_eq!(rita.get("users?top=1&select=id").await.expect(200).items()[0].as_object().unwrap().len(), 1);
}

#[tokio::test]
async fn literals_that_do_not_fit() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let incompatible = |left: &str, right: &str| {
        format!(
            "A binary operator with incompatible types was detected. Found operand types '{left}' and '{right}' for operator kind 'Equal'."
        )
    };
    for (filter, message) in [
        ("accountEnabled eq 'true'", incompatible("Edm.Boolean", "Edm.String")),
        ("displayName eq 5", incompatible("Edm.String", "Edm.Int32")),
        ("displayName eq true", incompatible("Edm.String", "Edm.Boolean")),
        (
            "displayName eq 'x",
            "There is an unterminated string literal at position 17 in 'displayName eq 'x'.".to_owned(),
        ),
        ("displayName eq 'o'neil'", String::new()),
        ("displayName", "The $filter expression must evaluate to a single boolean value.".to_owned()),
        ("displayName like 'x'", String::new()),
        ("(displayName eq 'x'", String::new()),
        ("displayName/any(x:x eq 'y')", "Any/All may only be used following a collection.".to_owned()),
        ("shout(displayName) eq 'x'", "An unknown function with name 'shout' was found.".to_owned()),
        ("colour eq 'red'", "Could not find a property named 'colour' on type 'microsoft.graph.user'.".to_owned()),
    ] {
        let answer = rita.get(&format!("users?$filter={filter}")).await.expect(400);
        assert_eq!(answer.code(), "BadRequest", "{filter}");
        assert!(answer.message().starts_with(&message), "{filter}: {}", answer.message());
    }
    // What is written as it should be is found, in any case, encoded or not.
    for filter in [
        "DISPLAYNAME EQ 'Alice'",
        "displayName%20eq%20%27alice%27",
        "displayName+eq+'alice'",
        "StartsWith(displayName,'al')",
        "userPrincipalName in ('alice@contoso.onmicrosoft.com','nobody')",
        "accountEnabled eq true and startswith(displayName,'ali')",
    ] {
        assert_eq!(rita.get(&format!("users?$filter={filter}")).await.expect(200).items().len(), 1, "{filter}");
    }
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    for filter in [
        "createdDateTime ge 2026-01-01",
        "createdDateTime ge 2026-01-01T00:00:00%2B00:00",
        "createdDateTime ge 2026-01-01T00:00:00.0000000Z",
        &format!("principalId eq '{}' and status eq 'Provisioned'", ALICE.to_string().to_uppercase()),
    ] {
        assert_eq!(rita.get(&format!("{SCHEDULES}?$filter={filter}")).await.expect(200).items().len(), 1, "{filter}");
    }
}

#[tokio::test]
async fn names_that_a_type_has_not() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let unknown = |name: &str, kind: &str| {
        format!(
            "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type 'microsoft.graph.{kind}'."
        )
    };
    for (path, message) in [
        ("users?$select=colour", unknown("colour", "user")),
        ("users?$expand=colour", unknown("colour", "user")),
        (&format!("users/{ALICE}?$select=id,colour"), unknown("colour", "user")),
        ("groups?$expand=members($select=colour)", String::new()),
        (&format!("{ASSIGNMENTS}?$expand=principal,colour"), unknown("colour", "unifiedRoleAssignment")),
        (
            "users?$select=display name",
            "Term 'display name' is not valid in a $select or $expand expression.".to_owned(),
        ),
    ] {
        let answer = rita.get(path).await.expect(400);
        assert_eq!(answer.code(), "BadRequest", "{path}");
        assert!(answer.message().starts_with(&message), "{path}: {}", answer.message());
    }
    for property in ["aboutMe", "mailboxSettings", "Skills"] {
        let answer = rita.get(&format!("users?$select=id,{property}")).await.expect(501);
        assert_eq!(answer.code(), "NotImplemented");
    }
    rita.get("users?$select=&$expand=").await.expect(200);
    rita.get("users?$select=*").await.expect(200);
}

/// A browser cannot send the header, so that the query may say it.
#[tokio::test]
async fn consistency_may_be_asked_for_in_the_query() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    assert_eq!(rita.get("users/$count").await.expect(400).message(), "$count is not currently supported.");
    assert_eq!(rita.get("users/$count?ConsistencyLevel=eventual").await.expect(200).body, json!(3));
    let found = rita.get("users?consistencylevel=eventual&$count=true&$search=\"displayName:ali\"").await.expect(200);
    assert_eq!(found.body["@odata.count"], 1);
    let counted = rita.get("users?$count=true").await.expect(200);
    assert!(counted.body.get("@odata.count").is_none());
}

#[tokio::test]
async fn searches_that_are_none() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    for (search, message) in [
        ("alice", "Syntax error: character 'a' is not valid at position 0 in 'alice'."),
        ("\"displayName:a\" and \"displayName:b\"", "Syntax error: character 'a' is not valid at position 16 in"),
        ("\"displayName:a\" OR", "Syntax error at position 18 in"),
        ("(\"displayName:a\"", "Syntax error at position 16 in"),
        ("\"displayName\"", "Syntax error: character '\"' is not valid at position 0 in"),
        ("\"colour:red\"", "Could not find a property named 'colour' on type 'microsoft.graph.user'."),
        (
            "\"jobTitle:x\"",
            "Unsupported or invalid query filter clause specified for property 'jobTitle' of resource 'User'.",
        ),
    ] {
        let answer = rita.get_eventually(&format!("users?$search={search}")).await.expect(400);
        assert!(answer.message().starts_with(message), "{search}: {}", answer.message());
    }
}

/// Actions that say nothing more need no body and no type of one.
#[tokio::test]
async fn actions_without_a_body_need_none() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.approval_by(GROUPS_ADMINISTRATOR, &[GINA]);
    let alice = lab.with_scopes(ALICE, "RoleAssignmentSchedule.ReadWrite.Directory User.ReadWrite.All User.Read");
    let made = alice.post(super::lab::REQUESTS, super::lab::activation("PT1H")).await.expect(201);
    let path = format!("{}/{}/cancel", super::lab::REQUESTS, made.body["id"].as_str().unwrap());
    alice.send(Method::POST, &path, &[("content-length", "0")], Body::empty()).await.expect(204);
    alice.send(Method::POST, "me/revokeSignInSessions", &[], Body::empty()).await.expect(200);
}

#[tokio::test]
async fn members_that_are_in_already_or_not_at_all() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{ALICE}") });
    let again = gina.post(&format!("groups/{OPS}/members/$ref"), reference).await.expect(400);
    assert_eq!(
        (again.code(), again.message()),
        (
            "Request_BadRequest",
            "One or more added object references already exist for the following modified properties: 'members'."
        )
    );
    let gone = gina.delete(&format!("groups/{OPS}/members/{RITA}/$ref")).await.expect(404);
    assert_eq!(gone.code(), "Request_ResourceNotFound");
    let nothing = json!({ "@odata.id": "https://graph.microsoft.com/v1.0/colours" });
    gina.post(&format!("groups/{OPS}/members/$ref"), nothing).await.expect(400);
    let taken = gina
        .post(
            "users",
            json!({
                "accountEnabled": true, "displayName": "Alice", "mailNickname": "alice",
                "userPrincipalName": "alice@contoso.onmicrosoft.com", "passwordProfile": { "password": "xWwvJ]6NMw+bWH-d" },
            }),
        )
        .await
        .expect(400);
    assert_eq!(taken.message(), "Another object with the same value for property userPrincipalName already exists.");
    assert_eq!(taken.body["error"]["details"][0]["target"], "userPrincipalName");
}
