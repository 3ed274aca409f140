use super::{Segment, segments};
use proptest::prelude::{any, proptest};

fn plain(path: &str) -> Vec<String> {
    let name = |segment: Segment<'_>| match segment {
        Segment::Plain(name) => name.into_owned(),
        Segment::Call { name, parameters } => format!("{name}{parameters:?}"),
    };
    segments(path).unwrap().into_iter().map(name).collect()
}

#[test]
fn doubled_and_trailing_slashes_do_not_count() {
    assert_eq!(plain("//roleManagement//directory/"), ["roleManagement", "directory"]);
}

#[test]
fn a_key_in_parentheses_is_a_segment_of_its_own() {
    assert_eq!(plain("/users('a%40b.c')/manager"), ["users", "a@b.c", "manager"]);
    assert_eq!(plain("/users(%27o''neil%27)"), ["users", "o'neil"]);
}

#[test]
fn a_function_is_found_with_and_without_its_namespace() {
    let bare = plain("/x/filterByCurrentUser(on='principal')");
    assert_eq!(bare, plain("/x/microsoft.graph.filterByCurrentUser(on=%27principal%27)"));
    assert_eq!(plain("/x/delta()"), ["x", "delta"]);
    assert_eq!(plain("/x/graph.cancel"), ["x", "cancel"]);
}

#[test]
fn a_blank_before_the_equals_sign_does_not_count() {
    assert_eq!(plain("/directoryRoles(roletemplateid ='5')"), plain("/directoryRoles(roletemplateid='5')"));
}

proptest! {
    #[test]
    fn no_path_is_a_panic(path in any::<String>()) {
        let _ = segments(&path);
    }
}
