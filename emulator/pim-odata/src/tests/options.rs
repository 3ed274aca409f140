//! Query strings.

use crate::{ErrorKind, QueryError, QueryOptions};

fn parse(raw: &str) -> QueryOptions {
    QueryOptions::parse(raw).expect(raw)
}

#[track_caller]
fn refuses(raw: &str, message: &str) {
    assert_eq!(QueryOptions::parse(raw).expect_err(raw).to_string(), message);
}

#[test]
fn the_dollar_may_be_absent_or_encoded_and_names_in_any_case() {
    for raw in ["$filter=a", "filter=a", "%24filter=a", "$FILTER=a", "%24Filter=a"] {
        assert_eq!(parse(raw).filter.as_deref(), Some("a"), "{raw}");
    }
}

#[test]
fn values_are_decoded() {
    let raw = "$filter=displayName%20eq+%27a%2Bb%26c%27&$select=id%2cname";
    assert_eq!(parse(raw).filter.as_deref(), Some("displayName eq 'a+b&c'"));
    assert_eq!(parse(raw).select.as_deref(), Some("id,name"));
    assert_eq!(parse("$search=%zz%4%C3%A9%ff%").search.as_deref(), Some("%zz%4é\u{fffd}%"));
}

#[test]
fn every_option_is_read() {
    let options = parse(
        "$orderby=a desc&$expand=b&$top=5&$skip=7&$skiptoken=t&$count=TRUE&$search=s&api-version=1&$weird=2&flag",
    );
    assert_eq!(options.orderby.as_deref(), Some("a desc"));
    assert_eq!(options.expand.as_deref(), Some("b"));
    assert_eq!((options.top, options.skip, options.count), (Some(5), 7, true));
    assert_eq!(options.skiptoken.as_deref(), Some("t"));
    assert_eq!(options.search.as_deref(), Some("s"));
    let other = [("api-version", "1"), ("$weird", "2"), ("flag", "")];
    assert_eq!(options.other, other.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn empty_options_are_absent() {
    let options = parse("$select=&$filter=&&$expand= &$orderby=");
    assert_eq!((options.select, options.filter, options.expand, options.orderby), (None, None, None, None));
    assert_eq!(parse(""), QueryOptions::default());
}

#[test]
fn page_sizes_are_between_one_and_the_largest() {
    refuses("$top=1000", "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.");
    refuses("$top=0", "Invalid page size specified: '0'. Must be between 1 and 999 inclusive.");
    refuses(
        "$top=99999999999999999999",
        "Invalid page size specified: '99999999999999999999'. Must be between 1 and 999 inclusive.",
    );
    assert_eq!(QueryOptions::parse("$top=0").expect_err("zero").kind(), ErrorKind::UnsupportedQuery);
    assert_eq!(parse("$top=999").top, Some(999));
    let audit = QueryOptions::parse_with_max_page_size("$top=1000", 1000).expect("a larger page");
    assert_eq!(audit.top, Some(1000));
}

#[test]
fn numbers_and_truths_are_checked() {
    refuses(
        "$top=x",
        "Invalid value 'x' for $top query option found. The $top query option requires a non-negative integer value.",
    );
    refuses(
        "$skip=-1",
        "Invalid value '-1' for $skip query option found. The $skip query option requires a non-negative integer value.",
    );
    refuses("$count=yes", "Invalid value 'yes' for $count query option found. Valid values are 'true' or 'false'.");
    assert!(QueryOptions::parse("$top=").is_err());
}

#[test]
fn an_option_is_given_once() {
    assert_eq!(QueryOptions::parse("$filter=a&filter=b"), Err(QueryError::Duplicate { option: "$filter" }));
    assert_eq!(parse("x=1&x=2").other.len(), 2);
}

#[test]
fn the_next_link_repeats_every_option_but_the_token() {
    let options = parse("$filter=a%20eq%20%271%27&$top=2&%24skiptoken=old&$count=true&x=1");
    assert_eq!(options.next_query("new"), "$filter=a%20eq%20%271%27&$top=2&$count=true&x=1&$skiptoken=new");
    assert_eq!(parse("").next_query("new"), "$skiptoken=new");
}
