//! `/{tenant}/oauth2/v2.0/devicecode`, where a device gets a code, and `/common/oauth2/deviceauth`, where a person types it.
//!
//! <https://www.rfc-editor.org/rfc/rfc8628>

use super::aadsts::AadstsError;
use super::asked::{Asked, Version};
use super::authority::Authority;
use super::client::{Client, Credentials};
use super::page::{self, Picker};
use super::respond::{Caching, json};
use super::scope::AskedScope;
use super::users;
use crate::app::sign_ins::{DEVICE_CODE_LIFETIME, DeviceRequest};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde::Serialize;

/// How many seconds a client waits between two questions. The service says 5; tests would rather not wait.
const INTERVAL: i64 = 1;

#[derive(Serialize)]
struct DeviceAnswer<'a> {
    user_code: &'a str,
    device_code: &'a str,
    verification_uri: &'a str,
    expires_in: i64,
    interval: i64,
    message: &'a str,
}

/// The same in the spelling of the first version.
#[derive(Serialize)]
struct DeviceAnswerV1<'a> {
    user_code: &'a str,
    device_code: &'a str,
    verification_url: &'a str,
    expires_in: &'a str,
    interval: &'a str,
    message: &'a str,
}

/// Gives a device a code.
pub(super) fn start(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let authority = asked.authority()?;
    let credentials = Credentials::of(asked)?;
    let id = credentials.client_id(asked.segment())?;
    let tenants = authority.of_client(asked.app, id);
    let tenant = tenants.first().ok_or_else(|| AadstsError::UnknownApplication {
        client: credentials.client.clone(),
        tenant: asked.segment().to_owned(),
    })?;
    Client::find(tenant, id)?.authenticate(asked, tenant, &credentials)?;
    let scope = AskedScope::of(asked, tenant)?.ok_or(AadstsError::Missing("scope"))?;
    let request = DeviceRequest {
        tenant: match authority {
            Authority::Tenant(tenant) => Some(tenant.id()),
            Authority::Any => None,
        },
        client: id,
        scope: scope.text,
        takes_claims_challenges: asked.claims()?.takes_claims_challenges,
    };
    let code = asked.app.sign_ins().start_device_code(request, asked.now);
    let page = format!("{}/common/oauth2/deviceauth", asked.origin);
    let (user_code, seconds) = (code.user_code.as_str(), DEVICE_CODE_LIFETIME.milliseconds() / 1000);
    let message = format!(
        "To sign in, use a web browser to open the page {page} and enter the code {user_code} to authenticate."
    );
    Ok(match asked.version {
        Version::V2 => {
            let answer = DeviceAnswer {
                user_code,
                device_code: &code.device_code,
                verification_uri: &page,
                expires_in: seconds,
                interval: INTERVAL,
                message: &message,
            };
            json(asked, StatusCode::OK, Caching::Never, &answer)
        }
        Version::V1 => {
            let answer = DeviceAnswerV1 {
                user_code,
                device_code: &code.device_code,
                verification_url: &page,
                expires_in: &seconds.to_string(),
                interval: &INTERVAL.to_string(),
                message: &message,
            };
            json(asked, StatusCode::OK, Caching::Never, &answer)
        }
    })
}

/// Lets a person type a code and choose a user.
pub(super) fn page(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let form = asked.body.clone().and(asked.query.clone());
    let typed = form.get("user_code").or_else(|| form.get("otc")).unwrap_or_default();
    if asked.method != Method::POST {
        return Ok(page::device_code(asked, typed, None));
    }
    let sign_ins = asked.app.sign_ins();
    let request = match sign_ins.awaited_device(typed, asked.now) {
        Ok(request) => request,
        Err(fault) => {
            let problem = AadstsError::from(fault).row().text;
            return Ok(page::device_code(asked, typed, Some(&problem)));
        }
    };
    if form.get("cancel").is_some() {
        sign_ins.decline_device_code(typed, asked.now)?;
        return Ok(page::message(asked, StatusCode::OK, "Not signed in", "You can close this window."));
    }
    let authority = match request.tenant {
        Some(tenant) => Authority::named(asked.app, &tenant.to_string())?,
        None => Authority::Any,
    };
    let tenants = authority.of_client(asked.app, request.client);
    let mut problem = None;
    if let Some(name) = form.get("username") {
        let found = authority.of_user(asked.app, name).and_then(|tenant| Ok((users::find(&tenant, name)?, tenant)));
        match found {
            Ok((user, tenant)) => {
                sign_ins.approve_device_code(typed, tenant.id(), user.id, user.mfa, &[], asked.now)?;
                let text = "You have signed in on your device. You can close this window.";
                return Ok(page::message(asked, StatusCode::OK, "Signed in", text));
            }
            Err(error) => problem = Some(error.row().text),
        }
    }
    let only = if let [tenant] = tenants.as_slice() { Some(tenant) } else { None };
    let client = tenants.first().and_then(|tenant| Client::find(tenant, request.client).ok());
    let picker = Picker {
        client: client.as_ref().map_or("a device", |client| &client.name),
        tenant: only.map(|tenant| tenant.domain()),
        problem: problem.as_deref(),
        hidden: vec![("user_code", typed)],
        choices: only.map(|tenant| users::choices(tenant)).unwrap_or_default(),
        typed: form.get("username").unwrap_or_default(),
        destination: None,
    };
    Ok(page::picker(asked, &picker))
}
