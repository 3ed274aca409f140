//! `$metadata` and the service document: what is said of the answers, held against the answers.

use super::lab::{ALICE, BERLIN, GINA, GROUPS_ADMINISTRATOR, Lab, OPS, REQUESTS, RITA, activation};
use axum::body::Body;
use axum::http::Method;
use pim_core::model::{SignInEntry, SignInKind, SignInProtocol};
use pim_core::time::Instant;
use pim_core::{Actor, Behaviour, ClientId, Command, PrincipalId};
use roxmltree::{Document, Node};
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// The elements of a name under a node, whatever their namespace.
fn below<'a, 'd>(node: Node<'a, 'd>, name: &'static str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.descendants().filter(move |it| it.is_element() && it.tag_name().name() == name)
}

/// The description of a service, as one of its clients has it: what is in it by element and name.
struct Description<'a, 'd>(HashMap<(&'a str, &'a str), Node<'a, 'd>>);

impl<'a, 'd> Description<'a, 'd> {
    fn of(document: &'a Document<'d>) -> Self {
        let elements = document.root().descendants().filter(Node::is_element);
        Self(elements.filter_map(|it| Some(((it.tag_name().name(), it.attribute("Name")?), it))).collect())
    }

    fn named(&self, element: &'static str, name: &str) -> Option<Node<'a, 'd>> {
        self.0.get(&(element, bare(name))).copied()
    }

    /// The member of a type, or of one that it is derived from.
    fn member(&self, of: &str, name: &str) -> Option<Node<'a, 'd>> {
        let definition = self.named("EntityType", of).or_else(|| self.named("ComplexType", of))?;
        let own = definition.children().find(|it| it.attribute("Name") == Some(name));
        own.or_else(|| self.member(definition.attribute("BaseType")?, name))
    }

    /// The type at the end of a path of names and keys, each of which must be there.
    fn type_at(&self, path: &str) -> String {
        let mut names = path.split('/');
        let first = names.next().unwrap();
        let root = self.named("EntitySet", first).and_then(|it| it.attribute("EntityType"));
        let root = root.or_else(|| self.named("Singleton", first).and_then(|it| it.attribute("Type")));
        let mut at = root.unwrap_or_else(|| panic!("{first} is no place to begin")).to_owned();
        for name in names {
            if let Some(way) = self.member(&at, name) {
                at = way.attribute("Type").unwrap().to_owned();
            }
        }
        bare(&at).to_owned()
    }

    /// A value is what the description says of it, at whatever depth.
    fn check(&self, kind: &str, value: &Value, place: &str) {
        if let Some(element) = kind.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')')) {
            let items = value.as_array().unwrap_or_else(|| panic!("{place} is no {kind}: {value}"));
            return items.iter().for_each(|item| self.check(element, item, place));
        }
        if value.is_null() {
            return;
        }
        let fits = match kind {
            "Edm.Boolean" => value.is_boolean(),
            "Edm.Int32" => value.is_i64(),
            "Edm.String" | "Edm.Binary" => value.is_string(),
            "Edm.Guid" => value.as_str().is_some_and(|text| Uuid::try_parse(text).is_ok()),
            "Edm.DateTimeOffset" => value.as_str().is_some_and(|text| text.ends_with('Z') && text.contains('T')),
            "Edm.Duration" => value.as_str().is_some_and(|text| text.starts_with('P')),
            _ => match self.named("EnumType", kind) {
                Some(words) => words.children().any(|it| it.attribute("Name") == value.as_str()),
                None => return self.check_members(kind, value, place),
            },
        };
        assert!(fits, "{place} is no {kind}: {value}");
    }

    fn check_members(&self, kind: &str, value: &Value, place: &str) {
        let object = value.as_object().unwrap_or_else(|| panic!("{place} is no {kind}: {value}"));
        let said = object.get("@odata.type").and_then(Value::as_str).map(|it| bare(it.trim_start_matches('#')));
        let kind = said.unwrap_or(bare(kind));
        let is_open = self.named("ComplexType", kind).is_some_and(|it| it.attribute("OpenType") == Some("true"));
        for (name, value) in object.iter().filter(|(name, _)| !name.contains('@')) {
            let place = format!("{place}/{name}");
            match self.member(kind, name) {
                Some(member) => self.check(member.attribute("Type").unwrap(), value, &place),
                None => assert!(is_open, "{place}: {kind} has no {name}"),
            }
        }
    }
}

/// The name of a type without its namespace and what is around it.
fn bare(kind: &str) -> &str {
    let inner = kind.strip_prefix("Collection(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(kind);
    inner.rsplit_once('.').map_or(inner, |(_, name)| name)
}

/// A tenant with something of everything, in which nobody asks for permissions.
async fn full_lab() -> Lab {
    let lab = Lab::new();
    lab.set_up(&Command::SetBehaviour(Behaviour { permission_enforcement: false, ..Behaviour::default() }));
    lab.eligible(ALICE, GROUPS_ADMINISTRATOR);
    lab.approval_by(GROUPS_ADMINISTRATOR, &[GINA]);
    let gina = lab.user(GINA);
    lab.user(ALICE).post(REQUESTS, activation("PT1H")).await.expect(201);
    let groups = "identityGovernance/privilegedAccess/group";
    let belonging = json!({
        "action": "adminAssign", "principalId": ALICE, "groupId": OPS, "accessId": "owner", "justification": "desk",
        "scheduleInfo": { "expiration": { "type": "afterDuration", "duration": "P10D" } },
    });
    gina.post(&format!("{groups}/eligibilityScheduleRequests"), belonging.clone()).await.expect(201);
    gina.post(&format!("{groups}/assignmentScheduleRequests"), belonging).await.expect(201);
    let application = json!({
        "displayName": "Portal", "web": { "redirectUris": ["https://portal.contoso.com"] },
        "requiredResourceAccess": [{ "resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [] }],
    });
    let made = gina.post("applications", application).await.expect(201).body;
    let path = format!("applications/{}", made["id"].as_str().unwrap());
    gina.post(&format!("{path}/addPassword"), json!({ "passwordCredential": { "displayName": "one" } }))
        .await
        .expect(200);
    let credential = json!({
        "name": "pipeline", "issuer": "https://issuer.example.com", "subject": "me", "audiences": ["api://here"],
    });
    gina.post(&format!("{path}/federatedIdentityCredentials"), credential).await.expect(201);
    gina.post("servicePrincipals", json!({ "appId": made["appId"] })).await.expect(201);
    let policy = json!({
        "displayName": "Everybody", "state": "disabled",
        "conditions": { "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": ["All"] },
            "locations": { "includeLocations": ["All"], "excludeLocations": [] } },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
        "sessionControls": { "signInFrequency": { "isEnabled": true, "type": "hours", "value": 4 } },
    });
    gina.post("identity/conditionalAccess/policies", policy).await.expect(201);
    lab.publish("c1");
    lab
}

/// What is read, and from which place on it is described.
fn reads() -> Vec<(String, &'static str)> {
    let rules =
        "policies/roleManagementPolicies?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&$expand=*".to_owned();
    let of_groups =
        |name: &str| format!("identityGovernance/privilegedAccess/group/{name}?$filter=groupId eq '{OPS}'&$expand=*");
    vec![
        ("me".into(), "me"),
        ("users".into(), "users"),
        (format!("users/{ALICE}?$expand=memberOf"), "users"),
        ("groups".into(), "groups"),
        (format!("groups/{OPS}?$expand=members"), "groups"),
        (format!("groups/{OPS}/members"), "groups/members"),
        ("applications".into(), "applications"),
        ("servicePrincipals".into(), "servicePrincipals"),
        ("organization".into(), "organization"),
        ("domains".into(), "domains"),
        ("subscribedSkus".into(), "subscribedSkus"),
        ("directoryRoles".into(), "directoryRoles"),
        ("directoryRoleTemplates".into(), "directoryRoleTemplates"),
        ("directory/administrativeUnits".into(), "directory/administrativeUnits"),
        (format!("directory/administrativeUnits/{BERLIN}/members"), "directory/administrativeUnits/members"),
        ("roleManagement/directory/roleDefinitions".into(), "roleManagement/directory/roleDefinitions"),
        (
            "roleManagement/directory/roleAssignments?$expand=principal".into(),
            "roleManagement/directory/roleAssignments",
        ),
        (
            "roleManagement/directory/roleEligibilitySchedules?$expand=*".into(),
            "roleManagement/directory/roleEligibilitySchedules",
        ),
        (
            "roleManagement/directory/roleEligibilityScheduleInstances?$expand=*".into(),
            "roleManagement/directory/roleEligibilityScheduleInstances",
        ),
        (
            "roleManagement/directory/roleAssignmentSchedules?$expand=*".into(),
            "roleManagement/directory/roleAssignmentSchedules",
        ),
        (
            "roleManagement/directory/roleAssignmentScheduleInstances?$expand=*".into(),
            "roleManagement/directory/roleAssignmentScheduleInstances",
        ),
        (
            "roleManagement/directory/roleAssignmentScheduleRequests?$expand=principal,roleDefinition".into(),
            "roleManagement/directory/roleAssignmentScheduleRequests",
        ),
        (of_groups("eligibilitySchedules"), "identityGovernance/privilegedAccess/group/eligibilitySchedules"),
        (
            of_groups("eligibilityScheduleRequests"),
            "identityGovernance/privilegedAccess/group/eligibilityScheduleRequests",
        ),
        (of_groups("assignmentSchedules"), "identityGovernance/privilegedAccess/group/assignmentSchedules"),
        (
            of_groups("assignmentScheduleInstances"),
            "identityGovernance/privilegedAccess/group/assignmentScheduleInstances",
        ),
        (rules, "policies/roleManagementPolicies"),
        ("auditLogs/directoryAudits".into(), "auditLogs/directoryAudits"),
        ("identity/conditionalAccess/policies".into(), "identity/conditionalAccess/policies"),
        (
            "identity/conditionalAccess/authenticationContextClassReferences".into(),
            "identity/conditionalAccess/authenticationContextClassReferences",
        ),
    ]
}

#[tokio::test]
async fn every_answer_is_what_the_description_says() {
    let lab = full_lab().await;
    for version in ["v1.0", "beta"] {
        let text = lab.anonymous().get(&format!("/{version}/$metadata")).await.expect(200).body;
        let text = text.as_str().unwrap();
        let document = Document::parse(text).unwrap();
        let description = Description::of(&document);
        let mut seen = 0;
        for (path, place) in reads() {
            let gina = if version == "beta" { lab.user(GINA).beta() } else { lab.user(GINA) };
            let answer = gina.get(&path).await.expect(200);
            let kind = description.type_at(place);
            match answer.body.get("value") {
                Some(Value::Array(items)) => items.iter().for_each(|item| {
                    seen += 1;
                    description.check(&kind, item, &path);
                }),
                _ => description.check(&kind, &answer.body, &path),
            }
        }
        assert!(seen > 300, "{seen}");
    }
}

#[tokio::test]
async fn what_v1_shows_when_it_is_asked_for_is_described_too() {
    let lab = full_lab().await;
    // Of whoever never signed in, nothing is said of that.
    for user in lab.user(GINA).get("users?$select=id").await.expect(200).items() {
        let user = PrincipalId(Uuid::parse_str(user["id"].as_str().unwrap()).unwrap());
        lab.tenant()
            .handle(
                Actor::SetUp,
                &Command::NoteSignIn(Box::new(signed_in(user, lab.tenant().clock().now()))),
                |_, _| (),
            )
            .unwrap();
    }
    let text = lab.anonymous().get("/v1.0/$metadata").await.expect(200).body;
    let document = Document::parse(text.as_str().unwrap()).unwrap();
    let description = Description::of(&document);
    for (set, kind) in [("users", "user"), ("groups", "group")] {
        let definition = description.named("EntityType", kind).unwrap();
        let names: Vec<_> = below(definition, "Property").filter_map(|it| it.attribute("Name")).collect();
        assert!(names.len() > 30);
        let answer = lab.user(GINA).get(&format!("{set}?$select={}", names.join(","))).await.expect(200);
        assert_eq!(answer.items()[0].as_object().unwrap().len(), names.len());
        answer.items().iter().for_each(|item| description.check(kind, item, set));
    }
}

fn signed_in(user: PrincipalId, at: Instant) -> SignInEntry {
    SignInEntry {
        id: user.0,
        at,
        kind: SignInKind::Interactive,
        protocol: SignInProtocol::Browser,
        principal: user,
        client: ClientId::MICROSOFT_GRAPH,
        resource: None,
        correlation: user.0,
        address: None,
        mfa: false,
        failure: None,
    }
}

#[tokio::test]
async fn the_description_is_for_everybody_and_for_reading() {
    let lab = Lab::new();
    for path in ["/v1.0/$metadata", "/beta/$metadata", "/V1.0//%24METADATA/", "/v1.0/$metadata?$format=xml"] {
        let answer = lab.anonymous().get(path).await.expect(200);
        assert_eq!(answer.headers["content-type"], "application/xml");
        assert_eq!(answer.headers["odata-version"], "4.0");
    }
    let v1 = lab.anonymous().get("/v1.0/$metadata").await.body;
    let beta = lab.anonymous().get("/beta/$metadata").await.body;
    let (v1, beta) = (v1.as_str().unwrap(), beta.as_str().unwrap());
    assert!(!v1.contains("governanceRoleSetting") && beta.contains("governanceRoleSetting"));
    assert!(!v1.contains("\"isPrivileged\"") && beta.contains("\"isPrivileged\""));
    lab.anonymous().send(Method::POST, "/v1.0/$metadata", &[], Body::empty()).await.expect(405);
    lab.user(RITA).get("/v1.0/$metadata/users").await.expect(400);
}

#[tokio::test]
async fn the_service_document_lists_where_paths_begin() {
    let lab = Lab::new();
    let answer = lab.anonymous().get("/v1.0").await.expect(200);
    assert_eq!(answer.body["@odata.context"], "http://localhost:8443/v1.0/$metadata");
    assert!(answer.items().contains(&json!({ "name": "users", "kind": "EntitySet", "url": "users" })));
    assert!(answer.items().contains(&json!({ "name": "me", "kind": "Singleton", "url": "me" })));
    assert!(!answer.items().iter().any(|it| it["name"] == "administrativeUnits"));
    let beta = lab.anonymous().get("/beta/").await.expect(200);
    assert!(beta.items().iter().any(|it| it["name"] == "administrativeUnits"));
    lab.anonymous().send(Method::DELETE, "/v1.0", &[], Body::empty()).await.expect(405);
    // Each of them leads somewhere: to an answer, or to what it holds.
    for root in answer.items() {
        let found = lab.user(GINA).get(root["url"].as_str().unwrap()).await;
        let is_holder = found.message().contains("Resource not found for the segment");
        assert!([200, 403].contains(&found.status.as_u16()) || is_holder, "{root}: {found:?}");
    }
}
