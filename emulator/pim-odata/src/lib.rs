//! The query language of Microsoft Graph: text, bound tree, evaluation.
//!
//! A query option arrives as text. It is parsed into a tree with spans
//! ([`parse_filter`]), bound against the table of an [`Entity`]
//! ([`Filter::bind`]: names resolved, literals typed and converted once), and
//! then evaluated over as many items as the collection holds
//! ([`Filter::matches`]). Parsing and binding may fail and say where;
//! evaluation cannot.
//!
//! What always holds:
//! - no input, however long or odd, makes this crate panic or overflow the stack;
//! - names, keywords and functions are matched without regard to case, and every
//!   name handed back is spelt as the table spells it;
//! - a page token names a place in the order of a collection, never an offset,
//!   so items that come or go do not shift the pages after it.
//!
//! Deliberately absent: HTTP, JSON, status codes, and any knowledge of what the
//! items are. Bound functions (`filterByCurrentUser(on='principal')`) belong to
//! the route that owns them, not to the filter grammar.

mod bind;
mod bounds;
mod error;
mod eval;
mod expand;
mod field;
mod lexer;
mod literal;
mod options;
mod order;
mod page;
mod parser;
mod plain;
mod search;
mod select;
mod syntax;
mod text;
mod token;

#[cfg(test)]
mod tests;

pub use bind::Filter;
pub use error::{ErrorKind, QueryError, Span};
pub use expand::{Expanded, Expansion, NestedOptions};
pub use field::{Complex, Entity, Field, Getter, Item, Kind, Member, TextMatch, Value, position};
pub use literal::Literal;
pub use options::{DEFAULT_MAX_PAGE_SIZE, QueryOptions};
pub use order::Order;
pub use page::{Page, Pager};
pub use parser::{MAX_DEPTH, MAX_FILTER_LENGTH, parse_filter};
pub use search::Search;
pub use select::Selection;
pub use syntax::Expr;
pub use token::SkipToken;
