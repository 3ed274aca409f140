use super::{PathPattern, PlainPath, wild};
use crate::app::traffic::Surface;
use proptest::prelude::proptest;

fn meets(pattern: &str, surface: Surface, path: &str) -> bool {
    PathPattern::parse(pattern).unwrap().matches(&PlainPath::of(surface, path))
}

#[test]
fn a_pattern_meets_a_path_however_it_is_written() {
    let pattern = "/users/*/memberOf";
    for path in [
        "/v1.0/users/alice/memberOf",
        "/beta//users/alice/memberof/",
        "/v1.0/Users('alice')/microsoft.graph.memberOf",
        "/v1.0/7f1d2a10-0c3e-4b57-9a51-2d4b6c8e0f11/users/alice/memberOf",
        "/v1.0/users/al%2Fice/memberOf",
        "/v1%2E0/%75sers/alice/memberOf()",
    ] {
        assert!(meets(pattern, Surface::Graph, path), "{path}");
    }
    for path in ["/v1.0/users/alice/memberOf/more", "/v1.0/users/memberOf", "/v1.0/groups/alice/memberOf"] {
        assert!(!meets(pattern, Surface::Graph, path), "{path}");
    }
}

#[test]
fn a_version_in_a_pattern_is_for_that_version() {
    assert!(meets("/beta/users", Surface::Graph, "/beta/users"));
    assert!(!meets("/beta/users", Surface::Graph, "/v1.0/users"));
    assert!(meets("privilegedAccess/**", Surface::PrivilegedAccess, "/api/v2/privilegedAccess/aadRoles/resources"));
    assert!(!meets("/v1.0/privilegedAccess/**", Surface::PrivilegedAccess, "/api/v2/privilegedAccess/aadRoles"));
}

#[test]
fn two_stars_stand_for_any_number_of_segments() {
    let pattern = "/subscriptions/**/roleAssignments/*";
    for path in ["/subscriptions/roleAssignments/x", "/Subscriptions/a//b/c/ROLEASSIGNMENTS/x"] {
        assert!(meets(pattern, Surface::ResourceManager, path), "{path}");
    }
    assert!(!meets(pattern, Surface::ResourceManager, "/subscriptions/a/roleAssignments"));
    assert!(meets("**", Surface::SignIn, "/common/oauth2/v2.0/token"));
    assert!(meets("/*/oauth2/**/token", Surface::SignIn, "/contoso.onmicrosoft.com/oauth2/token"));
}

#[test]
fn a_function_with_parameters_is_one_segment() {
    let path = "/v1.0/roleManagement/directory/roleEligibilitySchedules/filterByCurrentUser(on='principal')";
    assert!(meets("/roleManagement/**/filterByCurrentUser*", Surface::Graph, path));
    assert!(meets("/roleManagement/**/filterByCurrentUser(on='principal')", Surface::Graph, path));
}

#[test]
fn a_path_reads_as_it_was_understood() {
    let read = |surface, path| PlainPath::of(surface, path).to_string();
    assert_eq!(read(Surface::Graph, "//v1.0//Users('Ada%20L')/graph.group/"), "/v1.0/Users/Ada L/group");
    assert_eq!(read(Surface::ResourceManager, "/providers%2FMicrosoft.X/y/"), "/providers/Microsoft.X/y");
}

#[test]
fn what_is_no_pattern_is_refused() {
    for text in ["", "/", "/users?$top=1"] {
        assert!(PathPattern::parse(text).is_err(), "{text}");
    }
}

proptest! {
    /// Against the definition: a star takes nothing, or one letter and then whatever it takes of the rest.
    #[test]
    fn stars_take_what_they_can(pattern in "[ab*]{0,7}", text in "[ab]{0,8}") {
        fn slow(pattern: &[u8], text: &[u8]) -> bool {
            match (pattern, text) {
                ([b'*', rest @ ..], _) => slow(rest, text) || (!text.is_empty() && slow(pattern, &text[1..])),
                ([one, pattern @ ..], [other, text @ ..]) => one == other && slow(pattern, text),
                ([], []) => true,
                ([], _) | (_, []) => false,
            }
        }
        let quick = wild(pattern.as_bytes(), text.as_bytes(), |it| *it == b'*', |one, other| one == other);
        assert_eq!(quick, slow(pattern.as_bytes(), text.as_bytes()), "{pattern} {text}");
    }
}
