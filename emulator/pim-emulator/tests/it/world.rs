//! Worlds: what is in a tenant after its file was loaded.

use pim_core::model::conditional_access::AuthenticationContextId;
use pim_core::model::{
    Alert, AssignmentKind, DirectoryAlert, DirectoryScope, Happening, License, MailClass, NotificationLevel,
    NotificationSetting, PolicySubject, PrincipalKind, Privilege, Requirement, Resource, ScheduleKind, UserType,
    Visibility, roles,
};
use pim_core::time::{Instant, Length};
use pim_core::{By, ClientId, Invariant};
use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::world::{self, Source};
use pim_emulator::app::{ClockMode, Tenant};
use std::fmt::Write as _;

pub(crate) fn load(yaml: &str) -> Tenant {
    load_with_seed(yaml, 1)
}

fn load_with_seed(yaml: &str, seed: u64) -> Tenant {
    let source = Source::file("test.yaml", yaml.to_owned());
    world::tenant(source, Some(seed), EventLog::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn instant(text: &str) -> Instant {
    Instant::parse(text).expect("an instant")
}

fn contoso(seed: u64) -> Tenant {
    let source = world::built_in("contoso").expect("it is built in");
    world::tenant(source, Some(seed), EventLog::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn contoso_has_what_its_file_says() {
    let tenant = contoso(1);
    assert_eq!(tenant.clock().mode(), ClockMode::Manual);
    assert_eq!(tenant.clock().now(), instant("2026-01-05T08:00:00Z"));
    let alice = tenant.names().user("alice").expect("alice");
    tenant.read(|view| {
        assert_eq!(view.tenant().map(|it| it.license), Some(License::P2));
        let eligible: Vec<_> = view.instances(AssignmentKind::Eligibility, By::Principal(alice), None).collect();
        assert_eq!(eligible.len(), 3);
        let user = view.user(alice).expect("alice");
        assert_eq!(user.user_principal_name, "alice@contoso.onmicrosoft.com");
        assert_eq!(user.password, "Pim-emulator-1");
        assert_eq!(user.manager, tenant.names().user("carol"));
        let erin = view.user(tenant.names().user("erin").expect("erin")).expect("erin");
        assert_eq!(erin.user_type, UserType::Guest);
        let administrators = view.instances(
            AssignmentKind::Assignment,
            By::Resource(Resource::DirectoryRole(roles::GLOBAL_ADMINISTRATOR)),
            None,
        );
        assert_eq!(administrators.count(), 2);
        assert!(view.service_principal_of(ClientId::MICROSOFT_GRAPH).is_some());
        let bob = view.schedules(AssignmentKind::Eligibility, By::Principal(tenant.names().users["bob"]), None).next();
        let berlin = tenant.names().administrative_units["berlin"];
        let scope = match bob.expect("bob").1.privilege {
            Privilege::DirectoryRole { scope, .. } => scope,
            Privilege::Group { .. } | Privilege::AzureRole { .. } => panic!("no directory role"),
        };
        assert_eq!(scope, DirectoryScope::AdministrativeUnit(berlin));
    });
    let broken: Vec<Invariant> = tenant.invariants().into_iter().filter(|it| !it.violations.is_empty()).collect();
    assert_eq!(broken, []);
}

#[test]
fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
    assert_eq!(contoso(7).snapshot(), contoso(7).snapshot());
    assert_eq!(contoso(7).id(), contoso(7).id());
    assert_ne!(contoso(7).id(), contoso(8).id());
    assert_ne!(contoso(7).names(), contoso(8).names());
}

#[test]
fn the_answer_names_what_a_test_needs() {
    let answer = serde_json::to_value(contoso(1).answer()).expect("JSON");
    assert_eq!(answer["domain"], "contoso.onmicrosoft.com");
    assert_eq!(answer["now"], "2026-01-05T08:00:00Z");
    assert_eq!(answer["users"]["alice"]["userPrincipalName"], "alice@contoso.onmicrosoft.com");
    assert_eq!(answer["users"]["alice"]["password"], "Pim-emulator-1");
    assert_eq!(answer["applications"]["ci-app"]["secret"], "local-only");
    assert!(answer["applications"]["cli"]["secret"].is_null());
    assert_eq!(answer["roles"]["Global Reader"]["id"], roles::GLOBAL_READER.to_string());
    assert!(answer["roles"].get("Printer Administrator").is_none());
    assert!(answer["groups"]["sec-admins"]["id"].is_string());
}

#[test]
fn an_assignment_begins_now_although_it_was_made_an_hour_ago() {
    let tenant = load(
        "world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: alice } ]
  active: [ { principal: alice, role: Global Reader, duration: P1D } ]
  eligible: [ { principal: alice, role: Security Reader, end: 2026-02-05T08:00:00Z } ]",
    );
    let now = instant("2026-01-05T08:00:00Z");
    let alice = tenant.names().users["alice"];
    tenant.read(|view| {
        let (_, active) = view.instances(AssignmentKind::Assignment, By::Principal(alice), None).next().expect("one");
        assert_eq!(active.window.start, now);
        assert_eq!(active.window.end, Some(now.plus(Length::days(1))));
        assert_eq!(active.created, now.minus(Length::hours(1)));
        let (_, eligible) =
            view.instances(AssignmentKind::Eligibility, By::Principal(alice), None).next().expect("one");
        assert_eq!(eligible.window.start, now);
        assert_eq!(eligible.window.end, Some(instant("2026-02-05T08:00:00Z")));
    });
}

#[test]
fn an_assignment_with_a_start_in_the_past_is_made_then_and_may_have_expired() {
    let tenant = load(
        "world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: alice }, { name: bob } ]
  eligible:
    - { principal: alice, role: Global Reader, start: 2025-12-01T00:00:00Z }
    - { principal: bob, role: Global Reader, start: 2025-11-01T00:00:00Z, duration: P10D }",
    );
    tenant.read(|view| {
        let of = |name| view.instances(AssignmentKind::Eligibility, By::Principal(tenant.names().users[name]), None);
        let (_, alice) = of("alice").next().expect("one");
        assert_eq!(alice.created, instant("2025-12-01T00:00:00Z"));
        assert_eq!(alice.window.start, alice.created);
        assert_eq!(of("bob").count(), 0);
        assert_eq!(view.tenant().map(|it| it.created), Some(instant("2025-11-01T00:00:00Z")));
    });
    let names: Vec<_> = tenant.log().after(0, 1000).into_iter().map(|(_, it)| (it.at, it.event.name())).collect();
    assert!(names.is_sorted_by_key(|(at, _)| *at), "events stand in the order of time");
    assert!(names.contains(&(instant("2025-11-11T00:00:00Z"), "scheduleEnded")));
}

#[test]
fn an_assignment_may_begin_later() {
    let tenant = load(
        "world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: alice } ]
  eligible: [ { principal: alice, role: Global Reader, start: 2026-01-06T08:00:00Z } ]",
    );
    let eligible = || tenant.read(|view| view.instances(AssignmentKind::Eligibility, By::Anything, None).count());
    assert_eq!(eligible(), 0);
    tenant.jump_to(instant("2026-01-06T08:00:00Z")).expect("forward");
    assert_eq!(eligible(), 1);
}

#[test]
fn a_role_may_be_had_outside_pim_even_without_a_licence() {
    let tenant = load(
        "world:
  tenant: { license: none }
  users: [ { name: alice } ]
  active: [ { principal: alice, role: Global Reader, outsidePim: true } ]",
    );
    tenant.read(|view| {
        let (_, it) = view.instances(AssignmentKind::Assignment, By::Anything, None).next().expect("one");
        assert_eq!(it.kind, ScheduleKind::AssignedOutside);
        assert_eq!(view.requests(AssignmentKind::Assignment, By::Anything, None).count(), 0);
    });
}

#[test]
fn a_world_without_a_time_has_a_clock_that_runs() {
    let tenant = load("world: { users: [ { name: alice } ] }");
    assert_eq!(tenant.clock().mode(), ClockMode::System);
    assert_eq!(tenant.domain(), "contoso.onmicrosoft.com");
}

#[test]
fn applications_groups_units_and_custom_roles_are_made_with_their_edges() {
    let tenant = load(
        "world:
  applications:
    - { name: app, displayName: The App, clientId: 11111111-1111-4111-8111-111111111111, appRoles: [Group.Read.All] }
  groups:
    - { name: outer, members: [inner, alice, app], owners: [alice] }
    - { name: inner, type: microsoft365, visibility: hiddenMembership }
    - { name: everybody, dynamic: user.department -eq \"IT\", onPremisesSynced: true }
  users: [ { name: alice } ]
  administrativeUnits: [ { name: berlin, members: [alice, inner] } ]
  customRoles: [ { name: keeper, displayName: Key Keeper, actions: [microsoft.directory/applications/create] } ]
  active:
    - { principal: app, role: keeper, scope: app }
    - { principal: alice, role: Key Keeper, scope: berlin }",
    );
    let names = tenant.names();
    tenant.read(|view| {
        assert_eq!(view.members(names.groups["outer"]).len(), 3);
        assert_eq!(view.owners(names.groups["outer"]).len(), 1);
        assert_eq!(view.count(PrincipalKind::Group), 3);
        let visibility = |name| view.group(names.groups[name]).and_then(pim_core::model::Group::visibility);
        assert_eq!((visibility("inner"), visibility("outer")), (Some(Visibility::HiddenMembership), None));
        let app = names.applications["app"];
        assert_eq!(view.application(app.client).map(|it| it.secrets.len()), Some(0));
        let principal = view.service_principal(app.service_principal).expect("its service principal");
        assert_eq!(view.app_roles(principal, ClientId::MICROSOFT_GRAPH), ["Group.Read.All"]);
        assert_eq!(view.administrative_unit(names.administrative_units["berlin"]).map(|it| it.members.len()), Some(2));
        let role = view.role(names.roles["Key Keeper"]).expect("the custom role");
        assert!(!role.is_built_in);
        assert_eq!(
            view.instances(AssignmentKind::Assignment, By::Resource(Resource::DirectoryRole(role.id)), None).count(),
            2
        );
    });
}

#[test]
fn aliases_of_yaml_work() {
    let tenant = load(
        "world:
  users: [ { name: &it alice } ]
  eligible: [ { principal: *it, role: Global Reader } ]",
    );
    assert_eq!(tenant.read(|view| view.schedules(AssignmentKind::Eligibility, By::Anything, None).count()), 1);
}

#[test]
fn a_hundred_thousand_assignments_are_loaded_from_json() {
    let mut text = String::from(r#"{"world":{"tenant":{"now":"2026-01-05T08:00:00Z"},"users":["#);
    for user in 0..10_000 {
        let comma = if user == 0 { "" } else { "," };
        write!(text, r#"{comma}{{"name":"u{user}"}}"#).expect("memory");
    }
    text.push_str(r#"],"eligible":["#);
    let roles: Vec<_> = pim_core::model::built_in_roles().iter().take(10).map(|it| &it.display_name).collect();
    for place in 0..100_000 {
        let comma = if place == 0 { "" } else { "," };
        let (user, role) = (place / 10, roles[place % 10]);
        write!(text, r#"{comma}{{"principal":"u{user}","role":"{role}","duration":"P90D"}}"#).expect("memory");
    }
    text.push_str("]}}");
    let before = pim_emulator::app::real_now();
    let source = Source::file("big.json", text);
    let tenant = world::tenant(source, Some(1), EventLog::default()).unwrap_or_else(|error| panic!("{error}"));
    println!("100,000 assignments took {}", pim_emulator::app::real_now().since(before));
    assert_eq!(tenant.read(|view| view.sizes()), (100_000, 100_000));
}

const POLICIES: &str = "
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: alice }, { name: bob } ]
  groups: [ { name: sec-admins, members: [bob] } ]
  policies:
    - role: Global Administrator
      activation: { max: PT4H, require: [justification, ticket], approvers: [bob, sec-admins], approverJustification: false }
      eligible: { permanent: false, max: P90D, require: [mfa] }
      active: { max: P15D, require: [] }
      notifications:
        activation:
          approver: { default: false, level: critical, additional: [soc@contoso.com] }
          admin: { level: none }
    - { role: Global Reader, activation: { approval: true, authenticationContext: c7, require: [] } }
    - { role: User Administrator, activation: { approvers: [bob], approval: false } }
    - { role: Security Reader }
  active: [ { principal: alice, role: Global Administrator } ]
  eligible: [ { principal: alice, role: Global Administrator } ]
";

/// What a file says of a policy counts, and what it does not say is the service's default.
#[test]
fn policies_are_set_before_anything_is_assigned() {
    let tenant = load(POLICIES);
    let (bob, group) = (tenant.names().users["bob"], tenant.names().groups["sec-admins"]);
    tenant.read(|view| {
        let of = |role| view.policy(PolicySubject::DirectoryRole(role)).expect("a policy");
        let policy = of(roles::GLOBAL_ADMINISTRATOR).policy;
        assert_eq!(policy.expiration_end_user_assignment.maximum_duration, Length::hours(4));
        let words = [Requirement::Justification, Requirement::Ticketing];
        assert_eq!(policy.enablement_end_user_assignment.0, words);
        let approval = &policy.approval_end_user_assignment;
        assert!(approval.is_approval_required && !approval.stage.is_approver_justification_required);
        let approvers: Vec<_> = approval.stage.primary_approvers.iter().map(|it| it.id).collect();
        assert_eq!(approvers, [bob, group]);
        assert_eq!(approval.stage.primary_approvers[0].description.as_deref(), Some("Bob"));
        assert!(policy.expiration_admin_eligibility.is_expiration_required);
        assert_eq!(policy.expiration_admin_eligibility.maximum_duration, Length::days(90));
        assert_eq!(policy.enablement_admin_eligibility.0, [Requirement::MultiFactorAuthentication]);
        assert!(!policy.expiration_admin_assignment.is_expiration_required);
        assert_eq!(policy.expiration_admin_assignment.maximum_duration, Length::days(15));
        assert_eq!(policy.enablement_admin_assignment.0, []);
        let cell = |class| policy.notifications.cell(class, Happening::EndUserAssignment);
        assert_eq!(cell(MailClass::Approver).recipients, ["soc@contoso.com"]);
        assert_eq!(cell(MailClass::Approver).level, NotificationLevel::Critical);
        assert!(!cell(MailClass::Approver).is_default_recipients_enabled);
        assert_eq!(cell(MailClass::Admin).level, NotificationLevel::None);
        assert!(cell(MailClass::Admin).is_default_recipients_enabled);
        assert_eq!(cell(MailClass::Requestor), &NotificationSetting::default());

        let reader = of(roles::GLOBAL_READER).policy;
        assert!(reader.approval_end_user_assignment.is_approval_required);
        assert_eq!(reader.approval_end_user_assignment.stage.primary_approvers, []);
        let context = AuthenticationContextId::parse("c7");
        assert_eq!(reader.authentication_context_end_user_assignment.claim_value, context);
        assert!(reader.authentication_context_end_user_assignment.is_enabled);
        let published: Vec<_> = view.authentication_contexts().map(|it| (Some(it.id), it.is_available)).collect();
        assert_eq!(published, [(context, true)]);

        let user_administrator = of(tenant.names().roles["User Administrator"]).policy;
        assert!(!user_administrator.approval_end_user_assignment.is_approval_required);
        assert_eq!(user_administrator.approval_end_user_assignment.stage.primary_approvers.len(), 1);
        assert!(of(roles::SECURITY_READER).modified.is_none(), "nothing was said of it");
        assert_eq!(of(roles::SECURITY_READER).policy, &pim_core::default_policy(false));
        // What is set up is bound by what is possible and not by policies.
        let alice = tenant.names().users["alice"];
        assert_eq!(view.instances(AssignmentKind::Eligibility, By::Principal(alice), None).count(), 1);
    });
    assert!(tenant.names().roles.contains_key("Security Reader"));
}

/// ALR-3, ALR-5, ALR-16, ALR-18: the alerts of a world are set as it says and show what is so from the beginning.
#[test]
fn alerts_are_set_and_looked_for_from_the_beginning() {
    let tenant = load(
        "world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users:
    - { name: grace, lastSignIn: P40D }
    - { name: sue, lastSignIn: P90D }
  active:
    - { principal: grace, role: Global Administrator }
    - { principal: sue, role: Global Administrator }
  alerts:
    - { alert: staleSignInAlert, duration: P60D }
    - { alert: TooManyGlobalAdminsAssignedToTenantAlert, count: 2, percentage: 50, dismissed: true }
    - { alert: RedundantAssignmentAlert, enabled: false }
",
    );
    tenant.read(|view| {
        let of = |alert| view.alert(Alert::DirectoryRoles(alert)).expect("it is there");
        let stale = of(DirectoryAlert::StaleSignIn);
        assert_eq!((stale.is_active, stale.incidents.len(), stale.scanned), (true, 1, instant("2026-01-05T08:00:00Z")));
        let many = of(DirectoryAlert::TooManyGlobalAdminsAssignedToTenant);
        assert_eq!((many.is_active, many.incidents.len()), (false, 2));
        assert!(!of(DirectoryAlert::RedundantAssignment).configuration.is_enabled);
        assert!(of(DirectoryAlert::RolesAssignedOutsidePim).configuration.is_enabled);
    });
}
