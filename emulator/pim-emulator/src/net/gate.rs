//! What stands between a connection and the router: one short look at each request.
//!
//! A plain HTTP `GET` with a path and a `Host` passes untouched, which is nearly all of them; nothing is
//! allocated and nothing inserted. The rest is looked at more closely: requests in absolute form, as a proxy gets
//! them, must name a served host.
//!
//! Deliberately absent: a check of the `Host` header. The emulator may be reached by the name of a container, and
//! which surface a name implies is the router's business.

use std::convert::Infallible;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, Version, header};
use futures_util::FutureExt as _;
use futures_util::future::Map;
use hyper::body::Incoming;
use tower::Service as _;

use super::dropped::Dropped;
use super::hosts::HostSlot;
use super::origin::{Arrival, Scheme};
use super::refusal;

/// The two ways a request can go.
#[derive(Clone)]
pub(super) struct Routes {
    served: Router,
    /// Answers everything with a refusal. A router as well, so that both ways have the same future.
    refused: Router,
}

impl Routes {
    pub(super) fn new(served: Router) -> Self {
        // With the state given now, the routes are not converted anew for each request.
        let ready = |router: Router| router.with_state(());
        Self { served: ready(served), refused: ready(Router::new().fallback(refusal::answer)) }
    }
}

/// The gate of one connection.
pub(super) struct Gate<'a> {
    routes: &'a Routes,
    arrival: Arrival,
    /// Whether a request has come through. Until then the connection is on probation.
    used: AtomicBool,
}

impl<'a> Gate<'a> {
    pub(super) fn new(routes: &'a Routes, arrival: Arrival) -> Self {
        Self { routes, arrival, used: AtomicBool::new(false) }
    }

    pub(super) fn is_used(&self) -> bool {
        self.used.load(Ordering::Relaxed)
    }
}

impl hyper::service::Service<Request<Incoming>> for Gate<'_> {
    type Response = Response<Body>;
    type Error = Closed;
    type Future = Map<<Router as tower::Service<Request<Incoming>>>::Future, Pass>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        self.used.store(true, Ordering::Relaxed);
        let names_authority = request.uri().authority().is_some();
        let names_host = names_authority || request.headers().contains_key(header::HOST);
        if self.arrival.scheme == Scheme::Https || !names_host || request.method() != Method::GET {
            request.extensions_mut().insert(self.arrival);
        }
        let refused = names_authority && !may_pass(&request);
        let mut router = if refused { self.routes.refused.clone() } else { self.routes.served.clone() };
        router.call(request).map(pass as Pass)
    }
}

/// What becomes of a response on its way out.
type Pass = fn(Result<Response<Body>, Infallible>) -> Result<Response<Body>, Closed>;

/// A response that must not be sent. Hyper closes the connection for it; over HTTP/2 it ends the stream alone, since other
/// requests of the connection may be about other tenants.
#[derive(Debug)]
pub(super) struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the connection is to be closed without an answer")
    }
}

impl std::error::Error for Closed {}

fn pass(answered: Result<Response<Body>, Infallible>) -> Result<Response<Body>, Closed> {
    let response = answered.unwrap_or_else(|never| match never {});
    if Dropped::is(&response) { Err(Closed) } else { Ok(response) }
}

/// Whether a request that names an authority in its target is one for us. In HTTP/2 every request does, and the
/// name means no more than a `Host` header.
fn may_pass<B>(request: &Request<B>) -> bool {
    let uri = request.uri();
    if request.method() == Method::CONNECT {
        return false;
    }
    request.version() >= Version::HTTP_2
        || (uri.scheme().is_some() && uri.host().is_some_and(|host| HostSlot::of(host).is_some()))
}
