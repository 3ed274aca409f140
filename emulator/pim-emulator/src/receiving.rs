//! Bodies of requests, taken in to their end.
//!
//! A client that speaks HTTP/2 may well send the whole of a body before it looks at any answer. So what is too large, and what
//! nobody wants, is taken in all the same and thrown away, up to a limit that no client comes to by mistake.

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use futures_util::StreamExt as _;

/// How many bytes of a body are taken in at most before a client is left alone.
const PATIENCE: usize = 64 * 1024 * 1024;

/// A body of more bytes than are taken, or one that did not come to its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TooLarge;

/// The whole of a body, if it has no more than so many bytes.
///
/// # Errors
/// When it has more; its end is waited for nevertheless.
pub(crate) async fn whole(body: Body, most: usize) -> Result<Bytes, TooLarge> {
    let fits = |length: u64| usize::try_from(length).is_ok_and(|length| length <= most);
    if body.size_hint().exact().is_some_and(fits) {
        return to_bytes(body, most).await.map_err(|_| TooLarge);
    }
    let mut taken = Vec::new();
    let mut seen = 0_usize;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| TooLarge)?;
        seen = seen.saturating_add(piece.len());
        if seen <= most {
            taken.extend_from_slice(&piece);
        } else if seen > most.max(PATIENCE) {
            break;
        }
    }
    if seen <= most { Ok(Bytes::from(taken)) } else { Err(TooLarge) }
}

/// Takes in a body that nobody wants.
pub(crate) async fn nothing(body: Body, most: usize) {
    if !body.is_end_stream() {
        let _ = whole(body, most).await;
    }
}

#[cfg(test)]
mod tests {
    use super::{TooLarge, whole};
    use axum::body::{Body, Bytes};
    use futures_util::stream;
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const PIECE: usize = 1024 * 1024;

    /// A body of unknown length in so many pieces of a mebibyte, and how many of them were asked for.
    fn in_pieces(count: usize) -> (Body, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let pieces = (0..count).map(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
            Ok::<_, Infallible>(Bytes::from_static(&[b'a'; PIECE]))
        });
        (Body::from_stream(stream::iter(pieces)), asked)
    }

    #[tokio::test]
    async fn a_body_is_taken_whole_or_thrown_away_to_its_end() {
        assert_eq!(whole(Body::from("hello"), 5).await, Ok(Bytes::from_static(b"hello")));
        assert_eq!(whole(Body::from("hello"), 4).await, Err(TooLarge));
        assert_eq!(whole(in_pieces(3).0, 3 * PIECE).await.map(|it| it.len()), Ok(3 * PIECE));
        let (large, asked) = in_pieces(8);
        assert_eq!(whole(large, 3 * PIECE).await, Err(TooLarge));
        assert_eq!(asked.load(Ordering::Relaxed), 8);
        // Nobody is listened to for ever.
        let (endless, asked) = in_pieces(1000);
        assert_eq!(whole(endless, 3 * PIECE).await, Err(TooLarge));
        assert_eq!(asked.load(Ordering::Relaxed), 65);
    }
}
