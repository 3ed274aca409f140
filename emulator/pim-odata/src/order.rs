//! `$orderby`: the order of the items.

use std::cmp::Ordering;
use std::fmt;
use std::marker::PhantomData;

use crate::error::{QueryError, Span};
use crate::eval;
use crate::field::{Entity, TextMatch, Value, find};

/// An order over the items of `E`. Null comes first, and last where descending.
pub struct Order<E> {
    keys: Vec<Key>,
    // An order holds no entity, it is only asked about them.
    entity: PhantomData<fn(&E)>,
}

#[derive(Debug, Clone, Copy)]
struct Key {
    field: usize,
    descending: bool,
    text: TextMatch,
}

impl<E: Entity> Order<E> {
    /// Reads the text of an `$orderby` option: `displayName desc, id`.
    ///
    /// # Errors
    /// When a property is unknown or cannot be sorted by, or a term does not parse.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut keys = Vec::new();
        let mut start = 0;
        for part in text.split(',') {
            let span = Span::new(start, start + part.len());
            start = span.end + 1;
            keys.push(Key::parse::<E>(part, span, text)?);
        }
        Ok(Self { keys, entity: PhantomData })
    }

    /// The property that alone decides, and whether it does so descending; none where more than one does.
    pub fn only(&self) -> Option<(&'static str, bool)> {
        match *self.keys {
            [Key { field, descending, .. }] => Some((E::FIELDS[field].name, descending)),
            _ => None,
        }
    }

    /// How two items stand to each other.
    pub fn compare(&self, left: &E::Row<'_>, right: &E::Row<'_>) -> Ordering {
        self.first_difference(|key| key.compare(&key.read::<E>(left), &key.read::<E>(right)))
    }

    /// What decides about the place of an item.
    pub(crate) fn values<'a>(&self, row: &'a E::Row<'_>) -> Vec<Value<'a>> {
        self.keys.iter().map(|key| key.read::<E>(row)).collect()
    }

    /// How an item stands to one of which only the [`values`](Self::values) are left.
    pub(crate) fn compare_to_values(&self, row: &E::Row<'_>, values: &[Value<'_>]) -> Ordering {
        let mut values = values.iter();
        self.first_difference(|key| match values.next() {
            Some(value) => key.compare(&key.read::<E>(row), value),
            None => Ordering::Equal,
        })
    }

    /// The properties that decide, as the table spells them.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| E::FIELDS[key.field].name)
    }

    /// How many values decide.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    fn first_difference(&self, compare: impl FnMut(&Key) -> Ordering) -> Ordering {
        self.keys.iter().map(compare).find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl Key {
    fn parse<E: Entity>(part: &str, span: Span, text: &str) -> Result<Self, QueryError> {
        let syntax = || QueryError::Syntax { span, text: text.into() };
        let mut words = part.split_ascii_whitespace();
        let name = words.next().ok_or_else(syntax)?;
        let descending = match words.next() {
            None => false,
            Some(word) if word.eq_ignore_ascii_case("asc") => false,
            Some(word) if word.eq_ignore_ascii_case("desc") => true,
            Some(_) => return Err(syntax()),
        };
        if words.next().is_some() || name.contains(['(', ')', '\'']) {
            return Err(syntax());
        }
        let Some((index, field)) = find::<E>(name) else {
            return Err(QueryError::UnknownProperty { name: name.into(), entity: E::TYPE, span });
        };
        if !field.order {
            return Err(QueryError::NotSortable { property: field.name, span });
        }
        Ok(Self { field: index, descending, text: field.text })
    }

    fn read<'a, E: Entity>(&self, row: &'a E::Row<'_>) -> Value<'a> {
        (E::FIELDS[self.field].get)(row)
    }

    fn compare(&self, left: &Value<'_>, right: &Value<'_>) -> Ordering {
        let ordering = match (left, right) {
            (Value::Null, Value::Null) => Ordering::Equal,
            (Value::Null, _) => Ordering::Less,
            (_, Value::Null) => Ordering::Greater,
            // Values of one field are of one type; a page token that says
            // otherwise is only worth not failing over.
            (left, right) => eval::order(left, right, self.text).unwrap_or(Ordering::Equal),
        };
        if self.descending { ordering.reverse() } else { ordering }
    }
}

// By hand, because deriving would ask the same of `E`.
impl<E> Clone for Order<E> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), entity: PhantomData }
    }
}

impl<E> fmt::Debug for Order<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Order").field(&self.keys).finish()
    }
}
