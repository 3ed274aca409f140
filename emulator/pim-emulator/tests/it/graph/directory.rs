//! The directory around PIM, to be read.

use super::lab::{ALICE, BERLIN, Lab, OPS, RITA, ROBOT, TENANT};
use axum::body::Body;
use axum::http::Method;
use serde_json::json;

#[tokio::test]
async fn a_user_has_eleven_properties_unless_more_are_selected() {
    let lab = Lab::new();
    let me = lab.user(ALICE).get("me").await.expect(200);
    assert_eq!(me.body.as_object().unwrap().len(), 12, "eleven and the context");
    assert!(me.body["@odata.context"].as_str().unwrap().ends_with("#users/$entity"));
    let chosen = lab.user(ALICE).get("me?$select=id,accountEnabled,userType").await.expect(200);
    assert_eq!(
        (chosen.body["accountEnabled"].as_bool(), chosen.body["userType"].as_str()),
        (Some(true), Some("Member"))
    );
    assert!(lab.user(ALICE).beta().get("me").await.body.get("accountEnabled").is_some());
}

#[tokio::test]
async fn users_are_listed_counted_and_not_skipped() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    assert_eq!(rita.get("users").await.expect(200).items().len(), 3);
    let counted = "users?$filter=startswith(displayName,'A')&$count=true";
    assert_eq!(rita.get_eventually(counted).await.body["@odata.count"], 1);
    assert!(rita.get(counted).await.expect(200).body.get("@odata.count").is_none(), "only for those who accept a lag");
    let count =
        rita.send(Method::GET, "users/$count", &[("consistencylevel", "eventual")], Body::empty()).await.expect(200);
    assert_eq!((count.body, count.headers["content-type"].to_str().unwrap()), (json!(3), "text/plain"));
    assert_eq!(rita.get("users/$count").await.expect(400).message(), "$count is not currently supported.");
    assert_eq!(rita.get("users?$skip=1").await.expect(400).message(), "'$skip' is not supported by the service.");
    let missing = rita.get(&format!("users/{OPS}")).await.expect(404);
    assert_eq!(
        missing.message(),
        format!("Resource '{OPS}' does not exist or one of its queried reference-property objects are not present.")
    );
}

#[tokio::test]
async fn groups_show_their_members_with_types() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let group =
        rita.get(&format!("groups/{OPS}?$select=id,displayName,isAssignableToRole,groupTypes")).await.expect(200);
    assert_eq!((group.body["isAssignableToRole"].clone(), group.body["groupTypes"].clone()), (json!(true), json!([])));
    let members = rita.get(&format!("groups/{OPS}/members?$select=id,displayName")).await.expect(200);
    assert_eq!(
        members.items(),
        [json!({ "@odata.type": "#microsoft.graph.user", "id": ALICE, "displayName": "alice" })]
    );
    assert!(rita.get(&format!("groups/{OPS}/owners")).await.expect(200).items().is_empty());
    assert_eq!(rita.get("groups/ops").await.expect(400).message(), "Invalid object identifier 'ops'.");
}

#[tokio::test]
async fn service_principals_are_found_by_id_and_by_application() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let by_id = rita.get(&format!("servicePrincipals/{ROBOT}")).await.expect(200);
    let app_id = by_id.body["appId"].as_str().unwrap().to_owned();
    let by_app = rita.get(&format!("servicePrincipals(appId='{app_id}')")).await.expect(200);
    assert_eq!(by_app.body["id"], by_id.body["id"]);
    let found = rita.get(&format!("servicePrincipals?$filter=appId eq '{app_id}'")).await.expect(200);
    assert_eq!(found.items().len(), 1);
}

#[tokio::test]
async fn the_organization_tells_the_licence() {
    let lab = Lab::new();
    let answer = lab.user(RITA).get("organization").await.expect(200);
    let organization = &answer.items()[0];
    assert_eq!(organization["id"], json!(TENANT));
    let plans = organization["assignedPlans"].as_array().unwrap();
    assert!(plans.iter().any(|plan| plan["servicePlanId"] == "eec0eb4f-6444-4f95-aba0-50c24d67f998"), "Entra ID P2");
    assert_eq!(organization["verifiedDomains"][0]["name"], "contoso.onmicrosoft.com");
}

#[tokio::test]
async fn units_are_read_with_their_members() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    let unit = rita.get(&format!("directory/administrativeUnits/{BERLIN}")).await.expect(200);
    assert_eq!(unit.body["displayName"], "Berlin");
    let members = rita.get(&format!("directory/administrativeUnits/{BERLIN}/members")).await.expect(200);
    assert_eq!(members.items().len(), 1);
}
