//! What a property may be: how it is written and how a query sees it.

use super::Json;
use pim_core::time::{Instant, Length};
use pim_odata::{Item, Value};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A value of a property.
pub(crate) trait Property<'a>: Serialize {
    /// Writes it.
    fn write(&self, json: &mut Json);

    /// How `$filter` and `$orderby` see it; what they cannot see is null.
    fn value(self) -> Value<'a>;
}

/// A word out of a fixed list: compared without regard to case, never escaped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Word(pub(crate) &'static str);

impl<'a> Property<'a> for Word {
    fn write(&self, json: &mut Json) {
        json.plain(self.0);
    }

    fn value(self) -> Value<'a> {
        Value::Member(self.0)
    }
}

impl<'a> Property<'a> for Uuid {
    fn write(&self, json: &mut Json) {
        json.uuid(*self);
    }

    fn value(self) -> Value<'a> {
        Value::Guid(self)
    }
}

impl<'a> Property<'a> for &'a str {
    fn write(&self, json: &mut Json) {
        json.text(self);
    }

    fn value(self) -> Value<'a> {
        Value::text(self)
    }
}

impl<'a> Property<'a> for String {
    fn write(&self, json: &mut Json) {
        json.text(self);
    }

    fn value(self) -> Value<'a> {
        Value::Text(Cow::Owned(self))
    }
}

impl<'a> Property<'a> for Cow<'a, str> {
    fn write(&self, json: &mut Json) {
        json.text(self);
    }

    fn value(self) -> Value<'a> {
        Value::Text(self)
    }
}

impl<'a> Property<'a> for bool {
    fn write(&self, json: &mut Json) {
        json.raw(if *self { "true" } else { "false" });
    }

    fn value(self) -> Value<'a> {
        Value::Bool(self)
    }
}

impl<'a> Property<'a> for u32 {
    fn write(&self, json: &mut Json) {
        json.raw(&self.to_string());
    }

    fn value(self) -> Value<'a> {
        Value::Int(i64::from(self))
    }
}

impl<'a> Property<'a> for Instant {
    fn write(&self, json: &mut Json) {
        json.instant(*self);
    }

    fn value(self) -> Value<'a> {
        Value::Instant(self.milliseconds())
    }
}

impl<'a> Property<'a> for Length {
    fn write(&self, json: &mut Json) {
        json.plain(&self.to_string());
    }

    fn value(self) -> Value<'a> {
        Value::Duration(self.milliseconds())
    }
}

impl<'a, T: Property<'a>> Property<'a> for Option<T> {
    fn write(&self, json: &mut Json) {
        match self {
            Some(value) => value.write(json),
            None => json.raw("null"),
        }
    }

    fn value(self) -> Value<'a> {
        self.map_or(Value::Null, T::value)
    }
}

impl<'a, T: Property<'a>> Property<'a> for Vec<T> {
    fn write(&self, json: &mut Json) {
        json.raw("[");
        for value in self {
            json.next();
            value.write(json);
        }
        json.raw("]");
    }

    fn value(self) -> Value<'a> {
        Value::Collection(self.into_iter().map(|value| Item::Value(value.value())).collect())
    }
}

/// What says itself how it is written, and is not queried.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Written<'a, T>(pub(crate) &'a T);

impl<'a, T: Serialize> Property<'a> for Written<'a, T> {
    fn write(&self, json: &mut Json) {
        json.value(self.0);
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

/// What was put together for the answer, and is not queried.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Composed<T>(pub(crate) T);

impl<'a, T: Serialize> Property<'a> for Composed<T> {
    fn write(&self, json: &mut Json) {
        json.value(&self.0);
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}

/// JSON that is given back as it came. Texts, truth values and lists of texts can be queried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept<'a>(&'a str);

impl<'a> Kept<'a> {
    /// What is kept of a property, else what it is when nobody wrote it.
    pub(crate) fn of(kept: &'a BTreeMap<String, String>, property: &str, otherwise: &'static str) -> Self {
        Self(kept.get(property).map_or(otherwise, String::as_str))
    }
}

impl Serialize for Kept<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::from_str::<&serde_json::value::RawValue>(self.0)
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

impl<'a> Property<'a> for Kept<'a> {
    fn write(&self, json: &mut Json) {
        json.raw(self.0);
    }

    fn value(self) -> Value<'a> {
        if let Ok(text) = serde_json::from_str::<String>(self.0) {
            Value::Text(Cow::Owned(text))
        } else if let Ok(truth) = serde_json::from_str(self.0) {
            Value::Bool(truth)
        } else if let Ok(texts) = serde_json::from_str::<Vec<String>>(self.0) {
            texts.value()
        } else {
            Value::Null
        }
    }
}

/// Properties inside a property: written and not queried.
#[macro_export]
macro_rules! complex {
    ($($name:ident { $($field:ident / $key:literal),* $(,)? })*) => {$(
        impl<'a> $crate::graph::json::Property<'a> for $name<'a> {
            fn write(&self, json: &mut $crate::graph::json::Json) {
                json.open();
                $(json.key($key); $crate::graph::json::Property::write(&self.$field, json);)*
                json.close();
            }

            fn value(self) -> pim_odata::Value<'a> {
                pim_odata::Value::Null
            }
        }
    )*};
}
