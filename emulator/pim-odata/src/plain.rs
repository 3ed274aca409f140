//! Which queries the directory answers to whoever has not said that the answer may lag.
//!
//! Its first index knows some properties of a type and some operators. Everything else is an advanced query, and refused in
//! words of its own where the client did not ask for one.

use crate::bind::{Filter, Matcher, Operand, Test};
use crate::error::{QueryError, Span};
use crate::field::{Entity, Field};
use crate::order::Order;
use crate::syntax::Operator;

/// How many conditions may stand side by side with `or`.
const MOST_ALTERNATIVES: usize = 15;
const NOWHERE: Span = Span { start: 0, end: 0 };

impl<E: Entity> Filter<E> {
    /// Whether the filter is none that only an advanced query may have: of `filterable` properties only, with operators that
    /// the first index knows.
    ///
    /// # Errors
    /// The service's own for the first thing that is not so.
    pub fn is_plain(&self, filterable: &[&str]) -> Result<(), QueryError> {
        test::<E>(self.test(), filterable)
    }
}

impl<E: Entity> Order<E> {
    /// Whether the order is by properties that can be ordered by in any query.
    ///
    /// # Errors
    /// When it is not.
    pub fn is_plain(&self, orderable: &[&str]) -> Result<(), QueryError> {
        match self.names().find(|name| !orderable.contains(name)) {
            Some(property) => Err(QueryError::NotSortable { property, span: NOWHERE }),
            None => Ok(()),
        }
    }
}

fn test<E: Entity>(condition: &Test, filterable: &[&str]) -> Result<(), QueryError> {
    let each = |tests: &[Test]| tests.iter().try_for_each(|inner| test::<E>(inner, filterable));
    let operand = |it: &Operand| operand::<E>(it, filterable);
    match condition {
        Test::Any(tests) if tests.len() > MOST_ALTERNATIVES => {
            Err(QueryError::TooManyClauses { count: tests.len(), max: MOST_ALTERNATIVES })
        }
        Test::All(tests) | Test::Any(tests) => each(tests),
        Test::Not(_)
        | Test::Compare { operator: Operator::NotEqual, .. }
        | Test::CompareBoth { operator: Operator::NotEqual, .. } => {
            Err(QueryError::UnsupportedOperator { operator: "NotEqualsMatch", span: NOWHERE })
        }
        Test::Constant(_) => Ok(()),
        Test::Flag(it) | Test::Compare { operand: it, .. } | Test::In { operand: it, .. } => operand(it),
        Test::CompareBoth { left, right, .. } => operand(left).and_then(|()| operand(right)),
        Test::Text { matcher: Matcher::EndsWith, .. } => Err(QueryError::NeedsAdvancedQuery { operator: "endsWith" }),
        Test::Text { matcher: Matcher::StartsWith | Matcher::Contains, text, part, .. } => {
            operand(text).and_then(|()| operand(part))
        }
        Test::Quantified { collection, body, .. } => {
            operand(collection)?;
            body.as_deref().map_or(Ok(()), |body| test::<E>(body, filterable))
        }
    }
}

fn operand<E: Entity>(of: &Operand, filterable: &[&str]) -> Result<(), QueryError> {
    match of {
        Operand::Field(place) => match &E::FIELDS[*place] {
            Field { name, .. } if filterable.contains(name) => Ok(()),
            Field { name, .. } => {
                Err(QueryError::NotFilterable { property: (*name).into(), entity: E::TYPE, span: NOWHERE })
            }
        },
        Operand::Count(_) => Err(QueryError::Unsupported),
        Operand::Fold(_, inner) => operand::<E>(inner, filterable),
        Operand::Truth(inner) => test::<E>(inner, filterable),
        Operand::Variable(_) | Operand::Member(..) | Operand::Value(_) => Ok(()),
    }
}
