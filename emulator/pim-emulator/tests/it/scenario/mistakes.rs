//! Files with mistakes: no step runs, and the error leads to the place.

use pim_emulator::app::Stopwatch;
use pim_emulator::app::world::Source;
use pim_emulator::scenario::Scenario;

const WORLD: &str = "\
title: A mistake
teaches: Where it is.
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: alice, mfa: true } ]
  eligible: [ { principal: alice, role: Groups Administrator, duration: P90D } ]
steps:
";

/// What is said of a file with these steps.
async fn said(steps: &str) -> String {
    let source = Source::file("it.yaml", format!("{WORLD}{steps}"));
    let read = Scenario::read(source);
    let error = match read {
        Err(error) => error,
        Ok(scenario) => match scenario.run(|_| ()).await {
            Err(error) => error,
            Ok(report) => return report.text(),
        },
    };
    error.to_string()
}

/// What is said before any step of it runs.
fn said_before(steps: &str) -> String {
    Scenario::read(Source::file("it.yaml", format!("{WORLD}{steps}"))).unwrap_err().to_string()
}

#[tokio::test]
async fn a_mistyped_key_is_named_with_the_nearest_one() {
    let said = said("  - as: alice\n    activate: { role: Groups Administrator, becuse: Ticket }\n").await;
    assert!(said.starts_with("it.yaml:9:"), "{said}");
    assert!(said.contains("unknown key 'becuse'; did you mean 'because'?"), "{said}");
}

#[tokio::test]
async fn a_mistyped_name_is_named_with_the_nearest_one() {
    for (steps, wanted) in [
        (
            "  - as: alise\n    activate: { role: Groups Administrator }\n",
            "it.yaml:8:9: there is no user, group or application named 'alise'; did you mean 'alice'?",
        ),
        (
            "  - as: alice\n    activate: { role: Group Administrator }\n",
            "there is no role named 'Group Administrator'; did you mean 'Groups Administrator'?",
        ),
        ("  - as: alice\n    cancel: it\n", "there is no request named 'it'"),
        (
            "  - as: alice\n    activate: { role: Groups Administrator }\n    refused: { code: X, rule: ACT-777 }\n",
            "there is no rule 'ACT-777'",
        ),
    ] {
        let said = said(steps).await;
        assert!(said.contains(wanted), "{said}");
    }
}

#[tokio::test]
async fn a_step_does_one_thing() {
    for (steps, wanted) in [
        ("  - as: alice\n", "it.yaml:8:"),
        ("  - as: alice\n", "a step does one thing, and this one has none"),
        ("  - advance: PT1H\n    cancel: it\n    as: alice\n", "and this one has 'cancel' and 'advance'"),
        ("  - activate: { role: Groups Administrator }\n", "'as' is missing"),
        ("  - advance: PT1H\n    refused: { code: X }\n", "only what somebody does can be refused"),
        (
            "  - as: alice\n    makeEligible: { role: Groups Administrator }\n",
            "'for', 'end' or 'permanent: true' is missing",
        ),
        ("  - check: { audit: [ { activity: X } ] }\n", "somebody has to look"),
    ] {
        let said = said(steps).await;
        assert!(said.contains(wanted), "{said}");
    }
}

#[tokio::test]
async fn the_clock_does_not_go_back() {
    let said = said("  - until: 2025-12-31T00:00:00Z\n").await;
    assert!(said.starts_with("it.yaml:8:12: "), "{said}");
}

#[tokio::test]
async fn an_impossible_world_is_refused_at_its_line() {
    let text = WORLD.replace("principal: alice", "principal: bob") + "  - advance: PT1H\n";
    let error = Scenario::read(Source::file("it.yaml", text)).unwrap_err().to_string();
    assert!(error.starts_with("it.yaml:6:"), "{error}");
}

#[tokio::test]
async fn a_step_that_fails_says_what_was_expected_and_ends_the_run() {
    let said = said(
        "  - as: alice\n    activate: { role: Groups Administrator, for: PT1H, because: Ticket }\n    status: Denied\n  - advance: PT1H\n",
    )
    .await;
    assert!(said.contains("it.yaml:8: step 1: alice: activate"), "{said}");
    assert!(said.contains("expected: a request with the status Denied"), "{said}");
    assert!(said.contains("happened: one with the status Provisioned"), "{said}");
}

#[test]
fn a_name_that_nobody_has_is_found_before_any_step_runs() {
    let first =
        "  - as: alice\n    activate: { role: Groups Administrator, for: PT1H, because: Ticket }\n    request: it\n";
    for (steps, wanted) in [
        (
            "  - check: { eligible: [ { principal: alice, role: Groups Administrator }, { principal: bob, role: Reader } ] }\n",
            "it.yaml:11:100: there is no role named 'Reader'",
        ),
        (
            "  - check: { requests: [ { request: at, status: Provisioned } ] }\n",
            "it.yaml:11:37: there is no request named 'at'; did you mean 'it'?",
        ),
        (
            "  - as: alice\n    call: { path: \"/v1.0/users/{alise}\" }\n",
            "it.yaml:12:19: there is no user, group or application named 'alise'; did you mean 'alice'?",
        ),
        (
            "  - check: { mail: [ { to: alise } ] }\n",
            "it.yaml:11:28: there is no user named 'alise'; did you mean 'alice'?",
        ),
        (
            "  - as: alice\n    setPolicy: { role: Groups Administrator, activation: { approvers: [alise] } }\n",
            "it.yaml:12:71: there is no user, group or application named 'alise'",
        ),
        (
            "  - as: alice\n    setPolicy: { role: Groups Administrator, scope: berlin }\n",
            "it.yaml:12:53: only the policy of an 'azureRole' has a 'scope'",
        ),
    ] {
        let said = said_before(&format!("{first}{steps}"));
        assert!(said.starts_with(wanted), "{said}");
    }
}

#[test]
fn a_name_is_given_once() {
    let step =
        "  - as: alice\n    activate: { role: Groups Administrator, for: PT1H, because: Ticket }\n    request: it\n";
    let said = said_before(&format!("{step}{step}"));
    assert_eq!(said, "it.yaml:13:14: 'it' is the name of a request already (at steps[1].request)");
    let said = said_before("  - as: alice\n    call: { path: /v1.0/users, remember: alice }\n");
    assert_eq!(said, "it.yaml:9:42: 'alice' is a name already (at steps[0].call.remember)");
    let text = WORLD.replace("[ { name: alice, mfa: true } ]", "[ { name: alice }, { name: alice } ]");
    let error = Scenario::read(Source::file("it.yaml", text + "  - advance: PT1H\n")).unwrap_err().to_string();
    assert!(error.starts_with("it.yaml:5:37: 'alice' is the name of a user already"), "{error}");
}

#[test]
fn a_service_principal_is_not_eligible() {
    let text = WORLD
        .replace("  eligible:", "  applications: [ { name: robot } ]\n  eligible:")
        .replace("principal: alice", "principal: robot");
    let error = Scenario::read(Source::file("it.yaml", text + "  - advance: PT1H\n")).unwrap_err().to_string();
    assert!(error.starts_with("it.yaml:7:"), "{error}");
    assert!(error.contains("world.eligible[0]"), "{error}");
}

#[test]
fn a_small_text_does_not_become_a_big_one() {
    let mut steps =
        "  - as: alice\n    call:\n      path: /v1.0/users\n      body:\n        a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
            .to_owned();
    for level in 1..12 {
        let below = format!("*a{}", level - 1);
        steps += &format!("        a{level}: &a{level} [{}]\n", vec![below; 9].join(", "));
    }
    let said = said_before(&steps);
    assert!(said.starts_with("it.yaml:1") && said.contains("alias"), "{said}");
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_at_once() {
    let text = format!("{WORLD}{}", "  - advance: PT1H\n".repeat(50_000_000 / 18));
    let began = Stopwatch::start();
    let error = Scenario::read(Source::file("it.yaml", text)).unwrap_err().to_string();
    assert!(error.starts_with("it.yaml: a YAML file may have"), "{error}");
    assert!(began.microseconds() < 1_000_000);
}
