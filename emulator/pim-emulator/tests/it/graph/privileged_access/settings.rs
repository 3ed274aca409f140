//! Settings on the older routes: a name and a JSON text for each rule.

use super::super::lab::{ALICE, GINA, Lab, RITA, TENANT};
use super::{BOB, DESK, GROUP, OLGA, client, id_of, lab};
use serde_json::{Value, json};

const OLD: &str = "privilegedAccess/aadGroups";
const V2: &str = "privilegedAccess/aadGroups/roleSettingsv2";
const AZURE: &str = "https://management.core.windows.net/";

/// A rule of a list, read.
fn rule(list: &Value, name: &str) -> Value {
    let rule = list.as_array().unwrap().iter().find(|it| it["ruleIdentifier"] == name).unwrap();
    serde_json::from_str(rule["setting"].as_str().unwrap()).unwrap()
}

fn written(name: &str, setting: &Value) -> Value {
    json!({ "ruleIdentifier": name, "setting": setting.to_string() })
}

/// POL-1, POL-4, POL-7, POL-8, POL-45: read, changed in part, and enforced.
#[tokio::test]
async fn the_settings_of_a_group_are_read_and_changed() {
    let lab = lab();
    let olga = client(&lab, OLGA).beta();
    olga.post(&format!("{OLD}/resources/register"), json!({ "externalId": DESK })).await.expect(200);
    let path = format!("{OLD}/roleSettings");
    let all = olga.get(&format!("{path}?$filter=resourceId eq '{DESK}'&$expand=roleDefinition")).await.expect(200);
    let [member, owner] = all.items() else { panic!("two relations: {:?}", all.body) };
    assert_eq!((&member["roleDefinition"]["displayName"], &owner["isDefault"]), (&json!("Member"), &json!(true)));
    let user = &member["userMemberSettings"];
    assert_eq!(
        rule(user, "ExpirationRule"),
        json!({ "permanentAssignment": false, "maximumGrantPeriodInMinutes": 480 })
    );
    assert_eq!(rule(user, "JustificationRule"), json!({ "required": true }));
    assert_eq!(rule(user, "ApprovalRule"), json!({ "enabled": false, "approvers": [] }));
    assert_eq!(rule(&member["adminEligibleSettings"], "ExpirationRule")["maximumGrantPeriodInMinutes"], 365 * 24 * 60);
    assert_eq!(member["userEligibleSettings"], json!([]));
    let one = format!("{path}/{}", id_of(member));
    let change = json!({
        "userMemberSettings": [
            written("ExpirationRule", &json!({ "permanentAssignment": false, "maximumGrantPeriodInMinutes": 60 })),
            written("MfaRule", &json!({ "mfaRequired": true })),
            written("ApprovalRule", &json!({ "enabled": true, "approvers": [{ "id": BOB, "type": "User", "displayName": "bob" }] })),
        ],
    });
    client(&lab, ALICE).beta().patch(&one, change.clone()).await.expect(403);
    olga.patch(&one, change).await.expect(204);
    let read = olga.get(&one).await.expect(200);
    let user = &read.body["userMemberSettings"];
    assert_eq!(rule(user, "ExpirationRule")["maximumGrantPeriodInMinutes"], 60);
    assert_eq!(
        (rule(user, "MfaRule"), rule(user, "JustificationRule")),
        (json!({ "mfaRequired": true }), json!({ "required": true }))
    );
    assert_eq!(rule(user, "ApprovalRule")["approvers"][0]["id"], json!(BOB));
    assert_eq!((&read.body["isDefault"], &read.body["lastUpdatedBy"]), (&json!(false), &json!("olga")));
    let other = olga.get(&format!("{path}/{}", id_of(owner))).await.expect(200);
    assert_eq!(rule(&other.body["userMemberSettings"], "ExpirationRule")["maximumGrantPeriodInMinutes"], 480);
    for (body, code) in [
        (json!({ "userMemberSettings": [written("ExpirationRule", &json!("x"))] }), "InvalidPolicy"),
        (json!({ "adminMemberSettings": [written("ApprovalRule", &json!({ "enabled": true }))] }), "InvalidPolicy"),
        (json!({}), "InvalidPolicy"),
    ] {
        assert_eq!(olga.patch(&one, body.clone()).await.expect(400).code(), code, "{body}");
    }
    olga.get(&format!("{path}/{DESK}")).await.expect(404);
    olga.get(&path).await.expect(400);
    client(&lab, RITA).beta().get(&format!("{OLD}/resources/{DESK}/roleSettings")).await.expect(200);
    client(&lab, ALICE).beta().get(&one).await.expect(403);
    let entitle = format!("{GROUP}/eligibilityScheduleRequests");
    olga.post(&entitle, super::ask("adminAssign", &json!({}))).await.expect(201);
    let long = super::ask("selfActivate", &json!({}));
    let refused = client(&lab, ALICE).post(&format!("{GROUP}/assignmentScheduleRequests"), long).await.expect(400);
    assert!(refused.message().contains("ExpirationRule"), "{refused:?}");
}

/// POL-10, POL-9, NOT-7: the lists in one, as PIM's own service has them.
#[tokio::test]
async fn the_service_has_the_lists_in_one() {
    let lab = lab();
    lab.publish("c1");
    let olga = lab.at_older_service(OLGA, AZURE);
    olga.post(&format!("{OLD}/resources/register"), json!({ "externalId": DESK })).await.expect(200);
    let all = olga
        .get(&format!("{V2}?$expand=resource,roleDefinition($expand=resource)&$filter=(resource/id eq '{DESK}')"))
        .await;
    let all = all.expect(200);
    let member = &all.items()[0];
    assert_eq!(member["roleDefinition"]["resource"]["id"], json!(DESK));
    let list = |setting: &Value, caller: &str, level: &str| {
        let lists = setting["lifeCycleManagement"].as_array().unwrap();
        lists.iter().find(|it| it["caller"] == caller && it["level"] == level).unwrap()["value"].clone()
    };
    let mails = rule(&list(member, "Admin", "Eligible"), "NotificationRule");
    assert_eq!(mails["policies"][0]["deliveryMechanism"], "email");
    assert_eq!(mails["policies"][0]["setting"][2]["recipienttype"], 2);
    assert_eq!(mails["policies"][0]["setting"][2]["notificationlevel"], 2);
    let change = json!({
        "id": member["id"],
        "lifeCycleManagement": [
            {
                "caller": "EndUser", "level": "Member", "operation": "ALL",
                "value": [
                    written("AcrsRule", &json!({ "acrsRequired": true, "acrs": "c1" })),
                    written("TicketingRule", &json!({ "ticketingRequired": true })),
                ],
            },
            {
                "caller": "Admin", "level": "Eligible", "operation": "ALL",
                "value": [written("NotificationRule", &json!({ "policies": [{ "deliveryMechanism": "email", "setting": [
                    { "customreceivers": ["soc@contoso.com"], "isdefaultreceiverenabled": false, "notificationlevel": 1, "recipienttype": 2 },
                ] }] }))],
            },
        ],
        "resource": { "id": DESK },
        "roleDefinition": { "id": member["roleDefinition"]["id"] },
    });
    olga.patch(&format!("{V2}/{}", id_of(member)), change).await.expect(204);
    let read = olga.get(&format!("{V2}/{}", id_of(member))).await.expect(200);
    assert_eq!(rule(&list(&read.body, "EndUser", "Member"), "AcrsRule"), json!({ "acrsRequired": true, "acrs": "c1" }));
    assert_eq!(rule(&list(&read.body, "EndUser", "Member"), "TicketingRule"), json!({ "ticketingRequired": true }));
    let mails = rule(&list(&read.body, "Admin", "Eligible"), "NotificationRule");
    assert_eq!(
        mails["policies"][0]["setting"][2],
        json!({ "customreceivers": ["soc@contoso.com"], "isdefaultreceiverenabled": false, "notificationlevel": 1, "recipienttype": 2 })
    );
    assert_eq!(mails["policies"][0]["setting"][0]["notificationlevel"], 2, "who is not named keeps everything");
    // What Graph says of the same policy.
    let policy = client(&lab, OLGA).beta().get(&format!("{OLD}/roleSettings/{}", id_of(member))).await.expect(200);
    assert_eq!(rule(&policy.body["userMemberSettings"], "TicketingRule"), json!({ "ticketingRequired": true }));
}

/// The settings of directory roles are there as well.
#[tokio::test]
async fn settings_of_directory_roles_are_in_the_service() {
    let lab = Lab::new();
    let gina = lab.at_older_service(GINA, AZURE);
    let role = super::super::lab::GROUPS_ADMINISTRATOR;
    let path = "privilegedAccess/aadroles/roleSettingsv2";
    let filter = format!("$filter=(resource/id eq '{TENANT}') and (roleDefinition/id eq '{role}')");
    let found = gina.get(&format!("{path}?{filter}")).await.expect(200);
    let setting = &found.items()[0];
    assert_eq!((found.items().len(), &setting["roleDefinitionId"]), (1, &json!(role)));
    let body = json!({ "lifeCycleManagement": [{ "caller": "EndUser", "level": "Member", "operation": "ALL",
        "value": [written("ExpirationRule", &json!({ "permanentAssignment": false, "maximumGrantPeriodInMinutes": 90 }))] }] });
    gina.patch(&format!("{path}/{}", id_of(setting)), body.clone()).await.expect(204);
    lab.at_older_service(ALICE, AZURE).patch(&format!("{path}/{}", id_of(setting)), body).await.expect(403);
    lab.at_older_service(ALICE, AZURE).get(&format!("{path}?{filter}")).await.expect(403);
    let read = gina.get(&format!("{path}/{}", id_of(setting))).await.expect(200);
    let lists = read.body["lifeCycleManagement"].as_array().unwrap();
    let user = lists.iter().find(|it| it["caller"] == "EndUser").unwrap();
    assert_eq!(rule(&user["value"], "ExpirationRule")["maximumGrantPeriodInMinutes"], 90);
}
