//! `/auditLogs/directoryAudits`.
//!
//! Records are made of events one page at a time, from the newest on or from the oldest; limits on `activityDateTime` say
//! where the search begins and ends. However long it takes, nobody else waits for it.

use super::{kept_since, may_read};
use crate::app::Tenant;
use crate::app::audit::{AuditRecord, Direction, Key, TargetResource, records};
use crate::graph::call::Call;
use crate::graph::collection::{Context, Query, single};
use crate::graph::error::GraphError;
use crate::graph::expand::{Navigation, Related};
use crate::graph::json::{Json, Property, Word, Written};
use crate::graph::permission::READ_AUDIT_LOGS;
use crate::graph::reply::Reply;
use crate::graph::router::{BOTH, Method, Operation};
use pim_core::time::Instant;
use pim_odata::{Complex, Item, Kind, Member, Value};
use serde::Serialize;
use uuid::Uuid;

/// How many records a page has, and has at most.
const PAGE_SIZE: u32 = 1000;

const COLLECTION: Context<'static> = Context::at("auditLogs/directoryAudits");

/// What `targetResources/any(…)` may ask about.
const TARGET_RESOURCE: Complex = Complex {
    name: "microsoft.graph.targetResource",
    members: &[
        Member { name: "id", kind: Kind::String },
        Member { name: "displayName", kind: Kind::String },
        Member { name: "type", kind: Kind::String },
        Member { name: "userPrincipalName", kind: Kind::String },
    ],
};

crate::entity! {
    /// A record of the audit log.
    DirectoryAuditResource(AuditRecord) = "directoryAudit" {
        "id": string = |it| it.id.as_str();
        "category": string = |it| Word(it.category.name());
        "correlationId": string = |it| it.correlation_id;
        "result": string = |it| Word(it.result.name());
        "resultReason": string = |it| it.result_reason.as_deref();
        "activityDisplayName": string = |it| it.activity_display_name.as_str();
        "activityDateTime": instant = |it| it.activity_date_time;
        "loggedByService": string = |it| Word(it.logged_by_service.name());
        "operationType": string = |it| Word(it.operation_type.name());
        "initiatedBy": opaque = |it| Written(&it.initiated_by);
        "targetResources": each(TARGET_RESOURCE) = |it| Targets(&it.target_resources);
        "additionalDetails": opaque = |it| Written(&it.additional_details);
        paths {
            "initiatedBy/user/id": string = |it| it.initiated_by.user.as_ref().map(|user| user.id);
            "initiatedBy/user/displayName": string =
                |it| it.initiated_by.user.as_ref().and_then(|user| user.display_name.as_deref());
            "initiatedBy/user/userPrincipalName": string =
                |it| it.initiated_by.user.as_ref().and_then(|user| user.user_principal_name.as_deref());
            "initiatedBy/app/appId": string = |it| it.initiated_by.app.as_ref().and_then(|app| app.app_id);
            "initiatedBy/app/displayName": string =
                |it| it.initiated_by.app.as_ref().and_then(|app| app.display_name.as_deref());
            "initiatedBy/app/servicePrincipalId": string =
                |it| it.initiated_by.app.as_ref().map(|app| app.service_principal_id);
        }
    }
    navigations []
}

/// The targets of a record.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(transparent)]
struct Targets<'a>(&'a [TargetResource]);

impl<'a> Property<'a> for Targets<'a> {
    fn write(&self, json: &mut Json) {
        json.value(&self.0);
    }

    fn value(self) -> Value<'a> {
        let text = |text: Option<&'a String>| Value::optional(text, |text| Value::text(text));
        let item = |it: &'a TargetResource| {
            Item::Complex(vec![
                ("id", Value::optional(it.id, |id: Uuid| Value::Guid(id))),
                ("displayName", text(it.display_name.as_ref())),
                ("type", Value::Member(it.kind)),
                ("userPrincipalName", text(it.user_principal_name.as_ref())),
            ])
        };
        Value::Collection(self.0.iter().map(item).collect())
    }
}

impl Related for AuditRecord {
    fn write_related(&self, _: &Navigation, json: &mut Json) {
        json.raw("null");
    }
}

/// What can be done with them.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: Method::Get,
        path: "/auditLogs/directoryAudits",
        versions: BOTH,
        permission: &READ_AUDIT_LOGS,
        handler: list,
    },
    Operation {
        method: Method::Get,
        path: "/auditLogs/directoryAudits/{id}",
        versions: BOTH,
        permission: &READ_AUDIT_LOGS,
        handler: get,
    },
];

fn list(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| may_read(call, view))?;
    let (query, is_ascending) = Query::<DirectoryAuditResource>::in_order_of(call, PAGE_SIZE, "activityDateTime")?;
    let (from, until) = query.pager().instants("activityDateTime");
    let from = from.map_or(Instant::FIRST, Instant::from_milliseconds).max(kept_since(call.tenant));
    let until = until.map_or(Instant::LAST, Instant::from_milliseconds);
    let order = if is_ascending { Direction::OldestFirst } else { Direction::NewestFirst };
    Ok(query.answer(call, &COLLECTION, |after| rows(call.tenant, (from, until), order, after)))
}

/// The records by their places. New ones come after all that were seen in either order, or before them all, so that they
/// move no page.
fn rows(
    tenant: &Tenant,
    between: (Instant, Instant),
    order: Direction,
    after: Option<u64>,
) -> impl Iterator<Item = (u64, AuditRecord)> {
    let beyond = after.map(|place| Key::at(place, order));
    records(tenant, between, order, beyond).map(move |record| (record.key.place(order), record))
}

fn get(call: &Call<'_>) -> Result<Reply, GraphError> {
    call.tenant.read(|view| may_read(call, view))?;
    let record = call
        .tenant
        .audit(|audit| audit.find(call.key(0)).filter(|record| record.activity_date_time >= audit.kept_since()));
    single::<DirectoryAuditResource>(call, &COLLECTION, &record.ok_or(GraphError::ResourceNotFound)?).map(Reply::Ok)
}
