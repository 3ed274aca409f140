//! `$filter`, `$select`, `$expand`, `$orderby`, `$top`, `$count` and the pages.

use super::lab::{ALICE, ASSIGNMENTS, GINA, GROUPS_ADMINISTRATOR, Lab, RITA};
use pim_core::model::built_in_roles;
use serde_json::json;

const SCHEDULES: &str = "roleManagement/directory/roleEligibilitySchedules";

/// A lab where alice is eligible for so many roles.
fn eligible_for(count: usize) -> Lab {
    let lab = Lab::new();
    for role in &built_in_roles()[..count] {
        lab.eligible(ALICE, role.id.0);
    }
    lab
}

#[tokio::test]
async fn pages_are_linked_and_show_everything_once() {
    let lab = eligible_for(120);
    let rita = lab.user(RITA);
    let first = rita.get(SCHEDULES).await.expect(200);
    assert_eq!(first.items().len(), 100);
    let next = first.body["@odata.nextLink"].as_str().unwrap();
    let below = next.strip_prefix("http://localhost:8443").expect("the link follows the Host header");
    let second = rita.get(below).await.expect(200);
    assert_eq!(second.items().len(), 20);
    assert!(second.body.get("@odata.nextLink").is_none());
    let mut ids: Vec<_> = first.items().iter().chain(second.items()).map(|it| it["id"].clone()).collect();
    ids.sort_by_key(ToString::to_string);
    ids.dedup();
    assert_eq!(ids.len(), 120);
}

#[tokio::test]
async fn a_link_repeats_the_other_options() {
    let lab = eligible_for(7);
    let rita = lab.user(RITA);
    let mut path = format!("{SCHEDULES}?$top=3&$select=id,roleDefinitionId&$count=true&$orderby=roleDefinitionId desc");
    let mut seen = Vec::new();
    loop {
        let page = rita.get(&path).await.expect(200);
        if seen.is_empty() {
            assert_eq!(page.body["@odata.count"], 7);
            assert!(
                page.body["@odata.context"]
                    .as_str()
                    .unwrap()
                    .ends_with("#roleManagement/directory/roleEligibilitySchedules(id,roleDefinitionId)")
            );
        }
        seen.extend(page.items().iter().map(|it| it["roleDefinitionId"].as_str().unwrap().to_owned()));
        assert!(page.items().iter().all(|it| it.as_object().unwrap().len() == 2));
        match page.body["@odata.nextLink"].as_str() {
            Some(next) => path = next.strip_prefix("http://localhost:8443").unwrap().to_owned(),
            None => break,
        }
    }
    let mut sorted = seen.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!((seen.len(), &seen), (7, &sorted));
}

#[tokio::test]
async fn a_filter_may_name_ids_in_any_case_and_related_names() {
    let lab = eligible_for(20);
    lab.eligible(GINA, GROUPS_ADMINISTRATOR);
    let rita = lab.user(RITA);
    let count =
        async |filter: String| rita.get(&format!("{SCHEDULES}?$filter={filter}")).await.expect(200).items().len();
    assert_eq!(count(format!("PrincipalId eq '{}'", ALICE.to_string().to_uppercase())).await, 20);
    assert_eq!(count(format!("roleDefinitionId eq '{GROUPS_ADMINISTRATOR}' and principalId eq '{GINA}'")).await, 1);
    assert_eq!(count("startswith(principal/displayName,'GIN')".to_owned()).await, 1);
    assert_eq!(count("tolower(roleDefinition/displayName) eq 'groups administrator'".to_owned()).await, 1);
    assert_eq!(count("status eq 'provisioned' and memberType ne 'Group'".to_owned()).await, 21);
    assert_eq!(count("createdDateTime ge 2026-01-06".to_owned()).await, 0);
}

#[tokio::test]
async fn related_objects_come_with_their_types() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let path = format!("{SCHEDULES}?$expand=principal,roledefinition($select=displayName),directoryScope");
    let answer = lab.user(RITA).get(&path).await.expect(200);
    let item = &answer.items()[0];
    assert_eq!(item["principal"]["@odata.type"], "#microsoft.graph.user");
    assert_eq!(item["principal"]["userPrincipalName"], "alice@contoso.onmicrosoft.com");
    assert_eq!(item["roleDefinition"], json!({ "displayName": "Groups Administrator" }));
    assert_eq!(item["directoryScope"], json!(null));
    assert!(
        answer.body["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("(principal(),roleDefinition(displayName),directoryScope())")
    );
}

#[tokio::test]
async fn what_was_activated_is_shown_with_what_it_was_activated_from() {
    let lab = Lab::new();
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    let alice = lab.user(ALICE);
    alice.post(super::lab::REQUESTS, super::lab::activation("PT1H")).await.expect(201);
    let own = format!("{}/filterByCurrentUser(on='principal')?$expand=activatedUsing", super::lab::INSTANCES);
    let active = alice.get(&own).await.expect(200);
    assert!(active.items()[0]["activatedUsing"]["id"].as_str().unwrap().ends_with("-1-e"));
    let own = format!("{}/filterByCurrentUser(on='principal')?$expand=*", super::lab::REQUESTS);
    let made = alice.get(&own).await.expect(200);
    assert_eq!(made.items()[0]["targetSchedule"]["assignmentType"], "Activated");
    assert_eq!(made.items()[0]["activatedUsing"]["principalId"], json!(ALICE));
}

#[tokio::test]
async fn bad_queries_are_refused_in_the_words_of_the_service() {
    let lab = Lab::new();
    let rita = lab.user(RITA);
    for (query, code, message) in [
        (
            "$filter=colour eq 'red'",
            "BadRequest",
            "Could not find a property named 'colour' on type 'microsoft.graph.unifiedRoleAssignment'.",
        ),
        (
            "$filter=principalId eq 'x",
            "BadRequest",
            "There is an unterminated string literal at position 17 in 'principalId eq 'x'.",
        ),
        (
            "$select=colour",
            "BadRequest",
            "Parsing OData Select and Expand failed: Could not find a property named 'colour' on type 'microsoft.graph.unifiedRoleAssignment'.",
        ),
        (
            "$expand=colour",
            "BadRequest",
            "Parsing OData Select and Expand failed: Could not find a property named 'colour' on type 'microsoft.graph.unifiedRoleAssignment'.",
        ),
        (
            "$top=1000",
            "Request_UnsupportedQuery",
            "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.",
        ),
        (
            "$skiptoken=garbage",
            "Directory_ExpiredPageToken",
            "The specified page token value has expired and can no longer be included in your request.",
        ),
        (
            "$select=isPrivileged",
            "BadRequest",
            "Parsing OData Select and Expand failed: Could not find a property named 'isPrivileged' on type 'microsoft.graph.unifiedRoleAssignment'.",
        ),
    ] {
        let answer = rita.get(&format!("{ASSIGNMENTS}?{query}")).await.expect(400);
        assert_eq!((answer.code(), answer.message()), (code, message), "{query}");
    }
}

/// A property of beta does not exist in v1.0.
#[tokio::test]
async fn a_property_of_beta_cannot_be_selected_in_v1() {
    let lab = Lab::new();
    let roles = "roleManagement/directory/roleDefinitions?$select=id,isPrivileged";
    lab.user(RITA).get(roles).await.expect(400);
    lab.user(RITA).beta().get(roles).await.expect(200);
}
