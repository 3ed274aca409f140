//! Every refusal of the list, provoked over HTTP (ERR): the list says what is answered, and what is answered is in the list.

use super::access_reviews::{self, REVIEWS, review};
use super::lab::{
    ALICE, ASSIGNMENTS, Answer, BERLIN, ELIGIBILITY_REQUESTS, GINA, GROUPS_ADMINISTRATOR, Lab, OPS, REQUESTS, RITA,
    ROBOT, TENANT, WRITE, activation, user,
};
use super::privileged_access::{self, ASSIGN, DESK, ENTITLE, OLGA, client, make_group};
use pim_core::model::conditional_access::{
    AuthenticationContextId, ConditionalAccessApplications, ConditionalAccessPolicy, ConditionalAccessState,
    ConditionalAccessUser, ConditionalAccessUsers,
};
use pim_core::model::{
    AdministrativeUnit, DirectoryScope, Group, GroupType, License, PolicyChange, PolicySubject, Privilege, RuleChange,
    roles,
};
use pim_core::time::Length;
use pim_core::{AdministrativeUnitId, Behaviour, Command, ConditionalAccessPolicyId, PrincipalId, RoleDefinitionId};
use pim_emulator::reference::errors;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A GUID that is nobody's.
const NOBODY: Uuid = Uuid::from_u128(9);
/// The permissions that changing policies and Conditional Access takes.
const EVERYTHING: &str = "RoleManagement.ReadWrite.Directory RoleManagementPolicy.ReadWrite.Directory \
                          Policy.ReadWrite.ConditionalAccess AuthenticationContext.ReadWrite.All";
const ROLES: &str = "roleManagement/directory/roleDefinitions";
const APPROVALS: &str = "roleManagement/directory/roleAssignmentApprovals";

/// Refusals that no route of Graph can bring about, with the tests that show them elsewhere.
const NOT_OVER_GRAPH: [(&str, &str); 1] =
    [("NotAwaitingDecision", "control_decisions: a manager decides through the control API (APR-36)")];

/// What has been provoked, held against the list.
#[derive(Default)]
struct Seen(BTreeSet<(&'static str, String)>);

impl Seen {
    /// The answer is the one that the list has for that refusal. Values in a message are made up there, so that only what comes
    /// before the first of them is compared.
    fn note(&mut self, surface: &'static str, refusal: &str, answer: &Answer) {
        let rows = errors();
        let row = rows.iter().find(|row| row.surface == surface && row.refusal == refusal);
        let row = row.unwrap_or_else(|| panic!("{refusal} of {surface} is not in the list"));
        let start = |text: &str| {
            let start = text.split(['\'', '[']).next().unwrap_or_default();
            start.split(' ').take_while(|word| Uuid::try_parse(word).is_err()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            (answer.status.as_u16(), answer.code(), start(answer.message())),
            (row.status, row.code.as_str(), start(&row.message)),
            "{refusal}: {}",
            answer.body
        );
        self.0.insert((surface, refusal.to_owned()));
    }

    fn pim(&mut self, refusal: &str, answer: &Answer) {
        self.note("graph", refusal, answer);
    }

    /// The directory has words of its own for some refusals, and for the others those of PIM.
    fn directory(&mut self, refusal: &str, answer: &Answer) {
        let has_own = errors().iter().any(|row| row.surface == "graph/directory" && row.refusal == refusal);
        self.note(if has_own { "graph/directory" } else { "graph" }, refusal, answer);
    }
}

/// An assignment by an administrator, with some members replaced.
fn assign(more: &Value) -> Value {
    let mut body = json!({
        "action": "adminAssign",
        "principalId": ALICE,
        "roleDefinitionId": GROUPS_ADMINISTRATOR,
        "directoryScopeId": "/",
        "justification": "second line",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P30D" } },
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// An activation by alice, with some members replaced.
fn activate(more: &Value) -> Value {
    let mut body = activation("PT2H");
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// ERR-1, ERR-2, ERR-3, ERR-4, ERR-5, ERR-6, ERR-7, ERR-8, ERR-9, ERR-10, ERR-11, ERR-12, ERR-13, ERR-14, ERR-15, ERR-16, ERR-18,
/// ERR-19.
#[tokio::test]
async fn every_refusal_of_the_list_is_provoked_and_answered_as_the_list_says() {
    let mut seen = Seen::default();
    requests_that_nobody_may_make(&mut seen).await;
    what_is_not_there(&mut seen).await;
    who_and_what_cannot_be_assigned(&mut seen).await;
    what_stands_in_the_way(&mut seen).await;
    administrators_that_must_stay(&mut seen).await;
    decisions(&mut seen).await;
    policies(&mut seen).await;
    alerts(&mut seen).await;
    directory(&mut seen).await;
    groups(&mut seen).await;
    applications(&mut seen).await;
    limits(&mut seen).await;
    users_and_groups(&mut seen).await;
    reviews(&mut seen).await;
    who_is_in_groups(&mut seen).await;
    let missing: Vec<_> = (errors().into_iter())
        .filter(|row| row.surface.starts_with("graph"))
        .filter(|row| !NOT_OVER_GRAPH.iter().any(|(name, _)| *name == row.refusal))
        // Most refusals are answered alike by PIM and by the directory; where one asks is then no matter.
        .filter(|row| !seen.0.iter().any(|(_, refusal)| *refusal == row.refusal))
        .map(|row| row.refusal)
        .collect();
    assert!(missing.is_empty(), "nothing provokes {missing:?}");
}

/// ERR-30, ERR-31: what was never seen in an answer is never answered.
#[test]
fn codes_that_only_circulate_in_clients_are_not_answered() {
    let invented = [
        "JustificationRuleViolated",
        "MaximumDurationExceeded",
        "StartTimeInPast",
        "EligibilityNotFound",
        "ConcurrentActivationInProgress",
        "PimRoleAssignmentInstanceExists",
        "MfaRequired",
    ];
    assert!(errors().iter().all(|row| !invented.contains(&row.code.as_str())));
    // Azure answers this one (ERR-17).
    assert!(errors().iter().all(|row| row.code != "AuthorizationFailed" || row.surface.starts_with("arm")));
}

async fn requests_that_nobody_may_make(seen: &mut Seen) {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    seen.pim("NotPermitted", &alice.post(ELIGIBILITY_REQUESTS, assign(&json!({}))).await);
    seen.directory("NotPermitted", &alice.post(ASSIGNMENTS, assign(&json!({}))).await);
    seen.pim("NotForOthers", &alice.post(REQUESTS, activate(&json!({ "principalId": GINA }))).await);
    seen.pim("ActionNotForSide", &alice.post(ELIGIBILITY_REQUESTS, activate(&json!({}))).await);
    seen.pim("InvalidSchedule", &alice.post(REQUESTS, activate(&json!({ "scheduleInfo": null }))).await);
    seen.pim("DurationTooShort", &alice.post(REQUESTS, activation("PT1M")).await);
    seen.pim("PolicyRules", &alice.post(REQUESTS, activation("PT9H")).await);
    let unlicensed = Lab::licensed(License::None);
    seen.pim("LicenseRequired", &unlicensed.user(ALICE).post(REQUESTS, activation("PT2H")).await);
}

async fn what_is_not_there(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let ask = async |more: Value| gina.post(ELIGIBILITY_REQUESTS, assign(&more)).await;
    seen.pim("RoleNotFound", &ask(json!({ "roleDefinitionId": NOBODY })).await);
    seen.pim("PrincipalNotFound", &ask(json!({ "principalId": NOBODY })).await);
    let unit = format!("/administrativeUnits/{NOBODY}");
    seen.pim("AdministrativeUnitNotFound", &ask(json!({ "directoryScopeId": unit })).await);
    seen.pim("ScopeObjectNotFound", &ask(json!({ "directoryScopeId": format!("/{NOBODY}") })).await);
    seen.pim("RequestNotFound", &gina.post(&format!("{REQUESTS}/{NOBODY}/cancel"), json!({})).await);
    let schedules = "roleManagement/directory/roleAssignmentSchedules";
    seen.pim("ScheduleNotFound", &gina.get(&format!("{schedules}/{NOBODY}")).await);
    let step = format!("{APPROVALS}/{NOBODY}/steps/{NOBODY}");
    let beta = lab.user(GINA).beta();
    seen.pim("ApprovalNotFound", &beta.patch(&step, json!({ "reviewResult": "Deny", "justification": "no" })).await);
    let policy = format!("policies/roleManagementPolicies/DirectoryRole_{}_{NOBODY}", TENANT);
    seen.pim("PolicyNotFound", &lab.with_scopes(GINA, EVERYTHING).get(&policy).await);
    let post = async |more: Value| gina.post(ASSIGNMENTS, assign(&more)).await;
    seen.directory("RoleNotFound", &post(json!({ "roleDefinitionId": NOBODY })).await);
    seen.directory("PrincipalNotFound", &post(json!({ "principalId": NOBODY })).await);
    let access = lab.with_scopes(GINA, EVERYTHING);
    let policies = "identity/conditionalAccess/policies";
    seen.pim("ConditionalAccessPolicyNotFound", &access.delete(&format!("{policies}/{NOBODY}")).await);
    let contexts = "identity/conditionalAccess/authenticationContextClassReferences";
    seen.pim("AuthenticationContextNotFound", &access.delete(&format!("{contexts}/c9")).await);
}

async fn who_and_what_cannot_be_assigned(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let plain = Uuid::from_u128(77);
    lab.set_up(&Command::CreateGroup(Group {
        id: PrincipalId(plain),
        display_name: "Plain".to_owned(),
        description: None,
        mail_nickname: "plain".to_owned(),
        group_type: GroupType::Security,
        is_assignable_to_role: false,
        membership_rule: None,
        on_premises_synced: false,
        created: lab.tenant().clock().now(),
        details: None,
    }));
    let ask = async |more: Value| gina.post(ELIGIBILITY_REQUESTS, assign(&more)).await;
    let berlin = format!("/administrativeUnits/{BERLIN}");
    let global = roles::GLOBAL_ADMINISTRATOR.0;
    seen.pim("ScopeNotSupported", &ask(json!({ "roleDefinitionId": global, "directoryScopeId": berlin })).await);
    seen.pim("PrincipalCannotBeEligible", &ask(json!({ "principalId": ROBOT })).await);
    seen.pim("GroupNotRoleAssignable", &ask(json!({ "principalId": plain })).await);
    seen.directory("GroupNotRoleAssignable", &gina.post(ASSIGNMENTS, assign(&json!({ "principalId": plain }))).await);
    ask(json!({ "directoryScopeId": berlin })).await.expect(201);
    let behaviour = Behaviour { scope_mismatch_is_invalid_scope: true, ..Behaviour::default() };
    lab.set_up(&Command::SetBehaviour(behaviour));
    seen.pim("ScopeNotCovered", &lab.user(ALICE).post(REQUESTS, activation("PT2H")).await);
}

async fn what_stands_in_the_way(seen: &mut Seen) {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    let nothing = activate(&json!({ "action": "selfDeactivate" }));
    seen.pim("DoesNotExist", &alice.post(REQUESTS, nothing).await);
    let at = |start: &str| {
        let expiration = json!({ "type": "afterDuration", "duration": "PT2H" });
        activate(&json!({ "scheduleInfo": { "startDateTime": start, "expiration": expiration } }))
    };
    alice.post(REQUESTS, at("2026-01-06T08:00:00Z")).await.expect(201);
    seen.pim("OverlapsScheduled", &alice.post(REQUESTS, at("2026-01-06T09:00:00Z")).await);
    let made = alice.post(REQUESTS, activation("PT2H")).await.expect(201);
    seen.pim("AlreadyExists", &alice.post(REQUESTS, activation("PT2H")).await);
    let cancel = format!("{REQUESTS}/{}/cancel", made.body["id"].as_str().unwrap());
    seen.pim("NotCancellable", &alice.post(&cancel, json!({})).await);
    let gina = lab.user(GINA);
    gina.post(ASSIGNMENTS, assign(&json!({ "principalId": OPS }))).await.expect(201);
    seen.directory("AlreadyExists", &gina.post(ASSIGNMENTS, assign(&json!({ "principalId": OPS }))).await);
}

async fn administrators_that_must_stay(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let role = roles::GLOBAL_ADMINISTRATOR.0;
    let own = assign(&json!({ "action": "adminRemove", "principalId": GINA, "roleDefinitionId": role }));
    seen.pim("LastAdministrator", &gina.post(REQUESTS, own).await);
    let held = gina.get(&format!("{ASSIGNMENTS}?$filter=principalId eq '{GINA}'")).await.expect(200);
    let id = held.items()[0]["id"].as_str().unwrap().to_owned();
    seen.pim("SelfRemovalOfGlobalAdministrator", &gina.delete(&format!("{ASSIGNMENTS}/{id}")).await);
}

async fn decisions(seen: &mut Seen) {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.approval_by(GROUPS_ADMINISTRATOR, &[RITA]);
    let made = lab.user(ALICE).post(REQUESTS, activation("PT2H")).await.expect(201);
    let id = made.body["id"].as_str().unwrap();
    seen.pim("PendingRequest", &lab.user(ALICE).post(REQUESTS, activation("PT2H")).await);
    let step = format!("{APPROVALS}/{id}/steps/{id}");
    let decide = |reason: Value| json!({ "reviewResult": "Approve", "justification": reason });
    let rita = lab.user(RITA).beta();
    seen.pim("NotAnApprover", &lab.user(GINA).beta().patch(&step, decide(json!("fine"))).await);
    seen.pim("ApproverJustificationRequired", &rita.patch(&step, decide(Value::Null)).await);
    rita.patch(&step, decide(json!("fine"))).await.expect(204);
    seen.pim("AlreadyDecided", &rita.patch(&step, decide(json!("again"))).await);
}

async fn policies(seen: &mut Seen) {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.publish("c1");
    let context = AuthenticationContextId::parse("c1").unwrap();
    lab.set_up(&Command::UpdatePolicy(PolicyChange {
        subject: PolicySubject::DirectoryRole(RoleDefinitionId(GROUPS_ADMINISTRATOR)),
        rules: vec![RuleChange::AuthenticationContext { is_enabled: Some(true), claim_value: Some(Some(context)) }],
    }));
    lab.set_up(&Command::CreateConditionalAccessPolicy(Box::new(guard(&lab, context))));
    seen.pim("AuthenticationContextRequired", &lab.user(ALICE).post(REQUESTS, activation("PT2H")).await);
    let gina = lab.with_scopes(GINA, EVERYTHING);
    let contexts = "identity/conditionalAccess/authenticationContextClassReferences/c1";
    seen.pim("AuthenticationContextInUse", &gina.delete(contexts).await);
    let filter = format!(
        "policies/roleManagementPolicyAssignments?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and \
         roleDefinitionId eq '{GROUPS_ADMINISTRATOR}'"
    );
    let found = gina.get(&filter).await.expect(200);
    let rules = format!("policies/roleManagementPolicies/{}/rules", found.items()[0]["policyId"].as_str().unwrap());
    let kind = |kind: &str| format!("#microsoft.graph.unifiedRoleManagementPolicy{kind}Rule");
    let mfa = json!({ "@odata.type": kind("Enablement"), "enabledRules": ["MultiFactorAuthentication"] });
    seen.pim("MfaAndContextConflict", &gina.patch(&format!("{rules}/Enablement_EndUser_Assignment"), mfa).await);
    let long = json!({ "@odata.type": kind("Expiration"), "maximumDuration": "PT25H" });
    seen.pim("InvalidPolicy", &gina.patch(&format!("{rules}/Expiration_EndUser_Assignment"), long).await);
}

/// A Conditional Access policy that asks everybody for a context.
fn guard(lab: &Lab, context: AuthenticationContextId) -> ConditionalAccessPolicy {
    ConditionalAccessPolicy {
        id: ConditionalAccessPolicyId(Uuid::nil()),
        display_name: "Guard".to_owned(),
        state: ConditionalAccessState::Enabled,
        users: ConditionalAccessUsers {
            include_users: vec![ConditionalAccessUser::All],
            ..ConditionalAccessUsers::default()
        },
        applications: ConditionalAccessApplications {
            include_authentication_contexts: vec![context],
            ..ConditionalAccessApplications::default()
        },
        client_app_types: vec!["all".to_owned()],
        grant_controls: None,
        kept: vec![("sessionControls".to_owned(), r#"{"signInFrequency":{}}"#.to_owned())],
        created: lab.tenant().clock().now(),
        modified: None,
    }
}

async fn alerts(seen: &mut Seen) {
    let lab = Lab::licensed(License::P1);
    let gina = lab.with_scopes(GINA, "RoleManagementAlert.ReadWrite.Directory").beta();
    let id = |name: &str| format!("DirectoryRole_{TENANT}_{name}");
    let alerts = "identityGovernance/roleManagementAlerts/alerts";
    let all = json!({ "scopeId": "/", "scopeType": "DirectoryRole" });
    gina.post(&format!("{alerts}/refresh"), all).await.expect(202);
    let license = format!("{alerts}/{}/alertIncidents", id("InvalidLicenseAlert"));
    let found = gina.get(&license).await.expect(200).items()[0]["id"].as_str().unwrap().to_owned();
    lab.set_up(&Command::SetLicense(License::P2));
    seen.pim("AlertNotRemediable", &gina.post(&format!("{license}/{found}/remediate"), Value::Null).await);
    seen.pim("IncidentNotFound", &gina.post(&format!("{license}/{NOBODY}/remediate"), Value::Null).await);
    let settings = format!("identityGovernance/roleManagementAlerts/alertConfigurations/{}", id("StaleSignInAlert"));
    let body = json!({ "@odata.type": "#microsoft.graph.staleSignInAlertConfiguration", "duration": "P400D" });
    seen.pim("InvalidAlertSetting", &gina.patch(&settings, body).await);
}

async fn directory(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let role = |name: &str| {
        json!({ "displayName": name, "isEnabled": true,
                "rolePermissions": [{ "allowedResourceActions": ["microsoft.directory/groups/basic/update"] }] })
    };
    let made = gina.post(ROLES, role("Watcher")).await.expect(201);
    let id = made.body["id"].as_str().unwrap();
    seen.pim("NameTaken", &gina.post(ROLES, role("Watcher")).await);
    seen.pim("InvalidProperty", &gina.post(ROLES, role(" ")).await);
    let built_in = format!("{ROLES}/{GROUPS_ADMINISTRATOR}");
    seen.pim("RoleIsBuiltIn", &gina.patch(&built_in, json!({ "description": "mine" })).await);
    gina.post(ASSIGNMENTS, assign(&json!({ "roleDefinitionId": id }))).await.expect(201);
    lab.advance(Length::minutes(10));
    seen.pim("RoleIsAssigned", &gina.delete(&format!("{ROLES}/{id}")).await);
}

async fn groups(seen: &mut Seen) {
    let lab = privileged_access::lab();
    let [rule, crowd, other] = [1, 2, 3].map(Uuid::from_u128);
    make_group(&lab, rule, |group| group.membership_rule = Some("true".to_owned()));
    make_group(&lab, crowd, |group| group.group_type = GroupType::Microsoft365);
    make_group(&lab, other, |_| {});
    let gina = client(&lab, GINA);
    let ask = async |path: &str, more: Value| gina.post(path, privileged_access::ask("adminAssign", &more)).await;
    let more = json!({ "principalId": GINA });
    seen.pim("ActionNotForFamily", &gina.post(ASSIGN, privileged_access::ask("selfExtend", &more)).await);
    seen.pim("GroupNotFound", &ask(ENTITLE, json!({ "groupId": NOBODY })).await);
    seen.pim("GroupNotManageable", &ask(ENTITLE, json!({ "groupId": rule })).await);
    seen.pim("GroupCannotOwn", &ask(ENTITLE, json!({ "principalId": other, "accessId": "owner" })).await);
    seen.pim("GroupInItself", &ask(ENTITLE, json!({ "principalId": DESK })).await);
    seen.pim("GroupInRoleAssignableGroup", &ask(ASSIGN, json!({ "groupId": OPS, "principalId": other })).await);
    seen.pim("GroupInMicrosoft365Group", &ask(ASSIGN, json!({ "groupId": crowd, "principalId": other })).await);
    ask(ENTITLE, json!({})).await.expect(201);
    lab.advance(Length::minutes(10));
    let owner = json!({ "principalId": OLGA, "accessId": "owner" });
    seen.pim("LastOwner", &gina.post(ASSIGN, privileged_access::ask("adminRemove", &owner)).await);
    for number in 1..100 {
        let id = Uuid::from_u128(1000 + number);
        lab.set_up(&Command::CreateUser(user(id, &format!("owner{number}"), lab.tenant().clock().now())));
        lab.set_up(&Command::AddOwner { group: PrincipalId(DESK), owner: PrincipalId(id) });
    }
    seen.pim("TooManyOwners", &ask(ASSIGN, json!({ "accessId": "owner" })).await);
}

async fn applications(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, super::lab::APPLICATIONS);
    seen.pim("ApplicationNotFound", &gina.post("servicePrincipals", json!({ "appId": NOBODY })).await);
    let made = gina.post("applications", json!({ "displayName": "Portal" })).await.expect(201);
    let (path, app_id) = (format!("applications/{}", made.body["id"].as_str().unwrap()), &made.body["appId"]);
    let principal = gina.post("servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    seen.pim("ServicePrincipalExists", &gina.post("servicePrincipals", json!({ "appId": app_id })).await);
    seen.pim("ObjectNotFound", &gina.delete(&format!("{path}/owners/{NOBODY}/$ref")).await);
    let role = json!({ "id": NOBODY, "displayName": "r", "description": "r", "allowedMemberTypes": ["User"] });
    gina.patch(&path, json!({ "appRoles": [role] })).await.expect(204);
    let given = format!("servicePrincipals/{}/appRoleAssignedTo", principal.body["id"].as_str().unwrap());
    let body = json!({ "principalId": ALICE, "resourceId": principal.body["id"], "appRoleId": NOBODY });
    gina.post(&given, body.clone()).await.expect(201);
    seen.pim("PermissionAlreadyAssigned", &gina.post(&given, body).await);
    seen.pim("PermissionIsEnabled", &gina.patch(&path, json!({ "appRoles": [] })).await);
    let template = json!({ "roleTemplateId": roles::GLOBAL_ADMINISTRATOR });
    seen.pim("ConflictingObject", &lab.user(GINA).post("directoryRoles", template).await);
}

async fn limits(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.user(GINA);
    let now = lab.tenant().clock().now();
    for number in 0..100_u128 {
        let id = AdministrativeUnitId(Uuid::from_u128(1000 + number));
        lab.set_up(&Command::CreateAdministrativeUnit(AdministrativeUnit::new(id, format!("unit {number}"), now)));
        let scope = DirectoryScope::AdministrativeUnit(id);
        let privilege = Privilege::DirectoryRole { role: RoleDefinitionId(GROUPS_ADMINISTRATOR), scope };
        lab.set_up(&Command::CreateRoleAssignment {
            principal: PrincipalId(ALICE),
            privilege,
            id: None,
            details: None,
        });
    }
    let berlin = json!({ "directoryScopeId": format!("/administrativeUnits/{BERLIN}") });
    seen.pim("TooManyAssignments", &gina.post(ASSIGNMENTS, assign(&berlin)).await);
    for number in 0..100 {
        gina.post(ROLES, json!({ "displayName": format!("role {number}"), "rolePermissions": [] })).await.expect(201);
    }
    seen.pim("TooManyCustomRoles", &gina.post(ROLES, json!({ "displayName": "one more" })).await);
}

async fn users_and_groups(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let zoe = |name: &str, password: &str| {
        json!({ "accountEnabled": true, "displayName": "Zoe", "mailNickname": "zoe", "userPrincipalName": name,
                "passwordProfile": { "password": password } })
    };
    let own = "zoe@contoso.onmicrosoft.com";
    seen.directory("DomainNotVerified", &gina.post("users", zoe("zoe@fabrikam.com", "Tr0ub4dor&3")).await);
    seen.directory("PasswordTooSimple", &gina.post("users", zoe(own, "password")).await);
    let flag = json!({ "isAssignableToRole": false });
    seen.directory("ReadOnlyProperty", &gina.patch(&format!("groups/{OPS}"), flag).await);
    let group = |number: u32| {
        json!({ "displayName": format!("g{number}"), "mailEnabled": false, "mailNickname": format!("g{number}"),
                "securityEnabled": true, "isAssignableToRole": true })
    };
    for number in 1..500 {
        gina.post("groups", group(number)).await.expect(201);
    }
    seen.directory("TooManyRoleAssignableGroups", &gina.post("groups", group(500)).await);
}

async fn who_is_in_groups(seen: &mut Seen) {
    let lab = Lab::new();
    let gina = lab.with_scopes(GINA, WRITE);
    let make = async |types: Value, rule: Value| {
        let is_unified = types.as_array().unwrap().contains(&json!("Unified"));
        let name = format!("g{}", lab.tenant().log().last());
        let body = json!({ "displayName": name, "mailNickname": name, "mailEnabled": is_unified, "securityEnabled": true,
                           "groupTypes": types, "membershipRule": rule });
        gina.post("groups", body).await.expect(201).body["id"].as_str().unwrap().to_owned()
    };
    let reference =
        |id: &str| json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") });
    let add = async |group: &str, relation: &str, id: &str| {
        gina.post(&format!("groups/{group}/{relation}/$ref"), reference(id)).await
    };
    let plain = make(json!([]), Value::Null).await;
    let unified = make(json!(["Unified"]), Value::Null).await;
    let dynamic = make(json!(["DynamicMembership"]), json!("user.accountEnabled -eq true")).await;
    let (ops, alice) = (OPS.to_string(), ALICE.to_string());
    seen.directory("ReferenceExists", &add(&ops, "members", &alice).await);
    let missing = format!("groups/{OPS}/members/{RITA}/$ref");
    seen.directory("ReferenceMissing", &gina.delete(&missing).await);
    seen.directory("GroupCannotOwn", &add(&plain, "owners", &ops).await);
    seen.directory("GroupInItself", &add(&plain, "members", &plain).await);
    seen.directory("GroupInRoleAssignableGroup", &add(&ops, "members", &plain).await);
    seen.directory("GroupInMicrosoft365Group", &add(&unified, "members", &plain).await);
    seen.directory("MembershipNotWritable", &add(&dynamic, "members", &alice).await);
    seen.directory("OwnerRequired", &gina.delete(&format!("groups/{unified}/owners/{GINA}/$ref")).await);
    for number in 0..99_u128 {
        let id = Uuid::from_u128(5000 + number);
        lab.make_user(id, &format!("owner{number}"));
        add(&plain, "owners", &id.to_string()).await.expect(204);
    }
    seen.directory("TooManyOwners", &add(&plain, "owners", &alice).await);
}

async fn reviews(seen: &mut Seen) {
    let lab = access_reviews::lab();
    let (gina, rita) = (access_reviews::client(&lab, GINA), access_reviews::client(&lab, RITA));
    seen.pim("InvalidAccessReview", &gina.post(REVIEWS, review(json!({ "displayName": "" }))).await);
    let of_robots = json!({ "scope": {
        "principalScopes": [{ "query": "/servicePrincipals" }],
        "resourceScopes": [{ "query": format!("/roleManagement/directory/roleDefinitions/{GROUPS_ADMINISTRATOR}") }],
    } });
    seen.pim("GovernanceLicenseRequired", &gina.post(REVIEWS, review(of_robots)).await);
    let with_reasons = json!({ "settings": { "justificationRequiredOnApproval": true } });
    let made = gina.post(REVIEWS, review(with_reasons)).await.expect(201).body;
    let instances = format!("{REVIEWS}/{}/instances", made["id"].as_str().unwrap());
    let found = gina.get(&instances).await.expect(200);
    let instance = format!("{instances}/{}", found.items()[0]["id"].as_str().unwrap());
    let record = format!("{instance}/batchRecordDecisions");
    seen.pim("NotAReviewer", &gina.post(&record, json!({ "decision": "Deny" })).await);
    seen.pim("JustificationRequired", &rita.post(&record, json!({ "decision": "Approve" })).await);
    seen.pim("NotADecision", &rita.post(&record, json!({ "decision": "NotReviewed" })).await);
    seen.pim("NotInStatus", &gina.post(&format!("{instance}/applyDecisions"), json!({})).await);
}
