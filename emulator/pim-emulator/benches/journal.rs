//! What it costs that a request is noted: everything that lies between a tenant and its callers while nobody disturbs it.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use divan::{Bencher, black_box};
use pim_core::{ClientId, PrincipalId};
use pim_emulator::app::Tenant;
use pim_emulator::app::event_log::EventLog;
use pim_emulator::app::traffic::{Began, Course, Ended, Surface, Visit};
use pim_emulator::app::world::{self, Source};
use uuid::Uuid;

fn main() {
    divan::main();
}

fn tenant() -> Tenant {
    let source = Source::file("world", "world: {}");
    world::tenant(source, Some(1), EventLog::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn headers() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::USER_AGENT, HeaderValue::from_static("python-httpx/0.28.1"));
    headers.insert("client-request-id", HeaderValue::from_static("7f1d2a10-0c3e-4b57-9a51-2d4b6c8e0f11"));
    headers
}

fn visit<'a>(tenant: &Tenant, headers: &'a HeaderMap) -> Visit<'a> {
    Visit {
        began: Began::in_tenant(tenant),
        surface: Surface::Graph,
        method: &Method::GET,
        path: "/v1.0/roleManagement/directory/roleAssignmentSchedules/7f1d2a10-0c3e-4b57-9a51-2d4b6c8e0f11",
        query: "$select=id,principalId",
        headers,
        principal: Some(PrincipalId(Uuid::from_u128(1))),
        application: Some(ClientId(Uuid::from_u128(2))),
        is_device_poll: false,
    }
}

/// From the first look to the entry in the journal.
#[divan::bench(threads = [1, 2])]
fn a_read(bencher: Bencher<'_, '_>) {
    let (tenant, headers) = (tenant(), headers());
    bencher.bench(|| {
        let visit = visit(&tenant, &headers);
        let course = tenant.traffic().meet(black_box(&visit));
        let ended = Ended { status: Some(StatusCode::OK), error: None, request_id: Uuid::from_u128(3), body: b"" };
        tenant.traffic().note(&visit, &course, black_box(&ended));
    });
}

/// Nothing but the clocks.
#[divan::bench]
fn the_clocks(bencher: Bencher<'_, '_>) {
    let (tenant, headers) = (tenant(), headers());
    bencher.bench(|| visit(black_box(&tenant), &headers));
}

/// A request whose course is the usual one.
#[divan::bench]
fn a_usual_course() -> Course {
    Course::default()
}
