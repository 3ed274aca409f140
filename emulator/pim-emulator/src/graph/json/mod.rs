//! JSON as Graph writes it, straight into bytes.
//!
//! The six types of role schedules carry nearly all bytes that are ever sent, so nothing is built in between: no `String` per
//! property, no map. [`entity!`](crate::entity) makes a type's table and its writer from one list; a test holds the writer
//! against `serde_json` on the same values.

mod entity;
mod values;

pub(crate) use crate::json::Json;
#[cfg(test)]
pub(crate) use entity::Whole;
pub(crate) use entity::{Resource, Shown, marked};
pub(crate) use values::{Composed, Kept, Property, Word, Written};
