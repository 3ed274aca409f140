//! Bodies as clients send them to Azure.
//!
//! Names of members are read in any case and unknown ones passed over ([`request_body!`](crate::request_body)); truth is also
//! taken as text; and braces that are missing at the end are put there, unless a switch says otherwise: a tool in wide use sends
//! one too few. Anything else that is no body is refused before the machine is asked (REQ-41).

use super::error::ArmError;
use crate::app::Tenant;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::{Deserialize, de::DeserializeOwned};
use std::borrow::Cow;
use std::fmt;

/// Objects and arrays are not nested deeper than this.
const DEEPEST: usize = 64;

/// Reads a body; with braces put in where they are missing at the end, if that is to be.
///
/// # Errors
/// When there is none, or it is not what was wanted.
pub(crate) fn parse<T: DeserializeOwned>(payload: &[u8], closes_braces: bool) -> Result<T, ArmError> {
    let text = std::str::from_utf8(payload).map_err(|_| ArmError::UnreadableBody("it is not UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(ArmError::MissingBody);
    }
    let open = still_open(text)?;
    let text = match closes_braces {
        true => Cow::Owned(format!("{text}{open}")),
        false => Cow::Borrowed(text),
    };
    serde_json::from_str(&text).map_err(|error| ArmError::UnreadableBody(error.to_string()))
}

/// Whether the braces that a tenant's clients leave out are put in.
pub(crate) fn closes_braces(tenant: &Tenant) -> bool {
    tenant.read(|view| view.behaviour().arm_closes_unbalanced_braces)
}

/// The brackets that would close what is open at the end of a text; none where the text ends inside a string.
fn still_open(text: &str) -> Result<String, ArmError> {
    let mut open = Vec::new();
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' => open.push('}'),
            b'[' => open.push(']'),
            b'}' | b']' => drop(open.pop()),
            _ => {}
        }
        if open.len() > DEEPEST {
            return Err(ArmError::UnreadableBody(format!("it is nested deeper than {DEEPEST}")));
        }
    }
    Ok(if in_string { String::new() } else { open.into_iter().rev().collect() })
}

/// True or false, also as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Truth(pub(crate) bool);

impl<'de> Deserialize<'de> for Truth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Truth;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("true or false")
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Truth, E> {
                Ok(Truth(value))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Truth, E> {
                match text {
                    _ if text.eq_ignore_ascii_case("true") => Ok(Truth(true)),
                    _ if text.eq_ignore_ascii_case("false") => Ok(Truth(false)),
                    _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests;
