//! What a path is about: a scope, a type of resource, and which operations it has there.

use super::resource_types::{self, AUTHORIZATION, NAMESPACES, ResourceType, types};
use super::{ScopeFault, ScopePath};
use crate::arm::error::ArmError;
use crate::arm::operations::RESOURCES;
use crate::arm::router::{Fit, Keys, Operation, Place};

/// What a path is about.
#[derive(Debug)]
pub(crate) struct Target<'p> {
    /// The scope that it stands at.
    pub(crate) scope: ScopePath,
    /// What it names there.
    pub(crate) subject: Subject<'p>,
}

/// What a path names at its scope.
#[derive(Debug)]
pub(crate) enum Subject<'p> {
    /// Something that is served.
    Served {
        /// Its type.
        kind: &'static ResourceType,
        /// What can be done there, method by method.
        operations: Vec<&'static Operation>,
        /// The values of the path's keys.
        keys: Keys<'p>,
    },
    /// Something of a type that is served, but the type has nothing there.
    Nowhere(&'static ResourceType),
    /// Something of a type that this build knows and does not serve.
    Unserved(&'static ResourceType),
    /// A type that the namespace does not have.
    UnknownType {
        /// The namespace, in its usual spelling.
        namespace: &'static str,
        /// The type, as it was written.
        name: String,
    },
    /// A namespace that there is not.
    UnknownNamespace(String),
    /// Nothing at all.
    Nothing,
}

/// What a path is about, by its segments.
///
/// Roles and PIM can be asked of at any scope: for them the scope is whatever comes before the last place that names their
/// provider.
///
/// # Errors
/// When what stands in the place of a scope is none.
pub(crate) fn target(segments: &[String]) -> Result<Target<'_>, ArmError> {
    if let Some(subject) = at_fixed_place(segments) {
        return Ok(Target { scope: outer(segments)?, subject });
    }
    let is_providers = |segment: &String| segment.eq_ignore_ascii_case("providers");
    let named = |place: usize, namespace: Option<&str>| {
        let is_it = |it: &String| namespace.is_none_or(|namespace| it.eq_ignore_ascii_case(namespace));
        is_providers(&segments[place]) && segments.get(place + 1).is_some_and(is_it) && segments.len() > place + 2
    };
    let last = |namespace| (0..segments.len()).rev().find(|place| named(*place, namespace));
    let Some(place) = last(Some(AUTHORIZATION)).or_else(|| last(None)) else {
        return Ok(Target { scope: outer(segments)?, subject: of_front_door(segments) });
    };
    if let Some(target) = of_another_provider(segments) {
        return Ok(target);
    }
    let (before, after) = segments.split_at(place);
    let (namespace, name, rest) = (&after[1], &after[2], &after[3..]);
    let subject = match resource_types::find(namespace, name) {
        Some(kind) => below(kind, rest),
        None => unknown(namespace, name),
    };
    let scope = ScopePath::parse(before).or_else(|fault| match subject {
        // A type that is not there is the greater fault.
        Subject::UnknownType { .. } | Subject::UnknownNamespace(_) => outer(segments),
        Subject::Served { .. } | Subject::Nowhere(_) | Subject::Unserved(_) | Subject::Nothing => Err(of_fault(fault)),
    })?;
    Ok(Target { scope, subject })
}

fn outer(segments: &[String]) -> Result<ScopePath, ArmError> {
    ScopePath::outer(segments).map(|(scope, _)| scope).map_err(of_fault)
}

fn of_fault(fault: ScopeFault) -> ArmError {
    match fault {
        ScopeFault::SubscriptionId(text) => ArmError::InvalidSubscriptionId(text),
        ScopeFault::Shape => ArmError::NotFound,
    }
}

/// What is served at one place only. Where several paths fit, the one that says most does.
fn at_fixed_place(segments: &[String]) -> Option<Subject<'_>> {
    let fixed = RESOURCES.iter().filter(|it| matches!(it.place, Place::At(_)));
    let fits = fixed.filter_map(|resource| Some((resource.kind, resource.fitting(segments)?)));
    let (kind, Fit { operations, keys, .. }) = fits.max_by_key(|(_, fit)| fit.fixed_places())?;
    Some(Subject::Served { kind, operations, keys })
}

/// What is served of a type at any scope.
fn below<'p>(kind: &'static ResourceType, rest: &'p [String]) -> Subject<'p> {
    let Some(resource) = RESOURCES.iter().find(|it| it.kind == kind) else { return Subject::Unserved(kind) };
    match resource.fitting(rest).filter(|_| resource.place == Place::AnyScope) {
        Some(Fit { operations, keys, .. }) => Subject::Served { kind, operations, keys },
        None => Subject::Nowhere(kind),
    }
}

/// A resource of a provider that is not served here: it is a scope and no more.
fn of_another_provider(segments: &[String]) -> Option<Target<'_>> {
    let scope = ScopePath::parse(segments).ok()?;
    let ScopePath::Resource { resource, .. } = &scope else { return None };
    if NAMESPACES.into_iter().any(|known| known.eq_ignore_ascii_case(resource.namespace())) {
        return None;
    }
    let others = RESOURCES.iter().find(|it| it.place == Place::Scope)?;
    let Fit { operations, keys, .. } = others.fitting(&[])?;
    Some(Target { scope, subject: Subject::Served { kind: &types::OTHERS, operations, keys } })
}

fn unknown<'p>(namespace: &str, name: &str) -> Subject<'p> {
    match NAMESPACES.into_iter().find(|known| known.eq_ignore_ascii_case(namespace)) {
        Some(namespace) => Subject::UnknownType { namespace, name: name.to_owned() },
        None => Subject::UnknownNamespace(namespace.to_owned()),
    }
}

/// What the front door would serve itself: the names without the keys between them are the type.
fn of_front_door<'p>(segments: &[String]) -> Subject<'p> {
    let names: Vec<_> = segments.iter().step_by(2).map(String::as_str).collect();
    let known = |length: usize| resource_types::find("Microsoft.Resources", &names[..length].join("/"));
    let Some(kind) = (1..=names.len()).rev().find_map(known) else { return Subject::Nothing };
    match RESOURCES.iter().any(|it| it.kind == kind) {
        true => Subject::Nowhere(kind),
        false => Subject::Unserved(kind),
    }
}
