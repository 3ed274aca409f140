//! Lists, and who may see what in them.

use super::kit::{CONTRIBUTOR, PROD, WEB, asks, azure, name, path, request, role, rows};
use serde_json::{Value, json};

const EVERYBODYS: [&str; 6] = [
    "roleAssignmentSchedules",
    "roleAssignmentScheduleInstances",
    "roleAssignmentScheduleRequests",
    "roleEligibilitySchedules",
    "roleEligibilityScheduleInstances",
    "roleEligibilityScheduleRequests",
];

/// AUT-9. REQ-29.
#[tokio::test]
async fn lists_of_everybody_take_a_role_at_the_scope_and_ones_own_take_nothing() {
    let azure = azure().await;
    let (alice, owen, id) = (azure.user("alice").await, azure.user("owen").await, azure.id("alice"));
    for list in EVERYBODYS {
        let refused = alice.get(&path(PROD, list)).await;
        let message = refused.refused(403, "InsufficientPermissions");
        assert_eq!(
            message,
            format!(
                "The requestor {id} does not have permissions for this request. Please use $filter=asTarget() to filter on \
                 the requestor's assignments."
            )
        );
        rows(&alice, PROD, &format!("{list}?$filter=asTarget()")).await;
        rows(&owen, PROD, list).await;
    }
    let mine = path(PROD, "roleAssignmentScheduleRequests?$filter=asRequestor()");
    alice.get(&mine).await.refused(403, "InsufficientPermissions");
}

/// REQ-28.
#[tokio::test]
async fn rows_are_narrowed_by_person_and_by_person_with_groups() {
    let azure = azure().await;
    let (owen, carol) = (azure.user("owen").await, azure.id("carol"));
    let list = |filter: &str| format!("roleEligibilityScheduleInstances?$filter={}", filter.replace(' ', "%20"));
    let direct = rows(&owen, PROD, &list(&format!("(principalId eq '{carol}')"))).await;
    assert_eq!(direct.len(), 1, "without groups");
    assert_eq!(direct[0]["properties"]["memberType"], "Direct");
    let all = rows(&owen, PROD, &list(&format!("assignedto('{carol}')"))).await;
    assert_eq!(all.len(), 2, "with groups, also those in groups");
    let above = rows(&owen, PROD, &list(&format!("assignedTo('{carol}') and atScope()"))).await;
    assert_eq!(above.len(), 1, "nothing below");
    let of_role = format!("principalId eq {carol} and roleDefinitionId eq '{}'", role(CONTRIBUTOR));
    assert_eq!(rows(&owen, PROD, &list(&of_role)).await.len(), 1);
    let nobody = list("principalId eq 'carol'");
    owen.get(&path(PROD, &nobody)).await.refused(400, "BadRequestFormat");
    owen.get(&path(PROD, &list("asRequestor()"))).await.refused(400, "BadRequestFormat");
}

/// MOD-11. MOD-27.
#[tokio::test]
async fn what_was_given_outside_pim_shows_and_what_is_not_of_azure_does_not() {
    let azure = azure().await;
    let (owen, id) = (azure.user("owen").await, azure.id("owen"));
    let mine = rows(&owen, "", "roleAssignmentScheduleInstances?$filter=asTarget()").await;
    let [owner] = mine.as_slice() else { panic!("{mine:?}") };
    assert_eq!(owner["properties"]["assignmentType"], "Assigned");
    assert_eq!(owner["properties"]["principalId"], json!(id));
    assert!(owner["properties"].get("endDateTime").is_none());
    let schedules = rows(&owen, PROD, "roleAssignmentSchedules?$filter=asTarget()").await;
    assert_eq!(schedules[0]["name"], owner["name"], "one name for everything");
    assert!(schedules[0]["properties"].get("roleAssignmentScheduleRequestId").is_none());
}

#[tokio::test]
async fn one_row_is_for_its_holder_and_for_whoever_reads_the_scope() {
    let azure = azure().await;
    let (alice, bob, owen) = (azure.user("alice").await, azure.user("bob").await, azure.user("owen").await);
    let id = azure.id("alice");
    asks(&alice, PROD, 1, &request("SelfActivate", &id, &role(CONTRIBUTOR), "PT1H")).await.expect(201);
    for kind in ["roleAssignmentSchedules", "roleAssignmentScheduleRequests"] {
        let one = path(PROD, &format!("{kind}/{}", name(1)));
        assert_eq!(alice.get(&one).await.expect(200).body["name"], json!(name(1)));
        owen.get(&one).await.expect(200);
        bob.get(&one).await.refused(403, "AuthorizationFailed");
        let elsewhere = path(WEB, &format!("{kind}/{}", name(1)));
        owen.get(&elsewhere).await.refused(404, "ResourceNotFound");
        let other = path(PROD, &format!("{kind}/{}", name(2)));
        owen.get(&other).await.refused(404, "ResourceNotFound");
    }
    let wrong_side = path(PROD, &format!("roleEligibilityScheduleRequests/{}", name(1)));
    owen.get(&wrong_side).await.refused(404, "ResourceNotFound");
}

/// The spellings that tools in use send.
#[tokio::test]
async fn paths_are_read_in_every_spelling() {
    let azure = azure().await;
    let alice = azure.user("alice").await;
    let subscription = PROD.trim_start_matches("/subscriptions/");
    for path in [
        format!("//subscriptions/{subscription}//providers/Microsoft.Authorization/roleEligibilitySchedules"),
        format!(
            "/SUBSCRIPTIONS/{}/providers/microsoft.authorization/ROLEELIGIBILITYSCHEDULES/",
            subscription.to_uppercase()
        ),
        format!("/providers/Microsoft.Subscription{PROD}/providers/Microsoft.Authorization/roleEligibilitySchedules"),
    ] {
        let answer = alice.get(&format!("{path}?$filter=asTarget()&api-version=2020-10-01-preview")).await.expect(200);
        assert_eq!(answer.body["value"].as_array().map(Vec::len), Some(1), "{path}");
        assert_eq!(answer.body.get("nextLink"), None::<&Value>);
    }
}
