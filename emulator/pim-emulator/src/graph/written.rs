//! What clients write into directory objects, member by member: typed where the machine knows it, kept as it came where it does
//! not. Unknown members and those that the service writes itself are passed over; annotations as well.

use super::body::members::Members;
use super::error::GraphError;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// What a member that is kept must look like, `null` aside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A text.
    Text,
    /// One of these texts.
    Word(&'static [&'static str]),
    /// True or false.
    Truth,
    /// A number.
    Number,
    /// A list of texts.
    Texts,
    /// An object.
    Object,
    /// A list of objects.
    Objects,
}

/// The name of a type, for what is said of its properties.
pub(super) type ResourceName = &'static str;

/// Reads the value of a member; `None` for null.
///
/// # Errors
/// When it is of another type.
pub(super) fn read<T: DeserializeOwned>(
    resource: ResourceName,
    name: &'static str,
    value: &RawValue,
) -> Result<Option<T>, GraphError> {
    serde_json::from_str(value.get()).map_err(|_| invalid(resource, name))
}

/// A value that a property cannot have.
pub(super) const fn invalid(resource: ResourceName, property: &'static str) -> GraphError {
    GraphError::InvalidValue { property, resource }
}

/// The members of an object; none for null.
///
/// # Errors
/// When it is none.
pub(super) fn members(resource: ResourceName, name: &'static str, value: &RawValue) -> Result<Members, GraphError> {
    Ok(read(resource, name, value)?.unwrap_or_default())
}

/// What is to be kept of a member that is among the known ones, under the name that stands there after `prefix`.
///
/// # Errors
/// When its shape is another one.
pub(super) fn keep(
    resource: ResourceName,
    known: &[(&'static str, Shape)],
    (name, value): (&str, &RawValue),
    kept: &mut Vec<(String, Option<String>)>,
) -> Result<(), GraphError> {
    let Some((known, shape)) = known.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else { return Ok(()) };
    if value.get() == "null" {
        kept.push(((*known).to_owned(), None));
        return Ok(());
    }
    let fits = match shape {
        Shape::Text => serde_json::from_str::<String>(value.get()).is_ok(),
        Shape::Word(words) => {
            serde_json::from_str::<String>(value.get()).is_ok_and(|word| words.contains(&word.as_str()))
        }
        Shape::Truth => serde_json::from_str::<bool>(value.get()).is_ok(),
        Shape::Number => serde_json::from_str::<f64>(value.get()).is_ok(),
        Shape::Texts => serde_json::from_str::<Vec<String>>(value.get()).is_ok(),
        Shape::Object => serde_json::from_str::<Members>(value.get()).is_ok(),
        Shape::Objects => serde_json::from_str::<Vec<Members>>(value.get()).is_ok(),
    };
    if !fits {
        return Err(invalid(resource, known));
    }
    kept.push(((*known).to_owned(), Some(value.get().to_owned())));
    Ok(())
}
