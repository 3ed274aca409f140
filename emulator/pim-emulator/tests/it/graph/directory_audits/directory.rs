//! What is done in the directory around PIM leaves in the log, in the directory's own words.

use super::kit::{does, gina, names, target, told, unscanned};
use crate::graph::lab::{ALICE, APPLICATIONS, BERLIN, GINA, OPS, RITA, ROBOT, WRITE};
use pim_core::time::Length;
use pim_core::{Command, PrincipalId};
use serde_json::{Value, json};

const UNITS: &str = "AdministrativeUnit.ReadWrite.All Directory.Read.All";

/// A property of the first target, if it changed: what it was and what it is.
fn changed<'a>(record: &'a Value, name: &str) -> Option<(Option<&'a str>, Option<&'a str>)> {
    let properties = record["targetResources"][0]["modifiedProperties"].as_array().unwrap();
    let property = properties.iter().find(|it| it["displayName"] == name)?;
    Some((property["oldValue"].as_str(), property["newValue"].as_str()))
}

fn id_of(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

fn reference(id: &str) -> Value {
    json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") })
}

#[tokio::test]
async fn users_are_told_from_their_making_to_their_end() {
    let lab = unscanned();
    let gina = lab.with_scopes(GINA, WRITE);
    let zoe = json!({
        "accountEnabled": true,
        "displayName": "Zoe",
        "mailNickname": "zoe",
        "userPrincipalName": "zoe@contoso.onmicrosoft.com",
        "passwordProfile": { "password": "Tr0ub4dor&3" },
        "city": "Berlin",
    });
    let id = id_of(&gina.post("users", zoe).await.expect(201).body);
    let path = format!("users/{id}");
    gina.patch(&path, json!({ "jobTitle": "Analyst", "city": null, "accountEnabled": false })).await.expect(204);
    gina.patch(&path, json!({ "jobTitle": "Analyst" })).await.expect(204);
    gina.put(&format!("{path}/manager/$ref"), reference(&ALICE.to_string())).await.expect(204);
    gina.delete(&format!("{path}/manager/$ref")).await.expect(204);
    gina.patch(&path, json!({ "passwordProfile": { "password": "An0ther&one" } })).await.expect(204);
    gina.delete(&path).await.expect(204);
    gina.post(&format!("directory/deletedItems/{id}/restore"), json!({})).await.expect(200);
    gina.delete(&path).await.expect(204);
    lab.advance(Length::days(29));
    gina.delete(&format!("directory/deletedItems/{id}")).await.expect(204);
    lab.advance(Length::hours(1));
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add user",
            "Update user",
            "Disable account",
            "Set user manager",
            "Update user",
            "Reset password",
            "Delete user",
            "Restore user",
            "Delete user",
            "Hard Delete user",
        ]
    );
    for record in &records {
        assert_eq!(
            (&record["category"], &record["loggedByService"]),
            (&json!("UserManagement"), &json!("Core Directory"))
        );
        assert_eq!(record["initiatedBy"]["user"]["id"], json!(GINA));
        assert_eq!((&target(record, "User")["id"], &record["result"]), (&json!(id), &json!("success")));
        assert!(record["id"].as_str().unwrap().starts_with("Directory_"));
        assert!(!record.to_string().contains("Tr0ub4dor"), "{record}");
    }
    let operations: Vec<_> = [0, 1, 6].map(|it: usize| records[it]["operationType"].as_str().unwrap()).to_vec();
    assert_eq!(operations, ["Add", "Update", "Delete"]);
    assert_eq!(changed(&records[0], "City"), Some((Some("[]"), Some(r#"["Berlin"]"#))));
    assert_eq!(changed(&records[0], "AccountEnabled"), Some((Some("[]"), Some("[true]"))));
    assert_eq!(changed(&records[1], "City"), Some((Some(r#"["Berlin"]"#), Some("[]"))));
    assert_eq!(changed(&records[1], "JobTitle"), Some((Some("[]"), Some(r#"["Analyst"]"#))));
    assert_eq!(changed(&records[1], "DisplayName"), None);
    assert_eq!(changed(&records[1], "Included Updated Properties"), Some((None, Some(r#""JobTitle, City""#))));
    assert_eq!(changed(&records[2], "AccountEnabled"), Some((Some("[true]"), Some("[false]"))));
    assert_eq!(changed(&records[3], "Manager"), Some((None, Some(&*format!("\"{ALICE}\"")))));
    assert_eq!(records[9]["targetResources"][0]["displayName"], "Zoe");
}

#[tokio::test]
async fn what_goes_for_good_by_itself_nobody_did() {
    let lab = unscanned();
    does(&lab, gina(), &Command::DeletePrincipal(PrincipalId(ALICE)));
    lab.advance(Length::days(31));
    let records = told(&lab).await;
    assert_eq!(names(&records), ["Hard Delete user"], "the deletion is older than the log reaches back");
    assert_eq!(records[0]["initiatedBy"], json!({ "app": null, "user": null }));
}

#[tokio::test]
async fn groups_and_who_belongs_to_them_are_told() {
    let lab = unscanned();
    let gina = lab.with_scopes(GINA, WRITE);
    let desk = json!({
        "displayName": "Desk",
        "mailEnabled": false,
        "mailNickname": "desk",
        "securityEnabled": true,
    });
    let id = id_of(&gina.post("groups", desk).await.expect(201).body);
    let path = format!("groups/{id}");
    gina.patch(&path, json!({ "displayName": "Help desk" })).await.expect(204);
    gina.post(&format!("{path}/members/$ref"), reference(&ALICE.to_string())).await.expect(204);
    gina.post(&format!("{path}/owners/$ref"), reference(&RITA.to_string())).await.expect(204);
    gina.delete(&format!("{path}/members/{ALICE}/$ref")).await.expect(204);
    gina.delete(&path).await.expect(204);
    let records = told(&lab).await;
    let words = names(&records);
    assert_eq!(words.iter().filter(|it| **it == "Add owner to group").count(), words.len() - 5, "{words:?}");
    let all = ["Add group", "Update group", "Add member to group", "Remove member from group", "Delete group"];
    assert_eq!(words.iter().copied().filter(|it| *it != "Add owner to group").collect::<Vec<_>>(), all);
    let of = |name: &str| records.iter().rev().find(|it| it["activityDisplayName"] == name).unwrap();
    for record in &records {
        assert_eq!(
            (&record["category"], &record["loggedByService"]),
            (&json!("GroupManagement"), &json!("Core Directory"))
        );
        assert_eq!(target(record, "Group")["id"], json!(id));
    }
    assert_eq!(of("Add group")["targetResources"][0]["groupType"], "azureAD");
    assert_eq!(changed(of("Update group"), "DisplayName"), Some((Some(r#"["Desk"]"#), Some(r#"["Help desk"]"#))));
    let (added, removed) = (of("Add member to group"), of("Remove member from group"));
    assert_eq!((&added["operationType"], &removed["operationType"]), (&json!("Assign"), &json!("Delete")));
    let quoted = format!("\"{id}\"");
    assert_eq!(changed(added, "Group.ObjectID"), Some((None, Some(&*quoted))));
    assert_eq!(changed(removed, "Group.ObjectID"), Some((Some(&*quoted), None)));
    assert_eq!(changed(added, "Group.DisplayName"), Some((None, Some(r#""Help desk""#))));
    let kinds: Vec<_> = added["targetResources"].as_array().unwrap().iter().map(|it| it["type"].clone()).collect();
    assert_eq!(kinds, ["User", "Group"]);
    assert_eq!(target(added, "User")["id"], json!(ALICE));
    assert_eq!(target(of("Add owner to group"), "User")["id"], json!(RITA));
}

#[tokio::test]
async fn applications_their_owners_secrets_and_permissions_are_told() {
    let lab = unscanned();
    let gina = lab.with_scopes(GINA, APPLICATIONS);
    let made = gina.post("applications", json!({ "displayName": "Shop" })).await.expect(201);
    let (id, app_id) = (id_of(&made.body), made.body["appId"].clone());
    let path = format!("applications/{id}");
    gina.patch(&path, json!({ "displayName": "Store" })).await.expect(204);
    let secret =
        gina.post(&format!("{path}/addPassword"), json!({ "passwordCredential": { "displayName": "ci" } })).await;
    let secret = secret.expect(200).body["secretText"].as_str().unwrap().to_owned();
    gina.post(&format!("{path}/owners/$ref"), reference(&ALICE.to_string())).await.expect(204);
    let principal = gina.post("servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    let principal = format!("servicePrincipals/{}", id_of(&principal.body));
    gina.patch(&principal, json!({ "accountEnabled": false })).await.expect(204);
    gina.delete(&path).await.expect(204);
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add application",
            "Add owner to application",
            "Update application",
            "Update application \u{2013} Certificates and secrets management",
            "Add owner to application",
            "Add service principal",
            "Update service principal",
            "Delete application",
            "Remove service principal",
        ]
    );
    for record in &records {
        assert_eq!(record["category"], "ApplicationManagement");
        assert_eq!(record["loggedByService"], "Core Directory");
        assert!(!record.to_string().contains(&secret), "{record}");
    }
    assert_eq!(changed(&records[2], "DisplayName"), Some((Some(r#"["Shop"]"#), Some(r#"["Store"]"#))));
    let (before, now) = changed(&records[3], "KeyDescription").unwrap();
    assert_eq!(before, Some("[]"));
    assert!(now.unwrap().contains("KeyType=Password,KeyUsage=Verify,DisplayName=ci"), "{now:?}");
    assert_eq!(target(&records[4], "User")["id"], json!(ALICE));
    assert_eq!(changed(&records[4], "Application.DisplayName"), Some((None, Some(r#""Store""#))));
    assert_eq!(changed(&records[6], "AccountEnabled"), Some((Some("[true]"), Some("[false]"))));
    assert_eq!(target(&records[7], "Application")["displayName"], "Store");
}

#[tokio::test]
async fn permissions_that_are_given_and_taken_away_are_told() {
    let lab = unscanned();
    let gina = lab.with_scopes(GINA, &format!("{APPLICATIONS} Application.Read.All"));
    let graph = json!({ "appId": "00000003-0000-0000-c000-000000000000" });
    let graph = id_of(&gina.post("servicePrincipals", graph).await.expect(201).body);
    let role = "df021288-bdef-4463-88db-98f22de89214";
    let body = json!({ "principalId": ROBOT, "resourceId": graph, "appRoleId": role });
    let path = format!("servicePrincipals/{ROBOT}/appRoleAssignments");
    let given = id_of(&gina.post(&path, body).await.expect(201).body);
    gina.delete(&format!("{path}/{given}")).await.expect(204);
    let grant = json!({ "clientId": ROBOT, "consentType": "AllPrincipals", "resourceId": graph, "scope": "User.Read" });
    let grant = id_of(&gina.post("oauth2PermissionGrants", grant).await.expect(201).body);
    gina.delete(&format!("oauth2PermissionGrants/{grant}")).await.expect(204);
    let records = told(&lab).await;
    assert_eq!(names(&records)[0], "Add service principal");
    let records = &records[1..];
    assert_eq!(
        names(records),
        [
            "Add app role assignment to service principal",
            "Remove app role assignment from service principal",
            "Add delegated permission grant",
            "Remove delegated permission grant",
        ]
    );
    let quoted = format!("\"{role}\"");
    assert_eq!(changed(&records[0], "AppRole.Id"), Some((None, Some(&*quoted))));
    assert_eq!(changed(&records[1], "AppRole.Id"), Some((Some(&*quoted), None)));
    assert_eq!(changed(&records[1], "AppRole.Value"), Some((Some(r#""User.Read.All""#), None)));
    assert_eq!(changed(&records[3], "DelegatedPermissionGrant.Scope"), Some((Some(r#""User.Read""#), None)));
}

#[tokio::test]
async fn administrative_units_and_their_members_are_told() {
    let lab = unscanned();
    let gina = lab.with_scopes(GINA, UNITS);
    let made = gina.post("directory/administrativeUnits", json!({ "displayName": "Paris" })).await.expect(201);
    let path = format!("directory/administrativeUnits/{}", id_of(&made.body));
    gina.patch(&path, json!({ "description": "by the Seine" })).await.expect(204);
    gina.post(&format!("{path}/members/$ref"), reference(&ALICE.to_string())).await.expect(204);
    gina.delete(&format!("{path}/members/{ALICE}/$ref")).await.expect(204);
    gina.delete(&path).await.expect(204);
    gina.delete(&format!("directory/administrativeUnits/{BERLIN}")).await.expect(204);
    let records = told(&lab).await;
    assert_eq!(
        names(&records),
        [
            "Add administrative unit",
            "Update administrative unit",
            "Add member to administrative unit",
            "Remove member from administrative unit",
            "Delete administrative unit",
            "Delete administrative unit",
        ]
    );
    assert!(records.iter().all(|it| it["category"] == "AdministrativeUnit"));
    assert_eq!(changed(&records[1], "Description"), Some((Some("[]"), Some(r#"["by the Seine"]"#))));
    assert_eq!(changed(&records[2], "AdministrativeUnit.DisplayName"), Some((None, Some(r#""Paris""#))));
    assert_eq!(target(&records[4], "AdministrativeUnit")["displayName"], "Paris");
    assert_eq!(target(&records[5], "AdministrativeUnit")["id"], json!(BERLIN));
}

/// AUD-2: whoever asks for the directory's records gets no other, and the other way round.
#[tokio::test]
async fn the_service_that_wrote_a_record_can_be_asked_for() {
    let lab = unscanned();
    does(&lab, gina(), &Command::AddMember { group: PrincipalId(OPS), member: PrincipalId(RITA) });
    let rita = lab.with_scopes(RITA, "AuditLog.Read.All");
    for (service, count) in [("Core Directory", 1), ("PIM", 0)] {
        let found = rita.get(&format!("auditLogs/directoryAudits?$filter=loggedByService eq '{service}'")).await;
        assert_eq!(found.expect(200).items().len(), count, "{service}");
    }
}
