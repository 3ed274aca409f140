//! `scenario run` as somebody at a terminal gives it.

use crate::cli_kit::{Scratch, run};
use pim_emulator::Emulator;
use std::path::Path;

const LESSON: &str = "\
title: A lesson
teaches: What is printed.
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  users: [ { name: ada } ]
  policies: [ { role: Groups Administrator, activation: { require: [justification] } } ]
  eligible: [ { principal: ada, role: Groups Administrator, duration: P90D } ]
steps:
  - shows: She lets herself in
    as: ada
    activate: { role: Groups Administrator, for: PT1H, because: Ticket 4711 }
  - as: ada
    activate: { role: Groups Administrator, for: PT1H, because: Ticket 4711 }
    refused: { code: RoleAssignmentExists }
";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn progress_is_for_whoever_sits_there() {
    let scratch = Scratch::new();
    let file = scratch.file("it.yaml", LESSON);
    let quiet = run(&["scenario", "run", text(&file)]);
    assert_eq!(quiet.err, "");
    let shown = run(&["scenario", "run", text(&file), "--progress"]);
    let lines: Vec<_> = shown.err.lines().collect();
    let path = file.display();
    assert_eq!(lines, [format!("[1/2] {path}:9: She lets herself in"), format!("[2/2] {path}:12: ada: activate")]);
    assert!(shown.ok().starts_with("ok      "));
    assert_eq!(run(&["scenario", "run", text(&file), "--progress", "--no-progress"]).err, "");
}

/// A file of a target, and what is said of a run against it.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_against_another_emulator_ends_with_what_differs() {
    let emulator = Emulator::builder().start().await.unwrap();
    let tenant = emulator.tenant(LESSON).unwrap();
    let scratch = Scratch::new();
    let file = scratch.file("it.yaml", LESSON);
    let there = scratch.file("there.json", &serde_json::to_string(&tenant.answer()).unwrap());
    let url = emulator.http_url();
    let arguments = ["scenario", "run", text(&file), "--target", &url, "--target-file", text(&there)];
    let out = run(&arguments).ok();
    assert!(out.contains(&format!("(2 steps at {url})")), "{out}");
    // Once more: she holds it already.
    let junit = scratch.path("junit.xml");
    let again = run(&[&arguments[..], &["--junit", text(&junit)]].concat());
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(
        again.out.contains("emulator: 201") && again.out.contains("target:   400 RoleAssignmentExists"),
        "{}",
        again.out
    );
    assert!(std::fs::read_to_string(junit).unwrap().contains("emulator: 201"), "{again:?}");
    // The address over TLS, trusted by its certificate.
    let ca = scratch.file("ca.pem", emulator.certificate_pem());
    let mut over_tls = arguments.map(str::to_owned);
    over_tls[4] = emulator.url();
    let over_tls: Vec<_> = over_tls.iter().map(String::as_str).chain(["--target-ca", text(&ca)]).collect();
    let again = run(&over_tls);
    assert!(again.out.contains("target:   400 RoleAssignmentExists"), "{again:?}");
    emulator.stop().await.unwrap();
}

#[test]
fn a_target_without_its_file_is_refused() {
    let scratch = Scratch::new();
    let file = scratch.file("it.yaml", LESSON);
    let refused = run(&["scenario", "run", text(&file), "--target", "http://localhost:1"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let refused = run(&["scenario", "run", text(&file), "--real-time"]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    let there = scratch.file("there.yaml", "tenantId: contoso.onmicrosoft.com\n");
    let refused =
        run(&["scenario", "run", text(&file), "--target", "http://192.0.2.1", "--target-file", text(&there)]).failed();
    assert!(refused.contains("passwords and tokens would travel unprotected"), "{refused}");
}
