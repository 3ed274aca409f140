//! When accounts were made and last used, and who signed in before the tenant's first now.

use super::error::{Fault, Step, fault, steps};
use super::file::{SignInRow, UserEntry};
use super::handles::at;
use super::load::Loader;
use super::text::Past;
use crate::app::ids::derived;
use crate::app::token::{AZURE_PORTAL, Audience};
use pim_core::model::{SignInEntry, SignInFailure, SignInKind, SignInProtocol};
use pim_core::time::Instant;
use pim_core::{Command, PrincipalId};

/// A stream of ids that are made of others.
const SIGN_IN: u64 = 5;

/// When the account of an entry was made.
pub(super) fn made(loader: &Loader<'_>, place: usize, entry: &UserEntry) -> Result<Instant, Fault> {
    let last = past(loader, entry.last_sign_in, || steps!["users", place, "lastSignIn"])?;
    let created = past(loader, entry.created, || steps!["users", place, "created"])?;
    match (created, last) {
        (Some(created), Some(last)) if last < created => {
            Err(fault!(["users", place, "lastSignIn"], "nobody signs in to an account before it is made"))
        }
        (Some(created), _) => Ok(created),
        (None, Some(last)) => Ok(last.min(loader.begin)),
        (None, None) => Ok(loader.begin),
    }
}

/// Notes who signed in, the earliest first.
pub(super) fn note(loader: &mut Loader<'_>) -> Result<(), Fault> {
    let mut noted = Vec::new();
    for (place, entry) in loader.world.users.iter().enumerate() {
        let Some(when) = past(loader, entry.last_sign_in, || steps!["users", place, "lastSignIn"])? else { continue };
        let user = at(loader.handles.user(&entry.name), || steps!["users", place, "name"])?;
        noted.push((sign_in(user, when), steps!["users", place, "lastSignIn"]));
    }
    for (place, row) in loader.world.sign_ins.iter().enumerate() {
        noted.push((told(loader, place, row)?, steps!["signIns", place]));
    }
    noted.sort_by_key(|(entry, _)| entry.at);
    for (number, (entry, path)) in (0..).zip(noted) {
        let id = derived(entry.principal.0, SIGN_IN, number);
        let entry = SignInEntry { id, correlation: id, ..entry };
        loader.issue(loader.now, &Command::NoteSignIn(Box::new(entry)), || path)?;
    }
    Ok(())
}

/// A sign-in that a row of the world tells of.
fn told(loader: &Loader<'_>, place: usize, row: &SignInRow) -> Result<SignInEntry, Fault> {
    let user = at(loader.handles.user(&row.user), || steps!["signIns", place, "user"])?;
    let client = match &row.application {
        None => AZURE_PORTAL,
        Some(name) => {
            let known = loader.names.applications.get(name).map(|names| names.client);
            known.ok_or_else(|| fault!(["signIns", place, "application"], "there is no application '{name}'"))?
        }
    };
    let when = past(loader, Some(row.at), || steps!["signIns", place, "at"])?.unwrap_or(loader.now);
    let reason = |code| format!("The sign-in ended in the error {code}.");
    Ok(SignInEntry {
        client,
        kind: if row.silent { SignInKind::NonInteractive } else { SignInKind::Interactive },
        mfa: row.mfa,
        failure: row.error.filter(|code| *code != 0).map(|code| SignInFailure { code, reason: reason(code) }),
        ..sign_in(user, when)
    })
}

/// A sign-in of a person to the portal.
fn sign_in(principal: PrincipalId, at: Instant) -> SignInEntry {
    SignInEntry {
        id: principal.0,
        at,
        kind: SignInKind::Interactive,
        protocol: SignInProtocol::Browser,
        principal,
        client: AZURE_PORTAL,
        resource: Some(Audience::ResourceManager.app_id()),
        correlation: principal.0,
        address: None,
        mfa: false,
        failure: None,
    }
}

/// The instant that something was; what has not been yet is refused.
fn past(loader: &Loader<'_>, when: Option<Past>, path: impl FnOnce() -> Vec<Step>) -> Result<Option<Instant>, Fault> {
    match when.map(|when| when.instant(loader.now)) {
        Some(at) if at > loader.now => {
            Err(Fault { path: path(), message: format!("{at} has not come yet: the tenant begins at {}", loader.now) })
        }
        known => Ok(known),
    }
}
