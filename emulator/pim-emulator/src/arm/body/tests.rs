use super::{Truth, parse};
use crate::arm::error::{ArmError, Context};
use proptest::prelude::{any, proptest};

crate::request_body! {
    /// A body for these tests.
    Sample {
        /// What it is about.
        properties / "properties": Properties,
    }
    /// What stands in it.
    Properties {
        /// Text.
        justification / "justification": String,
        /// Truth.
        required / "isApprovalRequired": Truth,
    }
}

fn read(text: &str) -> Result<Properties, ArmError> {
    parse::<Sample>(text.as_bytes(), true).map(|body| body.properties.unwrap_or_default())
}

fn refusal(text: &str, closes: bool) -> (u16, &'static str, Option<String>) {
    let answer = parse::<Sample>(text.as_bytes(), closes).unwrap_err().answer(&Context::default());
    (answer.status.as_u16(), answer.code, answer.detail)
}

#[test]
fn members_are_found_in_any_case_and_unknown_ones_passed_over() {
    let body = read(r#"{"Properties":{"JUSTIFICATION":"x","IsValidationOnly":false,"level":[1,{}]},"scope":"/"}"#);
    assert_eq!(body.unwrap().justification.as_deref(), Some("x"));
}

#[test]
fn truth_is_taken_as_text_too() {
    for (text, truth) in [("true", true), ("\"true\"", true), ("\"False\"", false), ("false", false)] {
        let body = read(&format!(r#"{{"properties":{{"isApprovalRequired":{text}}}}}"#)).unwrap();
        assert_eq!(body.required, Some(Truth(truth)), "{text}");
    }
    let (status, code, detail) = refusal(r#"{"properties":{"isApprovalRequired":"maybe"}}"#, true);
    assert_eq!((status, code), (400, "InvalidRequestContent"));
    assert!(detail.unwrap().contains("isApprovalRequired"), "the member should be named");
}

#[test]
fn missing_braces_at_the_end_are_put_there_unless_braces_are_strict() {
    let text = r#"{"properties":{"justification":"braces } ] in a \" string"#.to_owned() + "\"";
    let body = read(&text).unwrap();
    assert_eq!(body.justification.as_deref(), Some("braces } ] in a \" string"));
    assert_eq!(read(r#"{"other":[{"a":1"#).unwrap().justification, None);
    assert_eq!(refusal(&text, false).1, "InvalidRequestContent");
}

#[test]
fn nothing_else_is_mended() {
    for text in [
        r#"{"properties":{"justification":"open"#,
        r#"{"properties":{"justification":"x"}}}"#,
        r#"{"properties":{"justification":"x",}"#,
        r#"{"properties":[}"#,
        "[]",
        "null and void",
    ] {
        assert_eq!(refusal(text, true).1, "InvalidRequestContent", "{text}");
    }
}

#[test]
fn no_body_is_said_to_be_missing() {
    assert_eq!(refusal(" \r\n", true).1, "BadRequest");
    assert!(parse::<Sample>(b"\xef\xbb\xbf{}", false).is_ok(), "a mark of the byte order is no fault");
    assert!(parse::<Sample>(b"\xff", true).is_err());
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!(r#"{{"other":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(63)).is_ok());
    assert!(refusal(&nested(64), true).2.unwrap().contains("nested"));
}

proptest! {
    #[test]
    fn whatever_a_whole_body_says_it_says_without_its_closing_braces(text in any::<String>()) {
        let whole = serde_json::json!({ "properties": { "justification": text } }).to_string();
        let cut = whole.strip_suffix("}}").unwrap();
        assert_eq!(read(cut).unwrap().justification, Some(text));
    }
}
