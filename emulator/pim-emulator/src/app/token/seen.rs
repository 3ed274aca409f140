//! Tokens that were verified before, by their full text.
//!
//! Two generations of a fixed size: what is new or used goes into the young one; when that is full it becomes the old one,
//! and the former old one is forgotten. So what is used stays, memory is bounded, and a look-up is one probe and one
//! comparison of the whole text.
//!
//! Only the end of a text is hashed. It is part of a signature, which is as good as random, and only texts that this
//! process signed get in: nobody can choose where they lie. The hasher is keyed all the same.

use super::access_token::AccessToken;
use hashbrown::{Equivalent, HashMap};
use parking_lot::RwLock;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How many tokens one generation holds.
const GENERATION: usize = 5_000;

/// How many bytes at the end of a text are hashed.
const HASHED: usize = 32;

type Generation = HashMap<Text<Box<str>>, Arc<AccessToken>>;

/// The text of a token, hashed by its end.
#[derive(Debug)]
struct Text<T>(T);

impl<T: AsRef<str>> Hash for Text<T> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let bytes = self.0.as_ref().as_bytes();
        hasher.write(&bytes[bytes.len().saturating_sub(HASHED)..]);
    }
}

impl PartialEq for Text<Box<str>> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Text<Box<str>> {}

impl Equivalent<Text<Box<str>>> for Text<&str> {
    fn equivalent(&self, other: &Text<Box<str>>) -> bool {
        *self.0 == *other.0
    }
}

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
        if let Some(token) = generations.young.get(&Text(text)) {
            return Some(Arc::clone(token));
        }
        let token = Arc::clone(generations.old.get(&Text(text))?);
        drop(generations);
        self.insert(text, Arc::clone(&token));
        Some(token)
    }

    pub(super) fn insert(&self, text: &str, token: Arc<AccessToken>) {
        let mut generations = self.generations.write();
        let mut forgotten = Generation::default();
        if generations.young.len() >= GENERATION {
            forgotten = std::mem::take(&mut generations.young);
            std::mem::swap(&mut generations.old, &mut forgotten);
        }
        generations.young.insert(Text(text.into()), token);
        // Freeing thousands of texts takes its time, and nobody else should wait for it.
        drop(generations);
        drop(forgotten);
    }
}
