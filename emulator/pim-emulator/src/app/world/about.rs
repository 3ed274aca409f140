//! What an entry is about: a role of the directory, a place in a group, or a role of Azure. Worlds and the steps of scenarios say it
//! in the same keys.

use super::error::{Fault, Step};
use super::handles::at;
use super::load::Loader;
use pim_core::model::{GroupAccess, PolicySubject};

/// Declares entries that are about something: each has the keys that say what beside its own, and `about()` that reads them.
///
/// Serde refuses unknown keys only where it does not flatten, so that the keys have to stand in every such struct. They are put
/// there from here.
macro_rules! about_something {
    ($($(#[$attribute:meta])* $visibility:vis struct $entry:ident { $($own:tt)* })+) => { $(
        $(#[$attribute])*
        #[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        $visibility struct $entry {
            $($own)*
            /// The role of the directory, by name or id.
            pub role: Option<String>,
            /// The group, by name, instead of a role.
            pub group: Option<String>,
            /// `member` or `owner`, for a group.
            #[schema(value_type = Option<String>, example = "member")]
            pub access: Option<pim_core::model::GroupAccess>,
            /// The role of Azure, by name or id, instead of a role of the directory. It needs a `scope`.
            pub azure_role: Option<String>,
            /// Where: for a role of the directory an administrative unit or an application, by name, and the whole tenant when left
            /// out; for a role of Azure a place such as `prod/web`. Places below have policies of their own.
            pub scope: Option<String>,
        }

        impl $entry {
            /// What it is about.
            pub(crate) fn about(&self) -> Result<$crate::app::world::About<'_>, $crate::app::world::NotOneThing> {
                $crate::app::world::Said {
                    role: self.role.as_deref(),
                    group: self.group.as_deref(),
                    access: self.access,
                    azure_role: self.azure_role.as_deref(),
                    scope: self.scope.as_deref(),
                }
                .about()
            }
        }
    )+ };
}
pub(crate) use about_something;

/// The one thing that an entry is about, in the names of its file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum About<'a> {
    /// A role of the directory; without a scope, for the whole tenant.
    Role { role: &'a str, scope: Option<&'a str> },
    /// A place in a group.
    Group { group: &'a str, access: GroupAccess },
    /// A role of Azure at a place.
    AzureRole { role: &'a str, scope: &'a str },
}

/// Why an entry is not about one thing: at which of its keys, or as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NotOneThing {
    pub(crate) key: Option<&'static str>,
    pub(crate) message: &'static str,
}

/// The keys as they stand in an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said<'a> {
    pub(crate) role: Option<&'a str>,
    pub(crate) group: Option<&'a str>,
    pub(crate) access: Option<GroupAccess>,
    pub(crate) azure_role: Option<&'a str>,
    pub(crate) scope: Option<&'a str>,
}

impl<'a> Said<'a> {
    /// The one thing that they name.
    pub(crate) fn about(self) -> Result<About<'a>, NotOneThing> {
        let Self { role, group, access, azure_role, scope } = self;
        if access.is_some() && group.is_none() {
            return Err(NotOneThing { key: Some("access"), message: "'access' belongs to a 'group'" });
        }
        match (role, group, azure_role) {
            (None, None, None) => {
                Err(NotOneThing { key: None, message: "a 'role', a 'group' or an 'azureRole' is missing" })
            }
            (Some(_), Some(_), _) => Err(NotOneThing::second("group")),
            (Some(_), None, Some(_)) | (None, Some(_), Some(_)) => Err(NotOneThing::second("azureRole")),
            (Some(role), None, None) => Ok(About::Role { role, scope }),
            (None, Some(_), None) if scope.is_some() => {
                Err(NotOneThing { key: Some("scope"), message: "a group is its own scope" })
            }
            (None, Some(group), None) => match access {
                Some(access) => Ok(About::Group { group, access }),
                None => Err(NotOneThing { key: None, message: "a 'group' needs 'access: member' or 'access: owner'" }),
            },
            (None, None, Some(role)) => match scope {
                Some(scope) => Ok(About::AzureRole { role, scope }),
                None => Err(NotOneThing { key: None, message: "an 'azureRole' needs a 'scope', such as 'prod/web'" }),
            },
        }
    }
}

impl NotOneThing {
    const fn second(key: &'static str) -> Self {
        Self { key: Some(key), message: "it is about one of 'role', 'group' and 'azureRole', and not about a second" }
    }

    /// The same as a fault of the entry at `path`.
    pub(super) fn at(self, mut path: Vec<Step>) -> Fault {
        path.extend(self.key.map(Step::Key));
        Fault { path, message: self.message.to_owned() }
    }
}

impl About<'_> {
    /// The same by ids. The entry stands at `path`.
    pub(super) fn subject(self, loader: &Loader<'_>, path: impl Fn() -> Vec<Step>) -> Result<PolicySubject, Fault> {
        let key = |key: &'static str| {
            let mut path = path();
            path.push(Step::Key(key));
            path
        };
        match self {
            Self::Role { role, .. } => at(loader.handles.role(role), || key("role")).map(PolicySubject::DirectoryRole),
            Self::Group { group, access } => {
                at(loader.handles.group(group), || key("group")).map(|group| PolicySubject::Group(group, access))
            }
            Self::AzureRole { role: name, scope: place } => {
                let role = at(loader.handles.azure_role(name), || key("azureRole"))?;
                let scope = at(loader.azure_scope(place), || key("scope"))?;
                if !loader.view().azure_role_fits(role, scope) {
                    let message =
                        format!("the role '{name}' cannot be given at '{place}': it is made for other places");
                    return Err(Fault { path: key("scope"), message });
                }
                Ok(PolicySubject::AzureRole(role, scope))
            }
        }
    }
}
