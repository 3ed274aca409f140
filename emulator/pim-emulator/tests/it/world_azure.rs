//! Worlds with Azure in them: the tree of places, roles given there, and what is wrong with such a world.

use super::world::load;
use super::world_errors::refused_yaml;
use pim_core::model::{
    AssignmentKind, AzureScopeKind, LockLevel, Policy, PolicySubject, Privilege, Requirement, Schedule, ScheduleKind,
    azure_roles,
};
use pim_core::time::Length;
use pim_core::{AzureRoleDefinitionId, AzureScopeId, By, Command, NewAzureScope};
use pim_emulator::app::Tenant;
use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::world;
use uuid::uuid;

const CONTRIBUTOR: AzureRoleDefinitionId = AzureRoleDefinitionId(uuid!("b24988ac-6180-42a0-ab88-20f7382dd24c"));
const PROD: &str = "/subscriptions/0d6c3b36-8b1c-4c2e-9b55-0c6f7f7d2f10";

const WORLD: &str = "
world:
  tenant: { id: 7a1b8c7e-53a3-4a3f-9b0e-5d1c3f1f2b11, now: 2026-01-05T08:00:00Z }
  users: [ { name: alice }, { name: bob }, { name: carol } ]
  groups: [ { name: crew, members: [bob] } ]
  azure:
    managementGroups:
      - { name: landing-zones, parent: company, subscriptions: [prod], managementGroups: [ { name: corp, displayName: Corporate, subscriptions: [dev] } ] }
      - { name: company, displayName: The company }
    subscriptions:
      - name: prod
        displayName: Production
        id: 0d6c3b36-8b1c-4c2e-9b55-0c6f7f7d2f10
        tags: { environment: production }
        resourceGroups:
          - name: web
            location: northeurope
            lock: canNotDelete
            tags: { team: web }
            resources:
              - { name: kv, type: Microsoft.KeyVault/vaults }
              - { name: sql, type: Microsoft.Sql/servers, location: westeurope, lock: readOnly, resources: [ { name: orders, type: Microsoft.Sql/servers/databases } ] }
      - { name: dev }
      - { name: spare }
    customRoles:
      - { name: operator, displayName: Machine operator, actions: [Microsoft.Compute/virtualMachines/*], notActions: [Microsoft.Compute/virtualMachines/delete], scopes: [prod, corp] }
      - { name: anywhere, dataActions: ['*/read'] }
  policies:
    - { azureRole: Owner, scope: prod, activation: { max: PT1H, require: [mfa], approvers: [carol] }, eligible: { permanent: true } }
    - { azureRole: owner, scope: prod/web, activation: { max: PT2H } }
  active:
    - { principal: carol, azureRole: 8e3af657-a8ff-443c-a75c-2fe8c4bcb635, scope: /, outsidePim: true }
    - { principal: bob, azureRole: Reader, scope: prod/web/sql/orders, duration: P30D }
  eligible:
    - { principal: alice, azureRole: Contributor, scope: prod/web, duration: P90D, condition: \"@Resource[x] StringEquals 'y'\" }
    - { principal: crew, azureRole: Owner, scope: prod }
    - { principal: alice, azureRole: operator, scope: corp, start: 2025-12-01T00:00:00Z, duration: P60D }
    - { principal: bob, azureRole: Reader, scope: Tenant Root Group, duration: P30D }
    - { principal: bob, azureRole: Reader, scope: '/SUBSCRIPTIONS/0d6c3b36-8b1c-4c2e-9b55-0c6f7f7d2f10/resourcegroups/WEB', duration: P30D }
";

fn path(tenant: &Tenant, scope: AzureScopeId) -> String {
    tenant.read(|view| view.azure_scope(scope).expect("a scope").path.clone())
}

fn held(tenant: &Tenant, side: AssignmentKind, principal: &str) -> Vec<Schedule> {
    let principal = tenant.names().principal(principal).expect("somebody");
    tenant.read(|view| view.instances(side, By::Principal(principal), None).map(|(_, it)| it).collect())
}

/// Where somebody holds what: the role's name and the path.
fn places(tenant: &Tenant, side: AssignmentKind, principal: &str) -> Vec<(String, String)> {
    let mut places: Vec<_> = held(tenant, side, principal)
        .into_iter()
        .map(|schedule| {
            let Privilege::AzureRole { role, scope } = schedule.privilege else { panic!("no Azure role") };
            let name = tenant.read(|view| view.azure_role(role).expect("a role").role_name.clone());
            (name, path(tenant, scope))
        })
        .collect();
    places.sort();
    places
}

fn group(name: &str) -> String {
    format!("/providers/Microsoft.Management/managementGroups/{name}")
}

/// AZR-1: groups come in any order and stand where they say; what nobody names is below the tenant's own group.
#[test]
fn the_tree_of_places_is_as_the_world_says() {
    let tenant = load(WORLD);
    let names = tenant.names();
    let root = group("7a1b8c7e-53a3-4a3f-9b0e-5d1c3f1f2b11");
    let dev = path(&tenant, names.subscriptions["dev"]);
    let spare = path(&tenant, names.subscriptions["spare"]);
    let web = format!("{PROD}/resourceGroups/web");
    let sql = format!("{web}/providers/Microsoft.Sql/servers/sql");
    assert_ne!(dev, spare);
    tenant.read(|view| {
        let above = |id: AzureScopeId| -> Vec<&str> { view.azure_upwards(id).map(|it| &*it.path).skip(1).collect() };
        let (company, zones, corp) = (group("company"), group("landing-zones"), group("corp"));
        assert_eq!(above(names.management_groups["corp"]), [&*zones, &*company, &*root, "/"]);
        assert_eq!(above(names.subscriptions["dev"]), [&*corp, &*zones, &*company, &*root, "/"]);
        assert_eq!(above(names.subscriptions["spare"]), [&*root, "/"]);
        let orders = names.resources["prod/web/sql/orders"];
        assert_eq!(above(orders), [&*sql, &*web, PROD, &*zones, &*company, &*root, "/"]);
        let scope = |id| view.azure_scope(id).expect("a scope");
        assert_eq!(scope(orders).path, format!("{sql}/databases/orders"));
        assert_eq!(scope(orders).location.as_deref(), Some("westeurope"), "that of the server");
        assert_eq!(scope(names.resources["prod/web/kv"]).location.as_deref(), Some("northeurope"), "that of the group");
        let prod = scope(names.subscriptions["prod"]);
        assert_eq!((&*prod.display_name, prod.tags["environment"].as_str()), ("Production", "production"));
        assert_eq!(prod.kind, AzureScopeKind::Subscription);
        assert_eq!(scope(names.subscriptions["dev"]).display_name, "dev");
        assert_eq!(scope(names.resource_groups["prod/web"]).tags["team"], "web");
        assert_eq!(scope(names.management_groups["corp"]).display_name, "Corporate");
        assert_eq!(view.azure_lock(names.resource_groups["prod/web"]), Some(LockLevel::CanNotDelete));
        assert_eq!(view.azure_lock(orders), Some(LockLevel::ReadOnly), "a lock holds for what is below");
        assert_eq!(view.azure_lock(names.subscriptions["prod"]), None);
    });
    assert!(tenant.invariants().iter().all(|it| it.violations.is_empty()));
}

/// AZR-3, SCO-14.
#[test]
fn custom_roles_allow_what_they_say_where_they_say() {
    let tenant = load(WORLD);
    let names = tenant.names();
    tenant.read(|view| {
        let role = |name: &str| view.azure_roles().find(|it| it.role_name == name).expect("the role");
        let operator = role("Machine operator");
        assert_eq!(names.azure_roles["Machine operator"], operator.id);
        assert!(operator.allows("Microsoft.Compute/virtualMachines/start/action"));
        assert!(!operator.allows("Microsoft.Compute/virtualMachines/delete"));
        assert_eq!(operator.assignable_scopes, [names.subscriptions["prod"], names.management_groups["corp"]]);
        assert!(view.azure_role_fits(operator.id, names.subscriptions["dev"]));
        assert!(!view.azure_role_fits(operator.id, names.subscriptions["spare"]));
        assert_eq!(role("anywhere").assignable_scopes, [AzureScopeId::ROOT_GROUP]);
        assert_eq!(role("anywhere").permissions[0].data_actions, ["*/read"]);
    });
}

/// AZR-4, AZR-5, AZR-11: by name in any case, by id, at a name, a path or the top; locks do not keep a world from giving.
#[test]
fn azure_roles_are_given_at_the_places_that_a_world_names() {
    let tenant = load(WORLD);
    let web = format!("{PROD}/resourceGroups/web");
    let text = |(role, path): (&str, String)| (role.to_owned(), path);
    assert_eq!(
        places(&tenant, AssignmentKind::Eligibility, "alice"),
        [("Contributor", web.clone()), ("Machine operator", group("corp"))].map(text)
    );
    assert_eq!(
        places(&tenant, AssignmentKind::Eligibility, "bob"),
        [("Reader", group("7a1b8c7e-53a3-4a3f-9b0e-5d1c3f1f2b11")), ("Reader", web.clone())].map(text)
    );
    assert_eq!(places(&tenant, AssignmentKind::Eligibility, "crew"), [("Owner", PROD.to_owned())].map(text));
    let orders = format!("{web}/providers/Microsoft.Sql/servers/sql/databases/orders");
    assert_eq!(places(&tenant, AssignmentKind::Assignment, "bob"), [("Reader", orders)].map(text));
    let carol = held(&tenant, AssignmentKind::Assignment, "carol");
    let owner = Privilege::AzureRole { role: azure_roles::OWNER, scope: AzureScopeId::ROOT };
    assert_eq!((carol.len(), carol[0].privilege, carol[0].kind), (1, owner, ScheduleKind::AssignedOutside));
    let contributor = held(&tenant, AssignmentKind::Eligibility, "alice").into_iter().find(|it| it.details.is_some());
    let contributor = contributor.expect("one with a condition");
    assert!(matches!(contributor.privilege, Privilege::AzureRole { role: CONTRIBUTOR, .. }));
    assert_eq!(contributor.window.end.map(|end| end.since(contributor.window.start)), Some(Length::days(90)));
    let condition = contributor.details.and_then(|it| it.condition).expect("a condition");
    assert_eq!((&*condition.expression, &*condition.version), ("@Resource[x] StringEquals 'y'", "2.0"));
}

/// POL-14, SCO-11: each place has its own, and what is not named keeps the service's.
#[test]
fn a_policy_of_an_azure_role_is_that_of_one_place() {
    let tenant = load(WORLD);
    let names = tenant.names();
    let policy = |scope| -> Policy {
        let subject = PolicySubject::AzureRole(azure_roles::OWNER, scope);
        tenant.read(|view| view.policy(subject).expect("a policy").policy.clone())
    };
    let longest = |scope| policy(scope).expiration_end_user_assignment.maximum_duration;
    let prod = policy(names.subscriptions["prod"]);
    assert_eq!(prod.enablement_end_user_assignment.0, [Requirement::MultiFactorAuthentication]);
    assert!(prod.approval_end_user_assignment.is_approval_required);
    assert_eq!(prod.approval_end_user_assignment.stage.primary_approvers[0].id, names.users["carol"]);
    assert_eq!(longest(names.subscriptions["prod"]), Length::hours(1));
    assert_eq!(longest(names.resource_groups["prod/web"]), Length::hours(2));
    assert_eq!(longest(names.subscriptions["dev"]), Length::hours(8));
    assert_eq!(
        names.azure_roles.keys().collect::<Vec<_>>(),
        ["Contributor", "Machine operator", "Owner", "Reader", "anywhere"]
    );
}

#[test]
fn what_is_wrong_with_azure_is_said_with_its_line() {
    let azure = |lines: &str| format!("  azure:\n{lines}");
    let subscriptions = "    subscriptions: [ { name: prod }, { name: dev } ]\n";
    for (lines, expected) in [
        ("    subscriptons: []", "w.yaml:5:5: unknown key 'subscriptons'; did you mean 'subscriptions'?"),
        (
            "    subscriptions:\n      - { name: prod, resourceGroups: [ { name: web, resources: [ { name: kv, type: vaults } ] } ] }",
            "w.yaml:6:85: 'vaults' is not a type with its namespace, such as Microsoft.KeyVault/vaults (at world.azure.subscriptions[0].resourceGroups[0].resources[0].type)",
        ),
        (
            "    subscriptions:\n      - { name: prod, resourceGroups: [ { name: web, resources: [ { name: db, type: Microsoft.Sql/servers/databases } ] } ] }",
            "w.yaml:6:85: 'Microsoft.Sql/servers/databases' is the type of something in another resource; list it there (at world.azure.subscriptions[0].resourceGroups[0].resources[0].type)",
        ),
        (
            "    subscriptions:\n      - { name: p, resourceGroups: [ { name: w, resources: [ { name: s, type: Microsoft.Sql/servers, resources: [ { name: d, type: Microsoft.Sql/databases } ] } ] } ] }",
            "w.yaml:6:132: 'Microsoft.Sql/databases' is not the type of something in a Microsoft.Sql/servers (at world.azure.subscriptions[0].resourceGroups[0].resources[0].resources[0].type)",
        ),
        (
            "    subscriptions:\n      - { name: prod }\n      - { name: prod }",
            "w.yaml:7:17: 'prod' is the name of something in Azure already (at world.azure.subscriptions[1].name)",
        ),
        (
            "    subscriptions: [ { name: prod, resourceGroups: [ { name: web }, { name: web } ] } ]",
            "w.yaml:5:77: 'prod/web' is the name of something in Azure already (at world.azure.subscriptions[0].resourceGroups[1].name)",
        ),
        (
            "    subscriptions: [ { name: prod, resourceGroups: [ { name: web }, { name: Web } ] } ]",
            "w.yaml:5:69: another object has the name 'Web' already (at world.azure.subscriptions[0].resourceGroups[1])",
        ),
        (
            "    subscriptions: [ { name: prod, lock: readonly } ]",
            "w.yaml:5:42: unknown word 'readonly'; did you mean 'readOnly'?",
        ),
        (
            &format!(
                "{subscriptions}    managementGroups: [ {{ name: a, subscriptions: [prod] }}, {{ name: b, subscriptions: [dev, prod] }} ]"
            ),
            "w.yaml:6:93: 'prod' is below the management group 'a' already (at world.azure.managementGroups[1].subscriptions[1])",
        ),
        (
            &format!(
                "{subscriptions}    managementGroups: [ {{ name: a, managementGroups: [ {{ name: b, subscriptions: [prd] }} ] }} ]"
            ),
            "w.yaml:6:83: there is no subscription named 'prd'; did you mean 'prod'? (at world.azure.managementGroups[0].managementGroups[0].subscriptions[0])",
        ),
        (
            "    managementGroups: [ { name: company }, { name: a, parent: compny } ]",
            "w.yaml:5:63: there is no management group named 'compny'; did you mean 'company'? (at world.azure.managementGroups[1].parent)",
        ),
        (
            "    managementGroups: [ { name: c, parent: a }, { name: a, parent: b }, { name: b, parent: a } ]",
            "is below itself",
        ),
        (
            "    managementGroups: [ { name: a, managementGroups: [ { name: b, parent: a } ] } ]",
            "w.yaml:5:75: it stands among the groups of 'a', and so is below that (at world.azure.managementGroups[0].managementGroups[0].parent)",
        ),
        (
            &format!("{subscriptions}    customRoles: [ {{ name: r, scopes: [prod, prod/web] }} ]"),
            "w.yaml:6:46: there is no place in Azure named 'prod/web' (at world.azure.customRoles[0].scopes[1])",
        ),
        (
            "    customRoles: [ { name: Owner } ]",
            "w.yaml:5:20: another object has the roleName 'Owner' already (at world.azure.customRoles[0])",
        ),
    ] {
        let error = refused_yaml(&azure(lines));
        assert!(error == expected || (expected == "is below itself" && error.contains(expected)), "{error}");
    }
    let circle = refused_yaml(&azure(
        "    managementGroups: [ { name: c, parent: a }, { name: a, parent: b }, { name: b, parent: a } ]",
    ));
    assert!(!circle.contains("'c' is below itself"), "it is only below the circle: {circle}");
}

#[test]
fn what_is_wrong_with_an_azure_role_is_said_with_its_line() {
    let world = |section: &str, entry: &str| {
        format!(
            "  azure: {{ subscriptions: [ {{ name: prod }}, {{ name: dev }} ], customRoles: [ {{ name: operator, scopes: [dev] }} ] }}\n  \
             {section}:\n    - {entry}"
        )
    };
    for (section, entry, expected) in [
        (
            "eligible",
            "{ principal: alice, azureRole: Reader }",
            "w.yaml:6:7: an 'azureRole' needs a 'scope', such as 'prod/web' (at world.eligible[0])",
        ),
        (
            "policies",
            "{ azureRole: Reader }",
            "w.yaml:6:7: an 'azureRole' needs a 'scope', such as 'prod/web' (at world.policies[0])",
        ),
        (
            "eligible",
            "{ principal: alice, azureRole: Raeder, scope: prod }",
            "w.yaml:6:38: there is no Azure role named 'Raeder'; did you mean 'Reader'? (at world.eligible[0].azureRole)",
        ),
        (
            "active",
            "{ principal: alice, azureRole: Reader, scope: prd }",
            "w.yaml:6:53: there is no place in Azure named 'prd'; did you mean 'prod'? (at world.active[0].scope)",
        ),
        (
            "active",
            "{ principal: alice, role: Global Reader, azureRole: Reader, scope: prod }",
            "w.yaml:6:59: it is about one of 'role', 'group' and 'azureRole', and not about a second (at world.active[0].azureRole)",
        ),
        (
            "active",
            "{ principal: alice, azureRole: Reader, access: member, scope: prod }",
            "w.yaml:6:54: 'access' belongs to a 'group' (at world.active[0].access)",
        ),
        (
            "eligible",
            "{ principal: alice, azureRole: operator, scope: prod }",
            "w.yaml:6:55: the role 'operator' cannot be given at 'prod': it is made for other places (at world.eligible[0].scope)",
        ),
        (
            "policies",
            "{ azureRole: operator, scope: prod, activation: { max: PT1H } }",
            "w.yaml:6:37: the role 'operator' cannot be given at 'prod': it is made for other places (at world.policies[0].scope)",
        ),
        (
            "policies",
            "{ role: Global Reader, scope: prod }",
            "w.yaml:6:37: only the policy of an 'azureRole' has a 'scope' (at world.policies[0].scope)",
        ),
        (
            "policies",
            "{ azureRole: Owner, scope: prod, activation: { approval: true } }",
            "w.yaml:6:7: groups and Azure roles have no default approvers: name at least one (at world.policies[0])",
        ),
        (
            "policies",
            "{ azureRole: Owner, scope: prod }\n    - { azureRole: Owner, scope: dev }\n    - { azureRole: owner, scope: prod }",
            "w.yaml:8:20: 'owner' has a policy at 'prod' in this file already (at world.policies[2].azureRole)",
        ),
        (
            "eligible",
            "{ principal: alice, role: Global Reader, condition: x }",
            "w.yaml:6:59: a 'condition' belongs to an 'azureRole' (at world.eligible[0].condition)",
        ),
    ] {
        assert_eq!(refused_yaml(&world(section, entry)), expected);
    }
}

/// AZR-11, APR-15: what the built-in scenario shows of Azure.
#[test]
fn contoso_has_a_subscription_whose_roles_are_to_be_had() {
    let source = world::built_in("contoso").expect("it is built in");
    let tenant = world::tenant(source, Some(1), EventLog::default()).unwrap_or_else(|error| panic!("{error}"));
    let names = tenant.names();
    let prod = path(&tenant, names.subscriptions["prod"]);
    let text = |role: &str, path: String| vec![(role.to_owned(), path)];
    assert_eq!(places(&tenant, AssignmentKind::Eligibility, "cloud-owners"), text("Owner", prod.clone()));
    let alice = held(&tenant, AssignmentKind::Eligibility, "alice");
    let web = names.resource_groups["prod/web"];
    let contributor = Privilege::AzureRole { role: CONTRIBUTOR, scope: web };
    assert_eq!(alice.iter().filter(|it| it.privilege == contributor).count(), 1);
    tenant.read(|view| {
        assert_eq!(view.azure_scope(names.subscriptions["prod"]).expect("it").display_name, "Contoso Production");
        assert!(view.azure_covers(names.management_groups["workloads"], names.resources["prod/web/contoso-kv"]));
        let write = "Microsoft.Authorization/roleAssignments/write";
        assert!(view.azure_permits(names.users["carol"], write, web));
        assert!(!view.azure_permits(names.users["alice"], write, web));
        let policy = view.policy(PolicySubject::AzureRole(azure_roles::OWNER, names.subscriptions["prod"]));
        let policy = &policy.expect("a policy").policy;
        assert_eq!(policy.approval_end_user_assignment.stage.primary_approvers[0].id, names.users["carol"]);
        assert_eq!(policy.expiration_end_user_assignment.maximum_duration, Length::hours(1));
    });
}

/// What is made later has other ids than what the world made.
#[test]
fn places_made_later_do_not_meet_those_of_the_world() {
    let tenant = load(WORLD);
    let new = NewAzureScope {
        id: None,
        kind: AzureScopeKind::ResourceGroup,
        parent: tenant.names().subscriptions["dev"],
        name: "later".to_owned(),
        display_name: None,
        location: None,
        tags: std::collections::BTreeMap::new(),
    };
    let command = Command::CreateAzureScope(Box::new(new));
    tenant.handle(pim_core::Actor::SetUp, &command, |_, _| ()).expect("it works");
}
