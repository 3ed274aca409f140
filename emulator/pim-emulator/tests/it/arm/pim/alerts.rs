//! Alerts of Azure roles: of a subscription in which PIM is in use.

use super::kit::{PLATFORM, PROD, READER, WEB, azure, role};
use crate::arm::kit::{Answer, Caller};
use axum::http::Method;
use serde_json::{Value, json};

fn path(rest: &str) -> String {
    at(PROD, rest)
}

fn at(scope: &str, rest: &str) -> String {
    format!("{scope}/providers/Microsoft.Authorization/{rest}?api-version=2022-08-01-preview")
}

async fn post(caller: &Caller<'_>, rest: &str) -> Answer {
    caller.post(&path(rest), "").await
}

async fn patch(caller: &Caller<'_>, rest: &str, body: &Value) -> Answer {
    caller.send(Method::PATCH, &path(rest), &[], &body.to_string()).await
}

/// ALR-30 to ALR-34: four alerts, each with its definition and its configuration.
#[tokio::test]
async fn a_subscription_in_which_pim_is_in_use_has_four_alerts() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    for kind in ["roleManagementAlerts", "roleManagementAlertDefinitions", "roleManagementAlertConfigurations"] {
        let list = owen.get(&path(kind)).await.expect(200);
        let names: Vec<_> = list.body["value"].as_array().unwrap().iter().map(|it| it["name"].clone()).collect();
        assert_eq!(
            names,
            [
                "AzureRolesAssignedOutsidePim",
                "DuplicateRoleCreated",
                "TooManyOwnersAssignedToResource",
                "TooManyPermanentOwnersAssignedToResource",
            ]
        );
        for item in list.body["value"].as_array().unwrap() {
            let id = item["id"].as_str().unwrap();
            assert_eq!(item["type"], json!(format!("Microsoft.Authorization/{kind}")));
            let one = owen.get(&format!("{id}?api-version=2022-08-01-preview")).await.expect(200);
            assert_eq!(&one.body, item);
        }
    }
    let owners = owen.get(&path("roleManagementAlertConfigurations/TooManyOwnersAssignedToResource")).await;
    let properties = &owners.expect(200).body["properties"];
    assert_eq!(properties["alertConfigurationType"], "TooManyOwnersAssignedToResourceAlertConfiguration");
    assert_eq!(properties["thresholdNumberOfOwners"], 2);
    assert_eq!(properties["alertDefinition"]["properties"]["severityLevel"], "Medium");
    owen.get(&at(WEB, "roleManagementAlerts")).await.refused(501, "NotEmulated");
    owen.get(&at(PLATFORM, "roleManagementAlerts")).await.refused(501, "NotEmulated");
    owen.get(&path("roleManagementAlerts/StaleSignInAlert")).await.refused(404, "ResourceNotFound");
}

/// ALR-33, ALR-4, ALR-5: what is found, dismissed and put right.
#[tokio::test]
async fn what_was_assigned_outside_is_found_and_put_right() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let bob = azure.id("bob");
    let assignment = format!(
        "{WEB}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000077?api-version=2022-04-01"
    );
    let body = json!({"properties": {"principalId": bob, "roleDefinitionId": role(READER)}});
    owen.send(Method::PUT, &assignment, &[], &body.to_string()).await.expect(201);
    let started = post(&owen, "roleManagementAlerts/refresh").await.expect(202);
    assert_eq!(started.body["status"], "Running");
    let location = started.header("location").to_owned();
    let operation = owen.get(&location).await.expect(200);
    assert_eq!((&operation.body["status"], &operation.body["id"]), (&json!("Succeeded"), &started.body["id"]));
    let alert = owen.get(&path("roleManagementAlerts/AzureRolesAssignedOutsidePim")).await.expect(200);
    let properties = &alert.body["properties"];
    assert_eq!((&properties["isActive"], &properties["incidentCount"]), (&json!(true), &json!(2)));
    let found = properties["alertIncidents"].as_array().unwrap();
    let incident = found.iter().find(|it| it["properties"]["assigneeId"] == json!(bob)).unwrap();
    let name = incident["name"].as_str().unwrap();
    assert_eq!(name, "00000000-0000-4000-8000-000000000077");
    assert_eq!(
        incident["properties"],
        json!({
            "alertIncidentType": "AzureRolesAssignedOutsidePimAlertIncident",
            "assigneeDisplayName": "Bob",
            "assigneeUserPrincipalName": "bob@azure.contoso.com",
            "assigneeId": bob,
            "roleDisplayName": "Reader",
            "roleTemplateId": READER,
            "roleDefinitionId": role(READER),
            "assignmentActivatedDate": "2026-03-02T09:00:00Z",
            "requestorId": azure.id("owen"),
            "requestorDisplayName": "Owen",
            "requestorUserPrincipalName": "owen@azure.contoso.com",
        })
    );
    let incidents = "roleManagementAlerts/AzureRolesAssignedOutsidePim/alertIncidents";
    let list = owen.get(&path(incidents)).await.expect(200);
    assert_eq!(list.body["value"], properties["alertIncidents"]);
    assert_eq!(&owen.get(&path(&format!("{incidents}/{name}"))).await.expect(200).body, incident);
    patch(&owen, "roleManagementAlerts/AzureRolesAssignedOutsidePim", &json!({"properties": {"isActive": false}}))
        .await
        .expect(204);
    let dismissed = owen.get(&path("roleManagementAlerts/AzureRolesAssignedOutsidePim")).await.expect(200);
    assert_eq!(dismissed.body["properties"]["isActive"], false);
    post(&owen, &format!("{incidents}/{name}/remediate")).await.expect(204);
    owen.get(&assignment).await.refused(404, "RoleAssignmentNotFound");
    owen.get(&path(&format!("{incidents}/{name}"))).await.refused(404, "ResourceNotFound");
    post(&owen, &format!("{incidents}/{name}/remediate")).await.refused(404, "ResourceNotFound");
    let one = post(&owen, "roleManagementAlerts/AzureRolesAssignedOutsidePimAlert/refresh").await.expect(202);
    let operation = owen.get(one.header("location")).await.expect(200);
    let about = operation.body["resourceLocation"].as_str().unwrap().to_owned();
    assert!(about.ends_with("roleManagementAlerts/AzureRolesAssignedOutsidePim"), "{about}");
    owen.get(&path("roleManagementAlertOperations/00000000-0000-4000-8000-000000000001"))
        .await
        .refused(404, "ResourceNotFound");
}

/// ALR-30, ALR-31, ALR-32: settings within their ranges, and what the other alerts find.
#[tokio::test]
async fn owners_and_twins_are_found_as_the_alerts_are_set() {
    let azure = azure().await;
    let owen = azure.user("owen").await;
    let set = |name: &'static str, key: &'static str, value: Value| {
        let body = json!({"properties": {"alertConfigurationType": format!("{name}AlertConfiguration"), key: value}});
        (format!("roleManagementAlertConfigurations/{name}"), body)
    };
    for (name, key, value, expected) in [
        ("TooManyOwnersAssignedToResource", "thresholdNumberOfOwners", json!(1), 204),
        ("TooManyPermanentOwnersAssignedToResource", "thresholdNumberOfPermanentOwners", json!(1), 204),
        ("TooManyOwnersAssignedToResource", "thresholdNumberOfOwners", json!(101), 400),
        (
            "TooManyPermanentOwnersAssignedToResource",
            "thresholdPercentageOfPermanentOwnersOutOfAllOwners",
            json!(101),
            400,
        ),
        ("DuplicateRoleCreated", "thresholdNumberOfOwners", json!(3), 400),
        ("DuplicateRoleCreated", "isEnabled", json!("true"), 204),
    ] {
        let (path, body) = set(name, key, value);
        assert_eq!(patch(&owen, &path, &body).await.status.as_u16(), expected, "{name} {key}");
    }
    let untyped = json!({"properties": {"isEnabled": true}});
    patch(&owen, "roleManagementAlertConfigurations/DuplicateRoleCreated", &untyped).await.expect(400);
    for name in ["Keeper", "Watcher"] {
        let guid = if name == "Keeper" {
            "00000000-0000-4000-8000-0000000000aa"
        } else {
            "00000000-0000-4000-8000-0000000000bb"
        };
        let body = json!({"properties": {"roleName": name, "permissions": [{"actions": ["*/read"]}], "assignableScopes": [PROD]}});
        let path = format!("{PROD}/providers/Microsoft.Authorization/roleDefinitions/{guid}?api-version=2022-04-01");
        owen.send(Method::PUT, &path, &[], &body.to_string()).await.expect(201);
    }
    post(&owen, "roleManagementAlerts/refresh").await.expect(202);
    let found = |name: &'static str| path(&format!("roleManagementAlerts/{name}/alertIncidents"));
    for name in ["TooManyOwnersAssignedToResource", "TooManyPermanentOwnersAssignedToResource"] {
        let owners = owen.get(&found(name)).await.expect(200).body;
        assert_eq!(owners["value"][0]["name"], json!(azure.id("owen")));
        assert_eq!(
            owners["value"][0]["properties"],
            json!({"alertIncidentType": format!("{name}AlertIncident"), "assigneeName": "Owen", "assigneeType": "User"})
        );
    }
    let twins = owen.get(&found("DuplicateRoleCreated")).await.expect(200).body;
    assert_eq!(twins["value"][0]["properties"]["roleName"], "Keeper");
    assert_eq!(twins["value"][0]["properties"]["duplicateRoles"], "Watcher");
    let twin = twins["value"][0]["name"].as_str().unwrap();
    post(&owen, &format!("roleManagementAlerts/DuplicateRoleCreated/alertIncidents/{twin}/remediate"))
        .await
        .refused(400, "BadRequest");
    let last =
        format!("roleManagementAlerts/TooManyOwnersAssignedToResource/alertIncidents/{}/remediate", azure.id("owen"));
    post(&owen, &last).await.expect(412);
}

/// AUT-17, AUT-9: reading is for whoever reads there, the rest for Owners and User Access Administrators.
#[tokio::test]
async fn whoever_gives_roles_there_does_what_is_done_with_alerts() {
    let azure = azure().await;
    let (alice, bob) = (azure.user("alice").await, azure.user("bob").await);
    bob.get(&path("roleManagementAlerts")).await.refused(403, "AuthorizationFailed");
    alice.get(&path("roleManagementAlerts")).await.refused(403, "AuthorizationFailed");
    post(&bob, "roleManagementAlerts/refresh").await.refused(403, "AuthorizationFailed");
    let dismissal = json!({"properties": {"isActive": false}});
    patch(&bob, "roleManagementAlerts/DuplicateRoleCreated", &dismissal).await.refused(403, "AuthorizationFailed");
    let owen = azure.user("owen").await;
    patch(&owen, "roleManagementAlerts/DuplicateRoleCreated", &json!({"properties": {}})).await.expect(400);
}
