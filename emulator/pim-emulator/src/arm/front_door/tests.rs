use super::resource_id::ResourceId;
use super::{RESOURCE_TYPES, ScopeFault, ScopePath, Subject, segments, target, types};
use crate::arm::operations::RESOURCES;
use crate::arm::router::{Handler, Method, Operation, Place, Resource};
use proptest::prelude::{any, proptest};

const LAB: &str = "3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40";

fn scope(path: &str) -> Result<ScopePath, ScopeFault> {
    ScopePath::parse(&segments(path).unwrap())
}

#[test]
fn paths_are_decoded_collapsed_and_stripped() {
    let plain = vec!["subscriptions", LAB, "providers", "Microsoft.Authorization", "roleDefinitions"];
    for path in [
        format!("/subscriptions/{LAB}/providers/Microsoft.Authorization/roleDefinitions"),
        format!("//subscriptions/{LAB}//providers/Microsoft.Authorization/roleDefinitions/"),
        format!("///subscriptions%2F{LAB}/providers/Microsoft.Authorization%2froleDefinitions//"),
        format!(
            "/providers/microsoft.subscription/Subscriptions/{LAB}/providers/Microsoft.Authorization/roleDefinitions"
        ),
    ] {
        let found = segments(&path).unwrap();
        assert!(found.iter().zip(&plain).all(|(it, plain)| it.eq_ignore_ascii_case(plain)), "{path}: {found:?}");
        assert_eq!(found.len(), plain.len(), "{path}");
    }
    assert_eq!(segments("/%ff"), None);
}

#[test]
fn every_kind_of_scope_has_one_canonical_form() {
    let group = "/providers/Microsoft.Management/managementGroups/platform";
    let subscription = format!("/subscriptions/{LAB}");
    for (written, canonical) in [
        ("/".to_owned(), "/".to_owned()),
        (String::new(), "/".to_owned()),
        ("/PROVIDERS/microsoft.management/MANAGEMENTGROUPS/platform".to_owned(), group.to_owned()),
        (format!("subscriptions/{}", LAB.to_uppercase()), subscription.clone()),
        (format!("/providers/Microsoft.Subscription/subscriptions/{LAB}"), subscription.clone()),
        (format!("/Subscriptions/{LAB}/resourcegroups/RG-Lab"), format!("{subscription}/resourceGroups/RG-Lab")),
        (
            format!("/subscriptions/{LAB}/RESOURCEGROUPS/rg/Providers/Microsoft.Sql/servers/s/databases/d"),
            format!("{subscription}/resourceGroups/rg/providers/Microsoft.Sql/servers/s/databases/d"),
        ),
        (
            format!("/subscriptions/{LAB}/providers/Microsoft.Policy/sets/a"),
            format!("{subscription}/providers/Microsoft.Policy/sets/a"),
        ),
    ] {
        assert_eq!(scope(&written).unwrap().to_string(), canonical, "{written}");
        assert_eq!(ScopePath::of_text(&written), scope(&canonical).ok(), "{written}");
    }
}

#[test]
fn a_resource_knows_its_type_and_its_name() {
    let path = format!(
        "/subscriptions/{LAB}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm/providers/Microsoft.Insights/\
         rules/r"
    );
    let ScopePath::Resource { resource, group, .. } = scope(&path).unwrap() else { panic!("no resource") };
    assert_eq!((resource.resource_type().as_str(), resource.name()), ("Microsoft.Insights/rules", "r"));
    assert_eq!(group.as_deref(), Some("rg"));
}

#[test]
fn what_is_no_scope_is_told_apart_from_what_is_no_subscription() {
    assert_eq!(scope("/subscriptions/lab"), Err(ScopeFault::SubscriptionId("lab".to_owned())));
    assert_eq!(scope(&format!("/subscriptions/{{{LAB}}}")), Err(ScopeFault::SubscriptionId(format!("{{{LAB}}}"))));
    for path in [
        "/colours",
        "/subscriptions",
        "/providers/Microsoft.Management/managementGroups",
        "/providers/Microsoft.Management/managementGroups/a/subscriptions/b",
        &format!("/subscriptions/{LAB}/resourceGroups"),
        &format!("/subscriptions/{LAB}/resourceGroups/rg/providers/Microsoft.Sql/servers"),
        &format!("/subscriptions/{LAB}/resourceGroups/rg/providers/Microsoft.Sql"),
        &format!("/subscriptions/{LAB}/colours/red"),
    ] {
        assert_eq!(scope(path), Err(ScopeFault::Shape), "{path}");
    }
}

#[test]
fn full_ids_are_read_with_or_without_a_slash_and_bare_guids_are_none() {
    let role = format!("subscriptions/{LAB}/providers/microsoft.authorization/ROLEDEFINITIONS/{LAB}");
    let id = ResourceId::parse(&role).unwrap();
    assert_eq!(id.kind, &types::ROLE_DEFINITIONS);
    assert_eq!(id.to_string(), format!("/subscriptions/{LAB}/providers/Microsoft.Authorization/roleDefinitions/{LAB}"));
    let unscoped = ResourceId::parse(&format!("/providers/Microsoft.Authorization/roleDefinitions/{LAB}")).unwrap();
    assert_eq!(unscoped.scope, ScopePath::Tenant);
    for text in [LAB, "", "/", "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/y", "/a/b/c/d"] {
        assert_eq!(ResourceId::parse(text), None, "{text}");
    }
}

#[test]
fn the_scope_is_whatever_comes_before_the_last_place_that_names_roles() {
    let outer = format!("/subscriptions/{LAB}/resourceGroups/rg/providers/Microsoft.Authorization/locks/l");
    let path = segments(&format!("{outer}/providers/Microsoft.Authorization/roleAssignments/{LAB}")).unwrap();
    let found = target(&path).unwrap();
    assert_eq!(found.scope.to_string(), outer);
    assert!(matches!(found.subject, Subject::Served { kind, .. } if *kind == types::ROLE_ASSIGNMENTS));
}

#[test]
fn the_singular_of_policy_assignments_names_the_same_type() {
    let path = segments("/providers/Microsoft.Authorization/roleManagementPolicyAssignment/a_b").unwrap();
    let found = target(&path).unwrap();
    assert!(
        matches!(found.subject, Subject::Served { kind, .. } if *kind == types::ROLE_MANAGEMENT_POLICY_ASSIGNMENTS)
    );
}

#[test]
fn types_and_versions_are_listed_once() {
    let mut names: Vec<_> = RESOURCE_TYPES.iter().map(ToString::to_string).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), RESOURCE_TYPES.len());
    for kind in RESOURCE_TYPES {
        let mut versions = kind.versions.to_vec();
        versions.sort_unstable();
        versions.dedup();
        assert_eq!(versions.len(), kind.versions.len(), "{kind}");
    }
    let served: Vec<_> = RESOURCES.iter().map(|resource| resource.kind).collect();
    assert!(served.iter().all(|kind| served.iter().filter(|it| it == &kind).count() == 1), "a type has one file");
}

/// What an operation asks the right for is its type, the names below it, and the verb of its method.
#[test]
fn actions_are_named_by_type_and_method() {
    for (method, path, action) in [
        (Method::Get, "", "Microsoft.Authorization/roleAssignmentScheduleRequests/read"),
        (Method::Head, "{name}", "Microsoft.Authorization/roleAssignmentScheduleRequests/read"),
        (Method::Put, "{name}", "Microsoft.Authorization/roleAssignmentScheduleRequests/write"),
        (Method::Delete, "{name}", "Microsoft.Authorization/roleAssignmentScheduleRequests/delete"),
        (Method::Post, "{name}/cancel", "Microsoft.Authorization/roleAssignmentScheduleRequests/cancel/action"),
    ] {
        assert_eq!(
            operation(method, path).action(&types::ROLE_ASSIGNMENT_SCHEDULE_REQUESTS, &ScopePath::Tenant),
            action
        );
    }
}

const fn operation(method: Method, path: &'static str) -> Operation {
    Operation { method, path, versions: None, handler: Handler::Batch }
}

static ALERTS: Resource = Resource {
    kind: &types::ROLE_MANAGEMENT_ALERTS,
    place: Place::AnyScope,
    operations: &[
        operation(Method::Get, ""),
        operation(Method::Get, "{alert}"),
        operation(Method::Patch, "{alert}"),
        operation(Method::Post, "{alert}/refresh"),
        operation(Method::Post, "refresh"),
        operation(Method::Get, "{alert}/alertIncidents/{incident}"),
    ],
};

/// A name comes before a key that could be it; whatever can be done at one path is found together.
#[test]
fn of_two_paths_that_fit_the_one_with_the_name_is_meant() {
    for (path, methods, keys) in [
        ("", vec!["GET"], vec![]),
        ("too-many", vec!["GET", "PATCH"], vec!["too-many"]),
        ("Refresh", vec!["POST"], vec![]),
        ("refresh/REFRESH", vec!["POST"], vec!["refresh"]),
        ("a/alertincidents/b", vec!["GET"], vec!["a", "b"]),
    ] {
        let segments = segments(path).unwrap();
        let fit = ALERTS.fitting(&segments).unwrap_or_else(|| panic!("{path}"));
        assert_eq!(fit.operations.iter().map(|it| it.method.name()).collect::<Vec<_>>(), methods, "{path}");
        assert_eq!(fit.keys, keys, "{path}");
    }
    assert!(ALERTS.fitting(&segments("a/b").unwrap()).is_none());
}

proptest! {
    #[test]
    fn any_path_is_about_something_or_nothing(path in any::<String>()) {
        if let Some(segments) = segments(&path) {
            let _ = target(&segments);
        }
    }

    #[test]
    fn what_a_scope_displays_is_that_scope(names in proptest::collection::vec("[a-zA-Z0-9.-]{1,12}", 0..9)) {
        if let Ok(parsed) = scope(&format!("/subscriptions/{LAB}/resourceGroups/{}", names.join("/"))) {
            assert_eq!(scope(&parsed.to_string()), Ok(parsed));
        }
    }
}
