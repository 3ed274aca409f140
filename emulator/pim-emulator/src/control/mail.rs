//! `GET /_emulator/tenants/{tid}/mail`: who was told of what.

use super::body::{QueryOf, TenantAt};
use super::openapi::{Routes, endpoint};
use super::problem::{Problem, ProblemDetails};
use crate::app::mail::{Filter, Letter, Outbox};
use axum::Json;
use pim_core::model::{MailClass, RuleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How many mails are answered at once, at most.
const MOST: usize = 1000;

/// Which mails are wanted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailWanted {
    /// Those to somebody.
    to: Option<String>,
    /// Those to a class of people.
    class: Option<MailClass>,
    /// Those with a higher id than this.
    #[serde(default)]
    after: u64,
    /// How many, at most 1000; 100 when left out.
    limit: Option<usize>,
}

/// A mail.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MailAnswer {
    /// Its id. Later mails have higher ones; a third of it, rounded up, is the number of its event.
    id: u64,
    /// When it was sent, in the tenant's time.
    #[schema(format = DateTime)]
    at: String,
    /// The addresses that it went to.
    to: Vec<String>,
    /// The subject, which begins with `PIM:`.
    subject: String,
    /// The content as plain text.
    text: String,
    /// The content as HTML.
    html: String,
    /// What it tells of.
    #[schema(example = "activated")]
    event: &'static str,
    /// The class of people that it tells: `admin`, `requestor` or `approver`.
    #[schema(value_type = String, example = "admin")]
    class: MailClass,
    /// The rule of policy that let it through; null for what no policy governs.
    #[schema(example = "Notification_Admin_EndUser_Assignment")]
    rule: Option<&'static str>,
    /// The request behind it.
    request_id: Option<Uuid>,
}

/// Some mails, in order.
#[derive(Debug, Serialize, ToSchema)]
struct MailPage {
    /// The mails.
    value: Vec<MailAnswer>,
    /// The id to ask after the next time.
    next: u64,
}

/// The mails of the tenant, in order. They are sent to nobody unless the emulator was started with a mail server, and begin
/// anew with a reset.
#[utoipa::path(
    get, path = "/_emulator/tenants/{tid}/mail", tag = "inside",
    params(("tid" = String, Path, description = "The tenant's id or domain."),
        ("to" = Option<String>, Query, description = "Those to an address, or to a user by id, user principal name or name \
            in the world."),
        ("class" = Option<String>, Query, description = "Those to a class of people: admin, requestor or approver."),
        ("after" = Option<u64>, Query, description = "Those with a higher id than this; all when left out."),
        ("limit" = Option<usize>, Query, description = "How many, at most 1000; 100 when left out.")),
    responses(
        (status = 200, body = MailPage), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails),
    ),
)]
async fn list_mail(
    TenantAt(tenant): TenantAt,
    QueryOf(wanted): QueryOf<MailWanted>,
) -> Result<Json<MailPage>, Problem> {
    let work = move || {
        let filter = Filter { to: wanted.to, class: wanted.class };
        let mut outbox = Outbox::after(&tenant, wanted.after);
        let letters = outbox.take(&filter, wanted.limit.unwrap_or(100).min(MOST));
        MailPage { value: letters.into_iter().map(answer).collect(), next: outbox.read_up_to() }
    };
    tokio::task::spawn_blocking(work).await.map(Json).map_err(|error| Problem::lost(&error))
}

fn answer(letter: Letter) -> MailAnswer {
    MailAnswer {
        id: letter.id,
        at: letter.at.to_string(),
        to: letter.to,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        event: letter.event,
        class: letter.class,
        rule: letter.rule.map(RuleId::name),
        request_id: letter.request.map(|it| it.0),
    }
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(list_mail))
}
