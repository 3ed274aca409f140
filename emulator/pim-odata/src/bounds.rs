//! What a filter says about how far to look: the limits of an instant, for a caller whose items are in the order of time.

use crate::bind::{Operand, Test};
use crate::literal::Literal;
use crate::syntax::Operator;

/// The first and the last instant, in milliseconds and both included, that a field can have in any item that matches;
/// nothing where the filter sets no limit.
pub(crate) fn of(test: &Test, wanted: usize) -> (Option<i64>, Option<i64>) {
    match test {
        Test::All(tests) => tests
            .iter()
            .map(|test| of(test, wanted))
            .fold((None, None), |(from, to), (low, high)| (from.max(low), [to, high].into_iter().flatten().min())),
        Test::Compare { operand: Operand::Field(field), operator, literal: Literal::Instant(at), .. }
            if *field == wanted =>
        {
            match operator {
                Operator::Equal => (Some(*at), Some(*at)),
                Operator::GreaterOrEqual => (Some(*at), None),
                Operator::Greater => (Some(at.saturating_add(1)), None),
                Operator::LessOrEqual => (None, Some(*at)),
                Operator::Less => (None, Some(at.saturating_sub(1))),
                Operator::NotEqual => (None, None),
            }
        }
        Test::Compare { .. }
        | Test::Any(_)
        | Test::Not(_)
        | Test::Constant(_)
        | Test::Flag(_)
        | Test::CompareBoth { .. }
        | Test::In { .. }
        | Test::Text { .. }
        | Test::Quantified { .. } => (None, None),
    }
}
