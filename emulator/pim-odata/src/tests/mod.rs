//! Tests, a file per module.

mod arbitrary;
mod expand;
mod filter;
mod filter_errors;
mod options;
mod order;
mod page;
mod plain;
mod reference;
mod search;
mod select;
mod support;
