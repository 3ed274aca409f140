//! From a path to an operation.

use super::Version;
use super::call::Call;
use super::error::GraphError;
use super::path::Segment;
use super::permission::Permission;
use super::reply::Reply;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;

/// A method that some operation has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// The method of a request, if any operation has it.
    pub(crate) fn of(method: &axum::http::Method) -> Option<Self> {
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|it| it.name() == method.as_str())
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What a handler is.
pub(crate) type Handler = fn(&Call<'_>) -> Result<Reply, GraphError>;

/// One operation of one resource.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The method.
    pub(crate) method: Method,
    /// The path below the version: names, `{keys}`, types with their namespace, and functions as
    /// `name(parameter={parameter})`.
    pub(crate) path: &'static str,
    /// The versions that have it.
    pub(crate) versions: &'static [Version],
    /// What it needs.
    pub(crate) permission: &'static Permission,
    /// Carries it out.
    pub(crate) handler: Handler,
}

/// Both versions.
pub(crate) const BOTH: &[Version] = &[Version::V1, Version::Beta];

/// The tree of all paths.
#[derive(Debug, Default)]
pub(crate) struct Router {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    names: HashMap<String, Self>,
    calls: HashMap<(String, String), Self>,
    key: Option<Box<Self>>,
    operations: Vec<&'static Operation>,
}

/// A key or parameter of a path.
#[derive(Clone, Debug)]
pub(crate) struct Key<'p> {
    value: Cow<'p, str>,
    /// The property that it is a value of, where it is no id.
    property: Option<&'static str>,
}

impl Key<'_> {
    /// The property that it is a value of, where it is no id.
    pub(crate) const fn property(&self) -> Option<&'static str> {
        self.property
    }
}

impl Deref for Key<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

/// The values of keys and parameters, in the order of the path.
pub(crate) type Keys<'p> = Vec<Key<'p>>;

/// What finds an object of a collection besides its id: `applications(appId='…')` is a place for whatever
/// `applications/{id}` is one for. Whoever finds the object asks the call by which property.
pub(crate) const ALTERNATE_KEYS: [(&str, &str); 7] = [
    ("applications", "appId"),
    ("applications", "uniqueName"),
    ("directoryRoles", "roleTemplateId"),
    ("federatedIdentityCredentials", "name"),
    ("groups", "uniqueName"),
    ("servicePrincipals", "appId"),
    ("users", "userPrincipalName"),
];

impl Router {
    /// The tree of these operations.
    pub(crate) fn of(operations: impl IntoIterator<Item = &'static Operation>) -> Self {
        let mut router = Self::default();
        for operation in operations {
            let mut node = &mut router.root;
            for segment in operation.path.split('/').filter(|segment| !segment.is_empty()) {
                node = node.child(segment);
            }
            node.operations.push(operation);
        }
        router
    }

    /// The operation of a request, with the values of its keys.
    ///
    /// # Errors
    /// For an unknown segment, and for a known path without that method or in the other version.
    pub(crate) fn find<'p>(
        &self,
        version: Version,
        method: Option<Method>,
        segments: &[Segment<'p>],
    ) -> Result<(&'static Operation, Keys<'p>), GraphError> {
        let mut node = &self.root;
        let mut keys = Keys::new();
        for segment in segments {
            node = node.step(segment, &mut keys).ok_or_else(|| GraphError::UnknownSegment(name(segment)))?;
        }
        let here: Vec<_> = node.operations.iter().filter(|it| it.versions.contains(&version)).collect();
        if here.is_empty() {
            return Err(GraphError::UnknownSegment(segments.last().map(name).unwrap_or_default()));
        }
        let found = here.iter().find(|it| Some(it.method) == method);
        found.map(|operation| (**operation, keys)).ok_or(GraphError::MethodNotAllowed)
    }
}

impl Node {
    fn child(&mut self, segment: &'static str) -> &mut Self {
        if segment.starts_with('{') {
            return self.key.get_or_insert_default();
        }
        match segment.split_once('(') {
            // A path that was taken apart has no namespaces.
            None => {
                let name = segment.strip_prefix("microsoft.graph.").unwrap_or(segment);
                self.names.entry(name.to_ascii_lowercase()).or_default()
            }
            Some((name, rest)) => {
                let parameter = rest.split('=').next().unwrap_or_default();
                self.calls.entry((name.to_ascii_lowercase(), parameter.to_ascii_lowercase())).or_default()
            }
        }
    }

    fn step<'p>(&self, segment: &Segment<'p>, keys: &mut Keys<'p>) -> Option<&Self> {
        match segment {
            Segment::Plain(text) => {
                if let Some(node) = self.named(text) {
                    return Some(node);
                }
                let node = self.key.as_deref()?;
                keys.push(Key { value: text.clone(), property: None });
                Some(node)
            }
            Segment::Call { name, parameters } => {
                let [(parameter, value)] = parameters.as_slice() else { return None };
                let (lower, value) = ((name.to_ascii_lowercase(), parameter.to_ascii_lowercase()), value.clone());
                if let Some(node) = self.calls.get(&lower) {
                    keys.push(Key { value, property: None });
                    return Some(node);
                }
                let is_it = |(collection, property): &&(&str, &str)| {
                    collection.eq_ignore_ascii_case(name) && property.eq_ignore_ascii_case(parameter)
                };
                let (_, property) = ALTERNATE_KEYS.iter().find(is_it)?;
                keys.push(Key { value, property: Some(property) });
                self.named(name)?.key.as_deref()
            }
        }
    }

    /// The child of that name, in any case; names are short, so a lower-case copy needs no allocation.
    fn named(&self, text: &str) -> Option<&Self> {
        if self.names.is_empty() || text.len() > 64 {
            return None;
        }
        if let Some(node) = self.names.get(text) {
            return Some(node);
        }
        let mut buffer = [0; 64];
        let lower = buffer.get_mut(..text.len())?;
        lower.copy_from_slice(text.as_bytes());
        lower.make_ascii_lowercase();
        self.names.get(std::str::from_utf8(lower).ok()?)
    }
}

fn name(segment: &Segment<'_>) -> String {
    match segment {
        Segment::Plain(name) | Segment::Call { name, .. } => name.clone().into_owned(),
    }
}
