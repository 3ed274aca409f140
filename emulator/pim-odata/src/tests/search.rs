//! `$search`.

use super::support::{User, Users};
use crate::{QueryError, Search};

const SEARCHABLE: &[&str] = &["displayName", "jobTitle"];

fn finds(text: &str, name: &str, job: &str) -> bool {
    let user = User { name: name.to_owned(), job: Some(job.to_owned()), ..User::default() };
    Search::<Users>::parse(text, SEARCHABLE).unwrap_or_else(|error| panic!("{text}: {error}")).matches(&&user)
}

#[test]
fn names_are_found_by_the_beginnings_of_their_words() {
    for (sought, name) in [
        ("ops", "The OPS team"),
        ("team ops", "The ops-team"),
        ("video", "OneVideo2"),
        ("2", "OneVideo2"),
        ("zoe", "Zoe"),
    ] {
        assert!(finds(&format!("\"displayName:{sought}\""), name, ""), "{sought} in {name}");
    }
    assert!(!finds("\"displayName:eam\"", "The ops team", ""));
}

#[test]
fn other_properties_are_found_by_their_beginning() {
    assert!(finds("\"jobTitle:Head of\"", "", "head of ops"));
    assert!(!finds("\"jobTitle:ops\"", "", "head of ops"));
}

#[test]
fn clauses_are_joined_and_and_binds_stronger() {
    let joined = "\"displayName:a\" OR \"displayName:b\" AND \"jobTitle:x\"";
    assert!(finds(joined, "a", "y"));
    assert!(!finds(joined, "b", "y"));
    assert!(!finds("(\"displayName:a\" OR \"displayName:b\") AND \"jobTitle:x\"", "a", "y"));
    assert!(finds("\"jobTitle:a \\\"b\\\" \\\\\"", "", "a \"b\" \\c"));
}

#[test]
fn what_does_not_parse_is_refused_where_it_stands() {
    for (text, message) in [
        ("displayName:ops", "Syntax error: character 'd' is not valid at position 0 in 'displayName:ops'."),
        (
            "\"displayName:ops\" and",
            "Syntax error: character 'a' is not valid at position 18 in '\"displayName:ops\" and'.",
        ),
        ("\"ops\"", "Syntax error: character '\"' is not valid at position 0 in '\"ops\"'."),
        ("\"displayName:ops", "Syntax error at position 16 in '\"displayName:ops'."),
        ("\"colour:red\"", "Could not find a property named 'colour' on type 'microsoft.graph.user'."),
    ] {
        assert_eq!(Search::<Users>::parse(text, SEARCHABLE).unwrap_err().to_string(), message, "{text}");
    }
    let deep = "(".repeat(100_000);
    assert!(matches!(Search::<Users>::parse(&deep, SEARCHABLE), Err(QueryError::TooDeep { .. })));
    let other = Search::<Users>::parse("\"userType:guest\"", SEARCHABLE).unwrap_err();
    assert!(matches!(other, QueryError::NotFilterable { .. }));
}
