//! Properties with properties: `schedule`, `status`, and one that has none.

use crate::graph::json::{Json, Property, Word};
use pim_core::model::{Action, AskedExpiration, AskedSchedule};
use pim_core::time::{Instant, Length};
use pim_odata::Value;
use serde::Serialize;
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// `microsoft.graph.governanceSchedule`.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GovernanceSchedule<'a> {
    #[serde(rename = "type")]
    kind: Word,
    start_date_time: Option<Instant>,
    end_date_time: Option<Instant>,
    duration: Option<Length>,
    #[serde(skip)]
    lifetime: PhantomData<&'a ()>,
}

/// `microsoft.graph.governanceRoleAssignmentRequestStatus`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestStatus<'a> {
    pub(super) status: Word,
    sub_status: Word,
    status_details: Vec<Verdict<'a>>,
}

/// What a rule says of a request.
#[derive(Clone, Copy, Debug, Serialize)]
struct Verdict<'a> {
    key: Word,
    value: Word,
    #[serde(skip)]
    lifetime: PhantomData<&'a ()>,
}

crate::complex! {
    GovernanceSchedule {
        kind / "type", start_date_time / "startDateTime", end_date_time / "endDateTime", duration / "duration",
    }
    RequestStatus { status / "status", sub_status / "subStatus", status_details / "statusDetails" }
    Verdict { key / "key", value / "value" }
}

impl GovernanceSchedule<'_> {
    /// What was asked.
    pub(super) fn of(asked: &AskedSchedule) -> Self {
        let (end_date_time, duration) = match asked.expiration {
            AskedExpiration::NotSpecified | AskedExpiration::NoExpiration => (None, None),
            AskedExpiration::AfterDateTime(end) => (Some(end), None),
            AskedExpiration::AfterDuration(length) => (None, Some(length)),
        };
        Self { kind: Word("Once"), start_date_time: asked.start, end_date_time, duration, lifetime: PhantomData }
    }
}

/// The rules that look at what somebody asks for oneself, and at what an administrator does (REQ-19).
const OF_HOLDERS: [&str; 6] =
    ["EligibilityRule", "ExpirationRule", "MfaRule", "JustificationRule", "ActivationDayRule", "ApprovalRule"];
const OF_ADMINISTRATORS: [&str; 4] = ["AdminRequestRule", "ExpirationRule", "MfaRule", "JustificationRule"];

impl RequestStatus<'_> {
    /// How far a request has come. What a rule would not grant is refused, and never a request.
    pub(super) fn of(action: Action, sub_status: Word, is_closed: bool) -> Self {
        let rules: &[_] = if action.is_self_service() { &OF_HOLDERS } else { &OF_ADMINISTRATORS };
        let verdict = |rule: &&'static str| Verdict { key: Word(rule), value: Word("Grant"), lifetime: PhantomData };
        Self {
            status: Word(if is_closed { "Closed" } else { "InProgress" }),
            sub_status,
            status_details: rules.iter().map(verdict).collect(),
        }
    }
}

/// An object with nothing in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Empty;

impl Serialize for Empty {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        BTreeMap::<&str, &str>::new().serialize(serializer)
    }
}

impl<'a> Property<'a> for Empty {
    fn write(&self, json: &mut Json) {
        json.raw("{}");
    }

    fn value(self) -> Value<'a> {
        Value::Null
    }
}
