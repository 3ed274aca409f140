//! `CONNECT`: the request with which a client asks its proxy for a tunnel.
//!
//! The tunnel ends here. Its far end is not the named host but this emulator, which shows the certificate of that
//! name; the port asked for does not matter. A name that is not served gets its refusal at once, before the client
//! has sent a byte of what it meant for the real host.
//!
//! HTTP/1.0 and 1.1 are understood alike, headers are skipped over whatever they say (`Proxy-Authorization`
//! included), and bytes that a hasty client sends behind the head stay in the stream. The head is bounded by
//! [`HEAD_LIMIT`] here and in time by the caller.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::hosts::{HostSlot, host_of};
use super::refusal::Refusal;
use super::rewound::Rewound;

/// The most bytes a `CONNECT` head may have.
pub(super) const HEAD_LIMIT: usize = 16 * 1024;

/// The most characters a host name has; longer ones are not echoed.
const HOST_LIMIT: usize = 253;

const METHOD: &[u8] = b"CONNECT ";

const ESTABLISHED: &[u8] = b"HTTP/1.1 200 Connection Established\r\n\r\n";

/// What became of a connection that may have begun with `CONNECT`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// It is some other request, and still all there.
    NotConnect,
    /// The client has been told that the tunnel to this name is open.
    Open(HostSlot),
    /// The client has been told no; nothing more can follow.
    Refused,
}

/// Reads the head of a `CONNECT`, if it is one, and answers it.
pub(super) async fn open<S>(stream: &mut Rewound<S>) -> io::Result<Opening>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut searched = 0;
    loop {
        let ahead = stream.ahead();
        let known = ahead.len().min(METHOD.len());
        if ahead[..known] != METHOD[..known] {
            return Ok(Opening::NotConnect);
        }
        if let Some(length) = head_length(ahead, searched) {
            let asked = target(&ahead[..length.min(HEAD_LIMIT)]);
            stream.consume(length);
            return answer(stream, asked).await;
        }
        searched = ahead.len();
        if searched >= HEAD_LIMIT {
            return refuse(stream, &Refusal::HeadTooLarge(HEAD_LIMIT)).await;
        }
        if !stream.read_ahead().await? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

async fn answer<S>(stream: &mut Rewound<S>, asked: Result<String, Refusal>) -> io::Result<Opening>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let asked = asked.and_then(|host| HostSlot::of(&host).ok_or(Refusal::HostNotServed(host)));
    match asked {
        Ok(slot) => {
            stream.write_all(ESTABLISHED).await?;
            stream.flush().await?;
            Ok(Opening::Open(slot))
        }
        Err(refusal) => refuse(stream, &refusal).await,
    }
}

/// Says no and closes. What the client still sends is read for a moment: closing over unread bytes would make its
/// system throw the answer away.
async fn refuse<S>(stream: &mut Rewound<S>, refusal: &Refusal) -> io::Result<Opening>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    stream.write_all(&refusal.to_bytes()).await?;
    stream.shutdown().await?;
    let rest = &mut stream.take(64 * HEAD_LIMIT as u64);
    let mut nowhere = tokio::io::sink();
    let drained = tokio::io::copy(rest, &mut nowhere);
    // Whether it ends in time or not, the connection is closed now.
    let _ = timeout(Duration::from_secs(1), drained).await;
    Ok(Opening::Refused)
}

/// The length of a complete head. The first `searched` bytes are known not to contain its end.
fn head_length(bytes: &[u8], searched: usize) -> Option<usize> {
    let from = searched.saturating_sub(3);
    let rest = &bytes[from..];
    // A bare line feed ends a line too (RFC 9112, section 2.2).
    (0..rest.len()).filter(|at| rest[*at] == b'\n').find_map(|at| match rest.get(at + 1..) {
        Some([b'\n', ..]) => Some(from + at + 2),
        Some([b'\r', b'\n', ..]) => Some(from + at + 3),
        Some(_) | None => None,
    })
}

/// The host that a head asks for.
fn target(head: &[u8]) -> Result<String, Refusal> {
    let malformed = Refusal::Malformed;
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let line =
        std::str::from_utf8(line).map_err(|_| malformed("The CONNECT request is not text."))?.trim_end_matches('\r');
    let mut words = line.split(' ').skip(1);
    let (Some(authority), Some(version), None) = (words.next(), words.next(), words.next()) else {
        return Err(malformed("CONNECT is written 'CONNECT host:port HTTP/1.1'."));
    };
    if !matches!(version, "HTTP/1.0" | "HTTP/1.1") {
        return Err(malformed("CONNECT is understood in HTTP/1.0 and HTTP/1.1."));
    }
    let host = host_of(authority);
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
    if host.is_empty() || host.len() > HOST_LIMIT || !host.bytes().all(fits) {
        return Err(malformed("CONNECT names no host that could exist."));
    }
    Ok(host.to_owned())
}
