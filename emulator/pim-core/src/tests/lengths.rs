//! Lengths and instants.

use super::dsl::{BEGINNING, length, offset};
use crate::model::Window;
use crate::time::{Instant, Length, LengthError};
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

/// REQ-9.
#[test]
fn months_and_years_are_refused() {
    for text in ["P6M", "P1Y", "P1Y2M3D", "P1M1D", "P0M"] {
        assert_eq!(Length::parse(text), Err(LengthError::CalendarUnit), "{text}");
    }
}

/// REQ-9.
#[test]
fn weeks_days_hours_minutes_and_seconds_are_read() {
    let cases = [
        ("PT8H", Length::hours(8)),
        ("P365D", Length::days(365)),
        ("P1DT12H", Length::hours(36)),
        ("PT30M", Length::minutes(30)),
        ("PT1H45M", Length::minutes(105)),
        ("P2W", Length::days(14)),
        ("PT90S", Length::from_milliseconds(90_000)),
        ("PT0.5S", Length::from_milliseconds(500)),
        ("PT1.2345S", Length::from_milliseconds(1234)),
        ("PT0S", Length::ZERO),
        ("-PT1H", Length::hours(-1)),
        ("pt8h", Length::hours(8)),
    ];
    for (text, length) in cases {
        assert_eq!(Length::parse(text), Ok(length), "{text}");
    }
}

/// REQ-9.
#[test]
fn what_is_no_duration_is_refused() {
    for text in [
        "",
        "P",
        "PT",
        "8H",
        "PT8",
        "P8H",
        "PT8D",
        "PT1M1H",
        "P1D1D",
        "P1DT",
        "PT1.5H",
        "PT.5S",
        "PT1.S",
        "PT1..5S",
        "P-1D",
        "--P1D",
        "P99999999999999999D",
        "PT9223372036854775807S",
        "P1D ",
        "Pä",
        "P1ä",
        "PTÄ",
    ] {
        assert_eq!(Length::parse(text), Err(LengthError::NotADuration), "{text}");
    }
}

/// ASG-9.
#[test]
fn windows_overlap_on_whole_minutes_and_both_ends_count() {
    let window = |start: &str, end: &str| Window {
        start: BEGINNING.plus(length(start).unwrap()),
        end: length(end).map(|end| BEGINNING.plus(end)),
    };
    let one = window("10m30s", "20m30s");
    for (other, overlaps) in [
        (window("20m59s", "30m"), true),
        (window("21m", "30m"), false),
        (window("0m", "10m"), true),
        (window("0m", "9m59s"), false),
        (window("12m", "13m"), true),
        (window("0m", "forever"), true),
        (window("21m", "forever"), false),
    ] {
        assert_eq!(one.overlaps(other), overlaps, "{other:?}");
        assert_eq!(other.overlaps(one), overlaps, "{other:?}");
    }
}

/// REQ-59.
#[test]
fn a_window_contains_its_start_and_not_its_end() {
    let window = Window { start: BEGINNING, end: Some(BEGINNING.plus(Length::hours(1))) };
    assert!(window.contains(BEGINNING));
    assert!(!window.contains(window.end.unwrap()));
    assert!(!window.contains(BEGINNING.minus(Length::from_milliseconds(1))));
    assert_eq!(window.length(), Some(Length::hours(1)));
}

/// REQ-7. An end beyond the calendar is the last instant there is.
#[test]
fn instants_stay_inside_the_calendar() {
    assert_eq!(Instant::LAST.plus(Length::days(1)), Instant::LAST);
    assert_eq!(Instant::FIRST.minus(Length::days(1)), Instant::FIRST);
    assert_eq!(Instant::FIRST.plus(Length::from_milliseconds(i64::MAX)), Instant::LAST);
    assert_eq!(Instant::LAST.minus(Length::from_milliseconds(i64::MIN)), Instant::LAST);
    assert_eq!(Instant::LAST.to_string(), "9999-12-31T23:59:59.999Z");
    assert_eq!(Instant::FIRST.to_string(), "0001-01-01T00:00:00Z");
    assert_eq!(Instant::parse("9999-12-31T23:59:59.999Z"), Some(Instant::LAST));
}

/// The language of the stories reads what it writes.
#[test]
fn stories_read_the_times_that_they_write() {
    for text in ["1d2h3m4s5ms", "2h", "90m", "1ms"] {
        let length = length(text).unwrap();
        assert_eq!(super::dsl::instant(&offset(BEGINNING.plus(length))), Some(BEGINNING.plus(length)));
    }
    assert_eq!(length("8h-1s"), Some(Length::from_milliseconds(8 * 3_600_000 - 1000)));
    assert_eq!(length("alice"), None);
    assert_eq!(length("8"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// REQ-9.
    #[test]
    fn every_length_is_read_as_it_is_written(milliseconds in -(1_i64 << 60)..(1_i64 << 60)) {
        let length = Length::from_milliseconds(milliseconds);
        prop_assert_eq!(Length::parse(&length.to_string()), Ok(length));
    }

    /// MOD-23.
    #[test]
    fn every_instant_is_read_as_it_is_written(milliseconds in any::<i64>()) {
        let instant = Instant::from_milliseconds(milliseconds);
        prop_assert_eq!(Instant::parse(&instant.to_string()), Some(instant));
    }

    /// REQ-9.
    #[test]
    fn no_text_makes_a_length_panic(text in "-?P?[0-9YMWDTHS.PÄ]{0,12}") {
        let _ = Length::parse(&text);
    }
}
