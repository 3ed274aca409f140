//! The commands that speak to a running emulator.

use super::cli_kit::{Serving, run};
use std::fs;

#[test]
fn a_tenant_is_made_listed_shown_and_removed() {
    let serving = Serving::start(&[]);
    let made = serving.json(&["tenant", "create", "--seed", "7"]);
    let id = made["tenantId"].as_str().unwrap();
    assert_eq!(serving.json(&["tenant", "list"]).as_array().unwrap().len(), 2);
    assert!(serving.run(&["tenant", "list"]).ok().contains(id));
    assert_eq!(serving.json(&["tenant", "show", id])["users"], made["users"]);
    let text = serving.run(&["tenant", "show", id]).ok();
    assert!(text.contains("alice@contoso.onmicrosoft.com  password "), "{text}");
    let complaint = serving.run(&["tenant", "create", "--seed", "7"]).failed();
    assert!(complaint.contains("one seed makes one tenant"), "{complaint}");
    let complaint = serving.run(&["tenant", "show"]).failed();
    assert!(complaint.contains("several tenants") && complaint.contains(id), "{complaint}");
    serving.run(&["tenant", "delete", id]).ok();
    let complaint = serving.run(&["tenant", "show", id]).failed();
    assert!(complaint.contains(&format!("there is no tenant '{id}'")), "{complaint}");
    assert_eq!(serving.json(&["tenant", "show"])["tenantId"], serving.ready["tenants"][0]["tenantId"]);
}

#[test]
fn a_tenant_is_made_from_a_file_and_what_is_wrong_with_it_has_a_line() {
    let serving = Serving::start(&[]);
    let yaml = "world:\n  tenant: { domain: fabrikam.onmicrosoft.com }\n  users:\n    - { name: zoë, mfa: true }\n";
    let file = serving.scratch.file("world.yaml", yaml);
    let made = serving.json(&["tenant", "create", "--scenario", file.to_str().unwrap()]);
    assert_eq!(made["domain"], "fabrikam.onmicrosoft.com");
    assert!(made["users"]["zoë"]["id"].is_string(), "{made}");
    let wrong = serving.scratch.file("wrong.yaml", "world:\n  users:\n    - { nmae: zoe }\n");
    let complaint = serving.run(&["tenant", "create", "--scenario", wrong.to_str().unwrap()]).failed();
    assert!(complaint.contains("wrong.yaml:3:"), "{complaint}");
}

#[test]
fn a_tenant_is_exported_and_comes_back() {
    let serving = Serving::start(&[]);
    let file = serving.scratch.path("snapshot.json");
    let file = file.to_str().unwrap();
    serving.run(&["tenant", "export", "contoso.onmicrosoft.com", file]).ok();
    let id = serving.ready["tenants"][0]["tenantId"].as_str().unwrap();
    serving.run(&["tenant", "delete", id]).ok();
    assert_eq!(serving.json(&["tenant", "import", file])["tenantId"], id);
    let copy = "11111111-2222-3333-4444-555555555555";
    let copied = serving.json(&["tenant", "import", file, "--id", copy]);
    assert_eq!((&copied["tenantId"], &copied["users"]), (&copy.into(), &serving.ready["tenants"][0]["users"]));
    assert_eq!(serving.run(&["tenant", "export", copy]).ok().matches("\"weekEnds\"").count(), 1);
    let folder = serving.scratch.path("");
    let complaint = serving.run(&["tenant", "import", folder.to_str().unwrap()]).failed();
    assert!(complaint.contains("is a folder") && complaint.contains("not built yet"), "{complaint}");
    let other = serving.scratch.file("other.json", "[1]");
    let complaint = serving.run(&["tenant", "import", other.to_str().unwrap()]).failed();
    assert!(complaint.contains("not a document that 'tenant export' wrote"), "{complaint}");
}

#[test]
fn the_clock_is_read_moved_and_reset_with_its_tenant() {
    let serving = Serving::start(&[]);
    assert_eq!(serving.run(&["clock", "show"]).ok(), "2026-01-05T08:00:00Z  manual\n");
    let moved = serving.run(&["clock", "advance", "PT8H"]).ok();
    assert!(moved.starts_with("2026-01-05T16:00:00Z  ") && moved.contains("on the way"), "{moved}");
    assert_eq!(serving.json(&["clock", "set", "2026-03-01T00:00:00Z"])["now"], "2026-03-01T00:00:00Z");
    let complaint = serving.run(&["clock", "set", "2026-01-01T00:00:00Z"]).failed();
    assert_eq!(complaint, "error: the clock shows 2026-03-01T00:00:00Z already, and it never goes back\n");
    let complaint = serving.run(&["clock", "advance", "8h"]).failed();
    assert!(complaint.contains("'8h' is not a duration"), "{complaint}");
    let scaled = serving.run(&["clock", "mode", "scaled", "--rate", "60"]).ok();
    assert!(scaled.ends_with("scaled, 60 times as fast as real time\n"), "{scaled}");
    assert_eq!(serving.json(&["clock", "mode", "manual"])["mode"], "manual");
    serving.run(&["tenant", "reset"]).ok();
    assert!(serving.run(&["clock", "show"]).ok().starts_with("2026-01-05T08:00:00Z"));
}

#[test]
fn a_token_is_printed_and_nothing_else() {
    let serving = Serving::start(&[]);
    for arguments in [
        &["token", "--user", "alice"][..],
        &["token", "--user", "alice", "--mfa", "--scope", "User.Read", "--lifetime", "PT5M"],
        &["token", "--user", "alice", "--lifetime", "-PT5M"],
        &["token", "--application", "ci-app", "--audience", "arm", "--tenant", "contoso.onmicrosoft.com"],
    ] {
        let token = serving.run(arguments).ok();
        let token = token.strip_suffix('\n').unwrap();
        assert_eq!(token.split('.').count(), 3, "{arguments:?}: {token}");
        assert!(!token.contains(char::is_whitespace));
    }
    let complaint = serving.run(&["token", "--user", "alicia"]).failed();
    assert!(complaint.contains("alicia"), "{complaint}");
}

#[test]
fn the_variables_name_the_emulator_and_its_certificate() {
    let serving = Serving::start(&[]);
    let ready = &serving.ready;
    let (url, ca_file) = (ready["url"].as_str().unwrap(), ready["caFile"].as_str().unwrap());
    let application = &ready["tenants"][0]["applications"]["ci-app"];
    let text = serving.run(&["env", "--shell", "sh"]).ok();
    for line in [
        format!("export AZURE_AUTHORITY_HOST={url}"),
        format!("export AZURE_TENANT_ID={}", ready["tenants"][0]["tenantId"].as_str().unwrap()),
        format!("export AZURE_CLIENT_ID={}", application["clientId"].as_str().unwrap()),
        "export AZURE_CLIENT_SECRET=local-only".to_owned(),
        format!("export REQUESTS_CA_BUNDLE={ca_file}"),
        format!("export SSL_CERT_FILE={ca_file}"),
        format!("export NODE_EXTRA_CA_CERTS={ca_file}"),
        format!("export PIM_EMULATOR_URL={url}"),
    ] {
        assert!(text.lines().any(|it| it == line), "{line}: {text}");
    }
    assert!(!text.contains('#') && !text.contains("HTTPS_PROXY"), "{text}");
    let proxy = format!("HTTPS_PROXY={}\n", ready["proxyUrl"].as_str().unwrap());
    assert!(serving.run(&["env", "--shell", "dotenv"]).ok().ends_with(&format!("# {proxy}")));
    assert!(serving.run(&["env", "--shell", "sh", "--proxy"]).ok().ends_with(&format!("export {proxy}")));
    assert!(serving.run(&["env", "--proxy", "--shell", "fish"]).ok().contains("\nset -gx HTTPS_PROXY 'http://"));
    let by_address = serving.run(&["env", "--shell", "sh", "--url", url]).ok();
    assert_eq!(by_address, text);
    let elsewhere = serving.scratch.path("elsewhere");
    let complaint = run(&["env", "--url", url, "--state-dir", elsewhere.to_str().unwrap()]).failed();
    assert!(complaint.contains("is not the certificate of the emulator"), "{complaint}");
}

#[test]
fn the_variables_tell_a_program_of_its_managed_identity() {
    let serving = Serving::start(&[]);
    let world = "world: { tenant: { domain: robots.onmicrosoft.com }, managedIdentities: [{ name: robot }] }";
    let file = serving.scratch.file("robots.yaml", world);
    let tenant = serving.json(&["tenant", "create", "--scenario", file.to_str().unwrap()]);
    let robot = &tenant["managedIdentities"]["robot"];
    let env = |name| {
        serving.run(&["env", "--tenant", "robots.onmicrosoft.com", "--shell", "dotenv", "--managed-identity", name])
    };
    let text = env("robot").ok();
    let place = format!(
        "{}/_emulator/tenants/{}/identities/robot",
        serving.ready["httpUrl"].as_str().unwrap(),
        tenant["tenantId"].as_str().unwrap()
    );
    for line in [
        format!("IDENTITY_ENDPOINT={place}/msi/token"),
        format!("IDENTITY_HEADER={}", robot["id"].as_str().unwrap()),
        format!("AZURE_POD_IDENTITY_AUTHORITY_HOST={place}"),
        format!("AZURE_CLIENT_ID={}", robot["clientId"].as_str().unwrap()),
    ] {
        assert!(text.lines().any(|it| it == line), "{line}: {text}");
    }
    assert!(!text.contains("AZURE_CLIENT_SECRET"), "{text}");
    assert!(env("nobody").failed().contains("no managed identity named 'nobody'"));
}

#[test]
fn the_variables_survive_every_shell() {
    let awkward = "it's \"$HOME\" `x` \\ %PATH% ‘q’ #1";
    let serving = Serving::start(&[]);
    let world = format!(
        "world:\n  tenant: {{ domain: quotes.onmicrosoft.com }}\n  applications:\n    - {{ name: app, secret: {} }}\n",
        serde_json::to_string(awkward).unwrap()
    );
    let file = serving.scratch.file("quotes.yaml", &world);
    serving.json(&["tenant", "create", "--scenario", file.to_str().unwrap()]);
    let env = |shell| serving.run(&["env", "--tenant", "quotes.onmicrosoft.com", "--shell", shell]).ok();
    let secret = |text: &str| text.lines().find(|line| line.contains("AZURE_CLIENT_SECRET")).unwrap().to_owned();
    assert_eq!(secret(&env("pwsh")), "$env:AZURE_CLIENT_SECRET = 'it''s \"$HOME\" `x` \\ %PATH% ‘‘q’’ #1'");
    assert_eq!(secret(&env("fish")), r#"set -gx AZURE_CLIENT_SECRET 'it\'s "$HOME" `x` \\ %PATH% ‘q’ #1'"#);
    assert_eq!(secret(&env("dotenv")), r#"AZURE_CLIENT_SECRET="it's \"\$HOME\" \`x\` \\ %PATH% ‘q’ #1""#);
    let script = serving.scratch.path("env.sh");
    fs::write(&script, env("sh") + "printf %s \"$AZURE_CLIENT_SECRET\"").unwrap();
    if cfg!(unix) {
        let echoed = std::process::Command::new("sh").arg(&script).output().unwrap();
        assert_eq!(String::from_utf8(echoed.stdout).unwrap(), awkward);
    }
}

#[test]
fn the_audit_log_is_taken_out_line_by_line() {
    let serving = Serving::start(&[]);
    assert_eq!(serving.run(&["audit", "export"]).ok(), "", "a lab begins with a clean log");
    let id = serving.ready["tenants"][0]["tenantId"].as_str().unwrap();
    assert_eq!(serving.run(&["audit", "export", "--tenant", id, "--after", "3"]).ok(), "");
    let complaint = serving.run(&["audit", "export", "--tenant", "fabrikam"]).failed();
    assert!(complaint.contains("there is no tenant 'fabrikam'"), "{complaint}");
}
