//! `GET /_emulator/tenants/{tid}/events/stream`: what happens in a tenant, while it happens, as server-sent events.
//!
//! Time passes in a tenant only when somebody looks. So whoever listens to a clock that runs by itself looks whenever the next
//! event is due; nothing of that goes on while nobody listens.

use super::Handle;
use super::body::{QueryOf, TenantAt};
use super::event_json;
use super::openapi::{Routes, endpoint};
use super::problem::ProblemDetails;
use crate::app::{App, Tenant};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use pim_core::TenantId;
use serde::Deserialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// How many events are fetched from the log at once.
const CHUNK: usize = 256;

/// Where to begin.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StreamFrom {
    /// After the event with this number.
    after: Option<u64>,
}

/// What happens in the tenant, as it happens. Each message has the event's number as its id, the event's type as its event
/// and the event as its data. The stream ends when the tenant is removed; it goes on over a reset.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/events/stream", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain."),
        ("after" = Option<u64>, Query, description = "Begin after the event with this number; with the next one that happens \
            when left out. A listener that reconnects says it in Last-Event-ID instead.")),
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 400, body = ProblemDetails),
        (status = 404, body = ProblemDetails),
    ),
)]
async fn stream_events(
    State(control): State<Handle>,
    TenantAt(tenant): TenantAt,
    QueryOf(from): QueryOf<StreamFrom>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let heard = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let after = heard.or(from.after).unwrap_or_else(|| tenant.log().last());
    let listener = Listener {
        app: Arc::clone(&control.app),
        id: tenant.id(),
        news: tenant.log().watch(),
        tenant: Arc::downgrade(&tenant),
        after,
        fetched: VecDeque::new(),
    };
    drop(tenant);
    let stream = unfold(listener, |mut listener| async { listener.next().await.map(|event| (Ok(event), listener)) });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// Somebody who listens. Holds no tenant while waiting, so that one that was removed goes away.
struct Listener {
    app: Arc<App>,
    id: TenantId,
    tenant: Weak<Tenant>,
    news: watch::Receiver<u64>,
    after: u64,
    fetched: VecDeque<Event>,
}

impl Listener {
    /// The next event; none when the tenant is gone.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.fetched.pop_front() {
                return Some(event);
            }
            let sleep = match self.tenant.upgrade() {
                Some(tenant) => {
                    self.news.mark_unchanged();
                    self.fetch(&tenant);
                    tenant.until_due()
                }
                None => {
                    self.follow()?;
                    continue;
                }
            };
            if self.fetched.is_empty() {
                self.wait(sleep).await;
            }
        }
    }

    /// Lets everything happen that is due, and fetches what is new.
    fn fetch(&mut self, tenant: &Tenant) {
        tenant.read(|_| ());
        for (number, recorded) in tenant.log().after(self.after, CHUNK) {
            self.after = number;
            let answer = event_json::answer(tenant, number, &recorded);
            let event = Event::default().id(number.to_string()).event(recorded.event.name());
            // Such an answer can always be written.
            self.fetched.extend(event.json_data(answer));
        }
    }

    /// Listens to the tenant that took the place of the one that is gone; none when there is none.
    fn follow(&mut self) -> Option<()> {
        let tenant = self.app.tenant(self.id)?;
        self.news = tenant.log().watch();
        self.tenant = Arc::downgrade(&tenant);
        self.after = tenant.log().first() - 1;
        Some(())
    }

    /// Waits until there is something new, the tenant is gone, or the time is up.
    async fn wait(&mut self, sleep: Duration) {
        // An error says that the tenant is gone, which is found out next.
        let _ = tokio::time::timeout(sleep, self.news.changed()).await;
    }
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(stream_events))
}
