//! Administrators make people eligible or active, later or for good, and take it away.

use super::kit::{CONTRIBUTOR, PROD, READER, WEB, asks, azure, makes_eligible, name, path, request, role, rows};
use axum::http::Method;
use serde_json::{Value, json};

/// POL-57. AZR-5.
#[tokio::test]
async fn an_eligibility_must_end_as_long_as_nobody_has_changed_the_policy() {
    let azure = azure().await;
    let (owen, bob) = (azure.user("owen").await, azure.id("bob"));
    let mut forever = request("AdminAssign", &bob, &role(READER), "P1D");
    forever["properties"]["scheduleInfo"]["expiration"] = json!({"type": "NoExpiration"});
    let refused = makes_eligible(&owen, PROD, 1, &forever).await;
    assert!(refused.refused(400, "RoleAssignmentRequestPolicyValidationFailed").ends_with("[\"ExpirationRule\"]"));
    let answer =
        makes_eligible(&owen, PROD, 1, &request("AdminAssign", &bob, &role(READER), "P365D")).await.expect(201);
    assert_eq!(answer.body["properties"]["status"], "Provisioned");
    assert_eq!(answer.body["type"], "Microsoft.Authorization/roleEligibilityScheduleRequests");
    let mine = rows(&azure.user("bob").await, "", "roleEligibilityScheduleInstances?$filter=asTarget()").await;
    let properties = &mine[0]["properties"];
    assert_eq!(properties["expandedProperties"]["scope"]["displayName"], "Production");
    assert_eq!(properties["expandedProperties"]["scope"]["type"], "subscription");
    assert_eq!(properties["expandedProperties"]["principal"]["type"], "User");
    assert_eq!(properties["expandedProperties"]["roleDefinition"]["displayName"], "Reader");
    assert_ne!(mine[0]["name"], name(1), "an instance has a name of its own");
}

/// REQ-20. REQ-51.
#[tokio::test]
async fn what_begins_tomorrow_is_granted_and_can_be_cancelled() {
    let azure = azure().await;
    let (owen, bob) = (azure.user("owen").await, azure.id("bob"));
    let mut later = request("AdminAssign", &bob, &role(READER), "P1D");
    later["properties"]["scheduleInfo"]["startDateTime"] = json!("2026-03-03T11:00:00+02:00");
    let answer = makes_eligible(&owen, PROD, 1, &later).await.expect(201);
    assert_eq!(answer.body["properties"]["status"], "Granted");
    assert_eq!(
        answer.body["properties"]["scheduleInfo"]["startDateTime"], "2026-03-03T09:00:00.0000000+00:00",
        "a start ahead is kept"
    );
    let filter = format!("?$filter=principalId eq '{bob}'").replace(' ', "%20");
    let schedules = rows(&owen, PROD, &format!("roleEligibilitySchedules{filter}")).await;
    assert_eq!((schedules.len(), &schedules[0]["properties"]["status"]), (1, &json!("Granted")));
    assert_eq!(rows(&owen, PROD, &format!("roleEligibilityScheduleInstances{filter}")).await, Vec::<Value>::new());
    let cancel = path(PROD, &format!("roleEligibilityScheduleRequests/{}/cancel", name(1)));
    let cancelled = owen.post(&cancel, "").await.expect(200);
    assert_eq!(cancelled.body, Value::Null);
    let one = owen.get(&path(PROD, &format!("roleEligibilityScheduleRequests/{}", name(1)))).await.expect(200);
    assert_eq!(one.body["properties"]["status"], "Canceled");
    owen.post(&cancel, "").await.refused(400, "RequestCannotBeCancelled");
}

/// The body of a tool that lacks its last brace, with words where there is nothing to say.
#[tokio::test]
async fn a_removal_is_read_though_a_brace_is_missing() {
    let azure = azure().await;
    let (owen, alice) = (azure.user("owen").await, azure.id("alice"));
    let mut body = request("AdminRemove", &alice, &role(CONTRIBUTOR), "");
    body["properties"]["scheduleInfo"]["expiration"]["type"] = json!("null");
    let text = body.to_string();
    let path = path(PROD, &format!("roleEligibilityScheduleRequests/{}", name(1)));
    let answer = owen.send(Method::PUT, &path, &[], &text[..text.len() - 1]).await.expect(201);
    assert_eq!(answer.body["properties"]["status"], "Revoked");
}

/// AZR-4.
#[tokio::test]
async fn a_condition_is_kept_from_the_request_to_the_instance() {
    let azure = azure().await;
    let (owen, bob) = (azure.user("owen").await, azure.id("bob"));
    let mut body = request("AdminAssign", &bob, &role(READER), "P1D");
    body["properties"]["condition"] = json!("@Resource[x:y] StringEquals 'z'");
    asks(&owen, PROD, 1, &body).await.refused(400, "InvalidRoleAssignmentRequest");
    body["properties"]["conditionVersion"] = json!("2.0");
    let answer = asks(&owen, PROD, 1, &body).await.expect(201);
    assert_eq!(answer.body["properties"]["condition"], "@Resource[x:y] StringEquals 'z'");
    let mine = rows(&azure.user("bob").await, "", "roleAssignmentScheduleInstances?$filter=asTarget()").await;
    assert_eq!(mine[0]["properties"]["conditionVersion"], "2.0");
}

/// AZR-10.
#[tokio::test]
async fn nothing_is_given_where_a_lock_forbids_changes() {
    let azure = azure().await;
    let (owen, bob) = (azure.user("owen").await, azure.id("bob"));
    let data = format!("{PROD}/resourceGroups/data");
    let refused = asks(&owen, &data, 1, &request("AdminAssign", &bob, &role(READER), "P1D")).await;
    assert_eq!(refused.refused(400, "ResourceIsLocked"), "The resource is locked.");
    asks(&owen, WEB, 1, &request("AdminAssign", &bob, &role(READER), "P1D")).await.expect(201);
    let nowhere = format!("{PROD}/resourceGroups/shop");
    asks(&owen, &nowhere, 2, &request("AdminAssign", &bob, &role(READER), "P1D"))
        .await
        .refused(404, "ResourceGroupNotFound");
}

#[tokio::test]
async fn bodies_that_make_no_sense_are_refused_and_make_nothing() {
    let azure = azure().await;
    let (owen, bob) = (azure.user("owen").await, azure.id("bob"));
    let good = request("AdminAssign", &bob, &role(READER), "P1D");
    let bad = |change: &dyn Fn(&mut Value)| {
        let mut body = good.clone();
        change(&mut body["properties"]);
        body
    };
    let bodies = [
        json!({}),
        json!({"properties": {}}),
        bad(&|it| it["requestType"] = json!("AdminWish")),
        bad(&|it| it["principalId"] = json!("bob")),
        bad(&|it| it["roleDefinitionId"] = json!("")),
        bad(&|it| it["scheduleInfo"]["startDateTime"] = json!("tomorrow")),
        bad(&|it| it["scheduleInfo"]["expiration"]["type"] = json!("AfterLunch")),
        bad(&|it| it["scheduleInfo"]["expiration"]["duration"] = json!("1 day")),
        bad(&|it| it["scheduleInfo"]["expiration"] = json!({"type": "AfterDateTime"})),
        bad(&|it| it["linkedRoleEligibilityScheduleId"] = json!("that one")),
    ];
    for body in bodies {
        asks(&owen, PROD, 1, &body).await.refused(400, "InvalidRoleAssignmentRequest");
    }
    let nobody = bad(&|it| it["principalId"] = json!("00000000-0000-4000-8000-00000000dead"));
    asks(&owen, PROD, 1, &nobody).await.refused(400, "SubjectNotFound");
    let short = bad(&|it| it["scheduleInfo"]["expiration"]["duration"] = json!("PT1M"));
    asks(&owen, PROD, 1, &short).await.refused(400, "ActiveDurationTooShort");
    let backwards = bad(&|it| {
        it["scheduleInfo"]["expiration"] = json!({"type": "AfterDateTime", "endDateTime": "2020-01-01T00:00:00Z"});
    });
    asks(&owen, PROD, 1, &backwards).await.refused(400, "InvalidRoleAssignmentRequestSchedule");
    asks(&owen, PROD, 1, &good).await.expect(201);
}
