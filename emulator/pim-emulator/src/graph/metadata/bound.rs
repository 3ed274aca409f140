//! Functions and actions, out of the table of operations: whatever stands at the end of a path and is no way there.

use super::model::{Model, element};
use super::places::{Gives, SIGNATURES, words_of_current_user};
use crate::graph::operations::all_operations;
use crate::graph::router::{Method, Operation};
use std::borrow::Cow;

/// A function or action that is called on something.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Bound {
    pub(super) name: &'static str,
    pub(super) is_function: bool,
    /// Parameters with their types, what it is called on first.
    pub(super) takes: Vec<(&'static str, Cow<'static, str>)>,
    pub(super) gives: Option<Cow<'static, str>>,
}

impl Bound {
    /// The types that it takes and gives.
    pub(super) fn types(&self) -> impl Iterator<Item = Cow<'static, str>> {
        self.takes.iter().map(|(_, kind)| kind.clone()).chain(self.gives.clone())
    }
}

/// Where a path has come to: so many of a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Standing {
    pub(super) kind: &'static str,
    pub(super) is_many: bool,
}

/// A step of a path that is no way: what is called, on what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Called {
    pub(super) name: &'static str,
    /// The name of its parameter, where the path has it.
    pub(super) parameter: Option<&'static str>,
    pub(super) on: Standing,
}

/// The functions and actions of a version.
pub(super) fn all(model: &Model) -> Vec<Bound> {
    let operations = all_operations().filter(|it| it.versions.contains(&model.version));
    let called = operations.filter_map(|operation| {
        let called = walk(model, operation.path).ok()?.1?;
        bound(called, operation)
    });
    let mut all: Vec<_> = called.collect();
    all.sort();
    all.dedup();
    all
}

/// Goes the way of an operation; answers where it comes to, and what it calls there if it ends in that.
///
/// # Errors
/// The segment that leads nowhere.
pub(super) fn walk(model: &Model, path: &'static str) -> Result<(Option<Standing>, Option<Called>), &'static str> {
    let mut standing: Option<Standing> = None;
    let mut called = None;
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let Some(at) = standing else {
            standing = Some(root(model, segment).ok_or(segment)?);
            continue;
        };
        if called.is_some() {
            return Err(segment);
        }
        match step(model, at, segment) {
            Some(next) => standing = Some(next),
            None => called = Some(call(segment, at).ok_or(segment)?),
        }
    }
    Ok((standing, called))
}

fn root(model: &Model, segment: &str) -> Option<Standing> {
    let root = model.roots.iter().find(|root| root.name.eq_ignore_ascii_case(segment))?;
    Some(Standing { kind: root.kind, is_many: root.is_set })
}

/// Where a segment leads that is a key, a type or a way.
fn step(model: &Model, at: Standing, segment: &'static str) -> Option<Standing> {
    let typed = |name: &str| model.entities.get_key_value(name).map(|(kind, _)| Standing { kind, ..at });
    if let Some(name) = segment.strip_prefix("microsoft.graph.") {
        return typed(name);
    }
    match segment {
        "{type}" | "$count" | "$ref" => Some(at),
        _ if segment.starts_with('{') && at.is_many => Some(Standing { is_many: false, ..at }),
        // The provider is the key of a set whose keys are words.
        "aadGroups" if at.kind == "privilegedAccess" && at.is_many => Some(Standing { is_many: false, ..at }),
        _ => model.way(at.kind, segment).map(|way| Standing { kind: way.to, is_many: way.is_many }),
    }
}

/// What is called by a segment.
fn call(segment: &'static str, on: Standing) -> Option<Called> {
    let (name, parameter) = match segment.split_once('(') {
        Some((name, rest)) => (name, Some(rest.split_once('=')?.0)),
        None => (segment, None),
    };
    SIGNATURES.iter().any(|it| it.name == name).then_some(Called { name, parameter, on })
}

fn bound(called: Called, operation: &Operation) -> Option<Bound> {
    let signature = SIGNATURES.iter().find(|it| it.name == called.name)?;
    let whole = |is_many: bool| match is_many {
        true => format!("Collection(graph.{})", called.on.kind),
        false => format!("graph.{}", called.on.kind),
    };
    let mut takes = vec![("bindingParameter", Cow::Owned(whole(called.on.is_many)))];
    takes.extend(called.parameter.map(|name| (name, Cow::Owned(format!("graph.{}", current_user(called.on.kind))))));
    takes.extend(signature.takes.iter().map(|(name, kind)| (*name, Cow::Borrowed(*kind))));
    let gives = match signature.gives {
        Gives::Nothing => None,
        Gives::Type(kind) => Some(Cow::Borrowed(kind)),
        Gives::Same => Some(Cow::Owned(whole(true))),
    };
    Some(Bound { name: called.name, is_function: operation.method == Method::Get, takes, gives })
}

const OPTIONS: &str = "FilterByCurrentUserOptions";

/// The enumeration of `filterByCurrentUser` for a type: the service names it without the family.
fn current_user(kind: &str) -> String {
    let bare = ["unified", "privilegedAccessGroup"].iter().find_map(|family| kind.strip_prefix(family)).unwrap_or(kind);
    let mut letters = bare.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).chain(OPTIONS.chars()).collect()
}

/// The words of such an enumeration.
pub(super) fn words_of(name: &str) -> Option<&'static [(&'static str, u8)]> {
    element(name).strip_suffix(OPTIONS).map(words_of_current_user)
}
