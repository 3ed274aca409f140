//! `POST /_emulator/device-codes/{userCode}/approve`: finishes a device-code sign-in without a browser.

use super::body::Body;
use super::openapi::{Routes, endpoint};
use super::problem::{Kind, Problem, ProblemDetails};
use super::{Handle, who};
use crate::app::sign_ins::DeviceCodeFault;
use crate::app::{Tenant, real_now};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use pim_core::TenantId;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Who signs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Approval {
    /// The user, by name, user principal name or id.
    user: String,
    /// The user's tenant, by id or domain. Needed when the device did not say a tenant, the user is given by a name, and
    /// there are several tenants.
    tenant: Option<String>,
    /// Whether the sign-in satisfies multifactor authentication; as the world says of the user when left out.
    mfa: Option<bool>,
    /// The authentication contexts that the sign-in satisfies, such as `c1`; none when left out. The token has them whatever
    /// Conditional Access says, also where the client has not declared `cp1`.
    #[serde(default)]
    acrs: Vec<String>,
}

/// Signs a user in on the device that shows the code.
#[utoipa::path(
    post, path = "/_emulator/device-codes/{userCode}/approve", tag = "inside", request_body = Approval,
    params(("userCode" = String, Path, description = "The code that the device shows; blanks and hyphens do not count.")),
    responses(
        (status = 204, description = "The device is signed in."),
        (status = 400, body = ProblemDetails),
        (status = 404, body = ProblemDetails, description = "No device shows that code."),
        (status = 409, body = ProblemDetails, description = "It was answered already, or its time is over."),
    ),
)]
async fn approve_device_code(
    State(control): State<Handle>,
    Path(code): Path<String>,
    Body(approval): Body<Approval>,
) -> Result<StatusCode, Problem> {
    let now = real_now();
    let sign_ins = control.app.sign_ins();
    let device = sign_ins.awaited_device(&code, now).map_err(|fault| refused(fault, &code))?;
    let tenant = tenant(&control, &approval, device.tenant)?;
    let user = who::user(&tenant, &approval.user)?;
    let mfa = approval.mfa.unwrap_or_else(|| tenant.read(|view| view.user(user).is_some_and(|user| user.mfa)));
    (sign_ins.approve_device_code(&code, tenant.id(), user, mfa, &approval.acrs, now))
        .map_err(|fault| refused(fault, &code))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The tenant that was named, else that of the device, else the one of the user principal name, else the only one.
fn tenant(control: &Handle, approval: &Approval, device: Option<TenantId>) -> Result<Arc<Tenant>, Problem> {
    let app = &control.app;
    let named = approval.tenant.as_deref();
    let found = match (named, device, approval.user.split_once('@')) {
        (Some(named), _, _) => app.tenant_by_segment(named),
        (None, Some(id), _) => app.tenant(id),
        (None, None, Some((_, domain))) => app.tenant_by_segment(domain),
        (None, None, None) => {
            let mut tenants = app.tenants();
            if tenants.len() == 1 { tenants.pop() } else { None }
        }
    };
    found.ok_or_else(|| {
        let detail = named.map_or_else(
            || "say which 'tenant' the user belongs to".to_owned(),
            |named| format!("there is no tenant {named}"),
        );
        Problem::new(Kind::InvalidBody, detail).at("tenant")
    })
}

fn refused(fault: DeviceCodeFault, code: &str) -> Problem {
    let (kind, detail) = match fault {
        DeviceCodeFault::Unknown => (Kind::NotFound, format!("no device shows the code {code}")),
        DeviceCodeFault::Expired => (Kind::Conflict, format!("the time of the code {code} is over")),
        DeviceCodeFault::Answered | DeviceCodeFault::Declined | DeviceCodeFault::Pending => {
            (Kind::Conflict, format!("the code {code} was answered already"))
        }
        DeviceCodeFault::OtherTenant => {
            (Kind::Conflict, "the device wants to sign in to another tenant than the user's".to_owned())
        }
    };
    Problem::new(kind, detail)
}

pub(super) fn routes() -> Routes {
    Routes::new().at(endpoint!(approve_device_code))
}
