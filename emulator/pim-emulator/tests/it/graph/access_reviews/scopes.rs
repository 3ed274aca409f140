//! Scopes: what the queries of clients and of the portal are understood to be about.

use super::{BOB, REVIEWS, Running, client, lab, licensed, review};
use crate::graph::lab::{ALICE, GINA, GROUPS_ADMINISTRATOR, INSTANCES, OPS, ROBOT};
use pim_core::RoleDefinitionId;
use pim_core::model::{DirectoryScope, License};
use serde_json::{Value, json};
use uuid::Uuid;

const ROLE: Uuid = GROUPS_ADMINISTRATOR;

/// Who is reviewed where this is the scope.
async fn reviewed(lab: &crate::graph::lab::Lab, scope: Value) -> Vec<String> {
    let running = Running::start(lab, json!({"scope": scope})).await;
    let mut names: Vec<_> = (running.lines(lab).await.iter())
        .map(|line| line["principal"]["displayName"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn query(text: impl AsRef<str>) -> Value {
    json!({"query": text.as_ref(), "queryType": "MicrosoftGraph"})
}

fn memberships(principals: &[&str]) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.principalResourceMembershipsScope",
        "principalScopes": principals.iter().map(query).collect::<Vec<_>>(),
        "resourceScopes": [query(format!("/beta/roleManagement/directory/roleDefinitions/{ROLE}"))],
    })
}

/// REV-6, REV-7, REV-26: eligible, active, both; users, groups, service principals.
#[tokio::test]
async fn a_role_is_reviewed_as_its_scope_says() {
    let lab = licensed(License::Governance);
    let role = RoleDefinitionId(ROLE);
    lab.make_user(Uuid::from_u128(0xc4), "carol");
    for holder in [Uuid::from_u128(0xc4), OPS, ROBOT] {
        lab.hold(holder, role, DirectoryScope::Tenant);
    }
    let directory = "/roleManagement/directory";
    let all = query(format!("{directory}/roleDefinitions/{ROLE}"));
    assert_eq!(reviewed(&lab, all).await, ["Operations", "alice", "bob", "carol"]);
    for spelling in [
        format!(
            "{directory}/roleEligibilityScheduleInstances?$expand=principal&$filter=(isof(principal,'microsoft.graph.user') \
             and roleDefinitionId eq '{ROLE}')"
        ),
        format!(
            "/v1.0{directory}/ROLEELIGIBILITYSCHEDULEINSTANCES/?$count=true&$filter=(isof(principal,'microsoft.graph.user')\
             +and+roleDefinitionId+eq+'{ROLE}')"
        ),
    ] {
        assert_eq!(reviewed(&lab, query(&spelling)).await, ["alice", "bob"], "{spelling}");
    }
    let active = format!(
        "{directory}/roleAssignmentScheduleInstances?$expand=principal&$filter=(assignmentType eq 'Assigned' and \
         isof(principal,'microsoft.graph.user') and roleDefinitionId eq '{ROLE}')"
    );
    assert_eq!(reviewed(&lab, query(active)).await, ["carol"]);
    let robots = format!(
        "{directory}/roleAssignmentScheduleInstances?$expand=principal&$filter=(isof(principal,\
         'microsoft.graph.servicePrincipal') and roleDefinitionId eq '{ROLE}')"
    );
    assert_eq!(reviewed(&lab, query(robots)).await, ["robot"]);
    assert_eq!(reviewed(&lab, memberships(&["/users"])).await, ["alice", "bob", "carol"]);
    assert_eq!(reviewed(&lab, memberships(&["/v1.0/users", "/groups"])).await, ["Operations", "alice", "bob", "carol"]);
    assert_eq!(reviewed(&lab, memberships(&["/servicePrincipals"])).await, ["robot"]);
    assert_eq!(reviewed(&lab, memberships(&["/users?$filter=(userType eq 'Guest')"])).await, Vec::<String>::new());
}

/// The principals of other sorts are written by their own types.
#[tokio::test]
async fn groups_and_applications_are_written_as_what_they_are() {
    let lab = licensed(License::Governance);
    for holder in [OPS, ROBOT] {
        lab.hold(holder, RoleDefinitionId(ROLE), DirectoryScope::Tenant);
    }
    let running = Running::start(&lab, json!({"scope": memberships(&["/groups", "/servicePrincipals"])})).await;
    let robot = running.line(&lab, ROBOT).await;
    assert_eq!(robot["principal"]["@odata.type"], "#microsoft.graph.servicePrincipalIdentity");
    assert_eq!(robot["principal"]["appId"], "11112222-3333-4444-8555-666677778888");
    assert_eq!(robot["principalLink"], format!("https://graph.microsoft.com/v1.0/servicePrincipals/{ROBOT}"));
    let group = running.line(&lab, OPS).await;
    assert_eq!(
        group["principal"],
        json!({"@odata.type": "#microsoft.graph.identity", "id": OPS, "displayName": "Operations"})
    );
}

/// A group is reviewed with the members of its groups, or with the groups themselves.
#[tokio::test]
async fn a_group_is_reviewed_as_its_scope_says() {
    let lab = lab();
    for spelling in [
        format!("/groups/{OPS}/transitiveMembers/microsoft.graph.user"),
        format!("/v1.0/groups/{OPS}/transitiveMembers"),
        format!("/groups/{OPS}/members/?$count=true"),
    ] {
        assert_eq!(reviewed(&lab, query(&spelling)).await, ["alice"], "{spelling}");
    }
    let guests = format!("/groups/{OPS}/transitiveMembers/microsoft.graph.user/?$filter=(userType eq 'Guest')");
    assert_eq!(reviewed(&lab, query(guests)).await, Vec::<String>::new());
    let running = Running::start(&lab, json!({"scope": query(format!("/groups/{OPS}/members"))})).await;
    let line = running.line(&lab, ALICE).await;
    assert_eq!(line["resource"], json!({"id": OPS, "displayName": "Operations", "type": "Group"}));
}

/// What is not understood is refused with what it is, so that no review reviews nothing.
#[tokio::test]
async fn what_is_not_understood_is_said() {
    let lab = lab();
    let gina = client(&lab, GINA);
    let directory = "/roleManagement/directory";
    for (scope, part) in [
        (query("/users"), "'/users'"),
        (query(""), "no query"),
        (query(format!("{directory}/roleGuesses")), "roleGuesses"),
        (query(format!("{directory}/roleDefinitions/somebody")), "'somebody' is no id"),
        (query(format!("{directory}/roleEligibilityScheduleInstances")), "roleDefinitionId"),
        (
            query(format!("{directory}/roleAssignmentScheduleInstances?$filter=roleDefinitionId eq '{ROLE}'")),
            "activations",
        ),
        (query(format!("{directory}/roleDefinitions/{ROLE}?$filter=a eq 'b'")), "filter"),
        (query(format!("/groups/{OPS}/members?$filter=department eq 'HR'")), "userType"),
        (query("./members"), "relative"),
        (query(format!("/subscriptions/{OPS}/providers/Microsoft.Authorization/roleDefinitions/{ROLE}")), "'ARM'"),
        (json!({"@odata.type": "#microsoft.graph.user", "query": "/users"}), "no type of scope"),
        (
            json!({"@odata.type": "#microsoft.graph.accessReviewInactiveUsersQueryScope", "query": "/users"}),
            "inactiveDuration",
        ),
        (json!({"principalScopes": [query("/users")], "resourceScopes": []}), "one thing"),
        (memberships(&["/devices"]), "'/devices'"),
        (memberships(&[]), "principals"),
    ] {
        let refused = gina.post(REVIEWS, review(json!({"scope": scope}))).await.expect(400);
        assert_eq!(refused.code(), "BadRequest", "{scope}");
        assert!(refused.message().contains(part), "{scope}: {}", refused.message());
    }
    let package = query("/identityGovernance/entitlementManagement/accessPackageAssignments?$filter=id eq 'x'");
    assert_eq!(gina.post(REVIEWS, review(json!({"scope": package}))).await.expect(501).code(), "NotEmulated");
    let unknown = query(format!("{directory}/roleDefinitions/{BOB}"));
    let unknown = gina.post(REVIEWS, review(json!({"scope": unknown}))).await;
    assert!([400, 404].contains(&unknown.status.as_u16()), "{}", unknown.body);
    assert!(gina.get(REVIEWS).await.expect(200).items().is_empty(), "nothing was made");
    lab.user(GINA).get(INSTANCES).await.expect(200);
}
