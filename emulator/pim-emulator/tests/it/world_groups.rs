//! Worlds in which places in groups are to be had: who is eligible, who is in, and by which policy.

use super::world::load;
use super::world_errors::refused_yaml;
use pim_core::model::{AssignmentKind, GroupAccess, PolicySubject, Privilege, Requirement, Resource, ScheduleKind};
use pim_core::time::{Instant, Length};
use pim_core::{By, PrincipalId};
use pim_emulator::app::Tenant;
use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::world;

const WORLD: &str = "
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: alice }, { name: bob }, { name: carol } ]
  groups:
    - { name: desk, roleAssignable: true, members: [carol], owners: [carol] }
    - { name: people, members: [alice] }
    - { name: rest }
  policies:
    - { group: desk, access: member, activation: { max: PT2H, approvers: [carol] }, active: { require: [ticket] } }
    - { group: desk, access: owner, activation: { max: PT1H } }
  active:
    - { principal: bob, group: desk, access: member, duration: P30D }
    - { principal: bob, group: desk, access: owner, start: 2025-12-01T00:00:00Z, end: 2026-02-01T00:00:00Z }
  eligible:
    - { principal: people, group: desk, access: member }
    - { principal: alice, group: desk, access: owner, duration: P90D }
";

fn held(tenant: &Tenant, side: AssignmentKind, principal: &str) -> Vec<(GroupAccess, Option<Length>)> {
    let principal = tenant.names().principal(principal).expect("somebody");
    tenant.read(|view| {
        let instances = view.instances(side, By::Principal(principal), None);
        let relation = |privilege| match privilege {
            Privilege::Group { access, .. } => access,
            Privilege::DirectoryRole { .. } | Privilege::AzureRole { .. } => panic!("a role"),
        };
        let lasting = |it: pim_core::model::Schedule| it.window.end.map(|end| end.since(it.window.start));
        instances.map(|(_, it)| (relation(it.privilege), lasting(it))).collect()
    })
}

/// GRP-21, GRP-9, GRP-30.
#[test]
fn places_in_groups_are_given_as_active_and_as_eligible() {
    let tenant = load(WORLD);
    let (desk, rest) = (tenant.names().groups["desk"], tenant.names().groups["rest"]);
    let days = |count| Some(Length::days(count));
    assert_eq!(
        held(&tenant, AssignmentKind::Assignment, "bob"),
        [(GroupAccess::Owner, days(62)), (GroupAccess::Member, days(30))]
    );
    assert_eq!(held(&tenant, AssignmentKind::Eligibility, "people"), [(GroupAccess::Member, None)]);
    assert_eq!(held(&tenant, AssignmentKind::Eligibility, "alice"), [(GroupAccess::Owner, days(90))]);
    tenant.read(|view| {
        let names = |principals: Vec<&pim_core::model::Principal>| -> Vec<PrincipalId> {
            principals.into_iter().map(pim_core::model::Principal::id).collect()
        };
        let [bob, carol] = ["bob", "carol"].map(|name| tenant.names().users[name]);
        let mut members = names(view.members(desk));
        members.sort_unstable();
        let mut both = [bob, carol];
        both.sort_unstable();
        assert_eq!(members, both);
        assert_eq!(view.owners(desk).len(), 2);
        assert!(view.is_onboarded(desk) && !view.is_onboarded(rest));
        let outside = |it: &pim_core::model::Schedule| it.kind == ScheduleKind::AssignedOutside;
        let of_desk = view.instances(AssignmentKind::Assignment, By::Resource(Resource::Group(desk)), None);
        assert_eq!(of_desk.filter(|(_, it)| outside(it)).count(), 2, "carol's, which were there before");
    });
}

/// POL-13, POL-23.
#[test]
fn each_relation_of_a_group_has_its_policy() {
    let tenant = load(WORLD);
    let (desk, carol) = (tenant.names().groups["desk"], tenant.names().users["carol"]);
    tenant.read(|view| {
        let of = |access| view.policy(PolicySubject::Group(desk, access)).expect("a policy").policy;
        let (member, owner) = (of(GroupAccess::Member), of(GroupAccess::Owner));
        assert_eq!(member.expiration_end_user_assignment.maximum_duration, Length::hours(2));
        assert_eq!(owner.expiration_end_user_assignment.maximum_duration, Length::hours(1));
        assert_eq!(member.approval_end_user_assignment.stage.primary_approvers[0].id, carol);
        assert!(!owner.approval_end_user_assignment.is_approval_required);
        assert_eq!(member.enablement_admin_assignment.0, [Requirement::Ticketing]);
        assert!(member.expiration_admin_eligibility.is_expiration_required, "the default of groups");
    });
}

/// GRP-1, GRP-9, GRP-30: a group can be managed before anybody may have it.
#[test]
fn a_group_is_managed_from_the_beginning_where_the_file_says_so() {
    let tenant = load(
        "world: { users: [ { name: alice } ], groups: [ { name: g, managed: true, members: [alice] }, { name: rest } ] }",
    );
    let [g, rest] = ["g", "rest"].map(|name| tenant.names().groups[name]);
    assert!(tenant.read(|view| view.is_onboarded(g) && !view.is_onboarded(rest)));
    assert_eq!(held(&tenant, AssignmentKind::Assignment, "alice"), [(GroupAccess::Member, None)]);
    assert_eq!(
        refused_yaml("  groups: [ { name: g, dynamic: all, managed: true } ]"),
        "w.yaml:4:47: PIM cannot manage this group: it is dynamic, synchronised or in a restricted administrative unit (at world.groups[0].managed)"
    );
    let kept = "  groups: [ { name: g, managed: true } ]\n  administrativeUnits: [ { name: v, restricted: true, members: [g] } ]";
    assert!(refused_yaml(kept).starts_with("w.yaml:4:33: PIM cannot manage this group"));
}

/// GRP-6.
#[test]
fn a_restricted_unit_keeps_its_groups_from_pim() {
    let unit = |restricted: &str| {
        format!(
            "  groups: [ {{ name: g }} ]\n  administrativeUnits: [ {{ name: vault, restricted: {restricted}, members: [g] }} ]\n  \
             eligible:\n    - {{ principal: alice, group: g, access: member }}"
        )
    };
    let error = refused_yaml(&unit("true"));
    assert_eq!(
        error,
        "w.yaml:7:7: PIM cannot manage this group: it is dynamic, synchronised or in a restricted administrative unit (at world.eligible[0])"
    );
    let tenant = load(&format!("world:\n  users: [ {{ name: alice }} ]\n{}", unit("false")));
    let vault = tenant.names().administrative_units["vault"];
    assert!(!tenant.read(|view| view.administrative_unit(vault).expect("a unit").is_member_management_restricted));
    let lone = load("world: { administrativeUnits: [ { name: vault, restricted: true } ] }");
    let vault = lone.names().administrative_units["vault"];
    assert!(lone.read(|view| view.administrative_unit(vault).expect("a unit").is_member_management_restricted));
}

#[test]
fn what_is_wrong_with_a_place_in_a_group_is_said_with_its_line() {
    let world = |section: &str, entry: &str| {
        format!("  groups: [ {{ name: desk }}, {{ name: other, dynamic: all }} ]\n  {section}:\n    - {entry}")
    };
    for (section, entry, expected) in [
        (
            "eligible",
            "{ principal: alice, group: dsk, access: member }",
            "w.yaml:6:34: there is no group named 'dsk'; did you mean 'desk'? (at world.eligible[0].group)",
        ),
        (
            "eligible",
            "{ principal: alice, group: bob, access: member }",
            "w.yaml:6:34: there is no group named 'bob' (at world.eligible[0].group)",
        ),
        (
            "eligible",
            "{ principal: alice, group: desk, access: membr }",
            "w.yaml:6:48: unknown word 'membr'; did you mean 'member'?",
        ),
        (
            "active",
            "{ principal: alice, group: desk }",
            "w.yaml:6:7: a 'group' needs 'access: member' or 'access: owner' (at world.active[0])",
        ),
        (
            "active",
            "{ principal: alice, role: Global Reader, access: owner }",
            "w.yaml:6:56: 'access' belongs to a 'group' (at world.active[0].access)",
        ),
        (
            "active",
            "{ principal: alice, role: Global Reader, group: desk, access: owner }",
            "w.yaml:6:55: it is about one of 'role', 'group' and 'azureRole', and not about a second (at world.active[0].group)",
        ),
        (
            "active",
            "{ principal: alice, group: desk, access: owner, scope: desk }",
            "w.yaml:6:62: a group is its own scope (at world.active[0].scope)",
        ),
        (
            "active",
            "{ principal: alice, group: desk, access: owner, outsidePim: true }",
            "w.yaml:6:67: who is in a group outside PIM stands among its 'members' or 'owners' (at world.active[0].outsidePim)",
        ),
        (
            "active",
            "{ principal: desk, group: desk, access: owner }",
            "w.yaml:6:7: it is a group, and a group cannot own one (at world.active[0])",
        ),
        (
            "eligible",
            "{ principal: alice, group: other, access: member }",
            "w.yaml:6:7: PIM cannot manage this group: it is dynamic, synchronised or in a restricted administrative unit (at world.eligible[0])",
        ),
        (
            "policies",
            "{ group: desk, access: member, activation: { approval: true } }",
            "w.yaml:6:7: groups and Azure roles have no default approvers: name at least one (at world.policies[0])",
        ),
        (
            "policies",
            "{ group: desk, activation: { max: PT1H } }",
            "w.yaml:6:7: a 'group' needs 'access: member' or 'access: owner' (at world.policies[0])",
        ),
        (
            "policies",
            "{ group: desk, access: owner }\n    - { group: desk, access: member }\n    - { group: desk, access: owner }",
            "w.yaml:8:16: 'desk' has a policy for each owner in this file already (at world.policies[2].group)",
        ),
    ] {
        assert_eq!(refused_yaml(&world(section, entry)), expected);
    }
}

/// GRP-24, ACT-25: the layout that the scenario shows.
#[test]
fn contoso_has_a_group_whose_people_may_join_an_enabled_one_and_a_vault() {
    let source = world::built_in("contoso").expect("it is built in");
    let tenant = world::tenant(source, Some(1), EventLog::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(held(&tenant, AssignmentKind::Eligibility, "helpdesk-eligible"), [(GroupAccess::Member, None)]);
    let enabled = tenant.names().groups["helpdesk-enabled"];
    tenant.read(|view| {
        assert!(view.is_onboarded(enabled));
        let vault = view.administrative_unit(tenant.names().administrative_units["vault"]).expect("a unit");
        assert!(vault.is_member_management_restricted && vault.members.len() == 2);
        assert_eq!(view.members(enabled).len(), 0);
        assert_eq!(view.members(tenant.names().groups["helpdesk-eligible"]).len(), 2);
        let roles = view.instances(AssignmentKind::Assignment, By::Principal(enabled), None);
        let roles: Vec<_> = roles.filter_map(|(_, it)| it.privilege.role()).collect();
        assert_eq!(roles, [tenant.names().roles["Helpdesk Administrator"]]);
        let policy = view.policy(PolicySubject::Group(enabled, GroupAccess::Member)).expect("a policy");
        assert_eq!(policy.policy.expiration_end_user_assignment.maximum_duration, Length::hours(10));
        assert_eq!(policy.modified.map(|(at, _)| at), Instant::parse("2026-01-05T07:00:00Z"));
    });
}
