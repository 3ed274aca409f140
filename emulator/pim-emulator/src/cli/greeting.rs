//! What a newcomer needs next.

use super::env::sh;
use super::running::Running;
use super::serve::Arguments;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

/// What is printed once the emulator answers. The commands in it work as they stand.
pub(super) fn text(arguments: &Arguments, running: &Running) -> String {
    let command = command();
    let mut text = format!("PIM Emulator {} at {}\n\n", env!("CARGO_PKG_VERSION"), running.url);
    // Writing to a string does not fail.
    for tenant in &running.tenants {
        let _ = writeln!(text, "  Tenant   {}  {}", string(tenant, "domain"), string(tenant, "tenantId"));
    }
    let first = running.tenants.first().unwrap_or(&Value::Null);
    let user = tenant_user(first);
    if let Some((_, it)) = user {
        let _ = writeln!(text, "  Sign in  {}  password {}", string(it, "userPrincipalName"), string(it, "password"));
    }
    let _ = writeln!(text, "  Trust    {} (its certificate authority)", running.ca_file.display());
    if arguments.admin_key().is_some() {
        text.push_str("  Key      these commands want it in PIM_EMULATOR_ADMIN_KEY\n");
    }
    let whose =
        if running.tenants.len() > 1 { format!(" --tenant {}", string(first, "tenantId")) } else { String::new() };
    let _ = write!(
        text,
        "\nIn another terminal, with the variables that make clients find and trust it:\n\n  eval \"$({command} env{})\"\n",
        target_options(arguments) + &whose
    );
    if let Some((name, _)) = user {
        let token = format!("{command} token{}{whose} --user {}", target_options(arguments), sh(name));
        let _ = write!(
            text,
            "\nThe first call, with a token that needs no sign-in:\n\n  curl --cacert {} -H \"Authorization: Bearer \
             $({token})\" {}/v1.0/me\n",
            sh(&running.ca_file.display().to_string()),
            running.url
        );
    }
    text.push_str("\nCtrl-C stops it.\n");
    text
}

/// The program as it was called, so that what is printed works where it is not on the path.
fn command() -> String {
    match std::env::args_os().next() {
        Some(called) if !called.is_empty() => sh(&called.to_string_lossy()),
        Some(_) | None => "pim-emulator".to_owned(),
    }
}

/// What the other commands must be told to find this emulator.
fn target_options(arguments: &Arguments) -> String {
    let option = |directory: &Path| {
        let absolute = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
        format!(" --state-dir {}", sh(&absolute.display().to_string()))
    };
    arguments.state_dir.chosen().map(option).unwrap_or_default()
}

/// The first user of a tenant.
fn tenant_user(tenant: &Value) -> Option<(&String, &Value)> {
    tenant["users"].as_object()?.iter().next()
}

fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
