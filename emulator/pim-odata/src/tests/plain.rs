//! What needs an advanced query.

use super::support::Users;
use crate::{Filter, Order};

const FILTERABLE: &[&str] = &["id", "displayName", "groupTypes", "assignedLicenses", "accountEnabled"];

fn refusal(filter: &str) -> Option<String> {
    Filter::<Users>::parse(filter).unwrap().is_plain(FILTERABLE).err().map(|error| error.to_string())
}

#[test]
fn what_the_first_index_knows_is_answered() {
    for filter in [
        "displayName eq 'a' and startswith(displayName,'a')",
        "groupTypes/any(c:c eq 'Unified')",
        "assignedLicenses/any(s:s/skuId eq 184efa21-98c3-4e5d-95ab-d07053a96e67)",
        "accountEnabled or id in ('a','b')",
    ] {
        assert_eq!(refusal(filter), None, "{filter}");
    }
}

#[test]
fn everything_else_is_refused_in_words_of_its_own() {
    let many = vec!["displayName eq 'a'"; 18].join(" or ");
    for (filter, message) in [
        (
            "endswith(displayName,'a')",
            "Operator 'endsWith' is not supported because the required parameters might be missing. Try adding \
             $count=true query parameter and ConsistencyLevel:eventual header. Refer to \
             https://aka.ms/graph-docs/advanced-queries for more information",
        ),
        ("displayName ne 'a'", "Unsupported property filter clause operator 'NotEqualsMatch'."),
        ("not(displayName eq 'a')", "Unsupported property filter clause operator 'NotEqualsMatch'."),
        (
            "accountEnabled eq true and jobTitle eq 'x'",
            "Unsupported or invalid query filter clause specified for property 'jobTitle' of resource 'User'.",
        ),
        ("assignedLicenses/$count eq 0", "Unsupported Query."),
        (
            &many,
            "Too many child clauses specified in search filter expression containing 'OR' operators: 18. Max allowed: 15.",
        ),
    ] {
        assert_eq!(refusal(filter).as_deref(), Some(message), "{filter}");
    }
}

#[test]
fn orders_are_by_a_few_properties() {
    assert!(Order::<Users>::parse("displayName desc").unwrap().is_plain(&["displayName"]).is_ok());
    let error = Order::<Users>::parse("displayName,jobTitle").unwrap().is_plain(&["displayName"]).unwrap_err();
    assert_eq!(error.to_string(), "Sorting not supported for current query.");
}
