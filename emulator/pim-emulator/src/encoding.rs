//! gzip, both ways: bodies that come packed, and answers that go packed to whoever can unpack them.
//!
//! An answer that fits into one packet is not packed, and neither is any that nobody asked to be: whoever does not ask costs one
//! look at a header.

use axum::http::{HeaderMap, HeaderValue, Response, header};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use std::borrow::Cow;
use std::io::{Read as _, Write as _};

/// A body of fewer bytes is sent as it is.
const SMALLEST: usize = 1400;

/// Why a body cannot be unpacked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// It is packed in another way than by gzip.
    Unknown,
    /// It is not what it says.
    Damaged,
    /// It is too large when it is unpacked.
    TooLarge,
}

/// A body as it was before it was packed.
///
/// # Errors
/// When it is packed by anything but gzip, not at all, or holds more than so many bytes.
pub(crate) fn unpacked<'b>(headers: &HeaderMap, body: &'b [u8], most: usize) -> Result<Cow<'b, [u8]>, Fault> {
    let Some(encoding) = headers.get(header::CONTENT_ENCODING) else { return Ok(Cow::Borrowed(body)) };
    let encoding = encoding.to_str().map_err(|_| Fault::Unknown)?.trim();
    if encoding.is_empty() || encoding.eq_ignore_ascii_case("identity") {
        return Ok(Cow::Borrowed(body));
    }
    if !encoding.eq_ignore_ascii_case("gzip") && !encoding.eq_ignore_ascii_case("x-gzip") {
        return Err(Fault::Unknown);
    }
    let mut unpacked = Vec::with_capacity(body.len().saturating_mul(4).min(most));
    // One byte more than may be there tells whether there is more.
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(body).take(limit).read_to_end(&mut unpacked).map_err(|_| Fault::Damaged)?;
    if unpacked.len() > most { Err(Fault::TooLarge) } else { Ok(Cow::Owned(unpacked)) }
}

/// The answer as whoever asked can read it: packed where that is wanted and worth it.
pub(crate) fn packed(response: Response<Vec<u8>>, asked: &HeaderMap) -> Response<Vec<u8>> {
    match asked.get(header::ACCEPT_ENCODING) {
        Some(accepted) if response.body().len() >= SMALLEST && takes_gzip(accepted) => pack(response),
        Some(_) | None => response,
    }
}

/// Whether gzip is among what is accepted, with another weight than none.
fn takes_gzip(accepted: &HeaderValue) -> bool {
    let Ok(accepted) = accepted.to_str() else { return false };
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        let is_refused = |parameter: &str| {
            let weight = parameter.strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
            weight.is_some_and(|weight| weight <= 0.0)
        };
        is_gzip && !parts.any(is_refused)
    })
}

fn pack(response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    let (mut head, body) = response.into_parts();
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    // Writing into memory cannot fail.
    let packed = encoder.write_all(&body).and_then(|()| encoder.finish());
    let Ok(packed) = packed else { return Response::from_parts(head, body) };
    head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(head, packed)
}

#[cfg(test)]
mod tests {
    use super::{Fault, SMALLEST, packed, takes_gzip, unpacked};
    use axum::http::{HeaderMap, HeaderValue, Response, header};
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write as _;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    fn zipped(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_was_packed_is_unpacked_up_to_a_limit() {
        let gzip = headers(header::CONTENT_ENCODING, "GZip");
        let million = zipped(&vec![b'a'; 1_000_000]);
        assert!(million.len() < 2000);
        assert_eq!(unpacked(&gzip, &million, 1_000_000).unwrap().len(), 1_000_000);
        assert_eq!(unpacked(&gzip, &million, 999_999), Err(Fault::TooLarge));
        assert_eq!(unpacked(&gzip, &million[..million.len() - 9], 1_000_000), Err(Fault::Damaged));
        assert_eq!(unpacked(&gzip, b"plain", 10), Err(Fault::Damaged));
        assert_eq!(unpacked(&headers(header::CONTENT_ENCODING, "br"), b"plain", 10), Err(Fault::Unknown));
        assert_eq!(&*unpacked(&headers(header::CONTENT_ENCODING, "identity"), b"plain", 10).unwrap(), b"plain");
        assert_eq!(&*unpacked(&HeaderMap::new(), b"plain", 10).unwrap(), b"plain");
    }

    #[test]
    fn an_answer_is_packed_for_whoever_asks_when_it_is_worth_it() {
        let answer = |length: usize| Response::new(vec![b'a'; length]);
        let gzip = headers(header::ACCEPT_ENCODING, "gzip, deflate");
        let large = packed(answer(SMALLEST), &gzip);
        assert_eq!(large.headers()[header::CONTENT_ENCODING], "gzip");
        assert_eq!(
            &*unpacked(&headers(header::CONTENT_ENCODING, "gzip"), large.body(), SMALLEST).unwrap(),
            answer(SMALLEST).body()
        );
        for (length, asked) in [(SMALLEST - 1, &gzip), (SMALLEST, &HeaderMap::new())] {
            let as_it_is = packed(answer(length), asked);
            assert!(as_it_is.headers().is_empty() && as_it_is.body().len() == length);
        }
    }

    #[test]
    fn gzip_can_be_asked_for_in_several_ways_and_refused() {
        let takes = |text: &'static str| takes_gzip(&HeaderValue::from_static(text));
        assert!(["gzip", "br, GZIP", "deflate, gzip;q=0.5", "*"].into_iter().all(takes));
        assert!(!["br", "gzip;q=0", "identity", "gzip; q=0.0", ""].into_iter().any(takes));
    }
}
