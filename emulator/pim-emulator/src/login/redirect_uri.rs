//! Where a browser may be sent back to.
//!
//! Exactly the registered addresses, with one exception (RFC 8252, section 7.3): a registered loopback address stands for
//! every port.

use super::aadsts::AadstsError;
use super::client::Client;

/// What the clients that exist in every tenant may use.
const FIRST_PARTY: &[&str] = &[
    "http://localhost",
    "http://127.0.0.1",
    "https://login.microsoftonline.com/common/oauth2/nativeclient",
    "urn:ietf:wg:oauth:2.0:oob",
];

/// The address to send a browser back to: the one that was asked for if it is allowed, or the only one there is.
pub(super) fn choose(client: &Client, asked: Option<&str>, origin: &str) -> Result<String, AadstsError> {
    let Some(asked) = asked else {
        return match client.redirect_uris.as_slice() {
            [only] => Ok(only.clone()),
            [] | [_, _, ..] => Err(AadstsError::NoRedirect),
        };
    };
    let own_page = format!("{origin}/common/oauth2/nativeclient");
    let registered = client.redirect_uris.iter().map(String::as_str);
    let built_in = FIRST_PARTY.iter().copied().chain([own_page.as_str()]);
    let mut allowed = registered.chain(built_in.filter(|_| client.first_party));
    if !is_script(asked) && allowed.any(|allowed| matches(allowed, asked)) {
        Ok(asked.to_owned())
    } else {
        Err(AadstsError::WrongRedirect { uri: asked.to_owned(), client: client.id.to_string() })
    }
}

fn matches(registered: &str, asked: &str) -> bool {
    if registered == asked {
        return true;
    }
    match (loopback(registered), loopback(asked)) {
        (Some(registered), Some(asked)) => registered == asked,
        (Some(_) | None, _) => false,
    }
}

/// Host and path of a loopback address, without its port. An empty path is `/`.
fn loopback(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("http://")?;
    let host = ["localhost", "127.0.0.1", "[::1]"].into_iter().find(|host| rest.starts_with(host))?;
    let rest = &rest[host.len()..];
    let path = match rest.strip_prefix(':') {
        Some(rest) => rest.trim_start_matches(|character: char| character.is_ascii_digit()),
        None => rest,
    };
    match path {
        "" => Some((host, "/")),
        path if path.starts_with('/') => Some((host, path)),
        _ => None,
    }
}

/// Addresses that a browser would run. Nobody can register them at the service either.
fn is_script(uri: &str) -> bool {
    let scheme = uri.split(':').next().unwrap_or_default().trim();
    ["javascript", "data", "vbscript"].iter().any(|script| scheme.eq_ignore_ascii_case(script))
}
