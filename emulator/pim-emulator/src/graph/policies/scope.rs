//! Whose policies there are: those of directory roles, and the two of each group.

use crate::graph::error::GraphError;
use crate::graph::json::{Json, Property, Word};
use pim_core::PrincipalId;
use pim_odata::{Entity, Literal, Pager, Value};
use serde::Serialize;
use uuid::Uuid;

/// How the type of scope of a directory role is spelled: whoever asks for `Directory` is answered `Directory` (POL-12).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RoleScope {
    /// `DirectoryRole`.
    DirectoryRole,
    /// `Directory`.
    Directory,
}

impl RoleScope {
    pub(super) const ALL: [Self; 2] = [Self::DirectoryRole, Self::Directory];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::DirectoryRole => "DirectoryRole",
            Self::Directory => "Directory",
        }
    }

    /// The one of that name, in any case.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// The type of scope of a group (POL-13).
pub(super) const GROUP: &str = "Group";

/// Whose policies somebody asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scope {
    /// Those of directory roles, under one of the names of their type of scope.
    DirectoryRoles(RoleScope),
    /// The two of a group. What is no id is the id of no group.
    Group(PrincipalId),
}

impl Scope {
    /// The scope that a filter demands; both its id and its type must be demanded, or nobody answers for the policies.
    pub(super) fn demanded<E: Entity>(pager: &Pager<E>) -> Result<Self, GraphError> {
        let id = pager.equality("scopeId").ok_or(GraphError::MissingProvider)?;
        let name = pager.equality("scopeType").and_then(Literal::text).ok_or(GraphError::MissingProvider)?;
        if name.eq_ignore_ascii_case(GROUP) {
            return Ok(Self::Group(PrincipalId(id.guid().unwrap_or_default())));
        }
        RoleScope::parse(name).map(Self::DirectoryRoles).ok_or(GraphError::MissingProvider)
    }

    /// The scope of the policy or assignment of that id, whether or not there is one: who may ask is found out first.
    pub(super) fn of_id(id: &str) -> Self {
        let mut parts = id.split('_');
        let (kind, of) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if kind.eq_ignore_ascii_case(GROUP) {
            Self::Group(PrincipalId(Uuid::try_parse(of).unwrap_or_default()))
        } else {
            Self::DirectoryRoles(RoleScope::DirectoryRole)
        }
    }
}

/// Where groups have the id of one and directory roles a fixed word, or the other way round.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum IdOrWord {
    /// An id.
    Id(Uuid),
    /// A word.
    Word(Word),
}

impl<'a> Property<'a> for IdOrWord {
    fn write(&self, json: &mut Json) {
        match self {
            Self::Id(id) => id.write(json),
            Self::Word(word) => word.write(json),
        }
    }

    fn value(self) -> Value<'a> {
        match self {
            Self::Id(id) => id.value(),
            Self::Word(word) => word.value(),
        }
    }
}
