//! A second, plain reading of filters, and the two must agree.

use proptest::prelude::*;

use super::support::{User, Users, guid};
use crate::Filter;

/// A condition that can be written down and worked out.
#[derive(Debug, Clone)]
enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Id(&'static str, u128),
    Logins(&'static str, Option<i64>),
    Created(&'static str, i64),
    Job(&'static str, Option<&'static str>),
    JobIn(Vec<&'static str>),
    StartsWith(&'static str),
    Enabled,
    GroupType(bool, &'static str),
    GroupCount(&'static str, i64),
}

fn holds<T: PartialOrd>(operator: &str, left: &T, right: &T) -> bool {
    match operator {
        "eq" => left == right,
        "ne" => left != right,
        "gt" => left > right,
        "ge" => left >= right,
        "lt" => left < right,
        _ => left <= right,
    }
}

fn holds_or_null<T: PartialOrd>(operator: &str, left: Option<T>, right: Option<T>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => holds(operator, &left, &right),
        (left, right) => match operator {
            "eq" => left.is_none() && right.is_none(),
            "ne" => left.is_some() || right.is_some(),
            _ => false,
        },
    }
}

impl Condition {
    fn write(&self) -> String {
        let join = |conditions: &[Self], word: &str| {
            let parts: Vec<String> = conditions.iter().map(|part| format!("({})", part.write())).collect();
            parts.join(word)
        };
        match self {
            Self::And(parts) => join(parts, " and "),
            Self::Or(parts) => join(parts, " or "),
            Self::Not(part) => format!("not ({})", part.write()),
            Self::Id(operator, number) => format!("id {operator} '{}'", guid(*number).to_string().to_uppercase()),
            Self::Logins(operator, None) => format!("logins {operator} null"),
            Self::Logins(operator, Some(number)) => format!("logins {operator} {number}"),
            Self::Created(operator, second) => format!("createdDateTime {operator} 1970-01-01T00:00:0{second}Z"),
            Self::Job(operator, None) => format!("jobTitle {operator} null"),
            Self::Job(operator, Some(job)) => format!("jobTitle {operator} '{job}'"),
            Self::JobIn(jobs) => format!("jobTitle in ('{}')", jobs.join("','")),
            Self::StartsWith(part) => format!("startswith(jobTitle,'{part}')"),
            Self::Enabled => "accountEnabled".to_owned(),
            Self::GroupType(true, word) => format!("groupTypes/any(x:x eq '{word}')"),
            Self::GroupType(false, word) => format!("groupTypes/all(x:x eq '{word}')"),
            Self::GroupCount(operator, count) => format!("groupTypes/$count {operator} {count}"),
        }
    }

    /// True is 2, false is 0, and neither is 1: so `and` is the least, `or` the
    /// greatest, and `not` the mirror image.
    fn work_out(&self, user: &User) -> u8 {
        let lower = |text: &str| text.to_lowercase();
        let truth = |holds: bool| if holds { 2 } else { 0 };
        match self {
            Self::And(parts) => parts.iter().map(|part| part.work_out(user)).min().unwrap_or(2),
            Self::Or(parts) => parts.iter().map(|part| part.work_out(user)).max().unwrap_or(0),
            Self::Not(part) => 2 - part.work_out(user),
            Self::Id(operator, number) => truth(holds(operator, &user.id.to_string(), &guid(*number).to_string())),
            Self::Logins(operator, number) => truth(holds_or_null(operator, user.logins, *number)),
            Self::Created(operator, second) => truth(holds(operator, &user.created, &(second * 1000))),
            Self::Job(operator, job) => truth(holds_or_null(operator, user.job.as_deref().map(lower), job.map(lower))),
            Self::JobIn(jobs) => {
                truth(user.job.as_deref().is_some_and(|own| jobs.iter().any(|job| lower(job) == lower(own))))
            }
            Self::StartsWith(part) => user.job.as_deref().map_or(1, |job| truth(lower(job).starts_with(&lower(part)))),
            Self::Enabled => user.enabled.map_or(1, truth),
            Self::GroupType(true, word) => truth(user.group_types.iter().any(|own| lower(own) == lower(word))),
            Self::GroupType(false, word) => truth(user.group_types.iter().all(|own| lower(own) == lower(word))),
            Self::GroupCount(operator, count) => {
                truth(holds(operator, &user.group_types.len(), &usize::try_from(*count).unwrap()))
            }
        }
    }
}

const WORDS: [&str; 5] = ["a", "A", "ab", "Éa", "b"];

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(WORDS.to_vec())
}

fn condition() -> impl Strategy<Value = Condition> {
    let operator = || prop::sample::select(vec!["eq", "ne", "gt", "ge", "lt", "le"]);
    let leaf = prop_oneof![
        (operator(), 0..4u128).prop_map(|(operator, number)| Condition::Id(operator, number)),
        (operator(), prop::option::of(-1..3i64)).prop_map(|(operator, number)| Condition::Logins(operator, number)),
        (operator(), 0..4i64).prop_map(|(operator, second)| Condition::Created(operator, second)),
        (operator(), prop::option::of(word())).prop_map(|(operator, job)| Condition::Job(operator, job)),
        prop::collection::vec(word(), 1..3).prop_map(Condition::JobIn),
        word().prop_map(Condition::StartsWith),
        Just(Condition::Enabled),
        (any::<bool>(), word()).prop_map(|(any, word)| Condition::GroupType(any, word)),
        (operator(), 0..3i64).prop_map(|(operator, count)| Condition::GroupCount(operator, count)),
    ];
    leaf.prop_recursive(5, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::And),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Condition::Or),
            inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn user() -> impl Strategy<Value = User> {
    (
        0..4u128,
        prop::option::of(-1..3i64),
        0..4i64,
        prop::option::of(word()),
        prop::option::of(any::<bool>()),
        prop::collection::vec(word(), 0..3),
    )
        .prop_map(|(id, logins, second, job, enabled, group_types)| User {
            id: guid(id),
            logins,
            created: second * 1000,
            job: job.map(str::to_owned),
            enabled,
            group_types,
            ..User::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_filter_means_what_a_plain_reading_of_it_means(condition in condition(), user in user()) {
        let text = condition.write();
        let filter = Filter::<Users>::parse(&text).expect("a filter");
        prop_assert_eq!(filter.matches(&&user), condition.work_out(&user) == 2, "{}", text);
    }
}
