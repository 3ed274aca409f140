//! What can be wrong with a query, and where.
//!
//! The messages are those of the service (and of the OData library beneath it)
//! wherever they are known; clients search them. Nothing here knows of HTTP: a
//! surface maps [`ErrorKind`] to its own status and code.

use std::fmt;

/// A range of bytes in the text of the option that was being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    pub(crate) fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }
}

/// How a surface should treat a [`QueryError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The query is malformed or names something that does not exist.
    BadRequest,
    /// The query is well formed, but the service does not serve it.
    UnsupportedQuery,
    /// The page token is damaged, of another query, or of another version.
    ExpiredPageToken,
}

/// A query that cannot be answered. Its `Display` is the message for the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryError {
    /// A quote was opened and never closed.
    UnterminatedString {
        /// From the opening quote to the end.
        span: Span,
        /// The whole text being read.
        text: Box<str>,
    },
    /// The text does not follow the grammar.
    Syntax {
        /// Where reading stopped.
        span: Span,
        /// The whole text being read.
        text: Box<str>,
    },
    /// The text nests deeper than is read.
    TooDeep {
        /// The first nesting that is too much.
        span: Span,
    },
    /// The text is longer than is read.
    TooLong {
        /// The longest text that is read, in bytes.
        limit: usize,
    },
    /// A property that the type does not have, in a filter or an order.
    UnknownProperty {
        /// The name, as written.
        name: Box<str>,
        /// The qualified type that was searched.
        entity: &'static str,
        /// Where the name stands.
        span: Span,
    },
    /// A property that the type does not have, in `$select` or `$expand`.
    UnknownSelected {
        /// The name, as written.
        name: Box<str>,
        /// The qualified type that was searched.
        entity: &'static str,
        /// Where the name stands.
        span: Span,
    },
    /// A term of `$select` or `$expand` that is not a name.
    InvalidTerm {
        /// The term, as written.
        term: Box<str>,
        /// Where the term stands.
        span: Span,
    },
    /// Two operands that cannot be compared with each other.
    IncompatibleTypes {
        /// The type of the left operand (`Edm.Boolean`).
        left: &'static str,
        /// The type of the right operand (`Edm.String`).
        right: &'static str,
        /// The operator, by the library's name for it (`Equal`).
        operator: &'static str,
        /// The whole comparison.
        span: Span,
    },
    /// A condition was expected, and something that is not true or false found.
    NotBoolean {
        /// Where it stands.
        span: Span,
    },
    /// `any` or `all` after something that is no collection.
    NotCollection {
        /// Where it stands.
        span: Span,
    },
    /// A function that is not known.
    UnknownFunction {
        /// The name, as written.
        name: Box<str>,
        /// Where the name stands.
        span: Span,
    },
    /// A function with arguments of the wrong number or type.
    BadArguments {
        /// The function, as the library spells it.
        function: &'static str,
        /// The signature it has.
        signature: &'static str,
        /// The whole call.
        span: Span,
    },
    /// A property that exists and cannot be filtered by.
    NotFilterable {
        /// The property, as the table spells it.
        property: Box<str>,
        /// The qualified type that has it.
        entity: &'static str,
        /// Where the name stands.
        span: Span,
    },
    /// An operator of the grammar that no property supports.
    UnsupportedOperator {
        /// The operator, by the library's name for it.
        operator: &'static str,
        /// Where it stands.
        span: Span,
    },
    /// A property that exists and cannot be sorted by.
    NotSortable {
        /// The property, as the table spells it.
        property: &'static str,
        /// Where the name stands.
        span: Span,
    },
    /// `$top` or `$skip` that is not a whole number.
    NotANumber {
        /// The option, with its `$`.
        option: &'static str,
        /// The value, as written.
        value: Box<str>,
    },
    /// `$top` outside the page sizes that are served.
    PageSize {
        /// The value, as written.
        value: Box<str>,
        /// The largest page that is served.
        max: u32,
    },
    /// `$top` where everything comes on one page.
    TopNotSupported {
        /// The value.
        top: u32,
    },
    /// `$count` that is neither true nor false.
    NotACount {
        /// The value, as written.
        value: Box<str>,
    },
    /// An option that was given twice.
    Duplicate {
        /// The option, with its `$`.
        option: &'static str,
    },
    /// A page token that is damaged, of another query, or of another version.
    ExpiredPageToken,
    /// An operator that only an advanced query may have.
    NeedsAdvancedQuery {
        /// The operator, as the service spells it.
        operator: &'static str,
    },
    /// A query that only an advanced query may have, of which the service says no more.
    Unsupported,
    /// More alternatives side by side than are taken.
    TooManyClauses {
        /// How many there are.
        count: usize,
        /// How many there may be.
        max: usize,
    },
    /// A `$search` without the header that says that the answer may lag.
    SearchNeedsConsistencyLevel,
    /// A `$search` that does not follow the grammar.
    SearchSyntax {
        /// The character that is not expected there; none at the end.
        character: Option<char>,
        /// Where it stands, in bytes.
        at: usize,
        /// The whole text being read.
        text: Box<str>,
    },
}

impl QueryError {
    /// How a surface should treat this error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::UnterminatedString { .. }
            | Self::Syntax { .. }
            | Self::TooDeep { .. }
            | Self::TooLong { .. }
            | Self::UnknownProperty { .. }
            | Self::UnknownSelected { .. }
            | Self::InvalidTerm { .. }
            | Self::IncompatibleTypes { .. }
            | Self::NotBoolean { .. }
            | Self::NotCollection { .. }
            | Self::UnknownFunction { .. }
            | Self::BadArguments { .. }
            | Self::NotANumber { .. }
            | Self::TopNotSupported { .. }
            | Self::NotACount { .. }
            | Self::Duplicate { .. }
            | Self::SearchSyntax { .. } => ErrorKind::BadRequest,
            Self::NotFilterable { .. }
            | Self::UnsupportedOperator { .. }
            | Self::NotSortable { .. }
            | Self::PageSize { .. }
            | Self::NeedsAdvancedQuery { .. }
            | Self::Unsupported
            | Self::TooManyClauses { .. }
            | Self::SearchNeedsConsistencyLevel => ErrorKind::UnsupportedQuery,
            Self::ExpiredPageToken => ErrorKind::ExpiredPageToken,
        }
    }

    /// Where in the text of the option the error stands, when it stands somewhere.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::UnterminatedString { span, .. }
            | Self::Syntax { span, .. }
            | Self::TooDeep { span }
            | Self::UnknownProperty { span, .. }
            | Self::UnknownSelected { span, .. }
            | Self::InvalidTerm { span, .. }
            | Self::IncompatibleTypes { span, .. }
            | Self::NotBoolean { span }
            | Self::NotCollection { span }
            | Self::UnknownFunction { span, .. }
            | Self::BadArguments { span, .. }
            | Self::NotFilterable { span, .. }
            | Self::UnsupportedOperator { span, .. }
            | Self::NotSortable { span, .. } => Some(*span),
            Self::TooLong { .. }
            | Self::NotANumber { .. }
            | Self::PageSize { .. }
            | Self::TopNotSupported { .. }
            | Self::NotACount { .. }
            | Self::Duplicate { .. }
            | Self::ExpiredPageToken
            | Self::NeedsAdvancedQuery { .. }
            | Self::Unsupported
            | Self::TooManyClauses { .. }
            | Self::SearchNeedsConsistencyLevel
            | Self::SearchSyntax { .. } => None,
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The library counts to where it ran out of text, not to the quote.
            Self::UnterminatedString { span, text } => write!(
                f,
                "There is an unterminated string literal at position {} in '{text}'.",
                position(text, span.end)
            ),
            Self::Syntax { span, text } => {
                write!(f, "Syntax error at position {} in '{text}'.", position(text, span.start))
            }
            Self::TooDeep { .. } => f.write_str("Recursion depth exceeded allowed limit."),
            Self::TooLong { limit } => {
                write!(f, "The filter exceeds the maximum length of {limit} bytes.")
            }
            Self::UnknownProperty { name, entity, .. } => {
                write!(f, "Could not find a property named '{name}' on type '{entity}'.")
            }
            Self::UnknownSelected { name, entity, .. } => write!(
                f,
                "Parsing OData Select and Expand failed: \
                 Could not find a property named '{name}' on type '{entity}'."
            ),
            Self::InvalidTerm { term, .. } => {
                write!(f, "Term '{term}' is not valid in a $select or $expand expression.")
            }
            Self::IncompatibleTypes { left, right, operator, .. } => write!(
                f,
                "A binary operator with incompatible types was detected. \
                 Found operand types '{left}' and '{right}' for operator kind '{operator}'."
            ),
            Self::NotBoolean { .. } => f.write_str("The $filter expression must evaluate to a single boolean value."),
            Self::NotCollection { .. } => f.write_str("Any/All may only be used following a collection."),
            Self::UnknownFunction { name, .. } => write!(
                f,
                "An unknown function with name '{name}' was found. This may also be a function \
                 import or a key lookup on a navigation property, which is not allowed."
            ),
            Self::BadArguments { function, signature, .. } => write!(
                f,
                "No function signature for the function with name '{function}' matches the \
                 specified arguments. The function signatures considered are: {signature}."
            ),
            Self::NotFilterable { property, entity, .. } => {
                f.write_str("Unsupported or invalid query filter clause specified for property '")?;
                write!(f, "{property}' of resource '")?;
                write_resource(f, entity)?;
                f.write_str("'.")
            }
            Self::UnsupportedOperator { operator, .. } => {
                write!(f, "Unsupported property filter clause operator '{operator}'.")
            }
            Self::NotSortable { .. } => f.write_str("Sorting not supported for current query."),
            Self::NotANumber { option, value } => write!(
                f,
                "Invalid value '{value}' for {option} query option found. \
                 The {option} query option requires a non-negative integer value."
            ),
            Self::PageSize { value, max } => {
                write!(f, "Invalid page size specified: '{value}'. Must be between 1 and {max} inclusive.")
            }
            Self::TopNotSupported { top } => write!(
                f,
                "The query specified in the URI is not valid. The limit of '0' for Top query has been exceeded. \
                 The value from the incoming request is '{top}'."
            ),
            Self::NotACount { value } => write!(
                f,
                "Invalid value '{value}' for $count query option found. \
                 Valid values are 'true' or 'false'."
            ),
            Self::Duplicate { option } => write!(
                f,
                "Query option '{option}' was specified more than once, \
                 but it must be specified at most once."
            ),
            Self::ExpiredPageToken => f.write_str(
                "The specified page token value has expired \
                 and can no longer be included in your request.",
            ),
            Self::NeedsAdvancedQuery { operator } => write!(
                f,
                "Operator '{operator}' is not supported because the required parameters might be missing. Try adding \
                 $count=true query parameter and ConsistencyLevel:eventual header. Refer to \
                 https://aka.ms/graph-docs/advanced-queries for more information"
            ),
            Self::Unsupported => f.write_str("Unsupported Query."),
            Self::TooManyClauses { count, max } => write!(
                f,
                "Too many child clauses specified in search filter expression containing 'OR' operators: {count}. \
                 Max allowed: {max}."
            ),
            Self::SearchNeedsConsistencyLevel => f.write_str(
                "Request with $search query parameter only works through MSGraph with a special request header: \
                 'ConsistencyLevel: eventual'",
            ),
            Self::SearchSyntax { character: Some(character), at, text } => write!(
                f,
                "Syntax error: character '{character}' is not valid at position {} in '{text}'.",
                position(text, *at)
            ),
            Self::SearchSyntax { character: None, at, text } => {
                write!(f, "Syntax error at position {} in '{text}'.", position(text, *at))
            }
        }
    }
}

impl std::error::Error for QueryError {}

/// The service counts in UTF-16 units, we in bytes.
fn position(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, c)| c.len_utf16()).sum()
}

/// `microsoft.graph.user` is the resource `User`.
fn write_resource(f: &mut fmt::Formatter<'_>, entity: &str) -> fmt::Result {
    let name = entity.rsplit('.').next().unwrap_or(entity);
    let mut rest = name.chars();
    if let Some(first) = rest.next() {
        write!(f, "{}", first.to_ascii_uppercase())?;
    }
    f.write_str(rest.as_str())
}
