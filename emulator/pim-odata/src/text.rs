//! Comparing text, with or without regard to case.
//!
//! Nearly all text here is ASCII, and that path allocates nothing.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::field::TextMatch;

pub(crate) fn equal(left: &str, right: &str, text: TextMatch) -> bool {
    match text {
        TextMatch::CaseSensitive => left == right,
        TextMatch::CaseInsensitive => {
            left.eq_ignore_ascii_case(right) || (!(left.is_ascii() && right.is_ascii()) && lower(left).eq(lower(right)))
        }
    }
}

pub(crate) fn compare(left: &str, right: &str, text: TextMatch) -> Ordering {
    match text {
        TextMatch::CaseSensitive => left.cmp(right),
        TextMatch::CaseInsensitive if left.is_ascii() && right.is_ascii() => {
            let folded = |byte: u8| byte.to_ascii_lowercase();
            left.bytes().map(folded).cmp(right.bytes().map(folded))
        }
        TextMatch::CaseInsensitive => lower(left).cmp(lower(right)),
    }
}

pub(crate) fn starts_with(text: &str, part: &str, case: TextMatch) -> bool {
    plain(
        text,
        part,
        case,
        |text, part| text.get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part)),
        |text, part| text.starts_with(part),
    )
}

pub(crate) fn ends_with(text: &str, part: &str, case: TextMatch) -> bool {
    plain(
        text,
        part,
        case,
        |text, part| {
            let start = text.len().checked_sub(part.len());
            start.and_then(|start| text.get(start..)).is_some_and(|tail| tail.eq_ignore_ascii_case(part))
        },
        |text, part| text.ends_with(part),
    )
}

pub(crate) fn contains(text: &str, part: &str, case: TextMatch) -> bool {
    plain(
        text,
        part,
        case,
        |text, part| {
            // `windows` refuses a width of nothing, which everything contains.
            part.is_empty()
                || text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
        },
        |text, part| text.contains(part),
    )
}

pub(crate) fn to_lower(text: Cow<'_, str>) -> Cow<'_, str> {
    let already = text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    if already { text } else { Cow::Owned(text.to_lowercase()) }
}

pub(crate) fn to_upper(text: Cow<'_, str>) -> Cow<'_, str> {
    let already = text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_lowercase());
    if already { text } else { Cow::Owned(text.to_uppercase()) }
}

/// Chooses between the test that ignores ASCII case and the one that does not.
fn plain(
    text: &str,
    part: &str,
    case: TextMatch,
    ignoring: fn(&str, &str) -> bool,
    exact: fn(&str, &str) -> bool,
) -> bool {
    match case {
        TextMatch::CaseSensitive => exact(text, part),
        TextMatch::CaseInsensitive if text.is_ascii() && part.is_ascii() => ignoring(text, part),
        TextMatch::CaseInsensitive => exact(&folded(text), &folded(part)),
    }
}

/// Letter by letter, as [`equal`] does it, so that the two agree on every text.
fn folded(text: &str) -> String {
    lower(text).collect()
}

fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}
