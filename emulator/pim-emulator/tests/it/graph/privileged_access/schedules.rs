//! The four collections of schedules and instances.

use super::super::lab::{ALICE, GINA, RITA};
use super::{ASSIGN, BOB, DESK, ENTITLE, GROUP, OLGA, activated, ask, client, entitled, lab, make_group};
use serde_json::{Value, json};
use uuid::Uuid;

/// MOD-13, ASG-15: group, relation and GUID make an id; one GUID from request to instance.
#[tokio::test]
async fn an_activation_is_a_schedule_and_an_instance() {
    let lab = lab();
    let eligibility = entitled(&lab).await;
    let request = activated(&lab).await;
    let id = format!("{DESK}_member_{request}");
    let alice = client(&lab, ALICE);
    let schedule = alice.get(&format!("{GROUP}/assignmentSchedules/{id}")).await.expect(200);
    assert_eq!(
        schedule.body,
        json!({
            "@odata.context": format!("http://localhost:8443/v1.0/$metadata#{GROUP}/assignmentSchedules/$entity"),
            "id": id,
            "createdDateTime": "2026-01-05T08:00:00Z",
            "modifiedDateTime": null,
            "createdUsing": request,
            "status": "Provisioned",
            "scheduleInfo": {
                "startDateTime": "2026-01-05T08:00:00Z",
                "recurrence": null,
                "expiration": { "type": "afterDateTime", "endDateTime": "2026-01-05T10:00:00Z", "duration": null },
            },
            "assignmentType": "activated",
            "memberType": "direct",
            "principalId": ALICE,
            "accessId": "member",
            "groupId": DESK,
        })
    );
    let instance = alice.get(&format!("{GROUP}/assignmentScheduleInstances/{id}?$expand=activatedUsing")).await;
    assert_eq!(instance.body["assignmentScheduleId"], id);
    assert_eq!(instance.body["endDateTime"], "2026-01-05T10:00:00Z");
    let activated = &instance.body["activatedUsing"];
    assert_eq!(activated["eligibilityScheduleId"], format!("{DESK}_member_{eligibility}"));
    for other in [id.replace("member", "owner"), request, id.replace(&DESK.to_string(), &BOB.to_string())] {
        alice.get(&format!("{GROUP}/assignmentSchedules/{other}")).await.expect(404);
    }
    alice.get(&format!("{GROUP}/eligibilitySchedules/{id}")).await.expect(404);
}

/// GRP-30, MOD-11: whoever is in a managed group without PIM shows as assigned for good, with null dates and one GUID.
#[tokio::test]
async fn what_is_so_outside_pim_shows_without_dates() {
    let lab = lab();
    let olga = client(&lab, OLGA);
    let list = |collection: &str| format!("{GROUP}/{collection}?$filter=groupId eq '{DESK}'");
    assert!(olga.get(&list("assignmentSchedules")).await.expect(200).items().is_empty(), "GRP-9");
    entitled(&lab).await;
    let schedules = olga.get(&list("assignmentSchedules")).await.expect(200);
    let instances = olga.get(&list("assignmentScheduleInstances")).await.expect(200);
    for (principal, access) in [(BOB, "member"), (OLGA, "owner")] {
        let of = |answer: &super::super::lab::Answer| {
            let mut items = answer.items().iter();
            items.find(|it| it["principalId"] == principal.to_string()).unwrap().clone()
        };
        let (schedule, instance) = (of(&schedules), of(&instances));
        assert_eq!((&schedule["accessId"], &schedule["assignmentType"]), (&json!(access), &json!("assigned")));
        assert_eq!(schedule["scheduleInfo"]["startDateTime"], Value::Null);
        assert_eq!(schedule["scheduleInfo"]["expiration"]["type"], "noExpiration");
        assert_eq!(schedule["createdUsing"], Value::Null);
        assert_eq!((&instance["startDateTime"], &instance["endDateTime"]), (&Value::Null, &Value::Null));
        assert_eq!(instance["id"], schedule["id"]);
        let id = schedule["id"].as_str().unwrap();
        olga.get(&format!("{GROUP}/assignmentSchedules/{id}")).await.expect(200);
    }
}

/// Every list needs a group or a principal, functions and ids do not.
#[tokio::test]
async fn a_list_without_group_and_principal_is_refused() {
    let lab = lab();
    let gina = client(&lab, GINA);
    for collection in [
        "eligibilitySchedules",
        "eligibilityScheduleInstances",
        "eligibilityScheduleRequests",
        "assignmentSchedules",
        "assignmentScheduleInstances",
        "assignmentScheduleRequests",
    ] {
        for query in ["", "?$filter=accessId eq 'member'", "?$filter=groupId eq 'x' or principalId eq 'y'"] {
            let answer = gina.get(&format!("{GROUP}/{collection}{query}")).await.expect(400);
            assert_eq!(
                (answer.code(), answer.message()),
                ("MissingParameters", "The required parameters GroupId or PrincipalId is missing.")
            );
        }
        gina.get(&format!("{GROUP}/{collection}?$filter=GroupId eq '{DESK}'")).await.expect(200);
        gina.get(&format!("{GROUP}/{collection}?$filter=principalId eq '{ALICE}'")).await.expect(200);
        gina.get(&format!("{GROUP}/{collection}/filterByCurrentUser(on='principal')")).await.expect(200);
    }
    assert_eq!(gina.get(GROUP).await.expect(400).code(), "UnknownError");
}

/// GRP-4, GRP-34: a list about a group that PIM cannot manage, or that is not there, says so.
#[tokio::test]
async fn a_list_about_a_group_that_cannot_be_managed_is_refused() {
    let lab = lab();
    let rule = Uuid::from_u128(5);
    make_group(&lab, rule, |group| group.membership_rule = Some("user.department -eq \"IT\"".to_owned()));
    let gina = client(&lab, GINA);
    let list = |group: Uuid| format!("{GROUP}/eligibilitySchedules?$filter=groupId eq '{group}'");
    assert_eq!(gina.get(&list(rule)).await.expect(400).code(), "ResourceTypeNotSupported");
    assert_eq!(gina.get(&list(Uuid::from_u128(6))).await.expect(404).code(), "ResourceNotFound");
}

/// The queries of well-known clients.
#[tokio::test]
async fn lists_take_the_queries_that_clients_send() {
    let lab = lab();
    let eligibility = entitled(&lab).await;
    activated(&lab).await;
    let rita = client(&lab, RITA);
    let count = async |path: String| rita.get(&format!("{GROUP}/{path}")).await.expect(200).items().len();
    let target = format!("{DESK}_member_{eligibility}");
    let terraform = format!(
        "eligibilityScheduleRequests?$filter=groupId eq '{DESK}' and targetScheduleId eq '{target}'&$orderby=createdDateTime desc"
    );
    assert_eq!(count(terraform).await, 1);
    let both = format!("groupId eq '{DESK}' and principalId eq '{ALICE}'");
    assert_eq!(count(format!("assignmentScheduleInstances?$filter={both} and accessId eq 'Member'")).await, 1);
    assert_eq!(count(format!("assignmentScheduleInstances?$filter={both} and accessId eq 'owner'")).await, 0);
    let named = format!("groupId eq '{DESK}' and startswith(principal/displayName,'ali')");
    let path = format!("{GROUP}/eligibilitySchedules?$filter={named}&$expand=principal,group($select=displayName)");
    let found = rita.get(&path).await.expect(200);
    let [item] = found.items() else { panic!("one of alice's") };
    assert_eq!(item["principal"]["@odata.type"], "#microsoft.graph.user");
    assert_eq!(item["group"]["displayName"], "Help desk");
    assert_eq!(item["status"], "Provisioned");
    let selected = rita
        .get(&format!("{GROUP}/eligibilitySchedules?$filter={both}&$select=accessId,principalId,groupId"))
        .await
        .expect(200);
    assert!(
        selected.body["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("#identityGovernance/privilegedAccess/group/eligibilitySchedules(accessId,principalId,groupId)")
    );
    let own = client(&lab, ALICE)
        .get(&format!("{GROUP}/eligibilityScheduleInstances/filterByCurrentUser(on='principal')"))
        .await;
    assert_eq!(own.items()[0]["@odata.type"], "#microsoft.graph.privilegedAccessGroupEligibilityScheduleInstance");
}

/// MOD-1: neither family shows what is the other's.
#[tokio::test]
async fn roles_and_groups_do_not_show_in_each_others_collections() {
    let lab = lab();
    lab.eligible(ALICE, super::super::lab::GROUPS_ADMINISTRATOR);
    let request = entitled(&lab).await;
    let roles = "roleManagement/directory";
    let gina = lab.user(GINA);
    let of_alice = format!("$filter=principalId eq '{ALICE}'");
    let listed = gina.get(&format!("{roles}/roleEligibilityScheduleRequests?{of_alice}")).await.expect(200);
    assert_eq!(listed.items().len(), 1);
    gina.get(&format!("{roles}/roleEligibilityScheduleRequests/{request}")).await.expect(404);
    gina.get(&format!("{roles}/roleEligibilitySchedules/{request}")).await.expect(404);
    let listed = client(&lab, GINA).get(&format!("{ENTITLE}?{of_alice}")).await.expect(200);
    assert_eq!(listed.items().len(), 1);
    client(&lab, GINA).post(ASSIGN, ask("adminRemove", &json!({}))).await.expect(400);
}
