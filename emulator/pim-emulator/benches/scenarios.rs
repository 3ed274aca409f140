//! How long scenarios take: one of 10,000 steps (wanted: 10 s), and all in the repository together (wanted: 5 s).

use divan::Bencher;
use pim_emulator::app::world::Source;
use pim_emulator::scenario::{Report, Scenario};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

/// How many people take turns.
const PEOPLE: usize = 100;

/// A scenario of ten steps for each round: what an ordinary day has, with a refusal, checks by the person and by an auditor, a
/// change of a policy, and two hours that pass.
fn long(rounds: usize) -> String {
    let mut text = "\
title: Many days
teaches: How long many steps take.
observer: auditor
world:
  tenant: { now: 2026-01-05T08:00:00Z }
  applications:
    - { name: auditor, secret: local-only, appRoles: [RoleManagement.Read.All, AuditLog.Read.All] }
  users:
    - { name: admin, mfa: true }
"
    .to_owned();
    let people = || (0..PEOPLE).map(|number| format!("person{number}"));
    people().for_each(|name| text.push_str(&format!("    - {{ name: {name}, mfa: true }}\n")));
    text.push_str("  active: [ { principal: admin, role: Privileged Role Administrator } ]\n  policies:\n");
    text.push_str(
        "    - { role: Reports Reader, eligible: { permanent: true }, activation: { require: [justification] } }\n",
    );
    text.push_str("  eligible:\n");
    people().for_each(|name| text.push_str(&format!("    - {{ principal: {name}, role: Reports Reader }}\n")));
    text.push_str("steps:\n");
    for (round, name) in (0..rounds).zip(people().cycle()) {
        let hours = 2 + round % 7;
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "  - as: {name}
    activate: {{ role: Reports Reader, for: PT1H, because: Round {round} }}
    request: round{round}
  - check:
      active: [ {{ principal: {name}, role: Reports Reader, kind: activated }} ]
      requests: [ {{ request: round{round}, status: Provisioned }} ]
  - as: {name}
    activate: {{ role: Reports Reader, for: PT1H, because: Once more }}
    refused: {{ code: RoleAssignmentExists }}
  - as: admin
    makeEligible: {{ principal: {name}, role: Message Center Reader, for: P30D, because: Round {round} }}
  - check: {{ eligible: [ {{ principal: {name}, role: Message Center Reader }} ] }}
  - as: admin
    removeEligible: {{ principal: {name}, role: Message Center Reader }}
  - as: admin
    setPolicy: {{ role: Reports Reader, activation: {{ max: PT{hours}H }} }}
  - advance: PT2H
  - check: {{ notActive: [ {{ principal: {name}, role: Reports Reader }} ] }}
  - as: auditor
    call: {{ path: \"/v1.0/roleManagement/directory/roleAssignmentScheduleInstances?$filter=principalId eq '{{{name}}}'\", count: 0 }}
"
        );
    }
    text
}

fn run(name: String, text: String) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
    let scenario = Scenario::read(Source::file(name, text)).unwrap_or_else(|error| panic!("{error}"));
    let report = runtime.block_on(scenario.run(|_| ())).unwrap_or_else(|error| panic!("{error}"));
    assert!(report.failure().is_none(), "{}", report.text());
    report
}

/// So that what grows with the square of the steps is seen.
#[divan::bench(args = [100, 1000], sample_count = 3)]
fn rounds_of_ten_steps(bencher: Bencher<'_, '_>, rounds: usize) {
    bencher.with_inputs(|| long(rounds)).bench_values(|text| run("long.yaml".to_owned(), text));
}

#[divan::bench(sample_count = 3)]
fn every_scenario_of_the_repository() -> Vec<Report> {
    files().into_iter().map(|path| run(path.display().to_string(), read(&path))).collect()
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let in_folder = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = in_folder(folder.clone()).chain(in_folder(folder.join("client-bugs")));
    files.filter(|path| path.extension().is_some_and(|it| it == "yaml")).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
