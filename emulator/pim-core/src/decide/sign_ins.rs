//! Noting that somebody signed in, or tried to. Whether they may was decided where they did.

use super::{Context, Decision};
use crate::event::Event;
use crate::model::SignInEntry;
use crate::rejection::Rejection;

/// What noting an attempt would do; of nobody there is nothing to note. One that would lie ahead is one of now.
pub(super) fn note(context: &Context<'_>, entry: &SignInEntry) -> Result<Decision, Rejection> {
    context.state.present(entry.principal).ok_or(Rejection::PrincipalNotFound(entry.principal))?;
    let entry = SignInEntry { at: entry.at.min(context.now), ..entry.clone() };
    Ok(Decision::event(Event::SignedIn(Box::new(entry))))
}
