//! Values of properties in the body of a directory object: each of the right type, or refused by name.

use super::error::GraphError;
use pim_core::time::Instant;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// A member of a body: which property of which type of object it is, and the text of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given<'b> {
    /// The type of object, as refusals name it: `User`.
    pub(crate) resource: &'static str,
    /// The property.
    pub(crate) property: &'static str,
    /// Its value.
    pub(crate) value: &'b RawValue,
}

impl Given<'_> {
    /// The value; `None` for null.
    ///
    /// # Errors
    /// When it is of another type.
    pub(crate) fn optional<T: DeserializeOwned>(self) -> Result<Option<T>, GraphError> {
        serde_json::from_str(self.value.get()).map_err(|_| self.fault())
    }

    /// The value, which cannot be null.
    ///
    /// # Errors
    /// When it is null or of another type.
    pub(crate) fn required<T: DeserializeOwned>(self) -> Result<T, GraphError> {
        self.optional()?.ok_or(GraphError::RequiredValue { property: self.property, resource: self.resource })
    }

    /// A text; an empty one is none.
    ///
    /// # Errors
    /// When it is of another type.
    pub(crate) fn text(self) -> Result<Option<String>, GraphError> {
        Ok(self.optional::<String>()?.filter(|text| !text.is_empty()))
    }

    /// Several texts; null is none.
    ///
    /// # Errors
    /// When they are of another type.
    pub(crate) fn texts(self) -> Result<Vec<String>, GraphError> {
        Ok(self.optional()?.unwrap_or_default())
    }

    /// An instant.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn instant(self) -> Result<Option<Instant>, GraphError> {
        let text = self.text()?;
        text.map(|text| Instant::parse(&text).ok_or_else(|| self.fault())).transpose()
    }

    /// One of some words, in any case.
    ///
    /// # Errors
    /// When it is none of them.
    pub(crate) fn word<T: Copy>(
        self,
        words: impl IntoIterator<Item = (&'static str, T)>,
    ) -> Result<Option<T>, GraphError> {
        let Some(text) = self.text()? else { return Ok(None) };
        let found = words.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(&text));
        found.map(|(_, meaning)| Some(meaning)).ok_or_else(|| self.fault())
    }

    /// Refuses a value of a property that the service writes itself. Clients that send back what they read say null.
    ///
    /// # Errors
    /// For any other value than null.
    pub(crate) fn read_only(self) -> Result<(), GraphError> {
        match self.value.get().trim() {
            "null" => Ok(()),
            _ => Err(GraphError::ReadOnlyValue { property: self.property }),
        }
    }

    /// A value that it cannot have.
    pub(crate) const fn fault(self) -> GraphError {
        GraphError::InvalidValue { property: self.property, resource: self.resource }
    }
}
