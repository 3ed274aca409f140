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
use super::service::{self, Asked};

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
            false => answer(call, step, &mut around),
        };
        let sent = Sent::of(result, &around, || call.origin.clone());
        failed.push(sent.status.is_client_error() || sent.status.is_server_error());
        json.next();
        sent.write_step(&step.id, &around, bodies, &mut json);
    }
    json.raw("]");
    json.close();
    Ok(Reply::Ok(json.into_bytes()))
}

/// What one step is answered.
fn answer(call: &Call<'_>, step: &Step, around: &mut Around) -> Result<Reply, GraphError> {
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
    service::carry_out(&call.place(), &asked, around)
}
