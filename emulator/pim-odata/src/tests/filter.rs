//! What each point of the grammar means.

use uuid::Uuid;

use super::support::{User, Users, ada, bob, guid};
use crate::{Filter, Literal, parse_filter};

fn matches(user: &User, filter: &str) -> bool {
    match Filter::<Users>::parse(filter) {
        Ok(filter) => filter.matches(&user),
        Err(error) => panic!("{filter}: {error}"),
    }
}

#[track_caller]
fn ada_matches(filters: &[&str]) {
    for filter in filters {
        assert!(matches(&ada(), filter), "should hold: {filter}");
    }
}

#[track_caller]
fn ada_does_not_match(filters: &[&str]) {
    for filter in filters {
        assert!(!matches(&ada(), filter), "should not hold: {filter}");
    }
}

#[test]
fn text_compares_without_regard_to_case() {
    ada_matches(&["displayName eq 'ada LOVELACE'", "displayName ne 'ada'", "jobTitle eq 'ANALYST'"]);
}

#[test]
fn text_of_a_case_sensitive_field_compares_as_it_is() {
    ada_matches(&["exactName eq 'Ada Lovelace'", "startswith(exactName,'Ada')"]);
    ada_does_not_match(&["exactName eq 'ada lovelace'", "contains(exactName,'love')"]);
}

#[test]
fn text_outside_ascii_compares_without_regard_to_case() {
    let user = User { name: "ÉLOÏSE Ŝ".into(), ..ada() };
    assert!(matches(&user, "displayName eq 'éloïse ŝ'"));
    assert!(matches(&user, "startswith(displayName,'élo')"));
    assert!(matches(&user, "contains(displayName,'ïS')"));
    assert!(matches(&user, "endswith(displayName,'Ŝ')"));
}

#[test]
fn text_has_an_order() {
    ada_matches(&["displayName lt 'B'", "displayName ge 'ADA LOVELACE'", "displayName gt 'ada'"]);
    ada_does_not_match(&["displayName gt 'b'", "displayName lt 'ada lovelace'"]);
}

#[test]
fn a_guid_compares_with_text_as_a_guid() {
    ada_matches(&[
        "id eq 'abcdef00-0000-4000-8000-000000000001'",
        "id eq 'ABCDEF00-0000-4000-8000-000000000001'",
        "id eq abcdef00-0000-4000-8000-000000000001",
        "id eq guid'ABCDEF00-0000-4000-8000-000000000001'",
        "'ABCDEF00-0000-4000-8000-000000000001' eq id",
        "id ne 'abcdef00-0000-4000-8000-000000000002'",
        "id lt 'abcdef00-0000-4000-8000-000000000002'",
        "startswith(id,'ABCDEF00')",
    ]);
}

#[test]
fn a_text_that_is_no_guid_never_equals_one() {
    ada_matches(&["id ne 'ada'"]);
    ada_does_not_match(&["id eq 'ada'", "id eq 'abcdef0000004000800000000000000001'", "id in ('x','y')"]);
}

#[test]
fn a_guid_that_begins_with_a_digit_is_one_too() {
    let user = User { id: Uuid::from_u128(0x184e_fa21_98c3_4e5d_95ab_d070_53a9_6e67), ..ada() };
    assert!(matches(&user, "id eq 184efa21-98c3-4e5d-95ab-d07053a96e67"));
}

#[test]
fn a_word_of_an_enumeration_compares_without_regard_to_case() {
    ada_matches(&["userType eq 'member'", "userType eq microsoft.graph.userType'MEMBER'", "userType ne 'Guest'"]);
    ada_does_not_match(&["userType eq 'Guest'", "userType ne 'MEMBER'"]);
}

#[test]
fn instants_compare_as_instants() {
    ada_matches(&[
        "createdDateTime eq 2024-01-01T00:00:00Z",
        "createdDateTime eq 2024-01-01t00:00:00.0000000z",
        "createdDateTime eq 2024-01-01T01:30:00+01:30",
        "createdDateTime eq 2023-12-31T22:00:00-02:00",
        "createdDateTime eq 2024-01-01T00:00Z",
        "createdDateTime ge 2024-01-01",
        "createdDateTime lt 2024-01-01T00:00:00.0010000Z",
        "2023-06-01 le createdDateTime",
        "createdDateTime eq datetimeoffset'2024-01-01T00:00:00Z'",
    ]);
    ada_does_not_match(&["createdDateTime gt 2024-01-01", "createdDateTime le 2023-12-31T23:59:59.9999999Z"]);
}

#[test]
fn an_instant_that_does_not_exist_is_a_syntax_error() {
    for text in [
        "2024-02-30",
        "2024-01-01T25:00:00Z",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00:00.12345678Z",
        "2024-01-01T00:00:00+15:00",
    ] {
        assert!(parse_filter(&format!("createdDateTime eq {text}")).is_err(), "{text}");
    }
}

#[test]
fn durations_compare_by_length() {
    ada_matches(&[
        "lease eq duration'PT8H'",
        "lease eq duration'PT480M'",
        "lease eq DURATION'PT7H59M60.000S'",
        "lease lt duration'P1D'",
        "lease gt duration'-P1D'",
    ]);
    for text in ["P", "PT", "8H", "P1H", "PT1D", "PT1.5H", "P1DT", "PT1M1H", "P1Y"] {
        assert!(parse_filter(&format!("lease eq duration'{text}'")).is_err(), "{text}");
    }
}

#[test]
fn numbers_compare_with_and_without_a_fraction() {
    ada_matches(&["logins eq 7", "logins gt -1", "logins lt 7.5", "7 eq logins", "8 gt logins", "logins ne 7.25"]);
    ada_does_not_match(&["logins eq 8", "logins ge 7.5"]);
}

#[test]
fn a_condition_may_be_a_property_a_literal_or_a_comparison_with_true() {
    ada_matches(&[
        "accountEnabled",
        "accountEnabled eq true",
        "accountEnabled ne FALSE",
        "true",
        "startswith(displayName,'ada') eq true",
        "(logins eq 8) eq false",
        "not false",
    ]);
    ada_does_not_match(&["not accountEnabled", "false", "contains(displayName,'x') eq true"]);
}

#[test]
fn or_binds_weaker_than_and_and_and_weaker_than_not() {
    ada_matches(&[
        "true or true and false",
        "not false and true",
        "not (true and false)",
        "NOT(false)AND(true)",
        "logins eq 7 OR nonsense eq 1 or true".replace("nonsense eq 1", "logins eq 1").as_str(),
    ]);
    ada_does_not_match(&["(true or true) and false", "not true or false", "not not false"]);
}

#[test]
fn null_equals_null_and_nothing_else() {
    let bob = bob();
    for filter in [
        "jobTitle eq null",
        "null eq jobTitle",
        "jobTitle ne 'x'",
        "not (jobTitle eq 'x')",
        "not (jobTitle gt 'x')",
        "jobTitle in (null,'x')",
        "tolower(jobTitle) eq null",
        "jobTitle eq jobTitle",
        "accountEnabled eq null",
    ] {
        assert!(matches(&bob, filter), "{filter}");
    }
    for filter in [
        "jobTitle ne null",
        "jobTitle eq 'x'",
        "jobTitle gt 'x'",
        "jobTitle le null",
        "logins ge 0",
        "jobTitle in ('x')",
    ] {
        assert!(!matches(&bob, filter), "{filter}");
    }
}

#[test]
fn a_condition_on_what_is_missing_is_neither_true_nor_false() {
    let bob = bob();
    for filter in [
        "startswith(jobTitle,'a')",
        "not startswith(jobTitle,'a')",
        "accountEnabled",
        "not accountEnabled",
        "startswith(jobTitle,'a') and true",
        "startswith(jobTitle,'a') or false",
        "startswith(displayName,null)",
    ] {
        assert!(!matches(&bob, filter), "{filter}");
    }
    assert!(matches(&bob, "startswith(jobTitle,'a') or true"));
    assert!(matches(&bob, "not (startswith(jobTitle,'a') and false)"));
}

#[test]
fn functions_look_inside_text() {
    ada_matches(&[
        "startswith(displayName,'ADA')",
        "StartsWith( displayName , 'ada' )",
        "endswith(displayName,'lace')",
        "contains(displayName,'LOVE')",
        "contains(displayName,'')",
        "contains(userType,'EMB')",
        "startswith('Ada Lovelace jr',displayName)",
    ]);
    ada_does_not_match(&[
        "startswith(displayName,'Lovelace')",
        "endswith(displayName,'Ada')",
        "contains(displayName,'Babbage')",
    ]);
}

#[test]
fn folded_text_compares_as_it_is() {
    ada_matches(&[
        "tolower(displayName) eq 'ada lovelace'",
        "toupper(displayName) eq 'ADA LOVELACE'",
        "contains(tolower(displayName),'love')",
        "tolower(displayName) eq tolower('ADA Lovelace')",
        "tolower(manager/displayName) eq 'grace'",
        "tolower(userType) eq 'member'",
        "toupper(id) eq 'ABCDEF00-0000-4000-8000-000000000001'",
    ]);
    ada_does_not_match(&["tolower(displayName) eq 'Ada Lovelace'"]);
}

#[test]
fn in_lists_what_a_property_may_equal() {
    ada_matches(&[
        "displayName in ('bob', 'ada lovelace')",
        "id in ('x','ABCDEF00-0000-4000-8000-000000000001')",
        "logins in (1,7)",
        "not (logins in (1,2))",
        "userType IN('member')",
    ]);
    ada_does_not_match(&["displayName in ('bob')"]);
}

#[test]
fn any_holds_for_one_element_and_all_for_each() {
    ada_matches(&[
        "groupTypes/any(c:c eq 'unified')",
        "groupTypes/any(c: startswith(c, 'dynamic'))",
        "groupTypes/any()",
        "groupTypes/all(c:contains(c,'i'))",
        "not(groupTypes/any(c:c eq 'x'))",
        "not groupTypes/all(c:c eq 'Unified')",
    ]);
    ada_does_not_match(&["groupTypes/any(c:c eq 'x')", "groupTypes/all(c:c eq 'Unified')"]);
    assert!(!matches(&bob(), "groupTypes/any()"));
    assert!(matches(&bob(), "groupTypes/all(c:c eq 'x')"));
}

#[test]
fn a_lambda_reaches_members_outer_properties_and_lambdas_inside() {
    ada_matches(&[
        "assignedLicenses/any(s:s/skuId eq abcdef00-0000-4000-8000-000000000064)",
        "assignedLicenses/any(s:s/SKUID eq 'abcdef00-0000-4000-8000-000000000065' and logins eq 7)",
        "assignedLicenses/any(s:s/plans/any(p:p eq 'teams'))",
        "assignedLicenses/any(s:s/plans/$count eq 2)",
        "assignedLicenses/any(s:s/plans/any(p:p eq 'teams' and s/skuId eq 'abcdef00-0000-4000-8000-000000000064'))",
        "assignedLicenses/all(s:s/note eq null)",
        "groupTypes/any(g:assignedLicenses/any(s:g eq 'unified' and s/note eq null))",
    ]);
    ada_does_not_match(&[
        "assignedLicenses/any(s:s/plans/any(p:p eq 'teams' and s/skuId eq 'abcdef00-0000-4000-8000-000000000065'))",
        "assignedLicenses/any(s:s/note eq 'x')",
    ]);
}

#[test]
fn a_collection_can_be_counted() {
    ada_matches(&["groupTypes/$count eq 2", "assignedLicenses/$count ge 1", "0 ne groupTypes/$COUNT"]);
    assert!(matches(&bob(), "assignedLicenses/$count eq 0"));
}

#[test]
fn paths_names_and_casts_are_read_without_regard_to_case() {
    ada_matches(&[
        "DISPLAYNAME EQ 'ada lovelace'",
        "Manager/DisplayName eq 'grace'",
        "manager/microsoft.graph.user/displayName eq 'Grace'",
    ]);
}

#[test]
fn isof_compares_the_type() {
    ada_matches(&["isof('microsoft.graph.user')", "isof(microsoft.graph.user) eq true"]);
    ada_does_not_match(&["isof('microsoft.graph.group')"]);
}

#[test]
fn properties_compare_with_each_other() {
    ada_matches(&["displayName eq exactName", "displayName ne jobTitle", "manager/displayName gt displayName"]);
}

#[test]
fn doubled_quotes_are_one() {
    let user = User { name: "O'Neil ''".into(), ..ada() };
    assert!(matches(&user, "displayName eq 'O''Neil '''''"));
}

#[test]
fn an_equality_is_found_in_a_conjunction_only() {
    let equality = |text: &str, name: &str| {
        let filter = Filter::<Users>::parse(text).expect(text);
        filter.equality(name).cloned()
    };
    let id = "abcdef00-0000-4000-8000-000000000001";
    let both = format!("(logins gt 1 and (displayName eq 'a' and id eq '{id}'))");
    assert_eq!(equality(&both, "ID").and_then(|literal| literal.guid()), Some(guid(1)));
    assert_eq!(equality(&both, "displayname").as_ref().and_then(Literal::text), Some("a"));
    assert_eq!(equality(&format!("'{id}' eq id"), "id").and_then(|literal| literal.guid()), Some(guid(1)));
    for without in [
        format!("id eq '{id}' or logins eq 1"),
        format!("not (id eq '{id}')"),
        format!("id ne '{id}'"),
        "id eq null".to_owned(),
        format!("tolower(id) eq '{id}'"),
    ] {
        assert_eq!(equality(&without, "id"), None, "{without}");
    }
    assert_eq!(equality("logins eq 1", "nothing"), None);
}

#[test]
fn a_conjunction_says_between_which_instants_to_look() {
    let instants = |text: &str| Filter::<Users>::parse(text).expect("a filter").instants("createdDateTime");
    let second = |second: i64| Some(second * 1000);
    let between = "createdDateTime ge 1970-01-01T00:00:02Z and createdDateTime lt 1970-01-01T00:00:05Z";
    assert_eq!(instants(between), (second(2), Some(4999)));
    assert_eq!(instants(&format!("{between} and createdDateTime gt 1970-01-01T00:00:03Z")), (Some(3001), Some(4999)));
    assert_eq!(instants("1970-01-01T00:00:02Z le createdDateTime"), (second(2), None));
    assert_eq!(instants("createdDateTime eq 1970-01-01T00:00:02Z"), (second(2), second(2)));
    assert_eq!(instants("createdDateTime ge 1970-01-01T00:00:02Z or accountEnabled"), (None, None));
    assert_eq!(instants("not (createdDateTime ge 1970-01-01T00:00:02Z)"), (None, None));
}
