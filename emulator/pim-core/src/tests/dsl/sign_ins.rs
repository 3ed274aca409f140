//! Signing in, as stories tell it: `alice signed in`, `alice signed in -40d silently`, `alice failed to sign in`.

use super::text::{length, offset};
use super::{BEGINNING, Lab, Told};
use crate::model::{SignInEntry, SignInFailure, SignInKind, SignInProtocol};
use crate::{ClientId, Command};
use uuid::Uuid;

impl Lab {
    /// Notes an attempt: that long after the beginning of the story, or now; by a client in the name of the user where it was
    /// silent.
    pub(super) fn sign_in(&mut self, name: &str, words: &[&str], has_failed: bool) -> Told<()> {
        let is_silent = words.contains(&"silently");
        let at = words.iter().find_map(|word| length(word)).map_or(self.pim.now(), |after| BEGINNING.plus(after));
        let entry = SignInEntry {
            at,
            kind: if is_silent { SignInKind::NonInteractive } else { SignInKind::Interactive },
            failure: has_failed.then(|| SignInFailure { code: 50126, reason: "the password is wrong".to_owned() }),
            ..SignInEntry::of(self.id(name)?)
        };
        self.set_up(&Command::NoteSignIn(Box::new(entry)));
        Ok(())
    }

    /// When somebody last signed in, as `+2h` or `never`: interactively, silently, successfully, or in whichever way.
    pub(super) fn claim_of_sign_in(&self, name: &str, way: Option<&str>, expected: &str) -> Told<()> {
        let activity = self.pim.view(self.pim.now()).sign_in_activity(self.id(name)?);
        let at = match way {
            None => activity.last(),
            Some("interactively") => activity.last_interactive.map(|moment| moment.at),
            Some("silently") => activity.last_non_interactive.map(|moment| moment.at),
            Some("successfully") => activity.last_successful.map(|moment| moment.at),
            Some(other) => return Err(format!("who signs in {other}?")),
        };
        let said = at.map_or("never".to_owned(), offset);
        if said == expected { Ok(()) } else { Err(format!("signed in {said}")) }
    }
}

impl SignInEntry {
    /// A successful sign-in of somebody on a page, at the beginning of all stories.
    pub(in crate::tests) fn of(principal: crate::PrincipalId) -> Self {
        Self {
            id: Uuid::nil(),
            at: BEGINNING,
            kind: SignInKind::Interactive,
            protocol: SignInProtocol::Browser,
            principal,
            client: ClientId::MICROSOFT_GRAPH,
            resource: None,
            correlation: Uuid::nil(),
            address: None,
            mfa: false,
            failure: None,
        }
    }
}
