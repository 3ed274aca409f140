//! JSON as Azure writes it: members without a value are left out, and times come in three forms.

mod resource;
#[cfg(test)]
mod tests;

pub(crate) use resource::{Called, OrNull, Row, SevenDigits, WithOffset};

use crate::json::Json;
use pim_core::PrincipalId;
use pim_core::time::{Instant, Length};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A value of a member.
pub(crate) trait Member {
    /// Whether the member is left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes the value.
    fn write(&self, json: &mut Json);
}

impl<T: Member + ?Sized> Member for &T {
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn write(&self, json: &mut Json) {
        (**self).write(json);
    }
}

impl Member for str {
    fn write(&self, json: &mut Json) {
        json.text(self);
    }
}

impl Member for String {
    fn write(&self, json: &mut Json) {
        json.text(self);
    }
}

impl Member for bool {
    fn write(&self, json: &mut Json) {
        json.raw(if *self { "true" } else { "false" });
    }
}

impl Member for usize {
    fn write(&self, json: &mut Json) {
        json.raw(&self.to_string());
    }
}

impl Member for PrincipalId {
    fn write(&self, json: &mut Json) {
        json.uuid(self.0);
    }
}

impl Member for Uuid {
    fn write(&self, json: &mut Json) {
        json.uuid(*self);
    }
}

/// A length of time in the form of ISO 8601.
impl Member for Length {
    fn write(&self, json: &mut Json) {
        json.plain(&self.to_string());
    }
}

/// `…Z`, with as many digits of a second as it takes: what was made or lasts.
impl Member for Instant {
    fn write(&self, json: &mut Json) {
        json.instant(*self);
    }
}

impl<T: Member> Member for Option<T> {
    fn is_absent(&self) -> bool {
        self.as_ref().is_none_or(T::is_absent)
    }

    fn write(&self, json: &mut Json) {
        match self {
            Some(value) => value.write(json),
            None => json.raw("null"),
        }
    }
}

impl<T: Member> Member for [T] {
    fn write(&self, json: &mut Json) {
        json.raw("[");
        for value in self {
            json.next();
            value.write(json);
        }
        json.raw("]");
    }
}

impl<T: Member> Member for Vec<T> {
    fn write(&self, json: &mut Json) {
        self.as_slice().write(json);
    }
}

/// An object whose keys people chose: tags.
impl Member for BTreeMap<String, String> {
    fn write(&self, json: &mut Json) {
        json.value(self);
    }
}

/// Writes one member, with its key, unless it has no value.
pub(crate) fn member(json: &mut Json, key: &str, value: &impl Member) {
    if !value.is_absent() {
        json.key(key);
        value.write(json);
    }
}

/// How the members of something are written, in this order: `Type { field / "key", … }`.
#[macro_export]
macro_rules! arm_object {
    ($($name:ty { $($field:ident / $key:literal),* $(,)? })*) => {$(
        impl $crate::arm::json::Member for $name {
            fn write(&self, json: &mut $crate::json::Json) {
                json.open();
                $($crate::arm::json::member(json, $key, &self.$field);)*
                json.close();
            }
        }
    )*};
}

/// A list, whole.
#[derive(Debug)]
pub(crate) struct List<T> {
    value: Vec<T>,
    count: Option<Count>,
}

/// How many there are.
#[derive(Debug)]
struct Count {
    kind: &'static str,
    value: usize,
}

crate::arm_object! {
    Count { kind / "type", value / "value" }
}

impl<T: Member> Member for List<T> {
    fn write(&self, json: &mut Json) {
        json.open();
        member(json, "value", &self.value);
        member(json, "count", &self.count);
        json.close();
    }
}

impl<T: Member> List<T> {
    /// A list that says how many it has.
    pub(crate) fn counted(value: Vec<T>) -> Self {
        let count = Some(Count { kind: "Total", value: value.len() });
        Self { value, count }
    }

    /// A list.
    pub(crate) const fn of(value: Vec<T>) -> Self {
        Self { value, count: None }
    }
}

/// The bytes of a value.
pub(crate) fn bytes(value: &impl Member) -> Vec<u8> {
    let mut json = Json::with_capacity(1024);
    value.write(&mut json);
    json.into_bytes()
}
