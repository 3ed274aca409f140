//! Policies of groups: two for each group, under ids that change with them.

use super::lab::{ALICE, Answer, Client, GINA, Lab, OPS, RITA};
use super::policies::{ASSIGNMENTS, POLICIES};
use pim_core::model::{DirectoryScope, Group, License, Privilege, roles};
use pim_core::time::Length;
use pim_core::{Behaviour, Command, PrincipalId, RoleDefinitionId};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

const PLAIN: Uuid = uuid!("6f2b8c41-0d57-4e19-a3b6-c8d2e4f60718");
const DYNAMIC: Uuid = uuid!("7a3c9d52-1e68-4f2a-b4c7-d9e3f5071829");
const SYNCHRONISED: Uuid = uuid!("8b4dae63-2f79-4a3b-85d8-eaf40618293a");
const NO_GROUP: Uuid = uuid!("9c5ebf74-308a-4b4c-96e9-fb051729304b");

const READ: &str = "RoleManagementPolicy.Read.AzureADGroup";
const WRITE: &str = "RoleManagementPolicy.ReadWrite.AzureADGroup";
const EXPIRATION: &str = "Expiration_EndUser_Assignment";
const APPROVAL: &str = "Approval_EndUser_Assignment";

/// A lab with a group like Operations to which roles cannot be given, one with a rule and one from elsewhere.
fn lab() -> Lab {
    let lab = Lab::new();
    let made = |id, change: fn(&mut Group)| {
        let mut group = lab.tenant().read(|view| view.group(PrincipalId(OPS)).unwrap().clone());
        (group.id, group.is_assignable_to_role) = (PrincipalId(id), false);
        group.mail_nickname = id.simple().to_string();
        change(&mut group);
        lab.set_up(&Command::CreateGroup(group));
    };
    made(PLAIN, |_| ());
    made(DYNAMIC, |group| group.membership_rule = Some("user.department -eq \"IT\"".to_owned()));
    made(SYNCHRONISED, |group| group.on_premises_synced = true);
    lab
}

fn of(group: Uuid) -> String {
    format!("$filter=scopeId eq '{group}' and scopeType eq 'Group'")
}

/// What says whose a policy is, found as clients find it.
async fn assignment(client: &Client<'_>, group: Uuid, access: &str) -> Value {
    let query = format!("{} and roleDefinitionId eq '{access}'&$expand=policy($expand=rules)", of(group));
    let found = client.get(&format!("{ASSIGNMENTS}?{query}")).await.expect(200);
    let [assignment] = found.items() else { panic!("not one: {found:?}") };
    assignment.clone()
}

/// The path of a policy.
async fn path(client: &Client<'_>, group: Uuid, access: &str) -> String {
    format!("{POLICIES}/{}", assignment(client, group, access).await["policyId"].as_str().unwrap())
}

/// A body that lets activations last so long.
fn lasting(duration: &str) -> Value {
    json!({ "rules": [{ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        "id": EXPIRATION, "maximumDuration": duration }] })
}

fn switch(lab: &Lab, behaviour: Behaviour) {
    lab.set_up(&Command::SetBehaviour(behaviour));
}

fn give(lab: &Lab, principal: Uuid, role: RoleDefinitionId) {
    let privilege = Privilege::DirectoryRole { role, scope: DirectoryScope::Tenant };
    lab.set_up(&Command::CreateRoleAssignment {
        principal: PrincipalId(principal),
        privilege,
        id: None,
        details: None,
    });
}

/// POL-1, POL-13, POL-15, POL-55, POL-56: a group that PIM does not manage yet has its two policies already.
#[tokio::test]
async fn a_group_has_two_policies_and_each_the_17_rules() {
    let lab = lab();
    for rita in [lab.with_scopes(RITA, READ), lab.with_scopes(RITA, READ).beta()] {
        for group in [PLAIN, OPS] {
            let policies = rita.get(&format!("{POLICIES}?{}", of(group))).await.expect(200);
            let assignments = rita.get(&format!("{ASSIGNMENTS}?{}", of(group))).await.expect(200);
            assert_eq!((policies.items().len(), assignments.items().len()), (2, 2));
            for ((policy, assignment), access) in
                policies.items().iter().zip(assignments.items()).zip(["member", "owner"])
            {
                let id = policy["id"].as_str().unwrap();
                assert!(id.starts_with(&format!("Group_{group}_")), "{id}");
                let expected = json!({
                    "id": id, "displayName": "Group", "description": "Group", "isOrganizationDefault": false,
                    "scopeId": group, "scopeType": "Group", "lastModifiedDateTime": null,
                    "lastModifiedBy": { "displayName": null, "id": null },
                });
                assert_eq!(policy, &expected);
                let expected = json!({
                    "id": format!("{id}_{access}"), "policyId": id, "roleDefinitionId": access,
                    "scopeId": group, "scopeType": "Group",
                });
                assert_eq!(assignment, &expected);
                let by_id = rita.get(&format!("{ASSIGNMENTS}/{}", id.to_uppercase() + "_" + access)).await.expect(200);
                assert_eq!(by_id.body["policyId"], json!(id));
                for which in ["rules", "effectiveRules"] {
                    let rules = rita.get(&format!("{POLICIES}/{id}/{which}")).await.expect(200);
                    assert_eq!(rules.body["value"], default_rules());
                }
            }
        }
        let owner = assignment(&rita, PLAIN, "owner").await;
        assert_eq!(owner["policy"]["rules"], default_rules());
        let nobody = format!("{ASSIGNMENTS}?{} and roleDefinitionId eq '{ALICE}'", of(PLAIN));
        assert_eq!(rita.get(&nobody).await.expect(200).items(), [] as [Value; 0]);
    }
}

/// The rules of a role's policy with what is different for groups.
fn default_rules() -> Value {
    let mut rules: Value = serde_json::from_str(include_str!("default_rules.json")).unwrap();
    for rule in rules.as_array_mut().unwrap() {
        rule["target"]["operations"] = json!(["All"]);
        match rule["id"].as_str().unwrap() {
            "Expiration_Admin_Eligibility" | "Expiration_Admin_Assignment" => {
                rule["isExpirationRequired"] = json!(true);
            }
            "Enablement_EndUser_Assignment" => rule["enabledRules"] = json!(["Justification"]),
            "AuthenticationContext_EndUser_Assignment" => rule["claimValue"] = json!(""),
            _ => {}
        }
    }
    rules
}

/// POL-17, GRP-9: the first change lets PIM manage the group, which gives both policies new ids; each further change gives
/// the changed one another. POL-23: what the other says stays.
#[tokio::test]
async fn an_id_changes_when_the_group_is_onboarded_and_with_each_change() {
    let lab = lab();
    let gina = lab.with_scopes(GINA, WRITE);
    let (member, owner) = (path(&gina, PLAIN, "member").await, path(&gina, PLAIN, "owner").await);
    let changed = gina.patch(&member, lasting("PT2H")).await.expect(200);
    assert_eq!(changed.body["lastModifiedBy"]["displayName"], "gina");
    assert!(lab.tenant().read(|view| view.is_onboarded(PrincipalId(PLAIN))));
    let second = path(&gina, PLAIN, "member").await;
    assert_eq!(format!("{POLICIES}/{}", changed.body["id"].as_str().unwrap()), second);
    let owner_onboarded = path(&gina, PLAIN, "owner").await;
    assert_ne!((&second, &owner_onboarded), (&member, &owner));
    assert_ne!(owner_onboarded, owner);

    let rule = &lasting("PT3H")["rules"][0];
    gina.patch(&format!("{second}/rules/{EXPIRATION}"), rule.clone()).await.expect(204);
    let third = path(&gina, PLAIN, "member").await;
    assert_eq!(path(&gina, PLAIN, "owner").await, owner_onboarded);
    let maximum = async |path: &str| {
        gina.get(&format!("{path}/rules/{EXPIRATION}")).await.expect(200).body["maximumDuration"].clone()
    };
    assert_eq!(maximum(&third).await, "PT3H");
    assert_eq!(maximum(&owner_onboarded).await, "PT8H");
    for outdated in [&member, &second, &owner] {
        for path in [outdated.clone(), format!("{outdated}/rules"), format!("{outdated}/rules/{EXPIRATION}")] {
            assert_eq!(gina.get(&path).await.expect(404).code(), "ResourceNotFound");
        }
        assert_eq!(gina.patch(outdated, lasting("PT4H")).await.expect(404).code(), "ResourceNotFound");
    }
    let assignment = format!("{}_member", second.replace(POLICIES, ASSIGNMENTS));
    assert_eq!(gina.get(&assignment).await.expect(404).code(), "ResourceNotFound");
    assert_eq!(maximum(&third).await, "PT3H");
}

/// POL-17: a switch lets ids that are outdated find the policy as it is now.
#[tokio::test]
async fn outdated_ids_are_found_where_the_switch_says_so() {
    let lab = lab();
    switch(&lab, Behaviour { outdated_policy_ids_are_found: true, ..Behaviour::default() });
    let gina = lab.with_scopes(GINA, WRITE);
    let first = path(&gina, PLAIN, "member").await;
    for duration in ["PT2H", "PT3H"] {
        gina.patch(&first, lasting(duration)).await.expect(200);
        let read = gina.get(&format!("{first}?$expand=rules")).await.expect(200);
        assert_eq!(format!("{POLICIES}/{}", read.body["id"].as_str().unwrap()), path(&gina, PLAIN, "member").await);
        let rules = read.body["rules"].as_array().unwrap();
        assert_eq!(rules.iter().find(|it| it["id"] == EXPIRATION).unwrap()["maximumDuration"], duration);
    }
    let other = lab_path_of_later(&lab).await;
    assert_eq!(gina.get(&other).await.expect(404).code(), "ResourceNotFound", "it has not been that of anything yet");
}

/// The path of a policy under the id that it has after one more change in another tenant.
async fn lab_path_of_later(lab: &Lab) -> String {
    let twin = self::lab();
    let gina = twin.with_scopes(GINA, WRITE);
    let changes = lab.tenant().read(|view| {
        view.policy(pim_core::model::PolicySubject::Group(PrincipalId(PLAIN), pim_core::model::GroupAccess::Member))
            .unwrap()
            .revision
    });
    for _ in 0..=changes {
        let now = path(&gina, PLAIN, "member").await;
        gina.patch(&now, lasting("PT5H")).await.expect(200);
    }
    path(&gina, PLAIN, "member").await
}

/// POL-16: where the switch says so, there are no policies before PIM manages the group.
#[tokio::test]
async fn a_group_has_no_policies_before_it_is_onboarded_where_the_switch_says_so() {
    let lab = lab();
    let gina = lab.with_scopes(GINA, WRITE);
    let member = path(&gina, PLAIN, "member").await;
    switch(&lab, Behaviour { group_policies_appear_at_onboarding: true, ..Behaviour::default() });
    for collection in [POLICIES, ASSIGNMENTS] {
        let found = gina.get(&format!("{collection}?{}", of(PLAIN))).await.expect(200);
        assert_eq!(found.items(), [] as [Value; 0]);
    }
    gina.get(&member).await.expect(404);
    gina.patch(&member, lasting("PT2H")).await.expect(404);
    switch(&lab, Behaviour::default());
    gina.patch(&member, lasting("PT2H")).await.expect(200);
    switch(&lab, Behaviour { group_policies_appear_at_onboarding: true, ..Behaviour::default() });
    assert_eq!(assignment(&gina, PLAIN, "member").await["policy"]["rules"].as_array().unwrap().len(), 17);
}

/// GRP-4, GRP-5, GRP-7: PIM has nothing for groups of which it cannot decide who is in them, nor for what is no group.
#[tokio::test]
async fn a_group_that_pim_cannot_manage_has_no_policies() {
    let lab = lab();
    let gina = lab.with_scopes(GINA, WRITE);
    let asked = async |group: Uuid, status: u16| {
        let lists = [POLICIES, ASSIGNMENTS].map(|it| format!("{it}?{}", of(group)));
        let policy = format!("{POLICIES}/Group_{group}_{ALICE}");
        let ids = [policy.clone(), format!("{policy}/rules"), format!("{ASSIGNMENTS}/Group_{group}_{ALICE}_member")];
        let mut answers: Vec<Answer> = Vec::new();
        for path in lists.iter().chain(&ids) {
            answers.push(gina.get(path).await.expect(status));
        }
        answers.push(gina.patch(&policy, json!([])).await.expect(status));
        answers.push(gina.patch(&format!("{policy}/rules/{EXPIRATION}"), json!([])).await.expect(status));
        answers
    };
    for group in [DYNAMIC, SYNCHRONISED] {
        for answer in asked(group, 400).await {
            assert_eq!(answer.code(), "ResourceTypeNotSupported");
        }
    }
    for group in [NO_GROUP, ALICE] {
        for answer in asked(group, 404).await {
            assert_eq!((answer.code(), answer.message()), ("ResourceNotFound", "The resource is not found."));
        }
    }
    let nothing = format!("{POLICIES}?$filter=scopeId eq '/' and scopeType eq 'group'");
    assert_eq!(gina.get(&nothing).await.expect(404).code(), "ResourceNotFound");
    for path in [format!("{POLICIES}/Group_{PLAIN}_{ALICE}"), format!("{POLICIES}/Group_{PLAIN}")] {
        assert_eq!(gina.get(&path).await.expect(404).code(), "ResourceNotFound", "no policy has had that id");
    }
}

/// GRP-34, LAT-10: the policies of a new group are not known at once.
#[tokio::test]
async fn the_policies_of_a_new_group_appear_when_it_has_replicated() {
    let lab = Lab::new();
    switch(&lab, Behaviour { replication_delay: Length::minutes(5), ..Behaviour::default() });
    let mut group = lab.tenant().read(|view| view.group(PrincipalId(OPS)).unwrap().clone());
    (group.id, group.created) = (PrincipalId(PLAIN), lab.tenant().clock().now());
    lab.set_up(&Command::CreateGroup(group));
    let gina = lab.with_scopes(GINA, WRITE);
    let list = format!("{ASSIGNMENTS}?{}", of(PLAIN));
    assert_eq!(gina.get(&list).await.expect(200).items().len(), 0);
    lab.advance(Length::minutes(5));
    assert_eq!(gina.get(&list).await.expect(200).items().len(), 2);
}

/// AUT-21: policies of groups have permissions of their own, named in the refusal.
#[tokio::test]
async fn policies_of_groups_and_of_roles_need_different_permissions() {
    let lab = lab();
    let policy = path(&lab.with_scopes(RITA, READ), PLAIN, "member").await;
    let list = format!("{ASSIGNMENTS}?{}", of(PLAIN));
    let missing = |names: &str| {
        format!(
            r#"{{"errorCode":"PermissionScopeNotGranted","message":"Authorization failed due to missing permission scope {names}.","instanceAnnotations":[]}}"#
        )
    };
    let wrong = "RoleManagement.ReadWrite.Directory RoleManagementPolicy.ReadWrite.Directory";
    for path in [&list, &policy, &format!("{policy}/rules"), &format!("{policy}/rules/{EXPIRATION}")] {
        let refused = lab.with_scopes(GINA, wrong).get(path).await.expect(403);
        assert_eq!((refused.code(), refused.message()), ("UnknownError", missing(&format!("{READ},{WRITE}")).as_str()));
        lab.application_with(&[READ]).get(path).await.expect(200);
        lab.application_with(&[WRITE]).get(path).await.expect(200);
        lab.application_with(&["RoleManagement.ReadWrite.Directory"]).get(path).await.expect(403);
    }
    let refused = lab.with_scopes(GINA, READ).patch(&policy, lasting("PT1H")).await.expect(403);
    assert_eq!(refused.message(), missing(WRITE));
    let roles = format!("{POLICIES}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'");
    let refused = lab.with_scopes(GINA, WRITE).get(&roles).await.expect(403);
    assert!(refused.message().contains("missing permission scope RoleManagementPolicy.Read.Directory,"));
    let refused = lab.with_scopes(GINA, WRITE).get(POLICIES).await.expect(400);
    assert!(refused.message().contains("MissingProvider"), "{}", refused.message());
    let refused = lab.with_scopes(GINA, "User.Read").get(POLICIES).await.expect(403);
    assert!(refused.message().contains("RoleManagementPolicy.Read.Directory,"), "{}", refused.message());
    assert!(refused.message().contains(&format!("{READ},{WRITE}.")), "{}", refused.message());
    switch(&lab, Behaviour { permission_enforcement: false, ..Behaviour::default() });
    lab.with_scopes(ALICE, "User.Read").patch(&policy, lasting("PT1H")).await.expect(200);
}

/// AUT-10, AUT-11, POL-22: whoever manages the group may change its policies; Global Readers and members read them.
#[tokio::test]
async fn who_may_read_and_change_depends_on_the_group() {
    let lab = lab();
    let alice = lab.with_scopes(ALICE, WRITE);
    let gina = lab.with_scopes(GINA, WRITE);
    let refused = alice.get(&format!("{ASSIGNMENTS}?{}", of(PLAIN))).await.expect(403);
    assert_eq!(refused.code(), "UnauthorizedAccessException");
    // Alice is a member of Operations.
    let of_ops = path(&alice, OPS, "member").await;
    assert_eq!(alice.patch(&of_ops, lasting("PT2H")).await.expect(403).code(), "UnauthorizedAccessException");
    let rita = lab.with_scopes(RITA, WRITE);
    rita.get(&of_ops).await.expect(200);
    rita.patch(&of_ops, lasting("PT2H")).await.expect(403);

    give(&lab, ALICE, roles::GROUPS_ADMINISTRATOR);
    alice.patch(&of_ops, lasting("PT2H")).await.expect(403);
    let plain = path(&alice, PLAIN, "member").await;
    alice.patch(&plain, lasting("PT2H")).await.expect(200);
    lab.set_up(&Command::AddOwner { group: PrincipalId(OPS), owner: PrincipalId(ALICE) });
    alice.patch(&of_ops, lasting("PT2H")).await.expect(200);
    let changed = path(&gina, OPS, "member").await;
    let by_robot = lab.application_with(&[WRITE]).patch(&changed, lasting("PT3H")).await.expect(200);
    assert_eq!(by_robot.body["lastModifiedBy"], json!({ "displayName": "robot", "id": null }));
}

/// REQ-40: right, licence, existence, body.
#[tokio::test]
async fn the_body_is_looked_at_last() {
    let lab = lab();
    let member = path(&lab.with_scopes(GINA, WRITE), PLAIN, "member").await;
    let missing = format!("{POLICIES}/Group_{NO_GROUP}_{ALICE}");
    for body in [json!([]), json!({ "rules": "none" })] {
        for path in [&member, &missing] {
            assert_eq!(
                lab.with_scopes(ALICE, WRITE).patch(path, body.clone()).await.expect(403).code(),
                "UnauthorizedAccessException"
            );
        }
        assert_eq!(
            lab.with_scopes(GINA, WRITE).patch(&missing, body.clone()).await.expect(404).code(),
            "ResourceNotFound"
        );
        lab.with_scopes(GINA, WRITE).patch(&member, body).await.expect(400);
    }
    lab.set_up(&Command::SetLicense(License::P1));
    for path in [&member, &missing] {
        let refused = lab.with_scopes(GINA, WRITE).patch(path, json!([])).await.expect(400);
        assert_eq!(refused.code(), "AadPremiumLicenseRequired");
        assert_eq!(lab.with_scopes(GINA, WRITE).get(path).await.expect(400).code(), "AadPremiumLicenseRequired");
    }
}

/// APR-13, APR-15: a group has no default approvers. POL-6: administrators of groups can be asked for a ticket.
#[tokio::test]
async fn what_a_policy_of_a_group_can_say_and_that_of_a_role_cannot_and_the_other_way_round() {
    let lab = lab();
    let gina = lab.with_scopes(GINA, WRITE);
    let rule = |setting: Value| {
        json!({ "rules": [{ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule", "id": APPROVAL,
            "setting": setting }] })
    };
    let member = path(&gina, PLAIN, "member").await;
    let refused = gina.patch(&member, rule(json!({ "isApprovalRequired": true }))).await.expect(400);
    assert_eq!((refused.code(), refused.message()), ("InvalidPolicy", "The policy is invalid."));
    assert_eq!(path(&gina, PLAIN, "member").await, member, "nothing has changed, so the id has not");
    let approver = json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": RITA });
    let setting = json!({ "isApprovalRequired": true, "approvalStages": [{ "primaryApprovers": [approver] }] });
    gina.patch(&member, rule(setting)).await.expect(200);
    let member = path(&gina, PLAIN, "member").await;
    let nobody = json!({ "approvalStages": [{ "primaryApprovers": [] }] });
    assert_eq!(gina.patch(&member, rule(nobody)).await.expect(400).code(), "InvalidPolicy");
    let stored = gina.get(&format!("{member}/rules/{APPROVAL}")).await.expect(200);
    assert_eq!(stored.body["setting"]["approvalStages"][0]["primaryApprovers"][0]["description"], "rita");

    let ticket = json!({ "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
        "enabledRules": ["Justification", "Ticketing"] });
    gina.patch(&format!("{member}/rules/Enablement_Admin_Eligibility"), ticket.clone()).await.expect(400);
    gina.patch(&format!("{member}/rules/Enablement_Admin_Assignment"), ticket).await.expect(204);
}

/// The Terraform provider finds the policy through its assignment, reads it whole, changes it, and reads the new id.
#[tokio::test]
async fn a_change_in_the_manner_of_terraform_is_taken() {
    let lab = lab();
    let robot = lab.application_with(&[WRITE]);
    let found = async || {
        let filter = format!("scopeType eq 'Group' and scopeId eq '{PLAIN}' and roleDefinitionId eq 'member'");
        robot.get(&format!("{ASSIGNMENTS}?$filter={filter}")).await.expect(200).items()[0]["policyId"].clone()
    };
    let before = found().await;
    let policy = format!("{POLICIES}/{}", before.as_str().unwrap());
    assert_eq!(robot.get(&format!("{policy}?$expand=*")).await.expect(200).body["rules"].as_array().unwrap().len(), 17);
    let rules = json!({ "rules": [
        { "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
          "id": "Expiration_Admin_Eligibility", "isExpirationRequired": false },
        { "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule",
          "id": "Notification_Approver_Admin_Assignment", "notificationType": "Email", "recipientType": "Approver",
          "notificationLevel": "Critical", "isDefaultRecipientsEnabled": false, "notificationRecipients": [] },
    ] });
    robot.patch(&policy, rules).await.expect(200);
    let after = found().await;
    assert_ne!(before, after);
    let read = robot.get(&format!("{POLICIES}/{}?$expand=*", after.as_str().unwrap())).await.expect(200);
    let rule = |id: &str| read.body["rules"].as_array().unwrap().iter().find(|it| it["id"] == id).unwrap().clone();
    assert_eq!(rule("Expiration_Admin_Eligibility")["isExpirationRequired"], false);
    assert_eq!(rule("Expiration_Admin_Eligibility")["maximumDuration"], "P365D");
    assert_eq!(rule("Notification_Approver_Admin_Assignment")["notificationLevel"], "Critical");
    assert_eq!(read.body["lastModifiedBy"]["displayName"], json!("robot"));
}
