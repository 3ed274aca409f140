//! `serve`: how it starts, what it says, how it ends.

use super::cli_kit::{Scratch, Serving, program, run};
use std::fs;
use std::net::TcpListener;

/// What `serve` complains about, and that the state directory was not even made.
#[track_caller]
fn refused(scratch: &Scratch, arguments: &[&str]) -> String {
    let state = scratch.path("state");
    let ready = scratch.path("ready.json");
    let paths = ["--state-dir", state.to_str().unwrap(), "--ready-file", ready.to_str().unwrap()];
    let complaint = run(&[&["serve"], arguments, &paths].concat()).failed();
    assert!(!state.exists() && !ready.exists(), "{complaint}");
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    complaint
}

#[test]
fn a_taken_port_is_told_and_nothing_is_left_behind() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let _held = TcpListener::bind(taken).unwrap();
    let complaint = refused(&Scratch::new(), &["--listen", &taken.to_string()]);
    assert!(complaint.contains(&format!("port {} on 127.0.0.1 is taken", taken.port())), "{complaint}");
}

#[test]
fn a_scenario_that_cannot_be_loaded_is_told_with_its_line() {
    let scratch = Scratch::new();
    let complaint = refused(&scratch, &["--listen", "127.0.0.1:0", "--scenario", "fabrikam"]);
    assert!(complaint.contains("fabrikam") && complaint.contains("built-in scenarios: contoso"), "{complaint}");
    let missing = scratch.path("missing.yaml");
    let complaint = refused(&scratch, &["--listen", "127.0.0.1:0", "--scenario", missing.to_str().unwrap()]);
    assert!(complaint.contains("missing.yaml: No such file"), "{complaint}");
    let wrong = scratch.file(
        "wrong.yaml",
        "world:\n  users:\n    - { name: alice }\n  eligible:\n    - { principal: alcie, role: Global Reader }\n",
    );
    let complaint = refused(&scratch, &["--listen", "127.0.0.1:0", "--scenario", wrong.to_str().unwrap()]);
    assert!(complaint.contains("wrong.yaml:5:") && complaint.contains("'alcie'"), "{complaint}");
}

#[test]
fn an_address_may_be_a_port_alone_or_named_localhost() {
    for listen in ["0", "localhost:0", "[::1]:0"] {
        // A scenario that is missing ends it before it listens.
        let complaint = refused(&Scratch::new(), &["--listen", listen, "--scenario", "missing.yaml"]);
        assert!(complaint.contains("missing.yaml"), "{complaint}");
    }
    let run = run(&["serve", "--listen", "pim.example:80"]);
    assert!(run.code == Some(2) && run.err.contains("such as 127.0.0.1:8443"), "{run:?}");
}

#[test]
fn the_network_is_not_served_without_a_key() {
    let complaint = refused(&Scratch::new(), &["--listen", "0.0.0.0:0"]);
    assert!(complaint.contains("--admin-key KEY"), "{complaint}");
}

#[test]
fn a_state_directory_that_cannot_be_made_is_told() {
    let scratch = Scratch::new();
    let file = scratch.file("file", "");
    let directory = file.join("state");
    let complaint = run(&["serve", "--listen", "127.0.0.1:0", "--state-dir", directory.to_str().unwrap()]).failed();
    assert!(complaint.contains(directory.to_str().unwrap()), "{complaint}");
}

#[test]
fn a_ready_file_that_cannot_be_written_ends_it_and_leaves_no_note() {
    let scratch = Scratch::new();
    let state = scratch.path("state");
    let ready = scratch.path("no/such/place.json");
    let paths = ["--state-dir", state.to_str().unwrap(), "--ready-file", ready.to_str().unwrap()];
    let complaint = run(&[&["serve", "--listen", "127.0.0.1:0"][..], &paths].concat()).failed();
    assert!(complaint.contains("place.json"), "{complaint}");
    assert!(!state.join("running.json").exists());
}

#[test]
fn the_ready_file_says_all_that_a_test_needs() {
    let serving = Serving::start(&[]);
    let ready = &serving.ready;
    let port = ready["url"].as_str().unwrap().strip_prefix("https://localhost:").unwrap();
    assert_eq!(ready["httpUrl"], format!("http://localhost:{port}"));
    assert_eq!(ready["proxyUrl"], ready["httpUrl"]);
    assert_eq!(ready["pid"], serving.child.id());
    let ca_file = ready["caFile"].as_str().unwrap();
    assert!(fs::read_to_string(ca_file).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
    let tenant = &ready["tenants"][0];
    assert_eq!(tenant["domain"], "contoso.onmicrosoft.com");
    assert!(tenant["users"]["alice"]["password"].is_string());
    let note = fs::read_to_string(serving.state_dir().join("running.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&note).unwrap(), *ready);
}

#[test]
fn the_greeting_says_what_a_newcomer_needs_next() {
    let serving = Serving::start(&[]);
    // It is printed after the ready file is there.
    serving.until_said("out", "Ctrl-C stops it.");
    let greeting = serving.said("out");
    let ready = &serving.ready;
    for needed in [
        ready["url"].as_str().unwrap(),
        ready["caFile"].as_str().unwrap(),
        ready["tenants"][0]["tenantId"].as_str().unwrap(),
        "alice@contoso.onmicrosoft.com  password ",
        " token --state-dir ",
        " env --state-dir ",
        "curl --cacert ",
        "Ctrl-C stops it.",
    ] {
        assert!(greeting.contains(needed), "{needed}: {greeting}");
    }
    assert_eq!(serving.said("err"), "");
}

#[test]
#[cfg(unix)]
fn the_curl_of_the_greeting_works_as_it_stands() {
    let serving = Serving::start(&[]);
    // It is printed after the ready file is there.
    serving.until_said("out", "Ctrl-C stops it.");
    let greeting = serving.said("out");
    let line = greeting.lines().find(|line| line.starts_with("  curl ")).unwrap();
    let output = std::process::Command::new("sh").args(["-c", line]).output();
    let Ok(output) = output else { return };
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\"userPrincipalName\":\"alice@contoso.onmicrosoft.com\""), "{text}");
}

#[test]
#[cfg(unix)]
fn told_to_end_it_ends_well_and_takes_its_notes_away() {
    let mut serving = Serving::start(&[]);
    assert_eq!(serving.terminate(), Some(0));
    assert!(!serving.scratch.path("ready.json").exists());
    let left: Vec<_> = fs::read_dir(serving.state_dir()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name == "running.json"), "{left:?}");
    assert!(left.iter().any(|name| name == "ca.pem"), "{left:?}");
}

#[test]
#[cfg(unix)]
fn ids_and_trust_outlive_a_restart() {
    let mut serving = Serving::start(&[]);
    let ca = fs::read(serving.state_dir().join("ca.pem")).unwrap();
    assert_eq!(serving.terminate(), Some(0));
    let again = Serving::start(&[]);
    assert_eq!(again.ready["tenants"], serving.ready["tenants"]);
    assert_eq!(fs::read(serving.state_dir().join("ca.pem")).unwrap(), ca);
}

#[test]
fn a_key_is_asked_for_and_may_come_from_the_environment() {
    let serving = Serving::start(&["--admin-key", "sesame"]);
    let complaint = serving.run(&["tenant", "list"]).failed();
    assert!(complaint.contains("the admin key is missing or wrong"), "{complaint}");
    assert!(serving.run(&["tenant", "list", "--admin-key", "sesame"]).ok().contains("contoso"));
    let listed = program()
        .args(["tenant", "list", "--state-dir"])
        .arg(serving.state_dir())
        .env("PIM_EMULATOR_ADMIN_KEY", "sesame")
        .output()
        .unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let notes = fs::read_to_string(serving.state_dir().join("running.json")).unwrap() + &serving.said("out");
    assert!(!notes.contains("sesame"), "{notes}");
}

#[test]
fn an_address_for_audit_records_that_is_none_is_told() {
    let run = run(&["serve", "--audit-webhook", "siem.example:8080"]);
    assert!(run.code == Some(2) && run.err.contains("no address like https://siem.example/audit"), "{run:?}");
}
