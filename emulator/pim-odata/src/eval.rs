//! Asking a bound tree about an item. Nothing here can fail.
//!
//! Conditions have three outcomes: true, false, and none when a function or a
//! property that ought to be true or false has no value. `not` leaves none as it
//! is, so `not startswith(x,'a')` does not hold where `x` is null. Comparisons are
//! never none: null equals null and nothing else, and is neither less nor greater.

use std::borrow::Cow;
use std::cmp::Ordering;

use uuid::Uuid;
use uuid::fmt::Hyphenated;

use crate::bind::{Case, Matcher, Operand, Test};
use crate::field::{Entity, Item, TextMatch, Value};
use crate::literal::Literal;
use crate::syntax::{Operator, Quantifier};
use crate::text;

/// The variables of the lambdas around a condition, innermost first.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'a> {
    item: &'a Item<'a>,
    outer: Option<&'a Self>,
}

type Scope<'a> = Option<&'a Frame<'a>>;

pub(crate) fn test<E: Entity>(test: &Test, row: &E::Row<'_>, scope: Scope<'_>) -> Option<bool> {
    match test {
        Test::All(tests) => all(tests.iter().map(|inner| self::test::<E>(inner, row, scope))),
        Test::Any(tests) => any(tests.iter().map(|inner| self::test::<E>(inner, row, scope))),
        Test::Not(inner) => self::test::<E>(inner, row, scope).map(|holds| !holds),
        Test::Constant(value) => Some(*value),
        Test::Flag(operand) => truth(&read::<E>(operand, row, scope)),
        // The same as below, spared the detour: this is what filters are made of.
        Test::Compare { operand: Operand::Field(index), operator, literal, text } => {
            Some(holds(&(E::FIELDS[*index].get)(row), *operator, literal, *text))
        }
        Test::Compare { operand, operator, literal, text } => {
            let value = read::<E>(operand, row, scope);
            Some(holds(&value, *operator, literal, *text))
        }
        Test::CompareBoth { left, operator, right, text } => {
            let left = read::<E>(left, row, scope);
            let right = read::<E>(right, row, scope);
            Some(match (&*left, &*right) {
                (Value::Null, _) | (_, Value::Null) => nulls(*left == *right, *operator),
                (left, right) => decide(order(left, right, *text), *operator),
            })
        }
        Test::In { operand, set, text } => {
            let value = read::<E>(operand, row, scope);
            Some(set.iter().any(|literal| holds(&value, Operator::Equal, literal, *text)))
        }
        Test::Text { matcher, text, part, case } => {
            let text = read::<E>(text, row, scope);
            let part = read::<E>(part, row, scope);
            let matcher = match matcher {
                Matcher::StartsWith => text::starts_with,
                Matcher::EndsWith => text::ends_with,
                Matcher::Contains => text::contains,
            };
            let case = self::case(&text, *case);
            with_text(&text, |text| with_text(&part, |part| matcher(text, part, case)))?
        }
        Test::Quantified { quantifier, collection, body } => {
            quantified::<E>(*quantifier, collection, body.as_deref(), row, scope)
        }
    }
}

fn quantified<E: Entity>(
    quantifier: Quantifier,
    collection: &Operand,
    body: Option<&Test>,
    row: &E::Row<'_>,
    scope: Scope<'_>,
) -> Option<bool> {
    let value = read::<E>(collection, row, scope);
    let items = items(&value);
    let Some(body) = body else { return Some(!items.is_empty()) };
    let outcomes = items.iter().map(|item| {
        let frame = Frame { item, outer: scope };
        test::<E>(body, row, Some(&frame))
    });
    match quantifier {
        Quantifier::Any => any(outcomes),
        Quantifier::All => all(outcomes),
    }
}

fn read<'a, E: Entity>(operand: &'a Operand, row: &'a E::Row<'_>, scope: Scope<'a>) -> Cow<'a, Value<'a>> {
    match operand {
        Operand::Field(index) => Cow::Owned((E::FIELDS[*index].get)(row)),
        Operand::Variable(outwards) => match variable(scope, *outwards) {
            Some(Item::Value(value)) => Cow::Borrowed(value),
            Some(Item::Complex(_)) | None => Cow::Owned(Value::Null),
        },
        Operand::Member(outwards, name) => match variable(scope, *outwards) {
            Some(Item::Complex(members)) => members
                .iter()
                .find(|(member, _)| member == name)
                .map_or(Cow::Owned(Value::Null), |(_, value)| Cow::Borrowed(value)),
            Some(Item::Value(_)) | None => Cow::Owned(Value::Null),
        },
        Operand::Count(inner) => {
            let count = items(&read::<E>(inner, row, scope)).len();
            Cow::Owned(Value::Int(i64::try_from(count).unwrap_or(i64::MAX)))
        }
        Operand::Fold(case, inner) => Cow::Owned(fold(read::<E>(inner, row, scope).into_owned(), *case)),
        Operand::Truth(inner) => Cow::Owned(test::<E>(inner, row, scope).map_or(Value::Null, Value::Bool)),
        Operand::Value(value) => Cow::Borrowed(value),
    }
}

fn variable(mut scope: Scope<'_>, outwards: usize) -> Option<&Item<'_>> {
    for _ in 0..outwards {
        scope = scope?.outer;
    }
    scope.map(|frame| frame.item)
}

/// A collection that is null is empty.
fn items<'v>(value: &'v Value<'_>) -> &'v [Item<'v>] {
    match value {
        Value::Collection(items) => items,
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Text(_)
        | Value::Guid(_)
        | Value::Instant(_)
        | Value::Duration(_)
        | Value::Member(_) => &[],
    }
}

fn fold(value: Value<'_>, case: Case) -> Value<'_> {
    let folded = match case {
        Case::Lower => text::to_lower,
        Case::Upper => text::to_upper,
    };
    match value {
        Value::Text(text) => Value::Text(folded(text)),
        Value::Member(word) => Value::Text(folded(Cow::Borrowed(word))),
        Value::Guid(guid) => Value::Text(Cow::Owned(folded(guid.to_string().into()).into_owned())),
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Instant(_)
        | Value::Duration(_)
        | Value::Collection(_) => Value::Null,
    }
}

fn truth(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Bool(value) => Some(*value),
        Value::Null
        | Value::Int(_)
        | Value::Text(_)
        | Value::Guid(_)
        | Value::Instant(_)
        | Value::Duration(_)
        | Value::Member(_)
        | Value::Collection(_) => None,
    }
}

fn all(outcomes: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut so_far = Some(true);
    for outcome in outcomes {
        match outcome {
            Some(true) => {}
            Some(false) => return Some(false),
            None => so_far = None,
        }
    }
    so_far
}

fn any(outcomes: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    all(outcomes.map(|outcome| outcome.map(|holds| !holds))).map(|none| !none)
}

fn holds(value: &Value<'_>, operator: Operator, literal: &Literal, text: TextMatch) -> bool {
    match (value, literal) {
        (Value::Null, _) | (_, Literal::Null) => nulls(*value == Value::Null && *literal == Literal::Null, operator),
        // The common questions, answered without putting anything in order.
        (Value::Guid(value), Literal::Text { guid, .. }) if is_equality(operator) => {
            (Some(*value) == *guid) == (operator == Operator::Equal)
        }
        (Value::Text(value), Literal::Text { text: literal, .. }) if is_equality(operator) => {
            text::equal(value, literal, text) == (operator == Operator::Equal)
        }
        (Value::Member(word), Literal::Text { text: literal, .. }) if is_equality(operator) => {
            word.eq_ignore_ascii_case(literal) == (operator == Operator::Equal)
        }
        (_, literal) => decide(order_literal(value, literal, text), operator),
    }
}

fn is_equality(operator: Operator) -> bool {
    matches!(operator, Operator::Equal | Operator::NotEqual)
}

/// A comparison in which something is null.
fn nulls(equal: bool, operator: Operator) -> bool {
    match operator {
        Operator::Equal => equal,
        Operator::NotEqual => !equal,
        Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual => false,
    }
}

fn decide(ordering: Option<Ordering>, operator: Operator) -> bool {
    match operator {
        Operator::Equal => ordering == Some(Ordering::Equal),
        Operator::NotEqual => ordering != Some(Ordering::Equal),
        Operator::Greater => ordering == Some(Ordering::Greater),
        Operator::GreaterOrEqual => ordering.is_some_and(Ordering::is_ge),
        Operator::Less => ordering == Some(Ordering::Less),
        Operator::LessOrEqual => ordering.is_some_and(Ordering::is_le),
    }
}

fn order_literal(value: &Value<'_>, literal: &Literal, text: TextMatch) -> Option<Ordering> {
    match (value, literal) {
        (Value::Bool(value), Literal::Bool(literal)) => Some(value.cmp(literal)),
        (Value::Int(value), Literal::Int(literal))
        | (Value::Instant(value), Literal::Instant(literal))
        | (Value::Duration(value), Literal::Duration(literal)) => Some(value.cmp(literal)),
        // Exact up to 2^53, far beyond any count or code.
        (Value::Int(value), Literal::Decimal(literal)) => (*value as f64).partial_cmp(literal),
        (Value::Guid(value), Literal::Text { guid: Some(literal), .. }) => Some(value.cmp(literal)),
        (value, Literal::Text { text: literal, .. }) => {
            with_text(value, |text_of| text::compare(text_of, literal, case(value, text)))
        }
        (_, Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Decimal(_))
        | (_, Literal::Instant(_) | Literal::Duration(_)) => None,
    }
}

/// How two values of one type stand to each other; none when they have no order.
pub(crate) fn order(left: &Value<'_>, right: &Value<'_>, text: TextMatch) -> Option<Ordering> {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        (Value::Int(left), Value::Int(right))
        | (Value::Instant(left), Value::Instant(right))
        | (Value::Duration(left), Value::Duration(right)) => Some(left.cmp(right)),
        (Value::Guid(left), Value::Guid(right)) => Some(left.cmp(right)),
        (left, right) => {
            let text = match (case(left, text), case(right, text)) {
                (TextMatch::CaseSensitive, TextMatch::CaseSensitive) => TextMatch::CaseSensitive,
                (TextMatch::CaseInsensitive, _) | (_, TextMatch::CaseInsensitive) => TextMatch::CaseInsensitive,
            };
            with_text(left, |left| with_text(right, |right| text::compare(left, right, text)))?
        }
    }
}

/// GUIDs and words of enumerations never differ by case, whatever their field says.
fn case(value: &Value<'_>, text: TextMatch) -> TextMatch {
    match value {
        Value::Guid(_) | Value::Member(_) => TextMatch::CaseInsensitive,
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Text(_)
        | Value::Instant(_)
        | Value::Duration(_)
        | Value::Collection(_) => text,
    }
}

/// Lends the text of what is text on the wire, without allocating.
pub(crate) fn with_text<T>(value: &Value<'_>, use_it: impl FnOnce(&str) -> T) -> Option<T> {
    match value {
        Value::Text(text) => Some(use_it(text)),
        Value::Member(word) => Some(use_it(word)),
        Value::Guid(guid) => {
            let mut buffer = Uuid::encode_buffer();
            let text: &str = Hyphenated::from_uuid(*guid).encode_lower(&mut buffer);
            Some(use_it(text))
        }
        Value::Null
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Instant(_)
        | Value::Duration(_)
        | Value::Collection(_) => None,
    }
}
