//! `/{tenant}/oauth2/v2.0/logout`, `/{tenant}/oauth2/nativeclient` and `/error`: pages at which a sign-in ends.

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::deliver::redirect;
use super::form::encode;
use super::page;
use axum::http::StatusCode;
use axum::response::Response;
use std::borrow::Cow;

/// Signs out, which is nothing to do: there are no sessions. Sends the browser on to loopback, to the emulator itself, and to
/// where an application of the tenant has its users sent back to; nothing tells which client asks.
pub(super) fn logout(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let form = asked.body.clone().and(asked.query.clone());
    let wanted =
        form.get("post_logout_redirect_uri").filter(|uri| is_near(uri, &asked.origin) || is_registered(asked, uri));
    let Some(uri) = wanted else {
        let text = "You have signed out. It is a good idea to close all browser windows.";
        return Ok(page::message(asked, StatusCode::OK, "Signed out", text));
    };
    let state = form.get("state").map(|state| encode(&[("state", Cow::Borrowed(state))]));
    let separator = if uri.contains('?') { '&' } else { '?' };
    Ok(redirect(asked, &state.map_or_else(|| uri.to_owned(), |state| format!("{uri}{separator}{state}"))))
}

/// Whether an application of one of the tenants that the path names is sent back to that address.
fn is_registered(asked: &Asked<'_>, uri: &str) -> bool {
    let tenants = asked.authority().map(|authority| authority.candidates(asked.app)).unwrap_or_default();
    let is_web = uri.starts_with("https://");
    is_web
        && tenants.iter().any(|tenant| {
            tenant.read(|view| view.applications().any(|it| it.all_redirect_uris().any(|known| known == uri)))
        })
}

fn is_near(uri: &str, origin: &str) -> bool {
    let loopback = ["http://localhost", "https://localhost", "http://127.0.0.1", "https://127.0.0.1"];
    loopback.into_iter().chain([origin]).any(|start| {
        let rest = uri.strip_prefix(start).map(|rest| match rest.strip_prefix(':') {
            Some(port) => port.trim_start_matches(|character: char| character.is_ascii_digit()),
            None => rest,
        });
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    })
}

/// The page that native clients wait for.
pub(super) fn native_client(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    Ok(page::blank(asked))
}

/// The page that `error_uri` names.
pub(super) fn error(asked: &Asked<'_>) -> Result<Response, AadstsError> {
    let code = asked.query.get("code").filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    let title = code.map_or_else(|| "Error".to_owned(), |code| format!("AADSTS{code}"));
    let text = "The answer that named this page says in error_description what was wrong.";
    Ok(page::message(asked, StatusCode::OK, &title, text))
}
