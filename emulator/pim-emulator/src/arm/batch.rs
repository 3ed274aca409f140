//! `/batch`: several requests in one, carried out one after the other with the token of the whole.

use super::body;
use super::error::ArmError;
use super::front_door::types;
use super::router::{Handler, Method, Operation, Place, Resource};
use crate::json::Json;
use axum::http::{HeaderName, Request, Response, Uri, header, request};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

/// What can be done with them.
pub(crate) static RESOURCE: Resource = Resource {
    kind: &types::BATCH,
    place: Place::At("batch"),
    operations: &[Operation { method: Method::Post, path: "", versions: None, handler: Handler::Batch }],
};

/// More requests than this are not taken at once.
const MOST: usize = 20;

crate::request_body! {
    /// Requests to be carried out together.
    Batch {
        /// The requests.
        requests / "requests": Vec<Part>,
    }
    /// One of them.
    Part {
        /// The method; GET when left out.
        method / "httpMethod": String,
        /// What the answer is to be told apart by.
        name / "name": String,
        /// The address: absolute, or from the slash after the host on.
        url / "url": String,
        /// The same in an older spelling.
        relative_url / "relativeUrl": String,
        /// The body.
        content / "content": Value,
    }
}

/// One request of a batch.
#[derive(Debug)]
pub(crate) struct Single {
    /// What its answer is to be told apart by.
    pub(crate) name: Option<String>,
    /// The request.
    pub(crate) parts: request::Parts,
    /// Its body.
    pub(crate) content: Vec<u8>,
}

/// The requests of a batch.
///
/// # Errors
/// When the batch is none, or too large, or an address or method in it is none.
pub(crate) fn requests(whole: &request::Parts, payload: &[u8], closes_braces: bool) -> Result<Vec<Single>, ArmError> {
    let batch: Batch = body::parse(payload, closes_braces)?;
    let parts = batch.requests.ok_or_else(|| ArmError::InvalidBatch("'requests' is missing".to_owned()))?;
    if parts.len() > MOST {
        return Err(ArmError::InvalidBatch(format!("it has {} requests, and at most {MOST} are taken", parts.len())));
    }
    parts.into_iter().map(|part| single(whole, part)).collect()
}

/// The headers that a request has from the whole.
const INHERITED: [HeaderName; 3] =
    [header::AUTHORIZATION, header::HOST, HeaderName::from_static("x-ms-correlation-request-id")];

fn single(whole: &request::Parts, part: Part) -> Result<Single, ArmError> {
    let url = part.url.or(part.relative_url).unwrap_or_default();
    let bad = |what: &str| ArmError::InvalidBatch(format!("{what} of the request for '{url}' is not valid"));
    let asked = Uri::try_from(encoded(&url)).map_err(|_| bad("the address"))?;
    let path =
        asked.path_and_query().filter(|path| path.as_str().starts_with('/')).ok_or_else(|| bad("the address"))?;
    // An origin is taken from the whole, however the address was written.
    let mut uri = whole.uri.clone().into_parts();
    uri.path_and_query = Some(path.clone());
    let uri = Uri::from_parts(uri).map_err(|_| bad("the address"))?;
    let method = part.method.as_deref().unwrap_or("GET").to_ascii_uppercase();
    let request = Request::builder().method(method.as_str()).uri(uri).body(()).map_err(|_| bad("the method"))?;
    let (mut parts, ()) = request.into_parts();
    parts.version = whole.version;
    parts.extensions = whole.extensions.clone();
    for name in INHERITED {
        if let Some(value) = whole.headers.get(&name) {
            parts.headers.insert(name, value.clone());
        }
    }
    let content = part.content.map_or_else(Vec::new, |content| content.to_string().into_bytes());
    Ok(Single { name: part.name, parts, content })
}

/// An address with what no address may hold encoded: filters are often written as they are read.
fn encoded(url: &str) -> String {
    const OUTSIDE: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
    utf8_percent_encode(url, OUTSIDE).to_string()
}

/// The answer to a batch, of the answers to its requests.
pub(crate) fn answer(answers: &[(Option<String>, Response<Vec<u8>>)]) -> Vec<u8> {
    let mut json = Json::with_capacity(1024);
    json.open();
    json.key("responses");
    json.raw("[");
    for (name, response) in answers {
        json.next();
        json.open();
        if let Some(name) = name {
            json.key("name");
            json.text(name);
        }
        json.key("httpStatusCode");
        json.raw(response.status().as_str());
        json.key("headers");
        json.raw("{}");
        let body = response.body();
        if let Some(content) = std::str::from_utf8(body).ok().filter(|content| !content.is_empty()) {
            json.key("content");
            json.raw(content);
        }
        json.key("contentLength");
        json.raw(&body.len().to_string());
        json.close();
    }
    json.raw("]");
    json.close();
    json.into_bytes()
}
