use super::Json;
use pim_core::time::Instant;
use proptest::prelude::{any, proptest};

fn written(write: impl FnOnce(&mut Json)) -> String {
    let mut json = Json::default();
    write(&mut json);
    String::from_utf8(json.into_bytes()).unwrap()
}

#[test]
fn an_instant_without_milliseconds_has_no_fraction() {
    assert_eq!(
        written(|json| json.instant(Instant::parse("2026-01-05T08:00:00Z").unwrap())),
        "\"2026-01-05T08:00:00Z\""
    );
}

#[test]
fn trailing_zeros_of_a_fraction_are_left_out() {
    assert_eq!(
        written(|json| json.instant(Instant::parse("2024-02-29T23:59:59.120Z").unwrap())),
        "\"2024-02-29T23:59:59.12Z\""
    );
}

proptest! {
    /// The writer against the calendar of chrono.
    #[test]
    fn every_instant_reads_back_as_itself(milliseconds in Instant::FIRST.milliseconds()..=Instant::LAST.milliseconds()) {
        let instant = Instant::from_milliseconds(milliseconds);
        let text = written(|json| json.instant(instant));
        assert_eq!(Instant::parse(text.trim_matches('"')), Some(instant), "{text}");
    }

    #[test]
    fn every_text_is_written_as_serde_json_writes_it(text in any::<String>()) {
        assert_eq!(written(|json| json.text(&text)), serde_json::to_string(&text).unwrap());
    }
}
