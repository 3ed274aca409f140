//! What an operation is, and which paths it stands for.

use super::call::Call;
use super::error::ArmError;
use super::front_door::{ResourceType, ScopePath, types};
use super::reply::Reply;
use crate::net::Origin;
use std::cmp::Reverse;

/// A method that some operation has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Method {
    /// GET.
    Get,
    /// HEAD: whether something is there.
    Head,
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
        [Self::Get, Self::Head, Self::Post, Self::Put, Self::Patch, Self::Delete]
            .into_iter()
            .find(|it| it.name() == method.as_str())
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// What it asks the right for.
    const fn verb(self) -> &'static str {
        match self {
            Self::Get | Self::Head => "read",
            Self::Post => "action",
            Self::Put | Self::Patch => "write",
            Self::Delete => "delete",
        }
    }
}

/// What carries an operation out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Handler {
    /// For whoever has a token.
    Signed(fn(&Call<'_>) -> Result<Reply, ArmError>),
    /// For everybody: of the address under which the emulator was reached, in a version.
    Open(fn(&Origin<'_>, &'static str) -> Reply),
    /// The service itself, since it is about other requests.
    Batch,
}

/// One operation of one type.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The method.
    pub(crate) method: Method,
    /// The path below the type: names and `{keys}`; empty for the collection.
    pub(crate) path: &'static str,
    /// The versions that have it, where not all of its type's do.
    pub(crate) versions: Option<&'static [&'static str]>,
    /// Carries it out.
    pub(crate) handler: Handler,
}

impl Operation {
    /// The right that it takes: `Microsoft.Authorization/roleAssignments/read`; for a resource of another provider that of the
    /// resource's own type.
    pub(crate) fn action(&self, kind: &ResourceType, scope: &ScopePath) -> String {
        if let ScopePath::Resource { resource, .. } = scope
            && *kind == types::OTHERS
        {
            return format!("{}/{}", resource.resource_type(), self.method.verb());
        }
        let names = parts(self.path).filter(|part| !is_key(part));
        let parts = [kind.namespace, kind.name].into_iter().chain(names).chain([self.method.verb()]);
        parts.collect::<Vec<_>>().join("/")
    }
}

/// Where a type is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// At any scope, below its provider.
    AnyScope,
    /// At one path only, with `{keys}`.
    At(&'static str),
    /// It is a scope: a resource of a provider that is not served.
    Scope,
}

/// A type with everything that can be done with it: what a file of a resource declares.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The type.
    pub(crate) kind: &'static ResourceType,
    /// Where it is found.
    pub(crate) place: Place,
    /// What can be done.
    pub(crate) operations: &'static [Operation],
}

/// The values of a path's keys, in its order.
pub(crate) type Keys<'p> = Vec<&'p str>;

/// What a type has at a path.
#[derive(Debug)]
pub(crate) struct Fit<'p> {
    template: Template,
    /// What can be done there, method by method.
    pub(crate) operations: Vec<&'static Operation>,
    /// The values of the path's keys.
    pub(crate) keys: Keys<'p>,
}

impl Fit<'_> {
    /// How much the path says by names: of two that fit, the one with the earlier name says more.
    pub(crate) fn fixed_places(&self) -> Vec<Reverse<bool>> {
        self.template.parts().map(|part| Reverse(is_key(part))).collect()
    }
}

impl Resource {
    /// What the type has at a path: a whole one where it has its place, else what comes after its name.
    pub(crate) fn fitting<'p>(&'static self, segments: &'p [String]) -> Option<Fit<'p>> {
        let base = match self.place {
            Place::AnyScope | Place::Scope => "",
            Place::At(base) => base,
        };
        let fits = self.operations.iter().filter_map(|operation| {
            let template = Template { base, below: operation.path };
            let keys = template.keys(segments)?;
            Some(Fit { template, operations: vec![operation], keys })
        });
        let best = fits.max_by_key(Fit::fixed_places)?;
        let operations = self.operations.iter().filter(|it| best.template.is_like(it.path)).collect();
        Some(Fit { operations, ..best })
    }
}

/// A path with keys.
#[derive(Clone, Copy, Debug)]
struct Template {
    base: &'static str,
    below: &'static str,
}

fn parts(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/').filter(|part| !part.is_empty())
}

fn is_key(part: &str) -> bool {
    part.starts_with('{')
}

impl Template {
    fn parts(self) -> impl Iterator<Item = &'static str> {
        parts(self.base).chain(parts(self.below))
    }

    /// The values of its keys in a path that fits it, whatever the case of its names.
    fn keys(self, segments: &[String]) -> Option<Keys<'_>> {
        let mut keys = Keys::new();
        let mut segments = segments.iter();
        for part in self.parts() {
            let segment = segments.next()?;
            if is_key(part) {
                keys.push(segment);
            } else if !part.eq_ignore_ascii_case(segment) {
                return None;
            }
        }
        segments.next().is_none().then_some(keys)
    }

    /// Whether another end fits the same paths.
    fn is_like(self, below: &'static str) -> bool {
        let shape = |path| parts(path).map(|part| if is_key(part) { "{}" } else { part });
        shape(self.below).eq(shape(below))
    }
}
