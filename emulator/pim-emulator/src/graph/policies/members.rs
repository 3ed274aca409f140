//! The members of an object in a body whose type depends on what it says itself: names in any case, members that nobody asks
//! for passed over.

use crate::graph::error::GraphError;
use serde_json::{Map, Value};

/// The members of an object.
#[derive(Clone, Copy, Debug)]
pub(in crate::graph) struct Members<'b>(&'b Map<String, Value>);

impl<'b> Members<'b> {
    /// Those of a value that must be an object.
    pub(in crate::graph) fn of(name: &str, value: &'b Value) -> Result<Self, GraphError> {
        value.as_object().map(Self).ok_or_else(|| not("an object", name))
    }

    /// A member as it stands; `null` is a value.
    pub(in crate::graph) fn raw(self, name: &str) -> Option<&'b Value> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// A member that is true or false.
    pub(in crate::graph) fn boolean(self, name: &str) -> Result<Option<bool>, GraphError> {
        self.get(name, "true or false", Value::as_bool)
    }

    /// A member that is a whole number.
    pub(in crate::graph) fn number<N: TryFrom<u64>>(self, name: &str) -> Result<Option<N>, GraphError> {
        self.get(name, "a number of that size", |value| value.as_u64().and_then(|number| N::try_from(number).ok()))
    }

    /// A member that is text.
    pub(in crate::graph) fn text(self, name: &str) -> Result<Option<&'b str>, GraphError> {
        self.get(name, "text", Value::as_str)
    }

    /// A member with members.
    pub(in crate::graph) fn object(self, name: &str) -> Result<Option<Self>, GraphError> {
        self.get(name, "an object", |value| value.as_object().map(Self))
    }

    /// A member that is a list of texts.
    pub(in crate::graph) fn texts(self, name: &str) -> Result<Option<Vec<&'b str>>, GraphError> {
        self.get(name, "a list of texts", |value| value.as_array()?.iter().map(Value::as_str).collect())
    }

    /// A member that is a list of objects.
    pub(in crate::graph) fn objects(self, name: &str) -> Result<Option<Vec<Self>>, GraphError> {
        let all = |value: &'b Value| value.as_array()?.iter().map(|it| it.as_object().map(Self)).collect();
        self.get(name, "a list of objects", all)
    }

    /// A member of a kind; `null` is the same as absent.
    fn get<T>(
        self,
        name: &str,
        kind: &str,
        read: impl FnOnce(&'b Value) -> Option<T>,
    ) -> Result<Option<T>, GraphError> {
        match self.raw(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| not(kind, name)),
        }
    }
}

fn not(kind: &str, name: &str) -> GraphError {
    GraphError::UnreadableBody(format!("{name} is not {kind}"))
}
