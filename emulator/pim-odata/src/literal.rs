//! Literals after binding: owned, typed by what they are compared with, and
//! converted once. Also the readers of instants and durations.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::field::{Kind, Value};
use crate::syntax::Constant;

/// A literal of a bound filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// Text, with the GUID that it spells, if it does.
    Text {
        /// The text, as written.
        text: Box<str>,
        /// The GUID.
        guid: Option<Uuid>,
    },
    /// An instant, in milliseconds since 1970 UTC.
    Instant(i64),
    /// A span of time, in milliseconds.
    Duration(i64),
}

impl Literal {
    /// The GUID that the literal spells.
    pub fn guid(&self) -> Option<Uuid> {
        match self {
            Self::Text { guid, .. } => *guid,
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Decimal(_) | Self::Instant(_) | Self::Duration(_) => None,
        }
    }

    /// The text, if the literal is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text),
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Decimal(_) | Self::Instant(_) | Self::Duration(_) => None,
        }
    }

    /// The literal as what is compared with an operand of the type `kind`, or
    /// nothing when the two cannot be compared.
    pub(crate) fn of(constant: &Constant<'_>, kind: Kind) -> Option<Self> {
        Some(match (constant, kind) {
            (Constant::Null, Kind::Boolean | Kind::Integer | Kind::String | Kind::Instant | Kind::Duration) => {
                Self::Null
            }
            (Constant::Bool(value), Kind::Boolean) => Self::Bool(*value),
            (Constant::Int(value), Kind::Integer) => Self::Int(*value),
            (Constant::Decimal(value), Kind::Integer) => Self::Decimal(*value),
            (Constant::Text(text), Kind::String) => Self::from_text(text),
            (Constant::Guid(guid), Kind::String) => Self::Text { text: guid.to_string().into(), guid: Some(*guid) },
            (Constant::Instant(value), Kind::Instant) => Self::Instant(*value),
            (Constant::Duration(value), Kind::Duration) => Self::Duration(*value),
            (
                Constant::Null
                | Constant::Bool(_)
                | Constant::Int(_)
                | Constant::Decimal(_)
                | Constant::Text(_)
                | Constant::Guid(_)
                | Constant::Instant(_)
                | Constant::Duration(_),
                _,
            ) => return None,
        })
    }

    pub(crate) fn from_text(text: &str) -> Self {
        // A GUID on the wire is hyphenated; other spellings are other texts.
        let guid = if text.len() == 36 { Uuid::try_parse(text).ok() } else { None };
        Self::Text { text: text.into(), guid }
    }
}

impl Constant<'_> {
    pub(crate) fn edm(&self) -> &'static str {
        match self {
            Self::Null => "Edm.Null",
            Self::Bool(_) => "Edm.Boolean",
            Self::Int(value) if i32::try_from(*value).is_ok() => "Edm.Int32",
            Self::Int(_) => "Edm.Int64",
            Self::Decimal(_) => "Edm.Double",
            Self::Text(_) => "Edm.String",
            Self::Guid(_) => "Edm.Guid",
            Self::Instant(_) => "Edm.DateTimeOffset",
            Self::Duration(_) => "Edm.Duration",
        }
    }

    /// The constant as an operand in its own right: its type and its value. A
    /// null has no type, and a fraction no property to come from.
    pub(crate) fn operand(&self) -> Option<(Kind, Value<'static>)> {
        Some(match self {
            Self::Bool(value) => (Kind::Boolean, Value::Bool(*value)),
            Self::Int(value) => (Kind::Integer, Value::Int(*value)),
            Self::Text(value) => (Kind::String, Value::Text(value.clone().into_owned().into())),
            Self::Guid(value) => (Kind::String, Value::Guid(*value)),
            Self::Instant(value) => (Kind::Instant, Value::Instant(*value)),
            Self::Duration(value) => (Kind::Duration, Value::Duration(*value)),
            Self::Null | Self::Decimal(_) => return None,
        })
    }
}

/// `2024-01-01`, `2024-01-01T00:00:00Z`, `2024-01-01T01:30:00.1234567+01:00`, as
/// milliseconds since 1970 UTC. Finer digits are cut off. A time of day without a
/// zone is no literal.
pub(crate) fn parse_instant(text: &str) -> Option<i64> {
    let mut reader = Reader(text.as_bytes());
    let year = reader.digits(4)?;
    reader.byte(b'-')?;
    let month = reader.digits(2)?;
    reader.byte(b'-')?;
    let day = reader.digits(2)?;
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    if reader.0.is_empty() {
        return Some(date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis());
    }
    reader.byte(b'T').or_else(|| reader.byte(b't'))?;
    let hour = reader.digits(2)?;
    reader.byte(b':')?;
    let minute = reader.digits(2)?;
    let mut second = 0;
    let mut milli = 0;
    if reader.byte(b':').is_some() {
        second = reader.digits(2)?;
        if reader.byte(b'.').is_some() {
            milli = reader.fraction(7)?;
        }
    }
    let local = date.and_hms_milli_opt(hour, minute, second, milli)?.and_utc().timestamp_millis();
    let offset = reader.offset()?;
    if reader.0.is_empty() { Some(local - offset) } else { None }
}

/// `PT8H`, `P365D`, `-P1DT2H3M4.5S`, in milliseconds. Years and months have no
/// fixed length, so the type does not allow them.
pub(crate) fn parse_duration(text: &str) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut reader = Reader(text.as_bytes());
    reader.byte(b'P')?;
    let mut total: i64 = 0;
    let mut units: &[(u8, i64)] = &[(b'D', 86_400_000)];
    let mut parts = 0;
    while !reader.0.is_empty() {
        if reader.byte(b'T').is_some() {
            // The T comes once, and something follows it.
            if reader.0.is_empty() || !matches!(units, [] | [(b'D', _)]) {
                return None;
            }
            units = &[(b'H', 3_600_000), (b'M', 60_000), (b'S', 1_000)];
            continue;
        }
        let whole = reader.number()?;
        let milli = if reader.byte(b'.').is_some() { Some(reader.fraction(12)?) } else { None };
        let (unit, rest) = reader.0.split_first()?;
        reader.0 = rest;
        let at = units.iter().position(|(name, _)| name == unit)?;
        if milli.is_some() && *unit != b'S' {
            return None;
        }
        total = total.checked_add(whole.checked_mul(units[at].1)?)?.checked_add(i64::from(milli.unwrap_or(0)))?;
        // Units come in order, each at most once.
        units = &units[at + 1..];
        parts += 1;
    }
    if parts == 0 { None } else { Some(if negative { -total } else { total }) }
}

struct Reader<'t>(&'t [u8]);

impl Reader<'_> {
    fn byte(&mut self, expected: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        if *first != expected {
            return None;
        }
        self.0 = rest;
        Some(())
    }

    /// Exactly `count` digits.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for digit in digits {
            value = value * 10 + u32::from(digit_of(*digit)?);
        }
        self.0 = rest;
        Some(value)
    }

    /// One digit or more.
    fn number(&mut self) -> Option<i64> {
        let length = self.run();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// Up to `most` digits after the point, as milliseconds.
    fn fraction(&mut self, most: usize) -> Option<u32> {
        let length = self.run();
        if length == 0 || length > most {
            return None;
        }
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        let digit = |at: usize| digits.get(at).copied().and_then(digit_of).map_or(0, u32::from);
        Some(digit(0) * 100 + digit(1) * 10 + digit(2))
    }

    /// `Z` or `+02:00`, in milliseconds east of UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.byte(b'Z').or_else(|| self.byte(b'z')).is_some() {
            return Some(0);
        }
        let sign = if self.byte(b'+').is_some() {
            1
        } else {
            self.byte(b'-')?;
            -1
        };
        let hours = self.digits(2)?;
        self.byte(b':')?;
        let minutes = self.digits(2)?;
        if hours > 14 || minutes > 59 {
            return None;
        }
        Some(sign * i64::from(hours * 60 + minutes) * 60_000)
    }

    fn run(&self) -> usize {
        self.0.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }
}

fn digit_of(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}
