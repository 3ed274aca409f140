//! Who reviews, as clients write it.

use super::scope_body::{ScopeBody, fault};
use crate::graph::error::GraphError;
use crate::graph::json::Json;
use pim_core::PrincipalId;
use pim_core::model::access_review::{AccessReviewReviewers, ReviewerScope};
use uuid::Uuid;

/// Those whom a list names.
///
/// # Errors
/// What is not understood of it.
pub(super) fn reviewers(list: &[ScopeBody]) -> Result<Vec<ReviewerScope>, GraphError> {
    list.iter().map(reviewer).collect()
}

fn reviewer(body: &ScopeBody) -> Result<ReviewerScope, GraphError> {
    let query = body.parsed()?;
    let text = body.query.as_deref().unwrap_or_default();
    let not_understood = || fault(format_args!("the query '{text}' names nobody who could review"));
    let id = |text: &str| Uuid::try_parse(text).map(PrincipalId).map_err(|_| not_understood());
    if !query.conditions.is_empty() {
        return Err(fault(format_args!("the query '{text}': reviewers are not chosen by a filter here")));
    }
    let lower = query.lower();
    let names: Vec<_> = lower.iter().map(String::as_str).collect();
    let who = match (query.is_relative, names.as_slice()) {
        (true, ["manager"]) => AccessReviewReviewers::Managers,
        (true, ["owners"]) => AccessReviewReviewers::OwnersOfReviewedGroup,
        (false, ["users", user]) => AccessReviewReviewers::User(id(user)?),
        (false, ["groups", group, "members" | "transitivemembers"])
        | (false, ["groups", group, "members" | "transitivemembers", "microsoft.graph.user"]) => {
            AccessReviewReviewers::GroupMembers(id(group)?)
        }
        (false, ["groups", group, "owners"]) => AccessReviewReviewers::GroupOwners(id(group)?),
        (false, ["serviceprincipals", principal, "owners"]) => {
            AccessReviewReviewers::ServicePrincipalOwners(id(principal)?)
        }
        (_, _) => return Err(not_understood()),
    };
    Ok(ReviewerScope { who, kept: Some(spelled(body)) })
}

fn spelled(body: &ScopeBody) -> String {
    let mut json = Json::with_capacity(128);
    json.open();
    body.write_query(&mut json);
    json.close();
    String::from_utf8(json.into_bytes()).unwrap_or_default()
}
