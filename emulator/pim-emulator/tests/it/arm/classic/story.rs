//! From nothing to an Owner and back.

use super::kit::{OWNER, PROD, TEST, assignment, at, azure, delete, each, front, gives, name, of, role};

/// A Global Administrator has no rights in Azure until it takes them, gives somebody a subscription, and takes it away again.
#[tokio::test]
async fn a_global_administrator_elevates_and_makes_an_owner() {
    let azure = azure().await;
    let (greta, bob) = (azure.user("greta").await, azure.user("bob").await);
    let list = of(PROD, "roleAssignments");
    let elevate = at("", "elevateAccess", "2016-07-01");
    assert_eq!(
        greta.get(&list).await.refused(403, "AuthorizationFailed"),
        format!(
            "The client 'greta@azure.contoso.com' with object id '{}' does not have authorization to perform action \
             'Microsoft.Authorization/roleAssignments/read' over scope '{PROD}/providers/Microsoft.Authorization' or the scope \
             is invalid. If access was recently granted, please refresh your credentials.",
            azure.id("greta")
        )
    );
    bob.post(&elevate, "").await.refused(403, "AuthorizationFailed");
    let elevated = greta.post(&elevate, "").await.expect(200);
    assert!(elevated.body.is_null());
    greta.post(&elevate, "").await.expect(200);
    assert_eq!(
        each(&greta, &of("", "roleAssignments?$filter=atScope()"), "/properties/principalId").await,
        [azure.id("greta")]
    );

    assert!(each(&bob, &front("/subscriptions"), "/id").await.is_empty());
    gives(&greta, PROD, 1, &assignment(&role(OWNER), &azure.id("bob"))).await.expect(201);
    assert_eq!(each(&bob, &front("/subscriptions"), "/id").await, [PROD]);
    let named = of(PROD, &format!("roleAssignments/{}", name(1)));
    let his = of(PROD, &format!("roleAssignments?$filter=principalId eq '{}'", azure.id("bob")));
    assert_eq!(each(&bob, &his, "/name").await, [name(1)]);
    bob.get(&front(TEST)).await.refused(403, "AuthorizationFailed");

    let deleted = delete(&greta, &named).await.expect(200);
    assert_eq!(deleted.body["name"], name(1));
    assert!(delete(&greta, &named).await.expect(204).body.is_null());
    greta.get(&named).await.refused(404, "RoleAssignmentNotFound");
    bob.get(&list).await.refused(403, "AuthorizationFailed");
}
