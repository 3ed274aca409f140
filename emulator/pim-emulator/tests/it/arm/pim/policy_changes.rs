//! Changing policies: every rule, what the next request meets, and bodies that make no policy.

use super::kit::{CONTRIBUTOR, PROD, READER, asks, azure, makes_eligible, path, request, role};
use super::policies::{policy_of, read};
use crate::arm::kit::{Answer, Azure, Caller};
use axum::http::Method;
use serde_json::{Value, json};

const VERSION: &str = "2020-10-01";
const NEWEST: &str = "2024-09-01-preview";

/// Owen before the policy of Contributor at the subscription, for which Alice is eligible.
struct Bench<'a> {
    azure: &'a Azure,
    owen: Caller<'a>,
}

impl<'a> Bench<'a> {
    async fn of(azure: &'a Azure) -> Self {
        Self { azure, owen: azure.user("owen").await }
    }

    async fn policy(&self) -> String {
        policy_of(&self.owen, PROD, CONTRIBUTOR).await
    }

    async fn send(&self, version: &str, body: &str) -> Answer {
        let path = format!("{}?api-version={version}", self.policy().await);
        self.owen.send(Method::PATCH, &path, &[], body).await
    }

    async fn change(&self, rule: Value) -> Answer {
        self.send(VERSION, &json!({"properties": {"rules": [rule]}}).to_string()).await
    }

    async fn rule(&self, id: &str) -> Value {
        rule_of(&read(&self.owen, &self.policy().await).await, id)
    }

    /// What Alice is told when she activates Contributor with such a body.
    async fn activates(&self, number: u8, change: impl FnOnce(&mut Value)) -> Answer {
        let mut body = request("SelfActivate", &self.azure.id("alice"), &role(CONTRIBUTOR), "PT1H");
        change(&mut body["properties"]);
        asks(&self.azure.user("alice").await, PROD, number, &body).await
    }
}

fn rule_of(policy: &Value, id: &str) -> Value {
    let rules = policy["properties"]["rules"].as_array().unwrap();
    rules.iter().find(|rule| rule["id"] == id).unwrap_or_else(|| panic!("no {id}")).clone()
}

fn failed(answer: &Answer) -> &str {
    let message = answer.refused(400, "RoleAssignmentRequestPolicyValidationFailed");
    message.strip_prefix("The following policy rules failed: ").unwrap()
}

/// POL-4. ACT-7.
#[tokio::test]
async fn how_long_an_activation_may_last_is_changed_and_heeded() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let changed = bench.change(json!({"ID": "expiration_enduser_assignment", "MaximumDuration": "PT30M"})).await;
    assert_eq!(rule_of(&changed.expect(200).body, "Expiration_EndUser_Assignment")["maximumDuration"], "PT30M");
    assert_eq!(failed(&bench.activates(1, |_| ()).await), r#"["ExpirationRule"]"#);
    bench.change(json!({"id": "Expiration_EndUser_Assignment", "maximumDuration": "PT24H"})).await.expect(200);
    assert_eq!(bench.rule("Expiration_EndUser_Assignment").await["maximumDuration"], "P1D");
    bench.activates(2, |_| ()).await.expect(201);
}

/// POL-7. POL-30. POL-31. POL-32.
#[tokio::test]
async fn what_an_activation_must_bring_along_is_changed_and_heeded() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    assert_eq!(failed(&bench.activates(1, |it| it["justification"] = json!("")).await), r#"["JustificationRule"]"#);
    let demands = |rules: Value| bench.change(json!({"id": "Enablement_EndUser_Assignment", "enabledRules": rules}));
    demands(json!(["Ticketing", "multifactorauthentication", "Ticketing"])).await.expect(200);
    assert_eq!(
        bench.rule("Enablement_EndUser_Assignment").await["enabledRules"],
        json!(["Ticketing", "MultiFactorAuthentication"])
    );
    assert_eq!(failed(&bench.activates(1, |_| ()).await), r#"["TicketingRule"]"#);
    demands(json!([])).await.expect(200);
    bench.activates(2, |it| it["justification"] = Value::Null).await.expect(201);
}

/// POL-3. POL-5. POL-6.
#[tokio::test]
async fn what_administrators_must_bring_along_is_changed_and_heeded() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let mut body = request("AdminAssign", &azure.id("bob"), &role(CONTRIBUTOR), "P10D");
    body["properties"]["justification"] = Value::Null;
    assert_eq!(failed(&asks(&bench.owen, PROD, 1, &body).await), r#"["JustificationRule"]"#);
    let rules = json!({"properties": {"rules": [
        {"id": "Enablement_Admin_Assignment", "enabledRules": []},
        {"id": "Enablement_Admin_Eligibility", "enabledRules": ["Justification"]},
        {"id": "Expiration_Admin_Assignment", "maximumDuration": "P9D"},
    ]}});
    bench.send(VERSION, &rules.to_string()).await.expect(200);
    assert_eq!(failed(&asks(&bench.owen, PROD, 1, &body).await), r#"["ExpirationRule"]"#);
    assert_eq!(failed(&makes_eligible(&bench.owen, PROD, 1, &body).await), r#"["JustificationRule"]"#);
    body["properties"]["scheduleInfo"]["expiration"]["duration"] = json!("P9D");
    asks(&bench.owen, PROD, 2, &body).await.expect(201);
}

/// POL-8. POL-21. APR-11: as a tool in wide use writes it.
#[tokio::test]
async fn approvers_are_named_and_asked() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let approver =
        |kind: &str| json!({"id": azure.id("owen"), "description": "Owen", "isBackup": false, "userType": kind});
    let rule = |approvers: Value| {
        json!({
            "setting": {
                "isApprovalRequired": "true", "isApprovalRequiredForExtension": false,
                "isRequestorJustificationRequired": true, "approvalMode": "SingleStage",
                "approvalStages": [{
                    "approvalStageTimeOutInDays": 1, "isApproverJustificationRequired": "True",
                    "escalationTimeInMinutes": 0, "isEscalationEnabled": false, "escalationApprovers": null,
                    "primaryApprovers": approvers,
                }],
            },
            "id": "Approval_EndUser_Assignment", "ruleType": "RoleManagementPolicyApprovalRule",
            "target": {"caller": "EndUser", "operations": ["All"], "level": "Eligibility", "targetObjects": null},
        })
    };
    for kind in ["user", "group", "singleUser", ""] {
        let refused = bench.change(rule(json!([approver(kind)]))).await;
        assert_eq!(refused.refused(400, "InvalidPolicy"), "The policy is invalid.");
        assert!(refused.header("x-emulator-detail").contains("POL-21"));
    }
    bench.change(rule(json!([]))).await.refused(400, "InvalidPolicyRule");
    bench.change(rule(json!([approver("User")]))).await.expect(200);
    let stage = &bench.rule("Approval_EndUser_Assignment").await["setting"]["approvalStages"][0];
    assert_eq!(stage["primaryApprovers"], json!([approver("User")]));
    assert_eq!(stage["escalationApprovers"], json!([]));
    let waits = bench.activates(1, |_| ()).await.expect(201);
    assert_eq!(waits.body["properties"]["status"], "PendingApproval");
    let pending = "/providers/Microsoft.Authorization/roleAssignmentScheduleRequests?$filter=asApprover()";
    let pending = bench.owen.get(&format!("{pending}&api-version=2020-10-01-preview")).await.expect(200);
    assert_eq!(pending.body["value"][0]["name"], waits.body["name"]);
}

/// POL-9. POL-10. MFA-11.
#[tokio::test]
async fn contexts_and_mails_are_changed_member_by_member() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let (context, mail) = ("AuthenticationContext_EndUser_Assignment", "Notification_Approver_EndUser_Assignment");
    bench.change(json!({"id": context, "isEnabled": true})).await.refused(400, "InvalidPolicy");
    bench.change(json!({"id": context, "isEnabled": true, "claimValue": "c7"})).await.refused(400, "InvalidPolicy");
    bench.change(json!({"id": context, "isEnabled": false, "claimValue": "c7"})).await.expect(200);
    assert_eq!(bench.rule(context).await["claimValue"], "c7");
    bench.change(json!({"id": context, "isEnabled": null, "claimValue": ""})).await.expect(200);
    assert_eq!(bench.rule(context).await.get("claimValue"), None);

    bench.change(json!({"id": mail, "notificationRecipients": ["x@contoso.test"]})).await.expect(200);
    bench.change(json!({"id": mail, "notificationLevel": "critical"})).await.expect(200);
    bench
        .change(json!({"id": mail, "isDefaultRecipientsEnabled": "false", "recipientType": "Admin"}))
        .await
        .expect(200);
    let rule = bench.rule(mail).await;
    assert_eq!(rule["notificationRecipients"], json!(["x@contoso.test"]));
    assert_eq!((&rule["notificationLevel"], &rule["recipientType"]), (&json!("Critical"), &json!("Approver")));
    assert_eq!(rule["isDefaultRecipientsEnabled"], false);
    bench.change(json!({"id": mail, "notificationRecipients": []})).await.expect(200);
    assert_eq!(bench.rule(mail).await.get("notificationRecipients"), None);
}

/// POL-20: nothing of a body that makes no policy is taken in.
#[tokio::test]
async fn bodies_that_make_no_policy_are_refused_whole() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let before = read(&bench.owen, &bench.policy().await).await;
    let good = json!({"id": "Expiration_EndUser_Assignment", "maximumDuration": "PT2H"});
    for (rule, code) in [
        (json!({"id": "Expiration_EndUser_Eligibility", "maximumDuration": "PT2H"}), "InvalidPolicyRule"),
        (json!({"maximumDuration": "PT2H"}), "InvalidPolicyRule"),
        (json!({"id": "PIMOnlyMode_Admin_Assignment"}), "InvalidPolicyRule"),
        (
            json!({"id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule"}),
            "InvalidPolicyRule",
        ),
        (json!({"id": "Expiration_EndUser_Assignment", "maximumDuration": "PT25H"}), "InvalidPolicy"),
        (json!({"id": "Expiration_EndUser_Assignment", "maximumDuration": "8 hours"}), "InvalidPolicy"),
        (json!({"id": "Expiration_Admin_Eligibility", "maximumDuration": "P1Y"}), "InvalidPolicy"),
        (json!({"id": "Expiration_Admin_Eligibility", "maximumDuration": ""}), "InvalidPolicy"),
        (json!({"id": "Enablement_EndUser_Assignment", "enabledRules": ["Luck"]}), "InvalidPolicy"),
        (json!({"id": "Enablement_Admin_Assignment", "enabledRules": ["Ticketing"]}), "InvalidPolicy"),
        (json!({"id": "AuthenticationContext_EndUser_Assignment", "claimValue": "c100"}), "InvalidPolicy"),
        (json!({"id": "Notification_Admin_Admin_Assignment", "notificationLevel": "Some"}), "InvalidPolicy"),
        (json!({"id": "Approval_EndUser_Assignment", "setting": {"approvalMode": "Serial"}}), "InvalidPolicy"),
        (json!({"id": "Approval_EndUser_Assignment", "setting": {"approvalStages": [{}, {}]}}), "InvalidPolicy"),
        (json!({"id": "Expiration_EndUser_Assignment", "isExpirationRequired": "maybe"}), "InvalidRequestContent"),
        (json!({"id": "Enablement_EndUser_Assignment", "enabledRules": "Justification"}), "InvalidRequestContent"),
        (json!("Expiration_EndUser_Assignment"), "InvalidRequestContent"),
    ] {
        let body = json!({"properties": {"rules": [good, rule]}}).to_string();
        bench.send(VERSION, &body).await.refused(400, code);
    }
    for (body, code) in [
        ("", "BadRequest"),
        ("[]", "InvalidRequestContent"),
        ("{", "InvalidPolicy"),
        ("{}", "InvalidPolicy"),
        (r#"{"properties":null}"#, "InvalidPolicy"),
        (r#"{"properties":{"rules":[]}}"#, "InvalidPolicy"),
    ] {
        bench.send(VERSION, body).await.refused(400, code);
    }
    assert_eq!(read(&bench.owen, &bench.policy().await).await, before);
}

/// POL-60: what was read can be written, by itself or with a member changed.
#[tokio::test]
async fn a_policy_that_is_read_can_be_written_back() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let before = read(&bench.owen, &bench.policy().await).await;
    let after = bench.send(VERSION, &before.to_string()).await.expect(200).body;
    let sorted = |policy: &Value| {
        let mut rules: Vec<_> =
            policy["properties"]["rules"].as_array().unwrap().iter().map(Value::to_string).collect();
        rules.sort();
        rules
    };
    assert_eq!(sorted(&before), sorted(&after));
    let newest = bench.owen.get(&format!("{}?api-version={NEWEST}", bench.policy().await)).await.expect(200).body;
    assert_eq!(newest["properties"]["rules"].as_array().unwrap().len(), 18);
    bench.send(NEWEST, &newest.to_string()).await.expect(200);
}

/// POL-43: both were seen, so that a switch decides.
#[tokio::test]
async fn a_maximum_that_does_not_limit_is_kept_or_refused() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let id = "Expiration_Admin_Eligibility";
    let idle = json!({"id": id, "isExpirationRequired": false, "maximumDuration": "P30D"});
    bench.change(idle.clone()).await.expect(200);
    assert_eq!(bench.rule(id).await["maximumDuration"], "P30D");
    let switches = format!("/_emulator/tenants/{}/behaviour", azure.tenant);
    azure.control(Method::PATCH, &switches, &json!({"idleMaximumDurationsAreRefused": true})).await.expect(200);
    bench.change(idle).await.refused(400, "InvalidPolicyRule");
    bench.change(json!({"id": id, "isExpirationRequired": false, "maximumDuration": ""})).await.expect(200);
    bench.change(json!({"id": id, "isExpirationRequired": true, "maximumDuration": "P30D"})).await.expect(200);
}

#[tokio::test]
async fn the_rule_of_the_newest_version_is_off_and_cannot_be_turned_on() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    let id = "PIMOnlyMode_Admin_Assignment";
    let newest = bench.owen.get(&format!("{}?api-version={NEWEST}", bench.policy().await)).await.expect(200).body;
    let rule = rule_of(&newest, id);
    assert_eq!(
        rule,
        json!({
            "pimOnlyModeSettings": {"mode": "Disabled"}, "id": id,
            "ruleType": "RoleManagementPolicyPimOnlyModeRule",
            "target": {"caller": "Admin", "operations": ["All"], "level": "Assignment"},
        })
    );
    for mode in ["Enabled", "ReportOnly"] {
        let on = json!({"properties": {"rules": [{"id": id, "pimOnlyModeSettings": {"mode": mode}}]}});
        let refused = bench.send(NEWEST, &on.to_string()).await;
        assert!(refused.refused(501, "NotEmulated").contains(id));
    }
    let list = path(PROD, "roleManagementPolicies").replace(VERSION, NEWEST);
    let all = bench.owen.get(&list).await.expect(200);
    assert_eq!(rule_of(&all.body["value"][0], id)["pimOnlyModeSettings"]["mode"], "Disabled");
}

/// POL-22: who gives roles may not always change what is demanded for them.
#[tokio::test]
async fn policies_are_changed_by_whoever_may_write_them() {
    let azure = azure().await;
    let bench = Bench::of(&azure).await;
    const GIVES_ROLES: &str = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
    const USER_ACCESS_ADMINISTRATOR: &str = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
    let rule =
        json!({"properties": {"rules": [{"id": "Enablement_EndUser_Assignment", "enabledRules": []}]}}).to_string();
    let bob = azure.user("bob").await;
    asks(&bench.owen, PROD, 1, &request("AdminAssign", &azure.id("bob"), &role(GIVES_ROLES), "P1D")).await.expect(201);
    asks(&bob, PROD, 2, &request("AdminAssign", &azure.id("carol"), &role(READER), "P1D")).await.expect(201);
    let path = format!("{}?api-version={VERSION}", bench.policy().await);
    bob.send(Method::PATCH, &path, &[], &rule).await.refused(403, "AuthorizationFailed");
    let administrator = request("AdminAssign", &azure.id("bob"), &role(USER_ACCESS_ADMINISTRATOR), "P1D");
    asks(&bench.owen, PROD, 3, &administrator).await.expect(201);
    bob.send(Method::PATCH, &path, &[], &rule).await.expect(200);
}
