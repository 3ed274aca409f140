//! Authentication contexts and Conditional Access policies of a world.

use crate::world::load;
use pim_core::PrincipalId;
use pim_core::model::conditional_access::{ConditionalAccessPolicy, ConditionalAccessState, ConditionalAccessUser};
use pim_core::model::roles;
use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::world::{self, Source};

const WORLD: &str = "\
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: alice }, { name: emergency } ]
  applications: [ { name: portal, clientId: 0c0c0c0c-0000-4000-8000-000000000001 } ]
  groups: [ { name: crew, members: [ alice ] } ]
  customRoles: [ { name: helper } ]
  authenticationContexts:
    - { name: c1, displayName: Privileged work, description: For tier 0 }
    - { name: c2, available: false }
";

fn refused(lines: &str) -> String {
    let source = Source::file("w.yaml", format!("{WORLD}{lines}\n"));
    match world::tenant(source, Some(1), EventLog::default()) {
        Ok(_) => panic!("the world was loaded"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn policies_are_made_as_the_file_says() {
    let tenant = load(&format!(
        "{WORLD}  conditionalAccess:
    - name: Privileged work
      users: {{ include: [ crew, Global Administrator, alice ], exclude: [ emergency ] }}
      contexts: [ c1 ]
      grant: [ mfa, compliantDevice ]
      operator: and
    - name: Everybody
      state: reportOnly
      users: {{ include: [ all ], exclude: [ guests ] }}
      applications: [ all, portal, adminPortals ]
      grant: [ block ]
"
    ));
    let names = tenant.names();
    tenant.read(|view| {
        let contexts: Vec<_> = view.authentication_contexts().collect();
        assert_eq!(contexts[0].display_name.as_deref(), Some("Privileged work"));
        assert_eq!((contexts[0].is_available, contexts[1].is_available), (true, false));
        let policies: Vec<&ConditionalAccessPolicy> = view.conditional_access_policies().collect();
        let named = |name: &str| policies.iter().find(|policy| policy.display_name == name).expect("it is there");
        let work = named("Privileged work");
        assert_eq!(work.state, ConditionalAccessState::Enabled);
        assert_eq!(work.users.include_users, [ConditionalAccessUser::User(names.users["alice"])]);
        assert_eq!(work.users.include_groups, [names.groups["crew"]] as [PrincipalId; 1]);
        assert_eq!(work.users.include_roles, [roles::GLOBAL_ADMINISTRATOR]);
        assert_eq!(work.users.exclude_users, [ConditionalAccessUser::User(names.users["emergency"])]);
        assert_eq!(work.applications.include_authentication_contexts, [contexts[0].id]);
        let controls = work.grant_controls.as_ref().expect("controls");
        assert_eq!(controls.built_in_controls, ["mfa", "compliantDevice"]);
        assert_eq!(controls.operator, pim_core::model::conditional_access::GrantOperator::And);
        let everybody = named("Everybody");
        assert_eq!(everybody.state, ConditionalAccessState::EnabledForReportingButNotEnforced);
        assert_eq!(everybody.users.include_users, [ConditionalAccessUser::All]);
        assert_eq!(everybody.users.exclude_users, [ConditionalAccessUser::GuestsOrExternalUsers]);
        let applications = ["All", "0c0c0c0c-0000-4000-8000-000000000001", "MicrosoftAdminPortals"];
        assert_eq!(everybody.applications.include_applications, applications);
    });
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_the_nearest_name() {
    let policy = |users: &str, rest: &str| {
        refused(&format!("  conditionalAccess:\n    - name: p\n      users: {users}\n      {rest}"))
    };
    let anybody = "{ include: [ all ] }";
    for (error, expected) in [
        (
            policy("{ include: [ alcie ] }", "contexts: [ c1 ]\n      grant: [ mfa ]"),
            "w.yaml:12:27: there is no user, group or role named 'alcie'; did you mean 'alice'? (at world.conditionalAccess[0].users.include[0])",
        ),
        (
            policy("{ include: [ all ], exclude: [ Global Adminstrator ] }", "contexts: [ c1 ]\n      grant: [ mfa ]"),
            "named 'Global Adminstrator'; did you mean 'Global Administrator'? (at world.conditionalAccess[0].users.exclude[0])",
        ),
        (
            policy("{ include: [ helper ] }", "contexts: [ c1 ]\n      grant: [ mfa ]"),
            "'helper' is a custom role, and a policy can name built-in ones only",
        ),
        (
            policy(anybody, "contexts: [ c3 ]\n      grant: [ mfa ]"),
            "w.yaml:13:19: there is no authentication context named 'c3'; did you mean 'c1'? (at world.conditionalAccess[0].contexts[0])",
        ),
        (
            policy(anybody, "applications: [ portall ]\n      grant: [ mfa ]"),
            "there is no application named 'portall'; did you mean 'portal'?",
        ),
        (policy(anybody, "contexts: [ c1 ]\n      grant: [ mfaa ]"), "unknown word 'mfaa'; did you mean 'mfa'?"),
        (
            policy(anybody, "contexts: [ c1 ]\n      grant: []"),
            "a policy must take something, such as 'mfa' or 'block'",
        ),
        (policy("{ include: [] }", "contexts: [ c1 ]\n      grant: [ mfa ]"), "a policy must include somebody"),
        (
            policy(anybody, "contexts: [ c1 ]\n      applications: [ all ]\n      grant: [ mfa ]"),
            "a policy guards either 'applications' or 'contexts', and one of them",
        ),
        (policy(anybody, "grant: [ mfa ]"), "a policy guards either 'applications' or 'contexts', and one of them"),
        (refused("    - { name: c100 }"), "'c100' is not one of c1 to c99 (at world.authenticationContexts[2].name)"),
        (refused("    - { name: C1 }"), "'C1' is the name of an authentication context already"),
    ] {
        assert!(error.contains(expected), "{error}");
    }
}
