//! `pim-emulator env`.

use super::client::{Client, Target};
use super::failure::Failure;
use super::output;
use super::running::Running;
use clap::{Args, ValueEnum};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
#[command(
    after_help = "Programs started with SSL_CERT_FILE or REQUESTS_CA_BUNDLE trust the emulator alone, and no other site."
)]
pub(super) struct Arguments {
    /// Whose syntax to write
    #[arg(long, default_value = if cfg!(windows) { "pwsh" } else { "sh" })]
    shell: Shell,
    /// Also make the emulator the proxy, so that clients which know only the cloud's addresses reach it
    #[arg(long)]
    proxy: bool,
    /// The tenant, by id or domain [default: the only one]
    #[arg(long, value_name = "T")]
    tenant: Option<String>,
    /// The application whose client id and secret are given, by name [default: the first that has a secret]
    #[arg(long, value_name = "NAME")]
    application: Option<String>,
    /// A managed identity, by name: what a program in Azure would find in its environment, instead of an application
    #[arg(long, value_name = "NAME", conflicts_with = "application")]
    managed_identity: Option<String>,
    #[command(flatten)]
    target: Target,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Shell {
    /// sh, bash, zsh: eval "$(pim-emulator env)"
    Sh,
    /// PowerShell: pim-emulator env --shell pwsh | Out-String | Invoke-Expression
    Pwsh,
    /// fish: pim-emulator env --shell fish | source
    Fish,
    /// A file of lines NAME=value
    Dotenv,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let client = arguments.target.client()?;
    let place = Place::find(&arguments.target, &client)?;
    let tenant: Value = client.get(&format!("/tenants/{}", client.tenant(arguments.tenant.as_deref())?))?;
    let mut variables = vec![
        ("AZURE_AUTHORITY_HOST", place.url.clone()),
        ("AZURE_TENANT_ID", tenant["tenantId"].as_str().unwrap_or_default().to_owned()),
    ];
    match &arguments.managed_identity {
        Some(name) => variables.extend(managed_identity(&tenant, name, &place.http_url())?),
        None => {
            if let Some((id, secret)) = application(&tenant, arguments.application.as_deref())? {
                variables.push(("AZURE_CLIENT_ID", id));
                variables.extend(secret.map(|secret| ("AZURE_CLIENT_SECRET", secret)));
            }
        }
    }
    let ca_file = place.ca_file.display().to_string();
    for name in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"] {
        variables.push((name, ca_file.clone()));
    }
    variables.push(("PIM_EMULATOR_URL", place.url));
    if arguments.proxy {
        // Clients that sign in with a browser listen on this machine themselves.
        variables.push(("NO_PROXY", "localhost,127.0.0.1".to_owned()));
    }
    let lines = variables.iter().map(|(name, value)| arguments.shell.line(name, value));
    let proxy = arguments.shell.line("HTTPS_PROXY", &place.proxy_url);
    let proxy = match arguments.shell {
        Shell::Sh | Shell::Pwsh | Shell::Fish | Shell::Dotenv if arguments.proxy => Some(proxy),
        // An interactive zsh takes a comment for a command.
        Shell::Sh => None,
        Shell::Pwsh | Shell::Fish | Shell::Dotenv => Some(format!("# {proxy}")),
    };
    output::print(&lines.chain(proxy).map(|line| line + "\n").collect::<String>())
}

/// The client id of an application and its secret. One that is asked for by name must be there.
fn application(tenant: &Value, name: Option<&str>) -> Result<Option<(String, Option<String>)>, Failure> {
    let read = |it: &Value| {
        let text = |key: &str| it[key].as_str().map(str::to_owned);
        Some((text("clientId")?, text("secret")))
    };
    let applications = tenant["applications"].as_object();
    match name {
        Some(name) => {
            let found = applications.and_then(|all| all.get(name)).and_then(read);
            found.map(Some).ok_or_else(|| Failure::new(format!("the tenant has no application named '{name}'")))
        }
        None => Ok(applications.and_then(|all| all.values().filter_map(read).find(|(_, secret)| secret.is_some()))),
    }
}

/// What tells a program of its managed identity: in the shape of App Service, which is asked first, and where the metadata
/// service is. Both are asked in plain HTTP.
fn managed_identity(tenant: &Value, name: &str, http_url: &str) -> Result<[(&'static str, String); 4], Failure> {
    let identity = &tenant["managedIdentities"][name];
    let text = |key: &str| identity[key].as_str().map(str::to_owned);
    let (Some(id), Some(client_id)) = (text("id"), text("clientId")) else {
        return Err(Failure::new(format!("the tenant has no managed identity named '{name}'")));
    };
    let place =
        format!("{http_url}/_emulator/tenants/{}/identities/{name}", tenant["tenantId"].as_str().unwrap_or_default());
    Ok([
        ("AZURE_CLIENT_ID", client_id),
        ("IDENTITY_ENDPOINT", format!("{place}/msi/token")),
        ("IDENTITY_HEADER", id),
        ("AZURE_POD_IDENTITY_AUTHORITY_HOST", place),
    ])
}

/// Where an emulator is and which file its clients must trust.
struct Place {
    url: String,
    proxy_url: String,
    ca_file: PathBuf,
}

impl Place {
    /// The address without TLS: one port serves both.
    fn http_url(&self) -> String {
        self.proxy_url.replacen("https://", "http://", 1)
    }

    fn find(target: &Target, client: &Client) -> Result<Self, Failure> {
        let directory = target.state_dir.path()?;
        if target.url.is_none()
            && let Some(running) = Running::read(&directory)?
        {
            return Ok(Self { url: running.url, proxy_url: running.proxy_url, ca_file: running.ca_file });
        }
        let ca_file = directory.join("ca.pem");
        same_certificate(client, &ca_file)?;
        let proxy_url = client.base().to_owned();
        Ok(Self { url: proxy_url.replacen("http://", "https://", 1), proxy_url, ca_file })
    }
}

/// Where the emulator is named by its address, the file must be its own and not that of another emulator.
fn same_certificate(client: &Client, ca_file: &Path) -> Result<(), Failure> {
    let theirs = client.text("/ca.pem")?;
    if fs::read_to_string(ca_file).is_ok_and(|ours| ours.trim() == theirs.trim()) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} is not the certificate of the emulator at {base}; say its state directory with --state-dir DIR, or save what \
         {base}/_emulator/ca.pem hands out as ca.pem in a directory and say that one",
        ca_file.display(),
        base = client.base(),
    )))
}

impl Shell {
    /// The line that sets a variable.
    fn line(self, name: &str, value: &str) -> String {
        match self {
            Self::Sh => format!("export {name}={}", sh(value)),
            Self::Pwsh => format!("$env:{name} = '{}'", pwsh(value)),
            Self::Fish => format!("set -gx {name} '{}'", value.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::Dotenv => format!("{name}={}", dotenv(value)),
        }
    }
}

/// Whether no shell and no reader of files sees more in a value than its letters.
fn is_plain(value: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-_./:@%+,".contains(it);
    !value.is_empty() && value.chars().all(plain)
}

/// A value as a word of a POSIX shell.
pub(super) fn sh(value: &str) -> String {
    if is_plain(value) { value.to_owned() } else { format!("'{}'", value.replace('\'', r"'\''")) }
}

/// PowerShell takes typographic quotes for quotes.
fn pwsh(value: &str) -> String {
    let is_quote = |it: char| matches!(it, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}');
    value.chars().flat_map(|it| std::iter::repeat_n(it, if is_quote(it) { 2 } else { 1 })).collect()
}

/// Readers of such files differ: some take quotes literally, so plain values have none, and in single quotes all of the others
/// see just letters. Only a value with a single quote in it needs the double ones.
fn dotenv(value: &str) -> String {
    if is_plain(value) {
        value.to_owned()
    } else if value.contains(['\'', '\n']) {
        let mut quoted = String::from("\"");
        for letter in value.chars() {
            match letter {
                '\n' => quoted.push_str("\\n"),
                '"' | '\\' | '$' | '`' => quoted.extend(['\\', letter]),
                other => quoted.push(other),
            }
        }
        quoted + "\""
    } else {
        format!("'{value}'")
    }
}
