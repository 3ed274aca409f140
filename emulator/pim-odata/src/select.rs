//! `$select`: which properties of the JSON object are wanted.

use std::fmt;

use crate::error::{QueryError, Span};
use crate::field::{Entity, find};

/// How many properties of a table can be selected: one bit each.
const CAPACITY: usize = 64;

/// A set of properties, by their place in [`Entity::FIELDS`]. It is plain data, so
/// that whatever writes JSON can ask it for every property of every item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    bits: u64,
    // The order in which they were named, which the context URL repeats.
    order: [u8; CAPACITY],
    everything: bool,
}

impl Selection {
    /// Every property.
    pub const fn all() -> Self {
        Self { bits: 0, order: [0; CAPACITY], everything: true }
    }

    /// Reads the text of a `$select` option. `*`, and nothing at all, is everything;
    /// a path selects the property it begins with; a navigation may be named, and
    /// selects nothing.
    ///
    /// # Errors
    /// When a name is unknown, or is no name.
    pub fn parse<E: Entity>(text: &str) -> Result<Self, QueryError> {
        const { assert!(selectable_within_capacity::<E>()) }
        if text.trim().is_empty() {
            return Ok(Self::all());
        }
        let mut selection = Self { everything: false, ..Self::all() };
        let mut start = 0;
        for part in text.split(',') {
            let name = part.trim();
            let span = Span::new(start, start + part.len());
            start = span.end + 1;
            if name == "*" {
                selection.everything = true;
            } else if name.is_empty() || !name.chars().all(is_name_char) {
                return Err(QueryError::InvalidTerm { term: name.into(), span });
            } else {
                selection.add::<E>(name, span)?;
            }
        }
        Ok(selection)
    }

    /// Whether the property at `index` of [`Entity::FIELDS`] is selected. See
    /// [`position`](crate::position).
    pub const fn contains(&self, index: usize) -> bool {
        self.everything || (index < CAPACITY && self.bits >> index & 1 == 1)
    }

    /// Whether nothing is left out.
    pub const fn is_all(&self) -> bool {
        self.everything
    }

    /// The names in the order given, as the table of `E` spells them, for the
    /// context URL. None when everything is selected.
    pub fn names<E: Entity>(&self) -> impl Iterator<Item = &'static str> {
        let count = if self.everything { 0 } else { self.len() };
        self.order[..count].iter().filter_map(|index| E::FIELDS.get(usize::from(*index))).map(|field| field.name)
    }

    fn len(&self) -> usize {
        self.bits.count_ones() as usize
    }

    fn add<E: Entity>(&mut self, name: &str, span: Span) -> Result<(), QueryError> {
        // A cast says of which type the property is; the table has them all.
        let mut segments = name.split('/').filter(|segment| !is_cast(segment));
        let first = segments.next().unwrap_or(name);
        match find::<E>(first) {
            Some((index, field)) if field.select && index < CAPACITY => {
                if self.bits >> index & 1 == 0 {
                    let next = self.len();
                    self.order[next] = u8::try_from(index).unwrap_or(0);
                    self.bits |= 1 << index;
                }
                Ok(())
            }
            Some(_) | None if is_navigation::<E>(first) => Ok(()),
            Some(_) | None => Err(QueryError::UnknownSelected { name: first.into(), entity: E::TYPE, span }),
        }
    }
}

impl Default for Selection {
    fn default() -> Self {
        Self::all()
    }
}

impl fmt::Debug for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.everything {
            return f.write_str("Selection(*)");
        }
        f.debug_tuple("Selection").field(&&self.order[..self.len()]).finish()
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '@')
}

fn is_cast(segment: &str) -> bool {
    segment.contains('.') && !segment.starts_with('@')
}

fn is_navigation<E: Entity>(name: &str) -> bool {
    E::NAVIGATIONS.iter().any(|navigation| navigation.eq_ignore_ascii_case(name))
}

const fn selectable_within_capacity<E: Entity>() -> bool {
    let mut index = CAPACITY;
    while index < E::FIELDS.len() {
        if E::FIELDS[index].select {
            return false;
        }
        index += 1;
    }
    true
}
