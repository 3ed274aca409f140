//! Lists in pages. Azure's lists of PIM come whole, and clients that rely on it are found out by a hostile tenant, which cuts
//! them.

use super::front_door::Query;
use crate::app::traffic::Fate;
use crate::net::Origin;
use axum::http::{Method, request};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

const SKIP_TOKEN: &str = "$skiptoken";

/// A list as it was written.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct List<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    count: Option<&'a RawValue>,
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    next_link: Option<String>,
}

/// The page of a body that a request wants, where the body is a list that has pages for it; else the body as it is.
pub(super) fn page(
    body: Vec<u8>,
    fate: &Fate,
    parts: &request::Parts,
    query: &Query<'_>,
    origin: &Origin<'_>,
) -> Vec<u8> {
    let start = query.get(SKIP_TOKEN).and_then(|text| text.parse::<usize>().ok());
    if parts.method != Method::GET || (start.is_none() && !fate.is_hostile()) {
        return body;
    }
    let Ok(list) = serde_json::from_slice::<List<'_>>(&body) else { return body };
    let start = start.unwrap_or_default().min(list.value.len());
    let rest = &list.value[start..];
    let size = fate.page_size(rest.len());
    let next_link = (size < rest.len()).then(|| link(parts, origin, start + size));
    let page = List { value: rest[..size].to_vec(), next_link, ..list };
    serde_json::to_vec(&page).unwrap_or_default()
}

/// The address of the page that begins there.
fn link(parts: &request::Parts, origin: &Origin<'_>, start: usize) -> String {
    let is_token = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default();
        percent_decode_str(name).decode_utf8_lossy().eq_ignore_ascii_case(SKIP_TOKEN)
    };
    let query = parts.uri.query().unwrap_or_default();
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !is_token(pair));
    let token = format!("%24skiptoken={start}");
    let query: Vec<_> = kept.chain([token.as_str()]).collect();
    format!("{origin}{}?{}", parts.uri.path(), query.join("&"))
}
