use super::resource::{Called, OrNull, Row, SevenDigits, WithOffset};
use super::{List, Member, bytes};
use crate::arm::front_door::{ScopePath, types};
use pim_core::time::Instant;

struct Sample {
    scope: &'static str,
    duration: Option<&'static str>,
    description: OrNull<&'static str>,
    start: WithOffset,
    made: SevenDigits,
    created: Instant,
}

crate::arm_object! {
    Sample {
        scope / "scope",
        duration / "duration",
        description / "description",
        start / "startDateTime",
        made / "updatedOn",
        created / "createdOn",
    }
}

fn text(value: &impl Member) -> String {
    String::from_utf8(bytes(value)).unwrap()
}

fn sample() -> Sample {
    let at = Instant::parse("2024-05-01T08:00:03.120Z").unwrap();
    Sample {
        scope: "/",
        duration: None,
        description: OrNull(None),
        start: WithOffset(at),
        made: SevenDigits(at),
        created: at,
    }
}

const PROPERTIES: &str = r#"{"scope":"/","description":null,"startDateTime":"2024-05-01T08:00:03.1200000+00:00","updatedOn":"2024-05-01T08:00:03.1200000Z","createdOn":"2024-05-01T08:00:03.12Z"}"#;

#[test]
fn what_has_no_value_is_left_out_and_each_time_has_its_form() {
    assert_eq!(text(&sample()), PROPERTIES);
}

#[test]
fn pim_writes_the_name_before_the_id_and_role_assignments_after_the_type() {
    let prefix =
        ScopePath::of_text("/subscriptions/3C0F7A52-91D4-4C0E-8B1F-5A2E9D7C6B40").unwrap().prefix().to_string();
    let called = |kind| Called { prefix: &prefix, kind, name: "n" };
    let row = |kind| text(&Row { called: called(kind), properties: sample() });
    let id = "/subscriptions/3c0f7a52-91d4-4c0e-8b1f-5a2e9d7c6b40/providers/Microsoft.Authorization";
    let kind = "Microsoft.Authorization/roleManagementPolicyAssignment";
    assert_eq!(
        row(&types::ROLE_MANAGEMENT_POLICY_ASSIGNMENTS),
        format!(
            r#"{{"properties":{PROPERTIES},"name":"n","id":"{id}/roleManagementPolicyAssignment/n","type":"{kind}"}}"#
        )
    );
    let kind = "Microsoft.Authorization/roleAssignments";
    assert_eq!(
        row(&types::ROLE_ASSIGNMENTS),
        format!(r#"{{"properties":{PROPERTIES},"id":"{id}/roleAssignments/n","type":"{kind}","name":"n"}}"#)
    );
}

#[test]
fn a_list_counts_where_it_is_asked_to() {
    assert_eq!(text(&List::of(Vec::<String>::new())), r#"{"value":[]}"#);
    assert_eq!(text(&List::counted(vec!["a"])), r#"{"value":["a"],"count":{"type":"Total","value":1}}"#);
}
