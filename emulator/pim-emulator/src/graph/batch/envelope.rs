//! The body of a batch, read and looked through.

use crate::graph::call::Call;
use crate::graph::error::GraphError;
use crate::graph::router::Method;
use crate::net::{Origin, ServedHost};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// How many steps a batch has at most.
const MOST: usize = 20;

/// Why a batch is refused as a whole, or a step for being none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum BatchFault {
    /// It is no batch.
    Malformed(String),
    /// Two steps have the same id.
    DuplicateId(String),
    /// A step that writes has no body, or does not say what it is.
    NoContent(String),
    /// A step depends on what does not come before it.
    InvalidDependency {
        /// The step.
        id: String,
        /// What it depends on.
        on: String,
    },
    /// A batch in a batch.
    Nested,
}

crate::request_body! {
    /// A batch.
    Envelope {
        /// Its steps.
        requests / "requests": Vec<Entry>,
    }
    /// A step as it is written.
    Entry {
        /// What its answer is told apart by.
        id / "id": Id,
        /// The method.
        method / "method": String,
        /// The address: below the version, with it, or absolute.
        url / "url": String,
        /// Its headers.
        headers / "headers": Headers,
        /// The body.
        body / "body": Raw,
        /// The ids of the steps that must have succeeded before.
        depends_on / "dependsOn": Vec<Id>,
        /// The same as the Python SDK spells it.
        depends_on_misspelt / "depends_on": Vec<Id>,
        /// Several steps as one: not taken.
        atomicity_group / "atomicityGroup": IgnoredAny,
    }
}

/// An id: text, or a number that is taken for its text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Id(String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Either {
            Text(String),
            Number(serde_json::Number),
        }
        Ok(Self(match Either::deserialize(deserializer)? {
            Either::Text(text) => text,
            Either::Number(number) => number.to_string(),
        }))
    }
}

/// JSON as it stands in the text.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(transparent)]
pub(super) struct Raw(Box<RawValue>);

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

/// The headers of a step. They cannot say who calls: that is the caller of the whole.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Headers(HeaderMap);

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Headers;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("headers by their names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Headers, A::Error> {
                let mut headers = HeaderMap::new();
                while let Some((name, value)) = map.next_entry::<String, String>()? {
                    let known = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&value).ok());
                    let none = || serde::de::Error::custom(format_args!("the header '{name}' is none"));
                    let (known, value) = known.ok_or_else(none)?;
                    if known != header::AUTHORIZATION {
                        headers.insert(known, value);
                    }
                }
                Ok(Headers(headers))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// A step that can be carried out.
#[derive(Debug)]
pub(super) struct Step {
    /// What its answer is told apart by.
    pub(super) id: String,
    /// The method, if any operation has it.
    pub(super) method: Option<Method>,
    /// Its headers.
    pub(super) headers: HeaderMap,
    /// The body in bytes.
    pub(super) payload: Result<Vec<u8>, GraphError>,
    /// The places of the steps that must have succeeded before.
    pub(super) depends_on: Vec<usize>,
    /// Path and query below the version.
    target: String,
}

impl Step {
    /// The path below the version.
    pub(super) fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// What comes after the question mark.
    pub(super) fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
}

/// The steps of a batch.
///
/// # Errors
/// When the batch makes no sense as a whole.
pub(super) fn steps(call: &Call<'_>) -> Result<Vec<Step>, GraphError> {
    let malformed = |detail: String| GraphError::Batch(BatchFault::Malformed(detail));
    let envelope: Envelope = call.body().map_err(|error| match error {
        GraphError::UnreadableBody(detail) => malformed(detail),
        other => other,
    })?;
    let entries = envelope.requests.unwrap_or_default();
    if entries.is_empty() {
        return Err(malformed("requests: there is none".to_owned()));
    }
    if entries.len() > MOST {
        return Err(malformed(format!("requests: there are {}, and at most {MOST} are taken", entries.len())));
    }
    let mut steps = Vec::with_capacity(entries.len());
    for (place, entry) in entries.into_iter().enumerate() {
        let step = step(call, &steps, place, entry).map_err(GraphError::Batch)?;
        steps.push(step);
    }
    Ok(steps)
}

/// One step, given those before it.
fn step(call: &Call<'_>, before: &[Step], place: usize, entry: Entry) -> Result<Step, BatchFault> {
    let malformed = |what: &str| BatchFault::Malformed(format!("requests[{place}]: {what}"));
    let Some(Id(id)) = entry.id.filter(|id| !id.0.is_empty()) else { return Err(malformed("id is missing")) };
    // Not only the text: ids that differ by case alone are the same.
    let standing = |id: &str| before.iter().position(|step| step.id.eq_ignore_ascii_case(id));
    if standing(&id).is_some() {
        return Err(BatchFault::DuplicateId(id));
    }
    if entry.atomicity_group.is_some() {
        return Err(malformed("atomicityGroup is not taken"));
    }
    let method = entry.method.ok_or_else(|| malformed("method is missing"))?;
    let method = axum::http::Method::from_bytes(method.to_ascii_uppercase().as_bytes())
        .map_err(|_| malformed("method is none"))?;
    let url = entry.url.filter(|url| !url.is_empty()).ok_or_else(|| malformed("url is missing"))?;
    let target = below_version(&url, call).ok_or_else(|| malformed("url leads elsewhere"))?;
    let named = entry.depends_on.filter(|ids| !ids.is_empty()).or(entry.depends_on_misspelt).unwrap_or_default();
    let depends_on = (named.into_iter())
        .map(|Id(on)| standing(&on).ok_or_else(|| BatchFault::InvalidDependency { id: id.clone(), on }))
        .collect::<Result<_, _>>()?;
    let headers = entry.headers.unwrap_or_default().0;
    let method = Method::of(&method);
    let writes = matches!(method, Some(Method::Post | Method::Put | Method::Patch));
    if writes && (entry.body.is_none() || !headers.contains_key(header::CONTENT_TYPE)) {
        return Err(BatchFault::NoContent(id));
    }
    let payload = entry.body.map_or(Ok(Vec::new()), |Raw(body)| payload(&body));
    Ok(Step { id, method, headers, payload, depends_on, target: encoded(target) })
}

/// A body in bytes: JSON as it stands, and what is no JSON as a text in base64.
fn payload(body: &RawValue) -> Result<Vec<u8>, GraphError> {
    let Ok(text) = serde_json::from_str::<String>(body.get()) else { return Ok(body.get().as_bytes().to_vec()) };
    /// Either alphabet, with padding or without.
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const ENGINES: [GeneralPurpose; 2] =
        [GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT), GeneralPurpose::new(&alphabet::STANDARD, LENIENT)];
    let decoded = ENGINES.iter().find_map(|engine| engine.decode(&text).ok());
    decoded.ok_or_else(|| GraphError::UnreadableBody("body: a text that is not base64".to_owned()))
}

/// What an address says below the version: most clients leave the version out, some leave it in, and some write the whole.
fn below_version<'u>(url: &'u str, call: &Call<'_>) -> Option<&'u str> {
    let version = call.version.segment();
    let without = |path: &'u str| {
        let path = path.trim_start_matches('/');
        let (first, rest) = path.split_at_checked(version.len())?;
        let ends_there = rest.is_empty() || rest.starts_with(['/', '?']);
        (ends_there && first.eq_ignore_ascii_case(version)).then_some(rest)
    };
    let url = url.split('#').next().unwrap_or_default();
    match url.split_once("://").filter(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some((_, rest)) => {
            let (authority, path) = rest.split_at_checked(rest.find(['/', '?']).unwrap_or(rest.len()))?;
            is_own(authority, &call.origin).then(|| without(path)).flatten()
        }
        None => Some(without(url).unwrap_or(url)),
    }
}

/// Whether an authority is where the caller found the emulator, or a name of Graph.
fn is_own(authority: &str, origin: &Origin<'_>) -> bool {
    authority.eq_ignore_ascii_case(origin.authority()) || ServedHost::of(authority) == Some(ServedHost::Graph)
}

/// An address with what no address may hold encoded: in a batch filters are often written as they are read.
fn encoded(target: &str) -> String {
    const OUTSIDE: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
    utf8_percent_encode(target, OUTSIDE).to_string()
}
