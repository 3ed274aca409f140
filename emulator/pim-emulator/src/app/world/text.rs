//! How instants and lengths of time are written in a world file and in bodies of the control API.

use pim_core::time::{Instant, Length};
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// Reads an instant; a missing one is none.
pub(crate) fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Instant>, D::Error> {
    deserializer.deserialize_option(Written {
        what: "an instant such as 2026-01-05T08:00:00Z",
        read: |text| {
            Instant::parse(text)
                .ok_or_else(|| format!("'{text}' is not an instant; one is written like 2026-01-05T08:00:00Z"))
        },
    })
}

/// Reads a length of time; a missing one is none.
pub(crate) fn length<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Length>, D::Error> {
    deserializer.deserialize_option(Written {
        what: "a duration such as PT8H",
        read: |text| Length::parse(text).map_err(|error| format!("'{text}' is not a duration: {error}")),
    })
}

/// Something written as text.
struct Written<T> {
    what: &'static str,
    read: fn(&str) -> Result<T, String>,
}

impl<'de, T> Visitor<'de> for Written<T> {
    type Value = Option<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.what)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        (self.read)(text).map(Some).map_err(E::custom)
    }
}
