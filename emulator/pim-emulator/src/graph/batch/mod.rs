//! `$batch`: up to twenty requests in one (LIM-8).
//!
//! A batch is read as a whole and refused as a whole where it makes no sense. After that every step is a request like any
//! other, with a trace and a status of its own, carried out with the caller of the whole; steps come one after the other, in
//! the order in which they stand. They are no transaction: what one has done stays, whatever becomes of the next.
//!
//! A step may only depend on steps before it, as the service has it, so that there is no circle that could be missed.

mod envelope;

use self::envelope::Step;
use super::call::Call;
use super::error::GraphError;
use super::json::Json;
use super::path::{self, Segment};
use super::permission::IN_BATCH;
use super::reply::Reply;
use super::router::{BOTH, Method, Operation};
use super::sent::{Around, Sent};
use super::service::{self, Asked, Place};
use super::staged;
use crate::app::traffic::{Began, End, Ended, Refusal, Surface, Visit};
use crate::app::{Access, real_now};
use axum::http::StatusCode;
use std::borrow::Cow;

pub(super) use envelope::BatchFault;

/// What can be done with it.
pub(crate) const OPERATIONS: &[Operation] =
    &[Operation { method: Method::Post, path: "/$batch", versions: BOTH, permission: &IN_BATCH, handler: carry_out }];

fn carry_out(call: &Call<'_>) -> Result<Reply, GraphError> {
    let steps = envelope::steps(call)?;
    let bodies = call.tenant.read(|view| view.behaviour().batch_text_bodies);
    let mut json = Json::with_capacity(steps.len() * 1024);
    let mut failed = Vec::with_capacity(steps.len());
    json.open();
    json.key("responses");
    json.raw("[");
    for step in &steps {
        let mut around = Around::of(&step.headers);
        let result = match step.depends_on.iter().any(|place| failed.get(*place) == Some(&true)) {
            true => Err(GraphError::FailedDependency),
            false => meet(call, step, &mut around),
        };
        let sent = match result {
            Ok(sent) => sent,
            Err(error) => Sent::of(Err(error), &around, || call.origin.clone()),
        };
        failed.push(sent.status.is_client_error() || sent.status.is_server_error());
        json.next();
        sent.write_step(&step.id, &around, bodies, &mut json);
    }
    json.raw("]");
    json.close();
    Ok(Reply::Ok(json.into_bytes()))
}

/// What comes of one step: like a request of its own it meets whatever the tenant has between itself and its callers. What
/// would hold it back holds back the whole batch, and where a connection would be dropped the step alone is lost.
fn meet(call: &Call<'_>, step: &Step, around: &mut Around) -> Result<Sent, GraphError> {
    let path = format!("/{}/{}", call.version.segment(), step.path().trim_start_matches('/'));
    let named = step.method.and_then(|method| axum::http::Method::from_bytes(method.name().as_bytes()).ok());
    let method = named.unwrap_or(axum::http::Method::OPTIONS);
    let visit = Visit {
        began: Began::in_tenant(call.tenant),
        surface: Surface::Graph,
        method: &method,
        path: &path,
        query: step.query(),
        headers: &step.headers,
        principal: Some(call.token.caller.id()),
        application: Some(call.token.app_id),
        is_device_poll: false,
    };
    let traffic = call.tenant.traffic();
    let course = traffic.meet(&visit);
    call.delay.set(call.delay.get() + course.delay);
    let (sent, error) = match &course.end {
        End::CarriedOut(fate) => {
            let access = Access::new(call.tenant, fate);
            let result = answer(call, &access, step, around);
            let error = result.as_ref().err().map(|error| Cow::Borrowed(error.answer().code));
            (Sent::of(result, around, || call.origin.clone()), error)
        }
        End::Refused(refusal, _) => {
            let sent = staged::sent(refusal, call.token, around, real_now(), &call.origin);
            (sent, Some(Cow::Owned(staged::code(refusal))))
        }
        End::Dropped => {
            let lost = Refusal::of(StatusCode::GATEWAY_TIMEOUT);
            (staged::sent(&lost, call.token, around, real_now(), &call.origin), Some(Cow::Owned(staged::code(&lost))))
        }
    };
    let body = step.payload.as_deref().unwrap_or_default();
    traffic.note(
        &visit,
        &course,
        &Ended { status: Some(sent.status), error: error.as_deref(), request_id: around.id, body },
    );
    Ok(sent)
}

/// What one step is answered.
fn answer(call: &Call<'_>, tenant: &Access<'_>, step: &Step, around: &mut Around) -> Result<Reply, GraphError> {
    let segments = path::segments(step.path()).ok_or_else(|| GraphError::UnknownSegment(step.path().to_owned()))?;
    if matches!(segments.as_slice(), [Segment::Plain(only)] if only.eq_ignore_ascii_case("$batch")) {
        return Err(GraphError::Batch(BatchFault::Nested));
    }
    let asked = Asked {
        method: step.method,
        segments: &segments,
        query: step.query(),
        headers: &step.headers,
        payload: step.payload.as_ref().map_err(Clone::clone)?,
    };
    service::carry_out(&Place { tenant, ..call.place() }, &asked, around)
}
