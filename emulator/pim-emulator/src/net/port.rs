//! The listening socket and what becomes of each connection.
//!
//! A connection is first *received*: told apart by its first byte, its handshake done, its tunnel opened, all
//! within [`Patience::reception`]. Then it is *served* by hyper until the client leaves. It is on probation until its first
//! request is complete, for which it has the same time once more; afterwards an idle connection may stay, as may one
//! that stalls in a later request: both hold one socket and one buffer.
//!
//! Plain HTTP goes from the socket to hyper with nothing in between. The first byte is peeked at, not read.
//!
//! When told to stop, the port accepts nothing more, lets running requests end for [`Patience::grace`], and returns.
//!
//! Deliberately absent: logging. A handshake that fails because the client does not trust the authority is the
//! client's to report; only the client knows why.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use rustls::ServerConfig;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::select;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::authority::CertificateAuthority;
use super::gate::{Gate, Routes};
use super::leaf::{Leaves, TlsConfigs};
use super::origin::{Arrival, Scheme};
use super::rewound::{AnyStream, Rewound};
use super::tunnel::{self, Opening};

/// How long the port waits for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// How long a client may take until it is clear what it wants, and again until its first request is complete.
    pub reception: Duration,
    /// How long running requests may go on once the port is told to stop.
    pub grace: Duration,
}

impl Default for Patience {
    /// Ten seconds and five.
    fn default() -> Self {
        Self { reception: Duration::from_secs(10), grace: Duration::from_secs(5) }
    }
}

/// The first byte of every TLS handshake: the record type.
const TLS_HANDSHAKE: u8 = 0x16;

/// Serves `service` on `listener` until `shutdown` resolves, and then until running requests have ended or five
/// seconds have passed. Fails only before the first connection.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    authority: Arc<CertificateAuthority>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    serve_with(listener, service, authority, Patience::default(), shutdown).await
}

/// As [`serve`], with another patience.
pub async fn serve_with(
    listener: TcpListener,
    service: Router,
    authority: Arc<CertificateAuthority>,
    patience: Patience,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let local = listener.local_addr()?;
    let port = Arc::new(Port {
        routes: Routes::new(service),
        tls: TlsConfigs::new(Leaves::new(authority, local)).map_err(io::Error::other)?,
        http: auto::Builder::new(TokioExecutor::new()),
        patience,
    });
    let (stop, stopping) = watch::channel(false);
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = select! {
            biased;
            () = shutdown.as_mut() => break,
            accepted = accept(&listener) => accepted,
        };
        tokio::spawn(Arc::clone(&port).handle(accepted, stopping.clone()));
    }
    drop(listener);
    drop(stopping);
    stop.send_replace(true);
    // Each connection ends itself in time; the limit here is for one that cannot.
    let _ = timeout(patience.grace + Duration::from_secs(1), stop.closed()).await;
    Ok(())
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) if concerns_one_client(&error) => {}
            // Most likely out of file descriptors: wait until some are free again.
            Err(_) => sleep(Duration::from_millis(200)).await,
        }
    }
}

fn concerns_one_client(error: &io::Error) -> bool {
    [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionRefused, io::ErrorKind::ConnectionReset]
        .contains(&error.kind())
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the port is gone, which is a stop as well.
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// What all connections share.
struct Port {
    routes: Routes,
    tls: TlsConfigs,
    http: auto::Builder<TokioExecutor>,
    patience: Patience,
}

/// A connection of which the next thing is a request.
enum Received {
    Plain(TcpStream),
    Other(AnyStream, Scheme),
}

impl Port {
    async fn handle(self: Arc<Self>, stream: TcpStream, mut stopping: watch::Receiver<bool>) {
        // Without it small answers can wait for the client's acknowledgement; failing to set it harms nobody.
        let _ = stream.set_nodelay(true);
        let (Ok(local), Ok(peer)) = (stream.local_addr(), stream.peer_addr()) else {
            return;
        };
        let arrival = |scheme| Arrival { scheme, local, peer };
        let received = select! {
            biased;
            received = timeout(self.patience.reception, self.receive(stream)) => received,
            () = stopped(&mut stopping) => return,
        };
        match received {
            Ok(Ok(Some(Received::Plain(stream)))) => {
                self.serve(stream, arrival(Scheme::Http), stopping).await;
            }
            Ok(Ok(Some(Received::Other(stream, scheme)))) => {
                self.serve(stream, arrival(scheme), stopping).await;
            }
            // Refused, broken or too slow: in each case there is nobody left to talk to.
            Ok(Ok(None) | Err(_)) | Err(_) => {}
        }
    }

    /// Tells what a connection is and does what must precede its first request. Nothing if it has ended.
    async fn receive(&self, stream: TcpStream) -> io::Result<Option<Received>> {
        let mut first = [0];
        if stream.peek(&mut first).await? == 0 {
            return Ok(None);
        }
        match first[0] {
            TLS_HANDSHAKE => {
                let secure = handshake(self.tls.direct(), stream).await?;
                self.receive_secure(secure).await
            }
            b'C' => self.receive_connect(Box::new(stream), Scheme::Http).await,
            _ => Ok(Some(Received::Plain(stream))),
        }
    }

    /// The same inside TLS: a client may well speak TLS to its proxy.
    async fn receive_secure(&self, mut stream: TlsStream<TcpStream>) -> io::Result<Option<Received>> {
        let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        if !is_http2 {
            match stream.fill_buf().await?.first() {
                None => return Ok(None),
                Some(b'C') => {
                    return self.receive_connect(Box::new(stream), Scheme::Https).await;
                }
                Some(_) => {}
            }
        }
        Ok(Some(Received::Other(Box::new(stream), Scheme::Https)))
    }

    /// What begins like `CONNECT`, and if it is one, what comes out of the tunnel.
    async fn receive_connect(&self, stream: AnyStream, scheme: Scheme) -> io::Result<Option<Received>> {
        let mut stream = Rewound::new(stream);
        let slot = match tunnel::open(&mut stream).await? {
            Opening::NotConnect => return Ok(Some(Received::Other(Box::new(stream), scheme))),
            Opening::Refused => return Ok(None),
            Opening::Open(slot) => slot,
        };
        match stream.first_byte().await? {
            None => Ok(None),
            Some(TLS_HANDSHAKE) => {
                let secure = handshake(self.tls.of(slot), stream).await?;
                Ok(Some(Received::Other(Box::new(secure), Scheme::Https)))
            }
            Some(_) => Ok(Some(Received::Other(Box::new(stream), Scheme::Http))),
        }
    }

    /// Speaks HTTP until the client leaves, its first request is overdue, or the port stops.
    async fn serve<S>(&self, stream: S, arrival: Arrival, mut stopping: watch::Receiver<bool>)
    where
        S: AsyncRead + AsyncWrite + Unpin + 'static,
    {
        let gate = Gate::new(&self.routes, arrival);
        let mut connection = pin!(self.http.serve_connection(TokioIo::new(stream), &gate));
        let mut probation = pin!(sleep(self.patience.reception));
        let mut on_probation = true;
        loop {
            select! {
                biased;
                // How a connection ends concerns nobody but its client.
                _ = connection.as_mut() => return,
                () = probation.as_mut(), if on_probation => {
                    if !gate.is_used() {
                        return;
                    }
                    on_probation = false;
                }
                () = stopped(&mut stopping) => break,
            }
        }
        connection.as_mut().graceful_shutdown();
        let _ = timeout(self.patience.grace, connection).await;
    }
}

async fn handshake<S>(config: Arc<ServerConfig>, stream: S) -> io::Result<TlsStream<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    TlsAcceptor::from(config).accept(stream).await
}
