//! Where in Azure something is: the tenant, a management group, a subscription, a resource group or a resource.

use std::fmt;
use uuid::Uuid;

/// The path of a scope. It displays in its canonical form, names as they were written; whether it exists is not asked here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ScopePath {
    /// The tenant: `/`.
    Tenant,
    /// A management group.
    ManagementGroup {
        /// Its name; that of the root is the tenant's id.
        name: String,
    },
    /// A subscription.
    Subscription {
        /// Its id.
        id: Uuid,
    },
    /// A resource group.
    ResourceGroup {
        /// The subscription that it is in.
        subscription: Uuid,
        /// Its name.
        name: String,
    },
    /// A resource, or a resource inside or beside one.
    Resource {
        /// The subscription that it is in.
        subscription: Uuid,
        /// The resource group that it is in, where it is in one.
        group: Option<String>,
        /// What stands after that.
        resource: ResourcePath,
    },
}

/// The part of a resource's path that comes after its group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ResourcePath {
    /// Providers, each with types and names in turn.
    steps: Vec<Step>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Step {
    namespace: String,
    names: Vec<(String, String)>,
}

/// Why segments are no scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ScopeFault {
    /// That is not the id of a subscription.
    SubscriptionId(String),
    /// They stand for no kind of scope.
    Shape,
}

impl ScopePath {
    /// The scope that segments stand for, all of them.
    ///
    /// # Errors
    /// [`ScopeFault`].
    pub(crate) fn parse<S: AsRef<str>>(segments: &[S]) -> Result<Self, ScopeFault> {
        let (scope, rest) = Self::outer(segments)?;
        let (subscription, group) = match scope {
            outer if rest.is_empty() => return Ok(outer),
            Self::Subscription { id } => (id, None),
            Self::ResourceGroup { subscription, name } => (subscription, Some(name)),
            Self::Tenant | Self::ManagementGroup { .. } | Self::Resource { .. } => return Err(ScopeFault::Shape),
        };
        let resource = ResourcePath::parse(rest).ok_or(ScopeFault::Shape)?;
        Ok(Self::Resource { subscription, group, resource })
    }

    /// The scope in text, with or without a slash in front. `None` when it is none.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        Self::parse(&super::segments(text)?).ok()
    }

    /// The management group, subscription or resource group that segments begin with, else the tenant; and what comes after it.
    ///
    /// # Errors
    /// When a subscription's id is none.
    pub(crate) fn outer<S: AsRef<str>>(segments: &[S]) -> Result<(Self, &[S]), ScopeFault> {
        let is = |place: usize, fixed: &str| {
            segments.get(place).is_some_and(|segment| segment.as_ref().eq_ignore_ascii_case(fixed))
        };
        if let Some(id) = segments.get(1).filter(|_| is(0, "subscriptions")) {
            let id = subscription_id(id.as_ref())?;
            return Ok(match segments.get(3).filter(|_| is(2, "resourceGroups")) {
                Some(name) => {
                    (Self::ResourceGroup { subscription: id, name: name.as_ref().to_owned() }, &segments[4..])
                }
                None => (Self::Subscription { id }, &segments[2..]),
            });
        }
        let is_group = is(0, "providers") && is(1, "Microsoft.Management") && is(2, "managementGroups");
        Ok(match segments.get(3).filter(|_| is_group) {
            Some(name) => (Self::ManagementGroup { name: name.as_ref().to_owned() }, &segments[4..]),
            None => (Self::Tenant, segments),
        })
    }

    /// The subscription that it is, or is in.
    pub(crate) const fn subscription(&self) -> Option<Uuid> {
        match self {
            Self::Tenant | Self::ManagementGroup { .. } => None,
            Self::Subscription { id: subscription }
            | Self::ResourceGroup { subscription, .. }
            | Self::Resource { subscription, .. } => Some(*subscription),
        }
    }

    /// The scope that a subscription, a group or a resource is in, as far as its path tells.
    pub(crate) fn parent(&self) -> Self {
        match self {
            Self::Tenant | Self::ManagementGroup { .. } | Self::Subscription { .. } => Self::Tenant,
            Self::ResourceGroup { subscription, .. } => Self::Subscription { id: *subscription },
            Self::Resource { subscription, group, resource } => match (resource.above(), group) {
                (Some(resource), group) => {
                    Self::Resource { subscription: *subscription, group: group.clone(), resource }
                }
                (None, Some(name)) => Self::ResourceGroup { subscription: *subscription, name: name.clone() },
                (None, None) => Self::Subscription { id: *subscription },
            },
        }
    }

    /// What stands in front of `/providers/…` in ids: nothing for the tenant.
    pub(crate) const fn prefix(&self) -> Prefix<'_> {
        Prefix(self)
    }
}

fn subscription_id(text: &str) -> Result<Uuid, ScopeFault> {
    // Only the usual form: `try_parse` alone takes braces and a scheme as well.
    let id = Uuid::try_parse(text).ok().filter(|_| text.len() == 36);
    id.ok_or_else(|| ScopeFault::SubscriptionId(text.to_owned()))
}

impl ResourcePath {
    fn parse<S: AsRef<str>>(segments: &[S]) -> Option<Self> {
        let mut steps: Vec<Step> = Vec::new();
        let mut rest = segments;
        while let [first, second, tail @ ..] = rest {
            let (first, second) = (first.as_ref(), second.as_ref());
            if first.eq_ignore_ascii_case("providers") {
                steps.push(Step { namespace: second.to_owned(), names: Vec::new() });
            } else {
                steps.last_mut()?.names.push((first.to_owned(), second.to_owned()));
            }
            rest = tail;
        }
        let is_whole = rest.is_empty() && !steps.is_empty() && steps.iter().all(|step| !step.names.is_empty());
        is_whole.then_some(Self { steps })
    }

    /// The resource's type: `Microsoft.Sql/servers/databases`.
    pub(crate) fn resource_type(&self) -> String {
        let Some(step) = self.steps.last() else { return String::new() };
        let types = step.names.iter().map(|(name, _)| name.as_str());
        std::iter::once(step.namespace.as_str()).chain(types).collect::<Vec<_>>().join("/")
    }

    /// The namespace of the provider that it is of.
    pub(crate) fn namespace(&self) -> &str {
        self.steps.last().map_or("", |step| &step.namespace)
    }

    /// What it is below: another resource, or nothing, which is what holds the first of them.
    fn above(&self) -> Option<Self> {
        let mut above = self.clone();
        let step = above.steps.last_mut()?;
        step.names.pop();
        if step.names.is_empty() {
            above.steps.pop();
        }
        (!above.steps.is_empty()).then_some(above)
    }

    /// The resource's own name.
    pub(crate) fn name(&self) -> &str {
        self.steps.last().and_then(|step| step.names.last()).map_or("", |(_, name)| name)
    }
}

impl fmt::Display for ResourcePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.steps {
            write!(out, "/providers/{}", step.namespace)?;
            for (kind, name) in &step.names {
                write!(out, "/{kind}/{name}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for ScopePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant => out.write_str("/"),
            Self::ManagementGroup { name } => {
                write!(out, "/providers/Microsoft.Management/managementGroups/{name}")
            }
            Self::Subscription { id } => write!(out, "/subscriptions/{id}"),
            Self::ResourceGroup { subscription, name } => {
                write!(out, "/subscriptions/{subscription}/resourceGroups/{name}")
            }
            Self::Resource { subscription, group, resource } => {
                write!(out, "/subscriptions/{subscription}")?;
                if let Some(group) = group {
                    write!(out, "/resourceGroups/{group}")?;
                }
                resource.fmt(out)
            }
        }
    }
}

/// A scope as the beginning of an id.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefix<'a>(&'a ScopePath);

impl fmt::Display for Prefix<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ScopePath::Tenant => Ok(()),
            scope @ (ScopePath::ManagementGroup { .. }
            | ScopePath::Subscription { .. }
            | ScopePath::ResourceGroup { .. }
            | ScopePath::Resource { .. }) => scope.fmt(out),
        }
    }
}
