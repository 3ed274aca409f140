//! The few pages that a person sees. No resources from elsewhere, and every one works without scripts.
//!
//! Whatever comes from a request or from the directory is escaped here, by [`escape`] and nowhere else. The policy that
//! goes with a page admits the one style sheet and the one script below, by their hashes.

use super::asked::Asked;
use super::respond::{Caching, plain, set};
use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

const STYLE: &str = include_str!("page.css");

/// The button under the form does the same for whoever runs no scripts.
const SUBMIT: &str = "document.forms[0].submit();";

static STYLE_HASH: LazyLock<String> = LazyLock::new(|| STANDARD.encode(digest(&SHA256, STYLE.as_bytes())));
static SUBMIT_HASH: LazyLock<String> = LazyLock::new(|| STANDARD.encode(digest(&SHA256, SUBMIT.as_bytes())));

/// Somebody who can be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Choice {
    pub(super) user_principal_name: String,
    pub(super) display_name: String,
    pub(super) mfa: bool,
}

/// A page on which somebody signs in.
#[derive(Clone, Debug)]
pub(super) struct Picker<'a> {
    /// What one signs in to.
    pub(super) client: &'a str,
    /// Where, when that is known.
    pub(super) tenant: Option<&'a str>,
    /// What went wrong the last time.
    pub(super) problem: Option<&'a str>,
    /// What the form carries along.
    pub(super) hidden: Vec<(&'a str, &'a str)>,
    /// Whom one can choose.
    pub(super) choices: Vec<Choice>,
    /// What the field holds.
    pub(super) typed: &'a str,
    /// Where the browser may be sent in the end.
    pub(super) destination: Option<&'a str>,
}

/// Text for HTML, in content and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A page that says something.
pub(super) fn message(asked: &Asked<'_>, status: StatusCode, title: &str, text: &str) -> Response {
    let content = format!("<h1>{}</h1><p>{}</p>", escape(title), escape(text));
    html(asked, status, title, &content, None, false)
}

/// A page with nothing on it.
pub(super) fn blank(asked: &Asked<'_>) -> Response {
    html(asked, StatusCode::OK, "Signed in", "", None, false)
}

/// The page on which somebody signs in.
pub(super) fn picker(asked: &Asked<'_>, picker: &Picker<'_>) -> Response {
    let mut content = format!("<h1>Sign in</h1><p>to <strong>{}</strong>", escape(picker.client));
    if let Some(tenant) = picker.tenant {
        let _ = write!(content, " in {}", escape(tenant));
    }
    content.push_str("</p>");
    if let Some(problem) = picker.problem {
        let _ = write!(content, "<p role=\"alert\" class=\"problem\">{}</p>", escape(problem));
    }
    content.push_str("<form method=\"post\">");
    hidden(&mut content, picker.hidden.iter().copied());
    if !picker.choices.is_empty() {
        content.push_str("<fieldset><legend>Choose an account</legend><ul>");
        for choice in &picker.choices {
            let (upn, name) = (escape(&choice.user_principal_name), escape(&choice.display_name));
            let badge = if choice.mfa { " <span class=\"badge\">MFA</span>" } else { "" };
            let _ = write!(
                content,
                "<li><button name=\"username\" value=\"{upn}\">{name}{badge}<small>{upn}</small></button></li>"
            );
        }
        content.push_str("</ul></fieldset>");
    }
    content.push_str("</form><form method=\"post\">");
    hidden(&mut content, picker.hidden.iter().copied());
    let _ = write!(
        content,
        "<label for=\"username\">User name</label><input id=\"username\" name=\"username\" value=\"{}\" \
         autocomplete=\"username\" placeholder=\"somebody@contoso.onmicrosoft.com\" required>\
         <p class=\"row\"><button class=\"primary\">Sign in</button>\
         <button name=\"cancel\" value=\"1\" formnovalidate>Cancel</button></p></form>",
        escape(picker.typed)
    );
    html(asked, StatusCode::OK, "Sign in", &content, picker.destination, false)
}

/// The page on which a device code is typed.
pub(super) fn device_code(asked: &Asked<'_>, typed: &str, problem: Option<&str>) -> Response {
    let problem = problem
        .map_or_else(String::new, |problem| format!("<p role=\"alert\" class=\"problem\">{}</p>", escape(problem)));
    let content = format!(
        "<h1>Sign in on a device</h1>{problem}<form method=\"post\"><label for=\"user_code\">Code</label>\
         <input id=\"user_code\" name=\"user_code\" value=\"{}\" autocomplete=\"off\" required>\
         <p class=\"row\"><button class=\"primary\">Next</button></p></form>",
        escape(typed)
    );
    html(asked, StatusCode::OK, "Sign in on a device", &content, None, false)
}

/// The page that carries an answer to the client in a POST, by itself or at a click.
pub(super) fn form_post(asked: &Asked<'_>, action: &str, parameters: &[(&str, Cow<'_, str>)]) -> Response {
    let mut content = format!("<h1>Signed in</h1><form method=\"post\" action=\"{}\">", escape(action));
    hidden(&mut content, parameters.iter().map(|(name, value)| (*name, &**value)));
    content.push_str("<p class=\"row\"><button class=\"primary\">Continue</button></p></form>");
    let _ = write!(content, "<script>{SUBMIT}</script>");
    html(asked, StatusCode::OK, "Signed in", &content, Some(action), true)
}

fn hidden<'a>(content: &mut String, fields: impl Iterator<Item = (&'a str, &'a str)>) {
    for (name, value) in fields {
        let (name, value) = (escape(name), escape(value));
        let _ = write!(content, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
    }
}

fn html(
    asked: &Asked<'_>,
    status: StatusCode,
    title: &str,
    content: &str,
    destination: Option<&str>,
    script: bool,
) -> Response {
    let document = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>{STYLE}</style></head>\
         <body><main>{content}</main></body></html>",
        escape(title)
    );
    let mut response = plain(asked, status, Caching::Never, Body::from(document));
    set(&mut response, header::CONTENT_TYPE, "text/html; charset=utf-8");
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy(destination, script));
    set(&mut response, header::REFERRER_POLICY, "no-referrer");
    set(&mut response, header::X_FRAME_OPTIONS, "DENY");
    response
}

fn policy(destination: Option<&str>, script: bool) -> String {
    let mut policy =
        format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; frame-ancestors 'none'", *STYLE_HASH);
    if script {
        let _ = write!(policy, "; script-src 'sha256-{}'", *SUBMIT_HASH);
    }
    // Browsers apply this to where a form's answer redirects, too. A destination that the policy's grammar cannot express
    // (an address of a native application, IPv6) leaves it out: it was checked against the registered ones already.
    match destination.map(source) {
        None => policy.push_str("; form-action 'self'"),
        Some(Some(source)) => {
            let _ = write!(policy, "; form-action 'self' {source}");
        }
        Some(None) => {}
    }
    policy
}

/// An address as a source of a policy: its scheme, host and port.
fn source(uri: &str) -> Option<&str> {
    let start = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
    let length = start.find(['/', '?', '#']).unwrap_or(start.len());
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte);
    let authority = &start[..length];
    (!authority.is_empty() && authority.bytes().all(fits)).then(|| &uri[..uri.len() - start.len() + length])
}
