//! What a tenant was made from, so that it can be made again.

use super::error::{Position, WorldError};
use super::load;
use super::source::Source;
use crate::app::Tenant;
use crate::app::event_log::EventLog;
use crate::app::tenant::{SNAPSHOT_FORMAT, TenantSnapshot};
use pim_core::{Pim, TenantId};
use serde::Deserialize;
use std::fmt;
use std::sync::Arc;

/// What a tenant was made from.
#[derive(Clone, Debug)]
pub struct Origin(From);

#[derive(Clone, Debug)]
enum From {
    World { source: Source, seed: u64 },
    Snapshot { document: Arc<[u8]>, id: TenantId },
}

/// Why a document is not the snapshot of a tenant. Nothing has been made then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SnapshotError {
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// Where in the document, if it is in one place.
    pub position: Option<Position>,
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for SnapshotError {}

/// Why a tenant could not be made again, although it could be made once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AgainError {
    /// Its world.
    World(WorldError),
    /// Its snapshot.
    Snapshot(SnapshotError),
}

impl fmt::Display for AgainError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::World(error) => error.fmt(out),
            Self::Snapshot(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for AgainError {}

impl Origin {
    pub(super) const fn world(source: Source, seed: u64) -> Self {
        Self(From::World { source, seed })
    }

    /// The same tenant, as it was at first; its events are numbered after `log`.
    ///
    /// # Errors
    /// [`AgainError`], should the text have become unreadable; it is kept in memory, so that this does not happen.
    pub fn again(&self, log: EventLog) -> Result<Tenant, AgainError> {
        match &self.0 {
            From::World { source, seed } => load::tenant(source.clone(), Some(*seed), log).map_err(AgainError::World),
            From::Snapshot { document, id } => restore(Arc::clone(document), *id, log).map_err(AgainError::Snapshot),
        }
    }
}

/// The tenant that a snapshot describes, under an id; its events are numbered after `log`.
///
/// # Errors
/// [`SnapshotError`] for a document that is not one of this build's snapshots, or that contradicts itself.
pub fn restore(document: Arc<[u8]>, id: TenantId, log: EventLog) -> Result<Tenant, SnapshotError> {
    let Head { format } = read(&document)?;
    if format != SNAPSHOT_FORMAT {
        let message = format!("the snapshot has format {format}, and this build reads format {SNAPSHOT_FORMAT}");
        return Err(SnapshotError { message, position: None });
    }
    let TenantSnapshot { clock, ids, names, state, .. } = read(&document)?;
    if state.tenant().is_none() {
        return Err(SnapshotError { message: "the snapshot has no tenant in it".to_owned(), position: None });
    }
    let pim = Pim::restore(state.with_tenant_id(id));
    if let Some(broken) = pim.invariants().into_iter().find(|invariant| !invariant.violations.is_empty()) {
        let message = format!("the snapshot contradicts itself; it does not hold that {}", broken.name);
        return Err(SnapshotError { message, position: None });
    }
    let origin = Origin(From::Snapshot { document, id });
    Ok(Tenant::continuing(pim, ids, clock, log).with_names(names).with_origin(origin))
}

/// The version of a snapshot; whatever else is in it is left for later.
#[derive(Debug, Deserialize)]
struct Head {
    format: u32,
}

fn read<'de, T: Deserialize<'de>>(document: &'de [u8]) -> Result<T, SnapshotError> {
    serde_json::from_slice(document).map_err(|error| SnapshotError {
        message: format!("this is not the snapshot of a tenant: {error}"),
        position: Some(Position { line: error.line() as u64, column: error.column() as u64 }),
    })
}
