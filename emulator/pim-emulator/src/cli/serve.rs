//! `pim-emulator serve`.

use super::failure::Failure;
use super::named_scenario::Scenario;
use super::running::{Running, note_in, write_whole};
use super::state_dir::StateDir;
use super::{greeting, output};
use clap::Args;
use pim_emulator::app::Tenant;
use pim_emulator::app::audit::Webhook;
use pim_emulator::{Emulator, SmtpRelay};
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8443", value_parser = address)]
    listen: SocketAddr,
    /// The file that says what is in a tenant, or the name of a built-in scenario; repeat it for more tenants
    /// [default: contoso]
    #[arg(long = "scenario", value_name = "FILE|NAME")]
    scenarios: Vec<Scenario>,
    #[command(flatten)]
    pub(super) state_dir: StateDir,
    /// A key that every use of the control API must bring
    #[arg(long, value_name = "KEY", env = "PIM_EMULATOR_ADMIN_KEY", hide_env_values = true)]
    admin_key: Option<String>,
    /// Listen beyond this machine without a key
    #[arg(long)]
    insecure_no_admin_key: bool,
    /// An address that gets every new audit record by POST, in order, again and again until it takes them
    #[arg(long, value_name = "URL")]
    audit_webhook: Option<Webhook>,
    /// A mail server that gets every mail of every tenant, such as smtp://localhost:1025 or smtps://user:password@host
    #[arg(long, value_name = "URL", value_parser = SmtpRelay::to)]
    smtp: Option<SmtpRelay>,
    /// A file to write as soon as connections are accepted: JSON with the addresses and the tenants. It is removed at the end
    #[arg(long, value_name = "FILE")]
    ready_file: Option<PathBuf>,
}

/// An address and port; a port alone and `localhost` mean this machine.
fn address(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix("localhost:").unwrap_or(text);
    match port.parse() {
        Ok(port) => Ok(SocketAddr::from((Ipv4Addr::LOCALHOST, port))),
        Err(_) => text.parse().map_err(|_| "write an address and a port, such as 127.0.0.1:8443".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    // Whatever can be wrong with the arguments is found before anything is made.
    let tenants = arguments.tenants()?;
    let directory = arguments.state_dir.path()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start threads: {error}")))?;
    let served = runtime.block_on(serve(arguments, tenants, &directory));
    // A receiver of audit records that does not answer is not waited for.
    runtime.shutdown_background();
    served
}

impl Arguments {
    /// The tenants of the scenarios. Each has a seed of its own that is always the same, so that ids outlive a restart.
    fn tenants(&self) -> Result<Vec<Tenant>, Failure> {
        if self.scenarios.is_empty() {
            return Ok(vec![Scenario::contoso().tenant(1)?]);
        }
        self.scenarios.iter().zip(1..).map(|(scenario, seed)| scenario.tenant(seed)).collect()
    }

    /// The key; an empty one is none.
    pub(super) fn admin_key(&self) -> Option<&str> {
        self.admin_key.as_deref().filter(|key| !key.is_empty())
    }
}

async fn serve(arguments: &Arguments, tenants: Vec<Tenant>, directory: &Path) -> Result<(), Failure> {
    let mut asked_to_stop = StopSignal::listen()?;
    let emulator = Emulator::builder()
        .tenants(tenants)
        .listen(arguments.listen)
        .state_directory(directory.to_owned())
        .admin_key(arguments.admin_key().map(str::to_owned))
        .allow_missing_admin_key(arguments.insecure_no_admin_key)
        .audit_webhook(arguments.audit_webhook.clone().map(|webhook| webhook.telling(output::note)))
        .smtp(arguments.smtp.clone().map(|relay| relay.telling(output::note)))
        .start()
        .await
        .map_err(Failure::new)?;
    let running = describe(&emulator, directory)?;
    let notes = Notes::write(arguments, directory, &running)?;
    // Somebody who started it without wanting to read this is served all the same.
    let greeted = output::print(&greeting::text(arguments, &running));
    if let Err(Failure::Said(message)) = greeted {
        output::note(&message);
    }
    asked_to_stop.wait().await;
    output::note("stopping; running requests have five seconds to end");
    drop(notes);
    tokio::select! {
        stopped = emulator.stop() => stopped.map_err(Failure::new),
        () = asked_to_stop.wait() => Ok(()),
    }
}

fn describe(emulator: &Emulator, directory: &Path) -> Result<Running, Failure> {
    let tenants: Result<_, _> = emulator.app().tenants().iter().map(|it| serde_json::to_value(it.answer())).collect();
    Ok(Running {
        url: emulator.url(),
        http_url: emulator.http_url(),
        proxy_url: emulator.http_url(),
        ca_file: directory.join("ca.pem"),
        pid: std::process::id(),
        tenants: tenants.map_err(Failure::new)?,
    })
}

/// The files that say that an emulator runs. They go when this is dropped.
struct Notes(Vec<PathBuf>);

impl Notes {
    fn write(arguments: &Arguments, directory: &Path, running: &Running) -> Result<Self, Failure> {
        let mut notes = Self(Vec::new());
        for path in [Some(note_in(directory)), arguments.ready_file.clone()].into_iter().flatten() {
            write_whole(&path, |out| {
                serde_json::to_writer_pretty(&mut *out, running).map_err(io::Error::from)?;
                writeln!(out)
            })?;
            notes.0.push(path);
        }
        Ok(notes)
    }
}

impl Drop for Notes {
    fn drop(&mut self) {
        for path in &self.0 {
            // A note of an emulator that was started after us stays.
            let ours = fs::read(path).ok().and_then(|text| serde_json::from_slice::<Running>(&text).ok());
            if ours.is_some_and(|note| note.pid == std::process::id()) {
                let _ = fs::remove_file(path);
            }
        }
    }
}

/// Ctrl-C, or being told to end by the system.
struct StopSignal {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl StopSignal {
    #[cfg_attr(not(unix), expect(clippy::unnecessary_wraps, reason = "it can fail where there are signals"))]
    fn listen() -> Result<Self, Failure> {
        Ok(Self {
            #[cfg(unix)]
            terminate: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
                .map_err(Failure::new)?,
        })
    }

    async fn wait(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}
