//! Running a scenario against another server: who is who there, how they sign in, and calls over the network.
//!
//! What always holds:
//! - A connection goes to the three addresses that were named and nowhere else; no redirect is followed and no proxy asked.
//! - Passwords, secrets and tokens are in nothing that is printed, and leave unprotected only for this machine.
//! - What cannot be done there is refused with its line before anything is sent ([`ahead`]).

mod addresses;
mod ahead;
mod http;
mod people;
mod sign_in;

pub use addresses::{TargetAddresses, TargetError};
pub use people::{
    Secret, SessionAudience, SessionEntry, TargetApplication, TargetFile, TargetId, TargetIdentity, TargetPlace,
    TargetUser,
};

use super::error::ScenarioError;
use crate::app::real_now;
use crate::app::world::Source;
use addresses::Addresses;
use pim_core::time::{Instant, Length};
use std::time::Duration;
use ureq::Agent;

/// Another server that scenarios are run against.
#[derive(Debug)]
pub struct Target {
    addresses: Addresses,
    file: TargetFile,
    agent: Agent,
    /// Whether the steps that let time pass are waited for.
    real_time: bool,
    /// How long a check is looked at again that is not as it says.
    patience: Duration,
}

/// What a target's clock shows while a run is under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct TargetClock {
    /// When the run began, in real time, and what the clock showed then.
    began: Instant,
    showed: Instant,
}

impl Target {
    /// The server at these addresses, with what a file says of it. `variable` reads what the file leaves to the environment.
    ///
    /// # Errors
    /// [`TargetError`] in words: an address that is none, a file that cannot be read or contradicts itself, a variable that is not
    /// set.
    pub fn new(
        addresses: &TargetAddresses,
        source: &Source,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, TargetError> {
        let agent = http::agent(addresses.certificate_pem.as_deref())?;
        let mut file: TargetFile = source.parse().map_err(|error| TargetError(error.to_string()))?;
        file.resolve(&variable)?;
        Ok(Self { addresses: Addresses::of(addresses)?, file, agent, real_time: false, patience: Duration::ZERO })
    }

    /// The same, with steps that let time pass waited for in real time.
    #[must_use]
    pub fn in_real_time(self, real_time: bool) -> Self {
        Self { real_time, ..self }
    }

    /// The same, with checks looked at again for so long until they are as they say: at the service it takes a while until what was
    /// done is seen everywhere.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Its address, as it is shown.
    pub(super) fn address(&self) -> &str {
        &self.addresses.graph
    }

    /// How long a check is looked at again.
    pub(super) const fn patience(&self) -> Duration {
        self.patience
    }

    /// What is known of its people.
    pub(super) const fn file(&self) -> &TargetFile {
        &self.file
    }

    /// Its clock, from now on.
    pub(super) fn clock(&self) -> TargetClock {
        let began = real_now();
        TargetClock { began, showed: self.file.now.unwrap_or(began) }
    }
}

impl TargetClock {
    /// How much later it is there than in a world that begins at `begins`.
    pub(super) fn ahead_of(self, begins: Instant) -> Length {
        self.showed.since(begins)
    }

    /// Waits until it shows an instant.
    pub(super) async fn wait_until(self, to: Instant) {
        let shown = self.showed.plus(real_now().since(self.began));
        wait(to.since(shown)).await;
    }
}

/// Waits as long as that; not at all for what is past.
pub(super) async fn wait(length: Length) {
    let milliseconds = u64::try_from(length.milliseconds()).unwrap_or(0);
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}

/// An error of the scenario, said of what the target lacks.
fn lacking(mut error: ScenarioError) -> ScenarioError {
    error.message = format!("the target has no such name: {}", error.message);
    error
}
