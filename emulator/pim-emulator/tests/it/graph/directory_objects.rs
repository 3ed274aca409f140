//! Objects of whichever type by their ids, and what principals are in.

use super::lab::{ALICE, BERLIN, GINA, Lab, OPS, RITA, ROBOT, TENANT, WRITE};
use serde_json::json;
use uuid::Uuid;

#[tokio::test]
async fn objects_are_found_by_ids_with_their_types() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    for (id, kind) in [(ALICE, "user"), (OPS, "group"), (ROBOT, "servicePrincipal"), (BERLIN, "administrativeUnit")] {
        let object = rita.get(&format!("directoryObjects/{id}")).await.expect(200);
        assert_eq!(object.body["@odata.type"], format!("#microsoft.graph.{kind}"));
    }
    rita.get(&format!("directoryObjects/{TENANT}")).await.expect(404);
    assert_eq!(rita.get("directoryObjects/x").await.expect(400).message(), "Invalid object identifier 'x'.");
    let ids = json!([ALICE, OPS, ROBOT, TENANT]);
    let all = rita.post("directoryObjects/getByIds", json!({ "ids": ids })).await.expect(200);
    assert_eq!(all.items().len(), 3, "what is not there is left out");
    let groups =
        rita.post("directoryObjects/microsoft.graph.getByIds", json!({ "ids": ids, "types": ["group"] })).await;
    assert_eq!(groups.expect(200).items()[0]["id"], json!(OPS));
    let bad = rita.post("directoryObjects/getByIds", json!({ "ids": ["x"] })).await.expect(400);
    assert_eq!(bad.message(), "Invalid GUID specified.");
    rita.post("directoryObjects/getByIds", json!({ "ids": vec![ALICE; 1001] })).await.expect(400);
    rita.post("directoryObjects/getByIds", json!({})).await.expect(400);
}

#[tokio::test]
async fn deleting_by_id_takes_the_permission_of_the_type() {
    let lab = Lab::new();
    let users = lab.with_scopes(GINA, "User.ReadWrite.All");
    users.delete(&format!("directoryObjects/{OPS}")).await.expect(403);
    users.delete(&format!("directoryObjects/{RITA}")).await.expect(204);
    users.delete(&format!("directoryObjects/{RITA}")).await.expect(404);
    lab.with_scopes(GINA, "Group.ReadWrite.All").delete(&format!("directoryObjects/{OPS}")).await.expect(403);
    lab.with_scopes(GINA, WRITE).delete(&format!("directoryObjects/{OPS}")).await.expect(204);
}

#[tokio::test]
async fn memberships_are_told_by_ids_alone() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let ask = async |path: &str, body| rita.post(path, body).await;
    let user = format!("users/{ALICE}");
    let checked =
        ask(&format!("{user}/checkMemberGroups"), json!({ "groupIds": [TENANT, OPS, BERLIN] })).await.expect(200);
    assert_eq!(checked.items(), [json!(OPS)]);
    assert!(checked.body["@odata.context"].as_str().unwrap().ends_with("$metadata#Collection(Edm.String)"));
    let checked = ask(&format!("{user}/checkMemberObjects"), json!({ "ids": [OPS, BERLIN, TENANT] })).await.expect(200);
    assert_eq!(checked.items(), [json!(OPS), json!(BERLIN)]);
    let groups =
        ask(&format!("directoryObjects/{ALICE}/getMemberGroups"), json!({ "securityEnabledOnly": true })).await;
    assert_eq!(groups.expect(200).items(), [json!(OPS)]);
    let objects =
        ask(&format!("{user}/microsoft.graph.getMemberObjects"), json!({ "securityEnabledOnly": false })).await;
    assert_eq!(objects.expect(200).items(), [json!(OPS), json!(BERLIN)]);
    let of_group =
        ask(&format!("groups/{OPS}/getMemberGroups"), json!({ "securityEnabledOnly": true })).await.expect(400);
    assert_eq!(of_group.code(), "Request_BadRequest");
    assert!(ask(&format!("servicePrincipals/{ROBOT}/getMemberGroups"), json!({})).await.expect(200).items().is_empty());
    assert_eq!(lab.user(ALICE).post("me/getMemberGroups", json!({})).await.expect(200).items(), [json!(OPS)]);
    let many: Vec<_> = (0..21).map(|number: u128| Uuid::from_u128(number)).collect();
    ask(&format!("{user}/checkMemberGroups"), json!({ "groupIds": many })).await.expect(400);
    ask(&format!("{user}/checkMemberGroups"), json!({ "groupIds": ["x"] })).await.expect(400);
    ask(&format!("{user}/checkMemberGroups"), json!({})).await.expect(400);
    ask(&format!("users/{TENANT}/getMemberGroups"), json!({})).await.expect(404);
}
