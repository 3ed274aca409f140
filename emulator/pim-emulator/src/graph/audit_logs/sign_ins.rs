//! `/auditLogs/signIns`: who signed in or tried to, out of the log of events.
//!
//! Interactive sign-ins of users, unless beta's `signInEventTypes` is asked about: then those of every sort.

mod record;

use super::{kept_since, may_read};
use crate::app::Tenant;
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::permission::READ_AUDIT_LOGS;
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::View;
use pim_core::model::{License, SignInEntry, SignInKind};
use record::SignInRecord;

pub(crate) use record::SignInResource;
use uuid::Uuid;

/// How many a page has, and has at most.
const PAGE_SIZE: u32 = 1000;

const COLLECTION: Context<'static> = Context::at("auditLogs/signIns");

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/auditLogs/signIns",
        versions: BOTH,
        permission: &READ_AUDIT_LOGS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/auditLogs/signIns/{id}",
        versions: BOTH,
        permission: &READ_AUDIT_LOGS,
        handler: get,
    },
];

/// Whether a caller may know who signed in when: to whoever may read the log, in the paid editions.
///
/// # Errors
/// Why not.
pub(crate) fn may_know(call: &Call<'_>, view: View<'_>) -> Result<(), GraphError> {
    call.require(view, &READ_AUDIT_LOGS)?;
    may_read(call, view)?;
    match view.tenant().map(|tenant| tenant.license) {
        Some(License::None) => Err(GraphError::NotPremium),
        Some(License::P1 | License::P2 | License::Governance) | None => Ok(()),
    }
}

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| may_know(call, view))?;
    let (query, is_ascending) = Query::<SignInResource>::in_order_of(call, PAGE_SIZE, "createdDateTime")?;
    let all_kinds = call.options()?.filter.is_some_and(|filter| filter.contains("signInEventTypes"));
    let since = kept_since(call.tenant);
    let is_shown = move |entry: &SignInEntry| entry.at >= since && (all_kinds || entry.kind == SignInKind::Interactive);
    Ok(query.answer(call, &COLLECTION, |after| rows(call.tenant, is_ascending, after, is_shown)))
}

/// The entries by their places. New ones come after all that were seen in either order, or before them all, so that they move no
/// page.
fn rows(
    tenant: &Tenant,
    is_ascending: bool,
    after: Option<u64>,
    is_shown: impl Fn(&SignInEntry) -> bool,
) -> impl Iterator<Item = (u64, SignInRecord)> {
    let count = tenant.log().sign_in_count() as u64;
    let place = move |number: u64| if is_ascending { number } else { count - 1 - number };
    let key = move |place: u64| if is_ascending { place } else { u64::MAX - place };
    (0..count)
        .map(place)
        .map(move |place| (key(place), place))
        .filter(move |(key, _)| after.is_none_or(|after| *key > after))
        .filter_map(|(key, place)| Some((key, tenant.log().sign_in(usize::try_from(place).ok()?)?)))
        .filter(move |(_, entry)| is_shown(entry))
        .map(|(key, entry)| (key, tenant.read(|view| SignInRecord::of(view, entry))))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| may_know(call, view))?;
    let wanted = Uuid::try_parse(call.key(0)).map_err(|_| GraphError::ResourceNotFound)?;
    let since = kept_since(call.tenant);
    let found = rows(call.tenant, false, None, |entry| entry.at >= since && entry.id == wanted).next();
    let (_, record) = found.ok_or(GraphError::ResourceNotFound)?;
    single::<SignInResource>(call, &COLLECTION, &record).map(Reply::Ok)
}
