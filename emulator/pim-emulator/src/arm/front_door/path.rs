//! Paths as clients write them, made plain: percent-encoding undone, doubled and trailing slashes gone, a subscription in its
//! usual spelling. Letters keep their case, which is never compared.

use percent_encoding::percent_decode_str;

/// The segments of a path; `None` when it is not text.
///
/// An encoded slash is a slash: some clients encode whole scopes.
pub(crate) fn segments(path: &str) -> Option<Vec<String>> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let mut segments: Vec<_> = decoded.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if is_long_spelling(&segments) {
        segments.drain(..2);
    }
    Some(segments)
}

/// `/providers/Microsoft.Subscription/subscriptions/{id}` is `/subscriptions/{id}`.
fn is_long_spelling(segments: &[String]) -> bool {
    let long = ["providers", "Microsoft.Subscription", "subscriptions"];
    segments.len() > long.len() && segments.iter().zip(long).all(|(segment, fixed)| segment.eq_ignore_ascii_case(fixed))
}
