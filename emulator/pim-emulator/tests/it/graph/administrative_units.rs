//! `/directory/administrativeUnits`, their members and those who hold roles for them.

use super::lab::{ALICE, ASSIGNMENTS, BERLIN, GINA, GROUPS_ADMINISTRATOR, Lab, OPS, RITA, ROBOT};
use pim_core::model::{DirectoryScope, roles};
use pim_core::{AdministrativeUnitId, RoleDefinitionId};
use serde_json::{Value, json};
use uuid::Uuid;

const UNITS: &str = "directory/administrativeUnits";
const SCOPES: &str = "AdministrativeUnit.ReadWrite.All RoleManagement.ReadWrite.Directory Directory.Read.All";
const NOBODY: Uuid = Uuid::from_u128(9);

fn reference(id: Uuid) -> Value {
    json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") })
}

#[tokio::test]
async fn a_unit_is_made_changed_and_deleted() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, SCOPES);
    let body = json!({ "displayName": "Bonn", "visibility": "HiddenMembership", "isMemberManagementRestricted": true });
    let made = gina.post(UNITS, body).await.expect(201);
    assert_eq!((&made.body["visibility"], &made.body["membershipType"]), (&json!("HiddenMembership"), &Value::Null));
    assert_eq!(made.body["isMemberManagementRestricted"], true);
    let path = format!("{UNITS}/{}", made.body["id"].as_str().unwrap());
    let change = json!({ "description": "West", "visibility": null, "isMemberManagementRestricted": true });
    gina.patch(&path, change).await.expect(204);
    let read = gina.get(&path).await.expect(200);
    assert_eq!((&read.body["description"], &read.body["visibility"]), (&json!("West"), &Value::Null));
    gina.patch(&path, json!({ "isMemberManagementRestricted": false })).await.expect(400);
    gina.patch(&path, json!({ "visibility": "Secret" })).await.expect(400);
    gina.patch(&path, json!({ "displayName": "" })).await.expect(400);
    gina.patch(&path, json!({ "membershipType": "Dynamic" })).await.expect(400);
    gina.patch(&path, json!({ "membershipType": "Dynamic", "membershipRule": "user.city -eq \"Bonn\"" }))
        .await
        .expect(204);
    assert_eq!(gina.get(&path).await.expect(200).body["membershipRuleProcessingState"], "On");
    gina.post(&format!("{path}/members/$ref"), reference(ALICE)).await.expect(400);
    gina.patch(&path, json!({ "membershipType": "Assigned" })).await.expect(204);
    gina.post(&format!("{path}/members/$ref"), reference(ALICE)).await.expect(204);
    let missing = gina.post(UNITS, json!({ "description": "d" })).await.expect(400);
    assert_eq!(missing.message(), "A value is required for property 'displayName' of resource 'AdministrativeUnit'.");
    let alice = lab.with_scopes(ALICE, SCOPES);
    alice.post(UNITS, json!({ "displayName": "Mine" })).await.expect(403);
    alice.patch(&path, json!({ "description": "d" })).await.expect(403);
    alice.delete(&path).await.expect(403);
    lab.user(GINA).post(UNITS, json!({ "displayName": "Mine" })).await.expect(403);
    gina.delete(&path).await.expect(204);
    gina.get(&path).await.expect(404);
    assert_eq!(lab.with_scopes(GINA, SCOPES).beta().get("administrativeUnits").await.expect(200).items().len(), 1);
}

#[tokio::test]
async fn members_of_a_unit_come_and_go() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, SCOPES);
    let members = format!("{UNITS}/{BERLIN}/members");
    gina.post(&format!("{members}/$ref"), reference(OPS)).await.expect(204);
    let twin = gina.post(&format!("{members}/$ref"), reference(OPS)).await.expect(400);
    assert_eq!(
        (twin.code(), twin.message()),
        (
            "Request_BadRequest",
            "A conflicting object with one or more of the specified property values is present in the directory."
        )
    );
    let listed = gina.get(&format!("{members}?$select=id")).await.expect(200);
    assert_eq!(listed.items().len(), 2);
    gina.delete(&format!("{members}/{OPS}/$ref")).await.expect(204);
    gina.delete(&format!("{members}/{OPS}/$ref")).await.expect(404);
    gina.post(&format!("{members}/$ref"), reference(ROBOT)).await.expect(400);
    gina.post(&format!("{members}/$ref"), reference(NOBODY)).await.expect(404);
    gina.post(&format!("{members}/$ref"), json!({})).await.expect(400);
    gina.post(&format!("{UNITS}/{NOBODY}/members/$ref"), reference(OPS)).await.expect(404);
    lab.with_scopes(RITA, SCOPES).post(&format!("{members}/$ref"), reference(OPS)).await.expect(403);
}

/// MOD-11. SCO-2.
#[tokio::test]
async fn a_role_for_a_unit_is_an_assignment_at_its_scope() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, SCOPES);
    let path = format!("{UNITS}/{BERLIN}/scopedRoleMembers");
    let activated = gina.post("directoryRoles", json!({ "roleTemplateId": GROUPS_ADMINISTRATOR })).await.expect(201);
    let body = json!({ "roleId": activated.body["id"], "roleMemberInfo": { "id": ALICE } });
    let made = gina.post(&path, body.clone()).await.expect(201);
    assert_eq!(made.body["roleMemberInfo"]["displayName"], "alice");
    assert_eq!((&made.body["administrativeUnitId"], &made.body["roleId"]), (&json!(BERLIN), &activated.body["id"]));
    gina.post(&path, body).await.expect(400);
    let filter = format!("{ASSIGNMENTS}?$filter=principalId eq '{ALICE}'");
    let held = gina.get(&filter).await.expect(200);
    assert_eq!(held.items()[0]["directoryScopeId"], format!("/administrativeUnits/{BERLIN}"));
    let role = activated.body["id"].as_str().unwrap();
    assert_eq!(gina.get(&format!("directoryRoles/{role}/scopedMembers")).await.expect(200).items().len(), 1);
    assert!(gina.get(&format!("directoryRoles/{role}/members")).await.expect(200).items().is_empty());
    let global = json!({ "roleId": roles::GLOBAL_ADMINISTRATOR, "roleMemberInfo": { "id": ALICE } });
    let refused = gina.post(&path, global).await.expect(400);
    assert_eq!(
        refused.message(),
        "The given built-in role is not supported to be assigned to a single resource scope."
    );
    gina.post(&path, json!({ "roleMemberInfo": { "id": ALICE } })).await.expect(400);
    gina.post(&path, json!({ "roleId": role })).await.expect(400);
    gina.post(&path, json!({ "roleId": NOBODY, "roleMemberInfo": { "id": ALICE } })).await.expect(404);
    let one = format!("{path}/{}", made.body["id"].as_str().unwrap());
    gina.get(&one).await.expect(200);
    lab.with_scopes(RITA, SCOPES).delete(&one).await.expect(403);
    gina.delete(&one).await.expect(204);
    gina.get(&one).await.expect(404);
    assert!(gina.get(&filter).await.expect(200).items().is_empty());
}

#[tokio::test]
async fn what_is_held_for_a_unit_ends_with_it() {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, SCOPES);
    let path = format!("{UNITS}/{BERLIN}/scopedRoleMembers");
    let body = json!({ "roleId": GROUPS_ADMINISTRATOR, "roleMemberInfo": { "id": ALICE } });
    gina.post(&path, body).await.expect(201);
    gina.delete(&format!("{UNITS}/{BERLIN}")).await.expect(204);
    let held = gina.get(&format!("{ASSIGNMENTS}?$filter=principalId eq '{ALICE}'")).await.expect(200);
    assert!(held.items().is_empty());
    assert!(lab.tenant().invariants().iter().all(|it| it.violations.is_empty()));
}

/// GRP-14. Whoever writes groups in the unit makes one there, and makes it a member with that.
#[tokio::test]
async fn a_group_is_made_inside_a_unit() {
    let lab = Lab::new();
    let scopes = "Group.ReadWrite.All AdministrativeUnit.Read.All";
    let members = format!("{UNITS}/{BERLIN}/members");
    let crew = json!({ "@odata.type": "#Microsoft.Graph.Group", "displayName": "Crew", "mailEnabled": false,
                       "mailNickname": "crew", "securityEnabled": true,
                       "members@odata.bind": [format!("https://graph.microsoft.com/v1.0/users/{RITA}")] });
    let alice = lab.with_scopes(ALICE, scopes);
    alice.post(&members, crew.clone()).await.expect(403);
    let scope = DirectoryScope::AdministrativeUnit(AdministrativeUnitId(BERLIN));
    lab.hold(ALICE, RoleDefinitionId(GROUPS_ADMINISTRATOR), scope);
    let made = alice.post(&members, crew.clone()).await.expect(201);
    assert_eq!(made.body["@odata.type"], "#microsoft.graph.group");
    let id = made.body["id"].as_str().unwrap();
    let gina = lab.with_scopes(GINA, SCOPES);
    let listed = gina.get(&format!("{members}/microsoft.graph.group?$select=id")).await.expect(200);
    assert_eq!(listed.items(), [json!({ "id": id })]);
    let units = gina.get(&format!("groups/{id}/memberOf")).await.expect(200);
    assert_eq!(units.items()[0]["id"], json!(BERLIN));
    assert_eq!(gina.get(&format!("groups/{id}/members")).await.expect(200).items()[0]["id"], json!(RITA));
    lab.with_scopes(GINA, "Group.ReadWrite.All").post(&members, crew.clone()).await.expect(403);
    lab.with_scopes(GINA, "AdministrativeUnit.ReadWrite.All").post(&members, crew.clone()).await.expect(403);
    let gina = lab.with_scopes(GINA, scopes);
    gina.post(&format!("{UNITS}/{NOBODY}/members"), crew).await.expect(404);
    gina.post(&members, json!({ "@odata.type": "#microsoft.graph.device" })).await.expect(400);
    gina.post(&members, json!({ "displayName": "Crew" })).await.expect(400);
}

/// AUT-22. Whoever makes users in the unit makes one there, and nowhere else.
#[tokio::test]
async fn a_user_is_made_inside_a_unit() {
    let lab = Lab::new();
    let scopes = "User.ReadWrite.All AdministrativeUnit.Read.All";
    let members = format!("{UNITS}/{BERLIN}/members");
    let bob = json!({
        "@odata.type": "#microsoft.graph.user", "accountEnabled": true, "displayName": "Bob", "mailNickname": "bob",
        "userPrincipalName": "bob@contoso.onmicrosoft.com", "passwordProfile": { "password": "xWwvJ]6NMw+bWH-d" },
    });
    let alice = lab.with_scopes(ALICE, scopes);
    alice.post(&members, bob.clone()).await.expect(403);
    lab.hold(ALICE, roles::USER_ADMINISTRATOR, DirectoryScope::AdministrativeUnit(AdministrativeUnitId(BERLIN)));
    alice.post("users", bob.clone()).await.expect(403);
    lab.with_scopes(ALICE, "Group.ReadWrite.All AdministrativeUnit.Read.All")
        .post(&members, bob.clone())
        .await
        .expect(403);
    lab.with_scopes(ALICE, "User.ReadWrite.All").post(&members, bob.clone()).await.expect(403);
    let made = alice.post(&members, bob.clone()).await.expect(201);
    assert_eq!(made.body["@odata.type"], "#microsoft.graph.user");
    let gina = lab.with_scopes(GINA, SCOPES);
    let listed = gina.get(&format!("{members}/microsoft.graph.user?$select=id")).await.expect(200);
    assert!(listed.items().contains(&json!({ "id": made.body["id"] })), "{}", listed.body);
    let twin = alice.post(&members, bob).await.expect(400);
    assert_eq!(twin.body["error"]["details"][0]["target"], "userPrincipalName");
    let missing = alice.post(&members, json!({ "@odata.type": "#microsoft.graph.user" })).await.expect(400);
    assert!(missing.message().starts_with("A value is required for property '"), "{}", missing.message());
}
