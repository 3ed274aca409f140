//! Tests: stories about a small tenant, a file a behaviour, and properties of every sequence of commands.

mod dsl;
