//! Secrets out of texts that are shown: what is a secret is known by its name, in JSON, in forms and in queries.
//!
//! A text may have been cut off anywhere, so that it is looked at letter by letter and not parsed.

/// What stands instead.
const MASK: &str = "***";

/// Names of what nobody is shown, in lower case.
const SECRETS: [&str; 13] = [
    "password",
    "secret",
    "secrettext",
    "client_secret",
    "client_assertion",
    "assertion",
    "access_token",
    "refresh_token",
    "id_token",
    "code",
    "device_code",
    "code_verifier",
    "key",
];

fn is_secret(name: &str) -> bool {
    SECRETS.contains(&name.to_ascii_lowercase().as_str())
}

/// A text without its secrets: a form where the content type says so, else whatever JSON is in it.
#[must_use]
pub fn masked(text: &[u8], content_type: Option<&str>) -> String {
    let text = String::from_utf8_lossy(text);
    let kind = content_type.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") { masked_form(&text) } else { masked_json(&text) }
}

fn masked_form(text: &str) -> String {
    let pair = |pair: &str| match pair.split_once('=') {
        Some((name, value)) if is_secret(name) && !value.is_empty() => format!("{name}={MASK}"),
        Some(_) | None => pair.to_owned(),
    };
    text.split('&').map(pair).collect::<Vec<_>>().join("&")
}

/// Walks from string to string: one that a colon follows is a name, and the next one is its value.
fn masked_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut hides = false;
    while let Some(start) = rest.find('"') {
        let (between, quoted) = rest.split_at(start);
        // Between a name and its value there is nothing but the colon.
        hides &= between.trim().is_empty() || between.trim() == ":";
        out.push_str(between);
        let end = end_of_string(quoted);
        let (string, after) = quoted.split_at(end);
        let is_name = after.trim_start().starts_with(':');
        if hides && !is_name {
            out.extend(["\"", MASK, if string.len() > 1 && string.ends_with('"') { "\"" } else { "" }]);
        } else {
            out.push_str(string);
        }
        hides = is_name && is_secret(string.trim_matches('"'));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Where a string ends that begins here, with its quote; at the end of a text that was cut off.
fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    for (place, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return place + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
