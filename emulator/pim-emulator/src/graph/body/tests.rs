use super::parse;

crate::request_body! {
    /// A body for these tests.
    Sample {
        /// Text.
        name / "displayName": String,
        /// A number.
        size / "size": u32,
    }
}

fn sample(text: &str) -> Result<Sample, super::GraphError> {
    parse(text.as_bytes(), true)
}

#[test]
fn members_are_found_in_any_case_and_unknown_ones_passed_over() {
    let body = sample(r##"{"DisplayName":"x","@odata.type":"#y","other":{"a":[1]},"SIZE":3}"##).unwrap();
    assert_eq!(body, Sample { name: Some("x".to_owned()), size: Some(3) });
}

#[test]
fn null_is_as_good_as_absent() {
    assert_eq!(sample(r#"{"displayName":null}"#).unwrap(), Sample::default());
}

#[test]
fn a_member_of_the_wrong_type_is_named() {
    let error = sample(r#"{"size":"three"}"#).unwrap_err();
    assert!(error.answer().detail.unwrap().contains("size"), "the member should be named");
}

#[test]
fn an_array_is_no_body() {
    assert!(sample("[]").is_err());
}
