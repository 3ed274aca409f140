//! What tools ask before they act: catalogues, counts, and lists that are empty.

use super::kit::{PROD, READER, WEB, assignment, at, azure, gives, of, role};
use serde_json::{Value, json};

#[tokio::test]
async fn a_subscription_counts_its_assignments_and_those_below() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let path = at(PROD, "roleAssignmentsUsageMetrics", "2019-08-01-preview");
    let count = async || owen.get(&path).await.expect(200).body["roleAssignmentsCurrentCount"].clone();
    assert_eq!(count().await, 1);
    gives(&owen, WEB, 1, &assignment(&role(READER), &azure.id("bob"))).await.expect(201);
    assert_eq!(count().await, 2);
    let metrics = owen.get(&path).await.expect(200).body;
    assert_eq!(
        (&metrics["roleAssignmentsLimit"], &metrics["roleAssignmentsRemainingCount"]),
        (&json!(4000), &json!(3998))
    );
    let message = azure.user("bob").await.get(&path).await;
    assert!(
        message.refused(403, "AuthorizationFailed").contains(&format!("'{PROD}/providers/Microsoft.Authorization'"))
    );
}

#[tokio::test]
async fn there_are_no_deny_assignments_and_no_classic_administrators() {
    let azure = azure().await;
    let (owen, bob) = (azure.user("owen").await, azure.user("bob").await);
    for path in
        [of(PROD, "denyAssignments?$filter=denyAssignmentName eq 'x'"), at(PROD, "classicAdministrators", "2015-07-01")]
    {
        assert_eq!(owen.get(&path).await.expect(200).body, json!({"value": []}));
        bob.get(&path).await.refused(403, "AuthorizationFailed");
    }
    owen.get(&of(PROD, "denyAssignments/x")).await.refused(404, "ResourceNotFound");
    owen.send(axum::http::Method::PUT, &of(PROD, "denyAssignments/x"), &[], "{}").await.expect(405);
}

#[tokio::test]
async fn rights_are_listed_by_provider_and_type() {
    let azure = azure().await;
    let bob = azure.user("bob").await;
    let one = bob.get(&of("", "providerOperations/microsoft.authorization")).await.expect(200).body;
    assert_eq!(one["name"], "Microsoft.Authorization");
    let types = one["resourceTypes"].as_array().unwrap();
    let of_type = types.iter().find(|it| it["name"] == "roleAssignments").unwrap();
    let names: Vec<_> = of_type["operations"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert_eq!(
        names,
        [
            "Microsoft.Authorization/roleAssignments/delete",
            "Microsoft.Authorization/roleAssignments/read",
            "Microsoft.Authorization/roleAssignments/validate/action",
            "Microsoft.Authorization/roleAssignments/write",
        ]
    );
    let all = bob.get(&of("", "providerOperations")).await.expect(200).body;
    assert_eq!(all["value"][0], one);
    bob.get(&of("", "providerOperations/Contoso.Lab")).await.refused(404, "InvalidResourceNamespace");
    let flat = bob.get(&of("", "operations")).await.expect(200).body;
    let flat: Vec<&Value> = flat["value"].as_array().unwrap().iter().map(|it| &it["name"]).collect();
    assert!(flat.contains(&&json!("Microsoft.Authorization/elevateAccess/action")));
}
