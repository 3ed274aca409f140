//! Sending a browser back to the client, in the way that the client asked for.

use super::aadsts::AadstsError;
use super::asked::Asked;
use super::form::encode;
use super::page;
use super::respond::{Caching, description, error_uri, plain, set};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use std::borrow::Cow;

/// How an answer reaches the client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ResponseMode {
    /// In the query of the address.
    Query,
    /// In the fragment of the address.
    Fragment,
    /// In the body of a POST.
    FormPost,
}

impl ResponseMode {
    /// Reads the parameter; without it, `default`.
    pub(super) fn parse(text: Option<&str>, default: Self) -> Result<Self, AadstsError> {
        match text {
            None => Ok(default),
            Some("query") => Ok(Self::Query),
            Some("fragment") => Ok(Self::Fragment),
            Some("form_post") => Ok(Self::FormPost),
            Some(_) => Err(AadstsError::Malformed("response_mode")),
        }
    }
}

/// Where an answer goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Destination {
    pub(super) redirect_uri: String,
    pub(super) mode: ResponseMode,
    pub(super) state: Option<String>,
}

impl Destination {
    /// Answers with these parameters and the state.
    pub(super) fn send<'a>(&'a self, asked: &Asked<'_>, mut parameters: Vec<(&'a str, Cow<'a, str>)>) -> Response {
        if let Some(state) = &self.state {
            parameters.push(("state", Cow::Borrowed(state)));
        }
        let (uri, encoded) = (&self.redirect_uri, encode(&parameters));
        match self.mode {
            ResponseMode::FormPost => page::form_post(asked, uri, &parameters),
            ResponseMode::Query => {
                let separator = if uri.contains('?') { '&' } else { '?' };
                redirect(asked, &format!("{uri}{separator}{encoded}"))
            }
            ResponseMode::Fragment => redirect(asked, &format!("{uri}#{encoded}")),
        }
    }

    /// Answers with a refusal.
    pub(super) fn refuse(&self, asked: &Asked<'_>, error: &AadstsError) -> Response {
        let row = error.row();
        // In a browser the same refusals have the words of OpenID Connect.
        let word = match row.code {
            50076 => "interaction_required",
            53003 => "access_denied",
            65001 => "consent_required",
            _ => row.error,
        };
        let mut parameters =
            vec![("error", Cow::Borrowed(word)), ("error_description", Cow::Owned(description(asked, error)))];
        if let AadstsError::Declined = error {
            parameters.push(("error_subcode", Cow::Borrowed("cancel")));
        }
        if let Some(uri) = error_uri(asked, row.code) {
            parameters.push(("error_uri", Cow::Owned(uri)));
        }
        if let Some(claims) = error.claims() {
            parameters.push(("claims", Cow::Borrowed(claims)));
        }
        self.send(asked, parameters)
    }
}

/// Sends a browser to an address.
pub(super) fn redirect(asked: &Asked<'_>, address: &str) -> Response {
    let mut response = plain(asked, StatusCode::FOUND, Caching::Never, Body::empty());
    set(&mut response, header::LOCATION, address);
    set(&mut response, header::REFERRER_POLICY, "no-referrer");
    response
}
