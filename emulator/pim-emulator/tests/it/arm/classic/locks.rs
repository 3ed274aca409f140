//! Locks, and what they do to role assignments.

use super::kit::{PLATFORM, PROD, READER, WEB, assignment, at, azure, delete, each, front, gives, name, of, put, role};
use serde_json::json;

fn locks(scope: &str, rest: &str) -> String {
    at(scope, &format!("locks{rest}"), "2016-09-01")
}

/// AZR-10.
#[tokio::test]
async fn a_lock_holds_at_its_scope_and_below_until_it_is_taken_away() {
    let azure = azure().await;
    let (owen, rita) = (azure.user("owen").await, azure.user("rita").await);
    let path = locks(PROD, "/keep");
    let body = json!({"properties": {"level": "cannotdelete", "notes": "audit"}});
    let made = put(&owen, &path, &body).await.expect(201).body;
    assert_eq!(
        made,
        json!({
            "properties": {"level": "CanNotDelete"},
            "id": format!("{PROD}/providers/Microsoft.Authorization/locks/keep"),
            "type": "Microsoft.Authorization/locks",
            "name": "keep",
        })
    );
    put(&owen, &locks(PROD, "/KEEP"), &body).await.expect(200);
    assert_eq!(owen.get(&path).await.expect(200).body, made);
    assert_eq!(each(&owen, &locks(PROD, ""), "/name").await, ["keep"]);
    gives(&owen, WEB, 1, &assignment(&role(READER), &azure.id("bob"))).await.expect(201);
    let given = of(WEB, &format!("roleAssignments/{}", name(1)));
    delete(&owen, &given).await.refused(409, "ScopeLocked");
    delete(&owen, &front(WEB)).await.refused(409, "ScopeLocked");
    put(&owen, &locks(WEB, "/still"), &json!({"properties": {"level": "ReadOnly"}})).await.expect(201);
    gives(&owen, WEB, 2, &assignment(&role(READER), &azure.id("alice"))).await.refused(409, "ScopeLocked");
    assert_eq!(each(&owen, &locks(PROD, ""), "/name").await, ["keep", "still"]);
    assert_eq!(each(&owen, &locks(PROD, "?$filter=atScope()"), "/name").await, ["keep"]);
    delete(&rita, &locks(WEB, "/still")).await.refused(403, "AuthorizationFailed");
    for path in [locks(WEB, "/still"), path] {
        delete(&owen, &path).await.expect(200);
        delete(&owen, &path).await.expect(204);
        owen.get(&path).await.refused(404, "ResourceNotFound");
    }
    delete(&owen, &given).await.expect(200);
}

#[tokio::test]
async fn nothing_else_can_be_a_lock() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    for body in [json!({}), json!({"properties": {"level": "NotSpecified"}})] {
        put(&owen, &locks(PROD, "/keep"), &body).await.refused(400, "BadRequestFormat");
    }
    let level = json!({"properties": {"level": "ReadOnly"}});
    put(&owen, &locks(PLATFORM, "/keep"), &level).await.refused(400, "BadRequestFormat");
    put(&azure.user("bob").await, &locks(PROD, "/keep"), &level).await.refused(403, "AuthorizationFailed");
}
