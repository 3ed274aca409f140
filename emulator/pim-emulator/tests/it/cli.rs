//! The command line without an emulator: arguments, lists and completions.

use super::cli_kit::{Scratch, program, run};
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

#[test]
fn what_is_not_a_command_is_wrong_usage() {
    for arguments in [
        &[][..],
        &["serv"],
        &["serve", "--listen", "somewhere"],
        &["serve", "--data-dir", "x"],
        &["token"],
        &["token", "--user", "alice", "--application", "ci-app"],
        &["clock", "mode", "scaled"],
        &["tenant", "delete"],
        &["rules", "--json", "--markdown"],
        &["rules", "--implemented", "--missing"],
    ] {
        let run = run(arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}: {run:?}");
        assert!(run.err.contains("help"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn help_names_every_command_and_never_a_key() {
    let help = program().arg("serve").arg("--help").env("PIM_EMULATOR_ADMIN_KEY", "very-secret").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("PIM_EMULATOR_ADMIN_KEY") && !help.contains("very-secret"), "{help}");
    let help = run(&["--help"]).ok();
    for command in ["serve", "env", "tenant", "token", "clock", "routes", "rules", "errors", "behaviour", "completions"]
    {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = program().arg("rules").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn rules_are_found_by_topic_and_by_id() {
    let lines = |arguments: &[&str]| run(arguments).ok().lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(lines(&["rules", "act"]).iter().all(|line| line.starts_with("ACT-")));
    assert_eq!(lines(&["rules", "ACT-1"]).len(), 1);
    let all = lines(&["rules", "REQ"]).len();
    let implemented = lines(&["rules", "REQ", "--implemented"]).len();
    let outside = lines(&["rules", "REQ", "--outside"]).len();
    assert_eq!(implemented + outside + lines(&["rules", "--missing", "REQ"]).len(), all);
    assert!(implemented > 0);
    let complaint = run(&["rules", "XYZ"]).failed();
    assert!(complaint.contains("no rule starts with 'XYZ'"), "{complaint}");
}

#[test]
fn lists_are_also_there_for_machines() {
    for (list, key) in [("routes", "path"), ("rules", "id"), ("errors", "code"), ("behaviour", "name")] {
        let rows: Vec<serde_json::Value> = serde_json::from_str(&run(&[list, "--json"]).ok()).unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|row| row[key].is_string()), "{list}");
    }
}

/// The page names every route that can be called, also those of the control API.
#[test]
fn routes_of_the_control_api_are_listed_with_what_they_do() {
    let rows: Vec<serde_json::Value> = serde_json::from_str(&run(&["routes", "--json"]).ok()).unwrap();
    let control: Vec<_> = rows.iter().filter(|row| row["surface"] == "control").collect();
    assert!(control.iter().all(|row| row["summary"].as_str().is_some_and(|it| !it.is_empty())), "{control:?}");
    let served = |method: &str, path: &str| control.iter().any(|row| row["method"] == method && row["path"] == path);
    assert!(served("POST", "/_emulator/tenants"));
    assert!(served("PATCH", "/_emulator/tenants/{tid}/behaviour"));
    assert!(served("DELETE", "/_emulator/tenants/{tid}"));
    assert!(served("PUT", "/_emulator/tenants/{tid}/snapshot"));
    assert!(!rows.iter().any(|row| row["surface"] == "graph" && row.get("summary").is_some()));
    let page = run(&["routes", "--markdown"]).ok();
    assert!(page.contains("## Control API") && page.contains("| GET | `/_emulator/health` |"), "{page}");
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).ok();
        assert!(script.contains("pim-emulator") && script.contains("advance"), "{shell}");
    }
}

#[test]
fn a_command_that_finds_no_emulator_says_how_to_start_one() {
    let scratch = Scratch::new();
    let directory = scratch.path("nothing here");
    let complaint = run(&["tenant", "list", "--state-dir", directory.to_str().unwrap()]).failed();
    assert!(complaint.contains("no emulator is running") && complaint.contains("pim-emulator serve"), "{complaint}");
    assert!(!directory.exists());
    let complaint = run(&["tenant", "list", "--url", "http://127.0.0.1:1"]).failed();
    assert!(complaint.contains("nothing answers at http://127.0.0.1:1"), "{complaint}");
    for url in ["localhost:8443", "http://localhost:8443/v1.0", "ftp://localhost"] {
        let complaint = run(&["tenant", "list", "--url", url]).failed();
        assert!(complaint.contains("is not an address like http://localhost:8443"), "{complaint}");
    }
    let complaint = run(&["tenant", "list", "--url", "https://pim.example:8443"]).failed();
    assert!(complaint.contains("--url http://pim.example:8443"), "{complaint}");
}

#[test]
fn an_emulator_that_ended_without_tidying_up_is_noticed() {
    let scratch = Scratch::new();
    let note = r#"{"url":"https://localhost:1","httpUrl":"http://localhost:1","proxyUrl":"","caFile":"","pid":99,"tenants":[]}"#;
    scratch.file("running.json", note);
    let directory = scratch.path("");
    let complaint = run(&["clock", "show", "--state-dir", directory.to_str().unwrap()]).failed();
    assert!(complaint.contains("(process 99) does not answer any more"), "{complaint}");
    scratch.file("running.json", "{");
    let complaint = run(&["clock", "show", "--state-dir", directory.to_str().unwrap()]).failed();
    assert!(complaint.contains("is not what a running emulator writes"), "{complaint}");
}

/// The pages under `docs/` that are written by the program.
#[test]
fn the_generated_pages_are_current() {
    for page in ["rules", "routes", "errors", "behaviour"] {
        let file = root().join(format!("docs/{page}.md"));
        let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            committed == run(&[page, "--markdown"]).ok(),
            "docs/{page}.md is not what the code says any more; write it anew:\n  \
             cargo run -q -p pim-emulator -- {page} --markdown > docs/{page}.md"
        );
    }
}

/// The schema that editors read beside a scenario.
#[test]
fn the_schema_of_scenarios_is_current() {
    let committed = fs::read_to_string(root().join("docs/scenario.schema.json")).unwrap_or_default();
    assert!(
        committed.replace("\r\n", "\n") == run(&["scenario", "schema"]).ok(),
        "docs/scenario.schema.json is not what the code says any more; write it anew:\n  \
         cargo run -q -p pim-emulator -- scenario schema > docs/scenario.schema.json"
    );
}

/// A table of Markdown has in every line as many cells as in its head.
#[test]
fn no_text_breaks_out_of_its_cell() {
    for page in ["rules", "routes", "errors", "behaviour"] {
        let text = run(&[page, "--markdown"]).ok();
        let mut width = 0;
        for line in text.lines() {
            let cells = line.replace("\\|", "").matches('|').count();
            assert!(!line.starts_with('|') || width == 0 || cells == width, "{page}: {line}");
            width = if line.starts_with('|') { cells } else { 0 };
        }
    }
}

#[test]
fn a_file_that_is_said_to_implement_a_rule_cites_it() {
    for implements in pim_emulator::reference::IMPLEMENTED {
        let text = fs::read_to_string(root().join(implements.file)).unwrap();
        for rule in implements.rules {
            assert!(text.contains(rule), "{} does not speak of {rule}", implements.file);
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
