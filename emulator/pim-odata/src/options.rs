//! A query string taken apart.
//!
//! Only the outermost layer is read here: which options there are, and the
//! numbers. What `$filter` and its like say is left as text, because it means
//! nothing before there is an entity.

use std::borrow::Cow;

use crate::error::QueryError;

/// The largest `$top` that the directory serves.
pub const DEFAULT_MAX_PAGE_SIZE: u32 = 999;

/// The options of a query, percent-decoded. An option that is present and empty
/// counts as absent, except where a number is due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueryOptions {
    /// `$filter`.
    pub filter: Option<String>,
    /// `$select`.
    pub select: Option<String>,
    /// `$expand`.
    pub expand: Option<String>,
    /// `$orderby`.
    pub orderby: Option<String>,
    /// `$top`: the page size asked for.
    pub top: Option<u32>,
    /// `$skip`.
    pub skip: u64,
    /// `$skiptoken`.
    pub skiptoken: Option<String>,
    /// `$count`.
    pub count: bool,
    /// `$search`, whose syntax is the surface's affair.
    pub search: Option<String>,
    /// Everything else, such as `api-version`, in the order given.
    pub other: Vec<(String, String)>,
    raw: String,
}

impl QueryOptions {
    /// Reads what follows the `?` of a URL.
    ///
    /// # Errors
    /// When an option is given twice, or `$top`, `$skip` or `$count` is no value
    /// of its type, or `$top` is not between 1 and [`DEFAULT_MAX_PAGE_SIZE`].
    pub fn parse(raw_query: &str) -> Result<Self, QueryError> {
        Self::parse_with_max_page_size(raw_query, DEFAULT_MAX_PAGE_SIZE)
    }

    /// The same, for a collection with a largest page of its own.
    ///
    /// # Errors
    /// Those of [`QueryOptions::parse`].
    pub fn parse_with_max_page_size(raw_query: &str, max: u32) -> Result<Self, QueryError> {
        let mut options = Self { raw: raw_query.to_owned(), ..Self::default() };
        // `$top`, `$skip` and `$count` have defaults, which do not tell whether
        // they were given.
        let mut seen = 0u16;
        for pair in pairs(raw_query) {
            let (name, value) = split(pair);
            let name = decode(name);
            let value = decode(value);
            let Some(option) = SystemOption::from_name(&name) else {
                options.other.push((name.into_owned(), value.into_owned()));
                continue;
            };
            let bit = 1 << option as u16;
            if seen & bit != 0 {
                return Err(QueryError::Duplicate { option: option.name() });
            }
            seen |= bit;
            options.set(option, &value, max)?;
        }
        Ok(options)
    }

    /// The query string of the next page: every option of this one as it was
    /// written, and the token in the place of the token.
    pub fn next_query(&self, token: &str) -> String {
        let mut query = String::with_capacity(self.raw.len() + token.len() + 12);
        for pair in pairs(&self.raw) {
            let name = decode(split(pair).0);
            if SystemOption::from_name(&name) != Some(SystemOption::SkipToken) {
                query.push_str(pair);
                query.push('&');
            }
        }
        query.push_str("$skiptoken=");
        query.push_str(token);
        query
    }

    fn set(&mut self, option: SystemOption, value: &str, max: u32) -> Result<(), QueryError> {
        let text = (!value.trim().is_empty()).then(|| value.to_owned());
        match option {
            SystemOption::Filter => self.filter = text,
            SystemOption::Select => self.select = text,
            SystemOption::Expand => self.expand = text,
            SystemOption::OrderBy => self.orderby = text,
            SystemOption::Search => self.search = text,
            SystemOption::SkipToken => self.skiptoken = Some(value.to_owned()),
            SystemOption::Top => self.top = Some(top(value, max)?),
            SystemOption::Skip => self.skip = whole("$skip", value)?.unwrap_or(u64::MAX),
            SystemOption::Count => self.count = count(value)?,
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SystemOption {
    Filter,
    Select,
    Expand,
    OrderBy,
    Top,
    Skip,
    SkipToken,
    Count,
    Search,
}

impl SystemOption {
    const ALL: [Self; 9] = [
        Self::Filter,
        Self::Select,
        Self::Expand,
        Self::OrderBy,
        Self::Top,
        Self::Skip,
        Self::SkipToken,
        Self::Count,
        Self::Search,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Filter => "$filter",
            Self::Select => "$select",
            Self::Expand => "$expand",
            Self::OrderBy => "$orderby",
            Self::Top => "$top",
            Self::Skip => "$skip",
            Self::SkipToken => "$skiptoken",
            Self::Count => "$count",
            Self::Search => "$search",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let bare = name.strip_prefix('$').unwrap_or(name);
        Self::ALL.into_iter().find(|option| option.name()[1..].eq_ignore_ascii_case(bare))
    }
}

pub(crate) fn top(value: &str, max: u32) -> Result<u32, QueryError> {
    let size = whole("$top", value)?.and_then(|size| u32::try_from(size).ok());
    size.filter(|size| (1..=max).contains(size)).ok_or_else(|| QueryError::PageSize { value: value.trim().into(), max })
}

pub(crate) fn count(value: &str) -> Result<bool, QueryError> {
    let trimmed = value.trim();
    if trimmed.eq_ignore_ascii_case("true") {
        Ok(true)
    } else if trimmed.eq_ignore_ascii_case("false") {
        Ok(false)
    } else {
        Err(QueryError::NotACount { value: value.into() })
    }
}

/// A whole number, or nothing when it is one and too large to hold.
fn whole(option: &'static str, value: &str) -> Result<Option<u64>, QueryError> {
    let digits = value.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(QueryError::NotANumber { option, value: value.into() });
    }
    Ok(digits.parse().ok())
}

fn pairs(raw: &str) -> impl Iterator<Item = &str> {
    raw.split('&').filter(|pair| !pair.is_empty())
}

fn split(pair: &str) -> (&str, &str) {
    pair.split_once('=').unwrap_or((pair, ""))
}

/// Percent-decodes; a plus is a blank. An escape that is none stays as it is, and
/// bytes that are no UTF-8 become the replacement character.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        match (first, tail) {
            (b'+', _) => decoded.push(b' '),
            (b'%', &[high, low, ref after @ ..]) => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high << 4 | low);
                    rest = after;
                }
                (None, _) | (_, None) => decoded.push(b'%'),
            },
            (other, _) => decoded.push(other),
        }
    }
    Cow::Owned(match String::from_utf8(decoded) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
