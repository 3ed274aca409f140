//! The catalogue of everything that the service is known to do, by rule id, and what of it this build implements.

use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The rules that one source file implements. Written with `implements!` beside the code.
#[derive(Clone, Copy, Debug)]
pub struct Implements {
    /// The source file, from the root of the repository.
    pub file: &'static str,
    /// The ids of the rules.
    pub rules: &'static [&'static str],
}

/// Notes beside the code which rules it implements: `implements!["ACT-1", "SCO-6"];`.
#[macro_export]
macro_rules! implements {
    ($($rule:literal),+ $(,)?) => {
        /// The rules that this file implements.
        pub(crate) const IMPLEMENTS: $crate::rules::Implements =
            $crate::rules::Implements { file: file!(), rules: &[$($rule),+] };
    };
}

/// Why no code implements a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unimplemented {
    /// Whether it will never be: it speaks of portals, of other products, or gives advice.
    pub is_out_of_scope: bool,
    /// Why, in a few words.
    pub reason: &'static str,
}

/// One rule of the service.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Its id, such as `ACT-5`.
    pub id: &'static str,
    /// What it rests on: `D` documented, `O` observed, `I` inferred, `S` said.
    pub evidence: &'static str,
    /// What the service does.
    pub text: &'static str,
    /// The source files that implement it; none while it is not implemented.
    pub files: Vec<&'static str>,
    /// Why none does, where that is known.
    pub unimplemented: Option<Unimplemented>,
}

/// The rules of the machine's own files.
const MACHINE: &[Implements] = &[
    crate::IMPLEMENTS,
    crate::apply::IMPLEMENTS,
    crate::fire::IMPLEMENTS,
    crate::fire::access_reviews::IMPLEMENTS,
    crate::follow::IMPLEMENTS,
    crate::view::IMPLEMENTS,
    crate::view::alerts::IMPLEMENTS,
    crate::view::records::IMPLEMENTS,
    crate::walk::IMPLEMENTS,
];

/// What every file of the machine says it implements.
pub fn implemented() -> impl Iterator<Item = Implements> {
    (MACHINE.iter())
        .chain(crate::alert::implemented::FILES)
        .chain(crate::decide::implemented::FILES)
        .chain(crate::decide::access_reviews::implemented::FILES)
        .chain(crate::decide::alerts::implemented::FILES)
        .chain(crate::family::implemented::FILES)
        .chain(crate::rule::implemented::FILES)
        .chain(crate::notify::implemented::FILES)
        .copied()
}

/// Every rule, in the order of the catalogue, with the files that implement it: the machine's and those in `more`.
#[must_use]
pub fn catalogue(more: &[Implements]) -> Vec<Rule> {
    static LINES: LazyLock<Vec<[&'static str; 3]>> = LazyLock::new(|| lines(include_str!("../data/rules.tsv")));
    let unimplemented = unimplemented();
    let implemented: Vec<_> = implemented().chain(more.iter().copied()).collect();
    (LINES.iter())
        .map(|[id, evidence, text]| Rule {
            id,
            evidence,
            text,
            files: (implemented.iter()).filter(|file| file.rules.contains(id)).map(|file| file.file).collect(),
            unimplemented: unimplemented.get(id).copied(),
        })
        .collect()
}

/// The rules that no code implements, with the reasons.
#[must_use]
pub fn unimplemented() -> BTreeMap<&'static str, Unimplemented> {
    (lines(include_str!("../data/scope.tsv")).into_iter())
        .map(|[id, kind, reason]| (id, Unimplemented { is_out_of_scope: kind == "outside", reason }))
        .collect()
}

/// The lines of a table with three columns, comments left out.
fn lines(table: &'static str) -> Vec<[&'static str; 3]> {
    (table.lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut columns = line.splitn(3, '\t');
            Some([columns.next()?, columns.next()?, columns.next()?])
        })
        .collect()
}
