//! Conditional Access policies and authentication contexts.

use super::lab::{ALICE, Answer, Client, GINA, GROUPS_ADMINISTRATOR, Lab, OPS, RITA, TENANT};
use pim_core::time::Length;
use serde_json::{Value, json};

const POLICIES: &str = "identity/conditionalAccess/policies";
const CONTEXTS: &str = "identity/conditionalAccess/authenticationContextClassReferences";
const SCOPES: &str = "Policy.Read.All Policy.ReadWrite.ConditionalAccess AuthenticationContext.ReadWrite.All";
const NOBODY: &str = "00000000-1111-4222-8333-444444444444";

fn body() -> Value {
    json!({
        "displayName": "Privileged work",
        "state": "enabled",
        "conditions": {
            "applications": {"includeAuthenticationContextClassReferences": ["c1"]},
            "users": {"includeUsers": ["All"], "excludeUsers": [ALICE], "excludeGroups": [OPS]},
        },
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    })
}

/// A policy that blocks everybody from everything.
fn blocking() -> Value {
    json!({
        "displayName": "Nobody",
        "state": "enabled",
        "conditions": {"applications": {"includeApplications": ["All"]}, "users": {"includeUsers": ["All"]}},
        "grantControls": {"operator": "OR", "builtInControls": ["block"]},
    })
}

fn administrator(lab: &Lab) -> Client<'_> {
    lab.with_scopes(GINA, SCOPES)
}

async fn published(lab: &Lab) -> Client<'_> {
    let gina = administrator(lab);
    gina.patch(&format!("{CONTEXTS}/c1"), json!({"displayName": "Privileged work", "isAvailable": true}))
        .await
        .expect(204);
    gina
}

fn path(made: &Answer) -> String {
    format!("{POLICIES}/{}", made.body["id"].as_str().unwrap())
}

/// POL-9: contexts are made by POST or by the first PATCH, and are c1 to c99.
#[tokio::test]
async fn a_context_is_published_changed_and_deleted() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let c1 = format!("{CONTEXTS}/c1");
    let expected = json!({"id": "c1", "displayName": "Privileged work", "description": null, "isAvailable": true});
    let mut found = gina.get(&c1).await.expect(200).body;
    assert!(found["@odata.context"].as_str().unwrap().ends_with(&format!("{CONTEXTS}/$entity")));
    found.as_object_mut().unwrap().remove("@odata.context");
    assert_eq!(found, expected);
    gina.patch(&c1, json!({"description": "Tier 0"})).await.expect(204);
    assert_eq!(gina.get(&c1).await.body["displayName"], "Privileged work", "what is not given stays");
    let made = gina.post(CONTEXTS, json!({"id": "c99", "displayName": "Last"})).await.expect(201);
    assert_eq!((&made.body["id"], &made.body["isAvailable"]), (&json!("c99"), &json!(false)));
    assert!(made.headers["location"].to_str().unwrap().ends_with("/c99"));
    gina.post(CONTEXTS, json!({"id": "c99"})).await.expect(400);
    for id in ["c0", "c100", "x1", ""] {
        gina.post(CONTEXTS, json!({"id": id})).await.expect(400);
    }
    gina.patch(&format!("{CONTEXTS}/c100"), json!({})).await.expect(400);
    let available = gina.get(&format!("{CONTEXTS}?$filter=isAvailable eq true&$select=id")).await.expect(200);
    assert_eq!(available.items(), [json!({"id": "c1"})]);
    gina.delete(&format!("{CONTEXTS}/c99")).await.expect(204);
    for id in ["c99", "c100"] {
        assert_eq!(gina.get(&format!("{CONTEXTS}/{id}")).await.expect(404).code(), "Request_ResourceNotFound");
        gina.delete(&format!("{CONTEXTS}/{id}")).await.expect(404);
    }
}

#[tokio::test]
async fn a_context_that_a_policy_names_stays() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let made = gina.post(POLICIES, body()).await.expect(201);
    let refused = gina.delete(&format!("{CONTEXTS}/c1")).await.expect(400);
    assert!(refused.message().contains("'c1'"), "{}", refused.message());
    gina.get(&format!("{CONTEXTS}/c1")).await.expect(200);
    gina.delete(&path(&made)).await.expect(204);
    gina.delete(&format!("{CONTEXTS}/c1")).await.expect(204);
}

/// MFA-5: a policy is written in full, whatever of it was given.
#[tokio::test]
async fn a_policy_is_made_and_read_in_full() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let made = gina.post(POLICIES, body()).await.expect(201);
    assert_eq!(made.headers["location"].to_str().unwrap().split_once("/v1.0/").unwrap().1, path(&made));
    let mut read = gina.get(&path(&made)).await.expect(200).body;
    assert_eq!(read, made.body);
    let id = read["id"].clone();
    read.as_object_mut().unwrap().remove("@odata.context");
    assert_eq!(
        read,
        json!({
            "id": id, "templateId": null, "displayName": "Privileged work",
            "createdDateTime": "2026-01-05T08:00:00Z", "modifiedDateTime": null, "state": "enabled",
            "conditions": {
                "clientAppTypes": ["all"],
                "applications": {
                    "includeApplications": [], "excludeApplications": [], "includeUserActions": [],
                    "includeAuthenticationContextClassReferences": ["c1"], "applicationFilter": null,
                },
                "users": {
                    "includeUsers": ["All"], "excludeUsers": [ALICE], "includeGroups": [], "excludeGroups": [OPS],
                    "includeRoles": [], "excludeRoles": [],
                    "includeGuestsOrExternalUsers": null, "excludeGuestsOrExternalUsers": null,
                },
                "locations": null, "platforms": null, "devices": null, "clientApplications": null,
                "authenticationFlows": null, "userRiskLevels": [], "signInRiskLevels": [],
                "servicePrincipalRiskLevels": [], "insiderRiskLevels": null,
            },
            "grantControls": {
                "operator": "OR", "builtInControls": ["mfa"], "customAuthenticationFactors": [], "termsOfUse": [],
                "authenticationStrength": null,
            },
            "sessionControls": null,
        })
    );
    let old = gina.beta();
    old.get("conditionalAccess/policies").await.expect(200);
    let by_v1 = administrator(&lab).get("conditionalAccess/policies").await.expect(400);
    assert_eq!(by_v1.code(), "BadRequest", "the old address is one of beta");
}

#[tokio::test]
async fn what_is_not_evaluated_comes_back_as_it_was_written() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let mut policy = body();
    let locations = json!({"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]});
    policy["conditions"]["locations"] = locations.clone();
    policy["conditions"]["userRiskLevels"] = json!(["high"]);
    policy["conditions"]["users"]["excludeGuestsOrExternalUsers"] =
        json!({"guestOrExternalUserTypes": "serviceProvider", "externalTenants": {"membershipKind": "all"}});
    policy["grantControls"] = json!({
        "operator": "AND",
        "authenticationStrength": {"id": "00000000-0000-0000-0000-000000000004", "displayName": "Phishing-resistant MFA"},
    });
    policy["sessionControls"] = json!({"signInFrequency": {"value": 4, "type": "hours", "isEnabled": true}});
    let made = gina.post(POLICIES, policy.clone()).await.expect(201);
    let read = gina.get(&path(&made)).await.expect(200).body;
    for pointer in [
        "/conditions/locations",
        "/conditions/userRiskLevels",
        "/conditions/users/excludeGuestsOrExternalUsers",
        "/grantControls/authenticationStrength",
        "/sessionControls",
    ] {
        assert_eq!(read.pointer(pointer), policy.pointer(pointer), "{pointer}");
    }
    gina.patch(&path(&made), json!({"sessionControls": null, "conditions": {"userRiskLevels": []}})).await.expect(204);
    let read = gina.get(&path(&made)).await.expect(200).body;
    assert_eq!((&read["sessionControls"], &read["conditions"]["userRiskLevels"]), (&Value::Null, &json!([])));
    assert_eq!(read["conditions"]["locations"], locations);
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_nothing_else() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let made = gina.post(POLICIES, body()).await.expect(201);
    lab.advance(Length::hours(1));
    let users = json!({"includeRoles": [GROUPS_ADMINISTRATOR]});
    let session = json!({"signInFrequency": {"isEnabled": true, "value": 4, "type": "hours"}});
    let change = json!({"State": "disabled", "conditions": {"users": users}, "grantControls": null,
        "sessionControls": session});
    gina.patch(&path(&made), change).await.expect(204);
    let read = gina.get(&path(&made)).await.expect(200).body;
    assert_eq!((&read["state"], &read["grantControls"]), (&json!("disabled"), &Value::Null));
    assert_eq!(read["sessionControls"], session);
    gina.patch(&path(&made), json!({"sessionControls": null})).await.expect(400);
    assert_eq!(read["displayName"], "Privileged work");
    assert_eq!(read["modifiedDateTime"], "2026-01-05T09:00:00Z");
    assert_eq!(read["conditions"]["users"]["includeRoles"], json!([GROUPS_ADMINISTRATOR]));
    assert_eq!(read["conditions"]["users"]["includeUsers"], json!([]), "a condition is replaced as a whole");
    assert_eq!(read["conditions"]["applications"], made.body["conditions"]["applications"]);
}

#[tokio::test]
async fn policies_are_filtered_selected_and_paged() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let first = gina.post(POLICIES, body()).await.expect(201);
    let second = gina.post(POLICIES, blocking()).await.expect(201);
    gina.patch(&path(&second), json!({"state": "enabledForReportingButNotEnforced"})).await.expect(204);
    let id = first.body["id"].as_str().unwrap();
    for (filter, name) in [
        ("displayName eq 'privileged work'".to_owned(), "Privileged work"),
        ("state eq 'enabledForReportingButNotEnforced'".to_owned(), "Nobody"),
        (format!("id eq '{id}'"), "Privileged work"),
    ] {
        let found = gina.get(&format!("{POLICIES}?$filter={filter}&$select=displayName")).await.expect(200);
        assert_eq!(found.items(), [json!({"displayName": name})], "{filter}");
    }
    let page = gina.get(&format!("{POLICIES}?$top=1&$select=id")).await.expect(200);
    let next = page.body["@odata.nextLink"].as_str().unwrap().split_once("/v1.0").unwrap().1.to_owned();
    let rest = gina.get(&format!("/v1.0{next}")).await.expect(200);
    assert_eq!((page.items().len(), rest.items().len()), (1, 1));
    assert_ne!(page.items(), rest.items());
    assert!(rest.body.get("@odata.nextLink").is_none());
}

#[tokio::test]
async fn a_policy_that_is_no_policy_is_refused_and_changes_nothing() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let made = gina.post(POLICIES, body()).await.expect(201);
    let bad = [
        ("/displayName", json!(7)),
        ("/state", json!("on")),
        ("/state", Value::Null),
        ("/conditions", json!("all")),
        ("/conditions/users", json!({})),
        ("/conditions/users/includeUsers", json!("All")),
        ("/conditions/users/includeUsers", json!(["alice"])),
        ("/conditions/applications", json!({})),
        ("/conditions/applications/includeAuthenticationContextClassReferences", json!(["c0"])),
        ("/conditions/clientAppTypes", json!(["otherClients"])),
        ("/conditions/locations", json!({"includeLocations": "All"})),
        ("/conditions/weather", json!("rain")),
        ("/grantControls", Value::Null),
        ("/grantControls/operator", json!("XOR")),
        ("/grantControls/builtInControls", json!(["mfaa"])),
        ("/grantControls/authenticationStrength", json!({"displayName": "strong"})),
        ("/colour", json!("red")),
    ];
    for (pointer, value) in bad {
        let mut policy = body();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        policy.pointer_mut(parent).unwrap()[name] = value;
        let refused = gina.post(POLICIES, policy.clone()).await.expect(400);
        assert_eq!(refused.code(), "BadRequest", "{pointer}");
        let text = "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of";
        assert!(refused.message().starts_with(text), "{pointer}: {}", refused.message());
        assert!(refused.headers.contains_key("x-emulator-detail"), "{pointer}");
        // In a change no state is the old one.
        if !policy["state"].is_null() {
            gina.patch(&path(&made), policy).await.expect(400);
        }
    }
    let mut both = body();
    both["conditions"]["applications"]["includeApplications"] = json!(["All"]);
    assert!(gina.post(POLICIES, both).await.expect(400).message().starts_with("1012: 'applications' condition"));
    let all = gina.get(POLICIES).await.expect(200);
    assert_eq!(all.items().len(), 1);
    assert_eq!(gina.get(&path(&made)).await.body, made.body);
}

#[tokio::test]
async fn what_a_policy_names_must_be_there() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let made = gina.post(POLICIES, body()).await.expect(201);
    for (pointer, value, text) in [
        ("/conditions/users/includeUsers", json!([NOBODY]), "'users' condition contains ids that do not exist: "),
        ("/conditions/users/excludeGroups", json!([NOBODY]), "'users' condition contains ids that do not exist: "),
        ("/conditions/users/includeRoles", json!([NOBODY]), "1103: 'users' condition contains non-built in role ids: "),
        (
            "/conditions/applications/includeAuthenticationContextClassReferences",
            json!(["c7"]),
            "'applications' condition contains authentication contexts that do not exist: c7",
        ),
    ] {
        let mut policy = body();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        policy.pointer_mut(parent).unwrap()[name] = value;
        policy["displayName"] = json!("Changed");
        for refused in [gina.post(POLICIES, policy.clone()).await, gina.patch(&path(&made), policy).await] {
            let refused = refused.expect(400);
            assert_eq!(refused.code(), "BadRequest");
            assert!(refused.message().starts_with(text), "{}", refused.message());
        }
    }
    let helper = json!({"displayName": "Helper", "isEnabled": true, "rolePermissions": []});
    let helper = lab.user(GINA).post("roleManagement/directory/roleDefinitions", helper).await.expect(201);
    let users = json!({"includeRoles": [helper.body["id"]]});
    let refused = gina.patch(&path(&made), json!({"conditions": {"users": users}})).await.expect(400);
    assert!(refused.message().starts_with("1103: "), "a custom role cannot be named: {}", refused.message());
    assert_eq!(gina.get(&path(&made)).await.body, made.body);
    let gone = format!("{POLICIES}/{NOBODY}");
    gina.get(&gone).await.expect(404);
    gina.patch(&gone, json!({"state": "disabled"})).await.expect(404);
    assert_eq!(gina.patch(&gone, json!({"state": "purple"})).await.expect(404).code(), "Request_ResourceNotFound");
    assert_eq!(gina.delete(&gone).await.expect(404).code(), "Request_ResourceNotFound");
}

#[tokio::test]
async fn reading_and_writing_need_a_permission_and_a_role() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let made = gina.post(POLICIES, body()).await.expect(201);
    let reader = lab.with_scopes(RITA, SCOPES);
    reader.get(POLICIES).await.expect(200);
    reader.get(CONTEXTS).await.expect(200);
    let nobody = lab.with_scopes(ALICE, SCOPES);
    for refused in [
        nobody.get(POLICIES).await,
        nobody.get(&path(&made)).await,
        nobody.get(CONTEXTS).await,
        reader.post(POLICIES, blocking()).await,
        reader.patch(&path(&made), json!({"state": "disabled"})).await,
        reader.delete(&path(&made)).await,
        reader.patch(&format!("{CONTEXTS}/c1"), json!({"isAvailable": false})).await,
        lab.with_scopes(GINA, "Policy.Read.All").post(POLICIES, blocking()).await,
        lab.with_scopes(GINA, "Directory.Read.All").get(POLICIES).await,
        lab.with_scopes(GINA, "Policy.Read.All").get(CONTEXTS).await,
    ] {
        assert_eq!(refused.expect(403).code(), "Authorization_RequestDenied");
    }
    assert_eq!(gina.get(&path(&made)).await.body, made.body);
}

/// What the invariants say of policies that lock out every active Global Administrator.
async fn locked_out(client: &Client<'_>) -> Vec<Value> {
    let found = client.get(&format!("/_emulator/tenants/{TENANT}/invariants")).await.expect(200);
    let name = "no conditional access policy locks out every active global administrator";
    let warning = found.items().iter().find(|it| it["name"] == name).expect("it is checked").clone();
    assert_eq!(warning["severity"], "warning");
    let violations = warning["violations"].as_array().unwrap().clone();
    assert_eq!(warning["holds"], violations.is_empty());
    violations
}

/// MFA-5: a policy that nobody can pass is told, and one that leaves out an emergency account is not.
#[tokio::test]
async fn a_policy_that_locks_out_every_global_administrator_is_a_warning() {
    let lab = Lab::new();
    let gina = administrator(&lab);
    assert_eq!(locked_out(&gina).await, [] as [Value; 0]);
    let made = gina.post(POLICIES, blocking()).await.expect(201);
    let told = locked_out(&gina).await;
    assert_eq!(told, [json!(format!("Nobody ({})", made.body["id"].as_str().unwrap()))]);
    let users = json!({"includeUsers": ["All"], "excludeUsers": [GINA]});
    gina.patch(&path(&made), json!({"conditions": {"users": users}})).await.expect(204);
    assert_eq!(locked_out(&gina).await, [] as [Value; 0], "somebody can get in");
}

#[tokio::test]
async fn a_policy_that_leaves_a_way_in_is_no_warning() {
    let lab = Lab::new();
    let gina = published(&lab).await;
    let made = gina.post(POLICIES, blocking()).await.expect(201);
    let context = json!({"includeAuthenticationContextClassReferences": ["c1"]});
    let all = json!({"includeApplications": ["All"]});
    for (change, warns) in [
        (json!({"grantControls": {"operator": "OR", "builtInControls": ["compliantDevice"]}}), true),
        (json!({"state": "disabled"}), false),
        (json!({"state": "enabledForReportingButNotEnforced"}), false),
        (json!({"state": "enabled", "conditions": {"applications": context}}), false),
        (json!({"conditions": {"applications": {"includeApplications": ["Office365"]}}}), false),
        (json!({"conditions": {"applications": {"includeApplications": ["MicrosoftAdminPortals"]}}}), true),
        (json!({"conditions": {"applications": all, "clientAppTypes": ["exchangeActiveSync", "other"]}}), false),
        (json!({"conditions": {"clientAppTypes": ["browser"]}}), true),
        (json!({"conditions": {"signInRiskLevels": ["high"]}}), false),
        (json!({"conditions": {"signInRiskLevels": []}}), true),
        (json!({"conditions": {"users": {"includeUsers": ["None"]}}}), false),
    ] {
        gina.patch(&path(&made), change.clone()).await.expect(204);
        assert_eq!(!locked_out(&gina).await.is_empty(), warns, "{change}");
    }
}
