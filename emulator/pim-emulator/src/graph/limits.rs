//! What calls cost, and what becomes of whoever calls too often (ERR-21).
//!
//! The directory counts resource units and says in a header what a call has cost. Its limits and those of Conditional Access and
//! of reports are in force where the switch `throttling` says so; of PIM no number was ever published, so that it has none.

use super::call::Call;
use super::error::GraphError;
use super::router::{Method, Operation};
use crate::app::meter::{Limit, Used};
use crate::app::real_now;
use pim_core::model::PrincipalKind;
use pim_core::time::Length;

/// Who counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Counted {
    /// The directory, in resource units and writes.
    Directory,
    /// Conditional Access, in calls of the whole tenant.
    ConditionalAccess,
    /// The reports, in calls.
    Reports,
    /// Nobody.
    Nothing,
}

impl Counted {
    fn of(operation: &Operation) -> Self {
        match operation.path.split('/').nth(1) {
            Some("identity" | "conditionalAccess") => Self::ConditionalAccess,
            Some("auditLogs") => Self::Reports,
            Some("roleManagement" | "policies" | "identityGovernance" | "privilegedAccess" | "$batch") | None => {
                Self::Nothing
            }
            Some(_) => Self::Directory,
        }
    }
}

/// What costs more than one unit, by the path below the version.
const COSTS: [(&str, u32); 21] = [
    ("/applications", 2),
    ("/directoryObjects/getByIds", 3),
    ("/groups/{id}/members", 3),
    ("/groups/{id}/transitiveMembers", 5),
    ("/oauth2PermissionGrants", 2),
    ("/oauth2PermissionGrants/{id}", 2),
    ("/servicePrincipals/{id}/appRoleAssignments", 2),
    ("/subscribedSkus", 3),
    ("/users", 2),
    ("checkMemberGroups", 4),
    ("checkMemberObjects", 4),
    ("getMemberGroups", 2),
    ("getMemberObjects", 2),
    ("/me/memberOf", 2),
    ("/me/ownedObjects", 2),
    ("/me/transitiveMemberOf", 2),
    ("/users/{id}/memberOf", 2),
    ("/users/{id}/ownedObjects", 2),
    ("/users/{id}/transitiveMemberOf", 2),
    ("/groups/{id}/memberOf", 2),
    ("/groups/{id}/transitiveMemberOf", 2),
];

/// What a call of the directory costs in resource units; nothing where others answer.
pub(super) fn units(operation: &Operation, query: &str) -> Option<u32> {
    if Counted::of(operation) != Counted::Directory {
        return None;
    }
    let is_it = |known: &str| operation.path == known || (!known.starts_with('/') && operation.path.ends_with(known));
    // Making and changing costs one, but for the actions that only ask.
    let only_asks = |path: &str| path.contains("Member") || path.ends_with("getByIds");
    let counts = operation.method == Method::Get || only_asks(operation.path);
    let base = COSTS.iter().find(|(known, _)| counts && is_it(known)).map_or(1, |(_, cost)| *cost);
    let mut cost = base;
    let mut saved = 0;
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = name.trim_start_matches("%24").trim_start_matches('$');
        let is = |option: &str| name.eq_ignore_ascii_case(option);
        cost += u32::from(is("expand"));
        saved += u32::from(is("select") || (is("top") && value.parse::<u32>().is_ok_and(|top| top < 20)));
    }
    Some(cost.saturating_sub(saved).max(1))
}

/// More than there was left.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Throttled {
    /// After how many seconds to come again.
    pub(super) retry_after: u32,
    /// Whose limit it is.
    pub(super) scope: String,
    /// Which limit it is.
    pub(super) information: &'static str,
}

/// Counts a call; answers the share of the limit that is used where it is worth saying.
///
/// # Errors
/// When it is used up.
pub(super) fn count(call: &Call<'_>, operation: &Operation, units: Option<u32>) -> Result<Option<String>, GraphError> {
    let writes = operation.method != Method::Get;
    let of_application = Some(call.token.app_id);
    let share = match Counted::of(operation) {
        Counted::Nothing => return Ok(None),
        Counted::Directory if writes => {
            let whole = Limit { name: "writes", most: 3000, length: Length::from_milliseconds(150_000) };
            take(call, of_application, &whole, 1, "WriteLimitExceeded")?
        }
        Counted::Directory => {
            let limit = Limit { name: "units", most: most_units(call), length: Length::from_milliseconds(10_000) };
            take(call, of_application, &limit, units.unwrap_or(1), "ResourceUnitLimitExceeded")?
        }
        Counted::ConditionalAccess => {
            let limit = Limit { name: "conditionalAccess", most: 1, length: Length::from_milliseconds(1_000) };
            take(call, None, &limit, 1, "CPULimitExceeded")?
        }
        Counted::Reports => {
            let limit = Limit { name: "reports", most: 5, length: Length::from_milliseconds(10_000) };
            take(call, of_application, &limit, 1, "CPULimitExceeded")?
        }
    };
    Ok((share >= 0.8).then(|| format!("{share:.1}")))
}

/// How many units an application has in ten seconds: the more, the more users there are.
fn most_units(call: &Call<'_>) -> u32 {
    match call.tenant.read(|view| view.count(PrincipalKind::User)) {
        0..50 => 3500,
        50..=500 => 5000,
        _ => 8000,
    }
}

fn take(
    call: &Call<'_>,
    who: Option<pim_core::ClientId>,
    limit: &Limit,
    cost: u32,
    information: &'static str,
) -> Result<f64, GraphError> {
    match call.tenant.meter().take(who, limit, cost, real_now()) {
        Used::Share(share) => Ok(share),
        Used::Exhausted { left } => {
            let kind = if information == "WriteLimitExceeded" { "Write" } else { "ReadWrite" };
            let tenant = call.tenant.id();
            let scope = match who {
                Some(application) => format!("Tenant_Application/{kind}/{application}/{tenant}"),
                None => format!("Tenant/{kind}/{tenant}"),
            };
            let seconds = u32::try_from(left.milliseconds().div_euclid(1000) + 1).unwrap_or(1);
            Err(GraphError::Throttled(Throttled { retry_after: seconds, scope, information }))
        }
    }
}
