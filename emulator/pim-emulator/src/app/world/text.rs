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

/// When something was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Past {
    /// At an instant.
    At(Instant),
    /// So long before the tenant's first now.
    Before(Length),
}

impl Past {
    /// The instant that it was, in a tenant that begins at `now`.
    #[must_use]
    pub const fn instant(self, now: Instant) -> Instant {
        match self {
            Self::At(at) => at,
            Self::Before(length) => now.minus(length),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let before = || Length::parse(text).ok().filter(|length| *length >= Length::ZERO).map(Self::Before);
        Instant::parse(text).map(Self::At).or_else(before).ok_or_else(|| {
            format!(
                "'{text}' is neither an instant, such as 2026-01-05T08:00:00Z, nor a duration before now, such as P40D"
            )
        })
    }
}

const PAST: Written<Past> = Written {
    what: "an instant such as 2026-01-05T08:00:00Z, or a duration before now such as P40D",
    read: Past::parse,
};

/// Reads when something was; a missing one is none.
pub(crate) fn past<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Past>, D::Error> {
    deserializer.deserialize_option(PAST)
}

/// The same where it must be there.
pub(crate) fn required_past<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Past, D::Error> {
    past(deserializer)?.ok_or_else(|| D::Error::custom(format!("there must be {}", PAST.what)))
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
