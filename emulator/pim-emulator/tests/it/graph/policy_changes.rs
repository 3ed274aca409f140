//! Changing policies: one rule, several, and everything that is no policy.

use super::lab::{ALICE, BERLIN, Client, GINA, GROUPS_ADMINISTRATOR, Lab, OPS, REQUESTS, RITA, ROBOT, activation};
use super::policies::{POLICIES, policy_of};
use serde_json::{Value, json};

const EXPIRATION: &str = "Expiration_EndUser_Assignment";
const ENABLEMENT: &str = "Enablement_EndUser_Assignment";
const APPROVAL: &str = "Approval_EndUser_Assignment";
const CONTEXT: &str = "AuthenticationContext_EndUser_Assignment";
const NOTIFICATION: &str = "Notification_Approver_Admin_Assignment";

/// A rule with its type.
fn rule(id: &str, members: Value) -> Value {
    let kind = id.split('_').next().unwrap();
    let mut rule = members;
    rule["@odata.type"] = json!(format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule"));
    rule["id"] = json!(id);
    rule
}

/// Somebody and a policy to be changed.
struct Bench<'a> {
    client: Client<'a>,
    path: String,
}

impl<'a> Bench<'a> {
    async fn new(lab: &'a Lab) -> Self {
        let client = lab.user(GINA);
        let path = format!("{POLICIES}/{}", policy_of(&client, GROUPS_ADMINISTRATOR).await);
        Self { client, path }
    }

    async fn rule(&self, id: &str) -> Value {
        self.client.get(&format!("{}/rules/{id}", self.path)).await.expect(200).body
    }

    async fn rules(&self) -> Value {
        self.client.get(&format!("{}/rules", self.path)).await.expect(200).body
    }

    /// Changes one rule by itself.
    async fn change(&self, id: &str, members: Value) {
        self.client.patch(&format!("{}/rules/{id}", self.path), rule(id, members)).await.expect(204);
    }

    /// What a change of one rule is refused with, in both ways to ask for it.
    async fn refused(&self, id: &str, members: Value) -> (String, String) {
        let before = self.rules().await;
        let body = rule(id, members);
        let one = self.client.patch(&format!("{}/rules/{id}", self.path), body.clone()).await.expect(400);
        let many = self.client.patch(&self.path, json!({ "rules": [body] })).await.expect(400);
        assert_eq!((one.code(), one.message()), (many.code(), many.message()));
        assert_eq!(self.rules().await, before);
        (one.code().to_owned(), one.message().to_owned())
    }
}

/// POL-19: a changed rule is answered with nothing, counts from then on, and leaves the other rules alone.
#[tokio::test]
async fn a_rule_is_changed_by_itself() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let bench = Bench::new(&lab).await;
    let refused = lab.user(ALICE).post(REQUESTS, activation("PT9H")).await.expect(400);
    assert_eq!(refused.message(), r#"The following policy rules failed: ["ExpirationRule"]"#);
    let one = format!("{}/rules/{EXPIRATION}", bench.path);
    let body = json!({
        "@odata.type": "microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
        "MaximumDuration": "PT10H",
        "target": { "caller": "EndUser", "operations": ["All"], "level": "Assignment",
            "targetObjects": null, "inheritableSettings": null, "enforcedSettings": null },
    });
    assert_eq!(bench.client.patch(&one, body).await.expect(204).body, Value::Null);
    let changed = bench.rule(EXPIRATION).await;
    assert_eq!(changed["maximumDuration"], "PT10H");
    assert_eq!(changed["isExpirationRequired"], true);
    assert_eq!(
        changed["target"],
        json!({ "caller": "EndUser", "operations": ["all"], "level": "Assignment",
            "inheritableSettings": [], "enforcedSettings": [] })
    );
    lab.user(ALICE).post(REQUESTS, activation("PT9H")).await.expect(201);
}

/// POL-19: a changed policy is answered with itself, without its rules, and says who changed it and when.
#[tokio::test]
async fn several_rules_are_changed_at_once() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let rules = [
        rule(ENABLEMENT, json!({ "enabledRules": ["Ticketing", "justification", "Justification"] })),
        rule("Expiration_Admin_Eligibility", json!({ "isExpirationRequired": true, "maximumDuration": "P90D" })),
    ];
    let answer = bench.client.patch(&bench.path, json!({ "rules": rules })).await.expect(200);
    let id = bench.path.rsplit('/').next().unwrap();
    assert_eq!(
        answer.body,
        json!({
            "@odata.context": "http://localhost:8443/v1.0/$metadata#policies/roleManagementPolicies/$entity",
            "id": id, "displayName": "DirectoryRole", "description": "DirectoryRole", "isOrganizationDefault": false,
            "scopeId": "/", "scopeType": "DirectoryRole", "lastModifiedDateTime": "2026-01-05T08:00:00Z",
            "lastModifiedBy": { "displayName": "gina", "id": null },
        })
    );
    assert_eq!(bench.rule(ENABLEMENT).await["enabledRules"], json!(["Ticketing", "Justification"]));
    assert_eq!(bench.rule("Expiration_Admin_Eligibility").await["maximumDuration"], "P90D");
    assert_eq!(bench.rule(EXPIRATION).await["maximumDuration"], "PT8H");
}

/// POL-20: a policy changes as a whole or not at all.
#[tokio::test]
async fn one_bad_rule_among_good_ones_changes_nothing() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let before = bench.rules().await;
    let good = rule(EXPIRATION, json!({ "maximumDuration": "PT1H" }));
    for bad in [
        rule(EXPIRATION, json!({ "maximumDuration": "PT25H" })),
        rule(ENABLEMENT, json!({ "enabledRules": ["Luck"] })),
        rule("Approval_Admin_Assignment", json!({})),
        rule(APPROVAL, json!({ "setting": { "approvalStages": [{ "primaryApprovers": [{ "id": BERLIN }] }] } })),
        json!({ "id": ENABLEMENT, "enabledRules": [] }),
    ] {
        for rules in [json!([good, bad]), json!([bad, good])] {
            bench.client.patch(&bench.path, json!({ "rules": rules })).await.expect(400);
            assert_eq!(bench.rules().await, before);
        }
    }
    let policy = bench.client.get(&bench.path).await.expect(200);
    assert_eq!(policy.body["lastModifiedDateTime"], Value::Null);
}

/// POL-20: rules that can be read and make no policy.
#[tokio::test]
async fn what_makes_no_policy_is_refused() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let approvers = |approver: Value| json!({ "setting": { "approvalStages": [{ "primaryApprovers": [approver] }] } });
    let setting = |setting: Value| json!({ "setting": setting });
    for (id, members) in [
        (EXPIRATION, json!({ "maximumDuration": "PT25H" })),
        (EXPIRATION, json!({ "maximumDuration": "PT15M" })),
        (EXPIRATION, json!({ "maximumDuration": "P1Y" })),
        (EXPIRATION, json!({ "maximumDuration": "-PT1H" })),
        ("Expiration_Admin_Eligibility", json!({ "maximumDuration": "P1M" })),
        ("Expiration_Admin_Assignment", json!({ "isExpirationRequired": true, "maximumDuration": "" })),
        (EXPIRATION, json!({ "maximumDuration": "" })),
        (ENABLEMENT, json!({ "enabledRules": ["Luck"] })),
        ("Enablement_Admin_Assignment", json!({ "enabledRules": ["Ticketing"] })),
        (CONTEXT, json!({ "isEnabled": true })),
        (CONTEXT, json!({ "isEnabled": true, "claimValue": null })),
        (CONTEXT, json!({ "isEnabled": true, "claimValue": "" })),
        (CONTEXT, json!({ "isEnabled": true, "claimValue": "c100" })),
        (CONTEXT, json!({ "isEnabled": true, "claimValue": "c9" })),
        (NOTIFICATION, json!({ "notificationLevel": "Some" })),
        (APPROVAL, setting(json!({ "approvalMode": "Parallel" }))),
        (APPROVAL, setting(json!({ "approvalMode": "Serial" }))),
        (APPROVAL, setting(json!({ "approvalStages": [{}, {}] }))),
        (APPROVAL, setting(json!({ "approvalStages": [{ "approvalStageTimeOutInDays": 2 }] }))),
        (APPROVAL, approvers(json!({ "userId": BERLIN }))),
        (APPROVAL, approvers(json!({ "id": ROBOT }))),
        (APPROVAL, approvers(json!({ "@odata.type": "#microsoft.graph.requestorManager", "managerLevel": 1 }))),
    ] {
        let (code, message) = bench.refused(id, members.clone()).await;
        assert_eq!((code.as_str(), message.as_str()), ("InvalidPolicy", "The policy is invalid."), "{members}");
    }
}

/// Bodies that cannot be read as the rule that they are for.
#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let approvers = |approver: Value| json!({ "setting": { "approvalStages": [{ "primaryApprovers": [approver] }] } });
    for (id, members) in [
        (EXPIRATION, json!({ "maximumDuration": "eight hours" })),
        (EXPIRATION, json!({ "maximumDuration": 8 })),
        (EXPIRATION, json!({ "isExpirationRequired": "true" })),
        (ENABLEMENT, json!({ "enabledRules": "Justification" })),
        (ENABLEMENT, json!({ "enabledRules": [1] })),
        (CONTEXT, json!({ "claimValue": 1 })),
        (NOTIFICATION, json!({ "notificationRecipients": "ops@contoso.com" })),
        (APPROVAL, json!({ "setting": [] })),
        (APPROVAL, json!({ "setting": { "approvalStages": {} } })),
        (APPROVAL, json!({ "setting": { "approvalStages": [{ "approvalStageTimeOutInDays": -1 }] } })),
        (APPROVAL, approvers(json!({ "userId": "" }))),
        (APPROVAL, approvers(json!({ "id": "gina" }))),
        (APPROVAL, approvers(json!({ "description": "nobody" }))),
    ] {
        assert_eq!(bench.refused(id, members.clone()).await.0, "BadRequest", "{members}");
    }
    let one = format!("{}/rules/{EXPIRATION}", bench.path);
    for body in [json!([]), json!("PT1H"), json!({ "maximumDuration": "PT1H" })] {
        assert_eq!(bench.client.patch(&one, body).await.expect(400).code(), "BadRequest");
    }
    for kind in ["EnablementRule", "Rule", "ExpirationRul"] {
        let wrong = json!({ "@odata.type": format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}"), "maximumDuration": "PT1H" });
        assert_eq!(bench.client.patch(&one, wrong).await.expect(400).code(), "BadRequest", "{kind}");
    }
    assert_eq!(bench.rule(EXPIRATION).await["maximumDuration"], "PT8H");
}

/// POL-1, POL-20: the ids of rules are fixed.
#[tokio::test]
async fn a_rule_that_no_policy_has_is_refused() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let good = rule(EXPIRATION, json!({ "maximumDuration": "PT1H" }));
    let refused = async |path: &str, body: Value| {
        let answer = bench.client.patch(path, body).await.expect(400);
        assert_eq!((answer.code(), answer.message()), ("InvalidPolicy", "The policy is invalid."));
    };
    refused(&format!("{}/rules/Expiration_EndUser_Eligibility", bench.path), good.clone()).await;
    refused(&format!("{}/rules/Expiration_Admin_Assignment", bench.path), good).await;
    for body in [json!({}), json!({ "rules": [] }), json!({ "rules": null })] {
        refused(&bench.path, body).await;
    }
    let mut nameless = rule(EXPIRATION, json!({ "maximumDuration": "PT1H" }));
    nameless.as_object_mut().unwrap().remove("id");
    refused(&bench.path, json!({ "rules": [nameless] })).await;
    let unknown = format!("{POLICIES}/DirectoryRole_{}_{ALICE}", super::lab::TENANT);
    let body = json!({ "rules": [rule(EXPIRATION, json!({}))] });
    assert_eq!(bench.client.patch(&unknown, body).await.expect(404).code(), "ResourceNotFound");
}

/// What a body leaves out or writes as null keeps its value, inside of `setting` as well.
#[tokio::test]
async fn what_is_left_out_keeps_its_value() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let stage = json!({ "primaryApprovers": [{ "userId": RITA }], "isApproverJustificationRequired": false });
    bench.change(APPROVAL, json!({ "setting": { "isApprovalRequired": true, "approvalStages": [stage] } })).await;
    let nulls = json!({ "primaryApprovers": null, "escalationApprovers": null });
    bench.change(APPROVAL, json!({ "setting": { "isApprovalRequired": null, "approvalStages": [nulls] } })).await;
    bench.change(APPROVAL, json!({ "setting": { "approvalMode": "NoApproval", "approvalStages": [] } })).await;
    bench.change(APPROVAL, json!({})).await;
    let setting = &bench.rule(APPROVAL).await["setting"];
    assert_eq!(setting["isApprovalRequired"], true);
    assert_eq!(setting["approvalMode"], "NoApproval");
    assert_eq!(setting["approvalStages"][0]["isApproverJustificationRequired"], false);
    assert_eq!(setting["approvalStages"][0]["primaryApprovers"][0]["userId"], json!(RITA));

    bench.change(ENABLEMENT, json!({ "enabledRules": null })).await;
    assert_eq!(bench.rule(ENABLEMENT).await["enabledRules"], json!(["Justification"]));
    bench.change("Expiration_Admin_Assignment", json!({ "isExpirationRequired": false, "maximumDuration": "" })).await;
    bench.change("Expiration_Admin_Assignment", json!({ "maximumDuration": "" })).await;
    assert_eq!(bench.rule("Expiration_Admin_Assignment").await["maximumDuration"], "P180D");
    let cell = json!({ "notificationLevel": "critical", "notificationRecipients": ["ops@contoso.com"] });
    bench.change(NOTIFICATION, cell).await;
    bench.change(NOTIFICATION, json!({ "isDefaultRecipientsEnabled": false, "recipientType": "Admin" })).await;
    let cell = bench.rule(NOTIFICATION).await;
    assert_eq!((&cell["notificationLevel"], &cell["recipientType"]), (&json!("Critical"), &json!("Approver")));
    assert_eq!((&cell["isDefaultRecipientsEnabled"], &cell["notificationType"]), (&json!(false), &json!("Email")));
    assert_eq!(cell["notificationRecipients"], json!(["ops@contoso.com"]));
}

/// Both versions take approvers in the spelling of both; each answers in its own. Escalation is dropped.
#[tokio::test]
async fn approvers_are_read_in_either_spelling() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let old = json!([
        { "@odata.type": "#microsoft.graph.singleUser", "userId": RITA, "description": "the reader" },
        { "@odata.type": "#microsoft.graph.groupMembers", "groupId": OPS },
    ]);
    // EasyPIM writes `singleUser` for groups too.
    let new = json!([
        { "@odata.type": "#microsoft.graph.singleUser", "isBackup": false, "id": RITA, "description": "the reader" },
        { "@odata.type": "microsoft.graph.singleUser", "isBackup": false, "id": OPS, "description": "", "userType": "Group" },
    ]);
    let v1 = json!([
        { "@odata.type": "#microsoft.graph.singleUser", "userId": RITA, "description": "the reader" },
        { "@odata.type": "#microsoft.graph.groupMembers", "groupId": OPS, "description": "Operations" },
    ]);
    let beta = json!([
        { "@odata.type": "#microsoft.graph.singleUser", "isBackup": false, "id": RITA, "description": "the reader" },
        { "@odata.type": "#microsoft.graph.groupMembers", "isBackup": false, "id": OPS, "description": "Operations" },
    ]);
    for (approvers, in_beta) in [(&old, false), (&new, false), (&old, true), (&new, true)] {
        let one = format!("{}/rules/{APPROVAL}", bench.path);
        let stage = |approvers: Value| {
            json!({ "setting": { "approvalStages": [{
            "primaryApprovers": approvers, "escalationApprovers": [{ "userId": GINA }] }] } })
        };
        bench.client.patch(&one, rule(APPROVAL, stage(json!([])))).await.expect(204);
        let writer = if in_beta { lab.user(GINA).beta() } else { lab.user(GINA) };
        writer.patch(&one, rule(APPROVAL, stage(approvers.clone()))).await.expect(204);
        for (reader, expected) in [(lab.user(RITA), &v1), (lab.user(RITA).beta(), &beta)] {
            let answer = reader.get(&one).await.expect(200);
            let stage = &answer.body["setting"]["approvalStages"][0];
            assert_eq!(&stage["primaryApprovers"], expected);
            assert_eq!(stage["escalationApprovers"], json!([]));
        }
    }
}

/// MFA-11, MFA-12: the two exclude each other, and the service notices in one order only.
#[tokio::test]
async fn mfa_cannot_be_turned_on_while_a_context_is() {
    let lab = Lab::new();
    lab.publish("c1");
    let bench = Bench::new(&lab).await;
    let mfa = json!({ "enabledRules": ["MultiFactorAuthentication", "Justification"] });
    bench.change(CONTEXT, json!({ "isEnabled": true, "claimValue": "C1" })).await;
    assert_eq!(bench.rule(CONTEXT).await["claimValue"], "c1");
    let (code, message) = bench.refused(ENABLEMENT, mfa.clone()).await;
    assert_eq!(code, "MfaAndAcrsConflict");
    assert_eq!(message, "The Mfa and Acrs policy settings cannot be enabled simultaneously.");
    let off = rule(CONTEXT, json!({ "isEnabled": false, "claimValue": null }));
    let rules = json!([rule(ENABLEMENT, mfa.clone()), off]);
    bench.client.patch(&bench.path, json!({ "rules": rules })).await.expect(400);
    let rules = json!([off, rule(ENABLEMENT, mfa)]);
    bench.client.patch(&bench.path, json!({ "rules": rules })).await.expect(200);
    assert_eq!(bench.rule(CONTEXT).await["claimValue"], Value::Null);
    bench.change(CONTEXT, json!({ "isEnabled": true, "claimValue": "c1" })).await;
}

/// POL-22: whoever changes a policy is a Privileged Role Administrator or Global Administrator; an application was measured by
/// its permissions.
#[tokio::test]
async fn changing_needs_a_permission_and_a_role() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let body = || json!({ "rules": [rule(EXPIRATION, json!({ "maximumDuration": "PT1H" }))] });
    for user in [RITA, ALICE] {
        let refused = lab.user(user).patch(&bench.path, body()).await.expect(403);
        assert_eq!(refused.code(), "UnauthorizedAccessException");
    }
    let narrow =
        lab.with_scopes(GINA, "RoleManagementPolicy.Read.Directory").patch(&bench.path, body()).await.expect(403);
    assert!(narrow.message().contains("RoleManagementPolicy.ReadWrite.Directory,RoleManagement.ReadWrite.Directory."));
    assert_eq!(bench.rule(EXPIRATION).await["maximumDuration"], "PT8H");
    let changed = lab.application().patch(&bench.path, body()).await.expect(200);
    assert_eq!(changed.body["lastModifiedBy"], json!({ "displayName": "robot", "id": null }));
    let scoped = lab.with_scopes(GINA, "RoleManagementPolicy.ReadWrite.Directory");
    scoped.patch(&bench.path, body()).await.expect(200);
}

/// REQ-40, POL-22: who asks and for which policy is looked at before what the body says.
#[tokio::test]
async fn a_bad_body_hides_neither_a_missing_role_nor_a_missing_policy() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let unknown = format!("{POLICIES}/DirectoryRole_{}_{ALICE}", super::lab::TENANT);
    for path in [bench.path.clone(), format!("{}/rules/{EXPIRATION}", bench.path)] {
        for body in [json!([]), json!({ "rules": "none" }), json!({ "maximumDuration": "eight hours" })] {
            let refused = lab.user(RITA).patch(&path, body.clone()).await.expect(403);
            assert_eq!(refused.code(), "UnauthorizedAccessException");
            bench.client.patch(&path, body.clone()).await.expect(400);
            let missing = path.replace(&bench.path, &unknown);
            assert_eq!(bench.client.patch(&missing, body.clone()).await.expect(404).code(), "ResourceNotFound");
            assert_eq!(lab.user(RITA).patch(&missing, body).await.expect(403).code(), "UnauthorizedAccessException");
        }
    }
}

/// The Terraform provider reads a policy whole, writes what it knows of some rules, and reads it again by its id.
#[tokio::test]
async fn a_change_in_the_manner_of_terraform_is_taken() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    bench.client.get(&format!("{}?$expand=*", bench.path)).await.expect(200);
    let approver = json!({ "@odata.type": "#microsoft.graph.singleUser", "userId": RITA });
    let rules = json!([
        rule(
            APPROVAL,
            json!({ "setting": {
            "isApprovalRequired": true, "approvalStages": [{ "primaryApprovers": [approver] }] } })
        ),
        rule("Expiration_Admin_Eligibility", json!({ "isExpirationRequired": false })),
        rule(
            NOTIFICATION,
            json!({ "notificationType": "Email", "recipientType": "Approver",
            "notificationLevel": "All", "isDefaultRecipientsEnabled": false, "notificationRecipients": [] })
        ),
    ]);
    let changed = bench.client.patch(&bench.path, json!({ "rules": rules })).await.expect(200);
    let id = changed.body["id"].as_str().unwrap();
    let read = bench.client.get(&format!("{POLICIES}/{id}?$expand=*")).await.expect(200);
    let approval = read.body["rules"].as_array().unwrap().iter().find(|it| it["id"] == APPROVAL).unwrap();
    assert_eq!(approval["setting"]["isApprovalRequired"], true);
    assert_eq!(approval["setting"]["isRequestorJustificationRequired"], true);
    assert_eq!(approval["setting"]["approvalStages"][0]["primaryApprovers"][0]["description"], "rita");
}

/// `Microsoft365DSC` changes rule after rule, in beta, with keys in capitals and under the other name of the scope.
#[tokio::test]
async fn a_change_in_the_manner_of_microsoft365dsc_is_taken() {
    let lab = Lab::new();
    let bench = Bench::new(&lab).await;
    let path = bench.path.replace("DirectoryRole_", "Directory_");
    let body = json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
        "Setting": { "IsApprovalRequired": true, "ApprovalMode": "SingleStage", "ApprovalStages": [{
            "ApprovalStageTimeOutInDays": 1, "EscalationTimeInMinutes": 0, "IsApproverJustificationRequired": true,
            "PrimaryApprovers": [{ "@odata.type": "#microsoft.graph.groupMembers", "id": OPS }] }] },
    });
    lab.user(GINA).beta().patch(&format!("{path}/rules/{APPROVAL}"), body).await.expect(204);
    let setting = &bench.rule(APPROVAL).await["setting"];
    assert_eq!(setting["approvalStages"][0]["primaryApprovers"][0]["groupId"], json!(OPS));
}
