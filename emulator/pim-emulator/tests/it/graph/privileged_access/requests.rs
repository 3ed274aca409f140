//! Making, reading and withdrawing requests.

use super::super::lab::{ALICE, Answer, GINA, ROBOT};
use super::{ASSIGN, BOB, DESK, ENTITLE, GROUP, OLGA, activated, ask, client, entitled, id_of, lab, members};
use pim_core::time::Length;
use pim_core::{Behaviour, Command};
use serde_json::{Value, json};

/// MOD-13, REQ-12, ACT-22: an activation is answered before it has been carried out, and is membership while it lasts.
#[tokio::test]
async fn an_activation_makes_a_member_for_as_long_as_it_lasts() {
    let lab = lab();
    let eligibility = entitled(&lab).await;
    assert_eq!(members(&lab, DESK).await, [BOB.to_string()], "GRP-29");
    let alice = client(&lab, ALICE);
    let made = alice.post(ASSIGN, ask("selfActivate", &json!({}))).await.expect(201);
    let id = id_of(&made.body);
    let target = format!("{DESK}_member_{id}");
    assert_eq!(
        made.body,
        json!({
            "@odata.context": format!("http://localhost:8443/v1.0/$metadata#{ASSIGN}/$entity"),
            "id": id,
            "status": "PendingProvisioning",
            "createdDateTime": "2026-01-05T08:00:00Z",
            "completedDateTime": "2026-01-05T08:00:00Z",
            "approvalId": null,
            "customData": null,
            "action": "selfActivate",
            "principalId": ALICE,
            "accessId": "member",
            "groupId": DESK,
            "targetScheduleId": target,
            "isValidationOnly": false,
            "justification": "second line",
            "createdBy": { "application": null, "device": null, "user": { "displayName": null, "id": ALICE } },
            "scheduleInfo": {
                "startDateTime": "2026-01-05T08:00:00Z",
                "recurrence": null,
                "expiration": { "type": "afterDuration", "endDateTime": null, "duration": "PT2H" },
            },
            "ticketInfo": { "ticketNumber": null, "ticketSystem": null },
        })
    );
    assert_eq!(made.headers["location"].to_str().unwrap(), format!("http://localhost:8443/v1.0/{ASSIGN}/{id}"));
    let read = alice.get(&format!("{ASSIGN}/{id}?$expand=activatedUsing,targetSchedule,group")).await.expect(200);
    assert_eq!(read.body["status"], "Provisioned");
    assert_eq!(read.body["activatedUsing"]["id"], format!("{DESK}_member_{eligibility}"));
    assert_eq!(read.body["targetSchedule"]["assignmentType"], "activated");
    assert_eq!(read.body["group"]["@odata.type"], "#microsoft.graph.group");
    assert!(members(&lab, DESK).await.contains(&ALICE.to_string()));
    lab.advance(Length::hours(2));
    assert_eq!(members(&lab, DESK).await, [BOB.to_string()], "ACT-23");
}

/// REQ-12: the switch lets the first answer tell what is so.
#[tokio::test]
async fn the_first_answer_reads_provisioned_where_the_switch_says_so() {
    let lab = lab();
    let behaviour = Behaviour { group_activations_answer_pending: false, ..Behaviour::default() };
    lab.set_up(&Command::SetBehaviour(behaviour));
    entitled(&lab).await;
    let made = client(&lab, ALICE).post(ASSIGN, ask("selfActivate", &json!({}))).await.expect(201);
    assert_eq!(made.body["status"], "Provisioned");
}

/// MOD-20: validation says what would be, and PIM does not even take the group in.
#[tokio::test]
async fn validation_stores_nothing() {
    let lab = lab();
    let body = ask("adminAssign", &json!({ "isValidationOnly": true }));
    let olga = client(&lab, OLGA);
    let made = olga.post(ENTITLE, body).await.expect(201);
    assert_eq!((&made.body["status"], &made.body["isValidationOnly"]), (&json!("Granted"), &json!(true)));
    assert_eq!(made.body["targetScheduleId"], Value::Null);
    let managed = client(&lab, OLGA).beta().get(&format!("{GROUP}/resources")).await.expect(200);
    assert!(managed.items().is_empty());
}

/// REQ-20, REQ-21: what waits is withdrawn by the id of the request; that of its schedule names no request.
#[tokio::test]
async fn a_request_is_withdrawn_by_its_own_id() {
    let lab = lab();
    entitled(&lab).await;
    let alice = client(&lab, ALICE);
    let later = json!({ "scheduleInfo": {
        "startDateTime": "2026-01-06T08:00:00Z", "expiration": { "type": "afterDuration", "duration": "PT2H" },
    } });
    let made = alice.post(ASSIGN, ask("selfActivate", &later)).await.expect(201);
    assert_eq!(made.body["status"], "Granted", "REQ-13");
    let target = made.body["targetScheduleId"].as_str().unwrap();
    let missing = alice.post(&format!("{ASSIGN}/{target}/cancel"), json!({})).await.expect(404);
    assert_eq!(missing.code(), "ResourceNotFound");
    let id = id_of(&made.body);
    alice.post(&format!("{ENTITLE}/{id}/cancel"), json!({})).await.expect(404);
    alice.post(&format!("{ASSIGN}/{id}/cancel"), json!({})).await.expect(204);
    let again = alice.post(&format!("{ASSIGN}/{id}/cancel"), json!({})).await.expect(400);
    assert_eq!(again.code(), "RequestCannotBeCancelled");
    alice.get(&format!("{GROUP}/assignmentSchedules/{target}")).await.expect(404);
}

/// REQ-15: what is taken away leaves no schedule to point to.
#[tokio::test]
async fn a_removal_points_to_nothing() {
    let lab = lab();
    entitled(&lab).await;
    activated(&lab).await;
    let olga = client(&lab, OLGA);
    let made = olga.post(ENTITLE, ask("adminRemove", &json!({}))).await.expect(201);
    let read = |name: &str| made.body[name].clone();
    assert_eq!(read("status"), "Revoked");
    assert_eq!((read("targetScheduleId"), read("scheduleInfo"), read("completedDateTime")), Default::default());
    assert_eq!(members(&lab, DESK).await, [BOB.to_string()], "UNC-1");
    let gone = olga.post(ENTITLE, ask("adminRemove", &json!({}))).await.expect(400);
    assert_eq!(gone.code(), "RoleAssignmentDoesNotExist");
}

/// REQ-5, REQ-41: which group and in which relation must be said; a relation is a word of an enumeration.
#[tokio::test]
async fn group_and_relation_are_needed_and_names_of_members_come_in_any_case() {
    let lab = lab();
    let olga = client(&lab, OLGA);
    for (member, value, code) in [
        ("groupId", Value::Null, "InvalidRoleAssignmentRequest"),
        ("groupId", json!("desk"), "InvalidRoleAssignmentRequest"),
        ("accessId", Value::Null, "InvalidRoleAssignmentRequest"),
        ("accessId", json!("guest"), "BadRequest"),
        ("action", json!("elevate"), "BadRequest"),
        ("action", json!("selfActivate"), "InvalidRoleAssignmentRequest"),
    ] {
        let body = ask("adminAssign", &json!({ member: value, "principalId": OLGA }));
        assert_eq!(olga.post(ENTITLE, body).await.expect(400).code(), code, "{member}: {value}");
    }
    let beta = client(&lab, OLGA).beta().post(ENTITLE, ask("elevate", &json!({}))).await.expect(400);
    assert_eq!(beta.code(), "BadRequest", "an enumeration in both versions");
    let odd = json!({
        "Action": "AdminAssign", "PrincipalID": ALICE, "groupID": DESK, "accessID": "Owner",
        "scheduleInfo": { "expiration": { "type": "AfterDuration", "duration": "P30D" } },
    });
    let made = olga.post(ENTITLE, odd).await.expect(201);
    assert_eq!(made.body["accessId"], "owner");
}

/// AUT-10, AUT-11: a Global Administrator manages every group, an application whatever its permissions allow.
#[tokio::test]
async fn administrators_and_applications_assign() {
    let lab = lab();
    let made = client(&lab, GINA).post(ASSIGN, ask("adminAssign", &json!({}))).await.expect(201);
    assert_eq!(made.body["status"], "Provisioned");
    assert!(members(&lab, DESK).await.contains(&ALICE.to_string()));
    let robot = lab.application_with(&["PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup"]);
    let made = robot.post(ENTITLE, ask("adminAssign", &json!({}))).await.expect(201);
    assert_eq!(made.body["createdBy"]["application"]["id"], ROBOT.to_string());
    let update = ask(
        "adminUpdate",
        &json!({ "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P9D" } } }),
    );
    let updated = robot.post(ENTITLE, update).await.expect(201);
    assert_eq!(updated.body["action"], "adminUpdate");
}

/// MOD-14, MOD-13: after an update a client must look for the schedule by the id that the update answers.
#[tokio::test]
async fn an_update_answers_another_schedule_id_and_the_old_one_finds_nothing() {
    let lab = lab();
    let robot = lab.application_with(&["PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup"]);
    let made = robot.post(ENTITLE, ask("adminAssign", &json!({}))).await.expect(201);
    let nine_days = json!({ "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P9D" } } });
    let updated = robot.post(ENTITLE, ask("adminUpdate", &nine_days)).await.expect(201);
    let schedule =
        |answer: &Answer| format!("{GROUP}/eligibilitySchedules/{}", answer.body["targetScheduleId"].as_str().unwrap());
    assert_ne!(schedule(&made), schedule(&updated));
    assert!(schedule(&updated).ends_with(&format!("{DESK}_member_{}", updated.body["id"].as_str().unwrap())));
    robot.get(&schedule(&made)).await.expect(404);
    robot.get(&schedule(&updated)).await.expect(200);
    let listed = robot.get(&format!("{GROUP}/eligibilitySchedules?$filter=groupId eq '{DESK}'")).await.expect(200);
    assert_eq!(listed.items().len(), 1);
    lab.set_up(&Command::SetBehaviour(Behaviour { group_updates_change_schedule_ids: false, ..Behaviour::default() }));
    let again = robot.post(ENTITLE, ask("adminUpdate", &nine_days)).await.expect(201);
    assert_eq!(schedule(&again), schedule(&updated));
}
