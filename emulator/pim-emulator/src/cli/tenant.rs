//! `pim-emulator tenant`.

use super::client::Target;
use super::failure::Failure;
use super::named_scenario::Scenario;
use super::{output, running};
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use ureq::http::Method;
use uuid::Uuid;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a tenant
    Create {
        /// The file that says what is in it, or the name of a built-in scenario
        #[arg(long, value_name = "FILE|NAME", default_value = "contoso")]
        scenario: Scenario,
        /// The number that all its ids follow from; the same number makes the same ids
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
        #[command(flatten)]
        shown: Shown,
    },
    /// List the tenants
    List {
        #[command(flatten)]
        shown: Shown,
    },
    /// Print which id each name got
    Show {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        shown: Shown,
    },
    /// Put a tenant back to how it was made
    Reset {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        target: Target,
    },
    /// Remove a tenant and everything in it
    Delete {
        /// The tenant, by id or domain
        #[arg(value_name = "TENANT")]
        tenant: String,
        #[command(flatten)]
        target: Target,
    },
    /// Write everything that a tenant is into one JSON document
    Export {
        /// The tenant, by id or domain
        #[arg(value_name = "TENANT")]
        tenant: String,
        /// The file [default: standard output]
        file: Option<PathBuf>,
        #[command(flatten)]
        target: Target,
    },
    /// Make a tenant from a document that export wrote
    Import {
        /// The file
        file: PathBuf,
        /// The id that the tenant gets; a tenant that has it is replaced [default: the id in the document]
        #[arg(long, value_name = "ID")]
        id: Option<Uuid>,
        #[command(flatten)]
        shown: Shown,
    },
}

#[derive(Args, Debug)]
pub(super) struct Which {
    /// The tenant, by id or domain [default: the only one]
    #[arg(value_name = "TENANT")]
    tenant: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Shown {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    target: Target,
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Create { scenario, seed, shown } => create(&scenario, seed, &shown),
        Command::List { shown } => list(&shown),
        Command::Show { which, shown } => {
            let client = shown.target.client()?;
            let path = format!("/tenants/{}", client.tenant(which.tenant.as_deref())?);
            shown.print(&client.get(&path)?)
        }
        Command::Reset { which, target } => {
            let client = target.client()?;
            let id = client.tenant(which.tenant.as_deref())?;
            client.tell(Method::POST, &format!("/tenants/{id}/reset"))?;
            output::line(&format!("tenant {id} is as it was made"))
        }
        Command::Delete { tenant, target } => {
            let client = target.client()?;
            let id = client.tenant(Some(&tenant))?;
            client.tell(Method::DELETE, &format!("/tenants/{id}"))?;
            output::line(&format!("tenant {id} is removed"))
        }
        Command::Export { tenant, file, target } => export(&tenant, file.as_deref(), &target),
        Command::Import { file, id, shown } => import(&file, id, &shown),
    }
}

fn create(scenario: &Scenario, seed: Option<u64>, shown: &Shown) -> Result<(), Failure> {
    let client = shown.target.client()?;
    let mut body = scenario.body()?;
    if let (Some(seed), Some(body)) = (seed, body.as_object_mut()) {
        body.insert("seed".to_owned(), json!(seed));
    }
    shown.print(&client.send(Method::POST, "/tenants", &body)?)
}

fn list(shown: &Shown) -> Result<(), Failure> {
    let client = shown.target.client()?;
    if shown.json {
        let list: Value = client.get("/tenants")?;
        return output::json(&list["value"]);
    }
    let rows: Vec<_> =
        client.tenants()?.into_iter().map(|it| [it.tenant_id, it.domain, it.now, it.clock, it.display_name]).collect();
    output::print(&output::columns(&rows))
}

fn export(tenant: &str, file: Option<&Path>, target: &Target) -> Result<(), Failure> {
    let client = target.client()?;
    let mut document = client.stream(&format!("/tenants/{}/snapshot", client.tenant(Some(tenant))?))?;
    match file {
        Some(file) => running::write_whole(file, |out| io::copy(&mut document, out).map(drop)),
        None => output::copy(&mut document),
    }
}

fn import(file: &Path, id: Option<Uuid>, shown: &Shown) -> Result<(), Failure> {
    if file.is_dir() {
        return Err(Failure::new(format!(
            "{} is a folder; importing pages as Graph and ARM return them is not built yet, only a document that \
             'tenant export' wrote",
            file.display()
        )));
    }
    let id = match id {
        Some(id) => id,
        None => id_in(file)?,
    };
    let client = shown.target.client()?;
    let mut document = File::open(file).map_err(Failure::file(file))?;
    shown.print(&client.send_stream(Method::PUT, &format!("/tenants/{id}/snapshot"), &mut document)?)
}

/// The tenant's id that a snapshot has in it. Everything else is skipped over, however much it is.
fn id_in(file: &Path) -> Result<Uuid, Failure> {
    #[derive(serde::Deserialize)]
    struct Document {
        state: State,
    }
    #[derive(serde::Deserialize)]
    struct State {
        tenant: Tenant,
    }
    #[derive(serde::Deserialize)]
    struct Tenant {
        id: Uuid,
    }
    let text = io::BufReader::new(File::open(file).map_err(Failure::file(file))?);
    let document: Document = serde_json::from_reader(text).map_err(|error| {
        Failure::new(format!("{}: this is not a document that 'tenant export' wrote: {error}", file.display()))
    })?;
    Ok(document.state.tenant.id)
}

impl Shown {
    fn print(&self, tenant: &Value) -> Result<(), Failure> {
        if self.json { output::json(tenant) } else { output::print(&text(tenant)) }
    }
}

/// What the names of a tenant stand for, for people.
fn text(tenant: &Value) -> String {
    let word = |key: &str| tenant[key].as_str().unwrap_or_default().to_owned();
    let mut rows = vec![
        ["tenant".to_owned(), word("domain"), word("tenantId"), String::new()],
        ["now".to_owned(), word("now"), String::new(), String::new()],
    ];
    let sections = [
        ("users", "user"),
        ("groups", "group"),
        ("applications", "application"),
        ("administrativeUnits", "administrative unit"),
        ("roles", "role"),
        ("managementGroups", "management group"),
        ("subscriptions", "subscription"),
        ("resourceGroups", "resource group"),
        ("resources", "resource"),
        ("azureRoles", "Azure role"),
    ];
    let nothing = Map::new();
    for (key, word) in sections {
        for (name, it) in tenant[key].as_object().unwrap_or(&nothing) {
            let id = it["id"].as_str().unwrap_or_default().to_owned();
            rows.push([word.to_owned(), name.clone(), id, details(it)]);
        }
    }
    output::columns(&rows)
}

fn details(it: &Value) -> String {
    let known =
        [("userPrincipalName", ""), ("password", "password "), ("clientId", "client id "), ("secret", "secret ")];
    let parts = known.iter().filter_map(|(key, label)| Some(format!("{label}{}", it[*key].as_str()?)));
    parts.collect::<Vec<_>>().join("  ")
}
