//! `$select`.

use super::support::Users;
use crate::{Selection, position};

fn parse(text: &str) -> Selection {
    Selection::parse::<Users>(text).expect(text)
}

fn names(text: &str) -> Vec<&'static str> {
    parse(text).names::<Users>().collect()
}

#[track_caller]
fn refuses(text: &str, message: &str) {
    assert_eq!(Selection::parse::<Users>(text).expect_err(text).to_string(), message);
}

#[test]
fn names_are_spelt_as_the_table_does_in_the_order_given() {
    assert_eq!(names("jobtitle, ID,jobTitle"), ["jobTitle", "id"]);
}

#[test]
fn a_selection_says_what_it_holds() {
    const ID: usize = position::<Users>("id");
    const NAME: usize = position::<Users>("displayName");
    let selection = parse("id");
    assert!(selection.contains(ID) && !selection.contains(NAME) && !selection.contains(1000));
    assert!(!selection.is_all());
}

#[test]
fn a_star_and_nothing_are_everything() {
    for text in ["*", "", " ", "id,*"] {
        assert!(parse(text).is_all() && parse(text).contains(3), "{text}");
        assert!(names(text).is_empty());
    }
    assert_eq!(Selection::default(), Selection::all());
}

#[test]
fn complex_properties_and_paths_into_them_select_the_property() {
    assert_eq!(names("passwordProfile/forceChange"), ["passwordProfile"]);
    assert_eq!(names("microsoft.graph.user/jobTitle"), ["jobTitle"]);
}

#[test]
fn a_navigation_may_be_named() {
    assert_eq!(names("id,manager"), ["id"]);
    assert!(!parse("manager").is_all());
}

#[test]
fn what_is_unknown_or_no_name_is_refused() {
    refuses(
        "id,X",
        "Parsing OData Select and Expand failed: Could not find a property named 'X' on type 'microsoft.graph.user'.",
    );
    refuses("x y", "Term 'x y' is not valid in a $select or $expand expression.");
    refuses("id,", "Term '' is not valid in a $select or $expand expression.");
    let span = Selection::parse::<Users>("id,X").expect_err("unknown").span().expect("a span");
    assert_eq!((span.start, span.end), (3, 4));
}
