//! Tokens that were verified before, by their full text.
//!
//! Two generations of a fixed size: what is new or used goes into the young one; when that is full it becomes the old one,
//! and the former old one is forgotten. So what is used stays, memory is bounded, and a look-up is one probe and one
//! comparison. Only tokens that this process signed get in, so nobody can choose what is in here; the hasher is keyed all
//! the same.

use super::access_token::AccessToken;
use hashbrown::HashMap;
use parking_lot::RwLock;
use std::sync::Arc;

/// How many tokens one generation holds.
const GENERATION: usize = 5_000;

type Generation = HashMap<Box<str>, Arc<AccessToken>>;

/// Verified tokens, at most 10,000.
#[derive(Debug, Default)]
pub(super) struct SeenTokens {
    generations: RwLock<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: Generation,
    old: Generation,
}

impl SeenTokens {
    /// The token with that text, if it was seen lately. Whether it is still valid is for the caller to say.
    pub(super) fn get(&self, text: &str) -> Option<Arc<AccessToken>> {
        let generations = self.generations.read();
        if let Some(token) = generations.young.get(text) {
            return Some(Arc::clone(token));
        }
        let token = Arc::clone(generations.old.get(text)?);
        drop(generations);
        self.insert(text, Arc::clone(&token));
        Some(token)
    }

    pub(super) fn insert(&self, text: &str, token: Arc<AccessToken>) {
        let mut generations = self.generations.write();
        if generations.young.len() >= GENERATION {
            generations.old = std::mem::take(&mut generations.young);
        }
        generations.young.insert(text.into(), token);
    }
}
