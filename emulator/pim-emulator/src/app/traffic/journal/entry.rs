//! An entry of the journal: packed, and as it is read.

use crate::app::event_log::Behind;
use crate::app::traffic::{Hardship, PlainPath, Surface, masked};
use pim_core::time::Instant;
use pim_core::{ClientId, PrincipalId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An entry as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Packed<'a> {
    pub(super) at: i64,
    pub(super) tenant_at: i64,
    pub(super) microseconds: u32,
    pub(super) surface: Surface,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    /// 0 where the connection was closed instead.
    pub(super) status: u16,
    pub(super) error: Option<&'a str>,
    pub(super) principal: Option<[u8; 16]>,
    pub(super) application: Option<[u8; 16]>,
    pub(super) user_agent: Option<&'a str>,
    pub(super) client_request_id: Option<&'a str>,
    pub(super) request_id: [u8; 16],
    pub(super) content_type: Option<&'a str>,
    pub(super) body: &'a [u8],
    pub(super) is_cut: bool,
    /// The places of the faults that applied.
    pub(super) faults: &'a [u8],
    /// What was felt of a hostile tenant.
    pub(super) felt: u16,
}

impl<'a> Packed<'a> {
    /// Packs it behind what is there.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let start = bytes.len();
        // Writing to memory cannot fail; should it ever, the entry is empty and reading skips it.
        if postcard::serialize_with_flavor(self, Behind(bytes)).is_err() {
            bytes.truncate(start);
        }
    }

    /// Reads it.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// Who called.
    pub(super) fn principal(&self) -> Option<PrincipalId> {
        self.principal.map(|bytes| PrincipalId(Uuid::from_bytes(bytes)))
    }
}

/// An entry as it is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Noted {
    /// Its number.
    pub number: u64,
    /// When the request came, in real time.
    pub at: Instant,
    /// The same in the tenant's time.
    pub tenant_at: Instant,
    /// How long it took, in microseconds of real time.
    pub microseconds: u32,
    /// The part of the emulator that it was for.
    pub surface: Surface,
    /// The method.
    pub method: String,
    /// The path as it was written.
    pub path: String,
    /// The path as it was read.
    pub read_as: String,
    /// The query as it was written, without secrets.
    pub query: String,
    /// The status; none where the connection was closed instead.
    pub status: Option<u16>,
    /// The code of the error that was answered.
    pub error: Option<String>,
    /// Who called.
    pub principal: Option<PrincipalId>,
    /// The client.
    pub application: Option<ClientId>,
    /// What the client calls itself.
    pub user_agent: Option<String>,
    /// What the client called the request.
    pub client_request_id: Option<String>,
    /// What the answer called it.
    pub request_id: Uuid,
    /// The body of what may change something, without secrets, and whether it was longer than that.
    pub body: Option<(String, bool)>,
    /// The faults that applied, by their place in the list of then.
    pub faults: Vec<u8>,
    /// What it felt of a hostile tenant.
    pub hardships: Vec<Hardship>,
}

impl Noted {
    pub(super) fn of(number: u64, packed: &Packed<'_>) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let form = Some("application/x-www-form-urlencoded");
        Self {
            number,
            at: Instant::from_milliseconds(packed.at),
            tenant_at: Instant::from_milliseconds(packed.tenant_at),
            microseconds: packed.microseconds,
            surface: packed.surface,
            method: packed.method.to_owned(),
            path: packed.path.to_owned(),
            read_as: PlainPath::of(packed.surface, packed.path).to_string(),
            query: masked(packed.query.as_bytes(), form),
            status: (packed.status != 0).then_some(packed.status),
            error: owned(packed.error),
            principal: packed.principal(),
            application: packed.application.map(|bytes| ClientId(Uuid::from_bytes(bytes))),
            user_agent: owned(packed.user_agent),
            client_request_id: owned(packed.client_request_id),
            request_id: Uuid::from_bytes(packed.request_id),
            body: (!packed.body.is_empty()).then(|| (masked(packed.body, packed.content_type), packed.is_cut)),
            faults: packed.faults.to_vec(),
            hardships: Hardship::of(packed.felt).collect(),
        }
    }
}
