//! `$orderby`.

use std::cmp::Ordering;

use super::support::{User, Users, ada, bob};
use crate::{ErrorKind, Order, QueryError};

fn compare(text: &str, left: &User, right: &User) -> Ordering {
    Order::<Users>::parse(text).expect(text).compare(&left, &right)
}

fn error(text: &str) -> QueryError {
    Order::<Users>::parse(text).expect_err(text)
}

#[test]
fn the_first_property_that_differs_decides() {
    assert_eq!(compare("displayName", &ada(), &bob()), Ordering::Less);
    assert_eq!(compare("DisplayName DESC", &ada(), &bob()), Ordering::Greater);
    let other = User { created: 0, ..ada() };
    assert_eq!(compare(" displayName asc , createdDateTime desc", &ada(), &other), Ordering::Less);
    assert_eq!(compare("displayName", &ada(), &other), Ordering::Equal);
}

#[test]
fn an_order_by_one_property_says_which() {
    let only = |text| Order::<Users>::parse(text).expect(text).only();
    assert_eq!(only("DISPLAYNAME"), Some(("displayName", false)));
    assert_eq!(only("createdDateTime desc"), Some(("createdDateTime", true)));
    assert_eq!(only("displayName,createdDateTime"), None);
}

#[test]
fn null_comes_first() {
    assert_eq!(compare("logins", &bob(), &ada()), Ordering::Less);
    assert_eq!(compare("logins desc", &bob(), &ada()), Ordering::Greater);
    assert_eq!(compare("logins", &bob(), &bob()), Ordering::Equal);
}

#[test]
fn what_cannot_be_sorted_by_is_refused() {
    assert_eq!(error("nope").to_string(), "Could not find a property named 'nope' on type 'microsoft.graph.user'.");
    for text in ["photo", "groupTypes desc", "passwordProfile"] {
        assert_eq!(error(text).to_string(), "Sorting not supported for current query.");
        assert_eq!(error(text).kind(), ErrorKind::UnsupportedQuery);
    }
    for text in ["id,", "id up", "id desc now", "tolower(id)"] {
        assert!(matches!(error(text), QueryError::Syntax { .. }), "{text}");
    }
}
