//! Queries as clients and the portal write them.

use super::{Condition, QueryText};

const ROLE: &str = "fdd7a751-b60b-444a-984c-02652fe8fa1c";

fn read(text: &str) -> QueryText {
    QueryText::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn is(name: &str, value: &str) -> Condition {
    Condition::Is(name.to_owned(), value.to_owned())
}

#[test]
fn a_version_in_front_says_nothing() {
    let bare = read(&format!("/roleManagement/directory/roleDefinitions/{ROLE}"));
    assert_eq!(bare.path, ["roleManagement", "directory", "roleDefinitions", ROLE]);
    for version in ["/v1.0", "/beta", "/BETA", "v1.0"] {
        assert_eq!(read(&format!("{version}/roleManagement/directory/roleDefinitions/{ROLE}")), bare);
    }
}

#[test]
fn a_filter_reads_the_same_however_its_blanks_are_written() {
    let spellings = [
        "/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal&$filter=(isof(principal,\
         'microsoft.graph.user') and roleDefinitionId eq 'R')",
        "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/?$filter=(isof(principal,'microsoft.graph.user')\
         +and+roleDefinitionId+eq+'R')&$expand=principal&$count=true",
        "/roleManagement/directory/roleEligibilityScheduleInstances?$FILTER=isof(principal,%20%27Microsoft.Graph.User%27)\
         %20AND%20roledefinitionid%20EQ%20'R'",
    ];
    for spelling in spellings {
        let query = read(spelling);
        assert_eq!(query.lower()[2], "roleeligibilityscheduleinstances");
        assert_eq!(query.conditions, [Condition::IsOf("user".to_owned()), is("roledefinitionid", "R")], "{spelling}");
    }
}

#[test]
fn a_query_may_be_about_each_thing_that_is_reviewed() {
    let query = read("./members/microsoft.graph.user/?$count=true&$filter=(userType eq 'Guest')");
    assert!(query.is_relative);
    assert_eq!((query.path.len(), query.conditions.as_slice()), (2, &[is("usertype", "Guest")][..]));
    let groups = read("/groups?$filter=(groupTypes/any(c:c+eq+'Unified'))&$count=true");
    assert_eq!(groups.conditions, [Condition::Has("grouptypes".to_owned(), "Unified".to_owned())]);
}

#[test]
fn what_is_not_understood_is_named() {
    let refused = [
        ("/users?$filter=userType ne 'Guest'", "after 'usertype'"),
        ("/users?$filter=startswith(displayName,'a')", "'startswith'"),
        ("/users?$filter=userType eq 'Guest' or accountEnabled eq true", "'or'"),
        ("/users?$filter=(userType eq 'Guest'", "')' is missing"),
        ("/users?$filter=userType eq 'Guest", "not closed"),
        ("/users?$filter=userType eq", "too early"),
        ("/users?$search=x", "'$search'"),
    ];
    for (text, part) in refused {
        let error = QueryText::parse(text).unwrap_err();
        assert!(error.contains(part), "{text}: {error}");
    }
}
