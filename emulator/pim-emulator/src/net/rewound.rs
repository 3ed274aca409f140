//! A stream of which some bytes were read too early, put back in front.
//!
//! Used only where the first byte does not settle what arrives: requests that may be a `CONNECT`, and what comes
//! out of a tunnel. The common connections never pass through here.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};

/// Any connection, its kind forgotten.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A connection whose kind no longer matters.
pub(super) type AnyStream = Box<dyn Stream>;

/// How much is read at once while looking ahead.
const CHUNK: usize = 4 * 1024;

pub(super) struct Rewound<S> {
    /// Bytes read but not yet handed on. Once empty, it stays so unless [`Rewound::read_ahead`] is called.
    ahead: Vec<u8>,
    /// How many of them have been handed on.
    taken: usize,
    inner: S,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Rewound<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { ahead: Vec::new(), taken: 0, inner }
    }

    /// What was read ahead.
    pub(super) fn ahead(&self) -> &[u8] {
        &self.ahead[self.taken..]
    }

    /// Reads some more without consuming it. False at the end of the stream.
    pub(super) async fn read_ahead(&mut self) -> io::Result<bool> {
        let mut chunk = [0; CHUNK];
        let read = self.inner.read(&mut chunk).await?;
        self.ahead.extend_from_slice(&chunk[..read]);
        Ok(read > 0)
    }

    /// The next byte, which stays in the stream, or nothing at its end.
    pub(super) async fn first_byte(&mut self) -> io::Result<Option<u8>> {
        if self.ahead().is_empty() {
            self.read_ahead().await?;
        }
        Ok(self.ahead().first().copied())
    }

    /// Forgets the next `count` bytes, which have been read ahead.
    pub(super) fn consume(&mut self, count: usize) {
        self.taken = (self.taken + count).min(self.ahead.len());
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Rewound<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.ahead.is_empty() {
            return Pin::new(&mut self.inner).poll_read(cx, buf);
        }
        let waiting = &self.ahead[self.taken..];
        let count = waiting.len().min(buf.remaining());
        buf.put_slice(&waiting[..count]);
        self.taken += count;
        if self.taken == self.ahead.len() {
            self.ahead = Vec::new();
            self.taken = 0;
            if count == 0 {
                return Pin::new(&mut self.inner).poll_read(cx, buf);
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Rewound<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}
