//! PIM's own service below `/api/v2`, as az-pim-cli and scripts use it: directory roles and groups, with a token for Azure.

use super::super::lab::{ALICE, Client, GINA, GROUPS_ADMINISTRATOR, Lab, RITA, TENANT};
use super::{BOB, DESK, OLGA, entitled, id_of, lab};
use pim_core::time::Length;
use serde_json::{Value, json};
use uuid::Uuid;

const AZURE: &str = "https://management.core.windows.net/";
const GROUPS: &str = "privilegedAccess/aadGroups";
const ROLES: &str = "privilegedAccess/aadroles";
const EXPAND: &str = "$expand=linkedEligibleRoleAssignment,subject,scopedResource,roleDefinition($expand=resource)";

fn at(lab: &Lab, id: Uuid) -> Client<'_> {
    lab.at_older_service(id, AZURE)
}

/// What is eligible for a user, as az-pim-cli asks for it.
async fn mine(client: &Client<'_>, provider: &str, id: Uuid) -> Value {
    let filter = format!("$filter=(subject/id eq '{id}') and (assignmentState eq 'Eligible')");
    let found = client.get(&format!("{provider}/roleAssignments?{EXPAND}&{filter}")).await.expect(200);
    assert_eq!(found.items().len(), 1, "{:?}", found.body);
    found.items()[0].clone()
}

/// The activation that az-pim-cli asks for.
fn activation(row: &Value, minutes: u32) -> Value {
    json!({
        "roleDefinitionId": row["roleDefinitionId"],
        "resourceId": row["resourceId"],
        "subjectId": row["subjectId"],
        "assignmentState": "Active",
        "type": "UserAdd",
        "reason": "incident",
        "ticketNumber": "",
        "ticketSystem": "",
        "schedule": {
            "type": "Once", "startDateTime": null, "endDateTime": null, "duration": format!("PT{minutes}M"),
        },
        "linkedEligibleRoleAssignmentId": row["id"],
        "scopedResourceId": "",
    })
}

/// MFA-1, REQ-19: looked up, evaluated, activated, and seen.
#[tokio::test]
async fn a_role_is_found_evaluated_and_activated() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = at(&lab, ALICE);
    let row = mine(&alice, ROLES, ALICE).await;
    assert_eq!(
        (&row["roleDefinition"]["displayName"], &row["status"]),
        (&json!("Groups Administrator"), &json!("Provisioned"))
    );
    assert_eq!(row["roleDefinition"]["resource"]["id"], json!(TENANT));
    assert_eq!((&row["subject"]["id"], &row["subject"]["type"]), (&json!(ALICE), &json!("User")));
    assert_eq!((&row["resourceId"], &row["scopedResourceId"]), (&json!(TENANT), &Value::Null));
    assert_eq!((&row["isPermanent"], &row["linkedEligibleRoleAssignment"]), (&json!(true), &Value::Null));
    let path = format!("{ROLES}/roleAssignmentRequests");
    let evaluated = alice.post(&format!("{path}?evaluateOnly=true"), activation(&row, 60)).await.expect(201);
    assert_eq!(evaluated.body["status"]["subStatus"], "Granted");
    let held = format!("{ROLES}/roleAssignments?$filter=(subject/id eq '{ALICE}') and (assignmentState eq 'Active')");
    assert!(alice.get(&held).await.expect(200).items().is_empty(), "nothing was done");
    let made = alice.post(&path, activation(&row, 60)).await.expect(201);
    assert_eq!(
        (&made.body["status"]["status"], &made.body["status"]["subStatus"]),
        (&json!("InProgress"), &json!("Provisioned"))
    );
    assert_eq!(made.body["status"]["statusDetails"][0], json!({ "key": "EligibilityRule", "value": "Grant" }));
    assert_eq!(made.body["linkedEligibleRoleAssignmentId"], row["id"]);
    assert_eq!((&made.body["schedule"]["duration"], &made.body["metadata"]), (&json!("PT1H"), &json!({})));
    assert!(made.body["roleAssignmentEndDateTime"].is_string() && made.body["ticketNumber"] == "");
    assert!(
        made.headers["location"]
            .to_str()
            .unwrap()
            .contains("/api/v2/privilegedAccess/aadRoles/roleAssignmentRequests/")
    );
    let active = alice.get(&format!("{held}&{EXPAND}")).await.expect(200);
    assert_eq!(active.items()[0]["linkedEligibleRoleAssignment"]["id"], row["id"]);
    let again = alice.post(&path, activation(&row, 60)).await.expect(400);
    assert_eq!(again.code(), "RoleAssignmentExists");
    lab.advance(Length::minutes(6));
    let end = json!({ "type": "UserRemove", "schedule": null, "reason": "done" });
    let mut body = activation(&row, 60);
    for (name, value) in end.as_object().unwrap() {
        body[name] = value.clone();
    }
    assert_eq!(alice.post(&path, body).await.expect(201).body["status"]["subStatus"], "Revoked");
    assert!(alice.get(&held).await.expect(200).items().is_empty());
}

/// The same of a group; what waits can be withdrawn.
#[tokio::test]
async fn a_place_in_a_group_is_activated_and_a_later_start_withdrawn() {
    let lab = lab();
    entitled(&lab).await;
    let alice = at(&lab, ALICE);
    let row = mine(&alice, GROUPS, ALICE).await;
    assert_eq!((&row["resourceId"], &row["roleDefinition"]["displayName"]), (&json!(DESK), &json!("Member")));
    let resource = &row["roleDefinition"]["resource"];
    assert_eq!((&resource["displayName"], &resource["status"]), (&json!("Help desk"), &json!("Active")));
    let path = format!("{GROUPS}/roleAssignmentRequests");
    let mut later = activation(&row, 30);
    later["schedule"]["startDateTime"] = json!("2026-01-06T08:00:00Z");
    let waiting = id_of(&alice.post(&path, later).await.expect(201).body);
    alice.post(&format!("{path}/{waiting}/cancel"), json!({})).await.expect(204);
    let read = alice.get(&format!("{path}/{waiting}")).await.expect(200);
    assert_eq!(
        read.body["status"],
        json!({
            "status": "Closed", "subStatus": "Canceled", "statusDetails": read.body["status"]["statusDetails"],
        })
    );
    let made = alice.post(&path, activation(&row, 30)).await.expect(201);
    assert_eq!(made.body["status"]["subStatus"], "PendingProvisioning");
    let members = lab.user(GINA).get(&format!("groups/{DESK}/members")).await.expect(200);
    assert!(members.items().iter().any(|it| it["id"] == json!(ALICE)));
}

/// An eligibility for part of the directory is activated for that part, although the client says nothing of it.
#[tokio::test]
async fn what_is_activated_is_for_what_the_eligibility_is_for() {
    use super::super::lab::BERLIN;
    let lab = Lab::new();
    let gina = at(&lab, GINA);
    let assign = json!({
        "roleDefinitionId": GROUPS_ADMINISTRATOR, "resourceId": TENANT, "subjectId": ALICE, "scopedResourceId": BERLIN,
        "assignmentState": "Eligible", "type": "AdminAdd", "reason": "Berlin",
        "schedule": { "type": "Once", "endDateTime": null },
    });
    gina.post(&format!("{ROLES}/roleAssignmentRequests"), assign).await.expect(201);
    let alice = at(&lab, ALICE);
    let row = mine(&alice, ROLES, ALICE).await;
    assert_eq!((&row["scopedResourceId"], &row["scopedResource"]["id"]), (&json!(BERLIN), &json!(BERLIN)));
    let made = alice.post(&format!("{ROLES}/roleAssignmentRequests"), activation(&row, 30)).await.expect(201);
    assert_eq!(made.body["scopedResourceId"], json!(BERLIN));
}

/// EXT-13, EXT-7: what a holder asks for, a manager decides.
#[tokio::test]
async fn a_manager_decides_on_an_extension() {
    let lab = Lab::new();
    let (gina, alice) = (at(&lab, GINA), at(&lab, ALICE));
    let path = format!("{ROLES}/roleAssignmentRequests");
    let body = |kind: &str, schedule: Value| {
        json!({
            "roleDefinitionId": GROUPS_ADMINISTRATOR, "resourceId": TENANT, "subjectId": ALICE,
            "assignmentState": "Eligible", "type": kind, "reason": "project", "schedule": schedule,
        })
    };
    gina.post(&path, body("AdminAdd", json!({ "duration": "P5D" }))).await.expect(201);
    let asked = alice.post(&path, body("UserExtend", json!({ "duration": "P20D" }))).await.expect(201);
    assert_eq!(asked.body["status"]["subStatus"], "PendingAdminDecision");
    let decide = format!("{path}/{}/updateRequest", id_of(&asked.body));
    let pending = format!("{path}?$filter=status/subStatus eq 'PendingAdminDecision'");
    assert_eq!(gina.get(&pending).await.expect(200).items().len(), 1);
    alice.post(&decide, json!({ "decision": "AdminApproved", "reason": "me" })).await.expect(403);
    gina.post(&decide, json!({ "decision": "Perhaps" })).await.expect(400);
    let other_side = json!({ "decision": "AdminApproved", "assignmentState": "Active", "reason": "ok" });
    gina.post(&decide, other_side).await.expect(501);
    let yes = json!({ "decision": "AdminApproved", "assignmentState": "Eligible", "reason": "ok" });
    gina.post(&decide, yes.clone()).await.expect(204);
    assert!(gina.get(&pending).await.expect(200).items().is_empty());
    let read = gina.get(&format!("{path}/{}", id_of(&asked.body))).await.expect(200);
    assert_eq!(read.body["status"]["subStatus"], "Provisioned");
    gina.post(&decide, yes).await.expect(400);
}

/// AUT-2, AUT-4: who may see what, and how many hold what.
#[tokio::test]
async fn roles_are_counted_and_shown_to_those_who_may_read() {
    let lab = lab();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    entitled(&lab).await;
    let gina = at(&lab, GINA);
    let resources = gina.get(&format!("{ROLES}/resources")).await.expect(200);
    assert_eq!((&resources.items()[0]["id"], resources.items().len()), (&json!(TENANT), 1));
    gina.get(&format!("{ROLES}/resources/{TENANT}")).await.expect(200);
    gina.get(&format!("{ROLES}/resources/{DESK}")).await.expect(404);
    let select = "$select=id,displayName,type,templateId,resourceId,externalId,isbuiltIn,subjectCount,\
                  eligibleAssignmentCount,activeAssignmentCount&$orderby=displayName";
    let select = select.replace(' ', "");
    let filter = format!("$filter=displayName eq 'Groups Administrator'&{select}");
    let roles = gina.get(&format!("{ROLES}/resources/{TENANT}/roleDefinitions?{filter}")).await.expect(200);
    let role = &roles.items()[0];
    assert_eq!(
        (&role["subjectCount"], &role["eligibleAssignmentCount"], &role["activeAssignmentCount"]),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!((&role["type"], &role["isbuiltIn"]), (&json!("BuiltInRole"), &json!(true)));
    let held = format!("{ROLES}/resources/{TENANT}/roleAssignments?$expand=subject");
    assert!(gina.get(&held).await.expect(200).items().len() > 1);
    at(&lab, ALICE).get(&held).await.expect(403);
    at(&lab, ALICE).get(&format!("{ROLES}/roleAssignments")).await.expect(403);
    let olga = at(&lab, OLGA);
    let relations = olga.get(&format!("{GROUPS}/resources/{DESK}/roleDefinitions")).await.expect(200);
    let counts: Vec<_> = relations
        .items()
        .iter()
        .map(|it| (&it["displayName"], &it["eligibleAssignmentCount"], &it["activeAssignmentCount"]))
        .collect();
    assert_eq!(counts, [(&json!("Member"), &json!(1), &json!(1)), (&json!("Owner"), &json!(0), &json!(1))]);
    let groups =
        olga.get(&format!("{GROUPS}/resources?$select=id,registeredDateTime,onboardDateTime")).await.expect(200);
    assert_eq!(groups.items()[0]["registeredDateTime"], "2026-01-05T08:00:00Z");
    at(&lab, RITA).get(&format!("{GROUPS}/roleAssignments")).await.expect(400);
    at(&lab, BOB).get(&format!("{GROUPS}/roleAssignments?$filter=(subject/id eq '{ALICE}')")).await.expect(403);
}

#[tokio::test]
async fn the_service_takes_tokens_of_azure_and_its_own_and_no_others() {
    let lab = Lab::new();
    let path = format!("{ROLES}/resources");
    for audience in [AZURE, "https://management.azure.com", "https://api.azrbac.mspim.azure.com"] {
        lab.at_older_service(GINA, audience).get(&path).await.expect(200);
    }
    let refused = lab.at_older_service(GINA, "https://graph.microsoft.com").get(&path).await.expect(401);
    assert_eq!(refused.code(), "InvalidAuthenticationToken");
    lab.anonymous().get(&format!("/api/v2/{path}")).await.expect(401);
    let graph = lab.user(GINA).beta().get("privilegedAccess/aadRoles/roleAssignments").await.expect(403);
    assert_eq!(graph.code(), "TenantEnabledInAadRoleMigration");
    let gina = lab.at_older_service(GINA, AZURE);
    let governed = gina.get("privilegedAccess/azureResources/resources").await.expect(200);
    assert!(governed.items().is_empty(), "a directory role is no right in Azure");
    gina.get("users").await.expect(400);
    gina.get("/api/v3/privilegedAccess/aadroles/resources").await.expect(400);
    lab.user(GINA).get(&path).await.expect(400);
}
