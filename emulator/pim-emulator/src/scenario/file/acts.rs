//! What somebody does, key by key.

use crate::app::world::{about_something, instant, length};
use pim_core::model::GroupAccess;
use pim_core::time::{Instant, Length};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

about_something! {
    /// A request to PIM.
    pub struct RequestEntry {
        /// Whom it is about; whoever acts when left out.
        pub principal: Option<String>,
        /// The reason.
        pub because: Option<String>,
        /// The number of a ticket.
        pub ticket: Option<String>,
        /// The system that the ticket is in.
        pub ticket_system: Option<String>,
        /// When it begins; at once when left out.
        #[serde(default, deserialize_with = "instant")]
        #[schema(value_type = Option<String>, format = DateTime)]
        pub start: Option<Instant>,
        /// How long it lasts.
        #[serde(rename = "for", default, deserialize_with = "length")]
        #[schema(value_type = Option<String>, example = "PT2H")]
        pub duration: Option<Length>,
        /// When it ends, instead of how long it lasts.
        #[serde(default, deserialize_with = "instant")]
        #[schema(value_type = Option<String>, format = DateTime)]
        pub end: Option<Instant>,
        /// Whether it has no end.
        #[serde(default)]
        pub permanent: bool,
        /// Whether it is only tried out.
        #[serde(default)]
        pub dry_run: bool,
    }
}

/// A decision on an activation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DecisionEntry {
    /// The request, by the name that its step gave it.
    pub request: String,
    /// The reason.
    pub because: Option<String>,
}

/// Somebody in a group.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MembershipEntry {
    /// The group, by name.
    pub group: String,
    /// The user, group or application, by name.
    pub principal: String,
    /// `member` (when left out) or `owner`.
    #[schema(value_type = Option<String>, example = "member")]
    pub access: Option<GroupAccess>,
}

/// A call of any route. In the path and in the texts of the body `{alice}` stands for the id of what is called so, and
/// `{request:NAME}` for that of a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CallEntry {
    /// The method; GET when left out.
    pub method: Option<String>,
    /// The path with its query: `/v1.0/…` or `/beta/…` of Microsoft Graph, everything else of Azure.
    pub path: String,
    /// The body.
    #[schema(value_type = Option<Object>)]
    pub body: Option<Value>,
    /// The HTTP status of the answer; any below 300 when left out.
    pub http: Option<u16>,
    /// What the answer has in it: every member that is written here, with that value.
    #[schema(value_type = Option<Object>)]
    pub answers: Option<Value>,
    /// How many items the list in the answer has.
    pub count: Option<usize>,
    /// The name by which later steps know the object that the answer shows.
    pub remember: Option<String>,
}
