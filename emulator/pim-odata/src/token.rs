//! `$skiptoken`: where a page ended.
//!
//! The token is opaque to clients: base64url text of a version byte, the key of
//! the last item, the values that placed it when the collection is sorted, and a
//! checksum over all that. The checksum keeps out what was mistyped or made up; it
//! is no signature, since a token grants nothing that the query does not.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::error::QueryError;
use crate::field::Value;

/// Raised whenever the layout changes, so that old tokens expire.
const VERSION: u8 = 1;

/// Longer than any that is made here, unless names run to kilobytes.
const MAX_LENGTH: usize = 16 * 1024;

/// A place between two items of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkipToken {
    key: u64,
    values: Vec<Value<'static>>,
}

impl SkipToken {
    /// Reads a token.
    ///
    /// # Errors
    /// When the text is no token of this version.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Self::read(text).ok_or(QueryError::ExpiredPageToken)
    }

    /// The key after which the page begins, when the collection is in the order of
    /// its keys. When it is sorted, any key may follow and all must be looked at.
    pub fn after_key(&self) -> Option<u64> {
        self.values.is_empty().then_some(self.key)
    }

    pub(crate) fn key(&self) -> u64 {
        self.key
    }

    pub(crate) fn values(&self) -> &[Value<'static>] {
        &self.values
    }

    /// The text of the token that begins a page after the item with this key and,
    /// when the collection is sorted, these values.
    pub(crate) fn write(key: u64, values: &[Value<'_>]) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&key.to_be_bytes());
        for value in values {
            write_value(&mut bytes, value);
        }
        bytes.extend_from_slice(&checksum(&bytes).to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn read(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (body, sum) = bytes.split_last_chunk::<4>()?;
        if *sum != checksum(body).to_be_bytes() {
            return None;
        }
        let (&version, rest) = body.split_first()?;
        if version != VERSION {
            return None;
        }
        let (key, mut rest) = rest.split_first_chunk::<8>()?;
        let mut values = Vec::new();
        while !rest.is_empty() {
            values.push(read_value(&mut rest)?);
        }
        Some(Self { key: u64::from_be_bytes(*key), values })
    }
}

fn write_value(bytes: &mut Vec<u8>, value: &Value<'_>) {
    let mut number = |tag: u8, value: i64| {
        bytes.push(tag);
        bytes.extend_from_slice(&value.to_be_bytes());
    };
    match value {
        Value::Bool(value) => bytes.extend_from_slice(&[1, u8::from(*value)]),
        Value::Int(value) => number(2, *value),
        Value::Instant(value) => number(3, *value),
        Value::Duration(value) => number(4, *value),
        Value::Guid(value) => {
            bytes.push(5);
            bytes.extend_from_slice(value.as_bytes());
        }
        Value::Text(text) => write_text(bytes, text),
        // The word is all that the order looks at.
        Value::Member(word) => write_text(bytes, word),
        // Collections have no order and are not sorted by.
        Value::Null | Value::Collection(_) => bytes.push(0),
    }
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(6);
    bytes.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

fn read_value(rest: &mut &[u8]) -> Option<Value<'static>> {
    let (&tag, after) = rest.split_first()?;
    *rest = after;
    let mut take = |count: usize| {
        let (taken, after) = rest.split_at_checked(count)?;
        *rest = after;
        Some(taken)
    };
    let mut number = || Some(i64::from_be_bytes(take(8)?.try_into().ok()?));
    match tag {
        0 => Some(Value::Null),
        1 => Some(Value::Bool(take(1)? == [1])),
        2 => number().map(Value::Int),
        3 => number().map(Value::Instant),
        4 => number().map(Value::Duration),
        5 => Uuid::from_slice(take(16)?).ok().map(Value::Guid),
        6 => {
            let length = u32::from_be_bytes(take(4)?.try_into().ok()?);
            let text = String::from_utf8(take(usize::try_from(length).ok()?)?.to_vec()).ok()?;
            Some(Value::Text(text.into()))
        }
        _ => None,
    }
}

/// FNV-1a: short, and good enough against typing errors.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
