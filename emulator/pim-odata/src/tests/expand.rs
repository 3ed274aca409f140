//! `$expand`.

use super::support::Users;
use crate::{Expansion, QueryError};

fn parse(text: &str) -> Expansion {
    Expansion::parse::<Users>(text).expect(text)
}

fn navigations(text: &str) -> Vec<&'static str> {
    parse(text).items.iter().map(|item| item.navigation).collect()
}

fn error(text: &str) -> QueryError {
    Expansion::parse::<Users>(text).expect_err(text)
}

#[test]
fn names_are_spelt_as_the_table_does() {
    assert_eq!(navigations("memberof, MANAGER"), ["memberOf", "manager"]);
    assert_eq!(navigations("manager/microsoft.graph.user"), ["manager"]);
    assert!(parse("").is_empty());
}

#[test]
fn a_star_is_every_navigation() {
    assert_eq!(navigations("*"), ["manager", "memberOf"]);
    let both = parse("*,manager($select=id)");
    assert_eq!(both.items.len(), 2);
    assert_eq!(both.get("manager").and_then(|options| options.select.as_deref()), Some("id"));
    let levels = parse("*($levels=2)");
    assert!(levels.items.iter().all(|item| item.options.levels.as_deref() == Some("2")));
}

#[test]
fn brackets_hold_options_of_the_related_entity() {
    let expansion = parse(
        "manager($select=id,displayName;$filter=name eq 'a;b),(' and (x eq 1);EXPAND=rules($select=id;$top=1),more;\
         $top=5;$orderby=a desc;$count=true;$levels=max),memberOf()",
    );
    let options = expansion.get("manager").expect("manager");
    assert_eq!(options.select.as_deref(), Some("id,displayName"));
    assert_eq!(options.filter.as_deref(), Some("name eq 'a;b),(' and (x eq 1)"));
    assert_eq!(options.expand.as_deref(), Some("rules($select=id;$top=1),more"));
    assert_eq!((options.top, options.count), (Some(5), true));
    assert_eq!((options.orderby.as_deref(), options.levels.as_deref()), (Some("a desc"), Some("max")));
    assert!(expansion.get("memberOf").is_some());
}

#[test]
fn what_is_unknown_or_no_term_is_refused() {
    assert_eq!(
        error("boss").to_string(),
        "Parsing OData Select and Expand failed: Could not find a property named 'boss' on type 'microsoft.graph.user'.",
    );
    for text in ["manager,", "a b", "manager($weird=1)", "manager($select)", "manager(a=1)x"] {
        assert!(matches!(error(text), QueryError::InvalidTerm { .. }), "{text}");
    }
    assert!(matches!(error("manager($select=id"), QueryError::Syntax { .. }));
    assert!(matches!(error("manager)"), QueryError::Syntax { .. }));
    assert!(matches!(error("manager($filter='a)"), QueryError::UnterminatedString { .. }));
    assert!(matches!(error("manager($top=0)"), QueryError::PageSize { .. }));
}
