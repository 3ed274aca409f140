//! What is refused, in which words and where.

use super::support::Users;
use crate::{ErrorKind, Filter, MAX_DEPTH, MAX_FILTER_LENGTH, QueryError};

fn error(text: &str) -> QueryError {
    Filter::<Users>::parse(text).expect_err(text)
}

#[track_caller]
fn refuses(text: &str, message: &str) {
    assert_eq!(error(text).to_string(), message, "{text}");
}

#[test]
fn a_property_that_does_not_exist() {
    refuses("nickName eq 'x'", "Could not find a property named 'nickName' on type 'microsoft.graph.user'.");
    refuses("boss/name eq 'x'", "Could not find a property named 'boss' on type 'microsoft.graph.user'.");
    refuses("manager/age eq 1", "Could not find a property named 'age' on type 'microsoft.graph.user'.");
    refuses(
        "assignedLicenses/any(s:s/nope eq 1)",
        "Could not find a property named 'nope' on type 'microsoft.graph.assignedLicense'.",
    );
    let span = error("logins eq 1 and nickName eq 'x'").span().expect("a span");
    assert_eq!((span.start, span.end), (16, 24));
}

#[test]
fn a_string_that_does_not_end() {
    refuses("displayName eq 'x", "There is an unterminated string literal at position 17 in 'displayName eq 'x'.");
    refuses("displayName eq 'é''", "There is an unterminated string literal at position 19 in 'displayName eq 'é'''.");
}

#[test]
fn text_that_is_not_of_the_grammar() {
    refuses("", "Syntax error at position 0 in ''.");
    refuses("displayName eq", "Syntax error at position 14 in 'displayName eq'.");
    refuses("displayName is 'x'", "Syntax error at position 12 in 'displayName is 'x''.");
    refuses("logins eq 1)", "Syntax error at position 11 in 'logins eq 1)'.");
    for text in [
        "(logins eq 1",
        "logins eq 1 and",
        "and logins eq 1",
        "logins eq 1 2",
        "logins in ()",
        "logins in (1",
        "logins in 1",
        "logins eq 1;",
        "groupTypes/all()",
        "groupTypes/any(c c eq 'x')",
        "groupTypes/any(c:)",
        "groupTypes/any(1:true)",
        "a//b eq 1",
        "logins eq -inf",
        "logins eq 1x",
        "lease eq year'1'",
    ] {
        assert!(matches!(error(text), QueryError::Syntax { .. }), "{text}");
    }
}

#[test]
fn operands_that_do_not_go_together() {
    refuses(
        "accountEnabled eq 'true'",
        "A binary operator with incompatible types was detected. \
         Found operand types 'Edm.Boolean' and 'Edm.String' for operator kind 'Equal'.",
    );
    refuses(
        "'x' ge createdDateTime",
        "A binary operator with incompatible types was detected. \
         Found operand types 'Edm.String' and 'Edm.DateTimeOffset' for operator kind 'GreaterThanOrEqual'.",
    );
    for text in [
        "displayName eq 1",
        "displayName eq true",
        "displayName eq 2024-01-01",
        "logins eq 'x'",
        "logins in (1,'x')",
        "lease eq 'PT8H'",
        "createdDateTime eq logins",
        "groupTypes eq 'Unified'",
        "groupTypes eq null",
        "1 eq 'x'",
        "null eq null",
    ] {
        assert!(matches!(error(text), QueryError::IncompatibleTypes { .. }), "{text}");
    }
}

#[test]
fn what_is_no_condition() {
    for text in ["displayName", "'x'", "null", "logins and true", "not displayName", "tolower(displayName)"] {
        assert!(matches!(error(text), QueryError::NotBoolean { .. }), "{text}");
    }
}

#[test]
fn functions_that_do_not_exist_and_arguments_that_do_not_fit() {
    assert!(
        error("year(createdDateTime) eq 1").to_string().starts_with("An unknown function with name 'year' was found.")
    );
    assert!(error("groupTypes/some(c:true)").to_string().starts_with("An unknown function with name"));
    for text in [
        "startswith(displayName)",
        "startswith()",
        "contains(logins,'1')",
        "contains(displayName,1)",
        "tolower(displayName,'x') eq 'x'",
    ] {
        assert!(matches!(error(text), QueryError::BadArguments { .. }), "{text}");
    }
    assert!(matches!(error("displayName/any(c:true)"), QueryError::NotCollection { .. }));
}

#[test]
fn a_property_that_cannot_be_filtered_by() {
    let refused = error("photo eq 'x'");
    assert_eq!(refused.kind(), ErrorKind::UnsupportedQuery);
    refuses(
        "photo eq 'x'",
        "Unsupported or invalid query filter clause specified for property 'photo' of resource 'User'.",
    );
    refuses(
        "passwordProfile ne null",
        "Unsupported or invalid query filter clause specified for property 'passwordProfile' of resource 'User'.",
    );
}

#[test]
fn has_is_refused_by_name() {
    refuses("userType has 'x'", "Unsupported property filter clause operator 'Has'.");
}

#[test]
fn nesting_has_a_limit_and_no_effect_below_it() {
    let nested = |depth: usize| format!("{}true{}", "(".repeat(depth), ")".repeat(depth));
    assert!(Filter::<Users>::parse(&nested(MAX_DEPTH)).is_ok());
    assert!(matches!(error(&nested(MAX_DEPTH + 1)), QueryError::TooDeep { .. }));
    assert!(matches!(error(&"not ".repeat(5000)), QueryError::TooDeep { .. }));
    assert!(matches!(error(&"tolower(".repeat(3000)), QueryError::TooDeep { .. }));
    assert!(matches!(error(&"groupTypes/any(c:".repeat(1500)), QueryError::TooDeep { .. }));
    assert!(matches!(error(&"a in (".repeat(3000)), QueryError::Syntax { .. }));
}

#[test]
fn a_chain_is_wide_and_not_deep() {
    let chain = vec!["logins eq 1"; 1000].join(" or ");
    assert!(Filter::<Users>::parse(&chain).is_ok());
}

#[test]
fn length_has_a_limit() {
    assert!(matches!(error(&" ".repeat(MAX_FILTER_LENGTH + 1)), QueryError::TooLong { .. }));
}
