//! Scenarios against another server: a second emulator, reached over the network as any target is.

use crate::support::Client;
use pim_emulator::Emulator;
use pim_emulator::app::Stopwatch;
use pim_emulator::app::world::Source;
use pim_emulator::scenario::{Difference, Outcome, Report, Scenario, Target, TargetAddresses};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

const WORLD: &str = "\
title: Elsewhere
teaches: Whether another server answers as the emulator does.
observer: auditor
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: ada, mfa: true }, { name: ben } ]
  groups: [ { name: desk, roleAssignable: true } ]
  azure: { subscriptions: [ { name: prod } ] }
  applications: [ { name: auditor, secret: local-only, appRoles: [RoleManagement.Read.All, Group.Read.All, User.Read.All] } ]
  policies:
    - { role: Groups Administrator, activation: { require: [justification] } }
    - { group: desk, access: member, activation: { require: [mfa] } }
  eligible:
    - { principal: ada, role: Groups Administrator, duration: P90D }
    - { principal: ada, group: desk, access: member, duration: P90D }
    - { principal: ada, azureRole: Reader, scope: prod, duration: P90D }
steps:
";

/// The first of the steps is in this line.
const FIRST: u64 = 18;

/// An emulator with a tenant of the same world, and what a target's file says of it.
struct There {
    emulator: Emulator,
    tenant: String,
    file: Value,
}

impl There {
    async fn start() -> Self {
        Self::start_at("2026-01-05T08:00:00Z").await
    }

    /// One whose clock shows something else than the world of the scenario says.
    async fn start_at(now: &str) -> Self {
        Self::of(WORLD.replace("2026-01-05T08:00:00Z", now)).await
    }

    async fn of(world: String) -> Self {
        let emulator = Emulator::builder().start().await.unwrap();
        let tenant = emulator.tenant(&format!("{world}  []\n")).unwrap();
        let file = serde_json::to_value(tenant.answer()).unwrap();
        Self { tenant: tenant.id().to_string(), emulator, file }
    }

    /// The control API of the tenant there.
    async fn control(&self, method: axum::http::Method, path: &str, body: &Value) -> Value {
        let path = format!("/_emulator/tenants/{}{path}", self.tenant);
        let answer =
            Client::over(Arc::clone(self.emulator.app())).send(Client::request(method, &path, Some(body))).await;
        serde_json::from_slice(&answer.body).unwrap()
    }

    /// How many requests its tenant has had, sign-in among them.
    fn requests_seen(&self) -> u64 {
        self.emulator.app().tenants()[0].traffic().journal().last()
    }

    fn target(&self) -> Target {
        let addresses = TargetAddresses { graph: self.emulator.http_url(), ..TargetAddresses::default() };
        target(addresses, &self.file).unwrap()
    }
}

fn target(addresses: TargetAddresses, file: &Value) -> Result<Target, String> {
    let source = Source::file("target.json", file.to_string());
    Target::new(&addresses, &source, |name| (name == "SECRET").then(|| "local-only".to_owned()))
        .map_err(|error| error.to_string())
}

fn scenario(steps: &str) -> Scenario {
    Scenario::read(Source::file("it.yaml", format!("{WORLD}{steps}"))).unwrap_or_else(|error| panic!("{error}"))
}

async fn run(steps: &str, target: Target) -> Result<Report, String> {
    scenario(steps).run_against(&Arc::new(target), |_| ()).await.map_err(|error| error.to_string())
}

const ACTIVATION: &str = "  - as: ada
    activate: { role: Groups Administrator, for: PT1H, because: Ticket 4711 }
    request: it
  - check:
      active: [ { principal: ada, role: Groups Administrator, end: 2026-01-05T09:00:00Z } ]
      member: []
      requests: [ { request: it, status: Provisioned } ]
  - as: auditor
    check: { notMember: [ { group: desk, principal: ada } ] }
";

#[tokio::test]
async fn an_emulator_answers_as_an_emulator_does() {
    let there = There::start().await;
    let report = run(ACTIVATION, there.target()).await.unwrap();
    assert!(report.failure().is_none(), "{}", report.text());
    assert_eq!(report.differences().count(), 0, "{}", report.text());
    assert!(report.text().contains(&there.emulator.http_url()), "{}", report.text());
    // It was there that it was done.
    assert!(there.requests_seen() >= 5);
}

#[tokio::test]
async fn an_answer_that_differs_is_found_at_its_line_although_the_step_is_as_it_says() {
    let mut there = There::start().await;
    there.control(axum::http::Method::PATCH, "/behaviour", &json!({ "groupActivationsAnswerPending": false })).await;
    let token = json!({ "user": "ada", "audience": "graph", "mfa": true });
    let token = there.control(axum::http::Method::POST, "/tokens", &token).await;
    there.file["users"]["ada"]["sessions"] =
        json!([{ "audience": "graph", "mfa": true, "token": token["accessToken"] }]);
    let steps = "  - as: ada
    activate: { role: Groups Administrator, for: PT1H, because: Ticket 4711 }
  - as: ada
    activate: { group: desk, access: member, for: PT1H }
  - check: { member: [ { group: desk, principal: ada } ] }
";
    let report = run(steps, there.target()).await.unwrap();
    assert!(report.failure().is_none(), "{}", report.text());
    let found: Vec<_> = report.differences().collect();
    let [(step, Difference { call, emulator, target })] = found[..] else { panic!("{}", report.text()) };
    assert_eq!((step.line, &step.outcome), (FIRST + 2, &Outcome::Passed));
    assert!(
        call.starts_with("POST /v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests"),
        "{call}"
    );
    assert_eq!((emulator.as_str(), target.as_str()), ("201 PendingProvisioning", "201 Provisioned"));
    let text = report.text();
    assert!(text.contains(&format!("it.yaml:{}: step 2", FIRST + 2)), "{text}");
    assert!(report.junit().contains("1 answer differs"), "{}", report.junit());
    assert_eq!(serde_json::to_value(&report).unwrap()["steps"][1]["differences"][0]["target"], "201 Provisioned");
}

#[tokio::test]
async fn a_step_that_only_the_emulator_does_as_it_says_fails_and_differs() {
    let there = There::start().await;
    there
        .control(axum::http::Method::PATCH, "/behaviour", &json!({ "activationWithoutEligibilityDoesNotExist": false }))
        .await;
    let steps = "  - as: ben
    activate: { role: Groups Administrator, for: PT1H, because: Ticket 4711 }
    refused: { code: RoleAssignmentDoesNotExist }
  - as: ada
    activate: { role: Groups Administrator, for: PT1H, because: Ticket 4711 }
";
    let report = run(steps, there.target()).await.unwrap();
    let failure = report.failure().unwrap();
    assert_eq!((failure.line, failure.differences.len()), (FIRST, 1));
    let Difference { emulator, target, .. } = &failure.differences[0];
    assert!(
        emulator.ends_with("RoleAssignmentDoesNotExist") && !target.ends_with("DoesNotExist"),
        "{emulator} {target}"
    );
    assert_eq!(report.steps[1].outcome, Outcome::Skipped);
}

#[tokio::test]
async fn what_only_an_emulator_does_is_refused_by_line_before_anything_is_sent() {
    let there = There::start().await;
    for (steps, wanted) in [
        ("  - advance: PT1H\n", "the clock of a target cannot be moved: leave the step out, or wait with --real-time"),
        ("  - until: 2026-02-01T00:00:00Z\n", "the clock of a target cannot be moved"),
        ("  - behaviour: { license: none }\n", "only an emulator has switches"),
        ("  - check: { mail: [ { to: ada } ] }\n", "only an emulator shows the mails of everybody"),
    ] {
        let said = run(&format!("{ACTIVATION}{steps}"), there.target()).await.unwrap_err();
        assert!(said.starts_with(&format!("it.yaml:{}:", FIRST + 9)) && said.contains(wanted), "{said}");
    }
    let mut without = there.file.clone();
    without["users"].as_object_mut().unwrap().remove("ada");
    let addresses = || TargetAddresses { graph: there.emulator.http_url(), ..TargetAddresses::default() };
    let said = run(ACTIVATION, target(addresses(), &without).unwrap()).await.unwrap_err();
    assert!(said.starts_with(&format!("it.yaml:{FIRST}:")), "{said}");
    assert!(said.contains("the target has no such name: there is no user, group or application named 'ada'"), "{said}");
    let steps = "  - as: ada\n    mfa: true\n    activate: { group: desk, access: member, for: PT1H }\n";
    let said = run(steps, there.target()).await.unwrap_err();
    assert!(said.contains("the file of the target has no session of 'ada' with multifactor authentication"), "{said}");
    assert_eq!(there.requests_seen(), 0);
}

#[tokio::test]
async fn steps_that_let_time_pass_are_waited_for_where_that_is_wanted() {
    let there = There::start().await;
    let steps = "  - advance: PT1S
  - until: 2026-01-05T08:00:02Z
";
    let began = Stopwatch::start();
    let report = run(steps, there.target().in_real_time(true)).await.unwrap();
    assert!(report.failure().is_none(), "{}", report.text());
    assert!(began.microseconds() >= 1_900_000, "{began:?}");
}

#[tokio::test]
async fn a_target_that_is_not_there_or_lets_nobody_in_is_said_so() {
    let there = There::start().await;
    let said = {
        let addresses = TargetAddresses { graph: "http://127.0.0.1:9".to_owned(), ..TargetAddresses::default() };
        run(ACTIVATION, target(addresses, &there.file).unwrap()).await.unwrap_err()
    };
    assert!(said.starts_with(&format!("it.yaml:{FIRST}:")), "{said}");
    assert!(said.contains("the target does not answer at http://127.0.0.1:9/"), "{said}");
    let mut wrong = there.file.clone();
    wrong["users"]["ada"]["password"] = "Wrong-1".into();
    let addresses = || TargetAddresses { graph: there.emulator.http_url(), ..TargetAddresses::default() };
    let said = run(ACTIVATION, target(addresses(), &wrong).unwrap()).await.unwrap_err();
    assert!(said.contains("'ada' cannot sign in at the target: AADSTS50126"), "{said}");
    assert!(!said.contains("Wrong-1"), "{said}");
}

#[tokio::test]
async fn secrets_may_be_left_to_the_environment_and_are_never_shown() {
    let there = There::start().await;
    let addresses = || TargetAddresses { graph: there.emulator.http_url(), ..TargetAddresses::default() };
    let mut file = there.file.clone();
    file["applications"]["auditor"]["secret"] = "env:SECRET".into();
    let shown = format!("{:?}", target(addresses(), &file).unwrap());
    assert!(!shown.contains("local-only") && !shown.contains("Pim-emulator-1"), "{shown}");
    assert!(run(ACTIVATION, target(addresses(), &file).unwrap()).await.unwrap().failure().is_none());
    file["users"]["ada"]["password"] = "env:NOBODY_SET_IT".into();
    let said = target(addresses(), &file).unwrap_err();
    assert_eq!(said, "the variable NOBODY_SET_IT that the target's file names is not set");
    file["user"] = json!({});
    let said = target(addresses(), &file).unwrap_err();
    assert!(said.starts_with("target.json:1:") && said.contains("unknown key 'user'; did you mean 'users'?"), "{said}");
}

#[tokio::test]
async fn what_the_file_dates_is_moved_to_the_present_of_the_target() {
    let there = There::start_at("2027-03-01T12:00:00Z").await;
    let steps = "  - as: ada
    activate: { role: Groups Administrator, end: 2026-01-05T09:30:00Z, because: Ticket 4711 }
  - check: { active: [ { principal: ada, role: Groups Administrator, end: 2026-01-05T09:30:00Z } ] }
";
    let report = run(steps, there.target()).await.unwrap();
    assert!(report.failure().is_none(), "{}", report.text());
    assert_eq!(report.differences().count(), 0, "{}", report.text());
}

#[tokio::test]
async fn azure_is_reached_too_and_twice() {
    let there = There::start().await;
    let activate = "  - as: ada
    activate: { azureRole: Reader, scope: prod, for: PT1H, because: Ticket 4711 }
  - check: { active: [ { principal: ada, azureRole: Reader, scope: prod, kind: activated } ] }
";
    let report = run(activate, there.target()).await.unwrap();
    assert!(report.failure().is_none(), "{}", report.text());
    assert_eq!(report.differences().count(), 0, "{}", report.text());
    // A second run does not take the names that the first one gave to its requests.
    let report = run(activate, there.target()).await.unwrap();
    assert!(report.text().contains("target:   400 RoleAssignmentExists"), "{}", report.text());
}

#[tokio::test]
async fn a_target_that_is_busy_is_asked_again_when_it_says() {
    let there = There::start().await;
    let faults = json!([{ "match": { "method": "POST", "surface": "graph" }, "times": 1, "respond": { "status": 429, "retryAfter": 1 } }]);
    there.control(axum::http::Method::PUT, "/faults", &faults).await;
    let began = Stopwatch::start();
    let report = run(ACTIVATION, there.target()).await.unwrap();
    assert!(report.failure().is_none(), "{}", report.text());
    assert_eq!(report.differences().count(), 0, "{}", report.text());
    assert!(began.microseconds() >= 1_000_000, "{began:?}");
}

#[tokio::test]
async fn a_check_is_looked_at_again_where_what_was_done_is_not_seen_at_once() {
    let there = There::of(WORLD.replace("tenant: { now: 2026-01-05T08:00:00Z }", "tenant: {}")).await;
    there.control(axum::http::Method::PATCH, "/behaviour", &json!({ "listDelay": "PT2S" })).await;
    let steps = "  - as: ada
    activate: { role: Groups Administrator, for: PT1H, because: Ticket 4711 }
  - check: { active: [ { principal: ada, role: Groups Administrator } ] }
";
    let report = run(steps, there.target().with_patience(Duration::from_secs(20))).await.unwrap();
    assert!(report.failure().is_none(), "{}", report.text());
    let there = There::of(WORLD.replace("tenant: { now: 2026-01-05T08:00:00Z }", "tenant: {}")).await;
    there.control(axum::http::Method::PATCH, "/behaviour", &json!({ "listDelay": "PT1H" })).await;
    let report = run(steps, there.target()).await.unwrap();
    assert_eq!(report.failure().map(|step| step.line), Some(FIRST + 2), "{}", report.text());
}
