//! `/directoryRoles` and `/directoryRoleTemplates`.

use super::lab::{ALICE, ASSIGNMENTS, GINA, GROUPS_ADMINISTRATOR, Lab, REQUESTS, RITA, activation};
use pim_core::model::roles;
use pim_core::time::Length;
use serde_json::{Value, json};
use uuid::Uuid;

const NOBODY: Uuid = Uuid::from_u128(9);

fn reference(id: Uuid) -> Value {
    json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") })
}

#[tokio::test]
async fn roles_that_somebody_holds_are_listed_with_ids_of_the_tenant() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let listed = gina.get("directoryRoles").await.expect(200);
    let names: Vec<_> = listed.items().iter().map(|role| role["displayName"].as_str().unwrap()).collect();
    assert_eq!(names, ["Global Administrator", "Global Reader"]);
    let first = &listed.items()[0];
    assert_ne!(first["id"], first["roleTemplateId"]);
    assert_eq!(first["roleTemplateId"], json!(roles::GLOBAL_ADMINISTRATOR));
    let id = first["id"].as_str().unwrap();
    assert_eq!(gina.get("directoryRoles").await.expect(200).items()[0]["id"], *id, "the same every time");
    let by_template = format!("directoryRoles(roleTemplateId='{}')", roles::GLOBAL_ADMINISTRATOR);
    assert_eq!(gina.get(&by_template).await.expect(200).body["id"], *id);
    assert_eq!(
        gina.get(&format!("directoryRoles/{id}")).await.expect(200).body["roleTemplateId"],
        first["roleTemplateId"]
    );
    gina.get(&format!("directoryRoles/{}", roles::GLOBAL_ADMINISTRATOR)).await.expect(404);
    gina.get(&format!("directoryRoles(roleTemplateId='{GROUPS_ADMINISTRATOR}')")).await.expect(404);
    let members = gina.get(&format!("{by_template}/members?$select=id")).await.expect(200);
    assert_eq!(members.items(), [json!({ "@odata.type": "#microsoft.graph.user", "id": GINA })]);
    let filter = format!("directoryRoles?$filter=roleTemplateId eq '{}'", roles::GLOBAL_READER);
    assert_eq!(gina.get(&filter).await.expect(200).items().len(), 1);
}

#[tokio::test]
async fn a_role_is_activated_once() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let body = json!({ "roleTemplateId": GROUPS_ADMINISTRATOR });
    let made = gina.post("directoryRoles", body.clone()).await.expect(201);
    assert_eq!(made.body["displayName"], "Groups Administrator");
    let again = gina.post("directoryRoles", body.clone()).await.expect(400);
    assert_eq!(
        (again.code(), again.message()),
        (
            "Request_BadRequest",
            "A conflicting object with one or more of the specified property values is present in the directory."
        )
    );
    gina.post("directoryRoles", json!({ "roleTemplateId": roles::GLOBAL_ADMINISTRATOR })).await.expect(400);
    gina.post("directoryRoles", json!({})).await.expect(400);
    gina.post("directoryRoles", json!({ "roleTemplateId": "x" })).await.expect(400);
    gina.post("directoryRoles", json!({ "roleTemplateId": NOBODY })).await.expect(404);
    lab.user(RITA).post("directoryRoles", body).await.expect(403);
    assert_eq!(gina.get("directoryRoles").await.expect(200).items().len(), 3);
}

/// MOD-8. An activation makes its user a member for as long as it lasts.
#[tokio::test]
async fn whoever_has_activated_a_role_is_a_member_while_it_lasts() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let gina = lab.user(GINA);
    let path = format!("directoryRoles(roleTemplateId='{GROUPS_ADMINISTRATOR}')/members");
    gina.get(&path).await.expect(404);
    lab.user(ALICE).post(REQUESTS, activation("PT2H")).await.expect(201);
    assert_eq!(gina.get(&path).await.expect(200).items().len(), 1);
    lab.advance(Length::hours(2));
    gina.get(&path).await.expect(404);
}

/// MOD-11. GA-8.
#[tokio::test]
async fn members_are_put_in_and_taken_out_outside_pim() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let members = format!("directoryRoles(roleTemplateId='{}')/members", roles::GLOBAL_READER);
    gina.post(&format!("{members}/$ref"), reference(ALICE)).await.expect(204);
    let twin = gina.post(&format!("{members}/$ref"), reference(ALICE)).await.expect(400);
    assert_eq!(
        twin.message(),
        "One or more added object references already exist for the following modified properties: 'members'."
    );
    assert_eq!(gina.get(&members).await.expect(200).items().len(), 2);
    let held = gina.get(&format!("{ASSIGNMENTS}?$filter=principalId eq '{ALICE}'")).await.expect(200);
    assert_eq!(held.items().len(), 1);
    lab.user(RITA).delete(&format!("{members}/{ALICE}/$ref")).await.expect(403);
    gina.delete(&format!("{members}/{ALICE}/$ref")).await.expect(204);
    gina.delete(&format!("{members}/{ALICE}/$ref")).await.expect(404);
    gina.delete(&format!("{members}/alice/$ref")).await.expect(400);
    gina.post(&format!("{members}/$ref"), reference(NOBODY)).await.expect(404);
    let own = format!("directoryRoles(roleTemplateId='{}')/members/{GINA}/$ref", roles::GLOBAL_ADMINISTRATOR);
    assert_eq!(
        gina.delete(&own).await.expect(400).message(),
        "Removing self from Global Administrator built-in role is not allowed."
    );
}

#[tokio::test]
async fn every_built_in_role_has_a_template() {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let listed = gina.get("directoryRoleTemplates").await.expect(200);
    assert_eq!(listed.items().len(), pim_core::model::built_in_roles().len());
    let one = gina.get(&format!("directoryRoleTemplates/{GROUPS_ADMINISTRATOR}")).await.expect(200);
    assert_eq!(one.body["displayName"], "Groups Administrator");
    gina.get(&format!("directoryRoleTemplates/{NOBODY}")).await.expect(404);
}
