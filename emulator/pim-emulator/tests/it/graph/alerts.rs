//! Alerts of directory roles: what they say, how they are looked for, set, dismissed and put right.

use super::lab::{ALICE, Answer, Client, GINA, GROUPS_ADMINISTRATOR, Lab, RITA, TENANT};
use pim_core::model::License;
use pim_core::time::Length;
use pim_core::{Behaviour, Command};
use serde_json::{Value, json};

const ALERTS: &str = "identityGovernance/roleManagementAlerts/alerts";
const DEFINITIONS: &str = "identityGovernance/roleManagementAlerts/alertDefinitions";
const CONFIGURATIONS: &str = "identityGovernance/roleManagementAlerts/alertConfigurations";
const SCOPE: &str = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";
const READ: &str = "RoleManagementAlert.Read.Directory";
const WRITE: &str = "RoleManagementAlert.ReadWrite.Directory";

/// Every alert, in the service's order.
const NAMES: [&str; 7] = [
    "InvalidLicenseAlert",
    "NoMfaOnRoleActivationAlert",
    "RedundantAssignmentAlert",
    "RolesAssignedOutsidePimAlert",
    "SequentialActivationRenewalsAlert",
    "StaleSignInAlert",
    "TooManyGlobalAdminsAssignedToTenantAlert",
];

fn id(name: &str) -> String {
    format!("DirectoryRole_{TENANT}_{name}")
}

fn gina(lab: &Lab) -> Client<'_> {
    lab.with_scopes(GINA, WRITE).beta()
}

async fn refresh(client: &Client<'_>) -> Answer {
    client.post(&format!("{ALERTS}/refresh"), json!({"scopeId": "/", "scopeType": "DirectoryRole"})).await.expect(202)
}

/// The incidents of an alert, expanded from it as clients do.
async fn incidents(client: &Client<'_>, name: &str) -> Vec<Value> {
    let answer = client.get(&format!("{ALERTS}/{}?$expand=alertIncidents", id(name))).await.expect(200);
    answer.body["alertIncidents"].as_array().unwrap().clone()
}

/// ALR-1, ALR-2, LAT-9: one id for three objects; nothing is known before the first scan.
#[tokio::test]
async fn an_alert_its_definition_and_its_configuration_have_one_id() {
    let lab = Lab::new();
    let rita = lab.with_scopes(RITA, READ).beta();
    for (path, count) in [(ALERTS, 7), (DEFINITIONS, 7), (CONFIGURATIONS, 7)] {
        let list = rita.get(&format!("{path}?{SCOPE}")).await.expect(200);
        let ids: Vec<_> = list.items().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids, NAMES.map(id), "{count}");
        for name in NAMES {
            let one = rita.get(&format!("{path}/{}", id(name))).await.expect(200);
            assert_eq!((&one.body["scopeId"], &one.body["scopeType"]), (&json!("/"), &json!("DirectoryRole")));
        }
    }
    let alert = rita.get(&format!("{ALERTS}/{}", id("RolesAssignedOutsidePimAlert"))).await.expect(200);
    assert_eq!(
        alert.body,
        json!({
            "@odata.context": "http://localhost:8443/beta/$metadata#identityGovernance/roleManagementAlerts/alerts/$entity",
            "id": id("RolesAssignedOutsidePimAlert"),
            "alertDefinitionId": id("RolesAssignedOutsidePimAlert"),
            "scopeId": "/",
            "scopeType": "DirectoryRole",
            "incidentCount": 0,
            "isActive": false,
            "lastModifiedDateTime": "0001-01-01T08:00:00Z",
            "lastScannedDateTime": "2026-01-05T07:00:00Z",
        })
    );
}

/// ALR-4, ALR-13, ALR-21: a scan is asked for, its operation tells that it is done, and the alert has what was found.
#[tokio::test]
async fn a_refresh_is_an_operation_and_expanding_shows_everything() {
    let lab = Lab::new();
    let client = gina(&lab);
    let started = refresh(&client).await;
    assert_eq!(started.body, Value::Null);
    let location = started.headers["location"].to_str().unwrap().to_owned();
    let path = location.split_once("/beta/").unwrap().1.to_owned();
    let operation = client.get(&path).await.expect(200);
    assert_eq!(operation.body["status"], "succeeded");
    assert!(operation.body["resourceLocation"].as_str().unwrap().ends_with(ALERTS), "{operation:?}");
    let name = "RolesAssignedOutsidePimAlert";
    let whole = client.get(&format!("{ALERTS}/{}?$expand=*", id(name))).await.expect(200).body;
    assert_eq!((&whole["isActive"], &whole["incidentCount"]), (&json!(true), &json!(2)));
    assert_eq!(whole["lastModifiedDateTime"], "2026-01-05T08:00:00Z");
    assert_eq!(whole["alertDefinition"]["severityLevel"], "high");
    assert_eq!(
        whole["alertConfiguration"],
        json!({
            "@odata.type": "#microsoft.graph.rolesAssignedOutsidePrivilegedIdentityManagementAlertConfiguration",
            "id": id(name), "alertDefinitionId": id(name), "scopeType": "DirectoryRole", "scopeId": "/", "isEnabled": true,
        })
    );
    let found = whole["alertIncidents"].as_array().unwrap().iter().find(|it| it["assigneeId"] == json!(RITA)).unwrap();
    let role = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    assert_eq!(
        found,
        &json!({
            "@odata.type": "#microsoft.graph.rolesAssignedOutsidePrivilegedIdentityManagementAlertIncident",
            "id": found["id"],
            "assigneeId": RITA,
            "assigneeDisplayName": "rita",
            "assigneeUserPrincipalName": "rita@contoso.onmicrosoft.com",
            "roleDefinitionId": role,
            "roleDisplayName": "Global Reader",
            "roleTemplateId": role,
            "assignmentCreatedDateTime": "2026-01-05T07:00:00Z",
        })
    );
    // One alert alone: the id of its operation is made of its own.
    let one = client.post(&format!("{ALERTS}/{}/refresh", id(name)), Value::Null).await.expect(202);
    let location = one.headers["location"].to_str().unwrap();
    assert!(location.ends_with(&format!("operations/refresh:{}", id(name))), "{location}");
    let operation = client.get(location.split_once("/beta/").unwrap().1).await.expect(200);
    assert_eq!(operation.body["id"], json!(format!("refresh:{}", id(name))));
    assert!(operation.body["resourceLocation"].as_str().unwrap().ends_with(&id(name)));
    let never = format!("identityGovernance/roleManagementAlerts/operations/refresh:{}", id("StaleSignInAlert"));
    assert_eq!(client.get(&never).await.expect(404).code(), "ResourceNotFound");
}

/// ALR-22: where a tenant does not list incidents, they are expanded all the same.
#[tokio::test]
async fn incidents_are_listed_and_read_one_by_one_unless_the_tenant_will_not() {
    let lab = Lab::new();
    let client = gina(&lab);
    refresh(&client).await;
    let path = format!("{ALERTS}/{}/alertIncidents", id("RolesAssignedOutsidePimAlert"));
    let list = client.get(&path).await.expect(200);
    assert_eq!(list.items(), incidents(&client, "RolesAssignedOutsidePimAlert").await);
    let first = list.items()[0].clone();
    let one = client.get(&format!("{path}/{}", first["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(one.body["assigneeId"], first["assigneeId"]);
    client.get(&format!("{path}/{GROUPS_ADMINISTRATOR}")).await.expect(404);
    let page = client.get(&format!("{path}?$top=1")).await.expect(200);
    assert_eq!(page.items().len(), 1);
    let next = page.body["@odata.nextLink"].as_str().unwrap().split_once("/beta/").unwrap().1.to_owned();
    assert_eq!(client.get(&next).await.expect(200).items(), &list.items()[1..]);
    let behaviour = Behaviour { alert_incidents_are_not_listed: true, ..Behaviour::default() };
    lab.set_up(&Command::SetBehaviour(behaviour));
    client.get(&path).await.expect(400);
    assert_eq!(incidents(&client, "RolesAssignedOutsidePimAlert").await.len(), 2);
}

/// ALR-3, ALR-12, ALR-15, ALR-18: the body says of which type it is.
#[tokio::test]
async fn alerts_are_set_within_their_ranges() {
    let lab = Lab::new();
    let client = gina(&lab);
    for (name, body, read) in [
        ("StaleSignInAlert", json!({"duration": "P60D"}), json!({"duration": "P60D", "isEnabled": true})),
        ("RedundantAssignmentAlert", json!({"isEnabled": "false"}), json!({"duration": "P30D", "isEnabled": false})),
        (
            "SequentialActivationRenewalsAlert",
            json!({"sequentialActivationCounterThreshold": 4, "timeIntervalBetweenActivations": "PT10S"}),
            json!({"sequentialActivationCounterThreshold": 4, "timeIntervalBetweenActivations": "PT10S"}),
        ),
        (
            "TooManyGlobalAdminsAssignedToTenantAlert",
            json!({"globalAdminCountThreshold": 7}),
            json!({"globalAdminCountThreshold": 7, "percentageOfGlobalAdminsOutOfRolesThreshold": 10}),
        ),
    ] {
        let path = format!("{CONFIGURATIONS}/{}", id(name));
        let kind = client.get(&path).await.expect(200).body["@odata.type"].clone();
        let mut body = body;
        client.patch(&path, body.clone()).await.expect(400);
        body["@odata.type"] = kind;
        client.patch(&path, body).await.expect(204);
        let now = client.get(&path).await.expect(200).body;
        for (key, value) in read.as_object().unwrap() {
            assert_eq!(&now[key], value, "{name} {key}");
        }
    }
    let stale = format!("{CONFIGURATIONS}/{}", id("StaleSignInAlert"));
    let typed =
        |kind: &str, key: &str, value: Value| json!({"@odata.type": format!("#microsoft.graph.{kind}"), key: value});
    for body in [
        typed("staleSignInAlertConfiguration", "duration", json!("P366D")),
        typed("staleSignInAlertConfiguration", "duration", json!("a month")),
        typed("staleSignInAlertConfiguration", "globalAdminCountThreshold", json!(3)),
        typed("redundantAssignmentAlertConfiguration", "duration", json!("P30D")),
    ] {
        assert_eq!(client.patch(&stale, body.clone()).await.expect(400).code(), "BadRequest", "{body}");
    }
    let expanded = client.get(&format!("{CONFIGURATIONS}?{SCOPE}&$expand=alertDefinition")).await.expect(200);
    assert!(expanded.items().iter().all(|it| it["alertDefinition"]["id"] == it["id"]));
}

/// ALR-5: dismissed, and shown again by either way.
#[tokio::test]
async fn an_alert_is_dismissed_and_shown_again() {
    let lab = Lab::new();
    let client = gina(&lab);
    refresh(&client).await;
    let path = format!("{ALERTS}/{}", id("RolesAssignedOutsidePimAlert"));
    client.patch(&path, json!({"isActive": false})).await.expect(204);
    let dismissed = client.get(&path).await.expect(200).body;
    assert_eq!((&dismissed["isActive"], &dismissed["incidentCount"]), (&json!(false), &json!(2)));
    client.patch(&path, json!({"isActive": true})).await.expect(204);
    assert_eq!(client.get(&path).await.expect(200).body["isActive"], true);
    client.patch(&path, json!({"isActive": false})).await.expect(204);
    refresh(&client).await;
    assert_eq!(client.get(&path).await.expect(200).body["isActive"], true);
    client.patch(&path, json!({})).await.expect(400);
}

/// ALR-11, ALR-13: the remedy is what anybody would do by hand.
#[tokio::test]
async fn an_incident_is_put_right() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let client = gina(&lab);
    refresh(&client).await;
    let path = format!("{ALERTS}/{}/alertIncidents", id("NoMfaOnRoleActivationAlert"));
    let found = incidents(&client, "NoMfaOnRoleActivationAlert").await;
    assert_eq!(
        found,
        [json!({
            "@odata.type": "#microsoft.graph.noMfaOnRoleActivationAlertIncident",
            "id": GROUPS_ADMINISTRATOR,
            "roleDisplayName": "Groups Administrator",
            "roleTemplateId": GROUPS_ADMINISTRATOR,
        })]
    );
    client.post(&format!("{path}/{GROUPS_ADMINISTRATOR}/remediate"), Value::Null).await.expect(204);
    let alert = client.get(&format!("{ALERTS}/{}", id("NoMfaOnRoleActivationAlert"))).await.expect(200).body;
    assert_eq!((&alert["isActive"], &alert["incidentCount"]), (&json!(false), &json!(0)));
    client.post(&format!("{path}/{GROUPS_ADMINISTRATOR}/remediate"), Value::Null).await.expect(404);
    client.post(&format!("{path}/nobody/remediate"), Value::Null).await.expect(404);
    // The last Global Administrator stays.
    let outside = incidents(&client, "RolesAssignedOutsidePimAlert").await;
    let of = |who: uuid::Uuid| {
        let incident = outside.iter().find(|it| it["assigneeId"] == json!(who)).unwrap();
        let alert = id("RolesAssignedOutsidePimAlert");
        format!("{ALERTS}/{alert}/alertIncidents/{}/remediate", incident["id"].as_str().unwrap())
    };
    client.post(&of(RITA), Value::Null).await.expect(204);
    assert_eq!(client.post(&of(GINA), Value::Null).await.expect(400).code(), "Request_BadRequest");
    assert_eq!(incidents(&client, "RolesAssignedOutsidePimAlert").await.len(), 1);
}

/// ALR-10, ALR-12, ALR-14, ALR-16, ALR-18, ALR-21: each sort of incident as it is written.
#[tokio::test]
async fn every_alert_tells_what_it_has_found() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.advance(Length::days(31));
    let client = gina(&lab);
    let unused = incidents(&client, "RedundantAssignmentAlert").await;
    assert_eq!(unused[0]["@odata.type"], "#microsoft.graph.redundantAssignmentAlertIncident");
    assert_eq!((&unused[0]["assigneeId"], &unused[0]["lastActivationDateTime"]), (&json!(ALICE), &Value::Null));
    let stale = incidents(&client, "StaleSignInAlert").await;
    assert_eq!(stale.len(), 3);
    assert!(stale.iter().all(|it| it["lastSignInDateTime"].is_null() && it["assignmentCreatedDateTime"].is_string()));
    let configuration = format!("{CONFIGURATIONS}/{}", id("TooManyGlobalAdminsAssignedToTenantAlert"));
    let body = json!({
        "@odata.type": "#microsoft.graph.tooManyGlobalAdminsAssignedToTenantAlertConfiguration",
        "globalAdminCountThreshold": 2, "percentageOfGlobalAdminsOutOfRolesThreshold": 50,
    });
    client.patch(&configuration, body).await.expect(204);
    lab.hold(ALICE, pim_core::model::roles::GLOBAL_ADMINISTRATOR, pim_core::model::DirectoryScope::Tenant);
    refresh(&client).await;
    let many = incidents(&client, "TooManyGlobalAdminsAssignedToTenantAlert").await;
    let expected = |who: uuid::Uuid, name: &str| {
        json!({
            "@odata.type": "#microsoft.graph.tooManyGlobalAdminsAssignedToTenantAlertIncident",
            "id": who, "assigneeId": who, "assigneeDisplayName": name,
            "assigneeUserPrincipalName": format!("{name}@contoso.onmicrosoft.com"),
        })
    };
    assert_eq!(many, [expected(ALICE, "alice"), expected(GINA, "gina")]);
}

/// AUT-16, AUT-19, AUT-20: a permission and a role, more of either to change than to read.
#[tokio::test]
async fn reading_takes_less_than_changing() {
    let lab = Lab::new();
    let list = format!("{ALERTS}?{SCOPE}");
    let whole = json!({"scopeId": "/", "scopeType": "DirectoryRole"});
    let refresh = format!("{ALERTS}/refresh");
    lab.with_scopes(RITA, READ).beta().get(&list).await.expect(200);
    assert_eq!(lab.with_scopes(ALICE, READ).beta().get(&list).await.expect(403).code(), "UnauthorizedAccessException");
    assert_eq!(lab.user(GINA).beta().get(&list).await.expect(403).code(), "UnknownError");
    lab.with_scopes(GINA, READ).beta().post(&refresh, whole.clone()).await.expect(403);
    lab.with_scopes(RITA, WRITE).beta().post(&refresh, whole.clone()).await.expect(403);
    lab.application_with(&[READ]).beta().get(&list).await.expect(200);
    lab.application_with(&[WRITE]).beta().post(&refresh, whole).await.expect(202);
    lab.with_scopes(GINA, WRITE).get(&list).await.expect(400);
}

/// Whose alerts, is asked of lists and of a refresh.
#[tokio::test]
async fn what_is_asked_wrongly_is_said() {
    let lab = Lab::new();
    let client = gina(&lab);
    for path in [ALERTS, DEFINITIONS, CONFIGURATIONS] {
        client.get(path).await.expect(400);
        client.get(&format!("{path}?$filter=scopeId eq '/'")).await.expect(400);
        client.get(&format!("{path}?$filter=scopeId eq '/' and scopeType eq 'Group'")).await.expect(400);
        let other = "DirectoryRole_00000000-0000-0000-0000-000000000001_StaleSignInAlert";
        for wrong in [id("FailedActivationAlert"), other.to_owned(), "StaleSignInAlert".to_owned()] {
            assert_eq!(client.get(&format!("{path}/{wrong}")).await.expect(404).code(), "ResourceNotFound");
        }
    }
    for body in [json!({}), json!({"scopeId": "/"}), json!({"scopeId": "/", "scopeType": "Group"})] {
        client.post(&format!("{ALERTS}/refresh"), body).await.expect(400);
    }
    let sequence = format!("{ALERTS}/{}/alertIncidents/{ALICE}/remediate", id("SequentialActivationRenewalsAlert"));
    client.post(&sequence, Value::Null).await.expect(404);
}

/// LIC-10, LIC-9: the alert that says so is the one thing that a tenant without a licence still has of PIM.
#[tokio::test]
async fn the_lack_of_a_licence_can_be_read_without_one() {
    let lab = Lab::licensed(License::P1);
    let client = gina(&lab);
    refresh(&client).await;
    let list = client.get(&format!("{ALERTS}?{SCOPE}")).await.expect(200);
    let up: Vec<_> = list.items().iter().filter(|it| it["isActive"] == true).map(|it| it["id"].clone()).collect();
    assert_eq!(up, [json!(id("InvalidLicenseAlert"))]);
    let found = incidents(&client, "InvalidLicenseAlert").await;
    assert_eq!(found[0]["tenantLicenseStatus"], "P1");
    let dismissing = client.patch(&format!("{ALERTS}/{}", id("InvalidLicenseAlert")), json!({"isActive": false})).await;
    assert_eq!(dismissing.expect(400).code(), "AadPremiumLicenseRequired");
    let path = format!("{ALERTS}/{}/alertIncidents/{}/remediate", id("InvalidLicenseAlert"), uuid::Uuid::nil());
    lab.set_up(&Command::SetLicense(License::P2));
    assert_eq!(client.post(&path, Value::Null).await.expect(400).code(), "BadRequest");
}
