//! What is wrong with a world is said with the file, the line and what was probably meant.

use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::world::{self, Source};
use std::fmt::Write as _;

fn refused(name: &str, text: &str) -> String {
    match world::tenant(Source::file(name, text.to_owned()), Some(1), EventLog::default()) {
        Ok(_) => panic!("the world was loaded"),
        Err(error) => error.to_string(),
    }
}

/// A YAML world with these lines under `world:`, from line 4 on.
pub(crate) fn refused_yaml(lines: &str) -> String {
    refused(
        "w.yaml",
        &format!(
            "world:\n  tenant: {{ now: 2026-01-05T08:00:00Z }}\n  users: [ {{ name: alice }}, {{ name: bob }} ]\n{lines}\n"
        ),
    )
}

#[test]
fn an_unknown_key_is_refused_with_its_line_and_the_nearest_one() {
    let error = refused_yaml("  eligble: []");
    assert_eq!(error, "w.yaml:4:3: unknown key 'eligble'; did you mean 'eligible'?");
    let error = refused("w.json", "{\"world\":{\n  \"eligble\": []}}");
    assert!(error.starts_with("w.json:2:"), "{error}");
    assert!(error.ends_with(": unknown key 'eligble'; did you mean 'eligible'?"), "{error}");
    let error = refused_yaml("  groups: [ { name: g, colour: red } ]");
    assert!(error.starts_with("w.yaml:4:24: unknown key 'colour'; known here are name, displayName, id,"), "{error}");
}

#[test]
fn an_unknown_name_is_refused_with_its_line_and_the_nearest_one() {
    let cases = [
        (
            "  eligible:\n    - { principal: alcie, role: Global Reader }",
            "w.yaml:5:20: there is no user, group or application named 'alcie'; did you mean 'alice'? (at world.eligible[0].principal)",
        ),
        (
            "  eligible:\n    - { principal: alice, role: Global Raeder }",
            "w.yaml:5:33: there is no role named 'Global Raeder'; did you mean 'Global Reader'? (at world.eligible[0].role)",
        ),
        (
            "  administrativeUnits: [ { name: berlin } ]\n  active:\n    - { principal: alice, role: User Administrator, scope: berln }",
            "w.yaml:6:60: there is no administrative unit or application named 'berln'; did you mean 'berlin'? (at world.active[0].scope)",
        ),
        (
            "  groups:\n    - name: g\n      members:\n        - bob\n        - alicce",
            "w.yaml:8:11: there is no user, group or application named 'alicce'; did you mean 'alice'? (at world.groups[0].members[1])",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(refused_yaml(lines), expected);
    }
    let json = "{\"world\": {\n  \"users\": [{\"name\": \"alice\"}],\n  \"eligible\": [\n    {\"principal\": \"alcie\",\n     \"role\": \"Global Reader\"}]}}";
    assert_eq!(
        refused("w.json", json),
        "w.json:4:19: there is no user, group or application named 'alcie'; did you mean 'alice'? (at world.eligible[0].principal)"
    );
}

#[test]
fn sign_ins_lie_behind_and_are_of_somebody() {
    let cases = [
        ("users: [{ name: a, lastSignIn: 2027-01-01T00:00:00Z }]", "2027-01-01T00:00:00Z has not come yet"),
        ("users: [{ name: a, lastSignIn: soon }]", "'soon' is neither an instant"),
        ("users: [{ name: a, lastSignIn: -P1D }]", "'-P1D' is neither an instant"),
        ("users: [{ name: a, created: P1D, lastSignIn: P2D }]", "nobody signs in to an account before it is made"),
        ("users: [{ name: alice }], signIns: [{ user: alcie, at: P1D }]", "did you mean 'alice'?"),
        ("users: [{ name: a }], signIns: [{ user: a }]", "missing"),
        ("users: [{ name: a }], signIns: [{ user: a, at: P1D, application: ci }]", "there is no application 'ci'"),
    ];
    for (rest, expected) in cases {
        let error = refused("w.yaml", &format!("world: {{ tenant: {{ now: 2026-01-05T08:00:00Z }}, {rest} }}"));
        assert!(error.contains(expected) && error.starts_with("w.yaml:1:"), "{error}");
    }
}

#[test]
fn an_alert_is_set_by_its_name_and_within_its_range() {
    let azure = "  azure: { subscriptions: [ { name: prod } ] }\n";
    for (lines, expected) in [
        (
            "  alerts: [ { alert: StaleSigninAlrt } ]",
            "w.yaml:4:22: there is no alert 'StaleSigninAlrt'; did you mean 'StaleSignInAlert'? (at world.alerts[0].alert)",
        ),
        (
            "  alerts: [ { alert: StaleSignInAlert, duration: P400D } ]",
            "w.yaml:4:13: the alert has no duration, or not with that value (at world.alerts[0])",
        ),
        (
            "  alerts: [ { alert: StaleSignInAlert, count: 3 } ]",
            "w.yaml:4:13: the alert has no count, or not with that value (at world.alerts[0])",
        ),
        (
            "  alerts: [ { alert: DuplicateRoleCreated, subscription: prd } ]",
            "w.yaml:4:58: there is no place in Azure named 'prd'",
        ),
    ] {
        let error = refused_yaml(lines);
        assert!(error.starts_with(expected), "{error}");
    }
    let error = refused_yaml(&format!("{azure}  alerts: [ {{ alert: DuplicateRoleCreated, subscription: prod }} ]"));
    assert!(error.contains("there are alerts of a subscription once PIM gave something in it"), "{error}");
}

#[test]
fn what_the_machine_refuses_is_said_in_plain_words_at_the_line_of_the_entry() {
    let cases = [
        (
            "  eligible:\n    - { principal: alice, role: Global Reader }\n    - { principal: alice, role: Global Reader }",
            "w.yaml:6:7: this principal already",
        ),
        (
            "  groups: [ { name: g } ]\n  eligible:\n    - { principal: g, role: Global Reader }",
            "w.yaml:6:7: this group cannot hold directory roles; one made with 'roleAssignable: true' can",
        ),
        (
            "  applications: [ { name: app } ]\n  eligible:\n    - { principal: app, role: Global Reader }",
            "w.yaml:6:7: an application cannot be eligible",
        ),
        (
            "  active: [ { principal: alice, role: Global Reader, duration: PT1M } ]",
            "w.yaml:4:13: an assignment lasts at least five",
        ),
        (
            "  active: [ { principal: alice, role: Global Reader, end: 2026-01-01T00:00:00Z } ]",
            "w.yaml:4:13: it ends at 2026-01-01T00:00:00Z, which is not after its start at 2026-01-05T08:00:00Z",
        ),
        (
            "  groups: [ { name: g, roleAssignable: true, dynamic: all } ]",
            "w.yaml:4:13: a group for directory roles has assigned members only",
        ),
        (
            "  administrativeUnits: [ { name: berlin } ]\n  active:\n    - { principal: bob, role: Global Reader, scope: berlin }",
            "w.yaml:6:7: this role cannot be held at such a scope",
        ),
        (
            "  groups:\n    - { name: g, members: [bob, bob] }",
            "w.yaml:5:33: it is among the members already (at world.groups[0].members[1])",
        ),
    ];
    for (lines, expected) in cases {
        let error = refused_yaml(lines);
        assert!(error.starts_with(expected), "{error}");
    }
    let error = refused(
        "w.yaml",
        "world:\n  tenant: { license: p1 }\n  users: [ { name: a } ]\n  eligible: [ { principal: a, role: Global Reader } ]",
    );
    assert!(error.starts_with("w.yaml:4:15: the tenant's licence does not include PIM"), "{error}");
}

#[test]
fn values_of_the_wrong_sort_are_refused() {
    let cases = [
        (
            "  eligible: [ { principal: alice, role: Global Reader, duration: P1M } ]",
            "months and years have no fixed length",
        ),
        ("  eligible: [ { principal: alice, role: Global Reader, end: soon } ]", "'soon' is not an instant"),
        (
            "  eligible: [ { principal: alice, role: Global Reader, end: 2026-02-01T00:00:00Z, duration: P1D } ]",
            "not both",
        ),
        ("  eligible: [ { principal: alice } ]", "a 'role', a 'group' or an 'azureRole' is missing"),
        ("  eligible: [ { principal: alice, role: Global Reader, outsidePim: true } ]", "only an active assignment"),
        ("  active: [ { principal: alice, role: Global Reader, outsidePim: true, duration: P1D } ]", "it has no end"),
        ("  groups: [ { name: alice } ]", "'alice' is the name of a user already"),
        ("  groups: [ { name: g, type: secuirty } ]", "unknown word 'secuirty'; did you mean 'security'?"),
        ("  groups: [ { name: g, visibility: privat } ]", "unknown word 'privat'; did you mean 'private'?"),
        ("  groups: [ { name: g, roleAssignable: 3 } ]", "w.yaml:4:40"),
        ("  groups: nothing", "w.yaml:4:11"),
        ("  users: []", "uplicate"),
    ];
    for (lines, expected) in cases {
        let error = refused_yaml(lines);
        assert!(error.contains(expected), "{error}");
    }
    let error = refused("w.yaml", "world:\n  users:\n    - { name: a@b }");
    assert!(error.starts_with("w.yaml:3:15: 'a@b' cannot be"), "{error}");
    let error = refused("w.yaml", "world:\n  users: [ { name: a, manager: g } ]\n  groups: [ { name: g } ]");
    assert!(error.contains("there is no user named 'g'"), "{error}");
    assert_eq!(
        refused("w.yaml", "scenario: contosso"),
        "w.yaml:1:11: there is no scenario named 'contosso'; did you mean 'contoso'? (at scenario)"
    );
    assert!(refused("w.yaml", "title: nothing").contains("there is neither a 'world' nor a 'scenario'"));
    assert!(refused("w.yaml", "scenario: contoso\nworld: {}").contains("not from both"));
}

#[test]
fn text_that_is_not_well_formed_is_refused_with_its_line() {
    let error = refused("w.yaml", "world:\n  users: [ {\n");
    assert!(error.starts_with("w.yaml:"), "{error}");
    let error = refused("w.json", "{\"world\": {\n  \"users\": [}}");
    assert!(error.starts_with("w.json:2:"), "{error}");
    assert!(refused("w.yaml", "").starts_with("w.yaml"));
    assert!(refused("w.json", "").starts_with("w.json"));
}

#[test]
fn a_small_text_cannot_become_a_big_one() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (one, next) in "abcdefghi".chars().zip("bcdefghij".chars()) {
        let many = vec![format!("*{one}"); 10].join(", ");
        writeln!(bomb, "{next}: &{next} [{many}]").expect("memory");
    }
    let error = refused("w.yaml", &format!("{bomb}world: {{}}\n"));
    assert!(error.starts_with("w.yaml:"), "{error}");
    let deep = format!("world: {}{}", "[".repeat(5000), "]".repeat(5000));
    assert!(refused("w.yaml", &deep).starts_with("w.yaml:1:"));
    let deep = format!("{{\"world\": {}{}}}", "[".repeat(5000), "]".repeat(5000));
    assert!(refused("w.json", &deep).starts_with("w.json:1:"));
}

#[test]
fn a_bad_policy_is_refused_with_its_line_and_what_was_probably_meant() {
    let policy = |text: &str| format!("  applications: [ {{ name: robot }} ]\n  policies:\n    - {text}");
    for (text, expected) in [
        (
            "{ role: Global Raeder }",
            "w.yaml:6:15: there is no role named 'Global Raeder'; did you mean 'Global Reader'? (at world.policies[0].role)",
        ),
        (
            "{ role: Global Reader, activation: { approvers: [alcie] } }",
            "w.yaml:6:56: there is no user, group or application named 'alcie'; did you mean 'alice'? (at world.policies[0].activation.approvers[0])",
        ),
        (
            "{ role: Global Reader, activation: { approvers: [alice, robot] } }",
            "w.yaml:6:63: 'robot' is an application, which cannot approve (at world.policies[0].activation.approvers[1])",
        ),
        (
            "{ role: Global Reader, activation: { max: PT25H } }",
            "w.yaml:6:7: an activation may last from 30 minutes to 24 hours, not P1DT1H (at world.policies[0])",
        ),
        (
            "{ role: Global Reader, activation: { max: P1Y } }",
            "w.yaml:6:49: 'P1Y' is not a duration: months and years have no fixed length; write days, for example P180D",
        ),
        (
            "{ role: Global Reader, eligible: { require: [luck] } }",
            "w.yaml:6:52: unknown word 'luck'; known here are mfa, justification, ticket",
        ),
        (
            "{ role: Global Reader, active: { require: [ticket] } }",
            "w.yaml:6:7: Ticketing cannot be demanded of administrators (at world.policies[0])",
        ),
        (
            "{ role: Global Reader, activation: { authenticationContext: c100 } }",
            "w.yaml:6:67: 'c100' is not an authentication context: c1 to c99 (at world.policies[0].activation.authenticationContext)",
        ),
        (
            "{ role: Global Reader, activation: { authenticationContext: c1, require: [mfa] } }",
            "w.yaml:6:67: multifactor authentication cannot be demanded beside an authentication context (at world.policies[0].activation.authenticationContext)",
        ),
        (
            "{ role: Global Reader, notifications: { activation: { approver: { level: loud } } } }",
            "w.yaml:6:80: unknown word 'loud'; known here are all, critical, none",
        ),
        ("{ role: Global Reader, activaton: {} }", "w.yaml:6:30: unknown key 'activaton'; did you mean 'activation'?"),
        (
            "{ activation: { max: PT1H } }",
            "w.yaml:6:7: a 'role', a 'group' or an 'azureRole' is missing (at world.policies[0])",
        ),
        (
            "{ role: Global Reader }\n    - { role: global reader }",
            "w.yaml:7:15: 'global reader' has a policy in this file already (at world.policies[1].role)",
        ),
    ] {
        assert_eq!(refused_yaml(&policy(text)), expected);
    }
}
